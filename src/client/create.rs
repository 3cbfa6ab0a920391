//! Creating a batch, once.

use tokio::time::Instant;

use super::batches::PATH;
use super::reconcile::Lost;
use super::send::{Call, Halt};
use super::{Answer, CallOptions, Client, Level, Note, Prepared};
use crate::error::{Error, Finding, Kind};
use crate::models::{CreateAnalyzeBatchRequest, CreateAnalyzeBatchResponse};
use crate::retry::Verb;
use crate::validate::{self, Assets, Draft, Durations};

/// Names a `create`, in case the platform honours it. A header of the user wins.
const KEY_HEADER: &str = "idempotency-key";

pub(super) async fn create(
    client: &Client,
    request: &CreateAnalyzeBatchRequest,
    options: &CallOptions,
) -> Result<Answer<CreateAnalyzeBatchResponse>, Error> {
    if options.validate.unwrap_or(client.core.config.validate) {
        check(request, options)?;
    }
    send(client, &Prepared::of(request)?, options).await
}

/// Creates what was checked and prepared.
pub(super) async fn send(
    client: &Client,
    request: &Prepared,
    options: &CallOptions,
) -> Result<Answer<CreateAnalyzeBatchResponse>, Error> {
    let given = options.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(KEY_HEADER));
    let key = match given {
        Some((_, key)) => key.clone(),
        None => new_key()?,
    };
    let mut call = Call::new(Verb::Create, &PATH, options);
    call.headers.push((KEY_HEADER.to_owned(), key.clone()));
    call.body = Some(request.body.clone());
    let ledger = &client.core.ledger;
    let creating = ledger.begin(request.body.clone());
    let started = Instant::now();
    match client.attempt::<CreateAnalyzeBatchResponse>(&call).await {
        Ok(answer) => {
            ledger.claim(&answer.value.batch_id, answer.value.total_items);
            Ok(answer)
        }
        Err(Halt::Look(cause)) => {
            // Boxed: it is rare, and large.
            Box::pin(Lost { client, request, options, started, cause, key, creating }.find()).await
        }
        Err(halt) => Err(halt.into_error()),
    }
}

/// Refuses a request that the platform would refuse, and tells the journal what
/// else is odd. What `additional_body_parameters` replace is not looked at.
fn check(request: &CreateAnalyzeBatchRequest, options: &CallOptions) -> Result<(), Error> {
    let draft = Draft::of(request, |name| options.body.contains_key(name));
    let report = validate::check(&draft, &Durations::new(), &Assets::new());
    if !report.is_ok() {
        return Err(Kind::Rejected(Box::new(report)).into());
    }
    if !report.warnings.is_empty() {
        options.tell(Level::Warning, || warn(&report.warnings));
    }
    Ok(())
}

/// As many warnings are told in a note.
const MOST_WARNINGS: usize = 3;

fn warn(warnings: &[Finding]) -> Note {
    let count = warnings.len();
    let mut text = if count == 1 { "1 warning: ".to_owned() } else { format!("{count} warnings: ") };
    let mut told: Vec<String> = warnings.iter().take(MOST_WARNINGS).map(ToString::to_string).collect();
    if count > MOST_WARNINGS {
        told.push(format!("and {} more: `check` lists them", count - MOST_WARNINGS));
    }
    text.push_str(&told.join("; "));
    Note { text, event: "validation", verb: Verb::Create, attempt: 0, status: None, wait: None }
}

/// A random UUID, as RFC 9562 writes it.
fn new_key() -> Result<String, Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::invalid("", format!("the system gives no random numbers: {error}")))?;
    let number = u128::from_be_bytes(bytes) & !(0xf << 76) | (0x4 << 76);
    let number = number & !(0x3 << 62) | (0x2 << 62);
    let digits = format!("{number:032x}");
    let part = |from, to| digits.get(from..to).unwrap_or_default();
    Ok([part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-"))
}
