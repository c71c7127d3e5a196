//! A sample as JSON and CSV.

use serde::Serialize;

use super::csv::to_csv;
use super::identity::Identity;
use super::json::to_pretty_json;
use super::sample_text::SampleReport;
use crate::model::Word;
use crate::sampling::{Assessed, Dimension, Quota, SampleOutcome, Stratum};

#[derive(Serialize)]
struct SampleJson<'a> {
    version: u32,
    as_of: String,
    portfolios: Vec<&'a Identity>,
    seed: &'a str,
    seed_from: &'static str,
    from: Option<String>,
    until: String,
    by: Option<String>,
    summary: SampleSummary,
    pieces: Vec<PieceJson<'a>>,
    strata: Vec<Stratum>,
    quotas: &'a [Quota],
    unmet: Vec<String>,
}

#[derive(Serialize)]
struct SampleSummary {
    pieces: usize,
    drawn: usize,
    looked_at: usize,
    looked_at_besides: usize,
    met: bool,
}

#[derive(Serialize)]
struct PieceJson<'a> {
    candidate: &'a str,
    entry: &'a str,
    assessor: &'a str,
    decided: String,
    stage: &'static str,
    methods: Vec<&'a str>,
    evidence: Vec<&'a str>,
    record: Vec<&'a str>,
    site: Vec<&'a str>,
    why: &'a str,
    outcome: &'static str,
    by: Option<&'a str>,
    on: Option<String>,
    overturned: Vec<String>,
    command: String,
    #[serde(skip)]
    about: &'a Identity,
}

/// The document of `sample --format json`.
#[must_use]
pub fn sample_json(report: &SampleReport<'_>) -> String {
    let sample = report.sample;
    let unmet = sample.unmet(report.as_of);
    to_pretty_json(&SampleJson {
        version: 1,
        as_of: report.as_of.to_string(),
        portfolios: report.portfolios.iter().map(|one| &one.about).collect(),
        seed: &sample.seed,
        seed_from: sample.seed_from.word(),
        from: sample.from.map(|day| day.to_string()),
        until: sample.until.to_string(),
        by: sample.due.map(|day| day.to_string()),
        summary: SampleSummary {
            pieces: sample.pieces.len(),
            drawn: sample.drawn.len(),
            looked_at: sample.looked_at(),
            looked_at_besides: sample.looked_at_besides(),
            met: unmet.is_empty(),
        },
        pieces: pieces(report),
        strata: sample.strata(),
        quotas: &sample.quotas,
        unmet,
    })
}

fn pieces<'a>(report: &SampleReport<'a>) -> Vec<PieceJson<'a>> {
    let pieces = report.sample.drawn.iter().map(|one| {
        let piece = &report.sample.pieces[one.piece];
        let (by, on) = match &piece.outcome {
            SampleOutcome::LookedAt { by, on, .. } => (Some(by.as_str()), Some(on.to_string())),
            SampleOutcome::Open | SampleOutcome::ByTheAssessor => (None, None),
        };
        let values = |dimension| piece.values_of(dimension).collect();
        PieceJson {
            candidate: &piece.candidate,
            entry: &piece.entry,
            assessor: &piece.assessor,
            decided: piece.decided.to_string(),
            stage: piece.stage.word(),
            methods: values(Dimension::Method),
            evidence: values(Dimension::Evidence),
            record: values(Dimension::Record),
            site: values(Dimension::Site),
            why: &one.why,
            outcome: outcome(piece),
            by,
            on,
            overturned: piece.overturned.clone(),
            command: report.command(piece),
            about: &report.portfolios[piece.portfolio].about,
        }
    });
    pieces.collect()
}

fn outcome(piece: &Assessed) -> &'static str {
    match &piece.outcome {
        SampleOutcome::Open | SampleOutcome::ByTheAssessor => "open",
        SampleOutcome::LookedAt {
            overturned: false, ..
        } => "confirmed",
        SampleOutcome::LookedAt {
            overturned: true, ..
        } => "overturned",
    }
}

/// The drawn pieces as CSV, one on each line.
#[must_use]
pub fn sample_csv(report: &SampleReport<'_>) -> String {
    let head = [
        "Candidate",
        "Entry",
        "Assessor",
        "Decided",
        "Stage",
        "Methods",
        "Evidence",
        "Record",
        "Site",
        "Why",
        "Outcome",
        "By",
        "On",
        "Overturned",
        "Command",
    ];
    let rows = pieces(report).into_iter().map(|piece| {
        let cells = [
            piece.candidate.to_owned(),
            piece.entry.to_owned(),
            piece.assessor.to_owned(),
            piece.decided,
            piece.stage.to_owned(),
            piece.methods.join("; "),
            piece.evidence.join("; "),
            piece.record.join("; "),
            piece.site.join("; "),
            piece.why.to_owned(),
            piece.outcome.to_owned(),
            piece.by.unwrap_or_default().to_owned(),
            piece.on.unwrap_or_default(),
            piece.overturned.join("; "),
            piece.command,
        ];
        (cells, piece.about)
    });
    to_csv(head, rows)
}
