//! Orders decision files into a chain: each file names the digests of those it follows.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Codes, Lookup};
use super::digest::decision_file_digest;
use super::feedback::{MaskedFeedback, mask_feedback};
use super::signers::Signers;
use crate::diagnostic::{Fault, FaultKind};
use crate::model::{
    Author, Chain, ChainFlaw, DecisionFile, Keys, Signature, StandardsLock, find_identifiers_in,
};
use crate::parse::dates::is_like_date;
use crate::parse::{self, DraftDecisions, Parsed};
use crate::text::{Source, SourcePath, Span};

/// A decision file of the workspace.
#[derive(Debug)]
pub struct ParsedDecisionFile {
    /// The text.
    pub source: Source,
    /// The text of its signature; `None` if there is no signature, empty if it cannot be read.
    pub signature: Option<String>,
    /// The parsed text.
    pub parsed: Parsed<Option<DraftDecisions>>,
    /// The digest by which other files name it.
    digest: String,
}

impl ParsedDecisionFile {
    /// Parses a decision file.
    #[must_use]
    pub fn new(source: Source, signature: Option<String>) -> Self {
        let parsed = parse::decisions(&source);
        Self {
            digest: decision_file_digest(&source.text),
            source,
            signature,
            parsed,
        }
    }

    /// The same file with the digest that is stated of its whole text.
    #[must_use]
    pub fn with_stated_digest(self, stated: Option<&String>) -> Self {
        Self {
            digest: stated.unwrap_or(&self.digest).clone(),
            ..self
        }
    }
}

/// A decision file in the chain.
#[derive(Debug)]
pub(super) struct Linked {
    /// The text.
    pub source: Source,
    /// The parsed file; `None` if assessor or date cannot be read.
    pub draft: Option<DraftDecisions>,
    /// The feedback of each decision of the parsed file.
    pub feedback: Vec<Option<MaskedFeedback>>,
}

/// The keys by which files are linked and ordered.
struct ChainLink {
    path: SourcePath,
    digest: String,
    /// The digests of the files that it follows.
    previous: Vec<String>,
    /// `None` if the file cannot be read.
    day: Option<jiff::civil::Date>,
}

/// Builds the chain, and returns its files in the same order.
pub(super) fn build_chain(
    files: Vec<ParsedDecisionFile>,
    signers: Option<&Signers>,
    codes: &Codes<'_>,
    lock: &StandardsLock,
    faults: &mut Vec<Fault>,
) -> (Chain, Vec<Linked>) {
    let links: Vec<ChainLink> = files.iter().map(ChainLink::new).collect();
    let mut flaws = find_flaws(&links);
    let mut waiting: Vec<Option<ParsedDecisionFile>> = files.into_iter().map(Some).collect();
    let mut chain = Chain {
        keys: match signers.map(Signers::are_readable) {
            None => Keys::Unasked,
            Some(true) => Keys::Readable,
            Some(false) => Keys::Unreadable,
        },
        signed_from: signers.and_then(Signers::signed_from),
        ..Chain::default()
    };
    let mut linked = Vec::new();
    for at in order_files(&links) {
        let Some(next) = waiting[at].take() else {
            continue;
        };
        let is_whole = is_whole(&next.parsed, codes, lock);
        let signed = next.signature.as_deref();
        let draft = next.parsed.value.as_ref();
        let signature = judge_signature(&next.source, signed, draft, signers);
        chain.files.push(DecisionFile {
            digest: links[at].digest.clone(),
            flaws: std::mem::take(&mut flaws[at]),
            signature,
            verifies: draft.is_some_and(|draft| verifies(draft, codes)),
            is_whole,
            ..describe_file(&next.source, draft)
        });
        faults.extend(next.parsed.faults);
        linked.push(Linked {
            feedback: mask_feedback(&next.source, draft),
            source: next.source,
            draft: next.parsed.value,
        });
    }
    (chain, linked)
}

/// A decision file as it is written, not yet judged.
fn describe_file(source: &Source, draft: Option<&DraftDecisions>) -> DecisionFile {
    DecisionFile {
        path: source.path.clone(),
        digest: String::new(),
        previous: draft.map_or_else(Vec::new, |draft| draft.previous.clone()),
        author: draft.map(author_of),
        standards: draft.map_or_else(Vec::new, |draft| draft.standards.clone()),
        entries: entry_ids(draft),
        flaws: Vec::new(),
        signature: Signature::Unasked { present: false },
        defects: Vec::new(),
        verifies: false,
        is_whole: false,
        is_later: false,
        identifiers: find_identifiers_in(
            &source.text,
            &spans_without_identifiers(&source.text, draft),
        ),
    }
}

/// Whether every key, value and code of a decision file could be read. An unread part may be a
/// referral.
fn is_whole(
    parsed: &Parsed<Option<DraftDecisions>>,
    codes: &Codes<'_>,
    lock: &StandardsLock,
) -> bool {
    let is_harmless = |fault: &Fault| matches!(fault.kind, FaultKind::ImplicitType { .. });
    let Some(draft) = parsed
        .value
        .as_ref()
        .filter(|_| parsed.faults.iter().all(is_harmless))
    else {
        return false;
    };
    let mut claims = draft.decisions.iter().flat_map(|decision| &decision.claims);
    claims.all(|(code, _)| {
        matches!(codes.find(&code.value), Lookup::Found { .. })
            || was_code(draft, &code.value, lock)
    })
}

