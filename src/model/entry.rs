//! Entries.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use super::{
    Audience, Body, ClaimStanding, CriterionId, Decision, Digests, FrontMatter, IdentifierMatch,
    Reading, Section, Stage, StageSummary, Verdict,
};
use crate::privacy::{Confidence, Kind, Mask};
use crate::text::{SourcePath, Span};

/// One piece of evidence, resolved: every code in it is a criterion of a known standard.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id, in a form that may be shown.
    pub id: String,
    /// The id used in references, if it contains an identifier and `id` does not show it.
    pub hidden_id: Option<String>,
    /// The file it was read from.
    pub path: SourcePath,
    /// What it says about itself.
    pub front_matter: FrontMatter,
    /// The text.
    pub body: Body,
    /// The parts of its reflection model.
    pub reflection: Reflection,
    /// Its claims, by criterion.
    pub claims: Vec<Claim>,
    /// Whether it is a draft that still says that it is an example of a new portfolio. Its claims
    /// are shown in it, and no criterion is judged by them.
    pub is_example: bool,
    /// Identifiers in its text and its file's name.
    pub identifiers: Identifiers,
    /// Files in this workspace that it attaches, shows or links to.
    pub uses: Vec<SourcePath>,
    /// Files of evidence that links of its text name, by target as written.
    pub linked_files: BTreeMap<String, SourcePath>,
    /// Hashes of the content that an assessor judges.
    pub digests: Digests,
}

/// An entry as reflection by a model.
#[derive(Clone, Debug, Default)]
pub struct Reflection {
    /// Index of the model in the portfolio; `None` for other types of entry.
    pub model: Option<usize>,
    /// Stages of the model that the text has, in the text's order.
    pub stages: Vec<Stage>,
    /// Summaries of these stages, each stage once, in the model's order.
    pub summaries: Vec<StageSummary>,
}

/// The identifiers of an entry.
#[derive(Clone, Debug, Default)]
pub struct Identifiers {
    /// Those in its text, in order.
    pub found: Vec<IdentifierMatch>,
    /// Those in its file's name, or else in its id alone.
    pub in_name: Vec<(Kind, Confidence)>,
    /// Ranges of its text that must never be shown: the day of the event, and identifiers.
    pub masked: Vec<Span>,
    /// The place of its event date, if it has one.
    pub event_place: Option<Span>,
    /// The cover over `found`, built on first use: much text may be covered for an entry with many.
    covering: OnceLock<Mask>,
}

impl Identifiers {
    /// Identifiers in the text and in the name of a file, and the ranges of its dates of events.
    #[must_use]
    pub fn new(
        mut found: Vec<IdentifierMatch>,
        in_name: Vec<(Kind, Confidence)>,
        event_dates: &[Span],
    ) -> Self {
        found.sort_by_key(|one| one.span);
        let spans = found.iter().map(|one| one.span);
        Self {
            masked: event_dates.iter().copied().chain(spans).collect(),
            event_place: event_dates.first().copied(),
            found,
            in_name,
            covering: OnceLock::new(),
        }
    }

    /// The same with `more` of them.
    #[must_use]
    pub fn with(&self, more: Vec<IdentifierMatch>) -> Self {
        let masked = self.masked.iter().copied();
        let masked = masked.chain(more.iter().map(|one| one.span)).collect();
        let mut found = self.found.clone();
        found.extend(more);
        found.sort_by_key(|one| one.span);
        Self {
            found,
            masked,
            in_name: self.in_name.clone(),
            event_place: self.event_place,
            covering: OnceLock::new(),
        }
    }

    /// Those whose place in the text is exactly `span`.
    pub fn at(&self, span: Span) -> impl Iterator<Item = &IdentifierMatch> {
        let first = self.found.partition_point(|one| one.span < span);
        self.found[first..]
            .iter()
            .take_while(move |one| one.span == span)
    }

    /// A cover over all of them, for text about the entry.
    #[must_use]
    pub fn cover(&self) -> &Mask {
        self.covering
            .get_or_init(|| Mask::new(self.found.iter().flat_map(IdentifierMatch::forms)))
    }
}

/// An entry in its portfolio, with the decisions about it.
#[derive(Clone, Debug)]
pub struct FiledEntry {
    /// The entry. Of other files, only names found in other entries change it.
    pub entry: Arc<Entry>,
    /// Whether another entry has the same id. Decisions then bind to neither.
    pub shares_id: bool,
    /// Decisions about it, oldest first.
    pub decisions: Vec<Decision>,
}

impl Deref for FiledEntry {
    type Target = Entry;

    fn deref(&self) -> &Entry {
        &self.entry
    }
}

