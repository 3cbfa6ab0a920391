//! Trouble on request: what befalls requests, when and how often.

mod choices;
mod fault;
mod payload;
mod queue;
mod script;

pub use choices::{Coding, Cut, Endpoint, Framing};
pub use fault::Fault;
pub(super) use fault::seconds;
pub(super) use payload::{Payload, Place};
pub(super) use queue::{Met, Queue};
