//! What a task was asked to do, as the platform repeats it.

use serde_json::{Map, Value};

use super::{AnalyzeTimeRange, Kept};

model! {
    ($) lenient analyze_task_response_request_params
    /// What a task was asked to do.
    AnalyzeTaskResponseRequestParams {
        /// How the video is analysed: `general` or `time_based_metadata`.
        analysis_mode: Option<Kept<String>>,
        /// The prompt, if it was a plain text.
        prompt: Option<Kept<String>>,
        /// The prompt, if it was one that may refer to images, as prompts of
        /// batches are. Named `prompt_v2` in JSON.
        #[serde(rename = "prompt_v2")]
        prompt_v_2: Option<Kept<AnalyzeTaskResponseRequestParamsPromptV2>>,
        /// The images that are analysed, if the task is about images.
        image: Option<Kept<Vec<AnalyzeTaskMediaSource>>>,
        /// The response format.
        response_format: Option<Kept<AnalyzeTaskResponseRequestParamsResponseFormat>>,
        /// Randomness of the text, 0 to 1.
        temperature: Option<Kept<f64>>,
        /// Longest answer: a number of tokens, or the word `unlimited`.
        max_tokens: Option<Kept<Value>>,
        /// Shortest segment, in seconds.
        min_segment_duration: Option<Kept<f64>>,
        /// Longest segment, in seconds.
        max_segment_duration: Option<Kept<f64>>,
        /// Start of the analysed window, in seconds from the video's beginning.
        start_time: Option<Kept<f64>>,
        /// End of the analysed window, in seconds, itself not included.
        end_time: Option<Kept<f64>>,
    }
}

model! {
    ($) lenient analyze_task_response_request_params_prompt_v2
    /// The prompt of a task, with the images it refers to.
    AnalyzeTaskResponseRequestParamsPromptV2 {
        /// The text.
        input_text: Option<Kept<String>>,
        /// The images that the text refers to.
        media_sources: Option<Kept<Vec<AnalyzeTaskMediaSource>>>,
    }
}

model! {
    ($) lenient analyze_task_media_source
    /// An image of a task. Images that were given in base64 are not repeated.
    AnalyzeTaskMediaSource {
        /// The name by which the text refers to it.
        name: Kept<String>,
        /// The kind of medium: `image`.
        media_type: Kept<String>,
        /// Address of the image, if it was given by one.
        url: Option<Kept<String>>,
        /// Identifier of the asset, if it is one.
        asset_id: Option<Kept<String>>,
    }
}

model! {
    ($) lenient analyze_task_response_request_params_response_format
    /// The response format of a task.
    AnalyzeTaskResponseRequestParamsResponseFormat {
        /// `json_schema` or `segment_definitions`.
        r#type: Option<Kept<String>>,
        /// The JSON schema of the answer.
        json_schema: Option<Kept<Map<String, Value>>>,
        /// How boundaries of segments are written: `seconds`, `hh:mm:ss` or
        /// `hh:mm:ss.fff`.
        segment_time_format: Option<Kept<String>>,
        /// The kinds of segments to find.
        segment_definitions:
            Option<Kept<Vec<AnalyzeTaskResponseRequestParamsResponseFormatSegmentDefinitionsItem>>>,
    }
}

model! {
    ($) lenient analyze_task_response_request_params_response_format_segment_definitions_item
    /// A kind of segment that a task finds.
    AnalyzeTaskResponseRequestParamsResponseFormatSegmentDefinitionsItem {
        /// Identifier of the definition; the answer is grouped by it.
        id: Kept<String>,
        /// What the segments are.
        description: Kept<String>,
        /// What is told about each segment.
        fields: Option<Kept<Vec<AnalyzeTaskSegmentField>>>,
        /// The images that the description refers to.
        media_sources: Option<Kept<Vec<AnalyzeTaskMediaSource>>>,
        /// The segments themselves, where they are given.
        time_ranges: Option<Kept<Vec<AnalyzeTimeRange>>>,
    }
}

model! {
    ($) lenient analyze_task_segment_field
    /// What a task tells about each segment.
    AnalyzeTaskSegmentField {
        /// Name of the field.
        name: Kept<String>,
        /// Type of its values.
        r#type: Kept<String>,
        /// What it means.
        description: Option<Kept<String>>,
        /// How timestamps are written: `seconds`, `hh:mm:ss` or `hh:mm:ss.fff`.
        format: Option<Kept<String>>,
        /// The values that are allowed.
        r#enum: Option<Kept<Vec<String>>>,
        /// What its values are made of, if they are arrays.
        items: Option<Kept<AnalyzeTaskSegmentFieldItems>>,
    }
}

model! {
    ($) lenient analyze_task_segment_field_items
    /// What the arrays in a field of a task are made of.
    AnalyzeTaskSegmentFieldItems {
        /// Type of the elements.
        r#type: Kept<String>,
        /// Fields of each element, if it is an object with times.
        fields: Option<Kept<Vec<AnalyzeTaskTimeArrayItemField>>>,
    }
}

model! {
    ($) lenient analyze_task_time_array_item_field
    /// A field of the elements of an array with times.
    AnalyzeTaskTimeArrayItemField {
        /// Name of the field.
        name: Kept<String>,
        /// Type of its values.
        r#type: Kept<String>,
        /// What it means.
        description: Option<Kept<String>>,
        /// The values that are allowed.
        r#enum: Option<Kept<Vec<String>>>,
        /// What its values are made of, if they are arrays.
        items: Option<Kept<AnalyzeTaskTimeArrayItemFieldItems>>,
    }
}

model! {
    ($) lenient analyze_task_time_array_item_field_items
    /// What the arrays in a field of elements with times are made of.
    AnalyzeTaskTimeArrayItemFieldItems {
        /// Type of the elements.
        r#type: Kept<String>,
    }
}
