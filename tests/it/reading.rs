//! Statements about people: readings, answers with words, and what is withheld.

use image::ImageFormat;
use ksbfolio::engine::{
    OpenOptions, ReadingRecord, Snapshot, reading_questions, record_reading, refuse_reader,
};
use ksbfolio::privacy::SEARCH_FIGURES;

use super::support::files::picture;
use super::support::{AS_OF, Sandbox, Workspace, entry, repository};

const ASKING: &str = "\
version: 1
id: tiny
title: Tiny
official: false
kinds: [{ id: knowledge, title: Knowledge, prefix: K }]
criteria: [{ code: K1, kind: knowledge, text: One }]
gateway:
  - { id: privacy, asks: Nobody can be recognised, check: privacy, source: a test }
";

const PATH: &str = "portfolio/entries/one.md";

fn asking(text: &str) -> Sandbox {
    Sandbox::tiny()
        .file("standards/tiny.yaml", ASKING)
        .file(PATH, text)
}

fn open(workspace: &Workspace) -> Snapshot {
    Snapshot::open(&OpenOptions::new(workspace.path()).as_of(AS_OF)).unwrap()
}

/// Records a reading in which everything was answered with "nobody".
fn read_all(workspace: &Workspace, reason: &str) -> Result<(bool, bool), String> {
    let project = open(workspace);
    let questions = reading_questions(&project, 0, AS_OF).map_err(|refused| refused.to_string())?;
    let found = questions.found.iter();
    let answers: Vec<_> = found.map(|one| one.answer(reason.to_owned())).collect();
    let record = ReadingRecord {
        by: "L-1",
        on: AS_OF,
        answers: &answers,
        files: &questions.files,
    };
    let recorded = record_reading(&project, 0, &record).map_err(|refused| refused.to_string())?;
    Ok((recorded.without_statement, recorded.lapses))
}

fn privacy_item(workspace: &Workspace) -> (String, String) {
    let item = workspace.gateway()["standards"][0]["items"][0].clone();
    let word = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
    (word("state"), word("why"))
}

fn rules(workspace: &Workspace) -> Vec<String> {
    let found = workspace.findings();
    let rule = |one: &serde_json::Value| one["rule"].as_str().unwrap().to_owned();
    found.iter().map(rule).collect()
}

#[test]
fn a_reading_is_written_with_the_statement_and_the_gateway_names_who_read() {
    let text =
        entry("ksbs: [{K1: why}]  # mine\nattachments:\n  - { file: evidence/p.png, alt: P }\n")
            .replace('\n', "\r\n");
    let sandbox = asking(&text).file("portfolio/evidence/p.png", picture(ImageFormat::Png));
    assert_eq!(
        privacy_item(&sandbox).0,
        "not-met",
        "nobody looked at the picture"
    );
    assert_eq!(read_all(&sandbox, ""), Ok((false, false)));
    let written = sandbox.read(PATH);
    assert!(
        written.contains("# mine\r\n") && written.contains("shows: nobody"),
        "{written}"
    );
    assert!(written.contains("anonymised: true\r\n"), "{written}");
    let (state, why) = privacy_item(&sandbox);
    assert_eq!(state, "met", "{why}");
    assert!(
        why.starts_with(
            "1 entry was read as now written, with pictures and files, by L-1 on 21 November 2026."
        ),
        "{why}"
    );
    assert!(why.ends_with(&SEARCH_FIGURES.in_words()), "{why}");
    assert!(
        !rules(&sandbox)
            .iter()
            .any(|rule| rule != "uncovered-criterion")
    );
    // It lapses with the picture, and with a word.
    sandbox.write(
        "portfolio/evidence/p.png",
        [picture(ImageFormat::Png), vec![0]].concat(),
    );
    assert_eq!(privacy_item(&sandbox).0, "to-confirm");
    sandbox.write("portfolio/evidence/p.png", picture(ImageFormat::Png));
    assert_eq!(privacy_item(&sandbox).0, "met");
    sandbox.write(PATH, written.replace("Words", "Other words"));
    let (state, why) = privacy_item(&sandbox);
    assert!(
        state == "to-confirm" && why.ends_with(&SEARCH_FIGURES.in_words()),
        "{why}"
    );
    for output in [sandbox.gateway_as("text"), sandbox.page("gateway.html")] {
        assert!(output.contains(&SEARCH_FIGURES.in_words()), "{output}");
    }
}

