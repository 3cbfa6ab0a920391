//! Rows in, record batches out.

use std::sync::Arc;

use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, SchemaRef};

use super::cells::Cells;
use super::schema::result_schema;
use crate::jsonl::PlainRow;
use crate::models::BatchResultItem;

/// Rows in a record batch, at most.
pub const MOST_ROWS: usize = 32 * 1024;

/// A record batch is full at so many bytes of text. A row is bounded too, so that neither memory
/// nor offsets of 32 bits run out.
pub const MOST_BYTES: usize = 16 << 20;

/// Makes record batches of rows.
#[derive(Debug)]
pub struct ColumnBuilder {
    schema: SchemaRef,
    columns: Columns,
}

impl Default for ColumnBuilder {
    fn default() -> Self {
        Self { schema: result_schema(), columns: Columns::default() }
    }
}

impl ColumnBuilder {
    /// Adds a row.
    pub fn push(&mut self, item: &BatchResultItem) {
        self.columns.push(&Cells::of(item));
    }

    /// Adds a row that is as documented.
    pub fn push_plain(&mut self, row: &PlainRow<'_>) {
        self.columns.push(&Cells::of_plain(row));
    }

    /// Rows that were added.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.rows
    }

    /// Whether it is time to take a record batch.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.columns.is_full()
    }

    /// The rows as a record batch. The builder is empty afterwards.
    pub fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(Arc::clone(&self.schema), self.columns.finish())
    }
}

/// The columns of results while they grow.
#[derive(Debug, Default)]
pub(super) struct Columns {
    rows: usize,
    bytes: usize,
    task_id: StringBuilder,
    custom_id: StringBuilder,
    status: StringBuilder,
    data: StringBuilder,
    finish_reason: StringBuilder,
    generation_id: StringBuilder,
    output_tokens: Int64Builder,
    input_tokens: Int64Builder,
    error_code: StringBuilder,
    error_message: StringBuilder,
    extra: StringBuilder,
}

impl Columns {
    pub fn push(&mut self, cells: &Cells<'_>) {
        self.rows += 1;
        self.bytes += cells.bytes();
        self.task_id.append_option(cells.task_id);
        self.custom_id.append_option(cells.custom_id);
        self.status.append_option(cells.status);
        self.data.append_option(cells.data);
        self.finish_reason.append_option(cells.finish_reason);
        self.generation_id.append_option(cells.generation_id);
        self.output_tokens.append_option(cells.output_tokens);
        self.input_tokens.append_option(cells.input_tokens);
        self.error_code.append_option(cells.error_code);
        self.error_message.append_option(cells.error_message);
        self.extra.append_option(cells.extra.as_deref());
    }

    pub fn is_full(&self) -> bool {
        self.rows >= MOST_ROWS || self.bytes >= MOST_BYTES
    }

    pub fn finish(&mut self) -> Vec<ArrayRef> {
        (self.rows, self.bytes) = (0, 0);
        vec![
            Arc::new(self.task_id.finish()),
            Arc::new(self.custom_id.finish()),
            Arc::new(self.status.finish()),
            Arc::new(self.data.finish()),
            Arc::new(self.finish_reason.finish()),
            Arc::new(self.generation_id.finish()),
            Arc::new(self.output_tokens.finish()),
            Arc::new(self.input_tokens.finish()),
            Arc::new(self.error_code.finish()),
            Arc::new(self.error_message.finish()),
            Arc::new(self.extra.finish()),
        ]
    }
}
