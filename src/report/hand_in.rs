//! The texts of a gateway pack: cover page, manifest and checksums.

use std::fmt::Write;

use serde::Serialize;

use super::gateway::{conclusion, gateway_text};
use super::json::to_pretty_json;
use crate::cover::people;
use crate::model::{
    Checklist, Coverage, Entry, JudgedItem, Portfolio, Readiness, StandardChecklist, Word,
};
use crate::text::{one_line, sha256_hex};

/// The contents of a pack.
#[derive(Clone, Debug)]
pub struct HandIn<'a> {
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// Its checklist.
    pub checklist: &'a Checklist,
    /// Indexes of the entries in the pack, with their pages.
    pub entries: Vec<(usize, String)>,
    /// Files of evidence.
    pub evidence: Vec<HandedFile>,
    /// Decision files, in the order of the chain.
    pub decisions: Vec<HandedDecisions>,
    /// The digests at the ends of the chain: one, or several after people decided at the same time.
    pub heads: Vec<String>,
    /// Files and entries that are left out, with the reason.
    pub left_out: Vec<(String, String)>,
}

/// A file of evidence in a pack.
#[derive(Clone, Debug, Serialize)]
pub struct HandedFile {
    /// The path in the pack.
    pub path: String,
    /// A description for people who cannot see it.
    pub alt: String,
    /// Ids of the entries that attach it.
    pub entries: Vec<String>,
}

/// A decision file of the chain.
#[derive(Clone, Debug, Serialize)]
pub struct HandedDecisions {
    /// The path in the pack; `None` if it is left out.
    pub path: Option<String>,
    /// The digest of the file.
    pub digest: String,
    /// Why it is left out; `None` if it is in the pack.
    pub left_out: Option<String>,
}

/// The title of a pack that is not ready.
const DRAFT: &str = "DRAFT: NOT READY FOR THE GATEWAY";

/// The cover page, as plain text.
#[must_use]
pub fn cover_page(hand_in: &HandIn<'_>) -> String {
    let settings = &hand_in.portfolio.settings;
    let mut out = String::new();
    let title = match hand_in.checklist.readiness() {
        Readiness::NotReady => DRAFT,
        Readiness::ToConfirm => "EVIDENCE FOR THE GATEWAY: TO BE CONFIRMED",
        Readiness::Ready => "EVIDENCE FOR THE GATEWAY",
    };
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(out, "{title}\n{}\n", "=".repeat(title.chars().count()));
    let _ = writeln!(out, "Learner:   {}", one_line(&settings.learner_id));
    if let Some(cohort) = &settings.cohort {
        let _ = writeln!(out, "Cohort:    {}", one_line(cohort));
    }
    for standard in &hand_in.checklist.standards {
        let catalogue = &hand_in.portfolio.catalogue;
        let title = one_line(&catalogue.standard(standard.standard).full_title());
        let counts = &hand_in.coverage.standards[standard.standard].counts;
        let _ = writeln!(
            out,
            "Standard:  {title}: {}/{} evidenced",
            counts.complete(),
            counts.out_of()
        );
    }
    let _ = writeln!(
        out,
        "As of:     {}",
        settings.describe_as_of(hand_in.coverage.as_of)
    );
    let _ = writeln!(out, "Decisions: {}", one_line(&hand_in.checklist.decisions));
    let _ = writeln!(out, "People:    {}", one_line(&judge_people(hand_in).why));
    let _ = writeln!(out, "\n{}\n", conclusion(hand_in.checklist));
    write_contents(&mut out, hand_in);
    let _ = writeln!(
        out,
        "\nChecklist\n---------\n\n{}",
        gateway_text(hand_in.portfolio, &checklist_of_pack(hand_in)).trim_end()
    );
    let _ = writeln!(out, "\nLeft out\n--------\n");
    let _ = writeln!(
        out,
        "Drafts, private entries, entries that are withheld, and the register of consents are in \
         no pack."
    );
    for (what, why) in &hand_in.left_out {
        let _ = writeln!(out, "- {}: {}", one_line(what), one_line(why));
    }
    out
}

/// Judges whether people can be recognised in the entries of the pack.
fn judge_people(hand_in: &HandIn<'_>) -> JudgedItem {
    let entries: Vec<usize> = hand_in.entries.iter().map(|(at, _)| *at).collect();
    people(
        hand_in.portfolio,
        hand_in.coverage.as_of,
        &entries,
        &entries,
    )
}

/// The checklist with the entries of the pack only.
fn checklist_of_pack(hand_in: &HandIn<'_>) -> Checklist {
    let mut checklist = hand_in.checklist.clone();
    for item in checklist
        .standards
        .iter_mut()
        .flat_map(|standard| &mut standard.items)
    {
        item.entries
            .retain(|at| hand_in.entries.iter().any(|(entry, _)| entry == at));
    }
    checklist
}

