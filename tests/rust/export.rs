//! Rows as columns, and columns as JSON Lines and CSV.

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use twelvelabs_batches::export::{
    ColumnBuilder, JoinedBuilder, MOST_BYTES, MOST_ROWS, Submitted, joined_schema, result_schema, write_csv,
    write_header, write_lines,
};
use twelvelabs_batches::jsonl::{Line, decode_row};
use twelvelabs_batches::models::{BatchItemRequest, BatchResultItem};

fn read(row: &Value) -> BatchResultItem {
    let bytes = row.to_string();
    decode_row(Line { row: 1, offset: 0, bytes: bytes.as_bytes(), is_terminated: true }).unwrap()
}

fn columns(rows: &[BatchResultItem]) -> RecordBatch {
    let mut builder = ColumnBuilder::default();
    for row in rows {
        builder.push(row);
    }
    assert_eq!(builder.rows(), rows.len());
    let batch = builder.finish().unwrap();
    assert_eq!(builder.rows(), 0);
    batch
}

fn lines(batch: &RecordBatch) -> Vec<Value> {
    let mut text = Vec::new();
    assert_eq!(write_lines(batch, &mut text, |_| true).unwrap(), batch.num_rows());
    let lines = text.split_inclusive(|byte| *byte == b'\n').map(|line| serde_json::from_slice(line).unwrap());
    lines.collect()
}

fn text<'a>(batch: &'a RecordBatch, name: &str, row: usize) -> Option<&'a str> {
    let column = batch.column_by_name(name).unwrap().as_string::<i32>();
    column.is_valid(row).then(|| column.value(row))
}

fn integer(batch: &RecordBatch, name: &str, row: usize) -> Option<i64> {
    let column = batch.column_by_name(name).unwrap().as_primitive::<Int64Type>();
    column.is_valid(row).then(|| column.value(row))
}

#[test]
fn the_schema_is_a_promise() {
    let told: Vec<_> = result_schema()
        .fields()
        .iter()
        .map(|field| (field.name().clone(), field.data_type().clone(), field.is_nullable()))
        .collect();
    let text = |name: &str, is_nullable| (name.to_owned(), DataType::Utf8, is_nullable);
    let count = |name: &str| (name.to_owned(), DataType::Int64, true);
    assert_eq!(
        told,
        [
            text("task_id", false),
            text("custom_id", true),
            text("status", false),
            text("data", true),
            text("finish_reason", true),
            text("generation_id", true),
            count("output_tokens"),
            count("input_tokens"),
            text("error_code", true),
            text("error_message", true),
            text("extra", true),
        ]
    );
}

#[test]
fn a_documented_row_fills_its_columns_and_leaves_nothing() {
    let batch = columns(&[
        read(&json!({
            "task_id": "t", "custom_id": "c", "status": "ready",
            "data": {
                "generation_id": "g", "data": "text", "finish_reason": "length",
                "usage": {"output_tokens": 3, "input_tokens": 4},
            },
        })),
        read(
            &json!({"task_id": "u", "custom_id": null, "status": "failed", "error": {"code": "x", "message": "y"}}),
        ),
    ]);
    let told = |row| -> Vec<_> {
        let texts = ["task_id", "custom_id", "status", "data", "finish_reason", "generation_id"];
        let errors = ["error_code", "error_message", "extra"];
        texts.iter().chain(&errors).map(|name| text(&batch, name, row)).collect()
    };
    let ready =
        [Some("t"), Some("c"), Some("ready"), Some("text"), Some("length"), Some("g"), None, None, None];
    assert_eq!(told(0), ready);
    assert_eq!((integer(&batch, "output_tokens", 0), integer(&batch, "input_tokens", 0)), (Some(3), Some(4)));
    let failed = [Some("u"), None, Some("failed"), None, None, None, Some("x"), Some("y"), None];
    assert_eq!(told(1), failed);
    assert_eq!((integer(&batch, "output_tokens", 1), integer(&batch, "input_tokens", 1)), (None, None));
}

