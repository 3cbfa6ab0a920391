//! Content encodings.

use bytes::Bytes;

use super::gzip::Gunzip;

/// What is asked for.
pub(super) const ACCEPTED: &str = "gzip";

/// Decodes a body as it arrives.
#[derive(Debug)]
pub(super) enum Decoder {
    /// The body is sent as it is.
    Identity,
    /// One gzip member after the other.
    Gzip(Box<Gunzip>),
}

/// How a body is not what its encoding says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It ends too early.
    Cut,
    /// It is something else.
    Damaged(&'static str),
}

impl Decoder {
    /// The decoder for a `Content-Encoding`; an encoding that was not asked
    /// for is refused by its name.
    pub(super) fn new(encoding: Option<&str>) -> Result<Self, String> {
        match encoding.map(|name| name.trim().to_ascii_lowercase()).as_deref() {
            None | Some("" | "identity") => Ok(Self::Identity),
            Some("gzip" | "x-gzip") => Ok(Self::Gzip(Box::new(Gunzip::new()))),
            Some(other) => Err(other.to_owned()),
        }
    }

    /// Decodes a piece. What could be decoded before a fault comes with it.
    pub(super) fn decode(&mut self, piece: &[u8]) -> (Bytes, Option<Fault>) {
        match self {
            Self::Identity => (Bytes::copy_from_slice(piece), None),
            Self::Gzip(gunzip) => {
                let mut decoded = Vec::new();
                let fault = gunzip.decode(piece, &mut decoded).err();
                (decoded.into(), fault.map(|damage| Fault::Damaged(damage.0)))
            }
        }
    }

    /// What the end of the body says of it.
    pub(super) fn finish(&self) -> Option<Fault> {
        match self {
            Self::Gzip(gunzip) if !gunzip.is_whole() => Some(Fault::Cut),
            _ => None,
        }
    }
}
