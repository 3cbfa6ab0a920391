use fastrand::Rng;

use super::times::{Span, TimeFormat};
use super::tokens::{self, CHARACTERS};
use super::words::{
    ACTIONS, CLOSINGS, COMMON, MOODS, NAMES, OPENINGS, PEOPLE, PLACES, SENTENCES, SHOTS, SOUNDS, SUBJECTS,
    THINGS,
};

/// The most words that are taken from a prompt.
const TOPICS: usize = 8;

/// The longest text that is told, in tokens.
const LONGEST: u64 = 1_000_000;

/// How far apart times are in a text.
const TOKENS_BETWEEN_TIMES: u64 = 45;

/// How often a sentence may turn out too long before the text is brought to its end.
const MISSES: u32 = 4;

/// The words of `prompt` that a description of the video can pick up.
pub(super) fn topics(prompt: &str) -> Vec<&str> {
    let mut topics: Vec<&str> = Vec::new();
    let words = prompt
        .split(|character: char| !character.is_alphabetic())
        .filter(|word| (4..=24).contains(&word.len()))
        .filter(|word| !COMMON.iter().any(|common| common.eq_ignore_ascii_case(word)));
    for word in words {
        if topics.len() == TOPICS {
            break;
        }
        if !topics.contains(&word) {
            topics.push(word);
        }
    }
    topics
}

/// Tells about a video that nobody has seen.
pub(super) struct Narrator<'a> {
    pub(super) random: Rng,
    topics: Vec<&'a str>,
    span: Span,
    /// The time that was named last, in milliseconds.
    now: u32,
    /// How far the next time is from it, about.
    pace: u32,
}

impl<'a> Narrator<'a> {
    /// A narrator of the video's part `span`, who takes up `topics`.
    pub(super) fn new(random: Rng, topics: Vec<&'a str>, span: Span) -> Self {
        let topics = if topics.is_empty() { SUBJECTS.to_vec() } else { topics };
        Self { random, topics, span, now: span.start, pace: span.length() }
    }

    /// The part that is told about.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// Tells about another part from here on.
    pub(super) fn turn_to(&mut self, span: Span) {
        self.span = span;
        self.now = span.start;
        self.set_pace(1);
    }

    /// Spreads `times` times over the part, at least a second from each other.
    fn set_pace(&mut self, times: u64) {
        let times = u32::try_from(times).unwrap_or(u32::MAX).max(1);
        self.pace = (self.span.length() / times).max(1000);
    }

    /// A time after the one before, in milliseconds; from the start again when the end is reached.
    fn next_time(&mut self) -> u32 {
        let end = self.span.end.min(self.now.saturating_add(self.pace.saturating_mul(2)));
        let ahead = Span { start: self.now, end };
        let time = match ahead.align(TimeFormat::Clock.step()) {
            Some(ahead) if ahead.length() > 0 => ahead.pick(&mut self.random, TimeFormat::Clock),
            _ => self.span.first(TimeFormat::Clock),
        };
        self.now = time.saturating_add(1000).clamp(self.span.start, self.span.end);
        time
    }

