//! `coverage`: how far every criterion is evidenced, and why.

use super::args::{CoverageArgs, Global};
use super::console::Console;
use super::formats::CoverageFormat;
use super::reports::Reports;
use super::{CLEAN, CliError, FINDINGS, open};
use crate::engine::Snapshot;
use crate::model::Fraction;
use crate::report::{self, By};

/// Reports, and fails if less than the given fraction is evidenced.
pub(super) fn run(
    global: &Global,
    command: &CoverageArgs,
    console: &mut Console,
) -> Result<u8, CliError> {
    let reports = Reports::of_portfolio(global, &command.format, &command.output)?;
    let project = open::readable(global, console)?;
    let enough = match &command.fail_under {
        Some(asked) => is_enough(&project, asked)?,
        None => true,
    };
    reports.write(console, |format, _| made(format, &project, command.by))?;
    if !enough {
        let asked = command.fail_under.as_deref().unwrap_or_default();
        console.say(&format!(
            "Fewer criteria are evidenced than --fail-under {asked} asks for."
        ));
    }
    let would = if enough { CLEAN } else { FINDINGS };
    if command.reporting {
        console.say(&format!(
            "Only reporting: without --reporting the exit code would be {would}."
        ));
        return Ok(CLEAN);
    }
    Ok(would)
}

fn made(format: CoverageFormat, project: &Snapshot, by: By) -> Result<Vec<u8>, CliError> {
    let (portfolio, coverage) = (&project.portfolio, &project.coverage);
    let text = match format {
        CoverageFormat::Json => report::coverage_json(portfolio, coverage),
        CoverageFormat::Csv => report::coverage_csv(portfolio, coverage),
        CoverageFormat::Markdown => {
            open::dated_markdown(project, report::coverage_markdown(portfolio, coverage))
        }
        #[cfg(not(feature = "spreadsheet"))]
        CoverageFormat::Xlsx => {
            return Err(super::lacks("writes no workbooks", "spreadsheet"));
        }
        #[cfg(feature = "spreadsheet")]
        CoverageFormat::Xlsx => {
            let workbook = report::coverage_workbook(portfolio, coverage);
            return workbook
                .map_err(|error| CliError::new(error.to_string(), "use --format csv instead"));
        }
        CoverageFormat::Text => {
            open::dated_text(project, report::coverage_text(portfolio, coverage, by))
        }
    };
    Ok(text.into_bytes())
}

/// `69/72` for all standards together, `st0215=69/72` for one. The total is only judged if all
/// standards are known.
fn is_enough(project: &Snapshot, asked: &str) -> Result<bool, CliError> {
    let (standard, fraction) = asked
        .split_once('=')
        .map_or((None, asked), |(id, fraction)| (Some(id), fraction));
    let fraction = Fraction::read(fraction).ok_or_else(|| {
        CliError::new(
            format!("`{asked}` is not a fraction"),
            "write 69/72, or st0215=69/72 for one standard",
        )
    })?;
    let Some(id) = standard else {
        if let Some(problem) = project.portfolio.standards_problem() {
            let help = "`ksbfolio check` shows the line and what to write";
            let message = format!("{problem}, so --fail-under cannot be judged");
            return Err(CliError::new(message, help));
        }
        return Ok(fraction.is_met_by(&project.coverage.counts()));
    };
    Ok(fraction.is_met_by(&project.coverage.standards[project.standard(id)?].counts))
}
