//! The page of a progress review, in the order of the meeting: previous actions, training since,
//! hours, progress against the plan, decisions, concerns, new actions, signatures (funding rules
//! for providers, P59 and P60).

use jiff::civil::Date;

use super::decisions::list_verdicts;
use super::link::Link;
use super::listing::{Cell, Grid, Item, ListingPage, Part};
use super::rows::StateLabel;
use super::scene::RenderContext;
use super::tracker::{self, build_entry_cell};
use super::{cpd, home, plan};
use crate::cover::{
    ActionState, PlannedAction, Review, active_days, expiring, planned_hours, review, review_since,
};
use crate::files::SitePath;
use crate::markup;
use crate::model::CriterionId;
use crate::text::{counted, in_words, listed, plural};

/// Numbers of the empty rows for new actions.
const BLANKS: [&str; 4] = ["1", "2", "3", "4"];

/// The most criteria that are proposed for the next period.
const STEPS: usize = 8;

/// The review page of a site, since the last recorded review or for the last twelve weeks.
pub(super) fn build(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let until = scene.coverage.as_of;
    let since = review_since(&scene.portfolio.settings, until);
    build_period(scene, Some(from), (since, until))
}

/// The review of a period. Without `from`, the document has no links to pages.
pub fn build_period(
    scene: &RenderContext<'_>,
    from: Option<&SitePath>,
    period: (Date, Date),
) -> ListingPage {
    let review = review(scene.portfolio, scene.coverage, period, &|at| {
        scene.is_visible(at)
    });
    let sections = [
        vec![tabulate_actions(
            "Actions agreed before",
            scene,
            from,
            &review.prior,
        )],
        list_training(scene, from, &review),
        vec![describe_hours(scene, &review)],
        list_progress(scene, from, &review),
        vec![
            list_decisions(scene, from, &review),
            list_concerns(scene, &review),
        ],
        list_agreements(scene, from, &review),
        vec![build_signatures()],
    ];
    let mut sections: Vec<Part> = sections.into_iter().flatten().collect();
    for part in &mut sections {
        let empty = part.text.is_empty() && part.items.is_empty();
        if empty
            && part
                .table
                .as_ref()
                .is_none_or(|table| table.rows.is_empty())
        {
            part.table = None;
            part.text.push("None.".to_owned());
        }
    }
    ListingPage::new("Progress review", describe_period(scene, &review), sections)
}

fn describe_period(scene: &RenderContext<'_>, review: &Review<'_>) -> String {
    let held = scene
        .portfolio
        .settings
        .last_review(review.since)
        .filter(|held| held.date == review.since);
    let held = held.map_or_else(String::new, |held| match &held.with[..] {
        [] => format!(" Last review: {}.", in_words(held.date)),
        with => format!(
            " Last review: {}, with {}.",
            in_words(held.date),
            listed(with)
        ),
    });
    format!(
        "{} to {}: {}, {} off the job, {} completed, {}, {} overdue.{held}",
        in_words(review.since),
        in_words(review.until),
        counted(review.written.len(), "entry"),
        counted(review.recorded, "hour"),
        counted(review.evidenced.len(), "code"),
        counted(review.decisions.len(), "decision"),
        counted(count_overdue(review), "action"),
    )
}

fn tabulate_actions(
    title: &str,
    scene: &RenderContext<'_>,
    from: Option<&SitePath>,
    planned: &[PlannedAction],
) -> Part {
    let mut planned: Vec<&PlannedAction> = planned.iter().collect();
    planned.sort_by_key(|one| one.state);
    let rows = planned
        .into_iter()
        .map(|one| tracker::build_row(scene, from, one))
        .collect();
    Part::table(
        title,
        drop_empty_columns(Grid::new(title, &tracker::COLUMNS, rows)),
    )
}

/// A table without the columns that have no value in any row.
fn drop_empty_columns(grid: Grid) -> Grid {
    let has_value = |at: usize| {
        grid.rows
            .iter()
            .any(|row| row.get(at).is_some_and(|cell| !cell.text.is_empty()))
    };
    let kept: Vec<usize> = (0..grid.columns.len())
        .filter(|&at| has_value(at))
        .collect();
    let keep = |row: &Vec<Cell>| kept.iter().map(|&at| row[at].clone()).collect();
    Grid {
        rows: grid.rows.iter().map(keep).collect(),
        columns: kept.iter().map(|&at| grid.columns[at].clone()).collect(),
        ..grid
    }
}

