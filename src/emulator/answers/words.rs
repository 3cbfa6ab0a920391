//! What is seen and heard in videos.

pub(super) const PEOPLE: &[&str] = &[
    "a woman in a red coat",
    "a man with a grey beard",
    "a teenager with headphones",
    "a girl on a bicycle",
    "an older couple",
    "a presenter in a dark suit",
    "a cook in a white apron",
    "a small group of hikers",
    "a boy with a football",
    "a mechanic in blue overalls",
    "a musician with a cello",
    "a colleague in a green jumper",
];

pub(super) const NAMES: &[&str] = &[
    "Zoë",
    "José Núñez",
    "Françoise",
    "Jürgen",
    "Søren",
    "Anaïs",
    "Łukasz",
    "Chloé Dubois",
    "Müge",
    "Tomáš",
    "Maria",
    "Daniel Okafor",
    "Hana",
    "Priya",
];

pub(super) const ACTIONS: &[&str] = &[
    "adjusting a microphone",
    "pouring coffee into a small cup",
    "walking slowly towards the camera",
    "pointing at a map",
    "laughing at something off screen",
    "opening a cardboard box",
    "writing on a whiteboard",
    "looking out over the water",
    "slicing tomatoes",
    "tuning an instrument",
    "waving to someone across the street",
    "explaining a chart",
    "tying a pair of running shoes",
];

pub(super) const PLACES: &[&str] = &[
    "a bright kitchen",
    "a café on a corner",
    "a crowded train platform",
    "a quiet workshop",
    "a meeting room with glass walls",
    "a park in São Paulo",
    "a rooftop in Zürich",
    "a long beach",
    "a gymnasium",
    "a studio with two lamps",
    "a narrow street in Kraków",
    "a garden after the rain",
];

pub(super) const THINGS: &[&str] = &[
    "notebook",
    "bicycle",
    "camera",
    "coffee cup",
    "guitar case",
    "laptop",
    "red umbrella",
    "wooden table",
    "street sign",
    "backpack",
    "piñata",
    "microphone",
];

pub(super) const SOUNDS: &[&str] = &[
    "a kettle hums",
    "rain taps against the windows",
    "a crowd applauds",
    "soft piano music plays",
    "a dog barks twice",
    "traffic rolls past",
    "somebody calls “à bientôt!”",
    "footsteps echo on stone",
    "a voice counts down from five",
    "birds sing close to the microphone",
];

pub(super) const SHOTS: &[&str] =
    &["a wide shot", "a close-up", "a slow pan", "a handheld shot", "a static shot", "a drone shot"];

pub(super) const MOODS: &[&str] = &["calm", "cheerful", "tense", "playful", "serious", "warm"];

pub(super) const SUBJECTS: &[&str] = &["scene", "conversation", "setting", "people"];

/// How a description begins.
pub(super) const OPENINGS: &[&str] = &[
    "The video opens on {place}, where {person} can be seen {action}.",
    "{Shot} at {time} shows {person} in {place}.",
    "The footage — a little under {length} — follows {name}, first seen {action}.",
    "In {place}, {person} is the centre of attention while {sound}.",
    "Set in {place}, this part of the video is mostly about the {topic}.",
];

/// How it goes on.
pub(super) const SENTENCES: &[&str] = &[
    "At {time}, {person} appears, {action}.",
    "Around {time} the camera moves to {place}, and {sound}.",
    "{Name} is introduced at {time} and is later seen {action}.",
    "{Shot} follows; a {thing} lies in the foreground.",
    "The mood is {mood} — {sound} in the background.",
    "By {time} more of the {topic} can be made out: {person}, {action}.",
    "“Let’s begin,” says {name}, and {sound}.",
    "Between the cuts, {name} puts a {thing} down and starts {action}.",
    "Nothing is said for a moment, although {sound}.",
    "What matters for the {topic} comes at {time}, when {name} is {action}.",
    "A caption reads “{Place}”, and the tone turns {mood}.",
    "{Person} walks past with a {thing}.",
    "From {time} on, {name} talks about the {topic} while {sound}.",
    "The light is {mood}, and {shot} keeps {person} in view.",
    "Then {sound}.",
    "{Name} and {person} share a {thing} — one of them is still {action}.",
];

/// Sentences for the end of a text that has to have a certain length: none is more than four
/// characters longer than the one before it.
pub(super) const CLOSINGS: &[&str] = &[
    "Cut.",
    "Silence.",
    "Music fades.",
    "The crowd waits.",
    "Nobody says a thing.",
    "Then the picture is dim.",
    "The camera holds its ground.",
    "Somewhere a door closes quietly.",
    "The light changes for a few seconds.",
    "Two people cross the frame in between.",
];

/// Words of a question that say nothing about a video.
pub(super) const COMMON: &[&str] = &[
    "about",
    "also",
    "answer",
    "describe",
    "does",
    "during",
    "each",
    "every",
    "find",
    "from",
    "give",
    "happens",
    "have",
    "here",
    "into",
    "list",
    "make",
    "many",
    "media",
    "most",
    "much",
    "only",
    "over",
    "please",
    "provide",
    "return",
    "shown",
    "shows",
    "some",
    "summarise",
    "summarize",
    "summary",
    "tell",
    "that",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "video",
    "videos",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "with",
    "would",
    "write",
    "your",
];
