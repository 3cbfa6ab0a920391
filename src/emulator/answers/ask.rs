use fastrand::Rng;
use serde_json::Value;

use super::prose::{Narrator, topics};
use super::times::Span;
use super::{schema, segments, tokens};

/// The kind of analysis an item takes part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Text, or JSON after a schema.
    General,
    /// Segments with metadata.
    TimeBasedMetadata,
}

/// What an item asks for, with the batch's defaults applied.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The kind of analysis.
    pub mode: Mode,
    /// The text of the prompt.
    pub prompt: Option<&'a str>,
    /// The wanted form of the answer. Plain text if absent.
    pub response_format: Option<&'a Value>,
    /// The longest answer, in tokens.
    pub max_tokens: u64,
    /// The analysed part of the video, in seconds.
    pub window: (f64, f64),
    /// The shortest segment, in seconds.
    pub min_segment_duration: Option<f64>,
    /// The longest segment, in seconds.
    pub max_segment_duration: Option<f64>,
    /// The shortest and the longest prose answer, in tokens, if a certain length is wanted.
    pub output_tokens: Option<(u64, u64)>,
}

/// What the platform's model says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The answer itself; JSON text if a form was asked for.
    pub text: String,
    /// `stop`, or `length` if the text is cut.
    pub finish_reason: &'static str,
    /// The length of the text, in tokens.
    pub output_tokens: u64,
    /// The length of the video and the prompt, in tokens.
    pub input_tokens: u64,
}

/// Answers `ask`. The same question and seed give the same bytes.
#[must_use]
pub fn answer(ask: &Ask<'_>, seed: u64) -> Answer {
    let mut text = match ask.mode {
        Mode::General => general(ask, seed),
        Mode::TimeBasedMetadata => segments::write(ask, Rng::with_seed(seed)),
    };
    let is_cut = ask.mode == Mode::General && tokens::cut(&mut text, ask.max_tokens);
    Answer {
        finish_reason: if is_cut { "length" } else { "stop" },
        output_tokens: tokens::count(&text),
        input_tokens: tokens::count_input(ask.window, ask.prompt),
        text,
    }
}

fn general(ask: &Ask<'_>, seed: u64) -> String {
    let narrator =
        Narrator::new(Rng::with_seed(seed), topics(ask.prompt.unwrap_or_default()), Span::inside(ask.window));
    let schema = ask
        .response_format
        .filter(|format| format.get("type").and_then(Value::as_str) == Some("json_schema"))
        .and_then(|format| format.get("json_schema"));
    match schema {
        Some(schema) => schema::write(schema, narrator, ask.max_tokens),
        None => narrator.tell(ask.output_tokens, ask.max_tokens),
    }
}
