//! What a run would do.

use std::collections::{HashMap, VecDeque};

use super::guards::{Price, Spent, Stop, definitions, window};
use super::identity::{Content, Identity};
use super::journal::{Journal, State};
use super::plan::{Left, Weight, next_batch};
use super::report::Counts;
use super::settings::Settings;
use crate::error::{Error, Finding};
use crate::models::{BatchItemRequest, CreateAnalyzeBatchRequest};
use crate::validate::{self, Assets, Draft};

/// As many findings are kept.
const MOST_FINDINGS: usize = 1000;

/// What a run would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// Items of the input.
    pub items: u64,
    /// Those that the journal has an outcome of.
    pub covered: Counts,
    /// Those that are in batches.
    pub active: u64,
    /// Items of each batch that would be submitted, and the hours of its videos as far as they
    /// are known.
    pub batches: Vec<(usize, f64)>,
    /// What would be submitted.
    pub spent: Spent,
    /// Items that ask for the very same as an earlier one.
    pub repeats: u64,
    /// What the platform would refuse, the first thousand.
    pub violations: Vec<Finding>,
    /// How much that is in all.
    pub violation_count: u64,
    /// The guard that would stop the run.
    pub stop: Option<Stop>,
}

impl Plan {
    /// Items that would be submitted.
    #[must_use]
    pub fn new_items(&self) -> u64 {
        self.batches.iter().map(|(items, _)| *items as u64).sum()
    }

    /// What the hours would cost.
    #[must_use]
    pub fn cost(&self, price: &Price) -> f64 {
        self.spent.cost(price)
    }
}

/// Plans a run without doing anything.
#[derive(Debug)]
pub struct Planner {
    journal: Option<Journal>,
    settings: Settings,
    around: CreateAnalyzeBatchRequest,
    identity: Identity,
    met: HashMap<Content, u32>,
    waiting: VecDeque<Weight>,
    plan: Plan,
}

impl Planner {
    /// Begins. The journal is only read.
    #[must_use]
    pub fn new(journal: Option<Journal>, settings: Settings, account: &str) -> Self {
        let around = settings.around();
        let (model_name, mode) = (around.model_name.as_str(), around.analysis_mode.as_str());
        let identity = Identity::new(account, model_name, mode, around.defaults.as_ref());
        Self {
            journal,
            settings,
            around,
            identity,
            met: HashMap::new(),
            waiting: VecDeque::new(),
            plan: Plan::default(),
        }
    }

    /// Takes items of the input.
    pub fn push(&mut self, items: &[BatchItemRequest]) -> Result<(), Error> {
        self.check(items);
        for item in items {
            self.admit(item)?;
        }
        self.make_batches(Left::Unknown);
        Ok(())
    }

    /// Takes what is wrong with items that could not be read.
    pub fn refuse(&mut self, findings: Vec<Finding>) {
        self.plan.violation_count += findings.len() as u64;
        let room = MOST_FINDINGS.saturating_sub(self.plan.violations.len());
        self.plan.violations.extend(findings.into_iter().take(room));
    }

    /// Items that were taken.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.plan.items
    }

    /// The plan.
    #[must_use]
    pub fn finish(mut self) -> Plan {
        self.make_batches(Left::Nothing);
        self.plan.stop = self.settings.guards.allow(&self.plan.spent, self.settings.price.as_ref());
        self.plan
    }

    fn check(&mut self, items: &[BatchItemRequest]) {
        let mut request = self.around.clone();
        request.requests = items.to_vec();
        let draft = Draft::of(&request, |_| false);
        let mut report = validate::check(&draft, &self.settings.durations, &Assets::new());
        let is_first = self.plan.items == 0;
        report.violations.retain(|finding| {
            finding.path != "requests" && (is_first || finding.path.starts_with("requests["))
        });
        for finding in &mut report.violations {
            finding.path = super::admission::shift(&finding.path, self.plan.items);
        }
        self.refuse(report.violations);
    }

    fn admit(&mut self, item: &BatchItemRequest) -> Result<(), Error> {
        self.plan.items += 1;
        let content = self.identity.content(item);
        let occurrence = self.met.entry(content).or_default();
        let key = content.key(*occurrence);
        self.plan.repeats += u64::from(*occurrence > 0);
        *occurrence += 1;
        let known = self.journal.as_ref().map(|journal| journal.find(&key)).transpose()?.flatten();
        match known.map(|known| known.state) {
            Some(State::Ended(ended)) => self.plan.covered.add(ended, 1),
            Some(State::Submitted) => self.plan.active += 1,
            Some(State::Waiting) | None => {
                let seconds = self.settings.durations.get(&item.video.asset_id).copied();
                let bytes = serde_json::to_vec(item).map_or(0, |text| text.len());
                self.waiting.push_back(Weight { bytes, seconds });
                let part = window(item, &self.around, seconds);
                self.plan.spent = self.plan.spent.and(part, definitions(item, &self.around));
            }
        }
        Ok(())
    }

    fn make_batches(&mut self, left: Left) {
        let limits = self.settings.limits;
        while let Some(size) = next_batch(self.waiting.len(), self.waiting.iter().copied(), left, &limits) {
            let seconds: f64 = self.waiting.drain(..size).filter_map(|weight| weight.seconds).sum();
            self.plan.batches.push((size, seconds / 3600.0));
        }
    }
}
