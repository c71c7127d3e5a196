//! The page of assessors: their decisions, the sample for internal quality assurance, and its
//! outcome.

use super::decisions::{describe_overturned, list_verdicts};
use super::link::Link;
use super::listing::{Cell, Grid, ListingPage, Part};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::{Decision, Role, Verdict, Word};
use crate::sampling::{Assessed, Sample, SampleOptions, SampleOutcome, overturnings};
use crate::text::{counted, in_words, natural, plural};

pub(super) fn build(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let portfolio = scene.portfolio;
    let sample = Sample::new(
        portfolio,
        &portfolio.sampling,
        SampleOptions::default(),
        scene.coverage.as_of,
    );
    let assessors = list_assessors(scene);
    let lead = match (assessors.len(), sample.pieces.len()) {
        (0, _) => "No assessor has decided anything yet.".to_owned(),
        (people, entries) => format!(
            "{}, {} assessed. IQA sample: {}, {} reviewed.",
            counted(people, "assessor"),
            counted(entries, "entry"),
            counted(sample.drawn.len(), "entry"),
            sample.looked_at()
        ),
    };
    let mut sections = Vec::new();
    if !assessors.is_empty() {
        sections.push(Part::table(
            "Assessors",
            tabulate_assessors(scene, &sample, &assessors),
        ));
        let mut drawn = Part::table("The sample", tabulate_drawn(scene, from, &sample));
        drawn.text = describe_sample(scene, &sample);
        sections.push(drawn);
        let checks = tabulate_checks(scene, from);
        if !checks.rows.is_empty() {
            sections.push(Part::table("Reviewed by IQA", checks));
        }
        sections.push(Part::table(
            "What the sample covers",
            tabulate_strata(&sample),
        ));
    }
    ListingPage::new("Assessors and quality assurance", lead, sections)
}

/// References of assessors in natural order.
fn list_assessors<'a>(scene: &RenderContext<'a>) -> Vec<&'a str> {
    let decisions = scene
        .portfolio
        .entries
        .iter()
        .flat_map(|entry| &entry.decisions);
    let own = decisions.filter(|decision| decision.role == Role::Assessor);
    let mut assessors: Vec<&str> = own.map(|decision| decision.assessor.as_str()).collect();
    assessors.sort_by(|a, b| natural(a, b));
    assessors.dedup();
    assessors
}

fn tabulate_assessors(scene: &RenderContext<'_>, sample: &Sample, assessors: &[&str]) -> Grid {
    let columns = [
        "Assessor",
        "Entries",
        "Accepted",
        "Partly",
        "Referred",
        "Overturned",
        "In sample",
        "Reviewed",
    ];
    let entries = &scene.portfolio.entries;
    let rows = assessors.iter().map(|&assessor| {
        let by =
            |decision: &&Decision| decision.role == Role::Assessor && decision.assessor == assessor;
        let claims = || {
            entries
                .iter()
                .flat_map(|entry| entry.decisions.iter().filter(by))
                .flat_map(|one| &one.claims)
        };
        let verdicts = |verdict: Verdict| claims().filter(|claim| claim.verdict == verdict).count();
        let overturned = entries.iter().flat_map(|entry| {
            overturnings(entry)
                .into_iter()
                .filter(|one| entry.decisions[one.of].assessor == assessor)
        });
        let own = |piece: &&Assessed| piece.assessor == assessor;
        let drawn = || {
            sample
                .drawn
                .iter()
                .map(|one| &sample.pieces[one.piece])
                .filter(own)
        };
        let numbers = [
            sample.pieces.iter().filter(own).count(),
            verdicts(Verdict::Accepted),
            verdicts(Verdict::Partly),
            verdicts(Verdict::Referred),
            overturned.count(),
            drawn().count(),
            drawn().filter(|piece| piece.outcome.is_done()).count(),
        ];
        let numbers = numbers.map(|number| Cell::text(number.to_string()));
        std::iter::once(Cell::text(assessor))
            .chain(numbers)
            .collect()
    });
    let caption = "Entries assessed, and claims by their verdict";
    Grid {
        wide: true,
        ..Grid::new(caption, &columns, rows.collect())
    }
}