#[test]
fn an_answer_that_a_reading_writes_names_its_words() {
    let text =
        entry("ksbs: [{K1: why}]\n").replace("Words of", "I wrote of Mrs Oakapple in words of");
    let sandbox = asking(&text);
    assert_eq!(privacy_item(&sandbox).0, "not-met");
    read_all(&sandbox, "a figure in the leaflet").unwrap();
    let written = sandbox.read(PATH);
    assert!(written.contains("personal-name") && written.contains("a figure in the leaflet"));
    assert_eq!(privacy_item(&sandbox).0, "met", "{written}");
    assert!(!rules(&sandbox).iter().any(|rule| rule == "personal-name"));
}

#[test]
fn a_reading_of_a_decided_entry_leaves_its_acceptances_in_force() {
    let decision = |digest: &str| {
        format!(
            "version: 1\nassessor: {{ id: AS-1, role: assessor }}\ndate: 2026-11-19\ndecisions:\n  - {{ entry: one, attempt: 1, digest: \"{digest}\", claims: {{ K1: accepted }}, vacsr: {{ valid: true, authentic: true, current: true, sufficient: true, reliable: true }} }}\n"
        )
    };
    let sandbox = asking(&entry("ksbs: [{K1: why}]\n"));
    let digest = open(&sandbox).portfolio.entries[0]
        .digests
        .current()
        .to_owned();
    sandbox.write("portfolio/decisions/a.yaml", decision(&digest));
    let state = |workspace: &Workspace| {
        workspace.coverage()["standards"][0]["criteria"][0]["state"].clone()
    };
    assert_eq!(state(&sandbox), "accepted");
    assert_eq!(read_all(&sandbox, ""), Ok((true, false)));
    assert_eq!(state(&sandbox), "accepted");
    assert!(!sandbox.read(PATH).contains("anonymised"));
    assert_eq!(privacy_item(&sandbox).0, "met");

    let project = open(&sandbox);
    for (by, words) in [
        ("Mrs Oakapple", "may identify a person"),
        ("AS-1", "decides about this portfolio"),
        ("", "whose it is"),
    ] {
        let refused = refuse_reader(&project, by).unwrap_err().to_string();
        assert!(refused.contains(words), "{by}: {refused}");
    }
    assert!(refuse_reader(&project, "tutor-07").is_ok());
}

#[test]
fn what_no_reading_would_count_for_is_refused() {
    for (text, words) in [
        (entry("status: draft\n"), "is a draft"),
        (entry("ksbs: [K1\n"), "cannot be read"),
        (entry("").replace("2026-11-14", "2026-11-22"), "dated later"),
        (entry("id: mrs-oakapple\n"), "may identify a person"),
    ] {
        let sandbox = asking(&text);
        let refused = read_all(&sandbox, "").unwrap_err();
        assert!(refused.contains(words), "{refused}");
        assert_eq!(sandbox.read(PATH), text);
    }
}

