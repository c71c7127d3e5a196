//! The site says states and sums on many pages: each is that of the coverage document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::support::Workspace;

/// The pages of the sample's site for assessors: what is in `<main>`, by path.
fn pages(workspace: &Workspace) -> BTreeMap<String, String> {
    let site = workspace.site("assessor").into_iter();
    let is_page = |path: &str| {
        path.rsplit_once('.')
            .is_some_and(|(_, ending)| ending == "html")
    };
    let html = site.filter(|(path, _)| is_page(path));
    html.map(|(path, bytes)| {
        let page = String::from_utf8(bytes).unwrap();
        let main = page.split_once("<main").map_or("", |(_, main)| main);
        let main = main.split_once("</main>").map_or(main, |(main, _)| main);
        (path, main.to_owned())
    })
    .collect()
}

/// The text of a page in one line.
fn plain(main: &str) -> String {
    let mut text = String::new();
    for part in main.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// All `N of M` in a text, each with the words behind it.
fn fractions(text: &str) -> Vec<(u64, u64, String)> {
    let words: Vec<&str> = text.split(' ').collect();
    let number = |word: &str| {
        word.trim_matches([',', '.', ';', ':', '(', ')'])
            .parse()
            .ok()
    };
    let at = |at: usize| {
        let &[first, of, second] = words.get(at..at + 3)? else {
            return None;
        };
        let after = words[at + 3..].iter().take(4).copied().collect::<Vec<_>>();
        (of == "of").then_some((number(first)?, number(second)?, after.join(" ")))
    };
    (0..words.len()).filter_map(at).collect()
}

/// The word after the first `class="state state-` of a fragment, and how many there are.
fn states_in(fragment: &str) -> Vec<&str> {
    let parts = fragment.split("class=\"state state-").skip(1);
    parts
        .map(|part| part.split(['"', ' ']).next().unwrap())
        .collect()
}

/// The criteria that a fragment links to: standard and code.
fn criteria_in(fragment: &str) -> BTreeSet<(String, String)> {
    let links = fragment.split("criteria/").skip(1);
    links
        .filter_map(|link| {
            let (standard, rest) = link.split_once('/')?;
            let (code, _) = rest.split_once(".html")?;
            Some((standard.to_owned(), code.to_owned()))
        })
        .collect()
}

/// The states of all criteria, as pages show them.
fn shown_states(coverage: &Value) -> BTreeMap<(String, String), String> {
    let mut states = BTreeMap::new();
    for standard in coverage["standards"].as_array().unwrap() {
        let id = standard["id"].as_str().unwrap();
        for one in standard["criteria"].as_array().unwrap() {
            let flags = one["flags"].as_array().unwrap();
            let state = one["state"].as_str().unwrap();
            let is_waived = flags.iter().any(|flag| flag == "waived");
            let is_open = !matches!(state, "evidenced" | "accepted");
            let shown = if is_waived && is_open {
                "waived"
            } else {
                state
            };
            let code = one["code"].as_str().unwrap().to_owned();
            states.insert((id.to_owned(), code), shown.to_owned());
        }
    }
    states
}

#[test]
fn every_page_gives_a_criterion_the_state_of_the_coverage_document() {
    let sample = Workspace::sample();
    let states = shown_states(&sample.coverage());
    let (mut seen, mut on) = (0, BTreeSet::new());
    for (path, main) in pages(&sample) {
        // The heading of a criterion's own page.
        let own = criteria_in(&path);
        if let Some(criterion) = own.first() {
            let heading = main.split_once("</h1>").unwrap().0;
            assert_eq!(states_in(heading), [states[criterion].as_str()], "{path}");
            seen += 1;
            continue;
        }
        // Rows and items with one criterion and one state.
        let rows = main.split("<tr").flat_map(|row| row.split("<li"));
        for row in rows.flat_map(|row| row.split("<article")) {
            let row = row
                .split("</tr>")
                .next()
                .unwrap()
                .split("</li>")
                .next()
                .unwrap();
            let (criteria, states_here) = (criteria_in(row), states_in(row));
            if let ([state], 1) = (&states_here[..], criteria.len()) {
                let criterion = criteria.first().unwrap();
                assert_eq!(*state, states[criterion], "{path}: {criterion:?}");
                on.insert(path.split('/').next().unwrap().to_owned());
                seen += 1;
            }
        }
    }
    assert!(seen > 350, "only {seen} states were found");
    for page in ["gaps.html", "review.html", "standards", "groups"] {
        assert!(on.contains(page), "no state on {page}");
    }
}

#[test]
fn sums_that_are_said_twice_are_one_number() {
    let sample = Workspace::sample();
    let coverage = sample.coverage();
    let pages = pages(&sample);
    let texts: BTreeMap<&str, String> = pages
        .iter()
        .map(|(path, main)| (path.as_str(), plain(main)))
        .collect();
    let (mut accepted_of_all, mut codes, mut ready_of_all) = (0, 0, 0);
    let mut ready_by_standard = Vec::new();
    for standard in coverage["standards"].as_array().unwrap() {
        let number = |key: &str| standard["summary"][key].as_u64().unwrap();
        let (accepted, total) = (number("accepted"), number("total") - number("waived"));
        let ready = accepted + number("evidenced");
        let states: u64 = ["gap", "drafted", "thin", "evidenced", "accepted"]
            .iter()
            .map(|key| number(key))
            .sum();
        assert_eq!(states, total);
        accepted_of_all += accepted;
        ready_of_all += ready;
        codes += total;
        ready_by_standard.push((ready, total));
        let page = &texts[format!("standards/{}.html", standard["id"].as_str().unwrap()).as_str()];
        let of_page = fractions(page)
            .into_iter()
            .find(|one| one.1 == total && one.2.starts_with("accepted"));
        assert_eq!(of_page.map(|one| one.0), Some(accepted), "{page}");
    }
    // All standards together.
    let mut said = 0;
    for (path, text) in &texts {
        for (number, total, after) in fractions(text) {
            if total == codes && after.starts_with("accepted") {
                assert_eq!(number, accepted_of_all, "{path}");
                said += 1;
            }
        }
    }
    assert!(said >= 3, "said {said} times");
    let now = fractions(&texts["timeline.html"])
        .into_iter()
        .find(|one| one.1 == codes);
    assert_eq!(now.map(|one| one.0), Some(ready_of_all));
    // Each standard, in the order of the portfolio.
    let ready = |path: &str, words: &str| -> Vec<(u64, u64)> {
        let all = fractions(&texts[path]).into_iter();
        let fits = all.filter(|one| words.is_empty() || one.2.starts_with(words));
        fits.map(|one| (one.0, one.1)).collect()
    };
    // The gateway has what is not met first.
    let mut at_gateway = ready("gateway.html", "are ready or accepted");
    let mut sorted = ready_by_standard.clone();
    at_gateway.sort_unstable();
    sorted.sort_unstable();
    assert_eq!(at_gateway, sorted);
    for path in ["review.html", "timeline.html"] {
        let all = ready(path, "");
        for one in &ready_by_standard {
            assert!(all.contains(one), "{path}: {one:?} is not among {all:?}");
        }
    }
}

#[test]
fn the_bar_of_a_group_is_the_same_on_its_page_and_on_that_of_its_standard() {
    let sample = Workspace::sample();
    let coverage = sample.coverage();
    let texts: BTreeMap<String, String> = pages(&sample)
        .into_iter()
        .map(|(path, main)| (path, plain(&main)))
        .collect();
    let mut compared = 0;
    for standard in coverage["standards"].as_array().unwrap() {
        let id = standard["id"].as_str().unwrap();
        let whole = &texts[&format!("standards/{id}.html")];
        for group in standard["groups"].as_array().unwrap() {
            let code = group["code"].as_str().unwrap();
            let path = format!("groups/{id}/{}.html", code.to_lowercase().replace(' ', "-"));
            let Some(own) = texts.get(&path) else {
                continue;
            };
            let of = group["of"].as_u64().unwrap();
            let on_page = fractions(own)
                .into_iter()
                .find(|one| one.1 == of && one.2.starts_with("accepted"));
            let (number, ..) = on_page.unwrap_or_else(|| panic!("{path}: {own}"));
            assert!(
                whole.contains(&format!("{number} of {of}")),
                "{path}: {number} of {of}"
            );
            compared += 1;
        }
    }
    assert!(compared >= 10, "only {compared} groups");
}
