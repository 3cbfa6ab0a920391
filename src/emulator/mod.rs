//! The platform on loopback.
//!
//! [`Emulator`] is a running platform with an address, [`Api`] is the same platform without a socket.

pub mod answers;
pub mod api;
mod asset;
mod clock;
mod draws;
pub mod faults;
mod handle;
mod identifier;
mod instants;
pub mod options;
mod platform;
mod server;
mod signing;
mod stats;

pub use api::Api;
pub use asset::{AnalysisError, Asset, AssetStatus, InvalidAsset};
pub use faults::Fault;
pub use handle::{Emulator, StartError};
pub use options::Options;
pub use stats::Stats;
