//! Notices that the platform sends: is it the platform, and what does it say.

mod event;
mod header;
mod signature;

pub use event::{Event, PayloadError};
pub use signature::{DEFAULT_TOLERANCE, SignatureError, sign, verify};
