//! The platform's numbers, each with its source.

use std::time::Duration;

/// Requests in one batch, at most. Source: "Batch analysis", limits of `create`.
pub const MAX_REQUESTS: usize = 1_000;
/// Hours of video in one batch, at most. Source: as above.
pub const MAX_HOURS: f64 = 2_000.0;
/// Batches of one account that are not terminal, at most. Source: as above.
pub const MAX_ACTIVE_BATCHES: usize = 5;
/// A batch expires this long after its creation. Source: as above, retention.
pub const EXPIRY: Duration = Duration::from_secs(24 * 3600);
/// A batch and its results are deleted this long after its creation. Source: as above.
pub const RETENTION: Duration = Duration::from_secs(30 * 24 * 3600);
/// Batches on a page when `page_limit` is not given. Source: "List batches".
pub const DEFAULT_PAGE_LIMIT: u32 = 10;
/// Batches on a page, at most. Source: as above.
pub const MAX_PAGE_LIMIT: u32 = 50;
