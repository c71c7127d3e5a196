//! The list of entries, and what to write about next.

use super::answers::{
    HomeAnswer, ListedEntry, NearMiss, NextCode, OfferedModel, StageChoice, StandardProgress,
    StateCount, WriteAnswer,
};
use super::code_names::CodeNames;
use super::entry_answer::EntryLink;
use super::feedback::list_to_change;
use super::fields::list_kinds;
use super::status::{describe_status, list_sent_back};
use super::waiting::link_entry;
use crate::cover::{Finish, finish, nearest_entries, standing};
use crate::diagnostic::{Findings, Level};
use crate::engine::Snapshot;
use crate::model::{Line, ReflectionModel, StandardCoverage, State, Word};
use crate::text::{capitalised, in_words};

/// The most codes to write about.
const MOST_NEXT: usize = 5;

/// The most entries that would nearly cover a code.
const MOST_NEAR: usize = 5;

/// Describes a portfolio.
pub(super) fn describe_home(
    project: &Snapshot,
    findings: &Findings,
    deleted: Vec<EntryLink>,
) -> WriteAnswer {
    let (portfolio, coverage) = (&project.portfolio, &project.coverage);
    let settings = &portfolio.settings;
    let names = CodeNames::new(&portfolio.catalogue);
    let open = list_open(project);
    let next = open.iter().take(MOST_NEXT);
    let home = HomeAnswer {
        title: settings.title.clone(),
        learner: settings.learner_id.clone(),
        as_of: coverage.as_of.to_string(),
        is_copy: project.is_filtered(),
        problem: portfolio
            .standards_problem_in_words()
            .map(|problem| problem + "."),
        entries: list_entries(project, findings, &names),
        standards: coverage
            .standards
            .iter()
            .map(|one| describe_progress(project, one))
            .collect(),
        to_change: list_to_change(project, &names),
        next: next
            .map(|line| describe_next(project, &names, line))
            .collect(),
        near: find_near(project, &names, &open),
        pace: describe_pace(project),
        forecast: describe_forecast(project),
        lacks_start: settings.start.is_none() && !settings.is_unreadable,
        kinds: list_kinds(),
        models: portfolio.models.iter().map(describe_model).collect(),
        deleted,
    };
    WriteAnswer::Home(Box::new(home))
}

/// Criteria that need work, those without evidence first.
pub(super) fn list_open(project: &Snapshot) -> Vec<&Line> {
    let lines = project.coverage.lines();
    let is_open = |line: &&Line| !line.is_waived() && !line.state.is_complete();
    let mut open: Vec<&Line> = lines.filter(is_open).collect();
    let rank = |state: State| match state {
        State::Gap => 0,
        State::Thin => 1,
        _ => 2,
    };
    open.sort_by_key(|line| rank(line.state));
    open
}

fn list_entries(
    project: &Snapshot,
    findings: &Findings,
    names: &CodeNames<'_>,
) -> Vec<ListedEntry> {
    let entries = &project.portfolio.entries;
    let mut counts = vec![[0; 3]; entries.len()];
    for finding in findings {
        let at = project.portfolio.index.by_path(&finding.place.path);
        let level = match finding.level {
            Level::Error => 0,
            Level::Warning => 1,
            Level::Note => 2,
            Level::Off => continue,
        };
        if let Some(at) = at {
            counts[at][level] += 1;
        }
    }
    let listed = entries.iter().enumerate().rev().map(|(at, entry)| {
        let front = &entry.front_matter;
        let codes = entry.claims.iter().map(|claim| names.of(claim.criterion));
        ListedEntry {
            path: entry.path.as_str().to_owned(),
            id: entry.id.clone(),
            title: front.title.clone(),
            date: front.date.map(|date| date.to_string()),
            kind: front.kind.title().to_owned(),
            status: front.status.word().to_owned(),
            status_title: describe_status(project, at).to_owned(),
            visibility: front.visibility.word().to_owned(),
            words: entry.body.words,
            codes: codes.collect(),
            errors: counts[at][0],
            warnings: counts[at][1],
            notes: counts[at][2],
            is_referred: list_sent_back(project, at)
                .iter()
                .any(|(_, has_changed)| !has_changed),
            is_unread: front.unread,
            is_example: entry.is_example,
        }
    });
    listed.collect()
}

