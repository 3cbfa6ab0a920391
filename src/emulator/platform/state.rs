//! Everything the platform knows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use super::books::{enter_batch, open_books};
use super::course::Batch;
use super::rates::{Meter, Rate, refuse_rate};
use super::refusal::Refusal;
use crate::emulator::asset::Asset;
use crate::emulator::identifier::Identifier;
use crate::emulator::instants;
use crate::emulator::options::{KnownAssets, MalformedIdStatus, Options};
use crate::emulator::stats::Stats;

/// An asset somebody registered, or one made up for an id.
pub(super) struct FoundAsset {
    pub(super) asset: Asset,
    pub(super) is_registered: bool,
}

/// The platform at an instant, which only moves forward.
pub(crate) struct Platform {
    pub(super) options: Arc<Options>,
    pub(super) started: Timestamp,
    pub(super) now: Timestamp,
    pub(super) assets: HashMap<Identifier, Asset>,
    /// By number, so oldest first.
    pub(super) batches: BTreeMap<u64, Batch>,
    pub(super) numbers: HashMap<Identifier, u64>,
    /// Batches whose end somebody has still to be told.
    pub(super) noticing: BTreeSet<u64>,
    /// The batch and the place in it of every task.
    pub(super) tasks: HashMap<Identifier, (u64, usize)>,
    /// Given to the next thing that needs an identifier.
    pub(super) next_number: u64,
    /// Without the batches that are still there.
    pub(super) books: Stats,
    meter: Meter,
}

impl Platform {
    pub(crate) fn new(options: Arc<Options>, now: Timestamp) -> Self {
        Self {
            options,
            started: now,
            now,
            assets: HashMap::new(),
            batches: BTreeMap::new(),
            numbers: HashMap::new(),
            noticing: BTreeSet::new(),
            tasks: HashMap::new(),
            next_number: 0,
            books: open_books(),
            meter: Meter::default(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// Moves to `instant`, unless that has passed, and drops the batches that are too old by then.
    pub(crate) fn advance_to(&mut self, instant: Timestamp) {
        self.now = self.now.max(instant);
        while let Some((number, batch)) = self.batches.first_key_value()
            && batch.record.deletes() <= self.now
        {
            let number = *number;
            self.remove_batch(number);
        }
    }

    /// Registers an asset, or replaces the one with the same id.
    pub(crate) fn add_asset(&mut self, id: Identifier, asset: Asset) {
        self.assets.insert(id, asset);
    }

    pub(crate) fn describe_asset(&self, text: &str) -> Result<Value, Refusal> {
        let Some(id) = Identifier::parse(text) else {
            return Err(Refusal::invalid("asset_id", "it is not 24 hexadecimal digits"));
        };
        let found = self.find_asset(id).ok_or_else(|| Refusal::absent(text, "assets"))?;
        Ok(found.asset.describe(&instants::write(self.started)))
    }

    /// The asset with this id, if there is one.
    pub(super) fn find_asset(&self, id: Identifier) -> Option<FoundAsset> {
        if let Some(asset) = self.assets.get(&id) {
            return Some(FoundAsset { asset: asset.clone(), is_registered: true });
        }
        let asset = Asset { duration: self.options.asset_duration, ..Asset::new(id.to_string()) };
        let exists = self.options.assets == KnownAssets::Known;
        exists.then_some(FoundAsset { asset, is_registered: false })
    }

    pub(super) fn find_batch(&self, text: &str) -> Result<(u64, &Batch), Refusal> {
        let id = self.parse_id(text, "batch_id", "batches")?;
        let number = self.numbers.get(&id).copied();
        let found = number.and_then(|number| Some((number, self.batches.get(&number)?)));
        found.ok_or_else(|| Refusal::absent(text, "batches"))
    }

    pub(super) fn parse_id(&self, text: &str, name: &str, collection: &str) -> Result<Identifier, Refusal> {
        Identifier::parse(text).ok_or_else(|| match self.options.malformed_id_status {
            MalformedIdStatus::NotFound => Refusal::absent(text, collection),
            MalformedIdStatus::BadRequest => Refusal::invalid(name, "it is not 24 hexadecimal digits"),
        })
    }

    pub(super) fn take_number(&mut self) -> u64 {
        let number = self.next_number;
        self.next_number += 1;
        number
    }

    pub(super) fn remove_batch(&mut self, number: u64) {
        let Some(batch) = self.batches.remove(&number) else { return };
        enter_batch(&mut self.books, &batch, self.now);
        self.books.batches_deleted += 1;
        self.numbers.remove(&batch.record.id);
        self.noticing.remove(&number);
        for item in &batch.record.items {
            self.tasks.remove(&item.task);
        }
    }

    /// Counts a request against the rate, if there is one.
    pub(crate) fn meter_request(&mut self) -> (Option<Rate>, Result<(), Refusal>) {
        let Some(limit) = self.options.requests_per_minute else { return (None, Ok(())) };
        let (rate, fits) = self.meter.count(self.now, limit);
        let refused = || Err(refuse_rate(limit, rate, self.client_seconds_until(rate.resets)));
        (Some(rate), if fits { Ok(()) } else { refused() })
    }

    /// How long a client has to wait for an instant, in the client's own seconds, at least one.
    pub(super) fn client_seconds_until(&self, instant: Timestamp) -> u64 {
        let seconds = instants::seconds_between(self.now, instant);
        let speed = if self.options.speed > 0.0 { self.options.speed } else { 1.0 };
        let seconds = f64::from(u32::try_from(seconds).unwrap_or(u32::MAX)) / speed;
        std::time::Duration::try_from_secs_f64(seconds.ceil()).map_or(u64::MAX, |wait| wait.as_secs()).max(1)
    }

    /// Notes a request and its answer.
    pub(crate) fn note_request(&mut self, endpoint: &str, status: u16) {
        *self.books.requests.entry(endpoint.to_owned()).or_default() += 1;
        *self.books.responses.entry(status).or_default() += 1;
    }

    /// The books, with the batches that are still there.
    pub(crate) fn stats(&self) -> Stats {
        let mut books = self.books.clone();
        for batch in self.batches.values() {
            enter_batch(&mut books, batch, self.now);
        }
        books
    }
}
