//! The settings that items and defaults have in common.

use crate::models::{AsyncResponseFormat, BatchDefaults, BatchItemRequest, BatchPrompt};

/// The settings of an item, or of the defaults.
#[derive(Clone, Copy, Default)]
pub(super) struct Settings<'a> {
    pub(super) prompt: Option<&'a BatchPrompt>,
    pub(super) response_format: Option<&'a AsyncResponseFormat>,
    pub(super) temperature: Option<f64>,
    pub(super) max_tokens: Option<i64>,
    pub(super) min_segment_duration: Option<f64>,
    pub(super) max_segment_duration: Option<f64>,
    pub(super) start_time: Option<f64>,
    pub(super) end_time: Option<f64>,
}

macro_rules! take_settings {
    ($from:expr) => {
        Self {
            prompt: $from.prompt.as_ref(),
            response_format: $from.response_format.as_ref(),
            temperature: $from.temperature,
            max_tokens: $from.max_tokens,
            min_segment_duration: $from.min_segment_duration,
            max_segment_duration: $from.max_segment_duration,
            start_time: $from.start_time,
            end_time: $from.end_time,
        }
    };
}

impl<'a> Settings<'a> {
    pub(super) fn of_item(item: &'a BatchItemRequest) -> Self {
        take_settings!(item)
    }

    pub(super) fn of_defaults(defaults: &'a BatchDefaults) -> Self {
        take_settings!(defaults)
    }
}

/// What an item takes where it does not say: the defaults' settings, none of
/// them, or nobody knows.
#[derive(Clone, Copy)]
pub(super) enum Base<'a> {
    Known(Settings<'a>),
    Unknown,
}

impl<'a> Base<'a> {
    /// The value that counts, if there is one and it is known.
    pub(super) fn take<T>(
        self,
        own: &Settings<'a>,
        field: impl Fn(&Settings<'a>) -> Option<T>,
    ) -> Option<Taken<T>> {
        if let Some(value) = field(own) {
            return Some(Taken { value, is_own: true });
        }
        match self {
            Self::Known(base) => field(&base).map(|value| Taken { value, is_own: false }),
            Self::Unknown => None,
        }
    }

    /// Whether a setting that is not there may be somewhere else.
    pub(super) fn is_unknown(self) -> bool {
        matches!(self, Self::Unknown)
    }
}

/// The items that take settings from the defaults, if all of them are known.
pub(super) struct Takers<'a>(Option<Vec<Settings<'a>>>);

impl<'a> Takers<'a> {
    pub(super) fn of(items: Option<&[Option<&'a BatchItemRequest>]>) -> Self {
        Self(items.and_then(|items| items.iter().map(|item| item.map(Settings::of_item)).collect()))
    }

    /// Whether there may be an item that leaves all of these to the defaults.
    pub(super) fn leave(&self, gives: impl Fn(&Settings<'a>) -> bool) -> bool {
        self.0.as_ref().is_none_or(|items| items.iter().any(|item| !gives(item)))
    }
}

/// A value that counts, and whether whoever it counts for gives it.
#[derive(Clone, Copy)]
pub(super) struct Taken<T> {
    pub(super) value: T,
    pub(super) is_own: bool,
}

impl<T> Taken<T> {
    /// The field's name, as seen from where the value is used.
    pub(super) fn name(&self, field: &str) -> String {
        if self.is_own { field.to_owned() } else { format!("defaults.{field}") }
    }
}

/// How every item is analysed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    General,
    TimeBased,
}
