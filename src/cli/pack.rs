//! `pack`: the whole portfolio as one HTML file, pictures and styles inside.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::CLEAN;
use super::args::{Global, Pack};
use super::attached::attached;
use super::console::{Console, Trouble};
use super::project::{self, Project};
use crate::io::{self, Inputs, ReportFile};
use crate::model::{Audience, Code, Word};
use crate::render::{self, SiteFile, Theme};
use crate::text::SourcePath;
use crate::view::{Backdrop, PackScope, Published};

/// Writes the file.
pub fn run(global: &Global, command: &Pack, console: &mut Console) -> Result<u8, Trouble> {
    let roots = [project::root(global)?];
    let inputs = Inputs {
        roots: &roots,
        files: &global.files(),
    };
    let output = command
        .output
        .as_ref()
        .map(|file| ReportFile::new(inputs, "html", file))
        .transpose()?;
    let project = Project::open_readable(global, console)?;
    let audience = Audience::from_word(&command.audience).unwrap_or(Audience::Assessor);
    let theme = command
        .theme
        .as_ref()
        .unwrap_or(&project.portfolio.settings.theme);
    let theme = Theme::new(&io::theme_files(&project.root, theme)?)?;
    let (published, files) = attached(&project, audience)?;
    let backdrop = Backdrop::new(
        &project.portfolio,
        audience,
        inside(published, &files),
        None,
    );
    let scene = project.scene(&backdrop);
    let html = render::standalone_pack(&theme, &scene, scope(&project, command)?)?;
    match &output {
        Some(file) => {
            file.write(html.as_bytes())?;
            console.say(&format!(
                "Wrote {}: {} kB.",
                crate::io::shown(file.path()),
                html.len() / 1000
            ));
        }
        None => console.report_bytes(html.as_bytes()),
    }
    Ok(CLEAN)
}

/// Pictures as part of the page that shows them. Documents have no place in it, and it says so.
pub fn inside(
    published: BTreeMap<SourcePath, Published>,
    files: &[SiteFile],
) -> BTreeMap<SourcePath, Published> {
    let bytes: BTreeMap<&str, &[u8]> = files
        .iter()
        .map(|file| (file.path.as_str(), file.bytes.as_slice()))
        .collect();
    let inside = |(source, picture): (SourcePath, Published)| {
        if picture.document.is_some() {
            return (
                source,
                Published {
                    site_path: String::new(),
                    ..picture
                },
            );
        }
        let kind = if picture.site_path.rsplit('.').next() == Some("png") {
            "png"
        } else {
            "jpeg"
        };
        let data = BASE64.encode(
            bytes
                .get(picture.site_path.as_str())
                .copied()
                .unwrap_or_default(),
        );
        (
            source,
            Published {
                site_path: format!("data:image/{kind};base64,{data}"),
                ..picture
            },
        )
    };
    published.into_iter().map(inside).collect()
}

/// What was asked for.
fn scope(project: &Project, command: &Pack) -> Result<PackScope, Trouble> {
    let catalogue = &project.portfolio.catalogue;
    if let Some(id) = &command.standard {
        return project.standard(id).map(PackScope::Standard);
    }
    if let Some(code) = &command.group {
        let folded = Code::fold(code);
        let found = catalogue
            .groups()
            .find(|&id| Code::fold(catalogue.group(id).code.value.as_str()) == folded);
        let unknown = || {
            Trouble::new(
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
        Trouble::new(
            format!("`{month}` is no month"),
            "write YYYY-MM, as in 2026-03",
        )
    })?;
    Ok(PackScope::Month(date.year(), date.month()))
}
