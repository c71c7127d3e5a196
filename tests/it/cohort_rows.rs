//! Rows of a cohort are what the other commands say of each learner, and what can be counted in
//! their files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::cohort_learners::Learner;
use super::cohort_oracle::{Said, has_flag, judge, list, row_of};
use super::cohort_workbook::{self, Book};
use super::support::in_process::load;
use super::support::{AS_OF, Sandbox, TINY, Workspace, tree};

/// Fifty learners, their files, and what is said of them.
struct Fifty {
    learners: Vec<Learner>,
    workspaces: Vec<Workspace>,
    sandbox: Sandbox,
    document: Value,
}

/// The people around a learner, as the plan has them: tutor, assessor, site, delivery.
fn seat(number: usize) -> [&'static str; 4] {
    let tutor = ["TU-1", "TU-2", ""][number % 3];
    let assessor = ["AS-1", ""][number % 2];
    let (site, delivery) = (
        ["North", "South"][number / 2 % 2],
        ["", "block"][number / 4 % 2],
    );
    [tutor, assessor, site, delivery]
}

impl Fifty {
    fn new() -> Self {
        let learners: Vec<Learner> = (0..50).map(Learner::generate).collect();
        let workspaces: Vec<Workspace> = learners.iter().map(Learner::write).collect();
        let sandbox = Sandbox::empty();
        // A copy in a folder with a plain name: a random one can look like an identifier.
        for (number, workspace) in workspaces.iter().enumerate() {
            for (path, bytes) in tree(workspace.path()) {
                let path = path.to_str().unwrap();
                sandbox.write(&format!("learner-{number}/{path}"), bytes);
            }
        }
        let folders = (0..50).map(|number| format!("learner-{number}\n"));
        sandbox.write("roots.txt", folders.collect::<String>());
        let mut plan = "version: 1\nsecond_look_percent: 30\nlearners:\n".to_owned();
        for (number, learner) in learners.iter().enumerate() {
            let [tutor, assessor, site, delivery] = seat(number);
            writeln!(
                plan,
                "  - {{ id: {}, tutor: \"{tutor}\", assessor: \"{assessor}\", site: {site}, delivery: \"{delivery}\" }}",
                learner.id
            )
            .unwrap();
        }
        sandbox.write("cohort.yaml", plan);
        let mut arguments = vec!["cohort", "--roots", "roots.txt", "--plan", "cohort.yaml"];
        for format in ["json", "csv", "xlsx", "html", "text"] {
            arguments.extend(["--format", format, "--output", format]);
        }
        let run = sandbox.run(&arguments);
        assert_eq!(run.code, 1, "a standard is lost: {}", run.err);
        let document = serde_json::from_str(&sandbox.read("json")).unwrap();
        Self {
            learners,
            workspaces,
            sandbox,
            document,
        }
    }

    fn rows(&self) -> &[Value] {
        list(&self.document["learners"])
    }
}

/// What every row has to be, and what the other commands say.
fn expect_rows(fifty: &Fifty) -> Vec<(Value, Said)> {
    let rules = list(&fifty.document["rules"]);
    let learners = fifty.learners.iter().zip(&fifty.workspaces).enumerate();
    let expected = learners.map(|(number, (learner, workspace))| {
        let said = Said::of(workspace);
        let folder = format!("learner-{number}");
        let mut row = row_of(learner, &said, &folder, seat(number));
        let (colour, reasons) = judge(learner, &said, &row, rules);
        row["colour"] = json!(colour);
        row["colour_words"] = json!(match colour {
            "red" => "act today",
            "amber" => "look this week",
            "green" => "on plan",
            _ => "unknown",
        });
        row["reasons"] = json!(reasons);
        (row, said)
    });
    expected.collect()
}

