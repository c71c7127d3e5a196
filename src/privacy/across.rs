//! Names that one text of a portfolio has for certain, looked for in its other texts.
//!
//! Each text is searched alone, so that a change of one needs no other to be read again. It keeps the words that
//! could be names and were not found to be: these are compared with the names of the others.

use super::block::{Block, Shape};
use super::candidate::{is_author, is_name, is_organisation};
use super::given::without_possessive;
use super::identifier::{Confidence, Identifier, Kind, Matches};
use super::known_words::is_word;
use super::lists::{List, Lists};
use super::matched::lower;
use super::public::is_eponym;
use crate::text::Span;

/// The shortest name that is looked for.
const SHORTEST: usize = 4;

/// The words of a block that could be names of people in another text: capitalised within a sentence, or no
/// words at all.
pub(super) fn find_possible_names(block: &Block<'_>, matches: &Matches) -> Vec<Identifier> {
    let may_be_name = |at: usize| {
        let token = &block.tokens[at];
        let bare = without_possessive(token.text);
        token.shape == Shape::Title
            && token.lists == Lists::default()
            && bare.len() >= SHORTEST
            && is_name(token)
            && token.given().is_none()
            && !block.is_quiet(token.span())
            && !matches.overlaps(token.span())
            && !(block.begins(at) && is_word(bare))
            && !is_author(block, at)
            && !is_organisation(block, at, at)
    };
    let place = |at: usize| {
        let start = block.tokens[at].span().start;
        let end = start + without_possessive(block.tokens[at].text).len();
        Identifier {
            kind: Kind::Name,
            confidence: Confidence::Likely,
            span: Span::new(start, end),
        }
    };
    (0..block.tokens.len())
        .filter(|&at| may_be_name(at))
        .map(place)
        .collect()
}

/// The surnames in the words of a name, in the form in which names are compared.
#[must_use]
pub fn surnames(name: &str) -> Vec<String> {
    let block = Block::new(name);
    let is_surname = |token: &&super::block::Token<'_>| {
        matches!(token.shape, Shape::Title | Shape::Small | Shape::Capitals)
            && !token.is(List::Title)
            && without_possessive(token.text).len() >= SHORTEST
            && token.given().is_none()
            && !is_eponym(token.text)
    };
    block.tokens.iter().filter(is_surname).map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_have_one_form() {
        assert_eq!(
            surnames("Mrs Priya Wróblewska-Tern's"),
            ["wroblewska", "tern"]
        );
        assert_eq!(surnames("Mr Gibbs"), [""; 0]);
    }

    #[test]
    fn possible_names_are_capitalised_within_a_sentence_or_no_words() {
        let text =
            "Quillfeather sat. Then Butcher came. Butcher sat. Oakapple (1988) and the Tern Unit";
        let block = Block::new(text);
        let found = find_possible_names(&block, &Matches::default());
        let words: Vec<&str> = found.iter().map(|one| one.span.of(text)).collect();
        assert_eq!(words, ["Quillfeather", "Butcher"]);
    }
}
