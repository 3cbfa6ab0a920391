//! Chance without state: every draw is a function of the seed and of what it is drawn for.

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A constant for everything that comes from `seed`. Zero is a fixed point of [`scramble`], and a usual seed.
pub(crate) fn spread(seed: u64) -> u64 {
    scramble(seed.wrapping_add(STEP))
}

/// The finaliser of `SplitMix64`. A bijection, so distinct inputs stay distinct.
pub(crate) fn scramble(bits: u64) -> u64 {
    let bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The draw for `purpose`.
pub(crate) fn draw(seed: u64, purpose: &[u64]) -> u64 {
    purpose.iter().fold(spread(seed), |drawn, word| {
        scramble(drawn.wrapping_add(STEP) ^ scramble(word.wrapping_add(STEP)))
    })
}

/// A draw as a number from 0 up to, but not including, 1.
pub(crate) fn fraction(drawn: u64) -> f64 {
    f64::from((drawn >> 32) as u32) / 4_294_967_296.0
}
