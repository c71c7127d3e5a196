//! Applying an edit to a loaded project gives the same result as reloading it.

use std::collections::BTreeMap;

use ksbfolio::engine::open_theme;
use ksbfolio::model::Audience;
use ksbfolio::render;
use ksbfolio::report::coverage_json;
use ksbfolio::store;
use ksbfolio::view::{self, SiteScope};
use proptest::prelude::*;

use crate::support::in_process::Project;
use crate::support::{TINY, Workspace};

const HEADS: [&str; 9] = [
    "title: A\ndate: 2026-11-14\nksbs: [K1]\n",
    "title: B\ndate: 2026-11-14\nksbs: [k2, K10]\n",
    "title: A\ndate: 2026-11-14\nstatus: draft\nksbs: [K1]\n",
    "title: A\ndate: 2026-11-14\nvisibility: private\nksbs: [K1, K77]\n",
    "title: A\ndate: 2026-11-15\nksbs: [K1]\n",
    "title: A\ndate: 2026-11-14\nid: other\nksbs: [K1]\n",
    "title: A: broken\ndate: 2026-11-14\n",
    "title: A\ndate: 2026-11-14\nattachments: [{ file: evidence/a.png, alt: a }]\nksbs: [K1]\n",
    "title: A\ndate: 2026-11-14\nevent_date: 2026-11-13\nactions: [{ what: w, closed_by: two }]\nksbs: [B1]\n",
];
const BODIES: [&str; 6] = [
    "Words.\n",
    "## Description\n\nWe did. We saw. We said. We went. We came. We left. We met.\n\n## Feelings\n\nNone.\n",
    "[the exact words](ksb:K1,K10) and [more](two.md) and ![p](../evidence/a.png)\n",
    "[gone](three.md) [x](entry:nobody) [y](#nowhere) K2 is not claimed.\n",
    "",
    "The same words as in the other entry, more than five of them, again and again and again.\n",
];

fn entry() -> impl Strategy<Value = String> {
    (0..HEADS.len(), 0..BODIES.len())
        .prop_map(|(head, body)| format!("---\n{}---\n\n{}", HEADS[head], BODIES[body]))
}

fn workspace() -> Workspace {
    let sandbox = Workspace::empty().file("standards/tiny.yaml", TINY);
    let sandbox = sandbox.file(
        "portfolio/portfolio.yaml",
        "version: 1\ntitle: T\nlearner: { id: L }\nstandards: [tiny]\n",
    );
    sandbox
        .file("portfolio/evidence/a.png", "no picture")
        .file("portfolio/entries/two.md", format!("---\ntitle: Two\ndate: 2026-11-14\nksbs: [K1]\n---\n\n{}", BODIES[5]))
        .file("portfolio/decisions/1.yaml", "version: 1\nassessor: { id: A, role: assessor }\ndate: 2026-11-16\ndecisions:\n  - { entry: two, attempt: 1, claims: { K1: accepted } }\n")
}

/// Every observable output of a project.
fn seen(project: &Project) -> BTreeMap<String, String> {
    let mut seen = BTreeMap::new();
    seen.insert(
        "coverage".to_owned(),
        coverage_json(&project.portfolio, &project.coverage),
    );
    let findings = project.check(None, None).all;
    let reported = findings.fingerprinted().map(|(finding, fingerprint)| {
        let place = project
            .sources
            .place(&finding.place.path, finding.place.span);
        format!(
            "{finding:?} {fingerprint} {place:?} {:?}",
            project
                .sources
                .excerpt(&finding.place.path, finding.place.span)
        )
    });
    seen.insert(
        "findings".to_owned(),
        reported.collect::<Vec<_>>().join("\n"),
    );
    let theme = open_theme(project, None).unwrap();
    for audience in [Audience::Public, Audience::Private] {
        let backdrop = SiteScope::new(&project.portfolio, audience, BTreeMap::new(), Some(1));
        let scene = project.scene(&backdrop);
        for job in view::jobs(&scene) {
            let page = render::page(&theme, &scene, job).unwrap();
            seen.insert(
                format!("{audience:?} {}", page.path.as_str()),
                String::from_utf8(page.bytes).unwrap(),
            );
        }
        seen.extend(
            view::search_files(&scene)
                .into_iter()
                .map(|(path, text)| (format!("{audience:?} {path}"), text)),
        );
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn revising_equals_reloading(edits in prop::collection::vec((any::<bool>(), entry()), 1..6)) {
        let sandbox = workspace();
        sandbox.write("portfolio/entries/one.md", format!("---\n{}---\n\n{}", HEADS[0], BODIES[0]));
        let mut live = sandbox.load();
        for (first, text) in edits {
            let path = if first { "portfolio/entries/one.md" } else { "portfolio/entries/two.md" };
            sandbox.write(path, &text);
            let source = store::entry(sandbox.path(), &sandbox.path().join(path)).unwrap().unwrap();
            if !live.revise(&source) {
                live = sandbox.load();
            }
            let (now, anew) = (seen(&live), seen(&sandbox.load()));
            prop_assert_eq!(now, anew);
        }
    }
}

#[test]
fn edits_of_words_titles_and_codes_are_revised_and_no_others() {
    let sandbox = workspace();
    sandbox.write(
        "portfolio/entries/one.md",
        format!("---\n{}---\n\n{}", HEADS[0], BODIES[0]),
    );
    let mut live = sandbox.load();
    let mut revised = |head: &str, body: &str| {
        sandbox.write(
            "portfolio/entries/one.md",
            format!("---\n{head}---\n\n{body}"),
        );
        let source = store::entry(
            sandbox.path(),
            &sandbox.path().join("portfolio/entries/one.md"),
        )
        .unwrap()
        .unwrap();
        live.revise(&source)
    };
    assert!(
        revised(HEADS[0], BODIES[1])
            && revised(HEADS[1], BODIES[1])
            && revised(HEADS[2], BODIES[0])
    );
    assert!(
        !revised(HEADS[4], BODIES[0]),
        "another day is another place in the order"
    );
    assert!(!revised(HEADS[5], BODIES[0]), "another id is another entry");
    assert!(
        !revised(HEADS[7], BODIES[0]),
        "an attachment may be a picture to show"
    );
}
