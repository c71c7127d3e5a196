//! `oversize`: a file of evidence larger than `max_file_mb`.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level, Place, Subject};
use crate::text::Span;

pub(super) const OVERSIZE: Rule = Rule {
    name: "oversize",
    group: RuleGroup::Evidence,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "A file of evidence larger than `max_file_mb`.",
        why: "Portfolios go by e-mail and USB stick; one film can make the whole pack impossible to open.",
        example: "portfolio/evidence/round.mov with 240 MB",
        instead: "Make it smaller, or keep it with the provider and describe it in the entry.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let most = u64::from(case.portfolio.settings.limits.max_file_mb);
    for (path, file) in &case.portfolio.evidence {
        if file.bytes <= most * 1_000_000 {
            continue;
        }
        let message = format!(
            "this file has {} MB; the limit is {most}",
            file.bytes.div_ceil(1_000_000)
        );
        let place = Place::new(path, Span::default());
        let finding = Finding::new(
            OVERSIZE.name,
            place,
            Subject::File(path.to_string()),
            message,
        );
        found.push(finding.help("make it smaller, or describe it in the entry instead"));
    }
}
