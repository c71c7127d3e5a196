//! Names that were found, followed through the whole text.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::block::{Block, Shape, Token};
use super::case_references::form_of;
use super::given::{Given, without_possessive};
use super::identifier::{Kind, Matches};
use super::known_words::is_word;
use super::lists::{List, Lists};
use super::matched::{lower, names_in};
use super::public::is_public;
use crate::text::{ByWordHash, Span, WordHash};

/// The words of names that were found, to look for everywhere in the text.
#[derive(Debug, Default)]
pub(super) struct Followed {
    /// By word in lower case: whether it is also an ordinary word.
    words: HashMap<String, bool>,
    /// The numbers of these words. Most words of a text are none of them, and need no copy in
    /// lower case.
    numbers: HashSet<WordHash, ByWordHash>,
    /// Those of them that are words in small letters.
    plain: HashSet<String>,
    /// Those of them that are given names and nothing else.
    given: BTreeSet<String>,
    /// Letters of initials.
    initials: HashSet<String>,
    /// Forms of numbers of patients and cases.
    forms: HashSet<String>,
    /// First words of the names of places.
    places: HashSet<String>,
}

impl Followed {
    /// Adds the words of the names of a block.
    pub(super) fn add(&mut self, block: &Block<'_>, matches: &Matches) {
        for one in &matches.identifiers {
            if one.kind == Kind::Initials {
                let text = block.slice(one.span).chars();
                self.initials
                    .insert(text.filter(char::is_ascii_uppercase).collect());
            }
            if matches!(one.kind, Kind::HospitalNumber | Kind::Registration) {
                self.forms.extend(form_of(block, one.span));
            }
            if one.kind == Kind::Place {
                self.places.extend(first_of_place(block, one.span));
            }
            if one.kind == Kind::Name {
                let letters = names_in(block, one.span).filter_map(|name| name.text.chars().next());
                let letters: String = letters.filter(char::is_ascii_uppercase).collect();
                if letters.len() > 1 {
                    self.initials.insert(letters);
                }
                let is_full = names_in(block, one.span).count() > 1;
                for (at, token) in names_in(block, one.span).enumerate() {
                    let word = lower(token);
                    if is_full && at == 0 && token.text.len() > 4 && !is_word(&word) {
                        self.given.insert(word.clone());
                    }
                    let is_ordinary =
                        token.given() == Some(Given::Word) || Lists::of(&word) != Lists::default();
                    if token.given() == Some(Given::Only) {
                        self.given.insert(word.clone());
                    }
                    if token.given() != Some(Given::Only) && is_word(&word) {
                        self.plain.insert(word.clone());
                    }
                    self.numbers.insert(WordHash::of(&word));
                    self.words.insert(word, is_ordinary);
                }
            }
        }
    }

    /// Marks the words that the text also has in small letters.
    pub(super) fn mark_ordinary(&mut self, block: &Block<'_>) {
        if self.words.is_empty() {
            return;
        }
        for token in &block.tokens {
            if token.shape == Shape::Small
                && let Some(is_ordinary) = self.words.get_mut(token.text)
            {
                *is_ordinary |= self.plain.contains(token.text);
            }
        }
    }

    /// Finds these words in a block: ordinary ones only where a capital within a sentence shows that a
    /// name is meant.
    pub(super) fn find(&self, block: &Block<'_>, matches: &mut Matches) {
        let is_empty = self.words.is_empty() && self.initials.is_empty();
        if is_empty && self.forms.is_empty() && self.places.is_empty() {
            return;
        }
        for (at, token) in block.tokens.iter().enumerate() {
            let is_capital = match token.shape {
                Shape::Title => true,
                Shape::Capitals => token.text.len() > 3,
                Shape::Small => !token.is(List::Role),
                Shape::Number | Shape::Mixed => false,
            };
            if block.is_quiet(token.span()) {
                continue;
            }
            self.find_letters(block, at, matches);
            if self.is_place(block, at) {
                matches.add_likely(Kind::Place, token.span());
                continue;
            }
            let is_date = token.is(List::Month)
                && block
                    .get(at + 1)
                    .is_some_and(|next| next.shape == Shape::Number);
            if is_date {
                continue;
            }
            let mut word = if self.may_be_known(token) {
                lower(token)
            } else {
                String::new()
            };
            if let Some(bare) = without_contraction(&word) {
                word.truncate(bare);
            }
            let known = self.words.get(&word).or_else(|| {
                let stem = word.strip_suffix('s')?;
                let is_family = is_capital && block.follows(at, &["the", "both"]);
                let owned =
                    is_family || block.is(at + 1, List::Owned) || block.is(at + 1, List::Role);
                self.words.get(Some(stem).filter(|_| owned)?)
            });
            if known.is_none() && self.is_short_form(block, at) {
                matches.add_likely(Kind::Name, token.span());
            }
            let Some(&is_ordinary) = known.filter(|_| is_capital) else {
                continue;
            };
            let is_small_word = token.shape == Shape::Small && self.plain.contains(&word);
            if is_small_word {
                continue;
            }
            if !is_ordinary || (token.shape == Shape::Title && is_meant(block, at)) {
                let bare =
                    without_contraction(token.text).unwrap_or(without_possessive(token.text).len());
                let end = token.span().start + bare;
                matches.add_likely(Kind::Name, Span::new(token.span().start, end));
            }
        }
    }

    /// Whether a token can be one of the words, or the plural of one.
    fn may_be_known(&self, token: &Token<'_>) -> bool {
        let bare = without_possessive(token.text);
        let is_known = |word: &str| self.numbers.contains(&WordHash::of(word));
        !bare.is_ascii()
            || bare.contains('\'')
            || is_known(bare)
            || bare.strip_suffix(['s', 'S']).is_some_and(is_known)
    }

