//! An unofficial client for the `TwelveLabs` batch analysis API.

#[cfg(feature = "emulator")]
pub mod emulator;
