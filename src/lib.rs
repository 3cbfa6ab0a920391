//! An unofficial client for the `TwelveLabs` batch analysis API.

pub mod client;
pub mod error;
pub mod jsonl;
pub mod models;
pub mod retry;
pub mod transport;
pub mod validate;
pub mod webhook;

#[cfg(feature = "emulator")]
pub mod emulator;
#[cfg(feature = "export")]
pub mod export;
#[cfg(feature = "python")]
mod python;
#[cfg(feature = "runs")]
pub mod runs;
