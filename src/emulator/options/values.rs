//! The options themselves.

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use super::choices::{
    CancelingAgain, ErrorShape, InitialStatus, KnownAssets, MalformedIdStatus, PageLimitPolicy,
    ProcessingAtExpiry, RowOrder, UnknownFields,
};
use super::declare::{Table, require, table};
use super::endpoints::Endpoint;
use super::error::OptionError;
use super::value::OptionKind;

table! {
    /// How the emulator behaves. Times are the platform's unless said otherwise.
    Options of "the emulator" {
    /// The key requests have to carry.
    api_key: String = "emulator".to_owned(),
    /// Port on 127.0.0.1; 0 takes a free one.
    port: u16 = 0,
    /// Everything drawn by chance comes from this number.
    seed: u64 = 0,
    /// Seconds of platform time per second of real time; 0 makes time stand still, to be moved by hand.
    speed: f64 = 60.0,
    /// The platform's time at the start. Without it the real time, or 2026-01-01T00:00:00Z when the speed is 0.
    start_time: Option<Timestamp> = None,
    /// Seconds from the creation of a batch to the start of its first item.
    queue_seconds: f64 = 20.0,
    /// Shortest and longest time it takes to analyze one item, in seconds.
    item_seconds: (f64, f64) = (20.0, 60.0),
    /// Items of one batch analyzed at the same time.
    concurrency: u32 = 8,
    /// Batches that may be active at the same time.
    max_active_batches: u32 = 5,
    /// Items one batch may have.
    max_items: u32 = 1000,
    /// Hours of video one batch may have.
    max_hours: f64 = 2000.0,
    /// Seconds a video has that nobody registered.
    asset_duration: f64 = 300.0,
    /// Which assets exist: every well-formed id, or only registered ones.
    assets: KnownAssets = KnownAssets::Known,
    /// Share of items that fail, from 0 to 1.
    failure_rate: f64 = 0.0,
    /// Fewest and most tokens of a prose answer; without it, what the request suggests.
    output_tokens: Option<(u64, u64)> = None,
    /// Requests allowed per minute; without it any number.
    requests_per_minute: Option<u32> = None,
    /// Status of a batch that was just created.
    initial_status: InitialStatus = InitialStatus::Pending,
    /// Order of the result rows.
    row_order: RowOrder = RowOrder::Submission,
    /// Status code for an id that is not 24 hexadecimal digits.
    malformed_id_status: MalformedIdStatus = MalformedIdStatus::NotFound,
    /// What to do with a page or a page size out of range.
    page_limit_policy: PageLimitPolicy = PageLimitPolicy::Reject,
    /// What to do with body fields the platform does not have.
    unknown_fields: UnknownFields = UnknownFields::Reject,
    /// What becomes of items being processed when their batch expires.
    processing_at_expiry: ProcessingAtExpiry = ProcessingAtExpiry::Fail,
    /// Body of an endpoint's errors. Refused keys and exceeded rates are always flat.
    error_shape: ErrorShape = ErrorShape::Nested,
    /// Answer to canceling a batch that is already being canceled.
    canceling_again: CancelingAgain = CancelingAgain::Accept,
    /// Whether a batch that is being canceled counts as active.
    canceling_is_active: bool = true,
    /// Addresses on this machine to tell when a batch becomes terminal: a list, or each with its secret.
    webhooks: Vec<Endpoint> = Vec::new(),
    /// What notices are signed with, for addresses without a secret of their own.
    webhook_secret: String = "emulator".to_owned(),
    /// Type of these events; the platform does not document it. The batch's status stands for {status}.
    webhook_event_type: String = "analyze.batch.{status}".to_owned(),
    /// Attempts to deliver a notice, at most.
    webhook_attempts: u32 = 5,
    /// Seconds from a failed attempt to the next; each pause is twice as long as the one before.
    webhook_pause_seconds: f64 = 10.0,
    /// Real seconds that an address has to answer.
    webhook_timeout_seconds: f64 = 5.0,
    }
}

