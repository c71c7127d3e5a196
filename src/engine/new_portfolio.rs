//! Writes a new portfolio: settings, examples, and settings for editors.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::json;

use super::EngineError;
use super::clock::today;
use super::decide::code_in_files;
use super::lock_standards::renewed;
use super::pipeline::{Pipeline, StarterFile};
use super::snapshot::{OpenOptions, Snapshot};
use super::standards::standard_titles;
use crate::files::{ChangeSet, Conflict};
use crate::layout;
use crate::model::Word;
use crate::parse::keys;
use crate::report::{Offered, SchemaOf, quoted, schema};
use crate::store::{self, CommitError, DiskFiles, OverlaidFiles, Overlay};
use crate::text::{SourcePath, nearest};

/// Examples, each with the code that it claims. Another code takes its place if the portfolio's
/// standards do not have it.
const EXAMPLES: [(&str, &str, &str); 2] = [
    (
        "portfolio/entries/example-reflection.md",
        include_str!("starter/example-reflection.md"),
        "K3",
    ),
    (
        "portfolio/entries/example-cpd.md",
        include_str!("starter/example-cpd.md"),
        "K9",
    ),
];

const FIXED: [(&str, &str); 2] = [
    (".gitignore", include_str!("starter/gitignore")),
    (
        ".vscode/extensions.json",
        "{ \"recommendations\": [\"redhat.vscode-yaml\"] }\n",
    ),
];

/// Files that a schema belongs to, as editors match them.
const WIRED: [(SchemaOf, &str); 4] = [
    (SchemaOf::Portfolio, "portfolio/portfolio.yaml"),
    (SchemaOf::Decisions, "portfolio/decisions/**/*.yaml"),
    (SchemaOf::Consents, "portfolio/consents.yaml"),
    (SchemaOf::Standard, "standards/*.yaml"),
];

/// What a portfolio begins with.
#[derive(Clone, Debug)]
pub struct NewPortfolio {
    /// The learner's name on pages.
    pub learner: String,
    /// Ids of standards.
    pub standards: Vec<String>,
    /// The first day of the programme.
    pub start: Option<Date>,
    /// The planned last day.
    pub end: Option<Date>,
}

/// Whether there is a portfolio in a folder.
///
/// # Errors
/// The folder cannot be searched.
pub fn has_portfolio(root: &Path) -> Result<bool, EngineError> {
    Ok(store::is_taken(&root.join(layout::SETTINGS))?)
}

/// Writes a portfolio, and a pipeline if one is wanted: all files that are not there yet, or none.
///
/// # Errors
/// There is a portfolio or a pipeline already, no standard has an id, the programme ends before it
/// begins, or a file cannot be written.
pub fn create_portfolio(
    root: &Path,
    new: &NewPortfolio,
    pipeline: Option<&Pipeline>,
) -> Result<Vec<StarterFile>, EngineError> {
    let titles = standard_titles(Some(root))?;
    check(new, &titles)?;
    let settings = settings(new);
    let snapshot = preview(root, &settings)?;
    let offered = Offered::new(&snapshot.portfolio.catalogue, titles);
    let mut files = vec![(layout::SETTINGS.to_owned(), settings)];
    files.extend(examples(&snapshot));
    let day = today(&snapshot.portfolio.settings);
    let lock = renewed(&snapshot.portfolio.lock, day);
    files.push((layout::LOCK.to_owned(), lock));
    files.extend(FIXED.map(|(path, text)| (path.to_owned(), text.to_owned())));
    files.extend(editor_files(&offered));
    let mut changes = ChangeSet::default();
    let mut starters = Vec::new();
    for (path, text) in files {
        let is_settings = path == layout::SETTINGS;
        let path = SourcePath::new(&path);
        let is_kept = !is_settings && store::is_taken(&root.join(path.as_str()))?;
        if !is_kept {
            changes.create(&path, text);
        }
        starters.push(StarterFile { path, is_kept });
    }
    if let Some(pipeline) = pipeline {
        starters.push(pipeline.add_to(root, &mut changes)?);
    }
    match store::commit(root, &changes) {
        Ok(()) => Ok(starters),
        Err(CommitError::Conflict(Conflict::Exists(path))) if path.as_str() == layout::SETTINGS => {
            Err(refuse_second(root))
        }
        Err(error) => Err(error.into()),
    }
}

