//! Why a criterion is in its state, and the words for it: the reason and the next step.

use std::collections::BTreeSet;

use super::attempts::Attempts;
use crate::model::{Known, Reason, State, Waiver};
use crate::text::{SourcePath, capitalised, counted, listed, plural};

/// Why a criterion is in its state. Each cause has one state, one reason and one next step.
pub(super) enum Cause<'a> {
    /// No entry claims it.
    Unclaimed,
    /// Only drafts claim it, and one of them is one because it cannot be read.
    UnreadEntry(&'a SourcePath),
    /// Only so many drafts claim it.
    Drafts(usize),
    /// The pieces that count are not what the rules ask for.
    NotEnough(Shortage),
    /// A rule of the workspace cannot be read.
    UnreadRules,
    /// So many accepted pieces are all that is asked for.
    Accepted(usize),
    /// The pieces that count are what the rules ask for, and no assessor has accepted it yet.
    Evidenced {
        /// The number of pieces that count.
        counting: usize,
        /// The number that is asked for.
        asked: Known<u32>,
    },
}

/// What keeps a criterion from being evidenced.
pub(super) struct Shortage {
    /// The number of pieces that claim it.
    pub claiming: usize,
    /// The number of pieces that count.
    pub counting: usize,
    /// Reasons against pieces, the most important first.
    pub against: BTreeSet<Reason>,
    /// What the rules ask for beyond the pieces that count.
    pub lacking: Vec<Lack>,
    /// The attempts, if they are limited.
    pub attempts: Option<Attempts>,
}

/// Something that rules ask for beyond the pieces that count.
pub(super) struct Lack {
    /// How many.
    pub number: usize,
    /// Of what, in singular.
    pub what: &'static str,
}

impl Cause<'_> {
    /// The state.
    pub(super) fn state(&self) -> State {
        match self {
            Self::Unclaimed => State::Gap,
            Self::UnreadEntry(_) | Self::Drafts(_) => State::Drafted,
            Self::NotEnough(_) | Self::UnreadRules => State::Thin,
            Self::Accepted(_) => State::Accepted,
            Self::Evidenced { .. } => State::Evidenced,
        }
    }

    /// The reason, as a sentence.
    pub(super) fn why(&self) -> String {
        match self {
            Self::Unclaimed => "No entry claims it.".to_owned(),
            Self::UnreadEntry(path) => {
                format!("{path} claims it, and what stands on top of it cannot be read.")
            }
            Self::Drafts(1) => "Only one draft claims it.".to_owned(),
            Self::Drafts(number) => format!("Only {number} drafts claim it."),
            Self::NotEnough(shortage) => shortage.why(),
            Self::UnreadRules => {
                "A rule in portfolio.yaml cannot be read, so how much is asked for is unknown."
                    .to_owned()
            }
            Self::Accepted(number) => format!("{} accepted by the assessor.", pieces(*number)),
            Self::Evidenced { counting, asked } => {
                let asked = match asked {
                    Known::Known(1) => "one is asked for".to_owned(),
                    Known::Known(pieces) => format!("{pieces} are asked for"),
                    Known::Unknown => "the number asked for is unknown".to_owned(),
                };
                format!("{}, where {asked}.", pieces_count(*counting))
            }
        }
    }

    /// The next step, as a sentence; `None` if nothing is left to do.
    pub(super) fn next(&self) -> Option<String> {
        let step = match self {
            Self::Unclaimed => "Tag an entry that shows it, or write one.",
            Self::UnreadEntry(_) => "Mend it: `ksbfolio check` shows the line and what to write.",
            Self::Drafts(_) => "Finish the draft and set its status to submitted.",
            Self::NotEnough(shortage) => return Some(shortage.next()),
            Self::UnreadRules => "Mend `rules` in portfolio.yaml: `ksbfolio check` shows the line.",
            Self::Accepted(_) => return None,
            Self::Evidenced { .. } => "Nothing for you to do: an assessor has still to accept it.",
        };
        Some(step.to_owned())
    }
}

