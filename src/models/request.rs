//! What a batch is asked to do.

use serde::Serialize;

use super::{AnalysisMode, AsyncResponseFormat, ModelName};

model! {
    ($) request batch_item_request
    /// One analysis of one video. Everything but `video` is optional and takes
    /// the place of the same field of the batch's defaults.
    BatchItemRequest {
        /// The video to analyse.
        video: BatchVideoContext,
        /// Your own identifier for this item, returned with its result. 1 to 64
        /// letters, digits, `-` and `_`; unique in the batch.
        custom_id: Option<String>,
        /// The prompt for this item, whole. Not in `time_based_metadata` mode.
        prompt: Option<BatchPrompt>,
        /// The response format for this item, whole.
        response_format: Option<AsyncResponseFormat>,
        /// Randomness of the text, 0 to 1.
        temperature: Option<f64>,
        /// Longest answer, in tokens: 512 to 98,304; from 2,048 in
        /// `time_based_metadata` mode.
        max_tokens: Option<i64>,
        /// Shortest segment, in seconds, at least 2. Only in
        /// `time_based_metadata` mode.
        min_segment_duration: Option<f64>,
        /// Longest segment, in seconds, at least `min_segment_duration`. Only in
        /// `time_based_metadata` mode.
        max_segment_duration: Option<f64>,
        /// Start of the analysed window, in seconds from the video's beginning.
        start_time: Option<f64>,
        /// End of the analysed window, in seconds, itself not included.
        end_time: Option<f64>,
    }
}

model! {
    ($) request batch_video_context
    /// The video of an item. Batches accept only assets: no URLs, no base64.
    BatchVideoContext {
        /// Always `asset_id`.
        r#type: String,
        /// Identifier of an asset that was uploaded directly or in parts and
        /// whose status is `ready`.
        asset_id: String,
    }
}

model! {
    ($) request batch_defaults
    /// Values for every item that does not give its own.
    BatchDefaults {
        /// The prompt. Items replace it whole. Not in `time_based_metadata` mode.
        prompt: Option<BatchPrompt>,
        /// The response format. Items replace it whole.
        response_format: Option<AsyncResponseFormat>,
        /// Randomness of the text, 0 to 1. The platform's default is 0.2.
        temperature: Option<f64>,
        /// Longest answer, in tokens: 512 to 98,304 (4,096 if not given); in
        /// `time_based_metadata` mode 2,048 to 98,304 (32,768 if not given).
        max_tokens: Option<i64>,
        /// Shortest segment, in seconds, at least 2. Only in
        /// `time_based_metadata` mode; not together with `time_ranges`.
        min_segment_duration: Option<f64>,
        /// Longest segment, in seconds, at least `min_segment_duration`. Only in
        /// `time_based_metadata` mode; not together with `time_ranges`.
        max_segment_duration: Option<f64>,
        /// Start of the analysed window, in seconds (0 if not given). Not
        /// together with `time_ranges`.
        start_time: Option<f64>,
        /// End of the analysed window, in seconds, itself not included (the end
        /// of the video if not given). Not together with `time_ranges`.
        end_time: Option<f64>,
    }
}

model! {
    ($) request batch_prompt
    /// A prompt, with images if it refers to some.
    BatchPrompt {
        /// The text. `<@name>` refers to the image of that name in
        /// `media_sources`.
        input_text: String,
        /// The images that the text refers to, at most 4.
        media_sources: Option<Vec<SmeMediaSource>>,
    }
}

model! {
    ($) request sme_media_source
    /// An image that a prompt or a segment definition refers to. Exactly one of
    /// `url`, `asset_id` and `base_64_string` is given.
    SmeMediaSource {
        /// The name by which the text refers to it, as `<@name>`.
        name: String,
        /// Always `image`.
        media_type: String,
        /// A public HTTPS address of the image.
        url: Option<String>,
        /// Identifier of an asset that is an image.
        asset_id: Option<String>,
        /// The image itself in base64, at most 32 MB when decoded. Named
        /// `base64_string` in JSON.
        #[serde(rename = "base64_string")]
        base_64_string: Option<String>,
    }
}

/// The body of a call that creates a batch.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CreateAnalyzeBatchRequest {
    /// The model of every item.
    pub model_name: ModelName,
    /// How every item is analysed.
    pub analysis_mode: AnalysisMode,
    /// Values for items that do not give their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub defaults: Option<BatchDefaults>,
    /// The items, 1 to 1,000.
    pub requests: Vec<BatchItemRequest>,
}
