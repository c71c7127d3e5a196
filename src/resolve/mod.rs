//! From parts to a portfolio: codes become criteria, links find their entries, decisions are bound.

mod catalogue;
mod chain;
mod claims;
mod decisions;
mod defects;
mod digest;
mod entries;
mod own_standards;
mod reading;
mod revise;
mod signature;
mod signers;

use std::collections::BTreeMap;

use crate::diagnostic::{Fault, FaultKind, Place};
use crate::model::{
    Catalogue, Chain, EntryIndex, Evidence, GatewayCheck, Guidance, Horizon, LeftOut, Portfolio,
    ProgrammeRules, ReflectionModel, Register, SamplingPlan, Settings, Standard, StandardPace,
    Threshold, Waiver, revealed,
};
use crate::parse::keys::GATEWAY as RECORDS;
use crate::parse::{DraftEntry, DraftSettings, Parsed};
use crate::privacy::Cover;
use crate::text::{Source, SourcePath, Spanned, nearest};

pub use crate::files::{KeyFile, KeyFiles};
pub use catalogue::{Codes, Lookup};
pub use chain::Filed;
pub use digest::{decision_file_digest, plain};
pub use entries::{Lone, World};
pub use own_standards::mark_own_standards;
pub use revise::revise;
pub use signature::PublicKey;
pub use signers::{NAMESPACE, Signers};

/// Everything that was parsed but the entries, ready to be joined.
#[derive(Debug)]
pub struct Parts {
    /// `portfolio.yaml`.
    pub settings_source: Source,
    /// What it says.
    pub settings: Parsed<DraftSettings>,
    /// Known standards: those of the workspace before those of the program.
    pub standards: Vec<Parsed<Option<Standard>>>,
    /// Known reflection models, likewise.
    pub models: Vec<Parsed<Option<ReflectionModel>>>,
    /// Known guidance, likewise.
    pub guidance: Vec<Parsed<Option<Guidance>>>,
    /// Known rules on programmes, likewise.
    pub programme: Vec<Parsed<Option<ProgrammeRules>>>,
    /// Decision files.
    pub decisions: Vec<Filed>,
    /// Who may sign them, where signatures are asked for, and which keys were taken back.
    pub signers: KeyFiles,
    /// The register of consents.
    pub consents: Parsed<Register>,
    /// The plan for sampling.
    pub sampling: Parsed<SamplingPlan>,
    /// Files under `portfolio/evidence`.
    pub evidence: Evidence,
    /// What reading stumbled over before parsing.
    pub faults: Vec<Fault>,
}

/// A portfolio with all that did not fit.
#[derive(Debug)]
pub struct Resolved {
    /// The portfolio.
    pub portfolio: Portfolio,
    /// What did not fit, in no order.
    pub faults: Vec<Fault>,
}

/// A portfolio that still waits for its entries: everything that they refer to.
#[derive(Debug)]
pub struct Ground {
    portfolio: Portfolio,
    decisions: Vec<Filed>,
    signers: Option<Signers>,
    horizon: Option<Horizon>,
    faults: Vec<Fault>,
}

impl Ground {
    /// Joins the parts. Every part that could be read is there, whatever is wrong with others.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let mut faults = parts.faults;
        let mut settings = take(parts.settings, &mut faults);
        let settings_path = parts.settings_source.path.clone();
        let mut standards = parts.standards;
        mark_own_standards(&mut standards);
        own_standards::complete_gateways(&mut standards);
        let standards = known(standards, &mut faults, |standard| &standard.id, |s| &s.path);
        let models = known(
            parts.models,
            &mut faults,
            |model| &model.id,
            |model| &model.path,
        );
        let guidance = parts
            .guidance
            .into_iter()
            .find_map(|one| take(one, &mut faults));
        let (programme, carried_programme) = own_standards::programme(parts.programme, &mut faults);
        let catalogue = catalogue::build(&settings, &standards, &settings_path, &mut faults);
        let codes = Codes::new(&catalogue);
        let waivers = waivers(&settings, &codes, &settings_path, &mut faults);
        settings.settings.paces = paces(&settings, &catalogue, &settings_path, &mut faults);
        settings.settings.thresholds =
            thresholds(&settings, &catalogue, &settings_path, &mut faults);
        let left_out = left_out(&settings, &codes, &settings_path, &mut faults);
        unknown_records(&settings.settings, &catalogue, &settings_path, &mut faults);
        let register = take(parts.consents, &mut faults);
        let sampling = take(parts.sampling, &mut faults);
        let portfolio = Portfolio {
            settings: settings.settings,
            settings_path,
            settings_identifiers: settings.identifiers,
            catalogue,
            models,
            guidance,
            programme,
            carried_programme,
            entries: Vec::new(),
            waivers,
            left_out,
            register,
            sampling,
            chain: Chain::default(),
            index: EntryIndex::default(),
            evidence: parts.evidence,
        };
        let signers = parts
            .signers
            .ask()
            .then(|| signers(&parts.signers, &mut faults));
        Self {
            portfolio,
            decisions: parts.decisions,
            signers,
            horizon: None,
            faults,
        }
    }

    /// The same, judged on a day.
    #[must_use]
    pub fn judged_on(self, horizon: Horizon) -> Self {
        Self {
            horizon: Some(horizon),
            ..self
        }
    }

    /// The texts of the decision files.
    #[must_use]
    pub fn decision_sources(&self) -> Vec<Source> {
        self.decisions
            .iter()
            .map(|filed| filed.source.clone())
            .collect()
    }

    /// Notes what did not fit.
    pub fn note(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// What entries refer to.
    #[must_use]
    pub fn world(&self) -> World<'_> {
        World::of(&self.portfolio)
    }

    /// The whole portfolio.
    #[must_use]
    pub fn join(self, entries: Vec<Box<Lone>>) -> Resolved {
        let Self {
            mut portfolio,
            decisions,
            signers,
            horizon,
            mut faults,
        } = self;
        let world = World::of(&portfolio);
        let entries::Joined { mut entries, index } = entries::join(entries, &world, &mut faults);
        let (mut chain, files) =
            chain::chained(decisions, signers.as_ref(), &world.codes, &mut faults);
        defects::find(&mut chain, &portfolio.settings, horizon, &faults);
        decisions::bind(
            &mut chain,
            &files,
            &mut entries,
            &index,
            &world.codes,
            &mut faults,
        );
        drop(world);
        portfolio.chain = chain;
        portfolio.entries = entries;
        portfolio.index = index;
        cover_decisions(&mut portfolio);
        Resolved { portfolio, faults }
    }
}

