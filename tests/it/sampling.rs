//! Internal quality assurance: reproducible draws, representation of every value, and outcomes.

use serde_json::Value;

use super::support::in_process::Draw;
use super::support::{Sandbox, TINY, Workspace};

/// The only decision of a decision file.
struct Verdicts<'a> {
    by: (&'a str, &'a str),
    date: &'a str,
    entry: &'a str,
    claims: &'a str,
}

/// A decision file without entry digests: sampling is about decisions, not about later changes of
/// the entry.
fn decided(one: &Verdicts<'_>) -> String {
    let Verdicts {
        by: (id, role),
        date,
        entry,
        claims,
    } = one;
    format!(
        "version: 1\nassessor: {{ id: {id}, role: {role} }}\ndate: {date}\ndecisions:\n  - entry: {entry}\n    \
         claims: {claims}\n    vacsr: {{ valid: true, authentic: true, current: true, sufficient: true, reliable: true }}\n    \
         feedback: Seen.\n"
    )
}

/// A portfolio of one learner in a folder, with its decision files chained in this order.
fn learner(sandbox: &Workspace, folder: &str, id: &str, files: &[Verdicts<'_>]) {
    sandbox.write(&format!("{folder}standards/tiny.yaml"), TINY);
    let settings = format!("version: 1\ntitle: T\nlearner: {{ id: {id} }}\nstandards: [tiny]\n");
    sandbox.write(&format!("{folder}portfolio/portfolio.yaml"), settings);
    for (entry, kind) in [
        ("one", "product"),
        ("two", "reflection"),
        ("three", "product"),
        ("four", "product"),
    ] {
        let text = format!(
            "---\ntitle: {entry}\ndate: 2026-03-01\ntype: {kind}\nksbs: [{{K1: a}}, {{K2: b}}]\n---\n\nWords of its own.\n"
        );
        sandbox.write(&format!("{folder}portfolio/entries/{entry}.md"), text);
    }
    let mut previous = None;
    for (at, one) in files.iter().enumerate() {
        let mut text = decided(one);
        if let Some(previous) = previous {
            text = format!("previous: {previous}\n{text}");
        }
        previous = Some(ksbfolio::resolve::decision_file_digest(&text));
        sandbox.write(&format!("{folder}portfolio/decisions/{at}.yaml"), text);
    }
}

const BOTH: &str = "{ K1: accepted, K2: accepted }";

fn by_two() -> [Verdicts<'static>; 5] {
    let one = |by, entry, claims| Verdicts {
        by: (by, "assessor"),
        date: "2026-04-01",
        entry,
        claims,
    };
    [
        one("AS-1", "one", BOTH),
        one("AS-1", "two", BOTH),
        one("AS-1", "three", BOTH),
        one("AS-1", "four", "{ K1: referred }"),
        one("AS-2", "two", BOTH),
    ]
}

fn sandbox(files: &[Verdicts<'_>]) -> Sandbox {
    let sandbox = Sandbox::empty();
    learner(&sandbox, "", "L-1", files);
    sandbox
}

fn drawn(document: &Value) -> Vec<String> {
    let pieces = document["pieces"].as_array().unwrap().iter();
    let name = |piece: &Value| {
        ["candidate", "entry", "assessor"].map(|key| piece[key].as_str().unwrap().to_owned())
    };
    pieces.map(|piece| name(piece).join("/")).collect()
}

#[test]
fn every_value_of_every_dimension_is_in_the_sample_and_each_piece_says_why() {
    let sandbox = sandbox(&by_two());
    let document = sandbox.draw(&Draw::default());
    assert_eq!(document["summary"]["pieces"], 5);
    for stratum in document["strata"].as_array().unwrap() {
        assert!(stratum["drawn"].as_u64() >= Some(1), "{stratum}");
    }
    let strata = document["strata"].to_string();
    for value in [
        "L-1",
        "AS-1",
        "AS-2",
        "Product",
        "Reflection",
        "accepted",
        "referred",
        "unknown",
    ] {
        assert!(
            strata.contains(&format!("\"value\":\"{value}\"")),
            "{value}: {strata}"
        );
    }
    for piece in document["pieces"].as_array().unwrap() {
        assert!(
            piece["why"].as_str().unwrap().starts_with("covers "),
            "{piece}"
        );
        assert_eq!(piece["outcome"], "open");
        assert_eq!(piece["site"][0], "unknown");
    }
    let pieces = drawn(&document);
    assert!(
        pieces.contains(&"L-1/four/AS-1".to_owned()),
        "the only referral: {pieces:?}"
    );
    assert!(
        pieces.contains(&"L-1/two/AS-2".to_owned()),
        "the only piece of AS-2: {pieces:?}"
    );
    assert!(pieces.len() <= 3, "no more than are needed: {pieces:?}");
}

#[test]
fn an_auditor_can_repeat_the_draw_by_the_documented_steps() {
    let sandbox = sandbox(&by_two());
    // A share of half draws the lower-ranked of AS-1's accepted products; `sha256sum` computes the
    // rank.
    let rank = |entry: &str| {
        let text = format!(
            "ksbfolio sample 1\n4:seed,3:L-1,{}:{entry},4:AS-1,",
            entry.len()
        );
        ksbfolio::text::sha256_hex(text.as_bytes())
    };
    let mut rest = ["one", "two", "three"];
    rest.sort_by_key(|entry| rank(entry));
    let document = sandbox.draw(&Draw {
        seed: Some("seed"),
        percent: Some(50),
        size: None,
    });
    assert_eq!(document["seed_from"], "option");
    let mut expected = vec![
        "L-1/four/AS-1".to_owned(),
        format!("L-1/{}/AS-1", rest[0]),
        "L-1/two/AS-2".to_owned(),
    ];
    expected.sort();
    assert_eq!(drawn(&document), expected);
    assert_eq!(document["quotas"][0]["asked"], 2);
}

#[test]
fn the_seed_comes_from_the_decisions_and_not_from_what_quality_assurers_add() {
    let mut files: Vec<Verdicts<'_>> = by_two().into();
    let before = sandbox(&files).draw(&Draw::default());
    assert_eq!(before["seed_from"], "decisions");
    files.push(Verdicts {
        by: ("IQA-1", "iqa"),
        date: "2026-05-01",
        entry: "two",
        claims: BOTH,
    });
    let after = sandbox(&files).draw(&Draw::default());
    assert_eq!(before["seed"], after["seed"]);
    assert_eq!(drawn(&before), drawn(&after));
    assert!(after["summary"]["looked_at"].as_u64() >= Some(1));
    files[0].claims = "{ K1: accepted }";
    assert_ne!(
        sandbox(&files).draw(&Draw::default())["seed"],
        before["seed"],
        "who decides otherwise gets another"
    );
}

#[test]
fn outcomes_are_reported_and_self_review_does_not_count() {
    let mut files: Vec<Verdicts<'_>> = by_two().into();
    files.push(Verdicts {
        by: ("AS-2", "iqa"),
        date: "2026-05-01",
        entry: "two",
        claims: BOTH,
    });
    files.push(Verdicts {
        by: ("IQA-1", "iqa"),
        date: "2026-05-02",
        entry: "four",
        claims: "{ K1: accepted }",
    });
    let sandbox = sandbox(&files);
    let document = sandbox.draw(&Draw {
        size: Some(5),
        ..Draw::default()
    });
    let outcome = |name: &str| {
        let at = drawn(&document).iter().position(|one| one == name).unwrap();
        document["pieces"][at].clone()
    };
    assert_eq!(outcome("L-1/two/AS-2")["outcome"], "open");
    assert_eq!(
        outcome("L-1/two/AS-1")["outcome"],
        "confirmed",
        "another's work is theirs to look at"
    );
    assert_eq!(outcome("L-1/four/AS-1")["outcome"], "overturned");
    assert_eq!(
        outcome("L-1/four/AS-1")["overturned"][0],
        "K1: referred, then accepted"
    );
    let text = sandbox.run(&["sample", "--size", "5"]);
    assert_eq!(text.code, 0);
    assert!(
        text.out.contains("so far only by the assessor"),
        "{}",
        text.out
    );
    assert!(
        text.out.contains("-> ksbfolio assess one --role iqa"),
        "{}",
        text.out
    );
    assert_eq!(sandbox.run(&["sample", "--fail-unmet"]).code, 1);
    assert_eq!(sandbox.coverage()["version"], 1);
}

#[test]
fn a_plan_that_is_met_passes_and_one_that_is_not_says_what_is_missing() {
    let mut files: Vec<Verdicts<'_>> = by_two().into();
    for entry in ["one", "two", "three", "four"] {
        files.push(Verdicts {
            by: ("IQA-1", "iqa"),
            date: "2026-05-01",
            entry,
            claims: "{ K1: accepted }",
        });
    }
    let met = sandbox(&files).file(
        "portfolio/sampling.yaml",
        "version: 1\nseed: autumn\npercent: { all: 100 }\nsites: { L-1: Ward }\nassessors:\n  - { id: AS-2, percent: { all: 0 } }\n",
    );
    let run = met.run(&["sample", "--fail-unmet"]);
    assert!(
        run.code == 0 && run.out.contains("The plan is met"),
        "{}{}",
        run.out,
        run.err
    );
    let document = met.draw(&Draw::default());
    assert_eq!(
        (&document["seed"], &document["seed_from"]),
        (&"autumn".into(), &"plan".into())
    );
    assert!(document["strata"].to_string().contains("Ward"));
    let asked: Vec<u64> = document["quotas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["asked"].as_u64().unwrap())
        .collect();
    assert_eq!(asked, [4, 0]);

    met.write(
        "portfolio/sampling.yaml",
        "version: 1\nmethods: [Viva]\nby: 2026-06-01\n",
    );
    let run = met.run(&["sample", "--fail-unmet"]);
    assert!(run.code == 1 && run.out.contains("“Viva”"), "{}", run.out);
    met.write("portfolio/sampling.yaml", "version: 1\nuntil: 2026-03-31\n");
    assert!(met.run(&["sample"]).out.contains("nothing to sample"));
}

#[test]
fn interim_and_summative_pieces_have_shares_of_their_own() {
    let sandbox = sandbox(&by_two()).file(
        "portfolio/sampling.yaml",
        "version: 1\npercent: { interim: 100, summative: 60 }\n",
    );
    let document = sandbox.draw(&Draw::default());
    let quota = |at: usize| &document["quotas"][at];
    assert_eq!(
        (&quota(0)["stage"], &quota(0)["of"], &quota(0)["asked"]),
        (&"interim".into(), &1.into(), &1.into())
    );
    assert_eq!(
        (&quota(1)["stage"], &quota(1)["of"], &quota(1)["asked"]),
        (&"summative".into(), &3.into(), &2.into())
    );
    assert!(
        document["pieces"]
            .to_string()
            .contains("for 60 % of the summative entries that AS-1 assessed")
    );
}

#[test]
fn a_cohort_is_sampled_as_one_whatever_the_order_of_its_folders() {
    let sandbox = Sandbox::empty();
    learner(&sandbox, "a/", "L-1", &by_two());
    learner(&sandbox, "it's b/", "L-2", &by_two()[..2]);
    let one = sandbox.draw_cohort(&["a", "it's b"]);
    let other = sandbox.draw_cohort(&["it's b", "a"]);
    assert_eq!(
        (&one["seed"], &one["pieces"]),
        (&other["seed"], &other["pieces"])
    );
    assert!(
        drawn(&one).iter().any(|piece| piece.starts_with("L-2/")),
        "every candidate is in it"
    );
    assert!(
        one["pieces"]
            .to_string()
            .contains("ksbfolio --root 'it'\\\\''s b' assess"),
        "{}",
        one["pieces"]
    );
    learner(&sandbox, "c/", "L-1", &[]);
    let twice = sandbox.run(&["sample", "a", "c"]);
    assert!(
        twice.code == 2 && twice.err.contains("L-1"),
        "{}",
        twice.err
    );
    assert_eq!(sandbox.run(&["--root", "a", "sample", "c"]).code, 2);
    assert_eq!(sandbox.run(&["sample", "nowhere"]).code, 2);
}

#[test]
fn a_plan_with_mistakes_is_a_finding_and_is_not_followed() {
    let sandbox = sandbox(&by_two()).file(
        "portfolio/sampling.yaml",
        "version: 1\npercents: { all: 20 }\npercent: { all: 120 }\n",
    );
    let findings = sandbox.run(&["check", "portfolio/sampling.yaml"]).out;
    for part in ["unknown-key", "percents", "wrong-type", "from 0 to 100"] {
        assert!(findings.contains(part), "{part}: {findings}");
    }
    assert_eq!(sandbox.run(&["sample"]).code, 2);
    sandbox.write("other.yaml", "version: 1\nwhen: now\n");
    let named = sandbox.run(&["sample", "--plan", "other.yaml"]);
    assert!(
        named.code == 2 && named.err.contains("other.yaml:2:1: `when`"),
        "{}",
        named.err
    );
    sandbox.write("other.yaml", "version: 1\nseed: 7\n");
    let run = sandbox.run(&["sample", "--plan", "other.yaml"]);
    assert!(
        run.out.contains("Seed: 7 (chosen in the plan)."),
        "{}{}",
        run.out,
        run.err
    );
    assert!(sandbox.json(&["schema", "sampling"])["properties"]["percent"].is_object());
}

#[test]
fn every_format_is_reproducible_and_safe_in_a_spreadsheet() {
    let sandbox = sandbox(&[Verdicts {
        by: ("AS-1", "assessor"),
        date: "2026-04-01",
        entry: "one",
        claims: BOTH,
    }]);
    for format in ["text", "json", "csv", "markdown"] {
        let run = || sandbox.draw_as(format, &Draw::default());
        assert_eq!(run(), run(), "{format}");
    }
    assert!(
        sandbox
            .draw_as("markdown", &Draw::default())
            .contains("| L-1 | one |")
    );
    let learner = sandbox
        .read("portfolio/portfolio.yaml")
        .replace("id: L-1", "id: \"=1+1\"");
    sandbox.write("portfolio/portfolio.yaml", learner);
    let cells = sandbox.draw_as("csv", &Draw::default());
    assert!(
        cells.contains("'=1+1") && !cells.contains("\n=1+1"),
        "{cells}"
    );
    let orders = sandbox
        .run(&["sample", "--seed", "a\n::error::b\u{1b}[2J"])
        .out;
    assert!(
        !orders.contains("\n::") && !orders.contains('\u{1b}'),
        "{orders}"
    );
    assert!(
        Sandbox::tiny()
            .run(&["sample"])
            .out
            .contains("nothing to sample")
    );
}

#[test]
fn overturned_decisions_are_shown_on_every_page_about_them() {
    let mut files: Vec<Verdicts<'_>> = by_two().into();
    files.push(Verdicts {
        by: ("IQA-1", "iqa"),
        date: "2026-05-02",
        entry: "four",
        claims: "{ K1: accepted }",
    });
    let sandbox = sandbox(&files);
    sandbox.build("assessor", "site");
    let entry = sandbox.read("site/entries/four.html");
    assert!(
        entry.contains("K1 overturned by IQA-1 on 2 May 2026: referred before, accepted since."),
        "{entry}"
    );
    assert!(entry.contains("Overturns what AS-1 decided on 1 April 2026: K1 was referred."));
    let page = sandbox.read("site/assessment.html");
    assert!(
        page.contains("AS-2") && page.contains("overturned by IQA-1 on 2 May 2026"),
        "{page}"
    );
    sandbox.build("public", "public");
    assert!(!sandbox.path().join("public/assessment.html").exists());
    assert!(
        !sandbox
            .read("public/index.html")
            .contains("assessment.html")
    );
}

#[test]
fn the_draw_of_the_sample_is_unchanged() {
    let sandbox = Sandbox::sample();
    let document = sandbox.draw(&Draw::default());
    assert!(
        document["strata"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["drawn"].as_u64() >= Some(1))
    );
    assert_eq!(document["by"], "2026-12-18");
    assert_eq!(sandbox.run(&["sample", "--fail-unmet"]).code, 1);
}
