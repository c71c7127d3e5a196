//! The interface for a browser tab, without a browser: what it answers is what the program says.

use std::path::Path;

use ksbfolio::tab::TabSession;
use serde_json::{Value, json};

use super::support::{Sandbox, Workspace, entry, tree};

/// The answers to requests about the portfolio in a workspace.
fn answers(workspace: &Workspace, requests: Value) -> Vec<Value> {
    answers_in(&mut TabSession::default(), workspace, &[], requests)
}

/// The answers of a session, after the files in `touched` were changed.
fn answers_in(
    session: &mut TabSession,
    workspace: &Workspace,
    touched: &[&str],
    requests: Value,
) -> Vec<Value> {
    let asked = json!({
        "root": workspace.path(),
        "output": workspace.path().join("results"),
        "as_of": "2026-11-21",
        "touched": touched,
        "requests": requests,
    });
    let answer = session.answer(&asked.to_string());
    let mut answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["version"], 1);
    let Value::Array(answers) = answer["answers"].take() else {
        panic!("no answers in {answer}");
    };
    answers
}

#[test]
fn documents_are_those_of_the_program() {
    let sandbox = Sandbox::sample();
    let found = answers(
        &sandbox,
        json!([{ "request": "check" }, { "request": "coverage" }, { "request": "portfolio" }]),
    );
    let check = sandbox.run(&["check", "--format", "json"]);
    assert_eq!(found[0]["document"], check.out);
    let coverage = sandbox.run(&["coverage", "--format", "json"]);
    assert_eq!(found[1]["document"], coverage.out);
    assert_eq!(found[2]["learner"], "AP-2041");
    assert_eq!(found[2]["is_frozen"], true);
}

#[test]
fn a_site_a_pack_and_a_hand_in_are_those_of_the_program() {
    let sandbox = Sandbox::sample();
    let found = answers(
        &sandbox,
        json!([
            { "request": "site", "audience": "assessor" },
            { "request": "pack", "audience": "public" },
            { "request": "hand-in" },
        ]),
    );
    sandbox.run(&["build", "--output", "site"]);
    let (site, results) = (sandbox.path().join("site"), sandbox.path().join("results"));
    assert_eq!(tree(&results.join("site")), tree(&site));
    assert!(found[0]["files"].as_u64().is_some_and(|files| files > 100));
    sandbox.run(&["pack", "--audience", "public", "--output", "pack.html"]);
    assert_eq!(sandbox.read("results/pack.html"), sandbox.read("pack.html"));
    sandbox.run(&["gateway", "--pack", "given", "--anyway"]);
    let given = tree(&sandbox.path().join("given"));
    assert_eq!(tree(&results.join("hand-in")), given);
    assert_eq!(found[2]["is_draft"], true);
}

#[test]
fn a_portfolio_can_begin_and_be_judged_in_one_run() {
    let workspace = Workspace::empty();
    let begin = json!({ "request": "begin", "learner": "L-1", "standards": ["st0215"] });
    let found = answers(
        &workspace,
        json!([begin, { "request": "portfolio" }, begin]),
    );
    assert_eq!(found[0]["files"][0], "portfolio/portfolio.yaml");
    assert_eq!(found[1]["learner"], "L-1");
    assert_eq!(found[2]["answer"], "refused");
    let unknown = json!([{ "request": "begin", "learner": "L", "standards": ["nothing"] }]);
    let refused = answers(&Workspace::empty(), unknown);
    assert_eq!(refused[0]["message"], "no standard is called `nothing`");
}

#[test]
fn settings_that_cannot_be_read_are_checked_and_nothing_else() {
    let workspace = Workspace::tiny().file("portfolio/portfolio.yaml", "version: [1\n");
    let found = answers(
        &workspace,
        json!([{ "request": "check" }, { "request": "pack", "audience": "assessor" }]),
    );
    assert_eq!(found[0]["answer"], "document");
    assert_eq!(
        found[1]["message"],
        "The settings cannot be read, so no code is judged"
    );
}

