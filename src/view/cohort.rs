//! The page of a cohort: three lists first, then reasons, every learner, heat maps, assessors and
//! rules.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::chrome::Chrome;
use super::cohort_learners::{
    HeatMap, LearnerTable, RowIndex, label, list_weakest, map_heat, tabulate_learners,
};
use super::cohort_reasons::{ReasonTable, tabulate_reasons};
use super::cohort_tables::{
    describe_assessors, tabulate_assessors, tabulate_groups, tabulate_owners, tabulate_rules,
    tabulate_stages,
};
use super::frame::Frame;
use super::link::Link;
use super::listing::Part;
use super::rows::StateLabel;
use crate::cohort::{
    Cohort, CohortStandard, Forecast, Lateness, LearnerFacts, Row, end_words, finish_words,
    gateway_words, people_words, waiting_words,
};
use crate::model::{RiskColour, Word};
use crate::text::{counted, in_words, natural, plural, slug};

/// The page of a cohort. It shows references and figures, and no words of a portfolio.
#[derive(Clone, Debug, Serialize)]
pub struct CohortPage {
    /// The title.
    pub title: String,
    /// The number of learners of each colour, in a sentence.
    pub lead: String,
    /// The tutors to choose from; empty if the plan names none.
    pub tutors: Vec<String>,
    /// Links to the sections.
    pub contents: Vec<Link>,
    /// The sections, in order.
    pub sections: Vec<CohortSection>,
    /// The script that shows some learners only.
    pub script: String,
}

/// A section of the page: paragraphs, then a table, a heat map or a list.
#[derive(Clone, Debug, Serialize)]
pub struct CohortSection {
    /// Heading, paragraphs and a plain table.
    #[serde(flatten)]
    pub part: Part,
    /// A list of learners.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<CohortLine>,
    /// Reasons with the learners that have them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<ReasonTable>,
    /// All learners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learners: Option<LearnerTable>,
    /// A heat map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heat: Option<HeatMap>,
}

/// A learner in a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CohortLine {
    /// The number of the learner's row.
    pub row: usize,
    /// The learner's id, or else the folder.
    pub name: String,
    /// The colour.
    pub state: Option<StateLabel>,
    /// Tutor and site, or the planned end.
    pub meta: String,
    /// The text.
    pub text: String,
    /// Less urgent reasons.
    pub also: String,
}

/// The style sheet and the script of a standalone page, each with its SHA-256 in base64 for the
/// content security policy.
#[derive(Clone, Debug, Default)]
pub struct StandaloneAssets {
    /// Style sheet and hash.
    pub style: (String, String),
    /// Script and hash.
    pub script: (String, String),
}

/// Builds the page as a standalone document.
#[must_use]
pub fn cohort_page(cohort: &Cohort, assets: StandaloneAssets) -> (Chrome, CohortPage) {
    let title = cohort.plan.title.clone();
    let title = title.unwrap_or_else(|| "Cohort".to_owned());
    let as_of = cohort.as_of().map(in_words).unwrap_or_default();
    let sections = list_sections(cohort);
    let link = |section: &CohortSection| Link {
        href: format!("#{}", section.part.anchor),
        label: match section.lines.len() {
            0 => section.part.title.clone(),
            number => format!("{} ({number})", section.part.title),
        },
    };
    let (style, style_hash) = assets.style;
    let (script, script_hash) = assets.script;
    let page = CohortPage {
        lead: summarise(cohort),
        tutors: list_tutors(cohort),
        contents: sections.iter().map(link).collect(),
        sections,
        title: title.clone(),
        script,
    };
    let frame = Frame::standalone("cohort", title.clone(), as_of.clone(), style, style_hash);
    let chrome = Chrome {
        title: format!("{title} – {as_of}"),
        scripts: Vec::new(),
        frame: Arc::new(Frame {
            script_hash,
            ..frame
        }),
    };
    (chrome, page)
}

