//! The hand-in: everything that goes to the final assessment, as an ordered folder and as a zip.
//!
//! A hand-in is an output folder like a site. It consists of what builds and packs consist of; the
//! checksums are written last, and the zip after them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::attached::attached;
use super::embedded_pictures::embed_pictures;
use super::site::{assets, others};
use super::theme::open_theme;
use super::{EngineError, Snapshot};
use crate::document;
use crate::files::SiteFile;
use crate::layout;
use crate::model::{Audience, Checklist, DecisionFile, Entry, Known, Signature, SignatureFlaw};
use crate::par;
use crate::privacy::{Confidence, identifiers};
use crate::render::{self, Theme};
use crate::report::{self, HandIn, HandedDecisions, HandedFile};
use crate::resolve::PACK_NAMESPACE;
use crate::store::{self, FileKind, Files as _, Output, Written};
use crate::text::{SourcePath, portable_name};
use crate::view::{self, PackScope, Published, RenderContext, SiteScope};

const SITE: &str = "01-site/";
const PRINTABLE: &str = "02-portfolio.html";
const MAPPING: &str = "03-mapping";
const EVIDENCE: &str = "04-evidence/";
/// The folder of decision files in a hand-in.
pub(super) const DECISIONS: &str = "05-decisions/";
/// The checksums of a hand-in.
pub(super) const CHECKSUMS: &str = "SHA256SUMS";
/// Their signature.
pub(super) const SIGNATURE: &str = "SHA256SUMS.sig";

/// Pictures and documents that may be shown, by source.
type Pictures = BTreeMap<SourcePath, Published>;

/// Files of a pack by their path in its folder.
type PackFiles = Vec<(String, Vec<u8>)>;

/// The content of a pack.
struct PackContents<'a> {
    project: &'a Snapshot,
    checklist: &'a Checklist,
    only: Option<usize>,
    /// The entries, as indices into the portfolio.
    entries: Vec<usize>,
    theme: Theme,
}

/// The result of writing a hand-in.
#[derive(Debug)]
pub struct HandInReport {
    /// The name of the pack: of its folder, and of the zip without its extension.
    pub name: String,
    /// Files written and removed.
    pub written: Written,
    /// Files in the folder of the pack that are not part of it.
    pub foreign: Vec<String>,
}

/// Writes everything that is handed in below `folder`: as a folder, and as a zip.
///
/// # Errors
/// The folder cannot be written to, the theme does not render, or an entry changed meanwhile.
pub fn write_hand_in(
    project: &Snapshot,
    checklist: &Checklist,
    only: Option<usize>,
    theme: Option<&str>,
    key: Option<&Path>,
    folder: &Path,
) -> Result<HandInReport, EngineError> {
    let contents = PackContents {
        project,
        checklist,
        only,
        entries: handed_in(project, only),
        theme: open_theme(project, theme)?,
    };
    let mut files = contents.files()?;
    if let Some(key) = key {
        let sums = files
            .last()
            .map(|(_, bytes)| String::from_utf8_lossy(bytes));
        let sums = sums.unwrap_or_default();
        let signature = store::sign(&project.root, &sums, key, PACK_NAMESPACE)?;
        files.push((SIGNATURE.to_owned(), signature.into_bytes()));
    }
    if let Some(path) = project.sources.moved() {
        let message = format!("{path} was changed while the pack was made");
        return Err(EngineError::refused(message, "make it again"));
    }
    let name = file_stem(&project.portfolio.settings.learner_id);
    let files = with_zip(&name, files)?;
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let output = Output::open(folder, &project.root)?;
    output.expect(&paths)?;
    // The checksums and the zip come last: they do not match a half-renewed folder.
    let (first, last) = files.split_at(files.len().saturating_sub(2));
    let placed = par::map(first, |(path, bytes)| output.place(path, bytes));
    let mut placed: Vec<_> = placed.into_iter().collect::<Result<_, _>>()?;
    for (path, bytes) in last {
        placed.push(output.place(path, bytes)?);
    }
    Ok(HandInReport {
        written: output.close(&placed)?,
        foreign: store::foreign_files(&folder.join(&name), &name, &placed)?,
        name,
    })
}

