use std::collections::HashMap;

use serde_json::{Map, Value};

/// The height of a schema that no finite value fits.
pub(super) const ENDLESS: u32 = u32::MAX;

/// How often the heights of definitions that need each other are worked out anew.
const ROUNDS: u32 = 64;

/// How deep schemas are looked into.
const DEEPEST: u32 = 128;

/// Where definitions are.
const DEFINITIONS: &str = "#/$defs/";

/// How many values have to be nested in one that fits a schema: what tells a way out of a
/// recursive definition from a way on.
pub(super) struct Heights<'a>(HashMap<&'a str, u32>);

impl<'a> Heights<'a> {
    /// Measures the definitions of `root`.
    pub(super) fn measure(root: &'a Value) -> Self {
        let mut heights = Self(HashMap::new());
        let Some(definitions) = root.get("$defs").and_then(Value::as_object) else {
            return heights;
        };
        for _ in 0..ROUNDS {
            let mut is_settled = true;
            for (name, schema) in definitions {
                let height = heights.of(schema);
                is_settled &= heights.0.insert(name, height).unwrap_or(ENDLESS) == height;
            }
            if is_settled {
                break;
            }
        }
        heights
    }

    /// The height of the lowest value that fits `schema`.
    pub(super) fn of(&self, schema: &Value) -> u32 {
        self.look(schema, 0)
    }

    fn look(&self, schema: &Value, depth: u32) -> u32 {
        let Some(rules) = schema.as_object() else {
            return 0;
        };
        if depth > DEEPEST {
            return ENDLESS;
        }
        if rules.contains_key("const") || rules.contains_key("enum") {
            return 0;
        }
        let target = rules.get("$ref").map_or(0, |target| self.follow(target));
        let choice = rules
            .get("anyOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|choice| self.look(choice, depth + 1).saturating_add(1))
            .min()
            .unwrap_or(0);
        target.max(choice).max(self.look_inside(rules, depth))
    }

    fn follow(&self, target: &Value) -> u32 {
        target
            .as_str()
            .and_then(|target| target.strip_prefix(DEFINITIONS))
            .and_then(|name| self.0.get(name))
            .map_or(ENDLESS, |height| height.saturating_add(1))
    }

    fn look_inside(&self, rules: &Map<String, Value>, depth: u32) -> u32 {
        let properties = rules.get("properties").and_then(Value::as_object);
        let required = rules.get("required").and_then(Value::as_array);
        let member = required
            .into_iter()
            .flatten()
            .filter_map(|name| properties?.get(name.as_str()?))
            .map(|property| self.look(property, depth + 1).saturating_add(1))
            .max()
            .unwrap_or(0);
        let needs_item = rules.get("minItems").and_then(Value::as_u64).unwrap_or(0) > 0;
        let item = rules
            .get("items")
            .filter(|_| needs_item)
            .map_or(0, |items| self.look(items, depth + 1).saturating_add(1));
        member.max(item)
    }
}
