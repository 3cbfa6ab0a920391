//! How often a batch is asked for, and how long: whole days, on a clock that is moved.

#![allow(clippy::unchecked_time_subtraction)] // time that went back would fail the test

use std::collections::BTreeSet;
use std::time::Duration;

use twelvelabs_batches::client::{CallOptions, Sight, Step, WaitOptions};
use twelvelabs_batches::emulator::Options;
use twelvelabs_batches::error::{Kind, WaitReason};
use twelvelabs_batches::models::BatchStatus;

use crate::scripted::{BATCH, client_of, row, whole};
use crate::wait_clock::{Clock, HOUR, answer_by_time, emulate, look, look_on, refuse, state, step, watch};

const DAY: Duration = Duration::from_secs(24 * 3600);
const TOMORROW: &str = "2026-11-02T00:00:00Z";
const SECOND: Duration = Duration::from_secs(1);

/// Each state is told, so that the clock can be moved after each look.
fn paced_by(poll_interval: Option<Duration>) -> WaitOptions {
    WaitOptions { poll_interval, tells_every_state: true, ..WaitOptions::default() }
}

fn results(ready: usize, total: usize) -> Vec<u8> {
    let unready = |n| format!(r#"{{"task_id": "{n:024x}", "custom_id": null, "status": "queued"}}"#);
    let rows: Vec<_> = (0..total).map(|n| if n < ready { row(n) } else { unready(n) }).collect();
    whole(rows.join("\n").as_bytes())
}

#[tokio::test]
async fn a_whole_day_takes_at_most_1600_requests() {
    let _clock = Clock::stop();
    let options = Options { item_seconds: (200_000.0, 200_000.0), ..Options::default() };
    let (world, id) = emulate(options, 3).await;
    let client = client_of(&world.server.base_url, 2);
    let mut watch = watch(&client, &id, None);
    look_on(&mut watch).await.unwrap();
    let looks = world.looks();
    assert_eq!(watch.last().unwrap().status, BatchStatus::Expired);
    assert!((1000..=1600).contains(&looks.len()), "{} looks", looks.len());
    assert!(looks.is_sorted_by(|one, next| *next - *one >= SECOND / 2));
    let last = *looks.last().unwrap();
    assert!(last >= DAY && last < DAY + 2 * SECOND, "it is looked at right when it expires: {last:?}");
}

#[tokio::test]
async fn a_whole_day_of_items_is_told_in_time_with_few_requests() {
    let clock = Clock::stop();
    let (items, each) = (300, 280_u32);
    let options = Options {
        queue_seconds: 0.0,
        item_seconds: (f64::from(each), f64::from(each)),
        concurrency: 1,
        ..Options::default()
    };
    let (world, id) = emulate(options, items).await;
    let client = client_of(&world.server.base_url, 2);
    let call = CallOptions::default();
    let mut stream = client.as_completed(&id, paced_by(None), &call).await.unwrap();
    let mut seen = BTreeSet::new();
    while let Step::Row(item) = step(&mut stream).await {
        assert!(seen.insert(item.task_id), "an item came twice");
        let late = clock.now() - Duration::from_secs(u64::from(each)) * u32::try_from(seen.len()).unwrap();
        assert!(late <= Duration::from_secs(70), "{late:?} after it had ended");
    }
    assert_eq!(seen.len(), items);
    assert!(world.looks().len() <= 1600, "{} looks", world.looks().len());
    assert!(world.rounds().len() <= items, "{} rounds", world.rounds().len());
}

#[tokio::test]
async fn after_a_round_there_is_none_for_four_times_its_length() {
    let _clock = Clock::stop();
    let length = Duration::from_secs(10);
    // With every look one more has ended.
    let world = answer_by_time(move |asked, now, diary| {
        let ready = diary.looks.len().min(300);
        if !asked.target.ends_with("/results") {
            return state(if ready < 300 { "processing" } else { "completed" }, ready, 300, TOMORROW, now);
        }
        // It is over before the answer has come.
        tokio::spawn(tokio::time::advance(length));
        results(ready, 300)
    })
    .await;
    let client = client_of(&world.server.base_url, 0);
    let mut stream =
        client.as_completed(BATCH, paced_by(Some(SECOND)), &CallOptions::default()).await.unwrap();
    let mut count = 0;
    while let Step::Row(_) = step(&mut stream).await {
        count += 1;
    }
    assert_eq!(count, 300);
    let rounds = world.rounds();
    let (last, before) = rounds.split_last().unwrap();
    assert!(before.len() > 3, "{rounds:?}");
    for pair in before.windows(2) {
        let gap = pair[1] - pair[0];
        assert!(gap >= 5 * length && gap < 5 * length + 3 * SECOND, "{gap:?}");
    }
    assert!(*last - *world.looks().last().unwrap() < SECOND, "a batch that has ended is not rested for");
}

#[tokio::test]
async fn what_does_not_end_is_given_up_ten_minutes_after_its_expiry() {
    for interval in [None, Some(SECOND * 30), Some(6 * HOUR)] {
        let _clock = Clock::stop();
        let world = answer_by_time(|asked, now, _| {
            if asked.target.ends_with("/results") {
                return results(1, 2);
            }
            state("processing", 1, 2, TOMORROW, now)
        })
        .await;
        let client = client_of(&world.server.base_url, 0);
        let mut watch = watch(&client, BATCH, interval);
        let error = look_on(&mut watch).await.unwrap_err();
        let Kind::WaitTimeout(timeout) = error.kind() else { panic!("{error}") };
        assert_eq!(timeout.reason, WaitReason::Overdue(HOUR / 6));
        let over = timeout.waited - DAY;
        assert!(over >= HOUR / 6 && over < HOUR / 6 + 5 * SECOND, "{over:?}");
        assert!(error.to_string().contains("has expired, and did not end within 10 minutes"), "{error}");
        let mut stream =
            client.as_completed(BATCH, paced_by(interval), &CallOptions::default()).await.unwrap();
        assert!(matches!(step(&mut stream).await, Step::Row(_)));
        let Step::Failed(error) = step(&mut stream).await else { panic!("nothing more comes") };
        assert!(matches!(error.kind(), Kind::WaitTimeout(_)), "{error}");
        tokio::time::resume();
    }
}

#[tokio::test]
async fn the_last_second_before_the_expiry_is_not_looked_at_over_and_over() {
    let clock = Clock::stop();
    let expires = Duration::from_millis(20_003);
    let world = answer_by_time(move |_, now, _| {
        let status = if now < expires + SECOND { "processing" } else { "expired" };
        state(status, 0, 1, "2026-11-01T00:00:20.003Z", now)
    })
    .await;
    let mut watch = watch(&client_of(&world.server.base_url, 0), BATCH, None);
    look_on(&mut watch).await.unwrap();
    assert!(world.looks().len() < 26, "{:?}", world.looks());
    assert!(clock.now() < expires + 3 * SECOND);
}

#[tokio::test]
async fn an_hour_of_refusals_is_too_long_counted_from_the_first() {
    let _clock = Clock::stop();
    let world = answer_by_time(|_, now, _| {
        if now < 5 * HOUR { state("processing", 0, 1, TOMORROW, now) } else { refuse(503, "") }
    })
    .await;
    let mut watch = watch(&client_of(&world.server.base_url, 0), BATCH, Some(HOUR / 2));
    let error = look_on(&mut watch).await.unwrap_err();
    let Kind::WaitTimeout(timeout) = error.kind() else { panic!("{error}") };
    assert_eq!(timeout.reason, WaitReason::Silence(HOUR));
    assert!(timeout.waited >= 6 * HOUR && timeout.waited < 6 * HOUR + 5 * SECOND, "{:?}", timeout.waited);
    assert!(world.looks().len() > 60, "what failed is looked at again soon");
}

#[tokio::test]
async fn one_failure_after_a_long_pause_is_no_silence() {
    // A long interval; a program that was busy; a machine that slept, whose clock went on.
    for way in ["interval", "busy", "asleep"] {
        let clock = Clock::stop();
        let world = answer_by_time(|_, now, diary| match diary.looks.len() {
            0 => state("processing", 0, 1, TOMORROW, now),
            1 | 2 => refuse(503, ""),
            _ => state("completed", 1, 1, TOMORROW, now),
        })
        .await;
        let mut watch =
            watch(&client_of(&world.server.base_url, 0), BATCH, (way == "interval").then_some(3 * HOUR));
        look(&mut watch).await.unwrap();
        let first = match way {
            "busy" => {
                tokio::time::advance(3 * HOUR).await;
                watch.look().await
            }
            "asleep" => tokio::join!(watch.look(), tokio::time::advance(3 * HOUR)).0,
            _ => look(&mut watch).await,
        };
        assert!(matches!(first, Ok(Some(Sight::Trouble(_)))), "{way}: {first:?}");
        if way == "asleep" {
            // It fell asleep again, as laptops do.
            let second = tokio::join!(watch.look(), tokio::time::advance(3 * HOUR)).0;
            assert!(matches!(second, Ok(Some(Sight::Trouble(_)))), "{second:?}");
        }
        look_on(&mut watch).await.unwrap();
        assert!(watch.is_over(), "{way}");
        assert!(clock.now() < 6 * HOUR + 200 * SECOND, "{way}: looked at again soon");
        tokio::time::resume();
    }
}

#[tokio::test]
async fn results_are_not_asked_for_before_the_platform_allows() {
    let _clock = Clock::stop();
    let world = answer_by_time(|asked, now, diary| {
        let is_over = now > HOUR / 2;
        if !asked.target.ends_with("/results") {
            return state(if is_over { "completed" } else { "processing" }, 1, 2, TOMORROW, now);
        }
        if diary.rounds.is_empty() {
            return refuse(429, "retry-after: 600\r\n");
        }
        results(1 + usize::from(is_over), 2)
    })
    .await;
    let client = client_of(&world.server.base_url, 2);
    let mut stream =
        client.as_completed(BATCH, paced_by(Some(5 * SECOND)), &CallOptions::default()).await.unwrap();
    assert!(matches!(step(&mut stream).await, Step::Row(_)));
    assert!(matches!(step(&mut stream).await, Step::Row(_)));
    assert!(matches!(step(&mut stream).await, Step::End));
    let rounds = world.rounds();
    let gap = rounds[1] - rounds[0];
    assert!(gap >= Duration::from_secs(600) && gap < Duration::from_secs(610), "{rounds:?}");
    assert!(world.looks().iter().any(|look| *look > rounds[0] && *look < rounds[1]), "looks go on");
}
