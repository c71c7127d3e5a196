//! `too-many-hours`: more hours for a day than it has.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::crowded_days;
use crate::diagnostic::{Finding, Level};
use crate::text::counted;

pub(super) const TOO_MANY_HOURS: Rule = Rule {
    name: "too-many-hours",
    group: RuleGroup::Evidence,
    levels: Levels::new(Level::Warning, Level::Error, Level::Error).guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "More than 24 hours for one day, in one entry or in several together.",
        why: "Hours that cannot have happened cannot be checked: `750` is usually a lost decimal point, and 30 hours are usually a week's total. None of the hours of these entries count until it is corrected.",
        example: "hours: 30\noff_the_job: true",
        instead: "Correct the figure. If the hours were spent over several days, give their number: `days: 5`, the last of which is the entry's date.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let crowded = crowded_days(case.portfolio);
    for entry in case.submitted() {
        let (Some(day), Some(hours)) = (crowded.first_of(entry), entry.front_matter.hours) else {
            continue;
        };
        let alone = u64::from(hours.0) > u64::from(entry.front_matter.days) * 24 * 60;
        let (hours_are, days) = (
            counted(hours, "hour"),
            counted(entry.front_matter.days, "day"),
        );
        let message = if alone {
            format!("{hours_are} in {days} cannot have happened, so none of them count")
        } else {
            format!(
                "with the hours of other entries, {day} has more than 24, so none of them count"
            )
        };
        let finding = case.about(
            TOO_MANY_HOURS.name,
            entry,
            entry.front_matter.place,
            message,
        );
        let help = "correct `hours`, or give the number of days as `days`";
        found.push(finding.help(help));
    }
}
