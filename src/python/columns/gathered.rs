//! What is gathered from a stream of results.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::client::{Make, Step};
use crate::error::{Error, Kind};
use crate::export::ColumnBuilder;
use crate::jsonl::PlainRow;
use crate::models::BatchResultItem;
use crate::python::errors::{raise_stream, to_exception};
use crate::python::kept::Kept;
use crate::python::runtime::Finish;
use crate::python::source::Source;

/// Rows that have come wait at most this long for others to fill a batch.
const LINGER: Duration = Duration::from_secs(1);

/// Columns that were gathered from a stream and not handed over yet: when something goes
/// wrong, and when a signal comes in between, they stay for the next who asks.
pub struct Gathered {
    pending: Mutex<Pending>,
    /// Whether nothing more is to be read, for reasons that `pending` knows.
    is_spoilt: AtomicBool,
    rows: Kept<Py<PyList>>,
}

impl Default for Gathered {
    fn default() -> Self {
        Self { pending: Mutex::default(), is_spoilt: AtomicBool::new(false), rows: Kept::new() }
    }
}

#[derive(Default)]
pub(super) struct Pending {
    ready: VecDeque<RecordBatch>,
    builder: ColumnBuilder,
    /// Rows that were handed over.
    pub(super) taken: usize,
    /// What is raised once the rows before it were handed over.
    trouble: Option<Error>,
    /// Why nothing more is to be read.
    spoilt: Option<String>,
}

/// How far a gathering came.
pub(super) enum Arrived {
    /// There is something to take.
    Some,
    /// Something was seen of the batch, which is to be told first.
    Seen,
    /// There may be something to take, and nothing more comes.
    End,
}

pub(super) enum Trouble {
    Failed(Error),
    Unbuilt(ArrowError),
}

impl Trouble {
    pub(super) fn raise(&self, py: Python<'_>) -> PyErr {
        match self {
            Self::Failed(error) => to_exception(py, error),
            Self::Unbuilt(error) => PyRuntimeError::new_err(error.to_string()),
        }
    }
}

impl Gathered {
    pub(super) fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Rows that were taken into a list which is not complete yet.
    pub fn rows(&self, py: Python<'_>) -> Py<PyList> {
        self.rows.get_or_make(py, || PyList::empty(py).unbind()).clone_ref(py)
    }

    /// A stream whose rows went into a file that was not finished would give only the rest.
    pub fn refuse_if_spoilt(&self, py: Python<'_>) -> PyResult<()> {
        if !self.is_spoilt.load(Ordering::Acquire) {
            return Ok(());
        }
        match &self.pending().spoilt {
            Some(reason) => Err(raise_stream(py, reason)),
            None => Ok(()),
        }
    }

    pub(super) fn spoil(&self, reason: String) {
        self.pending().spoilt = Some(reason);
        self.is_spoilt.store(true, Ordering::Release);
    }

    fn push(&self, push: impl FnOnce(&mut ColumnBuilder)) -> Result<(), ArrowError> {
        let mut pending = self.pending();
        push(&mut pending.builder);
        if pending.builder.is_full() {
            let batch = pending.builder.finish()?;
            pending.ready.push_back(batch);
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        let pending = self.pending();
        pending.ready.is_empty() && pending.builder.rows() == 0
    }

    fn has_ready(&self) -> bool {
        !self.pending().ready.is_empty()
    }

    /// What has been gathered: all of it, or as much as is handed over at a time.
    pub(super) fn take(&self, whole: bool) -> Result<Vec<RecordBatch>, ArrowError> {
        let mut pending = self.pending();
        if pending.builder.rows() > 0 && (whole || pending.ready.is_empty()) {
            let batch = pending.builder.finish()?;
            pending.ready.push_back(batch);
        }
        let count = if whole { pending.ready.len() } else { pending.ready.len().min(1) };
        let taken: Vec<_> = pending.ready.drain(..count).collect();
        pending.taken += taken.iter().map(RecordBatch::num_rows).sum::<usize>();
        Ok(taken)
    }

    /// What is told now; nothing if there are rows to be handed over before.
    fn tell(&self, error: Error, whole: bool) -> Result<Arrived, Trouble> {
        if whole || self.is_empty() {
            return Err(Trouble::Failed(error));
        }
        self.pending().trouble = Some(error);
        Ok(Arrived::Some)
    }

    /// Gathers from a source until there is enough.
    pub(super) async fn gather(&self, source: &Source, whole: bool) -> Result<Arrived, Trouble> {
        loop {
            if !whole && self.has_ready() {
                return Ok(Arrived::Some);
            }
            let trouble = self.pending().trouble.take();
            if let Some(error) = trouble {
                return self.tell(error, whole);
            }
            let mut cells = Pushed { gathered: self };
            let step = match source.step_now(&mut cells) {
                Step::More if whole || self.is_empty() => source.next(&mut cells).await,
                Step::More => match tokio::time::timeout(LINGER, source.next(&mut cells)).await {
                    Ok(step) => step,
                    Err(_) => return Ok(Arrived::Some),
                },
                step => Ok(step),
            };
            match step {
                Ok(Step::Row(pushed)) => pushed.map_err(Trouble::Unbuilt)?,
                // There is no cell for it, and it is not to be lost silently.
                Ok(Step::Malformed(row)) => return self.tell(Kind::MalformedRow(row).into(), whole),
                Ok(Step::Failed(error)) | Err(error) => return self.tell(error, whole),
                Ok(Step::More) => return Ok(Arrived::Seen),
                Ok(Step::End) => return Ok(Arrived::End),
            }
        }
    }
}

/// Puts every row into the columns.
struct Pushed<'a> {
    gathered: &'a Gathered,
}

impl Make for Pushed<'_> {
    type Made = Result<(), ArrowError>;

    fn plain(&mut self, row: &PlainRow<'_>) -> Self::Made {
        self.gathered.push(|builder| builder.push_plain(row))
    }

    fn item(&mut self, item: Box<BatchResultItem>) -> Self::Made {
        self.gathered.push(|builder| builder.push(&item))
    }
}

impl Finish for Result<Arrived, Trouble> {
    fn finish(self, py: Python<'_>) -> PyResult<Py<PyAny>> {
        let is_over = match self.map_err(|trouble| trouble.raise(py))? {
            Arrived::Seen => None,
            Arrived::Some => Some(false),
            Arrived::End => Some(true),
        };
        Ok(is_over.into_pyobject(py)?.unbind())
    }
}
