//! A task: one analysis of one video, as the platform reports it.

use super::{
    AnalyzeTaskResponseRequestParams, AnalyzeTaskResult, AnalyzeTaskWebhookInfo, Kept, Nullable, Time,
};

model! {
    ($) lenient analyze_task_response
    /// A task: one analysis of one video, on its own or as an item of a batch.
    AnalyzeTaskResponse {
        /// Identifier of the task.
        task_id: Kept<String>,
        /// The identifier you gave it; null if you gave none.
        custom_id: Nullable<String>,
        /// Identifier of the batch that it belongs to; only then present.
        batch_id: Option<Kept<String>>,
        /// The video that is analysed.
        video_source: Option<Kept<AnalyzeTaskResponseVideoSource>>,
        /// What was asked for, with the values that counted.
        request_params: Option<Kept<AnalyzeTaskResponseRequestParams>>,
        /// State of the task: `queued`, `pending`, `processing`, `ready`, `failed`
        /// or `canceled`. The last three are terminal.
        status: Kept<String>,
        /// When the task was created.
        created_at: Kept<Time>,
        /// When the task ended; only when it is `ready`, `failed` or `canceled`.
        completed_at: Option<Kept<Time>>,
        /// The analysis; only when the status is `ready`. Its text is in the
        /// nested `data` field.
        result: Option<Kept<AnalyzeTaskResult>>,
        /// Why it failed or was canceled; when it is `ready`, what is wanting
        /// in the answer.
        error: Option<Kept<AnalyzeTaskError>>,
        /// Delivery of the notice to each registered webhook.
        webhooks: Option<Kept<Vec<AnalyzeTaskWebhookInfo>>>,
    }
}

model! {
    ($) lenient analyze_task_error
    /// What a task has to tell beside its answer, or in its place.
    AnalyzeTaskError {
        /// A word for it, such as `user_canceled`, `batch_canceled`,
        /// `batch_expired` or `batch_processing_timeout`. The platform may leave
        /// it out and may add new ones.
        code: Option<Kept<String>>,
        /// The same for people; its wording may change.
        message: Kept<String>,
    }
}

model! {
    ($) lenient analyze_task_response_video_source
    /// Where the video of a task comes from.
    AnalyzeTaskResponseVideoSource {
        /// Which of the fields below names it: `url`, `asset_id` or `video_id`;
        /// or `base64_string`, which is not repeated.
        r#type: Option<Kept<String>>,
        /// Address of the video, if it was given by one.
        url: Option<Kept<String>>,
        /// Identifier of the asset, if it is one.
        asset_id: Option<Kept<String>>,
        /// Identifier of the indexed video, if it is one.
        video_id: Option<Kept<String>>,
        /// Identifier of the index that holds it, where the platform knows it.
        index_id: Option<Kept<String>>,
        /// What the platform found out about the video, once it has looked at it.
        system_metadata: Option<Kept<AnalyzeTaskResponseVideoSourceSystemMetadata>>,
    }
}

model! {
    ($) lenient analyze_task_response_video_source_system_metadata
    /// What the platform found out about the video of a task.
    AnalyzeTaskResponseVideoSourceSystemMetadata {
        /// Length of the video in seconds.
        duration: Option<Kept<f64>>,
    }
}

/// A body of `GET /analyze/tasks/{id}`: a task whose identifier and state can
/// be read. Without them it is somebody else's answer.
#[derive(Debug, serde::Deserialize)]
#[serde(try_from = "AnalyzeTaskResponse")]
pub struct TaskBody(pub AnalyzeTaskResponse);

impl TryFrom<AnalyzeTaskResponse> for TaskBody {
    type Error = String;

    fn try_from(task: AnalyzeTaskResponse) -> Result<Self, String> {
        for (name, part) in [("task_id", &task.task_id), ("status", &task.status)] {
            if part.fit().is_none() {
                return Err(format!("a text as `{name}` is missing"));
            }
        }
        Ok(Self(task))
    }
}
