//! One entry: its text with the passages marked, and everything that belongs to it.

use std::cell::OnceCell;
use std::collections::HashSet;

use serde::Serialize;

use super::deciding::Deciding;
use super::decisions::{DecisionView, decisions, standing};
use super::link::Link;
use super::pack::{Numbers, annex_anchor};
use super::publish::{self, Published};
use super::rows::{shown_state, statement};
use super::scene::Scene;
use crate::cover::ActionState;
use crate::files::SitePath;
use crate::markup::{self, Picture, Surroundings};
use crate::model::{Assignment, Attachment, Entry, Passage, Status};
use crate::text::{LineIndex, SourcePath, blanked, in_words};

/// The page of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct EntryPage {
    /// Its title.
    pub title: String,
    /// Its type in words.
    pub kind: &'static str,
    /// The day it was written, in words.
    pub date: String,
    /// The day for machines; empty where unknown.
    pub datetime: String,
    /// Whether it is a draft.
    pub draft: bool,
    /// Stages of its model, in the model's order; those without a heading have no link.
    pub stages: Vec<StageView>,
    /// The model's title; empty where it has none.
    pub model: String,
    /// The text, as HTML.
    pub body: String,
    /// What it claims.
    pub claims: Vec<EntryClaim>,
    /// Names and values that belong to its type.
    pub details: Vec<Detail>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// What the learner will do.
    pub actions: Vec<ActionView>,
    /// Decisions, oldest first.
    pub decisions: Vec<DecisionView>,
    /// What a decision about it is composed from, on the page itself; none where nobody is to decide here.
    pub deciding: Option<Deciding>,
    /// Whether the author states that it is anonymised.
    pub anonymised: bool,
    /// The entry before it.
    pub previous: Option<Link>,
    /// The entry after it.
    pub next: Option<Link>,
}

/// One stage in the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct StageView {
    /// Its name.
    pub name: String,
    /// Its place on the page; empty where it has no heading.
    pub href: String,
    /// Where it stands on the drawn cycle, from the left, of 100.
    pub x: i32,
    /// And from the top, of 100.
    pub y: i32,
}

/// One criterion beside the text.
#[derive(Clone, Debug, Serialize)]
pub struct EntryClaim {
    /// Its code.
    pub code: String,
    /// The code as a decision file names it: with its standard where another has the same.
    pub key: String,
    /// Its page.
    pub href: String,
    /// Its statement.
    pub text: String,
    /// Its state.
    pub state: &'static str,
    /// What is decided about this claim, in words.
    pub verdict: String,
    /// The learner's reason.
    pub justification: String,
    /// The passages, as places on the page.
    pub passages: Vec<Link>,
    /// Whether nothing else counts for it.
    pub only: bool,
}

/// A name and a value.
#[derive(Clone, Debug, Serialize)]
pub struct Detail {
    /// The name.
    pub name: &'static str,
    /// The value.
    pub value: String,
}

/// A file.
#[derive(Clone, Debug, Serialize)]
pub struct AttachmentView {
    /// Where it is; empty where it is not on the site.
    pub src: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// What a person who cannot see it should know.
    pub alt: String,
    /// Words under it.
    pub caption: String,
    /// Why it is not on the site; empty where it is.
    pub withheld: &'static str,
    /// What kind of document it is and how large, as in `PDF, 84 kB`; empty for a picture.
    pub document: String,
    /// What the document is called where it is saved.
    pub name: String,
    /// What the document carries beside what it shows, as in `author, 2 comments or marks`; empty for nothing.
    pub carries: String,
    /// The document's SHA-256 in hexadecimal digits; empty for a picture.
    pub sha256: String,
}

/// Something the learner will do.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// What.
    pub what: String,
    /// By when, in words; empty where no day is set.
    pub by: String,
    /// `open`, `late` or `done`.
    pub state: &'static str,
    /// When it was done, in words.
    pub done: String,
    /// The entry that closes it.
    pub closed_by: Option<Link>,
}

