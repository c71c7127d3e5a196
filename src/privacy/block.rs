//! Tokens of a text, in blocks of text that belongs together.

use std::cell::OnceCell;
use std::ops::Range;

use super::given::{Given, without_possessive};
use super::lists::{List, Lists};
use super::rare_words::{RareWords, is_among};
use super::web_addresses::find_addresses;
use crate::text::{Span, WordHash, small_word};

/// The form of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Digits only.
    Number,
    /// Letters that begin with a capital and are not all capitals.
    Title,
    /// Capitals only.
    Capitals,
    /// Letters that begin with a small one.
    Small,
    /// Letters and digits.
    Mixed,
}

/// A word or a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    /// Its letters and digits, and apostrophes inside.
    pub text: &'a str,
    /// Where it begins in the whole text. 32 bits, because there are as many tokens as words.
    start: u32,
    /// Its form.
    pub shape: Shape,
    /// The lists that it is on.
    pub lists: Lists,
    /// Whether it is a given name, perhaps with a possessive `'s`.
    given: Option<Given>,
}

/// An offset in a text, which has at most 4 MiB.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<'a> Token<'a> {
    /// The token of a text that is none of the small words.
    fn new(text: &'a str, start: usize) -> Self {
        let shape = Shape::of(text);
        let number = WordHash::of(text);
        let given = match shape {
            Shape::Number | Shape::Mixed => None,
            Shape::Title | Shape::Small | Shape::Capitals => {
                let bare = without_possessive(text);
                if bare.len() == text.len() && text.is_ascii() {
                    Given::of_number(number)
                } else {
                    Given::of(bare)
                }
            }
        };
        Self {
            text,
            start: narrow(start),
            shape,
            lists: Lists::of_number(number),
            given,
        }
    }

    /// Its range in the whole text.
    pub(super) fn span(&self) -> Span {
        let start = self.start as usize;
        Span::new(start, start + self.text.len())
    }

    /// Whether it is one of `words`.
    pub(super) fn is(&self, words: impl Words) -> bool {
        words.contain(self)
    }

    /// The number of its ASCII digits.
    pub(super) fn digits(&self) -> usize {
        self.text.bytes().filter(u8::is_ascii_digit).count()
    }

    /// Whether it is a given name, perhaps with a possessive `'s`.
    #[inline]
    pub(super) fn given(&self) -> Option<Given> {
        self.given
    }

    /// Whether it is a single capital.
    pub(super) fn is_initial(&self) -> bool {
        self.shape == Shape::Capitals && self.text.chars().count() == 1
    }
}

/// A set of words in lower case, compared without regard to the case of ASCII letters.
pub(super) trait Words: Copy {
    /// Whether `token` is one of them.
    fn contain(self, token: &Token<'_>) -> bool;
}

impl Words for List {
    fn contain(self, token: &Token<'_>) -> bool {
        token.lists.has(self)
    }
}

impl Words for &[&str] {
    fn contain(self, token: &Token<'_>) -> bool {
        is_among(token.text, self)
    }
}

impl Words for &RareWords {
    fn contain(self, token: &Token<'_>) -> bool {
        self.have(token.text)
    }
}

impl<const N: usize> Words for &[&str; N] {
    fn contain(self, token: &Token<'_>) -> bool {
        self[..].contain(token)
    }
}

/// Sentences are searched at most this many tokens in either direction.
pub(super) const LONG_SENTENCE: usize = 100;

/// Text that belongs together: a paragraph, a line of front matter, a row of a table.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// The text.
    pub text: &'a str,
    /// The places of web addresses and DOIs, in order, in which most readers find nothing.
    pub quiet: Vec<Span>,
    /// The tokens, in order.
    pub tokens: Vec<Token<'a>>,
    /// The tokens at which a match can begin, or which give it away. Most words are neither.
    pub starts: Vec<usize>,
    /// Whether it has the word `NHS`, computed when a number asks.
    has_nhs: OnceCell<bool>,
}

