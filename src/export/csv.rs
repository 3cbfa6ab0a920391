//! Record batches as CSV (RFC 4180), for readers that know quotes.
//!
//! Nothing is an empty cell, an empty text is two quotes; lines end with a line feed.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{ArrowError, Schema};
use csv_core::{WriteResult, Writer};

/// Writes the names of the columns.
pub fn write_header(schema: &Schema, out: &mut Vec<u8>) {
    let mut writer = Writer::new();
    for (index, field) in schema.fields().iter().enumerate() {
        separate(&mut writer, index, out);
        write_text(&mut writer, field.name(), out);
    }
    end_line(&mut writer, out);
}

/// Writes the rows.
pub fn write_csv(batch: &RecordBatch, out: &mut Vec<u8>) -> Result<(), ArrowError> {
    let columns =
        batch.columns().iter().map(|column| Cell::of(column.as_ref())).collect::<Result<Vec<_>, _>>()?;
    let mut writer = Writer::new();
    for row in 0..batch.num_rows() {
        for (index, column) in columns.iter().enumerate() {
            separate(&mut writer, index, out);
            column.write(row, &mut writer, out);
        }
        end_line(&mut writer, out);
    }
    Ok(())
}

/// A column whose cells can be written.
enum Cell<'a> {
    Text(&'a arrow_array::StringArray),
    Integer(&'a arrow_array::Int64Array),
    Number(&'a arrow_array::Float64Array),
}

impl<'a> Cell<'a> {
    fn of(column: &'a dyn Array) -> Result<Self, ArrowError> {
        let text = column.as_string_opt().map(Self::Text);
        let integer = || column.as_primitive_opt::<Int64Type>().map(Self::Integer);
        let number = || column.as_primitive_opt::<Float64Type>().map(Self::Number);
        text.or_else(integer)
            .or_else(number)
            .ok_or_else(|| ArrowError::NotYetImplemented(format!("{} as CSV", column.data_type())))
    }

    fn write(&self, row: usize, writer: &mut Writer, out: &mut Vec<u8>) {
        match self {
            Self::Text(column) if column.is_valid(row) => write_text(writer, column.value(row), out),
            Self::Integer(column) if column.is_valid(row) => {
                write_text(writer, &column.value(row).to_string(), out);
            }
            Self::Number(column) if column.is_valid(row) => {
                write_text(writer, &column.value(row).to_string(), out);
            }
            _ => {}
        }
    }
}

/// Ends the cell before, and its quotes.
fn separate(writer: &mut Writer, index: usize, out: &mut Vec<u8>) {
    if index > 0 {
        grow(out, 2, |room| writer.delimiter(room));
    }
}

fn end_line(writer: &mut Writer, out: &mut Vec<u8>) {
    grow(out, 4, |room| writer.terminator(room));
}

fn write_text(writer: &mut Writer, text: &str, out: &mut Vec<u8>) {
    if text.is_empty() {
        // The writer would leave it out, as if there were nothing.
        out.extend_from_slice(b"\"\"");
        return;
    }
    let mut rest = text.as_bytes();
    grow(out, rest.len() + 2, |room| {
        let (result, read, written) = writer.field(rest, room);
        rest = rest.get(read..).unwrap_or_default();
        (result, written)
    });
}

/// Has bytes written behind what is there, as often as they do not fit.
fn grow(out: &mut Vec<u8>, room: usize, mut write: impl FnMut(&mut [u8]) -> (WriteResult, usize)) {
    loop {
        let start = out.len();
        out.resize(start + room, 0);
        let (result, written) = write(out.get_mut(start..).unwrap_or_default());
        out.truncate(start + written);
        if matches!(result, WriteResult::InputEmpty) {
            return;
        }
    }
}
