//! Faults as text.

use serde_json::Value;

use super::Fault;
use crate::emulator::options::OptionError;

impl Fault {
    /// Reads a fault from a JSON object, or from words such as `on=results,cut=reset,after_rows=3`.
    pub fn parse(text: &str) -> Result<Self, OptionError> {
        let mut fault = Self::default();
        let refuse = |problem: String| OptionError::Invalid { name: "fault", problem };
        if text.trim_start().starts_with('{') {
            let value: Value = serde_json::from_str(text)
                .map_err(|error| refuse(format!("must be a JSON object, or words; {error}")))?;
            for (name, value) in value.as_object().into_iter().flatten() {
                fault.set(name, value)?;
            }
        } else {
            for word in text.split(',').filter(|word| !word.trim().is_empty()) {
                let (name, value) = word
                    .split_once('=')
                    .ok_or_else(|| refuse(format!("must be words such as times=2, not {word:?}")))?;
                fault.set_text(name.trim(), value.trim())?;
            }
        }
        fault.validate()?;
        Ok(fault)
    }
}