/// The refusal to begin a portfolio where there is one.
#[must_use]
pub fn refuse_second(root: &Path) -> EngineError {
    let help = "write the next entry with `ksbfolio new`, or add a pipeline with --ci github";
    let message = format!("there is a portfolio in {} already", root.display());
    EngineError::refused(message, help)
}

fn check(new: &NewPortfolio, known: &[(String, String)]) -> Result<(), EngineError> {
    for id in &new.standards {
        if !known.iter().any(|(known, _)| known == id) {
            let help = nearest(id, known.iter().map(|(id, _)| id.as_str()));
            let help = help.map_or_else(
                || "`ksbfolio standards` lists them".to_owned(),
                |near| format!("did you mean {near}?"),
            );
            let message = format!("no standard is called `{id}`");
            return Err(EngineError::refused(message, help));
        }
    }
    match (new.start, new.end) {
        (Some(start), Some(end)) if end <= start => Err(EngineError::refused(
            format!("the programme would end on {end}, before it begins on {start}"),
            "turn the dates round",
        )),
        _ => Ok(()),
    }
}

fn settings(new: &NewPortfolio) -> String {
    let date = |name: &str, date: Option<Date>, example: &str| match date {
        Some(date) => format!("{name}: {date}"),
        None => format!("# {name}: {example}"),
    };
    include_str!("starter/portfolio.yaml")
        .replace("LEARNER", &quoted(&new.learner))
        .replace("STANDARDS", &new.standards.join(", "))
        .replace("START", &date("start", new.start, "2026-09-01"))
        .replace("END", &date("planned_end", new.end, "2028-02-29"))
}

/// The portfolio of a folder as it would be with these settings.
fn preview(root: &Path, settings: &str) -> Result<Snapshot, EngineError> {
    let overlay = Overlay::default().write(layout::SETTINGS, settings);
    let files = OverlaidFiles::new(Arc::new(DiskFiles::new(root)), overlay);
    Snapshot::open_files(Arc::new(files), &OpenOptions::new(root))
}

/// The examples, with codes of the portfolio's standards.
fn examples(project: &Snapshot) -> Vec<(String, String)> {
    let catalogue = &project.portfolio.catalogue;
    let is_plain = |code: &String| {
        code.chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "-:".contains(letter))
    };
    let codes = catalogue.criteria();
    let codes: Vec<String> = codes.map(|id| code_in_files(project, id)).collect();
    let mut others = codes.iter().filter(|code| is_plain(code)).cycle();
    let example = |(path, text, code): (&str, &str, &str)| {
        let own = codes.iter().any(|known| known == code);
        let other = others.next().filter(|_| !own);
        let text = other.map_or_else(|| text.to_owned(), |other| text.replace(code, other));
        (path.to_owned(), text)
    };
    EXAMPLES.map(example).into()
}

/// Settings with which editors complete keys and codes.
fn editor_files(offered: &Offered) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut wired = serde_json::Map::new();
    for (of, matched) in WIRED {
        let path = format!(".vscode/ksbfolio/{}.json", of.word());
        wired.insert(format!("./{path}"), json!(matched));
        files.push((path, schema(of, offered)));
    }
    let settings = json!({
        "yaml.schemas": wired,
        "[markdown]": { "editor.quickSuggestions": { "other": true }, "editor.wordWrap": "on" },
    });
    let snippets = snippets(offered);
    files.push((".vscode/settings.json".to_owned(), pretty(&settings)));
    let path = ".vscode/ksbfolio.code-snippets";
    files.push((path.to_owned(), pretty(&snippets)));
    files
}

/// Snippets for keys and codes of entries: editors do not apply schemas to Markdown.
fn snippets(offered: &Offered) -> serde_json::Value {
    let mut all = serde_json::Map::new();
    for (code, text) in &offered.codes {
        let snippet = json!({
            "scope": "markdown",
            "prefix": [code, format!("ksb:{code}")],
            "body": format!("[${{1:the exact words}}](ksb:{code})"),
            "description": text,
        });
        all.insert(code.clone(), snippet);
    }
    for key in keys::ENTRY {
        let snippet = json!({
            "scope": "markdown",
            "prefix": format!("{}:", key.name),
            "body": format!("{}: $1", key.name),
            "description": key.says,
        });
        all.insert(format!("{}:", key.name), snippet);
    }
    all.into()
}

fn pretty(value: &serde_json::Value) -> String {
    // Serialising a JSON value cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
