//! Signatures of notices, and what is in them.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};
use twelvelabs_batches::webhook::{Event, PayloadError, SignatureError, sign, verify};

const NOW: i64 = 1_767_225_600;
const TOLERANCE: Option<Duration> = Some(Duration::from_secs(300));

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// The reason why a header is refused; `""` when it is not.
fn reason(header: &str, body: &[u8], secrets: &[&str]) -> &'static str {
    verify(Some(header), body, secrets, TOLERANCE, at(NOW)).err().map_or("", |error| error.reason())
}

#[test]
fn signatures_are_as_another_implementation_makes_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/webhook_signatures.json");
    let vectors: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    for vector in vectors.as_array().unwrap() {
        let [body, secret, header] = ["body", "secret", "header"].map(|name| vector[name].as_str().unwrap());
        let second = vector["timestamp"].as_i64().unwrap();
        assert_eq!(sign(body.as_bytes(), secret.as_bytes(), second), header);
        verify(Some(header), body.as_bytes(), &[secret], TOLERANCE, at(second)).unwrap();
        let other = format!("{secret} ");
        let refused = verify(Some(header), body.as_bytes(), &[other], TOLERANCE, at(second));
        assert_eq!(refused, Err(SignatureError::Mismatch));
    }
}

#[test]
fn the_reason_is_told() {
    let good = sign(b"body", b"secret", NOW);
    let digits = good.rsplit_once('=').unwrap().1.to_owned();
    let long = format!("{good},v2={}", "0".repeat(8 * 1024));
    for (header, expected) in [
        (good.clone(), ""),
        (format!(" t={NOW} , v1={digits} "), ""),
        (format!("v1={digits},t={NOW}"), ""),
        (format!("{good},"), ""),
        (format!("{good},v0=old,v2=new,x="), ""),
        (format!("t={NOW},v1={},v1={digits}", "0".repeat(64)), ""),
        (format!("t={NOW},v1=,v1=xyz,v1={digits}"), ""),
        (String::new(), "malformed"),
        ("signed".to_owned(), "malformed"),
        (format!("{good},x"), "malformed"),
        (format!("v1={digits}"), "malformed"),
        (format!("t={NOW},{good}"), "malformed"),
        (format!("t=,v1={digits}"), "malformed"),
        (format!("t=-1,v1={digits}"), "malformed"),
        (format!("t=+{NOW},v1={digits}"), "malformed"),
        (format!("t={NOW}.0,v1={digits}"), "malformed"),
        (format!("t={},v1={digits}", "9".repeat(19)), "malformed"),
        (long, "malformed"),
        (format!("t={NOW}"), "no_signature"),
        (format!("t={NOW},v0={digits}"), "no_signature"),
        (format!("t={NOW},v1="), "mismatch"),
        (format!("t={NOW},v1={}", digits.to_uppercase()), "mismatch"),
        (format!("t={NOW},v1={digits}00"), "mismatch"),
        (format!("t={NOW},v1={}", &digits[1..]), "mismatch"),
        (format!("t=0{NOW},v1={digits}"), "mismatch"),
        (format!("t={},v1={digits}", "9".repeat(18)), "mismatch"),
    ] {
        assert_eq!(reason(&header, b"body", &["secret"]), expected, "{header}");
    }
    let missing = verify(None, b"body", &["secret"], TOLERANCE, at(NOW)).unwrap_err();
    assert_eq!((missing.reason(), missing.to_string().contains("TL-Signature")), ("no_header", true));
}

#[test]
fn secrets_can_be_replaced() {
    let old = sign(b"body", b"old", NOW);
    let new = sign(b"body", b"new", NOW);
    assert_eq!(reason(&old, b"body", &["new", "old"]), "");
    assert_eq!(reason(&new, b"body", &["new", "old"]), "");
    assert_eq!(reason(&old, b"body", &["new"]), "mismatch");
    assert_eq!(reason(&old, b"body", &[]), "mismatch");
    let both = format!("{old},{}", new.split_once(',').unwrap().1);
    assert_eq!(reason(&both, b"body", &["new"]), "");
    assert_eq!(reason(&both, b"body", &["third"]), "mismatch");
}

