//! What a seed says.

use std::time::Duration;

use fastrand::Rng;
use serde_json::json;
use twelvelabs_batches::client::OnMalformed;
use twelvelabs_batches::emulator::{AnalysisError, Asset, Fault, Options};
use twelvelabs_batches::models::BatchItemRequest;
use twelvelabs_batches::runs::Settings;

use super::trouble::{lasting, passing};
use crate::runs::settings;
use crate::trouble::pick;

/// A run, and what it has to go through.
pub struct Schedule {
    pub seed: u64,
    pub items: Vec<BatchItemRequest>,
    pub assets: Vec<Asset>,
    pub platform: Options,
    pub settings: Settings,
    pub on_malformed: OnMalformed,
    /// Whether what is under way goes on in other threads while the journal writes.
    pub has_threads: bool,
    /// The last one is not killed.
    pub lives: Vec<Life>,
}

pub struct Life {
    /// Whether it goes on with what the journal knows, and gets no input.
    pub resumes: bool,
    pub kill: Kill,
    pub faults: Vec<Fault>,
}

/// Where a life ends.
pub enum Kill {
    Never,
    /// At a boundary of the journal, when it is met the n-th time.
    Write {
        boundary: &'static str,
        nth: u32,
    },
    /// In the middle of a request.
    Request {
        name: String,
        fault: Box<Fault>,
    },
}

impl Kill {
    /// What it would rarely come to without.
    fn needs(&self) -> Option<Fault> {
        let Self::Write { boundary, .. } = self else { return None };
        let refusals = || Fault::parse("on=create,status=503,times=none,toxicity=0.7").unwrap();
        boundary.ends_with(" withdraw").then(refusals)
    }
}

/// Boundaries of the journal.
const BOUNDARIES: &[&str] = &[
    "before run",
    "after run",
    "before intend",
    "after intend",
    "before submitted",
    "after submitted",
    "before withdraw",
    "after withdraw",
    "before keep",
    "after keep",
    "before again",
    "after again",
    "before end",
    "after end",
    "before read",
    "after read",
    "before confirm",
    "after confirm",
    "before delivered",
    "after delivered",
];

/// Where somebody has to be killed in the usual schedules; with some it does not matter on which side.
pub const ENDS_TO_SEE: &[&str] = &[
    "before run",
    "after run",
    "before intend",
    "after intend",
    "before submitted",
    "after submitted",
    "withdraw",
    "before keep",
    "after keep",
    "again",
    "before end",
    "after end",
    "confirm",
    "before read",
    "after read",
    "before delivered",
    "after delivered",
    "create, not executed",
    "create, executed",
    "list, executed",
    "retrieve, executed",
    "results, executed",
    "results, among rows",
    "asset, executed",
];

impl Schedule {
    pub fn draw(seed: u64) -> Self {
        let mut random = Rng::with_seed(seed ^ 0x006e_656d_6573_6973);
        let random = &mut random;
        let items = draw_items(random);
        let mut platform = Options {
            seed,
            // Real time: what may have been made is looked for by when it was made.
            speed: 1.0,
            queue_seconds: 0.002,
            item_seconds: (0.0, 0.02),
            output_tokens: Some((5, 40)),
            ..Options::default()
        };
        let mut assets = Vec::new();
        match random.u8(..4) {
            0 => platform.failure_rate = 0.3,
            1 => assets = draw_failing(random, &items),
            _ => {}
        }
        let mut settings = Settings {
            ordered: random.u8(..3) == 0,
            max_active: random.usize(1..=5),
            max_item_attempts: random.u32(1..=3),
            certain_after: Duration::from_millis(60),
            ..settings()
        };
        settings.limits.items = random.usize(2..=10);
        settings.guards.sample = (random.u8(..6) == 0).then(|| random.usize(1..6));
        settings.length = random.bool().then_some(items.len() as u64);
        let has_threads = random.bool();
        let on_malformed = *pick(random, &[OnMalformed::Raise, OnMalformed::Skip]);
        let kills = random.usize(1..=4);
        let mut lives: Vec<Life> = (0..kills)
            .map(|number| {
                let resumes = number > 0 && random.u8(..6) == 0;
                let kill = draw_kill(random);
                let mut faults = lasting(random);
                faults.extend(kill.needs());
                Life { resumes, kill, faults }
            })
            .collect();
        lives.push(Life { resumes: false, kill: Kill::Never, faults: passing(random) });
        Self { seed, items, assets, platform, settings, on_malformed, has_threads, lives }
    }

    /// Whether items may fail.
    pub fn may_fail(&self) -> bool {
        self.platform.failure_rate > 0.0 || !self.assets.is_empty()
    }
}

fn draw_items(random: &mut Rng) -> Vec<BatchItemRequest> {
    let count = random.usize(5..=40);
    let named = *pick(random, &[0, 0, 50, 100]);
    let repeated = *pick(random, &[0, 20]);
    let mut items: Vec<BatchItemRequest> = Vec::new();
    for number in 0..count {
        if number > 0 && random.u8(..100) < repeated {
            let again = items[random.usize(..number)].clone();
            items.push(BatchItemRequest { custom_id: None, ..again });
            continue;
        }
        let mut item = json!({"video": {"type": "asset_id", "asset_id": format!("6a{number:022x}")}});
        if random.u8(..100) < named {
            item["custom_id"] = json!(format!("item-{number}"));
        }
        items.push(serde_json::from_value(item).unwrap());
    }
    items
}

/// Videos with which something goes wrong.
fn draw_failing(random: &mut Rng, items: &[BatchItemRequest]) -> Vec<Asset> {
    let codes = [None, Some("internal_error"), Some("asset_unavailable"), Some("video_file_broken")];
    let mut failing = Vec::new();
    for item in items {
        if random.u8(..4) == 0 {
            let code = pick(random, &codes).map(str::to_owned);
            let error = AnalysisError { code, message: "It went wrong.".to_owned() };
            failing.push(Asset { analysis_error: Some(error), ..Asset::new(item.video.asset_id.clone()) });
        }
    }
    failing
}

fn draw_kill(random: &mut Rng) -> Kill {
    if random.bool() {
        let boundary = *pick(random, BOUNDARIES);
        let nth = match boundary.split_once(' ').unwrap().1 {
            "delivered" => random.u32(1..=20),
            "keep" => random.u32(1..=6),
            "run" | "read" | "again" | "withdraw" | "confirm" => 1,
            _ => random.u32(1..=4),
        };
        return Kill::Write { boundary, nth };
    }
    let on =
        *pick(random, &["create", "create", "create", "list", "retrieve", "results", "results", "asset"]);
    let (place, how) = match (on, random.u8(..3)) {
        (_, 0) => ("not executed", "executed=false".to_owned()),
        ("results", 1) => ("among rows", format!("after_rows={}", random.u32(1..6))),
        _ => ("executed", "executed=true".to_owned()),
    };
    let skip = match on {
        "create" => random.u32(0..5),
        "asset" => 0,
        _ => random.u32(0..8),
    };
    let fault = Fault::parse(&format!("on={on},{how},skip={skip},stall=600")).unwrap();
    Kill::Request { name: format!("{on}, {place}"), fault: Box::new(fault) }
}
