//! Rows of a cohort are what the other commands say of each learner.

use std::fmt::Write as _;

use ksbfolio::check::RuleGroup;
use ksbfolio::check::rules::find;
use serde_json::{Value, json};

use super::support::in_process::load;
use super::support::{AS_OF, Sandbox, TINY, Workspace};

/// Numbers that look random and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let at = self.below(all.len() as u64);
        all[usize::try_from(at).unwrap()]
    }
}

/// A learner with settings, entries and decisions by chance.
fn generate(number: u64) -> Workspace {
    let mut chance = Chance(number * 7919 + 3);
    let workspace = Workspace::empty().file("standards/tiny.yaml", TINY);
    let mut settings =
        format!("version: 1\ntitle: T\nlearner: {{ id: AP-{number}, cohort: 2026-05 }}\n");
    settings += chance.one_of(&[
        "standards: [tiny]\n",
        "standards: [tiny, st0215]\n",
        "standards: [tiny, lost]\n",
    ]);
    settings += chance.one_of(&[
        "",
        "start: 2026-05-21\n",
        "start: 2025-09-01\n",
        "start: 2026-11-01\n",
    ]);
    settings += chance.one_of(&[
        "",
        "planned_end: 2027-05-21\n",
        "planned_end: 2026-12-05\n",
        "planned_end: 2026-11-01\n",
    ]);
    settings += chance.one_of(&["", "off_the_job: { required_hours: 250 }\n"]);
    settings += chance.one_of(&[
        "",
        "reviews: [{ date: 2026-10-01, with: [tutor] }]\n",
        "reviews: [{ date: 2026-06-11, with: [employer, tutor] }]\n",
    ]);
    settings += chance.one_of(&["", "", "waivers: [{ code: \"tiny:K10\", kind: prior-learning, reason: agreed, by: TU-1, date: 2026-06-01 }]\n"]);
    workspace.write("portfolio/portfolio.yaml", settings);
    for entry in 0..chance.below(9) {
        let mut text = String::from("---\ntitle: A piece\n");
        writeln!(
            text,
            "date: 2026-{:02}-{:02}",
            4 + chance.below(9),
            1 + chance.below(28)
        )
        .unwrap();
        writeln!(
            text,
            "type: {}",
            chance.one_of(&["product", "reflection", "cpd", "observation"])
        )
        .unwrap();
        text += chance.one_of(&["", "status: draft\n"]);
        text += chance.one_of(&["", "", "visibility: private\n"]);
        text += chance.one_of(&[
            "",
            "hours: 12\noff_the_job: true\n",
            "hours: 30\noff_the_job: true\n",
        ]);
        text += chance.one_of(&[
            "ksbs: [\"tiny:K1\"]\n",
            "ksbs: [\"tiny:K2\", \"tiny:B1\"]\n",
            "ksbs: [\"tiny:K10\", \"tiny:K77\"]\n",
            "",
        ]);
        text += "---\n\n";
        text += chance.one_of(&[
            "Words of its own.\n",
            "I spoke with Mrs Oakapple about her care.\n",
            "",
        ]);
        workspace.write(&format!("portfolio/entries/e{entry}.md"), text);
    }
    decide(&workspace, &mut chance);
    workspace
}

/// One or two decision files, of which the second follows the first or not.
fn decide(workspace: &Workspace, chance: &mut Chance) {
    let mut previous = String::new();
    for file in 0..chance.below(3) {
        let project = load(workspace.path(), AS_OF);
        let entries = &project.portfolio.entries;
        let Some(entry) = entries.iter().find(|entry| !entry.claims.is_empty()) else {
            return;
        };
        let code = project
            .portfolio
            .catalogue
            .full_code(entry.claims[0].criterion);
        let verdict = chance.one_of(&["accepted", "referred", "partly"]);
        let text = format!(
            "version: 1\nassessor: {{ id: AS-{file}, role: assessor }}\ndate: 2026-11-{}\n{previous}decisions:\n  - entry: {}\n    attempt: 1\n    digest: {}\n    claims: {{ \"{code}\": {verdict} }}\n    feedback: Read.\n",
            18 + file,
            entry.id,
            entry.digests.current()
        );
        if chance.below(2) == 0 {
            previous = format!(
                "previous: {}\n",
                ksbfolio::resolve::decision_file_digest(&text)
            );
        }
        workspace.write(&format!("portfolio/decisions/d{file}.yaml"), text);
    }
}

