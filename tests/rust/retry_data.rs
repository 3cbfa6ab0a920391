//! The retry vectors of `tests/data/retry/`, put to the decisions.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;
use twelvelabs_batches::retry::{
    Attempts, Backoff, Budget, Decision, Failure, Policy, Reason, Situation, Verb, rate_limit_reset,
    retry_after, retry_after_ms,
};

use crate::corpus::data;

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no list: {value}"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("no number: {value}"))
}

fn count(value: &Value) -> u32 {
    value.as_u64().and_then(|count| count.try_into().ok()).unwrap_or_else(|| panic!("no count: {value}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn alike(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-6
}

fn refused(status: u16) -> Failure {
    Failure::Refused { status, is_platforms: false }
}

/// A call whose time is not short and whose jitter is the largest.
fn situation(failure: Failure) -> Situation {
    Situation { failure, wish: None, left: Duration::from_secs(3600), random: 1.0 }
}

/// The rules of a scenario as a policy. Throttled requests have no rules of
/// their own here, so theirs are the scenario's where it has some.
fn policy(given: &Value, is_throttled: bool) -> Policy {
    let (cost, base) =
        if is_throttled { ("throttling_retry_cost", "throttling_base") } else { ("retry_cost", "base") };
    Policy {
        max_retries: count(&given["max_attempts"]) - 1,
        backoff: Backoff {
            base: Duration::from_secs_f64(number(&given[base])),
            longest: Duration::from_secs_f64(number(&given["max_backoff_time"])),
        },
        cost: count(&given[cost]),
        ..Policy::new(0)
    }
}

/// Headers of another platform, which make no wish here.
fn has_wish(scenario: &Value) -> bool {
    list(&scenario["responses"]).iter().any(|step| !step["response"]["headers"].is_null())
}

#[test]
fn the_scenarios_of_the_aws_sdks_end_as_they_say() {
    let data = data("retry/aws_standard.json");
    let sets = data["sets"].as_object().unwrap();
    assert_eq!(sets.values().map(|set| list(set).len()).collect::<Vec<_>>(), [6, 13]);
    for scenario in sets.values().flat_map(list).filter(|scenario| !has_wish(scenario)) {
        let steps = list(&scenario["responses"]);
        let is_throttled = steps.iter().any(|step| step["response"]["error_code"] == "Throttling");
        let budget = Budget::new(count(&scenario["given"]["initial_retry_tokens"]));
        let mut attempts = Attempts::new(Verb::Retrieve, policy(&scenario["given"], is_throttled));
        for step in steps {
            let status = u16::try_from(count(&step["response"]["status_code"])).unwrap();
            let failure = refused(if is_throttled { 429 } else { status });
            let outcome = if status == 200 {
                attempts.succeed(&budget);
                ("success", None)
            } else {
                match attempts.decide(&situation(failure), &budget) {
                    Decision::Wait(pause) => ("retry_request", Some(pause.as_secs_f64())),
                    Decision::Fail(Reason::Attempts) => ("max_attempts_exceeded", None),
                    Decision::Fail(Reason::Budget) => ("retry_quota_exceeded", None),
                    other => panic!("{other:?}: {scenario}"),
                }
            };
            let expected = &step["expected"];
            assert_eq!(outcome.0, text(&expected["outcome"]), "{scenario}");
            assert_eq!(budget.left(), count(&expected["retry_quota"]), "{scenario}");
            match (outcome.1, expected["delay"].as_f64()) {
                (None, None) => {}
                (Some(pause), Some(expected)) => assert!(alike(pause, expected), "{scenario}"),
                (pause, expected) => panic!("{pause:?}, not {expected:?}: {scenario}"),
            }
        }
    }
}

/// The AWS SDKs wait at most five seconds longer than they would have, whatever
/// the platform wishes; here its wish is followed up to a bound, and a longer
/// one fails at once. Both wait no less than they would have.
#[test]
fn a_wish_is_never_undercut() {
    let data = data("retry/aws_standard.json");
    let clamp = &data["retry_after_clamp"];
    assert_eq!(list(&clamp["cases"]).len(), 5);
    for case in list(&clamp["cases"]) {
        let budget = Budget::new(count(&clamp["given"]["initial_retry_tokens"]));
        let mut attempts = Attempts::new(Verb::Retrieve, policy(&clamp["given"], false));
        let wish = retry_after_ms(text(&case["x-amz-retry-after"]));
        let now = Situation { wish, ..situation(refused(500)) };
        let Decision::Wait(pause) = attempts.decide(&now, &budget) else { panic!("{case}") };
        let theirs = number(&case["delay"]);
        let ours = if theirs > 5.0 { wish.unwrap().as_secs_f64() } else { theirs };
        assert!(alike(pause.as_secs_f64(), ours), "{case}");
        assert_eq!(budget.left(), count(&case["quota_after_failure"]), "{case}");
        attempts.succeed(&budget);
        assert_eq!(budget.left(), count(&case["quota_after_success"]), "{case}");
    }
}

/// The verbs that may be tried again by kind of operation, as the matrix has it:
/// `delete` and `cancel` end in the same state however often they are sent.
const SAFE: [Verb; 7] = [
    Verb::List,
    Verb::Retrieve,
    Verb::Results,
    Verb::Cancel,
    Verb::Delete,
    Verb::RetrieveTask,
    Verb::RetrieveAsset,
];

fn failure(instruction: &str) -> Failure {
    let fault = instruction.strip_prefix("return-").expect("an instruction");
    let fault = fault.split("-after-").next().unwrap();
    match fault {
        "reset-connection" | "broken-stream" => Failure::Unanswered,
        status => refused(status.parse().unwrap_or_else(|_| panic!("a new instruction: {instruction}"))),
    }
}

/// What comes of a list of instructions: success after them, or not.
fn succeeds(verb: Verb, instructions: &[&str]) -> bool {
    let budget = Budget::default();
    let mut attempts = Attempts::new(verb, Policy::new(2));
    instructions.iter().all(|instruction| {
        matches!(attempts.decide(&situation(failure(instruction)), &budget), Decision::Wait(_))
    })
}

#[test]
fn the_matrix_of_google_storage_holds() {
    let data = data("retry/google_storage.json");
    let mut names = BTreeSet::new();
    for test in list(&data["retryTests"]) {
        let name = text(&test["description"]);
        names.insert(name);
        let succeeds_there = test["expectSuccess"].as_bool().unwrap();
        for case in list(&test["cases"]) {
            let instructions: Vec<&str> = list(&case["instructions"]).iter().map(text).collect();
            match name {
                // `create` is the one that must not be sent twice, and has no precondition.
                "non_idempotent" | "conditionally_idempotent_no_retries_when_precondition_is_absent" => {
                    assert!(!succeeds(Verb::Create, &instructions), "{instructions:?}");
                }
                _ => {
                    for verb in SAFE {
                        assert_eq!(
                            succeeds(verb, &instructions),
                            succeeds_there,
                            "{verb:?} {instructions:?}"
                        );
                    }
                }
            }
        }
    }
    assert_eq!(names.len(), 8);
}

/// Years of two digits turn at 1970 here: no platform sends them.
const OTHER_YEARS: [&str; 2] = ["Wednesday, 01-Nov-75 00:00:00 GMT", "Sunday, 01-Nov-76 00:00:00 GMT"];

#[test]
fn wishes_are_read_as_the_table_says() {
    let data = data("retry/retry_after.json");
    let default = text(&data["now"]);
    let mut checked = [0; 3];
    for (number, table) in ["retry_after", "retry_after_ms", "rate_limit_reset"].into_iter().enumerate() {
        for row in list(&data[table]) {
            let value = text(&row["value"]);
            if OTHER_YEARS.contains(&value) {
                continue;
            }
            let now = row["now"].as_str().unwrap_or(default).parse().unwrap();
            let read = match table {
                "retry_after" => retry_after(value, now),
                "retry_after_ms" => retry_after_ms(value),
                _ => rate_limit_reset(value, now),
            };
            checked[number] += 1;
            match (read.map(|read| read.as_secs_f64()), row["seconds"].as_f64()) {
                (None, None) => {}
                (None, Some(_)) if row["or_null"] == true => {}
                (Some(read), Some(expected))
                    if alike(read / expected.max(1.0), expected / expected.max(1.0)) => {}
                (read, expected) => panic!("{table}: {read:?}, not {expected:?}: {row}"),
            }
        }
    }
    assert_eq!(checked, [146, 25, 35]);
}
