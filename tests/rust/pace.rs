//! When a batch that is waited for is looked at again.

#![allow(clippy::unchecked_time_subtraction)] // time that went back would fail the test

use std::time::Duration;

use proptest::prelude::*;
use twelvelabs_batches::retry::{
    Backoff, Expiry, FIRST_PAUSE, GRACE, LONGEST_PAUSE, Lull, PATIENCE, Pace, Turn, WaitEnd,
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn pace(interval: Option<Duration>) -> Pace {
    Pace { interval, backoff: Backoff::default() }
}

fn lull(waited: Duration, expiry: Expiry) -> Lull {
    Lull {
        waited,
        expiry: Some(expiry),
        left: None,
        failures: 0,
        wish: None,
        silence: Duration::ZERO,
        random: 0.5,
    }
}

/// Looks at a batch that never ends: when each look was, and why it ended.
fn watch(pace: Pace, expires: Duration, mut random: impl FnMut() -> f64) -> (Vec<Duration>, WaitEnd) {
    let (mut looks, mut now) = (vec![Duration::ZERO], Duration::ZERO);
    loop {
        let expiry = match expires.checked_sub(now) {
            Some(time) if !time.is_zero() => Expiry::In(time),
            _ => Expiry::Since(now - expires),
        };
        match pace.decide(&Lull { random: random(), ..lull(now, expiry) }) {
            Turn::Pause(pause) => now += pause,
            Turn::Stop(end) => return (looks, end),
        }
        assert!(looks.len() < 10_000, "there is no end to it");
        looks.push(now);
    }
}

/// The platform tells its time in whole seconds: a moment before the expiry is no time to look.
fn is_right_after(look: Duration, expires: Duration) -> bool {
    (expires..expires + FIRST_PAUSE).contains(&look)
}

/// The bound that the documentation states.
#[test]
fn a_day_takes_at_most_1600_looks() {
    for random in [0.0, 0.3, 1.0] {
        let (looks, end) = watch(pace(None), DAY, || random);
        let until_expiry = looks.iter().filter(|look| **look <= DAY).count();
        assert!(until_expiry <= 1600, "{until_expiry} looks");
        assert!(looks.len() <= until_expiry + 100, "{} looks after the expiry", looks.len() - until_expiry);
        assert_eq!(end, WaitEnd::Overdue);
        assert!(looks.iter().any(|look| is_right_after(*look, DAY)), "one look is right at the expiry");
        assert_eq!(looks.last(), Some(&(DAY + GRACE)));
    }
}

#[test]
fn it_is_quick_at_first_and_less_often_later() {
    let quick = pace(None).decide(&lull(Duration::ZERO, Expiry::In(DAY)));
    let later = pace(None).decide(&lull(Duration::from_secs(600), Expiry::In(DAY)));
    assert!(matches!(quick, Turn::Pause(pause) if pause >= FIRST_PAUSE && pause <= FIRST_PAUSE.mul_f64(1.1)));
    assert!(matches!(later, Turn::Pause(pause) if (30.0..=33.0).contains(&pause.as_secs_f64())));
}

#[test]
fn a_given_interval_stays_the_same_until_the_expiry() {
    let hour = Duration::from_secs(3600);
    let (looks, end) = watch(pace(Some(hour)), DAY - hour / 2, || 0.5);
    assert_eq!(looks[..24], (0..24).map(|number| hour * number).collect::<Vec<_>>());
    assert_eq!(looks[24], DAY - hour / 2);
    assert_eq!(end, WaitEnd::Overdue);
    assert!(looks.len() < 24 + 100, "then it is looked at as at the beginning");
}

#[test]
fn the_last_look_is_shortly_before_the_deadline() {
    let left = Some(Duration::from_secs(20));
    let waited = lull(Duration::from_secs(3600), Expiry::In(DAY));
    assert_eq!(pace(None).decide(&Lull { left, ..waited }), Turn::Pause(Duration::from_secs(19)));
    let left = Some(Duration::from_millis(900));
    assert_eq!(pace(None).decide(&Lull { left, ..waited }), Turn::Pause(Duration::from_millis(900)));
    let left = Some(Duration::ZERO);
    assert_eq!(pace(None).decide(&Lull { left, ..waited }), Turn::Stop(WaitEnd::Deadline));
}

#[test]
fn a_long_interval_does_not_pass_over_the_deadline() {
    let waited = lull(Duration::from_secs(7200), Expiry::In(DAY));
    let left = Some(Duration::from_secs(1800));
    let hourly = pace(Some(Duration::from_secs(3600)));
    assert_eq!(hourly.decide(&Lull { left, ..waited }), Turn::Pause(Duration::from_secs(1799)));
    let left = Some(Duration::from_secs(1));
    assert_eq!(hourly.decide(&Lull { left, ..waited }), Turn::Pause(Duration::from_secs(1)));
}

#[test]
fn what_failed_is_looked_at_again_soon_however_seldom_it_is_otherwise() {
    let hourly = pace(Some(Duration::from_secs(4 * 3600)));
    let waited = lull(DAY / 2, Expiry::In(DAY));
    assert_eq!(hourly.decide(&Lull { failures: 1, ..waited }), Turn::Pause(LONGEST_PAUSE));
    assert_eq!(hourly.decide(&waited), Turn::Pause(Duration::from_secs(4 * 3600)));
}

#[test]
fn the_last_moment_before_the_expiry_is_not_looked_at_over_and_over() {
    for interval in [None, Some(Duration::from_secs(30))] {
        let waited = lull(DAY, Expiry::In(Duration::from_millis(1)));
        assert_eq!(pace(interval).decide(&waited), Turn::Pause(FIRST_PAUSE));
    }
    let often = pace(Some(Duration::from_millis(10)));
    let waited = lull(DAY, Expiry::In(Duration::from_millis(1)));
    assert_eq!(often.decide(&waited), Turn::Pause(Duration::from_millis(10)), "that was asked for");
}

#[test]
fn failures_make_pauses_longer_and_are_borne_for_an_hour() {
    let begun = lull(Duration::from_secs(1), Expiry::In(DAY));
    let pauses: Vec<_> = (1..9)
        .map(|failures| match pace(None).decide(&Lull { failures, ..begun }) {
            Turn::Pause(pause) => pause.as_secs(),
            Turn::Stop(end) => panic!("{end:?}"),
        })
        .collect();
    assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
    let silent = Lull { failures: 9, silence: PATIENCE, ..begun };
    assert_eq!(pace(None).decide(&silent), Turn::Stop(WaitEnd::Silence));
    assert!(matches!(pace(None).decide(&Lull { failures: 0, ..silent }), Turn::Pause(_)));
}

#[test]
fn what_the_platform_asks_for_counts() {
    let wish = Some(Duration::from_secs(300));
    let near = lull(Duration::from_secs(1), Expiry::In(Duration::from_secs(10)));
    let asked = Lull { failures: 1, wish, ..near };
    assert_eq!(pace(None).decide(&asked), Turn::Pause(Duration::from_secs(300)));
    let left = Some(Duration::from_secs(30));
    assert_eq!(pace(None).decide(&Lull { left, ..asked }), Turn::Pause(Duration::from_secs(30)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_draw_makes_more_looks(seed in any::<u64>(), expires in 1_u64..90_000) {
        let mut random = fastrand::Rng::with_seed(seed);
        let (looks, _) = watch(pace(None), Duration::from_secs(expires), || random.f64());
        prop_assert!(looks.len() <= 1700);
        let expires = Duration::from_secs(expires);
        prop_assert!(looks.iter().any(|look| is_right_after(*look, expires)));
    }

    #[test]
    fn pauses_stay_within_their_bounds(
        waited in 0_u64..200_000,
        until in 0_u64..100_000_000,
        has_expired in any::<bool>(),
        left in prop::option::of(0_u64..100_000_000),
        interval in prop::option::of(1_u64..10_000_000),
        failures in 0_u32..100,
        wish in prop::option::of(0_u64..100_000),
        silence in 0_u64..4000,
        random in -1.0..2.0,
    ) {
        let until = Duration::from_millis(until);
        let expiry = if has_expired { Expiry::Since(until) } else { Expiry::In(until) };
        let lull = Lull {
            waited: Duration::from_secs(waited),
            expiry: Some(expiry),
            left: left.map(Duration::from_millis),
            failures,
            wish: wish.map(Duration::from_secs),
            silence: Duration::from_secs(silence),
            random,
        };
        let interval = interval.map(Duration::from_millis);
        match pace(interval).decide(&lull) {
            Turn::Pause(pause) => {
                let usual = interval.unwrap_or(LONGEST_PAUSE).max(LONGEST_PAUSE);
                prop_assert!(pause <= usual.mul_f64(1.1).max(lull.wish.unwrap_or_default()));
                prop_assert!(lull.left.is_none_or(|left| pause <= left));
                if let (Expiry::In(time), None) = (expiry, lull.wish) {
                    prop_assert!(pause <= time.max(FIRST_PAUSE), "past the expiry");
                }
                if let Some(wish) = lull.wish {
                    prop_assert!(pause >= wish.min(PATIENCE).min(lull.left.unwrap_or(PATIENCE)));
                }
                prop_assert!(failures == 0 || lull.silence < PATIENCE);
            }
            Turn::Stop(WaitEnd::Deadline) => prop_assert_eq!(lull.left, Some(Duration::ZERO)),
            Turn::Stop(WaitEnd::Overdue) => prop_assert!(failures == 0 && has_expired && until >= GRACE),
            Turn::Stop(WaitEnd::Silence) => prop_assert!(failures > 0 && lull.silence >= PATIENCE),
        }
    }
}
