//! What a fault is.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::choices::{Coding, Cut, Endpoint, Framing};
use crate::emulator::options::{OptionDescription, OptionError, Table, require, table};

table! {
    /// Trouble, and the requests that it befalls. What is not said stays as it would be without it; what is
    /// said together happens together. Times are real ones.
    Fault of "a fault" {
        /// The endpoint whose requests it befalls.
        on: Endpoint = Endpoint::Any,
        /// Requests that it lets pass before.
        skip: u32 = 0,
        /// Requests that it befalls; without it all.
        times: Option<u32> = Some(1),
        /// Share of the requests that it befalls, from 0 to 1, drawn from the emulator's seed.
        toxicity: f64 = 1.0,
        /// Whether the request is carried out. Without it: not if a status is given.
        executed: Option<bool> = None,
        /// Status of the answer.
        status: Option<u16> = None,
        /// Code of the error in the answer, for a status of 400 or more.
        code: Option<String> = None,
        /// Message of the error in the answer, for a status of 400 or more.
        message: Option<String> = None,
        /// Headers of the answer, in place of those with the same name.
        headers: Vec<(String, String)> = Vec::new(),
        /// Body of the answer, in place of the platform's.
        body: Option<String> = None,
        /// Where the answer redirects to; with status 307 unless another is given.
        redirect: Option<String> = None,
        /// Seconds until the answer begins.
        latency: f64 = 0.0,
        /// Seconds before each line of the answer's head.
        slow_headers: f64 = 0.0,
        /// Seconds between the pieces of the body, which are rows unless a slice is given.
        drip: f64 = 0.0,
        /// Bytes of each piece of the body.
        slice: Option<u32> = None,
        /// How the connection ends before its time: before the answer unless rows or bytes are given.
        cut: Option<Cut> = None,
        /// Seconds of silence at the place of the cut, or where rows or bytes say.
        stall: f64 = 0.0,
        /// Rows of the body that come before the cut or the silence.
        after_rows: Option<u32> = None,
        /// Bytes of the body, as sent, that come before the cut or the silence.
        after_bytes: Option<u64> = None,
        /// How the end of the body is found.
        framing: Option<Framing> = None,
        /// How the body is encoded.
        coding: Option<Coding> = None,
        /// Number of a row whose second half is missing.
        torn_row: Option<u32> = None,
        /// Number of a row with a byte that is no text.
        corrupt_row: Option<u32> = None,
        /// Number of a row that comes twice.
        duplicate_row: Option<u32> = None,
        /// Number of a row that is missing.
        missing_row: Option<u32> = None,
        /// Number of a row before which an error of the platform comes.
        error_row: Option<u32> = None,
        /// Whether rows come in another order, drawn from the emulator's seed.
        shuffled: bool = false,
        /// Seconds for which the platform is down: connections are cut, new ones refused.
        down: f64 = 0.0,
    }
}

/// Longer waits are typing errors.
const LONGEST: f64 = 86_400.0;

impl Fault {
    /// Every option of a fault.
    #[must_use]
    pub fn describe() -> Vec<OptionDescription> {
        Self::describe_all()
    }

    /// Sets the option called `name`.
    pub fn set(&mut self, name: &str, value: &Value) -> Result<(), OptionError> {
        self.write(name, value)
    }

    /// Sets the option called `name` from the text of a command line.
    pub(super) fn set_text(&mut self, name: &str, text: &str) -> Result<(), OptionError> {
        self.write_text(name, text)
    }

    /// Whether the request is carried out.
    pub(in crate::emulator) fn is_executed(&self) -> bool {
        self.executed.unwrap_or(self.status.is_none() && self.redirect.is_none())
    }

    /// The status that it asks for.
    pub(in crate::emulator) fn answer_status(&self) -> Option<u16> {
        self.status.or(self.redirect.as_ref().map(|_| 307))
    }

    /// Whether it says where in the body something happens.
    pub(in crate::emulator) fn has_place(&self) -> bool {
        self.after_rows.is_some() || self.after_bytes.is_some()
    }

    /// Whether it could happen like this.
    pub fn validate(&self) -> Result<(), OptionError> {
        self.check_numbers()?;
        self.check_answer()?;
        require(self.after_rows.is_none() || self.after_bytes.is_none(), "after_rows", || {
            "cannot be given together with \"after_bytes\"".to_owned()
        })?;
        require(!self.has_place() || self.cut.is_some() || self.stall > 0.0, "after_rows", || {
            "and \"after_bytes\" say where a \"cut\" or a \"stall\" comes, and neither is given".to_owned()
        })?;
        require(
            self.after_rows.is_none() || self.coding.is_none_or(|coding| coding == Coding::Unknown),
            "after_rows",
            || "counts rows of plain bodies; with a \"coding\" say \"after_bytes\"".to_owned(),
        )?;
        require(self.is_trouble(), "on", || {
            "says whom it befalls, but nothing says what befalls them".to_owned()
        })
    }

    fn check_numbers(&self) -> Result<(), OptionError> {
        require((0.0..=1.0).contains(&self.toxicity), "toxicity", || {
            format!("must be from 0 to 1, not {}", self.toxicity)
        })?;
        let seconds = [
            ("latency", self.latency),
            ("slow_headers", self.slow_headers),
            ("drip", self.drip),
            ("stall", self.stall),
            ("down", self.down),
        ];
        for (name, number) in seconds {
            require((0.0..=LONGEST).contains(&number), name, || {
                format!("must be from 0 to {LONGEST} seconds, not {number}")
            })?;
        }
        let counts = [
            ("times", self.times),
            ("slice", self.slice),
            ("torn_row", self.torn_row),
            ("corrupt_row", self.corrupt_row),
            ("duplicate_row", self.duplicate_row),
            ("missing_row", self.missing_row),
            ("error_row", self.error_row),
        ];
        for (name, count) in counts {
            require(count != Some(0), name, || "must be at least 1, not 0".to_owned())?;
        }
        Ok(())
    }

    fn check_answer(&self) -> Result<(), OptionError> {
        require(self.status.is_none_or(|status| (200..600).contains(&status)), "status", || {
            "must be from 200 to 599".to_owned()
        })?;
        let is_error = self.status.is_some_and(|status| status >= 400);
        for (name, text) in [("code", &self.code), ("message", &self.message)] {
            require(text.is_none() || is_error && self.body.is_none(), name, || {
                "needs a \"status\" of 400 or more, and no \"body\"".to_owned()
            })?;
        }
        let is_token = |name: &str| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        let is_line = |value: &str| !value.bytes().any(|byte| byte < b' ' && byte != b'\t');
        for (name, value) in &self.headers {
            require(is_token(name) && is_line(value), "headers", || {
                format!("must be names and texts of one line, not {name:?}: {value:?}")
            })?;
        }
        require(self.redirect.as_deref().is_none_or(is_line), "redirect", || "must be one line".to_owned())
    }

    fn is_trouble(&self) -> bool {
        let calm = Self {
            on: self.on,
            skip: self.skip,
            times: self.times,
            toxicity: self.toxicity,
            executed: self.executed,
            ..Self::default()
        };
        *self != calm || self.executed == Some(false)
    }
}

/// Seconds as a time.
pub(in crate::emulator) fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

impl fmt::Debug for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let usual = Self::default();
        let mut fields = formatter.debug_struct("Fault");
        for entry in Self::entries() {
            let value = (entry.read)(self);
            if value != (entry.read)(&usual) {
                fields.field(entry.name, &format_args!("{value}"));
            }
        }
        fields.finish()
    }
}
