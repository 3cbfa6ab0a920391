//! Segment definitions.

use super::fields;
use super::findings::{Findings, quote};
use super::item::is_blank;
use super::limits::MOST_DEFINITIONS;
use super::media;
use super::path::Path;
use super::placeholders;
use super::repeats::each_repeated;
use super::rules::Rule;
use super::times;
use crate::models::SegmentDefinition;

pub(super) fn check(definitions: &[SegmentDefinition], path: &Path<'_>, findings: &mut Findings) {
    let number = definitions.len();
    if !(1..=MOST_DEFINITIONS).contains(&number) {
        findings.refuse(Rule::DefinitionsCount, path, number, number);
    }
    for (index, definition) in definitions.iter().enumerate() {
        check_one(definition, &path.element(index), findings);
    }
    each_repeated(definitions.iter().map(|definition| Some(definition.id.as_str())), |index, first| {
        let place = path.element(index);
        let id = definitions.get(index).map_or("", |definition| definition.id.as_str());
        let wrong = format_args!("{} is the id of segment_definitions[{first}] already", quote(id));
        findings.add(Rule::DefinitionIdUnique, &place.field("id"), id, wrong);
    });
}

fn check_one(definition: &SegmentDefinition, path: &Path<'_>, findings: &mut Findings) {
    for (name, text) in [("id", &definition.id), ("description", &definition.description)] {
        if is_blank(text) {
            let wrong = format_args!("the {name} is empty");
            findings.add(Rule::DefinitionEmpty, &path.field(name), text.as_str(), wrong);
        }
    }
    let fields = definition.fields.as_deref().unwrap_or_default();
    let fields_path = path.field("fields");
    fields::check(fields, &fields_path, findings);
    let sources = definition.media_sources.as_deref().unwrap_or_default();
    let media_path = path.field("media_sources");
    media::check(sources, &media_path, findings);
    let place = path.field("description");
    placeholders::check_unknown(Rule::PlaceholderUnknown, &definition.description, sources, &place, findings);
    for (index, field) in fields.iter().enumerate() {
        let place = fields_path.element(index);
        let place = place.field("description");
        placeholders::check_unknown(Rule::PlaceholderField, &field.description, sources, &place, findings);
    }
    let texts = || {
        let descriptions = fields.iter().map(|field| field.description.as_str());
        std::iter::once(definition.description.as_str()).chain(descriptions)
    };
    placeholders::check_unused(texts, sources, &media_path, findings);
    if let Some(ranges) = &definition.time_ranges {
        times::check(ranges, &path.field("time_ranges"), findings);
    }
}

/// Tells time ranges where the mode has no use for them.
pub(super) fn refuse_ranges(definitions: &[SegmentDefinition], path: &Path<'_>, findings: &mut Findings) {
    for (index, definition) in definitions.iter().enumerate() {
        let number = definition.time_ranges.as_ref().map_or(0, Vec::len);
        if number > 0 {
            let place = path.element(index);
            findings.add(Rule::RangesMode, &place.field("time_ranges"), number, "the mode is `general`");
        }
    }
}
