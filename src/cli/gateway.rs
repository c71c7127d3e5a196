//! `gateway`: whether everything is there that the standards ask for before the final assessment.

use std::path::Path;

use super::args::{FailOn, Gateway, Global};
use super::build::{edits, needs_attention};
use super::console::Console;
use super::formats::GatewayFormat;
use super::reports::Reports;
use super::{CLEAN, CliError, FINDINGS, open};
use crate::cover::checklist;
use crate::engine::{self, HandInReport, Snapshot};
use crate::model::{Checklist, Readiness};
use crate::report;
use crate::store;
use crate::text::counted;

/// Judges, and fails if something is not met.
pub(super) fn run(
    global: &Global,
    command: &Gateway,
    console: &mut Console,
) -> Result<u8, CliError> {
    let reports = Reports::of_portfolio(global, &command.format, &command.output)?;
    if let Some(folder) = &command.pack {
        store::refuse_overlap(folder, &open::root(global)?)?;
    }
    let project = open::readable(global, console)?;
    let only = command.standard.as_ref();
    let only = only.map(|id| project.standard(id)).transpose()?;
    let checklist = checklist(&project.portfolio, &project.coverage, only);
    let code = exit_code(&checklist, command.fail_on);
    reports.write(console, |format, _| {
        Ok(made(format, &project, &checklist, code).into_bytes())
    })?;
    let Some(folder) = &command.pack else {
        return Ok(code);
    };
    if checklist.readiness() == Readiness::NotReady && !command.anyway {
        console.say("No pack was written: something is not met. With --anyway a pack is written that says it is a draft.");
        return Ok(FINDINGS);
    }
    let theme = command.theme.as_deref();
    let report = engine::write_hand_in(
        &project,
        &checklist,
        only,
        theme,
        command.sign.as_deref(),
        folder,
    )?;
    let is_draft = checklist.readiness() == Readiness::NotReady;
    say_written(&report, folder, is_draft, console);
    let is_clean = report.foreign.is_empty() && !needs_attention(&report.written);
    Ok(if is_clean { code } else { FINDINGS })
}

fn say_written(report: &HandInReport, folder: &Path, is_draft: bool, console: &mut Console) {
    for line in edits(&report.written) {
        console.say(&line);
    }
    for path in &report.foreign {
        console.say(&format!(
            "Not part of the pack: {path}. Take it out before you hand in the folder."
        ));
    }
    let (folder, name) = (store::shown(folder), &report.name);
    let files = report.written.files - 1;
    console.say(&format!(
        "Wrote {folder}/{name}/ ({}) and {folder}/{name}.zip.",
        counted(files, "file")
    ));
    if is_draft {
        console.say("It is a draft, and its cover page says so: the portfolio is not ready for the gateway.");
    }
    console.say(&format!(
        "Open {folder}/{name}/01-site/index.html in a browser, and read {folder}/{name}/README.txt."
    ));
}

/// Findings if something is not met; with `FailOn::Unknown` also if something is unknown.
fn exit_code(checklist: &Checklist, fail_on: FailOn) -> u8 {
    let worst = match fail_on {
        FailOn::Unknown => Readiness::ToConfirm,
        FailOn::NotMet => Readiness::NotReady,
    };
    if checklist.readiness() <= worst {
        FINDINGS
    } else {
        CLEAN
    }
}

fn made(format: GatewayFormat, project: &Snapshot, checklist: &Checklist, code: u8) -> String {
    let portfolio = &project.portfolio;
    match format {
        GatewayFormat::Json => {
            report::gateway_json(portfolio, checklist, project.coverage.as_of, code)
        }
        GatewayFormat::Markdown => {
            open::dated_markdown(project, report::gateway_markdown(portfolio, checklist))
        }
        GatewayFormat::Text => {
            open::dated_text(project, report::gateway_text(portfolio, checklist))
        }
    }
}
