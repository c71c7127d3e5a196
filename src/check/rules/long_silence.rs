//! `long-silence`: a long time without an entry.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::active_days;
use crate::diagnostic::Finding;
use crate::model::FiledEntry;
use crate::text::counted;

pub(super) const LONG_SILENCE: Rule = Rule {
    name: "long-silence",
    group: RuleGroup::Rhythm,
    levels: Levels::NOTE,
    since: "0.1.0",
    text: RuleText {
        finds: "A long time without an entry, breaks in learning not counted.",
        why: "Progress reviews come every twelve weeks; after two months without an entry there is nothing to review.",
        example: "nothing between 2026-03-01 and 2026-06-10",
        instead: "If there was a reason, such as sick leave, agree it with your tutor and record it under `breaks` in portfolio.yaml; else write about something small.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let settings = &case.portfolio.settings;
    let most = i64::from(settings.limits.max_silence_days);
    let entries: Vec<&FiledEntry> = case
        .submitted()
        .filter(|entry| entry.front_matter.date.is_some())
        .collect();
    for pair in entries.windows(2) {
        let days = pair[0]
            .front_matter
            .date
            .zip(pair[1].front_matter.date)
            .map_or(0, |(first, second)| active_days(settings, first, second));
        if days > most {
            let days = counted(days, "day");
            let message = format!("{days} without an entry before this one");
            let finding = case.about(
                LONG_SILENCE.name,
                pair[1],
                pair[1].front_matter.date_or_title_place(),
                message,
            );
            found.push(
                finding
                    .fact("before")
                    .help("if there was a reason, agree it with your tutor"),
            );
        }
    }
    let Some(last) = entries.last() else { return };
    let end = settings
        .planned_end
        .map_or(case.coverage.as_of, |end| end.min(case.coverage.as_of));
    let days = last
        .front_matter
        .date
        .map_or(0, |date| active_days(settings, date, end));
    if days > most {
        let days = counted(days, "day");
        let message = format!("{days} without an entry since this one");
        let finding = case.about(
            LONG_SILENCE.name,
            last,
            last.front_matter.date_or_title_place(),
            message,
        );
        let finding = finding.fact("since");
        found.push(finding.help("write about something small, or agree a break with your tutor"));
    }
}
