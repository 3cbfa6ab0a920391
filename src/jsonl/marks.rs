//! Where quotation marks and backslashes are, in sixty-four bytes at a time.

use wide::u8x16;

/// Bytes that are looked at together.
pub(super) const BLOCK: usize = 64;

/// One bit for each byte, the lowest for the first: whether it is a quotation mark or
/// a backslash.
pub(super) fn find_marks(block: &[u8; BLOCK]) -> u64 {
    let (quote, backslash) = (u8x16::splat(b'"'), u8x16::splat(b'\\'));
    block.as_chunks::<16>().0.iter().rev().fold(0, |marks, quarter| {
        let quarter = u8x16::new(*quarter);
        let marked = quarter.simd_eq(quote) | quarter.simd_eq(backslash);
        marks << 16 | u64::from(marked.to_bitmask())
    })
}
