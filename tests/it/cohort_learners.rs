//! Learners by chance, as values: what is written to their files is known without reading them.

use std::fmt::Write as _;

use jiff::civil::{Date, date};

use super::support::in_process::load;
use super::support::{AS_OF, TINY, Workspace};

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

    fn one_of<T: Clone>(&mut self, all: &[T]) -> T {
        let at = self.below(all.len() as u64);
        all[usize::try_from(at).unwrap()].clone()
    }
}

/// A learner, before anything is judged.
pub struct Learner {
    pub id: String,
    pub standards: &'static [&'static str],
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub required: Option<u32>,
    /// First and last day of each break.
    pub breaks: Vec<(Date, Option<Date>)>,
    pub reviews: Vec<HeldReview>,
    /// The day that the settings freeze the portfolio at.
    pub frozen: Option<Date>,
    /// Files among the entries that are no text.
    pub unread: usize,
    /// Whether K10 is waived.
    pub waiver: bool,
    /// In the order of their files, `e0.md`, `e1.md`, …
    pub entries: Vec<Written>,
    /// In the order of their days.
    pub decisions: Vec<Decided>,
}

pub struct HeldReview {
    pub on: Date,
    pub with: &'static [&'static str],
    pub signed: Vec<(&'static str, Date)>,
}

pub struct Written {
    pub on: Date,
    pub submitted: Option<Date>,
    pub is_draft: bool,
    pub is_private: bool,
    /// Hours off the job and their days; 0 for none.
    pub hours: (u32, u32),
    /// Codes with their standard; `tiny:K77` is no criterion.
    pub codes: &'static [&'static str],
    pub words: &'static str,
    /// Whether it was changed after all decisions.
    pub is_changed: bool,
}

/// A decision file about one claim of one entry.
#[derive(Clone)]
pub struct Decided {
    pub by: &'static str,
    pub role: &'static str,
    pub on: Date,
    pub entry: usize,
    pub code: &'static str,
    pub verdict: &'static str,
    /// Whether the file names the one before it.
    pub follows: bool,
}

/// Words with a name in them, which keep an entry from the assessor.
pub const NAMING: &str = "I spoke with Mrs Oakapple about her care.\n";

impl Learner {
    pub fn generate(number: u64) -> Self {
        let mut chance = Chance(number * 7919 + 3);
        let start = chance.one_of(&[
            None,
            Some(date(2026, 5, 21)),
            Some(date(2026, 1, 5)),
            Some(date(2025, 9, 1)),
            Some(date(2026, 8, 21)),
            Some(date(2026, 8, 23)),
            Some(date(2026, 10, 22)),
            Some(date(2026, 11, 1)),
            Some(date(2026, 12, 1)),
        ]);
        let end = chance.one_of(&[
            None,
            Some(date(2027, 5, 21)),
            Some(date(2027, 9, 30)),
            Some(date(2026, 12, 21)),
            Some(date(2026, 12, 22)),
            Some(AS_OF),
            Some(date(2026, 10, 15)),
        ]);
        let mut learner = Self {
            id: format!("AP-{number}"),
            standards: chance.one_of(&[
                &["tiny"][..],
                &["tiny"],
                &["tiny", "st0215"],
                &["tiny", "lost"],
            ]),
            start,
            end,
            required: chance.one_of(&[None, Some(250), Some(60)]),
            breaks: chance.one_of(&[
                vec![],
                vec![],
                vec![(date(2026, 7, 28), Some(date(2026, 9, 3)))],
                vec![
                    (date(2026, 3, 2), Some(date(2026, 3, 20))),
                    (date(2026, 10, 1), Some(date(2026, 10, 31))),
                ],
                vec![(date(2026, 11, 9), None)],
            ]),
            reviews: Vec::new(),
            frozen: (number % 7 == 2).then_some(date(2026, 7, 1)),
            unread: [0, 0, 0, 0, 1, 2][usize::try_from(number % 6).unwrap()],
            waiver: chance.below(3) == 0,
            entries: Vec::new(),
            decisions: Vec::new(),
        };
        for on in [date(2026, 4, 9), date(2026, 9, 3), date(2026, 10, 20)] {
            if chance.below(2) == 0 {
                learner.reviews.push(HeldReview::by_chance(on, &mut chance));
            }
        }
        for _ in 0..chance.below(11) {
            learner.entries.push(Written::by_chance(&mut chance));
        }
        learner.decide(&mut chance);
        learner
    }

