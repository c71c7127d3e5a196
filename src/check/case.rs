//! The input of rules.

use std::collections::BTreeSet;

use super::baseline::Baseline;
use super::names::Names;
use crate::diagnostic::{Fault, FaultKind, Finding, Place, Subject};
use crate::layout;
use crate::model::{
    Coverage, CriterionId, Entry, FiledEntry, IdentifierMatch, Line, Portfolio, Reason,
    ReflectionModel, Section, StageSummary, State, Status,
};
use crate::privacy::Kind;
use crate::text::{SourcePath, Span};

/// A portfolio with its coverage and faults, as rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The portfolio.
    pub portfolio: &'a Portfolio,
    /// Its coverage.
    pub coverage: &'a Coverage,
    /// The accepted findings and states that the run is compared with.
    pub baseline: Option<&'a Baseline>,
    /// The names of all rules.
    pub names: &'a Names,
    faults: &'a [Fault],
}

impl<'a> Case<'a> {
    /// Collects the input of rules.
    #[must_use]
    pub fn new(
        portfolio: &'a Portfolio,
        coverage: &'a Coverage,
        faults: &'a [Fault],
        baseline: Option<&'a Baseline>,
        names: &'a Names,
    ) -> Self {
        Self {
            portfolio,
            coverage,
            baseline,
            names,
            faults,
        }
    }

