//! Images that prompts and definitions refer to.

use url::{Host, Url};

use super::findings::{Findings, quote};
use super::item::is_asset_id;
use super::limits::{LARGEST_IMAGE, MOST_MEDIA_SOURCES};
use super::path::Path;
use super::repeats::each_repeated;
use super::rules::Rule;
use crate::models::SmeMediaSource;

pub(super) fn check(sources: &[SmeMediaSource], path: &Path<'_>, findings: &mut Findings) {
    let count = sources.len();
    if count > MOST_MEDIA_SOURCES {
        findings.refuse(Rule::MediaCount, path, count, count);
    }
    for (index, source) in sources.iter().enumerate() {
        check_source(source, &path.element(index), findings);
    }
    each_repeated(sources.iter().map(|source| Some(source.name.as_str())), |index, first| {
        let place = path.element(index);
        let name = sources.get(index).map_or("", |source| source.name.as_str());
        let wrong = format_args!("{} is the name of media_sources[{first}] already", quote(name));
        findings.add(Rule::MediaNameUnique, &place.field("name"), name, wrong);
    });
}

/// Whether a placeholder can have that name.
pub(super) fn can_be_named(name: &str) -> bool {
    !name.is_empty() && !name.contains(['<', '>', '\n'])
}

fn check_source(source: &SmeMediaSource, path: &Path<'_>, findings: &mut Findings) {
    let name = source.name.as_str();
    if !can_be_named(name) {
        findings.add(Rule::MediaName, &path.field("name"), name, quote(name));
    }
    let kind = source.media_type.as_str();
    if kind != "image" {
        findings.refuse(Rule::MediaType, &path.field("media_type"), kind, quote(kind));
    }
    check_origin(source, path, findings);
    if let Some(address) = source.url.as_deref() {
        check_url(address, &path.field("url"), findings);
    }
    if let Some(asset) = source.asset_id.as_deref().filter(|asset| !is_asset_id(asset)) {
        findings.refuse(Rule::MediaAssetId, &path.field("asset_id"), asset, quote(asset));
    }
    if let Some(text) = source.base_64_string.as_deref() {
        check_base64(text, &path.field("base64_string"), findings);
    }
}

fn check_origin(source: &SmeMediaSource, path: &Path<'_>, findings: &mut Findings) {
    let given = [
        source.url.as_ref().map(|_| "url"),
        source.asset_id.as_ref().map(|_| "asset_id"),
        source.base_64_string.as_ref().map(|_| "base64_string"),
    ];
    let names: Vec<&str> = given.into_iter().flatten().collect();
    if names.len() == 1 {
        return;
    }
    if names.is_empty() {
        findings.add(Rule::MediaSource, path, None::<&str>, "none is given");
    } else {
        let told = names.join(", ");
        findings.add(Rule::MediaSource, path, told.as_str(), format_args!("{told} are given"));
    }
}

fn check_url(address: &str, path: &Path<'_>, findings: &mut Findings) {
    // The address itself is not repeated in words: it may carry a signature.
    let url = match Url::parse(address) {
        Ok(url) => url,
        Err(error) => {
            findings.add(Rule::MediaUrl, path, begin(address), format_args!("it is no address ({error})"));
            return;
        }
    };
    if url.scheme() != "https" {
        let wrong = format_args!("it begins with `{}:`", url.scheme());
        findings.add(Rule::MediaUrl, path, begin(address), wrong);
        return;
    }
    let is_local = match url.host() {
        None => false,
        Some(Host::Domain(name)) => {
            name == "localhost" || [".localhost", ".local", ".internal"].iter().any(|end| name.ends_with(end))
        }
        Some(Host::Ipv4(address)) => {
            address.is_loopback()
                || address.is_private()
                || address.is_link_local()
                || address.is_unspecified()
        }
        Some(Host::Ipv6(address)) => {
            address.is_loopback()
                || address.is_unspecified()
                || address.is_unique_local()
                || address.is_unicast_link_local()
        }
    };
    if is_local {
        let host = url.host_str().unwrap_or_default();
        findings.add(Rule::MediaUrlPublic, path, host, format_args!("{host} is local"));
    }
}

/// Enough to know an address by: the rest may carry a signature, or an image.
fn begin(address: &str) -> String {
    const LENGTH: usize = 24;
    match address.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", address.get(..end).unwrap_or_default()),
        None => address.to_owned(),
    }
}

/// What a base64 text holds.
enum Base64 {
    /// So many bytes, written as the standard has it.
    Standard(usize),
    /// So many bytes, written in a way that not every reader takes.
    Lenient(usize),
    /// Something else.
    Invalid,
}

/// Measures without decoding: the text may be large.
fn measure(text: &str) -> Base64 {
    let body = text.trim_end_matches(['=', '\r', '\n', ' ', '\t', '\x0c']);
    let end = text.get(body.len()..).unwrap_or_default();
    let padding = end.bytes().filter(|byte| *byte == b'=').count();
    let (mut digits, mut others) = (0_usize, end.len() - padding);
    for byte in body.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => digits += 1,
            b'\r' | b'\n' | b' ' | b'\t' | 0x0c => others += 1,
            _ => return Base64::Invalid,
        }
    }
    let expected = (4 - digits % 4) % 4;
    if digits == 0 || digits % 4 == 1 || padding != 0 && padding != expected {
        return Base64::Invalid;
    }
    let bytes = digits / 4 * 3 + (digits % 4).saturating_sub(1);
    if others == 0 && padding == expected { Base64::Standard(bytes) } else { Base64::Lenient(bytes) }
}

fn check_base64(text: &str, path: &Path<'_>, findings: &mut Findings) {
    // The text itself is never told.
    let told = || format!("{} characters", text.len());
    let bytes = match measure(text) {
        Base64::Invalid => {
            let wrong = if text.is_empty() { "it is empty" } else { "it cannot be decoded" };
            let has_prefix = text.starts_with("data:");
            let hint = has_prefix.then(|| "give what is behind `base64,` alone".to_owned());
            findings.add_with_hint(Rule::MediaBase64, path, told(), wrong, hint);
            return;
        }
        Base64::Standard(bytes) => bytes,
        Base64::Lenient(bytes) => {
            findings.add(Rule::MediaBase64Strict, path, told(), "it departs from RFC 4648");
            bytes
        }
    };
    if bytes > LARGEST_IMAGE {
        findings.refuse(Rule::MediaSize, path, bytes, format_args!("{bytes} bytes"));
    }
}
