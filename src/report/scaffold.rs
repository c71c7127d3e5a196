//! The text of a new entry: front matter, stages, and questions in comments.

use std::fmt::Write;

use jiff::civil::Date;

use crate::model::{EntryType, ReflectionModel, Word};

/// The properties of a new entry.
#[derive(Clone, Debug)]
pub struct Scaffold<'a> {
    /// The title.
    pub title: &'a str,
    /// The date.
    pub date: Date,
    /// The type of evidence.
    pub kind: EntryType,
    /// The reflection model, for reflections.
    pub model: Option<&'a ReflectionModel>,
    /// The id.
    pub id: &'a str,
    /// The claimed codes, as typed.
    pub codes: &'a [String],
    /// Whether a note says how to write in the file.
    pub with_note: bool,
}

/// The text of a new entry, with the status `draft`.
#[must_use]
pub fn scaffold(new: &Scaffold<'_>) -> String {
    let mut out = String::from("---\n");
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(format!("title: {}", quoted(new.title)));
    line(format!("date: {}", new.date));
    line("# event_date: the day it happened; used for checks, never published".to_owned());
    line(format!("type: {}", new.kind.word()));
    if let Some(model) = new.model {
        line(format!("model: {}", model.id.value));
    }
    line("status: draft                 # submitted, when it is ready to be assessed".to_owned());
    line(format!("id: {}", new.id));
    line(format!("ksbs: [{}]", new.codes.join(", ")));
    line("# hours: 1.5".to_owned());
    line("anonymised: false             # true, if no person can be recognised in it".to_owned());
    for key in type_keys(new.kind) {
        line((*key).to_owned());
    }
    line("---".to_owned());
    write_body(new, &mut out);
    out
}

/// The keys of a type, to be filled in.
fn type_keys(kind: EntryType) -> &'static [&'static str] {
    match kind {
        EntryType::WitnessTestimony | EntryType::Observation => &[
            "witness: { role: \"\", organisation: \"\", relationship: \"\" }   # roles, never names",
        ],
        EntryType::PracticeRecord => &[
            "practice:",
            "  treatment: \"\"",
            "  area: \"\"",
            "  device: \"\"",
            "  depth_mm: \"\"",
            "  batch_numbers: []",
            "  adverse_reactions: \"\"",
            "  outcome_measures: []",
        ],
        EntryType::Cpd => &["cpd: { activity: \"\", provider: \"\", influence_on_practice: \"\" }"],
        EntryType::Assignment => {
            &["assignment: { unit: \"\" }     # then mark_percent and attempt"]
        }
        EntryType::Reflection
        | EntryType::Product
        | EntryType::CaseStudy
        | EntryType::ProfessionalDiscussion => &[],
    }
}

fn write_body(new: &Scaffold<'_>, out: &mut String) {
    if new.with_note {
        write_note(new, out);
    }
    let Some(model) = new.model else {
        return;
    };
    for stage in &model.stages {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n## {}\n\n", stage.name.value);
        if !stage.prompts.is_empty() {
            let _ = writeln!(
                out,
                "<!--\n{}\n-->",
                stage.prompts.join("\n").replace("--", "–")
            );
        }
    }
}

fn write_note(new: &Scaffold<'_>, out: &mut String) {
    let code = new.codes.first();
    let example = code.map_or("K7", |code| code.rsplit(':').next().unwrap_or(code));
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "\n<!-- Notes between these signs are for you and are never published.\n     \
         To show where a code is proven, put the words in brackets: [the exact words](ksb:{example}) -->\n"
    );
    if new.model.is_none() {
        out.push_str(
            "\n<!-- What happened, what did you do yourself, and what does it show? -->\n",
        );
    }
}

/// A double-quoted YAML scalar. JSON strings are valid YAML.
#[must_use]
pub fn quoted(text: &str) -> String {
    // Strings always serialise.
    serde_json::to_string(text).unwrap_or_default()
}
