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
    refuse_reserved(path, &parsed, value)?;
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

/// Headers that frame a message or belong to one connection (RFC 9110, 7.6.1;
/// RFC 9112, 6): one that disagrees with what is sent breaks the connection, or
/// lets a second request be smuggled in.
const FRAMING: [&str; 10] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

fn refuse_reserved(path: &str, name: &HeaderName, value: &str) -> Result<(), Error> {
    let word = name.as_str();
    let refuse = |why: &str| Err(Error::invalid(format!("{path}[{word:?}]"), why));
    if FRAMING.contains(&word) || word.starts_with("proxy-") {
        return refuse("this header is set by the client, since it frames the request; it cannot be given");
    }
    let is_decoded = ["gzip", "identity"].contains(&value.trim().to_ascii_lowercase().as_str());
    if word == "accept-encoding" && !is_decoded {
        return refuse("`gzip` or `identity` is expected: the client decodes nothing else");
    }
    Ok(())
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
