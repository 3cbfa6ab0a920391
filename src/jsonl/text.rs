//! Texts inside JSON, by eight bytes at a time.

use memchr::memchr2;

use super::marks::{BLOCK, find_marks};

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;
const QUOTES: u64 = ONES * b'"' as u64;
const BACKSLASHES: u64 = ONES * b'\\' as u64;

/// Where the texts of a row are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub start: usize,
    pub end: usize,
    /// Whether it had escapes, and is among the texts without them.
    pub is_unescaped: bool,
}

/// The position in eight bytes of the first that ends a run: a quotation mark
/// or a backslash.
fn find_end(eight: [u8; 8]) -> Option<usize> {
    let word = u64::from_le_bytes(eight);
    let is_zero = |word: u64| word.wrapping_sub(ONES) & !word & TOPS;
    // The lowest that is marked is right; borrows may mark others above it.
    let marks = is_zero(word ^ QUOTES) | is_zero(word ^ BACKSLASHES);
    (marks != 0).then_some(marks.trailing_zeros() as usize / 8)
}

/// Short texts are looked through without a call of the library, which takes a
/// while to begin.
const SHORT: usize = 32;

/// The end of a run from `at`: where the next quotation mark or backslash is.
fn end_of_run(bytes: &[u8], mut at: usize) -> Option<usize> {
    let far = at + SHORT;
    while at < far
        && let Some(eight) = bytes.get(at..)?.first_chunk::<8>()
    {
        if let Some(found) = find_end(*eight) {
            return Some(at + found);
        }
        at += 8;
    }
    memchr2(b'"', b'\\', bytes.get(at..)?).map(|found| at + found)
}

/// Texts without their escapes, one behind the other. What was written once is
/// written over, since making room costs more than using it.
#[derive(Debug, Default)]
pub(super) struct Unescaped {
    bytes: Vec<u8>,
    used: usize,
}

/// Memory for texts that is kept for the next row.
const MOST_KEPT: usize = 1 << 20;

/// A short run is copied as so many bytes, whatever its length.
const STRIDE: usize = 32;

/// What is looked at together, and as much as copying by strides looks beyond it.
const WINDOW: usize = BLOCK + STRIDE;

impl Unescaped {
    /// Forgets the texts.
    pub fn clear(&mut self) {
        self.used = 0;
        if self.bytes.len() > MOST_KEPT {
            self.bytes = Vec::new();
        }
    }

    /// The texts.
    pub fn as_str(&self) -> Option<&str> {
        simdutf8::basic::from_utf8(self.bytes.get(..self.used)?).ok()
    }

    /// Room for a text that has so many bytes with its escapes, and a block more.
    fn reserve(&mut self, length: usize) -> Option<&mut [u8]> {
        let end = self.used + length + BLOCK;
        if self.bytes.len() < end {
            self.bytes.resize(end, 0);
        }
        self.bytes.get_mut(self.used..)
    }
}

/// Reads a text from behind its opening quotation mark; the place behind the
/// closing one comes with it. A text with escapes is written to `unescaped`.
/// Nothing if it is not valid JSON.
pub(super) fn read_text(bytes: &[u8], start: usize, unescaped: &mut Unescaped) -> Option<(Span, usize)> {
    let end = end_of_run(bytes, start)?;
    if bytes.get(end) == Some(&b'"') {
        return Some((Span { start, end, is_unescaped: false }, end + 1));
    }
    let from = unescaped.used;
    let to = unescaped.reserve(bytes.len() - start)?;
    to.get_mut(..end - start)?.copy_from_slice(bytes.get(start..end)?);
    let (behind, length) = unescape(bytes, end, to, end - start)?;
    unescaped.used += length;
    Some((Span { start: from, end: from + length, is_unescaped: true }, behind))
}

