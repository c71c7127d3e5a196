//! Judges the portfolios of a cohort one after the other, and keeps a row of each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::load::load_settings;
use super::{OpenOptions, Snapshot};
use crate::check::{Outcome, RuleGroup, rules};
use crate::cohort::{Checked, LearnerFacts, PseudonymKey, Row, Tallies, signing_days};
use crate::layout;
use crate::model::{CohortPlan, Horizon, Seat, fold_reference};
use crate::par;
use crate::report::{HistoryCheck, HistoryReach, KeptDigests, VerifiedChain};
use crate::store::{self, FileKind};
use crate::text::{in_words, natural};

/// Portfolios that are in memory at once, at most.
const TOGETHER: usize = 8;

/// Which portfolios to judge, and how.
#[derive(Clone, Debug)]
pub struct CohortRequest {
    /// Folders, each with a `portfolio/` in it.
    pub roots: Vec<PathBuf>,
    /// The plan.
    pub plan: CohortPlan,
    /// The day to judge by, whatever day a portfolio names.
    pub day: Horizon,
    /// An allowed signers file that replaces those of the portfolios.
    pub signers: Option<PathBuf>,
    /// The key of pseudonyms, by which rows are then ordered: the order of the references would
    /// show whose row each is.
    pub key: Option<PseudonymKey>,
}

/// A judged portfolio of a cohort, while it is in memory.
pub struct JudgedLearner<'a> {
    /// The portfolio.
    pub project: &'a Snapshot,
    /// The findings of `check`.
    pub outcome: &'a Outcome,
    /// The row that is kept.
    pub row: &'a Row,
}

/// A folder, and whose portfolio it holds.
struct CohortFolder {
    root: Option<PathBuf>,
    folder: String,
    learner: Result<String, (String, String)>,
    /// How often the folder is named.
    times: usize,
}

