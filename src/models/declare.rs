//! The macros in which models are declared.

/// Declares a model: a struct that speaks JSON and a macro named `$table`
/// that hands the declaration to whoever wants to make something else of it.
///
/// `request` models refuse unknown fields; `response` models keep them in
/// `extra` and write them back. `lenient` ones are response models that are read
/// from any object: fields that deviate are kept as they came.
///
/// The leading `($)` lets the declaration write the `$` of the inner macro.
macro_rules! model {
    (
        ($d:tt) request $table:ident
        $(#[doc = $doc:literal])*
        $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[serde(rename = $wire:literal)])?
                $field:ident : $ty:ty,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[doc = $field_doc])*
                #[serde($(rename = $wire,)? skip_serializing_if = "crate::models::Presence::is_absent")]
                pub $field: $ty,
            )*
        }

        impl crate::models::Presence for $name {}

        model! { @table ($d) request $table $(#[doc = $doc])* $name {
            $( $(#[doc = $field_doc])* $($wire)? => $field : $ty, )*
        } }
    };
    (
        ($d:tt) response $table:ident
        $(#[doc = $doc:literal])*
        $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $field:ident : $ty:ty,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $(
                $(#[doc = $field_doc])*
                #[serde(skip_serializing_if = "crate::models::Presence::is_absent")]
                pub $field: $ty,
            )*
            /// Fields that the platform sent and this version does not know.
            #[serde(flatten)]
            pub extra: serde_json::Map<String, serde_json::Value>,
        }

        impl crate::models::Presence for $name {}

        model! { @table ($d) response $table $(#[doc = $doc])* $name {
            $( $(#[doc = $field_doc])* => $field : $ty, )*
        } }
    };
    (
        ($d:tt) lenient $table:ident
        $(#[doc = $doc:literal])*
        $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[serde(rename = $wire:literal)])?
                $field:ident : $ty:ty,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $name {
            $(
                $(#[doc = $field_doc])*
                #[serde($(rename = $wire,)? skip_serializing_if = "crate::models::Presence::is_absent")]
                pub $field: $ty,
            )*
            /// Fields that the platform sent and this version does not know.
            #[serde(flatten)]
            pub extra: serde_json::Map<String, serde_json::Value>,
        }

        impl crate::models::Presence for $name {}

        parts! { $name { $( $field $($wire)?, )* } }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde_json::Map::deserialize(deserializer).map(Self::from_fields)
            }
        }

        model! { @table ($d) response $table $(#[doc = $doc])* $name {
            $( $(#[doc = $field_doc])* $($wire)? => $field : $ty, )*
        } }
    };
    (@table ($d:tt) $kind:ident $table:ident $(#[doc = $doc:literal])* $name:ident {
        $( $(#[doc = $field_doc:literal])* $($wire:literal)? => $field:ident : $ty:ty, )*
    }) => {
        #[allow(unused_macros)]
        macro_rules! $table {
            ($d callback:ident) => {
                $d callback! {
                    $kind $(#[doc = $doc])* $name {
                        $( $(#[doc = $field_doc])* ($($wire)?) $field : $ty, )*
                    }
                }
            };
        }
        #[allow(unused_imports)]
        pub(crate) use $table;
    };
}

/// Reads a model from any object: fields that deviate are kept as they came.
macro_rules! parts {
    ($name:ident { $( $field:ident $($wire:literal)?, )* }) => {
        impl $name {
            fn from_fields(mut fields: serde_json::Map<String, serde_json::Value>) -> Self {
                Self {
                    $( $field: crate::models::take(&mut fields, parts!(@wire $field $($wire)?)), )*
                    extra: fields,
                }
            }
        }

        impl crate::models::Part for $name {
            fn read(value: serde_json::Value) -> Result<Self, serde_json::Value> {
                <serde_json::Map<_, _> as crate::models::Part>::read(value).map(Self::from_fields)
            }
        }
    };
    (@wire $field:ident) => { stringify!($field) };
    (@wire $field:ident $wire:literal) => { $wire };
}

/// Declares an enumeration of words that stays open: a word this version does
/// not know is kept as it came.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        $name:ident { $( $(#[doc = $word_doc:literal])* $variant:ident = $word:literal, )* }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $( $(#[doc = $word_doc])* $variant, )*
            /// A word that this version does not know.
            Other(String),
        }

        impl $name {
            /// The words that the platform documents.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word as the platform writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $word, )*
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $( $word => Self::$variant, )*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Ok(Self::from(word.as_ref()))
            }
        }

        impl crate::models::Presence for $name {}
    };
}
