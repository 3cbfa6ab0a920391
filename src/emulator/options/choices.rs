//! Options that are one of a few words.

macro_rules! choice {
    ($(#[$attribute:meta])* $name:ident { $($(#[$of_variant:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$of_variant])* $variant),+ }

        impl $name {
            /// Every word, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word of this choice.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl $crate::emulator::options::OptionValue for $name {
            const KIND: $crate::emulator::options::OptionKind = $crate::emulator::options::OptionKind::Choice;
            const CHOICES: Option<&'static [&'static str]> = Some(Self::WORDS);

            fn to_value(&self) -> serde_json::Value {
                serde_json::Value::from(self.word())
            }

            fn from_value(value: &serde_json::Value) -> Result<Self, String> {
                // A status code is also a choice, and people write it as a number.
                let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                match word.as_str() {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(format!("must be one of {}, not {value}", Self::WORDS.join(", "))),
                }
            }

            fn from_text(text: &str) -> Result<Self, String> {
                Self::from_value(&serde_json::Value::from(text))
            }
        }
    };
}

pub(in crate::emulator) use choice;

choice! {
    /// Which assets exist.
    KnownAssets {
        /// Every well-formed id exists and is ready.
        Known = "known",
        /// Only registered ones.
        Registered = "registered",
    }
}
choice! {
    /// What a batch is when it was just created.
    InitialStatus {
        /// Waiting for its first item to start.
        Pending = "pending",
        /// At work at once.
        Processing = "processing",
    }
}
choice! {
    /// The order of result rows.
    RowOrder {
        /// As the items were sent.
        Submission = "submission",
        /// As the items finished; unfinished ones last.
        Completion = "completion",
        /// Any order, drawn from the seed.
        Shuffled = "shuffled",
    }
}
choice! {
    /// The answer to an id that is not 24 hexadecimal digits.
    MalformedIdStatus {
        /// As for an id nobody has.
        NotFound = "404",
        /// As for an invalid parameter.
        BadRequest = "400",
    }
}
choice! {
    /// The answer to a page or a page size out of range.
    PageLimitPolicy {
        /// 400.
        Reject = "reject",
        /// The nearest allowed value is taken.
        Clamp = "clamp",
    }
}
choice! {
    /// The answer to body fields the platform does not have.
    UnknownFields {
        /// 400.
        Reject = "reject",
        /// They are ignored.
        Accept = "accept",
    }
}
choice! {
    /// What becomes of items being processed when their batch expires.
    ProcessingAtExpiry {
        /// They fail with `batch_processing_timeout`.
        Fail = "fail",
        /// They are canceled.
        Cancel = "cancel",
    }
}
choice! {
    /// The body of an endpoint's error.
    ErrorShape {
        /// `{"error": {"code", "message", "details"}}`.
        Nested = "nested",
        /// `{"code", "message", "details"}`.
        Flat = "flat",
    }
}
choice! {
    /// The answer to canceling a batch that is being canceled.
    CancelingAgain {
        /// 202; nothing changes.
        Accept = "accept",
        /// 409.
        Conflict = "conflict",
    }
}
