//! Submitting an entry, and what keeps it from that.

use super::answers::{Obstacle, WriteAnswer};
use super::boxes::StagePart;
use super::current_file::CurrentFile;
use super::entry_answer::FieldFinding;
use super::page_text::PageText;
use super::place::{FieldPlaces, describe_findings};
use super::splice::{apply_edit, find_boxes};
use super::state::{Answered, WrittenPortfolio, answer_changed};
use crate::check::{RuleGroup, rules};
use crate::diagnostic::Findings;
use crate::edit::{Content, Edit, KeyPath};
use crate::engine::{self, EngineError, Snapshot};
use crate::model::{Attachment, Audience, Objection, Status, Word};
use crate::parse::{front_matter, yaml};
use crate::privacy::Kind;
use crate::store::Overlay;
use crate::text::{Source, SourcePath, listed};

/// Submits an entry, or lists what is in the way.
pub(super) fn submit(
    portfolio: &mut WrittenPortfolio,
    path: &SourcePath,
    hash: &str,
    anyway: bool,
) -> Answered {
    let file = portfolio.read_current(path)?;
    if file.hash != hash {
        return Ok(answer_changed(path, &file));
    }
    let findings = portfolio.check();
    let at = portfolio.find(path)?;
    let items = list_obstacles(portfolio.snapshot(), &findings, at, &file);
    if items.iter().any(|item| item.must || !anyway) {
        return Ok(WriteAnswer::InTheWay { items });
    }
    portfolio.rewrite(path, hash, None, &|project, text, _| {
        write_submitted(project, text)
    })
}

/// What keeps an entry from being submitted, and what is worth a look before.
fn list_obstacles(
    project: &Snapshot,
    findings: &Findings,
    at: usize,
    file: &CurrentFile,
) -> Vec<Obstacle> {
    let entry = &project.portfolio.entries[at];
    let front = &entry.front_matter;
    if front.unread {
        return vec![UNREAD.item()];
    }
    let attachments = &front.attachments;
    let has_uncleared = attachments.iter().any(Attachment::is_uncleared_picture);
    let is_empty = entry.body.words == 0;
    let before = [
        (entry.is_example, EXAMPLE),
        (front.date.is_none(), NO_DATE),
        (is_empty, NO_WORDS),
        (!front.anonymised, NOT_DECLARED),
        (has_uncleared, UNCLEARED_PICTURE),
    ];
    let mut items: Vec<Obstacle> = Vec::new();
    items.extend(
        before
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, one)| one.item()),
    );
    let boxes = find_boxes(project, &file.text, at);
    items.extend(entry.claims.is_empty().then(|| NO_CODES.item()));
    items.extend(list_findings(project, findings, at, file));
    let stages = boxes.stages.iter().filter(|_| !is_empty);
    let empty = stages.filter(|part| part.words == 0 && part.shares.is_none());
    items.extend(describe_empty(&empty.collect::<Vec<_>>()));
    items
}

/// The parts without words, as one item.
fn describe_empty(parts: &[&StagePart]) -> Option<Obstacle> {
    let titles: Vec<&str> = parts.iter().map(|part| part.title.as_str()).collect();
    let are = if parts.len() == 1 { "is" } else { "are" };
    parts.first().map(|first| Obstacle {
        message: format!("{} {are} empty.", listed(&titles)),
        field: format!("stage:{}", first.id),
        ..EMPTY_STAGE.item()
    })
}

/// Something that is in the way of every entry in which it is so.
struct CommonObstacle {
    what: &'static str,
    must: bool,
    message: &'static str,
    help: &'static str,
    field: &'static str,
}

const UNREAD: CommonObstacle = CommonObstacle {
    what: "unread",
    must: true,
    message: "The title, the day and the codes of this entry cannot be read.",
    help: "They are the first lines of “Show me the file”: ask your tutor to fix them.",
    field: "entry",
};

const EXAMPLE: CommonObstacle = CommonObstacle {
    what: "example",
    must: true,
    message: "This is an example that your portfolio began with, and not your own evidence.",
    help: "Write an entry of your own, then delete this one. Or make this one your own, and take out the sentence that says that it is an example.",
    field: "entry",
};

const NO_DATE: CommonObstacle = CommonObstacle {
    what: "no-date",
    must: true,
    message: "It has no day of writing.",
    help: "Fill in the day.",
    field: "date",
};

