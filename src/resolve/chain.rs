//! Orders decision files into a chain: each file names the digest of the one before it.

use std::collections::BTreeMap;

use super::catalogue::{Codes, Lookup};
use super::digest::decision_file_digest;
use super::signers::Signers;
use crate::diagnostic::{Fault, FaultKind};
use crate::model::{Author, Chain, ChainFlaw, DecisionFile, Keys, Signature, find_identifiers_in};
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
}

impl ParsedDecisionFile {
    /// Parses a decision file.
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

/// A decision file in the chain.
#[derive(Debug)]
pub(super) struct Linked {
    /// The text.
    pub source: Source,
    /// The parsed file; `None` if assessor or date cannot be read.
    pub draft: Option<DraftDecisions>,
}

/// The keys by which files are linked and ordered.
struct Link {
    path: SourcePath,
    digest: String,
    /// The digest of the file before; empty for the first file.
    previous: String,
    /// `None` if the file cannot be read.
    day: Option<jiff::civil::Date>,
}

/// Builds the chain, and returns its files in the same order.
pub(super) fn build_chain(
    files: Vec<ParsedDecisionFile>,
    signers: Option<&Signers>,
    codes: &Codes<'_>,
    faults: &mut Vec<Fault>,
) -> (Chain, Vec<Linked>) {
    let links: Vec<Link> = files.iter().map(Link::new).collect();
    let mut flaws = find_flaws(&links);
    let mut waiting: Vec<Option<ParsedDecisionFile>> = files.into_iter().map(Some).collect();
    let keys = match signers.map(Signers::are_readable) {
        None => Keys::Unasked,
        Some(true) => Keys::Readable,
        Some(false) => Keys::Unreadable,
    };
    let mut chain = Chain {
        keys,
        ..Chain::default()
    };
    let mut linked = Vec::new();
    for at in order_files(&links) {
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
            signature: judge_signature(
                &next.source,
                next.signature.as_deref(),
                draft.as_ref(),
                signers,
            ),
            entries: entry_ids(draft.as_ref()),
            author: draft.as_ref().map(|draft| Author {
                id: draft.assessor.clone(),
                role: draft.role,
                date: draft.date,
            }),
            identifiers: find_identifiers_in(
                &next.source.text,
                &spans_without_identifiers(&next.source.text, draft.as_ref()),
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

/// Whether every key, value and code of a decision file could be read. An unread part may be a
/// referral.
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

impl Link {
    fn new(filed: &ParsedDecisionFile) -> Self {
        let draft = filed.parsed.value.as_ref();
        let previous = draft.and_then(|draft| draft.previous.as_ref());
        Self {
            path: filed.source.path.clone(),
            digest: decision_file_digest(&filed.source.text),
            previous: previous.map_or_else(String::new, |previous| previous.value.clone()),
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

/// Finds copies, missing predecessors and forks, for each file.
fn find_flaws(links: &[Link]) -> Vec<Vec<ChainFlaw>> {
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

/// Indexes of files by the digest of their predecessor, oldest first, without copies and files that
/// cannot be read.
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

/// The order of the chain: first files without predecessor and those that follow them, then files
/// whose predecessor is missing and those that follow them, then copies.
fn order_files(links: &[Link]) -> Vec<usize> {
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
            // Each file has one predecessor, so none is added twice.
            order.extend(after(&links[order[next]].digest));
            next += 1;
        }
    }
    order.extend((0..links.len()).filter(|&at| is_copy(at)));
    order
}