fn summarise(cohort: &Cohort) -> String {
    let count = |colour: &RiskColour| {
        let number = cohort.count(*colour);
        (number > 0).then(|| format!("{number} {}", colour.title()))
    };
    let counts: Vec<String> = RiskColour::ALL.iter().filter_map(count).collect();
    let as_of = match cohort.as_of() {
        Some(day) => format!(" as of {}", in_words(day)),
        None => String::new(),
    };
    format!(
        "{}{as_of}: {}.",
        counted(cohort.rows.len(), "learner"),
        counts.join(", ")
    )
}

fn list_tutors(cohort: &Cohort) -> Vec<String> {
    let tutors = cohort.rows.iter().map(|row| row.seat.tutor.as_str());
    let tutors: BTreeSet<&str> = tutors.filter(|tutor| !tutor.is_empty()).collect();
    let mut tutors: Vec<String> = tutors.into_iter().map(str::to_owned).collect();
    tutors.sort_by(|a, b| natural(a, b));
    tutors
}

fn list_sections(cohort: &Cohort) -> Vec<CohortSection> {
    let index = RowIndex::new(&cohort.rows);
    let mut sections = vec![
        build_colour(
            "Act today",
            &cohort.act_today(),
            &index,
            "No learner is over a threshold for today.",
        ),
        build_waiting(cohort, &index),
        build_near(cohort, &index),
        build_late(cohort, &index),
        build_colour(
            "Look this week",
            &cohort.look_this_week(),
            &index,
            "No learner is over a threshold for this week alone.",
        ),
    ];
    sections.extend(build_unknown(cohort, &index));
    let reasons = Part::prose(
        "Reasons",
        vec!["Each reason with the learners that have it; a learner can have several.".to_owned()],
    );
    sections.push(CohortSection {
        reasons: Some(tabulate_reasons(cohort, &index)),
        ..reasons.into()
    });
    let all = Part::prose("All learners", Vec::new());
    sections.push(CohortSection {
        learners: Some(tabulate_learners(cohort)),
        ..all.into()
    });
    let standards = cohort.standards();
    sections.extend(standards.iter().map(|one| build_heat(cohort, one, &index)));
    let mut rest = vec![Part::table("Stages", tabulate_stages(cohort))];
    rest.extend(tabulate_groups(cohort));
    let lines = cohort.tallies.lines();
    if !lines.is_empty() {
        let mut part = Part::table("Assessors", tabulate_assessors(cohort, &lines));
        part.text = describe_assessors(cohort);
        rest.push(part);
    }
    rest.push(Part::table("Rules", tabulate_rules(cohort)));
    sections.extend(rest.into_iter().map(CohortSection::from));
    sections
}

impl From<Part> for CohortSection {
    fn from(part: Part) -> Self {
        Self {
            part,
            lines: Vec::new(),
            reasons: None,
            learners: None,
            heat: None,
        }
    }
}

/// A list of learners with an introduction, or that there are none.
fn build_list(title: &str, lines: Vec<CohortLine>, text: &str, none: &str) -> CohortSection {
    let text = if lines.is_empty() { none } else { text };
    let text = (!text.is_empty()).then(|| text.to_owned());
    CohortSection {
        lines,
        ..Part::prose(title, text.into_iter().collect()).into()
    }
}

/// The rows of a colour, or that there are none.
fn build_colour(title: &str, rows: &[&Row], index: &RowIndex, none: &str) -> CohortSection {
    let line = |row: &&Row| CohortLine {
        row: index.number(row),
        state: Some(label(row.colour)),
        name: row.name().to_owned(),
        meta: people_words(row),
        text: row.why(),
        also: row.less_urgent(),
    };
    let text = match rows.len() {
        0 | 1 => "",
        _ => "Learners with most reasons come first. A name leads to all figures of the learner.",
    };
    build_list(title, rows.iter().map(line).collect(), text, none)
}

fn build_waiting(cohort: &Cohort, index: &RowIndex) -> CohortSection {
    let line = |(row, facts): (&Row, &LearnerFacts)| CohortLine {
        row: index.number(row),
        name: row.name().to_owned(),
        text: waiting_words(row, facts),
        ..CohortLine::default()
    };
    let lines: Vec<CohortLine> = cohort.waiting().into_iter().map(line).collect();
    let table = (!lines.is_empty()).then(|| tabulate_owners(cohort));
    let mut section = build_list(
        "Waiting for an assessor",
        lines,
        "The longest wait comes first.",
        "Nothing waits for an assessor.",
    );
    section.part.table = table.and_then(|grid| Part::table("", grid).table);
    section.part.text.extend(name_never_assessed(cohort));
    section
}

