//! A text as the readers see it: blocks of words with what stands between them.

use super::lists::Lists;
use crate::text::Span;

/// What a word looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Digits alone.
    Number,
    /// Letters, the first of them a capital and not all of them.
    Title,
    /// Capitals alone.
    Capitals,
    /// Letters that begin small.
    Small,
    /// Letters and digits.
    Mixed,
}

/// A word.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// Its letters and digits.
    pub text: &'a str,
    /// Where it stands in the whole text.
    pub span: Span,
    /// What it looks like.
    pub shape: Shape,
    /// The lists that it is on; nearly every word is on none, and need not be looked at by any reader.
    pub lists: Lists,
}

impl Token<'_> {
    /// Whether it is one of these words, which are in small letters.
    pub fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| word.eq_ignore_ascii_case(self.text))
    }

    /// How many of its signs are digits.
    pub fn digits(&self) -> usize {
        self.text.bytes().filter(u8::is_ascii_digit).count()
    }
}

/// Words that stand together: a paragraph, a line of front matter, a row of a table.
#[derive(Debug)]
pub struct Block<'a> {
    text: &'a str,
    start: usize,
    /// The words, in order.
    pub tokens: Vec<Token<'a>>,
}

impl<'a> Block<'a> {
    /// The blocks of a text. Lines that begin like a list, a table, a heading or a key stand alone.
    pub fn all(text: &'a str) -> impl Iterator<Item = Self> {
        let mut at = 0;
        std::iter::from_fn(move || {
            (at < text.len()).then(|| {
                let from = at;
                at = end_of_block(text, from);
                Self::new(&text[from..at], from)
            })
        })
    }

    fn new(text: &'a str, start: usize) -> Self {
        let mut tokens = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let length = word_at(text, at);
            if length > 0 {
                let word = &text[at..at + length];
                let span = Span::new(start + at, start + at + length);
                tokens.push(Token { text: word, span, shape: shape(word), lists: Lists::of(word) });
                at += length;
            } else {
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            }
        }
        Self { text, start, tokens }
    }

    /// What stands before a word: after the word before it, or from the block's beginning; after the last word, what
    /// ends the block.
    pub fn gap(&self, before: usize) -> &'a str {
        let from = match before {
            0 => self.start,
            _ => self.tokens[before - 1].span.end,
        };
        let to = self.tokens.get(before).map_or(self.start + self.text.len(), |token| token.span.start);
        &self.text[from - self.start..to - self.start]
    }

    /// Whether the words stand joined by one of these, in a row.
    pub fn joined_by(&self, before: usize, gaps: &[&str]) -> bool {
        before < self.tokens.len() && gaps.contains(&self.gap(before))
    }

    /// From one word to another, both of them included.
    pub fn span(&self, first: usize, last: usize) -> Span {
        Span::new(self.tokens[first].span.start, self.tokens[last].span.end)
    }

    /// The text under a range.
    pub fn under(&self, span: Span) -> &'a str {
        &self.text[span.start - self.start..span.end - self.start]
    }

    /// The word at a place, where there is one.
    pub fn get(&self, at: usize) -> Option<&Token<'a>> {
        self.tokens.get(at)
    }

    /// Whether a word at a place is one of these.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        self.get(at).is_some_and(|token| token.is_one_of(words))
    }

    /// Whether the word before a place is one of these, in the same sentence.
    pub fn follows(&self, at: usize, words: &[&str]) -> bool {
        at > 0 && !ends_sentence(self.gap(at)) && self.is(at - 1, words)
    }

    /// Whether one of these words stands among the `reach` words before a place.
    pub fn before(&self, at: usize, reach: usize, words: &[&str]) -> bool {
        (at.saturating_sub(reach)..at).any(|at| self.is(at, words))
    }

    /// Whether one of these words stands among the `reach` words after a place.
    pub fn after(&self, at: usize, reach: usize, words: &[&str]) -> bool {
        (at + 1..=at + reach).any(|at| self.is(at, words))
    }

    /// Whether one of these words stands in the sentence around some words, as far as sentences can be told.
    pub fn in_sentence(&self, first: usize, last: usize, words: &[&str]) -> bool {
        let from = (1..=first).rev().find(|&at| ends_sentence(self.gap(at))).unwrap_or(0);
        let to = (last + 1..self.tokens.len()).find(|&at| ends_sentence(self.gap(at)));
        (from..to.unwrap_or(self.tokens.len())).any(|at| self.is(at, words))
    }

    /// Whether a word begins a sentence, a line or a cell.
    pub fn begins(&self, at: usize) -> bool {
        let gap = self.gap(at);
        at == 0 || ends_sentence(gap) || gap.contains(['|', '\n', '"', '“', ':'])
    }
}

/// Whether a sentence ends in what stands between two words. A point within an abbreviation has no space behind it.
pub fn ends_sentence(gap: &str) -> bool {
    [". ", "? ", "! ", ".\n", "?\n", "!\n", "\n\n"].iter().any(|end| gap.contains(end))
}

fn end_of_block(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(end) = text[at..].find('\n').map(|end| at + end + 1) {
        let next = text[end..].lines().next().unwrap_or_default();
        let alone = |line: &str| {
            let first = line.trim_start();
            first.is_empty() || first.starts_with(['#', '|', '>', '-', '*', '+'])
        };
        let line = &text[at..end];
        let key = |line: &str| line.split_once(": ").is_some_and(|(key, _)| !key.contains([' ', '.']));
        if alone(next) || alone(line) || key(next) || key(line) {
            return end;
        }
        at = end;
    }
    text.len()
}

/// The bytes of the word that begins at a place; 0 where none does.
fn word_at(text: &str, from: usize) -> usize {
    let mut end = from;
    for (at, sign) in text[from..].char_indices() {
        let at = from + at;
        if sign.is_alphanumeric() {
            end = at + sign.len_utf8();
            continue;
        }
        // O'Wren and patient's are one word each; an apostrophe at an end is a quotation mark.
        let next = text[at + sign.len_utf8()..].chars().next();
        let inside = matches!(sign, '\'' | '’') && end > from && next.is_some_and(char::is_alphabetic);
        if !inside {
            break;
        }
    }
    end - from
}

fn shape(word: &str) -> Shape {
    let (mut digits, mut letters, mut capitals) = (0, 0, 0);
    for sign in word.chars() {
        digits += usize::from(sign.is_numeric());
        letters += usize::from(sign.is_alphabetic());
        capitals += usize::from(sign.is_uppercase());
    }
    match (digits, letters) {
        (_, 0) => Shape::Number,
        (0, _) if letters == capitals => Shape::Capitals,
        (0, _) if word.chars().next().is_some_and(char::is_uppercase) => Shape::Title,
        (0, _) => Shape::Small,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_shapes_and_blocks_have_ends() {
        let blocks: Vec<Block<'_>> =
            Block::all("# Mrs O'Wren\nsaw 12 H12.\nThe 'X'\n\n| a | B |\nkey: v\n").collect();
        let shapes: Vec<Vec<(&str, Shape)>> = blocks
            .iter()
            .map(|block| block.tokens.iter().map(|token| (token.text, token.shape)).collect())
            .collect();
        assert_eq!(shapes[0], [("Mrs", Shape::Title), ("O'Wren", Shape::Title)]);
        let second = [
            ("saw", Shape::Small),
            ("12", Shape::Number),
            ("H12", Shape::Mixed),
            ("The", Shape::Title),
            ("X", Shape::Capitals),
        ];
        assert_eq!(shapes[1], second);
        assert_eq!(blocks.len(), 5);
        assert_eq!(blocks[1].gap(3), ".\n");
    }
}