impl EntryPage {
    /// The page of the entry at `at`.
    #[must_use]
    pub fn new(scene: &Scene<'_>, from: &SitePath, at: usize) -> Self {
        let entry = &scene.portfolio.entries[at];
        let place = scene.visible.binary_search(&at).unwrap_or(0);
        let link = |at: usize| Link {
            href: from.link_to(scene.routes.entry(at)),
            label: scene.portfolio.entries[at].title.clone(),
        };
        Self {
            title: entry.title.clone(),
            kind: entry.kind.title(),
            date: entry
                .date
                .map_or_else(|| "date unknown".to_owned(), in_words),
            datetime: entry.date.map_or_else(String::new, |date| date.to_string()),
            draft: entry.status == Status::Draft,
            stages: stages(scene, entry),
            model: entry.model.map_or_else(String::new, |model| {
                scene.portfolio.models[model].title.clone()
            }),
            body: entry_body(scene, from, at, None),
            claims: claims(scene, from, at),
            details: details(scene, entry),
            attachments: entry
                .attachments
                .iter()
                .map(|one| attachment(scene, from, entry, one))
                .collect(),
            actions: actions(scene, from, entry),
            decisions: decisions(scene, entry),
            deciding: Deciding::new(scene, at),
            anonymised: entry.anonymised,
            previous: place.checked_sub(1).map(|at| link(scene.visible[at])),
            next: scene.visible.get(place + 1).map(|&next| link(next)),
        }
    }
}

fn stages(scene: &Scene<'_>, entry: &Entry) -> Vec<StageView> {
    let Some(model) = entry.model.map(|model| &scene.portfolio.models[model]) else {
        return Vec::new();
    };
    let view = |(at, stage): (usize, &crate::model::StageModel)| {
        let found = entry.stages.iter().find(|found| found.stage == at);
        let anchor = found.map(|found| &entry.body.sections[found.section].anchor);
        let (x, y) = on_the_cycle(at, model.stages.len());
        StageView {
            x,
            y,
            name: stage.name.value.clone(),
            href: anchor.map_or_else(String::new, |anchor| ["#", anchor].concat()),
        }
    };
    let is_shown = |stage: &StageView| scene.disclosure.states || !stage.href.is_empty();
    model
        .stages
        .iter()
        .enumerate()
        .map(view)
        .filter(is_shown)
        .collect()
}

/// The place of one of several stages on a circle that begins at the top and goes with the clock.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a handful of stages, and whole hundredths"
)]
fn on_the_cycle(stage: usize, stages: usize) -> (i32, i32) {
    let angle = std::f64::consts::TAU * stage as f64 / stages as f64;
    let (sin, cos) = angle.sin_cos();
    (
        (50.0 + 38.0 * sin).round() as i32,
        (50.0 - 38.0 * cos).round() as i32,
    )
}

/// The text of the entry at `at`, for its own page, or for a pack in which entries have these numbers.
pub fn entry_body(scene: &Scene<'_>, from: &SitePath, at: usize, pack: Option<&Numbers>) -> String {
    let entry = &scene.portfolio.entries[at];
    let anchors: Vec<&str> = entry
        .body
        .sections
        .iter()
        .map(|section| section.anchor.as_str())
        .collect();
    let number = pack.and_then(|numbers| numbers.of(at));
    // A text that is no longer what was judged is not shown; whoever builds is told.
    let text = scene.texts.text(&entry.path).unwrap_or_default();
    // Where nobody knows where the front matter ends, the day of the event may stand in the text.
    let text = if entry.unread {
        blanked(&text, &entry.masked).into()
    } else {
        text
    };
    let lines = scene.live.map(|_| LineIndex::new(&text));
    let known = OnceCell::new();
    let around = EntrySurroundings {
        scene,
        from,
        entry,
        pack,
        number,
        lines,
        text: &text,
        anchors: known,
    };
    markup::to_html(
        entry.body.span.of(&text),
        &entry.body.passages,
        &anchors,
        &around,
    )
}

struct EntrySurroundings<'a> {
    scene: &'a Scene<'a>,
    from: &'a SitePath,
    entry: &'a Entry,
    pack: Option<&'a Numbers>,
    /// The entry's number in the pack.
    number: Option<usize>,
    lines: Option<LineIndex>,
    text: &'a str,
    /// What links to places on the page can name.
    anchors: OnceCell<HashSet<&'a str>>,
}

