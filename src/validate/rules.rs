//! The rules, in one table: word, what is allowed, and which part of the
//! platform's documentation says so.

/// What follows from breaking a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The platform refuses the request: it is not sent.
    Violation,
    /// The platform takes it, or does not say what it does.
    Warning,
}

macro_rules! rules {
    ($( $name:ident $severity:ident $word:literal, $allowed:literal, $source:literal $(, hint $hint:literal)?; )*) => {
        /// A rule for requests that create a batch.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Rule {
            $( #[doc = concat!("`", $word, "`: ", $allowed, ".")] $name, )*
        }

        impl Rule {
            /// Every rule, in the order of the request.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// Its word, such as `custom_id.pattern`. Words stay what they are.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $( Self::$name => $word, )* }
            }

            /// What is allowed, in one line.
            #[must_use]
            pub const fn allowed(self) -> &'static str {
                match self { $( Self::$name => $allowed, )* }
            }

            /// Which part of the platform's documentation says so.
            #[must_use]
            pub const fn source(self) -> &'static str {
                match self { $( Self::$name => $source, )* }
            }

            /// What follows from breaking it.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $( Self::$name => Severity::$severity, )* }
            }

            /// What to do, where that is not plain from what is allowed.
            #[must_use]
            pub const fn hint(self) -> Option<&'static str> {
                match self { $( Self::$name => rules!(@hint $($hint)?), )* }
            }
        }
    };
    (@hint) => { None };
    (@hint $hint:literal) => { Some($hint) };
}

