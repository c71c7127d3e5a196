//! The promises at the head of `tests/hostile/workspace.yaml` hold for any entry, setting, file or
//! file name. Each input of the tables in that folder is placed in a small workspace, and the real
//! program runs on it.
//!
//! `KSBFOLIO_HOSTILE=id` runs a single input.

#![cfg(unix)]

mod inputs;
mod markup;
mod page;
mod place;
mod reports;
mod site;

use std::collections::BTreeSet;

use rayon::prelude::*;

use inputs::{Case, ResolveContext};
use place::{Done, Place};
use site::Site;

/// Violated promises, each as a sentence.
type Problems = Vec<String>;

const THEMES: [&str; 9] = [
    "breakouts",
    "front-matter",
    "html",
    "links",
    "markdown",
    "paths",
    "pictures",
    "private",
    "terminal",
];

/// Runs all inputs of a theme on all cores and reports all violations together.
fn judge(theme: &str) {
    let world = ResolveContext::read();
    let only = std::env::var("KSBFOLIO_HOSTILE").ok();
    let mut cases = inputs::read(theme);
    cases.retain(|case| only.as_ref().is_none_or(|only| *only == case.id));
    let wrong = |case: &Case| {
        let problems = judged(case, &world);
        (!problems.is_empty())
            .then(|| format!("{} ({}):\n  {}", case.id, case.what, problems.join("\n  ")))
    };
    let wrong: Vec<String> = cases.par_iter().with_max_len(1).filter_map(wrong).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} in {theme}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

fn judged(case: &Case, world: &ResolveContext) -> Problems {
    let place = Place::new(case, world);
    let before = place.snapshot();
    let strangers = place.strangers();
    let runs = place.commands(case.expect.again);
    let mut problems: Problems = runs.iter().flat_map(Done::problems).collect();
    problems.extend(place.changes(&before));
    let (check, build, mine) = (&runs[0], &runs[2], &runs[3]);
    problems.extend(codes("check", check.code, &case.expect.check));
    problems.extend(codes("build", build.code, &case.expect.build));
    problems.extend(reports::problems(&place.reports(), &world.allowed));
    problems.extend(reports::missing(
        &place.reports(),
        check,
        &case.expect.finding,
    ));
    for run in &runs {
        problems.extend(reports::loud(
            &format!("what {} prints", run.name),
            &run.out,
        ));
        problems.extend(reports::loud(&format!("what {} says", run.name), &run.err));
    }
    let mut sites = Vec::new();
    for (run, folder) in [(build, "ws/output"), (mine, "private")] {
        let folder = place.path(folder);
        if matches!(run.code, Some(0 | 1)) && !folder.is_symlink() {
            sites.push(Site::read(run.name, &folder, &strangers, &world.allowed));
        }
    }
    let pack = std::fs::read(place.path("pack.html")).unwrap_or_default();
    problems.extend(sites.iter().flat_map(|site| site.problems.iter().cloned()));
    problems.extend(site::standing_alone(&pack, &world.allowed));
    problems.extend(expected(case, &sites));
    let mut everything = place.reports();
    everything.extend(
        runs.iter()
            .map(|run| (format!("what {} prints", run.name), run.out.clone())),
    );
    everything.extend(
        runs.iter()
            .map(|run| (format!("what {} says", run.name), run.err.clone())),
    );
    everything.extend(sites.into_iter().flat_map(|site| site.files));
    everything.push(("pack.html".to_owned(), pack));
    let secrets: Vec<&String> = world.secrets.iter().chain(&case.expect.absent).collect();
    problems.extend(
        everything
            .iter()
            .flat_map(|(name, bytes)| find_secrets(&secrets, name, bytes)),
    );
    let mut seen = BTreeSet::new();
    problems.retain(|problem| seen.insert(problem.clone()));
    problems
}

fn codes(command: &str, code: Option<i32>, right: &[i32]) -> Option<String> {
    let right = if right.is_empty() { &[0, 1] } else { right };
    let wrong = !code.is_some_and(|code| right.contains(&code));
    wrong.then(|| format!("expect: {command} ends with {code:?}, and not with one of {right:?}"))
}

/// Checks the expectations of the input itself.
fn expected(case: &Case, sites: &[Site]) -> Problems {
    let mut problems = Problems::new();
    let expect = &case.expect;
    for words in &expect.shown {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !sites.iter().any(|site| site.text.contains(&words)) {
            problems.push(format!("shown: no page shows {words:?}"));
        }
    }
    let Some(site) = sites.iter().find(|site| site.name == "build") else {
        return problems;
    };
    let has = |page: &str| {
        site.files
            .iter()
            .any(|(path, _)| *path == format!("build {page}"))
    };
    if expect.quiet_page.unwrap_or(true) && !has("entries/quiet.html") {
        problems.push("judged: the quiet entry has no page".to_owned());
    }
    if let Some(page) = expect.page.as_ref().filter(|page| !has(page)) {
        problems.push(format!("page: the site has no {page}"));
    }
    for words in &expect.hidden {
        let shows =
            |(path, bytes): &&(String, Vec<u8>)| path.contains(words) || holds(bytes, words);
        if let Some((path, _)) = site.files.iter().find(shows) {
            problems.push(format!("hidden: {path} holds {words:?}"));
        }
    }
    problems
}

fn holds(bytes: &[u8], words: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(words)
}

/// Reports each secret that a page, a report or a message contains.
fn find_secrets(secrets: &[&String], name: &str, bytes: &[u8]) -> Problems {
    let text = String::from_utf8_lossy(bytes);
    let reported = secrets
        .iter()
        .filter(|secret| text.contains(secret.as_str()));
    reported
        .map(|secret| format!("private: {name} holds {secret:?}"))
        .collect()
}

#[test]
fn the_tables_are_large_and_every_input_has_a_name_and_a_slot() {
    let world = ResolveContext::read();
    let cases: Vec<Case> = THEMES
        .iter()
        .flat_map(|theme| inputs::read(theme))
        .collect();
    assert!(cases.len() >= 320, "only {} inputs", cases.len());
    let mut ids = BTreeSet::new();
    for case in &cases {
        assert!(ids.insert(&case.id), "{} is not unique", case.id);
        assert!(
            world.slots.contains_key(&case.slot),
            "{}: no slot {}",
            case.id,
            case.slot
        );
        let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        assert!(
            case.id.chars().all(plain),
            "{} is not in kebab-case",
            case.id
        );
    }
}

#[test]
fn raw_html_stays_text() {
    judge("html");
}

#[test]
fn addresses_lead_only_to_allowed_targets() {
    judge("links");
}

#[test]
fn markdown_is_inert_and_parsed_in_time() {
    judge("markdown");
}

#[test]
fn nothing_breaks_out_of_its_place() {
    judge("breakouts");
}

#[test]
fn yaml_is_only_data() {
    judge("front-matter");
}

#[test]
fn private_content_stays_private() {
    judge("private");
}

#[test]
fn paths_and_links_lead_to_nothing_outside() {
    judge("paths");
}

#[test]
fn pictures_are_pictures() {
    judge("pictures");
}

#[test]
fn printed_output_is_inert() {
    judge("terminal");
}
