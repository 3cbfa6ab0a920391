//! Whether a notice comes from somebody who knows the secret, and just now.

use std::fmt::Write as _;
use std::time::Duration;

use hmac::digest::Output;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use super::header::read_header;

/// How old a notice may be; the platform's own recommendation.
pub const DEFAULT_TOLERANCE: Duration = Duration::from_secs(300);

const NANOSECONDS: u32 = 1_000_000_000;

/// Why a notice is not to be trusted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SignatureError {
    /// There is no header.
    #[error("the request has no TL-Signature header, so it was not signed by the platform")]
    Missing,
    /// The header cannot be read.
    #[error(
        "the TL-Signature header cannot be read: {0}; it looks like t=1767225600,v1=<64 hexadecimal digits>"
    )]
    Malformed(&'static str),
    /// The header has no signature of the scheme that is known here.
    #[error("the TL-Signature header has no v1 signature")]
    Unsigned,
    /// No signature fits.
    #[error(
        "no signature fits the body: it was signed with another secret, or the body is not byte for byte what was sent"
    )]
    Mismatch,
    /// It was signed too long ago.
    #[error(
        "the notice was signed {age} seconds ago, and {tolerance} are allowed: it may have been recorded and sent again"
    )]
    TooOld {
        /// Seconds since then, rounded up.
        age: u128,
        /// Seconds that are allowed.
        tolerance: f64,
    },
    /// It was signed in the future.
    #[error(
        "the notice was signed {ahead} seconds in the future, and {tolerance} are allowed: are the clocks right?"
    )]
    InTheFuture {
        /// Seconds until then, rounded up.
        ahead: u128,
        /// Seconds that are allowed.
        tolerance: f64,
    },
}

impl SignatureError {
    /// The reason in a word.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Missing => "no_header",
            Self::Malformed(_) => "malformed",
            Self::Unsigned => "no_signature",
            Self::Mismatch => "mismatch",
            Self::TooOld { .. } => "too_old",
            Self::InTheFuture { .. } => "in_the_future",
        }
    }
}

/// Checks a `TL-Signature` over the bytes of a body. Any signature may fit any of the secrets, so that a secret
/// can be replaced while notices are under way. Without a tolerance the time does not matter.
pub fn verify<S: AsRef<[u8]>>(
    header: Option<&str>,
    body: &[u8],
    secrets: &[S],
    tolerance: Option<Duration>,
    now: Timestamp,
) -> Result<(), SignatureError> {
    let header = read_header(header.ok_or(SignatureError::Missing)?)?;
    let fits = secrets.iter().any(|secret| {
        let signing = begin(secret.as_ref(), header.time, body);
        // In constant time, so that nobody can find a signature byte by byte.
        let fits =
            |signature: &[u8; 32]| signing.clone().is_some_and(|mac| mac.verify_slice(signature).is_ok());
        header.signatures.iter().any(fits)
    });
    if !fits {
        return Err(SignatureError::Mismatch);
    }
    let Some(tolerance) = tolerance else { return Ok(()) };
    let age = now.as_nanosecond() - i128::from(header.seconds) * i128::from(NANOSECONDS);
    if age.unsigned_abs() <= tolerance.as_nanos() {
        return Ok(());
    }
    let (seconds, tolerance) =
        (age.unsigned_abs().div_ceil(u128::from(NANOSECONDS)), tolerance.as_secs_f64());
    Err(if age > 0 {
        SignatureError::TooOld { age: seconds, tolerance }
    } else {
        SignatureError::InTheFuture { ahead: seconds, tolerance }
    })
}

/// The header for a body, as the platform makes it.
#[must_use]
pub fn sign(body: &[u8], secret: &[u8], seconds: i64) -> String {
    let time = seconds.to_string();
    let digest: Option<Output<Sha256>> =
        begin(secret, &time, body).map(|signing| signing.finalize().into_bytes());
    let mut header = format!("t={time},v1=");
    for byte in digest.unwrap_or_default() {
        let _ = write!(header, "{byte:02x}");
    }
    header
}

/// A secret of any length is allowed, so there always is one.
fn begin(secret: &[u8], time: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut signing = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    for part in [time.as_bytes(), b".", body] {
        signing.update(part);
    }
    Some(signing)
}
