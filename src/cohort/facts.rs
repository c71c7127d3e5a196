//! What is kept of one portfolio.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use strum::{IntoStaticStr, VariantArray};

use super::assessors::is_judgement;
use super::forecast::{Forecast, Lateness};
use super::learning::is_on_break;
use super::reviews::ReviewFacts;
use crate::cover::{
    HoursStanding, Standing, active_days, checklist, days, hours, list_to_assess,
    months_without_training, open_referrals, planned_hours, standing,
};
use crate::diagnostic::{Findings, Level, Summary};
use crate::model::{
    Audience, Checklist, Coverage, FiledEntry, ItemState, Known, Minutes, Portfolio, Readiness,
    Settings, State, StateCounts, Status,
};

/// Days after the start, and before the planned end, that are a stage of their own.
const EDGE_DAYS: i64 = 30;

/// The figures of one portfolio on its as-of date, without any of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct LearnerFacts {
    /// The cohort, as in portfolio.yaml.
    pub cohort: Option<String>,
    /// The day by which it is judged.
    pub as_of: Date,
    /// The first day of the programme.
    pub start: Option<Date>,
    /// Its planned last day.
    pub planned_end: Option<Date>,
    /// Where in the programme the learner is.
    pub stage: LifeStage,
    /// Why standards cannot be judged. Has no full stop.
    pub standards_problem: Option<String>,
    /// Each standard, in the portfolio's order.
    pub standards: Vec<StandardFacts>,
    /// All standards together.
    pub counts: StateCounts,
    /// All standards against the plan; `None` if there is no plan.
    pub plan: Option<Standing>,
    /// When everything would be evidenced.
    pub forecast: Forecast,
    /// Entries by status.
    pub entries: EntryCounts,
    /// Entries that cannot be read, so that nothing in them counts.
    pub unread_entries: usize,
    /// Counting hours off the job.
    pub hours_recorded: Minutes,
    /// The hours that are required; `None` if unknown.
    pub hours_required: Option<u32>,
    /// The hours planned by now; `None` if unknown.
    pub hours_planned: Option<Minutes>,
    /// Whether the hours are enough.
    pub hours_standing: HoursStanding,
    /// The last days of full calendar months without active learning, oldest first.
    pub months_without_learning: Vec<Date>,
    /// The date of the last submitted entry.
    pub last_entry: Option<Date>,
    /// Days since then, or since the start, less those of breaks; `None` if unknown.
    pub silent_days: Option<i64>,
    /// Progress reviews.
    pub reviews: ReviewFacts,
    /// What waits for an assessor.
    pub waiting: WaitingWork,
    /// The day of the last decision of an assessor that counts; `None` if there is none.
    pub last_decision: Option<Date>,
    /// Claims sent back that need the learner's work.
    pub referrals: usize,
    /// The day of the oldest of these.
    pub oldest_referral: Option<Date>,
    /// Claims sent back that wait for the assessor again.
    pub resubmitted: usize,
    /// Claims on which assessors disagree.
    pub contested: usize,
    /// Readiness for the gateway.
    pub readiness: Readiness,
    /// Gateway items in each state, worst first.
    pub gateway: [usize; 4],
    /// The findings of `check` by level.
    pub findings: Summary,
    /// Findings of privacy rules, by rule.
    pub privacy: BTreeMap<&'static str, usize>,
    /// Errors among them.
    pub privacy_errors: usize,
    /// Decision files.
    pub decision_files: usize,
    /// The state of the chain of decisions, in a word.
    pub chain: &'static str,
    /// Whether the decisions can be relied on.
    pub decisions_hold: bool,
}

/// The figures of one standard.
#[derive(Clone, Debug, PartialEq)]
pub struct StandardFacts {
    /// Its id.
    pub id: String,
    /// Its title; empty if it cannot be shown.
    pub title: String,
    /// The awarding body's version.
    pub version: Known<String>,
    /// The day of the awarding body's last change.
    pub updated: Known<Date>,
    /// Criteria by state.
    pub counts: StateCounts,
    /// Progress against the plan.
    pub plan: Option<Standing>,
    /// The codes of the criteria that apply. Learners of one standard share them.
    pub codes: Arc<[String]>,
    /// The state of each.
    pub cells: Vec<HeatCell>,
}

/// A cell of a heat map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeatCell {
    /// The criterion is in this state.
    State(State),
    /// It is waived.
    Waived,
}

impl HeatCell {
    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::State(state) => state.word(),
            Self::Waived => "waived",
        }
    }
}

/// Where in the programme a learner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum LifeStage {
    /// The first day has not come.
    NotStarted,
    /// In the first 30 days.
    Started,
    /// Between these.
    OnProgramme,
    /// On a break.
    OnBreak,
    /// In the last 30 days.
    NearGateway,
    /// After the planned end.
    PastEnd,
    /// A date of the programme is missing.
    Unknown,
}

