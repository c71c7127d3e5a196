//! The pack: a portfolio as one document for print, with contents and a mapping annex.

use serde::Serialize;

use super::attachment::{AttachmentView, list_attachments};
use super::decisions::{DecisionView, describe_standing, list_decisions, name_pill};
use super::details::{Detail, list_details};
use super::entry_body::{Numbers, annex_anchor, render_body};
use super::home;
use super::link::Link;
use super::rows::{StateLabel, disclose_state, format_date, format_statement};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::{CriterionId, GroupId, Line, Status, Visibility};
use crate::text::{in_words, month_in_words};

/// The contents of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackScope {
    /// The whole portfolio.
    All,
    /// A standard, by index.
    Standard(usize),
    /// A group.
    Group(GroupId),
    /// Entries dated in a month: year and month.
    Month(i16, i8),
}

/// A pack.
#[derive(Clone, Debug, Serialize)]
pub struct PackPage {
    /// The title.
    pub title: String,
    /// Learner, as-of date and counts.
    pub cover: String,
    /// Links to the entries in the document.
    pub contents: Vec<Link>,
    /// Oldest first.
    pub entries: Vec<PackEntry>,
    /// Statements with links to their evidence.
    pub annex: Vec<PackStandard>,
}

/// An entry in a pack.
#[derive(Clone, Debug, Serialize)]
pub struct PackEntry {
    /// The number in the pack, from 1.
    pub number: usize,
    /// The title.
    pub title: String,
    /// Type, date, and whether it is a draft.
    pub meta: String,
    /// HTML.
    pub body: String,
    pub claims: Vec<PackClaim>,
    pub details: Vec<Detail>,
    pub attachments: Vec<AttachmentView>,
    /// Oldest first.
    pub decisions: Vec<DecisionView>,
}

/// A claim in a pack.
#[derive(Clone, Debug, Serialize)]
pub struct PackClaim {
    /// The code, with a link into the annex.
    pub code: Link,
    pub text: String,
    pub justification: String,
    /// The decision in force, in words.
    pub verdict: String,
    /// The class of the pill that shows the verdict; empty if there is none.
    pub pill: &'static str,
}

/// A standard in the annex.
#[derive(Clone, Debug, Serialize)]
pub struct PackStandard {
    /// The title.
    pub title: String,
    pub rows: Vec<PackRow>,
}

/// A criterion in the annex.
#[derive(Clone, Debug, Serialize)]
pub struct PackRow {
    /// The id of the row.
    pub anchor: String,
    pub code: String,
    pub text: String,
    /// The state; `None` if the audience may not see states.
    pub state: Option<StateLabel>,
    /// Links to the evidence, as in `Entry 4 ¶7`.
    pub places: Vec<Link>,
}

impl PackScope {
    fn title(self, scene: &RenderContext<'_>) -> String {
        let catalogue = &scene.portfolio.catalogue;
        match self {
            Self::All => "Whole portfolio".to_owned(),
            Self::Standard(at) => catalogue.standard(at).full_title(),
            Self::Group(id) => format!(
                "{}, {}",
                catalogue.standard(id.standard).full_title(),
                catalogue.group(id).code.value
            ),
            Self::Month(year, month) => month_in_words(year, month),
        }
    }

    /// Whether the annex contains a criterion.
    fn holds(self, scene: &RenderContext<'_>, id: CriterionId) -> bool {
        match self {
            Self::All | Self::Month(..) => true,
            Self::Standard(at) => id.standard == at,
            Self::Group(group) => {
                id.standard == group.standard
                    && scene
                        .portfolio
                        .catalogue
                        .group(group)
                        .criteria
                        .contains(&id.criterion)
            }
        }
    }
}

fn number_entries(scene: &RenderContext<'_>, scope: PackScope) -> Numbers {
    let wanted = |at: &usize| {
        let entry = &scene.portfolio.entries[*at];
        match scope {
            PackScope::All => true,
            PackScope::Month(year, month) => entry
                .front_matter
                .date
                .is_some_and(|date| (date.year(), date.month()) == (year, month)),
            PackScope::Standard(_) | PackScope::Group(_) => entry
                .claims
                .iter()
                .any(|claim| scope.holds(scene, claim.criterion)),
        }
    };
    let entries = scene.visible.iter().copied().filter(wanted);
    Numbers::new(entries)
}

impl PackPage {
    pub fn new(scene: &RenderContext<'_>, from: &SitePath, scope: PackScope) -> Self {
        let numbers = number_entries(scene, scope);
        let entries: Vec<PackEntry> = numbers
            .iter()
            .map(|(at, number)| build_entry(scene, from, at, number, &numbers))
            .collect();
        let contents = entries.iter().map(|entry| Link {
            href: format!("#e{}", entry.number),
            label: format!("{} {}", entry.number, entry.title),
        });
        Self {
            title: scope.title(scene),
            cover: describe_pack(scene),
            contents: contents.collect(),
            annex: build_annex(scene, scope, &numbers),
            entries,
        }
    }
}

