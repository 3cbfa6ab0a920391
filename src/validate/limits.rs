//! The numbers of the rules, beside those that [`crate::models`] has already.

/// Characters of a `custom_id`, at most.
pub(super) const LONGEST_CUSTOM_ID: usize = 64;
/// Hexadecimal digits of an asset's identifier.
pub(super) const ASSET_ID_DIGITS: usize = 24;
/// Tokens of an answer: the fewest in `general`, the fewest in `time_based_metadata`, the most.
pub(super) const FEWEST_TOKENS: i64 = 512;
pub(super) const FEWEST_TOKENS_TIME_BASED: i64 = 2_048;
pub(super) const MOST_TOKENS: i64 = 98_304;
/// Seconds of a segment, at least.
pub(super) const SHORTEST_SEGMENT: f64 = 2.0;
/// Seconds of an analysed window.
pub(super) const SHORTEST_WINDOW: f64 = 1.0;
pub(super) const LONGEST_WINDOW: f64 = 2.0 * 3600.0;
/// Seconds of a video, at most.
pub(super) const LONGEST_VIDEO: f64 = 4.0 * 3600.0;
/// Seconds of a time range, at least.
pub(super) const SHORTEST_RANGE: f64 = 2.0;
/// Images of a prompt or a definition, at most.
pub(super) const MOST_MEDIA_SOURCES: usize = 4;
/// Bytes of an image in base64, decoded, at most: 32 MB.
pub(super) const LARGEST_IMAGE: usize = 32 << 20;
/// Definitions of a response format, at most.
pub(super) const MOST_DEFINITIONS: usize = 20;
/// Fields of a definition, at most.
pub(super) const MOST_FIELDS: usize = 20;
/// Words of an `enum`, at most.
pub(super) const MOST_WORDS: usize = 100;
/// How a time may be written.
pub(super) const TIME_FORMATS: [&str; 3] = ["seconds", "hh:mm:ss", "hh:mm:ss.fff"];

/// Differences of decimal fractions are not exact: 6.35 - 4.35 is just below 2.
const SLACK: f64 = 1e-9;

/// Whether a difference of times is as long as that, or longer.
pub(super) fn reaches(seconds: f64, least: f64) -> bool {
    seconds >= least - SLACK
}

/// Whether a difference of times is longer than that.
pub(super) fn exceeds(seconds: f64, most: f64) -> bool {
    seconds > most + SLACK
}