/// The rows are compared whole, so a new field fails here until it has a second computation.
#[test]
fn every_field_of_fifty_rows_is_what_the_other_commands_say() {
    let fifty = Fifty::new();
    let expected = expect_rows(&fifty);
    assert_eq!(fifty.rows().len(), 50);
    let (mut seen, mut differ) = (BTreeSet::new(), String::new());
    for ((expected, _), row) in expected.iter().zip(fifty.rows()) {
        let (row, expected) = (row.as_object().unwrap(), expected.as_object().unwrap());
        for key in row.keys().chain(expected.keys()).collect::<BTreeSet<_>>() {
            if row.get(key) != expected.get(key) {
                let (id, ours, theirs) = (&row["learner"], row.get(key), expected.get(key));
                writeln!(differ, "{id} {key}:\n  {ours:?}\n  {theirs:?}").unwrap();
            }
        }
        for key in ["colour", "stage"] {
            seen.insert(row[key].as_str().unwrap());
        }
        seen.insert(row["decisions"]["chain"].as_str().unwrap());
        let forecast = row["forecast"]["words"].as_str().unwrap();
        seen.insert(forecast.split(' ').next().unwrap());
        for (key, part) in [
            ("waiting", "claims"),
            ("referrals", "open"),
            ("referrals", "resubmitted"),
            ("referrals", "contested"),
        ] {
            if row[key][part] != 0 {
                seen.insert(part);
            }
        }
    }
    assert!(differ.is_empty(), "cohort, then expected:\n{differ}");
    for word in [
        "red",
        "amber",
        "unknown",
        "not-started",
        "started",
        "on-programme",
        "on-break",
        "near-gateway",
        "past-end",
        "none",
        "unbroken",
        "forked",
        "between",
        "not",
        "unknown:",
        "claims",
        "open",
        "resubmitted",
        "contested",
    ] {
        assert!(seen.contains(word), "no learner is {word}: {seen:?}");
    }
    compare_table(&fifty);
    cohort_workbook::compare(&fifty.sandbox, &fifty.document);
    compare_lists(&fifty);
    compare_assessors(&fifty);
    compare_dataset(&fifty);
    compare_heat_map(&fifty, &expected);
}

/// The columns of a table of learners, each with its place in a row of the document.
pub const COLUMNS: [(&str, &str); 48] = [
    ("Learner", "/learner"),
    ("Colour", "/colour"),
    ("Action", "/colour_words"),
    ("Reasons", ""),
    ("Stage", "/stage"),
    ("Criteria", ""),
    ("Evidenced", ""),
    ("Accepted", "/evidence/accepted"),
    ("Expected", "/plan/planned"),
    ("Forecast first", "/forecast/first"),
    ("Forecast last", "/forecast/last"),
    ("Hours", "/hours/recorded"),
    ("Hours planned", "/hours/planned_so_far"),
    ("Hours required", "/hours/required"),
    ("Months without learning", ""),
    ("Submitted entries", "/entries/submitted"),
    ("Private entries", "/entries/private"),
    ("Drafts", "/entries/drafts"),
    ("Last entry", "/last_entry"),
    ("Silent days", "/silent_days"),
    ("Reviews", "/reviews/held"),
    ("Last review", "/reviews/last"),
    ("Days since review", "/reviews/days_since"),
    ("Reviews by two parties", "/reviews/two_party"),
    ("Reviews signed late", "/reviews/signed_late"),
    ("Waiting entries", "/waiting/entries"),
    ("Waiting claims", "/waiting/claims"),
    ("Waiting since", "/waiting/since"),
    ("Owner", "/waiting/owner"),
    ("Open referrals", "/referrals/open"),
    ("Contested claims", "/referrals/contested"),
    ("Gateway", ""),
    ("Errors", "/findings/error"),
    ("Warnings", "/findings/warning"),
    ("Notes", "/findings/note"),
    ("Privacy findings", ""),
    ("Last decision", "/decisions/last"),
    ("Decision files", "/decisions/files"),
    ("Decisions", "/decisions/chain"),
    ("Tutor", "/tutor"),
    ("Site", "/site"),
    ("Delivery", "/delivery"),
    ("Folder", "/folder"),
    ("Start", "/start"),
    ("Planned end", "/planned_end"),
    ("Cohort", "/cohort"),
    ("As of", "/as_of"),
    ("Standard versions", ""),
];

