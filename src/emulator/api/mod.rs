//! The platform behind its HTTP interface, without a socket.

mod desk;
mod headers;
mod query;
mod reply;
mod request;
mod routes;

pub use desk::Api;
pub use reply::{Body, Reply, Rows};
pub use request::Request;
