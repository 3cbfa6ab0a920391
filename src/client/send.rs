//! The one loop that attempts, decides and waits.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::answer::Meta;
use super::core::Core;
use super::refusal::read_refusal;
use super::{CallOptions, Level, Note};
use crate::error::{Error, Kind, TimeLimit};
use crate::retry::{Attempts, Decision, Failure, Policy, Reason, Situation, Verb};
use crate::transport::{Body, Method, Outgoing, Response, Transport};

/// Longer bodies of refusals are cut: they are for people to read.
const LONGEST_REFUSAL: usize = 1 << 20;

/// A call of the API, ready to be attempted.
pub(super) struct Call<'a> {
    pub verb: Verb,
    pub method: Method,
    pub path: &'a [&'a str],
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub body: Option<Bytes>,
    pub options: &'a CallOptions,
}

impl<'a> Call<'a> {
    pub(super) fn new(verb: Verb, path: &'a [&'a str], options: &'a CallOptions) -> Self {
        let method = match verb {
            Verb::Create | Verb::Cancel => Method::Post,
            Verb::List | Verb::Retrieve | Verb::Results | Verb::RetrieveTask | Verb::RetrieveAsset => {
                Method::Get
            }
            Verb::Delete => Method::Delete,
        };
        Self { verb, method, path, query: Vec::new(), headers: Vec::new(), body: None, options }
    }
}

/// An accepted answer, its body still to be received.
pub(super) struct Accepted {
    pub meta: Meta,
    pub body: Body,
}

/// Why a call brought no value.
pub(super) enum Halt {
    /// It failed.
    Failed(Error),
    /// What was asked for has happened already.
    Done(Meta),
    /// It may have happened already: the state tells.
    ReadState,
    /// A batch may have been made.
    Look(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Halt {
    /// The failure, for calls that can halt in no other way.
    pub(super) fn into_error(self) -> Error {
        match self {
            Self::Failed(error) | Self::Look(error) => error,
            Self::Done(_) | Self::ReadState => Kind::Closed.into(),
        }
    }
}

/// A request about to be made, and where its attempts stand.
pub(super) struct Round<'a> {
    core: &'a Core,
    transport: Arc<Transport>,
    call: &'a Call<'a>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<Bytes>,
    read_limit: Duration,
    total: Duration,
    started: Instant,
    deadline: Option<Instant>,
    made: u32,
}

/// Makes a call until `receive` has what it needs, or it is given up.
pub(super) async fn repeat<T>(
    core: &Core,
    call: &Call<'_>,
    receive: impl AsyncFn(Accepted) -> Result<T, Error>,
) -> Result<T, Halt> {
    let retries = call.options.max_retries.unwrap_or(core.config.max_retries);
    let mut attempts = Attempts::new(call.verb, core.policy(retries));
    let mut round = Round::begin(core, call)?;
    loop {
        let error = match round.attempt(&receive).await {
            Ok(value) => {
                attempts.succeed(&core.budget);
                return Ok(value);
            }
            Err(error) => error,
        };
        match round.decide(&mut attempts, &error) {
            Decision::Wait(pause) => tokio::time::sleep(pause).await,
            Decision::Look => return Err(Halt::Look(round.tell_history(error))),
            Decision::Done => return Err(Halt::Done(round.meta(&error))),
            Decision::ReadState => return Err(Halt::ReadState),
            Decision::Fail(reason) => {
                return Err(Halt::Failed(explain(round.tell_history(error), reason)));
            }
        }
    }
}

impl<'a> Round<'a> {
    pub(super) fn begin(core: &'a Core, call: &'a Call<'a>) -> Result<Self, Error> {
        let timeouts = call.options.timeouts(core.config.transport.timeouts);
        let started = Instant::now();
        Ok(Self {
            core,
            transport: core.transport()?,
            call,
            query: call.query.iter().chain(&call.options.query).cloned().collect(),
            // Those of the user come last and win.
            headers: call.headers.iter().chain(&call.options.headers).cloned().collect(),
            body: merge(call.body.as_ref(), &call.options.body)?,
            read_limit: timeouts.read,
            total: timeouts.total,
            started,
            // A limit beyond the clock's range is none.
            deadline: started.checked_add(timeouts.total),
            made: 0,
        })
    }

    /// The same after so many requests.
    pub(super) fn after(self, made: u32) -> Self {
        Self { made, ..self }
    }

