//! Rows of a cohort under keyed pseudonyms.

use std::collections::{BTreeMap, BTreeSet};

use ksbfolio::text::hmac_sha256_hex;
use serde_json::Value;

use super::support::{Sandbox, TINY, repository};

const KEY: &str = "a secret of 32 bytes, kept apart";

/// Six learners in folders `l1` to `l6`, of which the last has no portfolio.
fn cohort() -> Sandbox {
    let sandbox = Sandbox::empty().file("key", format!("{KEY}\n"));
    let mut plan = "version: 1\nlearners:\n".to_owned();
    for number in 1..6 {
        let folder = format!("l{number}");
        sandbox.write(&format!("{folder}/standards/tiny.yaml"), TINY);
        sandbox.write(
            &format!("{folder}/portfolio/portfolio.yaml"),
            format!(
                "version: 1\ntitle: Canarytitle\nlearner: {{ id: AP-{number}, name: Canary Quillfeather, cohort: 2026-05 }}\nstandards: [tiny]\nstart: 2026-05-21\nplanned_end: 2027-05-21\nreviews: [{{ date: 2026-08-13, with: [tutor] }}]\n"
            ),
        );
        sandbox.write(
            &format!("{folder}/portfolio/entries/canaryfile.md"),
            "---\ntitle: Canaryheading\ndate: 2026-10-14\nevent_date: 2026-10-03\ntype: product\nid: canaryid\nhours: 7\noff_the_job: true\nksbs: [{ K1: canaryreason }]\n---\n\n[Canarypassage](ksb:K2) about Mrs Oakapple.\n",
        );
        let tutor = number / 5;
        plan.extend([format!(
            "  - {{ id: AP-{number}, tutor: TU-{tutor}, site: North }}\n"
        )]);
    }
    std::fs::create_dir(sandbox.path().join("l6")).unwrap();
    sandbox.write("cohort.yaml", plan);
    sandbox
}

const FOLDERS: [&str; 6] = ["l1", "l2", "l3", "l4", "l5", "l6"];

fn run(sandbox: &Sandbox, more: &[&str]) -> super::support::Run {
    let arguments = [&["cohort", "--plan", "cohort.yaml"], &FOLDERS[..], more].concat();
    sandbox.run(&arguments)
}

/// The rows of a stream by table.
fn tables(out: &str) -> BTreeMap<String, Vec<Value>> {
    let mut tables: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in out.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let table = row["table"].as_str().unwrap().to_owned();
        tables.entry(table).or_default().push(row);
    }
    tables
}

#[test]
fn rows_go_by_the_key_alone_and_carry_no_words() {
    let sandbox = cohort();
    for profile in ["internal", "shared"] {
        let made = run(
            &sandbox,
            &["--format", "jsonl", "--key", "key", "--profile", profile],
        );
        assert_eq!(made.code, 1, "a folder has no portfolio: {}", made.err);
        let low = made.out.to_lowercase();
        for word in [
            "canary",
            "oakapple",
            "quillfeather",
            "2026-10-03",
            "ap-1",
            "tu-0",
            "north",
            "l6",
        ] {
            assert!(!low.contains(word), "{word} in {profile}");
        }
        let tables = tables(&made.out);
        assert_eq!(tables["learners"].len(), 6);
        assert_eq!(tables["criteria"].len(), 4, "once for all learners");
        assert_eq!(tables["states"].len(), 20);
        let learner = &tables["learners"][0];
        assert_eq!(learner["learner"], hmac_sha256_hex(KEY.as_bytes(), b"AP-1"));
        assert_eq!(tables["learners"][5]["judged"], false);
        let small = hmac_sha256_hex(KEY.as_bytes(), b"TU-1");
        let five = hmac_sha256_hex(KEY.as_bytes(), b"North");
        let tutor = &tables["learners"][4]["tutor"];
        assert_eq!(learner["site"], five);
        assert_eq!(learner["cohort"], "2026-05");
        if profile == "internal" {
            assert_eq!(*tutor, small);
            assert_eq!(learner["start"], "2026-05-21");
            assert_eq!(learner["silent_days"].as_f64(), Some(38.0));
            assert_eq!(tables["entries"][0]["hours"].as_f64(), Some(7.0));
        } else {
            assert_eq!(*tutor, "fewer than 5");
            assert_eq!(learner["start"], "2026-05");
            assert_eq!(learner["silent_days"].as_f64(), Some(40.0));
            assert_eq!(tables["entries"][0]["hours"].as_f64(), Some(5.0));
            let is_day = |value: &Value| {
                value
                    .as_str()
                    .is_some_and(|text| text.len() == 10 && text.starts_with("202"))
            };
            for row in tables
                .values()
                .flatten()
                .filter(|row| row["table"] != "criteria")
            {
                assert!(!row.as_object().unwrap().values().any(is_day), "{row}");
            }
        }
    }
}

