//! The claims of an entry: codes in its front matter and in its passages, as criteria.

use std::collections::BTreeMap;

use super::catalogue::{Codes, Lookup};
use super::digest::Replaced;
use super::renames::Rename;
use super::typed_codes::TypedCodes;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{Claim, CriterionId, Passage, StandardsLock, Tag};
use crate::parse::{DraftEntry, DraftTag};
use crate::text::{MAX_SUGGESTIONS, SourcePath, Span, Spanned};

/// The claims and passages of one entry.
pub(super) struct Claimed {
    /// The claims, by criterion.
    pub claims: Vec<Claim>,
    /// The passages, in the order of the text.
    pub passages: Vec<Passage>,
    /// Codes spelt otherwise than in their standard, for the digest.
    pub replaced: Vec<Replaced>,
    /// Every code that a map between versions names, in the spelling of the digest. Empty without
    /// maps.
    pub tokens: Vec<Replaced>,
}

/// Looks up every code of an entry of this `text`.
pub(super) fn resolve_claims(
    draft: &DraftEntry,
    text: &str,
    codes: &Codes<'_>,
    lock: &StandardsLock,
    faults: &mut Vec<Fault>,
) -> Claimed {
    let mut collector = Collector {
        path: &draft.path,
        codes,
        renames: lock
            .maps
            .iter()
            .filter_map(|map| Rename::new(map, lock))
            .collect(),
        lock,
        claims: BTreeMap::new(),
        replaced: Vec::new(),
        tokens: Vec::new(),
        before: faults.len(),
        faults,
    };
    collector.add_tags(draft, text);
    let passages = collector.add_passages(draft);
    Claimed {
        claims: collector.claims.into_values().collect(),
        passages,
        replaced: collector.replaced,
        tokens: collector.tokens,
    }
}

/// Looks up typed codes and collects claims on their criteria.
struct Collector<'a> {
    path: &'a SourcePath,
    codes: &'a Codes<'a>,
    claims: BTreeMap<CriterionId, Claim>,
    replaced: Vec<Replaced>,
    /// Maps that entries are to be rewritten by.
    renames: Vec<Rename<'a>>,
    lock: &'a StandardsLock,
    tokens: Vec<Replaced>,
    faults: &'a mut Vec<Fault>,
    /// The number of faults before this entry's codes.
    before: usize,
}

