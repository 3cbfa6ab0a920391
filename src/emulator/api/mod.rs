//! The platform behind its HTTP interface, without a socket.

mod desk;
mod headers;
mod notices;
mod query;
mod reply;
mod request;
mod routes;

pub use desk::Api;
pub(super) use notices::Letter;
pub use reply::{Body, Reply, Rows};
pub use request::Request;
