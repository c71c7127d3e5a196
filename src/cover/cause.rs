//! Why a criterion is in its state, and the words for it: the reason and the next step.

use std::collections::BTreeSet;

use super::attempts::Attempts;
use crate::model::{Known, Reason, State, Verification, Waiver};
use crate::text::{SourcePath, capitalised, counted, in_words, listed};

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
    /// The employer verified it, in place of evidence.
    Verified(&'a Verification),
    /// So many accepted entries are all that is asked for.
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
            Self::Verified(_) | Self::Accepted(_) => State::Accepted,
            Self::Evidenced { .. } => State::Evidenced,
        }
    }

    /// The reason, as a sentence.
    pub(super) fn why(&self) -> String {
        match self {
            Self::Unclaimed => "No evidence yet.".to_owned(),
            Self::UnreadEntry(path) => {
                format!("{path} claims it, and its first lines cannot be read.")
            }
            Self::Drafts(number) => format!("{}, nothing submitted.", counted(number, "draft")),
            Self::NotEnough(shortage) => shortage.why(),
            Self::UnreadRules => {
                "A rule in the settings cannot be read, so we do not know how much is needed."
                    .to_owned()
            }
            Self::Verified(verification) => {
                let day = in_words(verification.date);
                format!("Verified by the employer ({}) on {day}.", verification.by)
            }
            Self::Accepted(number) => format!("{} accepted.", counted(number, "entry")),
            Self::Evidenced { counting, asked } => match asked {
                Known::Known(asked) if *counting > *asked as usize => {
                    format!("{}, {asked} needed.", counted(counting, "entry"))
                }
                Known::Known(asked) => format!("{counting} of {asked}."),
                Known::Unknown => format!("{}.", counted(counting, "entry")),
            },
        }
    }

    /// The next step, as a sentence; `None` if nothing is left to do.
    pub(super) fn next(&self) -> Option<String> {
        let step = match self {
            Self::Unclaimed => "Add the code to an entry that shows it, or write one.",
            Self::UnreadEntry(_) => "Correct the first lines of that entry.",
            Self::Drafts(_) => "Finish the draft and submit it.",
            Self::NotEnough(shortage) => return Some(shortage.next()),
            Self::UnreadRules => "Correct the rules in the settings.",
            Self::Verified(_) | Self::Accepted(_) => return None,
            Self::Evidenced { .. } => "Waiting for your assessor.",
        };
        Some(step.to_owned())
    }
}

impl Shortage {
    fn why(&self) -> String {
        let reasons: Vec<&str> = self.against.iter().map(|reason| reason.words()).collect();
        let reasons = reasons.join(", ");
        match (self.counting, self.claiming) {
            (0, 1) => self.why_not_the_only_one(&reasons),
            (0, all) if reasons.is_empty() => format!("None of its {all} entries counts."),
            (0, all) => format!("None of its {all} entries counts: {reasons}."),
            (some, _) if reasons.is_empty() => self.how_many(some),
            (some, _) => format!("{} Not counted: {reasons}.", self.how_many(some)),
        }
    }

    /// Why the only entry that claims the criterion does not count.
    fn why_not_the_only_one(&self, reasons: &str) -> String {
        let only: Vec<&Reason> = self.against.iter().collect();
        match only[..] {
            [Reason::PartlyAccepted] => "Its only entry was partly accepted.".to_owned(),
            [Reason::Referred] => "Its only entry was referred.".to_owned(),
            [Reason::Resubmitted] => {
                "Its only entry was referred, and has changed since.".to_owned()
            }
            [] => "Its only entry does not count.".to_owned(),
            _ => format!("Its only entry does not count: {reasons}."),
        }
    }

    /// The number of entries that count, and of those needed: `1 of 2 entries.`
    fn how_many(&self, counting: usize) -> String {
        let missing = self.lacking.iter().find(|lack| lack.what == ENTRY);
        match missing {
            Some(lack) => format!("{counting} of {} entries.", counting + lack.number),
            None => format!("{}.", capitalised(&counted(counting, ENTRY))),
        }
    }

