//! Resolves parsed parts to a portfolio: codes to criteria, links to entries, decisions to entries.
//!
//! A decision file names the digest of the one before. `chain` puts files in that order and records
//! what does not follow; `defects` finds decisions that cannot count, such as the learner's own or
//! one dated in the future. A defect takes acceptances away and never a referral. If the chain is
//! broken, any file may be the edited one, so no acceptance in it counts.
//!
//! Signatures are verified here, so that a verdict does not depend on what is installed; tests
//! compare the results with ssh-keygen.

mod ancestry;
mod attachments;
mod catalogue;
mod chain;
mod claims;
mod comments;
mod context;
mod decisions;
mod defects;
mod digest;
mod entries;
mod entry_names;
mod faults;
mod feedback;
mod followed_names;
mod linked;
mod links;
mod own_standards;
mod reading;
mod renames;
mod settings;
#[cfg(feature = "signatures")]
mod signature;
#[cfg(not(feature = "signatures"))]
#[path = "signature_unverified.rs"]
mod signature;
mod signer_line;
mod signers;
mod stages;
mod standard_gaps;
mod typed_codes;
mod verifications;
mod wording;

use std::collections::BTreeMap;
use std::sync::Arc;

use chain::{Linked, build_chain};
use decisions::Binder;
use entries::{find_shared_ids, sort_entries};
use followed_names::follow_names;
use links::check_references;
use own_standards::is_embedded;
use settings::SettingsResolver;
use verifications::bind_verifications;
use wording::Wordings;

use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{
    Chain, Decision, Entry, EntryIndex, Evidence, FiledEntry, Guidance, Horizon, IdentifierMatch,
    LockedStandard, Portfolio, PortfolioBase, ProgrammeRules, ReflectionModel, Register,
    SamplingPlan, Standard, StandardMap, StandardsLock,
};
use crate::parse::{DraftSettings, Parsed};
use crate::text::{Source, SourcePath, Spanned};

pub use catalogue::{Codes, Lookup};
pub use chain::ParsedDecisionFile;
pub use context::ResolveContext;
pub use digest::{decision_file_digest, plain};
pub use entries::{StandaloneEntry, resolve_standalone};
pub use own_standards::mark_own_standards;
pub use signature::{NAMESPACE, PACK_NAMESPACE};
pub use signers::{KeyFile, KeyFiles, Signers, pack_key};
pub use stages::read_sections;
pub use standard_gaps::find_gaps;
pub use typed_codes::TypedCodes;

/// The parsed files of a workspace, except the entries.
#[derive(Debug)]
pub struct WorkspaceParts {
    /// The text of `portfolio.yaml`.
    pub settings_source: Source,
    /// Parsed `portfolio.yaml`.
    pub settings: Parsed<DraftSettings>,
    /// Standards: those of the workspace before the built-in ones.
    pub standards: Vec<Parsed<Option<Standard>>>,
    /// The standards that decisions were made under.
    pub lock: Parsed<StandardsLock>,
    /// Maps from one version of a standard to the next.
    pub maps: Vec<Parsed<Option<StandardMap>>>,
    /// Reflection models, in the same order.
    pub models: Vec<Parsed<Option<ReflectionModel>>>,
    /// Guidance, in the same order.
    pub guidance: Vec<Parsed<Option<Guidance>>>,
    /// Rules on programmes, in the same order.
    pub programme: Vec<Parsed<Option<ProgrammeRules>>>,
    /// Decision files.
    pub decisions: Vec<ParsedDecisionFile>,
    /// The files of allowed signers and revoked keys.
    pub signers: KeyFiles,
    /// The register of consents.
    pub consents: Parsed<Register>,
    /// The plan for sampling.
    pub sampling: Parsed<SamplingPlan>,
    /// Files under `portfolio/evidence`.
    pub evidence: Evidence,
}

