//! Gzip as it arrives (RFC 1952): all members, and an honest account of how
//! the body ended. Ready-made readers stop after the first member, or cannot
//! tell a body that was cut from one that is damaged.

use flate2::{Crc, Decompress, FlushDecompress, Status};

const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
const FIXED_HEADER: usize = 10;
const TRAILER: usize = 8;
/// Names and comments of files have no place in answers.
const LONGEST_HEADER: usize = 8 * 1024;
/// Output grows in steps of this size.
const STEP: usize = 32 * 1024;

/// Decodes members one after the other.
#[derive(Debug)]
pub(super) struct Gunzip {
    state: State,
    inflate: Decompress,
    checksum: Crc,
}

#[derive(Debug)]
enum State {
    /// Between members; true after the first.
    Between(bool),
    /// In a member's header, as far as it has come.
    Header(Vec<u8>),
    /// In a member's data.
    Data,
    /// In a member's checksum and length, as far as they have come.
    Trailer(Vec<u8>),
}

/// The body is not gzip, or not what was compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Damage(pub(super) &'static str);

impl Gunzip {
    pub(super) fn new() -> Self {
        Self { state: State::Between(false), inflate: Decompress::new(false), checksum: Crc::new() }
    }

    /// Decodes a piece to the end of `output`; also what comes before damage.
    pub(super) fn decode(&mut self, mut piece: &[u8], output: &mut Vec<u8>) -> Result<(), Damage> {
        while let Some(&byte) = piece.first() {
            match &mut self.state {
                // Some writers fill up with zeros.
                State::Between(true) if byte == 0 => piece = piece.get(1..).unwrap_or_default(),
                State::Between(_) => self.state = State::Header(Vec::new()),
                State::Header(held) => {
                    held.push(byte);
                    piece = piece.get(1..).unwrap_or_default();
                    if is_whole_header(held)? {
                        self.inflate.reset(false);
                        self.checksum.reset();
                        self.state = State::Data;
                    }
                }
                State::Data => piece = self.inflate(piece, output)?,
                State::Trailer(held) => {
                    held.push(byte);
                    piece = piece.get(1..).unwrap_or_default();
                    if held.len() == TRAILER {
                        let (checksum, length) = (self.checksum.sum(), self.checksum.amount());
                        if *held != [checksum.to_le_bytes(), length.to_le_bytes()].concat() {
                            return Err(Damage("the checksum is another"));
                        }
                        self.state = State::Between(true);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether the body may end here. One without a byte may.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self.state, State::Between(_))
    }

    /// Inflates what it can of a piece, and returns the rest of it.
    fn inflate<'a>(&mut self, piece: &'a [u8], output: &mut Vec<u8>) -> Result<&'a [u8], Damage> {
        output.reserve(STEP);
        let (start, before) = (output.len(), self.inflate.total_in());
        let status = self
            .inflate
            .decompress_vec(piece, output, FlushDecompress::None)
            .map_err(|_| Damage("the data cannot be inflated"))?;
        self.checksum.update(output.get(start..).unwrap_or_default());
        if status == Status::StreamEnd {
            self.state = State::Trailer(Vec::with_capacity(TRAILER));
        }
        let used = usize::try_from(self.inflate.total_in() - before).unwrap_or(piece.len());
        Ok(piece.get(used..).unwrap_or_default())
    }
}

/// Whether a header is whole; what cannot become one is damage.
fn is_whole_header(held: &[u8]) -> Result<bool, Damage> {
    const CHECKSUM: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    if !held.iter().zip(MAGIC).all(|(byte, expected)| *byte == expected) {
        return Err(Damage("it does not begin like gzip"));
    }
    if held.len() > LONGEST_HEADER {
        return Err(Damage("its header is too long"));
    }
    let Some(flags) = held.get(3).filter(|_| held.len() >= FIXED_HEADER) else { return Ok(false) };
    let mut end = FIXED_HEADER;
    if flags & EXTRA != 0 {
        let Some([low, high]) = held.get(end..end + 2) else { return Ok(false) };
        end += 2 + usize::from(u16::from_le_bytes([*low, *high]));
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            let rest = held.get(end..).unwrap_or_default();
            let Some(length) = rest.iter().position(|byte| *byte == 0) else { return Ok(false) };
            end += length + 1;
        }
    }
    if flags & CHECKSUM != 0 {
        end += 2;
    }
    Ok(held.len() >= end)
}
