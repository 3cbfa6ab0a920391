//! Decisions about trying again.

use std::time::Duration;

use twelvelabs_batches::retry::{Backoff, Failure, Verb, may_repeat, retry_after};

#[test]
fn a_create_is_repeated_only_when_certainly_nothing_was_made() {
    let repeated: Vec<Failure> = [Failure::NotSent, Failure::Unanswered]
        .into_iter()
        .chain((300..600).map(Failure::Status))
        .filter(|failure| may_repeat(Verb::Create, *failure))
        .collect();
    assert_eq!(repeated, [Failure::NotSent, Failure::Status(429)]);
}

#[test]
fn other_verbs_are_repeated_after_passing_faults_and_never_after_refusals() {
    for verb in Verb::ALL.into_iter().filter(|verb| *verb != Verb::Create) {
        let statuses: Vec<u16> =
            (300..600).filter(|status| may_repeat(verb, Failure::Status(*status))).collect();
        assert_eq!(statuses, [408, 429, 500, 502, 503, 504], "{verb:?}");
        assert!(may_repeat(verb, Failure::NotSent) && may_repeat(verb, Failure::Unanswered), "{verb:?}");
    }
}

#[test]
fn waits_double_up_to_a_bound_with_full_jitter() {
    let backoff = Backoff { base: Duration::from_secs(1), longest: Duration::from_secs(5) };
    let longest: Vec<u64> = (1..6).map(|retry| backoff.wait(retry, 1.0).as_secs()).collect();
    assert_eq!(longest, [1, 2, 4, 5, 5]);
    assert_eq!(backoff.wait(3, 0.0), Duration::ZERO);
    assert_eq!(backoff.wait(3, 0.5), Duration::from_secs(2));
    assert_eq!(backoff.wait(u32::MAX, 1.0), Duration::from_secs(5));
}

#[test]
fn wishes_of_the_platform_are_read_in_every_form() {
    let now: jiff::Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
    let cases = [
        ("20", Some(20.0)),
        ("0", Some(0.0)),
        (" 1.5 ", Some(1.5)),
        ("-10", None),
        ("inf", None),
        ("NaN", None),
        ("soon", None),
        ("", None),
        ("Sun, 01 Nov 2026 00:00:30 GMT", Some(30.0)),
        ("Sat, 31 Oct 2026 23:59:00 GMT", Some(0.0)),
        ("99999999999999999999999999999999999", None),
    ];
    for (value, expected) in cases {
        assert_eq!(retry_after(value, now).map(|wait| wait.as_secs_f64()), expected, "{value:?}");
    }
}
