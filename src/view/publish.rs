//! Decides which entries and attachments an audience may see.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::routes::published_name;
use crate::document::{ContentClass, DocumentType};
use crate::files::SitePath;
use crate::layout::SETTINGS;
use crate::model::{Attachment, Audience, Entry, Portfolio, Status, WithholdingReason};
use crate::privacy::mask_path;
use crate::text::{SourcePath, portable_name, short_hash};

/// A document as the site offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedDocument {
    /// The type.
    pub kind: DocumentType,
    /// The size.
    pub bytes: u64,
    /// The suggested file name.
    pub name: String,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// Hidden content in words; empty if there is none.
    pub carries: String,
}

/// A picture or a document on the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Path from the root of the site. In a standalone page, a `data:` URL, or empty if it cannot
    /// be part of the page.
    pub site_path: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `None` for a picture.
    pub document: Option<OfferedDocument>,
}

impl Published {
    /// The address for a page: relative, or the `data:` URL itself.
    pub fn link_from(&self, page: &SitePath) -> String {
        if self.site_path.is_empty() || self.site_path.starts_with("data:") {
            self.site_path.clone()
        } else {
            page.link_to(&self.site_path)
        }
    }
}

/// A picture or document that may be published, before its file is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachedFile {
    /// The source path.
    pub source: SourcePath,
    /// SHA-256 at the time it was judged.
    pub sha256: String,
    /// Path from the root of the site.
    pub site_path: String,
    /// `None` for a picture.
    pub document: Option<OfferedDocument>,
}

/// Why an attachment is not on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withholding {
    /// No consent covers this audience.
    NoConsent,
    /// A picture without a consent, and without the author's statement that it shows no person.
    Uncleared,
    /// Neither a picture that can be re-encoded nor a document of an allowed type.
    NoPicture,
    /// A document, and the audience is the public.
    NoDocuments,
    /// Named like a picture, but not readable as one.
    NotShowable,
    /// A document with hidden content.
    Kept(WithholdingReason),
}

impl Withholding {
    /// The reason in words, for pages.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoConsent => "left out: there is no valid consent to share it here",
            Self::Uncleared => {
                "left out: it names no consent, and nothing says that it shows no person"
            }
            Self::NoPicture => "held by the learner: files of this type are not published",
            Self::NoDocuments => "held by the learner: a public site has no documents",
            Self::NotShowable => "left out: it cannot be shown as a picture",
            Self::Kept(WithholdingReason::Unread(_)) => {
                "held by the learner: it cannot be read to its end"
            }
            Self::Kept(WithholdingReason::Identifies(_)) => {
                "held by the learner: something in it may identify somebody"
            }
            Self::Kept(WithholdingReason::Carries(sort)) => match sort {
                ContentClass::Change => "held by the learner: it holds tracked changes",
                ContentClass::Comment => "held by the learner: it holds comments",
                ContentClass::Hidden => {
                    "held by the learner: it holds something that does not show"
                }
                ContentClass::Active => "held by the learner: it holds macros or scripts",
                _ => {
                    "held by the learner: it holds something that is fetched, or cannot be inspected"
                }
            },
        }
    }
}

/// Whether an audience may see an entry.
pub(super) fn is_visible(entry: &Entry, audience: Audience) -> bool {
    is_meant_for(entry, audience) && entry.withheld_from(audience).next().is_none()
}

/// Whether an entry is meant for an audience, even if it is withheld for identifiers in it.
pub fn is_meant_for(entry: &Entry, audience: Audience) -> bool {
    audience == Audience::Private
        || (entry.front_matter.status == Status::Submitted
            && audience.is_visible(entry.front_matter.visibility))
}

/// Why an attachment may not be shown to an audience on the date `as_of`; `None` if it may.
pub(super) fn withheld(
    portfolio: &Portfolio,
    entry: &Entry,
    attachment: &Attachment,
    audience: Audience,
    as_of: Date,
) -> Option<Withholding> {
    if let Some(consent) = &attachment.consent {
        let known = portfolio.register.find(&consent.value);
        if known.is_none_or(|known| known.objection(audience, as_of).is_some()) {
            return Some(Withholding::NoConsent);
        }
    }
    if audience == Audience::Public && attachment.is_uncleared_picture() {
        return Some(Withholding::Uncleared);
    }
    let file = SourcePath::new(SETTINGS).join(&attachment.file.value);
    let inside = file.and_then(|file| portfolio.evidence.get(&file)?.inside.as_ref());
    if attachment.is_picture() {
        // Metadata does not matter: the published picture is re-encoded.
        return inside
            .is_some_and(Result::is_err)
            .then_some(Withholding::NotShowable);
    }
    match inside {
        Some(_) if audience == Audience::Public => Some(Withholding::NoDocuments),
        Some(inside) => entry
            .withholding_reason(inside, audience)
            .map(Withholding::Kept),
        None => Some(Withholding::NoPicture),
    }
}