/// The learners whose entries wait and about which no assessor has decided anything.
fn name_never_assessed(cohort: &Cohort) -> Option<String> {
    let rows = cohort.never_assessed();
    let names: Vec<&str> = rows.iter().map(|row| row.name()).collect();
    (!names.is_empty()).then(|| {
        format!(
            "No assessor has decided anything yet for {}.",
            names.join(", ")
        )
    })
}

fn build_near(cohort: &Cohort, index: &RowIndex) -> CohortSection {
    let line = |(row, facts): (&Row, &LearnerFacts)| CohortLine {
        row: index.number(row),
        name: row.name().to_owned(),
        meta: end_words(facts),
        text: format!("Gateway {}", gateway_words(facts)),
        ..CohortLine::default()
    };
    let lines: Vec<CohortLine> = cohort.near_gateway().into_iter().map(line).collect();
    build_list(
        "Near the gateway or past the planned end",
        lines,
        "In the last 30 days before the planned end, after it, or with nothing known to be missing. \
         `ksbfolio gateway` in the learner's folder names each item.",
        "No learner is within 30 days of the planned end, past it, or ready.",
    )
}

/// The learners who may finish after the planned end.
fn build_late(cohort: &Cohort, index: &RowIndex) -> CohortSection {
    let line = |(row, facts, lateness): (&Row, &LearnerFacts, Lateness)| CohortLine {
        row: index.number(row),
        name: row.name().to_owned(),
        meta: end_words(facts),
        text: finish_words(facts, lateness),
        ..CohortLine::default()
    };
    let lines: Vec<CohortLine> = cohort.finish_late().into_iter().map(line).collect();
    let is_open = |facts: &LearnerFacts| matches!(facts.forecast, Forecast::Unknown(_));
    let unknown = cohort.facts().filter(|(_, facts)| is_open(facts)).count();
    let mut section = build_list(
        "May finish late",
        lines,
        "The planned end is still to come, and the forecast is after it: late at both of its paces, or \
         perhaps late, at one of them. A pace is no promise.",
        "No forecast is after the planned end.",
    );
    if unknown > 0 {
        let learners = plural(unknown, "learner has", "learners have");
        let words = format!("{unknown} {learners} no forecast yet.");
        section.part.text.push(words);
    }
    section
}

/// The learners of a standard by its codes.
fn build_heat(cohort: &Cohort, standard: &CohortStandard<'_>, index: &RowIndex) -> CohortSection {
    let heat = map_heat(cohort, standard, index);
    let key = "A accepted, R ready to assess, M needs more, D draft only, – no evidence, W waived. \
               Learners are in the order of the table of all learners.";
    let text = vec![list_weakest(&heat), key.to_owned()];
    let mut section = CohortSection {
        heat: Some(heat),
        ..Part::prose(&format!("Codes of {}", standard.heading()), text).into()
    };
    section.part.anchor = slug(&format!("codes-of-{}", standard.short_name()));
    section
}

/// The learners about whom too little is known, and those that were not judged at all.
fn build_unknown(cohort: &Cohort, index: &RowIndex) -> Vec<CohortSection> {
    let list = |title: &str, text: &str, is_judged: bool| {
        let rows = cohort
            .rows
            .iter()
            .filter(|row| row.colour == RiskColour::Unknown && row.facts.is_some() == is_judged);
        let line = |row: &Row| CohortLine {
            row: index.number(row),
            state: Some(label(row.colour)),
            name: row.name().to_owned(),
            meta: people_words(row),
            text: row.why(),
            ..CohortLine::default()
        };
        let lines: Vec<CohortLine> = rows.map(line).collect();
        (!lines.is_empty()).then(|| build_list(title, lines, text, ""))
    };
    let unknown = list(
        "Unknown",
        "No threshold is passed, and not everything is known that would show that all is well.",
        true,
    );
    let unjudged = list("Not judged", "", false);
    unknown.into_iter().chain(unjudged).collect()
}