#[test]
fn a_notice_has_to_be_fresh() {
    let header = sign(b"body", b"secret", NOW);
    let after = |milliseconds: i64, tolerance: Option<Duration>| {
        let now = Timestamp::from_millisecond(NOW * 1000 + milliseconds).unwrap();
        verify(Some(&header), b"body", &["secret"], tolerance, now).err().map_or("", |error| error.reason())
    };
    assert_eq!([-300_000, 0, 300_000].map(|time| after(time, TOLERANCE)), ["", "", ""]);
    assert_eq!(after(300_001, TOLERANCE), "too_old");
    assert_eq!(after(-300_001, TOLERANCE), "in_the_future");
    assert_eq!(after(86_400_000_000, None), "");
    assert_eq!(after(-86_400_000_000, None), "");
    let none = Some(Duration::ZERO);
    assert_eq!([-1, 0, 1].map(|time| after(time, none)), ["in_the_future", "", "too_old"]);
    assert_eq!(after(86_400_000_000, Some(Duration::MAX)), "");
    let old = verify(Some(&header), b"body", &["secret"], TOLERANCE, at(NOW + 301)).unwrap_err();
    assert!(old.to_string().contains("301 seconds ago"), "{old}");
    // Who does not know the secret is not told about the time.
    let stranger = verify(Some(&header), b"body", &["other"], TOLERANCE, at(0)).unwrap_err();
    assert_eq!(stranger, SignatureError::Mismatch);
    let farthest = sign(b"body", b"secret", 999_999_999_999_999_999);
    assert_eq!(reason(&farthest, b"body", &["secret"]), "in_the_future");
}

proptest! {
    #[test]
    fn what_is_signed_is_accepted(body: Vec<u8>, secret: Vec<u8>, second in 0_i64..100_000_000_000) {
        let header = sign(&body, &secret, second);
        prop_assert_eq!(verify(Some(&header), &body, &[secret], TOLERANCE, at(second)), Ok(()));
    }

    #[test]
    fn any_other_byte_is_refused(
        body in prop::collection::vec(any::<u8>(), 1..200),
        secret: Vec<u8>,
        place: prop::sample::Index,
        bits in 1_u8..,
    ) {
        let header = sign(&body, &secret, NOW);
        let mut other = body.clone();
        other[place.index(body.len())] ^= bits;
        prop_assert!(verify(Some(&header), &other, &[&secret], None, at(NOW)).is_err());
        let mut other = header.clone().into_bytes();
        other[place.index(header.len())] ^= bits;
        if let Ok(other) = String::from_utf8(other) {
            prop_assert!(verify(Some(&other), &body, &[&secret], None, at(NOW)).is_err(), "{}", other);
        }
        let mut other = secret.clone();
        other.push(bits);
        prop_assert!(verify(Some(&header), &body, &[&other], None, at(NOW)).is_err());
    }

    #[test]
    fn no_header_is_too_odd(header in "(t=|v1=|,|[0-9a-f]{0,70}|\\PC){0,12}", body: Vec<u8>, second in -9_999_999_i64..9_999_999) {
        prop_assert!(verify(Some(&header), &body, &["secret"], TOLERANCE, at(second)).is_err());
    }

    #[test]
    fn no_body_is_too_odd(body: Vec<u8>) {
        let _ = Event::parse(&body);
    }
}

fn event(kind: &str, data: &Value) -> Event {
    let body =
        json!({"id": "whe_1", "created_at": "2026-01-01T00:00:00Z", "type": kind, "data": data, "x": 1});
    Event::parse(body.to_string().as_bytes()).unwrap()
}

#[test]
fn events_tell_what_they_are_about() {
    let told = |kind: &str, data: Value| {
        let event = event(kind, &data);
        let text = |text: Option<&str>| text.unwrap_or("-").to_owned();
        format!("{} {} {}", event.is_batch(), text(event.batch_id()), text(event.status()))
    };
    assert_eq!(
        told("analyze.batch.completed", json!({"batch_id": "b", "status": "completed"})),
        "true b completed"
    );
    assert_eq!(told("analyze.batch.expired", json!({"id": "b"})), "true b -");
    assert_eq!(told("analyze.task.ready", json!({"id": "t", "status": "ready"})), "false - ready");
    assert_eq!(told("analyze.task.ready", json!({"id": "t", "batch_id": "b"})), "false b -");
    assert_eq!(told("index.task.failed", json!({})), "false - -");
    assert_eq!(told("something.new", json!({"id": "n", "status": 7})), "false - -");
    assert_eq!(told("something.new", json!({"batch_id": "b"})), "true b -");
    assert_eq!(event("a", &json!({})).fields["x"], 1);
}

#[test]
fn bodies_that_are_no_events_are_refused() {
    let whole = json!({"id": "w", "created_at": "2026-01-01T00:00:00Z", "type": "t", "data": {}});
    for (name, bad) in [
        ("id", json!(1)),
        ("id", Value::Null),
        ("created_at", json!("yesterday")),
        ("created_at", json!(1_767_225_600)),
        ("type", json!(["t"])),
        ("data", json!("x")),
        ("data", Value::Null),
    ] {
        let mut body = whole.clone();
        body[name] = bad;
        let error = Event::parse(body.to_string().as_bytes()).unwrap_err();
        assert!(matches!(error, PayloadError::Field { name: told, .. } if told == name), "{error}");
    }
    assert_eq!(Event::parse(b"[]").unwrap_err(), PayloadError::Shape);
    assert!(matches!(Event::parse(b"id=1").unwrap_err(), PayloadError::Json(_)));
}
