//! What a call returns beside its value.

use std::time::Duration;

/// A value and how it came.
#[derive(Debug, Clone)]
pub struct Answer<T> {
    /// What was asked for.
    pub value: T,
    /// How it came.
    pub meta: Meta,
}

/// How an answer came.
#[derive(Debug, Clone, PartialEq)]
pub struct Meta {
    /// HTTP status.
    pub status: u16,
    /// Headers in order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Requests made, the first one included.
    pub attempts: u32,
    /// Time from the call to its answer.
    pub elapsed: Duration,
}

impl<T> Answer<T> {
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        Answer { value: change(self.value), meta: self.meta }
    }
}
