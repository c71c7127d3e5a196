//! The search index: small files that the search page loads one by one, also from a folder on disk.
//!
//! Documents are numbered: first the criteria, then the entries that the audience may see, oldest first, so that a
//! new entry changes as few files as may be. A shard of terms holds the words that begin alike, each with the
//! numbers of its documents; a shard of documents holds what a result shows. Every file is a script that hands its
//! data to the page: a page opened from disk may load scripts and nothing else.

use std::collections::BTreeMap;

use ahash::AHashMap;
use serde::Serialize;

use super::SitePath;
use super::link::Link;
use super::rows::statement;
use super::scene::Scene;
use crate::par;
use crate::text::findable;

/// Bytes after which a shard of terms is split by its next letter.
const SHARD: usize = 48 * 1024;

/// Documents in a shard of documents.
const DOCUMENTS: usize = 16;

/// Passages of an entry that results can show, and the letters of each that they keep.
const PASSAGES: usize = 5;
const LETTERS: usize = 120;

/// Entries that are read before their words are put into the index.
const BATCH: usize = 256;

/// The search page.
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// Every code, so that the page serves without script.
    pub standards: Vec<CodeList>,
    /// The list of entries.
    pub entries: String,
}

/// The codes of one standard.
#[derive(Clone, Debug, Serialize)]
pub struct CodeList {
    /// Its title.
    pub title: String,
    /// Its codes.
    pub codes: Vec<Link>,
}

impl SearchPage {
    /// The search page.
    #[must_use]
    pub fn new(scene: &Scene<'_>, from: &SitePath) -> Self {
        let catalogue = &scene.portfolio.catalogue;
        let standards = scene.coverage.standards.iter().map(|standard| {
            let code = |line: &crate::model::Line| Link {
                href: from.link_to(scene.routes.criterion(line.criterion)),
                label: catalogue.code(line.criterion).to_string(),
            };
            CodeList {
                title: catalogue.standard(standard.standard).full_title(),
                codes: standard.lines.iter().map(code).collect(),
            }
        });
        Self { standards: standards.collect(), entries: from.link_to("entries.html") }
    }
}

/// What a result shows.
#[derive(Serialize)]
struct Document(String, &'static str, String, Vec<(String, String)>);

/// The files of the index, by path.
#[must_use]
pub fn search_files(scene: &Scene<'_>) -> Vec<(String, String)> {
    let mut index = Index::default();
    let mut documents = criteria(scene, &mut index);
    let criteria = documents.len();
    for (batch, of_batch) in par::map(&batches(scene, criteria), |batch| read(scene, batch)) {
        index.append(batch);
        documents.extend(of_batch);
    }
    let shards = shards(index.sorted());
    let prefixes: Vec<&str> = shards.iter().map(|(prefix, _)| prefix.as_str()).collect();
    let manifest = format!("ksbfolioIndex({},{DOCUMENTS},{criteria});\n", json(&prefixes));
    let mut files = vec![("assets/search/manifest.js".to_owned(), manifest)];
    files.extend(numbered("t", &shards, |_, (prefix, terms)| {
        let body: BTreeMap<&str, &str> = terms.iter().map(|(term, list)| (*term, list.as_str())).collect();
        format!("ksbfolioTerms({},{});\n", json(prefix), json(&body))
    }));
    let documents: Vec<&[String]> = documents.chunks(DOCUMENTS).collect();
    files.extend(numbered("d", &documents, |number, documents| {
        format!("ksbfolioDocuments({number},[{}]);\n", documents.join(","))
    }));
    files
}

/// Files of one kind, each with its number in its name, and what is written into each.
fn numbered<T: Sync>(
    kind: &str,
    of: &[T],
    text: impl Fn(usize, &T) -> String + Sync + Send,
) -> Vec<(String, String)> {
    let numbers: Vec<usize> = (0..of.len()).collect();
    par::map(&numbers, |&number| (format!("assets/search/{kind}{number}.js"), text(number, &of[number])))
}

/// Words with the numbers of the documents that hold them, ascending.
#[derive(Default)]
struct Index(AHashMap<String, Vec<u32>>);

impl Index {
    fn add(&mut self, word: &str, document: u32) {
        match self.0.get_mut(word) {
            // A word stands twice where a title repeats the text.
            Some(list) if list.last() == Some(&document) => {}
            Some(list) => list.push(document),
            None => {
                self.0.insert(word.to_owned(), vec![document]);
            }
        }
    }

    /// Goes on with what was found in later documents.
    fn append(&mut self, later: Self) {
        let later: Vec<(String, Vec<u32>)> = later.0.into_iter().collect();
        for (word, list) in later {
            self.0.entry(word).or_default().extend(list);
        }
    }

    fn sorted(&self) -> Vec<(&str, String)> {
        let mut words: Vec<(&str, &Vec<u32>)> =
            self.0.iter().map(|(word, list)| (word.as_str(), list)).collect();
        words.sort_unstable();
        par::map(&words, |(word, list)| (*word, numbers(list)))
    }
}

/// Entries that are read together, each with its number. An entry keeps its number when newer ones come.
fn batches(scene: &Scene<'_>, criteria: usize) -> Vec<Vec<(usize, u32)>> {
    let number = |at: usize| u32::try_from(criteria + at).unwrap_or(u32::MAX);
    let numbered: Vec<(usize, u32)> =
        scene.visible.iter().enumerate().map(|(at, &entry)| (entry, number(at))).collect();
    numbered.chunks(BATCH).map(<[_]>::to_vec).collect()
}

fn read(scene: &Scene<'_>, batch: &[(usize, u32)]) -> (Index, Vec<String>) {
    let mut index = Index::default();
    let mut documents = Vec::with_capacity(batch.len());
    for &(at, number) in batch {
        let entry = &scene.portfolio.entries[at];
        let codes =
            entry.claims.iter().map(|claim| scene.portfolio.catalogue.code(claim.criterion).to_string());
        let codes: Vec<String> = codes.collect();
        let head = findable(&format!("{} {}", entry.title, codes.join(" ")));
        for word in entry.body.vocabulary.words.lines().chain(head.lines()) {
            index.add(word, number);
        }
        documents.push(json(&document(scene, at)));
    }
    (index, documents)
}

fn json(value: &impl Serialize) -> String {
    // Texts, numbers and lists: nothing in them can fail. What could end a script element is written as its number.
    let text = serde_json::to_string(value).unwrap_or_default();
    if !text.contains(['<', '\u{2028}', '\u{2029}']) {
        return text;
    }
    text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn criteria(scene: &Scene<'_>, index: &mut Index) -> Vec<String> {
    let catalogue = &scene.portfolio.catalogue;
    let mut documents = Vec::new();
    for line in scene.coverage.standards.iter().flat_map(|standard| &standard.lines) {
        let criterion = catalogue.criterion(line.criterion);
        let (code, text) = (criterion.code.value.to_string(), statement(&criterion.text));
        let number = u32::try_from(documents.len()).unwrap_or(u32::MAX);
        for word in findable(&format!("{code} {text}")).lines() {
            index.add(word, number);
        }
        let shown = vec![(String::new(), text)];
        let href = scene.routes.criterion(line.criterion).to_owned();
        documents.push(json(&Document(code, "Criterion", href, shown)));
    }
    documents
}

fn document(scene: &Scene<'_>, at: usize) -> Document {
    let entry = &scene.portfolio.entries[at];
    let passages = entry.body.passages.iter().take(PASSAGES);
    let passages = passages.map(|passage| (passage.anchor.clone(), shortened(&passage.text)));
    Document(entry.title.clone(), entry.kind.title(), scene.routes.entry(at).to_owned(), passages.collect())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// A shard: the letters that its terms begin with, and the terms with their documents.
type Shard<'a> = (String, Vec<(&'a str, String)>);

/// Terms that begin alike, in files of about one size.
fn shards(terms: Vec<(&str, String)>) -> Vec<Shard<'_>> {
    let mut shards = Vec::new();
    split(String::new(), terms, &mut shards);
    shards
}

