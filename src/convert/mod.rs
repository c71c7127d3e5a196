//! Documents into entries: the text of a Word, OpenDocument, Markdown or plain text file as the body of
//! a draft, with its title, its day and its pictures. Nothing is read or written here.

mod dates;
mod escape;
mod foreign;
mod format;
mod markdown;
mod marks;
mod plain;
mod spelling;
mod stages;
mod standard;
mod template;
mod title;
mod types;

use std::fmt::Write;

use jiff::civil::Date;

use crate::document::{LeftBehind, Manuscript, TextBlock, TextLook, TextPicture, TextPiece};
use crate::model::{EntryType, ReflectionModel};
use crate::text::{decode, listed};
use foreign::ForeignText;
pub use foreign::PictureSource;
pub use format::{ImportFormat, recognise, refusal_sentence, zip_sentence};
use marks::{MARKS, description};
pub use standard::{
    DelimitedText, DutyDraft, ReadingProblem, StandardDraft, StandardReading, StatementCode,
    StatementDraft, StatementKind, read_delimited, read_feed, read_tables,
};
pub use types::find_named_type;

/// The id of the model for texts whose headings name no stage.
const DEFAULT_MODEL: &str = "gibbs";

/// A document as the body of an entry.
#[derive(Clone, Debug, Default)]
pub struct Conversion {
    /// Its title; `None` if the name of its file has to do.
    pub title: Option<String>,
    /// The day on which it was written.
    pub date: Option<FoundDate>,
    /// The body in Markdown, with a mark for each picture.
    pub body: String,
    /// The pictures, in the order of their marks.
    pub pictures: Vec<TextPicture>,
    /// Lines of front matter that it had as an entry of this program.
    pub own_keys: Option<String>,
    /// The index of its reflection model.
    pub model: Option<usize>,
    /// The stages of the model that have a heading.
    pub stages: Vec<usize>,
    /// The type of evidence that it calls itself, if that is no reflection.
    pub named_type: Option<EntryType>,
    /// Lines of text that were made headings.
    pub made_headings: Vec<String>,
    /// Contents that are not in the body.
    pub left: LeftBehind,
    /// Remarks for the learner.
    pub remarks: Vec<String>,
}

/// A day, and where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// The day.
    pub day: Date,
    /// Whether a person gave it, in the text or when asked; else it is from the file's properties.
    pub is_given: bool,
}

/// The models of a portfolio, and the one that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct ModelChoice<'a> {
    /// All models.
    pub models: &'a [ReflectionModel],
    /// The index of the one that was asked for.
    pub wanted: Option<usize>,
    /// Whether the entries are reflections at all.
    pub is_reflection: bool,
}

/// Converts a Word or OpenDocument text.
#[must_use]
pub fn convert_manuscript(manuscript: Manuscript, choice: ModelChoice<'_>) -> Conversion {
    let saved = manuscript.saved.as_deref().and_then(dates::read_date);
    let mut conversion = convert_blocks(manuscript.blocks, &manuscript.notes, choice);
    conversion.date = conversion.date.or(saved.map(|day| FoundDate {
        day,
        is_given: false,
    }));
    conversion.pictures = manuscript.pictures;
    conversion.left = manuscript.left;
    conversion
}

/// Converts a text in any encoding. `name` is that of its file.
///
/// # Errors
/// A sentence that says why it is not read.
pub fn convert_text(
    name: &str,
    bytes: &[u8],
    choice: ModelChoice<'_>,
    find_picture: &mut PictureSource<'_>,
) -> Result<Conversion, String> {
    let text = decode(bytes)
        .ok_or("it is not text in an encoding that is read here: save it as plain text in UTF-8")?;
    let text = text.replace("\r\n", "\n");
    let text = text.replace(['\r', '\u{b}', '\u{c}'], "\n");
    let text = text.replace(MARKS, "");
    let lower = name.to_lowercase();
    let is_named = [".md", ".markdown", ".mdown", ".mkd"]
        .iter()
        .any(|ending| lower.contains(ending));
    if is_named || plain::is_markdown(&text) {
        Ok(convert_markdown(&text, choice, find_picture))
    } else {
        Ok(convert_blocks(plain::blocks(&text), &[], choice))
    }
}

