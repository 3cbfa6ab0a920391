//! Runs and their items.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::Journal;
use super::rows::{Known, RunRow, State};
use crate::error::Error;
use crate::runs::identity::ItemKey;
use crate::runs::outcome::Ended;
use crate::runs::report::Counts;

/// What is asked for of an item.
const COLUMNS: &str = "item_id, run_id, state, attempt, delivered";

fn known(row: &Row<'_>) -> rusqlite::Result<Known> {
    Ok(Known {
        item_id: row.get(0)?,
        run_id: row.get(1)?,
        state: row.get(2)?,
        attempt: row.get(3)?,
        is_delivered: row.get(4)?,
    })
}

impl Journal {
    /// The number of a run, which is begun if the journal does not know it.
    pub(in crate::runs) fn begin_run(
        &mut self,
        key: [u8; 16],
        model_name: &str,
        analysis_mode: &str,
        defaults: Option<&str>,
        origin: Option<&str>,
    ) -> Result<i64, Error> {
        self.write("run", true, |db| {
            db.execute(
                "INSERT INTO runs (key, model_name, analysis_mode, defaults, begun_at, origin) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (key) DO UPDATE SET \
                 origin = coalesce(excluded.origin, origin)",
                params![key, model_name, analysis_mode, defaults, Timestamp::now().as_millisecond(), origin],
            )?;
            db.query_row("SELECT run_id FROM runs WHERE key = ?1", [key], |row| row.get(0))
        })
    }

    /// All runs, in the order in which they were begun.
    pub fn runs(&self) -> Result<Vec<RunRow>, Error> {
        let read = || {
            let mut query = self.db.prepare(
                "SELECT run_id, model_name, analysis_mode, defaults, begun_at, origin, is_confirmed, is_read \
                 FROM runs ORDER BY run_id",
            )?;
            let rows = query.query_map([], |row| {
                Ok(RunRow {
                    run_id: row.get(0)?,
                    model_name: row.get(1)?,
                    analysis_mode: row.get(2)?,
                    defaults: row.get(3)?,
                    begun_at: row.get(4)?,
                    origin: row.get(5)?,
                    is_confirmed: row.get(6)?,
                    is_read: row.get(7)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.failed("be read", &error))
    }

    /// Writes down that somebody has said yes after the sample.
    pub(in crate::runs) fn confirm(&mut self, run_id: i64) -> Result<(), Error> {
        self.write("confirm", false, |db| {
            db.execute("UPDATE runs SET is_confirmed = 1 WHERE run_id = ?1", [run_id]).map(|_| ())
        })
    }

    /// Writes down that the input of a run was read to its end.
    pub(in crate::runs) fn note_read(&mut self, run_id: i64) -> Result<(), Error> {
        self.write("read", false, |db| {
            db.execute("UPDATE runs SET is_read = 1 WHERE run_id = ?1", [run_id]).map(|_| ())
        })
    }

    /// The number after the last item's.
    pub(in crate::runs) fn next_item(&self) -> Result<i64, Error> {
        let query = "SELECT coalesce(max(item_id), 0) + 1 FROM items";
        self.db.query_row(query, [], |row| row.get(0)).map_err(|error| self.failed("be read", &error))
    }

    /// An item.
    pub(in crate::runs) fn find(&self, key: &ItemKey) -> Result<Option<Known>, Error> {
        let read = || {
            let mut query = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM items WHERE key = ?1"))?;
            query.query_row([key.0], known).optional()
        };
        read().map_err(|error| self.failed("be read", &error))
    }

    /// Where an item stands.
    pub(in crate::runs) fn state(&self, item_id: i64) -> Result<Option<State>, Error> {
        let read = || {
            let mut query = self.db.prepare_cached("SELECT state FROM items WHERE item_id = ?1")?;
            query.query_row([item_id], |row| row.get(0)).optional()
        };
        read().map_err(|error| self.failed("be read", &error))
    }

    /// The next items of a run after one of them, those that it shares with other runs
    /// included.
    pub(in crate::runs) fn items_after(
        &self,
        run_id: i64,
        item_id: i64,
        most: u32,
    ) -> Result<Vec<Known>, Error> {
        let read = || {
            let mut query = self.db.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM items WHERE item_id > ?2 AND (run_id = ?1 OR EXISTS (SELECT 1 FROM \
                 shared WHERE shared.run_id = ?1 AND shared.item_id = items.item_id)) ORDER BY item_id LIMIT ?3"
            ))?;
            query.query_map(params![run_id, item_id, most], known)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.failed("be read", &error))
    }

    /// Notes that a run asks for an item that another one has asked for.
    pub(in crate::runs) fn share(&mut self, run_id: i64, item_id: i64) -> Result<(), Error> {
        self.write("share", false, |db| {
            db.prepare_cached("INSERT OR IGNORE INTO shared (run_id, item_id) VALUES (?1, ?2)")?
                .execute([run_id, item_id])
                .map(|_| ())
        })
    }

    /// Notes that an outcome was handed over.
    pub(in crate::runs) fn mark_delivered(&mut self, item_id: i64) -> Result<(), Error> {
        self.write("delivered", false, |db| {
            db.prepare_cached("UPDATE items SET delivered = 1 WHERE item_id = ?1")?
                .execute([item_id])
                .map(|_| ())
        })
    }

    /// How the items of a run stand: those that have ended, that are in batches, that wait.
    pub fn counts(&self, run_id: i64) -> Result<(Counts, u64, u64), Error> {
        let read = || {
            let mut query = self.db.prepare(
                "SELECT state, count(*) FROM items WHERE run_id = ?1 OR EXISTS (SELECT 1 FROM shared \
                 WHERE shared.run_id = ?1 AND shared.item_id = items.item_id) GROUP BY state",
            )?;
            let rows =
                query.query_map([run_id], |row| Ok((row.get::<_, State>(0)?, row.get::<_, i64>(1)?)))?;
            let (mut ended, mut submitted, mut waiting) = (Counts::default(), 0, 0);
            for row in rows {
                let (state, count) = row?;
                match (state, u64::try_from(count).unwrap_or_default()) {
                    (State::Ended(how), count) => ended.add(how, count),
                    (State::Submitted, count) => submitted += count,
                    (State::Waiting, count) => waiting += count,
                }
            }
            Ok((ended, submitted, waiting))
        };
        read().map_err(|error: rusqlite::Error| self.failed("be read", &error))
    }

    /// Items of a run that ended in one of these ways.
    pub(in crate::runs) fn ended_items(&self, run_id: i64, ways: &[Ended]) -> Result<Vec<Known>, Error> {
        let mut found = Vec::new();
        let mut last = 0;
        loop {
            let items = self.items_after(run_id, last, 1000)?;
            let Some(newest) = items.last() else { return Ok(found) };
            last = newest.item_id;
            found.extend(
                items
                    .into_iter()
                    .filter(|item| matches!(item.state, State::Ended(how) if ways.contains(&how))),
            );
        }
    }
}
