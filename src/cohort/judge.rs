//! Colours by rules, each with its reasons.

use super::facts::{LearnerFacts, LifeStage};
use super::measures::{Measured, measure};
use crate::embedded::COHORT_RULES;
use crate::model::{ColourRule, Measure, RiskColour, Word};
use crate::parse;
use crate::text::{Source, in_words};

/// Measures whose values are the reasons for a green colour.
const SHOWN_ON_GREEN: [Measure; 3] = [
    Measure::BehindPercent,
    Measure::SilentDays,
    Measure::ReviewDays,
];

/// A reason for a colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RiskReason {
    /// The colour that it gives.
    pub colour: RiskColour,
    /// The measure; `None` if it is about the portfolio as a whole.
    pub measure: Option<Measure>,
    /// The reason in words.
    pub words: String,
}

impl RiskReason {
    /// A reason about the portfolio as a whole.
    pub(super) fn general(colour: RiskColour, words: String) -> Self {
        Self {
            colour,
            measure: None,
            words,
        }
    }
}

/// The built-in rules.
#[must_use]
pub fn default_rules() -> Vec<ColourRule> {
    let source = Source::new("cohort.yaml", COHORT_RULES);
    parse::cohort(&source).value.rules
}

/// Judges a portfolio by rules, for a learner with a pattern of delivery. Returns the most urgent
/// colour, and its reasons, most urgent first. Where nothing is over a threshold and something is
/// unknown, the colour is unknown.
#[must_use]
pub fn judge(
    facts: &LearnerFacts,
    rules: &[ColourRule],
    delivery: &str,
) -> (RiskColour, Vec<RiskReason>) {
    let mut reasons: Vec<RiskReason> = judge_whole(facts).into_iter().collect();
    if facts.stage != LifeStage::OnBreak {
        for &one in Measure::ALL {
            reasons.extend(judge_measure(facts, rules, delivery, one));
        }
    }
    // The sort is stable: reasons of one colour stay in the order of the measures.
    reasons.sort_by_key(|reason| reason.colour);
    let colour = reasons.first().map_or(RiskColour::Green, |one| one.colour);
    if colour == RiskColour::Green {
        reasons.extend(SHOWN_ON_GREEN.into_iter().filter_map(|one| {
            let Measured::Value(_, words) = measure(facts, one) else {
                return None;
            };
            let last = facts.last_entry.filter(|_| one == Measure::SilentDays);
            Some(RiskReason {
                colour,
                measure: Some(one),
                // A learner who is on plan is not silent.
                words: last.map_or(words, |last| format!("last entry {last}")),
            })
        }));
    }
    (colour, reasons)
}

/// What keeps a whole portfolio from being judged.
fn judge_whole(facts: &LearnerFacts) -> Option<RiskReason> {
    let words = match facts.stage {
        _ if facts.standards_problem.is_some() => facts.standards_problem.clone()?,
        LifeStage::Started => {
            let start = in_words(facts.start?);
            format!("started on {start}: too early to judge")
        }
        LifeStage::NotStarted => format!("starts on {}", in_words(facts.start?)),
        LifeStage::OnBreak => "on a break, so nothing is expected".to_owned(),
        _ => return None,
    };
    Some(RiskReason::general(RiskColour::Unknown, words))
}

fn judge_measure(
    facts: &LearnerFacts,
    rules: &[ColourRule],
    delivery: &str,
    wanted: Measure,
) -> Option<RiskReason> {
    let of = |for_delivery: Option<&str>| {
        let fits = move |rule: &&ColourRule| {
            rule.measure == wanted && rule.delivery.as_deref() == for_delivery
        };
        rules.iter().filter(fits).collect::<Vec<_>>()
    };
    // A learner's pattern of delivery has rules of its own, or those for all.
    let own = of(Some(delivery));
    let in_force = if own.is_empty() { of(None) } else { own };
    if in_force.is_empty() {
        return None;
    }
    let (colour, words) = match measure(facts, wanted) {
        Measured::NotDue => return None,
        Measured::Unknown(why) => (RiskColour::Unknown, why),
        Measured::Value(value, words) => {
            let over = in_force.iter().filter(|rule| value > i64::from(rule.over));
            (over.map(|rule| rule.colour).min()?, words)
        }
    };
    Some(RiskReason {
        colour,
        measure: Some(wanted),
        words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_can_be_read_and_name_their_sources() {
        let source = Source::new("cohort.yaml", COHORT_RULES);
        let parsed = parse::cohort(&source);
        assert!(parsed.faults.is_empty(), "{:?}", parsed.faults);
        for &measure in Measure::ALL {
            let mut rules = parsed.value.rules.iter();
            assert!(
                rules.any(|rule| rule.measure == measure && !rule.source.is_empty()),
                "{measure:?}"
            );
        }
    }
}
