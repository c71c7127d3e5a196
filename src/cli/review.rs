//! `review`: what a progress review needs, as one document.

use std::collections::BTreeMap;

use super::args::{Global, ReviewArgs};
use super::console::Console;
use super::formats::ReviewFormat;
use super::reports::kind;
use super::{CLEAN, CliError, open};
use crate::cover::{review, review_since};
use crate::engine::{self, Snapshot};
use crate::model::Audience;
use crate::render;
use crate::report::{listing_markdown, review_json};
use crate::store::{Inputs, ReportFile};
use crate::view::{RenderContext, SiteScope, review_of};

/// Writes the document. It contains what apprentice, employer and provider may see: no drafts,
/// nothing private or withheld.
pub(super) fn run(
    global: &Global,
    command: &ReviewArgs,
    console: &mut Console,
) -> Result<u8, CliError> {
    let roots = [open::root(global)?];
    let inputs = Inputs {
        roots: &roots,
        files: &global.files(),
    };
    let output = command
        .output
        .as_ref()
        .map(|file| ReportFile::new(inputs, kind(command.format), file))
        .transpose()?;
    let project = open::readable(global, console)?;
    let as_of = project.coverage.as_of;
    let until = command.until.unwrap_or(as_of);
    let since = command
        .since
        .unwrap_or_else(|| review_since(&project.portfolio.settings, until));
    if until > as_of {
        return Err(CliError::new(
            format!("{until} is after {as_of}, the day that everything is judged by"),
            "name an earlier --until, or judge as on that day with --as-of",
        ));
    }
    if since > until {
        let message = format!("a review from {since} to {until} would end before it begins");
        return Err(CliError::new(message, "name an earlier --since"));
    }
    let backdrop = SiteScope::new(
        &project.portfolio,
        Audience::Assessor,
        BTreeMap::new(),
        None,
    );
    let scene = project.scene(&backdrop);
    let text = made(&project, &scene, command, (since, until))?;
    match &output {
        Some(file) => {
            file.write(text.as_bytes())?;
            console.say(&format!(
                "Wrote {}: the review from {since} to {until}.",
                crate::store::shown(file.path())
            ));
        }
        None => console.report_bytes(text.as_bytes()),
    }
    Ok(CLEAN)
}

fn made(
    project: &Snapshot,
    scene: &RenderContext<'_>,
    command: &ReviewArgs,
    period: (jiff::civil::Date, jiff::civil::Date),
) -> Result<String, CliError> {
    let portfolio = &project.portfolio;
    match command.format {
        ReviewFormat::Json => {
            let facts = review(portfolio, &project.coverage, period, &|at| {
                scene.is_visible(at)
            });
            Ok(review_json(portfolio, &project.coverage, &facts))
        }
        ReviewFormat::Html => {
            let theme = engine::open_theme(project, command.theme.as_deref())?;
            Ok(render::standalone_review(&theme, scene, period)?)
        }
        ReviewFormat::Markdown => {
            let as_of = portfolio.settings.describe_as_of(project.coverage.as_of);
            let subtitle = format!(
                "{}, {}. As of {as_of}.",
                portfolio.settings.title,
                scene.learner()
            );
            Ok(listing_markdown(&review_of(scene, None, period), &subtitle))
        }
    }
}
