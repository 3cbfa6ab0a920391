//! What a run decides without asking anybody: what is done next, what goes together, what is believed, and
//! what costs too much.

use std::fmt::Write as _;
use std::time::Duration;

use proptest::prelude::*;
use twelvelabs_batches::runs::{
    Ended, Guards, Input, Judgement, Left, Limits, Move, Price, Quota, Settling, Situation, Spent, Stop,
    Weight, judge, next_batch, next_move, settle,
};

fn light(count: usize) -> Vec<Weight> {
    vec![Weight { bytes: 10, seconds: None }; count]
}

fn of(items: usize) -> Limits {
    Limits { items, ..Limits::default() }
}

#[test]
fn batches_are_about_equal() {
    let plan = |count: usize, most: usize| {
        let (mut left, mut sizes) = (count, Vec::new());
        while let Some(size) = next_batch(left, light(left), Left::Nothing, &of(most)) {
            sizes.push(size);
            left -= size;
        }
        assert_eq!(left, 0);
        sizes
    };
    assert_eq!(plan(2500, 1000), [834, 833, 833]);
    assert_eq!(plan(1000, 1000), [1000]);
    assert_eq!(plan(1001, 1000), [501, 500]);
    assert_eq!(plan(1, 1000), [1]);
    assert_eq!(plan(0, 1000), [0; 0]);
    assert_eq!(plan(3, 0), [1, 1, 1], "no batch is smaller than one item");
}

#[test]
fn with_an_unknown_rest_two_batches_are_waited_for() {
    for (at_hand, expected) in [(0, None), (9, None), (10, None), (19, None), (20, Some(10)), (25, Some(10))]
    {
        assert_eq!(next_batch(at_hand, light(at_hand), Left::Unknown, &of(10)), expected, "{at_hand}");
    }
    assert_eq!(next_batch(4, light(4), Left::Known(3), &of(10)), None, "there is a batch of seven");
    assert_eq!(next_batch(7, light(7), Left::Known(0), &of(10)), Some(7));
    assert_eq!(next_batch(3, light(3), Left::Known(u64::MAX), &of(3)), Some(3));
}

#[test]
fn a_batch_is_no_heavier_than_allowed_unless_it_is_one_item() {
    let limits = Limits { items: 10, bytes: 100, seconds: 60.0 };
    let next = |weights: &[Weight]| next_batch(weights.len(), weights.to_vec(), Left::Nothing, &limits);
    let weight = |bytes, seconds| Weight { bytes, seconds };
    assert_eq!(next(&[weight(49, None); 3]), Some(2), "with a byte between them");
    assert_eq!(next(&[weight(50, None); 3]), Some(1));
    assert_eq!(next(&[weight(1, Some(30.0)); 3]), Some(2));
    assert_eq!(next(&[weight(1, Some(30.1)); 3]), Some(1));
    assert_eq!(next(&[weight(1000, Some(1e6)), weight(1, None)]), Some(1), "the platform judges it");
}

fn weights() -> impl Strategy<Value = Vec<Weight>> {
    let weight = (1..60_usize, proptest::option::of(0.0..40.0_f64))
        .prop_map(|(bytes, seconds)| Weight { bytes, seconds });
    proptest::collection::vec(weight, 0..120)
}

