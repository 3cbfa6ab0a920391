//! The shape in which an answer is asked for.

use serde_json::{Map, Value};

use super::SmeMediaSource;

model! {
    ($) request async_response_format
    /// The shape of an answer. Without one, the answer is plain text.
    AsyncResponseFormat {
        /// `json_schema` (in `general` mode) or `segment_definitions` (in
        /// `time_based_metadata` mode).
        r#type: String,
        /// A JSON schema (draft 2020-12, within the platform's limits) that the
        /// answer follows.
        json_schema: Option<Map<String, Value>>,
        /// What to look for, 1 to 20 definitions.
        segment_definitions: Option<Vec<SegmentDefinition>>,
        /// How the boundaries of segments are written: `seconds` (a number, if
        /// not given), `hh:mm:ss` or `hh:mm:ss.fff`.
        segment_time_format: Option<String>,
    }
}

model! {
    ($) request segment_definition
    /// One kind of segment to look for in a video.
    SegmentDefinition {
        /// Name of the kind, unique in the response format; the key of its
        /// segments in the answer.
        id: String,
        /// What such a segment is, for the model.
        description: String,
        /// What to tell of each segment, at most 20 fields.
        fields: Option<Vec<SegmentField>>,
        /// Images that the description refers to, at most 4.
        media_sources: Option<Vec<SmeMediaSource>>,
        /// Where to look. Ranges must not overlap, and exclude `start_time`,
        /// `end_time` and the segment durations.
        time_ranges: Option<Vec<AnalyzeTimeRange>>,
    }
}

model! {
    ($) request segment_field
    /// One thing to tell of each segment.
    SegmentField {
        /// Name of the field in the segment's metadata. `start_time`, `end_time`
        /// and `metadata` are reserved.
        name: String,
        /// `string`, `boolean`, `number`, `integer`, `array` or `timestamp`.
        r#type: String,
        /// What the field means, for the model.
        description: String,
        /// How a `timestamp` is written: `seconds`, `hh:mm:ss` or
        /// `hh:mm:ss.fff`. Required for it, refused for other types.
        format: Option<String>,
        /// The values to choose from, at most 100. Not for a `timestamp`.
        r#enum: Option<Vec<String>>,
        /// The type of an array's elements. Required for an `array`.
        items: Option<SegmentFieldItems>,
    }
}

model! {
    ($) request segment_field_items
    /// The type of an array's elements.
    SegmentFieldItems {
        /// `string`, `number`, `boolean` or `integer`.
        r#type: String,
        /// Fields of an `object`; batches do not accept them yet.
        fields: Option<Vec<Value>>,
    }
}

model! {
    ($) request analyze_time_range
    /// A part of a video.
    AnalyzeTimeRange {
        /// Start, in seconds from the video's beginning.
        start_time: f64,
        /// End, in seconds; at least 2 after the start.
        end_time: f64,
    }
}
