//! The body as a whole.

use std::collections::HashSet;

use serde_json::Value;

use super::fields::{Checked, Fields};
use super::images::image_assets;
use super::items::check_item;
use super::overrides::{Overrides, check_overrides};
use super::path::Path;
use crate::emulator::answers::Mode;
use crate::emulator::identifier::Identifier;
use crate::emulator::options::Options;
use crate::emulator::platform::bodies::MODEL;
use crate::emulator::platform::record::mode_word;
use crate::emulator::platform::refusal::Refusal;

/// A body in which no rule is broken, as far as that can be told without looking at assets.
pub(in crate::emulator::platform) struct Order {
    pub(in crate::emulator::platform) mode: Mode,
    pub(in crate::emulator::platform) items: Vec<OrderedItem>,
    /// Assets that prompts and definitions refer to.
    pub(in crate::emulator::platform) images: Vec<Identifier>,
}

/// One request of it, with the defaults applied.
pub(in crate::emulator::platform) struct OrderedItem {
    pub(in crate::emulator::platform) custom_id: Option<String>,
    pub(in crate::emulator::platform) asset: Identifier,
    pub(in crate::emulator::platform) start: Option<f64>,
    pub(in crate::emulator::platform) end: Option<f64>,
    pub(in crate::emulator::platform) ranges: Option<Ranges>,
    pub(in crate::emulator::platform) definitions: u32,
}

/// The first and the last second of all time ranges.
#[derive(Clone, Copy)]
pub(in crate::emulator::platform) struct Ranges {
    pub(in crate::emulator::platform) start: f64,
    pub(in crate::emulator::platform) end: f64,
}

/// Checks a body.
pub(in crate::emulator::platform) fn check_order(body: &Value, options: &Options) -> Checked<Order> {
    let unknown = options.unknown_fields;
    let root = Path::Root;
    let fields =
        Fields::read(body, &root, &[&["model_name", "analysis_mode", "defaults", "requests"]], unknown)?;
    fields.required_string("model_name")?;
    fields.word("model_name", &[MODEL])?;
    fields.required_string("analysis_mode")?;
    let modes = [Mode::General, Mode::TimeBasedMetadata];
    let word = fields.word("analysis_mode", &modes.map(mode_word))?;
    let mode = modes.into_iter().find(|mode| Some(mode_word(*mode)) == word).unwrap_or(Mode::General);

    fields.require("requests")?;
    let most = usize::try_from(options.max_items).unwrap_or(usize::MAX);
    let requests = fields.array("requests", 1, most)?.unwrap_or_default();

    let place = root.field("defaults");
    let defaults = match fields.get("defaults") {
        Some(defaults) => {
            let allowed: &[&[&str]] = &[super::overrides::NAMES];
            check_overrides(&Fields::read(defaults, &place, allowed, unknown)?, mode, unknown)?
        }
        None => Overrides::default(),
    };

    let list = root.field("requests");
    let mut custom_ids = HashSet::new();
    let mut items = Vec::with_capacity(requests.len());
    for (index, request) in requests.iter().enumerate() {
        let place = list.index(index);
        let item = check_item(request, &place, mode, &defaults, unknown)?;
        if let Some(custom_id) = request.get("custom_id").and_then(Value::as_str)
            && !custom_ids.insert(custom_id)
        {
            let problem = format!("{custom_id:?} occurs more than once in the batch");
            return Err(Refusal::invalid(place.field("custom_id"), problem));
        }
        items.push(item);
    }
    Ok(Order { mode, items, images: image_assets(body) })
}