/// Writes a text from its first backslash on without its escapes, from `length` on.
/// Returns the place behind it, and how long it has become.
fn unescape(bytes: &[u8], mut at: usize, to: &mut [u8], mut length: usize) -> Option<(usize, usize)> {
    while let Some(window) = bytes.get(at..).and_then(<[u8]>::first_chunk::<WINDOW>) {
        let mut marks = find_marks(window.first_chunk()?);
        // How much of the block is used up.
        let mut used = 0;
        while marks != 0 {
            let mark = marks.trailing_zeros() as usize;
            let run = mark - used;
            copy_run(window, used, run, to.get_mut(length..)?)?;
            length += run;
            if window.get(mark) == Some(&b'"') {
                return Some((at + mark + 1, length));
            }
            let plain = plain_escape(*window.get(mark + 1)?);
            if plain == 0 {
                let behind;
                (behind, length) = unescape_codes(bytes, at + mark, to, length)?;
                used = behind - at;
                if used >= BLOCK {
                    break;
                }
                marks &= u64::MAX << used;
            } else {
                *to.get_mut(length)? = plain;
                (used, length) = (mark + 2, length + 1);
                // What is escaped is no mark.
                marks &= !(3 << mark);
            }
        }
        if used < BLOCK {
            copy_run(window, used, BLOCK - used, to.get_mut(length..)?)?;
            length += BLOCK - used;
        }
        at += used.max(BLOCK);
    }
    unescape_end(bytes, at, to, length)
}

/// The same, where not much follows.
fn unescape_end(bytes: &[u8], mut at: usize, to: &mut [u8], mut length: usize) -> Option<(usize, usize)> {
    loop {
        match *bytes.get(at)? {
            b'"' => return Some((at + 1, length)),
            b'\\' => match plain_escape(*bytes.get(at + 1)?) {
                0 => (at, length) = unescape_codes(bytes, at, to, length)?,
                plain => {
                    *to.get_mut(length)? = plain;
                    (at, length) = (at + 2, length + 1);
                }
            },
            byte => {
                *to.get_mut(length)? = byte;
                (at, length) = (at + 1, length + 1);
            }
        }
    }
}

/// Copies a run of at most a block, by strides: what is written behind it is written over.
#[inline]
fn copy_run(bytes: &[u8], at: usize, run: usize, to: &mut [u8]) -> Option<()> {
    if run > 0 {
        *to.first_chunk_mut::<STRIDE>()? = *bytes.get(at..)?.first_chunk()?;
    }
    if run > STRIDE {
        *to.get_mut(STRIDE..)?.first_chunk_mut::<STRIDE>()? = *bytes.get(at + STRIDE..)?.first_chunk()?;
    }
    Some(())
}

/// What a byte stands for behind a backslash; zero if it does not stand for one byte.
fn plain_escape(escape: u8) -> u8 {
    ESCAPES.get(usize::from(escape)).copied().unwrap_or_default()
}

static ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table[b'/' as usize] = b'/';
    table[b'n' as usize] = b'\n';
    table[b't' as usize] = b'\t';
    table[b'r' as usize] = b'\r';
    table[b'b' as usize] = 8;
    table[b'f' as usize] = 12;
    table
};

/// Writes the characters that the codes from `at` on stand for, of which there is at least one.
fn unescape_codes(bytes: &[u8], mut at: usize, to: &mut [u8], mut length: usize) -> Option<(usize, usize)> {
    let mut code = read_unit(bytes, at)?;
    loop {
        at += UNIT;
        if let 0xd800..=0xdbff = code {
            let low = read_unit(bytes, at)?;
            if !(0xdc00..=0xdfff).contains(&low) {
                return None;
            }
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            at += UNIT;
        }
        // A surrogate alone is no character.
        let character = char::from_u32(code)?;
        length += character.encode_utf8(to.get_mut(length..)?.first_chunk_mut::<4>()?).len();
        match read_unit(bytes, at) {
            Some(next) => code = next,
            None => return Some((at, length)),
        }
    }
}

/// How long a code is.
const UNIT: usize = 6;

/// The code at `at`, if there is one; if its digits are none, something that is no character.
fn read_unit(bytes: &[u8], at: usize) -> Option<u32> {
    let [b'\\', b'u', digits @ ..] = bytes.get(at..)?.first_chunk::<UNIT>()? else { return None };
    let mut unit = 0;
    for digit in digits {
        unit = unit << 4 | HEX.get(usize::from(*digit)).copied().unwrap_or(NO_DIGIT);
    }
    // A byte that is no digit has a mark above all that four digits make.
    Some(if unit <= 0xffff { unit } else { u32::MAX })
}

const NO_DIGIT: u32 = 1 << 16;

/// What each byte stands for as a hexadecimal digit.
static HEX: [u32; 256] = {
    let mut table = [NO_DIGIT; 256];
    let mut digit = 0;
    while digit < 10 {
        table[(b'0' as u32 + digit) as usize] = digit;
        digit += 1;
    }
    while digit < 16 {
        table[(b'a' as u32 + digit - 10) as usize] = digit;
        table[(b'A' as u32 + digit - 10) as usize] = digit;
        digit += 1;
    }
    table
};
