//! Pages, and which one comes next.

use crate::models::{AnalyzeBatchStatusResponse, BatchPage, PageInfo};

/// A page of batches and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The batches on this page, newest first.
    pub items: Vec<AnalyzeBatchStatusResponse>,
    /// Where the page stands, as the platform tells it.
    pub info: PageInfo,
    /// Number of this page, as it was asked for.
    pub number: u32,
    /// Number of the page after this one, if there is one.
    pub next: Option<u32>,
}

impl Page {
    pub(super) fn new(asked: u32, page: BatchPage) -> Self {
        let next = next_page(asked, page.data.len(), &page.page_info);
        Self { items: page.data, info: page.page_info, number: asked, next }
    }
}

/// The page after the one that was asked for, if there is one.
///
/// An empty page is the last. So is one that stands elsewhere than asked: a
/// platform that answers every large number with its last page must not be
/// asked for ever. Otherwise the number of pages, or of entries, decides; and
/// where neither is told, whether this page is full.
#[must_use]
pub fn next_page(asked: u32, received: usize, info: &PageInfo) -> Option<u32> {
    let asked = i64::from(asked);
    let received = i64::try_from(received).unwrap_or(i64::MAX);
    if received == 0 || info.page.is_some_and(|page| page != asked) {
        return None;
    }
    let more = match (info.total_page, info.total_results, info.limit_per_page) {
        (Some(pages), _, _) => asked < pages,
        (None, Some(entries), Some(limit)) => asked.saturating_mul(limit) < entries,
        (None, _, limit) => limit.is_none_or(|limit| received >= limit),
    };
    more.then(|| u32::try_from(asked + 1).ok()).flatten()
}
