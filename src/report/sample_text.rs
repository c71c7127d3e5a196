//! A sample as text and Markdown.

use std::fmt::Write;

use jiff::civil::Date;

use super::identity::Identity;
use super::markdown::escape_markdown;
use crate::model::Word;
use crate::sampling::{Assessed, Quota, Sample, SampleOutcome};
use crate::text::{counted, one_line, plural, shell_word};

/// What is kept of a sampled portfolio.
#[derive(Clone, Debug)]
pub struct SampledPortfolio {
    /// The folder as the user named it; `None` for the current folder.
    pub folder: Option<String>,
    /// Whose portfolio it is.
    pub about: Identity,
}

/// The input of reports about a sample.
#[derive(Clone, Copy, Debug)]
pub struct SampleReport<'a> {
    /// The sample.
    pub sample: &'a Sample,
    /// The sampled portfolios, by their numbers in the population.
    pub portfolios: &'a [SampledPortfolio],
    /// The day of the judgement.
    pub as_of: Date,
}

impl SampleReport<'_> {
    /// The command that records the second look at a piece.
    #[must_use]
    pub fn command(&self, piece: &Assessed) -> String {
        let root = self.portfolios[piece.portfolio].folder.as_ref();
        let root = root.map_or_else(String::new, |root| format!("--root {} ", shell_word(root)));
        format!(
            "ksbfolio {root}assess {} --role iqa",
            shell_word(&piece.entry)
        )
    }

    /// The result of the second look, in words.
    #[must_use]
    pub fn outcome(&self, piece: &Assessed) -> String {
        match &piece.outcome {
            SampleOutcome::Open => "to be reviewed".to_owned(),
            SampleOutcome::ByTheAssessor => {
                "to be reviewed: so far only by the assessor".to_owned()
            }
            SampleOutcome::LookedAt {
                by,
                on,
                overturned: false,
            } => format!("reviewed by {by} on {on}"),
            SampleOutcome::LookedAt {
                by,
                on,
                overturned: true,
            } => {
                format!(
                    "overturned by {by} on {on} ({})",
                    piece.overturned.join("; ")
                )
            }
        }
    }

    /// Sentences about the number of drawn pieces and the seed.
    fn lead(&self) -> [String; 2] {
        let sample = self.sample;
        let from = sample
            .from
            .map_or_else(String::new, |from| format!("from {from} "));
        let number = sample.pieces.len();
        let who = plural(number, "an assessor", "assessors");
        let pieces = counted(number, &format!("piece that {who}"));
        [
            format!(
                "{} of {pieces} decided about {from}until {} {} drawn.",
                sample.drawn.len(),
                sample.until,
                plural(sample.drawn.len(), "is", "are")
            ),
            format!("Seed: {} ({}).", sample.seed, sample.seed_from.words()),
        ]
    }

    /// Sentences about what is missing or whether the plan is met.
    fn state(&self) -> Vec<String> {
        let sample = self.sample;
        let mut lines = sample.unmet(self.as_of);
        if lines.is_empty() && !sample.drawn.is_empty() {
            lines.push("The plan is met: every drawn piece was looked at.".to_owned());
        }
        if let (Some(due), true) = (
            sample.due.filter(|due| *due >= self.as_of),
            sample.looked_at() < sample.drawn.len(),
        ) {
            lines.push(format!("Due by {due}."));
        }
        let besides = sample.looked_at_besides();
        if besides > 0 {
            lines.push(format!(
                "{} {} looked at that {} not drawn.",
                counted(besides, "further piece"),
                plural(besides, "was", "were"),
                plural(besides, "is", "are")
            ));
        }
        lines
    }
}

/// A quota in words.
fn quota_words(quota: &Quota) -> String {
    let stage = quota
        .stage
        .map_or_else(String::new, |stage| format!("{} ", stage.word()));
    format!(
        "{}: {} % of {}: {} asked for, {} drawn, {} looked at",
        quota.assessor,
        quota.percent,
        counted(quota.of, &format!("{stage}piece")),
        quota.asked,
        quota.drawn,
        quota.looked_at
    )
}

/// A sample as text; user input is kept on its line and free of control characters.
#[must_use]
pub fn sample_text(report: &SampleReport<'_>) -> String {
    let sample = report.sample;
    if sample.pieces.is_empty() {
        return "No assessor decided anything in this period: there is nothing to sample.\n"
            .to_owned();
    }
    let mut lines: Vec<String> = report.lead().into();
    for one in &sample.drawn {
        let piece = &sample.pieces[one.piece];
        lines.push(String::new());
        lines.push(format!("{} {}", piece.candidate, piece.entry));
        lines.push(format!(
            "  decided by {} on {} ({})",
            piece.assessor,
            piece.decided,
            piece.stage.word()
        ));
        lines.push(format!("  {}", one.why));
        lines.push(format!("  {}", report.outcome(piece)));
        if !piece.outcome.is_done() {
            lines.push(format!("  -> {}", report.command(piece)));
        }
    }
    let strata = sample.strata();
    let width = strata
        .iter()
        .map(|one| one.value.chars().count())
        .max()
        .unwrap_or(0);
    let row = |cells: [&str; 5]| {
        let [dimension, value, pieces, drawn, looked_at] = cells;
        format!("{dimension:<9}  {value:<width$}  {pieces:>6}  {drawn:>5}  {looked_at:>9}")
    };
    lines.push(String::new());
    lines.push(row(["", "", "pieces", "drawn", "looked at"]));
    for one in &strata {
        let [pieces, drawn, looked_at] =
            [one.pieces, one.drawn, one.looked_at].map(|number| number.to_string());
        lines.push(row([
            one.dimension.word(),
            &one.value,
            &pieces,
            &drawn,
            &looked_at,
        ]));
    }
    lines.push(String::new());
    lines.extend(sample.quotas.iter().map(quota_words));
    lines.extend(report.state());
    lines.iter().map(|line| one_line(line) + "\n").collect()
}

/// A sample as Markdown.
#[must_use]
pub fn sample_markdown(report: &SampleReport<'_>) -> String {
    let sample = report.sample;
    let mut out = String::from("## Sample for internal quality assurance\n\n");
    if sample.pieces.is_empty() {
        return out + "No assessor decided anything in this period: there is nothing to sample.\n";
    }
    // Writing to a string cannot fail, here and below.
    out.extend(report.lead().map(|line| escape_markdown(&line) + "\n"));
    out.push_str("\n| Candidate | Entry | Assessor | Decided | Stage | Why | Outcome |\n");
    out.push_str("|---|---|---|---|---|---|---|\n");
    for one in &sample.drawn {
        let piece = &sample.pieces[one.piece];
        let cells = [
            piece.candidate.clone(),
            piece.entry.clone(),
            piece.assessor.clone(),
            piece.decided.to_string(),
            piece.stage.word().to_owned(),
            one.why.clone(),
            report.outcome(piece),
        ];
        let _ = writeln!(
            out,
            "| {} |",
            cells.map(|cell| escape_markdown(&cell)).join(" | ")
        );
    }
    out.push_str(
        "\n| Dimension | Value | Pieces | Drawn | Looked at |\n|---|---|---:|---:|---:|\n",
    );
    for one in sample.strata() {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            one.dimension.word(),
            escape_markdown(&one.value),
            one.pieces,
            one.drawn,
            one.looked_at
        );
    }
    out.push('\n');
    for line in sample.quotas.iter().map(quota_words).chain(report.state()) {
        let _ = writeln!(out, "- {}", escape_markdown(&line));
    }
    out
}
