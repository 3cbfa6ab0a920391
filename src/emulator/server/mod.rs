//! HTTP/1.1 on loopback.

mod body;
mod connection;
mod head;
mod listener;
mod problem;
mod source;
mod writer;

pub(super) use listener::serve;
