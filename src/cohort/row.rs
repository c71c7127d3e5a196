//! One learner of a cohort.

use super::facts::LearnerFacts;
use super::judge::{RiskReason, judge};
use crate::model::{ColourRule, RiskColour, Seat};

/// One learner, or a folder in which no learner could be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The learner's id; empty if it is not known.
    pub learner: String,
    /// The folder as it was named, with identifiers masked; empty if the learner has none.
    pub folder: String,
    /// The people and places around the learner.
    pub seat: Seat,
    /// The figures; `None` if there is no portfolio that can be judged.
    pub facts: Option<Box<LearnerFacts>>,
    /// The colour.
    pub colour: RiskColour,
    /// The reasons for the colour, most urgent first.
    pub reasons: Vec<RiskReason>,
}

impl Row {
    /// A learner whose portfolio was judged.
    #[must_use]
    pub fn judged(
        learner: String,
        folder: String,
        seat: Seat,
        facts: LearnerFacts,
        rules: &[ColourRule],
    ) -> Self {
        let (colour, reasons) = judge(&facts, rules, &seat.delivery);
        Self {
            learner,
            folder,
            seat,
            facts: Some(Box::new(facts)),
            colour,
            reasons,
        }
    }

    /// A learner or a folder without a portfolio that can be judged, and why.
    #[must_use]
    pub fn unjudged(learner: String, folder: String, seat: Seat, why: String) -> Self {
        Self {
            learner,
            folder,
            seat,
            facts: None,
            colour: RiskColour::Unknown,
            reasons: vec![RiskReason::general(RiskColour::Unknown, why)],
        }
    }

    /// Adds words that change no colour, below the reasons.
    pub fn note(&mut self, words: String) {
        self.reasons
            .push(RiskReason::general(RiskColour::Green, words));
    }

    /// Whether the portfolio was not judged in full.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        let facts = self.facts.as_ref();
        facts.is_none_or(|facts| facts.standards_problem.is_some() || facts.unread_entries > 0)
    }

    /// The learner's id, or else the folder. Under a key there can be neither.
    #[must_use]
    pub fn name(&self) -> &str {
        let names = [&self.learner, &self.folder];
        let mut names = names.into_iter().filter(|name| !name.is_empty());
        names.next().map_or("not named", String::as_str)
    }

    /// The reasons that give the colour, in one sentence without a full stop.
    #[must_use]
    pub fn why(&self) -> String {
        let own = self.reasons.iter().filter(|one| one.colour == self.colour);
        let words: Vec<&str> = own.map(|one| one.words.as_str()).collect();
        words.join("; ")
    }

    /// The reasons that are less urgent than the colour, in one sentence without a full stop.
    #[must_use]
    pub fn less_urgent(&self) -> String {
        let others = self.reasons.iter().filter(|one| one.colour != self.colour);
        let words: Vec<&str> = others.map(|one| one.words.as_str()).collect();
        words.join("; ")
    }

    /// All reasons, in one sentence without a full stop.
    #[must_use]
    pub fn all_reasons(&self) -> String {
        let words: Vec<&str> = self.reasons.iter().map(|one| one.words.as_str()).collect();
        words.join("; ")
    }

    /// Who has to decide what waits: the assessor, or else the tutor; empty if the plan names none.
    #[must_use]
    pub fn owner(&self) -> &str {
        if self.seat.assessor.is_empty() {
            &self.seat.tutor
        } else {
            &self.seat.assessor
        }
    }
}
