//! Which failures may be met by the same request once more.

/// A call of the platform's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// `POST /analyze/batches`.
    Create,
    /// `GET /analyze/batches`.
    List,
    /// `GET /analyze/batches/{id}`.
    Retrieve,
    /// `GET /analyze/batches/{id}/results`.
    Results,
    /// `POST /analyze/batches/{id}/cancel`.
    Cancel,
    /// `DELETE /analyze/batches/{id}`.
    Delete,
    /// `GET /analyze/tasks/{id}`.
    RetrieveTask,
    /// `GET /assets/{id}`.
    RetrieveAsset,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 8] = [
        Self::Create,
        Self::List,
        Self::Retrieve,
        Self::Results,
        Self::Cancel,
        Self::Delete,
        Self::RetrieveTask,
        Self::RetrieveAsset,
    ];

    /// Its name, as its method is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::List => "list",
            Self::Retrieve => "retrieve",
            Self::Results => "results",
            Self::Cancel => "cancel",
            Self::Delete => "delete",
            Self::RetrieveTask => "tasks.retrieve",
            Self::RetrieveAsset => "assets.retrieve",
        }
    }
}

/// How an attempt failed, as far as repeating it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// No connection was made, so the platform has seen nothing.
    NotSent,
    /// The connection broke, or time ran out, after the request was sent.
    Unanswered,
    /// The platform answered with success, but what it says cannot be read.
    Unreadable,
    /// The platform answered with this status.
    Refused {
        /// HTTP status.
        status: u16,
        /// Whether the body is the platform's own `{"error": {…}}`. Without it the
        /// answer may come from something in front of the platform, which does
        /// not know what became of the request.
        is_platforms: bool,
    },
}

/// What follows from a failure, whatever the counts and clocks say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The same request may be sent again.
    Repeat,
    /// A batch may have been made: look before anything else.
    Look,
    /// What was asked for has happened already.
    Done,
    /// What was asked for may have happened already: read the state.
    ReadState,
    /// Repeating cannot help.
    Fail,
}

/// What follows from a failure. `may_have_acted` says that an earlier attempt
/// of the same call may have been carried out.
#[must_use]
pub fn verdict(verb: Verb, failure: Failure, may_have_acted: bool) -> Verdict {
    let status = match failure {
        Failure::NotSent => return Verdict::Repeat,
        Failure::Refused { status, .. } => Some(status),
        Failure::Unanswered | Failure::Unreadable => None,
    };
    match (verb, status) {
        (_, Some(425 | 429)) => Verdict::Repeat,
        (Verb::Create, _) => after_create(failure),
        (Verb::Delete, Some(404)) if may_have_acted => Verdict::Done,
        (Verb::Cancel, Some(409)) if may_have_acted => Verdict::ReadState,
        (_, Some(status)) if is_passing(status) => Verdict::Repeat,
        (_, None) if failure == Failure::Unanswered => Verdict::Repeat,
        _ => Verdict::Fail,
    }
}

/// A repeated `create` could make, and bill, a second batch. It is repeated
/// only when certainly none was made: the platform documents that for its own
/// 503 and 504.
fn after_create(failure: Failure) -> Verdict {
    match failure {
        Failure::NotSent | Failure::Refused { status: 503 | 504, is_platforms: true } => Verdict::Repeat,
        Failure::Unanswered | Failure::Unreadable => Verdict::Look,
        Failure::Refused { status, .. } if is_passing(status) => Verdict::Look,
        Failure::Refused { .. } => Verdict::Fail,
    }
}

/// Whether a status tells of a fault that may pass.
fn is_passing(status: u16) -> bool {
    // 501, 505, 506, 508, 510 and 511 say that the request itself cannot be served.
    matches!(status, 408 | 425 | 429 | 500..=599) && !matches!(status, 501 | 505 | 506 | 508 | 510 | 511)
}

/// Whether the request may have been carried out although it failed like this.
#[must_use]
pub fn may_have_acted(failure: Failure) -> bool {
    match failure {
        Failure::NotSent => false,
        Failure::Unanswered | Failure::Unreadable => true,
        Failure::Refused { status, .. } => is_passing(status) && !matches!(status, 425 | 429),
    }
}
