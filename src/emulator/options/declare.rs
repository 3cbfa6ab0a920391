//! One declaration makes the fields, their defaults, their documentation and the table of all of them.

use serde_json::Value;

use super::{OptionDescription, OptionError, OptionKind};
use crate::models::nearest;

/// One row of a table.
pub(in crate::emulator) struct Entry<T> {
    pub(in crate::emulator) name: &'static str,
    pub(in crate::emulator) help: &'static str,
    pub(in crate::emulator) kind: OptionKind,
    pub(in crate::emulator) optional: bool,
    pub(in crate::emulator) choices: Option<&'static [&'static str]>,
    pub(in crate::emulator) read: fn(&T) -> Value,
    pub(in crate::emulator) write: fn(&mut T, &Value) -> Result<(), String>,
    pub(in crate::emulator) write_text: fn(&mut T, &str) -> Result<(), String>,
}

/// What is declared as a table.
pub(in crate::emulator) trait Table: Default + 'static {
    /// Whose options these are, as errors say it.
    const OWNER: &'static str;

    fn entries() -> &'static [Entry<Self>];

    /// Every option.
    fn describe_all() -> Vec<OptionDescription> {
        let defaults = Self::default();
        let describe = |entry: &Entry<Self>| OptionDescription {
            name: entry.name,
            kind: entry.kind,
            optional: entry.optional,
            default: (entry.read)(&defaults),
            choices: entry.choices,
            help: entry.help.trim(),
        };
        Self::entries().iter().map(describe).collect()
    }

    fn find(name: &str) -> Result<&'static Entry<Self>, OptionError> {
        Self::entries().iter().find(|entry| entry.name == name).ok_or_else(|| OptionError::Unknown {
            owner: Self::OWNER,
            name: name.to_owned(),
            nearest: nearest(name, Self::entries().iter().map(|entry| entry.name)),
        })
    }

    fn write(&mut self, name: &str, value: &Value) -> Result<(), OptionError> {
        let entry = Self::find(name)?;
        (entry.write)(self, value).map_err(|problem| OptionError::Invalid { name: entry.name, problem })
    }

    fn write_text(&mut self, name: &str, text: &str) -> Result<(), OptionError> {
        let entry = Self::find(name)?;
        (entry.write_text)(self, text).map_err(|problem| OptionError::Invalid { name: entry.name, problem })
    }
}

/// Refuses a value that makes no sense.
pub(in crate::emulator) fn require(
    holds: bool,
    name: &'static str,
    problem: impl FnOnce() -> String,
) -> Result<(), OptionError> {
    if holds { Ok(()) } else { Err(OptionError::Invalid { name, problem: problem() }) }
}

macro_rules! table {
    (
        $(#[$attribute:meta])* $table:ident of $owner:literal {
            $($(#[doc = $line:literal])+ $name:ident: $type:ty = $default:expr,)+
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, PartialEq)]
        pub struct $table {
            $(
                $(#[doc = $line])+
                #[doc = concat!("\n\nDefault: `", stringify!($default), "`.")]
                pub $name: $type,
            )+
        }

        impl Default for $table {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl $crate::emulator::options::Table for $table {
            const OWNER: &'static str = $owner;

            fn entries() -> &'static [$crate::emulator::options::Entry<Self>] {
                use $crate::emulator::options::{Entry, OptionValue};
                static ENTRIES: &[Entry<$table>] = &[$(Entry {
                    name: stringify!($name),
                    help: concat!($($line),+),
                    kind: <$type as OptionValue>::KIND,
                    optional: <$type as OptionValue>::OPTIONAL,
                    choices: <$type as OptionValue>::CHOICES,
                    read: |table| OptionValue::to_value(&table.$name),
                    write: |table, value| {
                        table.$name = OptionValue::from_value(value)?;
                        Ok(())
                    },
                    write_text: |table, text| {
                        table.$name = OptionValue::from_text(text)?;
                        Ok(())
                    },
                }),+];
                ENTRIES
            }
        }
    };
}

pub(in crate::emulator) use table;
