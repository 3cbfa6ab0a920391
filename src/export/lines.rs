//! Record batches of results as JSON Lines: each row as the platform documents it.

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use serde_json::{Map, Value};

use super::schema::RESULTS;

/// Writes the rows whose tasks are wanted; returns how many that were.
pub fn write_lines(
    batch: &RecordBatch,
    out: &mut Vec<u8>,
    mut is_wanted: impl FnMut(&str) -> bool,
) -> Result<usize, ArrowError> {
    let columns = Columns::of(batch)?;
    let mut written = 0;
    for row in 0..batch.num_rows() {
        if is_wanted(columns.task_id.value(row)) {
            let line = Value::Object(columns.put_together(row)?);
            serde_json::to_writer(&mut *out, &line).map_err(to_error)?;
            out.push(b'\n');
            written += 1;
        }
    }
    Ok(written)
}

#[allow(clippy::needless_pass_by_value)] // as `map_err` passes it
fn to_error(error: serde_json::Error) -> ArrowError {
    ArrowError::JsonError(error.to_string())
}

struct Columns<'a> {
    task_id: &'a StringArray,
    custom_id: &'a StringArray,
    status: &'a StringArray,
    data: &'a StringArray,
    finish_reason: &'a StringArray,
    generation_id: &'a StringArray,
    output_tokens: &'a Int64Array,
    input_tokens: &'a Int64Array,
    error_code: &'a StringArray,
    error_message: &'a StringArray,
    extra: &'a StringArray,
}

impl<'a> Columns<'a> {
    fn of(batch: &'a RecordBatch) -> Result<Self, ArrowError> {
        let column = |index: usize| {
            let name = RESULTS.get(index).map_or("", |column| column.name);
            let missing = move || {
                ArrowError::SchemaError(format!("the column `{name}` is missing, or of another type"))
            };
            batch.column_by_name(name).ok_or_else(missing).map(|column| (column, missing))
        };
        let text =
            |index| column(index).and_then(|(column, missing)| column.as_string_opt().ok_or_else(missing));
        let integer = |index| {
            column(index)
                .and_then(|(column, missing)| column.as_primitive_opt::<Int64Type>().ok_or_else(missing))
        };
        Ok(Self {
            task_id: text(0)?,
            custom_id: text(1)?,
            status: text(2)?,
            data: text(3)?,
            finish_reason: text(4)?,
            generation_id: text(5)?,
            output_tokens: integer(6)?,
            input_tokens: integer(7)?,
            error_code: text(8)?,
            error_message: text(9)?,
            extra: text(10)?,
        })
    }

    /// The row as it came, but for the order of its fields: what is documented first.
    fn put_together(&self, row: usize) -> Result<Map<String, Value>, ArrowError> {
        let mut usage = Map::new();
        put(&mut usage, "output_tokens", integer(self.output_tokens, row));
        put(&mut usage, "input_tokens", integer(self.input_tokens, row));
        let mut data = Map::new();
        put(&mut data, "generation_id", text(self.generation_id, row));
        put(&mut data, "data", text(self.data, row));
        put(&mut data, "finish_reason", text(self.finish_reason, row));
        put(&mut data, "usage", object(usage));
        let mut error = Map::new();
        put(&mut error, "code", text(self.error_code, row));
        put(&mut error, "message", text(self.error_message, row));
        let mut whole = Map::new();
        put(&mut whole, "task_id", text(self.task_id, row));
        put(&mut whole, "custom_id", text(self.custom_id, row).or(Some(Value::Null)));
        put(&mut whole, "status", text(self.status, row));
        put(&mut whole, "data", object(data));
        put(&mut whole, "error", object(error));
        if self.extra.is_valid(row) {
            merge(&mut whole, serde_json::from_str(self.extra.value(row)).map_err(to_error)?);
        }
        Ok(whole)
    }
}

fn text(column: &StringArray, row: usize) -> Option<Value> {
    column.is_valid(row).then(|| column.value(row).into())
}

fn integer(column: &Int64Array, row: usize) -> Option<Value> {
    column.is_valid(row).then(|| column.value(row).into())
}

fn object(fields: Map<String, Value>) -> Option<Value> {
    (!fields.is_empty()).then_some(Value::Object(fields))
}

fn put(fields: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), value);
    }
}

/// Adds what columns do not show to what they show. Only objects that have columns meet.
fn merge(fields: &mut Map<String, Value>, extra: Map<String, Value>) {
    for (name, value) in extra {
        match (fields.get_mut(&name), value) {
            (Some(Value::Object(fields)), Value::Object(extra)) => merge(fields, extra),
            (_, value) => drop(fields.insert(name, value)),
        }
    }
}
