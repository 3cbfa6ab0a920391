//! Where something is. Paths live on the stack, and become text only for findings.

use std::fmt::Write;

/// A place in a request.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    before: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Element(usize),
}

impl<'a> Path<'a> {
    /// An argument of the call.
    pub(super) fn argument(name: &'a str) -> Self {
        Self { before: None, step: Step::Field(name) }
    }

    /// A field in here.
    pub(super) fn field(&'a self, name: &'a str) -> Self {
        Self { before: Some(self), step: Step::Field(name) }
    }

    /// An element of the list that is here.
    pub(super) fn element(&'a self, index: usize) -> Self {
        Self { before: Some(self), step: Step::Element(index) }
    }

    /// As text: `requests[17].custom_id`. Names that would not be told apart
    /// stand in brackets: `properties["a.b"]`.
    pub(super) fn tell(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        if let Some(before) = self.before {
            before.write(text);
        }
        // Writing to a text cannot fail.
        let _ = match self.step {
            Step::Element(index) => write!(text, "[{index}]"),
            Step::Field(name) if self.before.is_none() => write!(text, "{name}"),
            Step::Field(name) if is_plain(name) => write!(text, ".{name}"),
            Step::Field(name) => write!(text, "[{name:?}]"),
        };
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['.', '[', ']', '"', '\\']) && !name.contains(char::is_control)
}
