//! Items held against the rules while they are read.

use std::collections::HashSet;

use super::batch::{Need, check_around, need_of};
use super::draft::Draft;
use super::findings::Findings;
use super::item;
use super::path::Path;
use super::settings::{Base, Mode};
use crate::models::{BatchItemRequest, CreateAnalyzeBatchRequest, MAX_REQUESTS};

/// A batch in which nothing is found, neither violations nor warnings, as most
/// are: its items need not be kept. At the first doubt the batch is to be read as a
/// whole, and [`check`](super::check) tells what it is.
pub struct Sound<'a> {
    base: Base<'a>,
    mode: Mode,
    need: Need,
    custom_ids: HashSet<String>,
    count: usize,
    findings: Findings,
}

impl<'a> Sound<'a> {
    /// Begins with what stands beside the items; its items do not count. Nothing if
    /// there is a doubt about it.
    #[must_use]
    pub fn begin(request: &'a CreateAnalyzeBatchRequest) -> Option<Self> {
        let mut findings = Findings::default();
        let around = Draft::of(request, |name| name == "requests");
        let (base, mode) = check_around(&around, &mut findings);
        let mode = mode.filter(|_| findings.is_empty())?;
        Some(Self {
            base,
            mode,
            need: need_of(base, Some(mode)),
            custom_ids: HashSet::new(),
            count: 0,
            findings,
        })
    }

    /// Whether nothing is found in one more item. After it was false once, it says nothing.
    pub fn takes(&mut self, item: &BatchItemRequest) -> bool {
        let requests = Path::argument("requests");
        let (path, about) = (requests.element(self.count), (Some(self.mode), self.need, None));
        self.count += 1;
        item::check(item, &path, self.base, about, &mut self.findings);
        let is_new = item.custom_id.as_ref().is_none_or(|id| self.custom_ids.insert(id.clone()));
        is_new && self.findings.is_empty()
    }

    /// Whether a batch may have as many items as there were.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        (1..=MAX_REQUESTS).contains(&self.count)
    }
}
