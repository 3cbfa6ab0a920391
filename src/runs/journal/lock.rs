//! One writer at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};

/// Held as long as a journal is written. The system lets it go when the process ends,
/// however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: Held,
}

/// Nothing in a child, which only came into it by a fork.
type Held = Arc<Mutex<Option<File>>>;

static HELD: Mutex<Vec<Weak<Mutex<Option<File>>>>> = Mutex::new(Vec::new());

/// Has this process, a forked child, hold no journal: its parent's would stay locked as long as
/// the child lives. Where a thread of the parent was at it at the fork, it stays so.
pub fn leave_journals_to_parent() {
    let Ok(held) = HELD.try_lock() else { return };
    for file in held.iter().filter_map(Weak::upgrade) {
        if let Ok(mut file) = file.try_lock() {
            file.take();
        }
    }
}

impl Lock {
    /// Takes it; otherwise says who has it, in words.
    pub(super) fn take(journal: &Path) -> Result<Self, String> {
        let path = place(journal);
        let cannot = |error: std::io::Error| format!("the lock {} cannot be made: {error}", path.display());
        // A file of its own: to close one that SQLite has open as well would let its locks go.
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(refuse(&mut file)),
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
        file.set_len(0)
            .and_then(|()| file.write_all(std::process::id().to_string().as_bytes()))
            .map_err(cannot)?;
        let file = Arc::new(Mutex::new(Some(file)));
        if let Ok(mut held) = HELD.lock() {
            held.retain(|each| each.strong_count() > 0);
            held.push(Arc::downgrade(&file));
        }
        Ok(Self { _file: file })
    }
}

fn refuse(file: &mut File) -> String {
    let mut holder = String::new();
    let _ = file.read_to_string(&mut holder);
    let holder = if holder.is_empty() { "another process".to_owned() } else { format!("process {holder}") };
    format!(
        "it is in use by {holder}: only one run writes a journal at a time. Wait until that one has ended, or \
         give this run a journal of its own"
    )
}

fn place(journal: &Path) -> PathBuf {
    let mut name = journal.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}
