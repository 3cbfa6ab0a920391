//! Images in prompts and definitions, and the placeholders for them.

use serde_json::{Value, json};
use twelvelabs_batches::emulator::options::KnownAssets;
use twelvelabs_batches::emulator::{Asset, AssetStatus, Options};

use crate::emulator_checks::{change, verdict};
use crate::emulator_story::{Story, asset, code, general, one_by_one, segmenting};

fn image(name: &str) -> Value {
    json!({"name": name, "media_type": "image", "url": "https://example.com/logo.png"})
}

/// The verdict on an image that has one source.
fn source(name: &str, value: &str) -> String {
    let image = json!({"name": "logo", "media_type": "image", name: value});
    verdict(&change(general(1), &[("/defaults/prompt/media_sources", json!([image]))]))
}

fn no(field: &str) -> String {
    format!("400 invalid defaults.prompt.media_sources[0].{field}")
}

#[test]
fn urls_are_https() {
    for good in ["https://example.com/a.png", "HTTPS://example.com", "https://example.com:8443/a?b=c#d"] {
        assert_eq!(source("url", good), "", "{good}");
    }
    for bad in
        ["", "https://", "http://example.com/a.png", "ftp://example.com/a", "example.com/a.png", "data:,x"]
    {
        assert_eq!(source("url", bad), no("url"), "{bad}");
    }
}

#[test]
fn images_in_base64_are_base64() {
    for good in ["QQ==", "QUI=", "QUJD", "QQ", "QUI", "+/+/", "QUJD\r\nQUJD\n", "QQ=\n="] {
        assert_eq!(source("base64_string", good), "", "{good:?}");
    }
    for bad in [
        "",
        " ",
        "Q",
        "QUJDR",
        "QQ=",
        "QQ===",
        "QUI==",
        "QUJD=",
        "QUJD====",
        "Q=Q=",
        "=",
        "Q-_Q",
        "Q\u{e9}==",
        "data:image/png;base64,QUJD",
    ] {
        assert_eq!(source("base64_string", bad), no("base64_string"), "{bad:?}");
    }
}

#[test]
fn asset_ids_of_images_are_well_formed() {
    assert_eq!(source("asset_id", &asset(7)), "");
    assert_eq!(source("asset_id", &"F".repeat(24)), "");
    for bad in ["", "logo", &asset(7)[1..], &format!("{}0", asset(7))] {
        assert_eq!(source("asset_id", bad), no("asset_id"), "{bad:?}");
    }
}

#[test]
fn assets_that_are_images_exist_and_are_ready() {
    let logo = json!([{"name": "logo", "media_type": "image", "asset_id": asset(7)}]);
    let definitions = "/defaults/response_format/segment_definitions/0/media_sources";
    let own =
        change(general(1), &[("/requests/0/prompt", json!({"input_text": "x", "media_sources": logo}))]);
    for body in [
        change(general(1), &[("/defaults/prompt/media_sources", logo.clone())]),
        change(segmenting(1), &[(definitions, logo.clone())]),
        own,
    ] {
        let story = Story::new(Options { assets: KnownAssets::Registered, ..one_by_one() });
        story.api.add_asset(Asset::new(asset(0))).unwrap();
        let (status, answer) = story.create(&body);
        assert_eq!((status, code(&answer)), (404, "resource_not_exist"));
        assert!(answer["error"]["message"].as_str().unwrap().contains(&asset(7)));
        let waiting = Asset { status: AssetStatus::Processing, ..Asset::new(asset(7)) };
        story.api.add_asset(waiting).unwrap();
        assert_eq!(story.create(&body).0, 409);
        story.api.add_asset(Asset::new(asset(7))).unwrap();
        assert_eq!(story.create(&body).0, 201);
    }
}

/// The verdict on a prompt with these images.
fn prompt(text: &str, names: &[&str]) -> String {
    let sources: Vec<Value> = names.iter().map(|name| image(name)).collect();
    let prompt = json!({"input_text": text, "media_sources": sources});
    verdict(&change(general(1), &[("/requests/0/prompt", prompt)]))
}

#[test]
fn placeholders_name_images() {
    let refused = "400 invalid requests[0].prompt.input_text";
    assert_eq!(prompt("Where is <@logo>?", &["logo"]), "");
    assert_eq!(prompt("<@logo> or <@my dog>, <@logo>", &["my dog", "logo"]), "");
    assert_eq!(prompt("Nothing is referred to.", &["logo"]), "");
    assert_eq!(prompt("Where is <@logo>?", &[]), refused);
    assert_eq!(prompt("Where is <@Logo>?", &["logo"]), refused);
    assert_eq!(prompt("<@logo> and <@dog>", &["logo"]), refused);
    assert_eq!(prompt("<@a <@logo>", &["dog"]), refused);
    // No placeholders: without a name, without an end, without the sign.
    for text in ["<@>", "a <@ b", "<logo>", "@logo", "< @logo>", "<@a <b>"] {
        assert_eq!(prompt(text, &[]), "", "{text}");
    }
    // The images of the defaults belong to the prompt of the defaults.
    let body = change(general(1), &[("/defaults/prompt/media_sources", json!([image("logo")]))]);
    let own = json!({"input_text": "<@logo>"});
    assert_eq!(verdict(&change(body, &[("/requests/0/prompt", own)])), refused);
}

#[test]
fn placeholders_of_descriptions_name_images() {
    let definition = "/defaults/response_format/segment_definitions/0";
    let described = |text: &str, sources: Value| {
        let changes = [
            (&*format!("{definition}/description"), json!(text)),
            (&*format!("{definition}/media_sources"), sources),
        ];
        verdict(&change(segmenting(1), &changes))
    };
    let refused = "400 invalid defaults.response_format.segment_definitions[0].description";
    assert_eq!(described("With <@logo>.", json!([image("logo")])), "");
    assert_eq!(described("With <@logo>.", json!([image("dog")])), refused);
    assert_eq!(described("With <@logo>.", Value::Null), refused);
    let five: Vec<Value> = ["a", "b", "c", "d", "e"].iter().map(|name| image(name)).collect();
    assert_eq!(described("x", json!(five[..4])), "");
    assert_eq!(
        described("x", json!(five)),
        "400 invalid defaults.response_format.segment_definitions[0].media_sources"
    );
}

#[test]
fn texts_may_be_empty_and_names_may_repeat() {
    assert_eq!(prompt("", &[]), "");
    assert_eq!(prompt("<@logo>", &["logo", "logo", ""]), "");
}