/// The attachments of visible entries that may be shown to an audience. A file that any entry
/// withholds is withheld everywhere.
pub fn attached_files(portfolio: &Portfolio, audience: Audience, as_of: Date) -> Vec<AttachedFile> {
    let base = SourcePath::new(SETTINGS);
    let mut wanted: BTreeMap<SourcePath, AttachmentNumber<'_>> = BTreeMap::new();
    let mut refused: BTreeSet<SourcePath> = BTreeSet::new();
    for entry in &portfolio.entries {
        for (number, attachment) in (1..).zip(&entry.front_matter.attachments) {
            let (Some(path), Some(sha256)) = (
                base.join(&attachment.file.value),
                attachment.sha256.as_deref(),
            ) else {
                continue;
            };
            if withheld(portfolio, entry, attachment, audience, as_of).is_some() {
                refused.insert(path);
            } else if is_visible(entry, audience) {
                wanted.entry(path).or_insert(AttachmentNumber {
                    entry,
                    number,
                    sha256,
                });
            }
        }
    }
    wanted.retain(|path, _| !refused.contains(path));
    wanted
        .into_iter()
        .map(|(source, attachment)| build_attached_file(portfolio, source, &attachment))
        .collect()
}

/// A file as the attachment of the first entry that has it. Published files are named after it: the
/// author's own name for a file may say more than its content.
struct AttachmentNumber<'a> {
    entry: &'a Entry,
    /// Its number in the entry, from 1.
    number: usize,
    sha256: &'a str,
}

impl AttachmentNumber<'_> {
    /// `recognising-pain-1`.
    fn name(&self) -> String {
        let mut name = published_name(&self.entry.id);
        name.truncate(80);
        format!("{name}-{}", self.number)
    }
}

/// Attachments of visible entries that no answer of the author can publish to this audience, with
/// the reason.
pub fn never_published(
    portfolio: &Portfolio,
    audience: Audience,
    as_of: Date,
) -> BTreeMap<SourcePath, Withholding> {
    let base = SourcePath::new(SETTINGS);
    let mut never = BTreeMap::new();
    for entry in portfolio
        .entries
        .iter()
        .filter(|entry| is_visible(entry, audience))
    {
        for attachment in &entry.front_matter.attachments {
            let why = withheld(portfolio, entry, attachment, audience, as_of);
            let why = why.filter(|why| {
                matches!(
                    why,
                    Withholding::NoDocuments
                        | Withholding::Kept(
                            WithholdingReason::Unread(_)
                                | WithholdingReason::Carries(ContentClass::Active)
                        )
                )
            });
            if let (Some(path), Some(why)) = (base.join(&attachment.file.value), why) {
                never.insert(path, why);
            }
        }
    }
    never
}

fn build_attached_file(
    portfolio: &Portfolio,
    source: SourcePath,
    attachment: &AttachmentNumber<'_>,
) -> AttachedFile {
    // The path comes from the author, so it may contain identifiers.
    let shown = mask_path(source.as_str()).0;
    let source = source.displayed_as(&shown);
    let kind = DocumentType::of_file(source.as_str());
    let (folder, ending) = match kind {
        Some(kind) => ("documents", kind.ending()),
        None if source.as_str().to_lowercase().ends_with(".png") => ("pictures", "png"),
        None => ("pictures", "jpg"),
    };
    let (name, sha256) = (attachment.name(), attachment.sha256);
    let hash = short_hash(sha256, 8);
    AttachedFile {
        site_path: format!("assets/{folder}/{name}-{hash}.{ending}"),
        sha256: sha256.to_owned(),
        document: kind.and_then(|kind| build_offer(portfolio, &source, kind, &name)),
        source,
    }
}

/// A document as a page offers it; `None` if it was not inspected.
fn build_offer(
    portfolio: &Portfolio,
    source: &SourcePath,
    kind: DocumentType,
    name: &str,
) -> Option<OfferedDocument> {
    let file = portfolio.evidence.get(source)?;
    let inside = file.inside.as_ref()?.as_ref().ok()?;
    Some(OfferedDocument {
        kind,
        bytes: file.bytes,
        name: format!("{}.{}", portable_name(name), kind.ending()),
        sha256: file.sha256.clone(),
        carries: inside.carried.words(),
    })
}
