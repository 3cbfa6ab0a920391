//! Which known name was meant.

/// Below this similarity a suggestion would be a guess.
const SIMILAR: f64 = 0.75;

/// The candidate nearest to a mistyped name, if one is near.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&name, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

/// A sentence that refuses an unknown name and helps to find the right one.
#[must_use]
pub fn refuse_unknown(what: &str, name: &str, allowed: &[&str]) -> String {
    match nearest(name, allowed.iter().copied()) {
        Some(near) => format!("unknown {what} {name:?}; did you mean {near:?}?"),
        None => format!("unknown {what} {name:?}; allowed are {}", allowed.join(", ")),
    }
}
