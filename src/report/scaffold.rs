//! An entry to begin with: its front matter, its stages, and questions that vanish from the site.

use std::fmt::Write;

use jiff::civil::Date;

use crate::model::{EntryType, ReflectionModel, Word};

/// What is known of an entry before a word of it is written.
#[derive(Clone, Debug)]
pub struct Scaffold<'a> {
    /// Its title.
    pub title: &'a str,
    /// The day it is written.
    pub date: Date,
    /// What kind of evidence it is.
    pub kind: EntryType,
    /// The model of a reflection.
    pub model: Option<&'a ReflectionModel>,
    /// What decisions and links will call it.
    pub id: &'a str,
    /// Codes that it is to evidence, as they are written.
    pub codes: &'a [String],
}

/// The text of a new entry. It is a draft: it counts for nothing until its author says otherwise.
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
    line("anonymised: false             # true, when nobody can be recognised in it".to_owned());
    for key in details(new.kind) {
        line((*key).to_owned());
    }
    line("---".to_owned());
    body(new, &mut out);
    out
}

/// Keys that belong to a type, to be filled in.
fn details(kind: EntryType) -> &'static [&'static str] {
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

fn body(new: &Scaffold<'_>, out: &mut String) {
    let example = new
        .codes
        .first()
        .map_or("K7", |code| code.rsplit(':').next().unwrap_or(code));
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "\n<!-- Notes between these signs are for you: nobody else ever sees them.\n     \
         To show where a code is proven, put the words in brackets: [the exact words](ksb:{example}) -->\n"
    );
    let Some(model) = new.model else {
        let _ = write!(
            out,
            "\n<!-- What happened, what did you do yourself, and what does it show? -->\n"
        );
        return;
    };
    for stage in &model.stages {
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

/// A text as a YAML value in double quotes: JSON's rules for them are YAML's.
#[must_use]
pub fn quoted(text: &str) -> String {
    // A text cannot fail to serialise.
    serde_json::to_string(text).unwrap_or_default()
}
