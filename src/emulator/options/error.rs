//! Options that cannot be.

/// Why an option was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OptionError {
    /// No option has this name.
    #[error("{owner} has no option {name:?}{}", hint(nearest.as_deref()))]
    Unknown {
        /// What was to have it.
        owner: &'static str,
        /// The name that was given.
        name: String,
        /// The option with the most similar name, if one is similar.
        nearest: Option<&'static str>,
    },
    /// The option cannot have this value.
    #[error("the option {name:?} {problem}")]
    Invalid {
        /// The name of the option.
        name: &'static str,
        /// What it has to be and what it was.
        problem: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean {name:?}?")).unwrap_or_default()
}
