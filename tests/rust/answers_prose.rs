//! Answers in prose, and what holds for answers of every kind.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use twelvelabs_batches::emulator::answers::{Ask, Mode, answer};

fn ask(prompt: Option<&str>, window: (f64, f64)) -> Ask<'_> {
    Ask {
        mode: Mode::General,
        prompt,
        response_format: None,
        max_tokens: 4096,
        window,
        min_segment_duration: None,
        max_segment_duration: None,
        output_tokens: None,
    }
}

/// The times that a text names, in seconds.
fn named_times(text: &str) -> Vec<f64> {
    text.split(|character: char| !character.is_ascii_digit() && character != ':')
        .filter(|part| part.contains(':') && part.len() > 3)
        .map(|part| part.split(':').fold(0.0, |total, part| total * 60.0 + part.parse::<f64>().unwrap()))
        .collect()
}

fn json_values() -> impl Strategy<Value = Value> {
    let keys = vec![
        "type",
        "json_schema",
        "segment_definitions",
        "segment_time_format",
        "properties",
        "required",
        "items",
        "minItems",
        "anyOf",
        "$ref",
        "$defs",
        "enum",
        "const",
        "minimum",
        "exclusiveMaximum",
        "format",
        "pattern",
        "id",
        "fields",
        "name",
        "time_ranges",
        "start_time",
        "end_time",
    ];
    let words = vec![
        "json_schema",
        "segment_definitions",
        "object",
        "array",
        "string",
        "integer",
        "number",
        "timestamp",
        "seconds",
        "hh:mm:ss",
        "#",
        "#/$defs/type",
        "#/json_schema",
        "(",
        "start_time",
        "id",
        "",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(words).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 48, 5, move |inner| {
        let key = prop::sample::select(keys.clone());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6).prop_map(|members| members
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<Value>()),
        ]
    })
}

fn odd_numbers() -> impl Strategy<Value = f64> {
    prop_oneof![any::<f64>(), 0.0..7200.0, Just(f64::NAN), Just(f64::INFINITY), Just(-1.0), Just(0.0)]
}

proptest! {
    #[test]
    fn a_wanted_length_is_kept(least in 1_u64..600, more in 0_u64..50, seed: u64) {
        let ask = Ask { output_tokens: Some((least, least + more)), ..ask(Some("Who wins?"), (0.0, 90.0)) };
        let answer = answer(&ask, seed);
        prop_assert!((least..=least + more).contains(&answer.output_tokens), "{}", answer.output_tokens);
        prop_assert_eq!(answer.output_tokens, u64::try_from(answer.text.chars().count().div_ceil(4)).unwrap());
        prop_assert_eq!(answer.finish_reason, "stop");
        prop_assert!(answer.text.ends_with('.'));
    }

    #[test]
    fn a_text_that_is_too_long_is_cut(most in 1_u64..400, over in 1_u64..4000, seed: u64) {
        let wanted = most + over;
        let long = Ask {
            output_tokens: Some((wanted, wanted)),
            max_tokens: most,
            ..ask(Some("Où est Zoë — et “pourquoi” ?"), (0.0, 90.0))
        };
        let answer = answer(&long, seed);
        prop_assert_eq!(answer.finish_reason, "length");
        prop_assert_eq!(answer.output_tokens, most);
        prop_assert_eq!(u64::try_from(answer.text.chars().count()).unwrap(), most * 4);
    }

    #[test]
    fn times_are_inside_the_window(start in 0.0..7000.0, length in 2.0..7200.0, seed: u64) {
        let window = (start, start + length);
        let long = Ask { output_tokens: Some((400, 400)), ..ask(None, window) };
        for time in named_times(&answer(&long, seed).text) {
            prop_assert!((window.0..=window.1).contains(&time), "{} is out of {:?}", time, window);
        }
    }

    #[test]
    fn nothing_makes_it_panic_and_everything_is_repeated(
        format in json_values(),
        schema in json_values(),
        definitions in prop::collection::vec(json_values(), 0..3),
        prompt in prop::option::of(any::<String>()),
        window in (odd_numbers(), odd_numbers()),
        durations in (prop::option::of(odd_numbers()), prop::option::of(odd_numbers())),
        max_tokens in prop_oneof![Just(0), Just(u64::MAX), 1_u64..100_000],
        output_tokens in prop::option::of((0_u64..9000, 0_u64..9000)),
        seed: u64,
    ) {
        let formats = [
            format,
            json!({"type": "json_schema", "json_schema": schema}),
            json!({"type": "segment_definitions", "segment_definitions": definitions}),
        ];
        for format in &formats {
            for mode in [Mode::General, Mode::TimeBasedMetadata] {
                let ask = Ask {
                    mode,
                    prompt: prompt.as_deref(),
                    response_format: Some(format),
                    max_tokens,
                    window,
                    min_segment_duration: durations.0,
                    max_segment_duration: durations.1,
                    output_tokens,
                };
                let first = answer(&ask, seed);
                prop_assert_eq!(&first, &answer(&ask, seed));
                prop_assert!(first.output_tokens >= 1);
                if mode == Mode::TimeBasedMetadata {
                    prop_assert_eq!(first.finish_reason, "stop");
                    prop_assert!(serde_json::from_str::<Value>(&first.text).unwrap().is_object());
                }
            }
        }
    }
}

