//! What a run remembers, in one file.
//!
//! # Design
//!
//! An `SQLite` database in WAL mode, so that others can read it while a run writes. What is
//! intended is flushed to the disk before it is done: a batch is written down before it is
//! asked for, and what is known of it after. Everything else may be lost with the power, never
//! with the process, and is found again on the platform.

mod blocks;
mod chunks;
mod items;
mod lock;
mod read;
mod rows;
mod schema;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use self::blocks::Shelf;
use self::lock::Lock;
pub use self::lock::leave_journals_to_parent;
pub(super) use self::read::StoredOutcome;
pub use self::rows::{Boundary, ChunkRow, RunRow, State, Witness};
pub(super) use self::rows::{Ending, Known, Member, Placed};
use crate::error::{Error, JournalFailure, Kind};

/// How long a writer waits for readers, and they for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a run remembers.
#[derive(Debug)]
pub struct Journal {
    db: Connection,
    path: Option<PathBuf>,
    lock: Option<Lock>,
    witness: Option<Witness>,
    blocks: Shelf,
    requests: Shelf,
}

impl Journal {
    /// Opens a journal to be written, or begins one. It belongs to one account.
    pub fn open(path: &Path, account: &str) -> Result<Self, Error> {
        let lock = Lock::take(path).map_err(|reason| refuse(Some(path), &reason, true))?;
        let db = Connection::open(path).map_err(|error| explain(Some(path), "be opened", &error))?;
        let mut journal = Self::new(db, Some(path.to_owned()));
        journal.lock = Some(lock);
        journal.begin()?;
        journal.check_account(account)?;
        Ok(journal)
    }

    /// A journal that is gone with this object. What does not fit in memory goes to a file that
    /// has no name.
    pub fn temporary(account: &str) -> Result<Self, Error> {
        let db = Connection::open("").map_err(|error| explain(None, "be opened", &error))?;
        let mut journal = Self::new(db, None);
        journal.begin()?;
        journal.check_account(account)?;
        Ok(journal)
    }

    /// Opens a journal to be read, whoever writes it meanwhile.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if !path.is_file() {
            return Err(refuse(Some(path), "there is no such file", false));
        }
        let db = Connection::open_with_flags(path, flags)
            .map_err(|error| explain(Some(path), "be opened", &error))?;
        let journal = Self::new(db, Some(path.to_owned()));
        journal.db.busy_timeout(PATIENCE).map_err(|error| journal.failed("be opened", &error))?;
        let version = journal.version()?;
        if version < schema::VERSION {
            return Err(
                journal.refuse("an older version has written it: begin or resume a run with it first")
            );
        }
        let reading = journal.db.pragma_update(None, "query_only", true);
        reading.map_err(|error| journal.failed("be opened", &error))?;
        Ok(journal)
    }

    /// Has somebody told of every write.
    pub fn witnessed_by(&mut self, witness: Option<Witness>) {
        self.witness = witness;
    }

    /// Where it is; nothing if it is gone with this object.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    fn new(db: Connection, path: Option<PathBuf>) -> Self {
        Self { db, path, lock: None, witness: None, blocks: Shelf::default(), requests: Shelf::default() }
    }

    fn begin(&mut self) -> Result<(), Error> {
        let from = self.version()?;
        let work = |db: &mut Connection, is_file: bool| {
            db.busy_timeout(PATIENCE)?;
            if is_file {
                let mode: String = db.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
                debug_assert_eq!(mode, "wal");
            }
            db.pragma_update(None, "synchronous", "NORMAL")?;
            db.pragma_update(None, "cache_size", -32_768)?;
            schema::migrate(db, from)
        };
        let is_file = self.path.is_some();
        work(&mut self.db, is_file).map_err(|error| self.failed("be prepared", &error))
    }

    /// Its version; refuses what is no journal, or a later one's.
    fn version(&self) -> Result<usize, Error> {
        let read = |name: &str| -> rusqlite::Result<i64> {
            self.db.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
        };
        let facts = read("application_id").and_then(|application| Ok((application, read("user_version")?)));
        let (application, version) = facts.map_err(|error| self.failed("be read", &error))?;
        let tables: i64 = self
            .db
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(|error| self.failed("be read", &error))?;
        if application != schema::APPLICATION && (application != 0 || tables > 0) {
            return Err(self.refuse("it is a database, but no journal of runs"));
        }
        match usize::try_from(version) {
            Ok(version) if version <= schema::VERSION => Ok(version),
            _ => Err(self.refuse(&format!(
                "a later version of this package has written it (format {version}; this one reads up to {})",
                schema::VERSION
            ))),
        }
    }

    fn check_account(&self, account: &str) -> Result<(), Error> {
        let found = self.fact("account")?;
        match found {
            Some(found) if found == account => Ok(()),
            Some(found) => Err(self.refuse(&format!(
                "it belongs to the account {found:?}, and this client's is {account:?}. If your key was replaced, \
                 give `account={found:?}` to go on"
            ))),
            None => self.set_fact("account", account),
        }
    }

    /// Something that was written down for the journal as a whole.
    pub fn fact(&self, name: &str) -> Result<Option<String>, Error> {
        let query = "SELECT value FROM facts WHERE name = ?1";
        let found = self.db.query_row(query, [name], |row| row.get(0)).optional();
        found.map_err(|error| self.failed("be read", &error))
    }

    fn set_fact(&self, name: &str, value: &str) -> Result<(), Error> {
        let command = "INSERT OR REPLACE INTO facts (name, value) VALUES (?1, ?2)";
        let written = self.db.execute(command, [name, value]);
        written.map(|_| ()).map_err(|error| self.failed("be written", &error))
    }

    /// Writes as one, and has it on the disk before it returns if so wanted.
    fn write<T>(
        &mut self,
        what: &'static str,
        is_flushed: bool,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        self.tell(Boundary::BeforeWrite(what));
        let is_flushed = is_flushed && self.path.is_some();
        let outcome = write(&mut self.db, is_flushed, work);
        let outcome = outcome.map_err(|error| self.failed("be written", &error));
        self.tell(Boundary::AfterWrite(what));
        outcome
    }

    fn tell(&self, boundary: Boundary) {
        if let Some(Witness(told)) = &self.witness {
            told(boundary);
        }
    }

    fn failed(&self, what: &str, error: &rusqlite::Error) -> Error {
        explain(self.path(), what, error)
    }

    fn refuse(&self, reason: &str) -> Error {
        refuse(self.path(), reason, false)
    }
}

fn write<T>(
    db: &mut Connection,
    is_flushed: bool,
    work: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    if is_flushed {
        db.pragma_update(None, "synchronous", "FULL")?;
    }
    let transaction = db.transaction()?;
    let value = work(&transaction)?;
    transaction.commit()?;
    if is_flushed {
        db.pragma_update(None, "synchronous", "NORMAL")?;
    }
    Ok(value)
}

fn explain(path: Option<&Path>, what: &str, error: &rusqlite::Error) -> Error {
    refuse(path, &format!("it cannot {what}: {error}"), false)
}

fn refuse(path: Option<&Path>, reason: &str, is_in_use: bool) -> Error {
    Kind::Journal(JournalFailure {
        path: path.map(|path| path.display().to_string()),
        reason: reason.to_owned(),
        is_in_use,
    })
    .into()
}