/// The files below a folder called `name`, and after them the zip that contains them.
fn with_zip(name: &str, files: PackFiles) -> Result<PackFiles, EngineError> {
    let named = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let zip = document::archive(name, named).map_err(|error| {
        let message = format!("the zip cannot be written: {error}");
        EngineError::refused(message, "hand in the folder")
    })?;
    let files = files.into_iter();
    let mut all: PackFiles = files
        .map(|(path, bytes)| (format!("{name}/{path}"), bytes))
        .collect();
    all.push((format!("{name}.zip"), zip));
    Ok(all)
}

/// The name of a learner's files: the reference, in characters that are valid on every system.
#[must_use]
pub fn file_stem(learner: &str) -> String {
    let name = portable_name(learner);
    if name.is_empty() {
        "portfolio".to_owned()
    } else {
        name
    }
}

/// The entries that an assessor may see and whose type the assessment accepts; of one standard,
/// those that claim a criterion of it.
fn handed_in(project: &Snapshot, only: Option<usize>) -> Vec<usize> {
    let backdrop = SiteScope::new(
        &project.portfolio,
        Audience::Assessor,
        BTreeMap::new(),
        None,
    );
    let entry = |at: usize| &project.portfolio.entries[at];
    let wanted = |at: &usize| {
        only.is_none_or(|only| {
            entry(*at)
                .claims
                .iter()
                .any(|claim| claim.criterion.standard == only)
        }) && refused_by(project, entry(*at), only).is_none()
    };
    backdrop.visible.iter().copied().filter(wanted).collect()
}

/// The standard whose assessment does not accept an entry's type; `None` if any standard of the
/// entry accepts it.
fn refused_by(project: &Snapshot, entry: &Entry, only: Option<usize>) -> Option<usize> {
    let catalogue = &project.portfolio.catalogue;
    let claimed: BTreeSet<usize> = entry
        .claims
        .iter()
        .map(|claim| claim.criterion.standard)
        .collect();
    let all = 0..catalogue.standards.len();
    let concerned = |at: &usize| {
        only.is_none_or(|only| only == *at) && (claimed.is_empty() || claimed.contains(at))
    };
    let takes = |at: &usize| match &catalogue.rules(*at).evidence_types {
        Known::Known(types) => types.contains(&entry.front_matter.kind),
        Known::Unknown => true,
    };
    let concerned: Vec<usize> = all.filter(concerned).collect();
    if concerned.iter().any(takes) {
        None
    } else {
        concerned.first().copied()
    }
}

/// Whether a text certainly identifies a person.
fn reveals(text: &str) -> bool {
    identifiers(text, &[])
        .iter()
        .any(|one| one.confidence == Confidence::Certain)
}

/// Whether a decision file has a detached signature, valid or not.
fn is_signed(file: &DecisionFile) -> bool {
    match &file.signature {
        Signature::Unasked { present } => *present,
        Signature::Good { .. } => true,
        Signature::Flawed(flaw) => *flaw != SignatureFlaw::Missing,
    }
}

/// A portable file name with a number and an id, never with the author's name for the file:
/// `004-recognising-pain.png`.
fn numbered(number: usize, id: &str, ending: &str) -> String {
    let name = portable_name(&view::published_name(id));
    if name.is_empty() {
        format!("{number:03}.{ending}")
    } else {
        format!("{number:03}-{name}.{ending}")
    }
}

