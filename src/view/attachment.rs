//! Attached files: shown, offered for download, or the reason why not.

use serde::Serialize;

use super::publish::{self, Published};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::{Attachment, Entry};
use crate::text::SourcePath;

/// An attached file.
#[derive(Clone, Debug, Serialize)]
pub struct AttachmentView {
    /// Its address; empty if it is not on the site.
    pub src: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Alternative text.
    pub alt: String,
    pub caption: String,
    /// Why it is not on the site; empty if it is.
    pub withheld: &'static str,
    /// Type and size of a document, as in `PDF, 84 kB`; empty for a picture.
    pub document: String,
    /// The suggested file name of a download.
    pub name: String,
    /// Hidden content of a document, as in `author, 2 comments or marks`; empty if there is none.
    pub carries: String,
    /// SHA-256 of a document in hexadecimal digits; empty for a picture.
    pub sha256: String,
}

/// The attachments of an entry that its text `body`, as HTML, does not show already.
pub(super) fn list_attachments(
    scene: &RenderContext<'_>,
    from: &SitePath,
    entry: &Entry,
    body: &str,
) -> Vec<AttachmentView> {
    let views = entry
        .front_matter
        .attachments
        .iter()
        .map(|one| build_attachment(scene, from, entry, one));
    let is_shown = |one: &AttachmentView| {
        !one.src.is_empty() && body.contains(&format!("<img src=\"{}\"", one.src))
    };
    views.filter(|one| !is_shown(one)).collect()
}

/// An attachment of an entry, for the page `from`.
fn build_attachment(
    scene: &RenderContext<'_>,
    from: &SitePath,
    entry: &Entry,
    attachment: &Attachment,
) -> AttachmentView {
    let published = find_published(scene, attachment);
    let document = published.and_then(|published| published.document.as_ref());
    AttachmentView {
        src: published.map_or_else(String::new, |published| published.link_from(from)),
        width: published.map_or(0, |published| published.width),
        height: published.map_or(0, |published| published.height),
        alt: attachment.alt.clone().unwrap_or_default(),
        caption: attachment.caption.clone().unwrap_or_default(),
        withheld: why_not_shown(scene, entry, attachment).unwrap_or_default(),
        document: document.map_or_else(String::new, |document| {
            format!(
                "{}, {} kB",
                document.kind.title(),
                document.bytes.div_ceil(1000)
            )
        }),
        name: document.map_or_else(String::new, |document| document.name.clone()),
        carries: document.map_or_else(String::new, |document| document.carries.clone()),
        sha256: document.map_or_else(String::new, |document| document.sha256.clone()),
    }
}

fn find_published<'a>(
    scene: &'a RenderContext<'_>,
    attachment: &Attachment,
) -> Option<&'a Published> {
    let path = SourcePath::new("portfolio/portfolio.yaml").join(&attachment.file.value)?;
    scene.pictures.get(&path)
}

/// Why an attachment of an entry is not on the site or not in a standalone page; `None` if it is.
pub fn why_not_shown(
    scene: &RenderContext<'_>,
    entry: &Entry,
    attachment: &Attachment,
) -> Option<&'static str> {
    if let Some(published) = find_published(scene, attachment) {
        return published
            .site_path
            .is_empty()
            .then_some("is a document beside this page: the site has it");
    }
    let withheld = publish::withheld(
        scene.portfolio,
        entry,
        attachment,
        scene.audience,
        scene.coverage.as_of,
    );
    Some(withheld.map_or(
        "left out: the file is missing, was changed meanwhile, or no clean copy of it can be made",
        |why| why.words(),
    ))
}
