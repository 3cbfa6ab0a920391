//! What is kept of a batch.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::emulator::answers::{self, Answer, Ask, Mode};
use crate::emulator::asset::AnalysisError;
use crate::emulator::identifier::Identifier;
use crate::emulator::instants;
use crate::emulator::options::Options;

/// How long a batch may take.
const LIFETIME: Duration = Duration::from_secs(24 * 3600);
/// How long a batch is kept.
const RETENTION: Duration = Duration::from_secs(30 * 24 * 3600);

/// One request of a batch, with its course.
pub(crate) struct Item {
    pub(crate) task: Identifier,
    pub(crate) custom_id: Option<String>,
    pub(crate) asset: Identifier,
    pub(crate) video_duration: f64,
    pub(crate) window: (f64, f64),
    /// How often the window is paid for.
    pub(crate) definitions: u32,
    /// The request as it was sent.
    pub(crate) request: Value,
    pub(crate) starts: Timestamp,
    pub(crate) ends: Timestamp,
    /// What goes wrong, if something does.
    pub(crate) failure: Option<AnalysisError>,
    /// Tokens of question and answer, once the answer was made.
    pub(crate) tokens: OnceLock<(u64, u64)>,
}

/// The part of a batch that never changes.
pub(crate) struct Record {
    pub(crate) id: Identifier,
    pub(crate) number: u64,
    pub(crate) mode: Mode,
    pub(crate) created: Timestamp,
    pub(crate) opens: Timestamp,
    pub(crate) defaults: Value,
    pub(crate) items: Vec<Item>,
    pub(crate) options: Arc<Options>,
}

impl Record {
    pub(crate) fn expires(&self) -> Timestamp {
        instants::after(self.created, LIFETIME)
    }

    pub(crate) fn deletes(&self) -> Timestamp {
        instants::after(self.created, RETENTION)
    }

    /// The item's own value of a field, or the default of the batch.
    pub(crate) fn effective<'a>(&'a self, item: &'a Item, name: &str) -> Option<&'a Value> {
        let given = |fields: &'a Value| fields.get(name).filter(|value| !value.is_null());
        given(&item.request).or_else(|| given(&self.defaults))
    }

    pub(crate) fn max_tokens(&self, item: &Item) -> u64 {
        let asked = self.effective(item, "max_tokens").and_then(whole_number);
        asked.unwrap_or(match self.mode {
            Mode::General => 4096,
            Mode::TimeBasedMetadata => 32768,
        })
    }

    /// The analysis of an item. It is made anew each time, so that it costs no memory.
    pub(crate) fn answer(&self, item: &Item) -> Answer {
        let number = |name| self.effective(item, name).and_then(Value::as_f64);
        let prompt = self.effective(item, "prompt").and_then(|prompt| prompt.get("input_text"));
        let ask = Ask {
            mode: self.mode,
            prompt: prompt.and_then(Value::as_str),
            response_format: self.effective(item, "response_format"),
            max_tokens: self.max_tokens(item),
            window: item.window,
            min_segment_duration: number("min_segment_duration"),
            max_segment_duration: number("max_segment_duration"),
            output_tokens: self.options.output_tokens,
        };
        let answer = answers::answer(&ask, item.task.seed());
        let _ = item.tokens.set((answer.input_tokens, answer.output_tokens));
        answer
    }

    /// Tokens of question and answer of an item.
    pub(crate) fn tokens(&self, item: &Item) -> (u64, u64) {
        item.tokens.get().copied().unwrap_or_else(|| {
            let answer = self.answer(item);
            (answer.input_tokens, answer.output_tokens)
        })
    }
}

/// A whole number, also when written as `512.0`.
pub(crate) fn whole_number(value: &Value) -> Option<u64> {
    let written_as_fraction = || {
        let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
        format!("{number:.0}").parse().ok()
    };
    value.as_u64().or_else(written_as_fraction)
}

/// The platform's word for a mode.
pub(crate) fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::General => "general",
        Mode::TimeBasedMetadata => "time_based_metadata",
    }
}
