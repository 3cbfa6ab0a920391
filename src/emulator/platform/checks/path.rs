//! Where in a body something is.

use std::fmt;

/// A place, written like `requests[3].custom_id`. It costs nothing until it is written.
#[derive(Clone, Copy)]
pub(in crate::emulator::platform) enum Path<'p> {
    /// The body itself.
    Root,
    /// A field of an object.
    Field(&'p Path<'p>, &'p str),
    /// An element of an array.
    Index(&'p Path<'p>, usize),
}

impl<'p> Path<'p> {
    pub(in crate::emulator::platform) fn field(&'p self, name: &'p str) -> Self {
        Self::Field(self, name)
    }

    pub(in crate::emulator::platform) fn index(&'p self, index: usize) -> Self {
        Self::Index(self, index)
    }
}

impl From<Path<'_>> for String {
    fn from(path: Path<'_>) -> Self {
        path.to_string()
    }
}

impl From<&Path<'_>> for String {
    fn from(path: &Path<'_>) -> Self {
        path.to_string()
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => formatter.write_str("body"),
            Self::Field(Path::Root, name) => formatter.write_str(name),
            Self::Field(parent, name) => write!(formatter, "{parent}.{name}"),
            Self::Index(parent, index) => write!(formatter, "{parent}[{index}]"),
        }
    }
}
