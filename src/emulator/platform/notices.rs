//! Notices that batches have become terminal: what is due, and how it went. Nothing is sent from here.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::bodies::describe_batch;
use super::course::Batch;
use super::state::Platform;
use crate::emulator::draws::draw;
use crate::emulator::identifier::Identifier;
use crate::emulator::instants;

const EVENT: u64 = 5;
/// Pauses stop growing here, after a million times the first.
const MOST_DOUBLINGS: u32 = 20;

/// The notice of one batch to one endpoint.
#[derive(Clone, Default)]
pub(crate) struct Notice {
    attempts: u32,
    /// When the next attempt may be made; without it, once the batch is terminal.
    next: Option<Timestamp>,
    /// Whether an attempt is being made.
    is_out: bool,
    is_delivered: bool,
    last_error: Option<String>,
}

/// One attempt that is to be made now.
pub(crate) struct Parcel {
    batch: u64,
    /// The place of the endpoint among the options.
    pub(crate) endpoint: usize,
    pub(crate) body: String,
}

impl Notice {
    fn is_done(&self, most_attempts: u32) -> bool {
        self.is_delivered || self.attempts >= most_attempts
    }

    fn due(&self, batch: &Batch) -> Timestamp {
        self.next.unwrap_or_else(|| batch.settles())
    }
}

impl Platform {
    /// When the first attempt is due of those that are still to be made.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.earliest(|_| true)
    }

    /// The same without those that are being made.
    pub(crate) fn next_to_send(&self) -> Option<Timestamp> {
        self.earliest(|notice| !notice.is_out)
    }

    fn earliest(&self, counts: impl Fn(&Notice) -> bool) -> Option<Timestamp> {
        let most = self.options.webhook_attempts;
        let mut earliest: Option<Timestamp> = None;
        for batch in self.noticing.iter().filter_map(|number| self.batches.get(number)) {
            let open = batch.notices.iter().filter(|notice| !notice.is_done(most) && counts(notice));
            let due = open.map(|notice| notice.due(batch)).min();
            earliest = earliest.into_iter().chain(due).min();
        }
        earliest
    }

    /// The attempts that are due. Each has to be noted afterwards.
    pub(crate) fn take_due(&mut self) -> Vec<Parcel> {
        let (now, most) = (self.now, self.options.webhook_attempts);
        let mut parcels = Vec::new();
        for number in &self.noticing {
            let Some(batch) = self.batches.get_mut(number) else { continue };
            let is_due =
                |notice: &Notice| !notice.is_done(most) && !notice.is_out && notice.due(batch) <= now;
            let due: Vec<usize> = (0..)
                .zip(&batch.notices)
                .filter(|(_, notice)| is_due(notice))
                .map(|(place, _)| place)
                .collect();
            if due.is_empty() {
                continue;
            }
            let body = describe_event(batch).to_string();
            for endpoint in due {
                if let Some(notice) = batch.notices.get_mut(endpoint) {
                    notice.is_out = true;
                }
                parcels.push(Parcel { batch: *number, endpoint, body: body.clone() });
            }
        }
        parcels
    }

    /// Notes how an attempt went.
    pub(crate) fn note_attempt(&mut self, parcel: &Parcel, outcome: Result<(), String>) {
        let (now, most) = (self.now, self.options.webhook_attempts);
        self.books.webhook_attempts += 1;
        self.books.webhooks_delivered += u64::from(outcome.is_ok());
        // A batch that was deleted meanwhile is of no interest to anybody.
        let Some(batch) = self.batches.get_mut(&parcel.batch) else { return };
        let Some(notice) = batch.notices.get_mut(parcel.endpoint) else { return };
        notice.is_out = false;
        notice.is_delivered = outcome.is_ok();
        notice.last_error = outcome.err();
        let growth = 2_f64.powi(i32::try_from(notice.attempts.min(MOST_DOUBLINGS)).unwrap_or_default());
        notice.next = Some(instants::after_seconds(now, self.options.webhook_pause_seconds * growth));
        notice.attempts += 1;
        if batch.notices.iter().all(|notice| notice.is_done(most)) {
            self.noticing.remove(&parcel.batch);
        }
    }
}

/// How the deliveries of a batch stand, once there was one.
pub(super) fn describe_notices(batch: &Batch) -> Option<Value> {
    let endpoints = batch.record.options.webhooks.iter().zip(&batch.notices);
    let tell = |(endpoint, notice): (&crate::emulator::options::Endpoint, &Notice)| {
        let mut told =
            json!({"url": endpoint.url, "delivered": notice.is_delivered, "attempts": notice.attempts});
        if let (Some(error), Some(fields)) = (&notice.last_error, told.as_object_mut()) {
            fields.insert("last_error".to_owned(), Value::from(error.as_str()));
        }
        told
    };
    let told: Vec<Value> = endpoints.filter(|(_, notice)| notice.attempts > 0).map(tell).collect();
    (!told.is_empty()).then_some(Value::Array(told))
}

/// What is sent: the batch as it is when it becomes terminal. Each attempt and each endpoint gets the same.
fn describe_event(batch: &Batch) -> Value {
    let (record, settled) = (&batch.record, batch.settles());
    let options = &record.options;
    let event = Identifier::derive(draw(options.seed, &[EVENT]), record.number);
    let mut data = describe_batch(batch, settled);
    if let Some(fields) = data.as_object_mut() {
        fields.shift_remove("webhooks");
    }
    json!({
        "id": format!("whe_{event}"),
        "created_at": instants::write(settled),
        "type": options.webhook_event_type.replace("{status}", batch.status(settled).word()),
        "data": data,
    })
}
