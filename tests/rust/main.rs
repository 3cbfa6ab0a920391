//! The rules, tested without Python. One binary, so that it links once.

mod config;
mod floors;
mod jsonl;
mod manifest;
mod models;
mod pager;
mod retry;
