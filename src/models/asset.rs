//! An asset: an uploaded file, as the platform reports it.

use serde_json::{Map, Value};

use super::{Kept, TechnicalMetadata, Time};

model! {
    ($) lenient asset_detail
    /// An asset: a file that was uploaded. Batches take videos among them that
    /// are `ready`.
    AssetDetail {
        /// Identifier of the asset. Named `_id` in JSON.
        #[serde(rename = "_id")]
        id: Option<Kept<String>>,
        /// How it came to the platform: `direct`, `url`, `multipart` or
        /// `connector`.
        method: Option<Kept<String>>,
        /// State of the asset: `processing`, `ready` or `failed`.
        status: Option<Kept<String>>,
        /// Name of the file.
        filename: Option<Kept<String>>,
        /// Media type of the file, such as `video/mp4`.
        file_type: Option<Kept<String>>,
        /// When the asset was created.
        created_at: Option<Kept<Time>>,
        /// What its owner has noted about it.
        user_metadata: Option<Kept<Map<String, Value>>>,
        /// Where it was imported from; only with the method `connector`.
        source: Option<Kept<AssetSource>>,
        /// Its stream for players; only if one was asked for.
        hls: Option<Kept<AssetHls>>,
        /// Its image for previews; only if one was asked for.
        thumbnail: Option<Kept<AssetThumbnail>>,
        /// What the file is made of; not while it is `processing`.
        technical_metadata: Option<Kept<TechnicalMetadata>>,
        /// Size of the file in bytes; once it is `ready`.
        size: Option<Kept<i64>>,
        /// Length in seconds; once it is `ready`, and only of videos and sound.
        duration: Option<Kept<f64>>,
        /// What went wrong; only when the status is `failed`.
        error: Option<Kept<AssetError>>,
    }
}

model! {
    ($) lenient asset_error
    /// Why an asset failed.
    AssetError {
        /// The failure, for people.
        message: Kept<String>,
    }
}

model! {
    ($) lenient asset_source
    /// Where an asset was imported from.
    AssetSource {
        /// The kind of source: `connector`.
        r#type: Option<Kept<String>>,
        /// The file at its source.
        details: Option<Kept<AssetSourceDetails>>,
    }
}

model! {
    ($) lenient asset_source_details
    /// The file that an asset was imported from.
    AssetSourceDetails {
        /// Who keeps the file, such as `google_drive`.
        provider: Option<Kept<String>>,
        /// Identifier of the file there.
        source_id: Option<Kept<String>>,
        /// Name of the file there, when it was imported.
        original_filename: Option<Kept<String>>,
        /// Address of the file there.
        source_link: Option<Kept<String>>,
    }
}

model! {
    ($) lenient asset_hls
    /// The stream of an asset for players, in HLS.
    AssetHls {
        /// Address of the manifest; once it is `ready`.
        manifest_url: Option<Kept<String>>,
        /// State of the stream: `pending`, `processing`, `ready` or `error`.
        status: Option<Kept<String>>,
    }
}

model! {
    ($) lenient asset_thumbnail
    /// The image of an asset for previews.
    AssetThumbnail {
        /// Address of the image; once it is `ready`.
        representative_url: Option<Kept<String>>,
        /// State of the image: `pending`, `processing`, `ready` or `error`.
        status: Option<Kept<String>>,
    }
}

/// A body of `GET /assets/{id}`: an asset whose identifier or state can be read.
/// Without both it is somebody else's answer.
#[derive(Debug, serde::Deserialize)]
#[serde(try_from = "AssetDetail")]
pub struct AssetBody(pub AssetDetail);

impl TryFrom<AssetDetail> for AssetBody {
    type Error = String;

    fn try_from(asset: AssetDetail) -> Result<Self, String> {
        if [&asset.id, &asset.status].iter().all(|part| part.as_ref().and_then(Kept::fit).is_none()) {
            return Err("both `_id` and `status` are missing".to_owned());
        }
        Ok(Self(asset))
    }
}
