//! The platform without any input or output.
//!
//! A batch's course is planned when it is created; what it is at an instant is read from the plan. So the
//! state depends on the seed and on the requests with their instants, never on how time got there.

mod bodies;
mod books;
mod checks;
mod course;
mod creation;
mod lifecycle;
mod listing;
mod notices;
mod plan;
mod rates;
mod record;
mod refusal;
mod rows;
mod spans;
mod state;
mod windows;

pub(crate) use notices::Parcel;
pub(crate) use rates::Rate;
pub(crate) use refusal::Refusal;
pub(crate) use state::Platform;
