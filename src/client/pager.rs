//! Pages, and which one comes next.

use super::{Answer, CallOptions, Client, Listing};
use crate::error::Error;
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

/// What is to be known of a page to go on after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Number of the page, as the platform tells it, or as it was asked for.
    stands: u32,
    /// Number of the page after it, if there is one.
    next: Option<u32>,
    /// Identifiers of the batches that came with it.
    came: Vec<String>,
}

impl Page {
    pub(super) fn new(asked: u32, page: BatchPage) -> Self {
        let next = next_page(asked, page.data.len(), &page.page_info);
        Self { items: page.data, info: page.page_info, number: asked, next }
    }

    /// What is to be known of this page to go on after it.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            stands: self.info.page.and_then(|page| u32::try_from(page).ok()).unwrap_or(self.number),
            next: self.next,
            came: self.items.iter().map(|batch| batch.batch_id.clone()).collect(),
        }
    }

    /// Leaves out what came before, and says where the listing goes on.
    ///
    /// A platform may answer a number past the end with its last page, or with
    /// its first; and new batches move older ones to the next page. So a page
    /// that stands no further than the one before it brings nothing, and of
    /// every other one only what was not on the page before.
    fn follow(&mut self, before: &Place) -> Place {
        let mut place = self.place();
        if place.stands <= before.stands {
            self.items.clear();
            self.next = None;
        }
        self.items.retain(|batch| !before.came.contains(&batch.batch_id));
        let (pages, entries, limit) =
            (self.info.total_page, self.info.total_results, self.info.limit_per_page);
        let is_end_told = pages.or(entries.and(limit)).is_some();
        if self.items.is_empty() && !is_end_told {
            self.next = None;
        }
        place.next = self.next;
        place
    }
}

impl Client {
    /// Fetches the page after another one of the same listing; nothing if there
    /// is none. The page brings no batch that was on the one before it.
    pub async fn next_page(
        &self,
        listing: &Listing,
        before: &Place,
        options: &CallOptions,
    ) -> Result<Option<(Answer<Page>, Place)>, Error> {
        let mut before = before.clone();
        while let Some(number) = before.next {
            let listing = Listing { page: Some(number), ..listing.clone() };
            let mut answer = self.list(&listing, options).await?;
            before = answer.value.follow(&before);
            if !answer.value.items.is_empty() {
                return Ok(Some((answer, before)));
            }
        }
        Ok(None)
    }
}

/// The page after the one that was asked for, if there is one.
///
/// An empty page is the last. So is one that stands before the one that was
/// asked for: a platform that answers every large number with its last page
/// must not be asked for ever. Otherwise the number of pages, or of entries,
/// decides; and where neither is told, whether this page is full.
#[must_use]
pub fn next_page(asked: u32, received: usize, info: &PageInfo) -> Option<u32> {
    let asked = i64::from(asked);
    let received = i64::try_from(received).unwrap_or(i64::MAX);
    // One that stands further on is gone on after.
    let stands = info.page.unwrap_or(asked);
    if received == 0 || stands < asked {
        return None;
    }
    let more = match (info.total_page, info.total_results, info.limit_per_page) {
        (Some(pages), _, _) => stands < pages,
        (None, Some(entries), Some(limit)) => stands.saturating_mul(limit) < entries,
        (None, _, limit) => limit.is_none_or(|limit| received >= limit),
    };
    more.then(|| u32::try_from(stands.saturating_add(1)).ok()).flatten()
}
