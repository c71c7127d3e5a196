//! The search index: small files that the search page loads one by one, also from a folder on disk.
//!
//! Documents are numbered: first the criteria, then the entries that the audience may see, oldest first, so that a
//! new entry changes as few files as may be. A shard of terms holds the words that begin alike, each with the
//! numbers of its documents; a shard of documents holds what a result shows. Every file is a script that hands its
//! data to the page: a page opened from disk may load scripts and nothing else.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use ahash::AHashMap;
use serde::{Serialize, Serializer};

use super::SitePath;
use super::link::Link;
use super::rows::statement;
use super::scene::Scene;
use crate::model::Line;
use crate::par;
use crate::text::{WordNumber, findable};

/// Bytes after which a shard of terms is split by its next letter.
const SHARD: usize = 48 * 1024;

/// Documents in a shard of documents.
const DOCUMENTS: usize = 16;

/// Passages of an entry that results can show, and the letters of each that they keep.
const PASSAGES: usize = 5;
const LETTERS: usize = 120;

/// Entries that are read before their words are put into the index, and how many such batches are read at once.
const BATCH: usize = 256;
const AT_ONCE: usize = 8;

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
            let code = |line: &Line| Link {
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

/// The words of a site, each with the numbers of its documents.
#[derive(Debug)]
pub struct SearchIndex {
    shards: Vec<Shard>,
    criteria: usize,
    documents: usize,
}

/// A file of the index. Each is made by itself, so that they are never all held in memory.
#[derive(Clone, Copy, Debug)]
pub enum SearchFile {
    /// What files there are.
    Manifest,
    /// Words that begin alike.
    Terms(usize),
    /// What results show.
    Documents(usize),
}

impl SearchFile {
    /// Where it goes.
    #[must_use]
    pub fn path(self) -> SitePath {
        SitePath::new(match self {
            Self::Manifest => "assets/search/manifest.js".to_owned(),
            Self::Terms(number) => format!("assets/search/t{number}.js"),
            Self::Documents(number) => format!("assets/search/d{number}.js"),
        })
    }
}

impl SearchIndex {
    /// Reads the words of everything that an audience may see.
    #[must_use]
    pub fn new(scene: &Scene<'_>) -> Self {
        let lines = criteria(scene);
        let mut index = Index::default();
        for (number, line) in (0_u32..).zip(&lines) {
            let (code, text) = of_criterion(scene, line);
            index.add_all(&findable(&format!("{code} {text}")), number);
        }
        for together in batches(scene, lines.len()).chunks(AT_ONCE) {
            for batch in par::map(together, |batch| read(scene, batch)) {
                index.append(batch);
            }
        }
        let documents = lines.len() + scene.visible.len();
        Self { shards: shards(index.sorted()), criteria: lines.len(), documents }
    }

    /// Its files.
    #[must_use]
    pub fn files(&self) -> Vec<SearchFile> {
        let terms = (0..self.shards.len()).map(SearchFile::Terms);
        let documents = (0..self.documents.div_ceil(DOCUMENTS)).map(SearchFile::Documents);
        std::iter::once(SearchFile::Manifest).chain(terms).chain(documents).collect()
    }

    /// The entries that a file of documents shows; none where it shows words, or a criterion.
    #[must_use]
    pub fn entries_of<'a>(&self, scene: &'a Scene<'_>, file: SearchFile) -> Option<&'a [usize]> {
        let SearchFile::Documents(number) = file else { return None };
        let from = (number * DOCUMENTS).checked_sub(self.criteria)?;
        Some(&scene.visible[from..scene.visible.len().min(from + DOCUMENTS)])
    }

    /// What a file holds.
    #[must_use]
    pub fn text(&self, scene: &Scene<'_>, file: SearchFile) -> String {
        match file {
            SearchFile::Manifest => {
                let prefixes: Vec<&str> = self.shards.iter().map(|(prefix, _)| prefix.as_str()).collect();
                format!("ksbfolioIndex({},{DOCUMENTS},{});\n", json(&prefixes), self.criteria)
            }
            SearchFile::Terms(number) => {
                let (prefix, terms) = &self.shards[number];
                format!("ksbfolioTerms({},{});\n", json(prefix), json(&Terms(terms)))
            }
            SearchFile::Documents(number) => {
                let from = number * DOCUMENTS;
                let numbers = from..self.documents.min(from + DOCUMENTS);
                let lines = criteria(scene);
                let documents: Vec<String> =
                    numbers.map(|number| json(&document(scene, &lines, number))).collect();
                format!("ksbfolioDocuments({number},[{}]);\n", documents.join(","))
            }
        }
    }
}

/// The files of the index, by path.
#[must_use]
pub fn search_files(scene: &Scene<'_>) -> Vec<(String, String)> {
    let index = SearchIndex::new(scene);
    par::map(&index.files(), |&file| (file.path().as_str().to_owned(), index.text(scene, file)))
}

/// Words with the numbers of the documents that hold them. A word is looked for by its number, which is read faster than
/// the word itself, and by which an entry's words are told apart already.
#[derive(Default)]
struct Index(AHashMap<u64, Term>);

impl Index {
    fn add(&mut self, word: &str, document: u32) {
        match self.0.entry(WordNumber::of(word).get()) {
            Entry::Occupied(mut known) => known.get_mut().1.add(document),
            Entry::Vacant(unknown) => {
                unknown.insert((word.to_owned(), Numbers::new(document)));
            }
        }
    }

    /// Goes on with words, each with a line end behind it.
    fn add_all(&mut self, words: &str, document: u32) {
        let mut from = 0;
        for (at, byte) in words.bytes().enumerate() {
            if byte == b'\n' {
                self.add(&words[from..at], document);
                from = at + 1;
            }
        }
    }

    /// Goes on with what was found in later documents.
    fn append(&mut self, later: Self) {
        let later: Vec<(u64, Term)> = later.0.into_iter().collect();
        for (number, (word, numbers)) in later {
            match self.0.entry(number) {
                Entry::Occupied(mut known) => known.get_mut().1.append(&numbers),
                Entry::Vacant(unknown) => {
                    unknown.insert((word, numbers));
                }
            }
        }
    }

    fn sorted(self) -> Vec<Term> {
        let mut words: Vec<Term> = self.0.into_values().collect();
        words.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        words
    }
}

/// Numbers of documents, ascending, as the steps between them: in base 36, joined by dots.
#[derive(Clone, Debug)]
struct Numbers {
    first: u32,
    last: u32,
    /// The steps after the first number, each with the dot before it.
    steps: String,
}

impl Numbers {
    fn new(first: u32) -> Self {
        Self { first, last: first, steps: String::new() }
    }

    /// Goes on with a number. A word stands twice in a document where a title repeats the text.
    fn add(&mut self, number: u32) {
        if number > self.last {
            self.step_to(number);
        }
    }

    fn append(&mut self, later: &Self) {
        self.step_to(later.first);
        self.steps.push_str(&later.steps);
        self.last = later.last;
    }

    fn step_to(&mut self, number: u32) {
        self.steps.push('.');
        base_36(&mut self.steps, number - self.last);
        self.last = number;
    }

    fn text(&self) -> String {
        let mut text = String::with_capacity(self.steps.len() + 7);
        base_36(&mut text, self.first);
        text + &self.steps
    }
}

/// Entries that are read together, each with its number. An entry keeps its number when newer ones come.
fn batches(scene: &Scene<'_>, criteria: usize) -> Vec<Vec<(usize, u32)>> {
    let number = |at: usize| u32::try_from(criteria + at).unwrap_or(u32::MAX);
    let numbered: Vec<(usize, u32)> =
        scene.visible.iter().enumerate().map(|(at, &entry)| (entry, number(at))).collect();
    numbered.chunks(BATCH).map(<[_]>::to_vec).collect()
}

fn read(scene: &Scene<'_>, batch: &[(usize, u32)]) -> Index {
    let mut index = Index::default();
    for &(at, number) in batch {
        let entry = &scene.portfolio.entries[at];
        let codes =
            entry.claims.iter().map(|claim| scene.portfolio.catalogue.code(claim.criterion).to_string());
        let codes: Vec<String> = codes.collect();
        let head = findable(&format!("{} {}", entry.title, codes.join(" ")));
        index.add_all(&entry.body.vocabulary.words, number);
        index.add_all(&head, number);
    }
    index
}

fn json(value: &impl Serialize) -> String {
    // Texts, numbers and lists: nothing in them can fail. What could end a script element is written as its number.
    let text = serde_json::to_string(value).unwrap_or_default();
    if !["<", "\u{2028}", "\u{2029}"].iter().any(|sign| text.contains(sign)) {
        return text;
    }
    text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Criteria that can be found, in the order of their numbers.
fn criteria<'a>(scene: &Scene<'a>) -> Vec<&'a Line> {
    scene.coverage.standards.iter().flat_map(|standard| &standard.lines).collect()
}