impl FiledEntry {
    /// The standing of its claim on a criterion, by the order of the chain and not by date; `None`
    /// if nothing is decided. A referral stays in force until a decision that counts: one that does
    /// not count never replaces one that does. Verdicts of branches that do not follow each other
    /// are all in force: if they differ, the claim is contested.
    #[must_use]
    pub fn standing(&self, criterion: CriterionId) -> Option<ClaimStanding> {
        let mut newest: Vec<(usize, Verdict)> = Vec::new();
        for (at, decision) in self.decisions.iter().enumerate() {
            let Some(verdict) = decision.effect(criterion) else {
                continue;
            };
            let follows = |&(known, _): &(usize, Verdict)| !decision.beside.contains(&known);
            let holds = |&(known, verdict): &(usize, Verdict)| {
                verdict != Verdict::Accepted && self.decisions[known].counts()
            };
            let is_held = newest.iter().any(|known| follows(known) && holds(known));
            if decision.counts() || !is_held {
                newest.retain(|known| !follows(known));
                newest.push((at, verdict));
            }
        }
        // The worst verdict; of equal ones that about the current text, then the last.
        let rank = |&(at, verdict): &(usize, Verdict)| {
            let decision = &self.decisions[at];
            let is_current =
                decision.is_about(&self.digests) && decision.wording(criterion).holds();
            (verdict.severity(), is_current, at)
        };
        let &(at, verdict) = newest.iter().max_by_key(|known| rank(known))?;
        let decision = &self.decisions[at];
        Some(ClaimStanding {
            verdict,
            decision: at,
            unchanged: decision.is_about(&self.digests),
            wording: decision.wording(criterion),
            settled: false,
            is_broken: decision.verdict(criterion) != Some(verdict),
            contested: newest.iter().any(|&(_, other)| other != verdict),
        })
    }
}

impl Entry {
    /// The sentence by which an example of a new portfolio says what it is.
    pub const EXAMPLE: &str = "This is an example. It counts for nothing:";

    /// Whether it has text beyond the scaffold, or an attachment.
    #[must_use]
    pub fn has_substance(&self) -> bool {
        self.body.words > 0 || !self.front_matter.attachments.is_empty()
    }

    /// The kinds of unanswered identifiers that withhold it from an audience it is meant for.
    pub fn withheld_from(&self, audience: Audience) -> impl Iterator<Item = Kind> {
        let all = self.unanswered();
        all.filter(move |&(kind, confidence)| audience.must_not_see(kind, confidence))
            .map(|(kind, _)| kind)
    }

    /// Identifiers in its text or its file's name that no answer names.
    pub fn unanswered(&self) -> impl Iterator<Item = (Kind, Confidence)> {
        let found = self
            .identifiers
            .found
            .iter()
            .filter(|one| !self.answers_for(one));
        found
            .map(|one| (one.kind, one.confidence))
            .chain(self.identifiers.in_name.iter().copied())
    }

    /// The check for identifiers that counts on a day: of the current text, not after that day, and
    /// not before the entry was written.
    #[must_use]
    pub fn reading(&self, as_of: Date) -> Option<&Reading> {
        let written = |read: &&Reading| self.front_matter.date.is_none_or(|date| date <= read.on);
        self.front_matter
            .read
            .as_deref()
            .filter(|read| self.digests.matches(&read.digest) && read.on <= as_of)
            .filter(written)
    }

    /// Whether its author has answered this identifier, naming its words and a reason.
    #[must_use]
    pub fn answers_for(&self, one: &IdentifierMatch) -> bool {
        self.front_matter
            .suppressions
            .iter()
            .any(|answer| answer.is_about(one))
    }

    /// The id used in references. Must never be shown.
    #[must_use]
    pub fn reference_id(&self) -> &str {
        self.hidden_id.as_deref().unwrap_or(&self.id)
    }

    /// Returns a text about it with its identifiers covered.
    #[must_use]
    pub fn covered(&self, words: &str) -> String {
        self.identifiers.cover().over(words)
    }

    /// The claim on one criterion.
    #[must_use]
    pub fn claim(&self, criterion: CriterionId) -> Option<&Claim> {
        self.claims
            .iter()
            .find(|claim| claim.criterion == criterion)
    }

    /// The first place of a claim: its code in the front matter, or else its first passage.
    #[must_use]
    pub fn claim_place(&self, claim: &Claim) -> Span {
        let passage = || {
            claim
                .passages
                .first()
                .map(|&at| self.body.passages[at].span)
        };
        claim
            .tags
            .first()
            .map(|tag| tag.span)
            .or_else(passage)
            .unwrap_or(self.front_matter.place)
    }

    /// The first section of a stage of its reflection model, if it has that stage.
    #[must_use]
    pub fn stage_section(&self, stage: usize) -> Option<&Section> {
        let found = self
            .reflection
            .stages
            .iter()
            .find(|found| found.stage == stage)?;
        Some(&self.body.sections[found.section])
    }
}

/// The claim of an entry to evidence a criterion.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The criterion.
    pub criterion: CriterionId,
    /// Its places in the front matter.
    pub tags: Vec<Tag>,
    /// Indexes of its passages in the body.
    pub passages: Vec<usize>,
}

impl Claim {
    /// The learner's reason, if there is one.
    #[must_use]
    pub fn justification(&self) -> Option<&str> {
        self.tags
            .iter()
            .find_map(|tag| tag.justification.as_deref())
    }
}

/// A code in the front matter.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The place of the code.
    pub span: Span,
    /// The learner's reason.
    pub justification: Option<String>,
}
