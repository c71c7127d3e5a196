//! A whole portfolio, resolved and sorted.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::Date;

use super::{
    Audience, Chain, Code, Criterion, CriterionId, Decision, DecisionFile, Defect, Entry, Evidence,
    FiledEntry, Group, GroupId, Guidance, IdentifierMatch, Inspection, LeftOut, Objection,
    ProgrammeRules, ReflectionModel, Register, Rules, SamplingPlan, Settings, Standard,
    StandardsLock, Waiver,
};
use crate::layout::{CONSENTS, SAMPLING, SETTINGS};
use crate::par;
use crate::text::{SourcePath, Span, Spanned, listed, split_fragment};

/// The standards of a portfolio, in the order of its settings, with the rules in force.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// The standards, each with its rules after the portfolio's changes.
    pub standards: Vec<(Standard, Rules)>,
    /// Ids in the settings that no readable standard has.
    pub missing: Vec<String>,
    /// Indexes of standards with a rule change that cannot be read: they may ask for more than is
    /// known.
    pub unread_rules: BTreeSet<usize>,
}

impl Catalogue {
    /// A criterion.
    #[must_use]
    pub fn criterion(&self, id: CriterionId) -> &Criterion {
        &self.standards[id.standard].0.criteria[id.criterion]
    }

    /// A group.
    #[must_use]
    pub fn group(&self, id: GroupId) -> &Group {
        &self.standards[id.standard].0.groups[id.group]
    }

    /// The standard that a criterion belongs to.
    #[must_use]
    pub fn standard(&self, standard: usize) -> &Standard {
        &self.standards[standard].0
    }

    /// The rules in force for a standard.
    #[must_use]
    pub fn rules(&self, standard: usize) -> &Rules {
        &self.standards[standard].1
    }

    /// The plain code, as in `K7`.
    #[must_use]
    pub fn code(&self, id: CriterionId) -> &Code {
        &self.criterion(id).code.value
    }

    /// The unambiguous code, as in `st0215:K7`.
    #[must_use]
    pub fn full_code(&self, id: CriterionId) -> String {
        format!("{}:{}", self.standard(id.standard).id.value, self.code(id))
    }

    /// Criteria that their code alone does not identify, because another standard has the same code
    /// or because it has a colon.
    #[must_use]
    pub fn ambiguous_codes(&self) -> BTreeSet<CriterionId> {
        let mut by_code: BTreeMap<String, Vec<CriterionId>> = BTreeMap::new();
        for id in self.criteria() {
            by_code
                .entry(Code::fold(self.code(id).as_str()))
                .or_default()
                .push(id);
        }
        let unclear =
            |(code, ids): &(String, Vec<CriterionId>)| ids.len() > 1 || code.contains(':');
        by_code
            .into_iter()
            .filter(unclear)
            .flat_map(|(_, ids)| ids)
            .collect()
    }

    /// Every criterion, in order.
    pub fn criteria(&self) -> impl Iterator<Item = CriterionId> + '_ {
        self.standards
            .iter()
            .enumerate()
            .flat_map(|(standard, (known, _))| {
                (0..known.criteria.len()).map(move |criterion| CriterionId {
                    standard,
                    criterion,
                })
            })
    }

    /// Every group, in order.
    pub fn groups(&self) -> impl Iterator<Item = GroupId> + '_ {
        self.standards
            .iter()
            .enumerate()
            .flat_map(|(standard, (known, _))| {
                (0..known.groups.len()).map(move |group| GroupId { standard, group })
            })
    }

    /// The groups that a criterion belongs to.
    pub fn groups_of(&self, id: CriterionId) -> impl Iterator<Item = GroupId> + '_ {
        let groups = self.standard(id.standard).groups.iter().enumerate();
        groups
            .filter(move |(_, group)| group.criteria.contains(&id.criterion))
            .map(move |(group, _)| GroupId {
                standard: id.standard,
                group,
            })
    }
}

