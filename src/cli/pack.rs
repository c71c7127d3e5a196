//! `pack`: the whole portfolio as one HTML file, pictures and styles inside.

use std::path::{Path, PathBuf};

use super::args::{Global, Pack};
use super::console::Console;
use super::{CLEAN, CliError, open};
use crate::engine::{self, PackRequest, Snapshot};
use crate::model::Code;
use crate::store::{self, Inputs, ReportFile, ReportKind};
use crate::view::PackScope;

/// Writes the file.
pub(super) fn run(global: &Global, command: &Pack, console: &mut Console) -> Result<u8, CliError> {
    let roots = [open::root(global)?];
    let inputs = Inputs {
        roots: &roots,
        files: &global.files(),
    };
    if let Some(program) = &command.with_program {
        return write_with_program(global, command, program, console);
    }
    let output = command.output.as_ref();
    let output = output
        .map(|file| ReportFile::new(inputs, ReportKind::HTML, file))
        .transpose()?;
    let project = open::readable(global, console)?;
    let request = PackRequest {
        audience: command.audience,
        theme: command.theme.as_deref(),
        scope: scope(&project, command)?,
    };
    let html = engine::standalone_pack(&project, request)?;
    match &output {
        Some(file) => {
            file.write(html.as_bytes())?;
            let path = store::shown(file.path());
            console.say(&format!("Wrote {path}: {} kB.", html.len() / 1000));
        }
        None => console.report_bytes(html.as_bytes()),
    }
    Ok(CLEAN)
}

/// Writes the portfolio into a page with the program.
fn write_with_program(
    global: &Global,
    command: &Pack,
    program: &Path,
    console: &mut Console,
) -> Result<u8, CliError> {
    let roots = [open::root(global)?];
    let files: Vec<&Path> = global.files().into_iter().chain([program]).collect();
    let inputs = Inputs {
        roots: &roots,
        files: &files,
    };
    let page = store::load_text(program)?;
    let project = open::readable(global, console)?;
    let name = engine::file_stem(&project.portfolio.settings.learner_id);
    let path = command.output.clone();
    let path = path.unwrap_or_else(|| PathBuf::from(format!("{name}.html")));
    let output = ReportFile::new(inputs, ReportKind::HTML, &path)?;
    let made = engine::pack_with_program(&project, &page.text)?;
    output.write(made.html.as_bytes())?;
    let path = store::shown(output.path());
    console.say(&format!("Wrote {path}: {} kB.", made.html.len() / 1000));
    let program = (&made.program, &made.program_sha256);
    console.say(&format!(
        "Program: ksbfolio {}, SHA-256 {}.",
        program.0, program.1
    ));
    for words in &made.left_out {
        console.say(words);
    }
    for one in &made.differences {
        console.say(&format!("{}.", one.words()));
    }
    Ok(CLEAN)
}

/// The part of the portfolio that is asked for.
fn scope(project: &Snapshot, command: &Pack) -> Result<PackScope, CliError> {
    let catalogue = &project.portfolio.catalogue;
    if let Some(id) = &command.standard {
        return Ok(PackScope::Standard(project.standard(id)?));
    }
    if let Some(code) = &command.group {
        let folded = Code::fold(code);
        let found = catalogue
            .groups()
            .find(|&id| Code::fold(catalogue.group(id).code.value.as_str()) == folded);
        let unknown = || {
            CliError::new(
                format!("no standard has `{code}`"),
                "`ksbfolio coverage --by group` lists them",
            )
        };
        return found.map(PackScope::Group).ok_or_else(unknown);
    }
    let Some(month) = &command.month else {
        return Ok(PackScope::All);
    };
    let first = format!("{month}-01").parse::<jiff::civil::Date>();
    let date = first.map_err(|_| {
        CliError::new(
            format!("`{month}` is not a month"),
            "write YYYY-MM, as in 2026-03",
        )
    })?;
    Ok(PackScope::Month(date.year(), date.month()))
}
