//! The sample portfolio is what it says it is.

use super::support::{Workspace, repository, tree};

#[test]
fn the_sample_is_mid_programme_and_has_only_coverage_findings() {
    let document = Workspace::sample().check();
    let others: Vec<String> = document["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| {
            let rule = ksbfolio::check::rules::find(one["rule"].as_str().unwrap()).unwrap();
            rule.group != ksbfolio::check::RuleGroup::Coverage
        })
        .map(ToString::to_string)
        .collect();
    assert_eq!(others, Vec::<String>::new());
    let coverage = Workspace::sample().coverage();
    let summary = &coverage["standards"][0]["summary"];
    for state in ["gap", "drafted", "thin", "evidenced", "accepted", "waived"] {
        assert!(summary[state].as_u64().unwrap() > 0, "{state}: {summary}");
    }
    assert_eq!(summary["total"], 72);
}

#[test]
fn the_sample_has_entries_of_many_types_and_reflections_of_realistic_length() {
    let entries: Vec<String> = tree(&repository().join("portfolio/entries"))
        .into_iter()
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    assert!(entries.len() >= 30, "{}", entries.len());
    for kind in [
        "reflection",
        "observation",
        "witness-testimony",
        "case-study",
        "practice-record",
        "cpd",
        "assignment",
    ] {
        assert!(
            entries
                .iter()
                .any(|text| text.contains(&format!("\ntype: {kind}\n"))),
            "{kind}"
        );
    }
    for text in entries
        .iter()
        .filter(|text| text.contains("\nmodel: gibbs\n") && text.contains("\nstatus: submitted\n"))
    {
        let body = text.splitn(3, "---\n").nth(2).unwrap();
        let words = body
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .count();
        assert!(
            (400..=820).contains(&words),
            "{words} words: {}",
            &text[..60]
        );
        assert!(body.contains("](ksb:"), "no passage: {}", &text[..60]);
    }
}
