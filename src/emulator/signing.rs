//! Signatures of notices. The client's checks have code of their own, so that the two can disagree.

use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The value of the header `TL-Signature` for a body that is sent at this second since 1970.
pub(super) fn sign_notice(secret: &str, second: i64, body: &str) -> String {
    // A key of any length will do.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(format!("{second}.{body}").as_bytes());
    let digest = Bytes::copy_from_slice(&mac.finalize().into_bytes());
    format!("t={second},v1={digest:x}")
}