/// Covers what identifies somebody in the values of decision files. The learner's own reference stays, so that a decision
/// of the learner's is known as one.
fn cover_decisions(portfolio: &mut Portfolio) {
    let learner = &portfolio.settings.learner_id;
    let covers = portfolio
        .chain
        .files
        .iter()
        .filter(|file| !file.identifiers.is_empty());
    let covers = covers.map(|file| {
        (
            file.path.clone(),
            Cover::new(file.identifiers.iter().map(|one| &*one.text)),
        )
    });
    let covers: BTreeMap<SourcePath, Cover> = covers.collect();
    for author in portfolio.chain.files.iter_mut().filter_map(|file| {
        let cover = covers.get(&file.path)?;
        Some((file.author.as_mut()?, cover))
    }) {
        if author.0.id != *learner {
            author.0.id = author.1.over(&author.0.id);
        }
    }
    for decision in portfolio
        .entries
        .iter_mut()
        .flat_map(|entry| &mut entry.decisions)
    {
        if let Some(cover) = covers.get(&decision.place.path)
            && decision.assessor != *learner
        {
            decision.assessor = cover.over(&decision.assessor);
        }
        // Escapes hide from the file's text what its value says.
        decision.feedback = decision.feedback.take().map(|feedback| {
            let found = revealed(&feedback, &[]);
            Cover::new(found.iter().map(|one| &*one.text)).over(&feedback)
        });
    }
}

fn signers(files: &KeyFiles, faults: &mut Vec<Fault>) -> Signers {
    let (signers, unusable) = Signers::read(files);
    faults.extend(unusable.into_iter().map(|line| Fault {
        place: Place::new(&line.path, line.problem.span),
        kind: FaultKind::UnusableSigner {
            problem: line.problem.value,
        },
    }));
    signers
}

/// An entry of this text, resolved as far as it can be without the others.
#[must_use]
pub fn lone(parsed: Parsed<DraftEntry>, text: &str, world: &World<'_>) -> Lone {
    let mut lone = entries::entry(parsed.value, text, world);
    lone.faults.splice(0..0, parsed.faults);
    lone
}

fn take<T>(parsed: Parsed<T>, faults: &mut Vec<Fault>) -> T {
    faults.extend(parsed.faults);
    parsed.value
}

/// One of each id, sorted by id. The first stands: a workspace's file before the program's own.
fn known<T>(
    parsed: Vec<Parsed<Option<T>>>,
    faults: &mut Vec<Fault>,
    id: impl Fn(&T) -> &Spanned<String>,
    path: impl Fn(&T) -> &SourcePath,
) -> Vec<T> {
    let mut kept: BTreeMap<String, T> = BTreeMap::new();
    for one in parsed {
        let Some(value) = one.value else {
            faults.extend(one.faults);
            continue;
        };
        let name = id(&value);
        match kept.get(&name.value) {
            // The same id once in the workspace and once in the program is how a standard is replaced.
            Some(_) if is_embedded(path(&value)) => continue,
            Some(other) => faults.push(Fault {
                place: Place::new(path(&value), name.span),
                kind: FaultKind::InvalidStandard {
                    problem: format!("the id {} is also that of {}", name.value, path(other)),
                    fix: "give one of them another id".to_owned(),
                },
            }),
            None => {
                kept.insert(name.value.clone(), value);
            }
        }
        faults.extend(one.faults);
    }
    kept.into_values().collect()
}

