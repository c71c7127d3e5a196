//! Pages to bytes: templates, pictures, and the documents that programs read.

mod picture;
mod theme;

pub use picture::{CleanPicture, clean};
pub use theme::{Theme, ThemeError, ThemeFiles};

use crate::view::{self, Job, Scene, SitePath};

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Where it goes.
    pub path: SitePath,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Makes one page.
///
/// # Errors
/// What is wrong with the theme.
pub fn page(theme: &Theme, scene: &Scene<'_>, job: Job) -> Result<SiteFile, ThemeError> {
    let (chrome, page) = view::page(scene, job);
    let html = theme.render(job.template(), &chrome, &page)?;
    Ok(SiteFile { path: job.path(scene), bytes: html.into_bytes() })
}
