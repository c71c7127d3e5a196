//! Progress reviews, the action tracker, the CPD log, and expiring consents.

use super::support::{AS_OF, Sandbox, Workspace, entry};

const SETTINGS: &str = "version: 1\ntitle: Folder\nlearner: { id: L-1 }\nstandards: [tiny]\nstart: 2026-01-01\n\
                        planned_end: 2026-12-27\n";

fn dated(date: &str, title: &str, keys: &str) -> String {
    entry(keys)
        .replace("2026-11-14", date)
        .replace("title: A", &format!("title: {title}"))
}

/// A portfolio with content for every part of a review from 1 September to 21 November.
fn full() -> Sandbox {
    let sandbox = Sandbox::tiny()
        .file("portfolio/portfolio.yaml", SETTINGS)
        .file(
            "portfolio/entries/early.md",
            dated(
                "2026-03-10",
                "Early days",
                "id: early\nksbs: [{K1: a}]\nactions:\n  - { what: Shadow the team, by: 2026-10-01 }\n  \
                 - { what: Read the policy, by: 2026-09-20, done: 2026-09-18, closed_by: visit }\n  \
                 - { what: Long done, by: 2026-04-20, done: 2026-04-18 }\n",
            ),
        )
        .file(
            "portfolio/entries/visit.md",
            dated(
                "2026-09-20",
                "The visit",
                "id: visit\nevent_date: 2026-09-02\nksbs: [{K2: a}]\nhours: 6\noff_the_job: true\n\
                 actions:\n  - { what: Teach the others, by: 2026-12-10 }\n",
            ),
        )
        .file(
            "portfolio/entries/course.md",
            dated(
                "2026-10-05",
                "A course",
                "id: course\nhours: 3\ncpd: { activity: Study day, provider: The trust, influence_on_practice: I ask first }\n",
            )
            .replace("type: product", "type: cpd"),
        )
        .file("portfolio/entries/half.md", dated("2026-10-06", "Half a draft", "status: draft\nksbs: [{K10: a}]\n"))
        .file("portfolio/entries/own.md", dated("2026-10-07", "For me alone", "visibility: private\nksbs: [{K10: a}]\n"))
        .file(
            "portfolio/entries/named.md",
            dated("2026-10-08", "Somebody named", "ksbs: [{K10: a}]\n")
                .replace("Words", "NHS number 943 476 5919. Words"),
        );
    sandbox.write(
        "portfolio/decisions/one.yaml",
        "version: 1\nassessor: { id: AS-1, role: assessor }\ndate: 2026-10-01\ndecisions:\n  - entry: visit\n    \
         attempt: 1\n    claims: { K2: referred }\n    feedback: \"Say **why**, <b>please</b>.\"\n",
    );
    sandbox
}

fn review(sandbox: &Workspace, since: &str) -> String {
    sandbox.review_as("markdown", Some(since.parse().unwrap()), AS_OF)
}

/// The JSON of a review from `since` to `until`.
fn review_json(sandbox: &Workspace, since: &str, until: &str) -> String {
    let (since, until) = (since.parse().unwrap(), until.parse().unwrap());
    sandbox.review_as("json", Some(since), until)
}

#[test]
fn a_review_covers_a_period_and_lists_points_to_agree() {
    let out = review(&full(), "2026-09-01");
    for part in [
        "# Progress review",
        "Folder, L-1. As of 21 November 2026.",
        "1 September 2026 to 21 November 2026: 2 entries, 6 hours off the job",
        "| Shadow the team | Early days | 1 October 2026 | overdue |  |  |",
        "| Read the policy | Early days | 20 September 2026 | done | 18 September 2026 | The visit |",
        "| The visit | Product | 20 September 2026 | 6 off the job | K2 |",
        "- A course; Study day; The trust; 5 October 2026; 3 hours; Influence on practice: I ask first",
        "6 hours off the job in this period.",
        "Started from 1 August 2025 to 31 July 2026.",
        "- The visit; Assessor AS-1, 1 October 2026; K2: referred",
        "  > Say \\*\\*why\\*\\*, \\<b\\>please\\</b\\>.",
        "1 action is overdue.",
        "| Teach the others | The visit | 10 December 2026 | due |",
        "## To agree next",
        "| 4 |  |  |  |",
        "| Apprentice |  |  |  |",
        "| Employer |  |  |  |",
        "| Training provider |  |  |  |",
    ] {
        assert!(out.contains(part), "{part}:\n{out}");
    }
    for part in [
        "Long done",
        "Half a draft",
        "For me alone",
        "Somebody named",
        "943",
        "2 September",
        "2026-09-02",
    ] {
        assert!(!out.contains(part), "{part}:\n{out}");
    }
}

