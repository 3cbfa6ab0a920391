//! What can go wrong, told once for every face.
//!
//! # Design
//!
//! One struct for every failure: a [`Kind`] that says what happened and, for
//! calls that reached the network, after how many attempts and how long. The
//! kinds are what callers act on, so they are few; details are data inside
//! them, never only words in a message.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value};

mod creation;
mod report;
mod runs;
mod waiting;

pub use creation::CreateOutcomeUnknown;
pub use report::{Facts, Finding, Report};
pub use runs::{JournalFailure, RunGaps, RunStopped};
pub use waiting::{WaitReason, WaitTimeout};

/// The result of anything in this crate that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure, with the history of the call that met it.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", Told(self))]
pub struct Error {
    kind: Box<Kind>,
    history: Option<History>,
}

/// How much was tried before a call failed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct History {
    /// Requests made, the first one included.
    pub attempts: u32,
    /// Time from the call to its failure.
    pub elapsed: Duration,
    /// Why it was not tried again, where that is not plain from the failure.
    pub stopped_by: Option<&'static str>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Kind {
    /// An argument was refused before anything was sent.
    Invalid(Invalid),
    /// A request breaks rules of the platform; it was not sent.
    Rejected(Box<Report>),
    /// No API key was given and none is in the environment.
    MissingApiKey,
    /// The client was used after it was closed.
    Closed,
    /// The platform answered, and refused.
    Api(Box<ApiFailure>),
    /// No connection could be made: nothing was sent.
    Connect {
        /// The chain of causes.
        cause: String,
    },
    /// The connection broke after the request was sent.
    Interrupted {
        /// The chain of causes.
        cause: String,
        /// Bytes of the answer's body that had arrived.
        received: u64,
    },
    /// Time ran out.
    Timeout {
        /// Which limit was reached.
        limit: TimeLimit,
        /// Its length.
        after: Duration,
    },
    /// The platform answered with success, but not with what was asked for.
    UnexpectedBody(UnexpectedBody),
    /// A row of the results cannot be read.
    MalformedRow(Box<MalformedRow>),
    /// The results ended, or broke off, before all items had come.
    Incomplete(Box<Incomplete>),
    /// Nobody can tell whether a batch was made.
    CreateOutcomeUnknown(Box<CreateOutcomeUnknown>),
    /// A batch was waited for, and no longer.
    WaitTimeout(Box<WaitTimeout>),
    /// The journal of a run cannot be used.
    Journal(JournalFailure),
    /// A run submits nothing more, although items are left.
    RunStopped(RunStopped),
    /// A run has ended without an outcome of every item.
    RunGaps(RunGaps),
}

/// A refused argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Where, such as `requests[3].custom_id`.
    pub path: String,
    /// What was wrong and what is allowed.
    pub message: String,
}

/// A time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeLimit {
    /// For making a connection.
    Connect,
    /// Between two pieces of an answer.
    Read,
    /// For the whole call.
    Total,
}

/// An answer that refuses.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiFailure {
    /// HTTP status.
    pub status: u16,
    /// Headers of the answer, in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, parsed when it is JSON.
    pub body: Value,
    /// Whether the body has the shape that the platform documents for the batch API.
    pub is_platforms: bool,
    /// The platform's word for the error.
    pub code: Option<String>,
    /// The platform's message.
    pub message: Option<String>,
    /// Details beside the message.
    pub details: Option<Map<String, Value>>,
    /// The platform's identifier of the request.
    pub request_id: Option<String>,
    /// How long the platform asks to wait.
    pub retry_after: Option<Duration>,
}

/// A successful answer that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnexpectedBody {
    /// HTTP status.
    pub status: u16,
    /// The `Content-Type` of the answer, if sent.
    pub content_type: Option<String>,
    /// What is wrong with it.
    pub reason: String,
    /// The body's beginning.
    pub excerpt: String,
    /// The platform's identifier of the request.
    pub request_id: Option<String>,
}

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedRow {
    /// Number of the row, from 1; blank lines do not count.
    pub row: u64,
    /// Offset of its first byte in the body.
    pub offset: u64,
    /// What is wrong with it.
    pub reason: String,
    /// The row's beginning.
    pub excerpt: String,
    /// The whole row.
    pub raw: Bytes,
    /// Whether it may stand for an item; an error of the platform does not.
    pub may_be_item: bool,
}

/// Results that are not all there.
#[derive(Debug, Clone)]
pub struct Incomplete {
    /// Items of the batch, if that could be found out.
    pub expected: Option<u64>,
    /// Items that were handed over.
    pub received: u64,
    /// What ended the last attempt to get the rest.
    pub cause: Error,
}

impl Error {
    /// A refused argument.
    pub fn invalid(path: impl Into<String>, message: impl Into<String>) -> Self {
        Kind::Invalid(Invalid { path: path.into(), message: message.into() }).into()
    }

    /// What happened.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// How much was tried, for calls that reached the network.
    #[must_use]
    pub fn history(&self) -> Option<History> {
        self.history
    }

    /// Adds how much was tried.
    #[must_use]
    pub fn after(mut self, attempts: u32, elapsed: Duration) -> Self {
        self.history = Some(History { attempts, elapsed, stopped_by: None });
        self
    }

