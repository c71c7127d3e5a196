//! `hours`: training off the job, by the rules in force at the start.

use super::CLEAN;
use super::args::{Global, Hours};
use super::console::{Console, Trouble};
use super::project::{self, Project};
use super::reports::Wanted;
use crate::io::Inputs;
use crate::report::HoursReport;

/// Reports.
pub fn run(global: &Global, command: &Hours, console: &mut Console) -> Result<u8, Trouble> {
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
    let project = Project::open_readable(global, console)?;
    let report = HoursReport::new(&project.portfolio, project.coverage.as_of);
    wanted.write(console, |format, _| {
        let text = match format {
            "json" => report.json(),
            "csv" => report.csv(),
            "markdown" => report.markdown(),
            _ => report.text(),
        };
        Ok(project.dated(format, text).into_bytes())
    })?;
    Ok(CLEAN)
}
