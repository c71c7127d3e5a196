//! `init`: a new portfolio, with settings for editors and a pipeline.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

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
        CiService::Forgejo => PipelineService::Forgejo,
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

/// What the options say; on a terminal, what they leave out is asked for.
fn answers(command: &Init, root: &Path) -> Result<NewPortfolio, CliError> {
    if command.learner.is_some() && !command.standard.is_empty() {
        return Ok(NewPortfolio {
            learner: command.learner.clone().unwrap_or_default(),
            standards: command.standard.clone(),
            start: command.start,
            end: command.end,
        });
    }
    if !ask::can_ask() {
        let help = "ksbfolio init --learner AP-2041 --standard st0215 (`ksbfolio standards` lists the ids)";
        return Err(CliError::new(
            "a new portfolio needs --learner and --standard",
            help,
        ));
    }
    let learner = match &command.learner {
        Some(learner) => learner.clone(),
        None => ask::until_answered(|| {
            let help = "A pseudonym or a reference is enough, and safer than a name.";
            ask::words("What shall pages call you?", help, "learner")
        })?,
    };
    let standards = asked_standards(command, root)?;
    let day = |question, given: Option<Date>, example, after| match given {
        Some(given) => Ok(Some(given)),
        None => ask::until_answered(|| {
            let help = format!("As {example}. Leave it empty if you do not know.");
            ask::day(question, &help, None, after)
        }),
    };
    let question = "When does your programme begin?";
    let start = day(question, command.start, "1 September 2026", None)?;
    let question = "When is it planned to end?";
    let end = day(question, command.end, "29 February 2028", start)?;
    Ok(NewPortfolio {
        learner,
        standards,
        start,
        end,
    })
}

fn asked_standards(command: &Init, root: &Path) -> Result<Vec<String>, CliError> {
    if !command.standard.is_empty() {
        return Ok(command.standard.clone());
    }
    let known = engine::standard_titles(Some(root))?;
    let first = known.iter().position(|(id, _)| id == "st0215").unwrap_or(0);
    let choice = |(name, words)| ask::Choice {
        name,
        words,
        also: String::new(),
    };
    let offered: Vec<ask::Choice> = known.into_iter().map(choice).collect();
    loop {
        let question = "What are you working towards?";
        let ask = || ask::pick_many(question, offered.clone(), &[first]);
        let standards = ask::until_answered(ask)?;
        if !standards.is_empty() {
            return Ok(standards);
        }
    }
}