/// The value of a column in a row of the document.
pub fn table_value(row: &Value, name: &str, pointer: &str) -> Value {
    let evidence = |key: &str| row["evidence"][key].as_u64().unwrap();
    let words = |value: &Value| -> Vec<String> {
        let words = list(value).iter();
        let words = words.map(|one| one.as_str().unwrap_or_default().to_owned());
        words.collect()
    };
    match name {
        "Reasons" => {
            let reasons = list(&row["reasons"]).iter();
            let reasons = reasons.map(|one| one["words"].as_str().unwrap());
            json!(reasons.collect::<Vec<_>>().join("; "))
        }
        "Criteria" => json!(evidence("total") - evidence("waived")),
        "Evidenced" => json!(evidence("evidenced") + evidence("accepted")),
        "Months without learning" => {
            json!(words(&row["hours"]["months_without_learning"]).join(" "))
        }
        "Privacy findings" => {
            let rules = row["findings"]["privacy"].as_object().unwrap().values();
            json!(rules.map(|number| number.as_u64().unwrap()).sum::<u64>())
        }
        "Gateway" => json!(gateway_words(&row["gateway"])),
        "Standard versions" => {
            let standards = list(&row["standards"]).iter();
            json!(standards.map(version_words).collect::<Vec<_>>().join("; "))
        }
        _ => row.pointer(pointer).cloned().unwrap_or(Value::Null),
    }
}

/// The lines of the CSV report have the fields of the rows.
fn compare_table(fifty: &Fifty) {
    let table = fifty.sandbox.read("csv");
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert_eq!(
        head,
        COLUMNS.iter().map(|(name, _)| *name).collect::<Vec<_>>()
    );
    for (line, row) in lines.zip(fifty.rows()) {
        // No cell of these learners has a comma or a quote in it, but those that are not compared here.
        let cells = split_cells(line);
        assert_eq!(cells.len(), COLUMNS.len(), "{line}");
        for ((name, pointer), cell) in COLUMNS.iter().zip(&cells) {
            let expected = match table_value(row, name, pointer) {
                Value::Null => String::new(),
                Value::String(text) => text,
                Value::Number(number) => number.as_f64().unwrap().to_string(),
                other => panic!("{name}: {other}"),
            };
            assert_eq!(*cell, expected, "{name} of {}", row["learner"]);
        }
    }
}

