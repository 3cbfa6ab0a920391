//! Results beside the requests that asked for them.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_schema::{ArrowError, SchemaRef};

use super::builder::{Columns, MOST_BYTES};
use super::cells::Cells;
use super::schema::joined_schema;
use crate::models::{BatchItemRequest, BatchResultItem};

/// A request, and what is known of its task.
#[derive(Debug, Clone, Copy)]
pub struct Submitted<'a> {
    /// Its place among the requests.
    pub index: i64,
    /// The request.
    pub request: &'a BatchItemRequest,
    /// Its task, if that is known.
    pub task_id: Option<&'a str>,
}

/// Makes record batches of requests and their results.
#[derive(Debug)]
pub struct JoinedBuilder {
    schema: SchemaRef,
    results: Columns,
    bytes: usize,
    request_index: Int64Builder,
    asset_id: StringBuilder,
    prompt: StringBuilder,
    start_time: Float64Builder,
    end_time: Float64Builder,
    request: StringBuilder,
}

impl Default for JoinedBuilder {
    fn default() -> Self {
        Self {
            schema: joined_schema(),
            results: Columns::default(),
            bytes: 0,
            request_index: Int64Builder::default(),
            asset_id: StringBuilder::default(),
            prompt: StringBuilder::default(),
            start_time: Float64Builder::default(),
            end_time: Float64Builder::default(),
            request: StringBuilder::default(),
        }
    }
}

impl JoinedBuilder {
    /// Adds a request and its result, if it has one.
    pub fn push(
        &mut self,
        submitted: Submitted<'_>,
        item: Option<&BatchResultItem>,
    ) -> Result<(), ArrowError> {
        let Submitted { index, request, task_id } = submitted;
        let whole =
            serde_json::to_string(request).map_err(|error| ArrowError::JsonError(error.to_string()))?;
        self.results.push(&item.map_or_else(
            || Cells { task_id, custom_id: request.custom_id.as_deref(), ..Cells::default() },
            Cells::of,
        ));
        let prompt = request.prompt.as_ref().map(|prompt| prompt.input_text.as_str());
        self.bytes += whole.len() + prompt.map_or(0, str::len);
        self.request_index.append_value(index);
        self.asset_id.append_value(&request.video.asset_id);
        self.prompt.append_option(prompt);
        self.start_time.append_option(request.start_time);
        self.end_time.append_option(request.end_time);
        self.request.append_value(whole);
        Ok(())
    }

    /// Whether it is time to take a record batch.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.bytes >= MOST_BYTES || self.results.is_full()
    }

    /// The rows as a record batch. The builder is empty afterwards.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        self.bytes = 0;
        let mut columns = self.results.finish();
        columns.push(Arc::new(self.request_index.finish()));
        columns.push(Arc::new(self.asset_id.finish()));
        columns.push(Arc::new(self.prompt.finish()));
        columns.push(Arc::new(self.start_time.finish()));
        columns.push(Arc::new(self.end_time.finish()));
        columns.push(Arc::new(self.request.finish()));
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
    }
}