impl<'a> Block<'a> {
    /// Splits a text into tokens.
    pub(super) fn new(text: &'a str) -> Self {
        // Growing would hold the tokens twice; few texts have more than one for four bytes.
        let mut tokens = Vec::with_capacity(text.len() / 4 + 1);
        let mut at = 0;
        while at < text.len() {
            if let Some((length, number)) = small_word(text.as_bytes(), at) {
                tokens.push(Token {
                    text: &text[at..at + length],
                    start: narrow(at),
                    shape: Shape::Small,
                    lists: Lists::of_number(number),
                    given: Given::of_number(number),
                });
                // The character after it is ASCII and not part of a token.
                at += length + 1;
                continue;
            }
            let length = token_length(&text[at..]);
            if length > 0 {
                tokens.push(Token::new(&text[at..at + length], at));
            }
            at += length;
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
        let mut block = Self {
            text,
            quiet: find_addresses(text),
            tokens,
            starts: Vec::new(),
            has_nhs: OnceCell::new(),
        };
        for at in 0..block.tokens.len() {
            if block.is_start(at) && !block.is_quiet(block.tokens[at].span()) {
                block.starts.push(at);
            }
        }
        block
    }

    /// Whether a span is within a web address.
    pub(super) fn is_quiet(&self, span: Span) -> bool {
        let before = self.quiet.partition_point(|quiet| quiet.start < span.end);
        let last = self.quiet[..before].last();
        last.is_some_and(|quiet| quiet.overlaps(span))
    }

    /// Whether a match can begin at a token: not at words in small letters that are on no list, and
    /// at few words of one or two letters.
    fn is_start(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let is_small = token.shape == Shape::Small;
        if is_small && token.text.len() > 2 && token.lists == Lists::default() {
            return false;
        }
        let is_before_name = || {
            self.get(at + 1).is_some_and(|next| {
                matches!(next.shape, Shape::Title | Shape::Capitals)
                    || next.given() == Some(Given::Only)
            })
        };
        let is_initial = match (token.text.len(), token.shape) {
            _ if token.lists.has_any(Lists::STARTS) => return true,
            _ if token.lists.has_any(Lists::BEFORE_NAME) && is_before_name() => return true,
            (1, Shape::Capitals | Shape::Small) => true,
            (2, Shape::Small) => false,
            _ => return !is_small,
        };
        let is_before_number = self
            .get(at + 1)
            .is_some_and(|next| matches!(next.shape, Shape::Number | Shape::Mixed));
        is_before_number
            || (is_initial && (self.gap(at + 1) != " " || self.has_before(at, 1, List::Title)))
    }

    /// The same block with every token as a start.
    #[cfg(test)]
    pub(super) fn with_all_starts(&self) -> Self {
        Self {
            text: self.text,
            quiet: self.quiet.clone(),
            tokens: self.tokens.clone(),
            starts: (0..self.tokens.len())
                .filter(|&at| !self.is_quiet(self.tokens[at].span()))
                .collect(),
            has_nhs: OnceCell::new(),
        }
    }

    /// The text between a token and the one before it, or the block's beginning; after the last
    /// token, the rest of the block; after that, nothing.
    pub(super) fn gap(&self, before: usize) -> &'a str {
        let from = match before {
            0 => 0,
            _ => self
                .tokens
                .get(before - 1)
                .map_or(self.text.len(), |token| token.span().end),
        };
        let to = self
            .tokens
            .get(before)
            .map_or(self.text.len(), |token| token.span().start);
        &self.text[from..to]
    }

    /// Whether there is a token at `at`, and one of `gaps` in front of it.
    pub(super) fn is_joined_by(&self, at: usize, gaps: &[&str]) -> bool {
        at < self.tokens.len() && gaps.contains(&self.gap(at))
    }

    /// The range from token `first` to token `last`, both included.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        Span::new(
            self.tokens[first].span().start,
            self.tokens[last].span().end,
        )
    }

    /// The text in a range.
    pub(super) fn slice(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The index of the token that contains or follows a byte of the text.
    pub(super) fn token_at(&self, byte: usize) -> usize {
        let at = self
            .tokens
            .partition_point(|token| token.span().end <= byte);
        at.min(self.tokens.len().saturating_sub(1))
    }

    /// The token at `at`.
    pub(super) fn get(&self, at: usize) -> Option<&Token<'a>> {
        self.tokens.get(at)
    }

    /// Whether the word `NHS` is anywhere in it.
    pub(super) fn has_nhs(&self) -> bool {
        let has_nhs = || self.tokens.iter().any(|token| token.is(&["nhs"]));
        *self.has_nhs.get_or_init(has_nhs)
    }

    /// Whether the token at `at` is one of `words`.
    pub(super) fn is(&self, at: usize, words: impl Words) -> bool {
        self.get(at).is_some_and(|token| token.is(words))
    }

    /// Whether the token before `at` is one of `words`, in the same sentence.
    pub(super) fn follows(&self, at: usize, words: impl Words) -> bool {
        at > 0 && !ends_sentence(self.gap(at)) && self.is(at - 1, words)
    }

    /// Whether one of the `reach` tokens before `at` is one of `words`.
    pub(super) fn has_before(&self, at: usize, reach: usize, words: impl Words) -> bool {
        (at.saturating_sub(reach)..at).any(|at| self.is(at, words))
    }

    /// Whether one of the `reach` tokens after `at` is one of `words`.
    pub(super) fn has_after(&self, at: usize, reach: usize, words: impl Words) -> bool {
        (at + 1..=at + reach).any(|at| self.is(at, words))
    }

    /// Whether one of `words` is in the sentence around the tokens from `first` to `last`.
    pub(super) fn has_in_sentence(&self, first: usize, last: usize, words: impl Words) -> bool {
        self.sentence(first, last).any(|at| self.is(at, words))
    }

    /// The tokens of the sentence, at most `LONG_SENTENCE` on either side.
    pub(super) fn sentence(&self, first: usize, last: usize) -> Range<usize> {
        let begin = first.saturating_sub(LONG_SENTENCE);
        let end = self.tokens.len().min(last + LONG_SENTENCE);
        let from = (begin.max(1)..=first)
            .rev()
            .find(|&at| self.is_sentence_end(at))
            .unwrap_or(begin);
        let to = (last + 1..end).find(|&at| self.is_sentence_end(at));
        from..to.unwrap_or(end)
    }

    /// Whether a sentence ends before the token at `at`. A point after an initial ends none.
    fn is_sentence_end(&self, at: usize) -> bool {
        let gap = self.gap(at);
        ends_sentence(gap) && !(gap == ". " && at > 0 && self.tokens[at - 1].is_initial())
    }

    /// Whether a token begins a sentence, a line or a cell.
    pub(super) fn begins(&self, at: usize) -> bool {
        let gap = self.gap(at);
        at == 0 || (gap != " " && (ends_sentence(gap) || gap.contains(['|', '\n', '"', '“', ':'])))
    }
}

