//! Pictures inside a page, as `data:` URLs.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::files::SiteFile;
use crate::text::SourcePath;
use crate::view::Published;

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
