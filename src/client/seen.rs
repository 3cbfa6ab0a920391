//! What a stream of results has handed over.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::tasks::Tasks;

/// Tasks whose rows were handed over, and rows that cannot be read.
#[derive(Debug, Default)]
pub(super) struct Seen {
    ever: Tasks,
    /// Those of this answer, where there was one before it.
    here: Option<Tasks>,
    told: Told,
    /// Rows that cannot be read, in this answer.
    malformed_here: u64,
}

/// Rows that cannot be read and were told: how many of each, since rows may be
/// alike.
#[derive(Debug, Default)]
pub(super) struct Told {
    ever: HashMap<u64, u32>,
    here: HashMap<u64, u32>,
    count: u64,
}

impl Seen {
    /// Nothing yet, of a batch that has so many items, if that is known.
    pub(super) fn expecting(total: Option<u64>) -> Self {
        Self { ever: Tasks::expecting(total.unwrap_or_default()), ..Self::default() }
    }

    /// What another stream of the same batch has to know.
    pub(super) fn after(mut told: Told) -> Self {
        told.here.clear();
        Self { told, ..Self::default() }
    }

    /// The rows that were told, for another stream of the same batch.
    pub(super) fn into_told(self) -> Told {
        self.told
    }

    /// Another answer begins, with the rows from the first on.
    pub(super) fn begin_answer(&mut self) {
        self.here = Some(Tasks::default());
        self.malformed_here = 0;
        self.told.here.clear();
    }

    /// Notes a task; false if it was noted before.
    pub(super) fn note(&mut self, task_id: &str) -> bool {
        if let Some(here) = &mut self.here {
            here.note(task_id);
        }
        self.ever.note(task_id)
    }

    /// Notes a row that cannot be read; false if it was told before.
    pub(super) fn note_malformed(&mut self, raw: &[u8], may_be_item: bool) -> bool {
        self.malformed_here += u64::from(may_be_item);
        self.told.note(raw)
    }

    /// Rows that cannot be read.
    pub(super) fn malformed(&self) -> u64 {
        self.told.count
    }

    /// Items that were handed over.
    pub(super) fn delivered(&self) -> u64 {
        self.ever.count()
    }

    /// Whether this answer had a row for every item.
    pub(super) fn is_full(&self, total: u64) -> bool {
        self.here.as_ref().unwrap_or(&self.ever).count() + self.malformed_here >= total
    }

    /// Whether nothing is missing: every item was handed over, or this answer
    /// came to its end and had a row for every item, some of them unreadable.
    pub(super) fn is_complete(&self, total: u64, came_to_its_end: bool) -> bool {
        let told = if came_to_its_end && self.is_full(total) { self.malformed_here } else { 0 };
        self.delivered() + told >= total
    }
}

impl Told {
    /// How many were told.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Notes a row; false if as many like it were told before. Where it stands
    /// does not matter: the next answer may have another order.
    fn note(&mut self, raw: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        raw.hash(&mut hasher);
        let row = hasher.finish();
        let here = self.here.entry(row).or_default();
        *here += 1;
        let ever = self.ever.entry(row).or_default();
        let is_new = *here > *ever;
        if is_new {
            *ever = *here;
            self.count += 1;
        }
        is_new
    }
}