/// The rows of the dataset have the figures of the rows, under pseudonyms.
fn compare_dataset(fifty: &Fifty) {
    const KEY: &str = "a key of this test alone, 32 bytes";
    fifty.sandbox.write("key", KEY);
    let run = fifty.sandbox.run(&[
        "cohort",
        "--roots",
        "roots.txt",
        "--plan",
        "cohort.yaml",
        "--format",
        "jsonl",
        "--key",
        "key",
    ]);
    let mut tables: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in run.out.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let table = row["table"].as_str().unwrap().to_owned();
        tables.entry(table).or_default().push(row);
    }
    let hidden = |value: &Value| match value.as_str() {
        None | Some("") => Value::Null,
        Some(text) => json!(ksbfolio::text::hmac_sha256_hex(
            KEY.as_bytes(),
            text.as_bytes()
        )),
    };
    for row in fifty.rows() {
        let pseudonym = hidden(&row["learner"]);
        let mut learners = tables["learners"].iter();
        let learner = learners.find(|one| one["learner"] == pseudonym).unwrap();
        let of = |table: &str| {
            let rows = tables[table].iter();
            rows.filter(|one| one["learner"] == learner["learner"])
        };
        let sum = |table: &str, part: &str| -> f64 {
            of(table).map(|one| one[part].as_f64().unwrap_or(0.0)).sum()
        };
        let evidence = |key: &str| row["evidence"][key].as_u64().unwrap();
        let privacy = row["findings"]["privacy"].as_object().unwrap().values();
        let expected = json!({
            "table": "learners",
            "learner": pseudonym,
            "judged": true,
            "cohort": row["cohort"],
            "tutor": hidden(&row["tutor"]),
            "assessor": hidden(&row["assessor"]),
            "site": hidden(&row["site"]),
            "delivery": hidden(&row["delivery"]),
            "as_of": row["as_of"],
            "start": row["start"],
            "planned_end": row["planned_end"],
            "stage": row["stage"],
            "colour": row["colour"],
            "criteria": evidence("total") - evidence("waived"),
            "evidenced": evidence("evidenced") + evidence("accepted"),
            "accepted": evidence("accepted"),
            "expected": row["plan"]["planned"],
            "hours": row["hours"]["recorded"],
            "hours_planned": row["hours"]["planned_so_far"],
            "silent_days": row["silent_days"],
            "review_days": row["reviews"]["days_since"],
            "waiting_entries": row["waiting"]["entries"],
            "waiting_since": row["waiting"]["since"],
            "waiting_days": row["waiting"]["days"],
            "referrals": row["referrals"]["open"],
            "contested": row["referrals"]["contested"],
            "privacy_findings": privacy.map(|one| one.as_u64().unwrap()).sum::<u64>(),
            "readiness": row["gateway"]["readiness"],
            "chain": row["decisions"]["chain"],
        });
        let id = &row["learner"];
        let (ours, theirs) = (learner.as_object().unwrap(), expected.as_object().unwrap());
        assert!(ours.keys().eq(theirs.keys()), "{ours:?}");
        for (key, value) in theirs {
            let is_same = match (value.as_f64(), ours[key].as_f64()) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-9,
                _ => *value == ours[key],
            };
            assert!(is_same, "{key} of {id}: {} and {value}", ours[key]);
        }
        // The other tables add up to the row.
        for (part, found) in [
            ("error", sum_of(of("findings"), "level", "error")),
            ("warning", sum_of(of("findings"), "level", "warning")),
            ("note", sum_of(of("findings"), "level", "note")),
        ] {
            assert_eq!(
                row["findings"][part].as_f64(),
                Some(found),
                "{part} of {id}"
            );
        }
        let entries = row["entries"].as_object().unwrap().values();
        let entries: u64 = entries.map(|one| one.as_u64().unwrap()).sum();
        assert_eq!(of("entries").count() as u64, entries, "entries of {id}");
        for state in ["gap", "drafted", "thin", "evidenced", "accepted"] {
            let number = of("states").filter(|one| one["state"] == state && one["waived"] == false);
            assert_eq!(number.count() as u64, evidence(state), "{state} of {id}");
        }
        if row["start"].is_string() {
            let hours = sum("hours", "recorded");
            assert_eq!(
                row["hours"]["recorded"].as_f64(),
                Some(hours),
                "hours of {id}"
            );
        }
    }
    assert_eq!(tables["learners"].len(), 50);
}

/// The findings of rows with a word in a field.
fn sum_of<'a>(rows: impl Iterator<Item = &'a Value>, field: &str, word: &str) -> f64 {
    let rows = rows.filter(|one| one[field] == word);
    rows.map(|one| one["findings"].as_f64().unwrap()).sum()
}

/// The cells of a line of CSV.
fn split_cells(line: &str) -> Vec<String> {
    let (mut cells, mut is_quoted) = (vec![String::new()], false);
    for one in line.chars() {
        match one {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(one),
        }
    }
    cells
}

fn gateway_words(gateway: &Value) -> String {
    let readiness = gateway["readiness"].as_str().unwrap().replace('-', " ");
    let count = |key: &str| gateway[key].as_u64().unwrap();
    format!(
        "{readiness}: {} met, {} not met, {} unknown, {} to confirm",
        count("met"),
        count("not_met"),
        count("unknown"),
        count("to_confirm")
    )
}

fn version_words(standard: &Value) -> String {
    let id = standard["id"].as_str().unwrap();
    match standard["updated"].as_str() {
        Some(day) => format!("{id} updated {day}"),
        None => format!("{id} version unknown"),
    }
}