fn list_training(
    scene: &RenderContext<'_>,
    from: Option<&SitePath>,
    review: &Review<'_>,
) -> Vec<Part> {
    let row = |&at: &usize| {
        let entry = &scene.portfolio.entries[at];
        let claims = entry.claims.iter().map(|claim| claim.criterion);
        let codes = claims
            .filter(|&id| scene.coverage.line(id).is_some())
            .map(|id| format_code(scene, id));
        let hours = match entry.front_matter.hours {
            Some(hours) if entry.front_matter.off_the_job => format!("{hours} off the job"),
            Some(hours) => hours.to_string(),
            None => String::new(),
        };
        vec![
            build_entry_cell(scene, from, at),
            Cell::text(entry.front_matter.kind.title()),
            Cell::text(entry.front_matter.date.map_or_else(String::new, in_words)),
            Cell::text(hours),
            Cell::text(codes.collect::<Vec<_>>().join(", ")),
        ]
    };
    let rows = review.written.iter().map(row).collect();
    let grid = Grid::new(
        "Evidence written in this period",
        &["Entry", "Type", "Written", "Hours", "Codes"],
        rows,
    );
    let development = review
        .written
        .iter()
        .filter(|&&at| cpd::is_development(&scene.portfolio.entries[at]));
    let items = development
        .map(|&at| cpd::build_item(scene, from, at))
        .collect();
    vec![
        Part::table("Training and evidence since then", grid),
        Part::list("CPD and its influence on practice", items),
    ]
}

fn format_code(scene: &RenderContext<'_>, id: CriterionId) -> String {
    scene.portfolio.catalogue.code(id).to_string()
}

fn describe_hours(scene: &RenderContext<'_>, review: &Review<'_>) -> Part {
    let (hours, settings) = (&review.hours, &scene.portfolio.settings);
    let planned = planned_hours(settings, &hours.required, review.until);
    let planned = planned.map_or_else(
        || "not known".to_owned(),
        |planned| counted(planned, "hour"),
    );
    let mut text = vec![
        format!(
            "{} off the job in this period. {} Planned by {}: {planned}.",
            counted(review.recorded, "hour"),
            hours.summary(),
            in_words(review.until)
        ),
        hours.required.why.clone(),
    ];
    text.extend(
        hours
            .regime
            .map(|regime| format!("{}. {}", regime.title, regime.says)),
    );
    Part::prose("Hours off the job", text)
}

fn list_progress(
    scene: &RenderContext<'_>,
    from: Option<&SitePath>,
    review: &Review<'_>,
) -> Vec<Part> {
    let row = |progress: &crate::cover::PeriodProgress| {
        let now = progress.now?;
        let of = |complete: usize| Cell::text(format!("{complete} of {}", now.of));
        Some(vec![
            Cell::text(
                scene
                    .portfolio
                    .catalogue
                    .standard(progress.standard)
                    .full_title(),
            ),
            progress
                .before
                .map_or_else(|| Cell::text("not begun"), |before| of(before.complete)),
            of(now.complete),
            of(now.expected),
            Cell::text(now.words()),
            Cell::text(progress.slippage().unwrap_or_default()),
        ])
    };
    let rows: Vec<Vec<Cell>> = review.progress.iter().filter_map(row).collect();
    let columns = [
        "Standard",
        "Before",
        "Now",
        "Planned now",
        "Status",
        "Since then",
    ];
    let mut text = Vec::new();
    if rows.is_empty() {
        text.push(
            "There is no plan to compare with: the start or the planned end is missing.".to_owned(),
        );
    } else if review.until == scene.coverage.as_of {
        text.push(plan::describe_finish(scene, None));
    }
    let planned = Part {
        text,
        ..Part::table(
            "Progress against the plan",
            Grid::new("Progress", &columns, rows),
        )
    };
    let items = review
        .evidenced
        .iter()
        .map(|&id| build_criterion(scene, from, id))
        .collect();
    vec![planned, Part::list("Completed codes", items)]
}

fn build_criterion(scene: &RenderContext<'_>, from: Option<&SitePath>, id: CriterionId) -> Item {
    let label = format_code(scene, id);
    let text = super::rows::format_statement(&scene.portfolio.catalogue.criterion(id).text);
    match from {
        Some(from) => {
            let link = Link {
                href: from.link_to(scene.routes.criterion(id)),
                label,
            };
            Item {
                link: Some(link),
                text,
                ..Item::default()
            }
        }
        None => Item {
            meta: label,
            text,
            ..Item::default()
        },
    }
}

fn list_decisions(scene: &RenderContext<'_>, from: Option<&SitePath>, review: &Review<'_>) -> Part {
    let item = |&(at, number): &(usize, usize)| {
        let entry = &scene.portfolio.entries[at];
        let decision = &entry.decisions[number];
        let title = tracker::mask_title(scene, at);
        let who = format!(
            "{} {}, {}",
            decision.role.title(),
            decision.assessor,
            in_words(decision.date)
        );
        let feedback = decision
            .feedback
            .as_deref()
            .map(|feedback| entry.covered(feedback));
        let mut item = Item {
            text: list_verdicts(scene, decision).join(". "),
            html: feedback
                .as_deref()
                .map_or_else(String::new, markup::render_plain),
            source: feedback.unwrap_or_default(),
            ..Item::default()
        };
        match from {
            Some(from) => {
                item.link = Some(Link {
                    href: from.link_to(scene.routes.entry(at)),
                    label: title,
                });
                item.meta = who;
            }
            None => item.meta = format!("{title}; {who}"),
        }
        item
    };
    Part::list(
        "Decisions and feedback",
        review.decisions.iter().map(item).collect(),
    )
}

