//! What a request to create a batch has to fulfill.

use serde_json::{Value, json};
use twelvelabs_batches::emulator::options::UnknownFields;
use twelvelabs_batches::emulator::{Asset, Options};

use crate::emulator_story::{Story, asset, code, general, one_by_one, segmenting};

/// Changes a body at places given as JSON pointers; a null takes the place away.
pub fn change(mut body: Value, changes: &[(&str, Value)]) -> Value {
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = body.pointer_mut(parent).unwrap();
        match parent {
            Value::Object(fields) if value.is_null() => drop(fields.shift_remove(name)),
            Value::Object(fields) => drop(fields.insert(name.to_owned(), value.clone())),
            Value::Array(elements) => elements[name.parse::<usize>().unwrap()] = value.clone(),
            _ => panic!("{pointer} is nowhere"),
        }
    }
    body
}

/// Creates it on a platform of its own; `""` when that works, or else status, code and parameter.
pub fn verdict(body: &Value) -> String {
    let story = Story::new(one_by_one());
    let (status, answer) = story.create(body);
    if status == 201 {
        return String::new();
    }
    assert_eq!(story.api.stats().batches_created, 0);
    let parameter = answer["error"]["details"]["parameter"].as_str().unwrap_or("-");
    let message = answer["error"]["message"].as_str().unwrap();
    assert!(message.contains(parameter) || parameter == "-", "{message}");
    format!("{status} {} {parameter}", code(&answer).trim_start_matches("parameter_"))
}

/// Checks a table of changes and verdicts.
pub fn check(body: &Value, table: &[(&str, Value, &str)]) {
    for (pointer, value, expected) in table {
        let verdict = verdict(&change(body.clone(), &[(pointer, value.clone())]));
        assert_eq!(&verdict, expected, "{pointer} = {value}");
    }
}

#[test]
fn the_body_has_its_four_fields() {
    check(
        &general(1),
        &[
            ("/model_name", Value::Null, "400 not_provided model_name"),
            ("/model_name", json!("pegasus1.2"), "400 invalid model_name"),
            ("/model_name", json!(1.5), "400 invalid model_name"),
            ("/analysis_mode", Value::Null, "400 not_provided analysis_mode"),
            ("/analysis_mode", json!("other"), "400 invalid analysis_mode"),
            ("/requests", Value::Null, "400 not_provided requests"),
            ("/requests", json!({}), "400 invalid requests"),
            ("/requests", json!([]), "400 invalid requests"),
            ("/requests", json!([1]), "400 invalid requests[0]"),
            ("/defaults", json!([]), "400 invalid defaults"),
            ("/defaults", Value::Null, "400 not_provided requests[0].prompt"),
            ("/modelname", json!("x"), "400 unknown modelname"),
            ("/defaults/video", json!({}), "400 unknown defaults.video"),
            ("/defaults/custom_id", json!("x"), "400 unknown defaults.custom_id"),
            ("/requests/0/promt", json!("x"), "400 unknown requests[0].promt"),
        ],
    );
    for body in ["", "{", "[]", "null", "\"x\"", "{\"model_name\": 1e999}"] {
        let story = Story::new(one_by_one());
        assert_eq!(story.reply("POST", "analyze/batches", body.as_bytes()).status, 400, "{body}");
    }
}

#[test]
fn a_null_is_as_good_as_nothing() {
    let mut body = general(1);
    body["requests"][0]["prompt"] = Value::Null;
    body["requests"][0]["custom_id"] = Value::Null;
    body["requests"][0]["start_time"] = Value::Null;
    assert_eq!(verdict(&body), "");
    let mut body = segmenting(1);
    body["requests"][0]["response_format"] = body["defaults"]["response_format"].take();
    body["defaults"] = Value::Null;
    assert_eq!(verdict(&body), "");
}

#[test]
fn unknown_fields_can_be_accepted() {
    let story = Story::new(Options { unknown_fields: UnknownFields::Accept, ..one_by_one() });
    let body = change(general(1), &[("/extra", json!(1)), ("/requests/0/extra", json!(1))]);
    assert_eq!(story.create(&body).0, 201);
}

#[test]
fn a_batch_has_one_to_a_thousand_items() {
    assert_eq!(verdict(&general(1000)), "");
    assert_eq!(verdict(&general(1001)), "400 invalid requests");
    let story = Story::new(Options { max_items: 2, ..one_by_one() });
    assert_eq!(story.create(&general(3)).0, 400);
    assert_eq!(story.create(&general(2)).0, 201);
}

