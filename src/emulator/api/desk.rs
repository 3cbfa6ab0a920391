//! Where requests are answered.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use tokio::sync::Notify;

use super::headers::add_headers;
use super::query::split_target;
use super::reply::Reply;
use super::request::Request;
use super::routes::{Route, find_route};
use crate::emulator::asset::{Asset, InvalidAsset};
use crate::emulator::clock::Clock;
use crate::emulator::draws::draw;
use crate::emulator::faults::{Fault, Met, Queue};
use crate::emulator::instants;
use crate::emulator::options::{ErrorShape, OptionError, Options};
use crate::emulator::platform::{Platform, Rate, Refusal};
use crate::emulator::stats::Stats;

/// Where a platform whose time stands still begins, unless told otherwise: 2026-01-01T00:00:00Z.
const STILL_START: i64 = 1_767_225_600;
const REQUEST: u64 = 4;

/// A platform that answers requests, with its clock.
pub struct Api {
    options: Arc<Options>,
    pub(super) clock: Clock,
    faults: Queue,
    desk: Mutex<Desk>,
    /// Rings when something may have become due.
    pub(super) bell: Notify,
}

pub(super) struct Desk {
    pub(super) platform: Platform,
    requests: u64,
}

impl Api {
    /// A platform without batches.
    pub fn new(options: Options) -> Result<Self, OptionError> {
        options.validate()?;
        let start = options.start_time.unwrap_or_else(|| {
            let still = Timestamp::from_second(STILL_START).unwrap_or_default();
            if options.speed > 0.0 { instants::whole_seconds(Timestamp::now()) } else { still }
        });
        let start = instants::whole_milliseconds(start);
        let options = Arc::new(options);
        let platform = Platform::new(Arc::clone(&options), start);
        let clock = Clock::new(start, options.speed);
        let faults = Queue::new(options.seed);
        let desk = Mutex::new(Desk { platform, requests: 0 });
        Ok(Self { options, clock, faults, desk, bell: Notify::new() })
    }

