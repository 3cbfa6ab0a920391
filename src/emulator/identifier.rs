//! The platform's identifiers: 24 hexadecimal digits.

use std::fmt;

use super::draws::{draw, scramble, spread};

/// One identifier. Upper and lower case name the same thing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Identifier {
    high: u32,
    low: u64,
}

impl Identifier {
    /// Reads 24 hexadecimal digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.len() != 24 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let high = u32::from_str_radix(text.get(..8)?, 16).ok()?;
        let low = u64::from_str_radix(text.get(8..)?, 16).ok()?;
        Some(Self { high, low })
    }

    /// The identifier with this number. Different numbers never share one.
    pub(crate) fn derive(seed: u64, number: u64) -> Self {
        let low = scramble(spread(seed) ^ number);
        let high = (draw(seed, &[number]) >> 32) as u32;
        Self { high, low }
    }

    /// A seed for what belongs to this identifier alone.
    pub(crate) fn seed(self) -> u64 {
        draw(self.low, &[u64::from(self.high)])
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08x}{:016x}", self.high, self.low)
    }
}
