//! `stale-baseline`: a finding that the baseline knows and that is mended by now.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Findings, Place, Subject};

pub(super) const STALE_BASELINE: Rule = Rule {
    name: "stale-baseline",
    group: RuleGroup::Settings,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: RuleText {
        finds: "A finding in the baseline that is fixed now.",
        why: "Left in the baseline it would hide the same fault if it came back.",
        example: "finding 3f0c9a52b1d4e687 unknown-code entry:pain, and that code is correct now",
        instead: "Run `ksbfolio check --baseline FILE --update-baseline`: it removes what is fixed.",
    },
    run: Run::Findings(run),
};

fn run(case: &Case<'_>, findings: &Findings, found: &mut Vec<Finding>) {
    let Some((baseline, path)) = case
        .baseline
        .and_then(|baseline| Some((baseline, baseline.path.as_ref()?)))
    else {
        return;
    };
    for what in baseline.compare(findings).gone {
        let own = what.value.starts_with(STALE_BASELINE.name)
            || what.value.starts_with("unused-suppression");
        if own {
            continue;
        }
        let message = format!("fixed since the baseline: {}", what.value);
        let subject = Subject::File(path.to_string());
        let finding = Finding::new(
            STALE_BASELINE.name,
            Place::new(path, what.span),
            subject,
            message,
        );
        found.push(
            finding
                .fact(what.value)
                .help("remove it with --update-baseline"),
        );
    }
}
