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
mod names;
mod numbers;
mod places;
mod words;

use serde::{Deserialize, Serialize};

use crate::text::Span;
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

/// A text in which each of these parts, wherever it stands as a word of its own, is covered sign by sign.
#[must_use]
pub fn covered<'a>(text: &str, parts: impl Iterator<Item = &'a str>) -> String {
    let mut covered = text.to_owned();
    for part in parts.filter(|part| part.chars().count() > 1) {
        let mut at = 0;
        while let Some(from) = covered[at..].find(part).map(|from| at + from) {
            let to = from + part.len();
            let inside = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
            if inside(covered[..from].chars().next_back()) || inside(covered[to..].chars().next()) {
                at = to;
                continue;
            }
            let stars = "*".repeat(part.chars().count());
            covered.replace_range(from..to, &stars);
            at = from + stars.len();
        }
    }
    covered
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
    let mut found = Found { identifiers: Vec::new() };
    Block::each(text, |block| {
        // The surest readers come first: where two see something at one place, the first is right.
        numbers::read(block, &mut found);
        contact::read(block, &mut found);
        dates::read(block, &mut found);
        places::read(block, &mut found);
        names::read(block, &mut found);
    });
    let mut identifiers = found.identifiers;
    identifiers.retain(|one| !skipped.iter().any(|skipped| skipped.overlaps(one.span)));
    identifiers.sort_by_key(|one| one.span);
    identifiers
}

/// What the readers have found so far.
struct Found {
    identifiers: Vec<Identifier>,
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
            self.identifiers.push(Identifier { kind, confidence, span });
        }
    }

    /// Whether something at this place is known already. The last ones found are nearest.
    fn has(&self, span: Span) -> bool {
        self.identifiers.iter().rev().any(|known| known.span.overlaps(span))
    }
}
