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

    /// Reads an object's fields, each by `field`, which begins behind the quotation mark
    /// of its key.
    pub fn object(&mut self, mut field: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take(b'{')?;
        self.skip_spaces();
        if self.takes(b"}") {
            return Some(());
        }
        loop {
            self.take(b'"')?;
            field(self)?;
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

    /// Whether this key comes now, its closing quotation mark included; it is passed over.
    /// Its length is known when this is compiled, so that it is compared as a number.
    pub fn key<const N: usize>(&mut self, key: &[u8; N]) -> bool {
        let is_here = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk) == Some(key);
        if is_here {
            self.at += N;
        }
        is_here
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
        self.take(b':')?;
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
