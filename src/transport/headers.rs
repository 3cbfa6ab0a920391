//! Header names and values.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::Error;

/// Refuses a header that cannot be sent. `path` says where it was given.
pub fn check_header(path: &str, name: &str, value: &str) -> Result<(), Error> {
    parse_header(path, name, value).map(drop)
}

pub(super) fn parse_header(path: &str, name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        Error::invalid(path, format!("{name:?} is no header name: letters, digits and `-` are allowed"))
    })?;
    let value = HeaderValue::from_str(value).or_else(|_| HeaderValue::from_bytes(value.as_bytes())).map_err(
        |_| {
            Error::invalid(
                format!("{path}[{name:?}]"),
                "the value holds a line break or another control character",
            )
        },
    )?;
    Ok((parsed, value))
}

pub(super) fn list_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect()
}

/// The first header of that name, given in lower case.
#[must_use]
pub fn find_header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
}

/// Headers under which services of this kind name a request.
const REQUEST_ID_HEADERS: [&str; 4] = ["x-request-id", "request-id", "x-amzn-requestid", "x-trace-id"];

/// The platform's identifier of the request.
#[must_use]
pub fn find_request_id(headers: &[(String, String)]) -> Option<String> {
    REQUEST_ID_HEADERS.iter().find_map(|name| find_header(headers, name)).map(str::to_owned)
}
