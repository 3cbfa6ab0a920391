//! Pages of a listing.

use serde::{Deserialize, Serialize};

use super::AnalyzeBatchStatusResponse;

model! {
    ($) response page_info
    /// Where a page stands in its listing, as the platform tells it.
    PageInfo {
        /// Entries on a full page.
        limit_per_page: Option<i64>,
        /// Number of this page, from 1.
        page: Option<i64>,
        /// Number of pages.
        total_page: Option<i64>,
        /// Number of entries on all pages.
        total_results: Option<i64>,
    }
}

/// One page of batches as the platform sends it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BatchPage {
    /// The batches on this page, newest first.
    pub data: Vec<AnalyzeBatchStatusResponse>,
    /// Where the page stands.
    pub page_info: PageInfo,
}
