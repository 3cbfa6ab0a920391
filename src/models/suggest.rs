//! Which known name was meant.

/// Below this similarity a suggestion would be a guess.
const SIMILAR: f64 = 0.75;

/// Longer names are not compared: nobody mistypes them, and it would take long.
const LONGEST: usize = 100;

/// The candidate nearest to a mistyped name, if one is near.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > LONGEST {
        return None;
    }
    let name = name.to_ascii_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (strsim::jaro_winkler(&name, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

/// A sentence that refuses an unknown name and helps to find the right one.
#[must_use]
pub fn refuse_unknown(what: &str, name: &str, allowed: &[&str]) -> String {
    let shown = shorten(name);
    match nearest(name, allowed.iter().copied()) {
        Some(near) => format!("unknown {what} {shown:?}; did you mean {near:?}?"),
        None => format!("unknown {what} {shown:?}; allowed are {}", allowed.join(", ")),
    }
}

/// A name's beginning, if it is too long to be shown whole.
#[must_use]
pub fn shorten(name: &str) -> std::borrow::Cow<'_, str> {
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()).into(),
        None => name.into(),
    }
}
