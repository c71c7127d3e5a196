//! Entries.

use std::sync::OnceLock;

use jiff::civil::Date;

use super::{
    Audience, Body, ClaimStanding, CriterionId, Decision, EntryType, IdentifierMatch, Minutes,
    Section, Shows, Stage, StageSummary, Status, Suppression, Visibility,
};
use crate::privacy::{Confidence, Kind, Mask};
use crate::text::{SourcePath, Span, Spanned};

/// One piece of evidence, resolved: every code in it is a criterion of a known standard.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a statement of its own, not a state of one machine"
)]
pub struct Entry {
    /// Its id, in a form that may be shown.
    pub id: String,
    /// The id used in references, if it contains an identifier and `id` does not show it.
    pub hidden_id: Option<String>,
    /// Whether another entry has the same id. Decisions then bind to neither.
    pub shares_id: bool,
    /// The file it was read from.
    pub path: SourcePath,
    /// Its title.
    pub title: String,
    /// The day it was written; `None` if the file has no readable date.
    pub date: Option<Date>,
    /// The day of the event. Never published.
    pub event_date: Option<Date>,
    /// Whether its event date is unreadable.
    pub unread_event: bool,
    /// The type of evidence.
    pub kind: EntryType,
    /// Whether its type is unreadable. The entry then has no type.
    pub unknown_kind: bool,
    /// Index of its reflection model in the portfolio, for reflections.
    pub model: Option<usize>,
    /// Whether its front matter could not be read.
    pub unread: bool,
    /// Whether it is handed in.
    pub status: Status,
    /// Its audience.
    pub visibility: Visibility,
    /// Time spent.
    pub hours: Option<Minutes>,
    /// Days over which it was spent, the last of which is its date.
    pub days: u32,
    /// Whether that time was off the job.
    pub off_the_job: bool,
    /// The author's confidentiality statement.
    pub anonymised: bool,
    /// The last check for identifiers by a person. Any change to the entry makes it void.
    pub read: Option<Box<Reading>>,
    /// The witness. Boxed, like the next three, because few entries have one.
    pub witness: Option<Box<Witness>>,
    /// The record of a procedure.
    pub practice: Option<Box<Practice>>,
    /// The record of continuing professional development.
    pub cpd: Option<Box<Cpd>>,
    /// The marked work.
    pub assignment: Option<Box<Assignment>>,
    /// Files that belong to it.
    pub attachments: Vec<Attachment>,
    /// Actions the learner plans.
    pub actions: Vec<Action>,
    /// Findings that the author has answered.
    pub suppressions: Vec<Suppression>,
    /// Its claims, by criterion.
    pub claims: Vec<Claim>,
    /// The text.
    pub body: Body,
    /// Files in this workspace that it attaches, shows or links to.
    pub uses: Vec<SourcePath>,
    /// Identifiers in its text.
    pub identifiers: Vec<IdentifierMatch>,
    /// The cover over `identifiers`, built on first use: much text may be covered for an entry with
    /// many.
    pub covering: OnceLock<Mask>,
    /// Identifiers in its file's name, or else in its id alone.
    pub name_reveals: Vec<(Kind, Confidence)>,
    /// Ranges of its text that must never be shown: the day of the event, and identifiers.
    pub masked: Vec<Span>,
    /// Stages of its model that the text has, in the text's order.
    pub stages: Vec<Stage>,
    /// Summaries of these stages, each stage once, in the model's order.
    pub told: Vec<StageSummary>,
    /// SHA-256 of the content that an assessor judges, as `sha256:` and hexadecimal digits.
    pub digest: String,
    /// Decisions about it, oldest first.
    pub decisions: Vec<Decision>,
    /// The place of its title in the front matter, or else of its first line.
    pub place: Span,
    /// The place of its date, or `place` if it has none.
    pub date_place: Span,
    /// The place of its event date, if it has one.
    pub event_place: Option<Span>,
}

impl Entry {
    /// Whether it has text beyond the scaffold, or an attachment.
    #[must_use]
    pub fn has_substance(&self) -> bool {
        self.body.words > 0 || !self.attachments.is_empty()
    }

    /// The kinds of unanswered identifiers that withhold it from an audience it is meant for.
    pub fn withheld_from(&self, audience: Audience) -> impl Iterator<Item = Kind> {
        let all = self.unanswered();
        all.filter(move |&(kind, confidence)| audience.must_not_see(kind, confidence))
            .map(|(kind, _)| kind)
    }

    /// Identifiers in its text or its file's name that no answer names.
    pub fn unanswered(&self) -> impl Iterator<Item = (Kind, Confidence)> {
        let found = self.identifiers.iter().filter(|one| !self.answers_for(one));
        found
            .map(|one| (one.kind, one.confidence))
            .chain(self.name_reveals.iter().copied())
    }

    /// The check for identifiers that counts on a day: of the current text, not after that day, and
    /// not before the entry was written.
    #[must_use]
    pub fn reading(&self, as_of: Date) -> Option<&Reading> {
        let written = |read: &&Reading| self.date.is_none_or(|date| date <= read.on);
        self.read
            .as_deref()
            .filter(|read| read.digest == self.digest && read.on <= as_of)
            .filter(written)
    }

