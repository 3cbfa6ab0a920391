//! Identifiers in paths.

use crate::error::Error;

/// Far above the platform's 24, far below what servers accept in a path.
const LONGEST: usize = 128;

/// Refuses an identifier that would change the path it is put into. The
/// platform's own are 24 hexadecimal digits; other letters and digits are let
/// through, so that a new form does not need a new client.
pub fn check_identifier<'a>(name: &str, identifier: &'a str) -> Result<&'a str, Error> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !identifier.is_empty() && identifier.len() <= LONGEST && identifier.bytes().all(allowed) {
        return Ok(identifier);
    }
    let told: String = identifier.chars().take(LONGEST).collect();
    Err(Error::invalid(
        name,
        format!("{told:?} is not an identifier of the platform: 24 hexadecimal digits are expected"),
    ))
}