#[test]
fn an_unsigned_decision_is_left_out_of_a_review_if_signatures_are_required() {
    let signers = "AS-1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIUSc4uxRS9HT2ZhA6c2cvfy4W3ofxRlLPM6RZIa+0vH test\n";
    let sandbox = full().file("portfolio/decisions/allowed_signers", signers);
    let out = review(&sandbox, "2026-09-01");
    assert!(
        out.contains("0 decisions") && !out.contains("K2: referred"),
        "{out}"
    );
}

#[test]
fn the_edges_of_a_review_are_in_it() {
    let written = |since, until| {
        let out = review_json(&full(), since, until);
        let document: serde_json::Value = serde_json::from_str(&out).unwrap();
        let entries = document["entries"].as_array().unwrap().iter();
        entries
            .map(|entry| entry["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(written("2026-09-20", "2026-10-05"), ["visit", "course"]);
    assert_eq!(written("2026-09-21", "2026-10-05"), ["course"]);
    assert_eq!(written("2026-09-20", "2026-10-04"), ["visit"]);
    assert_eq!(written("2026-09-20", "2026-09-20"), ["visit"]);
    let out = review_json(&full(), "2026-08-01", "2026-09-19");
    let early: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        early["actions"][0]["state"], "due",
        "as it stood on the last day: {out}"
    );
    assert_eq!(early["actions"][1]["state"], "done");
    assert_eq!(early["actions"][1]["closed_by"], "visit");
    assert_eq!(early["decisions"], serde_json::json!([]));
}

#[test]
fn slippage_is_the_change_in_distance_from_the_plan() {
    // 360 days: each of four criteria takes ninety. K1 since March; the plan has 2 from 30 June, 3
    // from 28 September.
    let sandbox = Workspace::tiny()
        .file("portfolio/portfolio.yaml", SETTINGS)
        .file(
            "portfolio/entries/a.md",
            dated("2026-03-10", "A", "ksbs: [{K1: a}]\n"),
        );
    let progress = |since, until| {
        let out = review_json(&sandbox, since, until);
        let document: serde_json::Value = serde_json::from_str(&out).unwrap();
        let standard = &document["standards"][0];
        format!(
            "{}, {}",
            standard["stands"].as_str().unwrap(),
            standard["slippage"].as_str().unwrap()
        )
    };
    assert_eq!(
        progress("2026-07-01", "2026-09-27"),
        "behind by 1 code, kept to the plan"
    );
    assert_eq!(
        progress("2026-07-01", "2026-09-28"),
        "behind by 2 codes, lost 1 on the plan"
    );
    assert_eq!(
        progress("2026-03-01", "2026-03-20"),
        "ahead by 1 code, gained 1 on the plan"
    );
    sandbox.write(
        "portfolio/entries/b.md",
        dated("2026-09-10", "B", "ksbs: [{K2: a}, {K10: a}]\n"),
    );
    assert_eq!(
        progress("2026-07-01", "2026-09-28"),
        "on track, gained 1 on the plan"
    );
}

#[test]
fn a_criterion_is_evidenced_on_the_day_of_the_piece_that_suffices() {
    let evidenced = |rules: &str| {
        let sandbox = Workspace::tiny()
            .file(
                "portfolio/portfolio.yaml",
                format!("{SETTINGS}rules: {{ tiny: {{ {rules} }} }}\n"),
            )
            .file(
                "portfolio/entries/one.md",
                dated("2026-03-10", "One", "ksbs: [K1]\n"),
            )
            .file(
                "portfolio/entries/two.md",
                dated("2026-03-10", "Two", "ksbs: [K1]\n"),
            )
            .file(
                "portfolio/entries/three.md",
                dated("2026-09-20", "Three", "ksbs: [K1]\n"),
            );
        let on = |day: &str| review_json(&sandbox, day, day);
        ["2026-03-10", "2026-09-20"]
            .map(|day| on(day).contains("\"evidenced\": [\n    \"tiny:K1\"\n  ]"))
    };
    assert_eq!(evidenced("min_pieces: 1"), [true, false]);
    assert_eq!(evidenced("min_pieces: 3"), [false, true]);
    assert_eq!(evidenced("min_events: 2"), [false, true]);
    assert_eq!(evidenced("min_pieces: 4"), [false, false]);
}

#[test]
fn a_review_starts_at_the_last_review_or_twelve_weeks_back() {
    let since = |keys: &str| {
        let sandbox = full().file("portfolio/portfolio.yaml", format!("{SETTINGS}{keys}"));
        let document = sandbox.review(None);
        document["since"].as_str().unwrap().to_owned()
    };
    assert_eq!(since(""), "2026-08-29");
    assert_eq!(
        since("reviews: [{ date: 2026-10-02, with: [employer] }, { date: 2026-06-01 }]\n"),
        "2026-10-02"
    );
    assert_eq!(since("reviews: [{ date: 2026-12-01 }]\n"), "2026-08-29");
    let young = SETTINGS.replace("start: 2026-01-01", "start: 2026-11-01");
    let sandbox = Workspace::tiny().file("portfolio/portfolio.yaml", young);
    assert!(
        sandbox
            .review_as("markdown", None, AS_OF)
            .contains("1 November 2026 to "),
        "not before the start"
    );
}

#[test]
fn invalid_periods_are_refused() {
    for (arguments, part) in [
        (
            &["review", "--since", "2026-11-22"][..],
            "would end before it begins",
        ),
        (
            &["review", "--since", "2026-09-01", "--until", "2026-11-22"][..],
            "is after 2026-11-21",
        ),
        (&["review", "--since", "yesterday"][..], "--since"),
        (&["review", "--format", "pdf"][..], "markdown"),
    ] {
        let run = full().run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.err.contains(part) && run.out.is_empty(), "{}", run.err);
    }
}

#[test]
fn the_html_review_is_self_contained_and_absent_from_the_public_site() {
    let sandbox = full();
    let run = sandbox.run(&[
        "review",
        "--since",
        "2026-09-01",
        "--format",
        "html",
        "--output",
        "review.html",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let html = sandbox.read("review.html");
    let no_links = !html.replace("href=\"#", "").contains("href=");
    assert!(html.contains("<style>") && no_links, "{html}");
    assert!(
        html.contains("data-page-type=\"review\"") && html.contains("Training provider"),
        "{html}"
    );
    for part in ["For me alone", "943", "2 September", "<b>please"] {
        assert!(!html.contains(part), "{part}");
    }
    let build = sandbox.run(&["build"]);
    assert_eq!(build.code, 1, "one entry is withheld: {}", build.err);
    assert!(
        sandbox
            .read("output/review.html")
            .contains("href=\"entries/visit.html\"")
    );
    let public = sandbox.run(&["build", "--audience", "public", "--output", "public"]);
    assert_ne!(public.code, 2, "{}", public.err);
    assert!(!sandbox.path().join("public/review.html").exists());
    assert!(!sandbox.read("public/index.html").contains("review.html"));
}

#[test]
fn the_tracker_sorts_actions_and_names_the_entry_that_closes_them() {
    let sandbox = full();
    let page = sandbox.page("actions.html");
    assert!(
        page.contains("1 overdue, 1 due within four weeks, 2 done."),
        "{page}"
    );
    let places: Vec<usize> = [
        "Shadow the team",
        "Teach the others",
        "Long done",
        "Read the policy",
    ]
    .iter()
    .map(|what| page.find(what).unwrap_or_else(|| panic!("{what}: {page}")))
    .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(
        page.contains(
            "<td data-label=\"Status\">done</td><td data-label=\"Done\">18 September 2026</td><td data-label=\"Closed by\"><a href=\"entries/visit.html\">The visit</a>"
        ),
        "{page}"
    );
}

#[test]
fn the_log_of_development_says_what_it_changed() {
    let silent =
        dated("2026-10-09", "Silent", "id: silent\n").replace("type: product", "type: cpd");
    let sandbox = full().file("portfolio/entries/silent.md", silent);
    let page = sandbox.page("cpd.html");
    for part in [
        "2 activities. 1 says how practice changed.",
        "Study day; The trust; 5 October 2026; 3 hours",
        "Influence on practice: I ask first",
        "no influence on practice stated",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("The visit"), "{page}");
}

#[test]
fn the_keys_that_a_new_portfolio_offers_for_it_can_be_switched_on() {
    let sandbox = Sandbox::empty();
    let begun = sandbox.run(&[
        "init",
        "--learner",
        "L-1",
        "--standard",
        "st0215",
        "--start",
        "2026-01-01",
        "--end",
        "2026-12-27",
    ]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    let settings = sandbox.read("portfolio/portfolio.yaml");
    let mut switched_on = settings.clone();
    for key in ["off_the_job", "pace", "reviews"] {
        switched_on = switched_on.replace(&format!("\n# {key}:"), &format!("\n{key}:"));
    }
    assert_eq!(
        switched_on.len() + 6,
        settings.len(),
        "three lines were switched off: {settings}"
    );
    sandbox.write("portfolio/portfolio.yaml", switched_on);
    let out = sandbox.check_as("concise");
    let unread = [
        "error[",
        "unknown-key",
        "wrong-type",
        "unknown-word",
        "bad-date",
    ];
    let reported: Vec<&str> = out
        .lines()
        .filter(|line| unread.iter().any(|word| line.contains(word)))
        .collect();
    assert_eq!(reported, [""; 0]);
    assert!(out.contains("[review-overdue]"), "{out}");
}