#[test]
fn extra_has_what_no_column_shows() {
    for (part, extra) in [
        (json!({"new": {"deep": [1, null]}}), Some(json!({"new": {"deep": [1, null]}}))),
        (json!({"data": null, "error": null}), None),
        (json!({"data": {}}), Some(json!({"data": {}}))),
        (json!({"data": {"usage": {}}}), Some(json!({"data": {"usage": {}}}))),
        (json!({"data": {"data": "x", "usage": {}}}), Some(json!({"data": {"usage": {}}}))),
        (json!({"data": {"data": "x", "usage": null}}), None),
        (json!({"data": "text"}), Some(json!({"data": "text"}))),
        (json!({"data": {"data": {"a": 1}}}), Some(json!({"data": {"data": {"a": 1}}}))),
        (json!({"data": {"usage": {"output_tokens": 2.0}}}), None),
        (
            json!({"data": {"usage": {"output_tokens": 2.5, "cached": 1}}}),
            Some(json!({"data": {"usage": {"cached": 1, "output_tokens": 2.5}}})),
        ),
        (json!({"error": "text"}), Some(json!({"error": "text"}))),
        (json!({"error": {"message": 5, "code": "x"}}), Some(json!({"error": {"message": 5}}))),
    ] {
        let mut row = json!({"task_id": "t", "custom_id": null, "status": "queued"});
        row.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        let batch = columns(&[read(&row)]);
        let told = text(&batch, "extra", 0).map(|extra| serde_json::from_str::<Value>(extra).unwrap());
        assert_eq!(told, extra, "{part}");
    }
}

#[test]
fn a_batch_is_full_by_rows_or_by_bytes() {
    let row = read(&json!({"task_id": "t", "custom_id": null, "status": "queued"}));
    let mut builder = ColumnBuilder::default();
    while !builder.is_full() {
        builder.push(&row);
    }
    assert_eq!(builder.finish().unwrap().num_rows(), MOST_ROWS);
    assert!(!builder.is_full());
    let long = "x".repeat(MOST_BYTES / 4);
    let row = read(&json!({"task_id": "t", "custom_id": null, "status": "ready", "data": {"data": long}}));
    while !builder.is_full() {
        builder.push(&row);
    }
    assert_eq!(builder.finish().unwrap().num_rows(), 4);
}

#[test]
fn only_wanted_rows_become_lines() {
    let rows = ["a", "b", "c"].map(|id| read(&json!({"task_id": id, "custom_id": null, "status": "ready"})));
    let mut text = Vec::new();
    assert_eq!(write_lines(&columns(&rows), &mut text, |task_id| task_id != "b").unwrap(), 2);
    let text = String::from_utf8(text).unwrap();
    assert_eq!(
        text,
        "{\"task_id\":\"a\",\"custom_id\":null,\"status\":\"ready\"}\n\
         {\"task_id\":\"c\",\"custom_id\":null,\"status\":\"ready\"}\n"
    );
}

#[test]
fn csv_tells_nothing_from_an_empty_text() {
    let rows = [
        json!({"task_id": "t", "custom_id": "", "status": "ready", "data": {"data": "a,\"b\"\r\nc\u{2028}"}}),
        json!({"task_id": "u", "custom_id": null, "status": "ready", "data": {"data": "\"", "usage": {"output_tokens": -1}}}),
    ];
    let mut text = Vec::new();
    write_header(&result_schema(), &mut text);
    write_csv(&columns(&rows.map(|row| read(&row))), &mut text).unwrap();
    assert_eq!(
        String::from_utf8(text).unwrap(),
        "task_id,custom_id,status,data,finish_reason,generation_id,output_tokens,input_tokens,\
         error_code,error_message,extra\n\
         t,\"\",ready,\"a,\"\"b\"\"\r\nc\u{2028}\",,,,,,,\n\
         u,,ready,\"\"\"\",,,-1,,,,\n"
    );
}