/// The lists and the summary follow from the rows.
fn compare_lists(fifty: &Fifty) {
    let (document, rows) = (&fifty.document, fifty.rows());
    let names =
        |rows: Vec<&Value>| -> Value { rows.iter().map(|row| row["learner"].clone()).collect() };
    let reds = |row: &Value| {
        list(&row["reasons"])
            .iter()
            .filter(|one| one["colour"] == "red")
            .count()
    };
    let mut red: Vec<&Value> = rows.iter().filter(|row| row["colour"] == "red").collect();
    red.sort_by_key(|row| std::cmp::Reverse(reds(row)));
    assert_eq!(document["act_today"], names(red));
    let mut waiting: Vec<&Value> = rows
        .iter()
        .filter(|row| row["waiting"]["entries"] != 0)
        .collect();
    // Days sort as text, and those that are not known come last.
    waiting.sort_by_key(|row| row["waiting"]["since"].as_str().unwrap_or("unknown"));
    assert_eq!(document["waiting"], names(waiting.clone()));
    let is_near = |row: &&Value| {
        ["near-gateway", "past-end"].contains(&row["stage"].as_str().unwrap())
            || row["gateway"]["readiness"] != "not-ready"
    };
    let mut near: Vec<&Value> = rows.iter().filter(is_near).collect();
    near.sort_by_key(|row| row["planned_end"].as_str().unwrap_or("unknown"));
    assert_eq!(document["near_gateway"], names(near));
    // At both paces first, then by planned end.
    let late = |row: &&Value| {
        let (end, forecast) = (row["planned_end"].as_str()?, &row["forecast"]);
        let first = forecast["first"].as_str()?;
        let is_late = forecast["last"].as_str().is_none_or(|last| last > end);
        (end >= row["as_of"].as_str()? && is_late).then(|| (first <= end, end.to_owned()))
    };
    let mut all_late: Vec<&Value> = rows.iter().filter(|row| late(row).is_some()).collect();
    all_late.sort_by_key(late);
    assert!(!all_late.is_empty());
    assert_eq!(document["finish_late"], names(all_late));
    let never = |row: &&&Value| row["decisions"]["last"].is_null();
    let never: Vec<&Value> = waiting.iter().filter(never).copied().collect();
    assert!(!never.is_empty() && never.len() < waiting.len());
    let never = names(never);
    assert_eq!(document["never_assessed"], never);
    let count = |key: &str, words: &Value| -> Value {
        let words = words.as_object().unwrap().keys();
        let number = |word: &String| rows.iter().filter(|row| row[key] == **word).count();
        words
            .map(|word| (word.clone(), json!(number(word))))
            .collect()
    };
    let summary = &document["summary"];
    assert_eq!(summary["learners"], 50);
    assert_eq!(summary["judged"], 50);
    for (key, part) in [("colour", "colours"), ("stage", "stages")] {
        assert_eq!(summary[part], count(key, &summary[part]));
        let all = summary[part].as_object().unwrap().values();
        assert_eq!(all.map(|number| number.as_u64().unwrap()).sum::<u64>(), 50);
    }
    // The text and the page have the same numbers.
    let colours = &summary["colours"];
    let words = format!(
        "{} act today, {} look this week, {} unknown, {} on plan",
        colours["red"], colours["amber"], colours["unknown"], colours["green"]
    );
    assert!(fifty.sandbox.read("text").contains(&words), "{words}");
    let page = fifty.sandbox.read("html");
    let never: Vec<&str> = list(&never).iter().filter_map(Value::as_str).collect();
    let words = format!(
        "<p>No assessor has decided anything yet for {}.</p>",
        never.join(", ")
    );
    assert!(page.contains(&words), "{words}");
    let text = fifty.sandbox.read("text");
    let count = |words: &str| text.matches(words).count();
    assert_eq!(
        count("; no assessor has decided anything yet;"),
        never.len()
    );
    let late = list(&document["finish_late"]).len();
    assert_eq!(count("late: evidenced "), late);
    for (title, key) in [
        ("Act today", "act_today"),
        ("Waiting for an assessor", "waiting"),
        ("Near the gateway or past the planned end", "near_gateway"),
        ("May finish late", "finish_late"),
    ] {
        let link = format!(">{title} ({})<", list(&document[key]).len());
        assert!(page.contains(&link), "{link}");
    }
}

