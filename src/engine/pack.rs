//! The portfolio as one HTML file, with pictures and styles inside.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::attached::attached;
use super::theme::open_theme;
use super::{EngineError, Snapshot};
use crate::files::SiteFile;
use crate::model::Audience;
use crate::render;
use crate::text::SourcePath;
use crate::view::{PackScope, Published, SiteScope};

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

/// Turns pictures into data URLs. Documents are not embedded; the page says so.
pub(super) fn embed_pictures(
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
