//! Outcomes and requests that a journal holds.

use std::sync::Arc;

use rusqlite::{OptionalExtension, params};

use super::Journal;
use super::blocks::Unpacked;
use super::rows::{Member, State};
use crate::error::Error;
use crate::runs::identity::ItemKey;
use crate::runs::outcome::Ended;

/// How an item ended, as it was kept.
#[derive(Debug)]
pub(in crate::runs) struct StoredOutcome {
    pub ended: Ended,
    pub custom_id: Option<String>,
    pub batch_id: String,
    pub line: Vec<u8>,
    /// Attempts before the last one, with their rows.
    pub earlier: Vec<(Ended, String, Vec<u8>)>,
}

/// Where something is kept.
struct Place {
    state: State,
    chunk_id: i64,
    block_id: i64,
    line: i64,
}

impl Journal {
    /// How an item ended; nothing if it has not.
    pub(in crate::runs) fn outcome(&mut self, item_id: i64) -> Result<Option<StoredOutcome>, Error> {
        let found = self.read_outcome(item_id);
        found.map_err(|error| self.failed("be read", &error))
    }

    fn read_outcome(&mut self, item_id: i64) -> rusqlite::Result<Option<StoredOutcome>> {
        let found = {
            let mut query = self.db.prepare_cached(
                "SELECT state, chunk_id, block_id, line, custom_id, attempt FROM items \
                 WHERE item_id = ?1 AND block_id IS NOT NULL",
            )?;
            query
                .query_row([item_id], |row| {
                    let place = Place {
                        state: row.get(0)?,
                        chunk_id: row.get(1)?,
                        block_id: row.get(2)?,
                        line: row.get(3)?,
                    };
                    Ok((place, row.get::<_, Option<String>>(4)?, row.get::<_, u32>(5)?))
                })
                .optional()?
        };
        let Some((place, custom_id, attempt)) = found else { return Ok(None) };
        let State::Ended(ended) = place.state else { return Ok(None) };
        let earlier = if attempt > 1 { self.read_earlier(item_id)? } else { Vec::new() };
        Ok(Some(StoredOutcome {
            ended,
            custom_id,
            batch_id: self.batch_of(place.chunk_id)?,
            line: self.line(&place)?,
            earlier,
        }))
    }

    /// Attempts before the last one.
    fn read_earlier(&mut self, item_id: i64) -> rusqlite::Result<Vec<(Ended, String, Vec<u8>)>> {
        let places = {
            let mut query = self.db.prepare_cached(
                "SELECT state, chunk_id, block_id, line FROM attempts WHERE item_id = ?1 ORDER BY attempt",
            )?;
            query
                .query_map([item_id], |row| {
                    Ok(Place {
                        state: row.get(0)?,
                        chunk_id: row.get(1)?,
                        block_id: row.get(2)?,
                        line: row.get(3)?,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?
        };
        let mut earlier = Vec::new();
        for place in places {
            if let State::Ended(ended) = place.state {
                earlier.push((ended, self.batch_of(place.chunk_id)?, self.line(&place)?));
            }
        }
        Ok(earlier)
    }

    /// An item that is to be submitted again, with its request.
    pub(in crate::runs) fn member(&mut self, item_id: i64) -> Result<Member, Error> {
        let found = self.read_member(item_id);
        found.map_err(|error| self.failed("be read", &error))
    }

    fn read_member(&mut self, item_id: i64) -> rusqlite::Result<Member> {
        let (key, custom_id, attempt, chunk_id, place) = {
            let mut query = self.db.prepare_cached(
                "SELECT key, custom_id, attempt, chunk_id, place FROM items WHERE item_id = ?1",
            )?;
            query.query_row([item_id], |row| {
                let key: [u8; 16] = row.get(0)?;
                Ok((key, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)?, row.get::<_, i64>(4)?))
            })?
        };
        let requests = self.requests_of(chunk_id)?;
        let request = requests
            .get(usize::try_from(place).unwrap_or(usize::MAX))
            .ok_or_else(|| damaged("requests"))?
            .to_vec();
        Ok(Member { item_id, key: ItemKey(key), custom_id, attempt, is_new: false, request })
    }

    fn requests_of(&mut self, chunk_id: i64) -> rusqlite::Result<Arc<Unpacked>> {
        if let Some(found) = self.requests.get(chunk_id) {
            return Ok(found);
        }
        let mut query = self.db.prepare_cached("SELECT requests FROM chunks WHERE chunk_id = ?1")?;
        let packed: Vec<u8> = query.query_row(params![chunk_id], |row| row.get(0))?;
        let unpacked = Arc::new(Unpacked::of(&packed).map_err(|_| damaged("requests"))?);
        self.requests.put(chunk_id, &unpacked);
        Ok(unpacked)
    }

    fn line(&mut self, place: &Place) -> rusqlite::Result<Vec<u8>> {
        let block = self.block(place.block_id)?;
        let line = usize::try_from(place.line).ok().and_then(|line| block.get(line));
        line.map(<[u8]>::to_vec).ok_or_else(|| damaged("rows"))
    }

    fn block(&mut self, block_id: i64) -> rusqlite::Result<Arc<Unpacked>> {
        if let Some(found) = self.blocks.get(block_id) {
            return Ok(found);
        }
        let mut query = self.db.prepare_cached("SELECT lines FROM blocks WHERE block_id = ?1")?;
        let packed: Vec<u8> = query.query_row([block_id], |row| row.get(0))?;
        let unpacked = Arc::new(Unpacked::of(&packed).map_err(|_| damaged("rows"))?);
        self.blocks.put(block_id, &unpacked);
        Ok(unpacked)
    }
}

fn damaged(what: &str) -> rusqlite::Error {
    let message = format!("the {what} in it are damaged");
    rusqlite::Error::ToSqlConversionFailure(message.into())
}
