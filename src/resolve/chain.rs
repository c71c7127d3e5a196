//! Puts decision files in the order in which each follows the one before it.

use std::collections::BTreeMap;

use super::catalogue::{Codes, Lookup};
use super::digest::decision_file_digest;
use super::signers::Signers;
use crate::diagnostic::{Fault, FaultKind};
use crate::model::{Author, Chain, ChainFlaw, DecisionFile, Keys, Signature, revealed};
use crate::parse::{self, DraftDecisions, Parsed};
use crate::text::{Source, SourcePath, Span};

/// A decision file as it was found.
#[derive(Debug)]
pub struct Filed {
    /// Its text.
    pub source: Source,
    /// The text of the signature beside it, where there is one; empty if it cannot be read.
    pub signature: Option<String>,
    /// What it says.
    pub parsed: Parsed<Option<DraftDecisions>>,
}

impl Filed {
    /// A file's text, with that of the signature beside it, parsed.
    #[must_use]
    pub fn new(source: Source, signature: Option<String>) -> Self {
        let parsed = parse::decisions(&source);
        Self {
            source,
            signature,
            parsed,
        }
    }
}

/// The text of a decision file, and what it says as far as it could be read; in the order of the chain.
#[derive(Debug)]
pub struct Linked {
    /// The text.
    pub source: Source,
    /// What it says; `None` if it does not say who decided when.
    pub draft: Option<DraftDecisions>,
}

/// What the files before and behind a file are found by.
struct Link {
    path: SourcePath,
    digest: String,
    previous: String,
    /// What files of one place in the chain are ordered by.
    day: Option<jiff::civil::Date>,
}

/// The chain, and what each of its files says, in its order.
pub fn chained(
    files: Vec<Filed>,
    signers: Option<&Signers>,
    codes: &Codes<'_>,
    faults: &mut Vec<Fault>,
) -> (Chain, Vec<Linked>) {
    let links: Vec<Link> = files.iter().map(link).collect();
    let mut flaws = flaws(&links);
    let mut waiting: Vec<Option<Filed>> = files.into_iter().map(Some).collect();
    let keys = signers.map_or(Keys::Unasked, |signers| {
        if signers.are_readable() {
            Keys::Readable
        } else {
            Keys::Unreadable
        }
    });
    let mut chain = Chain {
        keys,
        ..Chain::default()
    };
    let mut linked = Vec::new();
    for at in walk(&links) {
        let Some(next) = waiting[at].take() else {
            continue;
        };
        let is_whole = is_whole(&next.parsed, codes);
        faults.extend(next.parsed.faults);
        let draft = next.parsed.value;
        let file = DecisionFile {
            path: next.source.path.clone(),
            digest: links[at].digest.clone(),
            previous: draft.as_ref().and_then(|draft| draft.previous.clone()),
            signature: signature(
                &next.source,
                next.signature.as_deref(),
                draft.as_ref(),
                signers,
            ),
            entries: entries(draft.as_ref()),
            author: draft.as_ref().map(author),
            identifiers: revealed(
                &next.source.text,
                &not_of_people(&next.source.text, draft.as_ref()),
            ),
            flaws: std::mem::take(&mut flaws[at]),
            defects: Vec::new(),
            is_whole,
            is_later: false,
        };
        chain.files.push(file);
        linked.push(Linked {
            source: next.source,
            draft,
        });
    }
    (chain, linked)
}

/// Whether every key, value and code of a decision file could be read. What cannot be read may be a referral.
fn is_whole(parsed: &Parsed<Option<DraftDecisions>>, codes: &Codes<'_>) -> bool {
    let is_harmless = |fault: &Fault| matches!(fault.kind, FaultKind::ImplicitType { .. });
    let Some(draft) = parsed
        .value
        .as_ref()
        .filter(|_| parsed.faults.iter().all(is_harmless))
    else {
        return false;
    };
    let mut claims = draft.decisions.iter().flat_map(|decision| &decision.claims);
    claims.all(|(code, _)| matches!(codes.find(&code.value), Lookup::Found { .. }))
}