/// One option, as help texts and signatures need it.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionDescription {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: OptionKind,
    /// Whether it can be left empty (`null`, or `none` on a command line).
    pub optional: bool,
    /// Its value unless set.
    pub default: Value,
    /// The words it can be, if it is one of a few.
    pub choices: Option<&'static [&'static str]>,
    /// What it does.
    pub help: &'static str,
}

impl Options {
    /// Every option.
    #[must_use]
    pub fn describe() -> Vec<OptionDescription> {
        Self::describe_all()
    }

    /// Sets the option called `name`.
    pub fn set(&mut self, name: &str, value: &Value) -> Result<(), OptionError> {
        self.write(name, value)
    }

    /// Sets the option called `name` from the text of a command line: `20,60` is a pair, `none` is nothing.
    pub fn set_text(&mut self, name: &str, text: &str) -> Result<(), OptionError> {
        self.write_text(name, text)
    }

    /// The value of the option called `name`.
    pub fn get(&self, name: &str) -> Result<Value, OptionError> {
        Self::find(name).map(|entry| (entry.read)(self))
    }

    /// Whether the emulator could run like this.
    pub fn validate(&self) -> Result<(), OptionError> {
        let printable = self.api_key.bytes().all(|byte| byte.is_ascii_graphic());
        require(printable && !self.api_key.is_empty(), "api_key", || {
            "must be printable ASCII without spaces, and not empty".to_owned()
        })?;
        let durations = [
            ("speed", self.speed),
            ("queue_seconds", self.queue_seconds),
            ("item_seconds", self.item_seconds.0),
            ("item_seconds", self.item_seconds.1),
            ("webhook_pause_seconds", self.webhook_pause_seconds),
        ];
        for (name, number) in durations {
            require(number.is_finite() && number >= 0.0, name, || {
                format!("must be zero or a positive number, not {number}")
            })?;
        }
        let lengths = [
            ("max_hours", self.max_hours),
            ("asset_duration", self.asset_duration),
            ("webhook_timeout_seconds", self.webhook_timeout_seconds),
        ];
        for (name, number) in lengths {
            require(number.is_finite() && number > 0.0, name, || {
                format!("must be a positive number, not {number}")
            })?;
        }
        require((0.0..=1.0).contains(&self.failure_rate), "failure_rate", || {
            format!("must be from 0 to 1, not {}", self.failure_rate)
        })?;
        let (shortest, longest) = self.item_seconds;
        require(shortest <= longest, "item_seconds", || {
            format!("must have the shorter time first, not {shortest}, {longest}")
        })?;
        if let Some((fewest, most)) = self.output_tokens {
            require(1 <= fewest && fewest <= most, "output_tokens", || {
                format!("must be at least 1 and have the fewer tokens first, not {fewest}, {most}")
            })?;
        }
        let counts = [
            ("concurrency", Some(self.concurrency)),
            ("max_items", Some(self.max_items)),
            ("webhook_attempts", Some(self.webhook_attempts)),
            ("requests_per_minute", self.requests_per_minute),
        ];
        for (name, count) in counts {
            require(count != Some(0), name, || "must be at least 1, not 0".to_owned())?;
        }
        self.validate_webhooks()
    }

    fn validate_webhooks(&self) -> Result<(), OptionError> {
        for endpoint in &self.webhooks {
            require(endpoint.parse().is_some(), "webhooks", || endpoint.refusal())?;
            require(endpoint.secret.as_deref() != Some(""), "webhooks", || {
                "must not have an empty secret".to_owned()
            })?;
        }
        require(!self.webhook_secret.is_empty(), "webhook_secret", || "must not be empty".to_owned())
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = formatter.debug_struct("Options");
        let is_told = |name| !["api_key", "webhooks", "webhook_secret"].contains(&name);
        for entry in Self::entries().iter().filter(|entry| is_told(entry.name)) {
            fields.field(entry.name, &format_args!("{}", (entry.read)(self)));
        }
        fields.finish_non_exhaustive()
    }
}