#[test]
fn without_a_good_key_nothing_is_written() {
    let sandbox = cohort().file("short", "0123456789\n").file("full/x", "");
    for more in [
        &["--format", "jsonl"][..],
        &["--format", "jsonl", "--key", "none"],
        &["--format", "jsonl", "--key", "short"],
        &["--format", "csv", "--key", "none"],
        &["--format", "jsonl", "--format", "csv", "--key", "key"],
        &["--format", "jsonl", "--key", "key", "--output", "full"],
        &[
            "--format",
            "jsonl",
            "--key",
            "key",
            "--output",
            "l1/portfolio/data",
        ],
    ] {
        let made = run(&sandbox, more);
        assert_eq!(made.code, 2, "{more:?}: {}", made.err);
        assert_eq!(made.out, "", "{more:?}");
    }
    assert!(!sandbox.path().join("l1/portfolio/data").exists());
}

#[test]
fn a_folder_has_a_file_for_each_table_and_says_what_it_is() {
    let sandbox = cohort();
    let stream = run(&sandbox, &["--format", "jsonl", "--key", "key"]).out;
    let made = run(
        &sandbox,
        &["--format", "jsonl", "--key", "key", "--output", "data"],
    );
    assert_eq!(made.code, 1, "{}", made.err);
    let package: Value = serde_json::from_str(&sandbox.read("data/datapackage.json")).unwrap();
    let mut lines = 0;
    for resource in package["resources"].as_array().unwrap() {
        let text = sandbox.read(&format!("data/{}", resource["path"].as_str().unwrap()));
        let fields = resource["schema"]["fields"].as_array().unwrap().iter();
        let fields: BTreeSet<&str> = fields
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        for line in text.lines() {
            lines += 1;
            let row: Value = serde_json::from_str(line).unwrap();
            let keys: BTreeSet<&str> = row
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .collect();
            assert_eq!(keys, fields, "{line}");
        }
    }
    assert_eq!(lines, stream.lines().count());
    assert!(
        sandbox
            .read("data/README.md")
            .contains("This is personal data")
    );
    // The page lists every field of every table.
    let page = std::fs::read_to_string(repository().join("docs/dataset.md")).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        assert!(page.contains(&format!("### {}", resource["name"].as_str().unwrap())));
        for field in resource["schema"]["fields"].as_array().unwrap() {
            let line = format!(
                "| `{}` | {} | {} |",
                field["name"].as_str().unwrap(),
                field["type"].as_str().unwrap(),
                field["description"].as_str().unwrap()
            );
            assert!(page.contains(&line), "docs/dataset.md lacks: {line}");
        }
    }
}

#[test]
fn a_report_with_a_key_has_the_same_pseudonyms() {
    let sandbox = cohort();
    let made = run(&sandbox, &["--format", "csv", "--key", "key"]);
    for word in ["AP-1", "TU-", "North", "l1", "l6"] {
        assert!(!made.out.contains(word), "{word}: {}", made.out);
    }
    for id in ["AP-1", "AP-5", "TU-0"] {
        assert!(
            made.out
                .contains(&hmac_sha256_hex(KEY.as_bytes(), id.as_bytes()))
        );
    }
}

/// A reference that is a tutor's for three learners and an assessor's for two is in no group of five.
#[test]
fn groups_are_counted_field_by_field() {
    let sandbox = cohort();
    let mut plan = "version: 1\nlearners:\n".to_owned();
    for number in 1..6 {
        let role = if number < 4 { "tutor" } else { "assessor" };
        plan.extend([format!(
            "  - {{ id: AP-{number}, {role}: XY-1, site: North }}\n"
        )]);
    }
    sandbox.write("cohort.yaml", plan);
    let run = run(
        &sandbox,
        &["--format", "jsonl", "--key", "key", "--profile", "shared"],
    );
    assert_eq!(run.code, 1, "{}", run.err);
    let hidden = hmac_sha256_hex(KEY.as_bytes(), b"XY-1");
    assert!(!run.out.contains(&hidden), "{}", run.out);
    let site = hmac_sha256_hex(KEY.as_bytes(), b"North");
    let learners = &tables(&run.out)["learners"];
    let shown = learners.iter().filter(|row| row["site"] == site.as_str());
    assert_eq!(shown.count(), 5, "a group of five is shown");
}

/// Under a key, rows without a learner have no name at all, and each is still a row of its own.
#[test]
fn rows_without_a_name_stay_apart_on_the_page() {
    let sandbox = cohort();
    let made = run(&sandbox, &["none", "--format", "html", "--key", "key"]).out;
    let from = made.find("id=\"not-judged\"").unwrap();
    let section = &made[from..from + made[from..].find("</section>").unwrap()];
    let rows: BTreeSet<&str> = section
        .split("<li data-row=\"")
        .skip(1)
        .filter_map(|one| one.split('"').next())
        .collect();
    assert_eq!(rows.len(), 2, "{section}");
}
