//! Reads JSON as it is usually written. Whatever else is valid JSON it leaves
//! to the library.

use super::text::{Span, Unescaped, read_text};

/// A field of an object.
#[derive(Clone, Copy, Default)]
pub(super) enum Field<T> {
    #[default]
    Missing,
    Null,
    Value(T),
}

impl<T> Field<T> {
    /// What it has, if it has something.
    pub fn value(self) -> Option<T> {
        if let Self::Value(value) = self { Some(value) } else { None }
    }
}

/// A place in a line that is UTF-8 and has no control characters.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    unescaped: &'a mut Unescaped,
}

impl<'a> Cursor<'a> {
    pub fn new(bytes: &'a [u8], unescaped: &'a mut Unescaped) -> Self {
        Self { bytes, at: 0, unescaped }
    }

    /// Whether there is nothing more to read.
    pub fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        self.skip_spaces();
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    fn takes(&mut self, word: &[u8]) -> bool {
        let is_there = self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        if is_there {
            self.at += word.len();
        }
        is_there
    }

    fn is_null(&mut self) -> bool {
        self.skip_spaces();
        self.takes(b"null")
    }

    /// Reads an object's fields, each by `field`, which is told its key.
    pub fn object(&mut self, mut field: impl FnMut(&mut Self, &'a [u8]) -> Option<()>) -> Option<()> {
        self.take(b'{')?;
        self.skip_spaces();
        if self.takes(b"}") {
            return Some(());
        }
        loop {
            let key = self.key()?;
            self.take(b':')?;
            self.skip_spaces();
            field(self, key)?;
            self.skip_spaces();
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// A key of the documented ones; they are short, and have no escapes.
    fn key(&mut self) -> Option<&'a [u8]> {
        self.take(b'"')?;
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
        self.at += length + 1;
        (rest.get(length) == Some(&b'"')).then(|| rest.get(..length)).flatten()
    }

    /// Reads a text.
    pub fn text(&mut self) -> Option<Span> {
        self.take(b'"')?;
        let (span, behind) = read_text(self.bytes, self.at, self.unescaped)?;
        self.at = behind;
        Some(span)
    }

    /// Reads what may be null into a field; one that comes twice is unusual.
    pub fn fill<T>(&mut self, field: &mut Field<T>, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<()> {
        if !matches!(field, Field::Missing) {
            return None;
        }
        *field = if self.is_null() { Field::Null } else { Field::Value(read(self)?) };
        Some(())
    }

    /// Reads a whole number that has at most 18 digits.
    pub fn integer(&mut self) -> Option<i64> {
        let is_negative = self.takes(b"-");
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().take(19).take_while(|byte| byte.is_ascii_digit()).count();
        let digits = rest.get(..length)?;
        let is_plain = (1..=18).contains(&length) && (length == 1 || digits.first() != Some(&b'0'));
        // A fraction or an exponent follows.
        if !is_plain || matches!(rest.get(length), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.at += length;
        let number = digits.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0'));
        Some(if is_negative { -number } else { number })
    }
}