/// Sentences on how the sample was drawn and on which quotas it misses.
fn describe_sample(scene: &RenderContext<'_>, sample: &Sample) -> Vec<String> {
    let mut lines = vec![format!(
        "Every candidate, assessor, method, type of evidence, kind of record and site is in it. \
         Seed: {} ({}).",
        sample.seed,
        sample.seed_from.words()
    )];
    let shares = sample.quotas.iter().map(|quota| {
        let stage = quota
            .stage
            .map_or_else(String::new, |stage| format!("{} ", stage.word()));
        format!(
            "{}: {} of {} {stage}entries needed ({} %).",
            quota.assessor, quota.asked, quota.of, quota.percent
        )
    });
    lines.extend(shares);
    lines.extend(sample.unmet(scene.coverage.as_of));
    lines.extend(
        sample
            .due
            .map(|due| format!("To be reviewed by {}.", in_words(due))),
    );
    match sample.looked_at_besides() {
        0 => {}
        number => lines.push(format!(
            "{number} more {} reviewed outside the sample.",
            plural(number, "was", "were")
        )),
    }
    lines
}

fn tabulate_drawn(scene: &RenderContext<'_>, from: &SitePath, sample: &Sample) -> Grid {
    let rows = sample.drawn.iter().map(|one| {
        let piece = &sample.pieces[one.piece];
        let at = piece.entry_at;
        let entry = if scene.is_visible(at) {
            let label = scene.portfolio.entries[at].front_matter.title.clone();
            Cell::link(Link {
                href: from.link_to(scene.routes.entry(at)),
                label,
            })
        } else {
            Cell::text("not shown here")
        };
        let decided = format!("{}, {}", piece.assessor, in_words(piece.decided));
        vec![
            entry,
            Cell::text(decided),
            Cell::text(&one.why),
            Cell::text(describe_outcome(piece)),
        ]
    });
    Grid::new(
        "Entries of the sample",
        &["Entry", "Decided by", "Why", "Outcome"],
        rows.collect(),
    )
}

/// Decisions of quality assurers about visible entries, drawn or not.
fn tabulate_checks(scene: &RenderContext<'_>, from: &SitePath) -> Grid {
    let mut rows = Vec::new();
    for &at in &scene.visible {
        let entry = &scene.portfolio.entries[at];
        let overturned = overturnings(entry);
        for (place, decision) in entry.decisions.iter().enumerate() {
            if decision.role != Role::Iqa {
                continue;
            }
            let link = scene.entry_link(from, at);
            let by = format!("{}, {}", decision.assessor, in_words(decision.date));
            let verdicts = list_verdicts(scene, decision).join(", ");
            let remarks = describe_overturned(scene, entry, place, &overturned).join(" ");
            let outcome = if remarks.is_empty() {
                "Nothing overturned.".to_owned()
            } else {
                remarks
            };
            rows.push(vec![
                Cell::link(link),
                Cell::text(by),
                Cell::text(verdicts),
                Cell::text(outcome),
            ]);
        }
    }
    Grid::new(
        "By quality assurers",
        &["Entry", "By", "Verdicts", "Outcome"],
        rows,
    )
}

fn describe_outcome(piece: &Assessed) -> String {
    match &piece.outcome {
        SampleOutcome::Open => "to be reviewed".to_owned(),
        SampleOutcome::ByTheAssessor => "to be reviewed: so far only by the assessor".to_owned(),
        SampleOutcome::LookedAt { by, on, overturned } => {
            let what = if *overturned {
                "overturned"
            } else {
                "confirmed"
            };
            format!("{what} by {by} on {}", in_words(*on))
        }
    }
}

fn tabulate_strata(sample: &Sample) -> Grid {
    let known = sample
        .strata()
        .into_iter()
        .filter(|one| one.value != "unknown");
    let rows = known.map(|one| {
        let name = format!("{}: {}", one.dimension.word(), one.value);
        let numbers =
            [one.pieces, one.drawn, one.looked_at].map(|number| Cell::text(number.to_string()));
        std::iter::once(Cell::text(name)).chain(numbers).collect()
    });
    Grid::new(
        "Values of each dimension",
        &["Value", "Entries", "In sample", "Reviewed"],
        rows.collect(),
    )
}
