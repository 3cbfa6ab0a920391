//! Rules for prompts and the images that texts refer to.

// They are tables.
#![allow(clippy::too_many_lines)]

use serde_json::{Value, json};

use crate::validate_cases::{Case, ONE, TWO, case, image, prose, segments, video};

pub fn prompts() -> Vec<Case> {
    let text = json!({"input_text": "x"});
    vec![
        case(
            "prompt.mode",
            segments(),
            "/defaults/prompt",
            &[Value::Null],
            &[(text.clone(), "defaults.prompt")],
        ),
        case(
            "prompt.required",
            prose(),
            "/defaults/prompt",
            std::slice::from_ref(&text),
            &[(Value::Null, "defaults.prompt")],
        ),
        case(
            "prompt.required",
            prose(),
            "",
            &[],
            &[(
                json!({"defaults": {"prompt": null}, "requests": [{"video": video(ONE), "prompt": text}, {"video": video(TWO)}]}),
                "requests[1].prompt",
            )],
        ),
        case(
            "prompt.empty",
            prose(),
            "/defaults/prompt/input_text",
            &[json!("x")],
            &[(json!(" "), "defaults.prompt.input_text")],
        ),
        case(
            "placeholder.unknown",
            image(),
            "/defaults/prompt/input_text",
            &[json!("<@logo> and <@logo>, a < b, <@>"), json!("<@logo> <@")],
            &[(json!("<@logo> <@lego>"), "defaults.prompt.input_text")],
        ),
        case(
            "media_sources.unused",
            image(),
            "/defaults/prompt/input_text",
            &[json!("see <@logo>")],
            &[(json!("see @logo"), "defaults.prompt.media_sources[0].name")],
        ),
    ]
}

pub fn media() -> Vec<Case> {
    let place = "/defaults/prompt/media_sources/0";
    let source = |field: &str, value: Value| json!({"name": "logo", "media_type": "image", field: value});
    let url = |address: &str| source("url", json!(address));
    let base64 = |text: String| source("base64_string", json!(text));
    let sources = |names: &[&str]| {
        let sources: Vec<Value> =
            names.iter().map(|name| json!({"name": name, "media_type": "image", "asset_id": ONE})).collect();
        let text = names.iter().map(|name| format!("<@{name}>")).collect::<Vec<_>>().concat();
        json!({"input_text": text, "media_sources": sources})
    };
    let at = "defaults.prompt.media_sources[0]";
    let largest = (32 << 20) / 3 * 4;
    vec![
        case(
            "media_sources.count",
            image(),
            "/defaults/prompt",
            &[sources(&["a", "b", "c", "d"])],
            &[(sources(&["a", "b", "c", "d", "e"]), "defaults.prompt.media_sources")],
        ),
        case(
            "media_sources.media_type",
            image(),
            "/defaults/prompt/media_sources/0/media_type",
            &[json!("image")],
            &[(json!("video"), "defaults.prompt.media_sources[0].media_type")],
        ),
        case(
            "media_sources.source",
            image(),
            place,
            &[url("https://example.com/a.png")],
            &[
                (json!({"name": "logo", "media_type": "image"}), at),
                (
                    json!({"name": "logo", "media_type": "image", "asset_id": ONE, "url": "https://example.com"}),
                    at,
                ),
            ],
        ),
        case(
            "media_sources.url",
            image(),
            place,
            &[url("https://example.com/a.png?b=c")],
            &[
                (url("http://example.com/a.png"), "defaults.prompt.media_sources[0].url"),
                (url("example.com/a.png"), "defaults.prompt.media_sources[0].url"),
                (url(""), "defaults.prompt.media_sources[0].url"),
            ],
        ),
        case(
            "media_sources.url_public",
            image(),
            place,
            &[url("https://8.8.8.8/a"), url("https://locals.example/")],
            &[
                (url("https://localhost/a"), "defaults.prompt.media_sources[0].url"),
                (url("https://10.0.0.1/a"), "defaults.prompt.media_sources[0].url"),
                (url("https://[::1]/a"), "defaults.prompt.media_sources[0].url"),
            ],
        ),
        case(
            "media_sources.asset_id",
            image(),
            place,
            &[source("asset_id", json!(TWO))],
            &[(source("asset_id", json!("x")), "defaults.prompt.media_sources[0].asset_id")],
        ),
        case(
            "media_sources.base64",
            image(),
            place,
            &[base64("aGk=".into()), base64("aGkh".into()), base64("aA==".into())],
            &[
                (base64(String::new()), "defaults.prompt.media_sources[0].base64_string"),
                (base64("a".into()), "defaults.prompt.media_sources[0].base64_string"),
                (
                    base64("data:image/png;base64,aGk=".into()),
                    "defaults.prompt.media_sources[0].base64_string",
                ),
                (base64("aGk===".into()), "defaults.prompt.media_sources[0].base64_string"),
                (base64("aGk==".into()), "defaults.prompt.media_sources[0].base64_string"),
                (base64("a-_=".into()), "defaults.prompt.media_sources[0].base64_string"),
            ],
        ),
        case(
            "media_sources.base64_strict",
            image(),
            place,
            &[base64("a+/=".into())],
            &[
                (base64("aGk".into()), "defaults.prompt.media_sources[0].base64_string"),
                (base64("aGkh\naGk=\n".into()), "defaults.prompt.media_sources[0].base64_string"),
            ],
        ),
        case(
            "media_sources.size",
            image(),
            place,
            &[base64("A".repeat(largest))],
            &[(base64("A".repeat(largest + 4)), "defaults.prompt.media_sources[0].base64_string")],
        ),
        case(
            "media_sources.name",
            image(),
            "/defaults/prompt",
            &[sources(&["a b"])],
            &[
                (sources(&[""]), "defaults.prompt.media_sources[0].name"),
                (sources(&["a>"]), "defaults.prompt.media_sources[0].name"),
            ],
        ),
        case(
            "media_sources.name_unique",
            image(),
            "/defaults/prompt",
            &[sources(&["a", "A"])],
            &[(sources(&["a", "a"]), "defaults.prompt.media_sources[1].name")],
        ),
    ]
}