/// The row that the other commands make of a learner.
fn row_of(workspace: &Workspace) -> Value {
    let (coverage, hours) = (workspace.coverage(), workspace.hours());
    let (gateway, review) = (workspace.gateway(), workspace.review(None));
    let (check, verify) = (workspace.check(), workspace.verify());
    let standards = coverage["standards"].as_array().unwrap().iter();
    let standards = standards.zip(review["standards"].as_array().unwrap());
    let versions = coverage["portfolio"]["standards"].as_array().unwrap();
    let standards: Vec<Value> = standards
        .map(|(covered, reviewed)| {
            let version = versions.iter().find(|one| one["id"] == covered["id"]);
            let version = version.unwrap();
            let criteria = covered["criteria"].as_array().unwrap().iter();
            let criteria = criteria.map(|one| {
                let is_waived = one["flags"].as_array().unwrap().contains(&json!("waived"));
                let state = if is_waived {
                    json!("waived")
                } else {
                    one["state"].clone()
                };
                (one["code"].as_str().unwrap().to_owned(), state)
            });
            json!({
                "id": covered["id"],
                "version": version["version"],
                "updated": version["updated"],
                "evidence": covered["summary"],
                "criteria": criteria.collect::<serde_json::Map<_, _>>(),
                "plan": reviewed["now"],
            })
        })
        .collect();
    let sum = |key: &str| -> u64 {
        let standards = gateway["standards"].as_array().unwrap().iter();
        standards
            .map(|one| one["summary"][key].as_u64().unwrap())
            .sum()
    };
    let findings = check["findings"].as_array().unwrap().iter();
    let private = findings.filter(|one| {
        find(one["rule"].as_str().unwrap()).is_some_and(|rule| rule.group == RuleGroup::Privacy)
    });
    json!({
        "learner": coverage["portfolio"]["learner"],
        "cohort": coverage["portfolio"]["cohort"],
        "as_of": coverage["as_of"],
        "standards": standards,
        "hours": {
            "recorded": hours["recorded"],
            "required": hours["required"]["hours"],
            "planned_so_far": hours["planned_so_far"],
            "standing": hours["standing"],
        },
        "gateway": {
            "readiness": gateway["readiness"],
            "met": sum("met"),
            "not_met": sum("not_met"),
            "unknown": sum("unknown"),
            "to_confirm": sum("to_confirm"),
        },
        "findings": check["summary"],
        "privacy": private.count(),
        "decisions": {
            "files": verify["files"].as_array().unwrap().len(),
            "chain": verify["chain"],
            "holds": verify["holds"],
        },
        "contested": verify["contested"].as_array().unwrap().len(),
    })
}

/// The same of a row of the cohort.
fn row_in(row: &Value) -> Value {
    let standards = row["standards"].as_array().unwrap().iter();
    let standards: Vec<Value> = standards
        .map(|one| {
            json!({
                "id": one["id"], "version": one["version"], "updated": one["updated"], "evidence": one["evidence"],
                "criteria": one["criteria"], "plan": one["plan"],
            })
        })
        .collect();
    let (hours, findings) = (&row["hours"], &row["findings"]);
    let private = findings["privacy"].as_object().unwrap().values();
    json!({
        "learner": row["learner"],
        "cohort": row["cohort"],
        "as_of": row["as_of"],
        "standards": standards,
        "hours": {
            "recorded": hours["recorded"],
            "required": hours["required"],
            "planned_so_far": hours["planned_so_far"],
            "standing": hours["standing"],
        },
        "gateway": row["gateway"],
        "findings": { "error": findings["error"], "warning": findings["warning"], "note": findings["note"] },
        "privacy": private.map(|number| number.as_u64().unwrap()).sum::<u64>(),
        "decisions": row["decisions"],
        "contested": row["referrals"]["contested"],
    })
}

#[test]
fn every_field_of_fifty_rows_is_what_the_other_commands_say() {
    let learners: Vec<Workspace> = (0..50).map(generate).collect();
    let folders: Vec<&str> = learners
        .iter()
        .map(|one| one.path().to_str().unwrap())
        .collect();
    let sandbox = Sandbox::empty().file("roots.txt", folders.join("\n"));
    let document = sandbox.json(&["cohort", "--roots", "roots.txt", "--format", "json"]);
    let rows = document["learners"].as_array().unwrap();
    assert_eq!(rows.len(), 50);
    let mut seen = std::collections::BTreeSet::new();
    for (number, learner) in learners.iter().enumerate() {
        let id = format!("AP-{number}");
        let row = rows.iter().find(|row| row["learner"] == *id).unwrap();
        assert_eq!(row_in(row), row_of(learner), "{id}");
        seen.insert(row["colour"].as_str().unwrap());
        seen.insert(row["decisions"]["chain"].as_str().unwrap());
    }
    for word in ["red", "none", "unbroken", "forked"] {
        assert!(seen.contains(word), "no learner is {word}: {seen:?}");
    }
}