    /// How the platform behaves.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The platform's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves the platform's time forward.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
        drop(self.lock());
    }

    /// Registers an asset, or replaces the one with the same id. Batches that exist are not affected.
    pub fn add_asset(&self, asset: Asset) -> Result<(), InvalidAsset> {
        let id = asset.check()?;
        self.lock().platform.add_asset(id, asset);
        Ok(())
    }

    /// The platform's books.
    #[must_use]
    pub fn stats(&self) -> Stats {
        let (faults_met, faults_waiting) = self.faults.count();
        Stats { faults_met, faults_waiting, ..self.lock().platform.stats() }
    }

    pub(in crate::emulator) fn inject(&self, fault: Fault) -> Result<(), OptionError> {
        fault.validate()?;
        self.faults.add(fault);
        Ok(())
    }

    pub(in crate::emulator) fn clear_faults(&self) {
        self.faults.clear();
    }

    /// The fault that befalls a request.
    pub(in crate::emulator) fn meet(&self, request: &Request) -> Option<Met> {
        let target = split_target(&request.target);
        let found = find_route(&request.method, &target.segments);
        self.faults.meet(found.as_ref().map_or("other", Route::name))
    }

    /// Answers a request that a fault befalls, as far as its status and headers go.
    pub(in crate::emulator) fn answer_troubled(&self, request: &Request, met: &Met) -> Reply {
        let fault = &*met.fault;
        let mut reply = if fault.is_executed() {
            let answer = self.answer(request);
            match fault.answer_status() {
                // The books have what was done; the client hears something else.
                Some(status) => self.date(self.canned(status, fault)),
                None => answer,
            }
        } else {
            let mut desk = self.lock();
            let reply = self.canned(fault.answer_status().unwrap_or(200), fault);
            self.finish(&mut desk, met.endpoint, None, reply)
        };
        for (name, value) in &fault.headers {
            reply.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
            reply.headers.push((Cow::Owned(name.clone()), value.clone()));
        }
        reply
    }

    fn date(&self, mut reply: Reply) -> Reply {
        reply.headers.push((Cow::Borrowed("Date"), instants::write_http_date(self.now())));
        reply
    }

    fn canned(&self, status: u16, fault: &Fault) -> Reply {
        let mut reply = if status >= 400 && fault.body.is_none() {
            let code = fault.code.as_deref().unwrap_or_else(|| usual_code(status));
            let message = fault.message.as_deref().unwrap_or("This error was asked for.");
            let error = json!({"code": code, "message": message});
            let is_flat = self.options.error_shape == ErrorShape::Flat;
            Reply::json(status, &if is_flat { error } else { json!({"error": error}) })
        } else {
            Reply::empty(status)
        };
        reply.headers.extend(fault.redirect.clone().map(|target| (Cow::Borrowed("Location"), target)));
        reply
    }

    /// Answers a request.
    #[must_use]
    pub fn answer(&self, request: &Request) -> Reply {
        let mut desk = self.lock();
        let target = split_target(&request.target);
        let found = find_route(&request.method, &target.segments);
        let endpoint = found.as_ref().map_or("other", Route::name);
        let (rate, admitted) = self.admit(&mut desk.platform, request);
        let answered = admitted.and_then(|()| match found {
            Ok(route) => Self::serve(&mut desk.platform, &route, request, &target.query),
            Err(none) => {
                let mut reply = self.refuse(&none.refusal);
                reply
                    .headers
                    .extend(none.allowed.map(|methods| (Cow::Borrowed("Allow"), methods.to_owned())));
                Ok(reply)
            }
        });
        let reply = answered.unwrap_or_else(|refusal| self.refuse(&refusal));
        self.finish(&mut desk, endpoint, rate, reply)
    }

    /// Answers what is no request.
    pub(crate) fn answer_malformed(&self, status: u16, message: &str) -> Reply {
        let mut desk = self.lock();
        let code = if status == 413 { "request_too_large" } else { "request_malformed" };
        let reply = self.refuse(&Refusal::from_gateway(status, code, message));
        self.finish(&mut desk, "other", None, reply)
    }

    /// The desk, at the present instant.
    pub(super) fn lock(&self) -> MutexGuard<'_, Desk> {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        desk.platform.advance_to(self.clock.now());
        desk
    }

    fn admit(&self, platform: &mut Platform, request: &Request) -> (Option<Rate>, Result<(), Refusal>) {
        let mut keys = request.header("x-api-key").peekable();
        let is_given = keys.peek().is_some();
        if is_given && keys.all(|key| key == self.options.api_key) {
            return platform.meter_request();
        }
        let message = if is_given {
            "The API key in the header x-api-key is not valid."
        } else {
            "There is no API key; send it in the header x-api-key."
        };
        (None, Err(Refusal::from_gateway(401, "api_key_invalid", message)))
    }

    fn serve(
        platform: &mut Platform,
        route: &Route,
        request: &Request,
        query: &[(String, String)],
    ) -> Result<Reply, Refusal> {
        Ok(match route {
            Route::Create => Reply::json(201, &platform.create(&request.body)?),
            Route::List => Reply::json(200, &platform.list(query)?),
            Route::Retrieve(id) => Reply::json(200, &platform.retrieve(id)?),
            Route::Results(id) => Reply::rows(platform.results(id)?),
            Route::Cancel(id) => Reply::json(202, &platform.cancel(id)?),
            Route::Delete(id) => {
                platform.delete(id)?;
                Reply::empty(204)
            }
            Route::Asset(id) => Reply::json(200, &platform.describe_asset(id)?),
            Route::Task(id) => Reply::json(200, &platform.describe_task(id)?),
        })
    }

    fn refuse(&self, refusal: &Refusal) -> Reply {
        let mut reply = Reply::json(refusal.status, &refusal.body(self.options.error_shape));
        reply
            .headers
            .extend(refusal.retry_after.map(|seconds| (Cow::Borrowed("Retry-After"), seconds.to_string())));
        reply
    }

    fn finish(&self, desk: &mut Desk, endpoint: &str, rate: Option<Rate>, mut reply: Reply) -> Reply {
        let half = |half| draw(self.options.seed, &[REQUEST, desk.requests, half]);
        let request_id = format!("{:016x}{:016x}", half(0), half(1));
        desk.requests += 1;
        add_headers(&mut reply, desk.platform.now(), request_id, rate);
        desk.platform.note_request(endpoint, reply.status);
        self.bell.notify_one();
        reply
    }
}

/// The code that an error of this status usually has.
fn usual_code(status: u16) -> &'static str {
    match status {
        400 | 422 => "parameter_invalid",
        401 => "api_key_invalid",
        403 => "forbidden",
        404 => "resource_not_exist",
        409 => "conflict",
        429 => "too_many_requests",
        502 => "bad_gateway",
        503 => "service_unavailable",
        504 => "gateway_timeout",
        _ => "internal_server_error",
    }
}