    /// Whether its author has answered this identifier, naming its words and a reason.
    #[must_use]
    pub fn answers_for(&self, one: &IdentifierMatch) -> bool {
        self.suppressions.iter().any(|answer| answer.is_about(one))
    }

    /// The id used in references. Must never be shown.
    #[must_use]
    pub fn reference_id(&self) -> &str {
        self.hidden_id.as_deref().unwrap_or(&self.id)
    }

    /// A cover over all its identifiers, for text about it.
    #[must_use]
    pub fn cover(&self) -> &Mask {
        self.covering
            .get_or_init(|| Mask::new(self.identifiers.iter().map(|one| &*one.text)))
    }

    /// Returns a text about it with its identifiers covered.
    #[must_use]
    pub fn covered(&self, words: &str) -> String {
        self.cover().over(words)
    }

    /// The claim on one criterion.
    #[must_use]
    pub fn claim(&self, criterion: CriterionId) -> Option<&Claim> {
        self.claims
            .iter()
            .find(|claim| claim.criterion == criterion)
    }

    /// The standing of its claim on a criterion, in the order of the chain and not by date; `None`
    /// if nothing is decided. A referral stays in force until a decision that counts: one that does
    /// not count never replaces one that does.
    #[must_use]
    pub fn standing(&self, criterion: CriterionId) -> Option<ClaimStanding> {
        let mut standing: Option<ClaimStanding> = None;
        for (at, decision) in self.decisions.iter().enumerate() {
            let Some(verdict) = decision.effect(criterion) else {
                continue;
            };
            let holds = standing
                .is_some_and(|known| known.sent_back() && self.decisions[known.decision].counts());
            if decision.counts() || !holds {
                let unchanged = decision.is_about(&self.digest);
                let is_broken = decision.verdict(criterion) != Some(verdict);
                standing = Some(ClaimStanding {
                    verdict,
                    decision: at,
                    unchanged,
                    settled: false,
                    is_broken,
                });
            }
        }
        standing
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
            .unwrap_or(self.place)
    }

    /// The first section of a stage of its reflection model, if it has that stage.
    #[must_use]
    pub fn stage_section(&self, stage: usize) -> Option<&Section> {
        let found = self.stages.iter().find(|found| found.stage == stage)?;
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

/// A file that belongs to an entry.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The path from the portfolio's folder, as written.
    pub file: Spanned<String>,
    /// A description for people who cannot see it.
    pub alt: Option<String>,
    /// Words under it.
    pub caption: Option<String>,
    /// The reference of its consent.
    pub consent: Option<Spanned<String>>,
    /// The author's statement about who it shows.
    pub shows: Option<Shows>,
    /// SHA-256 in hexadecimal digits; `None` if the file is missing.
    pub sha256: Option<String>,
}

impl Attachment {
    /// Whether it is a picture of a type that is published.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        let name = self.file.value.to_lowercase();
        [".png", ".jpg", ".jpeg"]
            .iter()
            .any(|ending| name.ends_with(ending))
    }

    /// Whether it is a picture that is not cleared to be shown: it names no consent, and its author
    /// does not state `shows: nobody`.
    #[must_use]
    pub fn is_uncleared_picture(&self) -> bool {
        let names_none = self
            .consent
            .as_ref()
            .is_none_or(|consent| consent.value.is_empty());
        self.is_picture() && names_none && self.shows != Some(Shows::Nobody)
    }
}

/// An action the learner plans.
#[derive(Clone, Debug)]
pub struct Action {
    /// The action.
    pub what: Spanned<String>,
    /// By when.
    pub by: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// The id of the entry that closes it.
    pub closed_by: Option<Spanned<String>>,
}

/// A person's check of an entry for identifiers.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Who, by reference.
    pub by: String,
    /// When.
    pub on: Date,
    /// The digest of the text that was checked.
    pub digest: String,
}

/// A witness, by role and never by name.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    /// The role.
    pub role: Option<String>,
    /// The organisation.
    pub organisation: Option<String>,
    /// How the witness knows the learner.
    pub relationship: Option<String>,
}

/// The record of a procedure.
#[derive(Clone, Debug, Default)]
pub struct Practice {
    /// The treatment.
    pub treatment: Option<String>,
    /// The part of the body.
    pub area: Option<String>,
    /// The device used.
    pub device: Option<String>,
    /// How deep, in millimetres, as written.
    pub depth_mm: Option<String>,
    /// Batches used.
    pub batch_numbers: Vec<String>,
    /// Adverse reactions, or that there were none.
    pub adverse_reactions: Option<String>,
    /// The measurements taken.
    pub outcome_measures: Vec<String>,
}

/// Continuing professional development.
#[derive(Clone, Debug, Default)]
pub struct Cpd {
    /// The activity.
    pub activity: Option<String>,
    /// The provider.
    pub provider: Option<String>,
    /// The change in practice.
    pub influence_on_practice: Option<String>,
}

/// Marked work.
#[derive(Clone, Debug, Default)]
pub struct Assignment {
    /// The unit.
    pub unit: Option<String>,
    /// The mark in per cent.
    pub mark_percent: Option<u32>,
    /// The attempt, from 1.
    pub attempt: Option<u32>,
}
