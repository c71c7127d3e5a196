//! `review-overdue`: more than twelve weeks since the last progress review.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::{REVIEW_WEEKS, active_days};
use crate::diagnostic::{Finding, Level};

pub(super) const REVIEW_OVERDUE: Rule = Rule {
    name: "review-overdue",
    group: RuleGroup::Rhythm,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "More than twelve weeks since the last progress review that portfolio.yaml records, breaks in learning not counted. Where none is recorded, nothing is found.",
        why: "Learner, employer and provider meet at least every twelve weeks (funding rules for providers, P59 and P60); slippage is agreed there.",
        example: "reviews: [{ date: 2026-06-01, with: [employer, tutor] }]   # and it is November",
        instead: "Hold the review, which `ksbfolio review` prepares, and record its day.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let settings = &case.portfolio.settings;
    let until = settings
        .planned_end
        .map_or(case.coverage.as_of, |end| end.min(case.coverage.as_of));
    let Some(last) = settings.last_review(case.coverage.as_of) else {
        return;
    };
    let gone = active_days(settings, last.date, until);
    let weeks = gone / 7;
    if gone > REVIEW_WEEKS * 7 {
        let message =
            format!("{weeks} weeks since the last progress review; the limit is {REVIEW_WEEKS}");
        let finding = case.about_settings(REVIEW_OVERDUE.name, last.place, message);
        found.push(finding.help("`ksbfolio review` prepares the next one"));
    }
}
