//! Progress against the plan, in words and by month.

use super::listing::{Cell, Grid, Part};
use super::scene::RenderContext;
use crate::cover::{Finish, finish, month_ends, month_number, standing};
use crate::model::{Audience, LearningBreak};
use crate::text::{capitalised, counted, in_words, listed, month_in_words};

/// Planned and actual progress of one standard, or of all, and the estimated finish, in sentences;
/// empty if no dates are set.
pub(super) fn describe(scene: &RenderContext<'_>, standard: Option<usize>) -> String {
    let today = scene.coverage.as_of;
    let Some(progress) = standing(scene.portfolio, scene.coverage, standard, today) else {
        return String::new();
    };
    format!(
        "{}: {} with enough evidence, {} planned by now. {}",
        capitalised(&progress.words()),
        progress.complete,
        progress.expected,
        describe_finish(scene, standard)
    )
}

/// The estimated finish of one standard, or of all, at the pace so far.
pub(super) fn describe_finish(scene: &RenderContext<'_>, standard: Option<usize>) -> String {
    let on = match finish(scene.portfolio, scene.coverage, standard) {
        Finish::Done => return "Every code has its evidence.".to_owned(),
        Finish::Unknown(why) => {
            return format!("We cannot say yet when this pace would finish: {why}.");
        }
        Finish::On(on) => on,
    };
    let month = month_in_words(on.year(), on.month());
    let late = scene
        .portfolio
        .settings
        .planned_end
        .map_or(0, |end| month_number(on) - month_number(end));
    let months = |number: i32| counted(number, "month");
    match late {
        0 => format!("At this pace it finishes in {month}."),
        late if late > 0 => {
            format!(
                "At this pace it finishes in {month}, {} late.",
                months(late)
            )
        }
        early => {
            format!(
                "At this pace it finishes in {month}, {} early.",
                months(-early)
            )
        }
    }
}

/// Tables of planned against actual progress, by standard and by month; none if no dates are set.
pub(super) fn list_parts(scene: &RenderContext<'_>) -> Vec<Part> {
    let (portfolio, coverage) = (scene.portfolio, scene.coverage);
    // A plan is about a person at work, so a public site never has it.
    let start = portfolio.settings.start;
    let Some(start) = start.filter(|_| scene.audience != Audience::Public) else {
        return Vec::new();
    };
    let until = portfolio
        .settings
        .planned_end
        .map_or(coverage.as_of, |end| end.min(coverage.as_of));
    let row = |on: &jiff::civil::Date| {
        let progress = standing(portfolio, coverage, None, *on)?;
        Some(vec![
            Cell::text(month_in_words(on.year(), on.month())),
            Cell::text(progress.complete.to_string()),
            Cell::text(progress.expected.to_string()),
            Cell::text(progress.words()),
        ])
    };
    let by_month: Vec<Vec<Cell>> = month_ends(start, until).iter().filter_map(row).collect();
    if by_month.is_empty() {
        return Vec::new();
    }
    let today = |at: usize| {
        let progress = standing(portfolio, coverage, Some(at), coverage.as_of)?;
        Some(vec![
            Cell::text(portfolio.catalogue.standard(at).full_title()),
            Cell::text(format!("{} of {}", progress.complete, progress.of)),
            Cell::text(progress.expected.to_string()),
            Cell::text(progress.words()),
            Cell::text(describe_finish(scene, Some(at))),
        ])
    };
    let by_standard = (0..coverage.standards.len()).filter_map(today).collect();
    let columns = ["Standard", "Actual", "Planned", "Status", "Finish"];
    let by_standard = Grid::new("Planned against actual by standard", &columns, by_standard);
    let columns = ["By the end of", "Actual", "Planned", "Status"];
    let by_month = Grid::new("Planned against actual by month", &columns, by_month);
    let how = "A code counts from the date of the entry that completed it. The plan grows evenly to the planned end, \
               unless the settings give a pace. The finish is an estimate from the pace so far.";
    vec![
        Part {
            text: std::iter::once(how.to_owned())
                .chain(describe_breaks(&portfolio.settings.breaks))
                .collect(),
            ..Part::table("Planned against actual", by_standard)
        },
        Part {
            table_folded: true,
            ..Part::table("Month by month", by_month)
        },
    ]
}

/// The days of breaks, in a sentence. The reasons may be private and are left out.
fn describe_breaks(breaks: &[LearningBreak]) -> Option<String> {
    let days = breaks.iter().map(|one| {
        let from = in_words(one.from);
        match one.to.known() {
            Some(&to) => format!("from {from} to {}", in_words(to)),
            None => format!("from {from}, with no return agreed yet"),
        }
    });
    let days: Vec<String> = days.collect();
    (!days.is_empty()).then(|| format!("The plan stops for breaks in learning: {}.", listed(&days)))
}
