//! Renders pages with the templates of a theme, and re-encodes pictures.

mod brand;
mod error;
mod picture;
mod style;
mod theme;

pub use error::ThemeError;
pub use picture::{ReencodedPicture, clean, is_showable};
pub use style::asset;
pub use theme::Theme;

use crate::files::SiteFile;
use brand::STYLE_SHEET;
use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::civil::Date;

use crate::cohort::Cohort;
use crate::embedded::{COHORT_SCRIPT, COHORT_STYLE};
use crate::text::sha256;
use crate::view::{self, Job, Listing, MappingRow, PackScope, RenderContext};

/// Renders a page.
///
/// # Errors
/// The template uses a field that does not exist.
pub fn page(theme: &Theme, scene: &RenderContext<'_>, job: Job) -> Result<SiteFile, ThemeError> {
    let mut bytes = Vec::new();
    write(theme, scene, job, &mut bytes)?;
    Ok(SiteFile {
        path: job.path(scene),
        bytes,
    })
}

/// Renders a page and writes it while it is rendered. Returns the file of the search index that is
/// made from it, if there is one.
///
/// # Errors
/// The template uses a field that does not exist, or writing to `into` fails.
pub fn write(
    theme: &Theme,
    scene: &RenderContext<'_>,
    job: Job,
    into: impl Write,
) -> Result<Option<SiteFile>, ThemeError> {
    let (chrome, page) = view::page(scene, job);
    let excerpt = view::excerpt(scene, job, &page);
    theme.render_to(job.template(), chrome, page, into)?;
    Ok(excerpt)
}

/// Renders a pack as a standalone document with inline style.
///
/// # Errors
/// The template uses a field that does not exist.
pub fn standalone_pack(
    theme: &Theme,
    scene: &RenderContext<'_>,
    scope: PackScope,
) -> Result<String, ThemeError> {
    let (style, hash) = read_style(theme, scene);
    let (chrome, page) = view::standalone_pack(scene, scope, style, hash);
    theme.render(Job::Pack.template(), chrome, page)
}

/// Renders a progress review as a standalone document with inline style.
///
/// # Errors
/// The template uses a field that does not exist.
pub fn standalone_review(
    theme: &Theme,
    scene: &RenderContext<'_>,
    period: (Date, Date),
) -> Result<String, ThemeError> {
    let (style, hash) = read_style(theme, scene);
    let (chrome, page) = view::standalone_review(scene, period, style, hash);
    theme.render(Job::Listing(Listing::Review).template(), chrome, page)
}

/// Renders the page of a cohort as a standalone document with inline style.
///
/// # Errors
/// The template uses a field that does not exist.
pub fn standalone_cohort(theme: &Theme, cohort: &Cohort) -> Result<String, ThemeError> {
    let style = theme.assets().get(STYLE_SHEET);
    let style = style.map(|bytes| String::from_utf8_lossy(bytes));
    let style = [&style.unwrap_or_default(), COHORT_STYLE].concat();
    let script = COHORT_SCRIPT.to_owned();
    let script_hash = BASE64.encode(sha256(script.as_bytes()));
    let assets = view::StandaloneAssets {
        style: hash_style(&style::squeeze(&style)),
        script: (script, script_hash),
    };
    let (chrome, page) = view::cohort_page(cohort, assets);
    theme.render("cohort", chrome, page)
}

/// The style sheet of a theme for a document about one portfolio, and its SHA-256 in base64.
fn read_style(theme: &Theme, scene: &RenderContext<'_>) -> (String, String) {
    let style = asset(theme, scene, STYLE_SHEET);
    let style = style.map(|bytes| style::compact(&String::from_utf8_lossy(&bytes)));
    hash_style(&style.unwrap_or_default())
}

/// A style sheet as it may be inside a document, and its SHA-256 in base64.
fn hash_style(style: &str) -> (String, String) {
    // `</` could end the style element, and means nothing in CSS.
    let style = style.replace("</", "<\\/");
    let lines = style.lines().map(str::trim);
    let lines = lines.filter(|line| !(line.starts_with("/*") && line.ends_with("*/")));
    let style: String = lines.collect();
    let hash = BASE64.encode(sha256(style.as_bytes()));
    (style, hash)
}

/// Renders the mapping annex as a page next to the folder of the site.
///
/// # Errors
/// The template uses a field that does not exist.
pub fn annex(
    theme: &Theme,
    scene: &RenderContext<'_>,
    site: &str,
    rows: &[MappingRow],
    left_out: &[(String, String)],
) -> Result<String, ThemeError> {
    let (chrome, page) = view::annex(scene, site, rows, left_out);
    theme.render(Job::Listing(Listing::Gateway).template(), chrome, page)
}
