//! A second computation of what only `cohort` says of a learner: from the learner as written and the
//! reports of other commands, day by day where the program computes with spans.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use super::cohort_learners::{Decided, HeldReview, Learner, NAMING, Written};
use super::support::{AS_OF, Workspace};

/// The reports of the other commands about one learner.
pub struct Said {
    pub coverage: Value,
    pub hours: Value,
    pub gateway: Value,
    pub review: Value,
    pub check: Value,
    pub verify: Value,
}

impl Said {
    pub fn of(workspace: &Workspace) -> Self {
        Self {
            coverage: workspace.coverage(),
            hours: workspace.hours(),
            gateway: workspace.gateway(),
            review: workspace.review(None),
            check: workspace.check(),
            verify: workspace.verify(),
        }
    }

    /// The criteria with their full codes.
    fn criteria(&self) -> Vec<(String, &Value)> {
        let standards = list(&self.coverage["standards"]).iter();
        let criteria = standards.flat_map(|standard| {
            let id = standard["id"].as_str().unwrap();
            let criteria = list(&standard["criteria"]).iter();
            criteria.map(move |one| (format!("{id}:{}", one["code"].as_str().unwrap()), one))
        });
        criteria.collect()
    }

    /// Whether a criterion needs no further decision.
    fn is_settled(&self, code: &str) -> bool {
        let criteria = self.criteria();
        let (_, line) = criteria.iter().find(|(known, _)| known == code).unwrap();
        line["state"] == "accepted" || has_flag(line, "waived")
    }
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

pub fn has_flag(criterion: &Value, flag: &str) -> bool {
    list(&criterion["flags"]).contains(&json!(flag))
}

fn is_complete(criterion: &Value) -> bool {
    criterion["state"] == "evidenced" || criterion["state"] == "accepted"
}

/// Whole days from one to another, counted one by one.
fn count_days(from: Date, to: Date, counts: impl Fn(Date) -> bool) -> i64 {
    let days = from.series(1.day()).skip(1).take_while(|day| *day <= to);
    i64::try_from(days.filter(|day| counts(*day)).count()).unwrap()
}

impl Learner {
    /// A break that began before the programme is a mistake of the settings, and none.
    fn is_away(&self, day: Date) -> bool {
        let breaks = self.breaks.iter();
        let mut breaks = breaks.filter(|(from, _)| self.start.is_none_or(|start| start <= *from));
        breaks.any(|(from, to)| *from <= day && to.is_none_or(|to| day <= to))
    }

    fn is_left_open(&self) -> bool {
        self.is_away(date(9999, 12, 31))
    }

    fn active_days(&self, from: Date, to: Date) -> i64 {
        count_days(from, to, |day| !self.is_away(day))
    }

    /// The day after so many active days; `None` during a break without an end.
    fn after_active_days(&self, number: i64) -> Option<Date> {
        let days = AS_OF.series(1.day()).take(20_000);
        let mut left = number;
        days.skip(1).find(|day| {
            left -= i64::from(!self.is_away(*day));
            left == 0
        })
    }

    /// The last day on which anything is due.
    fn until(&self) -> Date {
        self.end.map_or(AS_OF, |end| end.min(AS_OF))
    }

    fn stage(&self) -> &'static str {
        let (Some(start), Some(end)) = (self.start, self.end) else {
            return "unknown";
        };
        let within = |from: Date, to: Date| count_days(from, to, |_| true) <= 30;
        match () {
            () if start > AS_OF => "not-started",
            // After the planned end, only a break with a last day is one.
            () if self.is_away(AS_OF) && !(end < AS_OF && self.is_left_open()) => "on-break",
            () if end < AS_OF => "past-end",
            () if within(AS_OF, end) => "near-gateway",
            () if within(start, AS_OF) => "started",
            () => "on-programme",
        }
    }

