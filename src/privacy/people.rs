//! The people of a whole text: authors and pseudonyms, who may be named, and names to follow.

use std::collections::HashSet;

use super::block::{Block, Shape};
use super::candidate::{is_name, is_pseudonym};
use super::citations::{is_author_at, is_honoured, is_of_fiction, is_of_public_case, is_ours};
use super::given::without_possessive;
use super::identifier::{Confidence, Identifier, Kind, Matches};
use super::lists::List;
use super::matched::{last_token, lower, names_in};
use super::public::{is_eponym, is_public};
use super::rare_words::RareWords;
use super::signs::Signs;
use crate::text::Span;

/// What all blocks of a text say about its names.
#[derive(Debug, Default)]
pub(super) struct People {
    /// Surnames of authors that the text cites, in lower case.
    authors: HashSet<String>,
    /// Given names of authors and public people whose full names the text has.
    given_of_authors: HashSet<String>,
    /// Surnames of public people whose full names the text has.
    surnames_of_public: HashSet<String>,
    /// Surnames that the text has of public people.
    public: HashSet<String>,
    /// Whether the text has a patient with a title.
    has_titled: bool,
    /// Given names that the text also calls a person's around the writer.
    known: HashSet<String>,
    /// Words of names that the text calls invented.
    pseudonyms: HashSet<String>,
    /// Whether the text says once that its names are not the real ones.
    has_declaration: bool,
    /// Whether it is about people around its writer.
    signs: Signs,
}

impl People {
    /// Reads what a block says. `is_reference`: it is in a list of references.
    pub(super) fn read(&mut self, block: &Block<'_>, is_reference: bool) {
        if !is_reference {
            self.signs.read(block);
        }
        for (at, token) in block.tokens.iter().enumerate() {
            if token.shape == Shape::Title && (is_reference || is_author_at(block, at)) {
                self.authors.insert(lower(token));
                self.given_of_authors.extend(given_before(block, at));
            }
            if token.shape == Shape::Title && is_eponym(token.text) {
                self.public.insert(lower(token));
            }
            self.has_titled |= token.is(List::Title)
                && token.is(&["mr", "mrs", "ms", "miss", "mx"])
                && block.get(at + 1).is_some_and(is_name)
                && !is_public(block, at, at + 1)
                && !is_eponym(block.tokens[at + 1].text);
            if token.shape == Shape::Title && is_public_at(block, at) {
                self.surnames_of_public.insert(lower(token));
                self.given_of_authors.extend(given_before(block, at));
            }
            if token.given().is_some() && is_known_at(block, at) {
                self.known.insert(lower(token));
            }
            let is_given = token.shape == Shape::Title && token.given().is_some();
            if is_given && (is_of_fiction(block, at) || is_pseudonym(block, at)) {
                self.pseudonyms.insert(lower(token));
            }
            self.has_declaration |= token.is(CHANGED)
                && (block.has_before(
                    at,
                    8,
                    &["names", "name", "initials", "letters", "confidentiality"],
                ) || block.has_after(at, 8, &["names", "confidentiality"]));
            self.has_declaration |= token.is(LETTERS)
                && block.has_before(at, 3, &["used", "use", "using"])
                && block.has_after(at, 5, &["isn't", "not", "aren't", "wrong", "random"]);
        }
    }

    /// Whether the text is about people around its writer.
    pub(super) fn has_people(&self) -> bool {
        self.signs.has_people(self.count_public())
    }

    /// Whether no person around its writer is in a long text.
    fn has_none(&self) -> bool {
        self.signs.has_none(self.count_public())
    }

    /// Whether a long text is about theories, laws or products.
    fn is_citing(&self) -> bool {
        self.signs.is_citing(self.count_public())
    }

    /// At least how many people of public life the text names.
    fn count_public(&self) -> usize {
        let others = self.public.len().max(self.surnames_of_public.len());
        self.authors.len().max(others)
    }

    /// Whether a word is the surname of an author or a public person of this text.
    pub(super) fn is_author(&self, block: &Block<'_>, span: Span) -> bool {
        let word = lower(&block.tokens[block.token_at(span.start)]);
        self.authors.contains(&word) || self.surnames_of_public.contains(&word)
    }

    /// Adds what was found in a block for certain.
    pub(super) fn weigh(&mut self, matches: &Matches) {
        self.signs.add(matches);
    }

