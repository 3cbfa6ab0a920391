//! What the platform says of the assets that a request names.

use std::collections::{HashMap, HashSet};
use std::fmt::Display;

use super::draft::{Defaults, Draft};
use super::findings::{Findings, quote};
use super::item::is_asset_id;
use super::path::Path;
use super::rules::Rule;
use super::settings::Settings;
use crate::models::{AssetDetail, SmeMediaSource};

/// What the platform says of assets, by their identifiers; nothing of those
/// that it does not know.
pub type Assets = HashMap<String, Option<AssetDetail>>;

/// Ways of uploading whose assets batches take.
const METHODS: [&str; 2] = ["direct", "multipart"];

/// What an asset is named for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Use {
    Video,
    Image,
}

/// The identifiers of all assets that a request names, once each, in the order
/// of the request. What cannot be one is left out.
#[must_use]
pub fn find_assets(draft: &Draft<'_>) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    visit(draft, &mut |asset_id, _, _| {
        if is_asset_id(asset_id) && seen.insert(asset_id.to_owned()) {
            found.push(asset_id.to_owned());
        }
    });
    found
}

/// Tells what is against assets, each where it is named first.
pub(super) fn check(draft: &Draft<'_>, assets: &Assets, findings: &mut Findings) {
    if assets.is_empty() {
        return;
    }
    let mut places: HashMap<String, usize> = HashMap::new();
    visit(draft, &mut |asset_id, _, _| *places.entry(asset_id.to_owned()).or_default() += 1);
    let mut told = HashSet::new();
    visit(draft, &mut |asset_id, purpose, path| {
        let Some(known) = assets.get(asset_id) else { return };
        let count = places.get(asset_id).copied().unwrap_or(1);
        let mut tell = |rule: Rule, wrong: &dyn Display| {
            // What an asset is, is told once; what it is not fit for, once for each use.
            let of_use = matches!(rule, Rule::AssetKind | Rule::AssetMethod).then_some(purpose);
            if !told.insert((asset_id.to_owned(), of_use)) {
                return;
            }
            let others = if count == 1 { String::new() } else { format!(" (named in {count} places)") };
            findings.add(rule, path, asset_id, format_args!("asset {asset_id} {wrong}{others}"));
        };
        match known {
            None => tell(Rule::AssetMissing, &"does not exist"),
            Some(asset) => check_one(asset, purpose, &mut tell),
        }
    });
}

fn check_one(asset: &AssetDetail, purpose: Use, tell: &mut impl FnMut(Rule, &dyn Display)) {
    let word =
        |part: &Option<crate::models::Kept<String>>| part.as_ref().and_then(|part| part.fit()).cloned();
    match word(&asset.status).as_deref() {
        Some("ready") | None => {}
        Some("failed") => {
            let error = asset.error.as_ref().and_then(|error| error.fit());
            let reason = error.and_then(|error| error.message.fit());
            let told =
                reason.map_or_else(|| "failed".to_owned(), |reason| format!("failed, {}", quote(reason)));
            return tell(Rule::AssetFailed, &told);
        }
        Some(status) => return tell(Rule::AssetUnready, &format_args!("is {status}")),
    }
    if let Some(kind) = word(&asset.file_type) {
        let is_fitting = match purpose {
            Use::Video => !kind.starts_with("image/"),
            Use::Image => kind.starts_with("image/"),
        };
        if !is_fitting {
            return tell(Rule::AssetKind, &format_args!("is of the type {kind}"));
        }
    }
    if let Some(method) = word(&asset.method)
        && purpose == Use::Video
        && !METHODS.contains(&method.as_str())
    {
        tell(Rule::AssetMethod, &format_args!("was uploaded by {method}"));
    }
}

/// Visits every place that names an asset.
fn visit(draft: &Draft<'_>, tell: &mut impl FnMut(&str, Use, &Path<'_>)) {
    if let Defaults::Given(defaults) = draft.defaults {
        visit_images(&Settings::of_defaults(defaults), &Path::argument("defaults"), tell);
    }
    let requests = Path::argument("requests");
    for (index, item) in draft.requests.iter().flatten().enumerate() {
        let Some(item) = item else { continue };
        let path = requests.element(index);
        let video = path.field("video");
        tell(&item.video.asset_id, Use::Video, &video.field("asset_id"));
        visit_images(&Settings::of_item(item), &path, tell);
    }
}

fn visit_images(settings: &Settings<'_>, path: &Path<'_>, tell: &mut impl FnMut(&str, Use, &Path<'_>)) {
    if let Some(prompt) = settings.prompt {
        visit_sources(prompt.media_sources.as_deref(), &path.field("prompt"), tell);
    }
    let definitions = settings.response_format.and_then(|format| format.segment_definitions.as_deref());
    let format = path.field("response_format");
    let list = format.field("segment_definitions");
    for (index, definition) in definitions.into_iter().flatten().enumerate() {
        visit_sources(definition.media_sources.as_deref(), &list.element(index), tell);
    }
}

fn visit_sources(
    sources: Option<&[SmeMediaSource]>,
    holder: &Path<'_>,
    tell: &mut impl FnMut(&str, Use, &Path<'_>),
) {
    let list = holder.field("media_sources");
    for (index, source) in sources.into_iter().flatten().enumerate() {
        if let Some(asset_id) = &source.asset_id {
            let place = list.element(index);
            tell(asset_id, Use::Image, &place.field("asset_id"));
        }
    }
}

/// Lengths of videos in seconds, as far as the platform tells them.
pub(super) fn durations(assets: &Assets) -> impl Iterator<Item = (&String, f64)> {
    assets.iter().filter_map(|(asset_id, asset)| {
        let duration = asset.as_ref()?.duration.as_ref()?.fit()?;
        duration.is_sign_positive().then_some((asset_id, *duration))
    })
}
