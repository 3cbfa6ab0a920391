//! The tables of a journal, and how older ones become these.

use rusqlite::Connection;

/// In the header of the file: "tlbj".
pub(super) const APPLICATION: i64 = 0x746c_626a;

/// Each takes a journal from the version of its index to the next.
const MIGRATIONS: &[&str] = &["
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE runs (
        run_id INTEGER PRIMARY KEY,
        key BLOB NOT NULL UNIQUE,
        model_name TEXT NOT NULL,
        analysis_mode TEXT NOT NULL,
        defaults TEXT,
        begun_at INTEGER NOT NULL,
        origin TEXT,
        is_confirmed INTEGER NOT NULL DEFAULT 0,
        is_read INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE items (
        item_id INTEGER PRIMARY KEY,
        key BLOB NOT NULL UNIQUE,
        run_id INTEGER NOT NULL,
        custom_id TEXT,
        state INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        chunk_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        block_id INTEGER,
        line INTEGER,
        delivered INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE chunks (
        chunk_id INTEGER PRIMARY KEY,
        run_id INTEGER NOT NULL,
        state INTEGER NOT NULL,
        intended_at INTEGER NOT NULL,
        batch_id TEXT UNIQUE,
        status TEXT,
        created_at TEXT,
        expires_at TEXT,
        item_count INTEGER NOT NULL,
        members BLOB NOT NULL,
        requests BLOB NOT NULL
    );
    CREATE INDEX open_chunks ON chunks (state) WHERE state IN (0, 1);
    CREATE TABLE blocks (block_id INTEGER PRIMARY KEY, chunk_id INTEGER NOT NULL, lines BLOB NOT NULL);
    CREATE TABLE attempts (
        item_id INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        state INTEGER NOT NULL,
        chunk_id INTEGER NOT NULL,
        block_id INTEGER NOT NULL,
        line INTEGER NOT NULL,
        PRIMARY KEY (item_id, attempt)
    ) WITHOUT ROWID;
    CREATE TABLE shared (run_id INTEGER NOT NULL, item_id INTEGER NOT NULL, PRIMARY KEY (run_id, item_id))
        WITHOUT ROWID;
"];

/// The version that this one reads and writes.
pub(super) const VERSION: usize = MIGRATIONS.len();

/// Brings a journal to this version, in one transaction a step.
pub(super) fn migrate(db: &mut Connection, from: usize) -> rusqlite::Result<()> {
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(from) {
        let step = db.transaction()?;
        step.execute_batch(migration)?;
        step.pragma_update(None, "application_id", APPLICATION)?;
        step.pragma_update(None, "user_version", i64::try_from(index + 1).unwrap_or_default())?;
        step.commit()?;
    }
    Ok(())
}