fn split<'a>(prefix: String, terms: Vec<(&'a str, String)>, shards: &mut Vec<Shard<'a>>) {
    let size: usize = terms.iter().map(|(term, list)| term.len() + list.len() + 6).sum();
    let letters = prefix.chars().count();
    if size <= SHARD || letters > 5 {
        if !terms.is_empty() {
            shards.push((prefix, terms));
        }
        return;
    }
    let mut next: BTreeMap<String, Vec<(&str, String)>> = BTreeMap::new();
    for (term, list) in terms {
        next.entry(term.chars().take(letters + 1).collect()).or_default().push((term, list));
    }
    for (longer, terms) in next {
        // A term that is as short as the prefix stays in a shard of its own name.
        if longer.chars().count() == letters {
            shards.push((longer, terms));
        } else {
            split(longer, terms, shards);
        }
    }
}

/// Numbers as the steps between them, in base 36, joined by dots.
fn numbers(list: &[u32]) -> String {
    let mut out = String::new();
    let mut before = 0;
    for &number in list {
        if !out.is_empty() {
            out.push('.');
        }
        base_36(&mut out, number - before);
        before = number;
    }
    out
}

fn base_36(out: &mut String, number: u32) {
    if number >= 36 {
        base_36(out, number / 36);
    }
    out.extend(char::from_digit(number % 36, 36));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_steps_in_base_36() {
        assert_eq!(numbers(&[0, 1, 37, 2000]), "0.1.10.1ij");
    }

    #[test]
    fn large_shards_are_split_and_no_term_is_lost() {
        let term = |number: usize| format!("w{}", number * 7919 % 100_003);
        let mut index = Index::default();
        (0..20_000).for_each(|number| index.add(&term(number), 7));
        let terms = index.sorted();
        let all = terms.len();
        let shards = shards(terms);
        assert!(shards.len() > 4);
        assert_eq!(shards.iter().map(|(_, terms)| terms.len()).sum::<usize>(), all);
        assert!(
            shards
                .iter()
                .all(|(prefix, terms)| terms.iter().all(|(term, _)| term.starts_with(prefix.as_str())))
        );
    }
}
