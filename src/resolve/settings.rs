//! Resolves codes and standards that `portfolio.yaml` names.

use super::catalogue::{Codes, Lookup};
use super::faults::unknown_setting;
use crate::diagnostic::Fault;
use crate::model::{
    Catalogue, CriterionId, GatewayCheck, LeftOut, Settings, StandardPace, Threshold, Waiver,
};
use crate::parse::DraftSettings;
use crate::parse::keys::GATEWAY as KNOWN_RECORDS;
use crate::text::{SourcePath, Spanned, nearest};

/// Resolves the settings of one file; names that mean nothing are recorded as faults.
pub(super) struct SettingsResolver<'a> {
    /// The portfolio's standards.
    pub catalogue: &'a Catalogue,
    /// Their codes.
    pub codes: Codes<'a>,
    /// The path of `portfolio.yaml`.
    pub path: &'a SourcePath,
    /// Receives the faults.
    pub faults: &'a mut Vec<Fault>,
}

impl SettingsResolver<'_> {
    /// The waivers of known criteria, by criterion.
    pub(super) fn resolve_waivers(&mut self, draft: &DraftSettings) -> Vec<Waiver> {
        let mut waivers = Vec::new();
        for waiver in &draft.waivers {
            let Some(criterion) = self.find_criterion(&waiver.code.value, &waiver.code) else {
                continue;
            };
            // Without a reason it is no waiver; the missing key is a finding already.
            let Some(reason) = &waiver.reason else {
                continue;
            };
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
        waivers.sort_by_key(|waiver| waiver.criterion);
        waivers
    }

    /// The thresholds of known standards.
    pub(super) fn resolve_thresholds(&mut self, draft: &DraftSettings) -> Vec<Threshold> {
        let mut thresholds = Vec::new();
        for (name, fraction) in &draft.thresholds {
            if let Ok(standard) = self.find_standard_or_all(name) {
                thresholds.push(Threshold {
                    standard,
                    fraction: *fraction,
                    place: name.span,
                });
            }
        }
        thresholds
    }

    /// The paces of known standards.
    pub(super) fn resolve_paces(&mut self, draft: &DraftSettings) -> Vec<StandardPace> {
        let mut paces = Vec::new();
        for (name, pace) in &draft.paces {
            if let Ok(standard) = self.find_standard_or_all(name) {
                let pace = pace.clone();
                paces.push(StandardPace { standard, pace });
            }
        }
        paces
    }

    /// The criteria that do not apply to the learner.
    pub(super) fn resolve_left_out(&mut self, draft: &DraftSettings) -> Vec<LeftOut> {
        let mut left_out = Vec::new();
        for line in &draft.left_out {
            let standard = &line.standard;
            if !self.codes.has_standard(&standard.value) {
                let meant = nearest(&standard.value, self.codes.standards()).map(str::to_owned);
                self.record(standard, "standard", meant);
                continue;
            }
            let code = format!("{}:{}", standard.value, line.code.value);
            if let Some(criterion) = self.find_criterion(&code, &line.code) {
                left_out.push(LeftOut {
                    criterion,
                    reason: line.reason.clone(),
                });
            }
        }
        left_out
    }

    /// Records gateway records that no standard asks for: most likely typing mistakes.
    pub(super) fn check_records(&mut self, settings: &Settings) {
        let standards = self.catalogue.standards.iter();
        let items = standards.flat_map(|(standard, _)| &standard.gateway);
        let asked = items.filter_map(|item| match &item.check {
            GatewayCheck::Record { name, .. } => Some(name.as_str()),
            _ => None,
        });
        let known = asked.chain(KNOWN_RECORDS.iter().map(|key| key.name));
        let known: Vec<&str> = known.collect();
        for record in &settings.records {
            let name = &record.name;
            if !known.contains(&name.value.as_str()) {
                let meant = nearest(&name.value, known.iter().copied()).map(str::to_owned);
                self.record(name, "record for the gateway", meant);
            }
        }
    }

    fn record(&mut self, typed: &Spanned<String>, what: &'static str, meant: Option<String>) {
        self.faults
            .push(unknown_setting(self.path, typed, what, meant));
    }

    /// Finds the criterion of `code`; if there is none, the fault is recorded at `typed`.
    fn find_criterion(&mut self, code: &str, typed: &Spanned<String>) -> Option<CriterionId> {
        match self.codes.find(code) {
            Lookup::Found { id, .. } => Some(id),
            lookup => {
                self.record(typed, "criterion", lookup.meant().into_iter().next());
                None
            }
        }
    }

    /// Index of the named standard; `None` for the name `all`.
    fn find_standard_or_all(
        &mut self,
        name: &Spanned<String>,
    ) -> Result<Option<usize>, UnknownName> {
        let standard = self.codes.standards().position(|id| id == name.value);
        if standard.is_none() && name.value != "all" {
            let known = self.codes.standards().chain(["all"]);
            let meant = nearest(&name.value, known).map(str::to_owned);
            self.record(name, "standard", meant);
            return Err(UnknownName);
        }
        Ok(standard)
    }
}

/// The name means nothing, and a fault was recorded.
struct UnknownName;
