use serde_json::{Map, Value};

use super::guesses;
use super::numbers::{self, Bounds};
use super::prose::Narrator;
use super::times::TimeFormat;

/// The metadata of a segment: a value for each of the `fields` of its definition.
pub(super) fn write(fields: &[Value], narrator: &mut Narrator<'_>) -> Map<String, Value> {
    fields
        .iter()
        .filter_map(|field| {
            let name = field.get("name")?.as_str()?;
            let kind = field.get("type").and_then(Value::as_str).unwrap_or("string");
            Some((name.to_owned(), write_field(field, name, kind, narrator)))
        })
        .collect()
}

fn write_field(field: &Value, name: &str, kind: &str, narrator: &mut Narrator<'_>) -> Value {
    let listed = field.get("enum").and_then(Value::as_array);
    match kind {
        "timestamp" => {
            let format = TimeFormat::parse(field.get("format")).unwrap_or(TimeFormat::Milliseconds);
            let span = narrator.span();
            format.write(span.pick(&mut narrator.random, format))
        }
        "array" => {
            let kind = field
                .get("items")
                .and_then(|items| items.get("type"))
                .and_then(Value::as_str)
                .unwrap_or("string");
            write_items(listed, name, kind, narrator)
        }
        kind => match listed.and_then(|listed| choose(listed, kind, narrator)) {
            Some(value) => value,
            None => write_scalar(name, kind, narrator),
        },
    }
}

fn write_items(listed: Option<&Vec<Value>>, name: &str, kind: &str, narrator: &mut Narrator<'_>) -> Value {
    let count = narrator.random.usize(1..=3);
    let mut items: Vec<Value> = Vec::with_capacity(count);
    for _ in 0..count {
        let item = listed
            .and_then(|listed| choose(listed, kind, narrator))
            .unwrap_or_else(|| write_scalar(name, kind, narrator));
        // Nobody lists the same thing twice.
        if !items.contains(&item) {
            items.push(item);
        }
    }
    items.into()
}

/// One of the `listed` values that are of the type called `kind`.
fn choose(listed: &[Value], kind: &str, narrator: &mut Narrator<'_>) -> Option<Value> {
    let fitting: Vec<&Value> = listed.iter().filter(|value| numbers::is_of_type(value, kind)).collect();
    narrator.random.choice(fitting).cloned()
}

fn write_scalar(name: &str, kind: &str, narrator: &mut Narrator<'_>) -> Value {
    match kind {
        "boolean" => narrator.random.bool().into(),
        "integer" => Bounds::read(&Map::new()).pick(name, &mut narrator.random),
        "number" => numbers::number(&Map::new(), name, &mut narrator.random),
        _ => guesses::text(name, narrator).into(),
    }
}
