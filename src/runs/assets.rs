//! Asking the platform about the assets of items.

use std::collections::HashMap;

use super::driver::{Run, Waiting};
use super::guards::window;
use super::journal::{Ending, State};
use super::outcome::Ended;
use super::stored::{failed_row, line_of};
use super::submission;
use crate::client::Surveyed;
use crate::error::Error;
use crate::models::{AssetDetail, BatchItemRequest, Kept};

/// As many items are asked about at once.
const GROUP: usize = 100;

/// What assets are asked about for.
#[derive(Debug)]
pub(super) enum Survey {
    /// The platform refused a batch of these.
    Refused(Vec<Waiting>, Error),
    /// These failed because of their asset.
    Failed(Vec<i64>),
    /// Nobody has said how long the videos of these are.
    Lengths(Vec<Waiting>),
}

impl Run {
    /// Whether something about assets is asked, or is to be.
    pub(super) fn is_asking(&self) -> bool {
        self.surveyed.is_some()
            || !self.surveys.is_empty()
            || !self.to_check.is_empty()
            || !self.unmeasured.is_empty()
    }

    /// Begins to ask about assets, if there is a reason to, and nothing is asked yet.
    pub(super) fn start_checks(&mut self) {
        if !self.to_check.is_empty() {
            let items = std::mem::take(&mut self.to_check);
            let assets = items.iter().filter_map(|item_id| Some(self.recall(*item_id).ok()?.asset_id));
            let assets = assets.collect();
            self.ask_about(Survey::Failed(items), assets);
        }
        if self.surveyed.is_some() {
            return;
        }
        if self.surveys.is_empty() && !self.unmeasured.is_empty() {
            let count = self.unmeasured.len().min(GROUP);
            let items: Vec<Waiting> = self.unmeasured.drain(..count).collect();
            let assets = items.iter().map(|waiting| waiting.asset_id.clone()).collect();
            self.ask_about(Survey::Lengths(items), assets);
        }
        if let Some((about, assets)) = self.surveys.pop_front() {
            self.surveyed = Some(about);
            let (client, options) = (self.client.clone(), self.settings.options.clone());
            self.tasks.spawn(submission::survey(client, assets, options, self.first_pause()));
        }
    }

    /// Has it asked about assets in its turn.
    pub(super) fn ask_about(&mut self, about: Survey, mut assets: Vec<String>) {
        assets.sort_unstable();
        assets.dedup();
        self.surveys.push_back((about, assets));
    }

    pub(super) fn take_survey(&mut self, found: Vec<Surveyed>, error: Option<Error>) -> Result<(), Error> {
        let Some(about) = self.surveyed.take() else { return Ok(()) };
        let about = match about {
            Survey::Lengths(items) => return self.take_lengths(items, found, error),
            about => about,
        };
        let verdicts: HashMap<String, Verdict> =
            found.into_iter().map(|one| (one.asset_id, verdict_of(one.found.as_ref()))).collect();
        match about {
            Survey::Refused(items, refusal) => self.sort_out(items, &verdicts, error.unwrap_or(refusal)),
            Survey::Failed(items) => {
                if let Some(error) = error {
                    self.to_check.extend(items);
                    return Err(error);
                }
                self.decide(items, &verdicts)
            }
            Survey::Lengths(_) => Ok(()),
        }
    }

    /// Has items submitted again that failed because of their asset, if that is ready now.
    fn decide(&mut self, items: Vec<i64>, verdicts: &HashMap<String, Verdict>) -> Result<(), Error> {
        for item_id in items {
            // Both the end of its batch and the input may have it looked at. What the input has not brought
            // yet is looked at when it does.
            let has_failed = self.journal.state(item_id)? == Some(State::Ended(Ended::Failed));
            if !has_failed || !self.awaited.contains(&item_id) {
                continue;
            }
            let asset_id = self.recall(item_id)?.asset_id;
            if matches!(verdicts.get(&asset_id), Some(Verdict::Ready)) {
                self.submit_again(vec![item_id])?;
            } else {
                self.note_ending(item_id, Ended::Failed);
            }
        }
        Ok(())
    }

    /// Ends the items whose asset is why a batch was refused; the others are submitted.
    fn sort_out(
        &mut self,
        items: Vec<Waiting>,
        verdicts: &HashMap<String, Verdict>,
        refusal: Error,
    ) -> Result<(), Error> {
        let (mut endings, mut rest) = (Vec::new(), Vec::new());
        for waiting in items {
            match verdicts.get(&waiting.asset_id) {
                Some(Verdict::Wrong { code, message }) => {
                    endings.push(Ending {
                        item_id: waiting.member.item_id,
                        attempt: waiting.member.attempt + 1,
                        ended: Ended::Failed,
                        is_again: false,
                        line: line_of(&failed_row(&waiting.member.wire_id(), code, message)),
                    });
                }
                Some(Verdict::Ready) | None => rest.push(waiting),
            }
        }
        self.put_back(rest);
        if endings.is_empty() {
            return Err(refusal);
        }
        self.journal.keep(0, &endings)?;
        for ending in &endings {
            self.queued.remove(&ending.item_id);
            self.note_ending(ending.item_id, ending.ended);
        }
        Ok(())
    }

    /// Puts items where they are submitted from, now that it is known how long their videos are.
    /// One whose asset is not known is the platform's to judge.
    fn take_lengths(
        &mut self,
        items: Vec<Waiting>,
        found: Vec<Surveyed>,
        error: Option<Error>,
    ) -> Result<(), Error> {
        if let Some(error) = error {
            for waiting in items.into_iter().rev() {
                self.unmeasured.push_front(waiting);
            }
            return Err(error);
        }
        let lengths: HashMap<String, f64> =
            found.into_iter().filter_map(|one| Some((one.asset_id, *one.found?.duration?.fit()?))).collect();
        for mut waiting in items {
            if let Some(length) = lengths.get(&waiting.asset_id) {
                waiting.weight.seconds = Some(*length);
                let item: Option<BatchItemRequest> = serde_json::from_slice(&waiting.member.request).ok();
                waiting.window = item.and_then(|item| window(&item, &self.around, Some(*length)));
            }
            self.waiting.push_back(waiting);
        }
        Ok(())
    }
}

/// What there is to be said of an asset.
enum Verdict {
    Ready,
    Wrong { code: &'static str, message: String },
}

fn verdict_of(asset: Option<&AssetDetail>) -> Verdict {
    let Some(asset) = asset else {
        return Verdict::Wrong {
            code: "asset_not_found",
            message: "the platform refused to take this item: it does not know the asset".to_owned(),
        };
    };
    let status = asset.status.as_ref().and_then(Kept::fit).map_or("", String::as_str);
    match status {
        "failed" => Verdict::Wrong {
            code: "asset_unavailable",
            message: "the platform refused to take this item: its asset has failed".to_owned(),
        },
        "processing" => Verdict::Wrong {
            code: "asset_not_ready",
            message: "the platform refused to take this item: its asset is still being processed".to_owned(),
        },
        _ => Verdict::Ready,
    }
}
