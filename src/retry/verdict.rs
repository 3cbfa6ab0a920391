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
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 6] =
        [Self::Create, Self::List, Self::Retrieve, Self::Results, Self::Cancel, Self::Delete];
}

/// How an attempt failed, as far as repeating it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// No connection was made, so the platform has seen nothing.
    NotSent,
    /// The connection broke, or time ran out, after the request was sent.
    Unanswered,
    /// The platform answered with this status.
    Status(u16),
}

/// Whether the same request may be sent again.
///
/// A repeated `create` could make, and bill, a second batch. It is repeated
/// only when the platform has certainly made none: never reached, or refused
/// for its rate limits.
#[must_use]
pub fn may_repeat(verb: Verb, failure: Failure) -> bool {
    match (verb, failure) {
        (_, Failure::NotSent | Failure::Status(429)) => true,
        (Verb::Create, _) => false,
        (_, Failure::Unanswered) => true,
        (_, Failure::Status(status)) => matches!(status, 408 | 500 | 502 | 503 | 504),
    }
}
