//! A row of results as the cells of its columns.

use super::extra::tell_extra;
use crate::jsonl::PlainRow;
use crate::models::{AnalyzeTaskResult, BatchItemError, BatchResultItem, FinishReason, Kept};

/// The cells of a row, in the order of the columns.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    pub task_id: Option<&'a str>,
    pub custom_id: Option<&'a str>,
    pub status: Option<&'a str>,
    pub data: Option<&'a str>,
    pub finish_reason: Option<&'a str>,
    pub generation_id: Option<&'a str>,
    pub output_tokens: Option<i64>,
    pub input_tokens: Option<i64>,
    pub error_code: Option<&'a str>,
    pub error_message: Option<&'a str>,
    pub extra: Option<String>,
}

impl<'a> Cells<'a> {
    /// What a row says, each part in its column.
    pub fn of(item: &'a BatchResultItem) -> Self {
        let result = item.data.as_ref().and_then(Kept::fit);
        let usage = result.and_then(|result: &AnalyzeTaskResult| result.usage.fit());
        let error = item.error.as_ref().and_then(Kept::fit);
        Self {
            task_id: Some(&item.task_id),
            custom_id: item.custom_id.0.as_deref(),
            status: Some(item.status.as_str()),
            data: result.and_then(|result| text(&result.data)),
            finish_reason: result.and_then(|result| result.finish_reason.fit()).map(FinishReason::as_str),
            generation_id: result.and_then(|result| text(&result.generation_id)),
            output_tokens: usage.and_then(|usage| usage.output_tokens.fit().copied()),
            input_tokens: usage.and_then(|usage| usage.input_tokens.as_ref()?.fit().copied()),
            error_code: error.and_then(|error| text(error.code.as_ref()?)),
            error_message: error.and_then(|error: &BatchItemError| text(&error.message)),
            extra: tell_extra(item),
        }
    }

    /// What a row says that is as documented.
    pub fn of_plain(row: &PlainRow<'a>) -> Self {
        let usage = row.data.and_then(|data| data.usage);
        Self {
            task_id: Some(row.task_id),
            custom_id: row.custom_id,
            status: Some(row.status),
            data: row.data.and_then(|data| data.data),
            finish_reason: row.data.and_then(|data| data.finish_reason),
            generation_id: row.data.and_then(|data| data.generation_id),
            output_tokens: usage.and_then(|usage| usage.output_tokens),
            input_tokens: usage.and_then(|usage| usage.input_tokens),
            error_code: row.error.and_then(|error| error.code),
            error_message: row.error.and_then(|error| error.message),
            extra: None,
        }
    }

    /// Bytes of text.
    pub fn bytes(&self) -> usize {
        let texts = [
            self.task_id,
            self.custom_id,
            self.status,
            self.data,
            self.finish_reason,
            self.generation_id,
            self.error_code,
            self.error_message,
            self.extra.as_deref(),
        ];
        texts.into_iter().flatten().map(str::len).sum()
    }
}

fn text(kept: &Kept<String>) -> Option<&str> {
    kept.fit().map(String::as_str)
}