    /// One of `choices`.
    pub(super) fn choose<'b>(&mut self, choices: &[&'b str]) -> &'b str {
        self.random.choice(choices).copied().unwrap_or_default()
    }

    /// One of the words that the question is about.
    pub(super) fn topic(&mut self) -> &'a str {
        self.random.choice(&self.topics).copied().unwrap_or_default()
    }

    /// A text of some sentences, or of as many tokens as are wanted. It is longer than `most`
    /// tokens only as far as that is needed to see that it is.
    pub(super) fn tell(mut self, wanted: Option<(u64, u64)>, most: u64) -> String {
        let Some((least, longest)) = wanted else {
            let sentences = self.random.u32(2..=5);
            let mut text = String::with_capacity(768);
            self.set_pace(u64::from(sentences));
            self.open(&mut text);
            for _ in 0..sentences {
                self.go_on(&mut text);
            }
            return text;
        };
        let least = least.clamp(1, LONGEST);
        let tokens = self.random.u64(least..=longest.clamp(least, LONGEST));
        self.fill(tokens.min(most.saturating_add(1)))
    }

    /// One sentence, added to `text`.
    pub(super) fn say(&mut self, text: &mut String) {
        let template = self.choose(SENTENCES);
        self.write(template, text);
    }

    fn open(&mut self, text: &mut String) {
        let template = self.choose(OPENINGS);
        self.write(template, text);
    }

    fn go_on(&mut self, text: &mut String) {
        text.push_str(if self.random.u8(..) < 24 { "\n\n" } else { " " });
        self.say(text);
    }

    /// A text of exactly so many tokens.
    fn fill(&mut self, tokens: u64) -> String {
        let bytes = usize::try_from(tokens * (CHARACTERS + 1)).unwrap_or_default();
        let mut text = String::with_capacity(bytes + 256);
        let mut rest = tokens * CHARACTERS;
        self.set_pace(tokens / TOKENS_BETWEEN_TIMES);
        let mut misses = 0;
        while misses < MISSES {
            let before = text.len();
            if before == 0 {
                self.open(&mut text);
            } else {
                self.go_on(&mut text);
            }
            let added = text.get(before..).map_or(0, tokens::measure);
            if added > rest {
                text.truncate(before);
                misses += 1;
            } else {
                rest -= added;
            }
        }
        close(&mut text, rest);
        text
    }

    fn write(&mut self, template: &str, text: &mut String) {
        let mut parts = template.split('{');
        text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (name, after) = part.split_once('}').unwrap_or((part, ""));
            self.fill_in(name, text);
            text.push_str(after);
        }
    }

    fn fill_in(&mut self, name: &str, text: &mut String) {
        match name {
            "time" => {
                let time = self.next_time();
                write_time(time / 1000, text);
            }
            "length" => write_length(self.span.length(), text),
            "topic" => text.push_str(self.topic()),
            "name" | "Name" => text.push_str(self.choose(NAMES)),
            "person" => text.push_str(self.choose(PEOPLE)),
            "Person" => capitalize(self.choose(PEOPLE), text),
            "action" => text.push_str(self.choose(ACTIONS)),
            "place" => text.push_str(self.choose(PLACES)),
            "Place" => capitalize(self.choose(PLACES), text),
            "thing" => text.push_str(self.choose(THINGS)),
            "sound" => text.push_str(self.choose(SOUNDS)),
            "shot" => text.push_str(self.choose(SHOTS)),
            "Shot" => capitalize(self.choose(SHOTS), text),
            _ => text.push_str(self.choose(MOODS)),
        }
    }
}

/// Uses up `rest` characters but for fewer than a token's.
fn close(text: &mut String, mut rest: u64) {
    while rest >= CHARACTERS {
        let separator = u64::from(!text.is_empty());
        let closing = CLOSINGS
            .iter()
            .map(|closing| (closing, tokens::measure(closing) + separator))
            .rfind(|(_, length)| *length <= rest);
        let Some((closing, length)) = closing else {
            // Room for one token, but not for a space and the shortest sentence.
            text.push_str("..");
            return;
        };
        if separator == 1 {
            text.push(' ');
        }
        text.push_str(closing);
        rest -= length;
    }
}

/// Adds `phrase` with a capital at its start.
pub(super) fn capitalize(phrase: &str, text: &mut String) {
    let mut characters = phrase.chars();
    text.extend(characters.next().map(|first| first.to_ascii_uppercase()));
    text.push_str(characters.as_str());
}

fn write_time(seconds: u32, text: &mut String) {
    if seconds >= 3600 {
        write_number(seconds / 3600, text);
        text.push(':');
    }
    write_two_digits(seconds / 60 % 60, text);
    text.push(':');
    write_two_digits(seconds % 60, text);
}

fn write_length(milliseconds: u32, text: &mut String) {
    let seconds = milliseconds.div_ceil(1000);
    if seconds < 120 {
        write_number(seconds.max(2), text);
        text.push_str(" seconds");
    } else {
        write_number(seconds.div_ceil(60), text);
        text.push_str(" minutes");
    }
}

fn write_two_digits(number: u32, text: &mut String) {
    if number < 10 {
        text.push('0');
    }
    write_number(number, text);
}

fn write_number(number: u32, text: &mut String) {
    if number >= 10 {
        write_number(number / 10, text);
    }
    text.extend(char::from_digit(number % 10, 10));
}
