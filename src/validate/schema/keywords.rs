//! What the platform makes of each keyword.

/// What the platform makes of a keyword.
pub(super) enum Class {
    /// It is supported whatever the type.
    Common,
    /// It is supported in schemas of these types.
    For(&'static [&'static str]),
    /// It combines schemas in a way that is not supported.
    Composition,
    /// JSON Schema has it, and the platform does not support it.
    Unsupported,
    /// It changes nothing.
    Annotation,
    /// JSON Schema does not have it.
    Unknown,
}

/// Keywords that are supported.
pub(super) const SUPPORTED: [&str; 16] = [
    "type",
    "anyOf",
    "$ref",
    "$defs",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "pattern",
    "format",
    "properties",
    "required",
    "items",
    "minItems",
    "const",
    "enum",
];

pub(super) fn classify(keyword: &str) -> Class {
    match keyword {
        "type" | "anyOf" | "$ref" | "$defs" => Class::Common,
        "maximum" | "exclusiveMaximum" | "minimum" | "exclusiveMinimum" => Class::For(&["integer"]),
        "pattern" => Class::For(&["string"]),
        "format" => Class::For(&["string", "timestamp"]),
        "properties" | "required" => Class::For(&["object"]),
        "items" | "minItems" => Class::For(&["array"]),
        "const" | "enum" => Class::For(&["boolean", "null", "number", "integer", "string"]),
        "oneOf" | "allOf" | "not" | "if" | "then" | "else" => Class::Composition,
        "minLength"
        | "maxLength"
        | "additionalProperties"
        | "uniqueItems"
        | "maxItems"
        | "multipleOf"
        | "patternProperties"
        | "propertyNames"
        | "minProperties"
        | "maxProperties"
        | "dependentRequired"
        | "dependentSchemas"
        | "prefixItems"
        | "contains"
        | "minContains"
        | "maxContains"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "additionalItems"
        | "dependencies"
        | "$dynamicRef"
        | "$recursiveRef" => Class::Unsupported,
        "title" | "description" | "default" | "examples" | "deprecated" | "readOnly" | "writeOnly"
        | "$comment" | "$schema" | "$id" | "$anchor" | "$dynamicAnchor" | "$vocabulary"
        | "contentEncoding" | "contentMediaType" | "contentSchema" => Class::Annotation,
        _ => Class::Unknown,
    }
}
