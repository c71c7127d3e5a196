//! The search index: small files that the search page loads on demand, also from a folder on disk.
//!
//! Documents are numbered: criteria, then visible entries, oldest first, so that a new entry
//! changes few files. A shard of terms contains all words with a common prefix, each with its
//! document numbers; a shard of documents contains what results show. Every file is a script that
//! calls a function with its data, because a page opened from disk may load scripts only.

mod index;

use serde::Serialize;

use index::{Index, Shard, Terms, shards};

use super::link::Link;
use super::rows::format_statement;
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::Line;
use crate::par;
use crate::text::findable;

/// Documents in a shard of documents.
const DOCUMENTS: usize = 16;

/// The most passages of an entry in a result.
const PASSAGES: usize = 5;
const LETTERS: usize = 120;

/// Entries in a batch, which is indexed on one core.
const BATCH: usize = 256;
const AT_ONCE: usize = 8;

/// The search page.
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// Every code, so that the page is useful without scripts.
    pub standards: Vec<CodeList>,
    /// The page of all entries.
    pub entries: String,
}

/// The codes of a standard.
#[derive(Clone, Debug, Serialize)]
pub struct CodeList {
    pub title: String,
    pub codes: Vec<Link>,
}

impl SearchPage {
    /// The search page.
    pub fn new(scene: &RenderContext<'_>, from: &SitePath) -> Self {
        let catalogue = &scene.portfolio.catalogue;
        let lines = scene.shown_lines();
        let standards = scene.shown_standards().into_iter().map(|standard| {
            let code = |line: &&Line| scene.criterion_link(from, line.criterion);
            CodeList {
                title: catalogue.standard(standard).full_title(),
                codes: lines
                    .iter()
                    .filter(|line| line.criterion.standard == standard)
                    .map(code)
                    .collect(),
            }
        });
        Self {
            standards: standards.collect(),
            entries: from.link_to("entries.html"),
        }
    }
}