    /// Adds why the call was not tried again.
    #[must_use]
    pub fn stopped_by(mut self, reason: &'static str) -> Self {
        if let Some(history) = &mut self.history {
            history.stopped_by = Some(reason);
        }
        self
    }

    /// Changes what the error shows of a body.
    #[must_use]
    pub fn with_excerpt(mut self, change: impl FnOnce(&str) -> String) -> Self {
        if let Kind::UnexpectedBody(body) = &mut *self.kind {
            body.excerpt = change(&body.excerpt);
        }
        self
    }

    /// The failure that this one follows from.
    #[must_use]
    pub fn cause(&self) -> Option<&Error> {
        match self.kind() {
            Kind::Incomplete(incomplete) => Some(&incomplete.cause),
            Kind::CreateOutcomeUnknown(unknown) => Some(&unknown.cause),
            Kind::WaitTimeout(timeout) => timeout.cause.as_ref(),
            _ => None,
        }
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self { kind: Box::new(kind), history: None }
    }
}

/// An error's message: what happened, then how much was tried if that was more
/// than once.
struct Told<'a>(&'a Error);

impl fmt::Display for Told<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.kind.fmt(formatter)?;
        let Some(History { attempts, elapsed, stopped_by }) = self.0.history else { return Ok(()) };
        // What the cause of missing rows has told is not told again behind it.
        let is_told = match &*self.0.kind {
            Kind::Incomplete(incomplete) => {
                incomplete.cause.history.is_some_and(|told| told.attempts == attempts)
            }
            _ => false,
        };
        if attempts > 1 && !is_told {
            write!(formatter, " (after {attempts} attempts in {:.1} s)", elapsed.as_secs_f64())?;
        }
        stopped_by.map_or(Ok(()), |reason| write!(formatter, "; {reason}"))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => invalid.fmt(formatter),
            Self::Rejected(report) => report::Told(&report.violations).fmt(formatter),
            Self::MissingApiKey => formatter.write_str(
                "no API key: give `api_key`, or set the environment variable \
                 TWELVE_LABS_API_KEY (or TWELVELABS_API_KEY)",
            ),
            Self::Closed => formatter.write_str("this client is closed: make a new one"),
            Self::Api(failure) => failure.fmt(formatter),
            Self::Connect { cause } => write!(formatter, "cannot connect: {cause}"),
            Self::Interrupted { cause, received } => {
                write!(formatter, "the connection broke after {received} bytes of the answer: {cause}")
            }
            Self::Timeout { limit, after } => {
                write!(formatter, "{limit} within {} s", after.as_secs_f64())
            }
            Self::UnexpectedBody(body) => body.fmt(formatter),
            Self::MalformedRow(row) => row.fmt(formatter),
            Self::Incomplete(incomplete) => incomplete.fmt(formatter),
            Self::CreateOutcomeUnknown(unknown) => unknown.fmt(formatter),
            Self::WaitTimeout(timeout) => timeout.fmt(formatter),
            Self::Journal(failure) => failure.fmt(formatter),
            Self::RunStopped(stopped) => stopped.fmt(formatter),
            Self::RunGaps(gaps) => gaps.fmt(formatter),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            formatter.write_str(&self.message)
        } else {
            write!(formatter, "{}: {}", self.path, self.message)
        }
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Connect => "no connection",
            Self::Read => "nothing arrived",
            Self::Total => "the call did not end",
        })
    }
}

impl fmt::Display for ApiFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.message, &self.code) {
            (Some(message), _) => formatter.write_str(message)?,
            (None, Some(code)) => formatter.write_str(code)?,
            (None, None) => formatter.write_str("the platform refused the request")?,
        }
        write!(formatter, " [status {}", self.status)?;
        if let Some(code) = &self.code {
            write!(formatter, ", code {code}")?;
        }
        if let Some(id) = &self.request_id {
            write!(formatter, ", request {id}")?;
        }
        formatter.write_str("]")
    }
}

impl fmt::Display for UnexpectedBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the platform answered {}, but {}", self.status, self.reason)?;
        if !self.excerpt.is_empty() {
            write!(formatter, "; the body begins with `{}`", self.excerpt)?;
        }
        Ok(())
    }
}

impl fmt::Display for MalformedRow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "row {} of the results (at byte {}) cannot be read: {}; it begins with `{}`",
            self.row, self.offset, self.reason, self.excerpt
        )
    }
}

impl fmt::Display for Incomplete {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "only {} ", self.received)?;
        match self.expected {
            Some(expected) => write!(formatter, "of {expected} items of the results came")?,
            None => formatter.write_str("items of the results came, and how many there are is not known")?,
        }
        write!(formatter, ": {}", self.cause)
    }
}

/// The first characters of some bytes, for a message.
#[must_use]
pub fn excerpt(bytes: &[u8]) -> String {
    const LENGTH: usize = 200;
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(LENGTH * 4)).unwrap_or(bytes));
    let mut short: String = text.chars().take(LENGTH).collect();
    if short.len() < text.len() || bytes.len() > LENGTH * 4 {
        short.push('…');
    }
    short
}
