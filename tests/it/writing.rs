//! Creating portfolios and entries; schemas for editors and shell completion.

use std::process::Command;

use jiff::civil::date;
use ksbfolio::engine::{
    self, NewEntry, NewPortfolio, OpenOptions, Pipeline, PipelineService, Snapshot,
};
use ksbfolio::model::EntryType;

use crate::support::{BEGIN, Sandbox, Workspace, tree};

#[test]
fn init_writes_the_given_settings_and_prints_next_steps() {
    let sandbox = Sandbox::empty();
    let options = [
        "--learner",
        "O'Brien: \"7\"",
        "--standard",
        "st0215,qualifi-l6-mesotherapy",
        "--start",
        "2026-09-01",
    ];
    let run = sandbox.run(&[&["init"][..], &options, &["--end", "2028-02-29"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    for next in [
        "ksbfolio new",
        "ksbfolio serve",
        "ksbfolio check",
        "ksbfolio build",
    ] {
        assert!(run.err.contains(next), "{}", run.err);
    }
    let settings = sandbox.read("portfolio/portfolio.yaml");
    for said in [
        "id: \"O'Brien: \\\"7\\\"\"",
        "standards: [st0215, qualifi-l6-mesotherapy]",
        "\nstart: 2026-09-01\n",
        "\nplanned_end: 2028-02-29\n",
    ] {
        assert!(settings.contains(said), "{said}: {settings}");
    }
    let check = sandbox.run(&["check", "--fail-on", "warning"]);
    assert_eq!(check.code, 0, "{}", check.out);
    let coverage = sandbox.coverage();
    let evidenced = coverage["standards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["summary"]["evidenced"].as_u64().unwrap());
    assert_eq!(evidenced.sum::<u64>(), 0, "examples count for nothing");
}

#[test]
fn invalid_arguments_of_init_are_reported_and_nothing_is_written() {
    // Nothing is asked outside a terminal, and no answer is made up.
    for options in [
        &["init"][..],
        &["init", "--learner", "AP-7"],
        &["init", "--standard", "st0215"],
    ] {
        let sandbox = Sandbox::empty();
        let run = sandbox.run(options);
        assert_eq!(run.code, 2);
        assert!(
            run.err.contains("needs --learner and --standard"),
            "{}",
            run.err
        );
        assert!(tree(sandbox.path()).is_empty());
    }
    for (options, why) in [
        (&["--standard", "st0251"][..], "did you mean st0215?"),
        (
            &["--start", "2027-01-01", "--end", "2026-01-01"],
            "before it begins",
        ),
    ] {
        let sandbox = Sandbox::empty();
        let run = sandbox.run(&[&BEGIN[..], options].concat());
        assert_eq!(run.code, 2);
        assert!(run.err.contains(why), "{}", run.err);
        assert!(tree(sandbox.path()).is_empty());
    }
}

#[test]
fn files_that_are_there_stay_as_they_are() {
    let sandbox = Sandbox::empty()
        .file(".gitignore", "mine\n")
        .file(".vscode/settings.json", "{}\n");
    let run = sandbox.run(&BEGIN);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains("Kept  .gitignore, as it was"),
        "{}",
        run.err
    );
    assert_eq!(sandbox.read(".gitignore"), "mine\n");
    assert_eq!(sandbox.read(".vscode/settings.json"), "{}\n");
}

#[test]
fn new_writes_stages_and_questions_that_no_page_shows() {
    let sandbox = Sandbox::empty();
    assert_eq!(sandbox.run(&BEGIN).code, 0);
    let first = sandbox.check_as("text");
    assert!(
        first.lines().count() < 50,
        "a first check is no flood: {first}"
    );
    let title = "Duty of candour: \"a missed\" dose";
    let run = sandbox.run(&["new", title, "--ksb", "k7, S 7", "--date", "2026-11-20"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (
            0,
            "portfolio/entries/2026/duty-of-candour-a-missed-dose.md\n"
        ),
        "{}",
        run.err
    );
    let text = sandbox.read(run.out.trim());
    for line in [
        "date: 2026-11-20",
        "type: reflection",
        "model: gibbs",
        "id: duty-of-candour-a-missed-dose",
        "ksbs: [K7, S7]",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}: {text}");
    }
    let stages: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    assert_eq!(
        stages,
        [
            "Description",
            "Feelings",
            "Evaluation",
            "Analysis",
            "Conclusion",
            "Action plan"
        ]
    );
    let check = sandbox.run(&["check", "--fail-on", "warning", run.out.trim()]);
    assert_eq!(check.code, 0, "{}", check.out);
    assert_eq!(sandbox.run(&["build", "--audience", "private"]).code, 0);
    let page = sandbox.read("output/entries/duty-of-candour-a-missed-dose.html");
    assert!(
        page.contains("Duty of candour: &quot;a missed&quot; dose"),
        "{page}"
    );
    let question = text.lines().find(|line| line.ends_with('?')).unwrap();
    assert!(!page.contains(question), "{question}");
    // Missing quotes are a common mistake.
    assert_eq!(
        sandbox.run(&["new", "A", "turned", "face"]).out,
        "portfolio/entries/2026/a-turned-face.md\n"
    );
    // A second entry of the same title gets another file; the first is unchanged.
    let again = sandbox.run(&["new", title]);
    assert_eq!(
        again.out,
        "portfolio/entries/2026/duty-of-candour-a-missed-dose-2.md\n"
    );
    assert_eq!(sandbox.read(run.out.trim()), text);
}

#[test]
fn new_entries_of_every_type_and_model_have_no_findings() {
    let sandbox = Sandbox::empty();
    assert_eq!(sandbox.run(&BEGIN).code, 0);
    for kind in [
        "reflection",
        "observation",
        "witness-testimony",
        "product",
        "case-study",
        "professional-discussion",
        "cpd",
        "practice-record",
        "assignment",
    ] {
        let run = sandbox.run(&["new", &format!("A {kind}"), "--type", kind]);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    for model in ["gibbs", "driscoll"] {
        assert_eq!(
            sandbox
                .run(&["new", &format!("By {model}"), "--model", model])
                .code,
            0
        );
    }
    let check = sandbox.run(&["check", "--fail-on", "warning"]);
    assert_eq!(check.code, 0, "{}", check.out);
}

#[test]
fn a_failed_new_leaves_no_file() {
    let sandbox = Sandbox::tiny();
    for (options, why) in [
        (
            &["new", "A", "--ksb", "K3,K1,Q9"][..],
            "no criterion `K3` and no `Q9`",
        ),
        (&["new", "A", "--model", "gibs"], "did you mean gibbs?"),
        (
            &["new", "A", "--type", "cpd", "--model", "gibbs"],
            "only a reflection has a model",
        ),
        (&["new", "  "], "needs a title"),
        (&["new"], "needs a title"),
        (
            &["new", "A", "--date", "03/04/2026"],
            "write 2026-04-03 or 2026-03-04",
        ),
    ] {
        let run = sandbox.run(options);
        assert_eq!(run.code, 2, "{options:?}");
        assert!(run.err.contains(why), "{}", run.err);
    }
    assert!(!sandbox.path().join("portfolio/entries").exists());
}

#[test]
fn a_title_in_any_script_gives_a_file_name() {
    let sandbox = Sandbox::tiny();
    for title in ["Наблюдение", "CON", "...", "a/../../b", "x\ny"] {
        let run = sandbox.run(&["new", title]);
        assert_eq!(run.code, 0, "{}", run.err);
        let name = run.out.trim();
        assert!(
            name.starts_with("portfolio/entries/2026/")
                && name.is_ascii()
                && name.matches('/').count() == 3,
            "{name}"
        );
        assert_eq!(
            sandbox.run(&["check", "--fail-on", "error", name]).code,
            0,
            "{title:?}"
        );
    }
}

#[test]
fn schemas_know_the_codes_of_the_portfolio() {
    let sandbox = Sandbox::tiny();
    let schema = sandbox.json(&["schema", "entry"]);
    assert!(schema["properties"]["ksbs"].to_string().contains("\"K10\""));
    let bare = Sandbox::empty();
    assert!(
        !bare.json(&["schema", "entry"])["properties"]["ksbs"]
            .to_string()
            .contains("K10")
    );
    assert_eq!(bare.run(&["schema"]).out.lines().next(), Some("entry"));
}

#[test]
fn shells_complete_codes_entries_and_rules() {
    let sandbox =
        Sandbox::with_entry("---\ntitle: A\ndate: 2026-11-14\nid: kitchen\n---\nWords.\n");
    let completed = |words: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_ksbfolio"))
            .arg("--")
            .arg("ksbfolio")
            .args(words)
            .env("KSBFOLIO_COMPLETE", "bash")
            .env("_CLAP_COMPLETE_INDEX", words.len().to_string())
            .env("_CLAP_IFS", "\n")
            .current_dir(sandbox.path())
            .output()
            .unwrap();
        String::from_utf8(done.stdout)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(completed(&["new", "A", "--ksb", "k1"]), ["K1", "K10"]);
    assert_eq!(completed(&["new", "A", "--ksb", "B1,K2"]), ["B1,K2"]);
    assert_eq!(completed(&["explain", "kit"]), ["kitchen"]);
    assert_eq!(
        completed(&["explain", "uncovered"]),
        ["uncovered-criterion"]
    );
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = sandbox.run(&["completions", shell]);
        assert!(
            run.code == 0 && run.out.contains("KSBFOLIO_COMPLETE"),
            "{shell}: {}",
            run.err
        );
    }
}

#[test]
fn codes_need_no_brackets() {
    let sandbox = Workspace::with_entry(
        "---\ntitle: A\ndate: 2026-11-14\ntype: product\nksbs: K1, k2 ,K99\n---\nWords.\n",
    );
    let found = sandbox.check_as("concise");
    assert!(
        found.contains("one.md:5:15: error[unknown-code]"),
        "{found}"
    );
    assert!(found.contains("one.md:5:11:"), "{found}");
    assert!(
        sandbox.coverage_as("text").contains("TOTAL 2/4"),
        "{}",
        sandbox.coverage_as("text")
    );
}

#[test]
fn an_unreadable_entry_is_not_called_a_draft() {
    let sandbox = Workspace::with_entry(
        "---\ntitle: Pain: what I missed\nstatus: submitted\n---\n[Words](ksb:K1).\n",
    );
    for out in [
        sandbox.explain_criterion("K1"),
        sandbox.coverage_as("text"),
        sandbox.check_as("text"),
    ] {
        assert!(out.contains("cannot be read"), "{out}");
        assert!(
            !out.contains("set its status to submitted") && !out.contains("Only one draft"),
            "{out}"
        );
    }
}

#[test]
fn new_and_assess_add_files_and_change_no_other_byte() {
    let odd = "\u{feff}---\r\ntitle: One  \r\nunheard_of: [this, key]   # and this\r\ndate: 2026-11-14\r\ntype: product\r\nksbs: [K1]\r\n---\r\n\r\nAll   my own.\t\r\n";
    let sandbox = Sandbox::tiny()
        .file("portfolio/entries/one.md", odd)
        .file("portfolio/entries/two.md", [0xff, 0xfe, 0x00])
        .file("portfolio/entries/.hidden", "mine")
        .file("portfolio/notes of mine.txt", "mine\r\n")
        .file(
            "portfolio/decisions/old.yaml",
            "version: 1 # kept\nassessor: { id: A,   role: assessor }\ndate: 2026-11-15\ndecisions: []\n",
        );
    // A first decision also puts the wording of the standards on record.
    for (command, added) in [
        (&["new", "Two more", "--type", "product"][..], 1),
        (
            &["assess", "one", "--as", "AS-1", "--accept", "K1", "--vacsr"],
            2,
        ),
    ] {
        let before = tree(sandbox.path());
        let run = sandbox.run(command);
        assert_eq!(run.code, 0, "{}", run.err);
        let after = tree(sandbox.path());
        assert_eq!(after.len(), before.len() + added, "{command:?}");
        assert!(
            before.iter().all(|file| after.contains(file)),
            "{command:?}"
        );
    }
}

#[test]
fn endless_files_are_not_read_to_the_end() {
    let sandbox = Sandbox::tiny();
    for command in [
        &["check", "--baseline", "/dev/zero"][..],
        &["standards", "check", "/dev/zero"],
    ] {
        let run = sandbox.run(command);
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(run.err.contains("/dev/zero"), "{}", run.err);
    }
}

#[test]
fn a_portfolio_and_an_entry_are_begun_without_a_terminal() {
    let workspace = Workspace::empty();
    let new = NewPortfolio {
        learner: "L-1".to_owned(),
        standards: vec!["st0215".to_owned()],
        start: Some(date(2026, 9, 1)),
        end: None,
    };
    let files = engine::create_portfolio(workspace.path(), &new, None).unwrap();
    assert!(files.iter().all(|file| !file.is_kept));
    assert_eq!(tree(workspace.path()).len(), files.len());
    let again = engine::create_portfolio(workspace.path(), &new, None).unwrap_err();
    assert!(again.to_string().contains("a portfolio in"), "{again}");

    let project = Snapshot::open(&OpenOptions::new(workspace.path())).unwrap();
    let codes = ["k7".to_owned()];
    let entry = NewEntry {
        title: "Pain: a visit",
        date: date(2026, 11, 20),
        kind: EntryType::Reflection,
        model: Some(engine::find_model(&project.portfolio, "gibbs").unwrap()),
        codes: &codes,
        with_note: true,
    };
    for path in ["pain-a-visit.md", "pain-a-visit-2.md"] {
        let made = engine::create_entry(&project, &entry).unwrap();
        assert_eq!(made.as_str(), format!("portfolio/entries/2026/{path}"));
        assert!(workspace.read(made.as_str()).contains("ksbs: [K7]\n"));
    }
    let before = tree(workspace.path());
    let title = "A visit to Mrs Oakapple";
    let named = engine::create_entry(&project, &NewEntry { title, ..entry }).unwrap_err();
    assert!(named.to_string().contains("identify a person"), "{named}");
    assert_eq!(tree(workspace.path()), before);
}

#[test]
fn a_portfolio_is_begun_completely_or_not_at_all() {
    let new = NewPortfolio {
        learner: "L-1".to_owned(),
        standards: vec!["st0215".to_owned()],
        start: None,
        end: None,
    };
    let pipeline = Pipeline::new(PipelineService::Gitlab, None, None).unwrap();
    for (path, why) in [
        (".gitlab-ci.yml", "it stays as it is"),
        (".vscode/ksbfolio", "the name of a folder"),
        ("portfolio/entries", "it is not a folder"),
    ] {
        let workspace = Workspace::empty().file(path, "mine\n");
        let before = tree(workspace.path());
        let refused = engine::create_portfolio(workspace.path(), &new, Some(&pipeline));
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains(why), "{path}: {refused}");
        assert_eq!(tree(workspace.path()), before, "{path}");
    }
}