#[test]
fn a_session_reads_what_it_is_told_and_what_it_wrote_itself() {
    let workspace = Workspace::with_entry(&entry("ksbs: [K1]\n"));
    let session = &mut TabSession::default();
    let states = |session: &mut TabSession, touched: &[&str]| {
        let found = answers_in(
            session,
            &workspace,
            touched,
            json!([{ "request": "coverage" }]),
        );
        let document: Value = serde_json::from_str(found[0]["document"].as_str().unwrap()).unwrap();
        document["standards"][0]["criteria"][1]["state"].clone()
    };
    assert_eq!(states(session, &[]), "gap");
    let path = "portfolio/entries/two.md";
    workspace.write(
        path,
        entry("title: B\nksbs: [K2]\n").replace("title: A\n", ""),
    );
    assert_eq!(
        states(session, &[]),
        "gap",
        "nothing says that a file changed"
    );
    assert_eq!(states(session, &[path]), "evidenced");
    std::fs::remove_file(workspace.path().join(path)).unwrap();
    assert_eq!(states(session, &[path]), "gap");
    // Another portfolio in the same session is opened anew.
    let other = Workspace::with_entry(&entry("ksbs: [K2]\n"));
    let found = answers_in(session, &other, &[], json!([{ "request": "portfolio" }]));
    assert_eq!(found[0]["complete"], 1);
    // A file that the session writes itself is read again.
    workspace.write("input/Three.md", "# Three\n\n2026-11-12\n\nI did K10.\n");
    let folder = workspace.path().join("input");
    let import = json!({ "request": "import", "folder": folder, "date": "2026-11-12" });
    let both = json!([{ "request": "portfolio" }, import, { "request": "portfolio" }]);
    let found = answers_in(session, &workspace, &[], both);
    assert_eq!(found[0]["entries"], 1);
    assert_eq!(found[1]["files"][0]["name"], "Three.md", "{}", found[1]);
    assert_eq!(found[1]["files"][0]["date"], "2026-11-12");
    assert_eq!(found[2]["entries"], 2);
}

#[test]
fn a_page_with_the_program_is_made_and_verified() {
    let version = env!("CARGO_PKG_VERSION");
    let workspace = Workspace::with_entry(&entry("ksbs: [K1]\n")).file(
        "input/program.html",
        format!(
            "<meta name=\"ksbfolio-version\" content=\"{version}\"><script type=\"text/plain\" \
             id=\"sample-zip\"></script><script type=\"text/plain\" id=\"portfolio-zip\"></script>"
        ),
    );
    let program = workspace.path().join("input/program.html");
    std::fs::create_dir(workspace.path().join("results")).unwrap();
    let made = answers(
        &workspace,
        json!([{ "request": "pack-with-program", "program": program }]),
    );
    assert_eq!(made[0]["name"], "L-1.html", "{}", made[0]);
    let found = answers(
        &Workspace::empty(),
        json!([{ "request": "verify", "file": made[0]["file"] }]),
    );
    let document: Value = serde_json::from_str(found[0]["document"].as_str().unwrap()).unwrap();
    assert_eq!(document["holds"], true, "{document}");
    assert_eq!(document["program"]["compared"], false);
    let compare = |program: &Path| {
        let found = answers(
            &Workspace::empty(),
            json!([{ "request": "verify", "file": made[0]["file"], "program": program }]),
        );
        let document = found[0]["document"].as_str().unwrap();
        serde_json::from_str::<Value>(document).unwrap()
    };
    assert_eq!(compare(&program)["program"]["compared"], true);
    workspace.write(
        "input/other.html",
        workspace.read("input/program.html") + " ",
    );
    let compared = compare(&workspace.path().join("input/other.html"));
    assert_eq!(compared["problems"][0]["kind"], "program", "{compared}");
}