#[test]
fn requests_stand_behind_their_results() {
    let request: BatchItemRequest = serde_json::from_value(json!({
        "video": {"type": "asset_id", "asset_id": "a"}, "custom_id": "c", "prompt": {"input_text": "p"},
        "start_time": 1.5,
    }))
    .unwrap();
    let item = read(&json!({"task_id": "t", "custom_id": "c", "status": "ready"}));
    let mut builder = JoinedBuilder::default();
    let submitted = |index, task_id| Submitted { index, request: &request, task_id };
    builder.push(submitted(0, None), Some(&item)).unwrap();
    builder.push(submitted(1, Some("u")), None).unwrap();
    assert!(!builder.is_full());
    let batch = builder.finish().unwrap();
    assert_eq!(batch.schema(), joined_schema());
    assert_eq!([text(&batch, "task_id", 0), text(&batch, "status", 0)], [Some("t"), Some("ready")]);
    assert_eq!([text(&batch, "task_id", 1), text(&batch, "status", 1)], [Some("u"), None]);
    for row in 0..2 {
        assert_eq!(text(&batch, "custom_id", row), Some("c"));
        assert_eq!([text(&batch, "asset_id", row), text(&batch, "prompt", row)], [Some("a"), Some("p")]);
        assert_eq!(integer(&batch, "request_index", row), Some(i64::try_from(row).unwrap()));
        let whole: Value = serde_json::from_str(text(&batch, "request", row).unwrap()).unwrap();
        assert_eq!(whole, serde_json::to_value(&request).unwrap());
    }
    let mut csv = Vec::new();
    write_csv(&batch, &mut csv).unwrap();
    assert!(String::from_utf8(csv).unwrap().contains(",0,a,p,1.5,,"));
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has no others", |number| number.is_finite()).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z_]{1,5}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// An object with some of the fields that are known, fitting or not, and unknown ones.
fn object(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let known = prop::collection::vec((prop::sample::select(names), any_value()), 0..names.len());
    let text = prop::collection::vec((prop::sample::select(names), any::<String>()), 0..names.len());
    let unknown = prop::collection::vec(("[a-z]{1,4}", any_value()), 0..3);
    (known, text, unknown).prop_map(|(known, text, unknown)| {
        let mut fields = Map::new();
        fields.extend(unknown);
        fields.extend(known.into_iter().map(|(name, value)| (name.to_owned(), value)));
        fields.extend(text.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))));
        Value::Object(fields)
    })
}

fn any_row() -> impl Strategy<Value = Value> {
    let usage = prop_oneof![object(&["output_tokens", "input_tokens"]), any_value()];
    let data = prop_oneof![object(&["generation_id", "data", "finish_reason", "usage"]), any_value()];
    let error = prop_oneof![object(&["code", "message"]), any_value()];
    let words: &[&str] = &["queued", "processing", "ready", "failed", "canceled", "new"];
    let status = prop::sample::select(words);
    (object(&["custom_id"]), any::<String>(), status, data, usage, error).prop_map(
        |(mut row, task_id, status, mut data, usage, error)| {
            if let Some(data) = data.as_object_mut() {
                data.insert("usage".to_owned(), usage);
            }
            let fields = row.as_object_mut().unwrap();
            fields.insert("task_id".to_owned(), task_id.into());
            fields.insert("status".to_owned(), status.into());
            fields.insert("data".to_owned(), data);
            fields.insert("error".to_owned(), error);
            row
        },
    )
}

proptest! {
    #[test]
    fn columns_together_are_the_rows(rows in prop::collection::vec(any_row(), 0..8)) {
        let items: Vec<_> = rows.iter().map(read).collect();
        let batch = columns(&items);
        prop_assert_eq!(batch.num_rows(), items.len());
        let back: Vec<_> = lines(&batch).iter().map(read).collect();
        prop_assert_eq!(&back, &items);
        let documented: Vec<_> = items.iter().map(|item| serde_json::to_value(item).unwrap()).collect();
        prop_assert_eq!(lines(&batch), documented);
    }
}