/// Concerns that follow from the files; others are asked for and written down in the meeting.
fn list_concerns(scene: &RenderContext<'_>, review: &Review<'_>) -> Part {
    let behind = review.progress.iter().filter_map(|progress| {
        let now = progress.now.filter(|now| now.behind() > 0)?;
        let standard = scene.portfolio.catalogue.standard(progress.standard);
        Some(format!("{}: {}.", standard.full_title(), now.words()))
    });
    let expiring = expiring(scene.portfolio, review.until).map(|(consent, expires)| {
        let day = in_words(expires);
        format!("The consent {} expires on {day}.", consent.id)
    });
    let items = behind
        .chain(describe_overdue(review))
        .chain(describe_undecided(scene, review))
        .chain(describe_silence(scene, review))
        .chain(expiring)
        .map(|text| Item {
            text,
            ..Item::default()
        });
    let ask =
        "Ask about health, workload, support at work and safeguarding, and write down the answers.";
    Part {
        text: vec![ask.to_owned()],
        ..Part::list("Concerns", items.collect())
    }
}

fn count_overdue(review: &Review<'_>) -> usize {
    let all = review.prior.iter().chain(&review.agreed);
    all.filter(|one| one.state == ActionState::Overdue).count()
}

fn describe_overdue(review: &Review<'_>) -> Option<String> {
    match count_overdue(review) {
        0 => None,
        number => Some(format!(
            "{} {} overdue.",
            counted(number, "action"),
            plural(number, "is", "are")
        )),
    }
}

/// Codes that are referred, and those that wait for another decision.
fn describe_undecided(
    scene: &RenderContext<'_>,
    review: &Review<'_>,
) -> impl Iterator<Item = String> {
    let codes = |ids: &[CriterionId]| {
        let codes = ids.iter().map(|&id| format_code(scene, id));
        codes.collect::<Vec<String>>().join(", ")
    };
    let referred =
        (!review.referred.is_empty()).then(|| format!("Referred: {}.", codes(&review.referred)));
    let resubmitted = (!review.resubmitted.is_empty()).then(|| {
        format!(
            "Waiting for another decision: {}.",
            codes(&review.resubmitted)
        )
    });
    referred.into_iter().chain(resubmitted)
}

/// Days since the last entry, if the settings call that a silence.
fn describe_silence(scene: &RenderContext<'_>, review: &Review<'_>) -> Option<String> {
    let dates = scene
        .visible
        .iter()
        .filter_map(|&at| scene.portfolio.entries[at].front_matter.date);
    let last = dates.filter(|date| *date <= review.until).max();
    let settings = &scene.portfolio.settings;
    let silence = last.map_or(0, |last| active_days(settings, last, review.until));
    (silence > i64::from(settings.limits.max_silence_days))
        .then(|| format!("No entry for {}.", counted(silence, "day")))
}

fn list_agreements(
    scene: &RenderContext<'_>,
    from: Option<&SitePath>,
    review: &Review<'_>,
) -> Vec<Part> {
    let rows = home::list_open(scene).into_iter().take(STEPS).map(|line| {
        let label = format_code(scene, line.criterion);
        let name = match from {
            Some(from) => Cell::link(Link {
                href: from.link_to(scene.routes.criterion(line.criterion)),
                label,
            }),
            None => Cell::text(label),
        };
        let state = Cell::state(StateLabel::of_line(line));
        vec![
            name,
            state,
            Cell::text(line.next.clone().unwrap_or_default()),
        ]
    });
    let next = Grid::new(
        "What to work on",
        &["Code", "State", "What to do"],
        rows.collect(),
    );
    let blank = |name: &&str| {
        vec![
            Cell::text(*name),
            Cell::default(),
            Cell::default(),
            Cell::default(),
        ]
    };
    let blank = Grid {
        form: true,
        ..Grid::new(
            "New actions",
            &["No.", "Action", "Who", "By"],
            BLANKS.iter().map(blank).collect(),
        )
    };
    let changes =
        "Write down every change to the training plan, its dates or its hours, with the reason.";
    vec![
        tabulate_actions("Actions agreed in this period", scene, from, &review.agreed),
        Part::table("To agree next", next),
        Part::prose("Changes to the plan", vec![changes.to_owned()]),
        Part::table("New actions", blank),
    ]
}

fn build_signatures() -> Part {
    let row = |role: &str| {
        vec![
            Cell::text(role),
            Cell::default(),
            Cell::default(),
            Cell::default(),
        ]
    };
    let rows = ["Apprentice", "Employer", "Training provider"]
        .map(row)
        .to_vec();
    let grid = Grid {
        form: true,
        ..Grid::new("Signatures", &["For", "Name", "Signature", "Date"], rows)
    };
    Part::table("Signatures", grid)
}
