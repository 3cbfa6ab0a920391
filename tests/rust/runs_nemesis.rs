//! Runs whose process is killed: at every boundary, with every trouble of the platform besides. Nothing is
//! submitted twice, nothing is lost, and nothing is handed over twice but what was in somebody's hands when
//! the process died.
//!
//! `NEMESIS_SEEDS=from..to` runs other schedules than the usual ones; a failure tells its seed, and a seed says
//! everything about its schedule but the time that things take.

#![allow(clippy::print_stdout)]

mod books;
mod child;
mod lives;
mod schedule;
mod trouble;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use self::lives::Ends;
use self::schedule::Schedule;

const SCHEDULES: u64 = 240;

/// Those that something was found with, besides.
const KEPT: &[u64] =
    &[199, 207, 226, 344, 458, 493, 503, 577, 592, 624, 751, 756, 911, 962, 1005, 1030, 3406];

/// Side by side: most of the time each of them waits. `NEMESIS_AT_ONCE` gives another number; with many, all of
/// them are slow.
const AT_ONCE: usize = 4;

fn seeds() -> Vec<u64> {
    let Ok(given) = std::env::var("NEMESIS_SEEDS") else {
        return KEPT.iter().copied().chain(0..SCHEDULES).collect();
    };
    let (from, to) = given.split_once("..").unwrap();
    (from.parse().unwrap()..to.parse().unwrap()).collect()
}

/// The process that drives a run; none of the suite's own.
#[test]
fn child() {
    child::live();
}

#[test]
fn nothing_is_lost_or_done_twice_however_often_it_is_killed() {
    let seeds = Mutex::new(seeds().into_iter());
    let (ends, failures) = (Mutex::new(Ends::new()), Mutex::new(BTreeMap::new()));
    let at_once = std::env::var("NEMESIS_AT_ONCE").map_or(AT_ONCE, |given| given.parse().unwrap());
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                loop {
                    let seed = seeds.lock().unwrap().next();
                    let Some(seed) = seed else { break };
                    match catch_unwind(AssertUnwindSafe(|| check(seed))) {
                        Ok(found) => add(&mut ends.lock().unwrap(), found),
                        Err(told) => drop(failures.lock().unwrap().insert(seed, words(&*told))),
                    }
                }
            });
        }
    });
    let (ends, failures) = (ends.into_inner().unwrap(), failures.into_inner().unwrap());
    println!("{ends:#?}");
    assert!(failures.is_empty(), "these seeds failed: {failures:#?}");
    if std::env::var("NEMESIS_SEEDS").is_err() {
        let is_seen = |end: &str| ends.keys().any(|seen| seen.ends_with(end));
        let missed: Vec<_> = schedule::ENDS_TO_SEE.iter().filter(|end| !is_seen(end)).collect();
        assert!(missed.is_empty(), "nobody was killed there: {missed:?}, but {ends:#?}");
    }
}

/// Plays one schedule: where its lives ended.
fn check(seed: u64) -> Ends {
    let schedule = Schedule::draw(seed);
    let story = lives::play(&schedule);
    books::check(&schedule, &story);
    story.ends()
}

fn add(all: &mut Ends, found: Ends) {
    for (end, count) in found {
        *all.entry(end).or_default() += count;
    }
}

fn words(told: &(dyn std::any::Any + Send)) -> String {
    let text = told.downcast_ref::<String>().cloned();
    text.or_else(|| told.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}
