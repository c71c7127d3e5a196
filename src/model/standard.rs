//! Standards, reflection models and guidance.

use jiff::civil::Date;

use super::{AssessedWhen, Code, EntryType, GatewayItem, Known, Verifier};
use crate::text::{SourcePath, Spanned};

/// An occupational standard, unit or award.
#[derive(Clone, Debug)]
pub struct Standard {
    /// The id in `portfolio.yaml`, as in `st0215`.
    pub id: Spanned<String>,
    /// The awarding body's reference.
    pub reference: Known<String>,
    /// Whether its file gives the reference, if only as `unknown`.
    pub has_reference: bool,
    /// Its title.
    pub title: String,
    /// Level of the English framework.
    pub level: Known<u32>,
    /// The awarding body's version.
    pub standard_version: Known<String>,
    /// The day of the awarding body's last change.
    pub updated: Known<Date>,
    /// False if codes or wording are not the awarding body's.
    pub official: bool,
    /// Whether it replaces a standard of the program's own.
    pub replaces: bool,
    /// SHA-256 of its file.
    pub text_hash: [u8; 32],
    /// SHA-256 of its file without byte-order mark and with `\n` as line ends, as `sha256:` and 64
    /// digits.
    pub file_digest: String,
    /// The licence of the text.
    pub licence: String,
    /// The sentence that the licence asks for.
    pub attribution: Option<String>,
    /// The source of the text.
    pub source: String,
    /// Kinds of criteria, in order.
    pub kinds: Vec<Kind>,
    /// Criteria by kind, then by code.
    pub criteria: Vec<Criterion>,
    /// Duties, outcomes, units.
    pub groups: Vec<Group>,
    /// How much evidence a criterion needs.
    pub rules: Rules,
    /// Codes of earlier versions, with their replacements.
    pub superseded: Vec<Superseded>,
    /// How it is assessed.
    pub methods: Known<Vec<Method>>,
    /// Items for the gateway; empty if no source lists them.
    pub gateway: Vec<GatewayItem>,
    /// The file it was read from.
    pub path: SourcePath,
}

/// Follows the title of a standard that replaces one of the program's own.
const REPLACEMENT: &str = " (replaced by this folder's own file, not official)";

impl Standard {
    /// The title, preceded by the reference if it is known, because several standards have similar
    /// references.
    #[must_use]
    pub fn full_title(&self) -> String {
        let replaces = if self.replaces { REPLACEMENT } else { "" };
        match &self.reference {
            Known::Known(reference) => format!("{reference} {}{replaces}", self.title),
            Known::Unknown => format!("{}{replaces}", self.title),
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind_of(&self, criterion: &Criterion) -> &Kind {
        &self.kinds[criterion.kind]
    }

    /// Whether a known method assesses a criterion by marks.
    #[must_use]
    pub fn by_marks(&self, criterion: usize) -> bool {
        let methods = self.methods.known().map_or(&[][..], Vec::as_slice);
        methods
            .iter()
            .any(|method| method.marks && method.criteria.contains(&criterion))
    }
}

/// A kind of criteria: knowledge, skills, learning objectives.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The id that criteria name.
    pub id: String,
    /// For headings.
    pub title: String,
    /// The letters its codes begin with.
    pub prefix: String,
    /// Who verifies its criteria in place of evidence; `None` if they need evidence.
    pub verified_by: Option<Verifier>,
}

/// A statement to be evidenced.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// Its code.
    pub code: Spanned<Code>,
    /// Index of its kind in the standard.
    pub kind: usize,
    /// The statement; `unknown` if the source does not give it.
    pub text: Known<String>,
    /// Whether its file gives the statement, if only as `unknown`.
    pub has_text: bool,
    /// The publisher's id of the statement, which stays when its code changes.
    pub guid: Known<String>,
    /// Questions that help to find evidence. Written for this program, not by the awarding body.
    pub prompts: Vec<String>,
    /// Whether the apprenticeship assessment takes it up.
    pub assessed: Known<AssessedWhen>,
    /// Everyday words by which it is found. Ours, like the questions.
    pub search_words: Vec<String>,
    /// The day on which the statement last changed, if the source gives it.
    pub changed: Known<Date>,
}