    /// Evidenced, planned and all criteria of all standards.
    fn plan(&self, said: &Said) -> Value {
        let criteria = said.criteria();
        let applies = criteria.iter().filter(|(_, one)| !has_flag(one, "waived"));
        let of = applies.count();
        let evidenced = criteria.iter().filter(|(_, one)| is_complete(one)).count();
        let (Some(start), Some(end)) = (self.start, self.end) else {
            return Value::Null;
        };
        if start > AS_OF || end <= start {
            return Value::Null;
        }
        let planned = if end <= AS_OF {
            of
        } else {
            let whole = usize::try_from(self.active_days(start, end)).unwrap();
            let gone = usize::try_from(self.active_days(start, AS_OF)).unwrap();
            of * gone / whole
        };
        json!({ "evidenced": evidenced, "planned": planned, "of": of })
    }

    /// The days on which criteria became evidenced, and how many are left.
    fn evidenced_days(&self, said: &Said) -> (Vec<Date>, i64) {
        let entry = |id: &Value| {
            let at: usize = id.as_str().unwrap()[1..].parse().unwrap();
            self.entries[at].on
        };
        let criteria = said.criteria();
        let complete = criteria.iter().filter(|(_, one)| is_complete(one));
        let first = |one: &Value| list(&one["entries"]).iter().map(entry).min().unwrap();
        let days: Vec<Date> = complete.map(|(_, one)| first(one)).collect();
        let open = |(_, one): &&(String, &Value)| !is_complete(one) && !has_flag(one, "waived");
        let left = criteria.iter().filter(open).count();
        (days, i64::try_from(left).unwrap())
    }

    fn forecast(&self, said: &Said) -> Value {
        let unknown =
            |why: &str| json!({ "words": format!("unknown: {why}"), "first": null, "last": null });
        let (days, left) = self.evidenced_days(said);
        if left == 0 {
            return json!({ "words": "complete", "first": null, "last": null });
        }
        let Some(start) = self.start else {
            return unknown("there is no start date");
        };
        let gone = self.active_days(start, AS_OF);
        let quarter = start.saturating_add(3.months());
        if gone < count_days(start, quarter, |_| true) {
            return unknown("fewer than three months of learning since the start");
        }
        if days.is_empty() {
            return unknown("nothing has been evidenced since the start");
        }
        let handed_in = self
            .entries
            .iter()
            .filter(|one| !one.is_draft && start <= one.on && one.on <= AS_OF);
        if handed_in.count() < 5 {
            return unknown("fewer than five entries have been submitted since the start");
        }
        let at_pace = |number: usize, in_days: i64| {
            let number = i64::try_from(number).unwrap();
            let more = (left * in_days).div_euclid(number) + i64::from(left * in_days % number > 0);
            self.after_active_days(more)
        };
        let Some(steady) = at_pace(days.len(), gone) else {
            return unknown("the break has no end yet, or no calendar reaches that far");
        };
        let month = |day: Date| day.strftime("%B %Y").to_string();
        let (far, too_far) = (
            AS_OF.saturating_add(5.years()),
            "not within 5 years at this pace",
        );
        // The last 84 days that are no part of a break.
        let back = AS_OF.series((-1).day()).filter(|day| !self.is_away(*day));
        let since = back.take(84).last().unwrap();
        let recent = days.iter().filter(|day| **day >= since).count();
        if recent == 0 {
            let words = if steady > far {
                too_far.to_owned()
            } else {
                format!("not before {}", month(steady))
            };
            return json!({ "words": words, "first": steady, "last": null });
        }
        let recent = at_pace(recent, 84).unwrap();
        let (first, last) = (steady.min(recent), steady.max(recent));
        let words = match () {
            () if first > far => too_far.to_owned(),
            () if last > far => format!("not before {}", month(first)),
            () if month(first) == month(last) => format!("in {}", month(first)),
            () => format!("between {} and {}", month(first), month(last)),
        };
        json!({ "words": words, "first": first, "last": last })
    }