impl Surroundings for EntrySurroundings<'_> {
    fn link(&self, target: &str) -> Option<String> {
        if ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| target.to_lowercase().starts_with(scheme))
        {
            // Where a sign in it ends a line, a browser leaves it out and goes elsewhere.
            return (!target.contains(char::is_control)).then(|| target.to_owned());
        }
        let (path, fragment) = target
            .split_once('#')
            .map_or((target, None), |(path, part)| (path, Some(part)));
        if path.starts_with("//") {
            return None;
        }
        if path.is_empty() {
            let anchors = self.anchors.get_or_init(|| self.entry.body.anchors());
            let known = fragment.filter(|fragment| anchors.contains(fragment));
            return known.map(|fragment| format!("#{}", self.anchor(fragment)));
        }
        let index = &self.scene.portfolio.index;
        let at = match path.strip_prefix("entry:") {
            Some(id) => index.by_id(id),
            None => self
                .entry
                .path
                .join(path)
                .and_then(|path| index.by_path(&path)),
        };
        let at = at.filter(|&at| self.scene.may_see(at))?;
        if let Some(numbers) = self.pack {
            return numbers.of(at).map(|number| format!("#e{number}"));
        }
        Some(self.from.link_to(self.scene.routes.entry(at)))
    }

    fn picture(&self, target: &str) -> Option<Picture> {
        let published = self.scene.pictures.get(&self.entry.path.join(target)?)?;
        if published.document.is_some() {
            return None;
        }
        Some(Picture {
            src: published.link_from(self.from),
            width: published.width,
            height: published.height,
        })
    }

    fn anchor(&self, anchor: &str) -> String {
        self.number
            .map_or_else(|| anchor.to_owned(), |number| format!("e{number}-{anchor}"))
    }

    fn line(&self, at: usize) -> Option<usize> {
        let body = &self.entry.body;
        self.lines
            .as_ref()
            .map(|lines| lines.place(self.text, body.span.start + at).line)
    }

    fn heading_shift(&self) -> u8 {
        u8::from(self.number.is_some())
    }

    fn codes(&self, passage: &Passage) -> Vec<(String, String)> {
        let applies = passage
            .criteria
            .iter()
            .filter(|&&id| self.scene.coverage.line(id).is_some());
        let label = |&id: &crate::model::CriterionId| {
            let code = self.scene.portfolio.catalogue.code(id).to_string();
            let href = match self.pack {
                Some(_) => format!("#{}", annex_anchor(self.scene, id)),
                None => self.from.link_to(self.scene.routes.criterion(id)),
            };
            (code, href)
        };
        applies.map(label).collect()
    }
}

fn claims(scene: &Scene<'_>, from: &SitePath, at: usize) -> Vec<EntryClaim> {
    let entry = &scene.portfolio.entries[at];
    let catalogue = &scene.portfolio.catalogue;
    let mut claims = Vec::new();
    for (claim, known) in scene.coverage.of_claims(at, &entry.claims) {
        let Some((line, piece)) = known else {
            continue;
        };
        let criterion = catalogue.criterion(claim.criterion);
        let passage = |&at: &usize| {
            let passage = &entry.body.passages[at];
            Link {
                href: ["#", &passage.anchor].concat(),
                label: format!("¶{}", passage.paragraph),
            }
        };
        claims.push(EntryClaim {
            code: criterion.code.value.to_string(),
            key: scene.file_code(claim.criterion),
            href: from.link_to(scene.routes.criterion(claim.criterion)),
            text: statement(&criterion.text),
            state: if scene.disclosure.states {
                shown_state(line)
            } else {
                ""
            },
            verdict: standing(scene, claim.criterion, piece),
            justification: claim.justification().unwrap_or_default().to_owned(),
            passages: claim.passages.iter().map(passage).collect(),
            only: scene.disclosure.states && line.stands_on(piece),
        });
    }
    claims
}