#[test]
fn a_usual_answer_is_a_few_sentences() {
    for seed in 0..200 {
        let answer = answer(&ask(Some("Summarize the video."), (0.0, 600.0)), seed);
        let sentences = answer.text.matches(['.']).count();
        assert!((3..=8).contains(&sentences), "{}", answer.text);
        assert_eq!(answer.finish_reason, "stop");
        assert!(!answer.text.contains(['{', '}']), "{}", answer.text);
    }
}

#[test]
fn answers_differ_and_are_not_all_ascii() {
    let texts: Vec<String> = (0..100).map(|seed| answer(&ask(None, (0.0, 600.0)), seed).text).collect();
    let different: std::collections::HashSet<&String> = texts.iter().collect();
    assert!(different.len() > 95);
    assert!(texts.iter().filter(|text| !text.is_ascii()).count() > 50);
}

#[test]
fn times_are_named_in_order() {
    for seed in 0..100 {
        let told = Ask { output_tokens: Some((300, 300)), ..ask(None, (100.0, 7000.0)) };
        let times = named_times(&answer(&told, seed).text);
        let falls = times.windows(2).filter(|pair| pair[1] < pair[0]).count();
        assert!(falls <= 1 && times.len() > 1, "{times:?}");
    }
}

#[test]
fn words_of_the_prompt_are_picked_up() {
    let prompt = "Describe the penguins that are shown with every <@trophy> in the video";
    let told = Ask { output_tokens: Some((2000, 2000)), ..ask(Some(prompt), (0.0, 600.0)) };
    let text = answer(&told, 3).text;
    assert!(text.contains("penguins") && text.contains("trophy"), "{text}");
}

#[test]
fn the_longest_answers_are_bounded() {
    let endless =
        Ask { output_tokens: Some((u64::MAX, u64::MAX)), max_tokens: u64::MAX, ..ask(None, (0.0, 60.0)) };
    assert!(answer(&endless, 1).text.len() < 8_000_000);
}

#[test]
fn reading_costs_more_the_longer_window_and_prompt_are() {
    let tokens = |prompt, window| answer(&ask(prompt, window), 1).input_tokens;
    assert!(tokens(None, (0.0, 60.0)) < tokens(None, (0.0, 120.0)));
    assert!(tokens(None, (0.0, 60.0)) < tokens(Some("What happens?"), (0.0, 60.0)));
    assert_eq!(tokens(None, (30.0, 60.0)), tokens(None, (0.0, 30.0)));
}
