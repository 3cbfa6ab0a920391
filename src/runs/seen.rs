//! Items that were met.

/// A set of items, by their numbers: a bit for each, so that a million take 125 kB.
#[derive(Debug, Default)]
pub(super) struct Seen(Vec<u64>);

impl Seen {
    /// Notes an item; false if it was noted before.
    pub(super) fn note(&mut self, item_id: i64) -> bool {
        let (word, bit) = place(item_id);
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        let Some(held) = self.0.get_mut(word) else { return false };
        let is_new = *held & bit == 0;
        *held |= bit;
        is_new
    }

    /// Whether an item was noted.
    pub(super) fn has(&self, item_id: i64) -> bool {
        let (word, bit) = place(item_id);
        self.0.get(word).is_some_and(|held| held & bit != 0)
    }

    /// Those from one of them on, in order.
    pub(super) fn iter_from(&self, item_id: i64) -> impl Iterator<Item = i64> + '_ {
        let (first, _) = place(item_id);
        let words = self.0.iter().enumerate().skip(first);
        words
            .flat_map(|(word, held)| {
                (0..64).filter(move |bit| held >> bit & 1 == 1).map(move |bit| word * 64 + bit)
            })
            .filter_map(|number| i64::try_from(number).ok())
            .skip_while(move |number| *number < item_id)
    }
}

fn place(item_id: i64) -> (usize, u64) {
    let number = usize::try_from(item_id).unwrap_or_default();
    (number / 64, 1 << (number % 64))
}
