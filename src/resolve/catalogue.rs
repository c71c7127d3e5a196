//! The standards of a portfolio, and lookup of typed codes in them.

use std::collections::{BTreeMap, HashMap};

use super::faults::unknown_setting;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{Catalogue, Code, CriterionId, Known, Standard, Verifier};
use crate::parse::DraftSettings;
use crate::text::{SourcePath, nearest};

/// Builds the list of standards that the settings name, in that order, with the rules in force.
pub(super) fn build_catalogue(
    draft: &DraftSettings,
    known: &[Standard],
    path: &SourcePath,
    faults: &mut Vec<Fault>,
) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for id in &draft.settings.standards {
        let Some(standard) = known.iter().find(|standard| standard.id.value == id.value) else {
            let ids = known.iter().map(|standard| standard.id.value.as_str());
            let kind = FaultKind::UnknownStandard {
                id: id.value.clone(),
                nearest: nearest(&id.value, ids).map(str::to_owned),
            };
            let place = Place::new(path, id.span);
            faults.push(Fault { place, kind });
            catalogue.missing.push(id.value.clone());
            continue;
        };
        if standard_ids(&catalogue).any(|other| other == id.value) {
            continue;
        }
        let mut rules = draft.rules.applied(&standard.rules);
        // Where no source gives a number, one piece is needed.
        if rules.min_pieces == Known::Unknown {
            rules.min_pieces = Known::Known(1);
        }
        let own = draft.standard_rules.iter();
        for (_, own) in own.filter(|(named, _)| named.value == id.value) {
            rules = own.applied(&rules);
        }
        catalogue.standards.push((standard.clone(), rules));
    }
    for (named, _) in &draft.standard_rules {
        if !standard_ids(&catalogue).any(|id| id == named.value) {
            let meant = nearest(&named.value, standard_ids(&catalogue)).map(str::to_owned);
            faults.push(unknown_setting(path, named, "standard", meant));
            catalogue.unread_rules.extend(0..catalogue.standards.len());
        }
    }
    for named in &draft.unread_rules {
        let ids = standard_ids(&catalogue).enumerate();
        let affected = ids.filter(|(_, id)| named.as_ref().is_none_or(|named| named == id));
        let affected: Vec<usize> = affected.map(|(at, _)| at).collect();
        catalogue.unread_rules.extend(affected);
    }
    catalogue
}

fn standard_ids(catalogue: &Catalogue) -> impl Iterator<Item = &str> {
    let standards = catalogue.standards.iter();
    standards.map(|(standard, _)| standard.id.value.as_str())
}

/// The result of looking up a typed code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A criterion.
    Found {
        /// The criterion.
        id: CriterionId,
        /// The standard's spelling; `None` if it was typed so.
        canonical: Option<String>,
    },
    /// Several standards have the code; the full codes.
    Ambiguous(Vec<String>),
    /// The standard has replaced the code by these.
    Superseded(Vec<String>),
    /// The standard before the colon is not in the portfolio; the nearest one that is.
    UnknownStandard(Option<String>),
    /// No standard has the code.
    Unknown {
        /// The codes with the same prefix, in words.
        range: Option<String>,
        /// Suggestions, nearest first.
        meant: Vec<String>,
    },
}

/// No standard has the code, and nothing is known to resemble it.
const UNKNOWN: Lookup = Lookup::Unknown {
    range: None,
    meant: Vec::new(),
};

/// Longer texts in bytes are no codes.
const LONGEST_CODE: usize = 200;

impl Lookup {
    /// The suggestions.
    #[must_use]
    pub fn meant(&self) -> Vec<String> {
        match self {
            Self::Unknown { meant, .. } => meant.clone(),
            Self::Ambiguous(choices) | Self::Superseded(choices) => choices.clone(),
            Self::UnknownStandard(meant) => meant.iter().cloned().collect(),
            Self::Found { .. } => Vec::new(),
        }
    }
}

/// Finds criteria by typed codes.
#[derive(Debug)]
pub struct Codes<'a> {
    catalogue: &'a Catalogue,
    folded: BTreeMap<String, Vec<CriterionId>>,
    /// Codes in their standard's spelling that are unambiguous in any spelling.
    exact: HashMap<&'a str, CriterionId>,
    /// Replaced codes: index of the standard, and of the code in its list.
    superseded: BTreeMap<String, Vec<(usize, usize)>>,
}

impl<'a> Codes<'a> {
    /// Who verifies a criterion in place of evidence.
    #[must_use]
    pub fn verifier(&self, id: CriterionId) -> Option<Verifier> {
        let standard = self.catalogue.standard(id.standard);
        standard.kind_of(self.catalogue.criterion(id)).verified_by
    }

