//! Rows of a cohort under keyed pseudonyms.

use std::collections::{BTreeMap, BTreeSet};

use ksbfolio::text::hmac_sha256_hex;
use serde_json::Value;

use super::cohort_rows::unzip;
use super::support::in_process::load;
use super::support::{AS_OF, Sandbox, TINY, repository, tree};

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
        let of = |id: &str| {
            let pseudonym = hmac_sha256_hex(KEY.as_bytes(), id.as_bytes());
            let mut rows = tables["learners"].iter();
            rows.find(|row| row["learner"] == pseudonym).unwrap()
        };
        let names: Vec<Option<&str>> = tables["learners"]
            .iter()
            .map(|row| row["learner"].as_str())
            .collect();
        // In the order of the references, anyone with a list of them could see who is who.
        assert!(names[..5].is_sorted(), "{names:?}");
        let learner = of("AP-1");
        assert_eq!(tables["learners"][5]["judged"], false);
        let small = hmac_sha256_hex(KEY.as_bytes(), b"TU-1");
        let five = hmac_sha256_hex(KEY.as_bytes(), b"North");
        let tutor = &of("AP-5")["tutor"];
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
        &["--format", "csv", "--key", "key", "--profile", "shared"],
        &["--key", "key", "--profile", "internal"],
        &["--format", "jsonl", "--profile", "shared"],
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

/// The assessor of the plan is not always the one who decides.
#[test]
fn a_deciding_assessor_is_a_group_of_the_learners_decided_about() {
    let sandbox = cohort();
    let decide = |learner: usize, assessor: &str| {
        let folder = format!("l{learner}");
        let project = load(&sandbox.path().join(&folder), AS_OF);
        let digest = project.portfolio.entries[0].digests.current().to_owned();
        sandbox.write(
            &format!("{folder}/portfolio/decisions/d.yaml"),
            format!("version: 1\nassessor: {{ id: {assessor}, role: assessor }}\ndate: 2026-11-01\ndecisions:\n  - entry: canaryid\n    attempt: 1\n    digest: {digest}\n    claims: {{ K1: accepted }}\n    feedback: Canaryfeedback.\n"),
        );
    };
    let assessors = |profile: &str| {
        let more = ["--format", "jsonl", "--key", "key", "--profile", profile];
        let tables = tables(&run(&sandbox, &more).out);
        let rows = tables["decisions"].iter();
        let names: BTreeSet<String> = rows
            .map(|row| row["assessor"].as_str().unwrap().to_owned())
            .collect();
        names
    };
    let one = hmac_sha256_hex(KEY.as_bytes(), b"AS-1");
    let other = hmac_sha256_hex(KEY.as_bytes(), b"AS-2");
    (1..6).for_each(|learner| decide(learner, "AS-1"));
    assert_eq!(assessors("shared"), BTreeSet::from([one.clone()]));
    decide(5, "AS-2");
    assert_eq!(assessors("internal"), BTreeSet::from([one, other]));
    let few = "fewer than 5".to_owned();
    assert_eq!(assessors("shared"), BTreeSet::from([few]));
}

/// Words of an own standard and of a plan are in no format that is made with a key.
#[test]
fn a_key_covers_the_words_of_standards_and_plans() {
    let sandbox = cohort();
    let standard = TINY
        .replace(
            "id: tiny",
            "id: Canary Tiny\nstandard_version: Canary of Mrs Oakapple",
        )
        .replace("id: knowledge", "id: Canary kind")
        .replace("kind: knowledge", "kind: Canary kind")
        .replace("code: K10", "code: Canary code")
        .replace("[K10, B1]", "[Canary code, B1]");
    let settings = sandbox.read("l1/portfolio/portfolio.yaml");
    let settings = settings.replace("standards: [tiny]", "standards: [Canary Tiny]");
    sandbox.write("l1/standards/tiny.yaml", standard);
    sandbox.write("l1/portfolio/portfolio.yaml", settings);
    sandbox.write(
        "cohort.yaml",
        "version: 1\ntitle: Canary intake\nlearners:\n  - { id: AP-1, tutor: Canarytutor, delivery: Canary delivery }\nrules:\n  - { measure: silent-days, over: 28, colour: amber, delivery: Canary delivery, source: Canarysource }\n",
    );
    for format in ["text", "json", "csv", "xlsx", "html", "jsonl"] {
        let more = ["--format", format, "--key", "key", "--output", "out"];
        let made = run(&sandbox, &more);
        assert_eq!(made.code, 1, "{format}: {}", made.err);
        let out = sandbox.path().join("out");
        let bytes = match format {
            "jsonl" => tree(&out)
                .into_iter()
                .flat_map(|(_, bytes)| bytes)
                .collect(),
            "xlsx" => unzip(&sandbox.read_bytes("out")),
            _ => sandbox.read_bytes("out"),
        };
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let learner = hmac_sha256_hex(KEY.as_bytes(), b"AP-1");
        assert!(text.contains(&learner), "{format}");
        for word in ["canary", "oakapple", "quillfeather"] {
            let at = text.find(word).map(|at| &text[at.saturating_sub(40)..at]);
            assert_eq!(at, None, "{word} in {format}");
        }
        std::fs::remove_file(&out)
            .or_else(|_| std::fs::remove_dir_all(&out))
            .unwrap();
    }
}

/// Queries that name their fields go on working: names and types stay, and fields are only added.
#[test]
fn the_tables_of_version_1_only_grow() {
    let types = |package: &str| -> BTreeMap<(String, String), Value> {
        let package: Value = serde_json::from_str(package).unwrap();
        let tables = package["resources"].as_array().unwrap().iter();
        let fields = tables.flat_map(|table| {
            let fields = table["schema"]["fields"].as_array().unwrap().iter();
            fields.map(|field| {
                let name = [&table["name"], &field["name"]].map(|name| name.as_str().unwrap());
                let is_required = &field["constraints"]["required"];
                let value = serde_json::json!([field["type"], is_required]);
                (name.map(str::to_owned).into(), value)
            })
        });
        fields.collect()
    };
    let first = repository().join("tests/cohort/version-1.0/datapackage.json");
    let first = types(&std::fs::read_to_string(first).unwrap());
    let now = types(&ksbfolio::report::data_package("internal"));
    assert!(first.len() > 80, "{}", first.len());
    for (field, value) in first {
        assert_eq!(now.get(&field), Some(&value), "{field:?}");
    }
    assert!(ksbfolio::report::DATASET_VERSION.starts_with("1."));
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