fn convert_markdown(
    text: &str,
    choice: ModelChoice<'_>,
    find_picture: &mut PictureSource<'_>,
) -> Conversion {
    let foreign = foreign::read(text, find_picture);
    let remarks = foreign_remarks(&foreign);
    let headings = foreign::headings(&foreign.body);
    let as_heading = |words: &String| TextBlock::Heading {
        level: 2,
        text: vec![TextPiece::Words {
            text: words.clone(),
            look: TextLook::default(),
            link: None,
        }],
    };
    let blocks: Vec<TextBlock> = headings.iter().map(as_heading).collect();
    let model = choice.model_for(&blocks);
    let mut stages: Vec<usize> = model
        .map(|at| &choice.models[at])
        .map(|model| {
            headings
                .iter()
                .filter_map(|words| stages::find_stage(model, words))
                .collect()
        })
        .unwrap_or_default();
    stages.sort_unstable();
    stages.dedup();
    Conversion {
        title: foreign.title,
        date: foreign.date.map(|day| FoundDate {
            day,
            is_given: true,
        }),
        body: foreign.body,
        pictures: foreign.pictures,
        own_keys: foreign.own_keys,
        model,
        stages,
        named_type: None,
        made_headings: Vec::new(),
        left: foreign.left,
        remarks,
    }
}

/// What there is to know about Markdown of another program.
fn foreign_remarks(foreign: &ForeignText) -> Vec<String> {
    let mut remarks = Vec::new();
    if !foreign.dropped_keys.is_empty() {
        let keys: Vec<&str> = foreign.dropped_keys.iter().map(String::as_str).collect();
        remarks.push(format!(
            "its front matter is left out but for title and date: {}",
            listed(&keys)
        ));
    }
    if foreign.links > 0 {
        remarks.push(format!(
            "links to other files are plain words now: {}",
            foreign.links
        ));
    }
    remarks
}

fn convert_blocks(
    blocks: Vec<TextBlock>,
    notes: &[Vec<TextBlock>],
    choice: ModelChoice<'_>,
) -> Conversion {
    let models = choice.models.iter();
    let is_stage = |words: &str| {
        choice.is_reflection
            && models
                .clone()
                .any(|model| stages::find_stage(model, words).is_some())
    };
    let day = dates::find_date(&blocks);
    let mut blocks = plain::mark_items(template::unfold_templates(blocks, &is_stage));
    let title = title::take_title(&mut blocks, &is_stage);
    let model = choice.model_for(&blocks);
    let stage_model = model.map(|at| &choice.models[at]);
    let (blocks, found) = stages::mark_stages(blocks, stage_model);
    Conversion {
        title,
        date: day.map(|day| FoundDate {
            day,
            is_given: true,
        }),
        body: markdown::write_markdown(&blocks, notes),
        model,
        stages: found.found,
        made_headings: found.made,
        ..Conversion::default()
    }
}

impl ModelChoice<'_> {
    /// The model of a text; `None` if it is no reflection.
    fn model_for(self, blocks: &[TextBlock]) -> Option<usize> {
        let is_default = |model: &ReflectionModel| model.id.value == DEFAULT_MODEL;
        let default = self.models.iter().position(is_default);
        let chosen = stages::choose_model(
            blocks,
            self.models,
            self.wanted,
            default.unwrap_or_default(),
        );
        chosen.filter(|_| self.is_reflection)
    }
}

impl Conversion {
    /// Puts a comment with the model's stages before a text that has none of them.
    pub fn propose_stages(&mut self, models: &[ReflectionModel]) {
        let needs_stages = self.stages.is_empty() && !self.body.trim().is_empty();
        let Some(model) = self.model.map(|at| &models[at]).filter(|_| needs_stages) else {
            return;
        };
        let names: Vec<String> = model
            .stages
            .iter()
            .map(|stage| format!("## {}", stage.name.value.replace("--", "–")))
            .collect();
        self.body = format!(
            "<!-- The text as it was. Put these headings where each part begins, in this order:\n{}\n-->\n\n{}",
            names.join("\n"),
            self.body.trim_start()
        );
    }

    /// The body with a picture for each mark: `paths` has the path of each, as the entry names it.
    #[must_use]
    pub fn body_with(&self, paths: &[String]) -> String {
        let mut out = String::with_capacity(self.body.len());
        let mut parts = self.body.split(MARKS[0]);
        out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let (number, after) = part.split_once(MARKS[1]).unwrap_or(("", part));
            let at = number.parse::<usize>().ok();
            if let Some((path, picture)) =
                at.and_then(|at| paths.get(at).zip(self.pictures.get(at)))
            {
                let alt = description(&picture.alt);
                // A picture that is lost leaves its description.
                if path.is_empty() {
                    out.push_str(&alt);
                } else {
                    // Writing to a string cannot fail.
                    let _ = write!(out, "![{alt}]({path})");
                }
            }
            out.push_str(after);
        }
        out
    }
}