/// The decisions of each assessor, as they are in the files, and as `sample` counts them.
fn compare_assessors(fifty: &Fifty) {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for learner in &fifty.learners {
        let mut looked: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (at, one) in learner.decisions.iter().enumerate() {
            if one.role != "assessor" {
                continue;
            }
            looked.entry((one.entry, one.by)).or_default().push(at);
            let tally = tallies.entry(one.by).or_default();
            tally.decisions += 1;
            tally.sent_back += u32::from(one.verdict != "accepted");
            let entry = &learner.entries[one.entry];
            let before = learner.decisions[..at]
                .iter()
                .rfind(|earlier| earlier.entry == one.entry);
            let from = match before {
                None => entry.submitted.or(Some(entry.on)),
                Some(before) => entry.submitted.filter(|day| *day > before.on),
            };
            let from = from.filter(|from| *from <= one.on);
            tally
                .days
                .extend(from.map(|from| (one.on - from).get_days()));
        }
        for ((entry, by), own) in looked {
            let tally = tallies.get_mut(by).unwrap();
            tally.entries += 1;
            let codes: BTreeSet<&str> = own.iter().map(|at| learner.decisions[*at].code).collect();
            let about = |at: &usize| {
                let one = &learner.decisions[*at];
                one.role == "iqa" && one.entry == entry && codes.contains(one.code)
            };
            let last = *own.last().unwrap();
            let later: Vec<usize> = (last + 1..learner.decisions.len()).filter(about).collect();
            tally.looked_at += u32::from(!later.is_empty());
            // A second look overturns the verdict before it, also by another assessor.
            let overturns = |at: &usize| {
                let one = &learner.decisions[*at];
                let earlier = learner.decisions[..*at].iter();
                let mut earlier =
                    earlier.filter(|before| before.entry == entry && before.code == one.code);
                earlier.next_back().is_some_and(|before| {
                    before.role == "assessor" && before.verdict != one.verdict
                })
            };
            tally.overturned += u32::from(later.iter().any(overturns));
        }
    }
    let usual = usual_share(&tallies);
    let expected: Vec<Value> = tallies
        .iter_mut()
        .map(|(by, tally)| tally.line(by, usual))
        .collect();
    let mut expected = expected;
    // `AS-2` comes before `AS-10`.
    expected.sort_by_key(|one| {
        one["assessor"].as_str().unwrap()[3..]
            .parse::<u32>()
            .unwrap()
    });
    assert_eq!(fifty.document["assessors"], json!(expected));
    assert_eq!(fifty.document["usual_share_sent_back"], round(usual));
    assert!(
        tallies
            .values()
            .any(|one| one.decisions >= 20 && one.overturned > 0)
    );
    let folders: Vec<&str> = fifty
        .workspaces
        .iter()
        .map(|one| one.path().to_str().unwrap())
        .collect();
    let drawn = &fifty.workspaces[0].draw_cohort(&folders)["summary"];
    let sum = |part: fn(&Tally) -> u32| tallies.values().map(part).sum::<u32>();
    assert_eq!(drawn["pieces"], sum(|one| one.entries));
    let looked_at =
        drawn["looked_at"].as_u64().unwrap() + drawn["looked_at_besides"].as_u64().unwrap();
    assert_eq!(looked_at, u64::from(sum(|one| one.looked_at)));
}

#[derive(Default)]
struct Tally {
    decisions: u32,
    sent_back: u32,
    days: Vec<i32>,
    entries: u32,
    looked_at: u32,
    overturned: u32,
}

impl Tally {
    fn share(&self) -> f64 {
        f64::from(self.sent_back) / f64::from(self.decisions)
    }

