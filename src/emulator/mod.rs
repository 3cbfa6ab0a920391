//! The platform on loopback.

pub mod answers;
