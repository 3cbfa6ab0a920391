//! HTTP/1.1 on loopback.

mod body;
mod connection;
mod courier;
mod doors;
mod head;
mod listener;
mod post;
mod problem;
mod source;
mod troubled;
mod writer;

pub(super) use doors::Doors;
pub(super) use listener::serve;
pub(super) use post::{Post, deliver};