    /// Entries that are handed in.
    pub fn submitted(&self) -> impl Iterator<Item = &'a FiledEntry> {
        self.portfolio
            .entries
            .iter()
            .filter(|entry| entry.front_matter.status == Status::Submitted)
    }

    /// Reflections that are handed in, each with its model.
    pub fn reflections(&self) -> impl Iterator<Item = (&'a FiledEntry, &'a ReflectionModel)> {
        let portfolio = self.portfolio;
        self.submitted()
            .filter_map(|entry| Some((entry, &portfolio.models[entry.reflection.model?])))
    }

    /// Submitted reflections, each with those of its stages whose model lists `check`, in order:
    /// the section that the stage begins with, and the summary of its words.
    pub fn stages_to_check(
        &self,
        check: &'static str,
    ) -> impl Iterator<Item = (&'a FiledEntry, Vec<(&'a Section, &'a StageSummary)>)> {
        self.reflections().map(move |(entry, model)| {
            let wanted = |summary: &&StageSummary| {
                model.stages[summary.stage]
                    .checks
                    .iter()
                    .any(|name| name == check)
            };
            let stages = entry.reflection.summaries.iter().filter(wanted);
            (
                entry,
                stages
                    .filter_map(|summary| Some((entry.stage_section(summary.stage)?, summary)))
                    .collect(),
            )
        })
    }

    /// A finding about an entry.
    #[must_use]
    pub fn about(
        &self,
        rule: &'static str,
        entry: &Entry,
        span: Span,
        message: impl Into<String>,
    ) -> Finding {
        Finding::new(
            rule,
            Place::new(&entry.path, span),
            self.entry_subject(entry),
            message,
        )
    }

    /// Reports every identifier of a kind: `what` it is, and what to write instead, never its text.
    pub fn each_identifier(&self, kind: Kind, what: &str, instead: &str, found: &mut Vec<Finding>) {
        let message = |one: &IdentifierMatch| format!("{what} ({})", one.confidence.word());
        for (file, one) in self
            .portfolio
            .shared_identifiers()
            .filter(|(_, one)| one.kind == kind)
        {
            let place = Place::new(&SourcePath::new(file), one.span);
            let finding = Finding::new(
                kind.rule(),
                place,
                Subject::File(file.to_owned()),
                message(one),
            );
            found.push(finding.help(if file == layout::CONSENTS {
                "a consent goes by a reference that says nothing of who gave it: CON-014"
            } else {
                "write a role or a reference instead, such as tutor-07; until then it is covered wherever it would be shown"
            }));
        }
        for entry in &self.portfolio.entries {
            for one in entry
                .identifiers
                .found
                .iter()
                .filter(|one| one.kind == kind)
            {
                found.push(
                    self.about(kind.rule(), entry, one.span, message(one))
                        .help(instead),
                );
            }
            for (_, confidence) in entry
                .identifiers
                .in_name
                .iter()
                .filter(|(find_identifiers_in, _)| *find_identifiers_in == kind)
            {
                let is_in_path = entry.path.shown() != entry.path.as_str();
                let (holder, help) = if is_in_path {
                    (
                        "the name of this file",
                        "rename the file, and the places that refer to it",
                    )
                } else {
                    (
                        "the id of this entry",
                        "change `id:`, and the places that refer to it",
                    )
                };
                let message = format!("{holder} holds {what} ({})", confidence.word());
                let finding = self.about(kind.rule(), entry, Span::default(), message);
                let finding = finding.fact(if is_in_path { "file name" } else { "id" });
                found.push(finding.help(help));
            }
        }
        self.each_identifier_in_decisions(kind, what, found);
        self.each_identifier_in_files(kind, what, found);
    }

    /// Reports identifiers in decision files. These are never edited; a new decision replaces one.
    fn each_identifier_in_decisions(&self, kind: Kind, what: &str, found: &mut Vec<Finding>) {
        let decisions = self
            .portfolio
            .entries
            .iter()
            .flat_map(|entry| &entry.decisions);
        let feedback: BTreeSet<(&SourcePath, Span)> = decisions
            .flat_map(|decision| {
                decision
                    .identifiers
                    .iter()
                    .map(|one| (&decision.place.path, one.span))
            })
            .collect();
        for file in &self.portfolio.chain.files {
            for one in file.identifiers.iter().filter(|one| one.kind == kind) {
                let whose = if feedback.contains(&(&file.path, one.span)) {
                    "feedback"
                } else {
                    "this decision file"
                };
                let message = format!("{whose} holds {what} ({})", one.confidence.word());
                let place = Place::new(&file.path, one.span);
                let finding = Finding::new(kind.rule(), place, self.subject(&file.path), message);
                found.push(finding.help(
                    "it is covered wherever it is shown; the file itself must not leave the provider: ask who keeps the decisions",
                ));
            }
        }
    }

    /// A finding in `portfolio.yaml`.
    #[must_use]
    pub fn about_settings(
        &self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Finding {
        let path = &self.portfolio.settings_path;
        Finding::new(
            rule,
            Place::new(path, span),
            Subject::File(path.to_string()),
            message,
        )
    }

    /// A finding about a criterion.
    #[must_use]
    pub fn about_criterion(
        &self,
        rule: &'static str,
        id: CriterionId,
        message: impl Into<String>,
    ) -> Finding {
        let place = self.criterion_place(id);
        Finding::new(rule, place, self.criterion_subject(id), message)
    }

    /// The one reason that keeps every piece of a thin criterion from counting; `None` if there are
    /// several, or the criterion is not thin.
    #[must_use]
    pub fn sole_reason(line: &Line) -> Option<Reason> {
        let mut handed_in = line.pieces.iter().filter(|piece| piece.handed_in());
        let [reason] = handed_in.clone().next()?.against[..] else {
            return None;
        };
        let alone = handed_in.all(|piece| piece.against == [reason]);
        (line.state == State::Thin && alone).then_some(reason)
    }

    /// Calls `word` with every fault and collects the findings it returns, with the fault's facts.
    pub fn each_fault(
        &self,
        found: &mut Vec<Finding>,
        mut word: impl FnMut(&FaultKind, Place, Subject) -> Option<Finding>,
    ) {
        for fault in self.faults {
            let subject = self.subject(&fault.place.path);
            let finding = word(&fault.kind, fault.place.clone(), subject);
            found.extend(finding.map(|finding| Finding {
                facts: fault.kind.facts().into_iter().map(str::to_owned).collect(),
                ..finding
            }));
        }
    }

    /// Whether codes of a file were read that lead nowhere.
    #[must_use]
    pub fn has_lost_codes(&self, path: &SourcePath) -> bool {
        let lost = |kind: &FaultKind| {
            matches!(
                kind,
                FaultKind::UnknownCode { .. }
                    | FaultKind::UnknownStandard { .. }
                    | FaultKind::AmbiguousCode { .. }
                    | FaultKind::GroupAsCode { .. }
                    | FaultKind::SupersededCode { .. }
            )
        };
        self.faults
            .iter()
            .any(|fault| fault.place.path == *path && lost(&fault.kind))
    }

    /// The subject of a finding in a file: the entry, or the file.
    #[must_use]
    pub fn subject(&self, path: &SourcePath) -> Subject {
        match self.portfolio.index.by_path(path) {
            Some(at) => Subject::Entry(self.portfolio.entries[at].id.clone()),
            None => Subject::File(path.to_string()),
        }
    }

    /// The entry as a subject.
    #[must_use]
    pub fn entry_subject(&self, entry: &Entry) -> Subject {
        Subject::Entry(entry.id.clone())
    }

    /// Every line of the coverage that no waiver takes out.
    pub fn open_lines(&self) -> impl Iterator<Item = &'a Line> {
        let lines = self.coverage.lines();
        lines.filter(|line| !line.is_waived())
    }

    /// A criterion as a subject.
    #[must_use]
    pub fn criterion_subject(&self, id: CriterionId) -> Subject {
        Subject::Criterion(self.portfolio.catalogue.full_code(id))
    }

    /// Where a finding about a criterion points: its standard in `portfolio.yaml`.
    #[must_use]
    pub fn criterion_place(&self, id: CriterionId) -> Place {
        self.standard_place(id.standard)
    }

    /// Where a standard is named in `portfolio.yaml`.
    #[must_use]
    pub fn standard_place(&self, standard: usize) -> Place {
        let portfolio = self.portfolio;
        let id = &portfolio.catalogue.standard(standard).id.value;
        let named = portfolio
            .settings
            .standards
            .iter()
            .find(|named| named.value == *id);
        Place::new(
            &portfolio.settings_path,
            named.map(|named| named.span).unwrap_or_default(),
        )
    }

    /// Code and beginning of the statement, for a message: `K33 (Methods for collecting …)`.
    #[must_use]
    pub fn criterion_title(&self, id: CriterionId) -> String {
        let criterion = self.portfolio.catalogue.criterion(id);
        let Some(text) = criterion.text.known() else {
            return criterion.code.value.to_string();
        };
        let mut short = String::new();
        for word in text.split_whitespace() {
            if short.chars().count() + word.chars().count() > 60 {
                short.push_str(" …");
                break;
            }
            if !short.is_empty() {
                short.push(' ');
            }
            short.push_str(word);
        }
        format!("{} ({short})", criterion.code.value)
    }
}
