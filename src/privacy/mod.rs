//! Finds what may identify a patient, a relative or a colleague in a text.
//!
//! Whatever stands in a file is read: front matter, prose, comments, code, targets of links, names of files. Each kind
//! of identifier has its own reader; all of them read the same words. Text that only mentions identifiers ("I checked
//! her date of birth") holds none.
//!
//! Which kinds there are comes from what regulators and providers list (names, initials, addresses, telephone numbers,
//! e-mail addresses, NHS and hospital numbers, key dates, ward and place, unusual combinations). Sentences by which
//! the readers are measured stand in `tests/privacy/`.

mod contact;
mod dates;
mod initials;
mod known;
mod lists;
mod named;
mod names;
mod numbers;
mod places;
mod words;

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::text::Span;
pub use named::{identifies, shown_path};
use words::Block;

/// What identifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// An NHS number: ten digits, of which the last is a check digit.
    NhsNumber,
    /// A number of Scotland's Community Health Index.
    ChiNumber,
    /// A National Insurance number.
    NiNumber,
    /// A number by which a hospital or a clinic knows a person.
    HospitalNumber,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A full postcode.
    Postcode,
    /// A house, a flat, a street.
    Address,
    /// The day, or the birthday, of somebody.
    BirthDate,
    /// The day on which somebody died.
    DeathDate,
    /// The exact day of something that happened to somebody.
    EventDate,
    /// A name, with or without a title.
    Name,
    /// Initials that stand for a name.
    Initials,
    /// A ward or bay together with a bed or a room.
    WardBed,
    /// Facts that hardly fit two people.
    Combination,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::NhsNumber,
        Self::ChiNumber,
        Self::NiNumber,
        Self::HospitalNumber,
        Self::Phone,
        Self::Email,
        Self::Postcode,
        Self::Address,
        Self::BirthDate,
        Self::DeathDate,
        Self::EventDate,
        Self::Name,
        Self::Initials,
        Self::WardBed,
        Self::Combination,
    ];

    /// The name of the rule that tells it.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::NhsNumber => "nhs-number",
            Self::ChiNumber => "chi-number",
            Self::NiNumber => "ni-number",
            Self::HospitalNumber => "hospital-number",
            Self::Phone => "phone-number",
            Self::Email => "email-address",
            Self::Postcode => "postcode",
            Self::Address => "home-address",
            Self::BirthDate => "date-of-birth",
            Self::DeathDate => "date-of-death",
            Self::EventDate => "event-date",
            Self::Name => "personal-name",
            Self::Initials => "initials",
            Self::WardBed => "ward-and-bed",
            Self::Combination => "telling-combination",
        }
    }
}

/// How sure a reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// It looks like one, and could be something else.
    Likely,
    /// Its form or its label leaves no doubt.
    Certain,
}

impl Confidence {
    /// The word for findings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// Parts of a text that must not be seen wherever they stand as words of their own.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    parts: HashSet<Box<str>>,
    /// Bytes of the longest.
    longest: usize,
}

impl Cover {
    /// Takes the parts; single signs are none.
    pub fn new<'a>(parts: impl Iterator<Item = &'a str>) -> Self {
        let parts: HashSet<Box<str>> = parts
            .filter(|part| part.chars().nth(1).is_some())
            .map(Box::from)
            .collect();
        let longest = parts.iter().map(|part| part.len()).max().unwrap_or(0);
        Self { parts, longest }
    }

    /// A text in which each part is covered sign by sign. However many parts there are, only what stands between two
    /// ends of words is looked up.
    #[must_use]
    pub fn over(&self, text: &str) -> String {
        if self.parts.is_empty() {
            return text.to_owned();
        }
        let ends = ends_of_words(text);
        let mut covered = String::with_capacity(text.len());
        let mut hidden_to = 0;
        let mut first = 0;
        for (at, sign) in text.char_indices() {
            if ends.get(first) == Some(&at) {
                first += 1;
                let within = ends[first..]
                    .iter()
                    .take_while(|&&end| end - at <= self.longest);
                let parts = within.filter(|&&end| self.parts.contains(&text[at..end]));
                hidden_to = parts.copied().max().unwrap_or(0).max(hidden_to);
            }
            covered.push(if at < hidden_to { '*' } else { sign });
        }
        covered
    }
}

/// Places that do not stand between two letters or digits: where a word can begin or end.
fn ends_of_words(text: &str) -> Vec<usize> {
    let mut ends = Vec::with_capacity(text.len() / 2);
    let mut inside = false;
    for (at, sign) in text.char_indices() {
        let letter = sign.is_alphanumeric();
        if !(inside && letter) {
            ends.push(at);
        }
        inside = letter;
    }
    ends.push(text.len());
    ends
}

