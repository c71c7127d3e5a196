//! `review`: what a progress review needs, as one document.

use std::collections::BTreeMap;

use super::CLEAN;
use super::args::{Global, Review};
use super::console::{Console, Trouble};
use super::project::{self, Project};
use crate::cover::{review, review_since};
use crate::io::{self, Inputs, ReportFile};
use crate::model::Audience;
use crate::render::{self, Theme};
use crate::report::{listing_markdown, review_json};
use crate::view::{Backdrop, Scene, review_of};

/// Writes the document. It holds what the three who meet may see: no drafts, nothing private or withheld.
pub fn run(global: &Global, command: &Review, console: &mut Console) -> Result<u8, Trouble> {
    let roots = [project::root(global)?];
    let inputs = Inputs {
        roots: &roots,
        files: &global.files(),
    };
    let output = command
        .output
        .as_ref()
        .map(|file| ReportFile::new(inputs, &command.format, file))
        .transpose()?;
    let project = Project::open_readable(global, console)?;
    let as_of = project.coverage.as_of;
    let until = command.until.unwrap_or(as_of);
    let since = command
        .since
        .unwrap_or_else(|| review_since(&project.portfolio.settings, until));
    if until > as_of {
        return Err(Trouble::new(
            format!("{until} lies after {as_of}, the day that everything is judged by"),
            "name an earlier --until, or judge as on that day with --as-of",
        ));
    }
    if since > until {
        let message = format!("a review from {since} to {until} would end before it begins");
        return Err(Trouble::new(message, "name an earlier --since"));
    }
    let backdrop = Backdrop::new(
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
                crate::io::shown(file.path())
            ));
        }
        None => console.report_bytes(text.as_bytes()),
    }
    Ok(CLEAN)
}

fn made(
    project: &Project,
    scene: &Scene<'_>,
    command: &Review,
    period: (jiff::civil::Date, jiff::civil::Date),
) -> Result<String, Trouble> {
    let portfolio = &project.portfolio;
    match command.format.as_str() {
        "json" => {
            let facts = review(portfolio, &project.coverage, period, &|at| {
                scene.may_see(at)
            });
            Ok(review_json(portfolio, &facts))
        }
        "html" => {
            let theme = command.theme.as_ref().unwrap_or(&portfolio.settings.theme);
            let theme = Theme::new(&io::theme_files(&project.root, theme)?)?;
            Ok(render::standalone_review(&theme, scene, period)?)
        }
        _ => {
            let as_of = portfolio.settings.judged_by(project.coverage.as_of);
            let subtitle = format!(
                "{}, {}. As of {as_of}.",
                portfolio.settings.title,
                scene.learner()
            );
            Ok(listing_markdown(&review_of(scene, None, period), &subtitle))
        }
    }
}
