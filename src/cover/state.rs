//! The state of a criterion by its pieces, with the reason and the next step.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::attempts::{Attempts, attempts};
use crate::model::{
    CriterionId, Entry, EntryType, Known, Line, Piece, Portfolio, Reason, Rules, State,
};
use crate::text::{capitalised, plural};

/// The judgement on a criterion.
pub struct Judged {
    /// The state.
    pub state: State,
    /// The reason, as a sentence.
    pub why: String,
    /// The next step, as a sentence; `None` if nothing is left to do.
    pub next: Option<String>,
}

/// Judges the state of a criterion by its pieces.
pub fn judge(portfolio: &Portfolio, criterion: CriterionId, pieces: &[Piece]) -> Judged {
    if pieces.is_empty() {
        let next = "Tag an entry that shows it, or write one.";
        return judged(State::Gap, "No entry claims it.", Some(next));
    }
    if !pieces.iter().any(Piece::handed_in) {
        return judge_drafts(portfolio, pieces);
    }
    let rules = portfolio.catalogue.rules(criterion.standard);
    let counting: Vec<&Piece> = pieces.iter().filter(|piece| piece.counts()).collect();
    let lacking = RuleTally::of(portfolio, &counting, rules).lacking();
    if !lacking.is_empty() || counting.is_empty() {
        let next = next_step(pieces, &lacking) + &attempts_left(portfolio, criterion);
        return judged(
            State::Thin,
            why_thin(pieces, &counting, &lacking),
            Some(&next),
        );
    }
    if has_unread_rules(portfolio, criterion) {
        let why = "A rule in portfolio.yaml cannot be read, so how much is asked for is unknown.";
        let next = "Mend `rules` in portfolio.yaml: `ksbfolio check` shows the line.";
        return judged(State::Thin, why, Some(next));
    }
    let accepted = counting.iter().copied().filter(|piece| piece.accepted());
    let accepted: Vec<&Piece> = accepted.collect();
    let is_enough = RuleTally::of(portfolio, &accepted, rules)
        .lacking()
        .is_empty();
    if is_enough && !accepted.is_empty() {
        let why = format!("{} accepted by the assessor.", count_pieces(accepted.len()));
        return judged(State::Accepted, why, None);
    }
    let why = format!(
        "{} {}, where {}.",
        count_pieces(counting.len()),
        plural(counting.len(), "counts", "count"),
        asked_pieces(rules)
    );
    let next = "Nothing for you to do: an assessor has still to accept it.";
    judged(State::Evidenced, why, Some(next))
}

/// Judges a criterion that only drafts claim.
fn judge_drafts(portfolio: &Portfolio, drafts: &[Piece]) -> Judged {
    let mut pieces = drafts.iter();
    if let Some(unread) = pieces.find(|piece| piece.against.contains(&Reason::Unread)) {
        let path = &portfolio.entries[unread.entry].path;
        let why = format!("{path} claims it, and what stands on top of it cannot be read.");
        let next = "Mend it: `ksbfolio check` shows the line and what to write.";
        return judged(State::Drafted, why, Some(next));
    }
    let why = match drafts.len() {
        1 => "Only one draft claims it.".to_owned(),
        number => format!("Only {number} drafts claim it."),
    };
    let next = "Finish the draft and set its status to submitted.";
    judged(State::Drafted, why, Some(next))
}

/// Whether rules of the criterion's standard in `portfolio.yaml` cannot be read.
fn has_unread_rules(portfolio: &Portfolio, criterion: CriterionId) -> bool {
    let unread = &portfolio.catalogue.unread_rules;
    unread.contains(&criterion.standard)
}

/// The date of the piece with which the rules were first met. `None` if they are not met, or a
/// piece needed for that has no date.
#[must_use]
pub fn evidenced_on(portfolio: &Portfolio, line: &Line) -> Option<Date> {
    if has_unread_rules(portfolio, line.criterion) {
        return None;
    }
    let rules = portfolio.catalogue.rules(line.criterion.standard);
    let mut tally = RuleTally::new(rules);
    // Pieces are sorted by date.
    line.counting().find_map(|piece| {
        let entry = &portfolio.entries[piece.entry];
        let date = entry.date?;
        tally.add(entry);
        tally.lacking().is_empty().then_some(date)
    })
}

fn judged(state: State, why: impl Into<String>, next: Option<&str>) -> Judged {
    Judged {
        state,
        why: why.into(),
        next: next.map(str::to_owned),
    }
}

fn count_pieces(number: usize) -> String {
    match number {
        1 => "One piece".to_owned(),
        _ => format!("{number} pieces"),
    }
}

/// The number of pieces that the rules ask for, in words.
fn asked_pieces(rules: &Rules) -> String {
    match rules.min_pieces {
        Known::Known(1) => "one is asked for".to_owned(),
        Known::Known(pieces) => format!("{pieces} are asked for"),
        Known::Unknown => "the number asked for is unknown".to_owned(),
    }
}

/// Counts what rules ask for in pieces. Types and events are only counted if the rules ask for
/// them.
struct RuleTally<'a> {
    rules: &'a Rules,
    pieces: usize,
    types: BTreeSet<EntryType>,
    events: BTreeSet<Date>,
}

