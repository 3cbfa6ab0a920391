//! Refusals, read.

use serde_json::Value;

use crate::error::ApiFailure;
use crate::retry::read_wish;
use crate::transport::{find_header, find_request_id};

/// Reads both documented shapes, `{"error": {…}}` and `{…}`, and anything else.
pub(super) fn read_refusal(status: u16, headers: Vec<(String, String)>, bytes: &[u8]) -> ApiFailure {
    let body = serde_json::from_slice(bytes)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(bytes).into_owned()));
    let nested = body.get("error").filter(|error| error.is_object());
    let told = nested.unwrap_or(&body);
    let text = |name: &str| told.get(name).and_then(Value::as_str).map(str::to_owned);
    let redirect = || {
        let target = find_header(&headers, "location")?;
        (300..400)
            .contains(&status)
            .then(|| format!("the platform points to {target}; redirects are not followed"))
    };
    ApiFailure {
        is_platforms: nested.is_some() && text("code").is_some() && text("message").is_some(),
        code: text("code"),
        message: text("message")
            .or_else(|| body.get("error").and_then(Value::as_str).map(str::to_owned))
            .or_else(redirect),
        details: told.get("details").and_then(Value::as_object).cloned(),
        request_id: find_request_id(&headers),
        retry_after: read_wish(status, |name| find_header(&headers, name), jiff::Timestamp::now()),
        status,
        headers,
        body,
    }
}
