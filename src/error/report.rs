//! What a check of a request has found.

use std::fmt;

use serde_json::Value;

/// A rule that a request breaks, or something odd in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Where, such as `requests[17].custom_id`.
    pub path: String,
    /// The offending value, shortened when it is long; null where one is missing.
    pub value: Value,
    /// A word for the rule, such as `custom_id.pattern`.
    pub rule: &'static str,
    /// What is wrong and what is allowed.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Which part of the platform's documentation says so.
    pub source: &'static str,
}

/// Everything that a check has found, in the order of the request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// What the platform would refuse.
    pub violations: Vec<Finding>,
    /// What it would accept, and is likely not meant so.
    pub warnings: Vec<Finding>,
    /// What the check has counted.
    pub facts: Facts,
}

/// What a check has counted.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Facts {
    /// Items of the request.
    pub items: usize,
    /// Hours of video, as far as durations are known; nothing if none is.
    pub hours: Option<f64>,
    /// Items whose video's duration is not known.
    pub unknown_durations: usize,
}

impl Report {
    /// True when the platform has no reason to refuse the request.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.violations.is_empty()
    }

    /// Puts findings from several places into the order of the request.
    pub fn sort(&mut self) {
        self.violations.sort_by_cached_key(|finding| place(&finding.path));
        self.warnings.sort_by_cached_key(|finding| place(&finding.path));
    }
}

/// Defaults come before the items that take them over.
const ORDER: [&str; 4] = ["model_name", "analysis_mode", "defaults", "requests"];

fn place(path: &str) -> (usize, Option<usize>) {
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (name, rest) = path.split_at(end);
    let rank = ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len());
    let index = rest.strip_prefix('[').and_then(|rest| rest.split(']').next()?.parse().ok());
    (rank, index)
}

/// As many findings are told in words.
const MOST_TOLD: usize = 10;

/// Findings as one text: a single one in a line, several as a list.
pub(super) struct Told<'a>(pub(super) &'a [Finding]);

impl fmt::Display for Told<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [finding] = self.0 {
            return finding.fmt(formatter);
        }
        let count = self.0.len();
        write!(formatter, "{count} violations:")?;
        for finding in self.0.iter().take(MOST_TOLD) {
            write!(formatter, "\n  {finding}")?;
        }
        if count > MOST_TOLD {
            write!(formatter, "\n  and {} more", count - MOST_TOLD)?;
        }
        Ok(())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            formatter.write_str(&self.message)
        } else {
            write!(formatter, "{}: {}", self.path, self.message)
        }
    }
}
