//! A request to create a batch, as far as it is known.

use crate::models::{BatchDefaults, BatchItemRequest, CreateAnalyzeBatchRequest};

/// A request to create a batch, as far as it is known. What could not be read,
/// or is replaced by other means, is nothing: rules that need it are silent.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// The model.
    pub model_name: Option<&'a str>,
    /// How every item is analysed.
    pub analysis_mode: Option<&'a str>,
    /// Values for items that do not give their own.
    pub defaults: Defaults<'a>,
    /// The items, in their places.
    pub requests: Option<Vec<Option<&'a BatchItemRequest>>>,
}

/// Defaults, as far as they are known.
#[derive(Debug, Clone, Copy)]
pub enum Defaults<'a> {
    /// There are none.
    Absent,
    /// These.
    Given(&'a BatchDefaults),
    /// They could not be read, or are replaced.
    Unknown,
}

impl<'a> Draft<'a> {
    /// A whole request, but for the parts that are replaced.
    pub fn of(request: &'a CreateAnalyzeBatchRequest, is_replaced: impl Fn(&str) -> bool) -> Self {
        Self {
            model_name: Some(request.model_name.as_str()).filter(|_| !is_replaced("model_name")),
            analysis_mode: Some(request.analysis_mode.as_str()).filter(|_| !is_replaced("analysis_mode")),
            defaults: match &request.defaults {
                _ if is_replaced("defaults") => Defaults::Unknown,
                Some(defaults) => Defaults::Given(defaults),
                None => Defaults::Absent,
            },
            requests: (!is_replaced("requests")).then(|| request.requests.iter().map(Some).collect()),
        }
    }
}