    /// Up to four decision files, of which each follows the one before or is a branch of its own.
    fn decide(&mut self, chance: &mut Chance) {
        for at in 0..chance.below(5) {
            let on = date(2026, 11, 12 + 2 * i8::try_from(at).unwrap());
            let claimed = |one: &Written| one.codes.iter().any(|code| !code.ends_with("K77"));
            let can_be: Vec<usize> = (0..self.entries.len())
                .filter(|&at| claimed(&self.entries[at]) && self.entries[at].on <= on)
                .collect();
            if can_be.is_empty() || self.start.is_some_and(|start| start > on) {
                return;
            }
            let last = self.decisions.last().cloned();
            let again = last.filter(|one| one.role == "assessor" && chance.below(2) == 0);
            let entry = again.map_or_else(|| chance.one_of(&can_be), |one| one.entry);
            let role = chance.one_of(&["assessor", "assessor", "iqa"]);
            self.decisions.push(Decided {
                by: if role == "iqa" {
                    "IQ-1"
                } else {
                    chance.one_of(&["AS-1", "AS-2", "AS-10"])
                },
                role,
                on,
                entry,
                code: self.entries[entry].codes[0],
                verdict: chance.one_of(&["accepted", "accepted", "referred", "partly"]),
                follows: at > 0 && chance.below(4) > 0,
            });
        }
    }

    /// Writes all files.
    pub fn write(&self) -> Workspace {
        let workspace = Workspace::empty().file("standards/tiny.yaml", TINY);
        workspace.write("portfolio/portfolio.yaml", self.settings());
        for (at, entry) in self.entries.iter().enumerate() {
            workspace.write(&format!("portfolio/entries/e{at}.md"), entry.text());
        }
        for at in 0..self.unread {
            workspace.write(
                &format!("portfolio/entries/lost{at}.md"),
                b"\x80\x81\x00\xff",
            );
        }
        let mut previous = String::new();
        let judged = load(workspace.path(), AS_OF);
        for (at, one) in self.decisions.iter().enumerate() {
            let id = format!("e{}", one.entry);
            let mut entries = judged.portfolio.entries.iter();
            let entry = entries.find(|entry| entry.id == id).unwrap();
            let before = if one.follows { previous.as_str() } else { "" };
            let text = format!(
                "version: 1\nassessor: {{ id: {}, role: {} }}\ndate: {}\n{before}decisions:\n  - entry: {id}\n    attempt: 1\n    digest: {}\n    claims: {{ \"{}\": {} }}\n    feedback: Read.\n",
                one.by,
                one.role,
                one.on,
                entry.digests.current(),
                one.code,
                one.verdict,
            );
            let digest = ksbfolio::resolve::decision_file_digest(&text);
            previous = format!("previous: {digest}\n");
            workspace.write(&format!("portfolio/decisions/d{at}.yaml"), text);
        }
        let changed = self.entries.iter().enumerate();
        for (at, entry) in changed.filter(|(_, entry)| entry.is_changed) {
            let text = entry.text() + "\nAnd more words of its own.\n";
            workspace.write(&format!("portfolio/entries/e{at}.md"), text);
        }
        workspace
    }

    fn settings(&self) -> String {
        let mut text = format!(
            "version: 1\ntitle: T\nlearner: {{ id: {}, cohort: 2026-05 }}\nstandards: [{}]\n",
            self.id,
            self.standards.join(", ")
        );
        for (key, day) in [("start", self.start), ("planned_end", self.end)] {
            text.extend(day.map(|day| format!("{key}: {day}\n")));
        }
        text.extend(self.frozen.map(|day| format!("as_of: {day}\n")));
        let required = self.required;
        text.extend(required.map(|hours| format!("off_the_job: {{ required_hours: {hours} }}\n")));
        if self.waiver {
            text += "waivers: [{ code: \"tiny:K10\", kind: prior-learning, reason: agreed, by: TU-1, date: 2026-06-01 }]\n";
        }
        if !self.breaks.is_empty() {
            text += "breaks:\n";
        }
        for (from, to) in &self.breaks {
            let to = to.map_or_else(|| "unknown".to_owned(), |day| day.to_string());
            writeln!(text, "  - {{ from: {from}, to: {to}, reason: away }}").unwrap();
        }
        if !self.reviews.is_empty() {
            text += "reviews:\n";
        }
        for one in &self.reviews {
            let signed = one.signed.iter().map(|(who, day)| format!("{who}: {day}"));
            writeln!(
                text,
                "  - {{ date: {}, with: [{}], signed: {{ {} }} }}",
                one.on,
                one.with.join(", "),
                signed.collect::<Vec<_>>().join(", ")
            )
            .unwrap();
        }
        text
    }
}

