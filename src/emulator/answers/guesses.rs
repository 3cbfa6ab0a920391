use super::prose::{Narrator, capitalize};
use super::words::{ACTIONS, MOODS, NAMES, PEOPLE, PLACES, SHOTS, SOUNDS, THINGS};

/// What a text with a certain name is likely to hold.
#[derive(Clone, Copy)]
enum Content {
    Title,
    Sentence,
    Topic,
    OneOf(&'static [&'static str]),
}

/// Parts of names, the surer ones first.
const CONTENTS: &[(&str, Content)] = &[
    ("title", Content::Title),
    ("headline", Content::Title),
    ("chapter", Content::Title),
    ("summary", Content::Sentence),
    ("description", Content::Sentence),
    ("language", Content::OneOf(&["en", "es", "fr", "pt"])),
    ("color", Content::OneOf(&["red", "blue", "green", "grey"])),
    ("mood", Content::OneOf(MOODS)),
    ("emotion", Content::OneOf(MOODS)),
    ("sentiment", Content::OneOf(MOODS)),
    ("tone", Content::OneOf(MOODS)),
    ("shot", Content::OneOf(SHOTS)),
    ("sound", Content::OneOf(SOUNDS)),
    ("music", Content::OneOf(SOUNDS)),
    ("audio", Content::OneOf(SOUNDS)),
    ("place", Content::OneOf(PLACES)),
    ("location", Content::OneOf(PLACES)),
    ("setting", Content::OneOf(PLACES)),
    ("object", Content::OneOf(THINGS)),
    ("product", Content::OneOf(THINGS)),
    ("item", Content::OneOf(THINGS)),
    ("action", Content::OneOf(ACTIONS)),
    ("activit", Content::OneOf(ACTIONS)),
    ("event", Content::OneOf(ACTIONS)),
    ("people", Content::OneOf(PEOPLE)),
    ("person", Content::OneOf(PEOPLE)),
    ("tag", Content::Topic),
    ("topic", Content::Topic),
    ("keyword", Content::Topic),
    ("label", Content::Topic),
    ("categor", Content::Topic),
    ("speaker", Content::OneOf(NAMES)),
    ("host", Content::OneOf(NAMES)),
    ("name", Content::OneOf(NAMES)),
];

/// A text for something called `name`.
pub(super) fn text(name: &str, narrator: &mut Narrator<'_>) -> String {
    let name = name.to_lowercase();
    let content = CONTENTS
        .iter()
        .find(|(part, _)| name.contains(part))
        .map_or(Content::Sentence, |(_, content)| *content);
    let mut text = String::new();
    match content {
        Content::Title => {
            capitalize(narrator.choose(THINGS), &mut text);
            text.push_str(" — ");
            text.push_str(narrator.choose(PLACES));
        }
        Content::Sentence => narrator.say(&mut text),
        Content::Topic => text.push_str(narrator.topic()),
        Content::OneOf(choices) => text.push_str(narrator.choose(choices)),
    }
    text
}

/// The bounds of a number called `name`, if the name says anything about them.
pub(super) fn bounds(name: &str) -> (f64, f64) {
    let name = name.to_lowercase();
    let shares = ["confidence", "score", "probability", "ratio", "relevance"];
    if shares.iter().any(|part| name.contains(part)) { (0.0, 1.0) } else { (0.0, 100.0) }
}

/// The largest integer that something called `name` is likely to be.
pub(super) fn largest(name: &str) -> i128 {
    let name = name.to_lowercase();
    let counts = ["count", "number", "people", "rating", "level", "index"];
    if counts.iter().any(|part| name.contains(part)) { 8 } else { 100 }
}
