//! `init`: a new portfolio, with settings for editors and a pipeline.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde_json::json;

use super::args::Init;
use super::console::Console;
use super::{CLEAN, CliError, ask, pipeline, schema};
use crate::engine::{self, OpenOptions, Snapshot};
use crate::layout::{CONSENTS, SETTINGS};
use crate::model::Word;
use crate::report::{self, Offered, SchemaOf, quoted};
use crate::store;
use crate::text::nearest;

const FIXED: [(&str, &str); 4] = [
    (
        "portfolio/entries/example-reflection.md",
        include_str!("starter/example-reflection.md"),
    ),
    (
        "portfolio/entries/example-cpd.md",
        include_str!("starter/example-cpd.md"),
    ),
    (".gitignore", include_str!("starter/gitignore")),
    (
        ".vscode/extensions.json",
        "{ \"recommendations\": [\"redhat.vscode-yaml\"] }\n",
    ),
];

/// Files that a schema belongs to, as editors match them.
const WIRED: [(SchemaOf, &str); 4] = [
    (SchemaOf::Portfolio, SETTINGS),
    (SchemaOf::Decisions, "portfolio/decisions/**/*.yaml"),
    (SchemaOf::Consents, CONSENTS),
    (SchemaOf::Standard, "standards/*.yaml"),
];

/// The answers that a portfolio begins with.
struct Answers {
    learner: String,
    standards: Vec<String>,
    start: Option<Date>,
    end: Option<Date>,
}

/// Writes files that do not exist yet. In an existing workspace, that is the pipeline alone.
pub fn run(command: &Init, console: &mut Console) -> Result<u8, CliError> {
    let root = command.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    let begun = store::is_taken(&root.join(SETTINGS))?;
    if begun && command.ci.is_none() {
        return Err(begun_already(&root));
    }
    let program = pipeline::Program::read(&command.pipeline)?;
    if !begun {
        let answers = answers(command)?;
        // The settings come first: of several processes at once, one writes all files.
        if !store::create_new(&root, SETTINGS, settings(&answers).as_bytes())? {
            return Err(begun_already(&root));
        }
        console.say(&format!("Wrote {SETTINGS}"));
        for (path, text) in FIXED {
            write(&root, path, text.as_bytes(), console)?;
        }
        editor(&root, console)?;
    }
    if let Some(service) = command.ci {
        pipeline::write(&root, service, &program, console)?;
    }
    if !begun {
        next(&root, console);
    }
    Ok(CLEAN)
}

fn begun_already(root: &Path) -> CliError {
    let help = "write the next entry with `ksbfolio new`, or add a pipeline with --ci github";
    CliError::new(
        format!("there is a portfolio in {} already", root.display()),
        help,
    )
}

fn next(root: &Path, console: &mut Console) {
    console.say("");
    console.say("Your portfolio is ready. What to type next:");
    if root != Path::new(".") {
        console.say(&format!("  cd {}", root.display()));
    }
    for (command, does) in [
        (
            "ksbfolio new",
            "begins your first entry, with questions to write from",
        ),
        (
            "ksbfolio serve --open",
            "shows it in the browser while you write",
        ),
        (
            "ksbfolio check",
            "says what is missing or wrong, and what to do",
        ),
        ("ksbfolio build", "makes the site that your assessor opens"),
    ] {
        console.say(&format!("  {command:<22} {does}"));
    }
}

/// Writes a file, or keeps the existing one.
fn write(root: &Path, path: &str, bytes: &[u8], console: &mut Console) -> Result<(), CliError> {
    if store::create_new(root, path, bytes)? {
        console.say(&format!("Wrote {path}"));
    } else {
        console.say(&format!("Kept  {path}, as it was"));
    }
    Ok(())
}

fn answers(command: &Init) -> Result<Answers, CliError> {
    let known = engine::standard_titles(None)?;
    for id in &command.standard {
        if !known.iter().any(|(known, _)| known == id) {
            let help = nearest(id, known.iter().map(|(id, _)| id.as_str()));
            let help = help.map_or_else(
                || "`ksbfolio standards` lists them".to_owned(),
                |near| format!("did you mean {near}?"),
            );
            return Err(CliError::new(format!("no standard is called `{id}`"), help));
        }
    }
    let asks = command.learner.is_none() && command.standard.is_empty() && ask::can_ask();
    if !asks {
        let standards = if command.standard.is_empty() {
            vec!["st0215".to_owned()]
        } else {
            command.standard.clone()
        };
        let learner = command
            .learner
            .clone()
            .unwrap_or_else(|| "learner".to_owned());
        return in_order(Answers {
            learner,
            standards,
            start: command.start,
            end: command.end,
        });
    }
    asked(command, known)
}