    /// Removes the matches of a block that are names of authors, public people and pseudonyms.
    pub(super) fn keep_private(&mut self, block: &Block<'_>, matches: &mut Matches) {
        for one in &matches.identifiers {
            if one.kind == Kind::Name && is_pseudonym(block, last_token(block, one.span)) {
                self.pseudonyms.extend(names_in(block, one.span).map(lower));
            }
        }
        if self.has_none() || self.signs.has_invented() {
            matches.doubt(&[Kind::Name, Kind::BirthDate, Kind::DeathDate, Kind::Address]);
        }
        let is_citing = self.is_citing();
        matches.retain(|one| match one.kind {
            Kind::Name => !self.may_be_named(block, one) && !self.is_of_others(block, one),
            Kind::EventDate => !self.has_none() || is_of_person(block, one),
            Kind::Initials => {
                let is_declared = self.has_declaration && has_one_letter(block, one.span);
                !is_declared && (!is_citing || is_close(block, one))
            }
            Kind::Place | Kind::WardBed => !is_citing || is_of_person(block, one),
            Kind::Registration if one.confidence == Confidence::Likely => {
                !is_citing || is_of_person(block, one)
            }
            _ => true,
        });
    }

    /// Whether a name belongs to no person around the writer, in a text about none.
    fn is_of_others(&self, block: &Block<'_>, one: &Identifier) -> bool {
        let (first, last) = (block.token_at(one.span.start), last_token(block, one.span));
        if self.is_citing() {
            let is_patient = block.is(first, &["mr", "mrs", "ms", "miss", "mx"]);
            return is_of_work(block, first)
                || (is_patient && is_eponym(block.tokens[last].text))
                || !(is_patient || is_close(block, one));
        }
        self.has_none() && !block.is(first, List::Title) && !is_ours(block, first, last)
    }

    /// Whether a text is about theories, cases or products: it names many public people, and no patient.
    fn is_theoretical(&self) -> bool {
        const MANY: usize = 6;
        let mut public = self
            .authors
            .union(&self.public)
            .chain(&self.surnames_of_public);
        !self.has_titled && public.nth(MANY - 1).is_some()
    }

    /// Whether a name is one that a text may have. A patient's title makes it private.
    fn may_be_named(&self, block: &Block<'_>, one: &Identifier) -> bool {
        let (first, last) = (block.token_at(one.span.start), last_token(block, one.span));
        let words: Vec<String> = names_in(block, one.span).map(lower).collect();
        if !words.is_empty() && words.iter().all(|word| self.pseudonyms.contains(word)) {
            return true;
        }
        let is_around_us = first > 0
            && [" ", ", ", ": "].contains(&block.gap(first))
            && block.is(first - 1, AROUND_US);
        if is_around_us || block.is(first, &["mr", "mrs", "ms", "miss", "mx"]) {
            return false;
        }
        let mut from = first;
        while from < last
            && block.is(from, List::Title)
            && !block.is(from, &["captain", "sister", "lord", "sir"])
        {
            from += 1;
        }
        from += usize::from(from < last && block.is(from, &["sir", "lord", "dame"]));
        let is_author = words.last().is_some_and(|last| self.authors.contains(last));
        let is_first_of_author = from == last
            && words
                .iter()
                .all(|word| self.given_of_authors.contains(word) && !self.known.contains(word));
        is_author
            || (is_first_of_author && !words.is_empty())
            || is_honoured(block, first, last)
            || is_of_public_case(block, from, last)
            || is_public(block, from, last)
            || is_part_of_public(block, from, last)
            || is_listed_with_public(block, from, last)
            || words
                .last()
                .is_some_and(|last| self.surnames_of_public.contains(last))
            || (from < last && self.is_theoretical() && !is_ours(block, from, last))
    }
}

/// Words of a text that says that its names are not the real ones.
const CHANGED: &RareWords = &RareWords::new(&[
    "changed",
    "altered",
    "pseudonym",
    "pseudonyms",
    "anonymised",
]);

/// Words of a text that says that its letters are not those of names.
const LETTERS: &RareWords = &RareWords::new(&["initial", "initials", "letter"]);

