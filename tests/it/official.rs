//! The shipped ST0215 compared with the official text.

use std::collections::{BTreeMap, BTreeSet};

use ksbfolio::model::{Code, Standard};
use ksbfolio::parse;
use ksbfolio::text::Source;

use super::support::repository;

fn shipped(name: &str) -> Standard {
    let path = format!("standards/{name}.yaml");
    let text = std::fs::read_to_string(repository().join(&path)).unwrap();
    let parsed = parse::standard(&Source::new(&path, &text));
    assert_eq!(parsed.faults, Vec::new());
    parsed.value.unwrap()
}

fn official_text() -> String {
    let text =
        std::fs::read_to_string(repository().join("tests/fixtures/official/st0215.txt")).unwrap();
    // The page has no-break spaces; they are compared as spaces.
    text.replace('\u{a0}', " ")
}

/// Statements by code, from lines such as `K1: The legislation … Back to Duty`.
fn official_statements(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.trim().split_once(": "));
    lines
        .filter(|(code, _)| code.starts_with(['K', 'S', 'B']) && code[1..].parse::<u8>().is_ok())
        .map(|(code, text)| {
            let text = text
                .trim_end()
                .strip_suffix("Back to Duty")
                .expect("a tail");
            (
                code.to_owned(),
                text.split_whitespace().collect::<Vec<_>>().join(" "),
            )
        })
        .collect()
}

/// Codes by duty, from a line `Duty 1 …` and the lines of codes under it.
fn official_duties(text: &str) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut duties: BTreeMap<String, (String, BTreeSet<String>)> = BTreeMap::new();
    let mut duty = String::new();
    let begin = text.find("Duty KSBs").expect("the table of duties");
    let end = text.find("Knowledge\n").expect("the statements");
    for line in text[begin..end]
        .lines()
        .skip(1)
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words[0] == "Duty" && words[1].parse::<u8>().is_ok() {
            duty = format!("Duty {}", words[1]);
            duties.insert(duty.clone(), (words[2..].join(" "), BTreeSet::new()));
        } else if words.iter().all(|word| word[1..].parse::<u8>().is_ok()) {
            duties
                .get_mut(&duty)
                .expect("a duty")
                .1
                .extend(words.iter().map(ToString::to_string));
        }
    }
    duties
}

#[test]
fn every_statement_matches_the_official_text() {
    let official = official_statements(&official_text());
    assert_eq!(official.len(), 72);
    let standard = shipped("st0215");
    let ours: BTreeMap<String, String> = standard
        .criteria
        .iter()
        .map(|criterion| {
            (
                criterion.code.value.to_string(),
                criterion.text.known().unwrap().clone(),
            )
        })
        .collect();
    assert_eq!(ours, official);
}

#[test]
fn every_duty_has_the_official_text_and_codes() {
    let official = official_duties(&official_text());
    let standard = shipped("st0215");
    let ours: BTreeMap<String, (String, BTreeSet<String>)> = standard
        .groups
        .iter()
        .map(|group| {
            let codes = group
                .criteria
                .iter()
                .map(|&at| standard.criteria[at].code.value.to_string());
            (
                group.code.value.to_string(),
                (group.text.known().unwrap().clone(), codes.collect()),
            )
        })
        .collect();
    assert_eq!(ours, official);
    assert_eq!(ours.len(), 10);
    assert_eq!(
        ours.values().map(|(_, codes)| codes.len()).sum::<usize>(),
        99
    );
    for criterion in &standard.criteria {
        let code = criterion.code.value.to_string();
        let duties = ours
            .values()
            .filter(|(_, codes)| codes.contains(&code))
            .count();
        assert_eq!(duties, if code.starts_with('B') { 10 } else { 1 }, "{code}");
    }
}

#[test]
fn level_date_and_licence_are_those_of_the_source_and_the_rest_is_unknown() {
    let standard = shipped("st0215");
    assert!(standard.official);
    assert_eq!(standard.level.to_string(), "5");
    assert_eq!(standard.updated.to_string(), "2023-09-13");
    assert_eq!(standard.standard_version.to_string(), "unknown");
    assert_eq!(standard.licence, "Open Government Licence");
    assert!(official_text().contains("Open Government Licence"));
    assert_eq!(standard.methods.known().map(Vec::len), None);
}

