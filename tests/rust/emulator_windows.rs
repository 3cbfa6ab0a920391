//! Which seconds of a video can be asked for.

use serde_json::{Value, json};
use twelvelabs_batches::emulator::{Asset, Options};

use crate::emulator_checks::{change, verdict};
use crate::emulator_story::{Story, asset, general, one_by_one, segmenting};

fn window(start: f64, end: f64) -> Value {
    change(general(2), &[("/requests/0/start_time", json!(start)), ("/requests/0/end_time", json!(end))])
}

/// How the item with this window ends, and the other one.
fn outcomes(body: &Value, duration: Option<f64>) -> Vec<String> {
    let story = Story::new(one_by_one());
    if let Some(duration) = duration {
        story.api.add_asset(Asset { duration, ..Asset::new(asset(0)) }).unwrap();
    }
    let id = story.created(body);
    story.pass(100);
    let code = |row: &Value| row["error"]["code"].as_str().unwrap_or_default().to_owned();
    story.rows(&id).iter().map(|row| format!("{} {}", row["status"].as_str().unwrap(), code(row))).collect()
}

const LONG: [&str; 2] = ["failed video_duration_too_long", "ready "];
const FINE: [&str; 2] = ["ready ", "ready "];

#[test]
fn only_the_item_with_a_window_over_two_hours_fails() {
    assert_eq!(outcomes(&window(0.0, 7200.0), None), FINE);
    assert_eq!(outcomes(&window(0.0, 7200.01), None), LONG);
    assert_eq!(outcomes(&window(7000.0, 14_200.0), Some(14_400.0)), FINE);
    assert_eq!(outcomes(&window(7000.0, 14_200.5), Some(14_400.0)), LONG);
    // The window of an item that names none is its video.
    assert_eq!(outcomes(&general(2), Some(7200.0)), FINE);
    assert_eq!(outcomes(&general(2), Some(7201.0)), LONG);
    // The end of a window can be after the end of its video.
    assert_eq!(outcomes(&window(0.0, 9000.0), Some(7200.0)), FINE);
}

#[test]
fn a_video_has_up_to_four_hours() {
    assert_eq!(outcomes(&window(0.0, 60.0), Some(14_400.0)), FINE);
    assert_eq!(outcomes(&window(0.0, 60.0), Some(14_401.0)), LONG);
}

#[test]
fn all_items_can_fail() {
    let story = Story::new(one_by_one());
    let id = story.created(&change(general(2), &[("/defaults/end_time", json!(8000))]));
    story.pass(20);
    assert_eq!(story.summary(&id), "completed 0 0 0 2 0");
}

#[test]
fn a_far_window_is_no_matter_of_hours() {
    let story = Story::new(Options { max_hours: 1.0, ..one_by_one() });
    assert_eq!(story.create(&window(1e9, 1e9 + 2.0)).0, 201);
}

#[test]
fn decimal_fractions_are_taken_as_written() {
    assert_eq!(verdict(&window(5.1, 6.1)), "");
    assert_eq!(verdict(&window(16.1, 17.1)), "");
    assert_eq!(verdict(&window(16.1, 17.099)), "400 invalid requests[0].end_time");
    let range = |start: f64, end: f64| {
        let ranges = json!([{"start_time": start, "end_time": end}]);
        let place = "/defaults/response_format/segment_definitions/0/time_ranges";
        verdict(&change(segmenting(1), &[(place, ranges)]))
    };
    assert_eq!(range(5.1 - 2.0, 5.1), "");
    assert_eq!(range(3.1, 5.1), "");
    assert!(range(3.1, 5.099).starts_with("400 "));
    assert_eq!(outcomes(&window(0.7, 7200.7), None), FINE);
}

#[test]
fn what_a_default_lacks_an_item_can_set_right() {
    let body = change(general(1), &[("/defaults/start_time", json!(50)), ("/defaults/end_time", json!(40))]);
    assert_eq!(verdict(&body), "400 invalid defaults.end_time");
    assert_eq!(verdict(&change(body.clone(), &[("/requests/0/end_time", json!(51))])), "");
    assert_eq!(verdict(&change(body, &[("/requests/0/start_time", json!(39))])), "");
    let places = [("/defaults/min_segment_duration", json!(9)), ("/defaults/max_segment_duration", json!(8))];
    let body = change(segmenting(1), &places);
    assert_eq!(verdict(&body), "400 invalid defaults.max_segment_duration");
    assert_eq!(verdict(&change(body, &[("/requests/0/max_segment_duration", json!(9))])), "");
}