fn write_contents(out: &mut String, hand_in: &HandIn<'_>) {
    let decisions = hand_in
        .decisions
        .iter()
        .filter(|file| file.path.is_some())
        .count();
    let heads = hand_in.heads.iter();
    let heads: Vec<String> = heads
        .map(|head| format!("\n                      {head}"))
        .collect();
    let head = match heads[..] {
        [] => String::new(),
        _ => format!("; the chain ends at{}", heads.concat()),
    };
    let evidence = hand_in.evidence.len();
    let _ = write!(
        out,
        "What is in it\n-------------\n\n\
         01-site/index.html    the portfolio: open it in a browser, it needs no connection\n\
         02-portfolio.html     all of it in one document, to print\n\
         03-mapping.html       each code, the pieces that count for it, and the words that prove it\n\
         03-mapping.csv        the same for a spreadsheet\n\
         04-evidence/          files of evidence: {evidence}; pictures were re-encoded, without metadata,\n\
         \x20                     documents are the originals, byte for byte\n\
         05-decisions/         decision files, as the assessors wrote them: {decisions}{head}\n\
         manifest.json         what is in here, for programs\n\
         SHA256SUMS            in this folder, `sha256sum -c SHA256SUMS` shows whether a file was changed\n"
    );
}

#[derive(Serialize)]
struct HandInManifest<'a> {
    version: u32,
    program: &'static str,
    as_of: String,
    learner: &'a str,
    readiness: &'static str,
    draft: bool,
    people: ManifestPeople,
    standards: Vec<ManifestStandard<'a>>,
    decision_chain: ManifestChain<'a>,
    entries: Vec<ManifestEntry<'a>>,
    evidence: &'a [HandedFile],
    left_out: Vec<ManifestLeftOut<'a>>,
    files: Vec<ManifestFile<'a>>,
}

#[derive(Serialize)]
struct ManifestPeople {
    state: &'static str,
    why: String,
}

#[derive(Serialize)]
struct ManifestStandard<'a> {
    id: &'a str,
    title: &'a str,
    replaces_official: bool,
    readiness: &'static str,
    evidenced: usize,
    of: usize,
    waived: usize,
}

#[derive(Serialize)]
struct ManifestChain<'a> {
    head: Option<&'a str>,
    heads: &'a [String],
    files: &'a [HandedDecisions],
}

#[derive(Serialize)]
struct ManifestEntry<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    date: Option<String>,
    digest: &'a str,
    page: &'a str,
}

#[derive(Serialize)]
struct ManifestLeftOut<'a> {
    what: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct ManifestFile<'a> {
    path: &'a str,
    bytes: usize,
    sha256: String,
}

impl<'a> ManifestStandard<'a> {
    fn new(hand_in: &HandIn<'a>, checked: &StandardChecklist) -> Self {
        let standard = hand_in.portfolio.catalogue.standard(checked.standard);
        let counts = &hand_in.coverage.standards[checked.standard].counts;
        Self {
            id: &standard.id.value,
            title: &standard.title,
            replaces_official: standard.replaces,
            readiness: checked.readiness().word(),
            evidenced: counts.complete(),
            of: counts.out_of(),
            waived: counts.waived,
        }
    }
}

impl<'a> ManifestEntry<'a> {
    fn new(entry: &'a Entry, page: &'a str) -> Self {
        Self {
            id: &entry.id,
            title: &entry.front_matter.title,
            kind: entry.front_matter.kind.word(),
            date: entry.front_matter.date.map(|date| date.to_string()),
            digest: entry.digests.current(),
            page,
        }
    }
}

/// The manifest: the pack, its entries and all its files but the manifest and the checksums.
#[must_use]
pub fn manifest(hand_in: &HandIn<'_>, files: &[(String, Vec<u8>)]) -> String {
    let portfolio = hand_in.portfolio;
    let standards = hand_in.checklist.standards.iter();
    let entries = hand_in.entries.iter();
    let left_out = hand_in.left_out.iter();
    let files = files.iter().map(|(path, bytes)| ManifestFile {
        path,
        bytes: bytes.len(),
        sha256: sha256_hex(bytes),
    });
    let readiness = hand_in.checklist.readiness();
    let people = judge_people(hand_in);
    to_pretty_json(&HandInManifest {
        version: 1,
        program: concat!("ksbfolio ", env!("CARGO_PKG_VERSION")),
        as_of: hand_in.coverage.as_of.to_string(),
        learner: &portfolio.settings.learner_id,
        readiness: readiness.word(),
        draft: readiness == Readiness::NotReady,
        people: ManifestPeople {
            state: people.state.word(),
            why: people.why,
        },
        standards: standards
            .map(|checked| ManifestStandard::new(hand_in, checked))
            .collect(),
        decision_chain: ManifestChain {
            head: match &hand_in.heads[..] {
                [head] => Some(head),
                _ => None,
            },
            heads: &hand_in.heads,
            files: &hand_in.decisions,
        },
        entries: entries
            .map(|(at, page)| ManifestEntry::new(&portfolio.entries[*at], page))
            .collect(),
        evidence: &hand_in.evidence,
        left_out: left_out
            .map(|(what, why)| ManifestLeftOut { what, why })
            .collect(),
        files: files.collect(),
    })
}

/// A line for each file, in the format of `sha256sum -c`.
#[must_use]
pub fn checksums(files: &[(String, Vec<u8>)]) -> String {
    let mut out = String::new();
    for (path, bytes) in files {
        let _ = writeln!(out, "{}  {path}", sha256_hex(bytes));
    }
    out
}
