//! Taking targets apart.

/// The decoded segments of the path, and the decoded query.
pub(super) struct Target {
    pub(super) segments: Vec<String>,
    pub(super) query: Vec<(String, String)>,
}

/// Takes apart a target in origin form, or in the absolute form proxies use.
pub(super) fn split_target(target: &str) -> Target {
    let origin = target.split_once("://").filter(|(scheme, _)| !scheme.contains('/'));
    let origin =
        origin.map_or(target, |(_, rest)| rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"));
    let (path, query) = origin.split_once('?').unwrap_or((origin, ""));
    let path = path.strip_prefix('/').unwrap_or(path);
    Target {
        segments: path.split('/').map(decode_percent).collect(),
        query: url::form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
    }
}

/// Decodes `%20` and the like. What is not an escape stays as it is.
fn decode_percent(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| *first == b'%').and_then(read_hexadecimal);
        decoded.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn read_hexadecimal(digits: &[u8]) -> Option<u8> {
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
