//! Batches: intended, submitted, ended.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::blocks::{Packing, Unpacked};
use super::rows::{ChunkRow, Ending, Member, OpenChunk, Placed, State};
use super::{Journal, refuse};
use crate::error::Error;
use crate::models::CreateAnalyzeBatchResponse;
use crate::runs::identity::ItemKey;

/// Stages of a batch.
const INTENDED: i64 = 0;
const SUBMITTED: i64 = 1;
const ENDED: i64 = 2;
/// It was never made.
const WITHDRAWN: i64 = 3;

impl Journal {
    /// Writes down that a batch of these items is about to be asked for.
    pub(in crate::runs) fn intend(&mut self, run_id: i64, members: &[Member]) -> Result<i64, Error> {
        let (mut requests, mut ids) = (Packing::default(), Packing::default());
        for member in members {
            requests.push(&member.request);
            ids.push(&member.item_id.to_le_bytes());
        }
        let packed = requests.finish().and_then(|requests| Ok((requests, ids.finish()?)));
        let (requests, ids) = packed.map_err(|error| refuse(self.path(), &error.to_string(), false))?;
        self.write("intend", true, |db| {
            db.prepare_cached(
                "INSERT INTO chunks (run_id, state, intended_at, item_count, members, requests) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                run_id,
                INTENDED,
                Timestamp::now().as_millisecond(),
                i64::try_from(members.len()).unwrap_or(i64::MAX),
                ids,
                requests
            ])?;
            let chunk_id = db.last_insert_rowid();
            for (place, member) in members.iter().enumerate() {
                place_member(db, run_id, chunk_id, place, member)?;
            }
            Ok(chunk_id)
        })
    }

    /// Writes down that it was made.
    pub(in crate::runs) fn submitted(
        &mut self,
        chunk_id: i64,
        batch: &CreateAnalyzeBatchResponse,
    ) -> Result<(), Error> {
        let (created, expires) = (batch.created_at.to_string(), batch.expires_at.to_string());
        self.write("submitted", true, |db| {
            db.prepare_cached(
                "UPDATE chunks SET state = ?2, batch_id = ?3, created_at = ?4, expires_at = ?5 WHERE chunk_id = ?1",
            )?
            .execute(params![chunk_id, SUBMITTED, batch.batch_id, created, expires])
            .map(|_| ())
        })
    }

    /// Writes down that it was not made: its items wait again.
    pub(in crate::runs) fn withdraw(&mut self, chunk_id: i64, members: &[Placed]) -> Result<(), Error> {
        self.write("withdraw", false, |db| {
            db.prepare_cached("UPDATE chunks SET state = ?2 WHERE chunk_id = ?1")?
                .execute(params![chunk_id, WITHDRAWN])?;
            let mut update =
                db.prepare_cached("UPDATE items SET state = ?2, attempt = attempt - 1 WHERE item_id = ?1")?;
            for member in members {
                update.execute(params![member.item_id, State::Waiting])?;
            }
            Ok(())
        })
    }

    /// Keeps how items of a batch have ended.
    pub(in crate::runs) fn keep(&mut self, chunk_id: i64, endings: &[Ending]) -> Result<(), Error> {
        if endings.is_empty() {
            return Ok(());
        }
        let mut lines = Packing::default();
        for ending in endings {
            lines.push(&ending.line);
        }
        let lines = lines.finish().map_err(|error| refuse(self.path(), &error.to_string(), false))?;
        self.write("keep", false, |db| {
            db.prepare_cached("INSERT INTO blocks (chunk_id, lines) VALUES (?1, ?2)")?
                .execute(params![chunk_id, lines])?;
            let block_id = db.last_insert_rowid();
            for (line, ending) in endings.iter().enumerate() {
                keep_ending(db, chunk_id, block_id, line, ending)?;
            }
            Ok(())
        })
    }

    /// Has items that have ended wait again, what they ended with among their attempts.
    pub(in crate::runs) fn wait_again(&mut self, items: &[i64]) -> Result<(), Error> {
        self.write("again", false, |db| {
            for item_id in items {
                db.prepare_cached(
                    "INSERT OR IGNORE INTO attempts (item_id, attempt, state, chunk_id, block_id, line) \
                     SELECT item_id, attempt, state, chunk_id, block_id, line FROM items \
                     WHERE item_id = ?1 AND block_id IS NOT NULL",
                )?
                .execute([item_id])?;
                db.prepare_cached(
                    "UPDATE items SET state = ?2, block_id = NULL, line = NULL, delivered = 0 WHERE item_id = ?1",
                )?
                .execute(params![item_id, State::Waiting])?;
            }
            Ok(())
        })
    }

    /// Writes down that a batch has ended, and all that is to be had of it is here.
    pub(in crate::runs) fn end_batch(&mut self, chunk_id: i64, status: &str) -> Result<(), Error> {
        self.write("end", false, |db| {
            db.prepare_cached("UPDATE chunks SET state = ?2, status = ?3 WHERE chunk_id = ?1")?
                .execute(params![chunk_id, ENDED, status])
                .map(|_| ())
        })
    }

    /// Batches that have not ended, and what may have become some.
    pub(in crate::runs) fn open_chunks(&mut self) -> Result<Vec<OpenChunk>, Error> {
        let found = self.read_open_chunks();
        found.map_err(|error| self.failed("be read", &error))
    }

    fn read_open_chunks(&mut self) -> rusqlite::Result<Vec<OpenChunk>> {
        let mut query = self.db.prepare(
            "SELECT chunk_id, chunks.run_id, intended_at, batch_id, members, model_name, analysis_mode \
             FROM chunks JOIN runs USING (run_id) WHERE state IN (0, 1) ORDER BY chunk_id",
        )?;
        let rows = query.query_map([], |row| {
            let chunk = OpenChunk {
                chunk_id: row.get(0)?,
                run_id: row.get(1)?,
                intended_at: row.get(2)?,
                batch_id: row.get(3)?,
                model_name: row.get(5)?,
                analysis_mode: row.get(6)?,
                members: Vec::new(),
            };
            Ok((chunk, row.get::<_, Vec<u8>>(4)?))
        })?;
        let mut chunks = Vec::new();
        for row in rows {
            let (mut chunk, packed) = row?;
            chunk.members = self.read_members(chunk.chunk_id, &packed)?;
            chunks.push(chunk);
        }
        Ok(chunks)
    }

    /// Members of a batch; those that have moved on to another one are none any more.
    fn read_members(&self, chunk_id: i64, packed: &[u8]) -> rusqlite::Result<Vec<Placed>> {
        let ids =
            Unpacked::of(packed).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        let mut query = self.db.prepare_cached(
            "SELECT key, custom_id, attempt, state FROM items WHERE item_id = ?1 AND chunk_id = ?2",
        )?;
        let mut members = Vec::with_capacity(ids.len());
        for index in 0..ids.len() {
            let bytes = ids.get(index).and_then(|id| id.try_into().ok()).unwrap_or_default();
            let item_id = i64::from_le_bytes(bytes);
            let member = query.query_row([item_id, chunk_id], |row| {
                let custom_id: Option<String> = row.get(1)?;
                let key = ItemKey(row.get(0)?);
                Ok(Placed {
                    item_id,
                    wire_id: custom_id.clone().unwrap_or_else(|| key.custom_id()),
                    custom_id,
                    attempt: row.get(2)?,
                    state: row.get(3)?,
                })
            });
            members.extend(member.optional()?);
        }
        Ok(members)
    }

    /// The newest batches, so that they are not taken for others.
    pub(in crate::runs) fn newest_batches(&self, most: u32) -> Result<Vec<(String, i64)>, Error> {
        let read = || {
            let mut query = self.db.prepare(
                "SELECT batch_id, item_count FROM chunks WHERE batch_id IS NOT NULL \
                 ORDER BY chunk_id DESC LIMIT ?1",
            )?;
            query
                .query_map([most], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.failed("be read", &error))
    }

    /// All batches of a run, in the order of their submission.
    pub fn chunks(&self, run_id: i64) -> Result<Vec<ChunkRow>, Error> {
        let read = || {
            let mut query = self.db.prepare(
                "SELECT batch_id, state, status, created_at, expires_at, item_count FROM chunks \
                 WHERE run_id = ?1 ORDER BY chunk_id",
            )?;
            let rows = query.query_map([run_id], |row| {
                Ok(ChunkRow {
                    run_id,
                    batch_id: row.get(0)?,
                    state: match row.get::<_, i64>(1)? {
                        INTENDED => "intended",
                        SUBMITTED => "submitted",
                        ENDED => "ended",
                        _ => "withdrawn",
                    },
                    status: row.get(2)?,
                    created_at: row.get(3)?,
                    expires_at: row.get(4)?,
                    item_count: u64::try_from(row.get::<_, i64>(5)?).unwrap_or_default(),
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.failed("be read", &error))
    }

    /// The batch of a chunk.
    pub(super) fn batch_of(&self, chunk_id: i64) -> rusqlite::Result<String> {
        let mut query = self.db.prepare_cached("SELECT batch_id FROM chunks WHERE chunk_id = ?1")?;
        Ok(query.query_row([chunk_id], |row| row.get(0)).optional()?.flatten().unwrap_or_default())
    }
}

fn place_member(
    db: &Transaction<'_>,
    run_id: i64,
    chunk_id: i64,
    place: usize,
    member: &Member,
) -> rusqlite::Result<()> {
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    if member.is_new {
        db.prepare_cached(
            "INSERT INTO items (item_id, key, run_id, custom_id, state, attempt, chunk_id, place) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            member.item_id,
            member.key.0,
            run_id,
            member.custom_id,
            State::Submitted,
            member.attempt + 1,
            chunk_id,
            place
        ])?;
    } else {
        db.prepare_cached(
            "UPDATE items SET state = ?2, attempt = ?3, chunk_id = ?4, place = ?5 WHERE item_id = ?1",
        )?
        .execute(params![member.item_id, State::Submitted, member.attempt + 1, chunk_id, place])?;
    }
    Ok(())
}

fn keep_ending(
    db: &Transaction<'_>,
    chunk_id: i64,
    block_id: i64,
    line: usize,
    ending: &Ending,
) -> rusqlite::Result<()> {
    let line = i64::try_from(line).unwrap_or(i64::MAX);
    let ended = State::Ended(ending.ended);
    if ending.is_again {
        db.prepare_cached(
            "INSERT OR REPLACE INTO attempts (item_id, attempt, state, chunk_id, block_id, line) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![ending.item_id, ending.attempt, ended, chunk_id, block_id, line])?;
        db.prepare_cached("UPDATE items SET state = ?2 WHERE item_id = ?1")?
            .execute(params![ending.item_id, State::Waiting])?;
    } else {
        db.prepare_cached("UPDATE items SET state = ?2, block_id = ?3, line = ?4 WHERE item_id = ?1")?
            .execute(params![ending.item_id, ended, block_id, line])?;
    }
    Ok(())
}
