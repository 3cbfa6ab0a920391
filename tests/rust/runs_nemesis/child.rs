//! The process that drives a run, and is killed.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use twelvelabs_batches::client::{Client, Config, Given};
use twelvelabs_batches::error::{Error, Kind};
use twelvelabs_batches::runs::{Boundary, Journal, Run, RunStep, Witness, account_tag};

use super::schedule::{Kill, Schedule};
use crate::runs::given;

/// More failures than this in one life: it goes on for ever.
const MOST_FAILURES: u32 = 1000;

/// Lives the life that the environment says; none if it says nothing.
pub fn live() {
    let given = |name: &str| std::env::var(format!("NEMESIS_{name}"));
    let Ok(seed) = given("SEED") else { return };
    let schedule = Schedule::draw(seed.parse().unwrap());
    let life: usize = given("LIFE").unwrap().parse().unwrap();
    let (base_url, journal) = (given("BASE_URL").unwrap(), given("JOURNAL").unwrap());
    let mut runtime = if schedule.has_threads {
        tokio::runtime::Builder::new_multi_thread()
    } else {
        tokio::runtime::Builder::new_current_thread()
    };
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(drive(&schedule, life, &base_url, Path::new(&journal)));
    say("end");
}

async fn drive(schedule: &Schedule, life: usize, base_url: &str, journal: &Path) {
    let client = client_of(schedule, base_url);
    let tag = account_tag(client.config());
    let mut journal = Journal::open(journal, &tag).unwrap();
    journal.witnessed_by(witness(&schedule.lives[life].kill));
    let settings = schedule.settings.clone();
    let begun = if schedule.lives[life].resumes {
        Run::resume(client, journal, settings, None)
    } else {
        Run::begin(client, journal, settings, None, None)
    };
    let mut run = begun.unwrap();
    let mut input = schedule.items.iter().cloned();
    let mut failures = 0;
    loop {
        match run.step() {
            RunStep::Outcome(outcome) => {
                say(&format!("outcome {} {}", outcome.item_id, outcome.ended.word()));
            }
            RunStep::Read(room) => {
                let items: Vec<_> = input.by_ref().take(room.min(7)).collect();
                if items.is_empty() {
                    run.end_input().unwrap();
                } else {
                    run.push(items).unwrap();
                }
            }
            RunStep::Ask(_) => run.answer(true).unwrap(),
            RunStep::More => run.advance().await,
            RunStep::Failed(error) => {
                say(&format!("failure {error}"));
                assert!(!is_internal(&error), "{error}");
                failures += 1;
                assert!(failures < MOST_FAILURES, "it fails for ever: {error}");
            }
            RunStep::End => return,
        }
    }
}

fn client_of(schedule: &Schedule, base_url: &str) -> Client {
    let given =
        Given { on_malformed: Some(schedule.on_malformed), ..given(base_url, &schedule.platform.api_key) };
    Client::new(Config::resolve(given, |_| None).unwrap()).unwrap()
}

/// Failures that trouble on the wire must never lead to.
fn is_internal(error: &Error) -> bool {
    matches!(
        error.kind(),
        Kind::Invalid(_)
            | Kind::Rejected(_)
            | Kind::MissingApiKey
            | Kind::Closed
            | Kind::Journal(_)
            | Kind::RunGaps(_)
            | Kind::RunStopped(_)
    )
}

/// Stands still where it is to be killed.
fn witness(kill: &Kill) -> Option<Witness> {
    let Kill::Write { boundary: wanted, nth } = *kill else { return None };
    let met = AtomicU32::new(0);
    Some(Witness(Arc::new(move |boundary| {
        let name = match boundary {
            Boundary::BeforeWrite(what) => format!("before {what}"),
            Boundary::AfterWrite(what) => format!("after {what}"),
        };
        if name == wanted && met.fetch_add(1, Ordering::SeqCst) + 1 == nth {
            say("parked");
            loop {
                std::thread::park();
            }
        }
    })))
}

/// In one write: a line is told whole, or not at all.
fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    // Whatever the test harness has begun to write is a line of its own.
    out.write_all(format!("\n{}{}\n", super::lives::MARK, what.replace('\n', " ")).as_bytes()).unwrap();
    out.flush().unwrap();
}