    /// Indexes the criteria of `catalogue`.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue) -> Self {
        let mut folded: BTreeMap<String, Vec<CriterionId>> = BTreeMap::new();
        for id in catalogue.criteria() {
            folded
                .entry(Code::fold(catalogue.code(id).as_str()))
                .or_default()
                .push(id);
        }
        let mut superseded: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, (known, _)) in catalogue.standards.iter().enumerate() {
            for (old, code) in known.superseded.iter().enumerate() {
                superseded
                    .entry(Code::fold(code.code.value.as_str()))
                    .or_default()
                    .push((at, old));
            }
        }
        let unambiguous = folded.values().filter(|ids| ids.len() == 1).flatten();
        let exact = unambiguous.map(|&id| (catalogue.code(id).as_str(), id));
        let exact = exact.collect();
        Self {
            catalogue,
            folded,
            exact,
            superseded,
        }
    }

    /// The standards.
    pub(super) fn catalogue(&self) -> &'a Catalogue {
        self.catalogue
    }

    /// The id of the standard whose id or reference is this word, in any case.
    pub(super) fn named_standard(&self, word: &str) -> Option<&str> {
        let named = self.catalogue.standards.iter().find(|(standard, _)| {
            let reference = standard.reference.known();
            standard.id.value.eq_ignore_ascii_case(word)
                || reference.is_some_and(|reference| reference.eq_ignore_ascii_case(word))
        });
        named.map(|(standard, _)| standard.id.value.as_str())
    }

    /// The id of the standard of a criterion.
    #[must_use]
    pub fn id_of(&self, criterion: CriterionId) -> &str {
        &self.catalogue.standard(criterion.standard).id.value
    }

    /// The ids of the portfolio's standards.
    pub fn standards(&self) -> impl Iterator<Item = &str> {
        standard_ids(self.catalogue)
    }

    /// Whether the portfolio has a standard of this id.
    #[must_use]
    pub fn has_standard(&self, id: &str) -> bool {
        self.standards().any(|known| known == id)
    }

    /// Finds the criterion whose code is exactly this; `None` if it is ambiguous in any spelling.
    #[must_use]
    pub fn find_exact(&self, code: &str) -> Option<CriterionId> {
        self.exact.get(code).copied()
    }

    /// Like [`Self::find`], without suggestions for unknown codes: those take time.
    #[must_use]
    pub fn find_only(&self, typed: &str) -> Lookup {
        self.look_up(typed, false)
    }

    /// Looks up a bare code, or one with its standard, as in `st0215:K7`.
    #[must_use]
    pub fn find(&self, typed: &str) -> Lookup {
        self.look_up(typed, true)
    }

    fn look_up(&self, typed: &str, suggest: bool) -> Lookup {
        if let Some(id) = self.find_exact(typed) {
            return Lookup::Found {
                id,
                canonical: None,
            };
        }
        if typed.len() > LONGEST_CODE {
            return UNKNOWN;
        }
        let (standard, code) = match typed.split_once(':') {
            Some((standard, code)) => (Some(standard.trim()), code.trim()),
            None => (None, typed.trim()),
        };
        if let Some(standard) = standard
            && !self.has_standard(standard)
        {
            let lower = standard.to_lowercase();
            return Lookup::UnknownStandard(nearest(&lower, self.standards()).map(str::to_owned));
        }
        let of_standard = |id: &&CriterionId| {
            standard
                .is_none_or(|standard| self.catalogue.standard(id.standard).id.value == standard)
        };
        let candidates = self
            .folded
            .get(&Code::fold(code))
            .map_or(&[][..], Vec::as_slice);
        let found: Vec<CriterionId> = candidates.iter().filter(of_standard).copied().collect();
        match found[..] {
            [id] => {
                let spelt = self.catalogue.code(id).as_str();
                let canonical = standard.map_or_else(
                    || spelt.to_owned(),
                    |standard| format!("{standard}:{spelt}"),
                );
                let as_is = canonical == typed;
                Lookup::Found {
                    id,
                    canonical: (!as_is).then_some(canonical),
                }
            }
            [] => match self.find_superseded(standard, code) {
                Some(superseded) => superseded,
                None if suggest => self.suggest(code),
                None => UNKNOWN,
            },
            _ => Lookup::Ambiguous(
                found
                    .iter()
                    .map(|&id| self.catalogue.full_code(id))
                    .collect(),
            ),
        }
    }

    fn find_superseded(&self, standard: Option<&str>, code: &str) -> Option<Lookup> {
        let mut replaced = self.superseded.get(&Code::fold(code))?.iter();
        let named = |at: usize| {
            standard.is_none_or(|standard| self.catalogue.standard(at).id.value == standard)
        };
        let &(known, old) = replaced.find(|&&(known, _)| named(known))?;
        let known = self.catalogue.standard(known);
        let by = known.superseded[old].by.iter();
        Some(Lookup::Superseded(
            by.map(|&at| known.criteria[at].code.value.to_string())
                .collect(),
        ))
    }

    /// For `K37` says that there are K1 to K36; suggests the last of these, and codes with a digit
    /// less.
    fn suggest(&self, code: &str) -> Lookup {
        let prefix = Code::prefix(code);
        let family = |id: &CriterionId| Code::prefix(self.catalogue.code(*id).as_str()) == prefix;
        let family: Vec<CriterionId> = self.catalogue.criteria().filter(family).collect();
        let mut meant: Vec<String> = Vec::new();
        let mut range = None;
        if let (Some(&first), Some(&last)) = (family.first(), family.last())
            && !prefix.is_empty()
        {
            let standard = self.catalogue.standard(first.standard);
            let name = standard.reference.known().unwrap_or(&standard.id.value);
            let (first, last) = (self.catalogue.code(first), self.catalogue.code(last));
            range = Some(format!("{name} has {first} to {last}"));
            meant.push(last.to_string());
            meant.extend(self.find_with_a_digit_less(code));
        }
        let all = self
            .catalogue
            .criteria()
            .map(|id| self.catalogue.code(id).as_str());
        if meant.is_empty()
            && let Some(near) = nearest(code, all)
        {
            meant.push(near.to_owned());
        }
        meant.dedup();
        Lookup::Unknown { range, meant }
    }

    fn find_with_a_digit_less(&self, code: &str) -> Option<String> {
        let folded = Code::fold(code);
        let prefix = Code::prefix(code);
        let digits = folded.strip_prefix(&prefix)?;
        let mut shorter = (0..digits.len())
            .rev()
            .map(|at| format!("{prefix}{}{}", &digits[..at], &digits[at + 1..]));
        let found = shorter.find_map(|code| self.folded.get(&code)?.first())?;
        Some(self.catalogue.code(*found).to_string())
    }
}