    /// Whether a word alone is a place that was found: on rowan, after Rowan Unit.
    fn is_place(&self, block: &Block<'_>, at: usize) -> bool {
        const PLACING: &[&str] = &["on", "at", "to", "from", "in"];
        let token = &block.tokens[at];
        let is_placed = block.gap(at) == " " && block.follows(at, PLACING);
        !self.places.is_empty()
            && matches!(token.shape, Shape::Title | Shape::Small)
            && is_placed
            && self.places.contains(&lower(token))
    }

    /// Finds initials of names that were found, and numbers in the form of theirs.
    fn find_letters(&self, block: &Block<'_>, at: usize, matches: &mut Matches) {
        let token = &block.tokens[at];
        if token.shape == Shape::Capitals && self.is_initials(token) {
            matches.add_likely(Kind::Initials, token.span());
        }
        if token.is_initial() && block.gap(at + 1) == "." && self.has_initials(block, at) {
            matches.add_likely(Kind::Initials, block.span(at, at + 1));
        }
        if token.shape == Shape::Mixed
            && !self.forms.is_empty()
            && form_of(block, token.span()).is_some_and(|form| self.forms.contains(&form))
        {
            matches.add_likely(Kind::HospitalNumber, token.span());
        }
    }

    /// Whether a word is the beginning of a given name that was found: Ash for Ashley.
    fn is_short_form(&self, block: &Block<'_>, at: usize) -> bool {
        let token = &block.tokens[at];
        if self.given.is_empty() || token.lists != Lists::default() {
            return false;
        }
        let is_capital = token.shape == Shape::Title && !block.begins(at);
        let is_spoken_to = token.shape == Shape::Small
            && at > 0
            && block.gap(at) == " "
            && block.is(
                at - 1,
                &["ask", "asked", "told", "thank", "thanked", "tell"],
            );
        let is_small_name = || {
            token.shape == Shape::Small
                && block.gap(at + 1) == " "
                && (block.is(at + 1, List::Does) || block.is(at + 1, List::Speaking))
                && (!is_word(token.text) || block.begins(at))
        };
        if !(is_capital || is_spoken_to || is_small_name()) {
            return false;
        }
        let word = lower(token);
        (3..=6).contains(&word.len())
            && !is_public(block, at, at)
            && self
                .given
                .range(word.clone()..)
                .take_while(|name| name.starts_with(&word))
                .any(|name| name.len() > word.len() + 1 && self.words.get(name) == Some(&false))
    }

    /// Whether two letters with points are those of a name that was found.
    fn has_initials(&self, block: &Block<'_>, at: usize) -> bool {
        let second = block.get(at + 1).filter(|second| second.is_initial());
        second.is_some_and(|second| {
            let letters = format!("{}{}", block.tokens[at].text, second.text);
            self.initials.contains(&letters)
        })
    }

    fn is_initials(&self, token: &Token<'_>) -> bool {
        (2..=3).contains(&token.text.len())
            && !token.is(List::Abbreviation)
            && self.initials.contains(token.text)
    }
}

/// The length of a word before what is contracted with it: Odell'd, Odell'll.
fn without_contraction(word: &str) -> Option<usize> {
    let end = word.find('\'')?;
    (end > 2 && ["'d", "'ll", "'ve"].contains(&&word[end..])).then_some(end)
}

/// The first word of the name of a place, if it is not what kind of place it is.
fn first_of_place(block: &Block<'_>, span: Span) -> Option<String> {
    let first = &block.tokens[block.token_at(span.start)];
    let is_own =
        first.shape == Shape::Title && first.text.len() > 3 && first.lists == Lists::default();
    is_own.then(|| lower(first))
}

/// Whether an ordinary word with a capital is meant as a name: within a sentence, before what people
/// do, or called in quotation marks.
fn is_meant(block: &Block<'_>, at: usize) -> bool {
    let is_acting = block.gap(at + 1) == " "
        && (block.is(at + 1, List::Speaking) || block.is(at + 1, List::Does));
    let is_called = block.gap(at).contains(['"', '“', '\'']) && block.gap(at + 1) == ", ";
    let is_titled = at > 0 && block.is(at - 1, List::Title) && block.gap(at) == " ";
    let is_owner = without_possessive(block.tokens[at].text) != block.tokens[at].text;
    let is_before_verb = || {
        block.gap(at + 1) == " "
            && block.tokens[at].given().is_some()
            && block.get(at + 1).is_some_and(|next| {
                next.shape == Shape::Small
                    && (next.text.ends_with("ed") || next.is(&["burst", "sat", "hid"]))
            })
    };
    let is_listed = block.gap(at) == ": " && at > 1 && block.tokens[at].given().is_some();
    !block.begins(at)
        || is_listed
        || is_before_verb()
        || is_acting
        || is_called
        || is_titled
        || is_owner
}

#[cfg(test)]
mod tests {
    use super::super::search::identifiers;

    #[test]
    fn names_are_followed_in_other_forms() {
        for (text, words) in [
            (
                "I met Ms Wróblewska.\n\nthen wroblewska slept",
                "wroblewska",
            ),
            ("I washed mr quillby.\n\nthe quillby chart", "quillby"),
            ("I met Glenys Pebblecot.\n\nIt says G.P. on it", "G.P"),
            ("I met Mrs Callum Oakapple.\n\nthen cal laughed", "cal"),
            (
                "I met Mrs Oakapple.\n\nOakapple'd a drawer of socks",
                "Oakapple",
            ),
        ] {
            let found = identifiers(text, &[]);
            let found: Vec<&str> = found.iter().map(|one| one.span.of(text)).collect();
            assert!(found.contains(&words), "{text}: {found:?}");
        }
    }
}