#[test]
fn every_report_for_programs_names_learner_cohort_day_and_versions() {
    let sandbox = Sandbox::sample();
    let versions = "st0215 updated 2023-09-13";
    for arguments in [
        "check",
        "coverage",
        "hours",
        "gateway",
        "review",
        "decisions verify",
    ] {
        let mut arguments: Vec<&str> = arguments.split(' ').collect();
        arguments.extend(["--format", "json"]);
        let about = &sandbox.json(&arguments)["portfolio"];
        assert_eq!(about["learner"], "AP-2041", "{arguments:?}");
        assert_eq!(about["cohort"], "2025-09");
        assert_eq!(about["as_of"], "2026-11-21");
        assert_eq!(about["standards"][0]["id"], "st0215");
        assert_eq!(about["standards"][0]["updated"], "2023-09-13");
    }
    let sample = sandbox.json(&["sample", "--format", "json"]);
    assert_eq!(sample["portfolios"][0]["learner"], "AP-2041");
    for command in ["coverage", "hours", "sample"] {
        let table = sandbox.run(&[command, "--format", "csv"]).out;
        let mut lines = table.lines();
        assert!(
            lines
                .next()
                .unwrap()
                .ends_with(",Learner,Cohort,As of,Standard versions")
        );
        for line in lines.filter(|line| line.contains("AP-2041,2025-09")) {
            assert!(
                line.contains(&format!("AP-2041,2025-09,2026-11-21,{versions}")),
                "{command}: {line}"
            );
        }
        assert!(table.contains(versions), "{command}");
    }
    for format in ["sarif", "junit"] {
        let report = sandbox.run(&["check", "--format", format]).out;
        assert!(
            report.contains("AP-2041") && report.contains("2023-09-13"),
            "{format}"
        );
    }
    let public = sandbox.run(&["build", "--audience", "public", "--output", "public"]);
    assert!(public.code < 2, "{}", public.err);
    for (path, bytes) in super::support::tree(&sandbox.path().join("public")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("AP-2041"), "{}", path.display());
    }
}

/// What no report of a cohort may show: titles, passages, feedback, names and days of events.
#[test]
fn no_words_of_a_portfolio_are_in_any_format() {
    let sandbox = Sandbox::empty().file("a/standards/tiny.yaml", TINY);
    sandbox.write(
        "a/portfolio/portfolio.yaml",
        "version: 1\ntitle: Canarytitle\nlearner: { id: L-1, name: Canaryname Quillfeather, cohort: 2026-05 }\nemployer: Canaryemployer\nstandards: [tiny]\nstart: 2026-01-05\nplanned_end: 2027-05-21\n",
    );
    sandbox.write(
        "a/portfolio/entries/canaryfile.md",
        "---\ntitle: Canaryheading\ndate: 2026-10-14\nevent_date: 2026-10-03\ntype: product\nid: canaryid\nksbs: [{ K1: canaryreason }]\nactions: [{ what: canaryaction, by: 2026-12-01 }]\n---\n\n[Canarypassage of words](ksb:K2) about Mrs Oakapple.\n",
    );
    let project = load(&sandbox.path().join("a"), AS_OF);
    let digest = project.portfolio.entries[0].digests.current().to_owned();
    sandbox.write(
        "a/portfolio/decisions/d.yaml",
        format!("version: 1\nassessor: {{ id: AS-1, role: assessor }}\ndate: 2026-11-01\ndecisions:\n  - entry: canaryid\n    attempt: 1\n    digest: {digest}\n    claims: {{ K1: referred }}\n    feedback: Canaryfeedback.\n"),
    );
    for format in FORMATS {
        let run = sandbox.run(&["cohort", "a", "--format", format, "--output", "out"]);
        assert!(run.code < 2, "{format}: {}", run.err);
        let mut made = sandbox.read_bytes("out");
        if format == "xlsx" {
            made = unzip(&made);
        }
        let text = String::from_utf8_lossy(&made).to_lowercase();
        assert!(text.contains("l-1"), "{format}");
        for word in [
            "canary",
            "oakapple",
            "quillfeather",
            "2026-10-03",
            "3 october",
        ] {
            assert!(!text.contains(word), "{word} in {format}");
        }
        std::fs::remove_file(sandbox.path().join("out")).unwrap();
    }
}

const FORMATS: [&str; 5] = ["text", "json", "csv", "xlsx", "html"];

/// All parts of a zip, one behind the other.
fn unzip(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = Vec::new();
    for at in 0..archive.len() {
        std::io::Read::read_to_end(&mut archive.by_index(at).unwrap(), &mut all).unwrap();
    }
    all
}
