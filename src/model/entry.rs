//! Entries: one piece of evidence each.

use std::sync::OnceLock;

use jiff::civil::Date;

use super::{
    Audience, Body, ClaimStanding, CriterionId, Decision, EntryType, Minutes, Revealed, Section,
    Shows, Stage, Status, Suppression, Told, Visibility,
};
use crate::privacy::{Confidence, Cover, Kind};
use crate::text::{SourcePath, Span, Spanned};

/// One piece of evidence, resolved: every code in it is a criterion of a known standard.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a statement of its own, not a state of one machine"
)]
pub struct Entry {
    /// Its id, as it may be shown.
    pub id: String,
    /// The id that others refer to it by, where something in it identifies somebody.
    pub own_id: Option<String>,
    /// Whether another entry has the same id; decisions bind to neither then.
    pub shares_id: bool,
    /// The file it was read from.
    pub path: SourcePath,
    /// Its title.
    pub title: String,
    /// The day it was written; missing only where the file has none that can be read.
    pub date: Option<Date>,
    /// The day of the event. Never published.
    pub event_date: Option<Date>,
    /// Whether an event date is written that cannot be read.
    pub unread_event: bool,
    /// What kind of evidence it is.
    pub kind: EntryType,
    /// Whether a type is written that cannot be read: it is of none then.
    pub unknown_kind: bool,
    /// The place of its reflection model in the portfolio's list, for reflections.
    pub model: Option<usize>,
    /// Whether its front matter could not be read.
    pub unread: bool,
    /// Whether it is handed in.
    pub status: Status,
    /// Whom it is for.
    pub visibility: Visibility,
    /// Time spent.
    pub hours: Option<Minutes>,
    /// Days over which it was spent, the last of which is its date.
    pub days: u32,
    /// Whether that time was off the job.
    pub off_the_job: bool,
    /// The author's confidentiality statement.
    pub anonymised: bool,
    /// Who read it last for what identifies somebody. A change to the entry makes it void.
    pub read: Option<Box<Reading>>,
    /// Who testifies. This and the next three are large, and few entries have them.
    pub witness: Option<Box<Witness>>,
    /// What was done in practice.
    pub practice: Option<Box<Practice>>,
    /// What was learnt.
    pub cpd: Option<Box<Cpd>>,
    /// What was marked.
    pub assignment: Option<Box<Assignment>>,
    /// Files that belong to it.
    pub attachments: Vec<Attachment>,
    /// What the learner will do.
    pub actions: Vec<Action>,
    /// Findings that the author has answered.
    pub suppressions: Vec<Suppression>,
    /// What it says that it proves, by criterion.
    pub claims: Vec<Claim>,
    /// The text.
    pub body: Body,
    /// What it attaches, shows or links to in this workspace.
    pub uses: Vec<SourcePath>,
    /// What in its text identifies somebody.
    pub identifiers: Vec<Revealed>,
    /// The cover over these, made when it is first asked for: many words may be told of an entry that names many.
    pub covering: OnceLock<Cover>,
    /// What in its file's name, or else in its id alone, identifies somebody.
    pub name_reveals: Vec<(Kind, Confidence)>,
    /// What of its text must never be shown: the day of the event, and what identifies somebody.
    pub masked: Vec<Span>,
    /// Stages of the model found in the text, in the text's order.
    pub stages: Vec<Stage>,
    /// What the words of these stages tell, each stage once, in the model's order.
    pub told: Vec<Told>,
    /// SHA-256 of what an assessor judges, as `sha256:` and hexadecimal digits.
    pub digest: String,
    /// Decisions about it, oldest first.
    pub decisions: Vec<Decision>,
    /// Where its front matter's title, or else its first line, stands.
    pub place: Span,
    /// Where its date stands; where it is named, if it has none.
    pub date_place: Span,
    /// Where its event date stands, where it has one.
    pub event_place: Option<Span>,
}

impl Entry {
    /// Whether it holds words of its own or an attachment, beyond the scaffold.
    #[must_use]
    pub fn has_substance(&self) -> bool {
        self.body.words > 0 || !self.attachments.is_empty()
    }

    /// Why an audience may not see it though it is meant for it: what in it identifies somebody and is not answered.
    pub fn withheld_from(&self, audience: Audience) -> impl Iterator<Item = Kind> {
        let all = self.unanswered();
        all.filter(move |&(kind, confidence)| audience.must_not_see(kind, confidence))
            .map(|(kind, _)| kind)
    }

    /// What identifies somebody in its text or its file's name, and is not answered by an answer that names its words.
    pub fn unanswered(&self) -> impl Iterator<Item = (Kind, Confidence)> {
        let found = self.identifiers.iter().filter(|one| !self.answers_for(one));
        found
            .map(|one| (one.kind, one.confidence))
            .chain(self.name_reveals.iter().copied())
    }