impl PackContents<'_> {
    /// All files, in the order of the zip: by path, the checksums last.
    fn files(&self) -> Result<PackFiles, EngineError> {
        let project = self.project;
        let (published, shown) = self.published()?;
        let mut files = PackFiles::new();
        let evidence = self.evidence(&published, &shown, &mut files);
        let mut scope = self.scope(published.clone());
        let context = project.scene(&scope);
        let site = self.site(&context)?;
        let entries = self.entries.iter();
        let entries = entries.map(|&at| (at, format!("{SITE}{}", context.routes.entry(at))));
        let entries: Vec<(usize, String)> = entries.collect();
        let rows = view::mapping(&context, self.only);
        let (decisions, heads) = self.decisions(&mut files)?;
        let left_out = self.left_out(&context, &decisions);
        let annex = render::annex(&self.theme, &context, SITE, &rows, &left_out)?;
        files.push((format!("{MAPPING}.html"), annex.into_bytes()));
        let mapping = report::mapping_csv(&project.portfolio, project.coverage.as_of, &rows, SITE);
        files.push((format!("{MAPPING}.csv"), mapping.into_bytes()));
        scope.pictures = embed_pictures(published, &shown);
        let part = self.only.map_or(PackScope::All, PackScope::Standard);
        let printable = render::standalone_pack(&self.theme, &project.scene(&scope), part)?;
        files.push((PRINTABLE.to_owned(), printable.into_bytes()));
        let site = site.into_iter().chain(shown);
        files.extend(site.map(|file| (format!("{SITE}{}", file.path.as_str()), file.bytes)));
        let hand_in = HandIn {
            portfolio: &project.portfolio,
            coverage: &project.coverage,
            checklist: self.checklist,
            entries,
            evidence,
            decisions,
            heads,
            left_out,
        };
        let cover = report::cover_page(&hand_in);
        files.push(("README.txt".to_owned(), cover.into_bytes()));
        files.sort();
        // Identical pictures are one file of the site.
        files.dedup();
        let manifest = report::manifest(&hand_in, &files);
        files.push(("manifest.json".to_owned(), manifest.into_bytes()));
        files.push((CHECKSUMS.to_owned(), report::checksums(&files).into_bytes()));
        Ok(files)
    }

    /// The attachments of the pack's entries that may be shown, and their files.
    fn published(&self) -> Result<(Pictures, Vec<SiteFile>), EngineError> {
        let (mut published, mut shown) = attached(self.project, Audience::Assessor)?;
        let own = self.attached();
        published.retain(|source, _| own.contains_key(source));
        let kept: BTreeSet<&str> = published
            .values()
            .map(|one| one.site_path.as_str())
            .collect();
        shown.retain(|file| kept.contains(file.path.as_str()));
        Ok((published, shown))
    }

    /// The files of the site but for attachments.
    fn site(&self, context: &RenderContext<'_>) -> Result<Vec<SiteFile>, EngineError> {
        let jobs = view::jobs(context);
        let mut site: Vec<SiteFile> = assets(&self.theme, context, &jobs).collect();
        site.extend(others(self.project, context));
        let pages = par::map(&jobs, |&job| render::page(&self.theme, context, job));
        site.extend(pages.into_iter().collect::<Result<Vec<_>, _>>()?);
        Ok(site)
    }

    fn scope(&self, pictures: BTreeMap<SourcePath, Published>) -> SiteScope {
        let mut backdrop =
            SiteScope::new(&self.project.portfolio, Audience::Assessor, pictures, None);
        backdrop.show_only(&self.project.portfolio, &self.entries);
        backdrop
    }

    /// The attached files of the pack's entries, each with its entries in order.
    fn attached(&self) -> BTreeMap<SourcePath, Vec<usize>> {
        let base = SourcePath::new(layout::SETTINGS);
        let mut attached: BTreeMap<SourcePath, Vec<usize>> = BTreeMap::new();
        for &at in &self.entries {
            for one in &self.project.portfolio.entries[at].front_matter.attachments {
                let Some(path) = base.join(&one.file.value) else {
                    continue;
                };
                let entries = attached.entry(path).or_default();
                if entries.last() != Some(&at) {
                    entries.push(at);
                }
            }
        }
        attached
    }

    /// Adds the evidence under numbered names, in the order of the entries.
    fn evidence(
        &self,
        published: &BTreeMap<SourcePath, Published>,
        shown: &[SiteFile],
        files: &mut PackFiles,
    ) -> Vec<HandedFile> {
        let mut in_order: Vec<(&SourcePath, &Published, Vec<usize>)> = Vec::new();
        for (source, entries) in &self.attached() {
            if let Some((source, picture)) = published.get_key_value(source) {
                in_order.push((source, picture, entries.clone()));
            }
        }
        in_order.sort_by(|a, b| (&a.2, a.0).cmp(&(&b.2, b.0)));
        let mut evidence = Vec::new();
        for (number, (source, picture, entries)) in (1..).zip(in_order) {
            let Some(file) = shown
                .iter()
                .find(|file| file.path.as_str() == picture.site_path)
            else {
                continue;
            };
            let ending = picture.site_path.rsplit('.').next().unwrap_or("jpg");
            let all = entries
                .iter()
                .map(|&at| &self.project.portfolio.entries[at]);
            let first = all.clone().next().map_or("", |entry| entry.id.as_str());
            let path = format!("{EVIDENCE}{}", numbered(number, first, ending));
            let base = SourcePath::new(layout::SETTINGS);
            let attachments = all
                .clone()
                .flat_map(|entry| &entry.front_matter.attachments);
            let mut own =
                attachments.filter(|one| base.join(&one.file.value).as_ref() == Some(source));
            evidence.push(HandedFile {
                path: path.clone(),
                alt: own.find_map(|one| one.alt.clone()).unwrap_or_default(),
                entries: all.map(|entry| entry.id.clone()).collect(),
            });
            files.push((path, file.bytes.clone()));
        }
        evidence
    }

    /// Adds the decision files unchanged, because the next file in the chain names the digest of
    /// their text. A file about an entry that is not in the pack is represented by its digest.
    fn decisions(
        &self,
        files: &mut PackFiles,
    ) -> Result<(Vec<HandedDecisions>, Vec<String>), EngineError> {
        let portfolio = &self.project.portfolio;
        let inside = |id: &String| {
            portfolio
                .index
                .by_id(id)
                .is_some_and(|at| self.entries.binary_search(&at).is_ok())
        };
        let mut handed = Vec::new();
        let readable = portfolio
            .chain
            .files
            .iter()
            .filter_map(|file| Some((file.author.as_ref()?.date.to_string(), file)));
        for (number, (day, file)) in (1..).zip(readable) {
            let digest = file.digest.clone();
            let bytes = self.project.files.read(file.path.as_str())?;
            let objections = [
                (
                    !file.entries.iter().all(inside),
                    "it describes a piece that is not in the pack",
                ),
                (
                    reveals(&String::from_utf8_lossy(&bytes)),
                    "something in it identifies a person",
                ),
            ];
            if let Some((_, why)) = objections.into_iter().find(|(objects, _)| *objects) {
                handed.push(HandedDecisions {
                    path: None,
                    digest,
                    left_out: Some(why.to_owned()),
                });
                continue;
            }
            let path = format!("{DECISIONS}{}", numbered(number, &day, "yaml"));
            let signature = format!("{}.sig", file.path.as_str());
            let is_unchanged = self.project.files.kind(&signature) == FileKind::File;
            if is_signed(file) && is_unchanged {
                let bytes = self.project.files.read(&signature)?;
                files.push((format!("{path}.sig"), bytes));
            }
            handed.push(HandedDecisions {
                path: Some(path.clone()),
                digest,
                left_out: None,
            });
            files.push((path, bytes));
        }
        let heads = portfolio.chain.heads().into_iter();
        Ok((handed, heads.map(|head| head.digest.clone()).collect()))
    }

    /// Everything an assessor could see that is not in the pack, with the reason.
    fn left_out(
        &self,
        scene: &view::RenderContext<'_>,
        decisions: &[HandedDecisions],
    ) -> Vec<(String, String)> {
        let project = self.project;
        let mut left_out = Vec::new();
        let seen = SiteScope::new(
            &project.portfolio,
            Audience::Assessor,
            BTreeMap::new(),
            None,
        )
        .visible;
        for entry in seen.iter().map(|&at| &project.portfolio.entries[at]) {
            if let Some(standard) = refused_by(project, entry, self.only) {
                let title = project.portfolio.catalogue.standard(standard).full_title();
                let why = format!(
                    "{title} does not take the type “{}” for its assessment",
                    entry.front_matter.kind.title()
                );
                left_out.push((format!("The piece “{}”", entry.front_matter.title), why));
            }
        }
        for &at in &self.entries {
            let entry = &project.portfolio.entries[at];
            for (number, one) in (1..).zip(&entry.front_matter.attachments) {
                if let Some(why) = view::why_not_shown(scene, entry, one) {
                    left_out.push((
                        format!("Attachment {number} of “{}”", entry.front_matter.title),
                        why.to_owned(),
                    ));
                }
            }
        }
        for file in decisions.iter().filter(|file| file.left_out.is_some()) {
            let why = file.left_out.clone().unwrap_or_default();
            left_out.push((format!("The decision file {}", file.digest), why));
        }
        left_out
    }
}
