//! Documents and pictures of evidence, for rules.

use super::case::Case;
use crate::diagnostic::{Finding, Place, Subject};
use crate::document::{ContentClass, ContentKind, DocumentType, Refusal};
use crate::model::{Attachment, FileIdentifier, FiledEntry, Inspection};
use crate::privacy::{Kind, mask_path};
use crate::text::{SourcePath, Span, listed};

impl<'a> Case<'a> {
    /// Every attachment that is a document of an allowed type, with its inspection or the reason
    /// why there is none.
    pub fn documents(
        &self,
    ) -> impl Iterator<
        Item = (
            &'a FiledEntry,
            &'a Attachment,
            DocumentType,
            &'a Result<Inspection, Refusal>,
        ),
    > {
        let portfolio = self.portfolio;
        let base = SourcePath::new("portfolio/portfolio.yaml");
        let all = portfolio.entries.iter();
        let all = all.flat_map(|entry| {
            entry
                .front_matter
                .attachments
                .iter()
                .map(move |one| (entry, one))
        });
        all.filter_map(move |(entry, attachment)| {
            let kind = DocumentType::of_file(&attachment.file.value)?;
            let file = portfolio
                .evidence
                .get(&base.join(&attachment.file.value)?)?;
            Some((entry, attachment, kind, file.inside.as_ref()?))
        })
    }

    /// Every picture among the files of evidence that could be read.
    pub fn pictures(&self) -> impl Iterator<Item = (&'a SourcePath, &'a Inspection)> {
        let files = self.portfolio.evidence.iter();
        let pictures = files.filter(|(path, _)| DocumentType::of_file(path.as_str()).is_none());
        pictures.filter_map(|(path, file)| Some((path, file.inside.as_ref()?.as_ref().ok()?)))
    }

    /// Every file with a picture's name that cannot be shown as a picture, and why.
    pub fn unread_pictures(&self) -> impl Iterator<Item = (&'a SourcePath, Refusal)> {
        let files = self.portfolio.evidence.iter();
        let pictures = files.filter(|(path, _)| DocumentType::of_file(path.as_str()).is_none());
        pictures.filter_map(|(path, file)| Some((path, *file.inside.as_ref()?.as_ref().err()?)))
    }

    /// Reports contents of one sort, each document once.
    pub fn each_content(&self, sort: ContentClass, help: &str, found: &mut Vec<Finding>) {
        // Some classes share a rule.
        let class = match sort {
            ContentClass::Active => "active",
            ContentClass::Shown => "shown",
            _ => "held",
        };
        for (entry, attachment, kind, inside) in self.documents() {
            let Ok(inside) = inside else { continue };
            let one = |(trace, count): (ContentKind, usize)| {
                let by = match inside.carried.people(trace) {
                    0 => "",
                    1 => " by one person who is named",
                    _ => " by several people who are named",
                };
                format!("{}{by}", trace.words(count))
            };
            let traces: Vec<String> = inside.carried.of(sort).map(one).collect();
            if !traces.is_empty() {
                let verb = if sort == ContentClass::Property {
                    "has these properties:"
                } else {
                    "holds"
                };
                let message = format!("this {} {verb} {}", kind.title(), listed(&traces));
                let finding = self.about(sort.rule(), entry, attachment.file.span, message);
                let finding = finding.fact(class).fact(&attachment.file.value);
                found.push(finding.help(help));
            }
        }
    }

    /// Reports identifiers of a kind in documents, file names and the metadata of pictures. Places
    /// in a document are named by part: no word of its text is kept.
    pub(super) fn each_identifier_in_files(
        &self,
        kind: Kind,
        what: &str,
        found: &mut Vec<Finding>,
    ) {
        for (entry, attachment, document, inside) in self.documents() {
            let Ok(inside) = inside else { continue };
            let unanswered =
                |one: &&FileIdentifier| one.kind == kind && !entry.answers_in_file(one);
            for one in inside.identifiers.iter().filter(unanswered) {
                let part = one.part.words();
                let (title, word) = (document.title(), one.confidence.word());
                let message = format!("in the {part} of this {title} there is {what} ({word})");
                let finding = self.about(kind.rule(), entry, attachment.file.span, message);
                let finding = finding.fact("document").fact(&attachment.file.value);
                found.push(
                    finding.help("make it anonymous in the document itself, and save it again"),
                );
            }
        }
        let decisions = self.portfolio.chain.files.iter().map(|file| &file.path);
        let paths = self.portfolio.evidence.keys().chain(decisions);
        // Paths were searched when their files were found.
        for path in paths.filter(|path| path.shown() != path.as_str()) {
            for (_, confidence) in mask_path(path.as_str())
                .1
                .iter()
                .filter(|one| one.0 == kind)
            {
                let message = format!("the name of this file holds {what} ({})", confidence.word());
                let place = Place::new(path, Span::default());
                let finding =
                    Finding::new(kind.rule(), place, Subject::File(path.to_string()), message);
                let finding = finding.fact("file name");
                found.push(finding.help("rename the file, and the places that name it"));
            }
        }
        for (path, inside) in self.pictures() {
            for one in inside.identifiers.iter().filter(|one| one.kind == kind) {
                let message = format!(
                    "what the file of this picture says of itself holds {what} ({})",
                    one.confidence.word()
                );
                let place = Place::new(path, Span::default());
                let finding =
                    Finding::new(kind.rule(), place, Subject::File(path.to_string()), message);
                let finding = finding.fact("picture");
                found.push(finding.help(
                    "the published picture is without it; save the original again without its properties",
                ));
            }
        }
    }
}
