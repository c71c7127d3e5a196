//! `coverage`: how far every criterion is evidenced, and why.

use super::args::{Coverage, Global};
use super::console::{Console, Trouble};
use super::project::{self, Project};
use super::reports::Wanted;
use super::{CLEAN, FINDINGS};
use crate::io::Inputs;
use crate::model::{Fraction, Word};
use crate::report::{self, By};

/// Reports, and fails under the fraction asked for.
pub fn run(global: &Global, command: &Coverage, console: &mut Console) -> Result<u8, Trouble> {
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
    let enough = match &command.fail_under {
        Some(asked) => is_enough(&project, asked)?,
        None => true,
    };
    let by = By::from_word(&command.by).unwrap_or(By::Criterion);
    wanted.write(console, |format, _| made(format, &project, by))?;
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

fn made(format: &str, project: &Project, by: By) -> Result<Vec<u8>, Trouble> {
    let (portfolio, coverage) = (&project.portfolio, &project.coverage);
    let text = match format {
        "json" => report::coverage_json(portfolio, coverage),
        "csv" => report::coverage_csv(portfolio, coverage),
        "markdown" => report::coverage_markdown(portfolio, coverage),
        #[cfg(not(feature = "spreadsheet"))]
        "xlsx" => {
            return Err(Trouble::new(
                "this build of ksbfolio writes no workbooks",
                "use --format csv, or a program that is built with the feature `spreadsheet`",
            ));
        }
        #[cfg(feature = "spreadsheet")]
        "xlsx" => {
            let workbook = report::coverage_workbook(portfolio, coverage);
            return workbook
                .map_err(|error| Trouble::new(error.to_string(), "use --format csv instead"));
        }
        _ => report::coverage_text(portfolio, coverage, by),
    };
    Ok(project.dated(format, text).into_bytes())
}

/// `69/72` for all standards together, `st0215=69/72` for one. All together are judged only if all are known.
fn is_enough(project: &Project, asked: &str) -> Result<bool, Trouble> {
    let (standard, fraction) = asked
        .split_once('=')
        .map_or((None, asked), |(id, fraction)| (Some(id), fraction));
    let fraction = Fraction::read(fraction).ok_or_else(|| {
        Trouble::new(
            format!("`{asked}` is no fraction"),
            "write 69/72, or st0215=69/72 for one standard",
        )
    })?;
    let Some(id) = standard else {
        if let Some(problem) = project.portfolio.standards_problem() {
            return Err(project::unjudged(format!(
                "{problem}, so --fail-under cannot be judged"
            )));
        }
        return Ok(fraction.is_met_by(&project.coverage.counts()));
    };
    Ok(fraction.is_met_by(&project.coverage.standards[project.standard(id)?].counts))
}