impl Collector<'_> {
    fn record(&mut self, span: Span, kind: FaultKind) {
        let place = Place::new(self.path, span);
        self.faults.push(Fault { place, kind });
    }

    /// Looks up a typed text, and records what is wrong with it. `comma` joins several codes.
    fn find(&mut self, typed: &Spanned<String>, comma: &str) -> Vec<CriterionId> {
        let found = self.look_up(typed, comma);
        if !self.lock.maps.is_empty() {
            self.follow_maps(typed);
        }
        found
    }

    /// Records a code for the digests of earlier versions, and how it is spelt now.
    fn follow_maps(&mut self, typed: &Spanned<String>) {
        let canonical = self.replaced.last();
        let canonical = canonical.filter(|one| one.span == typed.span);
        let by = canonical.map_or_else(|| typed.value.clone(), |one| one.by.clone());
        self.tokens.push(Replaced {
            span: typed.span,
            by,
        });
        let code = typed.value.clone();
        let mut renames = self.renames.iter();
        if let Some(now) = renames.find_map(|one| one.rename(&code, self.codes)) {
            self.record(typed.span, FaultKind::RevisedCode { code, now });
        }
    }

    fn look_up(&mut self, typed: &Spanned<String>, comma: &str) -> Vec<CriterionId> {
        if self.faults.len() - self.before >= MAX_SUGGESTIONS {
            let lookup = self.codes.find_only(&typed.value);
            return self.take(typed, &typed.value, lookup).into_iter().collect();
        }
        let read = self.codes.read(&typed.value);
        let canonical = read.canonical();
        match read {
            TypedCodes::One(lookup) => {
                let found = self.take(typed, &typed.value, lookup);
                found.into_iter().collect()
            }
            TypedCodes::Group(criteria) => {
                let code = typed.value.clone();
                self.record(typed.span, FaultKind::GroupAsCode { code, criteria });
                Vec::new()
            }
            TypedCodes::Many(codes) => {
                let written = typed.value.clone();
                if let Some(canonical) = canonical.map(|codes| codes.join(comma)) {
                    // These spellings are in no digest of the first form, so the text stays as it is.
                    let kind = FaultKind::NonCanonicalCode { written, canonical };
                    self.record(typed.span, kind);
                }
                codes
                    .into_iter()
                    .filter_map(|code| match code.lookup {
                        Lookup::Found { id, .. } => Some(id),
                        lookup => self.take(typed, &code.text, lookup),
                    })
                    .collect()
            }
        }
    }

    /// The criterion of one code, or a fault.
    fn take(&mut self, typed: &Spanned<String>, code: &str, lookup: Lookup) -> Option<CriterionId> {
        let code = code.to_owned();
        let (found, kind) = match lookup {
            Lookup::Found { id, canonical } => {
                let Some(canonical) = canonical else {
                    return Some(id);
                };
                self.replaced.push(Replaced {
                    span: typed.span,
                    by: canonical.clone(),
                });
                let written = code;
                let kind = FaultKind::NonCanonicalCode { written, canonical };
                (Some(id), kind)
            }
            Lookup::Ambiguous(choices) => (None, FaultKind::AmbiguousCode { code, choices }),
            Lookup::Superseded(by) => (None, FaultKind::SupersededCode { code, by }),
            Lookup::UnknownStandard(nearest) => {
                let id = code.split(':').next().unwrap_or_default().to_owned();
                (None, FaultKind::UnknownStandard { id, nearest })
            }
            Lookup::Unknown { .. } if self.choices(&code).is_some() => {
                let by = self.choices(&code).unwrap_or_default();
                (None, FaultKind::SupersededCode { code, by })
            }
            Lookup::Unknown { range, meant } => {
                (None, FaultKind::UnknownCode { code, range, meant })
            }
        };
        self.record(typed.span, kind);
        found
    }

    /// The codes that took the place of one that a person has to choose for.
    fn choices(&self, typed: &str) -> Option<Vec<String>> {
        let code = typed.rsplit(':').next().unwrap_or(typed);
        let maps = self.lock.maps.iter();
        let mut choices = maps.filter_map(|map| map.choices(code));
        choices.next().map(<[String]>::to_vec)
    }

    fn claim_mut(&mut self, criterion: CriterionId) -> &mut Claim {
        self.claims.entry(criterion).or_insert_with(|| Claim {
            criterion,
            tags: Vec::new(),
            passages: Vec::new(),
        })
    }

    fn add_tags(&mut self, draft: &DraftEntry, text: &str) {
        for tag in &draft.tags {
            let found = self.find(&tag.code, ", ");
            let is_alone = found.len() == 1;
            for criterion in found {
                self.add_tag(tag, criterion, is_alone, text);
            }
        }
    }

    fn add_tag(&mut self, tag: &DraftTag, criterion: CriterionId, is_alone: bool, text: &str) {
        let claim = self.claim_mut(criterion);
        let repeated = !claim.tags.is_empty();
        push_one(
            &mut claim.tags,
            Tag {
                span: tag.code.span,
                justification: tag.justification.clone(),
            },
        );
        if repeated {
            let code = self.codes.catalogue().code(criterion).to_string();
            // A reason was written by the learner, and is never cut; nor is another code.
            let is_bare = is_alone && tag.justification.is_none();
            let cut = is_bare
                .then(|| list_item_span(text, tag.code.span))
                .flatten();
            self.record(tag.code.span, FaultKind::DuplicateCode { code, cut });
        }
    }

    fn add_passages(&mut self, draft: &DraftEntry) -> Vec<Passage> {
        let mut passages = Vec::with_capacity(draft.body.passages.len());
        for passage in &draft.body.passages {
            let mut criteria: Vec<CriterionId> = Vec::new();
            for code in &passage.codes {
                for found in self.find(code, ",") {
                    if !criteria.contains(&found) {
                        push_one(&mut criteria, found);
                    }
                }
            }
            for &criterion in &criteria {
                push_one(&mut self.claim_mut(criterion).passages, passages.len());
            }
            passages.push(Passage {
                anchor: passage.anchor.clone(),
                text: passage.text.clone(),
                paragraph: passage.paragraph,
                span: passage.span,
                section: passage.section,
                criteria,
            });
        }
        passages
    }
}

/// Pushes without spare capacity: there are tens of thousands of these lists, nearly all of length
/// 1.
fn push_one<T>(list: &mut Vec<T>, one: T) {
    list.reserve_exact(1);
    list.push(one);
}

/// The bytes to delete with an item of a YAML list: its line in a block list, the comma before it
/// in a flow list. `None` if it looks like neither.
fn list_item_span(text: &str, item: Span) -> Option<Span> {
    let before = text[..item.start].trim_end_matches([' ', '\t']);
    if let Some(lead) = before.strip_suffix('-') {
        let start = lead.trim_end_matches([' ', '\t']).len();
        let end = text[item.end..].find('\n').map(|at| item.end + at + 1)?;
        let is_alone = text[..start].ends_with('\n') && text[item.end..end].trim().is_empty();
        return is_alone.then(|| Span::new(start, end));
    }
    let comma = before.trim_end().strip_suffix(',')?;
    let next = text[item.end..].trim_start().chars().next()?;
    ",]".contains(next)
        .then(|| Span::new(comma.len(), item.end))
}