    fn entries(&self) -> Value {
        let count = |is: &dyn Fn(&&Written) -> bool| self.entries.iter().filter(is).count();
        json!({
            "submitted": count(&|one| !one.is_draft && !one.is_private),
            "private": count(&|one| !one.is_draft && one.is_private),
            "drafts": count(&|one| one.is_draft),
        })
    }

    /// Whole months of the programme without a day of counting training or of a break.
    fn months_without_learning(&self, said: &Said) -> Vec<String> {
        let Some(start) = self.start else {
            return Vec::new();
        };
        let counted: Vec<&Written> = list(&said.hours["counted"])
            .iter()
            .map(|id| &self.entries[id.as_str().unwrap()[1..].parse::<usize>().unwrap()])
            .collect();
        let is_trained = |day: Date| {
            let mut counted = counted.iter();
            counted.any(|one| {
                let first = one.on.saturating_sub((i64::from(one.hours.1) - 1).days());
                first <= day && day <= one.on
            })
        };
        let firsts = start.first_of_month().series(1.month());
        let firsts = firsts.take_while(|first| *first <= self.until());
        let idle = firsts.filter(|first| {
            let mut days = first
                .series(1.day())
                .take_while(|day| day.month() == first.month());
            let is_whole = *first >= start && first.last_of_month() <= self.until();
            is_whole && !days.any(|day| is_trained(day) || self.is_away(day))
        });
        idle.map(|first| first.to_string()[..7].to_owned())
            .collect()
    }

    fn last_entry(&self) -> Option<Date> {
        let entries = self.entries.iter();
        let submitted = entries.filter(|one| !one.is_draft && one.has_words());
        submitted.map(|one| one.on).filter(|on| *on <= AS_OF).max()
    }

    fn silent_days(&self) -> Option<i64> {
        let since = self
            .last_entry()
            .or(self.start.filter(|start| *start <= AS_OF));
        since.map(|since| self.active_days(since, AS_OF))
    }

    fn held_reviews(&self) -> impl DoubleEndedIterator<Item = &HeldReview> {
        self.reviews.iter().filter(|one| one.on <= AS_OF)
    }

    fn reviews(&self) -> Value {
        let last = self.held_reviews().next_back().map(|one| one.on);
        json!({
            "held": self.held_reviews().count(),
            "last": last,
            "days_since": last.map(|last| self.active_days(last, AS_OF)),
            "two_party": self.held_reviews().filter(|one| one.is_two_party(AS_OF) == Some(true)).count(),
            "signed_late": self.held_reviews().filter(|one| one.signed_after(AS_OF) > Some(28)).count(),
        })
    }

    /// The verdict in force on a claim, its day, and whether assessors disagree. Files that do not
    /// follow each other are in force beside each other, and the worst counts.
    fn verdict(&self, entry: usize, code: &str) -> Option<(&'static str, Date, bool)> {
        let about = |one: &Decided| one.entry == entry && one.code == code;
        let all = self.decisions.iter().enumerate();
        let all = all.filter(|(_, one)| about(one));
        let newest: Vec<&Decided> = all
            .filter(|(at, _)| {
                let after = self.decisions[at + 1..].iter();
                !after.take_while(|one| one.follows).any(about)
            })
            .map(|(_, one)| one)
            .collect();
        let worst = ["referred", "partly", "accepted"];
        let worst = worst
            .iter()
            .find(|word| newest.iter().any(|one| one.verdict == **word))?;
        let last = newest.iter().rfind(|one| one.verdict == *worst)?;
        Some((
            worst,
            last.on,
            newest.iter().any(|one| one.verdict != *worst),
        ))
    }

    /// The day of the last decision of an assessor.
    fn last_judgement(&self) -> Option<Date> {
        let all = self.decisions.iter().filter(|one| one.role == "assessor");
        all.map(|one| one.on).max()
    }

