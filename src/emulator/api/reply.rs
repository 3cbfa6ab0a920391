//! Answers, however they go out.

use std::borrow::Cow;

use bytes::Bytes;
use serde_json::Value;

/// Rows that are made one by one, each with its line end.
pub struct Rows(Box<dyn Iterator<Item = Vec<u8>> + Send>);

impl Rows {
    pub(crate) fn new(rows: impl Iterator<Item = Vec<u8>> + Send + 'static) -> Self {
        Self(Box::new(rows))
    }
}

impl Iterator for Rows {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        self.0.next()
    }
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Rows(..)")
    }
}

/// What an answer carries.
#[derive(Debug)]
pub enum Body {
    /// Nothing.
    Empty,
    /// Bytes that are all there.
    Full(Bytes),
    /// Rows still to be made.
    Rows(Rows),
}

impl Body {
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Empty => Vec::new(),
            Self::Full(bytes) => bytes.to_vec(),
            Self::Rows(rows) => rows.flatten().collect(),
        }
    }
}

/// One answer.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Names and values, without those that say how the body is framed.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// What it carries.
    pub body: Body,
}

impl Reply {
    pub(crate) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Empty }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let headers = vec![(Cow::Borrowed("Content-Type"), "application/json".to_owned())];
        Self { status, headers, body: Body::Full(Bytes::from(body.to_string())) }
    }

    pub(crate) fn rows(rows: impl Iterator<Item = Vec<u8>> + Send + 'static) -> Self {
        let headers = vec![(Cow::Borrowed("Content-Type"), "application/jsonl".to_owned())];
        Self { status: 200, headers, body: Body::Rows(Rows::new(rows)) }
    }

    /// The value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// The whole body.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.body.into_bytes()
    }
}
