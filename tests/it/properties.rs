//! Properties that hold for any input.

use ksbfolio::parse;
use ksbfolio::text::Source;
use proptest::prelude::*;

use super::support::{Sandbox, Workspace, entry, tree};

/// Valid and invalid fragments of entries, so that random texts resemble real ones.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("---\n".to_owned()),
        Just("title: A\n".to_owned()),
        Just("date: 2026-03-14\n".to_owned()),
        Just("ksbs: [K1, {K2: \"x\"}]\n".to_owned()),
        Just("actions:\n  - { what: x, by: 2026-01-01, done: }\n".to_owned()),
        Just("attachments:\n  - file: a\n".to_owned()),
        Just("## Description\n\n".to_owned()),
        Just("[words](ksb:K1,k 2)".to_owned()),
        Just("![](x.png)".to_owned()),
        Just("```\n".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\r\n".to_owned()),
        Just("&a [*a]\n".to_owned()),
        Just("\t- \"\n".to_owned()),
        "\\PC{0,12}",
        any::<String>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_never_panics_and_every_place_is_inside_the_text(text in text()) {
        let source = Source::new("portfolio/entries/any.md", &text);
        let faults = [
            parse::entry(&source).faults,
            parse::settings(&source).faults,
            parse::standard(&source).faults,
            parse::decisions(&source).faults,
            parse::consents(&source).faults,
            parse::reflection_model(&source).faults,
        ];
        for fault in faults.iter().flatten() {
            let span = fault.place.span;
            prop_assert!(text.get(span.start..span.end).is_some(), "{fault:?}");
        }
    }
}

const CODES: [&str; 4] = ["K1", "K2", "K10", "B1"];

#[derive(Clone, Debug)]
struct Written {
    codes: Vec<usize>,
    draft: bool,
    private: bool,
    day: u8,
}

fn written() -> impl Strategy<Value = Written> {
    (
        proptest::collection::vec(0..CODES.len(), 0..3),
        any::<bool>(),
        any::<bool>(),
        1_u8..28,
    )
        .prop_map(|(codes, draft, private, day)| Written {
            codes,
            draft,
            private,
            day,
        })
}

impl Written {
    fn text(&self) -> String {
        let codes: Vec<String> = self
            .codes
            .iter()
            .map(|&code| format!("{{{}: a}}", CODES[code]))
            .collect();
        let draft = if self.draft { "status: draft\n" } else { "" };
        let private = if self.private {
            "visibility: private\n"
        } else {
            ""
        };
        entry(&format!("ksbs: [{}]\n{draft}{private}", codes.join(", ")))
            .replace("2026-11-14", &format!("2026-10-{:02}", self.day))
    }
}

fn states(sandbox: &Workspace) -> Vec<usize> {
    const ORDER: [&str; 5] = ["gap", "drafted", "thin", "evidenced", "accepted"];
    let document = sandbox.coverage();
    let criteria = document["standards"][0]["criteria"]
        .as_array()
        .unwrap()
        .clone();
    criteria
        .iter()
        .map(|one| {
            ORDER
                .iter()
                .position(|state| one["state"] == *state)
                .unwrap()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_names_of_files_never_matter(entries in proptest::collection::vec(written(), 1..6), turn in 0_usize..6) {
        let report = |names: &dyn Fn(usize) -> usize| {
            let sandbox = Workspace::tiny();
            for (at, entry) in entries.iter().enumerate() {
                let text = entry.text().replace("title: A", &format!("id: e{at}\ntitle: A"));
                sandbox.write(&format!("portfolio/entries/f{}.md", names(at)), text);
            }
            let document = sandbox.check();
            let mut found: Vec<String> =
                document["findings"].as_array().unwrap().iter().map(|one| one["fingerprint"].to_string()).collect();
            found.sort();
            (found, sandbox.coverage_as("json"))
        };
        let size = entries.len();
        prop_assert_eq!(report(&|at| at), report(&|at| (at + turn) % size + 10 * (at % 2)));
    }

    #[test]
    fn one_more_submitted_entry_never_worsens_a_state(
        entries in proptest::collection::vec(written(), 0..5),
        more in written(),
    ) {
        let sandbox = Workspace::tiny();
        for (at, entry) in entries.iter().enumerate() {
            sandbox.write(&format!("portfolio/entries/{at}.md"), entry.text());
        }
        let before = states(&sandbox);
        sandbox.write("portfolio/entries/more.md", Written { draft: false, ..more }.text());
        let after = states(&sandbox);
        prop_assert!(before.iter().zip(&after).all(|(before, after)| before <= after), "{before:?} {after:?}");
    }

    #[test]
    fn a_build_over_an_older_one_equals_a_clean_one(
        first in proptest::collection::vec(written(), 0..5),
        second in proptest::collection::vec(written(), 0..5),
    ) {
        let sandbox = Sandbox::tiny();
        let write = |entries: &[Written]| {
            let _ = std::fs::remove_dir_all(sandbox.path().join("portfolio/entries"));
            for (at, entry) in entries.iter().enumerate() {
                sandbox.write(&format!("portfolio/entries/{at}.md"), entry.text());
            }
        };
        write(&first);
        prop_assert_eq!(sandbox.run(&["build", "--output", "over"]).code, 0);
        write(&second);
        prop_assert_eq!(sandbox.run(&["build", "--output", "over"]).code, 0);
        prop_assert_eq!(sandbox.run(&["build", "--output", "clean"]).code, 0);
        prop_assert_eq!(tree(&sandbox.path().join("over")), tree(&sandbox.path().join("clean")));
    }
}
