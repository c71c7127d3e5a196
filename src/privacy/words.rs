//! A text as the readers see it: blocks of words with what stands between them.

use std::ops::Range;

use super::lists::Lists;
use crate::text::{CAPITAL, DIGIT, SIGNS, SMALL, Span, WordNumber, WordSet, small_word};

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
    /// The lists that it is on; nearly every word is on none.
    pub lists: Lists,
}

impl Token<'_> {
    /// Whether it is one of these words, which are in small letters.
    pub fn is_one_of(&self, words: &[&str]) -> bool {
        words
            .iter()
            .any(|word| word.eq_ignore_ascii_case(self.text))
    }

    /// How many of its signs are digits.
    pub fn digits(&self) -> usize {
        self.text.bytes().filter(u8::is_ascii_digit).count()
    }
}

/// Words on either side beyond which nothing belongs to a sentence any more.
pub const LONG_SENTENCE: usize = 100;

/// Words that stand together: a paragraph, a line of front matter, a row of a table.
#[derive(Debug)]
pub struct Block<'a> {
    text: &'a str,
    start: usize,
    /// The words, in order.
    pub tokens: Vec<Token<'a>>,
    /// Where a number, a day or a place may begin. Readers look at these alone: nearly every word is none.
    pub marks: Vec<usize>,
    /// Where a name may begin, or what may stand beside one.
    pub cues: Vec<usize>,
    /// Whether an `@` stands among them.
    pub has_at_sign: bool,
}

impl<'a> Block<'a> {
    /// Tells the blocks of a text. Lines that begin like a list, a table, a heading or a key stand alone.
    pub fn each(text: &'a str, mut tell: impl FnMut(&Self)) {
        // Paragraphs are rarely longer, and a title or a name need no room.
        let (tokens, cues) = (
            Vec::with_capacity(text.len().min(1024) / 8),
            Vec::with_capacity(text.len().min(1024) / 32),
        );
        let mut block = Self {
            text,
            start: 0,
            tokens,
            marks: Vec::new(),
            cues,
            has_at_sign: false,
        };
        let (mut from, mut at, mut after_alone) = (0, 0, false);
        for line in text.split_inclusive('\n') {
            let alone = stands_alone(line);
            if at > from && (alone || after_alone) {
                block.fill(&text[from..at], from);
                tell(&block);
                from = at;
            }
            (at, after_alone) = (at + line.len(), alone);
        }
        block.fill(&text[from..], from);
        tell(&block);
    }

    fn fill(&mut self, text: &'a str, start: usize) {
        (self.text, self.start) = (text, start);
        self.tokens.clear();
        self.marks.clear();
        self.cues.clear();
        self.has_at_sign = false;
        let (bytes, known) = (text.as_bytes(), Lists::known());
        let mut at = 0;
        while at < bytes.len() {
            if let Some((length, number)) = small_word(bytes, at) {
                let end = at + length;
                let (text, span) = (
                    &text[at..end],
                    Span {
                        start: start + at,
                        end: start + end,
                    },
                );
                let lists = known.of_small(number);
                self.tokens.push(Token {
                    text,
                    span,
                    shape: Shape::Small,
                    lists,
                });
                // Nearly every word neither marks nor cues anything.
                if length == 1 || lists.on(Lists::MARKS_AND_CUES) {
                    self.notice_last(false);
                }
                self.has_at_sign |= bytes[end] == b'@';
                // The sign behind it is of no word.
                at = end + 1;
            } else if bytes[at].is_ascii()
                && SIGNS[usize::from(bytes[at])] & LETTERS_AND_DIGITS == 0
            {
                self.has_at_sign |= bytes[at] == b'@';
                at += 1;
            } else {
                at = self.add_other(text, at);
            }
        }
    }

    /// Adds the word of any signs that begins at a place, if one does; gives the place behind what was looked at.
    fn add_other(&mut self, text: &'a str, at: usize) -> usize {
        let word = Word::at(text, at);
        if word.length == 0 {
            return at + text[at..].chars().next().map_or(1, char::len_utf8);
        }
        let end = at + word.length;
        let span = Span::new(self.start + at, self.start + end);
        let text = &text[at..end];
        self.tokens.push(Token {
            text,
            span,
            shape: word.shape(),
            lists: Lists::of(text),
        });
        self.notice_last(word.apostrophe);
        end
    }

