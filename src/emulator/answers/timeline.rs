use fastrand::Rng;

use super::times::{self, Span};

/// Usual lengths of a segment, in milliseconds.
const USUAL: (u32, u32) = (8_000, 40_000);

/// The shortest segment if nothing else is asked for, in milliseconds.
const SHORTEST: u32 = 2_000;

/// How fine boundaries are, the finest last, in milliseconds. All but the last are sums of powers
/// of two of a second: lengths taken from them are exact in floating point.
const STEPS: [u32; 3] = [500, 125, 1];

/// What boundaries have to keep to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// The analysed seconds.
    pub(super) window: (f64, f64),
    /// The shortest segment, in seconds.
    pub(super) shortest: Option<f64>,
    /// The longest segment, in seconds.
    pub(super) longest: Option<f64>,
    /// The smallest difference that can be written, in milliseconds.
    pub(super) step: u32,
    /// The most segments.
    pub(super) most: u32,
}

impl Rules {
    /// Some segments inside the window: in order, apart from each other, none too short or too
    /// long. There are none only if the window has no room for one.
    pub(super) fn divide(&self, random: &mut Rng) -> Vec<Span> {
        let window = Span::inside(self.window);
        let (start, end) = self.window;
        if self.shortest.is_some_and(|shortest| end - start < shortest) {
            return window.align(self.step).filter(|span| span.length() > 0).into_iter().collect();
        }
        STEPS
            .iter()
            .find_map(|step| Grid::new(self, window, (*step).max(self.step)))
            .map(|grid| grid.divide(self.most, random))
            .unwrap_or_default()
    }
}

/// A window in which everything is counted in steps.
struct Grid {
    step: u32,
    start: u32,
    length: u32,
    shortest: u32,
    longest: u32,
}

impl Grid {
    /// The grid, if it has room for a segment.
    fn new(rules: &Rules, window: Span, step: u32) -> Option<Self> {
        let span = window.align(step)?;
        let length = span.length() / step;
        let longest = rules.longest.map_or(u32::MAX, |seconds| times::floor(seconds) / step);
        let shortest = rules.shortest.map_or_else(
            || (SHORTEST / step).min(length).min(longest),
            |seconds| times::ceil(seconds).div_ceil(step),
        );
        let shortest = shortest.max(1);
        (shortest <= length && shortest <= longest).then_some(Self {
            step,
            start: span.start / step,
            length,
            shortest,
            longest,
        })
    }

    fn divide(&self, most: u32, random: &mut Rng) -> Vec<Span> {
        let usual = random.u32(USUAL.0..=USUAL.1) / self.step;
        let usual = usual.clamp(self.shortest, self.longest);
        let count = (self.length / usual).clamp(1, most.max(1));
        let weights: Vec<u64> = (0..count).map(|_| random.u64(1..=4)).collect();
        let total: u64 = weights.iter().sum();
        // What is left when every segment has got the least it needs.
        let spare = u64::from(self.length) - u64::from(self.shortest) * u64::from(count);
        let mut weight = 0;
        let mut before = 0;
        let mut segments = Vec::with_capacity(weights.len());
        for (index, share) in (1..).zip(weights) {
            weight += share;
            let extra = u32::try_from(spare * weight / total).unwrap_or(u32::MAX);
            let after = (self.shortest * index).saturating_add(extra);
            segments.push(self.place(before, after, random));
            before = after;
        }
        segments
    }

    /// A segment somewhere between two places on the grid.
    fn place(&self, before: u32, after: u32, random: &mut Rng) -> Span {
        let room = after - before;
        let mut length = room.min(self.longest);
        if random.u8(..3) == 0 {
            let least = self.shortest.max(length - length / 5);
            length = random.u32(least..=length);
        }
        let start = self.start + before + random.u32(..=room - length);
        Span { start: start * self.step, end: (start + length) * self.step }
    }
}
