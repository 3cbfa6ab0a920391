//! The rules, tested without Python. One binary, so that it links once.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod config;
mod floors;
mod jsonl;
mod manifest;
mod models;
mod pager;
mod retry;