    /// Notices what the last word, or the one before it because of it, may be to the readers.
    fn notice_last(&mut self, apostrophe: bool) {
        let Some(at) = self.tokens.len().checked_sub(1) else {
            return;
        };
        let token = self.tokens[at];
        let single = token.text.len() == 1;
        let numeral = matches!(token.shape, Shape::Number | Shape::Mixed);
        // The most frequent capital is `I`. One alone says something only beside a number, a title or a point.
        let capitals = token.shape == Shape::Capitals && !single;
        if let Some(before) = at.checked_sub(1) {
            let last = &self.tokens[before];
            // The letters of a number, and the name of a ward, stand in front of what shows them to be that.
            let digit = token.text.as_bytes()[0].is_ascii_digit();
            let begins = (digit && last.text.len() == 2) || (numeral && last.text.len() == 1);
            if (begins || token.lists.on(Lists::PLACE)) && self.marks.last() != Some(&before) {
                self.marks.push(before);
            }
            let given =
                (capitals || token.shape == Shape::Title) && last.lists.on(Lists::BEFORE_NAMES);
            let in_file = single && matches!(self.byte(last.span.end), Some(b'-' | b'_'));
            if (given || in_file) && self.cues.last() != Some(&before) {
                self.cues.push(before);
            }
        }
        if numeral || capitals || token.lists.on(Lists::MARKS) {
            self.marks.push(at);
        }
        let initial = token.shape == Shape::Capitals
            && single
            && (self.byte(token.span.end) == Some(b'.')
                || at
                    .checked_sub(1)
                    .is_some_and(|before| self.tokens[before].lists.on(Lists::TITLE)));
        if capitals || initial || apostrophe || token.lists.on(Lists::CUES) {
            self.cues.push(at);
        }
    }

    /// The same words, each of them looked at by every reader.
    #[cfg(test)]
    pub fn looked_at_everywhere(&self) -> Self {
        let every: Vec<usize> = (0..self.tokens.len()).collect();
        Self {
            tokens: self.tokens.clone(),
            marks: every.clone(),
            cues: every,
            ..*self
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at - self.start).copied()
    }

    /// What stands before a word: after the word before it, or from the block's beginning; after the last word, what
    /// ends the block.
    pub fn gap(&self, before: usize) -> &'a str {
        let from = match before {
            0 => self.start,
            _ => self.tokens[before - 1].span.end,
        };
        let to = self
            .tokens
            .get(before)
            .map_or(self.start + self.text.len(), |token| token.span.start);
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

    /// Whether one of these words stands in the sentence around some words, as far as sentences can be told, and no
    /// further than sentences are long.
    pub fn in_sentence(&self, first: usize, last: usize, words: &[&str]) -> bool {
        self.sentence(first, last).any(|at| self.is(at, words))
    }

    /// The same for many words.
    pub fn in_sentence_with<const N: usize>(
        &self,
        first: usize,
        last: usize,
        words: &WordSet<N>,
    ) -> bool {
        self.sentence(first, last)
            .any(|at| words.has(WordNumber::of(self.tokens[at].text)))
    }

    fn sentence(&self, first: usize, last: usize) -> Range<usize> {
        let (begin, end) = (
            first.saturating_sub(LONG_SENTENCE),
            self.tokens.len().min(last + LONG_SENTENCE),
        );
        let from = (begin.max(1)..=first)
            .rev()
            .find(|&at| ends_sentence(self.gap(at)))
            .unwrap_or(begin);
        let to = (last + 1..end).find(|&at| ends_sentence(self.gap(at)));
        from..to.unwrap_or(end)
    }

    /// Whether a word begins a sentence, a line or a cell.
    pub fn begins(&self, at: usize) -> bool {
        let gap = self.gap(at);
        at == 0 || ends_sentence(gap) || gap.contains(['|', '\n', '"', '“', ':'])
    }
}

/// Whether a sentence ends in what stands between two words. A point within an abbreviation has no space behind it.
pub fn ends_sentence(gap: &str) -> bool {
    // Nearly every gap is a space.
    gap.len() > 1
        && [". ", "? ", "! ", ".\n", "?\n", "!\n", "\n\n"]
            .iter()
            .any(|end| gap.contains(end))
}

/// Whether a line is no part of a paragraph: it is empty, or begins like a list, a table, a heading or a key.
fn stands_alone(line: &str) -> bool {
    let first = line.trim_start();
    let key = || {
        let end = line.bytes().position(|byte| matches!(byte, b' ' | b'.'));
        end.is_some_and(|end| {
            end > 0 && line.as_bytes()[end] == b' ' && line.as_bytes()[end - 1] == b':'
        })
    };
    first.is_empty() || first.starts_with(['#', '|', '>', '-', '*', '+']) || key()
}

const LETTERS_AND_DIGITS: u8 = DIGIT | SMALL | CAPITAL;