fn link(filed: &Filed) -> Link {
    let draft = filed.parsed.value.as_ref();
    let previous = draft.and_then(|draft| draft.previous.as_ref());
    Link {
        path: filed.source.path.clone(),
        digest: decision_file_digest(&filed.source.text),
        previous: previous.map_or_else(String::new, |previous| previous.value.clone()),
        day: draft.map(|draft| draft.date),
    }
}

/// Parts of a decision file that the format asks for, and that are of nobody: its day, and digests.
fn not_of_people(text: &str, draft: Option<&DraftDecisions>) -> Vec<Span> {
    let digests = text.match_indices("sha256:").map(|(at, _)| {
        let length = text[at + 7..]
            .bytes()
            .take_while(u8::is_ascii_hexdigit)
            .count();
        Span::new(at, at + 7 + length)
    });
    digests.chain(draft.map(|draft| draft.day)).collect()
}

fn author(draft: &DraftDecisions) -> Author {
    Author {
        id: draft.assessor.clone(),
        role: draft.role,
        date: draft.date,
    }
}

fn entries(draft: Option<&DraftDecisions>) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for decision in draft.map_or(&[][..], |draft| &draft.decisions) {
        if !entries.contains(&decision.entry.value) {
            entries.push(decision.entry.value.clone());
        }
    }
    entries
}

fn signature(
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

/// Files by their digest; of copies the first by name counts.
fn first_by_digest(links: &[Link]) -> BTreeMap<&str, usize> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        let known = first.entry(&link.digest).or_insert(at);
        if link.path < links[*known].path {
            *known = at;
        }
    }
    first
}

/// What keeps each file from following the one before it.
fn flaws(links: &[Link]) -> Vec<Vec<ChainFlaw>> {
    let first = first_by_digest(links);
    let mut flaws = vec![Vec::new(); links.len()];
    for (at, link) in links.iter().enumerate() {
        let original = first[link.digest.as_str()];
        if original != at {
            flaws[at].push(ChainFlaw::Copy {
                of: links[original].path.clone(),
            });
        } else if !link.previous.is_empty() && !first.contains_key(link.previous.as_str()) {
            flaws[at].push(ChainFlaw::Missing);
        }
    }
    for followers in followers(links, &first).values() {
        for &second in &followers[1..] {
            flaws[second].push(ChainFlaw::Forked {
                other: links[followers[0]].path.clone(),
            });
        }
    }
    flaws
}

/// Files by the digest of the one that they follow, those without copies, oldest first. A file that cannot be read
/// follows nobody knows what.
fn followers<'a>(
    links: &'a [Link],
    first: &BTreeMap<&str, usize>,
) -> BTreeMap<&'a str, Vec<usize>> {
    let mut followers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        if link.day.is_some() && first[link.digest.as_str()] == at {
            followers.entry(&link.previous).or_default().push(at);
        }
    }
    for of_one in followers.values_mut() {
        of_one.sort_by_key(|&at| (links[at].day, &links[at].path));
    }
    followers
}

/// From the files that name none, along the chain; then from those whose predecessor is missing; copies last.
fn walk(links: &[Link]) -> Vec<usize> {
    let first = first_by_digest(links);
    let followers = followers(links, &first);
    let after = |digest: &str| followers.get(digest).map_or(&[][..], Vec::as_slice);
    let is_copy = |at: usize| first[links[at].digest.as_str()] != at;
    let mut loose: Vec<usize> = (0..links.len()).filter(|&at| !is_copy(at)).collect();
    loose.retain(|&at| links[at].day.is_none() || !first.contains_key(links[at].previous.as_str()));
    loose.retain(|at| !after("").contains(at));
    loose.sort_by_key(|&at| (links[at].day, &links[at].path));
    let mut order: Vec<usize> = Vec::with_capacity(links.len());
    for root in after("").iter().copied().chain(loose) {
        let mut next = order.len();
        order.push(root);
        while next < order.len() {
            // Each file follows one other, so that none comes twice.
            order.extend(after(&links[order[next]].digest));
            next += 1;
        }
    }
    order.extend((0..links.len()).filter(|&at| is_copy(at)));
    order
}
