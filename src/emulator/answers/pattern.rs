use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

/// The longest text that is made, in bytes.
const LONGEST: usize = 16_384;

/// The most steps that one attempt may take.
const STEPS: u32 = 20_000;

/// How often a text is tried for a pattern.
const ATTEMPTS: u32 = 40;

/// A text that matches `pattern`, or nothing if there is no telling what would.
pub(super) fn write(pattern: &str, random: &mut Rng) -> Option<String> {
    let tree =
        regex_syntax::parse(pattern).ok().or_else(|| regex_syntax::parse(&drop_assertions(pattern)).ok())?;
    (0..ATTEMPTS).find_map(|attempt| {
        let mut attempt = Attempt {
            random,
            bytes: Vec::new(),
            looks: Vec::new(),
            steps: 0,
            is_plain: attempt < ATTEMPTS / 8,
            is_short: attempt >= ATTEMPTS / 8 * 7,
        };
        attempt.follow(&tree)?;
        attempt.finish()
    })
}

/// One way through a pattern.
struct Attempt<'a> {
    random: &'a mut Rng,
    bytes: Vec<u8>,
    /// What has to hold at which place.
    looks: Vec<(usize, Look)>,
    steps: u32,
    /// Whether letters and digits are taken wherever they may stand.
    is_plain: bool,
    /// Whether nothing is repeated that need not be.
    is_short: bool,
}

impl Attempt<'_> {
    fn follow(&mut self, tree: &Hir) -> Option<()> {
        self.steps += 1;
        if self.steps > STEPS || self.bytes.len() > LONGEST {
            return None;
        }
        match tree.kind() {
            HirKind::Empty => {}
            HirKind::Literal(literal) => self.bytes.extend_from_slice(&literal.0),
            HirKind::Class(class) => self.add_member(class)?,
            HirKind::Look(look) => self.looks.push((self.bytes.len(), *look)),
            HirKind::Capture(capture) => self.follow(&capture.sub)?,
            HirKind::Repetition(repetition) => self.repeat(repetition)?,
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.follow(part))?,
            HirKind::Alternation(ways) => {
                let way = self.random.usize(..ways.len().max(1));
                self.follow(ways.get(way)?)?;
            }
        }
        Some(())
    }

    fn repeat(&mut self, repetition: &Repetition) -> Option<()> {
        let least = repetition.min;
        let spare = if self.is_short { 0 } else { 6 };
        let most = repetition.max.unwrap_or(u32::MAX).min(least.saturating_add(spare));
        // Something is likelier to be asked for than nothing.
        let usual = least.max(u32::from(!self.is_short)).min(most);
        let times = self.random.u32(usual..=most);
        (0..times).try_for_each(|_| self.follow(&repetition.sub))
    }

    fn add_member(&mut self, class: &Class) -> Option<()> {
        let ranges: Vec<(u32, u32)> = match class {
            Class::Unicode(class) => {
                class.iter().map(|range| (u32::from(range.start()), u32::from(range.end()))).collect()
            }
            Class::Bytes(class) => {
                class.iter().map(|range| (u32::from(range.start()), u32::from(range.end()))).collect()
            }
        };
        // `\d`, `\w` and `\s` mean ASCII in JSON Schema, and letters read better than signs.
        let plain = if self.is_plain { pick(&ranges, char::is_alphanumeric, self.random) } else { None };
        let member = plain
            .or_else(|| pick(&ranges, |member| !member.is_control(), self.random))
            .or_else(|| any(&ranges, self.random))?;
        let mut buffer = [0; 4];
        self.bytes.extend_from_slice(member.encode_utf8(&mut buffer).as_bytes());
        Some(())
    }

    /// The text, if every place is what the pattern says about it.
    fn finish(self) -> Option<String> {
        let text = String::from_utf8(self.bytes).ok()?;
        let holds = |(place, look): &(usize, Look)| {
            text.get(..*place)
                .zip(text.get(*place..))
                .is_some_and(|(before, after)| holds(*look, before, after))
        };
        self.looks.iter().all(holds).then_some(text)
    }
}

/// One of the ASCII characters that are in `ranges` and wanted.
fn pick(ranges: &[(u32, u32)], is_wanted: fn(char) -> bool, random: &mut Rng) -> Option<char> {
    let members = (0..0x7f_u32)
        .filter(|code| ranges.iter().any(|(start, end)| (start..=end).contains(&code)))
        .filter_map(char::from_u32)
        .filter(|member| is_wanted(*member));
    random.choice(members.collect::<Vec<_>>())
}

/// Some character near the start of one of the `ranges`.
fn any(ranges: &[(u32, u32)], random: &mut Rng) -> Option<char> {
    let (start, end) = random.choice(ranges).copied()?;
    let last = end.min(start.saturating_add(15));
    char::from_u32(random.u32(start..=last)).or_else(|| char::from_u32(start))
}

fn holds(look: Look, before: &str, after: &str) -> bool {
    let is_word = |character: char| character == '_' || character.is_alphanumeric();
    let comes_word = after.starts_with(is_word);
    let went_word = before.ends_with(is_word);
    match look {
        Look::Start => before.is_empty(),
        Look::End => after.is_empty(),
        Look::StartLF | Look::StartCRLF => before.is_empty() || before.ends_with('\n'),
        Look::EndLF | Look::EndCRLF => after.is_empty() || after.starts_with('\n'),
        Look::WordAscii | Look::WordUnicode => comes_word != went_word,
        Look::WordAsciiNegate | Look::WordUnicodeNegate => comes_word == went_word,
        Look::WordStartAscii | Look::WordStartUnicode => comes_word && !went_word,
        Look::WordEndAscii | Look::WordEndUnicode => went_word && !comes_word,
        Look::WordStartHalfAscii | Look::WordStartHalfUnicode => !went_word,
        Look::WordEndHalfAscii | Look::WordEndHalfUnicode => !comes_word,
    }
}

/// `pattern` without the look-around groups, which cannot be followed.
fn drop_assertions(pattern: &str) -> String {
    let mut kept = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(next) = rest.chars().next() {
        let is_assertion = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|start| rest.starts_with(start));
        if is_assertion {
            rest = rest.get(group_length(rest)..).unwrap_or_default();
            continue;
        }
        // An escaped parenthesis opens nothing.
        let width =
            if next == '\\' { rest.chars().take(2).map(char::len_utf8).sum() } else { next.len_utf8() };
        let (taken, after) = rest.split_at_checked(width).unwrap_or((rest, ""));
        kept.push_str(taken);
        rest = after;
    }
    kept
}

/// The bytes of the group at the start of `text`.
fn group_length(text: &str) -> usize {
    let mut depth = 0_u32;
    let mut is_escaped = false;
    let mut is_in_class = false;
    for (place, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            _ if is_in_class => {}
            '(' => depth += 1,
            ')' if depth == 1 => return place + 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}
