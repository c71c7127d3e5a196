//! The benchmark on which traceability tools were compared: 300 entries, 72 criteria, six kinds of
//! defects, no configuration. Every defect is found in one run, with file, line and column.

use std::collections::BTreeSet;

use super::support::Workspace;

/// A random number generator (xorshift), so that the input is the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

fn codes() -> Vec<String> {
    let of = |letter: &'static str, most: usize| {
        (1..=most).map(move |number| format!("{letter}{number}"))
    };
    of("K", 36).chain(of("S", 33)).chain(of("B", 3)).collect()
}

/// Rule, file, line and column.
type Place = (String, String, u64, u64);

struct Job {
    sandbox: Workspace,
    expected: BTreeSet<Place>,
}

impl Job {
    fn expect(&mut self, rule: &str, number: usize, line: u64, column: usize) {
        let file = format!("portfolio/entries/e{number:03}.md");
        self.expected
            .insert((rule.to_owned(), file, line, column as u64));
    }
}

/// Gaps: K33 and S32. Drafts only: K22. Thin: S27, claimed only by a private entry. In entries:
/// unknown and duplicate codes.
fn job() -> Job {
    let settings = "version: 1\ntitle: T\nlearner: { id: L-1 }\nstandards: [st0215]\n";
    let sandbox = Workspace::empty().file("portfolio/portfolio.yaml", settings);
    let mut job = Job {
        sandbox,
        expected: BTreeSet::new(),
    };
    let free: Vec<String> = codes()
        .into_iter()
        .filter(|code| !["K33", "S32", "K22", "S27"].contains(&code.as_str()))
        .collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for number in 0..300 {
        let mut tags = vec![
            free[number % free.len()].clone(),
            free[(number * 7 + 3) % free.len()].clone(),
        ];
        tags.dedup();
        let mut keys = String::new();
        match number {
            7 | 150 => tags = vec!["K22".to_owned()],
            20 => tags = vec!["S27".to_owned()],
            _ => {}
        }
        if [7, 150].contains(&number) {
            keys.push_str("status: draft\n");
        } else if number == 20 {
            keys.push_str("visibility: private\n");
        }
        let column = |tags: &[String]| {
            "ksbs: [".len() + tags.iter().map(|tag| tag.len() + 2).sum::<usize>() + 1
        };
        if number % 30 == 11 {
            job.expect("unknown-code", number, 5, column(&tags));
            tags.push(format!("K{}", 37 + dice.below(60)));
        }
        if number % 45 == 13 {
            job.expect("untidy-code", number, 5, column(&tags));
            tags.push(tags[0].clone());
        }
        let text = format!(
            "---\ntitle: Entry {number}\ndate: 2026-{:02}-{:02}\ntype: product\nksbs: [{}]\n{keys}---\n\nWords {} of entry {number}.\n",
            1 + number % 10,
            1 + dice.below(28),
            tags.join(", "),
            dice.below(1_000_000),
        );
        job.sandbox
            .write(&format!("portfolio/entries/e{number:03}.md"), text);
    }
    let at = |rule: &str| {
        (
            rule.to_owned(),
            "portfolio/portfolio.yaml".to_owned(),
            4,
            13,
        )
    };
    for rule in [
        "uncovered-criterion",
        "drafted-only",
        "thin-criterion",
        "group-incomplete",
    ] {
        job.expected.insert(at(rule));
    }
    job
}

#[test]
fn all_six_kinds_of_defects_are_found_in_one_run() {
    let job = job();
    let all = job.sandbox.findings();
    let found: BTreeSet<Place> = all
        .iter()
        .filter(|one| {
            !["missing-justification", "batch-of-entries"].contains(&one["rule"].as_str().unwrap())
        })
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap().to_owned();
            (
                text("rule"),
                text("file"),
                one["line"].as_u64().unwrap(),
                one["column"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(found, job.expected);
    let subjects = |rule: &str| -> Vec<&str> {
        all.iter()
            .filter(|one| one["rule"] == rule)
            .map(|one| one["subject"].as_str().unwrap())
            .collect()
    };
    assert_eq!(
        subjects("uncovered-criterion"),
        ["criterion:st0215:K33", "criterion:st0215:S32"]
    );
    assert_eq!(subjects("drafted-only"), ["criterion:st0215:K22"]);
    assert_eq!(subjects("thin-criterion"), ["criterion:st0215:S27"]);
    let duties = [
        "group:st0215:Duty 7",
        "group:st0215:Duty 9",
        "group:st0215:Duty 10",
    ];
    assert_eq!(subjects("group-incomplete"), duties);
}
