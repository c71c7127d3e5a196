//! What an entry says that it proves: codes in its front matter and in its links, as criteria.

use std::collections::BTreeMap;

use super::catalogue::{Codes, Lookup};
use super::digest::Replaced;
use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{Claim, CriterionId, Passage, Tag};
use crate::parse::DraftEntry;
use crate::text::{SUGGESTED, SourcePath, Span, Spanned};

/// The claims of one entry.
pub struct Claimed {
    /// By criterion.
    pub claims: Vec<Claim>,
    /// Passages, in the text's order.
    pub passages: Vec<Passage>,
    /// Codes that have another spelling than their standard's.
    pub replaced: Vec<Replaced>,
}

/// Looks up every code of an entry of this `text`.
pub fn claimed(
    draft: &DraftEntry,
    text: &str,
    codes: &Codes<'_>,
    faults: &mut Vec<Fault>,
) -> Claimed {
    let before = faults.len();
    let (path, claims, replaced) = (&draft.path, BTreeMap::new(), Vec::new());
    let mut claims = Claimant {
        path,
        codes,
        claims,
        replaced,
        faults,
        before,
    };
    tags(draft, text, &mut claims);
    let passages = passages(draft, &mut claims);
    Claimed {
        claims: claims.claims.into_values().collect(),
        passages,
        replaced: claims.replaced,
    }
}

/// Turns typed codes into criteria, and remembers how each should be spelt.
struct Claimant<'a> {
    path: &'a SourcePath,
    codes: &'a Codes<'a>,
    claims: BTreeMap<CriterionId, Claim>,
    replaced: Vec<Replaced>,
    faults: &'a mut Vec<Fault>,
    /// How many faults there were before this entry's codes.
    before: usize,
}

impl Claimant<'_> {
    fn fault(&mut self, span: Span, kind: FaultKind) {
        let place = Place::new(self.path, span);
        self.faults.push(Fault { place, kind });
    }

    fn find(&mut self, typed: &Spanned<String>) -> Option<CriterionId> {
        let looked_up = if self.faults.len() - self.before < SUGGESTED {
            self.codes.find(&typed.value)
        } else {
            self.codes.find_only(&typed.value)
        };
        let code = || typed.value.clone();
        match looked_up {
            Lookup::Found {
                canonical: None,
                id,
            } => return Some(id),
            Lookup::Found {
                id,
                canonical: Some(canonical),
            } => {
                self.replaced.push(Replaced {
                    span: typed.span,
                    by: canonical.clone(),
                });
                self.fault(
                    typed.span,
                    FaultKind::NonCanonicalCode {
                        written: code(),
                        canonical,
                    },
                );
                return Some(id);
            }
            Lookup::Ambiguous(choices) => {
                self.fault(
                    typed.span,
                    FaultKind::AmbiguousCode {
                        code: code(),
                        choices,
                    },
                );
            }
            Lookup::Superseded(by) => {
                self.fault(typed.span, FaultKind::SupersededCode { code: code(), by })
            }
            Lookup::UnknownStandard(nearest) => {
                let id = typed.value.split(':').next().unwrap_or_default().to_owned();
                self.fault(typed.span, FaultKind::UnknownStandard { id, nearest });
            }
            Lookup::Unknown { range, meant } => {
                let several = self.several(&typed.value);
                self.fault(
                    typed.span,
                    FaultKind::UnknownCode {
                        code: code(),
                        range,
                        meant,
                        several,
                    },
                );
            }
        }
        None
    }

    /// Codes of which each is known, where only spaces stand between them.
    fn several(&self, typed: &str) -> Option<String> {
        let codes: Vec<&str> = typed.split_whitespace().take(20).collect();
        let known = |code: &&str| matches!(self.codes.find_only(code), Lookup::Found { .. });
        (codes.len() > 1 && codes.iter().all(known)).then(|| codes.join(", "))
    }

    fn claim(&mut self, criterion: CriterionId) -> &mut Claim {
        self.claims.entry(criterion).or_insert_with(|| Claim {
            criterion,
            tags: Vec::new(),
            passages: Vec::new(),
        })
    }
}

fn tags(draft: &DraftEntry, text: &str, claims: &mut Claimant<'_>) {
    for tag in &draft.tags {
        let Some(criterion) = claims.find(&tag.code) else {
            continue;
        };
        let claim = claims.claim(criterion);
        let repeated = !claim.tags.is_empty();
        push_one(
            &mut claim.tags,
            Tag {
                span: tag.code.span,
                justification: tag.justification.clone(),
            },
        );
        if repeated {
            let code = tag.code.value.clone();
            // A reason is somebody's words, and those are not the program's to cut.
            let cut = tag
                .justification
                .is_none()
                .then(|| list_item(text, tag.code.span))
                .flatten();
            claims.fault(tag.code.span, FaultKind::DuplicateCode { code, cut });
        }
    }
}

/// Adds to a list that nearly always has one member: thousands of entries have tens of thousands of such lists, and room
/// for four in each.
fn push_one<T>(list: &mut Vec<T>, one: T) {
    list.reserve_exact(1);
    list.push(one);
}

/// The bytes that go with an item of a YAML list when it goes: its line in a list of lines, the comma before it in a
/// list in brackets. Nothing where it does not look like either.
fn list_item(text: &str, item: Span) -> Option<Span> {
    let before = text[..item.start].trim_end_matches([' ', '\t']);
    if let Some(lead) = before.strip_suffix('-') {
        let start = lead.trim_end_matches([' ', '\t']).len();
        let end = text[item.end..].find('\n').map(|at| item.end + at + 1)?;
        let alone = text[..start].ends_with('\n') && text[item.end..end].trim().is_empty();
        return alone.then(|| Span::new(start, end));
    }
    let comma = before.trim_end().strip_suffix(',')?;
    let next = text[item.end..].trim_start().chars().next()?;
    ",]".contains(next)
        .then(|| Span::new(comma.len(), item.end))
}

fn passages(draft: &DraftEntry, claims: &mut Claimant<'_>) -> Vec<Passage> {
    let mut passages = Vec::with_capacity(draft.body.passages.len());
    for passage in &draft.body.passages {
        let mut criteria: Vec<CriterionId> = Vec::new();
        for code in &passage.codes {
            if let Some(found) = claims
                .find(code)
                .filter(|criterion| !criteria.contains(criterion))
            {
                push_one(&mut criteria, found);
            }
        }
        for &criterion in &criteria {
            push_one(&mut claims.claim(criterion).passages, passages.len());
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
