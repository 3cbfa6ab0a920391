//! Headers every answer has.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::emulator::instants;
use crate::emulator::platform::Rate;

use super::reply::Reply;

const VERSION: &str = "v1.3";

/// Adds them.
pub(super) fn add_headers(reply: &mut Reply, now: Timestamp, request_id: String, rate: Option<Rate>) {
    reply.headers.push((Cow::Borrowed("Date"), instants::write_http_date(now)));
    reply.headers.push((Cow::Borrowed("X-Api-Version"), VERSION.to_owned()));
    reply.headers.push((Cow::Borrowed("x-request-id"), request_id));
    if let Some(rate) = rate {
        reply.headers.push((Cow::Borrowed("X-RateLimit-Request-Remaining"), rate.remaining.to_string()));
        let resets = instants::seconds_between(Timestamp::UNIX_EPOCH, rate.resets);
        reply.headers.push((Cow::Borrowed("X-RateLimit-Request-Reset"), resets.to_string()));
    }
}
