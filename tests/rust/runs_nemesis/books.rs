//! What must be true when a schedule is over.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OpenFlags};
use twelvelabs_batches::runs::{Ended, Journal};

use super::lives::Story;
use super::schedule::Schedule;

/// How the journal says that each item ended, and how often it was submitted.
struct Books {
    items: BTreeMap<i64, (Ended, u32)>,
}

pub fn check(schedule: &Schedule, story: &Story) {
    let books = read_items(schedule, story);
    check_handed_over(schedule, story, &books);
    check_platform(schedule, story, &books);
}

/// Each item of the input has exactly one outcome.
fn read_items(schedule: &Schedule, story: &Story) -> Books {
    let seed = schedule.seed;
    let db = Connection::open_with_flags(story.journal(), OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
    let mut query = db
        .prepare(
            "SELECT item_id, state, attempt, delivered, block_id IS NOT NULL, (SELECT count(*) FROM attempts \
             WHERE attempts.item_id = items.item_id AND attempts.state <> 2) FROM items",
        )
        .unwrap();
    let rows = query
        .query_map([], |row| {
            let state: u32 = row.get(1)?;
            let facts: (u32, bool, bool, u32) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
            Ok((row.get::<_, i64>(0)?, state, facts))
        })
        .unwrap();
    let mut items = BTreeMap::new();
    for row in rows {
        let (item_id, state, (attempt, is_delivered, has_row, earlier)) = row.unwrap();
        let ended = state.checked_sub(2).map(|way| Ended::ALL[way as usize]);
        let ended = ended.unwrap_or_else(|| panic!("seed {seed}: item {item_id} has not ended"));
        assert!(has_row, "seed {seed}: item {item_id} has no row");
        assert!(is_delivered, "seed {seed}: item {item_id} was not handed over");
        let most = schedule.settings.max_item_attempts;
        assert!((1..=most).contains(&attempt), "seed {seed}: item {item_id} has {attempt} attempts");
        // Had it been submitted again before it ended, there would be no row of the first time.
        assert_eq!(earlier, attempt - 1, "seed {seed}: earlier attempts of item {item_id} that have failed");
        items.insert(item_id, (ended, attempt));
    }
    let expected: BTreeSet<i64> = (1..=i64::try_from(schedule.items.len()).unwrap()).collect();
    assert_eq!(items.keys().copied().collect::<BTreeSet<_>>(), expected, "seed {seed}: items");
    Books { items }
}

/// Every outcome was handed over, and twice only if the process died with it in its hands.
fn check_handed_over(schedule: &Schedule, story: &Story, books: &Books) {
    let seed = schedule.seed;
    let mut handed: BTreeMap<i64, usize> = BTreeMap::new();
    for (number, lived) in story.lives.iter().enumerate() {
        for (item_id, word) in &lived.outcomes {
            let ended = books.items.get(item_id).map(|(ended, _)| ended.word());
            assert_eq!(Some(word.as_str()), ended, "seed {seed}: item {item_id} in life {number}");
            if let Some(earlier) = handed.insert(*item_id, number) {
                let last = story.lives[earlier].outcomes.last().map(|(item_id, _)| *item_id);
                assert!(
                    earlier < number && last == Some(*item_id),
                    "seed {seed}: item {item_id} was handed over in life {earlier} and again in {number}"
                );
            }
        }
        if schedule.settings.ordered {
            assert!(
                lived.outcomes.is_sorted(),
                "seed {seed}: the order of life {number}: {:?}",
                lived.outcomes
            );
        }
    }
    let missing: Vec<_> = books.items.keys().filter(|item_id| !handed.contains_key(item_id)).collect();
    assert!(missing.is_empty(), "seed {seed}: {missing:?} were never handed over");
}

/// The platform has made what the journal knows, and nothing else.
fn check_platform(schedule: &Schedule, story: &Story, books: &Books) {
    let seed = schedule.seed;
    let stats = &story.stats;
    let journal = Journal::read(&story.journal()).unwrap();
    let runs = journal.runs().unwrap();
    assert_eq!(runs.len(), 1, "seed {seed}: runs");
    assert!(runs[0].is_read, "seed {seed}: the input was read");
    let chunks = journal.chunks(runs[0].run_id).unwrap();
    for chunk in &chunks {
        let is_made = chunk.batch_id.is_some();
        let expected = if is_made { "ended" } else { "withdrawn" };
        assert_eq!(chunk.state, expected, "seed {seed}: {chunk:?}");
    }
    let made: Vec<u64> =
        chunks.iter().filter(|chunk| chunk.batch_id.is_some()).map(|chunk| chunk.item_count).collect();
    assert_eq!(stats.batches_created, made.len() as u64, "seed {seed}: batches made and batches known");
    assert_eq!(stats.items_created, made.iter().sum::<u64>(), "seed {seed}: items made and items known");
    let attempts: u64 = books.items.values().map(|(_, attempts)| u64::from(*attempts)).sum();
    assert_eq!(stats.items_created, attempts, "seed {seed}: items made and attempts known");
    let count = |way: Ended| books.items.values().filter(|(ended, _)| *ended == way).count() as u64;
    let (ready, malformed) = (count(Ended::Ready), count(Ended::Malformed));
    assert!(
        (ready..=ready + malformed).contains(&stats.items_billed),
        "seed {seed}: {} billed, {ready} ready, {malformed} malformed",
        stats.items_billed
    );
    assert!(schedule.may_fail() || count(Ended::Failed) == 0, "seed {seed}: items failed for no reason");
    assert_eq!(count(Ended::Canceled) + count(Ended::Expired), 0, "seed {seed}: nobody canceled");
}