#[test]
fn reading_asks_on_a_terminal_only() {
    let text = entry("ksbs: [{K1: why}]\n");
    let sandbox = asking(&text);
    let run = sandbox.run(&["read", "one"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(run.err.contains("on a terminal"), "{}", run.err);
    assert_eq!(sandbox.read(PATH), text);
}

/// An entry with an answer without words, in flow and in block style.
fn answered(style: &str, reason: &str, words: &str) -> String {
    let answer = match style {
        "flow" => format!("check: [{{ ignore: personal-name, reason: \"{reason}\" }}]\n"),
        _ => format!("check:\n  - reason: \"{reason}\"\n    ignore: personal-name  # mine\n"),
    };
    entry(&format!("ksbs: [{{K1: why}}]\n{answer}")).replace("Words of its own.", words)
}

#[test]
fn an_answer_without_words_gets_those_that_its_reason_names() {
    let said = "I asked Graham Tansy about it.";
    let name = |workspace: &Workspace| rules(workspace).iter().any(|rule| rule == "personal-name");
    for style in ["flow", "block"] {
        let text = answered(style, "Graham Tansy, an author", said);
        let sandbox = asking(&text);
        assert!(name(&sandbox));
        let diff = sandbox.run(&["check", "--diff"]).out;
        assert!(
            diff.contains("words: \"") && !diff.contains("Tansy"),
            "{diff}"
        );
        sandbox.run(&["check", "--fix"]);
        let fixed = sandbox.read(PATH);
        assert!(fixed.contains("words: \"Graham Tansy\""), "{fixed}");
        assert!(!name(&sandbox), "{fixed}");
        assert!(
            !rules(&sandbox)
                .iter()
                .any(|rule| rule == "unused-suppression"),
            "{fixed}"
        );
    }
}

#[test]
fn an_answer_whose_reason_names_nothing_or_something_certain_is_left_to_its_author() {
    for (reason, words) in [
        ("an author", "I asked Mrs Oakapple about it."),
        (
            "Mrs Larkspur is an author",
            "I asked Mrs Oakapple about it.",
        ),
    ] {
        let text = answered("flow", reason, words);
        let sandbox = asking(&text);
        sandbox.run(&["check", "--fix"]);
        assert!(!sandbox.read(PATH).contains("\"Mrs Oakapple\""), "{reason}");
        assert!(
            rules(&sandbox).iter().any(|rule| rule == "personal-name"),
            "{reason}"
        );
    }
    let phone = "check: [{ ignore: phone-number, reason: 07700 900123 is ours }]\n";
    let text =
        entry(&format!("ksbs: [{{K1: why}}]\n{phone}")).replace("Words", "07700 900123 words");
    let sandbox = asking(&text);
    sandbox.run(&["check", "--fix"]);
    assert_eq!(sandbox.read(PATH), text);
    let message = sandbox.check_as("text");
    assert!(
        message.contains("needs the words that it is about: 2 findings here"),
        "{message}"
    );
}

#[test]
fn the_end_of_a_check_names_what_is_withheld_and_the_answer_to_write() {
    let sandbox = asking(&entry("ksbs: [{K1: why}]\n"));
    assert!(!sandbox.check_as("text").contains("Withheld"));
    let named = entry("ksbs: [{K1: why}]\n").replace("Words", "I rang 07700 900123. Words");
    sandbox.write(PATH, &named);
    let text = sandbox.check_as("text");
    assert!(
        text.contains("Withheld until it is answered or changed: 1 entry.\n  portfolio/entries/one.md: phone-number\n"),
        "{text}"
    );
    assert!(
        text.contains("check: [{ ignore: personal-name, words:"),
        "{text}"
    );
    for number in 0..7 {
        sandbox.write(&format!("portfolio/entries/more-{number}.md"), &named);
    }
    let text = sandbox.check_as("text");
    assert!(
        text.contains("they are answered or changed: 8 entries.")
            && text.contains("  and 3 more\n"),
        "{text}"
    );
}

#[test]
fn the_figures_are_those_of_the_last_measurement_and_security_has_the_same_words() {
    let read = |path: &str| std::fs::read_to_string(repository().join(path)).unwrap();
    let measured = read("tests/privacy/README.md");
    let row = measured
        .lines()
        .rfind(|line| line.starts_with("| as written |"));
    let row = row.expect("a row of the table of whole entries");
    let figures = format!(
        "| as written | 0.{:03} | 0.{:03} |",
        SEARCH_FIGURES.core, SEARCH_FIGURES.soft
    );
    let entries = format!("| {} of {} |", SEARCH_FIGURES.complete, SEARCH_FIGURES.of);
    assert!(row.starts_with(&figures) && row.contains(&entries), "{row}");
    for path in ["SECURITY.md", "docs/privacy.md"] {
        assert!(read(path).contains(&SEARCH_FIGURES.in_words()), "{path}");
    }
}