fn describe_pack(scene: &RenderContext<'_>) -> String {
    let learner = scene.learner();
    let whose = if learner.is_empty() {
        String::new()
    } else {
        format!("{learner}. ")
    };
    let counts = scene.coverage.counts();
    if !scene.disclosure.states {
        return format!("{whose}As of {}.", in_words(scene.coverage.as_of));
    }
    let cover = format!(
        "{whose}As of {}: {} {}",
        scene
            .portfolio
            .settings
            .describe_as_of(scene.coverage.as_of),
        home::describe_progress(&counts),
        describe_decisions(scene)
    );
    cover.trim_end().to_owned()
}

/// The state of the chain of decisions, and its head, by which a reader can verify it.
fn describe_decisions(scene: &RenderContext<'_>) -> String {
    let summary = home::describe_chain(scene);
    match scene.portfolio.chain.heads()[..] {
        [last] if !summary.is_empty() => format!("{summary} The last is {}.", last.digest),
        _ => summary,
    }
}

fn build_entry(
    scene: &RenderContext<'_>,
    from: &SitePath,
    at: usize,
    number: usize,
    numbers: &Numbers,
) -> PackEntry {
    let entry = &scene.portfolio.entries[at];
    let date = format_date(entry.front_matter.date);
    let is_draft = entry.front_matter.status == Status::Draft;
    let is_private = entry.front_matter.visibility == Visibility::Private;
    let held = match (is_draft, is_private) {
        (true, true) => ", draft, private",
        (true, false) => ", draft",
        (false, true) => ", private",
        (false, false) => "",
    };
    let claims = entry.claims.iter().filter_map(|claim| {
        let line = scene.coverage.line(claim.criterion)?;
        let piece = line.piece_of(at)?;
        let criterion = scene.portfolio.catalogue.criterion(claim.criterion);
        let label = criterion.code.value.to_string();
        Some(PackClaim {
            code: Link {
                href: format!("#{}", annex_anchor(scene, claim.criterion)),
                label,
            },
            text: format_statement(&criterion.text),
            justification: claim.justification().unwrap_or_default().to_owned(),
            verdict: describe_standing(scene, claim.criterion, piece),
            pill: name_pill(scene, piece),
        })
    });
    let body = render_body(scene, from, at, Some(numbers));
    PackEntry {
        number,
        title: entry.front_matter.title.clone(),
        meta: format!("{}, {date}{held}", entry.front_matter.kind.title()),
        claims: claims.collect(),
        details: list_details(scene, entry),
        attachments: list_attachments(scene, from, entry, &body),
        body,
        decisions: list_decisions(scene, from, entry),
    }
}

/// The statements of the scope, and others that its entries claim, so that every code has a target.
fn build_annex(
    scene: &RenderContext<'_>,
    scope: PackScope,
    numbers: &Numbers,
) -> Vec<PackStandard> {
    let claimed = |line: &Line| {
        let in_pack = line
            .pieces
            .iter()
            .any(|piece| numbers.of(piece.entry).is_some());
        (scope.holds(scene, line.criterion) && scene.disclosure.states) || in_pack
    };
    let standard = |covered: &crate::model::StandardCoverage| PackStandard {
        title: scene
            .portfolio
            .catalogue
            .standard(covered.standard)
            .full_title(),
        rows: covered
            .lines
            .iter()
            .filter(|line| claimed(line))
            .map(|line| build_row(scene, line, numbers))
            .collect(),
    };
    scene
        .coverage
        .standards
        .iter()
        .map(standard)
        .filter(|standard| !standard.rows.is_empty())
        .collect()
}

fn build_row(scene: &RenderContext<'_>, line: &Line, numbers: &Numbers) -> PackRow {
    let criterion = scene.portfolio.catalogue.criterion(line.criterion);
    let mut places = Vec::new();
    for piece in line.counting() {
        let Some(number) = numbers.of(piece.entry) else {
            continue;
        };
        let entry = &scene.portfolio.entries[piece.entry];
        let passages = entry
            .claim(line.criterion)
            .map_or(&[][..], |claim| &claim.passages);
        places.extend(passages.iter().map(|&at| {
            let passage = &entry.body.passages[at];
            let href = format!("#e{number}-{}", passage.anchor);
            Link {
                href,
                label: format!("Entry {number} ¶{}", passage.paragraph),
            }
        }));
        if passages.is_empty() {
            places.push(Link {
                href: format!("#e{number}"),
                label: format!("Entry {number}"),
            });
        }
    }
    PackRow {
        anchor: annex_anchor(scene, line.criterion),
        code: criterion.code.value.to_string(),
        text: format_statement(&criterion.text),
        state: disclose_state(scene, line),
        places,
    }
}
