//! Fields of segment definitions.

use super::findings::{Findings, quote};
use super::item::is_blank;
use super::limits::{MOST_FIELDS, MOST_WORDS, TIME_FORMATS};
use super::path::Path;
use super::repeats::each_repeated;
use super::rules::Rule;
use crate::models::{SegmentField, SegmentFieldItems};

const TYPES: [&str; 6] = ["string", "boolean", "number", "integer", "array", "timestamp"];
const ITEM_TYPES: [&str; 4] = ["string", "number", "boolean", "integer"];
const RESERVED: [&str; 3] = ["start_time", "end_time", "metadata"];
/// Known to the platform, but not for the model of batches.
const TIME_ARRAY: &str = "time_array";

pub(super) fn check(fields: &[SegmentField], path: &Path<'_>, findings: &mut Findings) {
    let number = fields.len();
    if number > MOST_FIELDS {
        findings.refuse(Rule::FieldsCount, path, number, number);
    }
    for (index, field) in fields.iter().enumerate() {
        check_field(field, &path.element(index), findings);
    }
    each_repeated(fields.iter().map(|field| Some(field.name.as_str())), |index, first| {
        let place = path.element(index);
        let name = fields.get(index).map_or("", |field| field.name.as_str());
        let wrong = format_args!("{} is the name of fields[{first}] already", quote(name));
        findings.add(Rule::FieldNameUnique, &place.field("name"), name, wrong);
    });
}

fn check_field(field: &SegmentField, path: &Path<'_>, findings: &mut Findings) {
    let name = field.name.as_str();
    if RESERVED.contains(&name) {
        findings.add(
            Rule::FieldReserved,
            &path.field("name"),
            name,
            format_args!("{} is taken", quote(name)),
        );
    }
    for (part, text) in [("name", name), ("description", field.description.as_str())] {
        if is_blank(text) {
            findings.add(Rule::FieldEmpty, &path.field(part), text, format_args!("the {part} is empty"));
        }
    }
    let kind = field.r#type.as_str();
    if !TYPES.contains(&kind) {
        let hint = (kind == TIME_ARRAY).then(|| "it needs a newer model than batches accept".to_owned());
        findings.refuse_with_hint(Rule::FieldType, &path.field("type"), kind, quote(kind), hint);
    }
    check_format(field, path, findings);
    check_enum(field, path, findings);
    check_items(field, path, findings);
}

fn check_format(field: &SegmentField, path: &Path<'_>, findings: &mut Findings) {
    let place = path.field("format");
    match (field.r#type.as_str(), field.format.as_deref()) {
        ("timestamp", None) => {
            findings.add(Rule::FieldFormatRequired, &place, None::<&str>, "there is none");
        }
        ("timestamp", Some(format)) if !TIME_FORMATS.contains(&format) => {
            findings.refuse(Rule::FieldFormatKnown, &place, format, quote(format));
        }
        ("timestamp", Some(_)) | (_, None) => {}
        (kind, Some(format)) => {
            let wrong = format_args!("the type is {}", quote(kind));
            findings.add(Rule::FieldFormatType, &place, format, wrong);
        }
    }
}

fn check_enum(field: &SegmentField, path: &Path<'_>, findings: &mut Findings) {
    let Some(words) = &field.r#enum else { return };
    let place = path.field("enum");
    let number = words.len();
    if number > MOST_WORDS {
        findings.refuse(Rule::FieldEnumCount, &place, number, number);
    }
    match field.r#type.as_str() {
        "timestamp" => findings.add(Rule::FieldEnumType, &place, number, "the type is `timestamp`"),
        "string" if number > 0 => {}
        "string" => findings.add(Rule::FieldEnumOdd, &place, number, "it is empty"),
        kind => findings.add(Rule::FieldEnumOdd, &place, number, format_args!("the type is {}", quote(kind))),
    }
}

fn check_items(field: &SegmentField, path: &Path<'_>, findings: &mut Findings) {
    let place = path.field("items");
    let kind = field.r#type.as_str();
    let Some(items) = &field.items else {
        if kind == "array" {
            findings.add(Rule::FieldItemsRequired, &place, None::<&str>, "there are none");
        }
        return;
    };
    match kind {
        "array" => {}
        "timestamp" => findings.add(Rule::FieldItemsType, &place, None::<&str>, "the type is `timestamp`"),
        // It is refused itself, and its items are of other kinds.
        TIME_ARRAY => return,
        _ => {
            findings.add(
                Rule::FieldItemsOdd,
                &place,
                None::<&str>,
                format_args!("the type is {}", quote(kind)),
            );
        }
    }
    check_elements(items, &place, findings);
}

fn check_elements(items: &SegmentFieldItems, path: &Path<'_>, findings: &mut Findings) {
    let kind = items.r#type.as_str();
    if !ITEM_TYPES.contains(&kind) {
        findings.refuse(Rule::ItemsType, &path.field("type"), kind, quote(kind));
    }
    if let Some(fields) = &items.fields {
        let number = fields.len();
        findings.add(Rule::ItemsFields, &path.field("fields"), number, "there are fields");
    }
}
