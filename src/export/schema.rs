//! The columns, their order and their types: a promise to users.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text in UTF-8, with offsets of 32 bits: every reader knows it, and batches are bounded.
    Text,
    /// Whole numbers of 64 bits.
    Integer,
    /// Numbers with a fraction.
    Number,
}

/// A column: its name, what it holds, and whether it always holds something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether every row has a value.
    pub is_given: bool,
}

const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text, is_given: false }
}

const fn given(column: Column) -> Column {
    Column { is_given: true, ..column }
}

const fn integer(name: &'static str) -> Column {
    Column { name, kind: Kind::Integer, is_given: false }
}

const fn number(name: &'static str) -> Column {
    Column { name, kind: Kind::Number, is_given: false }
}

/// The columns of results.
pub const RESULTS: [Column; 11] = [
    given(text("task_id")),
    text("custom_id"),
    given(text("status")),
    text("data"),
    text("finish_reason"),
    text("generation_id"),
    integer("output_tokens"),
    integer("input_tokens"),
    text("error_code"),
    text("error_message"),
    text("extra"),
];

/// The columns that stand behind them where results are joined to requests.
pub const JOINED: [Column; 6] = [
    given(integer("request_index")),
    given(text("asset_id")),
    text("prompt"),
    number("start_time"),
    number("end_time"),
    given(text("request")),
];

fn field(column: &Column, is_given: bool) -> Field {
    let kind = match column.kind {
        Kind::Text => DataType::Utf8,
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
    };
    Field::new(column.name, kind, !is_given)
}

/// The schema of results.
#[must_use]
pub fn result_schema() -> SchemaRef {
    Arc::new(Schema::new(RESULTS.iter().map(|column| field(column, column.is_given)).collect::<Vec<_>>()))
}

/// The schema of results that are joined to requests; a request may have no result.
#[must_use]
pub fn joined_schema() -> SchemaRef {
    let results = RESULTS.iter().map(|column| field(column, false));
    let requests = JOINED.iter().map(|column| field(column, column.is_given));
    Arc::new(Schema::new(results.chain(requests).collect::<Vec<_>>()))
}
