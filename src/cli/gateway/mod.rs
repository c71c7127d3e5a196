//! `gateway`: whether everything is there that the standards ask for before the final assessment.

mod pack;

use super::args::{Gateway, Global};
use super::console::{Console, Trouble};
use super::project::{self, Project};
use super::reports::Wanted;
use super::{CLEAN, FINDINGS};
use crate::cover::checklist;
use crate::io::{self, Inputs};
use crate::model::{Checklist, Readiness};
use crate::report;

/// Judges, and fails where something is not met.
pub fn run(global: &Global, command: &Gateway, console: &mut Console) -> Result<u8, Trouble> {
    let roots = [project::root(global)?];
    let read = global.files();
    let wanted = Wanted::new(
        Inputs {
            roots: &roots,
            files: &read,
        },
        &command.format,
        &command.output,
    )?;
    if let Some(folder) = &command.pack {
        io::refuse_overlap(folder, &roots[0])?;
    }
    let project = Project::open_readable(global, console)?;
    let only = command
        .standard
        .as_ref()
        .map(|id| project.standard(id))
        .transpose()?;
    let checklist = checklist(&project.portfolio, &project.coverage, only);
    let code = exit_code(&checklist, &command.fail_on);
    wanted.write(console, |format, _| {
        Ok(made(format, &project, &checklist, code).into_bytes())
    })?;
    if let Some(folder) = &command.pack {
        if checklist.readiness() == Readiness::NotReady && !command.anyway {
            console.say("No pack was written: something is not met. With --anyway a pack is written that says it is a draft.");
            return Ok(FINDINGS);
        }
        let clean = pack::write(
            &project,
            &checklist,
            only,
            command.theme.as_deref(),
            folder,
            console,
        )?;
        return Ok(if clean { code } else { FINDINGS });
    }
    Ok(code)
}

/// 1 where something is not met; where something is unknown too, if that was asked for.
fn exit_code(checklist: &Checklist, fail_on: &str) -> u8 {
    let worst = if fail_on == "unknown" {
        Readiness::ToConfirm
    } else {
        Readiness::NotReady
    };
    if checklist.readiness() <= worst {
        FINDINGS
    } else {
        CLEAN
    }
}

fn made(format: &str, project: &Project, checklist: &Checklist, code: u8) -> String {
    let portfolio = &project.portfolio;
    let report = match format {
        "json" => report::gateway_json(portfolio, checklist, project.coverage.as_of, code),
        "markdown" => report::gateway_markdown(portfolio, checklist),
        _ => report::gateway_text(portfolio, checklist),
    };
    project.dated(format, report)
}