impl LifeStage {
    /// The words that people read.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotStarted => "not started",
            Self::Started => "started within 30 days",
            Self::OnProgramme => "on programme",
            Self::OnBreak => "on a break",
            Self::NearGateway => "within 30 days of the planned end",
            Self::PastEnd => "past the planned end",
            Self::Unknown => "dates unknown",
        }
    }

    fn of(settings: &Settings, as_of: Date) -> Self {
        let (Some(start), Some(end)) = (settings.start, settings.planned_end) else {
            return Self::Unknown;
        };
        if as_of < start {
            Self::NotStarted
        } else if is_on_break(settings, as_of) && !is_left_open(settings, end, as_of) {
            Self::OnBreak
        } else if end < as_of {
            Self::PastEnd
        } else if days(as_of, end) <= EDGE_DAYS {
            Self::NearGateway
        } else if days(start, as_of) <= EDGE_DAYS {
            Self::Started
        } else {
            Self::OnProgramme
        }
    }
}

/// Whether the planned end passed during a break without a day of return: a new end has to be agreed.
fn is_left_open(settings: &Settings, end: Date, as_of: Date) -> bool {
    let mut breaks = settings.breaks.iter();
    end < as_of && breaks.any(|one| one.from <= as_of && one.to == Known::Unknown)
}

/// Entries by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryCounts {
    /// Submitted, and visible to an assessor.
    pub submitted: usize,
    /// Submitted, and private.
    pub private: usize,
    /// Drafts.
    pub drafts: usize,
}

/// What waits for an assessor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaitingWork {
    /// Entries.
    pub entries: usize,
    /// Claims in them.
    pub claims: usize,
    /// The day since which the oldest waits; `None` if nothing does, or no day is known.
    pub since: Option<Date>,
    /// Days since then.
    pub days: Option<i64>,
    /// Entries that changed after a decision, on a day that is not known.
    pub since_unknown: usize,
}

/// What checks found in a portfolio.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    /// The findings of `check`.
    pub findings: &'a Findings,
    /// Whether a rule is about privacy.
    pub is_privacy: fn(&str) -> bool,
    /// Whether the chain of decisions was verified.
    pub decisions_hold: bool,
    /// Entries that cannot be read.
    pub unread_entries: usize,
    /// The days in which all parties sign the record of a review, by the rules of the cohort.
    pub signing_days: i64,
}

impl LearnerFacts {
    /// Whether the forecast is after the planned end; `None` if that end has passed or is not known,
    /// or there is no forecast.
    #[must_use]
    pub fn lateness(&self) -> Option<Lateness> {
        let end = self.planned_end.filter(|end| *end >= self.as_of)?;
        Lateness::of(self.forecast, end)
    }

    /// Whether entries wait, and no assessor has decided about any.
    #[must_use]
    pub fn is_never_assessed(&self) -> bool {
        self.waiting.entries > 0 && self.last_decision.is_none()
    }

    /// Whether the planned end has passed and nothing is known to be missing, so that nothing more
    /// is expected.
    #[must_use]
    pub(super) fn is_finished(&self) -> bool {
        self.planned_end.is_some_and(|end| end < self.as_of) && self.readiness == Readiness::Ready
    }

    /// Whether nothing more is expected of the learner, or nothing now.
    #[must_use]
    pub(super) fn is_excused(&self) -> bool {
        self.stage == LifeStage::OnBreak || self.is_finished()
    }

    /// Keeps the figures of a judged portfolio.
    #[must_use]
    pub fn of(portfolio: &Portfolio, coverage: &Coverage, checked: Checked<'_>) -> Self {
        let (settings, as_of) = (&portfolio.settings, coverage.as_of);
        // No hours count after the planned end, so no month after it can have any.
        let taught = settings.planned_end.map_or(as_of, |end| end.min(as_of));
        let hours = hours(portfolio, as_of);
        let last_entry = find_last_entry(portfolio, as_of);
        let gateway = checklist(portfolio, coverage, None);
        let referrals = open_referrals(portfolio, coverage);
        let to_do = || {
            referrals
                .iter()
                .filter(|one| !one.resubmitted && !one.contested)
        };
        let (privacy, privacy_errors) = count_privacy(checked);
        let silent_since = last_entry.or(settings.start.filter(|start| *start <= as_of));
        Self {
            cohort: settings.cohort.clone(),
            as_of,
            start: settings.start,
            planned_end: settings.planned_end,
            stage: LifeStage::of(settings, as_of),
            standards_problem: portfolio.standards_problem(),
            standards: (0..coverage.standards.len())
                .map(|at| StandardFacts::of(portfolio, coverage, at))
                .collect(),
            counts: coverage.counts(),
            plan: standing(portfolio, coverage, None, as_of),
            forecast: Forecast::of(portfolio, coverage),
            entries: count_entries(portfolio),
            unread_entries: checked.unread_entries,
            hours_recorded: hours.recorded,
            hours_required: hours.required.hours.known().copied(),
            hours_planned: planned_hours(settings, &hours.required, as_of),
            hours_standing: hours.standing,
            months_without_learning: months_without_training(portfolio, &hours, taught),
            last_entry,
            silent_days: silent_since.map(|day| active_days(settings, day, as_of).max(0)),
            reviews: ReviewFacts::of(settings, as_of, checked.signing_days),
            waiting: WaitingWork::of(portfolio, coverage),
            last_decision: find_last_decision(portfolio, as_of),
            referrals: to_do().count(),
            oldest_referral: to_do().map(|one| one.decision.date).min(),
            resubmitted: referrals.iter().filter(|one| one.resubmitted).count(),
            contested: portfolio.contested_claims().len(),
            readiness: gateway.readiness(),
            gateway: count_items(&gateway),
            findings: checked.findings.summary(),
            privacy,
            privacy_errors,
            decision_files: portfolio.chain.files.len(),
            chain: portfolio.chain.word(),
            decisions_hold: checked.decisions_hold,
        }
    }
}