    fn line(&mut self, by: &str, usual: f64) -> Value {
        self.days.sort_unstable();
        let days = &self.days;
        // The least number of days that so many per cent of the decisions took at most.
        let within = |percent: usize| {
            let is_enough = |day: &&i32| {
                100 * days.iter().filter(|one| one <= day).count() >= percent * days.len()
            };
            days.iter().find(is_enough)
        };
        let (low, high) = interval(self.share(), f64::from(self.decisions));
        let differs = if self.decisions < 20 {
            "too-few"
        } else if (low..=high).contains(&usual) {
            "no"
        } else {
            "yes"
        };
        // Three standard errors: the interval of 99.7 %.
        let (least, most) = interval_of(self.share(), f64::from(self.decisions), 3.0);
        let is_clear = !(least..=most).contains(&usual);
        let direction = if self.share() > usual {
            "higher"
        } else {
            "lower"
        };
        json!({
            "assessor": by,
            "decisions": self.decisions,
            "sent_back": self.sent_back,
            "interval": [round(low), round(high)],
            "differs": differs,
            "direction": (differs == "yes").then_some(direction),
            "clearly": (differs == "yes").then_some(is_clear),
            "days_median": within(50),
            "days_p90": within(90),
            "entries": self.entries,
            "second_looks": self.looked_at,
            "second_looks_asked": (self.entries * 30).div_ceil(100),
            "overturned": self.overturned,
        })
    }
}

/// The share that half of all decisions is below: each decision has the share of its assessor.
fn usual_share(tallies: &BTreeMap<&str, Tally>) -> f64 {
    let shares = tallies
        .values()
        .flat_map(|one| vec![one.share(); one.decisions as usize]);
    let mut shares: Vec<f64> = shares.collect();
    shares.sort_by(f64::total_cmp);
    let half = shares.len() / 2;
    if shares.len() % 2 == 1 {
        shares[half]
    } else {
        f64::midpoint(shares[half - 1], shares[half])
    }
}

/// The shares from which a share found in `n` decisions is 1.96 standard errors away, found by
/// halving: Wilson's interval without his formula.
fn interval(found: f64, n: f64) -> (f64, f64) {
    interval_of(found, n, 1.959_963_984_540_054)
}