/// Everything of a portfolio that does not depend on its entries.
#[derive(Debug)]
pub struct PortfolioBase {
    /// The settings.
    pub settings: Settings,
    /// The path of the settings.
    pub settings_path: SourcePath,
    /// Identifiers in the settings.
    pub settings_identifiers: Vec<IdentifierMatch>,
    /// The standards.
    pub catalogue: Catalogue,
    /// The standards that decisions were made under.
    pub lock: StandardsLock,
    /// Reflection models, by id.
    pub models: Vec<ReflectionModel>,
    /// Guidance on data protection, if there is any.
    pub guidance: Option<Guidance>,
    /// Rules on off-the-job training, if there are any.
    pub programme: Option<ProgrammeRules>,
    /// The program's own rules, if the workspace has rules of its own: those can never ask for
    /// less.
    pub carried_programme: Option<ProgrammeRules>,
    /// Waivers, by criterion.
    pub waivers: Vec<Waiver>,
    /// Criteria that do not apply.
    pub left_out: Vec<LeftOut>,
    /// The register of consents.
    pub register: Register,
    /// The sampling plan of internal quality assurance.
    pub sampling: SamplingPlan,
    /// Files under `portfolio/evidence`.
    pub evidence: Evidence,
}

/// A learner's whole portfolio: resolved, sorted and immutable. Reading it needs no input or
/// output.
#[derive(Debug)]
pub struct Portfolio {
    /// What does not depend on the entries: portfolios with other entries share it.
    pub base: Arc<PortfolioBase>,
    /// Entries, oldest first, then by id.
    pub entries: Vec<FiledEntry>,
    /// The decision files.
    pub chain: Chain,
    /// Entries by id and by path.
    pub index: EntryIndex,
}

impl Deref for Portfolio {
    type Target = PortfolioBase;

    fn deref(&self) -> &PortfolioBase {
        &self.base
    }
}

/// Entries by id and by path.
#[derive(Debug, Default)]
pub struct EntryIndex {
    by_id: BTreeMap<String, usize>,
    by_path: BTreeMap<SourcePath, usize>,
    /// Stems of files and titles in lower case, for links by name.
    by_name: BTreeMap<String, usize>,
    /// Ids that are never suggested, because they contain an identifier.
    hidden: BTreeSet<String>,
}

impl EntryIndex {
    /// Indexes `entries`. Those that share their id have `true` in `shared`, and are not found by it.
    #[must_use]
    pub fn new(entries: &[Arc<Entry>], shared: &[bool]) -> Self {
        let all = || entries.iter().enumerate();
        let unique = || all().filter(|&(at, _)| !shared[at]);
        let (by_id, by_path) = par::both(
            || {
                unique()
                    .map(|(at, entry)| (entry.reference_id().to_owned(), at))
                    .collect()
            },
            || all().map(|(at, entry)| (entry.path.clone(), at)).collect(),
        );
        let titles = all().map(|(at, entry)| (entry.front_matter.title.to_lowercase(), at));
        let stems = all().map(|(at, entry)| (entry.path.stem().to_lowercase(), at));
        let by_name = titles.chain(stems).collect();
        let hidden = unique()
            .filter_map(|(_, entry)| entry.hidden_id.clone())
            .collect();
        Self {
            by_id,
            by_path,
            by_name,
            hidden,
        }
    }

    /// The index of the entry with an id, if exactly one has it.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The index of the entry read from a file.
    #[must_use]
    pub fn by_path(&self, path: &SourcePath) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The index of the entry that a link in the file `from` names: by a path, by `entry:ID`, or by
    /// `wiki:NAME`.
    #[must_use]
    pub fn linked(&self, from: &SourcePath, target: &str) -> Option<usize> {
        let (path, _) = split_fragment(target);
        if let Some(id) = path.strip_prefix("entry:") {
            return self.by_id(id);
        }
        if let Some(name) = path.strip_prefix("wiki:") {
            let name = name.rsplit('/').next().unwrap_or_default();
            let name = name.strip_suffix(".md").unwrap_or(name);
            let by_name = || self.by_name.get(&name.to_lowercase()).copied();
            return self.by_id(name).or_else(by_name);
        }
        let mut paths = from.linked(target);
        paths.find_map(|path| self.by_path(&path))
    }