impl StandardFacts {
    fn of(portfolio: &Portfolio, coverage: &Coverage, at: usize) -> Self {
        let covered = &coverage.standards[at];
        let standard = portfolio.catalogue.standard(covered.standard);
        let lines = covered.lines.iter();
        let cells = lines.clone().map(|line| {
            if line.is_waived() {
                HeatCell::Waived
            } else {
                HeatCell::State(line.state)
            }
        });
        let codes = lines.map(|line| portfolio.catalogue.code(line.criterion).to_string());
        Self {
            id: standard.id.value.clone(),
            title: standard.title.clone(),
            version: standard.standard_version.clone(),
            updated: standard.updated,
            counts: covered.counts,
            plan: standing(portfolio, coverage, Some(covered.standard), coverage.as_of),
            codes: codes.collect(),
            cells: cells.collect(),
        }
    }
}

impl WaitingWork {
    fn of(portfolio: &Portfolio, coverage: &Coverage) -> Self {
        let all = list_to_assess(portfolio, coverage);
        let since = all.entries.iter().filter_map(|one| one.since).min();
        Self {
            entries: all.entries.len(),
            claims: all.claims(),
            since,
            days: since.map(|day| days(day, coverage.as_of)),
            since_unknown: all.entries.iter().filter(|one| one.since.is_none()).count(),
        }
    }
}

/// The date of the last entry that is submitted and has words of its own.
fn find_last_entry(portfolio: &Portfolio, as_of: Date) -> Option<Date> {
    let submitted = portfolio
        .entries
        .iter()
        .filter(|entry| entry.front_matter.status == Status::Submitted && entry.has_substance());
    let dates = submitted.filter_map(|entry| entry.front_matter.date);
    dates.filter(|date| *date <= as_of).max()
}

/// The day of the last decision of an assessor.
fn find_last_decision(portfolio: &Portfolio, as_of: Date) -> Option<Date> {
    let decisions = portfolio.entries.iter().flat_map(|entry| &entry.decisions);
    let judgements = decisions.filter(|one| is_judgement(one, as_of));
    judgements.map(|one| one.date).max()
}

fn count_entries(portfolio: &Portfolio) -> EntryCounts {
    let count = |is: &dyn Fn(&FiledEntry) -> bool| {
        portfolio.entries.iter().filter(|entry| is(entry)).count()
    };
    let submitted = |entry: &FiledEntry| entry.front_matter.status == Status::Submitted;
    let shown = |entry: &FiledEntry| Audience::Assessor.is_visible(entry.front_matter.visibility);
    EntryCounts {
        submitted: count(&|entry| submitted(entry) && shown(entry)),
        private: count(&|entry| submitted(entry) && !shown(entry)),
        drafts: count(&|entry| !submitted(entry) && !entry.is_example),
    }
}

fn count_items(checklist: &Checklist) -> [usize; 4] {
    let states = [
        ItemState::NotMet,
        ItemState::Unknown,
        ItemState::ToConfirm,
        ItemState::Met,
    ];
    states.map(|state| {
        let standards = checklist.standards.iter();
        standards.map(|standard| standard.count(state)).sum()
    })
}

/// Findings of privacy rules by rule, and the errors among them.
fn count_privacy(checked: Checked<'_>) -> (BTreeMap<&'static str, usize>, usize) {
    let (mut counts, mut errors) = (BTreeMap::new(), 0);
    for finding in checked.findings {
        if (checked.is_privacy)(finding.rule) {
            *counts.entry(finding.rule).or_insert(0) += 1;
            errors += usize::from(finding.level == Level::Error);
        }
    }
    (counts, errors)
}
