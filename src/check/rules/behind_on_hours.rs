//! `behind-on-hours`: fewer hours off the job than the plan has by now.

use jiff::civil::Date;

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::cover::{Hours, hours, idle_months, planned_hours};
use crate::diagnostic::{Finding, Level};
use crate::model::Minutes;
use crate::text::{counted, month_in_words, plural};

pub(super) const BEHIND_ON_HOURS: Rule = Rule {
    name: "behind-on-hours",
    group: RuleGroup::Rhythm,
    levels: Levels::new(Level::Note, Level::Warning, Level::Warning),
    since: "0.1.0",
    text: RuleText {
        finds: "Fewer off-the-job hours than planned by now, a plan below the minimum, or calendar months without training.",
        why: "Hours that are missing at the gateway delay it, and may cost the provider the funding. A month without training may be a break in learning that is not recorded. Where no figure is known, nothing is found.",
        example: "off_the_job: { required_hours: 400 }   # half of the programme gone, and 60 hours recorded",
        instead: "Record the training that took place, agree with your tutor how the rest is made up, or say in `off_the_job: pace` how the hours are planned. A break in learning is recorded under `breaks`; for training that is front-loaded or in blocks, the plan may allow `learning_every_months: 3`.",
    },
    run: Run::Portfolio(run),
};

fn run(case: &Case<'_>, found: &mut Vec<Finding>) {
    let (portfolio, as_of) = (case.portfolio, case.coverage.as_of);
    let judged = hours(portfolio, as_of);
    let (required, settings) = (&judged.required, &portfolio.settings);
    if let Some(plan) = required.too_low {
        let words = required.words();
        let message =
            format!("`required_hours: {plan}` is below the minimum: {words} are required");
        let finding = case.about_settings(BEHIND_ON_HOURS.name, settings.hours_place, message);
        found.push(
            finding
                .fact("minimum")
                .help("ask your provider for the figure in your training plan"),
        );
    }
    find_idle_months(case, &judged, found);
    let Some(planned) = planned_hours(settings, required, as_of) else {
        return;
    };
    let recorded = judged.recorded;
    if recorded >= planned {
        return;
    }
    let missing = Minutes(planned.0 - recorded.0);
    let message = format!(
        "{} behind: {} off the job {} so far; {planned} planned by now, {} in all",
        counted(missing, "hour"),
        counted(recorded, "hour"),
        plural(recorded, "counts", "count"),
        required.words()
    );
    let finding = case.about_settings(BEHIND_ON_HOURS.name, settings.hours_place, message);
    found.push(
        finding
            .fact("pace")
            .help("`ksbfolio hours` shows them month by month"),
    );
}

fn find_idle_months(case: &Case<'_>, judged: &Hours<'_>, found: &mut Vec<Finding>) {
    let settings = &case.portfolio.settings;
    for idle in idle_months(case.portfolio, judged, case.coverage.as_of) {
        let name = |day: Date| month_in_words(day.year(), day.month());
        let months = if idle.number == 1 {
            format!("in {}", name(idle.first))
        } else {
            format!("from {} to {}", name(idle.first), name(idle.last))
        };
        let message = format!("no off-the-job training that counts {months}");
        let finding = case.about_settings(BEHIND_ON_HOURS.name, settings.hours_place, message);
        let help = "record the training that took place, or a break in learning under `breaks`";
        found.push(finding.fact(idle.first.to_string()).help(help));
    }
}