fn of_criterion(scene: &Scene<'_>, line: &Line) -> (String, String) {
    let criterion = scene.portfolio.catalogue.criterion(line.criterion);
    (criterion.code.value.to_string(), statement(&criterion.text))
}

/// What the result of a number shows: those of criteria come first.
fn document(scene: &Scene<'_>, criteria: &[&Line], number: usize) -> Document {
    if let Some(line) = criteria.get(number) {
        let (code, text) = of_criterion(scene, line);
        let href = scene.routes.criterion(line.criterion).to_owned();
        return Document(code, "Criterion", href, vec![(String::new(), text)]);
    }
    let at = scene.visible[number - criteria.len()];
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

/// A word with its documents.
type Term = (String, Numbers);

/// A shard: the letters that its terms begin with, and the terms.
type Shard = (String, Vec<Term>);

/// Sorted terms as an object.
struct Terms<'a>(&'a [Term]);

impl Serialize for Terms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(term, numbers)| (term, numbers.text())))
    }
}

/// Terms that begin alike, in files of about one size.
fn shards(terms: Vec<Term>) -> Vec<Shard> {
    let mut shards = Vec::new();
    split(String::new(), terms, &mut shards);
    shards
}

fn split(prefix: String, terms: Vec<Term>, shards: &mut Vec<Shard>) {
    let size = |(term, numbers): &Term| term.len() + digits(numbers.first) + numbers.steps.len() + 6;
    let letters = prefix.chars().count();
    if terms.iter().map(size).sum::<usize>() <= SHARD || letters > 5 {
        if !terms.is_empty() {
            shards.push((prefix, terms));
        }
        return;
    }
    let mut next: BTreeMap<String, Vec<Term>> = BTreeMap::new();
    for term in terms {
        next.entry(term.0.chars().take(letters + 1).collect()).or_default().push(term);
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

/// The digits of a number in base 36.
fn digits(number: u32) -> usize {
    number.checked_ilog(36).map_or(1, |more| more as usize + 1)
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
        let numbers = |list: &[u32]| {
            let mut numbers = Numbers::new(list[0]);
            for &number in list {
                numbers.add(number);
            }
            numbers
        };
        let mut all = numbers(&[0, 1, 37]);
        all.append(&numbers(&[2000, 2001]));
        assert_eq!(all.text(), "0.1.10.1ij.1");
        for number in [0, 1, 35, 36, 1295, 1296, u32::MAX] {
            assert_eq!(numbers(&[number]).text().len(), digits(number));
        }
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
