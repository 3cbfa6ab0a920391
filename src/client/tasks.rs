//! Identifiers of tasks, of which there may be many.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::RandomState;

/// Identifiers of tasks. Those of the platform's form are packed.
#[derive(Debug, Default)]
pub(super) struct Tasks {
    packed: HashSet<Packed, SideBySide>,
    others: HashSet<Box<str>, RandomState>,
}

/// Room is made for so many at once, at most: what the platform says is not memory to be taken.
const MOST_EXPECTED: u64 = 1 << 18;

impl Tasks {
    /// None yet, with room for so many, which may be more or fewer.
    pub(super) fn expecting(count: u64) -> Self {
        let mut tasks = Self::default();
        tasks.packed.reserve(usize::try_from(count.min(MOST_EXPECTED)).unwrap_or_default());
        tasks
    }

    /// Notes a task; false if it was noted before.
    pub(super) fn note(&mut self, task_id: &str) -> bool {
        match pack(task_id) {
            Some(packed) => self.packed.insert(packed),
            None => self.others.insert(task_id.into()),
        }
    }

    /// How many were noted.
    pub(super) fn count(&self) -> u64 {
        (self.packed.len() + self.others.len()) as u64
    }
}

/// Twenty-four hexadecimal digits in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Packed([u8; 12]);

impl Hash for Packed {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let whole = self.0.iter().fold(0, |whole, byte| whole << 8 | u128::from(*byte));
        hasher.write_u128(whole);
    }
}

/// Puts identifiers that follow each other side by side. The platform counts them up in
/// their last digits, and rows come about in that order: a set that outgrows the
/// processor's caches is then walked along instead of jumped about in. What comes
/// before the last digits is put somewhere else in every set.
#[derive(Debug, Clone, Default)]
struct SideBySide(RandomState);

impl BuildHasher for SideBySide {
    type Hasher = Place;

    fn build_hasher(&self) -> Place {
        Place { drawn: self.0.clone(), hash: 0 }
    }
}

/// Where an identifier is put.
#[derive(Debug)]
struct Place {
    drawn: RandomState,
    hash: u64,
}

/// As many lie side by side. More of them would get in the way of others, since whoever
/// finds a place taken has to go past them all.
const NEIGHBOURS: u128 = 32;

/// Bits of a hash that tell apart what lies in one place.
const TELLING: u64 = 0x7f << 57;

/// An odd number with its bits well mixed (2^64 by the golden ratio).
const MIXED: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for Place {
    fn write(&mut self, bytes: &[u8]) {
        self.hash = self.drawn.hash_one((self.hash, bytes));
    }

    fn write_u128(&mut self, identifier: u128) {
        let last = u64::try_from(identifier % NEIGHBOURS).unwrap_or_default();
        let beginning = self.drawn.hash_one(identifier / NEIGHBOURS);
        let telling = (beginning ^ last.wrapping_mul(MIXED)) & TELLING;
        self.hash = beginning.wrapping_add(last) & !TELLING | telling;
    }

    fn finish(&self) -> u64 {
        self.hash
    }
}

/// Twenty-four hexadecimal digits in lower case, in twelve bytes.
fn pack(identifier: &str) -> Option<Packed> {
    let digits: &[u8; 24] = identifier.as_bytes().try_into().ok()?;
    let mut packed = [0; 12];
    for (four, eight) in packed.as_chunks_mut::<4>().0.iter_mut().zip(digits.as_chunks::<8>().0) {
        *four = pack_eight(*eight)?;
    }
    Some(Packed(packed))
}

/// Eight digits in four bytes, all of them at a time.
fn pack_eight(digits: [u8; 8]) -> Option<[u8; 4]> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let text = u64::from_le_bytes(digits);
    let nibbles = (text & (0x0f * ONES)) + 9 * (text >> 6 & ONES);
    // What they are in text again, which is something else if these were no digits.
    let letters = (nibbles + (0x80 - 10) * ONES) >> 7 & ONES;
    let again = nibbles + u64::from(b'0') * ONES + u64::from(b'a' - b'0' - 10) * letters;
    let [first, _, second, _, third, _, fourth, _] = (nibbles << 4 | nibbles >> 8).to_le_bytes();
    // Letters behind `f` would make more than a nibble.
    (again == text && nibbles & (0xf0 * ONES) == 0).then_some([first, second, third, fourth])
}
