//! Pages of batches.

use serde_json::{Value, json};

use super::bodies::describe_batch;
use super::course::{Batch, BatchStatus};
use super::record::mode_word;
use super::refusal::Refusal;
use super::state::Platform;
use crate::emulator::answers::Mode;
use crate::emulator::options::PageLimitPolicy;

const DEFAULT_LIMIT: u64 = 10;
const LARGEST_LIMIT: u64 = 50;
const MODES: [Mode; 2] = [Mode::General, Mode::TimeBasedMetadata];

impl Platform {
    /// One page, newest first. Within a filter any value will do; both filters have to agree.
    pub(crate) fn list(&self, query: &[(String, String)]) -> Result<Value, Refusal> {
        let page = self.read_number(query, "page", 1, u64::MAX)?;
        let limit = self.read_number(query, "page_limit", DEFAULT_LIMIT, LARGEST_LIMIT)?;
        let statuses = read_words(query, "status", &BatchStatus::ALL.map(BatchStatus::word))?;
        let modes = read_words(query, "analysis_mode", &MODES.map(mode_word))?;
        let is_wanted = |batch: &&Batch| {
            (statuses.is_empty() || statuses.contains(&batch.status(self.now).word()))
                && (modes.is_empty() || modes.contains(&mode_word(batch.record.mode)))
        };
        let wanted: Vec<&Batch> = self.batches.values().rev().filter(is_wanted).collect();
        let total = u64::try_from(wanted.len()).unwrap_or(u64::MAX);
        let skipped = usize::try_from((page - 1).saturating_mul(limit)).unwrap_or(usize::MAX);
        let taken = usize::try_from(limit).unwrap_or(usize::MAX);
        let shown = wanted.into_iter().skip(skipped).take(taken);
        let data: Vec<Value> = shown.map(|batch| describe_batch(batch, self.now)).collect();
        Ok(json!({
            "data": data,
            "page_info": {
                "limit_per_page": limit,
                "page": page,
                "total_page": total.div_ceil(limit),
                "total_results": total,
            },
        }))
    }

    fn read_number(
        &self,
        query: &[(String, String)],
        name: &str,
        default: u64,
        largest: u64,
    ) -> Result<u64, Refusal> {
        let Some((_, text)) = query.iter().rev().find(|(key, _)| key == name) else { return Ok(default) };
        let number = text.parse::<i64>().map_err(|_| Refusal::invalid(name, "it is not a whole number"))?;
        let number = u64::try_from(number).unwrap_or(0);
        if (1..=largest).contains(&number) {
            return Ok(number);
        }
        let problem =
            if number == 0 { "it is less than 1".to_owned() } else { format!("it is more than {largest}") };
        match self.options.page_limit_policy {
            PageLimitPolicy::Clamp => Ok(number.clamp(1, largest)),
            PageLimitPolicy::Reject => Err(Refusal::invalid(name, problem)),
        }
    }
}

fn read_words<'a>(
    query: &'a [(String, String)],
    name: &str,
    allowed: &[&str],
) -> Result<Vec<&'a str>, Refusal> {
    let given = query.iter().filter(|(key, _)| key == name).map(|(_, word)| word.as_str());
    given
        .map(|word| {
            let problem = || format!("{word:?} is none of {}", allowed.join(", "));
            if allowed.contains(&word) { Ok(word) } else { Err(Refusal::invalid(name, problem())) }
        })
        .collect()
}