    /// The most important step that would make pieces count, and the attempts used and left.
    fn next(&self) -> String {
        let is_against = |(reason, _): &&(Reason, &str)| self.against.contains(reason);
        let step = match ADVICE.iter().find(is_against) {
            Some((_, advice)) => (*advice).to_owned(),
            None => match &self.lacking[..] {
                [] => "Add an entry that counts.".to_owned(),
                [
                    Lack {
                        number: 1,
                        what: ENTRY,
                    },
                ] => "Add one more.".to_owned(),
                [
                    Lack {
                        number,
                        what: ENTRY,
                    },
                ] => format!("Add {number} more."),
                _ => format!("Add {}.", self.lacking()),
            },
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

/// The noun of a [`Lack`] of entries.
pub(super) const ENTRY: &str = "entry";

/// The next step for a reason, most important first.
#[rustfmt::skip]
const ADVICE: [(Reason, &str); 14] = [
    (Reason::StartUnread, "Correct the start date in the settings."),
    (Reason::Referred, "Work on the referred entry: the feedback says what is missing."),
    (Reason::Resubmitted, "Waiting for your assessor to decide again."),
    (Reason::Contested, "Waiting for an assessor to settle it: two decisions disagree."),
    (Reason::BrokenChain, "Nothing to change in the entry: a decision file was changed or is missing."),
    (Reason::PerhapsReferred, "Correct the decision file that cannot be read."),
    (Reason::ReferredElsewhere, "Give the referred entry its id back."),
    (Reason::PartlyAccepted, "Complete the partly accepted entry: the feedback says what is missing."),
    (Reason::Private, "Make the private entry visible to the assessor, if it can be made safe to share."),
    (Reason::Withheld, "Remove what identifies a person from the withheld entry."),
    (Reason::BelowPassMark, "Retake the marked work."),
    (Reason::NotMarked, "Add the marked work with its result."),
    (Reason::NoSubstance, "Write the entry."),
    (Reason::Undated, "Correct the date of the entry."),
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
        assert_eq!(evidenced(1, 1), "1 of 1.");
        assert_eq!(evidenced(2, 2), "2 of 2.");
        assert_eq!(evidenced(2, 1), "2 entries, 1 needed.");
        let accepted = [1, 2].map(|number| Cause::Accepted(number).why());
        assert_eq!(accepted, ["1 entry accepted.", "2 entries accepted."]);
        let drafts = [1, 2].map(|number| Cause::Drafts(number).why());
        assert_eq!(
            drafts,
            [
                "1 draft, nothing submitted.",
                "2 drafts, nothing submitted."
            ]
        );
        let short = |counting, claiming, numbers: &[usize], attempts| {
            let lacking = numbers.iter().zip([ENTRY, "type of evidence", "event"]);
            Cause::NotEnough(Shortage {
                claiming,
                counting,
                against: BTreeSet::new(),
                lacking: lacking
                    .filter(|(number, _)| **number > 0)
                    .map(|(&number, what)| Lack { number, what })
                    .collect(),
                attempts,
            })
        };
        let lacking = short(1, 1, &[1, 2, 1], None);
        assert_eq!(lacking.why(), "1 of 2 entries.");
        assert_eq!(
            lacking.next().as_deref(),
            Some("Add 1 more entry, 2 more types of evidence and 1 more event.")
        );
        let one = short(1, 1, &[1], None);
        assert_eq!(one.next().as_deref(), Some("Add one more."));
        let two = short(1, 1, &[2], None);
        assert_eq!(
            two.why() + &two.next().unwrap_or_default(),
            "1 of 3 entries.Add 2 more."
        );
        let types = short(2, 2, &[0, 1], None);
        assert_eq!(types.why(), "2 entries.");
        let used = Attempts { used: 1, most: 2 };
        let last = short(0, 2, &[], Some(used));
        assert_eq!(last.why(), "None of its 2 entries counts.");
        assert_eq!(
            last.next().as_deref(),
            Some("Add an entry that counts. 1 of 2 attempts used, and the next one is the last.")
        );
    }
}