/// Judges every portfolio and hands over its row with what `make` makes of it, by learner, then by
/// folder, whatever the order of `roots`. Portfolios that cannot be judged, and learners of the
/// plan without a folder, have rows that say so.
///
/// # Errors
/// The first one of `take`, after which no further portfolio is judged.
pub fn judge_cohort<R: Send, E>(
    request: &CohortRequest,
    make: impl Fn(&JudgedLearner<'_>) -> R + Sync + Send,
    mut take: impl FnMut(Row, Tallies, Option<R>) -> Result<(), E>,
) -> Result<(), E> {
    let places = find_places(request);
    for some in places.chunks(TOGETHER) {
        let judged = par::map_uneven(some, |place| {
            let mut judged = judge(request, place, &make);
            if place.times > 1 {
                let words = format!("its folder is named {} times, and counts once", place.times);
                judged.0.note(words);
            }
            judged
        });
        for (row, tallies, made) in judged {
            take(row, tallies, made)?;
        }
    }
    Ok(())
}

fn judge<R>(
    request: &CohortRequest,
    place: &CohortFolder,
    make: &impl Fn(&JudgedLearner<'_>) -> R,
) -> (Row, Tallies, Option<R>) {
    let unjudged = |learner: &str, why: String| {
        let seat = request.plan.seat(learner);
        let row = Row::unjudged(learner.to_owned(), place.folder.clone(), seat, why);
        (row, Tallies::default(), None)
    };
    let (learner, root) = match (&place.learner, &place.root) {
        (Err((learner, why)), _) => return unjudged(learner, why.clone()),
        (Ok(learner), None) => {
            return unjudged(learner, "no folder is named for this learner".to_owned());
        }
        (Ok(learner), Some(root)) => (learner, root),
    };
    let options = OpenOptions::new(root)
        .with_others(request.day)
        .signed_by(request.signers.clone());
    let project = match Snapshot::open(&options) {
        Ok(project) => project,
        Err(error) => return unjudged(learner, error.to_string()),
    };
    let outcome = project.check(None, None);
    let seat = request.plan.seat(learner);
    let facts = keep_facts(&project, &outcome, &request.plan, &seat);
    let rules = &request.plan.rules;
    let mut row = Row::judged(learner.clone(), place.folder.clone(), seat, facts, rules);
    let day = request.day.day();
    if let Some(frozen) = project.portfolio.settings.as_of.filter(|own| *own != day) {
        row.note(format!(
            "frozen at {} by its settings, and judged as of {} like the others",
            in_words(frozen),
            in_words(day)
        ));
    }
    let result = make(&JudgedLearner {
        project: &project,
        outcome: &outcome,
        row: &row,
    });
    (row, Tallies::of(&project.portfolio, day), Some(result))
}

fn keep_facts(
    project: &Snapshot,
    outcome: &Outcome,
    plan: &CohortPlan,
    seat: &Seat,
) -> LearnerFacts {
    let portfolio = &project.portfolio;
    let history = HistoryCheck {
        late: Vec::new(),
        reach: HistoryReach::None,
        required: false,
        lost: Vec::new(),
        elsewhere: Vec::new(),
    };
    let checked = Checked {
        findings: &outcome.findings,
        is_privacy: |rule| rules::find(rule).is_some_and(|one| one.group == RuleGroup::Privacy),
        decisions_hold: VerifiedChain::new(portfolio, KeptDigests::default(), history).holds(),
        unread_entries: project.count_unread_entries(),
        signing_days: signing_days(&plan.rules, &seat.delivery),
    };
    LearnerFacts::of(portfolio, &project.coverage, checked)
}

/// The folders with their learners, and the learners of the plan without a folder, in the order of
/// the rows.
fn find_places(request: &CohortRequest) -> Vec<CohortFolder> {
    let place = |(root, times): &(PathBuf, usize)| CohortFolder {
        folder: store::shown(root),
        learner: find_learner(root).map_err(|why| (String::new(), why)),
        root: Some(root.clone()),
        times: *times,
    };
    let mut places: Vec<CohortFolder> = par::map(&merge_roots(&request.roots), place);
    refuse_repeated(&mut places);
    let found = places.iter().map(|place| match &place.learner {
        Ok(learner) | Err((learner, _)) => fold_reference(learner),
    });
    let found: BTreeSet<String> = found.collect();
    let planned = request.plan.learners.iter();
    let missing = planned.filter(|(id, _)| !found.contains(*id));
    let missing: Vec<CohortFolder> = missing
        .map(|(_, learner)| CohortFolder {
            root: None,
            folder: String::new(),
            learner: Ok(learner.id.clone()),
            times: 0,
        })
        .collect();
    places.extend(missing);
    let learner = |place: &CohortFolder| match &place.learner {
        Ok(learner) | Err((learner, _)) => learner.clone(),
    };
    places.sort_by(|a, b| {
        let (one, other) = (learner(a), learner(b));
        let empty = one.is_empty().cmp(&other.is_empty());
        empty
            .then_with(|| natural(&one.to_lowercase(), &other.to_lowercase()))
            .then_with(|| natural(&one, &other))
            .then_with(|| natural(&a.folder, &b.folder))
            .then_with(|| a.root.cmp(&b.root))
    });
    if let Some(key) = &request.key {
        places.sort_by_cached_key(|place| {
            let learner = learner(place);
            (learner.is_empty(), key.of(&learner))
        });
    }
    places
}

/// The folders, each once under the first of its names, and how often it is named.
fn merge_roots(roots: &[PathBuf]) -> Vec<(PathBuf, usize)> {
    let find = |root: &PathBuf| {
        // Without a final separator, behind which a link looks like the folder that it leads to.
        let root: PathBuf = root.components().collect();
        // A link is refused, and is not the folder that it leads to.
        let real = match store::file_kind(&root) {
            FileKind::Folder => store::real_path(&root),
            _ => root.clone(),
        };
        (real, root)
    };
    let mut names: BTreeMap<PathBuf, (PathBuf, usize)> = BTreeMap::new();
    for (real, root) in par::map(roots, find) {
        let (name, times) = names.entry(real).or_insert_with(|| (root.clone(), 0));
        *times += 1;
        // Whatever their order.
        if root < *name {
            *name = root;
        }
    }
    names.into_values().collect()
}

/// The learner's id in the settings of a folder, or why there is no portfolio that can be judged.
fn find_learner(root: &Path) -> Result<String, String> {
    let not_a_folder = match store::file_kind(root) {
        FileKind::Folder => None,
        FileKind::Link => Some("it is a link: name the folder itself"),
        FileKind::None => Some("there is no such folder"),
        FileKind::File | FileKind::Other => Some("it is not a folder"),
    };
    if let Some(why) = not_a_folder {
        return Err(why.to_owned());
    }
    if store::file_kind(&root.join(layout::SETTINGS)) == FileKind::None {
        return Err(format!("it holds no {}", layout::SETTINGS));
    }
    let settings = load_settings(root).map_err(|error| error.to_string())?;
    if settings.is_unreadable {
        return Err(format!("{} cannot be read", layout::SETTINGS));
    }
    let id = settings.learner_id;
    // That is what a portfolio without an id is called.
    if id.trim().is_empty() || id == "unknown" {
        return Err(format!(
            "{} names no learner: write `learner: {{ id: … }}`",
            layout::SETTINGS
        ));
    }
    Ok(id)
}

/// Two portfolios of one learner would be counted twice, and which one is right is not known.
fn refuse_repeated(places: &mut [CohortFolder]) {
    let folded = |place: &CohortFolder| place.learner.as_deref().ok().map(fold_reference);
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for id in places.iter().filter_map(folded) {
        *numbers.entry(id).or_insert(0) += 1;
    }
    for place in places {
        let number = folded(place).and_then(|id| numbers.get(&id));
        if let (Some(number @ 2..), Ok(learner)) = (number, &place.learner) {
            let why = format!("{number} portfolios are those of {learner}");
            place.learner = Err((learner.clone(), why));
        }
    }
}
