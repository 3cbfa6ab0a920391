use fastrand::Rng;
use serde_json::Value;

/// The largest time that is told apart from later ones: a hundred hours less a millisecond, the
/// last one that two digits of hours can write.
const LAST: f64 = 359_999.999;

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeFormat {
    /// A number of seconds.
    Seconds,
    /// `hh:mm:ss`.
    Clock,
    /// `hh:mm:ss.fff`.
    Milliseconds,
}

impl TimeFormat {
    /// The format of the platform's name for it.
    pub(super) fn parse(name: Option<&Value>) -> Option<Self> {
        match name?.as_str()? {
            "seconds" => Some(Self::Seconds),
            "hh:mm:ss" => Some(Self::Clock),
            "hh:mm:ss.fff" => Some(Self::Milliseconds),
            _ => None,
        }
    }

    /// The smallest difference that can be written, in milliseconds.
    pub(super) fn step(self) -> u32 {
        match self {
            Self::Clock => 1000,
            Self::Seconds | Self::Milliseconds => 1,
        }
    }

    /// Writes a time given in milliseconds.
    pub(super) fn write(self, time: u32) -> Value {
        let seconds = time / 1000;
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        match self {
            Self::Seconds => Value::from(f64::from(time) / 1000.0),
            Self::Clock => format!("{hours:02}:{minutes:02}:{:02}", seconds % 60).into(),
            Self::Milliseconds => {
                let (seconds, rest) = (seconds % 60, time % 1000);
                format!("{hours:02}:{minutes:02}:{seconds:02}.{rest:03}").into()
            }
        }
    }
}

/// A part of a video, in milliseconds. The start is never after the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    /// The longest span of whole milliseconds inside a window of seconds.
    pub(super) fn inside(window: (f64, f64)) -> Self {
        let (start, end) = (ceil(window.0), floor(window.1));
        Self { start, end: end.max(start) }
    }

    /// The length, in milliseconds.
    pub(super) fn length(self) -> u32 {
        self.end - self.start
    }

    /// The longest span inside this one that starts and ends at multiples of `step`.
    pub(super) fn align(self, step: u32) -> Option<Self> {
        let (start, end) = (self.start.div_ceil(step) * step, self.end / step * step);
        (start <= end).then_some(Self { start, end })
    }

    /// The first time inside that `format` can write; the nearest one if there is none.
    pub(super) fn first(self, format: TimeFormat) -> u32 {
        let step = format.step();
        self.align(step).map_or_else(|| round(self.start, step), |span| span.start)
    }

    /// The last time inside that `format` can write; the nearest one if there is none.
    pub(super) fn last(self, format: TimeFormat) -> u32 {
        let step = format.step();
        self.align(step).map_or_else(|| round(self.start, step), |span| span.end)
    }

    /// Some time inside that `format` can write, before the end where possible.
    pub(super) fn pick(self, random: &mut Rng, format: TimeFormat) -> u32 {
        // A person who writes seconds writes `12.5`, not `12.483`.
        let step = match format {
            TimeFormat::Seconds if self.length() > 1000 => 100,
            _ => format.step(),
        };
        let half_open = Self { start: self.start, end: self.end.saturating_sub(1).max(self.start) };
        match half_open.align(step) {
            Some(span) => random.u32(span.start / step..=span.end / step) * step,
            None => self.first(format),
        }
    }

    /// Some shorter span inside this one; all of it if it is short already.
    pub(super) fn narrow(self, random: &mut Rng) -> Self {
        // What remains is at least a second long and so holds a whole second.
        let step = 500;
        let Some(span) = self.align(step).filter(|_| self.length() >= 4000 + step) else {
            return self;
        };
        let (start, end) = (span.start / step, span.end / step);
        let start = random.u32(start..=start.midpoint(end));
        let end = random.u32(start.midpoint(end)..=end);
        Self { start: start * step, end: end * step }
    }

    /// The part with the number `index` of `count` equal ones; all of it if they were too short.
    pub(super) fn slot(self, index: u32, count: u32) -> Self {
        let length = self.length() / count.max(1);
        if length < 2000 || index >= count {
            return self;
        }
        let start = self.start + index * length;
        Self { start, end: start + length }
    }
}

/// The smallest number of milliseconds that is not before `seconds`.
pub(super) fn ceil(seconds: f64) -> u32 {
    let near = milliseconds(seconds);
    // Rounding first keeps 0.1 s at 100 ms, although 0.1 * 1000 is a little more than 100.
    if f64::from(near) / 1000.0 < seconds.min(LAST) { near + 1 } else { near }
}

/// The largest number of milliseconds that is not after `seconds`.
pub(super) fn floor(seconds: f64) -> u32 {
    let near = milliseconds(seconds);
    if f64::from(near) / 1000.0 > seconds { near.saturating_sub(1) } else { near }
}

fn round(time: u32, step: u32) -> u32 {
    (time + step / 2) / step * step
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is clamped to what fits, and NaN becomes 0"
)]
fn milliseconds(seconds: f64) -> u32 {
    (seconds.clamp(0.0, LAST) * 1000.0).round() as u32
}
