//! How a run is done.

use std::time::Duration;

use super::guards::{Guards, Price};
use super::plan::Limits;
use crate::client::CallOptions;
use crate::models::{
    AnalysisMode, BatchDefaults, CreateAnalyzeBatchRequest, MAX_ACTIVE_BATCHES, MAX_REQUESTS, ModelName,
};
use crate::validate::Durations;

/// How a run is done.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The model of every item.
    pub model_name: ModelName,
    /// How every item is analysed.
    pub analysis_mode: AnalysisMode,
    /// Values for items that do not give their own.
    pub defaults: Option<BatchDefaults>,
    /// How large batches may be.
    pub limits: Limits,
    /// Batches of this run that may be active, 1 to 5.
    pub max_active: usize,
    /// How often an item is submitted, at most.
    pub max_item_attempts: u32,
    /// Whether outcomes come in the order of the items.
    pub ordered: bool,
    /// Whether outcomes come that were handed over before.
    pub redeliver: bool,
    /// Items of the input, if that is known.
    pub length: Option<u64>,
    /// Lengths of videos, as far as they are known.
    pub durations: Durations,
    /// Whether the platform is asked for those that are not known: one request an item.
    pub asks_durations: bool,
    /// What ends the run early.
    pub guards: Guards,
    /// What it costs.
    pub price: Option<Price>,
    /// The pause between two looks at a batch, if it is not to grow by itself.
    pub poll_interval: Option<Duration>,
    /// A submission is believed to have made nothing when it is this old and no such batch is
    /// listed. The platform says nothing about how soon it lists a batch.
    pub certain_after: Duration,
    /// Settings of every call.
    pub options: CallOptions,
}

impl Settings {
    /// The usual ones.
    #[must_use]
    pub fn new(model_name: ModelName, analysis_mode: AnalysisMode) -> Self {
        Self {
            model_name,
            analysis_mode,
            defaults: None,
            limits: Limits::default(),
            max_active: MAX_ACTIVE_BATCHES,
            max_item_attempts: 2,
            ordered: false,
            redeliver: false,
            length: None,
            durations: Durations::new(),
            asks_durations: false,
            guards: Guards::default(),
            price: None,
            poll_interval: None,
            certain_after: Duration::from_secs(60),
            options: CallOptions::default(),
        }
    }

    /// What stands beside the items of each batch.
    pub(super) fn around(&self) -> CreateAnalyzeBatchRequest {
        CreateAnalyzeBatchRequest {
            model_name: self.model_name.clone(),
            analysis_mode: self.analysis_mode.clone(),
            defaults: self.defaults.clone(),
            requests: Vec::new(),
        }
    }

    /// As many items are read before they can be submitted.
    pub(super) fn ahead(&self) -> usize {
        self.limits.items.clamp(1, MAX_REQUESTS) * 2
    }
}
