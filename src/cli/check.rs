//! `check`: every problem in one run.

use super::args::{Check, Global};
use super::console::{Console, Trouble};
use super::project::Project;
use super::{CLEAN, FINDINGS};
use crate::diagnostic::{Findings, Level};
use crate::io;
use crate::model::{Profile, Word};
use crate::report::{findings_json, findings_text};

/// Finds and reports; writes nothing but the reports asked for.
pub fn run(global: &Global, command: &Check, console: &mut Console) -> Result<u8, Trouble> {
    let project = Project::open(global)?;
    let profile = command.profile.as_deref().and_then(Profile::from_word);
    let findings = narrowed(project.check(profile, None).findings, &project, command)?;
    let fail_on = Level::ALL.into_iter().find(|level| level.word() == command.fail_on);
    let exit_code = if findings.reach(fail_on.unwrap_or(Level::Error)) { FINDINGS } else { CLEAN };
    let formats = if command.format.is_empty() { vec!["text".to_owned()] } else { command.format.clone() };
    if command.output.len() > formats.len() || formats.len() > command.output.len() + 1 {
        let help = "give one --output for each --format; the last report may go to standard output";
        return Err(Trouble::new("formats and output files do not pair", help));
    }
    for (at, format) in formats.iter().enumerate() {
        let file = command.output.get(at);
        let text = match format.as_str() {
            "json" => findings_json(&findings, &project.sources, exit_code),
            _ => findings_text(&findings, &project.sources, console.colour() && file.is_none()),
        };
        match file {
            Some(file) => io::write_report(file, &text)?,
            None => console.report(&text),
        }
    }
    Ok(exit_code)
}

/// Only the findings in the files and folders that were named.
fn narrowed(findings: Findings, project: &Project, command: &Check) -> Result<Findings, Trouble> {
    if command.paths.is_empty() {
        return Ok(findings);
    }
    let mut wanted = Vec::new();
    for path in &command.paths {
        wanted.push(io::source_name(&project.root, path)?);
    }
    Ok(findings.filtered(|finding, _| {
        let path = finding.place.path.as_str();
        wanted
            .iter()
            .any(|wanted| wanted.is_empty() || path == wanted || path.starts_with(&format!("{wanted}/")))
    }))
}