    /// The reading that counts on a day: of the entry as it is now, by that day, and not before it was written.
    #[must_use]
    pub fn reading(&self, as_of: Date) -> Option<&Reading> {
        let written = |read: &&Reading| self.date.is_none_or(|date| date <= read.on);
        self.read
            .as_deref()
            .filter(|read| read.digest == self.digest && read.on <= as_of)
            .filter(written)
    }

    /// Whether its author has answered for this identifier, by its words and with a reason.
    #[must_use]
    pub fn answers_for(&self, one: &Revealed) -> bool {
        self.suppressions.iter().any(|answer| answer.is_about(one))
    }

    /// What others refer to it by. Never to be shown.
    #[must_use]
    pub fn referred_as(&self) -> &str {
        self.own_id.as_deref().unwrap_or(&self.id)
    }

    /// What must not be seen in words about it: all that identifies somebody.
    #[must_use]
    pub fn cover(&self) -> &Cover {
        self.covering
            .get_or_init(|| Cover::new(self.identifiers.iter().map(|one| &*one.text)))
    }

    /// Words about it with everything covered that identifies somebody.
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

    /// How the claim on one criterion stands, by the order of the chain and not by dates; `None` if nothing is decided.
    /// What was sent back stays so until a decision that counts: one that does not count replaces no other that does.
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

    /// Where a claim is made first: its code in the front matter, or else its first passage.
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

    /// The first section of a stage of its reflection model, where it has the stage.
    #[must_use]
    pub fn stage_section(&self, stage: usize) -> Option<&Section> {
        let found = self.stages.iter().find(|found| found.stage == stage)?;
        Some(&self.body.sections[found.section])
    }
}

/// An entry saying that it evidences a criterion.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The criterion.
    pub criterion: CriterionId,
    /// Where the front matter says so.
    pub tags: Vec<Tag>,
    /// The passages that evidence it, as places in the body's list.
    pub passages: Vec<usize>,
}

impl Claim {
    /// The learner's reason, where one is given.
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
    /// Where the code stands.
    pub span: Span,
    /// The learner's reason.
    pub justification: Option<String>,
}

/// A file that belongs to an entry.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The path from the portfolio's folder, as written.
    pub file: Spanned<String>,
    /// What a person who cannot see it should know.
    pub alt: Option<String>,
    /// Words under it.
    pub caption: Option<String>,
    /// The consent it stands on.
    pub consent: Option<Spanned<String>>,
    /// What the author states that it shows.
    pub shows: Option<Shows>,
    /// SHA-256 in hexadecimal digits; missing where the file is.
    pub sha256: Option<String>,
}

impl Attachment {
    /// Whether it is a picture of a kind that is published.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        let name = self.file.value.to_lowercase();
        [".png", ".jpg", ".jpeg"]
            .iter()
            .any(|ending| name.ends_with(ending))
    }

    /// Whether it is a picture of which nobody has said that it may be shown: it names no consent, and its author does
    /// not state that it shows nobody.
    #[must_use]
    pub fn is_uncleared_picture(&self) -> bool {
        let names_none = self
            .consent
            .as_ref()
            .is_none_or(|consent| consent.value.is_empty());
        self.is_picture() && names_none && self.shows != Some(Shows::Nobody)
    }
}

/// Something the learner will do.
#[derive(Clone, Debug)]
pub struct Action {
    /// What.
    pub what: Spanned<String>,
    /// By when.
    pub by: Option<Date>,
    /// When it was done.
    pub done: Option<Date>,
    /// The id of the entry that closes it.
    pub closed_by: Option<Spanned<String>>,
}

/// A person's reading of an entry for what identifies somebody.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Who, by reference.
    pub by: String,
    /// When.
    pub on: Date,
    /// The digest of what was read.
    pub digest: String,
}

/// Who testifies: a role, never a name.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    /// The role.
    pub role: Option<String>,
    /// Where.
    pub organisation: Option<String>,
    /// How the witness knows the learner.
    pub relationship: Option<String>,
}

/// The record of a procedure.
#[derive(Clone, Debug, Default)]
pub struct Practice {
    /// What was done.
    pub treatment: Option<String>,
    /// Where on the body.
    pub area: Option<String>,
    /// With what.
    pub device: Option<String>,
    /// How deep, in millimetres, as written.
    pub depth_mm: Option<String>,
    /// Batches used.
    pub batch_numbers: Vec<String>,
    /// What went wrong or did not.
    pub adverse_reactions: Option<String>,
    /// What was measured.
    pub outcome_measures: Vec<String>,
}

/// Continuing professional development.
#[derive(Clone, Debug, Default)]
pub struct Cpd {
    /// What.
    pub activity: Option<String>,
    /// From whom.
    pub provider: Option<String>,
    /// What changed in practice.
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