rules! {
    ModelName Violation "model_name.known", "`pegasus1.5` is the only model of batches",
        "Batch analysis, create: model_name";
    AnalysisMode Violation "analysis_mode.known", "`general` and `time_based_metadata` are allowed",
        "Batch analysis, create: analysis_mode";
    RequestsCount Violation "requests.count", "1 to 1,000 items are allowed",
        "Batch analysis, create: limits", hint "put the items into several batches";
    RequestsHours Violation "requests.hours", "2,000 hours of video in all are allowed",
        "Batch analysis, create: limits", hint "put the items into several batches";

    VideoType Violation "video.type", "`asset_id` is allowed",
        "Batch analysis, BatchVideoContext: type",
        hint "upload the video as an asset; addresses and base64 are not accepted in batches";
    VideoAssetId Violation "video.asset_id", "24 hexadecimal digits are expected",
        "Create a batch, status 400: malformed asset_id";
    VideoLongest Warning "video.longest", "a video has at most 4 hours, and its item would fail alone",
        "Create an async analysis task: end_time";
    AssetMissing Violation "asset.missing", "every asset exists in the account",
        "Create a batch, status 404";
    AssetUnready Violation "asset.not_ready", "every asset is `ready`",
        "Create a batch, status 409", hint "check again when the platform has processed it";
    AssetFailed Violation "asset.failed", "every asset is `ready`",
        "Batch analysis, BatchVideoContext: asset_id", hint "upload the file again";
    AssetKind Warning "asset.kind", "items are about videos, and media sources are images",
        "Batch analysis, BatchVideoContext: asset_id";
    AssetMethod Warning "asset.method", "batches take assets from a direct or multipart upload",
        "Batch analysis, BatchVideoContext: asset_id";
    CustomIdLength Violation "custom_id.length", "1 to 64 characters are allowed",
        "Batch analysis, BatchItemRequest: custom_id";
    CustomIdPattern Violation "custom_id.pattern", "letters A to Z and a to z, digits, `-` and `_` are allowed",
        "Batch analysis, BatchItemRequest: custom_id";
    CustomIdUnique Violation "custom_id.unique", "each item has its own in a batch",
        "Batch analysis, BatchItemRequest: custom_id";

    TemperatureRange Violation "temperature.range", "0 to 1 is allowed",
        "Batch analysis, BatchDefaults: temperature";
    MaxTokensRange Violation "max_tokens.range",
        "512 to 98,304 are allowed, and from 2,048 in `time_based_metadata` mode",
        "Batch analysis, BatchDefaults: max_tokens";
    SegmentDurationRange Violation "segment_duration.range", "at least 2 seconds are allowed",
        "Batch analysis, BatchDefaults: min_segment_duration, max_segment_duration";
    SegmentDurationOrder Violation "segment_duration.order",
        "max_segment_duration is at least min_segment_duration",
        "Batch analysis, BatchDefaults: max_segment_duration";
    SegmentDurationMode Violation "segment_duration.mode", "it applies in `time_based_metadata` mode only",
        "Batch analysis, BatchDefaults: min_segment_duration, max_segment_duration";
    SegmentDurationRanges Violation "segment_duration.time_ranges",
        "segment durations and `time_ranges` exclude each other",
        "Create an async analysis task: SegmentDefinition.time_ranges",
        hint "leave one of them out";

    WindowNegative Violation "window.negative", "times count from the beginning of the video, 0",
        "Batch analysis, BatchDefaults: start_time, end_time";
    WindowOrder Violation "window.order", "end_time is after start_time, which is 0 if not given",
        "Batch analysis, BatchDefaults: start_time, end_time";
    WindowShortest Violation "window.shortest", "a window has at least 1 second",
        "Create an async analysis task: start_time, end_time";
    WindowRanges Violation "window.time_ranges", "start_time and end_time exclude `time_ranges`",
        "Batch analysis, BatchDefaults: start_time, end_time", hint "leave one of them out";
    WindowLongest Warning "window.longest",
        "a window has at most 2 hours, and the item would fail alone with `video_duration_too_long`",
        "Create an async analysis task: end_time", hint "analyse the video in windows of up to 7200 seconds";
    WindowBeyond Warning "window.beyond_video", "a window is a part of the video",
        "Batch analysis, BatchDefaults: start_time, end_time";

    PromptMode Violation "prompt.mode", "prompts are not supported in `time_based_metadata` mode",
        "Batch analysis, BatchPrompt", hint "say what to look for in the segment definitions";
    PromptRequired Violation "prompt.required",
        "in `general` mode every item needs a prompt, its own or that of `defaults`",
        "Create a batch, status 400: fields required by the mode";
    PromptEmpty Warning "prompt.empty", "a prompt says what to write",
        "Batch analysis, BatchPrompt: input_text";
    PlaceholderUnknown Violation "placeholder.unknown", "`<@name>` refers to the name of a media source beside it",
        "Batch analysis, BatchPrompt: input_text";
    PlaceholderField Warning "placeholder.field",
        "the documentation speaks of placeholders in prompts and in descriptions of segments",
        "Create an async analysis task: SegmentField.description";

    MediaCount Violation "media_sources.count", "at most 4 are allowed",
        "Batch analysis, BatchPrompt: media_sources";
    MediaType Violation "media_sources.media_type", "`image` is allowed",
        "Async analysis, SmeMediaSource: media_type";
    MediaSource Violation "media_sources.source",
        "exactly one of `url`, `asset_id` and `base64_string` is expected",
        "Async analysis, SmeMediaSource";
    MediaUrl Violation "media_sources.url", "a public address that begins with https:// is expected",
        "Async analysis, SmeMediaSource: url";
    MediaUrlPublic Warning "media_sources.url_public", "the platform must be able to reach it",
        "Async analysis, SmeMediaSource: url", hint "send the image as base64";
    MediaAssetId Violation "media_sources.asset_id", "24 hexadecimal digits are expected",
        "Async analysis, SmeMediaSource: asset_id";
    MediaBase64 Violation "media_sources.base64", "an image in base64 is expected",
        "Async analysis, SmeMediaSource: base64_string";
    MediaBase64Strict Warning "media_sources.base64_strict",
        "padding and no line breaks are sure to be understood",
        "Async analysis, SmeMediaSource: base64_string";
    MediaSize Violation "media_sources.size", "at most 32 MB are allowed when decoded",
        "Async analysis, SmeMediaSource: base64_string", hint "give a smaller image, its address or an asset";
    MediaName Warning "media_sources.name", "a name can be written as `<@name>`",
        "Async analysis, SmeMediaSource: name";
    MediaNameUnique Warning "media_sources.name_unique", "a placeholder refers to one image",
        "Async analysis, SmeMediaSource: name";
    MediaUnused Warning "media_sources.unused", "text refers to an image as `<@name>`",
        "Batch analysis, BatchPrompt: media_sources";

    FormatType Violation "response_format.type", "`json_schema` and `segment_definitions` are allowed",
        "Create an async analysis task: AsyncResponseFormat.type";
    FormatMode Violation "response_format.mode",
        "`general` mode takes `json_schema`, `time_based_metadata` mode `segment_definitions`",
        "Batch analysis, create: analysis_mode";
    FormatRequired Violation "response_format.required",
        "in `time_based_metadata` mode every item needs a response format, its own or that of `defaults`",
        "Batch analysis, create: analysis_mode";
    FormatIncomplete Violation "response_format.incomplete",
        "the type names the field that has to be there, `json_schema` or `segment_definitions`",
        "Create an async analysis task: AsyncResponseFormat";
    FormatUnused Warning "response_format.unused", "the type names the field that counts",
        "Create an async analysis task: AsyncResponseFormat";
    TimeFormatKnown Violation "segment_time_format.known",
        "`seconds`, `hh:mm:ss` and `hh:mm:ss.fff` are allowed",
        "Create an async analysis task: AsyncResponseFormat.segment_time_format";
    TimeFormatType Violation "segment_time_format.type", "it goes with the type `segment_definitions` only",
        "Create an async analysis task: AsyncResponseFormat.segment_time_format";

    DefinitionsCount Violation "segment_definitions.count", "1 to 20 definitions are allowed",
        "Create an async analysis task: AsyncResponseFormat.segment_definitions";
    DefinitionIdUnique Violation "segment_definitions.id_unique", "each definition has its own id",
        "Create an async analysis task: SegmentDefinition.id";
    DefinitionEmpty Warning "segment_definitions.empty", "a definition has an id and a description",
        "Create an async analysis task: SegmentDefinition";
    FieldsCount Violation "fields.count", "at most 20 fields are allowed",
        "Segment guide: fields of a definition";
    FieldReserved Violation "fields.reserved", "`start_time`, `end_time` and `metadata` are reserved",
        "Create an async analysis task: SegmentField.name";
    FieldNameUnique Warning "fields.name_unique", "each field of a definition has its own name",
        "Create an async analysis task: SegmentField.name";
    FieldEmpty Warning "fields.empty", "a field has a name and a description",
        "Create an async analysis task: SegmentField";
    FieldType Violation "fields.type",
        "`string`, `boolean`, `number`, `integer`, `array` and `timestamp` are allowed",
        "Create an async analysis task: SegmentField.type";
    FieldFormatRequired Violation "fields.format_required",
        "a timestamp needs a format: `seconds`, `hh:mm:ss` or `hh:mm:ss.fff`",
        "Create an async analysis task: SegmentField.format";
    FieldFormatKnown Violation "fields.format_known", "`seconds`, `hh:mm:ss` and `hh:mm:ss.fff` are allowed",
        "Create an async analysis task: SegmentField.format";
    FieldFormatType Violation "fields.format_type", "only a timestamp has a format",
        "Create an async analysis task: SegmentField.format";
    FieldEnumCount Violation "fields.enum_count", "at most 100 words are allowed",
        "Create an async analysis task: SegmentField.enum";
    FieldEnumType Violation "fields.enum_type", "a timestamp has no enum",
        "Create an async analysis task: SegmentField.enum";
    FieldEnumOdd Warning "fields.enum_odd", "an enum lists the texts that a string may be",
        "Create an async analysis task: SegmentField.enum";
    FieldItemsRequired Violation "fields.items_required", "an array needs items",
        "Create an async analysis task: SegmentField.items";
    FieldItemsType Violation "fields.items_type", "a timestamp has no items",
        "Create an async analysis task: SegmentField.items";
    FieldItemsOdd Warning "fields.items_odd", "only an array has items",
        "Create an async analysis task: SegmentField.items";
    ItemsType Violation "items.type", "`string`, `number`, `boolean` and `integer` are allowed",
        "Create an async analysis task: SegmentFieldItems.type";
    ItemsFields Violation "items.fields", "only a `time_array` has fields, which batches do not accept",
        "Create an async analysis task: SegmentFieldItems.fields";

    RangesMode Violation "time_ranges.mode", "they apply in `time_based_metadata` mode only",
        "Create an async analysis task: SegmentDefinition.time_ranges";
    RangeNegative Violation "time_ranges.negative", "times count from the beginning of the video, 0",
        "Create an async analysis task: SegmentDefinition.time_ranges";
    RangeOrder Violation "time_ranges.order", "end_time is after start_time",
        "Create an async analysis task: SegmentDefinition.time_ranges";
    RangeShortest Violation "time_ranges.shortest", "a range has at least 2 seconds",
        "Create an async analysis task: SegmentDefinition.time_ranges";
    RangeOverlap Violation "time_ranges.overlap", "the ranges of a definition may touch, but not overlap",
        "Create an async analysis task: SegmentDefinition.time_ranges";
    RangeBeyond Violation "time_ranges.beyond_video", "a range is inside the video",
        "Create an async analysis task: SegmentDefinition.time_ranges";

    SchemaMalformed Violation "schema.malformed", "a schema follows JSON Schema, draft 2020-12",
        "Create an async analysis task: json_schema";
    SchemaType Violation "schema.type",
        "array, boolean, integer, null, number, object, string and timestamp are allowed",
        "Create an async analysis task: json_schema, types";
    SchemaTypeList Warning "schema.type_list", "the platform documents single types, and `anyOf` for several",
        "Create an async analysis task: json_schema, types", hint "use `anyOf`";
    SchemaUnsupported Violation "schema.unsupported_keyword", "the platform supports a part of JSON Schema",
        "Create an async analysis task: json_schema, status 422",
        hint "leave it out, and say it in the `description` or the prompt";
    SchemaComposition Violation "schema.composition", "`anyOf` is the only composition",
        "Create an async analysis task: json_schema, composition";
    SchemaKeywordType Violation "schema.keyword_type", "keywords belong to certain types",
        "Create an async analysis task: json_schema, keywords by type";
    SchemaEnumValue Violation "schema.enum_value",
        "`const` and `enum` take a boolean, null, a number or a string",
        "Create an async analysis task: json_schema, const and enum";
    SchemaStringFormat Violation "schema.string_format", "`uuid`, `date-time`, `date` and `time` are allowed",
        "Create an async analysis task: json_schema, strings";
    SchemaMinItems Violation "schema.min_items", "0 and 1 are allowed",
        "Create an async analysis task: json_schema, arrays";
    SchemaRef Violation "schema.ref", "a `$ref` leads into the `$defs` of the schema, as in `#/$defs/name`",
        "Create an async analysis task: json_schema, $ref";
    SchemaTimestampFormat Violation "schema.timestamp_format",
        "a timestamp needs a format: `seconds`, `hh:mm:ss` or `hh:mm:ss.fff`",
        "Create an async analysis task: json_schema, timestamp";
    SchemaTimestampPlace Violation "schema.timestamp_place",
        "a timestamp stands at `properties.X` or `properties.A.items.properties.X`",
        "Create an async analysis task: json_schema, timestamp";
    SchemaBoundary Violation "schema.boundary",
        "a property of this name is a number, an integer, a string without format, or a timestamp",
        "Create an async analysis task: json_schema, start_time and end_time";
    SchemaUnknown Warning "schema.unknown_keyword", "JSON Schema does not know it, and it is ignored",
        "Create an async analysis task: json_schema, annotations";
    SchemaRequired Warning "schema.required", "`required` names properties of the same object",
        "Create an async analysis task: json_schema, objects";
    SchemaFirst Warning "schema.first_property",
        "the first property should be required, or the first required one is moved before it",
        "Create an async analysis task: json_schema, objects";
    SchemaDialect Warning "schema.dialect", "the platform reads draft 2020-12",
        "Create an async analysis task: json_schema";
    SchemaBoolean Warning "schema.boolean", "the platform documents schemas that are objects",
        "Create an async analysis task: json_schema";
}
