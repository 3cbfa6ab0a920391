//! The rules, tested without Python. One binary, so that it links once.

// A test that cannot go on has failed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers_conformance;
mod answers_matching;
mod answers_pattern;
mod answers_prose;
mod answers_schema;
mod answers_segments;
mod config;
mod floors;
mod jsonl;
mod manifest;
mod models;
mod pager;
mod retry;