/// The same for another number of standard errors.
fn interval_of(found: f64, n: f64, errors: f64) -> (f64, f64) {
    let is_outside =
        |share: f64| (found - share).abs() > errors * (share * (1.0 - share) / n).sqrt();
    let search = |mut outside: f64, mut inside: f64| {
        for _ in 0..80 {
            let middle = f64::midpoint(outside, inside);
            if is_outside(middle) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        inside
    };
    (search(0.0, found), search(1.0, found))
}

fn round(share: f64) -> f64 {
    (share * 1e4).round() / 1e4
}

/// The heat map of the page has the states of `coverage`, and its sums.
fn compare_heat_map(fifty: &Fifty, expected: &[(Value, Said)]) {
    let page = fifty.sandbox.read("html");
    for standard in ["tiny", "st0215"] {
        let from = page.find(&format!("id=\"codes-of-{standard}\"")).unwrap();
        let section = &page[from..from + page[from..].find("</section>").unwrap()];
        let rows: Vec<Vec<String>> = section.split("<tr").skip(1).map(cells_of).collect();
        let codes = &rows[0][1..rows[0].len() - 1];
        let mut sums = vec![0; codes.len()];
        let mut seen = 0;
        for (row, said) in expected {
            let mut standards = list(&said.coverage["standards"]).iter();
            let Some(covered) = standards.find(|one| one["id"] == standard) else {
                continue;
            };
            let summary = &covered["summary"];
            let complete =
                summary["evidenced"].as_u64().unwrap() + summary["accepted"].as_u64().unwrap();
            let mut line = vec![row["learner"].as_str().unwrap().to_owned()];
            for (sum, code) in sums.iter_mut().zip(codes) {
                let criterion = list(&covered["criteria"])
                    .iter()
                    .find(|one| one["code"] == **code)
                    .unwrap();
                let letter = match criterion["state"].as_str().unwrap() {
                    _ if has_flag(criterion, "waived") => "W",
                    "accepted" => "A",
                    "evidenced" => "R",
                    "thin" => "M",
                    "drafted" => "D",
                    _ => "–",
                };
                *sum += usize::from(["A", "R"].contains(&letter));
                line.push(letter.to_owned());
            }
            line.push(complete.to_string());
            // The order of the rows is that of the table of learners.
            assert!(rows[2..].contains(&line), "{line:?}");
            seen += 1;
        }
        assert_eq!(rows.len(), seen + 2, "no learner more");
        let totals: Vec<String> = sums.iter().map(usize::to_string).collect();
        assert_eq!(rows[1][1..=codes.len()], totals);
    }
}

/// The texts of the cells of a row of HTML.
fn cells_of(row: &str) -> Vec<String> {
    let row = row.replace("</a>", "");
    let cells = row.split("</t").filter_map(|cell| cell.rsplit_once('>'));
    let cells = cells.map(|(_, text)| text.to_owned());
    cells
        .filter(|text| !text.is_empty() && text != "\n")
        .collect()
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
    let run = sandbox.run(&["coverage", "--format", "xlsx", "--output", "c.xlsx"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let book = Book::read(&sandbox.read_bytes("c.xlsx"));
    let about: Vec<String> = book
        .sheet("About")
        .iter()
        .map(|row| format!("{row:?}"))
        .collect();
    for words in ["AP-2041", "2025-09", "2026-11-21", versions] {
        assert!(
            about.iter().any(|row| row.contains(words)),
            "{words}: {about:?}"
        );
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
    // Names are also in the paths of folders that cannot be judged, and in their settings.
    sandbox.write(
        "Mrs Oakapple/portfolio/portfolio.yaml",
        "version: 1\nlearner: { id: [\n",
    );
    sandbox.write("Mrs Oakapple empty/x", "");
    sandbox.write(
        "lost/portfolio/portfolio.yaml",
        "version: 1\ntitle: T\nlearner: { id: L-2, cohort: Mrs Oakapple }\nstandards: [Mrs Oakapple]\n",
    );
    sandbox.write("key", "a key of this test alone, 32 bytes");
    let folders = [
        "a",
        "lost",
        "Mrs Oakapple",
        "Mrs Oakapple empty",
        "Mrs Oakapple missing",
    ];
    for format in [&FORMATS[..], &["jsonl"]].concat() {
        let mut arguments = vec!["cohort", "--format", format, "--output", "out"];
        arguments.extend(folders);
        if format == "jsonl" {
            arguments.extend(["--key", "key"]);
        }
        let run = sandbox.run(&arguments);
        assert_eq!(run.code, 1, "{format}: {}", run.err);
        let out = sandbox.path().join("out");
        let mut made = if format == "jsonl" {
            tree(&out)
                .into_iter()
                .flat_map(|(_, bytes)| bytes)
                .collect()
        } else {
            sandbox.read_bytes("out")
        };
        if format == "xlsx" {
            made = unzip(&made);
        }
        let text = format!("{}{}", String::from_utf8_lossy(&made), run.err).to_lowercase();
        assert_eq!(text.contains("l-1"), format != "jsonl", "{format}");
        // The last ones are the day of the event, as people and spreadsheets write it.
        for word in [
            "canary",
            "oakapple",
            "quillfeather",
            "2026-10-03",
            "3 october",
            "october 3",
            "3 oct",
            "03/10/2026",
            "3/10/2026",
            "03.10.2026",
            "20261003",
            "46298",
        ] {
            assert!(!text.contains(word), "{word} in {format}");
        }
        std::fs::remove_file(&out)
            .or_else(|_| std::fs::remove_dir_all(&out))
            .unwrap();
    }
}

const FORMATS: [&str; 5] = ["text", "json", "csv", "xlsx", "html"];

/// All parts of a zip, one behind the other.
pub fn unzip(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = Vec::new();
    for at in 0..archive.len() {
        std::io::Read::read_to_end(&mut archive.by_index(at).unwrap(), &mut all).unwrap();
    }
    all
}
