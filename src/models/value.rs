//! What fields are made of: presence, nullable values and times.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};

/// Whether a field's value appears in JSON at all.
pub trait Presence {
    /// True when the field is left out of the JSON object.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T> Presence for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl Presence for String {}
impl Presence for bool {}
impl Presence for i64 {}
impl Presence for f64 {}
impl<T> Presence for Vec<T> {}
impl Presence for Value {}
impl Presence for Map<String, Value> {}

/// A value that may be null but whose key is always written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Nullable<T>(pub Option<T>);

impl<T> Presence for Nullable<T> {}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        Self(value)
    }
}

/// A part of an answer that the platform documents, kept as it came if it is
/// left out or has another type: what else the answer says is not lost over it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Kept<T> {
    /// As documented.
    Fit(T),
    /// Something else.
    Other(serde_json::Value),
    /// Nothing, or null.
    #[default]
    Absent,
}

impl<T> Presence for Kept<T> {
    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T> Kept<T> {
    /// The part, if it is as documented.
    pub fn fit(&self) -> Option<&T> {
        match self {
            Self::Fit(value) => Some(value),
            Self::Other(_) | Self::Absent => None,
        }
    }

    /// The part, if it is as documented.
    pub fn into_fit(self) -> Option<T> {
        match self {
            Self::Fit(value) => Some(value),
            Self::Other(_) | Self::Absent => None,
        }
    }
}

impl<T> From<T> for Kept<T> {
    fn from(value: T) -> Self {
        Self::Fit(value)
    }
}

impl<T: Serialize> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Fit(value) => value.serialize(serializer),
            Self::Other(value) => value.serialize(serializer),
            Self::Absent => serializer.serialize_none(),
        }
    }
}

/// Another type is an error here: a stream of JSON cannot be read twice. Rows
/// are read once more as a whole where that happens.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Kept<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Absent, Self::Fit))
    }
}

/// An instant, in UTC. Written as RFC 3339; whole numbers are read as seconds
/// (or, from 2e10 up, milliseconds) since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time(pub jiff::Timestamp);

/// Above this a number can only be milliseconds: as seconds it would be a year
/// past 2600.
const LARGEST_SECONDS: u64 = 20_000_000_000;

/// 0001-01-01T00:00:00Z.
const EARLIEST_SECOND: i64 = -62_135_596_800;

impl Presence for Time {}

impl Time {
    /// Reads an RFC 3339 time; one without an offset is taken as UTC. Years
    /// before 1 are refused, since Python has none.
    pub fn parse(text: &str) -> Result<Self, jiff::Error> {
        text.parse::<jiff::Timestamp>()
            .or_else(|error| {
                let civil = text.parse::<jiff::civil::DateTime>().map_err(|_| error)?;
                Ok(civil.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp())
            })
            .and_then(Self::within_years)
    }

    fn from_number(number: i64) -> Result<Self, jiff::Error> {
        let time = if number.unsigned_abs() < LARGEST_SECONDS {
            jiff::Timestamp::from_second(number)?
        } else {
            jiff::Timestamp::from_millisecond(number)?
        };
        Self::within_years(time)
    }

    fn within_years(time: jiff::Timestamp) -> Result<Self, jiff::Error> {
        if time.as_second() < EARLIEST_SECOND {
            return Err(jiff::Error::from_args(format_args!("years from 1 to 9999 are allowed")));
        }
        Ok(Self(time))
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Time;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("a time in RFC 3339 format")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Time, E> {
                Time::parse(text).map_err(E::custom)
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Time, E> {
                Time::from_number(number).map_err(E::custom)
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Time, E> {
                i64::try_from(number).map_err(E::custom).and_then(|number| self.visit_i64(number))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
