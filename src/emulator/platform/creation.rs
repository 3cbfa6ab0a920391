//! Making a batch.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use serde_json::Value;

use super::bodies::describe_creation;
use super::checks::{Order, OrderedItem, check_order};
use super::course::Batch;
use super::plan::plan_items;
use super::record::{Item, Record};
use super::refusal::Refusal;
use super::state::{FoundAsset, Platform};
use super::windows::{Course, check_hours, measure};
use crate::emulator::asset::AssetStatus;
use crate::emulator::identifier::Identifier;
use crate::emulator::instants;

/// The longest time a client is told to wait for another batch to finish, in its own seconds.
const LONGEST_WAIT: u64 = 60;

impl Platform {
    /// Makes a batch of a request's body, or nothing at all.
    pub(crate) fn create(&mut self, body: &[u8]) -> Result<Value, Refusal> {
        let mut body: Value = serde_json::from_slice(body).map_err(|error| {
            Refusal::new(400, "parameter_invalid", format!("The body is not valid JSON: {error}."))
        })?;
        let order = check_order(&body, &self.options)?;
        let assets = self.find_assets(&order)?;
        let options = Arc::clone(&self.options);
        let courses = assets.iter().zip(&order.items).enumerate();
        let courses = courses
            .map(|(index, (found, item))| measure(item, index, found.asset.duration, found.is_registered));
        let courses = courses.collect::<Result<Vec<Course>, Refusal>>()?;
        // A video nobody registered has its usual length here, however far a window reaches.
        check_hours(assets.iter().map(|found| found.asset.duration), self.options.max_hours)?;
        self.check_quota()?;

        let requests = body.get_mut("requests").and_then(Value::as_array_mut).map(std::mem::take);
        let defaults = body.get_mut("defaults").map(Value::take).unwrap_or_default();
        let number = self.take_number();
        let id = Identifier::derive(self.options.seed, number);
        let opens = instants::after_seconds(self.now, self.options.queue_seconds);
        let mut items = Vec::new();
        let parts = requests.unwrap_or_default().into_iter().zip(order.items).zip(assets).zip(courses);
        for (place, (((request, ordered), found), course)) in parts.enumerate() {
            let task = Identifier::derive(self.options.seed, self.take_number());
            self.tasks.insert(task, (number, place));
            items.push(open_item(task, request, ordered, found, course, opens));
        }
        plan_items(&mut items, opens, number, &self.options);
        self.books.batches_created += 1;
        self.books.items_created += u64::try_from(items.len()).unwrap_or(u64::MAX);
        let batch = Batch::new(Record {
            id,
            number,
            mode: order.mode,
            created: self.now,
            opens,
            defaults,
            items,
            options,
        });
        let answer = describe_creation(&batch, self.now);
        self.numbers.insert(id, number);
        if !batch.notices.is_empty() {
            self.noticing.insert(number);
        }
        self.batches.insert(number, batch);
        Ok(answer)
    }

    /// The asset of every item; images are looked at as well. A missing one is reported before one that is not ready.
    fn find_assets(&self, order: &Order) -> Result<Vec<FoundAsset>, Refusal> {
        let find =
            |id: Identifier| self.find_asset(id).ok_or_else(|| Refusal::absent(&id.to_string(), "assets"));
        let assets = order.items.iter().map(|item| find(item.asset)).collect::<Result<Vec<_>, _>>()?;
        let images = order.images.iter().map(|id| find(*id)).collect::<Result<Vec<_>, _>>()?;
        let mut used = assets.iter().chain(&images).map(|found| &found.asset);
        if let Some(asset) = used.find(|asset| asset.status != AssetStatus::Ready) {
            let message = format!("The asset {} is {}; it has to be ready.", asset.id, asset.status.word());
            return Err(Refusal::new(409, "asset_not_ready", message));
        }
        Ok(assets)
    }

    fn check_quota(&self) -> Result<(), Refusal> {
        let limit = usize::try_from(self.options.max_active_batches).unwrap_or(usize::MAX);
        let active: Vec<&Batch> = self.batches.values().filter(|batch| batch.is_active(self.now)).collect();
        if active.len() < limit {
            return Ok(());
        }
        let message = format!(
            "{} batches are active, which is the most there may be. Try again when one of them has finished.",
            active.len()
        );
        let first = active.iter().map(|batch| batch.settles()).min();
        let wait = first.map_or(LONGEST_WAIT, |settles| self.client_seconds_until(settles));
        let refusal = Refusal::new(429, "too_many_requests", message);
        Err(Refusal { retry_after: Some(wait.min(LONGEST_WAIT)), ..refusal })
    }
}

fn open_item(
    task: Identifier,
    request: Value,
    ordered: OrderedItem,
    found: FoundAsset,
    course: Course,
    opens: Timestamp,
) -> Item {
    Item {
        task,
        custom_id: ordered.custom_id,
        asset: ordered.asset,
        video_duration: course.video_duration,
        window: course.window,
        definitions: ordered.definitions,
        request,
        starts: opens,
        ends: opens,
        failure: found.asset.analysis_error,
        tokens: OnceLock::new(),
    }
}
