/// How many characters a token stands for.
pub(super) const CHARACTERS: u64 = 4;

/// What the model reads of a second of video.
const PER_SECOND: u64 = 66;

/// What the model reads before it sees the video.
const PREAMBLE: u64 = 48;

/// The longest window that is counted: a day.
const LONGEST_WINDOW: f64 = 86_400.0;

/// The characters of `text`.
pub(super) fn measure(text: &str) -> u64 {
    u64::try_from(text.chars().count()).unwrap_or(u64::MAX)
}

/// The tokens of `text`, at least one.
pub(super) fn count(text: &str) -> u64 {
    measure(text).div_ceil(CHARACTERS).max(1)
}

/// The tokens of a video's window and of a prompt.
pub(super) fn count_input(window: (f64, f64), prompt: Option<&str>) -> u64 {
    let seconds = (window.1 - window.0).clamp(0.0, LONGEST_WINDOW).ceil();
    PREAMBLE + whole(seconds) * PER_SECOND + prompt.map_or(0, count)
}

/// Shortens `text` to `most` tokens and says whether that was needed.
pub(super) fn cut(text: &mut String, most: u64) -> bool {
    let characters = most.saturating_mul(CHARACTERS);
    // No text has more characters than bytes, so most are let through without a look.
    if u64::try_from(text.len()).is_ok_and(|bytes| bytes <= characters) {
        return false;
    }
    let Ok(characters) = usize::try_from(characters) else {
        return false;
    };
    let Some((end, _)) = text.char_indices().nth(characters) else {
        return false;
    };
    text.truncate(end);
    true
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float becomes the nearest integer that can be had, NaN becomes 0"
)]
fn whole(value: f64) -> u64 {
    value as u64
}
