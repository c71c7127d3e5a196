//! What a gateway pack says about itself: a cover page for people, a manifest for programs, checksums for anybody.

use std::fmt::Write;

use serde::Serialize;

use super::coverage_json::pretty;
use super::gateway::{conclusion, gateway_text};
use crate::cover::people;
use crate::model::{Checklist, Coverage, JudgedItem, Portfolio, Readiness, Word};
use crate::text::{one_line, sha256_hex};

/// Everything that is to be said about a pack.
#[derive(Clone, Debug)]
pub struct HandIn<'a> {
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// Its checklist.
    pub checklist: &'a Checklist,
    /// The entries in it, as places in the portfolio's list, each with its page.
    pub entries: Vec<(usize, String)>,
    /// Files of evidence.
    pub evidence: Vec<HandedFile>,
    /// Decision files, in their chain.
    pub decisions: Vec<HandedDecisions>,
    /// The digest at the end of the chain; none where there is no decision, or no single end.
    pub head: Option<String>,
    /// What is left out, and why.
    pub left_out: Vec<(String, String)>,
}

/// A file of evidence in a pack.
#[derive(Clone, Debug, Serialize)]
pub struct HandedFile {
    /// Where it is in the pack.
    pub path: String,
    /// What a person who cannot see it should know.
    pub alt: String,
    /// The entries that it belongs to, by id.
    pub entries: Vec<String>,
}

/// A decision file in a pack, or left out of it.
#[derive(Clone, Debug, Serialize)]
pub struct HandedDecisions {
    /// Where it is in the pack; none where it is left out.
    pub path: Option<String>,
    /// The digest by which the next file names it.
    pub digest: String,
    /// Why it is left out.
    pub left_out: Option<String>,
}

/// How a pack that is not ready begins.
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
        let title = one_line(
            &hand_in
                .portfolio
                .catalogue
                .standard(standard.standard)
                .full_title(),
        );
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
        settings.judged_by(hand_in.coverage.as_of)
    );
    let _ = writeln!(out, "Decisions: {}", one_line(&hand_in.checklist.decisions));
    let _ = writeln!(out, "People:    {}", one_line(&people_in(hand_in).why));
    let _ = writeln!(out, "\n{}\n", conclusion(hand_in.checklist));
    contents(&mut out, hand_in);
    let _ = writeln!(
        out,
        "\nChecklist\n---------\n\n{}",
        gateway_text(hand_in.portfolio, &named(hand_in)).trim_end()
    );
    let _ = writeln!(out, "\nLeft out\n--------\n");
    let _ = writeln!(
        out,
        "Drafts, private entries, entries that are withheld, and the register of consents are in no pack."
    );
    for (what, why) in &hand_in.left_out {
        let _ = writeln!(out, "- {}: {}", one_line(what), one_line(why));
    }
    out
}

/// What is known of people in the entries of the pack.
fn people_in(hand_in: &HandIn<'_>) -> JudgedItem {
    let entries: Vec<usize> = hand_in.entries.iter().map(|(at, _)| *at).collect();
    people(
        hand_in.portfolio,
        hand_in.coverage.as_of,
        &entries,
        &entries,
    )
}

/// The checklist with only those entries named that are in the pack.
fn named(hand_in: &HandIn<'_>) -> Checklist {
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

fn contents(out: &mut String, hand_in: &HandIn<'_>) {
    let decisions = hand_in
        .decisions
        .iter()
        .filter(|file| file.path.is_some())
        .count();
    let head = hand_in.head.as_deref().map_or_else(String::new, |head| {
        format!("; the chain ends at\n                      {head}")
    });
    let evidence = hand_in.evidence.len();
    let _ = write!(
        out,
        "What is in it\n-------------\n\n\
         01-site/index.html    the portfolio: open it in a browser, it needs no connection\n\
         02-portfolio.html     all of it in one document, to print\n\
         03-mapping.html       each code, the pieces that count for it, and the words that prove it\n\
         03-mapping.csv        the same for a spreadsheet\n\
         04-evidence/          files of evidence: {evidence}; pictures were made anew, without metadata,\n\
         \x20                     documents are the originals, byte for byte\n\
         05-decisions/         decision files, as the assessors wrote them: {decisions}{head}\n\
         manifest.json         what is in here, for programs\n\
         SHA256SUMS            in this folder, `sha256sum -c SHA256SUMS` tells whether a file was changed\n"
    );
}

#[derive(Serialize)]
struct Manifest<'a> {
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

/// The manifest: the pack, its entries and every file in it but itself and the checksums.
#[must_use]
pub fn manifest(hand_in: &HandIn<'_>, files: &[(String, Vec<u8>)]) -> String {
    let portfolio = hand_in.portfolio;
    let standards = hand_in.checklist.standards.iter().map(|checked| {
        let (standard, counts) = (
            portfolio.catalogue.standard(checked.standard),
            &hand_in.coverage.standards[checked.standard].counts,
        );
        ManifestStandard {
            id: &standard.id.value,
            title: &standard.title,
            replaces_official: standard.replaces,
            readiness: checked.readiness().word(),
            evidenced: counts.complete(),
            of: counts.out_of(),
            waived: counts.waived,
        }
    });
    let entries = hand_in.entries.iter().map(|(at, page)| {
        let entry = &portfolio.entries[*at];
        ManifestEntry {
            id: &entry.id,
            title: &entry.title,
            kind: entry.kind.word(),
            date: entry.date.map(|date| date.to_string()),
            digest: &entry.digest,
            page,
        }
    });
    let readiness = hand_in.checklist.readiness();
    let people = people_in(hand_in);
    pretty(&Manifest {
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
        standards: standards.collect(),
        decision_chain: ManifestChain {
            head: hand_in.head.as_deref(),
            files: &hand_in.decisions,
        },
        entries: entries.collect(),
        evidence: &hand_in.evidence,
        left_out: hand_in
            .left_out
            .iter()
            .map(|(what, why)| ManifestLeftOut { what, why })
            .collect(),
        files: files
            .iter()
            .map(|(path, bytes)| ManifestFile {
                path,
                bytes: bytes.len(),
                sha256: sha256_hex(bytes),
            })
            .collect(),
    })
}

/// A line for each file, as `sha256sum -c` takes them.
#[must_use]
pub fn checksums(files: &[(String, Vec<u8>)]) -> String {
    let mut out = String::new();
    for (path, bytes) in files {
        let _ = writeln!(out, "{}  {path}", sha256_hex(bytes));
    }
    out
}
