//! How far its pieces take a criterion, why, and what would take it further.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::attempts::{Attempts, attempts};
use crate::model::{
    CriterionId, Entry, EntryType, Known, Line, Piece, Portfolio, Reason, Rules, State,
};

/// A criterion's state in one word and two sentences.
pub struct Judged {
    /// How far it is.
    pub state: State,
    /// Why it stands there.
    pub why: String,
    /// What would lift it.
    pub next: Option<String>,
}

/// Judges what the pieces of one criterion come to.
pub fn judge(portfolio: &Portfolio, criterion: CriterionId, pieces: &[Piece]) -> Judged {
    let rules = portfolio.catalogue.rules(criterion.standard);
    let counting: Vec<&Piece> = pieces.iter().filter(|piece| piece.counts()).collect();
    let accepted: Vec<&Piece> = counting
        .iter()
        .copied()
        .filter(|piece| piece.accepted())
        .collect();
    let submitted = pieces.iter().any(Piece::handed_in);
    if pieces.is_empty() {
        let next = "Tag an entry that shows it, or write one.".to_owned();
        return judged(State::Gap, "No entry claims it.".to_owned(), Some(next));
    }
    let unread = pieces
        .iter()
        .find(|piece| piece.against.contains(&Reason::Unread));
    if let (false, Some(piece)) = (submitted, unread) {
        let path = &portfolio.entries[piece.entry].path;
        let why = format!("{path} claims it, and what stands on top of it cannot be read.");
        let next = "Mend it: `ksbfolio check` shows the line and what to write.".to_owned();
        return judged(State::Drafted, why, Some(next));
    }
    if !submitted {
        let why = format!("Only {} it.", claims(pieces.len(), "draft"));
        let next = "Finish the draft and set its status to submitted.".to_owned();
        return judged(State::Drafted, why, Some(next));
    }
    let lacking = Given::by(portfolio, &counting, rules).lacks();
    if !lacking.is_empty() || counting.is_empty() {
        let next = format!(
            "{}{}",
            lift(pieces, &lacking),
            attempts_left(portfolio, criterion)
        );
        return judged(State::Thin, thin(pieces, &counting, &lacking), Some(next));
    }
    if portfolio
        .catalogue
        .unread_rules
        .contains(&criterion.standard)
    {
        let why = "A rule in portfolio.yaml cannot be read, so how much is asked for is unknown."
            .to_owned();
        let next = "Mend `rules` in portfolio.yaml: `ksbfolio check` shows the line.".to_owned();
        return judged(State::Thin, why, Some(next));
    }
    if Given::by(portfolio, &accepted, rules).lacks().is_empty() && !accepted.is_empty() {
        return judged(
            State::Accepted,
            count(accepted.len(), "piece", "accepted by the assessor"),
            None,
        );
    }
    let why = count(
        counting.len(),
        "piece",
        &format!("counts, where {}", asked(rules)),
    );
    let next = "Nothing for you to do: an assessor has still to accept it.".to_owned();
    judged(
        State::Evidenced,
        why.replace("s counts", "s count"),
        Some(next),
    )
}

/// The day on which what counts first met the rules, by the days of writing: with one piece asked for, the date of the
/// first piece that counts. Nothing where the rules are not met, or a piece that it takes has no date.
#[must_use]
pub fn evidenced_on(portfolio: &Portfolio, line: &Line) -> Option<Date> {
    if portfolio
        .catalogue
        .unread_rules
        .contains(&line.criterion.standard)
    {
        return None;
    }
    let rules = portfolio.catalogue.rules(line.criterion.standard);
    let mut given = Given::nothing(rules);
    // Pieces come oldest first.
    line.counting().find_map(|piece| {
        let entry = &portfolio.entries[piece.entry];
        let date = entry.date?;
        given.add(entry);
        given.lacks().is_empty().then_some(date)
    })
}

fn judged(state: State, why: String, next: Option<String>) -> Judged {
    Judged { state, why, next }
}

fn claims(number: usize, what: &str) -> String {
    if number == 1 {
        format!("one {what} claims")
    } else {
        format!("{number} {what}s claim")
    }
}

fn count(number: usize, what: &str, rest: &str) -> String {
    if number == 1 {
        format!("One {what} {rest}.")
    } else {
        format!("{number} {what}s {rest}.")
    }
}

/// What the rules ask for, in words; what is unknown asks for nothing and is named so.
fn asked(rules: &Rules) -> String {
    match rules.min_pieces {
        Known::Known(1) => "one is asked for".to_owned(),
        Known::Known(pieces) => format!("{pieces} are asked for"),
        Known::Unknown => "the number asked for is unknown".to_owned(),
    }
}