fn asked(command: &Init, known: Vec<(String, String)>) -> Result<Answers, CliError> {
    let learner = ask::words(
        "What shall pages call you?",
        "A pseudonym or a reference is enough, and safer than a name.",
        "learner",
    )?;
    let first = known.iter().position(|(id, _)| id == "st0215").unwrap_or(0);
    let offered = known
        .into_iter()
        .map(|(name, words)| ask::Choice { name, words })
        .collect();
    let standards = ask::pick_many("What are you working towards?", offered, &[first])?;
    if standards.is_empty() {
        return Err(CliError::new(
            "a portfolio needs a standard",
            "choose one with the space bar",
        ));
    }
    let start = ask::day(
        "When does your programme begin?",
        "As 2026-09-01. Leave it empty if you do not know.",
        command.start,
    )?;
    let end = ask::day(
        "When is it planned to end?",
        "As 2028-02-29. Leave it empty if you do not know.",
        command.end,
    )?;
    in_order(Answers {
        learner,
        standards,
        start,
        end,
    })
}

fn in_order(answers: Answers) -> Result<Answers, CliError> {
    match (answers.start, answers.end) {
        (Some(start), Some(end)) if end <= start => Err(CliError::new(
            format!("the programme would end on {end}, before it begins on {start}"),
            "turn the dates round",
        )),
        _ => Ok(answers),
    }
}

fn settings(answers: &Answers) -> String {
    let date = |name: &str, date: Option<Date>, example: &str| match date {
        Some(date) => format!("{name}: {date}"),
        None => format!("# {name}: {example}"),
    };
    include_str!("starter/portfolio.yaml")
        .replace("LEARNER", &quoted(&answers.learner))
        .replace("STANDARDS", &answers.standards.join(", "))
        .replace("START", &date("start", answers.start, "2026-09-01"))
        .replace("END", &date("planned_end", answers.end, "2028-02-29"))
}

/// Writes the settings with which editors complete keys and codes.
fn editor(root: &Path, console: &mut Console) -> Result<(), CliError> {
    let project = Snapshot::open(&OpenOptions::new(root))?;
    let offered = schema::offered(&project)?;
    let mut wired = serde_json::Map::new();
    for (of, files) in WIRED {
        let path = format!(".vscode/ksbfolio/{}.json", of.word());
        write(
            root,
            &path,
            report::schema(of, &offered).as_bytes(),
            console,
        )?;
        wired.insert(format!("./{path}"), json!(files));
    }
    let settings = json!({ "yaml.schemas": wired, "[markdown]": { "editor.quickSuggestions": { "other": true }, "editor.wordWrap": "on" } });
    write(
        root,
        ".vscode/settings.json",
        pretty(&settings).as_bytes(),
        console,
    )?;
    write(
        root,
        ".vscode/ksbfolio.code-snippets",
        pretty(&snippets(&offered)).as_bytes(),
        console,
    )
}

/// Snippets for keys and codes of entries: editors do not apply schemas to Markdown.
fn snippets(offered: &Offered) -> serde_json::Value {
    let mut all = serde_json::Map::new();
    for (code, text) in &offered.codes {
        let snippet = json!({ "scope": "markdown", "prefix": [code, format!("ksb:{code}")],
            "body": format!("[${{1:the exact words}}](ksb:{code})"), "description": text });
        all.insert(code.clone(), snippet);
    }
    for key in crate::parse::keys::ENTRY {
        let snippet = json!({ "scope": "markdown", "prefix": format!("{}:", key.name), "body": format!("{}: $1", key.name), "description": key.says });
        all.insert(format!("{}:", key.name), snippet);
    }
    all.into()
}

fn pretty(value: &serde_json::Value) -> String {
    // Serialising a JSON value cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