/// Shared with packs.
pub fn details(scene: &Scene<'_>, entry: &Entry) -> Vec<Detail> {
    let mut details = Vec::new();
    let mut add = |name: &'static str, value: Option<String>| {
        details.extend(
            value
                .filter(|value| !value.is_empty())
                .map(|value| Detail { name, value }),
        );
    };
    if let Some(witness) = &entry.witness {
        add("Witness", witness.role.clone());
        add("Organisation", witness.organisation.clone());
        add("Relationship", witness.relationship.clone());
    }
    if let Some(practice) = &entry.practice {
        add("Treatment", practice.treatment.clone());
        add("Area", practice.area.clone());
        add("Device", practice.device.clone());
        add(
            "Depth",
            practice
                .depth_mm
                .as_ref()
                .map(|depth| format!("{depth} mm")),
        );
        add("Batch numbers", Some(practice.batch_numbers.join(", ")));
        add("Adverse reactions", practice.adverse_reactions.clone());
        add(
            "Outcome measures",
            Some(practice.outcome_measures.join("; ")),
        );
    }
    if let Some(cpd) = &entry.cpd {
        add("Activity", cpd.activity.clone());
        add("Provider", cpd.provider.clone());
        add("Influence on practice", cpd.influence_on_practice.clone());
    }
    if let Some(work) = &entry.assignment {
        add("Unit", work.unit.clone());
        let work = if scene.disclosure.feedback {
            work.as_ref()
        } else {
            &Assignment::default()
        };
        add("Mark", work.mark_percent.map(|mark| format!("{mark} %")));
        add("Attempt", work.attempt.map(|attempt| attempt.to_string()));
    }
    let off = if entry.off_the_job {
        " (off the job)"
    } else {
        ""
    };
    let hours = entry.hours.filter(|_| scene.disclosure.states);
    add("Hours", hours.map(|hours| format!("{hours}{off}")));
    details
}

/// Shared with packs.
pub fn attachment(
    scene: &Scene<'_>,
    from: &SitePath,
    entry: &Entry,
    attachment: &Attachment,
) -> AttachmentView {
    let published = published(scene, attachment);
    let document = published.and_then(|published| published.document.as_ref());
    AttachmentView {
        src: published.map_or_else(String::new, |published| published.link_from(from)),
        width: published.map_or(0, |published| published.width),
        height: published.map_or(0, |published| published.height),
        alt: attachment.alt.clone().unwrap_or_default(),
        caption: attachment.caption.clone().unwrap_or_default(),
        withheld: why_not_shown(scene, entry, attachment).unwrap_or_default(),
        document: document.map_or_else(String::new, |document| {
            format!(
                "{}, {} kB",
                document.kind.title(),
                document.bytes.div_ceil(1000)
            )
        }),
        name: document.map_or_else(String::new, |document| document.name.clone()),
        carries: document.map_or_else(String::new, |document| document.carries.clone()),
        sha256: document.map_or_else(String::new, |document| document.sha256.clone()),
    }
}

fn published<'a>(scene: &'a Scene<'_>, attachment: &Attachment) -> Option<&'a Published> {
    let path = SourcePath::new("portfolio/portfolio.yaml").join(&attachment.file.value)?;
    scene.pictures.get(&path)
}

/// Why an attachment of an entry is not on the site, or not in a page that stands alone; none where it is.
#[must_use]
pub fn why_not_shown(
    scene: &Scene<'_>,
    entry: &Entry,
    attachment: &Attachment,
) -> Option<&'static str> {
    if let Some(published) = published(scene, attachment) {
        return published
            .site_path
            .is_empty()
            .then_some("is a document beside this page: the site has it");
    }
    let withheld = publish::withheld(
        scene.portfolio,
        entry,
        attachment,
        scene.audience,
        scene.coverage.as_of,
    );
    Some(withheld.map_or(
        "left out: the file is missing, was changed meanwhile, or no clean copy of it can be made",
        |why| why.words(),
    ))
}

fn actions(scene: &Scene<'_>, from: &SitePath, entry: &Entry) -> Vec<ActionView> {
    // What is late is nobody's business but of those who assess.
    if !scene.disclosure.feedback {
        return Vec::new();
    }
    let view = |action: &crate::model::Action| {
        let closing = action
            .closed_by
            .as_ref()
            .and_then(|id| scene.portfolio.index.by_id(&id.value));
        ActionView {
            what: action.what.value.clone(),
            by: action.by.map_or_else(String::new, in_words),
            state: ActionState::of(scene.portfolio, entry, action, scene.coverage.as_of).word(),
            done: action.done.map_or_else(String::new, in_words),
            closed_by: closing.filter(|&at| scene.may_see(at)).map(|at| Link {
                href: from.link_to(scene.routes.entry(at)),
                label: scene.portfolio.entries[at].title.clone(),
            }),
        }
    };
    entry.actions.iter().map(view).collect()
}
