//! Decisions about trying again.

use std::fmt::Write as _;
use std::time::Duration;

use twelvelabs_batches::retry::{
    Attempts, Backoff, Budget, Decision, Failure, Policy, Reason, Situation, Verb, Verdict, verdict,
};

/// Every way to fail, by name.
fn failures() -> Vec<(String, Failure)> {
    let mut all = vec![
        ("not sent".to_owned(), Failure::NotSent),
        ("unanswered".to_owned(), Failure::Unanswered),
        ("unreadable".to_owned(), Failure::Unreadable),
    ];
    for is_platforms in [false, true] {
        for status in 300..600 {
            let whose = if is_platforms { " of the platform" } else { "" };
            all.push((format!("{status}{whose}"), Failure::Refused { status, is_platforms }));
        }
    }
    all
}

/// Names, with statuses that follow each other taken together.
fn tell(names: &[String]) -> String {
    let mut told: Vec<(String, String)> = Vec::new();
    for name in names {
        let (status, whose) = name.split_at(name.find(' ').unwrap_or(name.len()));
        let follows = |last: &str| {
            let (known, of) = last.split_at(last.find(' ').unwrap_or(last.len()));
            of == whose && known.parse::<u16>().ok().map(|known| known + 1) == status.parse().ok()
        };
        match told.last_mut() {
            Some((_, last)) if status.parse::<u16>().is_ok() && follows(last) => last.clone_from(name),
            _ => told.push((name.clone(), name.clone())),
        }
    }
    let range = |(first, last): (String, String)| {
        if first == last { first } else { format!("{} to {last}", first.split(' ').next().unwrap()) }
    };
    told.into_iter().map(range).collect::<Vec<_>>().join(", ")
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Repeat => "repeat",
        Verdict::Look => "look",
        Verdict::Done => "done",
        Verdict::ReadState => "read state",
        Verdict::Fail => "fail",
    }
}

/// The verdicts as a table, statuses with the same row taken together.
fn table() -> String {
    let columns: Vec<(Verb, bool)> =
        Verb::ALL.iter().flat_map(|verb| [(*verb, false), (*verb, true)]).collect();
    let row = |failure| -> Vec<&str> {
        columns.iter().map(|(verb, may_have_acted)| word(verdict(*verb, failure, *may_have_acted))).collect()
    };
    let mut rows: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for (name, failure) in failures() {
        let verdicts = row(failure);
        match rows.iter_mut().find(|(_, known)| *known == verdicts) {
            Some((names, _)) => names.push(name),
            None => rows.push((vec![name], verdicts)),
        }
    }
    let mut text = String::new();
    for (names, verdicts) in rows {
        writeln!(text, "after {}:", tell(&names)).unwrap();
        for ((verb, may_have_acted), verdict) in columns.iter().zip(verdicts) {
            let when = if *may_have_acted { " that may have acted before" } else { "" };
            writeln!(text, "    {}{when}: {verdict}", verb.name()).unwrap();
        }
    }
    text
}

#[test]
fn the_verdict_for_every_status_and_failure() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/verdicts.txt");
    let found = table();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &found).unwrap();
    }
    assert_eq!(found, std::fs::read_to_string(path).unwrap(), "UPDATE_GOLDEN=1 writes the file anew");
}

#[test]
fn a_create_is_repeated_only_when_certainly_nothing_was_made() {
    let repeated: Vec<String> = failures()
        .into_iter()
        .filter(|(_, failure)| verdict(Verb::Create, *failure, true) == Verdict::Repeat)
        .map(|(name, _)| name)
        .collect();
    let certain = [
        "not sent",
        "425",
        "429",
        "425 of the platform",
        "429 of the platform",
        "503 of the platform",
        "504 of the platform",
    ];
    assert_eq!(repeated, certain);
}

#[test]
fn bad_requests_missing_things_and_conflicts_are_never_repeated() {
    for verb in Verb::ALL {
        for status in [400, 401, 403, 404, 409, 410, 413, 422] {
            for is_platforms in [true, false] {
                let failure = Failure::Refused { status, is_platforms };
                assert_eq!(verdict(verb, failure, false), Verdict::Fail, "{verb:?} {status}");
            }
        }
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

fn situation(failure: Failure) -> Situation {
    Situation { failure, wish: None, left: Duration::from_secs(600), random: 0.5 }
}

#[test]
fn as_many_retries_as_were_asked_for() {
    for most in 0..6 {
        let budget = Budget::default();
        let mut attempts = Attempts::new(Verb::Retrieve, Policy::new(most));
        let mut retries = 0;
        while let Decision::Wait(_) = attempts.decide(&situation(Failure::Unanswered), &budget) {
            retries += 1;
        }
        assert_eq!(retries, most);
    }
}

#[test]
fn wishes_are_honoured_up_to_a_bound_and_never_past_the_deadline() {
    let budget = Budget::default();
    let decide = |wish: u64, left: u64| {
        let now = Situation {
            wish: Some(Duration::from_secs(wish)),
            left: Duration::from_secs(left),
            ..situation(Failure::Refused { status: 429, is_platforms: true })
        };
        Attempts::new(Verb::Create, Policy::new(2)).decide(&now, &budget)
    };
    assert_eq!(decide(31, 600), Decision::Wait(Duration::from_secs(31)));
    assert_eq!(decide(120, 600), Decision::Wait(Duration::from_secs(120)));
    assert_eq!(decide(121, 600), Decision::Fail(Reason::Wish));
    assert_eq!(decide(31, 31), Decision::Fail(Reason::Deadline));
    assert_eq!(decide(0, 600), Decision::Wait(Duration::from_millis(250)), "a wish of nothing is no hurry");
}

#[test]
fn retries_are_paid_from_a_budget_that_successes_fill_again() {
    let budget = Budget::new(12);
    let call = || Attempts::new(Verb::List, Policy::new(9));
    let mut first = call();
    assert!(matches!(first.decide(&situation(Failure::Unanswered), &budget), Decision::Wait(_)));
    assert!(matches!(first.decide(&situation(Failure::Unanswered), &budget), Decision::Wait(_)));
    assert_eq!(first.decide(&situation(Failure::Unanswered), &budget), Decision::Fail(Reason::Budget));
    assert_eq!(budget.left(), 2, "what is refused is not taken");
    first.succeed(&budget);
    assert_eq!(budget.left(), 7, "the last retry's cost comes back");
    for _ in 0..9 {
        call().succeed(&budget);
    }
    assert_eq!(budget.left(), 12, "up to the capacity");
}

#[test]
fn what_was_asked_for_may_have_happened_already() {
    let budget = Budget::default();
    let refused = |status| situation(Failure::Refused { status, is_platforms: true });
    for (verb, status, decision) in
        [(Verb::Delete, 404, Decision::Done), (Verb::Cancel, 409, Decision::ReadState)]
    {
        for lost in [Failure::Unanswered, Failure::Refused { status: 502, is_platforms: false }] {
            let mut attempts = Attempts::new(verb, Policy::new(2));
            attempts.decide(&situation(lost), &budget);
            assert_eq!(attempts.decide(&refused(status), &budget), decision, "{verb:?} after {lost:?}");
        }
        for nothing in [Failure::NotSent, Failure::Refused { status: 429, is_platforms: true }] {
            let mut attempts = Attempts::new(verb, Policy::new(2));
            attempts.decide(&situation(nothing), &budget);
            assert_eq!(attempts.decide(&refused(status), &budget), Decision::Fail(Reason::Final));
        }
    }
}
