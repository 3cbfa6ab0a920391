//! Videos the platform knows.

use serde_json::{Value, json};

use super::identifier::Identifier;

/// How far an upload is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AssetStatus {
    /// Still being read; a batch with it is refused.
    Processing,
    /// Can be analysed.
    #[default]
    Ready,
    /// Could not be read; a batch with it is refused.
    Failed,
}

impl AssetStatus {
    /// The platform's word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Processing => "processing",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    /// Reads the platform's word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Processing, Self::Ready, Self::Failed].into_iter().find(|status| status.word() == word)
    }
}

/// What goes wrong with every analysis of an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnalysisError {
    /// The machine-readable reason; the platform may leave it out.
    pub code: Option<String>,
    /// The reason in words.
    pub message: String,
}

/// A video.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    /// 24 hexadecimal digits.
    pub id: String,
    /// How far the upload is.
    pub status: AssetStatus,
    /// Length of the video in seconds.
    pub duration: f64,
    /// Name of the uploaded file.
    pub filename: String,
    /// Media type of the uploaded file.
    pub file_type: String,
    /// When set, every item with this asset fails with it.
    pub analysis_error: Option<AnalysisError>,
}

impl Asset {
    /// A ready video of 300 seconds.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            filename: format!("{id}.mp4"),
            id,
            status: AssetStatus::Ready,
            duration: 300.0,
            file_type: "video/mp4".to_owned(),
            analysis_error: None,
        }
    }

    pub(crate) fn check(&self) -> Result<Identifier, InvalidAsset> {
        if !(self.duration.is_finite() && self.duration > 0.0) {
            return Err(InvalidAsset::Duration(self.duration));
        }
        Identifier::parse(&self.id).ok_or_else(|| InvalidAsset::Id(self.id.clone()))
    }

    /// The body of `GET /assets/{id}`.
    pub(crate) fn describe(&self, created_at: &str) -> Value {
        let mut body = json!({
            "_id": self.id,
            "method": "direct",
            "status": self.status.word(),
            "filename": self.filename,
            "file_type": self.file_type,
            "created_at": created_at,
        });
        let extra = match self.status {
            AssetStatus::Ready => ("duration", json!(self.duration)),
            AssetStatus::Failed => ("error", json!({"message": "The file could not be read as a video."})),
            AssetStatus::Processing => return body,
        };
        if let Some(fields) = body.as_object_mut() {
            fields.insert(extra.0.to_owned(), extra.1);
        }
        body
    }
}

/// Why an asset was not registered.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InvalidAsset {
    /// The id is malformed.
    #[error("the asset id {0:?} is not 24 hexadecimal digits")]
    Id(String),
    /// The duration is not a length of time.
    #[error("the duration of an asset is a positive number of seconds, not {0}")]
    Duration(f64),
}
