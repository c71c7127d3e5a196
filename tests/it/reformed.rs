//! Reformed assessment as data: what the employer verifies, and what the assessment may sample.

use jiff::civil::date;
use ksbfolio::model::State;

use super::support::in_process::load;
use super::support::{AS_OF, TINY, Workspace, entry, repository};

const VERIFIED_BY: &str = "prefix: B, verified_by: employer }";

fn reformed() -> Workspace {
    let standard = TINY
        .replace("prefix: B }", VERIFIED_BY)
        .replace("text: \"One\" }", "text: \"One\", assessed: always }")
        .replace(
            "text: \"Two\" }",
            "text: \"Two\", assessed: may-be-sampled }",
        );
    Workspace::tiny().file("standards/tiny.yaml", standard)
}

fn by(role: &str, more: &str) -> String {
    format!("version: 1\nassessor: {{ id: EMP-3, role: {role} }}\ndate: 2026-11-18\n{more}")
}

fn state_of(workspace: &Workspace, code: &str) -> (String, String) {
    let coverage = workspace.coverage();
    let all = coverage["standards"][0]["criteria"].as_array().unwrap();
    let line = all.iter().find(|line| line["code"] == code).unwrap();
    let text = |key: &str| line[key].as_str().unwrap().to_owned();
    (text("state"), text("why"))
}

fn problems(workspace: &Workspace) -> Vec<String> {
    let found = workspace.findings();
    let about = found.iter().filter(|one| {
        let file = one["file"].as_str().unwrap_or_default();
        file.starts_with("portfolio/decisions/")
    });
    about
        .map(|one| format!("{}: {}", one["rule"], one["message"]).replace('"', ""))
        .collect()
}

#[test]
fn what_the_employer_verifies_needs_no_entry() {
    let workspace = reformed();
    assert_eq!(state_of(&workspace, "B1").0, "gap");
    let workspace = workspace.file(
        "portfolio/decisions/a.yaml",
        by("employer", "verified: [b1]\n"),
    );
    assert_eq!(
        state_of(&workspace, "B1"),
        (
            "accepted".to_owned(),
            "Verified by the employer (EMP-3) on 18 November 2026.".to_owned()
        )
    );
    assert_eq!(problems(&workspace), [""; 0]);
    // Before that day it was not verified.
    let earlier = workspace.load_on(date(2026, 11, 17));
    let last = earlier.coverage.lines().last().unwrap();
    assert_eq!(last.state, State::Gap);
    assert!(
        workspace
            .explain_criterion("B1")
            .contains("Verified by the employer")
    );
    assert!(
        workspace
            .page("criteria/tiny/B1.html")
            .contains("Behaviour, verified by the employer")
    );
}

#[test]
fn a_verification_that_binds_to_nothing_is_reported() {
    let report = |role: &str, codes: &str| {
        let file = by(role, &format!("verified: [{codes}]\n"));
        let workspace = reformed().file("portfolio/decisions/a.yaml", file);
        assert_eq!(state_of(&workspace, "B1").0, "gap", "{role} {codes}");
        problems(&workspace).join("\n")
    };
    let found = report("assessor", "B1");
    assert!(
        found.contains("unbound-decision") && found.contains("by the role assessor"),
        "{found}"
    );
    let found = report("employer", "K1");
    assert!(found.contains("K1 needs evidence"), "{found}");
    let found = report("employer", "B9");
    assert!(found.contains("has the code B9"), "{found}");
    // The standard does not say that the employer verifies anything.
    let workspace = Workspace::tiny().file(
        "portfolio/decisions/a.yaml",
        by("employer", "verified: [B1]\n"),
    );
    assert_eq!(state_of(&workspace, "B1").0, "gap");
    assert!(problems(&workspace).join("").contains("B1 needs evidence"));
}

#[test]
fn a_verification_with_a_defect_does_not_count_and_lifts_no_referral() {
    let own = by("employer", "verified: [B1]\n").replace("EMP-3", "L-1");
    let workspace = reformed().file("portfolio/decisions/a.yaml", own);
    assert_eq!(state_of(&workspace, "B1").0, "gap");
    assert!(
        problems(&workspace)
            .join("")
            .contains("unverified-decision")
    );
    let unsigned = reformed()
        .file("portfolio/decisions/allowed_signers", "")
        .file(
            "portfolio/decisions/a.yaml",
            by("employer", "verified: [B1]\n"),
        );
    assert_eq!(state_of(&unsigned, "B1").0, "gap");
    assert!(problems(&unsigned).join("").contains("unverified-decision"));
    let referral = "version: 1\nassessor: { id: AS-12, role: assessor }\ndate: 2026-11-18\n\
                    decisions:\n  - entry: one\n    claims: { B1: referred }\n";
    let referred = reformed()
        .file(
            "portfolio/entries/one.md",
            entry("id: one\nksbs: [{B1: a}]\n"),
        )
        .file("portfolio/decisions/a.yaml", referral)
        .file(
            "portfolio/decisions/b.yaml",
            by("employer", "verified: [B1]\n"),
        );
    assert_eq!(state_of(&referred, "B1").0, "thin");
}

#[test]
fn the_page_of_a_criterion_says_how_it_is_assessed() {
    let workspace = reformed();
    assert!(
        workspace
            .page("criteria/tiny/K1.html")
            .contains("Knowledge, always assessed")
    );
    assert!(
        workspace
            .page("criteria/tiny/K2.html")
            .contains("Knowledge, the assessment may sample it")
    );
    assert!(
        !workspace
            .page("criteria/tiny/K10.html")
            .contains("Knowledge, ")
    );
    // A sample of the assessment takes nothing from what the portfolio has to cover.
    assert_eq!(state_of(&workspace, "K2").0, "gap");
}

#[test]
fn old_and_new_words_are_in_the_gateway_and_the_guide() {
    let workspace = reformed();
    for page in ["gateway.html", "guide.html"] {
        let text = workspace.page(page);
        assert!(
            text.contains("apprenticeship assessment")
                || text.contains("Apprenticeship assessment"),
            "{page}"
        );
        assert!(text.contains("nd-point assessment"), "{page}");
    }
}

#[test]
fn the_shipped_standards_say_nothing_of_it() {
    let project = load(repository(), AS_OF);
    for (standard, _) in &project.portfolio.catalogue.standards {
        assert!(standard.kinds.iter().all(|kind| kind.verified_by.is_none()));
        assert!(
            standard
                .criteria
                .iter()
                .all(|one| one.assessed.known().is_none())
        );
    }
    assert!(project.portfolio.chain.verified.is_empty());
}