#[test]
fn videos_are_assets() {
    check(
        &general(2),
        &[
            ("/requests/1/video", Value::Null, "400 not_provided requests[1].video"),
            ("/requests/1/video", json!("x"), "400 invalid requests[1].video"),
            ("/requests/1/video/type", Value::Null, "400 not_provided requests[1].video.type"),
            ("/requests/1/video/type", json!("url"), "400 invalid requests[1].video.type"),
            ("/requests/1/video/asset_id", Value::Null, "400 not_provided requests[1].video.asset_id"),
            ("/requests/1/video/asset_id", json!("6a"), "400 invalid requests[1].video.asset_id"),
            ("/requests/1/video/asset_id", json!(7), "400 invalid requests[1].video.asset_id"),
            ("/requests/1/video/asset_id", json!("g".repeat(24)), "400 invalid requests[1].video.asset_id"),
            ("/requests/1/video/asset_id", json!("A".repeat(24)), ""),
            ("/requests/1/video/url", json!("https://x"), "400 unknown requests[1].video.url"),
        ],
    );
}

#[test]
fn custom_ids_are_short_plain_and_unique() {
    let place = "/requests/1/custom_id";
    let refused = "400 invalid requests[1].custom_id";
    check(
        &general(2),
        &[
            (place, json!(""), refused),
            (place, json!("a".repeat(64)), ""),
            (place, json!("a".repeat(65)), refused),
            (place, json!("AZaz09_-"), ""),
            (place, json!("a b"), refused),
            (place, json!("a.b"), refused),
            (place, json!("é"), refused),
            (place, json!(1), refused),
            (place, json!("item-0"), refused),
            (place, json!("Item-0"), ""),
            (place, Value::Null, ""),
        ],
    );
}

#[test]
fn numbers_stay_within_their_bounds() {
    for (place, name) in [("/defaults", "defaults"), ("/requests/0", "requests[0]")] {
        let at = |field: &str, value: Value, mode: &str| {
            let body = if mode == "general" { general(1) } else { segmenting(1) };
            verdict(&change(body, &[(&format!("{place}/{field}"), value)]))
        };
        let no = |field: &str| format!("400 invalid {name}.{field}");
        for (field, mode, good, bad) in [
            (
                "temperature",
                "general",
                vec![json!(0), json!(1), json!(0.5)],
                vec![json!(-0.01), json!(1.01), json!("0")],
            ),
            (
                "max_tokens",
                "general",
                vec![json!(512), json!(98_304), json!(1024.0)],
                vec![
                    json!(511),
                    json!(98_305),
                    json!(1024.5),
                    json!("unlimited"),
                    json!(true),
                    json!(-600),
                    json!(1e300),
                ],
            ),
            ("max_tokens", "segments", vec![json!(2048), json!(98_304)], vec![json!(2047), json!(98_305)]),
            (
                "min_segment_duration",
                "segments",
                vec![json!(2), json!(2.5)],
                vec![json!(1.99), json!("2"), json!(-3)],
            ),
            ("max_segment_duration", "segments", vec![json!(2)], vec![json!(1.99)]),
            ("min_segment_duration", "general", vec![], vec![json!(2)]),
            ("max_segment_duration", "general", vec![], vec![json!(2)]),
            ("start_time", "general", vec![json!(0), json!(299)], vec![json!(-1), json!("0")]),
            (
                "end_time",
                "general",
                vec![json!(1), json!(7200), json!(9000)],
                vec![json!(0), json!(0.5), json!(-1)],
            ),
        ] {
            for value in good {
                assert_eq!(at(field, value.clone(), mode), "", "{name}.{field} = {value}");
            }
            for value in bad {
                assert_eq!(at(field, value.clone(), mode), no(field), "{name}.{field} = {value}");
            }
        }
    }
}

#[test]
fn windows_have_at_least_a_second() {
    let window = |start: f64, end: f64| {
        verdict(&change(
            general(1),
            &[("/requests/0/start_time", json!(start)), ("/requests/0/end_time", json!(end))],
        ))
    };
    assert_eq!(window(10.0, 11.0), "");
    assert_eq!(window(10.0, 10.9), "400 invalid requests[0].end_time");
    assert_eq!(window(10.0, 10.0), "400 invalid requests[0].end_time");
    assert_eq!(window(10.0, 5.0), "400 invalid requests[0].end_time");
    let from_default =
        change(general(1), &[("/defaults/end_time", json!(5)), ("/requests/0/start_time", json!(5))]);
    assert_eq!(verdict(&from_default), "400 invalid defaults.end_time");
}