fn describe_progress(project: &Snapshot, one: &StandardCoverage) -> StandardProgress {
    let standard = project.portfolio.catalogue.standard(one.standard);
    let count = |state: &State| StateCount {
        state: state.word().to_owned(),
        title: state.title().to_owned(),
        count: one.counts.of_state(*state),
    };
    StandardProgress {
        id: standard.id.value.clone(),
        title: standard.full_title(),
        complete: one.counts.complete(),
        of: one.counts.out_of(),
        states: State::ALL.iter().map(count).collect(),
    }
}

fn describe_next(project: &Snapshot, names: &CodeNames<'_>, line: &Line) -> NextCode {
    let catalogue = &project.portfolio.catalogue;
    let id = line.criterion;
    let criterion = catalogue.criterion(id);
    let nearest = nearest_entries(&project.portfolio, id).first().copied();
    NextCode {
        code: names.of(id),
        statement: criterion.text.known().cloned(),
        standard: catalogue.standard(id.standard).id.value.clone(),
        state: line.state.word().to_owned(),
        state_title: line.state.title().to_owned(),
        why: line.why.clone(),
        next: line.next.clone(),
        prompts: criterion.prompts.clone(),
        nearest: nearest.map(|at| link_entry(project, at)),
    }
}

/// Entries that come near to a code without evidence.
fn find_near(project: &Snapshot, names: &CodeNames<'_>, open: &[&Line]) -> Vec<NearMiss> {
    let gaps = open.iter().filter(|line| line.state == State::Gap);
    let near = gaps.filter_map(|line| {
        let at = *nearest_entries(&project.portfolio, line.criterion).first()?;
        let entry = link_entry(project, at);
        let code = names.of(line.criterion);
        Some(NearMiss {
            sentence: format!(
                "“{}” is close to {code}: open it, select the words that show it, and choose {code}.",
                entry.title
            ),
            entry,
            code,
        })
    });
    near.take(MOST_NEAR).collect()
}

fn describe_pace(project: &Snapshot) -> Option<String> {
    let (portfolio, coverage) = (&project.portfolio, &project.coverage);
    let progress = standing(portfolio, coverage, None, coverage.as_of)?;
    Some(format!(
        "{}: {} with enough evidence, {} planned by now.",
        capitalised(&progress.words()),
        progress.complete,
        progress.expected
    ))
}

/// The day by which everything has evidence at the pace so far, or why no day is given.
fn describe_forecast(project: &Snapshot) -> Option<String> {
    let (portfolio, coverage) = (&project.portfolio, &project.coverage);
    portfolio.settings.start?;
    match finish(portfolio, coverage, None) {
        Finish::Done => None,
        Finish::On(day) => {
            let day = in_words(day);
            let end = portfolio.settings.planned_end.map(in_words);
            let end = end.map_or_else(String::new, |end| format!("; the planned end is {end}"));
            Some(format!(
                "At the pace so far, all codes have evidence by {day}{end}."
            ))
        }
        Finish::Unknown(why) => Some(format!("No forecast yet: {why}.")),
    }
}

fn describe_model(model: &ReflectionModel) -> OfferedModel {
    let stages = model.stages.iter().map(|stage| StageChoice {
        id: stage.id.clone(),
        title: stage.name.value.clone(),
        question: stage.prompts.first().cloned().unwrap_or_default(),
        prompts: stage.prompts.clone(),
    });
    OfferedModel {
        id: model.id.value.clone(),
        title: model.title.clone(),
        stages: stages.collect(),
    }
}