impl<'a> RuleTally<'a> {
    fn new(rules: &'a Rules) -> Self {
        Self {
            rules,
            pieces: 0,
            types: BTreeSet::new(),
            events: BTreeSet::new(),
        }
    }

    fn of(portfolio: &Portfolio, pieces: &[&Piece], rules: &'a Rules) -> Self {
        let mut tally = Self::new(rules);
        for piece in pieces {
            tally.add(&portfolio.entries[piece.entry]);
        }
        tally
    }

    fn add(&mut self, entry: &Entry) {
        self.pieces += 1;
        if self.rules.min_types != Known::Unknown && !entry.unknown_kind {
            self.types.insert(entry.kind);
        }
        if self.rules.min_events != Known::Unknown {
            // An unreadable date may be that of another piece.
            let day = entry
                .event_date
                .or(entry.date)
                .filter(|_| !entry.unread_event);
            self.events.extend(day);
        }
    }

    /// What the rules ask for beyond the pieces, in words.
    fn lacking(&self) -> Vec<String> {
        let rules = self.rules;
        let mut lacking = Vec::new();
        let mut ask = |wanted: Known<u32>, have: usize, one: &str, many: &str| {
            if let Known::Known(wanted) = wanted
                && have < wanted as usize
            {
                let missing = wanted as usize - have;
                lacking.push(format!("{missing} more {}", plural(missing, one, many)));
            }
        };
        ask(rules.min_pieces, self.pieces, "piece", "pieces");
        ask(
            rules.min_types,
            self.types.len(),
            "type of evidence",
            "types of evidence",
        );
        ask(rules.min_events, self.events.len(), "event", "events");
        lacking
    }
}

/// Why submitted pieces are not enough.
fn why_thin(pieces: &[Piece], counting: &[&Piece], lacking: &[String]) -> String {
    let reasons: BTreeSet<Reason> = pieces
        .iter()
        .flat_map(|piece| piece.against.iter().copied())
        .collect();
    let reasons: Vec<&str> = reasons.into_iter().map(Reason::words).collect();
    let mut why = match (counting.len(), pieces.len()) {
        (0, 1) => "The one piece that claims it does not count".to_owned(),
        (0, all) => format!("None of the {all} pieces that claim it counts"),
        (some, _) => format!("{} {}", count_pieces(some), plural(some, "counts", "count")),
    };
    if !reasons.is_empty() {
        let others = if counting.is_empty() {
            ": "
        } else {
            "; not counted: "
        };
        why = format!("{why}{others}{}", reasons.join(", "));
    }
    if counting.is_empty() || lacking.is_empty() {
        format!("{why}.")
    } else {
        format!("{why}. Asked for: {}.", lacking.join(" and "))
    }
}

/// Attempts used and left, as a sentence after a space; empty without a limit or a used attempt.
fn attempts_left(portfolio: &Portfolio, criterion: CriterionId) -> String {
    match attempts(portfolio, criterion).map(Attempts::words) {
        Some(words) if !words.is_empty() => format!(" {}.", capitalised(&words)),
        _ => String::new(),
    }
}

/// The next step for a reason, most important first.
#[rustfmt::skip]
const ADVICE: [(Reason, &str); 13] = [
    (Reason::StartUnread, "Mend `start` in portfolio.yaml: `ksbfolio check` shows the line."),
    (Reason::Referred, "Work on the referred entry: the feedback says what is missing."),
    (Reason::Resubmitted, "Nothing for you to do: the assessor has still to decide on the changed entry."),
    (Reason::BrokenChain, "Nothing for you to do in the entry: `ksbfolio decisions verify` shows where the chain of decisions is broken."),
    (Reason::PerhapsReferred, "Mend the decision file that cannot be read: `ksbfolio check` shows it."),
    (Reason::ReferredElsewhere, "Give the referred entry its id back: `ksbfolio check` shows the decision that names it."),
    (Reason::PartlyAccepted, "Complete the partly accepted entry: the feedback says what is missing."),
    (Reason::Private, "Make the private entry visible to the assessor, if it can be made safe to share."),
    (Reason::Withheld, "Take out of the withheld entry what identifies a person: `ksbfolio check` shows where."),
    (Reason::BelowPassMark, "Retake the marked work."),
    (Reason::NotMarked, "Add the marked work with its result."),
    (Reason::NoSubstance, "Write the entry that claims it."),
    (Reason::Undated, "Put the entry's date right, as in `date: 2026-03-14`."),
];

/// The most important step that would make pieces count.
fn next_step(pieces: &[Piece], lacking: &[String]) -> String {
    let has = |reason| pieces.iter().any(|piece| piece.against.contains(&reason));
    let first = ADVICE
        .iter()
        .find(|(reason, _)| has(*reason))
        .map(|(_, advice)| (*advice).to_owned());
    first.unwrap_or_else(|| match lacking {
        [] => "Add a piece that counts.".to_owned(),
        lacking => format!("Add {}.", lacking.join(" and ")),
    })
}
