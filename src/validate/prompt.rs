//! Prompts.

use super::findings::{Findings, quote};
use super::item::is_blank;
use super::media;
use super::path::Path;
use super::placeholders;
use super::rules::Rule;
use super::settings::Mode;
use crate::models::BatchPrompt;

pub(super) fn check(prompt: &BatchPrompt, path: &Path<'_>, mode: Option<Mode>, findings: &mut Findings) {
    if mode == Some(Mode::TimeBased) {
        let text = prompt.input_text.as_str();
        findings.add(Rule::PromptMode, path, text, quote(text));
    }
    if is_blank(&prompt.input_text) {
        findings.add(Rule::PromptEmpty, &path.field("input_text"), prompt.input_text.as_str(), "it is empty");
    }
    let sources = prompt.media_sources.as_deref().unwrap_or_default();
    let media_path = path.field("media_sources");
    media::check(sources, &media_path, findings);
    let text_path = path.field("input_text");
    placeholders::check_unknown(Rule::PlaceholderUnknown, &prompt.input_text, sources, &text_path, findings);
    let texts = || std::iter::once(prompt.input_text.as_str());
    placeholders::check_unused(texts, sources, &media_path, findings);
}
