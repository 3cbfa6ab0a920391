//! One writer at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Held as long as a journal is written. The system lets it go when the process ends,
/// however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
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