    /// All ids that are unique and may be shown.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id
            .keys()
            .filter(|id| !self.hidden.contains(*id))
            .map(String::as_str)
    }
}

/// Why not all standards named in the settings can be judged.
enum StandardsProblem {
    /// The settings cannot be read at all.
    Unreadable,
    /// Some are not known.
    Missing,
    /// Their list cannot be read in full.
    Partly,
    /// There is none.
    NoneNamed,
}

impl Portfolio {
    /// Why not all standards named in the settings can be judged; `None` if they can be. Has no
    /// full stop.
    #[must_use]
    pub fn standards_problem(&self) -> Option<String> {
        let path = &self.settings_path;
        Some(match self.find_standards_problem()? {
            StandardsProblem::Unreadable => format!("{path} cannot be read"),
            StandardsProblem::Missing => {
                let ids = self.catalogue.missing.iter().map(|id| format!("`{id}`"));
                let ids: Vec<String> = ids.collect();
                format!(
                    "{path} names {}, and there is no such standard that can be read",
                    ids.join(", ")
                )
            }
            StandardsProblem::Partly => format!("`standards` in {path} cannot be read in full"),
            StandardsProblem::NoneNamed => format!("{path} names no standard"),
        })
    }

    /// The same for people who see pages and no files.
    #[must_use]
    pub fn standards_problem_in_words(&self) -> Option<String> {
        Some(match self.find_standards_problem()? {
            StandardsProblem::Unreadable => {
                "The settings cannot be read, so no code is judged".to_owned()
            }
            StandardsProblem::Missing => {
                let ids = self.catalogue.missing.iter().map(|id| format!("“{id}”"));
                let ids: Vec<String> = ids.collect();
                format!(
                    "Your settings name {}, and ksbfolio does not know {}: ask your tutor",
                    listed(&ids),
                    if ids.len() == 1 { "it" } else { "them" }
                )
            }
            StandardsProblem::Partly => {
                "The list of standards in the settings cannot be read in full".to_owned()
            }
            StandardsProblem::NoneNamed => {
                "The settings name no standard, so there are no codes to judge".to_owned()
            }
        })
    }

    fn find_standards_problem(&self) -> Option<StandardsProblem> {
        if self.settings.is_unreadable {
            Some(StandardsProblem::Unreadable)
        } else if !self.catalogue.missing.is_empty() {
            Some(StandardsProblem::Missing)
        } else if self.settings.has_unreadable(&["standards"]) {
            Some(StandardsProblem::Partly)
        } else {
            let standards = &self.catalogue.standards;
            standards.is_empty().then_some(StandardsProblem::NoneNamed)
        }
    }