/// Files that the program carries have paths that no workspace can have.
fn is_embedded(path: &SourcePath) -> bool {
    path.as_str().starts_with("ksbfolio:")
}

fn unknown_setting(
    path: &SourcePath,
    typed: &Spanned<String>,
    what: &'static str,
    meant: Option<String>,
) -> Fault {
    Fault {
        place: Place::new(path, typed.span),
        kind: FaultKind::UnknownSetting {
            name: typed.value.clone(),
            what,
            nearest: meant,
        },
    }
}

fn waivers(
    draft: &DraftSettings,
    codes: &Codes<'_>,
    path: &SourcePath,
    faults: &mut Vec<Fault>,
) -> Vec<Waiver> {
    let mut waivers = Vec::new();
    for waiver in &draft.waivers {
        let criterion = match codes.find(&waiver.code.value) {
            Lookup::Found { id, .. } => id,
            lookup => {
                faults.push(unknown_setting(
                    path,
                    &waiver.code,
                    "criterion",
                    lookup.meant().into_iter().next(),
                ));
                continue;
            }
        };
        // Without a reason it is no waiver; the missing key is a finding already.
        if let Some(reason) = &waiver.reason {
            waivers.push(Waiver {
                criterion,
                kind: waiver.kind.clone(),
                reason: reason.clone(),
                by: waiver.by.clone(),
                date: waiver.date,
                expires: waiver.expires,
                code: waiver.code.clone(),
            });
        }
    }
    waivers.sort_by_key(|waiver| waiver.criterion);
    waivers
}

fn thresholds(
    draft: &DraftSettings,
    catalogue: &Catalogue,
    path: &SourcePath,
    faults: &mut Vec<Fault>,
) -> Vec<Threshold> {
    let mut thresholds = Vec::new();
    for (name, fraction) in &draft.thresholds {
        match standard_or_all(name, catalogue, path) {
            Ok(standard) => thresholds.push(Threshold {
                standard,
                fraction: *fraction,
                place: name.span,
            }),
            Err(fault) => faults.push(*fault),
        }
    }
    thresholds
}

fn paces(
    draft: &DraftSettings,
    catalogue: &Catalogue,
    path: &SourcePath,
    faults: &mut Vec<Fault>,
) -> Vec<StandardPace> {
    let mut paces = Vec::new();
    for (name, pace) in &draft.paces {
        match standard_or_all(name, catalogue, path) {
            Ok(standard) => paces.push(StandardPace {
                standard,
                pace: pace.clone(),
            }),
            Err(fault) => faults.push(*fault),
        }
    }
    paces
}

/// The place of the standard that a setting names; none where it names `all` of them.
fn standard_or_all(
    name: &Spanned<String>,
    catalogue: &Catalogue,
    path: &SourcePath,
) -> Result<Option<usize>, Box<Fault>> {
    let ids = || {
        catalogue
            .standards
            .iter()
            .map(|(standard, _)| standard.id.value.as_str())
    };
    let standard = ids().position(|id| id == name.value);
    if standard.is_none() && name.value != "all" {
        let meant = nearest(&name.value, ids().chain(["all"])).map(str::to_owned);
        return Err(Box::new(unknown_setting(path, name, "standard", meant)));
    }
    Ok(standard)
}

fn left_out(
    draft: &DraftSettings,
    codes: &Codes<'_>,
    path: &SourcePath,
    faults: &mut Vec<Fault>,
) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    for line in &draft.left_out {
        if !codes.has_standard(&line.standard.value) {
            let meant = nearest(&line.standard.value, codes.standards()).map(str::to_owned);
            faults.push(unknown_setting(path, &line.standard, "standard", meant));
            continue;
        }
        match codes.find(&format!("{}:{}", line.standard.value, line.code.value)) {
            Lookup::Found { id, .. } => left_out.push(LeftOut {
                criterion: id,
                reason: line.reason.clone(),
            }),
            lookup => {
                faults.push(unknown_setting(
                    path,
                    &line.code,
                    "criterion",
                    lookup.meant().into_iter().next(),
                ));
            }
        }
    }
    left_out
}

/// Notes what is recorded for the gateway though no standard asks for it: most likely a slip of the pen.
fn unknown_records(
    settings: &Settings,
    catalogue: &Catalogue,
    path: &SourcePath,
    faults: &mut Vec<Fault>,
) {
    let items = catalogue
        .standards
        .iter()
        .flat_map(|(standard, _)| &standard.gateway);
    let asked = items.filter_map(|item| match &item.check {
        GatewayCheck::Record { name, .. } => Some(name.as_str()),
        _ => None,
    });
    let known: Vec<&str> = asked.chain(RECORDS.iter().map(|key| key.name)).collect();
    for record in settings
        .records
        .iter()
        .filter(|record| !known.contains(&record.name.value.as_str()))
    {
        let meant = nearest(&record.name.value, known.iter().copied()).map(str::to_owned);
        faults.push(unknown_setting(
            path,
            &record.name,
            "record for the gateway",
            meant,
        ));
    }
}