/// Whether the words around a name are those of the writer: my mentor Odell, Odell on reception told me.
fn is_close(block: &Block<'_>, one: &Identifier) -> bool {
    const OURS: &[&str] = &["my", "our", "me", "us"];
    const NEAR: usize = 4;
    let (first, last) = (block.token_at(one.span.start), last_token(block, one.span));
    let sentence = block.sentence(first, last);
    let mut near =
        sentence.start.max(first.saturating_sub(NEAR))..sentence.end.min(last + NEAR + 1);
    let is_beside_role = first > 0
        && block.is(first - 1, List::Role)
        && [" ", ", ", ": ", " ("].contains(&block.gap(first));
    let is_spoken_to =
        block.follows(first, List::ToPersonOnly) && block.has_before(first, 3, &["i", "we"]);
    is_beside_role || is_spoken_to || near.any(|at| block.is(at, OURS))
}

/// Whether a sentence is about a book, a film or history, whose people may be named.
fn is_of_work(block: &Block<'_>, at: usize) -> bool {
    const WORKS: &[&str] = &[
        "book",
        "books",
        "film",
        "films",
        "novel",
        "novels",
        "character",
        "characters",
        "fictional",
        "invention",
        "inventions",
        "episode",
        "series",
        "actor",
        "actress",
        "played",
        "directed",
        "exist",
        "exists",
        "history",
        "century",
        "named",
        "pretend",
        "author",
        "authors",
    ];
    block.sentence(at, at).any(|word| {
        let text = block.tokens[word].text;
        let is_old = text.len() == 4 && ("1600".."1970").contains(&text);
        is_old || block.is(word, WORKS)
    })
}

/// Whether a sentence with a date has a person in it.
fn is_of_person(block: &Block<'_>, one: &Identifier) -> bool {
    let first = block.token_at(one.span.start);
    block.has_in_sentence(first, first, List::Person)
}

/// Words directly before the name of somebody around the writer, whose name may be that of a public person.
const AROUND_US: &[&str] = &[
    "patient",
    "pt",
    "client",
    "resident",
    "daughter",
    "son",
    "wife",
    "husband",
    "mum",
    "dad",
    "mentor",
    "colleague",
    "neighbour",
    "friend",
    "brother",
    "hca",
    "carer",
    "niece",
    "nephew",
    "partner",
];

/// Whether a name with the word beside it is a public one: the Grey of Earl Grey.
fn is_part_of_public(block: &Block<'_>, first: usize, last: usize) -> bool {
    (first > 0 && block.gap(first) == " " && is_public(block, first - 1, last))
        || (last + 1 < block.tokens.len()
            && block.gap(last + 1) == " "
            && is_public(block, first, last + 1))
}

/// Whether a name stands in a list next to a public one, and is no given name alone.
fn is_listed_with_public(block: &Block<'_>, first: usize, last: usize) -> bool {
    if first == last && block.tokens[first].given().is_some() {
        return false;
    }
    let is_next_public = |first: usize, last: usize| {
        last < block.tokens.len()
            && block.tokens[last].shape == Shape::Title
            && is_public(block, first, last)
            && (first < last || is_eponym(without_possessive(block.tokens[first].text)))
    };
    let is_after = first > 0
        && block.gap(first) == ", "
        && (is_next_public(first - 1, first - 1)
            || (first > 1 && block.gap(first - 1) == " " && is_next_public(first - 2, first - 1)));
    let is_before = block.gap(last + 1) == ", "
        && (is_next_public(last + 1, last + 1)
            || (block.gap(last + 2) == " " && is_next_public(last + 1, last + 2)));
    is_after || is_before
}

/// Whether the capitalised word at `at` is the last of the full name of a public person.
fn is_public_at(block: &Block<'_>, at: usize) -> bool {
    at > 0
        && block.gap(at) == " "
        && block.tokens[at - 1].shape == Shape::Title
        && is_public(block, at - 1, at)
}

/// The given name directly before a surname.
fn given_before(block: &Block<'_>, at: usize) -> Option<String> {
    let given = at.checked_sub(1).map(|before| &block.tokens[before])?;
    (block.gap(at) == " " && given.shape == Shape::Title && is_name(given)).then(|| lower(given))
}

/// Whether a given name is that of somebody around the writer: behind a role, a label or a title.
fn is_known_at(block: &Block<'_>, at: usize) -> bool {
    at > 0
        && [" ", ", ", ": "].contains(&block.gap(at))
        && (block.is(at - 1, List::Role)
            || block.is(at - 1, List::Label)
            || block.is(at - 1, List::ToPersonOnly)
            || block.is(at - 1, List::Title))
}

/// A letter for a person: Mrs T.
fn has_one_letter(block: &Block<'_>, span: Span) -> bool {
    block.tokens[last_token(block, span)].is_initial()
}
