//! The portfolio as one HTML file, with pictures and styles inside.

use super::attached::attached;
use super::embedded_pictures::embed_pictures;
use super::theme::open_theme;
use super::{EngineError, Snapshot};
use crate::model::Audience;
use crate::render;
use crate::view::{PackScope, SiteScope};

/// Which pack to make.
#[derive(Clone, Copy, Debug)]
pub struct PackRequest<'a> {
    /// Who it is for.
    pub audience: Audience,
    /// The theme; by default the portfolio's own.
    pub theme: Option<&'a str>,
    /// The part of the portfolio.
    pub scope: PackScope,
}

/// Renders the pack.
///
/// # Errors
/// A picture cannot be read, or the theme does not render.
pub fn standalone_pack(
    project: &Snapshot,
    request: PackRequest<'_>,
) -> Result<String, EngineError> {
    let theme = open_theme(project, request.theme)?;
    let (published, files) = attached(project, request.audience)?;
    let pictures = embed_pictures(published, &files);
    let backdrop = SiteScope::new(&project.portfolio, request.audience, pictures, None);
    let scene = project.scene(&backdrop);
    Ok(render::standalone_pack(&theme, &scene, request.scope)?)
}
