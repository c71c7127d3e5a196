//! The search index: small files that the search page loads on demand, also from a folder on disk.
//!
//! Documents are numbered: criteria, groups and pages, then visible entries, oldest first, so that
//! a new entry changes few files. A shard of terms contains all stems with a common prefix, each
//! with the numbers of its documents and the best field in which each has it; a shard of documents
//! contains what results show. An entry has a file of its own with its text, loaded when it is
//! among the results shown. Every file is a script that calls a function with its data, because a
//! page opened from disk may load scripts only.

mod documents;
mod entry_words;
mod excerpt;
mod index;
mod stem;

use std::collections::BTreeMap;

use serde::Serialize;

use documents::{Document, list_documents};
use entry_words::{cover_of, read_entry};
use excerpt::collect_runs;
use index::{Field, Index, Shard, Terms, shard_name, shards};

pub use stem::stem;

use super::entry::EntryPage;
use super::link::Link;
use super::rows::format_statement;
use super::scene::RenderContext;
use crate::files::{SiteFile, SitePath};
use crate::model::{CriterionId, Line};
use crate::par;
use crate::text::{findable, stop_words};

/// Documents in a shard of documents.
const DOCUMENTS: usize = 8;

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

/// The index of a site in memory.
#[derive(Debug)]
pub struct SearchIndex {
    shards: Vec<Shard>,
    /// Documents that are no entries; they come first.
    others: Vec<Document>,
    entries: usize,
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

impl SearchIndex {
    /// Indexes everything that the audience may see.
    pub fn new(scene: &RenderContext<'_>) -> Self {
        let others = list_documents(scene);
        let mut index = Index::default();
        for (number, document) in (0_u32..).zip(&others) {
            let (title, text) = document.fields();
            index.add_all(&findable(&document.0), number, title);
            index.add_all(&findable(&document.3), number, text);
            index.add_all(&findable(&document.4), number, Field::Reason);
        }
        let statements = read_statements(scene);
        for together in split_batches(scene, others.len()).chunks(AT_ONCE) {
            for batch in par::map(together, |batch| index_batch(scene, &statements, batch)) {
                index.append(batch);
            }
        }
        Self {
            shards: shards(index.sorted()),
            entries: scene.visible.len(),
            others,
        }
    }

    /// The files of the index, without the texts of entries.
    pub fn files(&self) -> Vec<SearchFile> {
        let terms = (0..self.shards.len()).map(SearchFile::Terms);
        let documents = (0..self.others.len().div_ceil(DOCUMENTS)).map(SearchFile::Documents);
        std::iter::once(SearchFile::Manifest)
            .chain(terms)
            .chain(documents)
            .collect()
    }

    /// The path of a file.
    pub fn path(&self, file: SearchFile) -> SitePath {
        SitePath::new(match file {
            SearchFile::Manifest => "assets/search/manifest.js".to_owned(),
            SearchFile::Terms(number) => {
                format!("assets/search/t{}.js", shard_name(&self.shards[number].0))
            }
            SearchFile::Documents(number) => format!("assets/search/d{number}.js"),
        })
    }

    /// The content of a file.
    pub fn text(&self, file: SearchFile) -> String {
        match file {
            SearchFile::Manifest => {
                let prefixes = self.shards.iter().map(|(prefix, _)| prefix.as_str());
                let manifest = (
                    prefixes.collect::<Vec<_>>(),
                    (
                        DOCUMENTS,
                        self.others.len(),
                        self.others.len() + self.entries,
                    ),
                    stop_words().collect::<Vec<_>>().join(" "),
                    stem::STEPS,
                );
                format!("ksbfolioIndex({});\n", to_json(&manifest))
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
                let documents = self.others.chunks(DOCUMENTS).nth(number);
                format!("ksbfolioDocuments({number},{});\n", to_json(&documents))
            }
        }
    }
}

/// The files of the index, by path, with the texts of entries.
pub fn search_files(scene: &RenderContext<'_>) -> Vec<(String, String)> {
    let index = SearchIndex::new(scene);
    let mut files = par::map(&index.files(), |&file| {
        (index.path(file).as_str().to_owned(), index.text(file))
    });
    files.extend(par::map(&scene.visible, |&at| {
        let path = SitePath::new(scene.routes.entry(at));
        let file = excerpt_file(scene, at, &EntryPage::new(scene, &path, at));
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        (file.path.as_str().to_owned(), text)
    }));
    files
}

/// The path of the text of an entry, from which results show the sentence that was found.
pub fn excerpt_path(scene: &RenderContext<'_>, at: usize) -> SitePath {
    let place = scene.visible.binary_search(&at).unwrap_or(0);
    SitePath::new(format!("assets/search/e{place}.js"))
}

/// An entry as results show it: title, type and date, address, and its text as its finished page
/// has it.
pub(super) fn excerpt_file(scene: &RenderContext<'_>, at: usize, page: &EntryPage) -> SiteFile {
    let place = scene.visible.binary_search(&at).unwrap_or(0);
    let (mut title, mut runs) = (page.title.clone(), collect_runs(page));
    if let Some(cover) = cover_of(&scene.portfolio.entries[at]) {
        title = cover.over(&title);
        for run in &mut runs {
            run.cover(&cover);
        }
    }
    let kind = format!("{}, {}", page.kind, page.date);
    let entry = to_json(&(title, kind, scene.routes.entry(at), runs));
    SiteFile {
        path: excerpt_path(scene, at),
        bytes: format!("ksbfolioEntry({place},{entry});\n").into_bytes(),
    }
}

/// Batches of entries with their document numbers.
fn split_batches(scene: &RenderContext<'_>, others: usize) -> Vec<Vec<(usize, u32)>> {
    let number = |at: usize| u32::try_from(others + at).unwrap_or(u32::MAX);
    let numbered: Vec<(usize, u32)> = scene
        .visible
        .iter()
        .enumerate()
        .map(|(at, &entry)| (entry, number(at)))
        .collect();
    numbered.chunks(BATCH).map(<[_]>::to_vec).collect()
}

/// The words of the statements of all criteria, by criterion.
type Statements = BTreeMap<CriterionId, String>;

fn read_statements(scene: &RenderContext<'_>) -> Statements {
    let catalogue = &scene.portfolio.catalogue;
    let words =
        |line: &Line| findable(&format_statement(&catalogue.criterion(line.criterion).text));
    let lines = scene.shown_lines().into_iter();
    lines.map(|line| (line.criterion, words(line))).collect()
}

fn index_batch(
    scene: &RenderContext<'_>,
    statements: &Statements,
    batch: &[(usize, u32)],
) -> Index {
    let mut index = Index::default();
    for &(at, number) in batch {
        for (words, field) in read_entry(scene, at) {
            index.add_all(&words, number, field);
        }
        let claims = scene.portfolio.entries[at].claims.iter();
        for words in claims.filter_map(|claim| statements.get(&claim.criterion)) {
            index.add_all(words, number, Field::Statement);
        }
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