impl Shortage {
    fn why(&self) -> String {
        let mut why = match (self.counting, self.claiming) {
            (0, 1) => "The one piece that claims it does not count".to_owned(),
            (0, all) => format!("None of the {all} pieces that claim it counts"),
            (some, _) => pieces_count(some),
        };
        if !self.against.is_empty() {
            let reasons: Vec<&str> = self.against.iter().map(|reason| reason.words()).collect();
            let others = if self.counting == 0 {
                ": "
            } else {
                "; not counted: "
            };
            why = format!("{why}{others}{}", reasons.join(", "));
        }
        if self.counting == 0 || self.lacking.is_empty() {
            format!("{why}.")
        } else {
            format!("{why}. Asked for: {}.", self.lacking())
        }
    }

    /// The most important step that would make pieces count, and the attempts used and left.
    fn next(&self) -> String {
        let is_against = |(reason, _): &&(Reason, &str)| self.against.contains(reason);
        let step = match ADVICE.iter().find(is_against) {
            Some((_, advice)) => (*advice).to_owned(),
            None if self.lacking.is_empty() => "Add a piece that counts.".to_owned(),
            None => format!("Add {}.", self.lacking()),
        };
        match self.attempts.map(Attempts::words) {
            Some(words) if !words.is_empty() => format!("{step} {}.", capitalised(&words)),
            _ => step,
        }
    }

    fn lacking(&self) -> String {
        let lacking = self.lacking.iter();
        let lacking = lacking.map(|lack| counted(lack.number, &format!("more {}", lack.what)));
        listed(&lacking.collect::<Vec<_>>())
    }
}

/// Why a criterion with a waiver in force asks for no evidence.
pub(super) fn why_waived(waiver: &Waiver) -> String {
    format!("Waived: {} (agreed by {}).", waiver.reason, waiver.by)
}

fn pieces(number: usize) -> String {
    match number {
        1 => "One piece".to_owned(),
        _ => format!("{number} pieces"),
    }
}

fn pieces_count(number: usize) -> String {
    format!("{} {}", pieces(number), plural(number, "counts", "count"))
}

/// The next step for a reason, most important first.
#[rustfmt::skip]
const ADVICE: [(Reason, &str); 14] = [
    (Reason::StartUnread, "Mend `start` in portfolio.yaml: `ksbfolio check` shows the line."),
    (Reason::Referred, "Work on the referred entry: the feedback says what is missing."),
    (Reason::Resubmitted, "Nothing for you to do: the assessor has still to decide on the changed entry."),
    (Reason::Contested, "Nothing for you to do: an assessor has to settle it with a decision that follows both."),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_and_steps_agree_with_none_one_and_two() {
        let evidenced = |counting, asked| {
            let asked = Known::Known(asked);
            Cause::Evidenced { counting, asked }.why()
        };
        assert_eq!(evidenced(1, 1), "One piece counts, where one is asked for.");
        assert_eq!(evidenced(2, 2), "2 pieces count, where 2 are asked for.");
        let short = |counting, claiming, numbers: &[usize], attempts| {
            let lacking = numbers.iter().zip(["piece", "type of evidence", "event"]);
            Cause::NotEnough(Shortage {
                claiming,
                counting,
                against: BTreeSet::new(),
                lacking: lacking
                    .map(|(&number, what)| Lack { number, what })
                    .collect(),
                attempts,
            })
        };
        let lacking = short(1, 1, &[1, 2, 1], None);
        assert_eq!(
            lacking.why(),
            "One piece counts. Asked for: 1 more piece, 2 more types of evidence and 1 more event."
        );
        assert_eq!(
            lacking.next().as_deref(),
            Some("Add 1 more piece, 2 more types of evidence and 1 more event.")
        );
        let used = Attempts { used: 1, most: 2 };
        let last = short(0, 2, &[], Some(used));
        assert_eq!(last.why(), "None of the 2 pieces that claim it counts.");
        assert_eq!(
            last.next().as_deref(),
            Some("Add a piece that counts. 1 of 2 attempts used, and the next one is the last.")
        );
    }
}