/// Whether a code was one of the standards that a file was made under, as far as they are on
/// record.
fn was_code(draft: &DraftDecisions, typed: &str, lock: &StandardsLock) -> bool {
    let (named, code) = match typed.split_once(':') {
        Some((standard, code)) => (Some(standard.trim()), code),
        None => (None, typed),
    };
    let ids = lock.current.iter().map(|one| one.id.as_str());
    ids.filter(|id| named.is_none_or(|named| named == *id))
        .any(|id| {
            let mut own = draft.standards.iter();
            let version = match own.find(|(known, _)| known == id) {
                Some((_, digest)) => lock.find(id, digest),
                None => lock.in_force(id, draft.date),
            };
            version.is_some_and(|version| version.statement(code).is_some())
        })
}

fn author_of(draft: &DraftDecisions) -> Author {
    Author {
        id: draft.assessor.clone(),
        role: draft.role,
        date: draft.date,
    }
}

/// Whether a file says of any criterion that it is verified.
fn verifies(draft: &DraftDecisions, codes: &Codes<'_>) -> bool {
    let mut verified = draft.verified.iter();
    verified.any(|code| matches!(codes.find(&code.value), Lookup::Found { .. }))
}

impl ChainLink {
    fn new(filed: &ParsedDecisionFile) -> Self {
        let draft = filed.parsed.value.as_ref();
        let previous = draft.map_or(&[][..], |draft| &draft.previous);
        Self {
            path: filed.source.path.clone(),
            digest: filed.digest.clone(),
            previous: previous.iter().map(|one| one.value.clone()).collect(),
            day: draft.map(|draft| draft.date),
        }
    }
}

/// Spans that the format asks for and that identify no person: the date and digests.
fn spans_without_identifiers(text: &str, draft: Option<&DraftDecisions>) -> Vec<Span> {
    let digests = text.match_indices("sha256:").map(|(at, _)| {
        let length = text[at + 7..]
            .bytes()
            .take_while(u8::is_ascii_hexdigit)
            .count();
        Span::new(at, at + 7 + length)
    });
    let day = draft.map(|draft| draft.day);
    digests
        .chain(day.filter(|day| is_like_date(day.of(text))))
        .collect()
}

/// The ids of the entries, in order, each once.
fn entry_ids(draft: Option<&DraftDecisions>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for decision in draft.map_or(&[][..], |draft| &draft.decisions) {
        if !ids.contains(&decision.entry.value) {
            ids.push(decision.entry.value.clone());
        }
    }
    ids
}

fn judge_signature(
    source: &Source,
    signature: Option<&str>,
    draft: Option<&DraftDecisions>,
    signers: Option<&Signers>,
) -> Signature {
    match (signers, draft) {
        (Some(signers), Some(draft)) => {
            signers.judge(&source.text, signature, &draft.assessor, draft.date)
        }
        _ => Signature::Unasked {
            present: signature.is_some_and(|text| !text.is_empty()),
        },
    }
}

/// Indexes of files by digest; of copies, the first by path.
fn first_by_digest(links: &[ChainLink]) -> BTreeMap<&str, usize> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        let known = first.entry(&link.digest).or_insert(at);
        if link.path < links[*known].path {
            *known = at;
        }
    }
    first
}

/// Finds copies and missing predecessors, for each file.
fn find_flaws(links: &[ChainLink]) -> Vec<Vec<ChainFlaw>> {
    let first = first_by_digest(links);
    let flaws = links.iter().enumerate().map(|(at, link)| {
        let original = first[link.digest.as_str()];
        if original != at {
            let of = links[original].path.clone();
            return vec![ChainFlaw::Copy { of }];
        }
        let mut previous = link.previous.iter();
        let is_missing = previous.any(|digest| !first.contains_key(digest.as_str()));
        is_missing
            .then_some(ChainFlaw::Missing)
            .into_iter()
            .collect()
    });
    flaws.collect()
}

/// The order of the chain: each file after those it follows. Of files that may come next, readable
/// ones with all their predecessors come first, then the older, then by path. Copies come last.
fn order_files(links: &[ChainLink]) -> Vec<usize> {
    let first = first_by_digest(links);
    let is_copy = |at: usize| first[links[at].digest.as_str()] != at;
    let known = |at: usize| {
        let previous = links[at].previous.iter();
        previous.filter_map(|digest| first.get(digest.as_str()).copied())
    };
    let mut waits_for: Vec<usize> = (0..links.len()).map(|at| known(at).count()).collect();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); links.len()];
    for at in (0..links.len()).filter(|&at| !is_copy(at)) {
        known(at).for_each(|before| followers[before].push(at));
    }
    let key = |at: usize| {
        let link = &links[at];
        let is_loose = link.day.is_none() || known(at).count() < link.previous.len();
        (is_loose, link.day, &link.path, at)
    };
    let roots = (0..links.len()).filter(|&at| !is_copy(at) && waits_for[at] == 0);
    let mut ready: BTreeSet<_> = roots.map(key).collect();
    let mut order: Vec<usize> = Vec::with_capacity(links.len());
    while let Some((.., at)) = ready.pop_first() {
        order.push(at);
        for &next in &followers[at] {
            waits_for[next] -= 1;
            if waits_for[next] == 0 {
                ready.insert(key(next));
            }
        }
    }
    order.extend((0..links.len()).filter(|&at| is_copy(at)));
    order
}