    /// One request and its answer, within the deadline.
    pub(super) async fn attempt<T>(
        &mut self,
        receive: &impl AsyncFn(Accepted) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.made += 1;
        let outgoing = Outgoing {
            method: self.call.method,
            path: self.call.path,
            query: &self.query,
            headers: &self.headers,
            body: self.body.clone(),
            read_limit: self.read_limit,
        };
        let work = async { receive(self.accept(self.transport.send(&outgoing).await?).await?).await };
        let outcome = match self.deadline {
            None => work.await,
            Some(deadline) => match tokio::time::timeout_at(deadline, work).await {
                Ok(outcome) => outcome,
                Err(_) => Err(Kind::Timeout { limit: TimeLimit::Total, after: self.total }.into()),
            },
        };
        let api_key = &self.core.config.transport.api_key;
        outcome.map_err(|error| error.with_excerpt(|excerpt| api_key.hide_in(excerpt).into_owned()))
    }

    /// Turns every status but success into an error.
    async fn accept(&self, mut response: Response) -> Result<Accepted, Error> {
        self.tell(Level::Debug, "request", Some(response.status), None, || {
            format!("{} answered with status {}", self.call.verb.name(), response.status)
        });
        if (200..300).contains(&response.status) {
            let meta = Meta {
                status: response.status,
                headers: response.headers,
                attempts: self.made,
                elapsed: self.started.elapsed(),
            };
            return Ok(Accepted { meta, body: response.body });
        }
        // A refusal whose body breaks off is still that refusal.
        let bytes = response.body.read_beginning(LONGEST_REFUSAL).await.unwrap_or_default();
        let bytes = self.core.config.transport.api_key.hide_in_bytes(&bytes);
        Err(Kind::Api(Box::new(read_refusal(response.status, response.headers, &bytes))).into())
    }

    pub(super) fn decide(&self, attempts: &mut Attempts, error: &Error) -> Decision {
        let Some(failure) = failure_of(error) else { return Decision::Fail(Reason::Final) };
        let left = self.deadline.map_or(Duration::MAX, |deadline| deadline - Instant::now());
        let now = Situation { failure, wish: wish_of(error), left, random: draw() };
        let decision = attempts.decide(&now, &self.core.budget);
        if let Decision::Wait(pause) = decision {
            let status = match failure {
                Failure::Refused { status, .. } => Some(status),
                _ => None,
            };
            self.tell(Level::Info, "retry", status, Some(pause), || {
                format!("{} is repeated in {:.3} s: {error}", self.call.verb.name(), pause.as_secs_f64())
            });
        }
        decision
    }

    pub(super) fn tell_history(&self, error: Error) -> Error {
        error.after(self.made, self.started.elapsed())
    }

    fn meta(&self, error: &Error) -> Meta {
        let (status, headers) = match error.kind() {
            Kind::Api(failure) => (failure.status, failure.headers.clone()),
            _ => (0, Vec::new()),
        };
        Meta { status, headers, attempts: self.made, elapsed: self.started.elapsed() }
    }

    fn tell(
        &self,
        level: Level,
        event: &'static str,
        status: Option<u16>,
        wait: Option<Duration>,
        text: impl FnOnce() -> String,
    ) {
        self.call.options.tell(level, || Note {
            text: text(),
            event,
            verb: self.call.verb,
            attempt: self.made,
            status,
            wait,
        });
    }
}

impl Core {
    /// How far the retries of a call may go.
    pub(super) fn policy(&self, max_retries: u32) -> Policy {
        Policy { backoff: self.config.backoff, ..Policy::new(max_retries) }
    }
}

/// Tells why there was no further attempt, where the failure does not tell it.
pub(super) fn explain(error: Error, reason: Reason) -> Error {
    match reason {
        Reason::Final | Reason::Attempts => error,
        Reason::Deadline => error.stopped_by("there was no time left for another attempt"),
        Reason::Budget => error.stopped_by("too many calls of this client fail to try again"),
        Reason::Wish => error.stopped_by("the platform asks to wait for longer than two minutes"),
    }
}

pub(super) fn failure_of(error: &Error) -> Option<Failure> {
    match error.kind() {
        Kind::Connect { .. } | Kind::Timeout { limit: TimeLimit::Connect, .. } => Some(Failure::NotSent),
        Kind::Interrupted { .. } | Kind::Timeout { .. } => Some(Failure::Unanswered),
        Kind::UnexpectedBody(_) => Some(Failure::Unreadable),
        Kind::Api(failure) => {
            Some(Failure::Refused { status: failure.status, is_platforms: failure.is_platforms })
        }
        _ => None,
    }
}

pub(super) fn wish_of(error: &Error) -> Option<Duration> {
    match error.kind() {
        Kind::Api(failure) => failure.retry_after,
        _ => None,
    }
}

/// A random number in 0..1. From the system, because a generator of our own
/// would go on alike in both processes after a fork.
#[must_use]
pub fn draw() -> f64 {
    const BITS: u32 = 53;
    let drawn = getrandom::u64().unwrap_or(u64::MAX / 2);
    #[allow(clippy::cast_precision_loss)] // 53 bits fit
    let fraction = (drawn >> (u64::BITS - BITS)) as f64 / (1_u64 << BITS) as f64;
    fraction
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