/// Reads and submits as a run does: at most two batches are read ahead.
fn submit_all(weights: &[Weight], limits: &Limits, is_length_known: bool) -> Vec<usize> {
    let (mut read, mut placed, mut sizes) = (0, 0, Vec::new());
    loop {
        let left = match weights.len() - read {
            0 => Left::Nothing,
            rest if is_length_known => Left::Known(rest as u64),
            _ => Left::Unknown,
        };
        let at_hand = weights[placed..read].iter().copied();
        if let Some(size) = next_batch(read - placed, at_hand, left, limits) {
            placed += size;
            sizes.push(size);
        } else if read < weights.len() {
            assert!(read - placed < limits.items * 2, "it holds back no more than two batches");
            read += 1;
        } else {
            assert_eq!(placed, weights.len(), "all items come into a batch");
            return sizes;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_item_comes_into_a_batch_that_is_no_larger_than_allowed(
        weights in weights(), items in 1..20_usize, bytes in 30..300_usize, seconds in 20.0..200.0_f64,
        is_length_known: bool,
    ) {
        let limits = Limits { items, bytes, seconds };
        let mut start = 0;
        for size in submit_all(&weights, &limits, is_length_known) {
            let batch = &weights[start..start + size];
            start += size;
            let bytes: usize = batch.iter().map(|weight| weight.bytes + 1).sum();
            let seconds: f64 = batch.iter().filter_map(|weight| weight.seconds).sum();
            prop_assert!((1..=items).contains(&size));
            prop_assert!(size == 1 || bytes <= limits.bytes && seconds <= limits.seconds);
        }
    }

    #[test]
    fn batches_of_a_known_number_of_items_differ_by_one_at_most(
        count in 0..400_usize, most in 1..50_usize, is_length_known: bool,
    ) {
        let sizes = submit_all(&light(count), &of(most), is_length_known);
        prop_assert_eq!(sizes.len(), count.div_ceil(most), "there are no more than needed");
        let (least, largest) = (sizes.iter().min().unwrap_or(&0), sizes.iter().max().unwrap_or(&0));
        if is_length_known {
            prop_assert!(largest - least <= 1, "{:?}", sizes);
        } else {
            // All are full but those that the rest was shared out among when it was known.
            let full = sizes.iter().take_while(|size| **size == most).count();
            let rest = &sizes[full..];
            prop_assert!(rest.len() <= 2, "{:?}", sizes);
            prop_assert!(rest.iter().max().unwrap_or(&0) - rest.iter().min().unwrap_or(&0) <= 1, "{:?}", sizes);
        }
    }

    #[test]
    fn a_run_makes_no_move_that_it_must_not(now in situation()) {
        let made = next_move(&now);
        let may_submit = !now.is_stopped && !now.is_busy && now.own < now.max_active;
        let is_reading = now.input == Input::More && now.waiting < now.ahead && !now.is_stopped;
        match made {
            Move::HandOver => prop_assert!(now.has_outcomes),
            Move::Ask => prop_assert!(now.must_ask),
            Move::Count => prop_assert!(may_submit && now.quota == Quota::Unknown && now.next.is_some()),
            Move::Submit(size) => {
                prop_assert!(may_submit && now.quota == Quota::Room && now.next == Some(size));
            }
            Move::Read => prop_assert!(is_reading),
            Move::Wait => {
                let is_under_way = now.own > 0 || now.is_busy || now.is_looking;
                prop_assert!(is_under_way || now.quota == Quota::Full, "it waits for nothing");
            }
            Move::End => {
                prop_assert!(now.own == 0 && !now.is_busy && !now.is_looking && !is_reading);
                prop_assert!(now.is_stopped || now.next.is_none(), "a batch is ready");
            }
        }
        // What has come is never held back, and nothing is decided before somebody has answered.
        prop_assert_eq!(made == Move::HandOver, now.has_outcomes);
        prop_assert_eq!(made == Move::Ask, now.must_ask && !now.has_outcomes);
    }

    #[test]
    fn a_lost_batch_is_given_up_only_when_it_is_old(
        has_match: bool, age in 0..200_000_u64, looks in 0..40_u32, certain_after in 0..100_000_u64,
    ) {
        let (age, certain_after) = (Duration::from_millis(age), Duration::from_millis(certain_after));
        match settle(has_match, age, looks, certain_after) {
            Settling::Adopt => prop_assert!(has_match),
            Settling::Nothing => prop_assert!(!has_match && age >= certain_after),
            Settling::LookAfter(pause) => {
                prop_assert!(!has_match && age < certain_after);
                prop_assert!(!pause.is_zero() && age + pause <= certain_after, "the last look is at the end");
                prop_assert!(pause <= (certain_after / 6).max(Duration::from_millis(1)), "and there are several");
            }
        }
    }
}

fn situation() -> impl Strategy<Value = Situation> {
    let flags = proptest::array::uniform5(any::<bool>());
    let quota = prop_oneof![Just(Quota::Unknown), Just(Quota::Room), Just(Quota::Full)];
    let input = prop_oneof![Just(Input::More), Just(Input::Ended)];
    let numbers = (0..12_usize, 1..12_usize, proptest::option::of(1..5_usize), 0..6_usize, 1..=5_usize);
    (flags, quota, input, numbers).prop_map(
        |(flags, quota, input, (waiting, ahead, next, own, max_active))| {
            let [has_outcomes, is_busy, is_looking, must_ask, is_stopped] = flags;
            Situation {
                has_outcomes,
                input,
                waiting,
                ahead,
                next,
                own,
                max_active,
                is_busy,
                is_looking,
                quota,
                must_ask,
                is_stopped,
            }
        },
    )
}

#[test]
fn pauses_between_looks_grow_up_to_a_sixth() {
    let minute = Duration::from_secs(60);
    let pause = |looks| settle(false, Duration::ZERO, looks, minute);
    let expected = [500, 1000, 2000, 4000, 8000, 10_000, 10_000];
    for (looks, milliseconds) in (0..).zip(expected) {
        assert_eq!(pause(looks), Settling::LookAfter(Duration::from_millis(milliseconds)), "{looks}");
    }
    assert_eq!(settle(false, minute, 0, minute), Settling::Nothing);
    assert_eq!(settle(true, minute * 9, 0, minute), Settling::Adopt, "however late it is found");
}

/// Words that the table of judgements knows, one that it does not, and none.
const CODES: &[Option<&str>] = &[
    None,
    Some("a_word_of_tomorrow"),
    Some("internal_server_error"),
    Some("asset_unavailable"),
    Some("asset_not_ready"),
    Some("asset_not_found"),
    Some("resource_not_exist"),
    Some("batch_expired"),
    Some("batch_processing_timeout"),
    Some("user_canceled"),
    Some("batch_canceled"),
    Some("video_duration_too_long"),
    Some("video_duration_too_short"),
    Some("video_resolution_too_low"),
    Some("video_resolution_too_high"),
    Some("video_file_broken"),
    Some("unsupported_media_type"),
    Some("parameter_invalid"),
    Some("parameter_not_provided"),
    Some("parameter_unknown"),
    Some("token_limit_exceeded"),
    Some("content_policy_violation"),
    Some("batch_not_found"),
];

#[test]
fn the_judgement_of_every_way_to_end() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/judgements.txt");
    let mut text = String::new();
    for ended in Ended::ALL {
        writeln!(text, "{}, with an attempt left:", ended.word()).unwrap();
        for code in CODES {
            let word = match judge(ended, *code, 1, 2) {
                Judgement::Final => "final",
                Judgement::Again => "again",
                Judgement::AgainIfReady => "again if its asset is ready",
            };
            writeln!(text, "    {}: {word}", code.unwrap_or("no code")).unwrap();
            assert_eq!(judge(ended, *code, 2, 2), Judgement::Final, "no attempt is left");
            assert_eq!(judge(ended, *code, 1, 0), Judgement::Final, "a canceled run makes none");
        }
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(path).unwrap(), "UPDATE_GOLDEN=1 writes the file anew");
}

#[test]
fn guards_stop_what_is_more_than_they_allow() {
    let spent = |items, seconds, billed_seconds| Spent { items, seconds, billed_seconds, unknown: 0 };
    let price = Price { hour: 2.0, ..Price::default() };
    let none = Guards::default();
    assert_eq!(none.allow(&spent(u64::MAX, 1e12, 1e12), Some(&price)), None);
    let items = Guards { max_items: Some(3), ..none };
    assert_eq!(items.allow(&spent(3, 0.0, 0.0), None), None);
    assert_eq!(items.allow(&spent(4, 0.0, 0.0), None), Some(Stop::Items(3)));
    let hours = Guards { max_hours: Some(1.5), ..none };
    assert_eq!(hours.allow(&spent(9, 5400.0, 1e9), None), None);
    assert_eq!(hours.allow(&spent(9, 5401.0, 0.0), None), Some(Stop::Hours(1.5)));
    let cost = Guards { max_cost: Some(3.0), ..none };
    assert_eq!(cost.allow(&spent(9, 1.0, 5400.0), Some(&price)), None);
    assert_eq!(cost.allow(&spent(9, 1.0, 5401.0), Some(&price)), Some(Stop::Cost(3.0)), "definitions count");
    assert_eq!(cost.allow(&spent(9, 1e9, 1e9), None), None, "without a price nothing has a cost");
    let all = Guards { max_items: Some(0), max_hours: Some(0.0), max_cost: Some(0.0), ..none };
    assert_eq!(all.allow(&spent(1, 1.0, 1.0), Some(&price)), Some(Stop::Items(0)), "the first one tells");
    assert_eq!(all.allow(&Spent::default(), Some(&price)), None);
}

#[test]
fn a_share_of_failures_says_something_after_twenty_outcomes() {
    let half = Guards { max_failed_share: Some(0.5), ..Guards::default() };
    for (failed, ended, stops) in
        [(19, 19, false), (20, 20, true), (10, 20, false), (11, 20, true), (0, 0, false)]
    {
        let expected = stops.then_some(Stop::Failures(failed, ended));
        assert_eq!(half.judge_failures(failed, ended), expected, "{failed} of {ended}");
    }
    let never = Guards { max_failed_share: Some(0.0), ..Guards::default() };
    assert_eq!(never.judge_failures(1, 1000), Some(Stop::Failures(1, 1000)));
    assert_eq!(Guards::default().judge_failures(1000, 1000), None);
}

#[test]
fn what_is_spent_adds_up() {
    let spent = Spent::default().and(Some(60.0), 0).and(Some(30.0), 3).and(None, 2);
    assert_eq!(spent, Spent { items: 3, seconds: 90.0, billed_seconds: 150.0, unknown: 1 });
    let price = Price { hour: 24.0, ..Price::default() };
    assert!((spent.cost(&price) - 1.0).abs() < 1e-9);
}