    fn claims(&self) -> impl Iterator<Item = (usize, &Written, &'static str)> {
        let entries = self.entries.iter().enumerate();
        entries.flat_map(|(at, one)| {
            let codes = one.codes.iter().filter(|code| !code.ends_with("K77"));
            codes.map(move |code| (at, one, *code))
        })
    }

    fn waiting(&self, said: &Said, owner: &str) -> Value {
        // For each entry the days of the decisions that its claims wait again after.
        let mut waiting: BTreeMap<usize, Vec<Option<Date>>> = BTreeMap::new();
        for (at, entry, code) in self.claims() {
            let verdict = self.verdict(at, code);
            let waits = match verdict {
                None => true,
                Some(("accepted", _, _)) => entry.is_changed,
                Some((_, _, is_contested)) => entry.is_changed && !is_contested,
            };
            let can_be = !entry.is_draft && !entry.is_private && entry.words != NAMING;
            if waits && can_be && entry.on <= AS_OF && !said.is_settled(code) {
                let decided = verdict.map(|(_, on, _)| on);
                waiting.entry(at).or_default().push(decided);
            }
        }
        let since = waiting.iter().filter_map(|(at, decided)| {
            let entry = &self.entries[*at];
            let submitted = entry.submitted.filter(|day| *day <= AS_OF);
            match decided.iter().flatten().max() {
                Some(decided) => submitted.filter(|day| day > decided),
                None => submitted.or(Some(entry.on)),
            }
        });
        let since: Vec<Date> = since.collect();
        let known = since.len();
        let since = since.into_iter().min();
        json!({
            "entries": waiting.len(),
            "claims": waiting.values().map(Vec::len).sum::<usize>(),
            "since": since,
            "since_unknown": waiting.len() - known,
            "days": since.map(|since| count_days(since, AS_OF, |_| true)),
            "owner": owner,
        })
    }

    fn referrals(&self, said: &Said) -> Value {
        let (mut open, mut resubmitted, mut contested) = (Vec::new(), 0, 0);
        for (at, entry, code) in self.claims() {
            let Some((verdict, on, is_contested)) = self.verdict(at, code) else {
                continue;
            };
            contested += usize::from(is_contested);
            if verdict == "accepted" || said.is_settled(code) || is_contested {
                continue;
            }
            if entry.is_changed {
                resubmitted += 1;
            } else {
                open.push(on);
            }
        }
        json!({
            "open": open.len(),
            "oldest": open.iter().min(),
            "resubmitted": resubmitted,
            "contested": contested,
        })
    }
}

impl Written {
    fn has_words(&self) -> bool {
        !self.words.is_empty() || self.is_changed
    }
}

impl HeldReview {
    /// Who signed by a day.
    fn signers(&self, until: Date) -> BTreeSet<&str> {
        let signed = self.signed.iter().filter(|(_, day)| *day <= until);
        signed.map(|(who, _)| *who).collect()
    }

    /// The roles that are not among names: `employer`, or one of the provider's. With a reference
    /// among the names it is not known, unless none is missing.
    fn missing(names: &BTreeSet<&str>) -> Option<Vec<&'static str>> {
        let names: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let has = |roles: &[&str]| roles.iter().any(|role| names.contains(*role));
        let sides: [(&str, &[&str]); 3] = [
            ("learner", &["learner"]),
            ("employer", &["employer"]),
            ("provider", &["provider", "tutor", "assessor", "iqa"]),
        ];
        let missing = sides.iter().filter(|(_, roles)| !has(roles));
        let missing: Vec<&str> = missing.map(|(side, _)| *side).collect();
        let has_reference = names.iter().any(|name| name.contains('-'));
        (missing.is_empty() || !has_reference).then_some(missing)
    }

    fn is_two_party(&self, until: Date) -> Option<bool> {
        let signers = self.signers(until);
        let signed = Self::missing(&signers);
        let present: BTreeSet<&str> = self.with.iter().copied().chain(["learner"]).collect();
        let mut present = Self::missing(&present);
        if self.with.is_empty() {
            present = signed.clone().filter(Vec::is_empty);
        }
        let is_due = count_days(self.on, until, |_| true) > 28;
        let signed = if is_due && !signers.is_empty() {
            signed
        } else {
            Some(Vec::new())
        };
        let has_gap = |sides: &Option<Vec<_>>| sides.as_ref().is_some_and(|one| !one.is_empty());
        if has_gap(&present) || has_gap(&signed) {
            return Some(true);
        }
        (present.is_some() && signed.is_some()).then_some(false)
    }

    /// Days until the last signature.
    fn signed_after(&self, until: Date) -> Option<i64> {
        let signed = self.signed.iter().map(|(_, day)| *day);
        let last = signed.filter(|day| *day <= until).max()?;
        Some(count_days(self.on, last, |_| true))
    }
}