/// What pieces give of what rules ask for. What they do not ask for is not looked at.
struct Given<'a> {
    rules: &'a Rules,
    pieces: usize,
    types: BTreeSet<EntryType>,
    events: BTreeSet<Date>,
}

impl<'a> Given<'a> {
    fn nothing(rules: &'a Rules) -> Self {
        Self {
            rules,
            pieces: 0,
            types: BTreeSet::new(),
            events: BTreeSet::new(),
        }
    }

    fn by(portfolio: &Portfolio, pieces: &[&Piece], rules: &'a Rules) -> Self {
        let mut given = Self::nothing(rules);
        for piece in pieces {
            given.add(&portfolio.entries[piece.entry]);
        }
        given
    }

    fn add(&mut self, entry: &Entry) {
        self.pieces += 1;
        if self.rules.min_types != Known::Unknown && !entry.unknown_kind {
            self.types.insert(entry.kind);
        }
        if self.rules.min_events != Known::Unknown {
            // A day that cannot be read may be that of another piece.
            let day = entry
                .event_date
                .or(entry.date)
                .filter(|_| !entry.unread_event);
            self.events.extend(day);
        }
    }

    /// What the rules ask for beyond that, in words.
    fn lacks(&self) -> Vec<String> {
        let rules = self.rules;
        let mut lacking = Vec::new();
        let mut ask = |wanted: Known<u32>, have: usize, one: &str, many: &str| {
            if let Known::Known(wanted) = wanted
                && have < wanted as usize
            {
                let missing = wanted as usize - have;
                lacking.push(if missing == 1 {
                    format!("1 more {one}")
                } else {
                    format!("{missing} more {many}")
                });
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

fn thin(pieces: &[Piece], counting: &[&Piece], lacking: &[String]) -> String {
    let reasons: BTreeSet<Reason> = pieces
        .iter()
        .flat_map(|piece| piece.against.iter().copied())
        .collect();
    let reasons: Vec<&str> = reasons.into_iter().map(Reason::words).collect();
    let mut why = match (counting.len(), pieces.len()) {
        (0, 1) => "The one piece that claims it does not count".to_owned(),
        (0, all) => format!("None of the {all} pieces that claim it counts"),
        (1, _) => "One piece counts".to_owned(),
        (some, _) => format!("{some} pieces count"),
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

/// How many attempts are left, where the standard limits them and one is used, as a sentence with a space before it.
fn attempts_left(portfolio: &Portfolio, criterion: CriterionId) -> String {
    let words = attempts(portfolio, criterion).map_or_else(String::new, Attempts::words);
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase);
    first.map_or_else(String::new, |first| {
        format!(" {first}{}.", letters.as_str())
    })
}

fn lift(pieces: &[Piece], lacking: &[String]) -> String {
    let has = |reason| pieces.iter().any(|piece| piece.against.contains(&reason));
    let advice = [
        (
            Reason::StartUnread,
            "Mend `start` in portfolio.yaml: `ksbfolio check` shows the line.",
        ),
        (
            Reason::Referred,
            "Work on the referred entry: the feedback says what is missing.",
        ),
        (
            Reason::Resubmitted,
            "Nothing for you to do: the assessor has still to decide on the changed entry.",
        ),
        (
            Reason::BrokenChain,
            "Nothing for you to do in the entry: `ksbfolio decisions verify` shows where the chain of decisions is broken.",
        ),
        (
            Reason::PerhapsReferred,
            "Mend the decision file that cannot be read: `ksbfolio check` shows it.",
        ),
        (
            Reason::ReferredElsewhere,
            "Give the referred entry its id back: `ksbfolio check` shows the decision that names it.",
        ),
        (
            Reason::PartlyAccepted,
            "Complete the partly accepted entry: the feedback says what is missing.",
        ),
        (
            Reason::Private,
            "Make the private entry visible to the assessor, if it can be made safe to share.",
        ),
        (
            Reason::Withheld,
            "Take out of the withheld entry what identifies a person: `ksbfolio check` shows where.",
        ),
        (Reason::BelowPassMark, "Retake the marked work."),
        (Reason::NotMarked, "Add the marked work with its result."),
        (Reason::NoSubstance, "Write the entry that claims it."),
        (
            Reason::Undated,
            "Put the entry's date right, as in `date: 2026-03-14`.",
        ),
    ];
    let first = advice
        .iter()
        .find(|(reason, _)| has(*reason))
        .map(|(_, advice)| (*advice).to_owned());
    first.unwrap_or_else(|| match lacking {
        [] => "Add a piece that counts.".to_owned(),
        lacking => format!("Add {}.", lacking.join(" and ")),
    })
}
