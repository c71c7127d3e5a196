//! The search index: small files that the search page loads one by one, also from a folder on disk.
//!
//! Documents are numbered: first the criteria, then the entries that the audience may see, newest first. A shard of
//! terms holds the words that begin alike, each with the numbers of its documents; a shard of documents holds what
//! a result shows. Every file is a script that hands its data to the page: a page opened from disk may load scripts
//! and nothing else.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use super::SitePath;
use super::link::Link;
use super::rows::statement;
use super::scene::Scene;
use crate::model::Entry;
use crate::par;
use crate::parse::visible_texts;
use crate::text::{term, words};

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
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut documents = Vec::new();
    criteria(scene, &mut index, &mut documents);
    let newest: Vec<usize> = scene.visible.iter().rev().copied().collect();
    for batch in newest.chunks(BATCH) {
        let read =
            par::map(batch, |&at| (entry_words(scene, &scene.portfolio.entries[at]), document(scene, at)));
        for (words, document) in read {
            add(&mut index, words, documents.len());
            documents.push(document);
        }
    }
    let mut files = Vec::new();
    let shards = shards(&index);
    let names: Vec<&str> = shards.iter().map(|(prefix, _)| prefix.as_str()).collect();
    let manifest = format!("ksbfolioIndex({},{DOCUMENTS});\n", json(&names));
    files.push(("assets/search/manifest.js".to_owned(), manifest));
    for (number, (prefix, terms)) in shards.iter().enumerate() {
        let body: BTreeMap<&str, &str> = terms.iter().map(|(term, list)| (*term, list.as_str())).collect();
        let text = format!("ksbfolioTerms({},{});\n", json(prefix), json(&body));
        files.push((format!("assets/search/t{number}.js"), text));
    }
    for (number, documents) in documents.chunks(DOCUMENTS).enumerate() {
        files.push((
            format!("assets/search/d{number}.js"),
            format!("ksbfolioDocuments({number},{});\n", json(&documents)),
        ));
    }
    files
}

fn json(value: &impl Serialize) -> String {
    // Texts, numbers and lists: nothing in them can fail. What could end a script element is written as its number.
    serde_json::to_string(value)
        .unwrap_or_default()
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn add(index: &mut BTreeMap<String, Vec<usize>>, words: Vec<String>, document: usize) {
    for word in words {
        match index.get_mut(&word) {
            Some(list) => list.push(document),
            None => {
                index.insert(word, vec![document]);
            }
        }
    }
}

fn criteria(scene: &Scene<'_>, index: &mut BTreeMap<String, Vec<usize>>, documents: &mut Vec<Document>) {
    let catalogue = &scene.portfolio.catalogue;
    for line in scene.coverage.standards.iter().flat_map(|standard| &standard.lines) {
        let criterion = catalogue.criterion(line.criterion);
        let (code, text) = (criterion.code.value.to_string(), statement(&criterion.text));
        add(index, indexed(&[&code, &text]), documents.len());
        let shown = vec![(String::new(), text)];
        let href = scene.routes.criterion(line.criterion).to_owned();
        documents.push(Document(code, "Criterion", href, shown));
    }
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

/// The words that a reader of an entry's page sees: comments and raw HTML are not among them.
fn entry_words(scene: &Scene<'_>, entry: &Entry) -> Vec<String> {
    let mut texts = visible_texts(entry.body.text());
    texts.push(entry.title.clone());
    texts
        .extend(entry.claims.iter().map(|claim| scene.portfolio.catalogue.code(claim.criterion).to_string()));
    indexed(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Words worth finding, in lower case, sorted, each once: little words are none, codes are.
fn indexed(texts: &[&str]) -> Vec<String> {
    let all = texts.iter().flat_map(|text| words(text));
    let worth = all.filter(|word| term(word).is_some() || word.bytes().any(|byte| byte.is_ascii_digit()));
    let mut worth: Vec<String> = worth.map(|word| word.to_lowercase().replace('’', "'")).collect();
    worth.sort_unstable();
    worth.dedup();
    worth
}

/// A shard: the letters that its terms begin with, and the terms with their documents.
type Shard<'a> = (String, Vec<(&'a str, String)>);

/// Terms that begin alike, in files of about one size.
fn shards(index: &BTreeMap<String, Vec<usize>>) -> Vec<Shard<'_>> {
    let all: Vec<(&str, String)> = index.iter().map(|(term, list)| (term.as_str(), numbers(list))).collect();
    let mut shards = Vec::new();
    split(String::new(), all, &mut shards);
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
fn numbers(list: &[usize]) -> String {
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

fn base_36(out: &mut String, number: usize) {
    if number >= 36 {
        base_36(out, number / 36);
    }
    let digit = u32::try_from(number % 36).unwrap_or(0);
    // Writing to a string cannot fail.
    let _ = write!(out, "{}", char::from_digit(digit, 36).unwrap_or('0'));
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
        let term = |number: usize| (format!("w{}", number * 7919 % 100_003), vec![number]);
        let index: BTreeMap<String, Vec<usize>> = (0..20_000).map(term).collect();
        let shards = shards(&index);
        assert!(shards.len() > 4);
        assert_eq!(shards.iter().map(|(_, terms)| terms.len()).sum::<usize>(), index.len());
        assert!(
            shards
                .iter()
                .all(|(prefix, terms)| terms.iter().all(|(term, _)| term.starts_with(prefix.as_str())))
        );
    }
}
