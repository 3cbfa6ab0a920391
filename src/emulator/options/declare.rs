//! One declaration makes the fields, their defaults, their documentation and the table of all of them.

/// One row of the table.
pub(super) struct Entry {
    pub(super) name: &'static str,
    pub(super) help: &'static str,
    pub(super) kind: super::OptionKind,
    pub(super) optional: bool,
    pub(super) choices: Option<&'static [&'static str]>,
    pub(super) read: fn(&super::Options) -> serde_json::Value,
    pub(super) write: fn(&mut super::Options, &serde_json::Value) -> Result<(), String>,
    pub(super) write_text: fn(&mut super::Options, &str) -> Result<(), String>,
}

macro_rules! options {
    ($($(#[doc = $line:literal])+ $name:ident: $type:ty = $default:expr,)+) => {
        /// How the emulator behaves. Times are the platform's unless said otherwise.
        #[derive(Clone, PartialEq)]
        pub struct Options {
            $(
                $(#[doc = $line])+
                #[doc = concat!("\n\nDefault: `", stringify!($default), "`.")]
                pub $name: $type,
            )+
        }

        impl Default for Options {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        static ENTRIES: &[Entry] = &[$(Entry {
            name: stringify!($name),
            help: concat!($($line),+),
            kind: <$type as OptionValue>::KIND,
            optional: <$type as OptionValue>::OPTIONAL,
            choices: <$type as OptionValue>::CHOICES,
            read: |options| options.$name.to_value(),
            write: |options, value| {
                options.$name = OptionValue::from_value(value)?;
                Ok(())
            },
            write_text: |options, text| {
                options.$name = OptionValue::from_text(text)?;
                Ok(())
            },
        }),+];
    };
}

pub(super) use options;
