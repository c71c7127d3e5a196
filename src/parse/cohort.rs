//! Reads a cohort's plan.

use std::collections::BTreeMap;

use super::decode::{Decoder, Table};
use super::guarded::read_guarded;
use super::keys;
use super::parsed::Parsed;
use super::yaml::Node;
use crate::diagnostic::FaultKind;
use crate::model::{
    CohortPlan, ColourRule, Measure, PlannedLearner, RiskColour, Seat, fold_reference,
};
use crate::text::Source;

/// Reads a plan, as far as it can be read. A plan without rules has none.
#[must_use]
pub fn cohort(source: &Source) -> Parsed<CohortPlan> {
    let (mut parsed, identifiers) =
        read_guarded(source, |decoder| read_plan(decoder).unwrap_or_default());
    parsed.value.identifiers = identifiers;
    parsed
}

fn read_plan(decoder: &mut Decoder<'_>) -> Option<CohortPlan> {
    let (node, _) = decoder.read_file(keys::COHORT)?;
    let table = decoder.read_table(&node, "the plan", keys::COHORT)?;
    decoder.check_version(&table);
    let mut plan = CohortPlan {
        title: decoder.read_words(&table, "title"),
        second_look_percent: decoder.read_number(&table, "second_look_percent"),
        ..CohortPlan::default()
    };
    let mut spellings = Spellings::default();
    for item in decoder.read_tables(&table, "learners", keys::COHORT_LEARNER) {
        // As in portfolio.yaml, the id is a reference: covered, it would find no folder.
        decoder.neutral.extend(item.get("id").map(Node::extent));
        if let Some(id) = decoder.require_text(&item, "id") {
            let key = fold_reference(&id.value);
            let learner = PlannedLearner {
                id: id.value.clone(),
                seat: read_seat(decoder, &item, &mut spellings),
            };
            if plan.learners.insert(key, learner).is_some() {
                let problem = format!("`{}` is listed twice", id.value);
                decoder.report_contradiction(id.span, problem, "list each learner once");
            }
        }
    }
    for item in decoder.read_tables(&table, "rules", keys::COLOUR_RULE) {
        plan.rules.extend(read_rule(decoder, &item, &mut spellings));
    }
    Some(plan)
}

/// The first spelling of each person, site and pattern of delivery: `TU-1` and `tu-1` are one.
#[derive(Default)]
struct Spellings {
    people: BTreeMap<String, String>,
    sites: BTreeMap<String, String>,
    deliveries: BTreeMap<String, String>,
}

fn unify(known: &mut BTreeMap<String, String>, name: String) -> String {
    let first = known.entry(fold_reference(&name));
    first.or_insert(name).clone()
}

fn read_seat(decoder: &mut Decoder<'_>, item: &Table<'_>, spellings: &mut Spellings) -> Seat {
    let mut read = |key| decoder.read_words(item, key).unwrap_or_default();
    Seat {
        tutor: unify(&mut spellings.people, read("tutor")),
        assessor: unify(&mut spellings.people, read("assessor")),
        site: unify(&mut spellings.sites, read("site")),
        delivery: unify(&mut spellings.deliveries, read("delivery")),
    }
}

/// A rule with every key that it has to have; each missing one is reported.
fn read_rule(
    decoder: &mut Decoder<'_>,
    item: &Table<'_>,
    spellings: &mut Spellings,
) -> Option<ColourRule> {
    for key in ["measure", "over", "colour", "source"] {
        if !item.has(key) {
            decoder.report(item.span, FaultKind::MissingKey { key });
        }
    }
    // All are read before one that is missing ends it, so that every mistake is reported.
    let colour: Option<RiskColour> = decoder.read_word(item, "colour");
    let measure: Option<Measure> = decoder.read_word(item, "measure");
    let over = decoder.read_number(item, "over");
    let delivery = decoder.read_words(item, "delivery");
    let delivery = delivery.map(|name| unify(&mut spellings.deliveries, name));
    let source = decoder.read_words(item, "source");
    let given = colour.filter(|colour| matches!(colour, RiskColour::Red | RiskColour::Amber));
    if let (Some(colour), None) = (colour, given) {
        let place = item.key_span("colour");
        let problem = format!("no rule can give `{}`", <&str>::from(colour));
        decoder.report_contradiction(place, problem, "write red or amber");
    }
    Some(ColourRule {
        measure: measure?,
        over: over?,
        colour: given?,
        delivery,
        source: source?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_the_plan_covers_itself_and_no_reference() {
        let text = "version: 1\nlearners:\n  - { id: AP-00001, tutor: Mrs Oakapple }\n";
        let parsed = cohort(&Source::new("cohort.yaml", text));
        assert_eq!(parsed.value.learners["ap-00001"].id, "AP-00001");
        assert!(!parsed.value.seat("AP-00001").tutor.contains("Oakapple"));
        let twice = text.to_owned() + "  - { id: ap-00001, tutor: TU-2 }\n";
        let parsed = cohort(&Source::new("cohort.yaml", &twice));
        assert_eq!(parsed.faults.len(), 1, "{:?}", parsed.faults);
    }

    #[test]
    fn capitals_make_no_second_person_site_or_pattern() {
        let text = "version: 1\nlearners:\n  - { id: L-1, tutor: TU-1, site: North, delivery: Block }\n  \
                    - { id: L-2, tutor: tu-1, assessor: Tu-1, site: NORTH, delivery: block }\n  \
                    - { id: L-3, delivery: weekly }\nrules:\n  \
                    - { measure: silent-days, over: 28, colour: red, delivery: BLOCK, source: ours }\n  \
                    - { measure: silent-days, over: 28, colour: red, delivery: evening, source: ours }\n";
        let plan = cohort(&Source::new("cohort.yaml", text)).value;
        let (one, other) = (plan.seat("L-1"), plan.seat("L-2"));
        assert_eq!((&one.tutor, &one.site), (&other.tutor, &other.site));
        assert_eq!(other.assessor, "TU-1");
        assert_eq!(plan.rules[0].delivery.as_deref(), Some("Block"));
        assert_eq!(other.delivery, "Block");
        assert_eq!(plan.compare_deliveries(), (vec!["evening"], vec!["weekly"]));
    }

    #[test]
    fn a_rule_names_its_measure_threshold_colour_and_source() {
        let text = "version: 1\nlearners:\n  - { id: L-1, tutor: TU-7, delivery: block }\nrules:\n  \
                    - { measure: silent-days, over: 28, colour: red, delivery: block, source: ours }\n";
        let parsed = cohort(&Source::new("cohort.yaml", text));
        assert!(parsed.faults.is_empty(), "{:?}", parsed.faults);
        let rule = &parsed.value.rules[0];
        assert_eq!((rule.measure, rule.over), (Measure::SilentDays, 28));
        assert_eq!(parsed.value.seat("l-1").tutor, "TU-7");
        for wrong in [
            "{ measure: silent-days, over: 28, colour: green, source: ours }",
            "{ measure: silent, over: 28, colour: red, source: ours }",
            "{ measure: silent-days, over: 28, colour: red }",
        ] {
            let text = format!("version: 1\nrules:\n  - {wrong}\n");
            let parsed = cohort(&Source::new("cohort.yaml", &text));
            assert!(!parsed.faults.is_empty(), "{wrong}");
            assert!(parsed.value.rules.is_empty(), "{wrong}");
        }
    }
}
