//! Content encodings.

use std::io::Write;

use bytes::Bytes;
use flate2::write::MultiGzDecoder;

/// What is asked for.
pub(super) const ACCEPTED: &str = "gzip";

/// Decodes a body as it arrives.
#[derive(Debug)]
pub(super) enum Decoder {
    /// The body is sent as it is.
    Identity,
    /// One gzip member after the other.
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
}

impl Decoder {
    /// The decoder for a `Content-Encoding`; an encoding that was not asked
    /// for is refused by its name.
    pub(super) fn new(encoding: Option<&str>) -> Result<Self, String> {
        match encoding.map(|name| name.trim().to_ascii_lowercase()).as_deref() {
            None | Some("" | "identity") => Ok(Self::Identity),
            Some("gzip" | "x-gzip") => Ok(Self::Gzip(Box::new(MultiGzDecoder::new(Vec::new())))),
            Some(other) => Err(other.to_owned()),
        }
    }

    /// Decodes a piece. What could be decoded before a fault comes with it.
    pub(super) fn decode(&mut self, piece: &[u8]) -> (Bytes, Option<std::io::Error>) {
        match self {
            Self::Identity => (Bytes::copy_from_slice(piece), None),
            Self::Gzip(decoder) => {
                let fault = decoder.write_all(piece).and_then(|()| decoder.flush()).err();
                (take(decoder), fault)
            }
        }
    }

    /// Decodes what is left at the end of the body; a body that was cut is a fault.
    pub(super) fn finish(&mut self) -> (Bytes, Option<std::io::Error>) {
        match self {
            Self::Identity => (Bytes::new(), None),
            Self::Gzip(decoder) => {
                let fault = decoder.try_finish().err();
                (take(decoder), fault)
            }
        }
    }
}

fn take(decoder: &mut MultiGzDecoder<Vec<u8>>) -> Bytes {
    std::mem::take(decoder.get_mut()).into()
}