/// A code that the standard no longer has.
#[derive(Clone, Debug)]
pub struct Superseded {
    /// The old code.
    pub code: Spanned<Code>,
    /// Indexes of the criteria that replace it; empty if none does.
    pub by: Vec<usize>,
}

/// A group of criteria: a duty, a learning outcome, a unit.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its code, as in `Duty 1`.
    pub code: Spanned<Code>,
    /// The kind of group, as in `duty`.
    pub kind: String,
    /// Its text.
    pub text: Known<String>,
    /// Indexes of its criteria in the standard, ascending.
    pub criteria: Vec<usize>,
}

/// An assessment method and the criteria it assesses.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its id.
    pub id: String,
    /// For headings.
    pub title: String,
    /// Whether it gives a mark.
    pub marks: bool,
    /// Indexes of the criteria it assesses, ascending.
    pub criteria: Vec<usize>,
}

/// How much evidence a criterion needs. An `unknown` rule asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Pieces of evidence.
    pub min_pieces: Known<u32>,
    /// Different types of evidence.
    pub min_types: Known<u32>,
    /// Different events, distinguished by their day.
    pub min_events: Known<u32>,
    /// Months for which evidence stays current.
    pub currency_months: Known<u32>,
    /// Marks in per cent that pass.
    pub pass_mark_percent: Known<u32>,
    /// Attempts at marked work.
    pub max_attempts: Known<u32>,
    /// Types of evidence that may be used.
    pub evidence_types: Known<Vec<EntryType>>,
}

/// A model of reflection.
#[derive(Clone, Debug)]
pub struct ReflectionModel {
    /// The id that entries name.
    pub id: Spanned<String>,
    /// Its title.
    pub title: String,
    /// Author and year.
    pub source: String,
    /// Its stages in order.
    pub stages: Vec<StageModel>,
    /// The file it was read from.
    pub path: SourcePath,
}

/// One stage of a reflection model.
#[derive(Clone, Debug)]
pub struct StageModel {
    /// Short id for links.
    pub id: String,
    /// The heading that `new` writes.
    pub name: Spanned<String>,
    /// Other headings that mean it.
    pub synonyms: Vec<Spanned<String>>,
    /// Both, as [`heading_words`](crate::text::heading_words): headings are compared so.
    pub headings: Vec<String>,
    /// Questions that help to write it.
    pub prompts: Vec<String>,
    /// Rules about reflection that look at this stage.
    pub checks: Vec<String>,
}

/// Guidance on data protection, cited by checks and pages.
#[derive(Clone, Debug)]
pub struct Guidance {
    /// Its id.
    pub id: Spanned<String>,
    /// Its title.
    pub title: String,
    /// Its sources.
    pub sources: Vec<String>,
    /// The principles of the law.
    pub principles: Vec<GuidanceItem>,
    /// Content that must not be in an entry.
    pub must_not_appear: Vec<GuidanceItem>,
    /// The consents that are needed.
    pub consents: Vec<GuidanceItem>,
    /// Habits that keep data safe.
    pub practice: Vec<GuidanceItem>,
    /// Consequences of breaches.
    pub consequences: Vec<GuidanceItem>,
}

/// One piece of guidance.
#[derive(Clone, Debug)]
pub struct GuidanceItem {
    /// Its id; may be empty.
    pub id: String,
    /// Its heading; may be empty.
    pub title: String,
    /// The text, or else the reason.
    pub text: String,
    /// A phrasing to use instead, if there is one.
    pub instead: Option<String>,
    /// Its source, if a single one is given.
    pub source: Option<String>,
}
