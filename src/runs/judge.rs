//! What becomes of an item that has ended.

use super::outcome::Ended;

/// What becomes of an item that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// It stays as it is.
    Final,
    /// It is submitted again.
    Again,
    /// It is submitted again if its asset is there and ready.
    AgainIfReady,
}

/// Words of the platform for failures that would come again: they are about what was asked,
/// and asking the same again brings the same.
const NEVER: &[&str] = &[
    "video_duration_too_long",
    "video_duration_too_short",
    "video_resolution_too_low",
    "video_resolution_too_high",
    "video_file_broken",
    "unsupported_media_type",
    "parameter_invalid",
    "parameter_not_provided",
    "parameter_unknown",
    "token_limit_exceeded",
    "content_policy_violation",
    "batch_not_found",
];

/// Words for failures that are about the asset.
const ASSET: &[&str] = &["asset_unavailable", "asset_not_ready", "asset_not_found", "resource_not_exist"];

/// Words for items that there was no time for.
const EXPIRED: &[&str] = &["batch_expired", "batch_processing_timeout"];

/// Words for items that somebody has canceled.
const CANCELED: &[&str] = &["user_canceled", "batch_canceled"];

/// Whether a failure's word says that there was no time for the item.
#[must_use]
pub(super) fn is_expiry(code: Option<&str>) -> bool {
    code.is_some_and(|code| EXPIRED.contains(&code))
}

/// Judges an item by how it ended after so many attempts. Neither failed nor canceled items
/// are billed, so that a further attempt costs what the first would have.
#[must_use]
pub fn judge(ended: Ended, code: Option<&str>, attempts: u32, max_item_attempts: u32) -> Judgement {
    if attempts >= max_item_attempts {
        return Judgement::Final;
    }
    match (ended, code) {
        // What was canceled, somebody wanted to be so. What cannot be read has been billed.
        (Ended::Ready | Ended::Canceled | Ended::Malformed, _) => Judgement::Final,
        (Ended::Failed, Some(code)) if NEVER.contains(&code) || CANCELED.contains(&code) => Judgement::Final,
        (Ended::Failed, Some(code)) if ASSET.contains(&code) => Judgement::AgainIfReady,
        // There was no time for it. Or the word is not known: the catalogue is open, and what is not
        // known to be lasting may pass.
        (Ended::Expired | Ended::Failed, _) => Judgement::Again,
    }
}
