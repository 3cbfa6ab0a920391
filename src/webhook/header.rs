//! The header `TL-Signature`.

use super::signature::SignatureError;

/// The platform's own are less than a hundred bytes; this leaves room for many signatures.
const LONGEST_HEADER: usize = 8 * 1024;
/// Digits of seconds that fit in 64 bits, whatever they are.
const MOST_DIGITS: usize = 18;
const DIGEST_LENGTH: usize = 32;

/// What the header says.
pub(super) struct Header<'a> {
    /// The time as it is written, which is what was signed.
    pub(super) time: &'a str,
    /// The same in seconds since 1970.
    pub(super) seconds: i64,
    /// The signatures of the scheme `v1`. One that cannot be read is not there.
    pub(super) signatures: Vec<[u8; DIGEST_LENGTH]>,
}

/// Takes a header apart.
pub(super) fn read_header(header: &str) -> Result<Header<'_>, SignatureError> {
    let malformed = |problem| Err(SignatureError::Malformed(problem));
    if header.len() > LONGEST_HEADER {
        return malformed("it is longer than 8 KiB");
    }
    let mut time = None;
    let mut is_signed = false;
    let mut signatures = Vec::new();
    for part in header.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let Some((scheme, value)) = part.split_once('=') else {
            return malformed("a part of it has no equals sign");
        };
        match scheme {
            "t" if time.is_some() => return malformed("it has more than one time"),
            "t" => time = Some(value),
            "v1" => {
                is_signed = true;
                signatures.extend(read_digest(value));
            }
            // Schemes to come.
            _ => {}
        }
    }
    let Some(time) = time else { return malformed("it has no time") };
    let is_number = (1..=MOST_DIGITS).contains(&time.len()) && time.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = time.parse().ok().filter(|_| is_number);
    let Some(seconds) = seconds else { return malformed("its time is not a number of seconds") };
    if is_signed { Ok(Header { time, seconds, signatures }) } else { Err(SignatureError::Unsigned) }
}

/// 32 bytes as lowercase hexadecimal digits.
fn read_digest(text: &str) -> Option<[u8; DIGEST_LENGTH]> {
    let mut digest = [0; DIGEST_LENGTH];
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != DIGEST_LENGTH || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in digest.iter_mut().zip(pairs) {
        *byte = read_digit(*high)? << 4 | read_digit(*low)?;
    }
    Some(digest)
}

fn read_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}