#[test]
fn unofficial_standards_have_the_criteria_of_their_sources_and_say_that_they_are_unofficial() {
    let count = |standard: &Standard, prefix: &str| {
        let codes = standard
            .criteria
            .iter()
            .map(|criterion| criterion.code.value.as_str());
        codes
            .filter(|code| {
                code.strip_prefix(prefix)
                    .is_some_and(|rest| rest.parse::<u8>().is_ok())
            })
            .count()
    };
    let needling = shipped("qualifi-l6-micro-needling");
    assert_eq!(
        (count(&needling, "MN-LO"), count(&needling, "MN-AC")),
        (6, 5)
    );
    let mesotherapy = shipped("qualifi-l6-mesotherapy");
    assert_eq!(
        (count(&mesotherapy, "ME-AC"), mesotherapy.criteria.len()),
        (6, 6)
    );
    let unit = shipped("qualifi-l5-ap503");
    assert_eq!((count(&unit, "AP503-LO"), count(&unit, "AP503-T")), (3, 28));
    assert_eq!(unit.rules.pass_mark_percent.to_string(), "65");
    assert_eq!(unit.rules.max_attempts.to_string(), "3");
    assert_eq!(unit.reference.to_string(), "T/617/8498");
    let outcomes: Vec<usize> = (0..unit.criteria.len())
        .filter(|&at| unit.by_marks(at))
        .collect();
    assert_eq!(
        outcomes.len(),
        3,
        "the outcomes, and nothing else, are assessed by marks"
    );
    for standard in [needling, mesotherapy, unit] {
        assert!(!standard.official, "{}", standard.title);
        let codes: BTreeSet<String> = standard
            .criteria
            .iter()
            .map(|one| Code::fold(one.code.value.as_str()))
            .collect();
        assert_eq!(codes.len(), standard.criteria.len());
    }
}

#[test]
fn gibbs_has_six_stages_and_both_conclusions_of_1988() {
    let text =
        std::fs::read_to_string(repository().join("standards/reflection/gibbs.yaml")).unwrap();
    let parsed = parse::reflection_model(&Source::new("standards/reflection/gibbs.yaml", &text));
    assert_eq!(parsed.faults, Vec::new());
    let model = parsed.value.unwrap();
    let names: Vec<&str> = model
        .stages
        .iter()
        .map(|stage| stage.name.value.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Description",
            "Feelings",
            "Evaluation",
            "Analysis",
            "Conclusion",
            "Action plan"
        ]
    );
    let synonyms: Vec<&str> = model.stages[4]
        .synonyms
        .iter()
        .map(|one| one.value.as_str())
        .collect();
    assert!(
        synonyms.contains(&"Conclusions (general)") && synonyms.contains(&"Conclusions (specific)")
    );
    for model in ["driscoll", "kolb", "era"] {
        let path = format!("standards/reflection/{model}.yaml");
        let text = std::fs::read_to_string(repository().join(&path)).unwrap();
        assert_eq!(
            parse::reflection_model(&Source::new(&path, &text)).faults,
            Vec::new(),
            "{model}"
        );
    }
}

#[test]
fn guidance_has_the_seven_principles_and_two_consents() {
    let path = "standards/guidance/data-protection.yaml";
    let text = std::fs::read_to_string(repository().join(path)).unwrap();
    let parsed = parse::guidance(&Source::new(path, &text));
    assert_eq!(parsed.faults, Vec::new());
    let guidance = parsed.value.unwrap();
    assert_eq!(guidance.principles.len(), 7);
    let consents: Vec<&str> = guidance
        .consents
        .iter()
        .map(|consent| consent.id.as_str())
        .collect();
    assert_eq!(consents, ["take", "share"]);
    assert!(
        guidance
            .must_not_appear
            .iter()
            .all(|item| item.instead.is_some())
    );
}
