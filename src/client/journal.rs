//! What a call tells about itself while it runs.

use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::retry::Verb;

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Every request.
    Debug,
    /// What was overcome: retries and resumes.
    Info,
    /// What somebody should know: rows left out, outcomes that had to be looked for.
    Warning,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// In words, without secrets.
    pub text: String,
    /// A word for it: `request`, `retry`, `resume`, `look`, `malformed`, `wait`,
    /// `validation`.
    pub event: &'static str,
    /// The call.
    pub verb: Verb,
    /// Number of the attempt, from 1; 0 before anything was sent.
    pub attempt: u32,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The pause before the next attempt.
    pub wait: Option<Duration>,
}

/// Notes of calls, until somebody takes them. Nobody is called from where
/// they are written, which may be any thread.
#[derive(Debug, Default)]
pub struct Journal {
    least: AtomicU8,
    /// So that looking for some costs little: it is done before every row.
    has_notes: AtomicBool,
    notes: Mutex<Vec<(Level, Note)>>,
}

/// Notes that nobody takes are dropped from here on.
const MOST_NOTES: usize = 1000;

impl Journal {
    /// From which level up notes are kept from now on.
    pub fn keep_from(&self, least: Level) {
        self.least.store(least as u8, Ordering::Relaxed);
    }

    /// Takes the notes.
    pub fn take(&self) -> Vec<(Level, Note)> {
        if !self.has_notes.load(Ordering::Acquire) {
            return Vec::new();
        }
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        self.has_notes.store(false, Ordering::Release);
        std::mem::take(&mut *notes)
    }

    pub(super) fn tell(&self, level: Level, note: impl FnOnce() -> Note) {
        if level as u8 >= self.least.load(Ordering::Relaxed) {
            let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
            if notes.len() < MOST_NOTES {
                notes.push((level, note()));
            }
            self.has_notes.store(true, Ordering::Release);
        }
    }
}