/// A portfolio and its faults.
#[derive(Debug)]
pub struct Resolved {
    /// The portfolio.
    pub portfolio: Portfolio,
    /// The faults, unsorted.
    pub faults: Vec<Fault>,
    /// Each entry without the others, in the portfolio's order, to make another portfolio from.
    pub standalone: Vec<Arc<StandaloneEntry>>,
}

/// A portfolio without its entries, which [`PortfolioBuilder::join`] adds: as often as they change.
#[derive(Debug)]
pub struct PortfolioBuilder {
    base: Arc<PortfolioBase>,
    /// The chain, of which no defect is known and no decision bound to an entry yet.
    chain: Chain,
    /// The files of the chain, in the same order.
    decisions: Vec<Linked>,
    horizon: Option<Horizon>,
    faults: Vec<Fault>,
}

impl PortfolioBuilder {
    /// Resolves the parts. A part that cannot be read does not affect the others. Dates of decisions
    /// are judged by the horizon.
    #[must_use]
    pub fn new(mut parts: WorkspaceParts, horizon: Option<Horizon>) -> Self {
        let mut faults = Vec::new();
        let decisions = std::mem::take(&mut parts.decisions);
        let signers = std::mem::take(&mut parts.signers);
        let base = resolve_base(parts, &mut faults);
        let signers = signers.ask().then(|| read_signers(&signers, &mut faults));
        let codes = Codes::new(&base.catalogue);
        let (chain, decisions) =
            build_chain(decisions, signers.as_ref(), &codes, &base.lock, &mut faults);
        Self {
            base: Arc::new(base),
            chain,
            decisions,
            horizon,
            faults,
        }
    }

    /// Everything of the portfolio that does not depend on its entries.
    #[must_use]
    pub fn base(&self) -> &Arc<PortfolioBase> {
        &self.base
    }

    /// The texts of the decision files, each with its identifiers.
    pub fn decision_files(&self) -> impl Iterator<Item = (&Source, &[IdentifierMatch])> {
        let files = self.decisions.iter().zip(&self.chain.files);
        files.map(|(filed, file)| (&filed.source, &*file.identifiers))
    }

    /// The context that entries are resolved against.
    #[must_use]
    pub fn context(&self) -> ResolveContext<'_> {
        ResolveContext::of(&self.base)
    }

    /// The chain of decisions, and the decisions about each entry.
    fn bind_decisions(
        &self,
        index: &EntryIndex,
        entries: &[Arc<Entry>],
        codes: &Codes<'_>,
        faults: &mut Vec<Fault>,
    ) -> (Chain, Vec<Vec<Decision>>) {
        let mut chain = self.chain.clone();
        // A file that could not be read may be one of decisions.
        defects::find_defects(&mut chain, &self.base.settings, self.horizon, faults);
        let binder = Binder {
            index,
            codes,
            learner: &self.base.settings.learner_id,
            wordings: Wordings {
                catalogue: &self.base.catalogue,
                lock: &self.base.lock,
            },
            merged: BTreeMap::new(),
            faults,
        };
        let decisions = binder.bind(&mut chain, &self.decisions, entries);
        bind_verifications(&mut chain, &self.decisions, codes, faults);
        (chain, decisions)
    }

    /// Adds the entries and decisions, and returns the portfolio. Faults from reading the files
    /// become the portfolio's.
    #[must_use]
    pub fn join(
        &self,
        mut standalone: Vec<Arc<StandaloneEntry>>,
        mut faults: Vec<Fault>,
    ) -> Resolved {
        faults.extend_from_slice(&self.faults);
        sort_entries(&mut standalone);
        let shared = find_shared_ids(&standalone, &mut faults);
        let entries = follow_names(&standalone);
        let index = EntryIndex::new(&entries, &shared);
        let context = self.context();
        for one in &standalone {
            faults.extend_from_slice(&one.faults);
        }
        for one in &standalone {
            check_references(&one.entry, &one.links, &index, &context, &mut faults);
        }
        let (chain, decisions) = self.bind_decisions(&index, &entries, &context.codes, &mut faults);
        let judged = entries.into_iter().zip(shared).zip(decisions);
        let judged = judged.map(|((entry, shares_id), decisions)| FiledEntry {
            entry,
            shares_id,
            decisions,
        });
        Resolved {
            portfolio: Portfolio {
                base: self.base.clone(),
                entries: judged.collect(),
                chain,
                index,
            },
            faults,
            standalone,
        }
    }
}

