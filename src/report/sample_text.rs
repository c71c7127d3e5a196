//! A sample for people: on a terminal, and as Markdown for the record of quality assurance.

use std::fmt::Write;

use jiff::civil::Date;

use super::markdown::escaped;
use crate::model::{Portfolio, Word};
use crate::sampling::{Assessed, Outcome, Quota, Sample, overturnings};
use crate::text::{one_line, shell_word};

/// What reports about a sample are made from.
#[derive(Clone, Copy, Debug)]
pub struct SampleReport<'a> {
    /// The sample.
    pub sample: &'a Sample,
    /// The portfolios that it is drawn from, in the order of the pieces' places.
    pub portfolios: &'a [&'a Portfolio],
    /// The folder of each as the user named it; none where it is the one that the user stands in.
    pub folders: &'a [Option<String>],
    /// The day it is judged for.
    pub as_of: Date,
}

impl SampleReport<'_> {
    /// The command by which a quality assurer records what came of a piece.
    #[must_use]
    pub fn command(&self, piece: &Assessed) -> String {
        let root = self.folders[piece.at.0].as_ref();
        let root = root.map_or_else(String::new, |root| format!("--root {} ", shell_word(root)));
        format!(
            "ksbfolio {root}assess {} --role iqa",
            shell_word(&piece.entry)
        )
    }

    /// Verdicts of the piece that were overturned, in words.
    #[must_use]
    pub fn overturned(&self, piece: &Assessed) -> Vec<String> {
        let portfolio = self.portfolios[piece.at.0];
        let entry = &portfolio.entries[piece.at.1];
        let own = overturnings(entry)
            .into_iter()
            .filter(|one| entry.decisions[one.of].assessor == piece.assessor);
        let words = own.map(|one| {
            let code = portfolio.catalogue.code(one.criterion);
            format!("{code}: {}, then {}", one.was.word(), one.now.word())
        });
        words.collect()
    }

    /// What came of a piece, in words.
    #[must_use]
    pub fn outcome(&self, piece: &Assessed) -> String {
        match &piece.outcome {
            Outcome::Open => "to be looked at".to_owned(),
            Outcome::ByTheAssessor => "to be looked at: so far only by the assessor".to_owned(),
            Outcome::LookedAt {
                by,
                on,
                overturned: false,
            } => format!("looked at by {by} on {on}"),
            Outcome::LookedAt {
                by,
                on,
                overturned: true,
            } => {
                format!(
                    "overturned by {by} on {on} ({})",
                    self.overturned(piece).join("; ")
                )
            }
        }
    }

    /// How many pieces there are and how many are drawn, and what the draw is made from.
    fn lead(&self) -> [String; 2] {
        let sample = self.sample;
        let from = sample
            .from
            .map_or_else(String::new, |from| format!("from {from} "));
        let pieces = match sample.pieces.len() {
            1 => "1 piece that an assessor".to_owned(),
            number => format!("{number} pieces that assessors"),
        };
        [
            format!(
                "{} of {pieces} decided about {from}until {} are drawn.",
                sample.drawn.len(),
                sample.until
            ),
            format!("Seed: {} ({}).", sample.seed, sample.seed_from.words()),
        ]
    }

    /// Whether the plan is met, in sentences.
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
        match sample.looked_at_besides() {
            0 => {}
            1 => lines.push("1 further piece was looked at that is not drawn.".to_owned()),
            number => lines.push(format!(
                "{number} further pieces were looked at that are not drawn."
            )),
        }
        lines
    }
}

/// A share in a sentence.
fn quota_words(quota: &Quota) -> String {
    let stage = quota
        .stage
        .map_or_else(String::new, |stage| format!("{} ", stage.word()));
    format!(
        "{}: {} % of {} {stage}pieces: {} asked for, {} drawn, {} looked at",
        quota.assessor,
        quota.percent,
        quota.of,
        quota.asked(),
        quota.drawn,
        quota.looked_at
    )
}

/// A sample for a terminal. What people have typed stays in its line and gives no orders.
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
    out.extend(report.lead().map(|line| escaped(&line) + "\n"));
    out.push_str("\n| Candidate | Entry | Assessor | Decided | Stage | Why | Outcome |\n|---|---|---|---|---|---|---|\n");
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
        let _ = writeln!(out, "| {} |", cells.map(|cell| escaped(&cell)).join(" | "));
    }
    out.push_str(
        "\n| Dimension | Value | Pieces | Drawn | Looked at |\n|---|---|---:|---:|---:|\n",
    );
    for one in sample.strata() {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            one.dimension.word(),
            escaped(&one.value),
            one.pieces,
            one.drawn,
            one.looked_at
        );
    }
    out.push('\n');
    for line in sample.quotas.iter().map(quota_words).chain(report.state()) {
        let _ = writeln!(out, "- {}", escaped(&line));
    }
    out
}
