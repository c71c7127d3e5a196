//! `hours`: off-the-job training, by the rules in force at the start.

use super::args::{Global, HoursArgs};
use super::console::Console;
use super::formats::TableFormat;
use super::reports::Reports;
use super::{CLEAN, CliError, open};
use crate::report::HoursReport;

/// Reports the hours.
pub(super) fn run(
    global: &Global,
    command: &HoursArgs,
    console: &mut Console,
) -> Result<u8, CliError> {
    let reports = Reports::of_portfolio(global, &command.format, &command.output)?;
    let project = open::readable(global, console)?;
    let report = HoursReport::new(&project.portfolio, project.coverage.as_of);
    reports.write(console, |format, _| {
        let text = match format {
            TableFormat::Json => report.json(),
            TableFormat::Csv => report.csv(),
            TableFormat::Markdown => open::dated_markdown(&project, report.markdown()),
            TableFormat::Text => open::dated_text(&project, report.text()),
        };
        Ok(text.into_bytes())
    })?;
    Ok(CLEAN)
}