/// A search result: title, type, address, and passages with their anchors.
#[derive(Serialize)]
struct SearchDocument(String, &'static str, String, Vec<(String, String)>);

/// The index of a site in memory.
#[derive(Debug)]
pub struct SearchIndex {
    shards: Vec<Shard>,
    criteria: usize,
    documents: usize,
}

/// A file of the index. Each is serialised by itself, so that they are never all in memory.
#[derive(Clone, Copy, Debug)]
pub enum SearchFile {
    /// The list of shards.
    Manifest,
    /// A shard of terms.
    Terms(usize),
    /// A shard of documents.
    Documents(usize),
}

impl SearchFile {
    /// The path of the file.
    pub fn path(self) -> SitePath {
        SitePath::new(match self {
            Self::Manifest => "assets/search/manifest.js".to_owned(),
            Self::Terms(number) => format!("assets/search/t{number}.js"),
            Self::Documents(number) => format!("assets/search/d{number}.js"),
        })
    }
}

impl SearchIndex {
    /// Indexes everything that the audience may see.
    pub fn new(scene: &RenderContext<'_>) -> Self {
        let lines = criteria(scene);
        let mut index = Index::default();
        for (number, line) in (0_u32..).zip(&lines) {
            let (code, text) = describe_criterion(scene, line);
            index.add_all(&findable(&format!("{code} {text}")), number);
        }
        for together in split_batches(scene, lines.len()).chunks(AT_ONCE) {
            for batch in par::map(together, |batch| index_batch(scene, batch)) {
                index.append(batch);
            }
        }
        let documents = lines.len() + scene.visible.len();
        Self {
            shards: shards(index.sorted()),
            criteria: lines.len(),
            documents,
        }
    }

    /// The files of the index.
    pub fn files(&self) -> Vec<SearchFile> {
        let terms = (0..self.shards.len()).map(SearchFile::Terms);
        let documents = (0..self.documents.div_ceil(DOCUMENTS)).map(SearchFile::Documents);
        std::iter::once(SearchFile::Manifest)
            .chain(terms)
            .chain(documents)
            .collect()
    }

    /// The content of a file.
    pub fn text(&self, scene: &RenderContext<'_>, file: SearchFile) -> String {
        match file {
            SearchFile::Manifest => {
                let prefixes: Vec<&str> = self
                    .shards
                    .iter()
                    .map(|(prefix, _)| prefix.as_str())
                    .collect();
                format!(
                    "ksbfolioIndex({},{DOCUMENTS},{});\n",
                    to_json(&prefixes),
                    self.criteria
                )
            }
            SearchFile::Terms(number) => {
                let (prefix, terms) = &self.shards[number];
                format!(
                    "ksbfolioTerms({},{});\n",
                    to_json(prefix),
                    to_json(&Terms(terms))
                )
            }
            SearchFile::Documents(number) => {
                let from = number * DOCUMENTS;
                let numbers = from..self.documents.min(from + DOCUMENTS);
                let lines = criteria(scene);
                let documents: Vec<String> = numbers
                    .map(|number| to_json(&build_document(scene, &lines, number)))
                    .collect();
                format!("ksbfolioDocuments({number},[{}]);\n", documents.join(","))
            }
        }
    }
}

/// The files of the index, by path.
pub fn search_files(scene: &RenderContext<'_>) -> Vec<(String, String)> {
    let index = SearchIndex::new(scene);
    par::map(&index.files(), |&file| {
        (file.path().as_str().to_owned(), index.text(scene, file))
    })
}

/// Batches of entries with their document numbers.
fn split_batches(scene: &RenderContext<'_>, criteria: usize) -> Vec<Vec<(usize, u32)>> {
    let number = |at: usize| u32::try_from(criteria + at).unwrap_or(u32::MAX);
    let numbered: Vec<(usize, u32)> = scene
        .visible
        .iter()
        .enumerate()
        .map(|(at, &entry)| (entry, number(at)))
        .collect();
    numbered.chunks(BATCH).map(<[_]>::to_vec).collect()
}

fn index_batch(scene: &RenderContext<'_>, batch: &[(usize, u32)]) -> Index {
    let mut index = Index::default();
    for &(at, number) in batch {
        let entry = &scene.portfolio.entries[at];
        let codes = entry
            .claims
            .iter()
            .map(|claim| scene.portfolio.catalogue.code(claim.criterion).to_string());
        let codes: Vec<String> = codes.collect();
        let head = findable(&format!("{} {}", entry.front_matter.title, codes.join(" ")));
        index.add_all(&entry.body.vocabulary.words, number);
        index.add_all(&head, number);
    }
    index
}

fn to_json(value: &impl Serialize) -> String {
    // Texts, numbers and lists cannot fail to serialise. Characters that could end a script element
    // are escaped.
    let text = serde_json::to_string(value).unwrap_or_default();
    if !["<", "\u{2028}", "\u{2029}"]
        .iter()
        .any(|char| text.contains(*char))
    {
        return text;
    }
    text.replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Criteria in the order of their document numbers.
fn criteria<'a>(scene: &RenderContext<'a>) -> Vec<&'a Line> {
    scene.shown_lines()
}

fn describe_criterion(scene: &RenderContext<'_>, line: &Line) -> (String, String) {
    let criterion = scene.portfolio.catalogue.criterion(line.criterion);
    (
        criterion.code.value.to_string(),
        format_statement(&criterion.text),
    )
}

/// The document of a number. Criteria come first.
fn build_document(scene: &RenderContext<'_>, criteria: &[&Line], number: usize) -> SearchDocument {
    if let Some(line) = criteria.get(number) {
        let (code, text) = describe_criterion(scene, line);
        let href = scene.routes.criterion(line.criterion).to_owned();
        return SearchDocument(code, "Criterion", href, vec![(String::new(), text)]);
    }
    let at = scene.visible[number - criteria.len()];
    let entry = &scene.portfolio.entries[at];
    let passages = entry.body.passages.iter().take(PASSAGES);
    let passages = passages.map(|passage| (passage.anchor.clone(), shorten(&passage.text)));
    SearchDocument(
        entry.front_matter.title.clone(),
        entry.front_matter.kind.title(),
        scene.routes.entry(at).to_owned(),
        passages.collect(),
    )
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
