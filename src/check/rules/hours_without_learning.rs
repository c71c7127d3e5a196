//! `hours-without-learning`: hours off the job without a word about what was learned.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::model::Entry;
use crate::text::counted;

pub(super) const HOURS_WITHOUT_LEARNING: Rule = Rule {
    name: "hours-without-learning",
    group: RuleGroup::Evidence,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "Off-the-job hours that do not say what was learned: hardly any text, no passage linked to a code, and no influence on practice.",
        why: "A register shows attendance only. Auditors of one provider did not accept it as training (feconnect.education.gov.uk): each entry has to say what was learned.",
        example: "hours: 6\noff_the_job: true\n---\n\nAttended study day.",
        instead: "Write what you learned and what you do with it, in a few sentences, and link them to the code they show. `entry-without-codes` reports an entry without any code.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let fewest = case.portfolio.settings.limits.min_learning_words as usize;
    for entry in case.submitted() {
        let Some(hours) = entry
            .front_matter
            .hours
            .filter(|hours| entry.front_matter.off_the_job && hours.0 > 0)
        else {
            continue;
        };
        if entry.body.words < fewest && !says_more(entry) {
            let message = format!(
                "{} off the job, and {} about what was learned",
                counted(hours, "hour"),
                counted(entry.body.words, "word")
            );
            let finding = case.about(
                HOURS_WITHOUT_LEARNING.name,
                entry,
                entry.front_matter.place,
                message,
            );
            found.push(finding.help("write what you learned, and link it to the code it shows"));
        }
    }
}

/// Whether the entry shows what was learned without an account of it.
fn says_more(entry: &Entry) -> bool {
    let influence = entry
        .front_matter
        .cpd
        .as_ref()
        .and_then(|cpd| cpd.influence_on_practice.as_ref());
    influence.is_some() || !entry.body.passages.is_empty()
}
