//! Identifiers, and the matches that the readers collect.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// Kinds of identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// An NHS number: ten digits, of which the last is a check digit.
    NhsNumber,
    /// A number of Scotland's Community Health Index.
    ChiNumber,
    /// A National Insurance number.
    NiNumber,
    /// A hospital or clinic number of a person.
    HospitalNumber,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A full postcode.
    Postcode,
    /// A house, a flat, a street.
    Address,
    /// A date of birth, or a birthday.
    BirthDate,
    /// A date of death.
    DeathDate,
    /// The exact date of an event in a person's life.
    EventDate,
    /// A name, with or without a title.
    Name,
    /// Initials of a name.
    Initials,
    /// A ward or bay together with a bed or a room.
    WardBed,
    /// The number of a person or a car in a public register: a learner, a nurse, a number plate.
    Registration,
    /// An account in a social network, or the address of a profile.
    Handle,
    /// An age of 90 or over.
    Age,
    /// The name of a ward, a home, a surgery or a village.
    Place,
    /// A combination of facts that is probably true of one person only.
    Combination,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 19] = [
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
        Self::Registration,
        Self::Handle,
        Self::Age,
        Self::Place,
        Self::Combination,
    ];

    /// The name of the rule that reports this kind.
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
            Self::Registration => "registration-number",
            Self::Handle => "profile-handle",
            Self::Age => "age-over-89",
            Self::Place => "named-place",
            Self::Combination => "telling-combination",
        }
    }
}

/// How sure a reader is of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// It looks like an identifier, and could be something else.
    Likely,
    /// Its form or its label leaves no doubt.
    Certain,
}

impl Confidence {
    /// The word that findings use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

/// A match in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// The kind of identifier.
    pub kind: Kind,
    /// How sure the reader is.
    pub confidence: Confidence,
    /// The characters that identify, without the words around them.
    pub span: Span,
}

/// The matches found so far.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// In the order in which they were added; no two overlap.
    pub identifiers: Vec<Identifier>,
    /// End of each match by its start.
    ends: BTreeMap<usize, usize>,
}

impl Matches {
    /// Adds a certain match, unless an earlier one overlaps it.
    pub(super) fn add_certain(&mut self, kind: Kind, span: Span) {
        self.add(Identifier {
            kind,
            confidence: Confidence::Certain,
            span,
        });
    }

    /// Adds a likely match, unless an earlier one overlaps it.
    pub(super) fn add_likely(&mut self, kind: Kind, span: Span) {
        self.add(Identifier {
            kind,
            confidence: Confidence::Likely,
            span,
        });
    }

    /// Adds a match, unless an earlier one overlaps it.
    pub(super) fn add(&mut self, one: Identifier) {
        if !self.overlaps(one.span) {
            self.ends.insert(one.span.start, one.span.end);
            self.identifiers.push(one);
        }
    }

    /// Makes the certain matches of these kinds likely.
    pub(super) fn doubt(&mut self, kinds: &[Kind]) {
        for one in &mut self.identifiers {
            if kinds.contains(&one.kind) {
                one.confidence = Confidence::Likely;
            }
        }
    }

    /// Removes the matches that `keep` refuses.
    pub(super) fn retain(&mut self, keep: impl Fn(&Identifier) -> bool) {
        self.identifiers.retain(keep);
        let spans = self.identifiers.iter().map(|one| one.span);
        self.ends = spans.map(|span| (span.start, span.end)).collect();
    }

    /// Whether a match overlaps `span`.
    pub(super) fn overlaps(&self, span: Span) -> bool {
        self.ends
            .range(..span.end)
            .next_back()
            .is_some_and(|(_, &end)| end > span.start)
    }
}