/// What is seen of a word while its end is looked for.
#[derive(Debug, Default, PartialEq)]
struct Word {
    length: usize,
    /// Which of digits, small letters and capitals are in it; every letter that is no capital counts as small.
    signs: u8,
    begins_with_capital: bool,
    apostrophe: bool,
}

impl Word {
    /// The word that begins at a place; its length is 0 where none does. Nearly all are ASCII, and need no characters.
    fn at(text: &str, from: usize) -> Self {
        let bytes = text.as_bytes();
        let sign = |at: usize| {
            bytes
                .get(at)
                .map_or(0, |&byte| SIGNS[usize::from(byte)] & LETTERS_AND_DIGITS)
        };
        let (mut at, mut signs, mut apostrophe) = (from, 0, false);
        loop {
            let run = bytes[at..]
                .iter()
                .map(|&byte| SIGNS[usize::from(byte)] & LETTERS_AND_DIGITS);
            for sign in run.take_while(|&sign| sign != 0) {
                signs |= sign;
                at += 1;
            }
            match bytes.get(at) {
                Some(b'\'') if at > from && sign(at + 1) & (SMALL | CAPITAL) != 0 => {
                    apostrophe = true;
                    at += 1;
                }
                Some(b'\'') if bytes.get(at + 1).is_some_and(|next| !next.is_ascii()) => break,
                Some(byte) if !byte.is_ascii() => break,
                _ => {
                    let begins_with_capital = sign(from) == CAPITAL;
                    return Self {
                        length: at - from,
                        signs,
                        begins_with_capital,
                        apostrophe,
                    };
                }
            }
        }
        Self::of_any_signs(text, from)
    }

    fn of_any_signs(text: &str, from: usize) -> Self {
        let mut word = Self::default();
        let mut signs = text[from..].chars().peekable();
        while let Some(sign) = signs.next() {
            if !word.takes(sign) {
                // O'Wren and patient's are one word each; an apostrophe at an end is a quotation mark.
                let quote = matches!(sign, '\'' | '’') && word.length > 0;
                if !(quote && signs.peek().is_some_and(|next| next.is_alphabetic())) {
                    break;
                }
                word.apostrophe = true;
            }
            word.length += sign.len_utf8();
        }
        word
    }

    /// Notes a letter or a digit; says no to every other sign.
    fn takes(&mut self, sign: char) -> bool {
        let (letter, digit, capital) =
            (sign.is_alphabetic(), sign.is_numeric(), sign.is_uppercase());
        self.signs |= if digit { DIGIT } else { 0 };
        self.signs |= match (letter, capital) {
            (true, false) => SMALL,
            (true, true) => CAPITAL,
            (false, _) => 0,
        };
        self.begins_with_capital |= capital && self.length == 0;
        letter || digit
    }

    fn shape(&self) -> Shape {
        match self.signs {
            DIGIT => Shape::Number,
            CAPITAL => Shape::Capitals,
            signs if signs & DIGIT != 0 => Shape::Mixed,
            _ if self.begins_with_capital => Shape::Title,
            _ => Shape::Small,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_of_bytes_are_read_as_words_of_any_signs(text in "[a-cA-C0-2'’éÉ. Ⅷ²]{0,12}[a-z]{0,9}[a-c'’éⅧ. ]{0,12}") {
            for (at, _) in text.char_indices() {
                prop_assert_eq!(Word::at(&text, at), Word::of_any_signs(&text, at));
                if let Some((length, _)) = small_word(text.as_bytes(), at) {
                    prop_assert_eq!(Word { length, signs: SMALL, ..Word::default() }, Word::at(&text, at));
                }
            }
        }
    }

    #[test]
    fn words_have_shapes_and_blocks_have_ends() {
        let mut shapes: Vec<Vec<(&str, Shape)>> = Vec::new();
        let mut gaps = Vec::new();
        Block::each(
            "# Mrs O'Wren\nsaw 12 H12.\nThe 'X'\n\n| a | B |\nkey: v\n",
            |block| {
                shapes.push(
                    block
                        .tokens
                        .iter()
                        .map(|token| (token.text, token.shape))
                        .collect(),
                );
                gaps.push(block.gap(block.tokens.len().min(3)).to_owned());
            },
        );
        assert_eq!(shapes[0], [("Mrs", Shape::Title), ("O'Wren", Shape::Title)]);
        let second = [
            ("saw", Shape::Small),
            ("12", Shape::Number),
            ("H12", Shape::Mixed),
            ("The", Shape::Title),
            ("X", Shape::Capitals),
        ];
        assert_eq!(shapes[1], second);
        assert_eq!(shapes.len(), 5);
        assert_eq!(gaps[1], ".\n");
    }
}