/// Something in a text that identifies somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// What it is.
    pub kind: Kind,
    /// How sure that is.
    pub confidence: Confidence,
    /// Exactly the signs that identify.
    pub span: Span,
}

/// Everything in `text` that identifies somebody, in the order of the text; no two overlap. `skipped` are parts that
/// are known to be something else, such as the day on which an entry was written.
#[must_use]
pub fn identifiers(text: &str, skipped: &[Span]) -> Vec<Identifier> {
    let mut skipped = skipped.to_vec();
    skipped.sort_unstable();
    let mut found = Found {
        skipped,
        ..Found::default()
    };
    Block::each(text, |block| read(block, &mut found));
    let Found {
        mut identifiers,
        skipped,
        ..
    } = found;
    identifiers.retain(|one| {
        let before = skipped.partition_point(|skipped| skipped.start < one.span.end);
        !skipped[..before]
            .last()
            .is_some_and(|skipped| skipped.overlaps(one.span))
    });
    identifiers.sort_by_key(|one| one.span);
    identifiers
}

/// The surest readers come first: where two see something at one place, the first is right.
fn read(block: &Block<'_>, found: &mut Found) {
    numbers::read(block, found);
    contact::read(block, found);
    dates::read(block, found);
    places::read(block, found);
    names::read(block, found);
}

/// What the readers have found so far.
#[derive(Default)]
struct Found {
    identifiers: Vec<Identifier>,
    /// Where each ends, by where it begins; no two overlap.
    ends: BTreeMap<usize, usize>,
    /// Parts that are known to be something else, in order: nothing that overlaps one is told in the end.
    skipped: Vec<Span>,
}

impl Found {
    fn certain(&mut self, kind: Kind, span: Span) {
        self.add(kind, Confidence::Certain, span);
    }

    fn likely(&mut self, kind: Kind, span: Span) {
        self.add(kind, Confidence::Likely, span);
    }

    fn add(&mut self, kind: Kind, confidence: Confidence, span: Span) {
        if !self.has(span) {
            self.ends.insert(span.start, span.end);
            self.identifiers.push(Identifier {
                kind,
                confidence,
                span,
            });
        }
    }

    /// Whether nobody needs to look at this place, because all of it is known to be something else.
    fn is_skipped(&self, span: Span) -> bool {
        let before = self
            .skipped
            .partition_point(|skipped| skipped.start <= span.start);
        self.skipped[..before]
            .last()
            .is_some_and(|skipped| span.end <= skipped.end)
    }

    /// Whether something at this place is known already.
    fn has(&self, span: Span) -> bool {
        self.ends
            .range(..span.end)
            .next_back()
            .is_some_and(|(_, &end)| end > span.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    const WORDS: &[&str] = &[
        "I",
        "a",
        "A",
        "J",
        "B",
        "R",
        "É",
        "X",
        "Mr",
        "mrs",
        "Dr",
        "to",
        "that",
        "with",
        "thank",
        "sat",
        "told",
        "said",
        "Odell",
        "Priya",
        "Oakapple",
        "AO's",
        "JB",
        "NI",
        "AB",
        "ward",
        "Kestrel",
        "bay",
        "bed",
        "7",
        "12",
        "1950",
        "9434765919",
        "123456",
        "C",
        "H12",
        "RX1",
        "patient",
        "hospital",
        "number",
        "only",
        "first",
        "March",
        "born",
        "fell",
        "flat",
        "lives",
        "at",
        "address",
        "evidence",
        "oakapple",
        "wound",
        "form",
        "d",
        "o",
        "b",
        "²3",
        "M1",
        "1AA",
        "street",
        "her",
        "the",
        "called",
    ];

    proptest! {
        #[test]
        fn readers_that_look_at_marks_and_cues_find_what_they_find_everywhere(
            parts in prop::collection::vec(
                (select(WORDS), select(&[" ", " ", " ", " ", ". ", ".", ", ", "-", "_", "/", "'", ": ", "", "\n"][..])),
                1..24,
            ),
        ) {
            let text: String = parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect();
            let (mut here, mut everywhere) = (Found::default(), Found::default());
            Block::each(&text, |block| {
                read(block, &mut here);
                read(&block.looked_at_everywhere(), &mut everywhere);
            });
            prop_assert_eq!(here.identifiers, everywhere.identifiers);
        }
    }
}
