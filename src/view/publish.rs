//! What an audience may see.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::SitePath;
use crate::model::{Attachment, Audience, Entry, Portfolio, Status};
use crate::text::{SourcePath, short_hash, slug};

/// A picture on the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Where it is, from the site's root; its bytes as a `data:` address in a document that stands alone.
    pub site_path: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Published {
    /// Where a page finds it: beside itself, or in itself where it stands alone.
    #[must_use]
    pub fn link_from(&self, page: &SitePath) -> String {
        if self.site_path.starts_with("data:") {
            self.site_path.clone()
        } else {
            page.link_to(&self.site_path)
        }
    }
}

/// A picture that may be published, before it is cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    /// Where it is read.
    pub source: SourcePath,
    /// Where the site has it.
    pub site_path: String,
}

/// Why an attachment is not on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withholding {
    /// No consent covers this audience.
    NoConsent,
    /// It is no picture that can be cleaned of what it may carry.
    NoPicture,
}

impl Withholding {
    /// The reason in words, for the page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoConsent => "left out: there is no valid consent to share it here",
            Self::NoPicture => "held by the learner: only pictures are published",
        }
    }
}

/// Whether an audience may see an entry at all.
#[must_use]
pub fn may_see(entry: &Entry, audience: Audience) -> bool {
    is_meant_for(entry, audience) && entry.withheld_from(audience).next().is_none()
}

/// Whether an entry is meant for an audience, whatever is wrong with it.
#[must_use]
pub fn is_meant_for(entry: &Entry, audience: Audience) -> bool {
    audience == Audience::Private || (entry.status == Status::Submitted && audience.may_see(entry.visibility))
}

/// Why an attachment may not be shown to an audience on a day; none where it may.
#[must_use]
pub fn withheld(
    portfolio: &Portfolio,
    attachment: &Attachment,
    audience: Audience,
    as_of: Date,
) -> Option<Withholding> {
    let name = attachment.file.value.to_lowercase();
    if ![".png", ".jpg", ".jpeg"].iter().any(|ending| name.ends_with(ending)) {
        return Some(Withholding::NoPicture);
    }
    let reference = attachment.consent.as_ref()?;
    let consent = portfolio.register.find(&reference.value);
    let holds = consent.is_some_and(|consent| consent.objection(audience, as_of).is_none());
    (!holds).then_some(Withholding::NoConsent)
}

/// The pictures that the entries which an audience may see have, and that may be shown to it.
/// A file that any entry withholds is withheld everywhere.
#[must_use]
pub fn pictures(portfolio: &Portfolio, audience: Audience, as_of: Date) -> Vec<PictureFile> {
    let base = SourcePath::new("portfolio/portfolio.yaml");
    let mut wanted: BTreeMap<SourcePath, &str> = BTreeMap::new();
    let mut refused: BTreeSet<SourcePath> = BTreeSet::new();
    for entry in &portfolio.entries {
        for attachment in &entry.attachments {
            let (Some(path), Some(sha256)) =
                (base.join(&attachment.file.value), attachment.sha256.as_deref())
            else {
                continue;
            };
            if withheld(portfolio, attachment, audience, as_of).is_some() {
                refused.insert(path);
            } else if may_see(entry, audience) {
                wanted.insert(path, sha256);
            }
        }
    }
    wanted.retain(|path, _| !refused.contains(path));
    let file = |(source, sha256): (SourcePath, &str)| {
        let ending = if source.as_str().to_lowercase().ends_with(".png") { "png" } else { "jpg" };
        let mut name = slug(source.stem());
        name.truncate(80);
        let name = format!("{name}-{}", short_hash(sha256, 8));
        PictureFile { site_path: format!("assets/pictures/{name}.{ending}"), source }
    };
    wanted.into_iter().map(file).collect()
}
