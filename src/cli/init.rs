//! `init`: a new portfolio, with settings for editors and a pipeline.

use std::path::{Path, PathBuf};

use super::args::{CiService, Init};
use super::console::Console;
use super::{CLEAN, CliError, ask};
use crate::engine::{self, NewPortfolio, Pipeline, PipelineService, StarterFile};

/// Writes files that do not exist yet. In an existing workspace, that is the pipeline alone.
pub(super) fn run(command: &Init, console: &mut Console) -> Result<u8, CliError> {
    let root = command.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    let begun = engine::has_portfolio(&root)?;
    let pipeline = pipeline(command)?;
    match (begun, &pipeline) {
        (false, _) => {
            let new = answers(command, &root)?;
            let files = engine::create_portfolio(&root, &new, pipeline.as_ref())?;
            for file in &files {
                report(file, console);
            }
        }
        (true, Some(pipeline)) => report(&engine::create_pipeline(&root, pipeline)?, console),
        (true, None) => return Err(engine::refuse_second(&root).into()),
    }
    if pipeline.is_some_and(|pipeline| pipeline.is_incomplete()) {
        console.say(
            "Fill in at its top where the program is and its SHA-256: until then the job fails.",
        );
    }
    if !begun {
        next(&root, console);
    }
    Ok(CLEAN)
}

fn report(file: &StarterFile, console: &mut Console) {
    let path = file.path.as_str();
    if file.is_kept {
        console.say(&format!("Kept  {path}, as it was"));
    } else {
        console.say(&format!("Wrote {path}"));
    }
}

fn pipeline(command: &Init) -> Result<Option<Pipeline>, CliError> {
    let Some(service) = command.ci else {
        return Ok(None);
    };
    let service = match service {
        CiService::Github => PipelineService::Github,
        CiService::Gitlab => PipelineService::Gitlab,
    };
    let from = &command.pipeline;
    let pipeline = Pipeline::new(service, from.program.as_deref(), from.sha256.as_deref())?;
    Ok(Some(pipeline))
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

/// What the options say, or the answers to questions on a terminal.
fn answers(command: &Init, root: &Path) -> Result<NewPortfolio, CliError> {
    let asks = command.learner.is_none() && command.standard.is_empty() && ask::can_ask();
    if asks {
        return asked(command, root);
    }
    let standards = if command.standard.is_empty() {
        vec!["st0215".to_owned()]
    } else {
        command.standard.clone()
    };
    let learner = command.learner.clone();
    Ok(NewPortfolio {
        learner: learner.unwrap_or_else(|| "learner".to_owned()),
        standards,
        start: command.start,
        end: command.end,
    })
}

fn asked(command: &Init, root: &Path) -> Result<NewPortfolio, CliError> {
    let known = engine::standard_titles(Some(root))?;
    let learner = ask::words(
        "What shall pages call you?",
        "A pseudonym or a reference is enough, and safer than a name.",
        "learner",
    )?;
    let first = known.iter().position(|(id, _)| id == "st0215").unwrap_or(0);
    let offered = known
        .into_iter()
        .map(|(name, words)| ask::Choice {
            name,
            words,
            also: String::new(),
        })
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
        "As 1 September 2026. Leave it empty if you do not know.",
        command.start,
        None,
    )?;
    let end = ask::day(
        "When is it planned to end?",
        "As 29 February 2028. Leave it empty if you do not know.",
        command.end,
        start,
    )?;
    Ok(NewPortfolio {
        learner,
        standards,
        start,
        end,
    })
}