/// The whole row of a learner, without colour and reasons.
pub fn row_of(learner: &Learner, said: &Said, folder: &str, seat: [&str; 4]) -> Value {
    let [tutor, assessor, site, delivery] = seat;
    let Said {
        coverage,
        hours,
        gateway,
        ..
    } = said;
    let sum = |key: &str| -> u64 {
        let standards = list(&gateway["standards"]).iter();
        standards
            .map(|one| one["summary"][key].as_u64().unwrap())
            .sum()
    };
    let owner = if assessor.is_empty() { tutor } else { assessor };
    let waiting = learner.waiting(said, owner);
    let summary = &said.check["summary"];
    json!({
        "learner": learner.id,
        "folder": folder,
        "tutor": tutor,
        "assessor": assessor,
        "site": site,
        "delivery": delivery,
        "cohort": coverage["portfolio"]["cohort"],
        "as_of": coverage["as_of"],
        "start": learner.start,
        "planned_end": learner.end,
        "stage": learner.stage(),
        "standards_problem": gateway["problem"],
        "standards": standards_of(said),
        "evidence": evidence_of(coverage),
        "plan": learner.plan(said),
        "forecast": learner.forecast(said),
        "entries": learner.entries(),
        "hours": {
            "recorded": hours["recorded"],
            "required": hours["required"]["hours"],
            "planned_so_far": hours["planned_so_far"],
            "standing": hours["standing"],
            "months_without_learning": learner.months_without_learning(said),
        },
        "last_entry": learner.last_entry(),
        "silent_days": learner.silent_days(),
        "reviews": learner.reviews(),
        "waiting": waiting,
        "referrals": learner.referrals(said),
        "gateway": {
            "readiness": gateway["readiness"],
            "met": sum("met"),
            "not_met": sum("not_met"),
            "unknown": sum("unknown"),
            "to_confirm": sum("to_confirm"),
        },
        "findings": {
            "error": summary["error"],
            "warning": summary["warning"],
            "note": summary["note"],
            "privacy": privacy_of(&said.check),
        },
        "decisions": {
            "files": list(&said.verify["files"]).len(),
            "last": learner.last_judgement(),
            "chain": said.verify["chain"],
            "holds": said.verify["holds"],
        },
    })
}

