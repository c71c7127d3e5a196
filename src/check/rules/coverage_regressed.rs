//! `coverage-regressed`: a criterion or standard that is worse than in the baseline.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Subject};
use crate::model::{Fraction, StandardCoverage};

pub(super) const COVERAGE_REGRESSED: Rule = Rule {
    name: "coverage-regressed",
    group: RuleGroup::Coverage,
    levels: Levels::ERROR,
    since: "0.1.0",
    text: RuleText {
        finds: "A criterion or standard in a worse state than in the baseline.",
        why: "Evidence that was there and is gone is lost work, or a claim that no longer holds.",
        example: "S4 was evidenced in the baseline and has no evidence now",
        instead: "Restore the evidence, or accept the loss by name: `ksbfolio check --baseline FILE --update-baseline --accept st0215:S4`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let Some(baseline) = case.baseline else {
        return;
    };
    for standard in &case.coverage.standards {
        let before = found.len();
        for line in &standard.lines {
            let code = case.portfolio.catalogue.full_code(line.criterion);
            let Some(&was) = baseline.states.get(&code).filter(|was| line.state < **was) else {
                continue;
            };
            let message = format!(
                "{code} was “{}” and is “{}” now: {}",
                was.title(),
                line.state.title(),
                line.why
            );
            let mut finding =
                case.about_criterion(COVERAGE_REGRESSED.name, line.criterion, message);
            finding.help.clone_from(&line.next);
            found.push(finding);
        }
        if found.len() == before {
            found.extend(lower_fraction(case, standard));
        }
    }
}

/// A smaller share although no criterion went back: only the waiver of a covered one changed.
fn lower_fraction(case: &Case<'_>, standard: &StandardCoverage) -> Option<Finding> {
    let id = &case
        .portfolio
        .catalogue
        .standard(standard.standard)
        .id
        .value;
    let was = *case.baseline?.fractions.get(id)?;
    let now = Fraction {
        part: standard.counts.complete(),
        whole: standard.counts.out_of().max(1),
    };
    let message = format!("{id} was {was} and is {now} now");
    let place = case.standard_place(standard.standard);
    let finding = Finding::new(
        COVERAGE_REGRESSED.name,
        place,
        Subject::Group(id.clone()),
        message,
    );
    now.is_less_than(was).then_some(finding)
}