/// Whether the text between two tokens ends a sentence. A point within an abbreviation has no space
/// after it.
pub(super) fn ends_sentence(gap: &str) -> bool {
    // Almost every gap is one space.
    gap.len() > 1
        && gap
            .as_bytes()
            .windows(2)
            .any(|two| matches!(two, [b'.' | b'?' | b'!', b' ' | b'\n'] | [b'\n', b'\n']))
}

/// The length in bytes of the token at the beginning of `text`; 0 if there is none.
fn token_length(text: &str) -> usize {
    // Almost every token is ASCII.
    let is_in_token = |byte: &u8| byte.is_ascii_alphanumeric();
    let length = text.bytes().take_while(is_in_token).count();
    let next = text.as_bytes().get(length);
    if next.is_none_or(|next| next.is_ascii() && *next != b'\'') {
        return length;
    }
    let mut length = 0;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        // O'Wren and patient's are one token each; an apostrophe at an end is a quotation mark.
        let is_inner = length > 0
            && match letter {
                '\'' | '’' => letters.peek().is_some_and(|next| next.is_alphabetic()),
                '\u{300}'..='\u{36f}' => true,
                _ => false,
            };
        if !letter.is_alphanumeric() && !is_inner {
            break;
        }
        length += letter.len_utf8();
    }
    length
}

impl Shape {
    /// The shape of a token's text.
    fn of(text: &str) -> Self {
        let (mut has_digit, mut has_capital, mut has_small) = (false, false, false);
        if text.is_ascii() {
            for byte in text.bytes() {
                has_digit |= byte.is_ascii_digit();
                has_capital |= byte.is_ascii_uppercase();
                has_small |= byte.is_ascii_lowercase();
            }
        } else {
            for letter in text.chars() {
                has_digit |= letter.is_numeric();
                if letter.is_alphabetic() {
                    let is_capital = letter.is_uppercase();
                    has_capital |= is_capital;
                    has_small |= !is_capital;
                }
            }
        }
        match (has_digit, has_capital, has_small) {
            (true, false, false) => Self::Number,
            (true, ..) => Self::Mixed,
            (false, true, false) => Self::Capitals,
            _ if text.starts_with(char::is_uppercase) => Self::Title,
            _ => Self::Small,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_shapes() {
        let block = Block::new("saw Mrs O'Wren, 12 H12. The 'X'");
        let tokens = block.tokens.iter().map(|token| (token.text, token.shape));
        let expected = [
            ("saw", Shape::Small),
            ("Mrs", Shape::Title),
            ("O'Wren", Shape::Title),
            ("12", Shape::Number),
            ("H12", Shape::Mixed),
            ("The", Shape::Title),
            ("X", Shape::Capitals),
        ];
        assert_eq!(tokens.collect::<Vec<_>>(), expected);
        assert_eq!(block.gap(3), ", ");
        assert_eq!(block.gap(7), "'");
    }

    #[test]
    fn tokens_of_other_scripts_have_shapes() {
        let shapes = ["É", "Éa", "écart’s", "Ⅷ", "²3", "12ā"].map(Shape::of);
        let expected = [
            Shape::Capitals,
            Shape::Title,
            Shape::Small,
            Shape::Mixed,
            Shape::Number,
            Shape::Mixed,
        ];
        assert_eq!(shapes, expected);
        assert_eq!(token_length("écart’s"), "écart’s".len());
        assert_eq!(token_length("'a"), 0);
    }
}