/// Each standard as `coverage` and `review` have it.
fn standards_of(said: &Said) -> Vec<Value> {
    let standards = list(&said.coverage["standards"]).iter();
    let standards = standards.zip(list(&said.review["standards"]));
    let versions = list(&said.coverage["portfolio"]["standards"]);
    let one = |(covered, reviewed): (&Value, &Value)| {
        let mut versions = versions.iter();
        let version = versions.find(|one| one["id"] == covered["id"]).unwrap();
        let criteria = list(&covered["criteria"]).iter().map(|one| {
            let is_waived = has_flag(one, "waived");
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
    };
    standards.map(one).collect()
}

/// The summaries of all standards, added up.
fn evidence_of(coverage: &Value) -> Value {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for standard in list(&coverage["standards"]) {
        for (key, number) in standard["summary"].as_object().unwrap() {
            *sums.entry(key).or_default() += number.as_u64().unwrap();
        }
    }
    json!(sums)
}

/// Findings of privacy rules by rule.
fn privacy_of(check: &Value) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for finding in list(&check["findings"]) {
        let rule = finding["rule"].as_str().unwrap();
        let known = ksbfolio::check::rules::find(rule).unwrap();
        if known.group == ksbfolio::check::RuleGroup::Privacy {
            *counts.entry(rule).or_default() += 1;
        }
    }
    counts
}

/// A measure, taken.
enum Measured {
    NotDue,
    Unknown(String),
    Value(i64, String),
}

/// Colour and reasons by the rules of the document, of a row that is right so far.
pub fn judge(
    learner: &Learner,
    said: &Said,
    row: &Value,
    rules: &[Value],
) -> (&'static str, Vec<Value>) {
    let reason = |colour: &str, measure: Value, words: &str| json!({ "colour": colour, "measure": measure, "words": words });
    let mut reasons = Vec::new();
    let whole = match (
        row["stage"].as_str().unwrap(),
        row["standards_problem"].as_str(),
    ) {
        (_, Some(problem)) => Some(problem.to_owned()),
        ("started", _) => Some(format!(
            "started on {}: too early to judge",
            in_words(learner.start.unwrap())
        )),
        ("not-started", _) => Some(format!("starts on {}", in_words(learner.start.unwrap()))),
        ("on-break", _) => Some("on a break, so no progress is expected".to_owned()),
        _ => None,
    };
    reasons.extend(whole.map(|words| reason("unknown", Value::Null, &words)));
    if learner.unread > 0 {
        let words = format!(
            "{} cannot be read",
            some(i64::try_from(learner.unread).unwrap(), "entry")
        );
        // Before the stage, and after what is wrong with the standards.
        let at = usize::from(row["standards_problem"].is_string());
        reasons.insert(at, reason("unknown", Value::Null, &words));
    }
    let mut measures: Vec<&str> = Vec::new();
    for rule in rules {
        let measure = rule["measure"].as_str().unwrap();
        if !measures.contains(&measure) {
            measures.push(measure);
        }
    }
    let mut calm = Vec::new();
    for name in measures {
        let taken = learner.measure(said, row, name);
        if let Measured::Value(_, words) = &taken {
            let last = learner.last_entry().filter(|_| name == "silent-days");
            let words = &last.map_or(words.clone(), |last| format!("last entry {last}"));
            if ["behind-percent", "silent-days", "review-days"].contains(&name) {
                calm.push(reason("green", json!(name), words));
            }
        }
        let is_of_progress = [
            "behind-percent",
            "hours-behind-percent",
            "silent-days",
            "months-without-learning",
            "review-days",
            "two-party-review",
            "signature-days",
            "past-end-days",
        ];
        if row["stage"] == "on-break" && is_of_progress.contains(&name) {
            continue;
        }
        match taken {
            Measured::NotDue => {}
            Measured::Unknown(words) => reasons.push(reason("unknown", json!(name), &words)),
            Measured::Value(value, words) => {
                let mut over: Vec<&str> = rules
                    .iter()
                    .filter(|rule| {
                        rule["measure"] == name && value > rule["over"].as_i64().unwrap()
                    })
                    .map(|rule| rule["colour"].as_str().unwrap())
                    .collect();
                over.sort_by_key(|colour| Reverse(*colour));
                reasons.extend(
                    over.first()
                        .map(|colour| reason(colour, json!(name), &words)),
                );
            }
        }
    }
    let rank = |one: &Value| {
        ["red", "amber", "unknown"]
            .iter()
            .position(|colour| one["colour"] == *colour)
    };
    reasons.sort_by_key(rank);
    let first = reasons.first().map(|one| rank(one).unwrap());
    let colour = first.map_or("green", |at| ["red", "amber", "unknown"][at]);
    let mut reasons = if colour == "green" { calm } else { reasons };
    reasons.extend(learner.frozen.map(|day| {
        let (day, today) = (in_words(day), in_words(AS_OF));
        let words =
            format!("frozen at {day} by its settings, and judged as of {today} like the others");
        reason("green", Value::Null, &words)
    }));
    (colour, reasons)
}

fn in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// `1 day`, `2 days`.
fn some(number: i64, one: &str) -> String {
    let many = match one {
        "entry" => "entries".to_owned(),
        _ => format!("{one}s"),
    };
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

impl Learner {
    fn measure(&self, said: &Said, row: &Value, name: &str) -> Measured {
        use Measured::{NotDue, Unknown, Value as Is};
        let number = |pointer: &str| row.pointer(pointer).and_then(Value::as_i64);
        let is_finished = row["stage"] == "past-end" && row["gateway"]["readiness"] == "ready";
        let of_reviews = ["review-days", "two-party-review", "signature-days"];
        if is_finished && (name == "silent-days" || of_reviews.contains(&name)) {
            return NotDue;
        }
        let is_early = ["not-started", "started"].contains(&row["stage"].as_str().unwrap());
        let last = self.held_reviews().next_back();
        match name {
            "behind-percent"
            | "hours-behind-percent"
            | "silent-days"
            | "months-without-learning"
                if is_early =>
            {
                NotDue
            }
            "behind-percent" => match (number("/plan/evidenced"), number("/plan/planned")) {
                (Some(have), Some(due)) => Is(
                    100 * (due - have).max(0) / due.max(1),
                    match have > due {
                        true => format!("{}, {due} expected", some(have, "code")),
                        false if due == 1 => format!("{have} of 1 expected code"),
                        false => format!("{have} of {due} expected codes"),
                    },
                ),
                _ => Unknown("no plan: a date of the programme is missing".to_owned()),
            },
            "hours-behind-percent" => {
                let (have, due) = (&row["hours"]["recorded"], &row["hours"]["planned_so_far"]);
                let Some(planned) = due.as_f64() else {
                    return Unknown("the required hours are not known".to_owned());
                };
                let recorded = have.as_f64().unwrap();
                let hundredths =
                    |hours: f64| format!("{:.0}", hours * 100.0).parse::<i64>().unwrap();
                let (have, due) = (hundredths(recorded), hundredths(planned));
                Is(
                    100 * (due - have).max(0) / due.max(1),
                    format!("{recorded} of {planned} hours planned"),
                )
            }
            "silent-days" => match (number("/silent_days"), self.last_entry()) {
                (None, _) => Unknown("no entry, and no start date".to_owned()),
                (Some(days), Some(last)) => {
                    let breaks = self.breaks_since(last);
                    Is(days, format!("silent {}{breaks}", some(days, "day")))
                }
                (Some(days), None) => Is(
                    days,
                    format!("no entry in {} since the start", some(days, "day")),
                ),
            },
            "months-without-learning" => self.measure_months(said, row),
            "review-days" => match (number("/reviews/days_since"), self.start) {
                (Some(days), _) => {
                    let days_words = some(days, "day");
                    let words = match self.breaks_since(last.unwrap().on) {
                        "" => format!("review {days_words} ago"),
                        breaks => format!("{days_words} since the review{breaks}"),
                    };
                    Is(days, words)
                }
                (None, Some(start))
                    if start > AS_OF || count_days(start, AS_OF, |_| true) <= 84 =>
                {
                    NotDue
                }
                (None, None) => Unknown("no progress review is recorded".to_owned()),
                (None, Some(start)) => {
                    let days = some(count_days(start, AS_OF, |_| true), "day");
                    let words = format!("no progress review is recorded in {days} since the start");
                    Unknown(words)
                }
            },
            "two-party-review" => last.map_or(NotDue, |one| match one.is_two_party(AS_OF) {
                None => Unknown(format!(
                    "the review of {} does not name the roles of those who took part or signed",
                    one.on
                )),
                Some(is) => Is(
                    i64::from(is),
                    format!(
                        "the review of {} was held or signed by two of three parties at most",
                        one.on
                    ),
                ),
            }),
            "signature-days" => last.map_or(NotDue, |one| match one.signed_after(AS_OF) {
                Some(days) => Is(
                    days,
                    format!(
                        "the review of {} was signed late, after {}",
                        one.on,
                        some(days, "day")
                    ),
                ),
                None if count_days(one.on, AS_OF, |_| true) > 28 => Unknown(format!(
                    "no signature of the review of {} is recorded",
                    one.on
                )),
                None => NotDue,
            }),
            "waiting-days" => {
                let entries = number("/waiting/entries").unwrap();
                let wait = if entries == 1 { "waits" } else { "wait" };
                let is_partial = number("/waiting/since_unknown") != Some(0);
                let at_least = if is_partial { "at least " } else { "" };
                match number("/waiting/days") {
                    Some(days) => Is(days, format!("{} {wait} for an assessor, the oldest for {at_least}{}", some(entries, "entry"), some(days, "day"))),
                    None if entries > 0 => Unknown("an entry changed after it was decided, and how long it has waited is not known".to_owned()),
                    None => Is(0, String::new()),
                }
            }
            "referral-days" => match row["referrals"]["oldest"].as_str() {
                None => Is(0, String::new()),
                Some(oldest) => {
                    let days = count_days(oldest.parse().unwrap(), AS_OF, |_| true);
                    Is(
                        days,
                        format!(
                            "{} sent back, the oldest {} ago",
                            some(number("/referrals/open").unwrap(), "claim"),
                            some(days, "day")
                        ),
                    )
                }
            },
            "contested-claims" => {
                let claims = number("/referrals/contested").unwrap();
                Is(
                    claims,
                    format!("assessors disagree on {}", some(claims, "claim")),
                )
            }
            "unsound-decisions" => Is(
                i64::from(row["decisions"]["holds"] == false),
                "the decisions cannot be relied on".to_owned(),
            ),
            "privacy-errors" => {
                let findings = list(&said.check["findings"]).iter();
                let rules = row["findings"]["privacy"].as_object().unwrap();
                let errors = findings.filter(|one| {
                    one["level"] == "error" && rules.contains_key(one["rule"].as_str().unwrap())
                });
                let errors = i64::try_from(errors.count()).unwrap();
                Is(errors, format!("{} on privacy", some(errors, "error")))
            }
            "past-end-days" => match self.end {
                None => Unknown("no planned end".to_owned()),
                Some(end) if end >= AS_OF || row["gateway"]["readiness"] == "ready" => NotDue,
                Some(end) => {
                    let days = count_days(end, AS_OF, |_| true);
                    Is(days, format!("{} past the planned end", some(days, "day")))
                }
            },
            other => panic!("{other} has no second computation"),
        }
    }

    fn breaks_since(&self, day: Date) -> &'static str {
        let mut days = day.series(1.day()).skip(1).take_while(|day| *day <= AS_OF);
        if days.any(|day| self.is_away(day)) {
            " without breaks"
        } else {
            ""
        }
    }

    /// Months in a row up to the last full one.
    fn measure_months(&self, said: &Said, row: &Value) -> Measured {
        if row["hours"]["recorded"] == 0.0 {
            return Measured::Unknown(
                "no hours off the job are recorded, perhaps they are elsewhere".to_owned(),
            );
        }
        if self.start.is_none() {
            return Measured::Unknown("no start date, so no month is counted".to_owned());
        }
        let idle = self.months_without_learning(said);
        let months = AS_OF.first_of_month().series((-1).month()).skip(1);
        let run = months.take_while(|month| idle.iter().any(|one| *one == month.to_string()[..7]));
        match i64::try_from(run.count()).unwrap() {
            1 => Measured::Value(1, "the last month was without active learning".to_owned()),
            run => Measured::Value(
                run,
                format!("{} without active learning", some(run, "month")),
            ),
        }
    }
}
