//! The one loop that attempts, decides and waits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::{Map, Value};

use super::answer::{Meta, find_request_id};
use super::{CallOptions, Config};
use crate::error::{ApiFailure, Error, Kind, TimeLimit};
use crate::retry::{Backoff, Failure, LONGEST_WISH, Verb, may_repeat, retry_after};
use crate::transport::{Body, Method, Outgoing, Response, Timeouts, Transport, find_header};

/// Longer bodies of refusals are cut: they are for people to read.
const LONGEST_REFUSAL: usize = 1 << 20;

/// A call of the API, ready to be attempted.
pub(super) struct Call<'a> {
    pub verb: Verb,
    pub method: Method,
    pub path: &'a [&'a str],
    pub query: Vec<(String, String)>,
    pub body: Option<Bytes>,
    pub options: &'a CallOptions,
}

/// An accepted answer, its body still to be received.
pub(super) struct Accepted {
    pub meta: Meta,
    pub body: Body,
}

/// Where attempts stand.
struct Progress {
    attempts: u32,
    started: Instant,
    deadline: tokio::time::Instant,
    total: Duration,
    max_retries: u32,
}

/// Makes a call and receives its answer whole.
pub(super) async fn exchange(
    transport: &Arc<Transport>,
    config: &Config,
    call: &Call<'_>,
) -> Result<(Meta, Bytes), Error> {
    repeat(transport, config, call, async |mut accepted: Accepted| {
        let bytes = accepted.body.read(usize::MAX).await?;
        Ok((accepted.meta, bytes))
    })
    .await
}

/// Makes a call and leaves the body of its answer to be received.
pub(super) async fn open(
    transport: &Arc<Transport>,
    config: &Config,
    call: &Call<'_>,
) -> Result<Accepted, Error> {
    repeat(transport, config, call, async |accepted| Ok(accepted)).await
}

async fn repeat<T>(
    transport: &Transport,
    config: &Config,
    call: &Call<'_>,
    receive: impl AsyncFn(Accepted) -> Result<T, Error>,
) -> Result<T, Error> {
    let timeouts = call.options.timeouts(config.transport.timeouts);
    let mut progress = Progress::begin(config, call.options, timeouts);
    let query: Vec<_> = call.query.iter().chain(&call.options.query).cloned().collect();
    let outgoing = Outgoing {
        method: call.method,
        path: call.path,
        query: &query,
        headers: &call.options.headers,
        body: merge(call.body.as_ref(), &call.options.body)?,
        read_limit: timeouts.read,
    };
    loop {
        progress.attempts += 1;
        let attempt = async { receive(accept(transport.send(&outgoing).await?, &progress).await?).await };
        let error = match tokio::time::timeout_at(progress.deadline, attempt).await {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => error,
            Err(_) => Kind::Timeout { limit: TimeLimit::Total, after: progress.total }.into(),
        };
        match progress.pause(call.verb, &error) {
            Some(pause) => tokio::time::sleep(pause).await,
            None => return Err(error.after(progress.attempts, progress.started.elapsed())),
        }
    }
}

impl Progress {
    fn begin(config: &Config, options: &CallOptions, timeouts: Timeouts) -> Self {
        Self {
            attempts: 0,
            started: Instant::now(),
            deadline: tokio::time::Instant::now() + timeouts.total,
            total: timeouts.total,
            max_retries: options.max_retries.unwrap_or(config.max_retries),
        }
    }

    /// How long to wait before the next attempt, if there is to be one.
    fn pause(&self, verb: Verb, error: &Error) -> Option<Duration> {
        if self.attempts > self.max_retries || !may_repeat(verb, failure_of(error)?) {
            return None;
        }
        let drawn = Backoff::default().wait(self.attempts, fastrand::f64());
        let pause = match wish_of(error) {
            Some(wish) if wish > LONGEST_WISH => return None,
            Some(wish) => wish.max(drawn),
            None => drawn,
        };
        (tokio::time::Instant::now() + pause < self.deadline).then_some(pause)
    }
}

fn failure_of(error: &Error) -> Option<Failure> {
    match error.kind() {
        Kind::Connect { .. } | Kind::Timeout { limit: TimeLimit::Connect, .. } => Some(Failure::NotSent),
        Kind::Interrupted { .. } | Kind::Timeout { limit: TimeLimit::Read, .. } => Some(Failure::Unanswered),
        Kind::Api(failure) => Some(Failure::Status(failure.status)),
        _ => None,
    }
}

fn wish_of(error: &Error) -> Option<Duration> {
    match error.kind() {
        Kind::Api(failure) => {
            retry_after(find_header(&failure.headers, "retry-after")?, jiff::Timestamp::now())
        }
        _ => None,
    }
}

/// Turns every status but success into an error.
async fn accept(mut response: Response, progress: &Progress) -> Result<Accepted, Error> {
    if (200..300).contains(&response.status) {
        let meta = Meta {
            status: response.status,
            headers: response.headers,
            attempts: progress.attempts,
            elapsed: progress.started.elapsed(),
        };
        return Ok(Accepted { meta, body: response.body });
    }
    // A refusal whose body breaks off is still that refusal.
    let bytes = response.body.read(LONGEST_REFUSAL).await.unwrap_or_default();
    Err(Kind::Api(Box::new(read_refusal(response.status, response.headers, &bytes))).into())
}

/// Reads both documented shapes, `{"error": {…}}` and `{…}`, and anything else.
fn read_refusal(status: u16, headers: Vec<(String, String)>, bytes: &[u8]) -> ApiFailure {
    let body = serde_json::from_slice(bytes)
        .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(bytes).into_owned()));
    let told = body.get("error").filter(|error| error.is_object()).unwrap_or(&body);
    let text = |name: &str| told.get(name).and_then(Value::as_str).map(str::to_owned);
    let redirect = || {
        let target = find_header(&headers, "location")?;
        (300..400)
            .contains(&status)
            .then(|| format!("the platform points to {target}; redirects are not followed"))
    };
    ApiFailure {
        code: text("code"),
        message: text("message")
            .or_else(|| body.get("error").and_then(Value::as_str).map(str::to_owned))
            .or_else(redirect),
        details: told.get("details").and_then(Value::as_object).cloned(),
        request_id: find_request_id(&headers),
        status,
        headers,
        body,
    }
}

/// Adds members to a JSON body; makes one if there is none.
fn merge(body: Option<&Bytes>, extra: &Map<String, Value>) -> Result<Option<Bytes>, Error> {
    if extra.is_empty() {
        return Ok(body.cloned());
    }
    let encode = |error: serde_json::Error| Error::invalid("additional_body_parameters", error.to_string());
    let mut members: Map<String, Value> = match body {
        Some(bytes) => serde_json::from_slice(bytes).map_err(encode)?,
        None => Map::new(),
    };
    members.extend(extra.clone());
    serde_json::to_vec(&members).map(|bytes| Some(bytes.into())).map_err(encode)
}
