//! Colours by rules, each with its reasons.

use std::sync::LazyLock;

use super::facts::{LearnerFacts, LifeStage};
use super::measures::{Measured, measure};
use crate::embedded::COHORT_RULES;
use crate::model::{ColourRule, Measure, RiskColour, Word};
use crate::parse;
use crate::text::{Source, counted, in_words};

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
pub fn default_rules() -> &'static [ColourRule] {
    static RULES: LazyLock<Vec<ColourRule>> = LazyLock::new(|| {
        let source = Source::new("cohort.yaml", COHORT_RULES);
        parse::cohort(&source).value.rules
    });
    &RULES
}

/// The days in which all parties sign the record of a review: the lowest threshold of the rules in
/// force for a pattern of delivery, or else of the built-in ones.
#[must_use]
pub fn signing_days(rules: &[ColourRule], delivery: &str) -> i64 {
    let lowest = |rules| {
        let rules = find_rules(rules, delivery, Measure::SignatureDays).into_iter();
        rules.map(|rule| i64::from(rule.over)).min()
    };
    let found = lowest(rules).or_else(|| lowest(default_rules()));
    found.unwrap_or(i64::MAX)
}

/// What the rules in force make of a measure.
enum RuleResult {
    /// There is none, or the measure does not apply yet.
    NotTaken,
    /// It is over no threshold.
    Fine,
    /// It is over a threshold, or it is not known.
    Reason(RiskReason),
}

/// Judges a portfolio by rules, for a learner with a pattern of delivery. Returns the most urgent
/// colour, and its reasons, most urgent first. Where nothing is over a threshold and something is
/// unknown, or no rule applies, the colour is unknown.
#[must_use]
pub fn judge(
    facts: &LearnerFacts,
    rules: &[ColourRule],
    delivery: &str,
) -> (RiskColour, Vec<RiskReason>) {
    let mut reasons = judge_whole(facts);
    let mut is_judged = false;
    for &one in Measure::ALL {
        let result = apply_rules(facts, rules, delivery, one);
        is_judged |= !matches!(result, RuleResult::NotTaken);
        if let RuleResult::Reason(reason) = result {
            reasons.push(reason);
        }
    }
    if !is_judged && reasons.is_empty() {
        let words = "no rule applies, so nothing is judged".to_owned();
        reasons.push(RiskReason::general(RiskColour::Unknown, words));
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

/// What keeps a whole portfolio from being judged, or from being judged in full.
fn judge_whole(facts: &LearnerFacts) -> Vec<RiskReason> {
    let problem = facts.standards_problem.clone();
    let stage = match (facts.stage, facts.start) {
        _ if problem.is_some() => None,
        (LifeStage::Started, Some(start)) => Some(format!(
            "started on {}: too early to judge",
            in_words(start)
        )),
        (LifeStage::NotStarted, Some(start)) => Some(format!("starts on {}", in_words(start))),
        (LifeStage::OnBreak, _) => Some("on a break, so no progress is expected".to_owned()),
        _ => None,
    };
    let unread = (facts.unread_entries > 0)
        .then(|| format!("{} cannot be read", counted(facts.unread_entries, "entry")));
    let words = problem.into_iter().chain(unread).chain(stage);
    words
        .map(|words| RiskReason::general(RiskColour::Unknown, words))
        .collect()
}

/// The rules of a measure for a pattern of delivery: those of its own, or else those for all.
fn find_rules<'a>(rules: &'a [ColourRule], delivery: &str, wanted: Measure) -> Vec<&'a ColourRule> {
    let of = |for_delivery: Option<&str>| {
        let fits = move |rule: &&ColourRule| {
            rule.measure == wanted && rule.delivery.as_deref() == for_delivery
        };
        rules.iter().filter(fits).collect::<Vec<_>>()
    };
    let own = of(Some(delivery));
    if own.is_empty() { of(None) } else { own }
}

fn apply_rules(
    facts: &LearnerFacts,
    rules: &[ColourRule],
    delivery: &str,
    wanted: Measure,
) -> RuleResult {
    let in_force = find_rules(rules, delivery, wanted);
    if in_force.is_empty() {
        return RuleResult::NotTaken;
    }
    let (colour, words) = match measure(facts, wanted) {
        Measured::NotDue => return RuleResult::NotTaken,
        Measured::Unknown(why) => (RiskColour::Unknown, why),
        Measured::Value(value, words) => {
            let over = in_force.iter().filter(|rule| value > i64::from(rule.over));
            match over.map(|rule| rule.colour).min() {
                Some(colour) => (colour, words),
                None => return RuleResult::Fine,
            }
        }
    };
    RuleResult::Reason(RiskReason {
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

    #[test]
    fn signatures_are_due_by_the_threshold_that_is_in_force() {
        let rule = |measure, over, delivery: Option<&str>| ColourRule {
            measure,
            over,
            colour: RiskColour::Amber,
            delivery: delivery.map(str::to_owned),
            source: "ours".to_owned(),
        };
        let own = [
            rule(Measure::SignatureDays, 14, None),
            rule(Measure::SignatureDays, 7, None),
            rule(Measure::SignatureDays, 60, Some("block")),
        ];
        assert_eq!(signing_days(&own, "weekly"), 7);
        assert_eq!(signing_days(&own, "block"), 60);
        let others = [rule(Measure::SilentDays, 14, None)];
        assert_eq!(signing_days(&others, ""), 28);
    }
}