fn resolve_base(parts: WorkspaceParts, faults: &mut Vec<Fault>) -> PortfolioBase {
    let mut settings = take(parts.settings, faults);
    let settings_path = parts.settings_source.path.clone();
    let mut standards = parts.standards;
    mark_own_standards(&mut standards);
    own_standards::complete_gateways(&mut standards);
    let standards = keep_first(standards, faults, |one| (&one.id, &one.path));
    let models = keep_first(parts.models, faults, |one| (&one.id, &one.path));
    let mut guidance = parts.guidance.into_iter();
    let guidance = guidance.find_map(|one| take(one, faults));
    let (programme, carried_programme) = own_standards::choose_programme(parts.programme, faults);
    let catalogue = catalogue::build_catalogue(&settings, &standards, &settings_path, faults);
    let mut lock = take(parts.lock, faults);
    for map in parts.maps {
        lock.maps.extend(take(map, faults));
    }
    let standards = catalogue.standards.iter();
    lock.current = standards.map(|(one, _)| LockedStandard::of(one)).collect();
    let mut resolver = SettingsResolver {
        catalogue: &catalogue,
        codes: Codes::new(&catalogue),
        path: &settings_path,
        faults,
    };
    let waivers = resolver.resolve_waivers(&settings);
    settings.settings.paces = resolver.resolve_paces(&settings);
    settings.settings.thresholds = resolver.resolve_thresholds(&settings);
    let left_out = resolver.resolve_left_out(&settings);
    resolver.check_records(&settings.settings);
    PortfolioBase {
        settings: settings.settings,
        settings_path,
        settings_identifiers: settings.identifiers,
        catalogue,
        lock,
        models,
        guidance,
        programme,
        carried_programme,
        waivers,
        left_out,
        register: take(parts.consents, faults),
        sampling: take(parts.sampling, faults),
        evidence: parts.evidence,
    }
}

fn read_signers(files: &KeyFiles, faults: &mut Vec<Fault>) -> Signers {
    let (signers, unusable) = Signers::parse(files);
    faults.extend(unusable.into_iter().map(|line| Fault {
        place: Place::new(&line.path, line.problem.span),
        kind: FaultKind::UnusableSigner {
            problem: line.problem.value,
        },
    }));
    signers
}

fn take<T>(parsed: Parsed<T>, faults: &mut Vec<Fault>) -> T {
    faults.extend(parsed.faults);
    parsed.value
}

/// Keeps the first value of each id, sorted by id. A workspace's file replaces a built-in one.
fn keep_first<T>(
    parsed: Vec<Parsed<Option<T>>>,
    faults: &mut Vec<Fault>,
    name: impl Fn(&T) -> (&Spanned<String>, &SourcePath),
) -> Vec<T> {
    let mut kept: BTreeMap<String, T> = BTreeMap::new();
    for one in parsed {
        let Some(value) = one.value else {
            faults.extend(one.faults);
            continue;
        };
        let (id, path) = name(&value);
        match kept.get(&id.value) {
            Some(_) if is_embedded(path) => continue,
            Some(other) => faults.push(Fault {
                place: Place::new(path, id.span),
                kind: FaultKind::InvalidStandard {
                    problem: format!("the id {} is also that of {}", id.value, name(other).1),
                    fix: "give one of them another id".to_owned(),
                },
            }),
            None => {
                kept.insert(id.value.clone(), value);
            }
        }
        faults.extend(one.faults);
    }
    kept.into_values().collect()
}
