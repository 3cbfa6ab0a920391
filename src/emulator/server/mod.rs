//! HTTP/1.1 on loopback.

mod body;
mod connection;
mod doors;
mod head;
mod listener;
mod problem;
mod source;
mod troubled;
mod writer;

pub(super) use doors::Doors;
pub(super) use listener::serve;