    /// The consents named by an entry's pictures that do not let an assessor see them on a day. A
    /// consent to the picture but not to sharing it is respected, and is not reported.
    pub fn objections<'a>(
        &'a self,
        entry: &'a Entry,
        as_of: Date,
    ) -> impl Iterator<Item = (&'a Spanned<String>, Objection)> {
        let named = entry
            .front_matter
            .attachments
            .iter()
            .filter_map(|attachment| attachment.consent.as_ref());
        named.filter_map(move |named| {
            // An empty reference is written if one cannot be read. No consent has it.
            if named.value.is_empty() {
                return Some((named, Objection::Unreadable));
            }
            let known = self.register.find(&named.value)?;
            let objection = known.objection(Audience::Assessor, as_of)?;
            (objection != Objection::NotShared).then_some((named, objection))
        })
    }

    /// The inspected contents of the files that an entry attaches.
    pub fn inspections<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Inspection> {
        let base = SourcePath::new(SETTINGS);
        let files = entry
            .front_matter
            .attachments
            .iter()
            .filter_map(move |one| base.join(&one.file.value));
        files.filter_map(|file| self.evidence.get(&file)?.inside.as_ref()?.as_ref().ok())
    }

    /// Files about the whole portfolio, each with an identifier in it.
    pub fn shared_identifiers(&self) -> impl Iterator<Item = (&'static str, &IdentifierMatch)> {
        let settings = self.settings_identifiers.iter().map(|one| (SETTINGS, one));
        let sampling = self.sampling.identifiers.iter().map(|one| (SAMPLING, one));
        settings
            .chain(sampling)
            .chain(self.register.identifiers.iter().map(|one| (CONSENTS, one)))
    }

    /// Ranges of a decision file that must never be shown: its identifiers.
    #[must_use]
    pub fn masked_in(&self, path: &SourcePath) -> Vec<Span> {
        let files = self.chain.files.iter().filter(|file| file.path == *path);
        files
            .flat_map(|file| &file.identifiers)
            .map(|one| one.span)
            .collect()
    }

    /// Claims on which assessors who decided at the same time disagree: indexes of entries, with
    /// criteria.
    #[must_use]
    pub fn contested_claims(&self) -> Vec<(usize, CriterionId)> {
        let mut contested = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            // Only decisions of different branches can disagree.
            if entry.decisions.iter().all(|one| one.beside.is_empty()) {
                continue;
            }
            let claims = entry.claims.iter().map(|claim| claim.criterion);
            let of_entry = claims.filter(|&criterion| {
                let standing = entry.standing(criterion);
                standing.is_some_and(|standing| standing.contested)
            });
            contested.extend(of_entry.map(|criterion| (at, criterion)));
        }
        contested
    }

    /// The words of a criterion's statement when a decision was made, if they are on record; empty
    /// if its code was another then, or there was none.
    #[must_use]
    pub fn words_when_decided(
        &self,
        decision: &Decision,
        criterion: CriterionId,
    ) -> Option<String> {
        let mut files = self.chain.files.iter();
        let file = files.find(|file| file.path == decision.place.path)?;
        let id = &self.catalogue.standard(criterion.standard).id.value;
        let then = file.version_of(id, &self.lock)?;
        let mut code = self.catalogue.code(criterion).to_string();
        let path = self.lock.path(criterion.standard, &then.digest);
        for map in path.unwrap_or_default().into_iter().rev() {
            code = map.old_code(&code)?.to_owned();
        }
        let statement = then.statement(&code);
        let words = statement.and_then(|statement| statement.words.known());
        Some(words.cloned().unwrap_or_default())
    }

    /// Why decisions of a file do not count in full, except for the state of the chain and the
    /// signature, which have reports of their own. Comments may have any date.
    #[must_use]
    pub fn defects_of(&self, file: &DecisionFile) -> Vec<Defect> {
        let own = |decision: &&Decision| decision.place.path == file.path;
        let entries = file.entries.iter().filter_map(|id| self.index.by_id(id));
        let decisions = entries
            .flat_map(|at| &self.entries[at].decisions)
            .filter(own);
        let of_entries = decisions.flat_map(|decision| &decision.defects);
        let decides = file.decides();
        let mut found: Vec<Defect> = Vec::new();
        for &defect in file.defects.iter().chain(of_entries) {
            let reported = match defect {
                Defect::OwnWork => true,
                Defect::BrokenChain | Defect::Signature => false,
                Defect::UnreadLearner
                | Defect::UnclearAuthor
                | Defect::BeforeEntry
                | Defect::BeforeProgramme
                | Defect::BeforePrevious
                | Defect::InFuture => decides,
            };
            if reported && !found.contains(&defect) {
                found.push(defect);
            }
        }
        found
    }

    /// Whether a criterion does not apply to this learner.
    #[must_use]
    pub fn is_left_out(&self, criterion: CriterionId) -> bool {
        self.left_out.iter().any(|line| line.criterion == criterion)
    }
}