impl HeldReview {
    fn by_chance(on: Date, chance: &mut Chance) -> Self {
        let later = chance.one_of(&[date(2026, 10, 1), date(2026, 10, 2), AS_OF]);
        let three = vec![("learner", on), ("tutor", on), ("employer", later.max(on))];
        let two = vec![("learner", on), ("tutor", on)];
        let by_reference = vec![("learner", on), ("TU-7", on), ("Employer", later.max(on))];
        Self {
            on,
            with: chance.one_of(&[
                &["tutor"][..],
                &["employer", "tutor"],
                &["Employer", "Provider", "EM-4"],
                &["employer", "TU-7"],
                &["learner", "tutor"],
                &["iqa", "assessor", "IQA"],
                &["employer"],
                &[],
            ]),
            signed: chance.one_of(&[vec![], two, three.clone(), three, by_reference]),
        }
    }
}

impl Written {
    fn by_chance(chance: &mut Chance) -> Self {
        let month = chance.one_of(&[2, 4, 6, 7, 8, 9, 9, 10, 10, 11, 11, 12]);
        let on = date(2026, month, 1 + i8::try_from(chance.below(28)).unwrap());
        let after = i64::try_from(chance.below(20)).unwrap();
        let later = on.checked_add(jiff::Span::new().days(after)).unwrap();
        Self {
            on,
            submitted: chance.one_of(&[None, None, Some(later)]),
            is_draft: chance.below(5) == 0,
            is_private: chance.below(6) == 0,
            hours: chance.one_of(&[(0, 1), (12, 1), (30, 1), (30, 5), (40, 45)]),
            codes: chance.one_of(&[
                &["tiny:K1"][..],
                &["tiny:K2", "tiny:B1"],
                &["tiny:K10", "tiny:K77"],
                &["tiny:B1", "tiny:K1"],
                &[],
            ]),
            words: chance.one_of(&[
                "Words of its own.\n",
                "Words of its own.\n",
                "Other words of its own.\n",
                NAMING,
                "",
            ]),
            is_changed: chance.below(6) == 0,
        }
    }

    fn text(&self) -> String {
        let mut text = format!("---\ntitle: A piece\ndate: {}\ntype: product\n", self.on);
        text.extend(self.submitted.map(|day| format!("submitted: {day}\n")));
        if self.is_draft {
            text += "status: draft\n";
        }
        if self.is_private {
            text += "visibility: private\n";
        }
        if self.hours.0 > 0 {
            let (hours, days) = self.hours;
            write!(text, "hours: {hours}\ndays: {days}\noff_the_job: true\n").unwrap();
        }
        let codes = self.codes.iter().map(|code| format!("\"{code}\""));
        let codes: Vec<String> = codes.collect();
        write!(text, "ksbs: [{}]\n---\n\n{}", codes.join(", "), self.words).unwrap();
        text
    }
}

/// What no learner has would be compared with nothing.
#[test]
fn the_learners_differ_in_all_that_rows_show() {
    let learners: Vec<Learner> = (0..50).map(Learner::generate).collect();
    let has = |is: &dyn Fn(&Learner) -> bool| learners.iter().any(is);
    assert!(has(&|one| one.unread == 1) && has(&|one| one.unread == 2));
    assert!(has(&|one| one.frozen.is_some()));
    let last = |one: &Learner, is: &dyn Fn(&HeldReview) -> bool| one.reviews.last().is_some_and(is);
    for name in ["TU-7", "Employer", "iqa", "learner"] {
        let is_with = |one: &Learner| last(one, &|review| review.with.contains(&name));
        assert!(has(&is_with), "{name}");
    }
    assert!(has(&|one| last(one, &|review| review.signed.is_empty())));
    assert!(has(&|one| last(one, &|review| review.with.is_empty())));
}
