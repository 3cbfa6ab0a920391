//! Texts inside JSON, by eight bytes at a time.

use memchr::memchr2;

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
const STRIDE: usize = 16;

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

    /// Room for a text that has so many bytes with its escapes, and a stride more.
    fn reserve(&mut self, length: usize) -> Option<&mut [u8]> {
        let end = self.used + length + STRIDE;
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
    loop {
        match *bytes.get(at)? {
            b'"' => return Some((at + 1, length)),
            b'\\' => {
                let escape = *bytes.get(at + 1)?;
                match *ESCAPES.get(usize::from(escape))? {
                    0 if escape == b'u' => (at, length) = unescape_code(bytes, at + 2, to, length)?,
                    0 => return None,
                    plain => {
                        *to.get_mut(length)? = plain;
                        (at, length) = (at + 2, length + 1);
                    }
                }
            }
            _ => {
                let run = memchr2(b'"', b'\\', bytes.get(at..)?)?;
                copy_run(bytes, at, run, to.get_mut(length..)?)?;
                (at, length) = (at + run, length + run);
            }
        }
    }
}

/// Copies a run of bytes.
fn copy_run(bytes: &[u8], at: usize, run: usize, to: &mut [u8]) -> Option<()> {
    if run <= STRIDE
        && let Some(from) = bytes.get(at..)?.first_chunk::<STRIDE>()
    {
        *to.first_chunk_mut()? = *from;
    } else {
        to.get_mut(..run)?.copy_from_slice(bytes.get(at..at + run)?);
    }
    Some(())
}

/// What each byte stands for behind a backslash, if it is a single one.
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

/// Writes the character that the digits from `at` on stand for.
fn unescape_code(bytes: &[u8], at: usize, to: &mut [u8], length: usize) -> Option<(usize, usize)> {
    let unit = read_unit(bytes, at)?;
    let (code, behind) = match unit {
        0xd800..=0xdbff => {
            let low = read_unit(bytes, at + 6)?;
            if bytes.get(at + 4..at + 6)? != b"\\u" || !(0xdc00..=0xdfff).contains(&low) {
                return None;
            }
            (0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), at + 10)
        }
        unit => (unit, at + 4),
    };
    // A surrogate alone is no character.
    let character = char::from_u32(code)?;
    let written = character.encode_utf8(to.get_mut(length..length + 4)?).len();
    Some((behind, length + written))
}

/// What four hexadecimal digits stand for.
fn read_unit(bytes: &[u8], at: usize) -> Option<u32> {
    let mut unit = 0;
    for digit in bytes.get(at..at + 4)? {
        unit = unit << 4 | HEX.get(usize::from(*digit))?;
    }
    // A byte that is no digit has a mark above all that four digits make.
    (unit <= 0xffff).then_some(unit)
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
