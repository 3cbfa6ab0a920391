//! A request to create a batch, ready to be sent.

use bytes::Bytes;

use crate::error::Error;
use crate::models::{AnalysisMode, BatchItemRequest, CreateAnalyzeBatchRequest, ModelName};

/// The body that creates a batch, and what the batch is recognised by.
#[derive(Debug)]
pub struct Prepared {
    pub(super) model_name: ModelName,
    pub(super) analysis_mode: AnalysisMode,
    /// Those of all items, in order.
    pub(super) custom_ids: Vec<Option<String>>,
    pub(super) body: Bytes,
}

impl Prepared {
    /// Prepares a whole request.
    pub fn of(request: &CreateAnalyzeBatchRequest) -> Result<Self, Error> {
        Preparing::begin(request).map(Preparing::finish)
    }
}

/// A request that is written item by item, so that no item has to be kept.
#[derive(Debug)]
pub struct Preparing {
    model_name: ModelName,
    analysis_mode: AnalysisMode,
    custom_ids: Vec<Option<String>>,
    body: Vec<u8>,
}

/// The items come last in the body.
const END: &[u8] = b"]}";

impl Preparing {
    /// Begins with what stands beside the items, and with the items that are there.
    pub fn begin(request: &CreateAnalyzeBatchRequest) -> Result<Self, Error> {
        let mut body = serde_json::to_vec(request).map_err(|error| refuse(&error))?;
        body.truncate(body.len().saturating_sub(END.len()));
        Ok(Self {
            model_name: request.model_name.clone(),
            analysis_mode: request.analysis_mode.clone(),
            custom_ids: request.requests.iter().map(|item| item.custom_id.clone()).collect(),
            body,
        })
    }

    /// Adds an item.
    pub fn push(&mut self, item: &BatchItemRequest) -> Result<(), Error> {
        if !self.custom_ids.is_empty() {
            self.body.push(b',');
        }
        serde_json::to_writer(&mut self.body, item).map_err(|error| refuse(&error))?;
        self.custom_ids.push(item.custom_id.clone());
        Ok(())
    }

    /// Adds an item that is written as JSON already.
    pub fn push_written(&mut self, item: &[u8], custom_id: String) {
        if !self.custom_ids.is_empty() {
            self.body.push(b',');
        }
        self.body.extend_from_slice(item);
        self.custom_ids.push(Some(custom_id));
    }

    /// Makes room for so many more items that are about as long as those before.
    pub fn reserve(&mut self, items: usize) {
        const MOST: usize = 16 << 20;
        let about = self.body.len() + self.body.len() / 8;
        self.body.reserve(about.saturating_mul(items).min(MOST));
    }

    /// The request, with all items that were added.
    #[must_use]
    pub fn finish(mut self) -> Prepared {
        self.body.extend_from_slice(END);
        Prepared {
            model_name: self.model_name,
            analysis_mode: self.analysis_mode,
            custom_ids: self.custom_ids,
            body: self.body.into(),
        }
    }
}

fn refuse(error: &serde_json::Error) -> Error {
    Error::invalid("requests", error.to_string())
}
