//! The request as a whole.

use std::borrow::Cow;

use super::assets::{self, Assets};
use super::draft::{Defaults, Draft};
use super::durations::{self, Durations};
use super::findings::{Findings, quote};
use super::item;
use super::path::Path;
use super::repeats::each_repeated;
use super::rules::Rule;
use super::settings::{Base, Mode, Settings, Takers};
use crate::error::Report;
use crate::models::{AnalysisMode, BatchItemRequest, MAX_REQUESTS, ModelName, nearest};

/// Holds a request against every rule. `durations` are the lengths of the
/// videos that are known, `assets` what the platform says of them; none is
/// needed. What the platform says of a length counts.
#[must_use]
pub fn check(draft: &Draft<'_>, durations: &Durations, assets: &Assets) -> Report {
    let mut lengths = Cow::Borrowed(durations);
    for (asset_id, length) in assets::durations(assets) {
        lengths.to_mut().insert(asset_id.clone(), length);
    }
    let durations = &*lengths;
    let mut findings = Findings::default();
    let (base, mode) = check_around(draft, &mut findings);
    if let Some(items) = &draft.requests {
        check_items(items, base, mode, durations, &mut findings);
    }
    assets::check(draft, assets, &mut findings);
    findings.report.sort();
    findings.report
}

/// Checks what stands beside the items. What of it they do not take counts only if
/// they are known.
pub(super) fn check_around<'a>(draft: &Draft<'a>, findings: &mut Findings) -> (Base<'a>, Option<Mode>) {
    check_model(draft, findings);
    let mode = check_mode(draft, findings);
    let base = match draft.defaults {
        Defaults::Absent => Base::Known(Settings::default()),
        Defaults::Unknown => Base::Unknown,
        Defaults::Given(defaults) => {
            let settings = Settings::of_defaults(defaults);
            let path = Path::argument("defaults");
            item::check_settings(&settings, &path, mode, findings);
            let takers = Takers::of(draft.requests.as_deref());
            item::check_taken_together(&settings, &takers, &path, mode, findings);
            Base::Known(settings)
        }
    };
    (base, mode)
}

fn check_model(draft: &Draft<'_>, findings: &mut Findings) {
    if let Some(name) = draft.model_name.filter(|name| !ModelName::WORDS.contains(name)) {
        findings.refuse(Rule::ModelName, &Path::argument("model_name"), name, quote(name));
    }
}

fn check_mode(draft: &Draft<'_>, findings: &mut Findings) -> Option<Mode> {
    let word = draft.analysis_mode?;
    match AnalysisMode::from(word) {
        AnalysisMode::General => Some(Mode::General),
        AnalysisMode::TimeBasedMetadata => Some(Mode::TimeBased),
        AnalysisMode::Other(_) => {
            let near = nearest(word, AnalysisMode::WORDS.iter().copied());
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            let path = Path::argument("analysis_mode");
            findings.refuse_with_hint(Rule::AnalysisMode, &path, word, quote(word), hint);
            None
        }
    }
}

fn check_items(
    items: &[Option<&BatchItemRequest>],
    base: Base<'_>,
    mode: Option<Mode>,
    durations: &Durations,
    findings: &mut Findings,
) {
    let path = Path::argument("requests");
    let count = items.len();
    findings.report.facts.items = count;
    if !(1..=MAX_REQUESTS).contains(&count) {
        let hint = (count == 0).then(|| "there is nothing to analyse".to_owned());
        findings.refuse_with_hint(Rule::RequestsCount, &path, count, count, hint);
    }
    durations::add_up(items, durations, findings);
    let needs = find_needs(items, base, mode, findings);
    for (index, item) in items.iter().enumerate() {
        if let Some(item) = item {
            let length = durations.get(&item.video.asset_id).copied();
            item::check(item, &path.element(index), base, (mode, needs, length), findings);
        }
    }
    // Empty ones are refused already.
    let ids =
        items.iter().map(|item| item.and_then(|item| item.custom_id.as_deref()).filter(|id| !id.is_empty()));
    each_repeated(ids, |index, first| {
        let place = path.element(index);
        let id = items.get(index).copied().flatten().and_then(|item| item.custom_id.as_deref());
        let wrong = format_args!("{} is that of requests[{first}] already", quote(id.unwrap_or_default()));
        findings.add(Rule::CustomIdUnique, &place.field("custom_id"), id, wrong);
    });
}

/// What an item has to give itself because the defaults do not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Nothing,
    Prompt,
    ResponseFormat,
}

/// What every item has to give itself.
pub(super) fn need_of(base: Base<'_>, mode: Option<Mode>) -> Need {
    let Base::Known(defaults) = base else { return Need::Nothing };
    match mode {
        Some(Mode::General) if defaults.prompt.is_none() => Need::Prompt,
        Some(Mode::TimeBased) if defaults.response_format.is_none() => Need::ResponseFormat,
        _ => Need::Nothing,
    }
}

/// What every item has to give itself. If none of several does, that is one
/// mistake, of the defaults.
fn find_needs(
    items: &[Option<&BatchItemRequest>],
    base: Base<'_>,
    mode: Option<Mode>,
    findings: &mut Findings,
) -> Need {
    let need = need_of(base, mode);
    let (rule, field) = match need {
        Need::Nothing => return need,
        Need::Prompt => (Rule::PromptRequired, "prompt"),
        Need::ResponseFormat => (Rule::FormatRequired, "response_format"),
    };
    let mut readable = items.iter().flatten();
    let is_given = readable.clone().any(|item| match need {
        Need::Prompt => item.prompt.is_some(),
        _ => item.response_format.is_some(),
    });
    if is_given || readable.nth(1).is_none() {
        return need;
    }
    let defaults = Path::argument("defaults");
    let wrong = format_args!("neither `defaults` nor any item has a {}", field.replace('_', " "));
    findings.add(rule, &defaults.field(field), None::<&str>, wrong);
    Need::Nothing
}