#[test]
fn windows_fit_the_registered_video() {
    let story = Story::new(one_by_one());
    story.api.add_asset(Asset { duration: 100.0, ..Asset::new(asset(0)) }).unwrap();
    let create =
        |start: f64| story.create(&change(general(1), &[("/requests/0/start_time", json!(start))])).0;
    assert_eq!(create(99.0), 201);
    assert_eq!(create(99.5), 400);
    assert_eq!(create(200.0), 400);
    assert_eq!(story.create(&change(general(1), &[("/requests/0/end_time", json!(500))])).0, 201);
}

#[test]
fn the_longest_segment_is_not_shorter_than_the_shortest() {
    let durations = |min: f64, max: f64| {
        let places = [
            ("/defaults/min_segment_duration", json!(min)),
            ("/requests/0/max_segment_duration", json!(max)),
        ];
        verdict(&change(segmenting(1), &places))
    };
    assert_eq!(durations(5.0, 5.0), "");
    assert_eq!(durations(5.0, 4.9), "400 invalid requests[0].max_segment_duration");
}

#[test]
fn a_batch_has_at_most_two_thousand_hours() {
    let hours = |duration: f64| {
        let story = Story::new(Options { asset_duration: duration, max_hours: 10.0, ..one_by_one() });
        story.create(&general(10)).0
    };
    assert_eq!(hours(3600.0), 201);
    assert_eq!(hours(3601.0), 400);
}

#[test]
fn each_mode_has_its_fields() {
    assert_eq!(
        verdict(&change(segmenting(1), &[("/defaults/prompt", json!({"input_text": "x"}))])),
        "400 invalid defaults.prompt"
    );
    assert_eq!(
        verdict(&change(segmenting(1), &[("/requests/0/prompt", json!({"input_text": "x"}))])),
        "400 invalid requests[0].prompt"
    );
    assert_eq!(
        verdict(&change(segmenting(1), &[("/defaults/response_format", Value::Null)])),
        "400 not_provided requests[0].response_format"
    );
    let schema = json!({"type": "json_schema", "json_schema": {"type": "object"}});
    assert_eq!(verdict(&change(general(1), &[("/defaults/response_format", schema.clone())])), "");
    assert_eq!(
        verdict(&change(segmenting(1), &[("/defaults/response_format", schema)])),
        "400 invalid defaults.response_format.type"
    );
    let segments = segmenting(1)["defaults"]["response_format"].clone();
    assert_eq!(
        verdict(&change(general(1), &[("/requests/0/response_format", segments)])),
        "400 invalid requests[0].response_format.type"
    );
}

#[test]
fn images_have_at_most_32_megabytes() {
    let story = Story::new(one_by_one());
    let create = |bytes: usize| {
        let mut image = "A".repeat(bytes.div_ceil(3) * 4);
        image.truncate((bytes * 4).div_ceil(3));
        let image = json!({"name": "logo", "media_type": "image", "base64_string": image});
        story.create(&change(general(1), &[("/defaults/prompt/media_sources", json!([image]))])).0
    };
    assert_eq!(create(32 * 1024 * 1024), 201);
    assert_eq!(create(32 * 1024 * 1024 + 1), 400);
}

#[test]
fn prompts_are_objects_with_a_text() {
    let image = json!({"name": "logo", "media_type": "image", "url": "https://example.com/logo.png"});
    let with = |field: &str, value: Value| change(json!([image]), &[(&format!("/0/{field}"), value)]);
    let sources = "/defaults/prompt/media_sources";
    let at = "defaults.prompt.media_sources";
    check(
        &general(1),
        &[
            ("/defaults/prompt", json!("Sum up."), "400 invalid defaults.prompt"),
            ("/defaults/prompt", json!({}), "400 not_provided defaults.prompt.input_text"),
            ("/defaults/prompt/input_text", json!(1), "400 invalid defaults.prompt.input_text"),
            ("/defaults/prompt/text", json!("x"), "400 unknown defaults.prompt.text"),
            (sources, json!([image, image, image, image]), ""),
            (sources, json!([image, image, image, image, image]), &format!("400 invalid {at}")),
            (sources, with("name", Value::Null), &format!("400 not_provided {at}[0].name")),
            (sources, with("media_type", Value::Null), &format!("400 not_provided {at}[0].media_type")),
            (sources, with("media_type", json!("video")), &format!("400 invalid {at}[0].media_type")),
            (sources, with("url", Value::Null), &format!("400 invalid {at}[0].url")),
            (sources, with("url", json!("http://example.com/logo.png")), &format!("400 invalid {at}[0].url")),
            (sources, with("asset_id", json!(asset(1))), &format!("400 invalid {at}[0].asset_id")),
            (sources, with("base64_string", json!("AA==")), &format!("400 invalid {at}[0].base64_string")),
        ],
    );
}
