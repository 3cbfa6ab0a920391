//! Names that should be given once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Up to here comparing is quicker than hashing, and takes no memory.
const FEW: usize = 32;

/// Calls `found` with the index of each name that was there before, and the
/// index of its first use. Nothing stands for a name that does not count.
pub(super) fn each_repeated<'a>(
    names: impl Iterator<Item = Option<&'a str>> + Clone,
    mut found: impl FnMut(usize, usize),
) {
    if names.clone().nth(FEW).is_none() {
        for (index, name) in names.clone().enumerate() {
            let Some(name) = name else { continue };
            if let Some(first) = names.clone().take(index).position(|other| other == Some(name)) {
                found(index, first);
            }
        }
        return;
    }
    let mut seen = HashMap::new();
    for (index, name) in names.enumerate() {
        let Some(name) = name else { continue };
        match seen.entry(name) {
            Entry::Occupied(first) => found(index, *first.get()),
            Entry::Vacant(place) => drop(place.insert(index)),
        }
    }
}