const NO_WORDS: CommonObstacle = CommonObstacle {
    what: "no-words",
    must: true,
    message: "Nothing is written yet.",
    help: "Write a few sentences first.",
    field: "entry",
};

const NOT_DECLARED: CommonObstacle = CommonObstacle {
    what: "confidentiality",
    must: true,
    message: "You have not confirmed that nobody can be recognised in it.",
    help: "Read it once more for names, places and dates. Then tick the box.",
    field: "anonymised",
};

const UNCLEARED_PICTURE: CommonObstacle = CommonObstacle {
    what: "consent",
    must: false,
    message: "A picture has no consent, and you have not said that it shows nobody.",
    help: "Name its consent, or confirm that nobody can be recognised in it.",
    field: "attachments",
};

const EMPTY_STAGE: CommonObstacle = CommonObstacle {
    what: "empty-stage",
    must: false,
    message: "A part is empty.",
    help: "Write a few sentences, or submit without them.",
    field: "entry",
};

const NO_CODES: CommonObstacle = CommonObstacle {
    what: "no-codes",
    must: true,
    message: "It shows no code yet, so it counts for nothing.",
    help: "Select words and say what they show.",
    field: "claims",
};

impl CommonObstacle {
    fn item(&self) -> Obstacle {
        Obstacle {
            what: self.what.to_owned(),
            must: self.must,
            message: self.message.to_owned(),
            help: Some(self.help.to_owned()),
            field: self.field.to_owned(),
            from: None,
            to: None,
        }
    }
}

/// The findings that matter for a submission.
fn list_findings(
    project: &Snapshot,
    findings: &Findings,
    at: usize,
    file: &CurrentFile,
) -> Vec<Obstacle> {
    let entry = &project.portfolio.entries[at];
    let boxes = find_boxes(project, &file.text, at);
    let page = PageText::new(&file.text);
    let source = Source::new(entry.path.as_str(), &file.text);
    let parts = front_matter::split(&file.text).ok();
    let front = parts.and_then(|parts| yaml::read(&source, parts.front_matter).ok());
    let places = FieldPlaces::new(entry, &boxes, front.as_ref(), &file.text);
    let own = findings.iter().filter(|one| one.place.path == entry.path);
    let described = describe_findings(own, entry, &places, &page);
    // Submitted with these, it would be withheld and count for nothing.
    let withheld = entry.withheld_from(Audience::Assessor);
    let withheld: Vec<&str> = withheld.map(Kind::rule).collect();
    let described = described.into_iter();
    described
        .filter_map(|finding| judge_finding(finding, &withheld))
        .collect()
}

/// A finding as something that is in the way; `None` if it is not.
fn judge_finding(finding: FieldFinding, withheld: &[&str]) -> Option<Obstacle> {
    let group = rules::find(&finding.rule).map(|rule| rule.group);
    let is_error = finding.level == "error" || withheld.contains(&finding.rule.as_str());
    let (what, must) = match group {
        _ if finding.rule == Objection::RULE => ("consent", true),
        // This is an item of its own.
        _ if finding.rule == "confidentiality-not-declared" => return None,
        Some(RuleGroup::Privacy) => ("identifier", is_error),
        _ if is_error => ("finding", true),
        _ => return None,
    };
    Some(Obstacle {
        what: what.to_owned(),
        must,
        message: finding.message,
        help: finding.help,
        field: finding.field,
        from: finding.from,
        to: finding.to,
    })
}

/// The text of an entry after it is submitted.
///
/// # Errors
/// Its front matter cannot be edited as it is written.
/// The portfolio with a draft submitted; `None` if it is no draft, or cannot be.
pub(super) fn with_submitted(project: &Snapshot, at: usize, text: &str) -> Option<Snapshot> {
    let entry = &project.portfolio.entries[at];
    if entry.front_matter.status != Status::Draft || entry.is_example {
        return None;
    }
    let text = write_submitted(project, text).ok()?;
    let overlay = Overlay::default().write(entry.path.as_str(), text);
    project.with(overlay).ok()
}

fn write_submitted(project: &Snapshot, text: &str) -> Result<String, EngineError> {
    let today = engine::day_of(&project.portfolio.settings);
    let set = |text: &str, key: &str, value: &str| {
        let (path, value) = (KeyPath::new(key), Content::text(value));
        apply_edit(text, &Edit::Set { path, value })
    };
    let text = set(text, "status", Status::Submitted.word())?;
    set(&text, "submitted", &today.to_string())
}
