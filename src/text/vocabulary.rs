//! The vocabulary of a text.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::ShownText;
use super::hints::{Hints, Voice, Word};
use super::prose::{sketch, term};
use super::words::{ByWordHash, PlacedWord, WordHash, words};

/// The slots for recent words.
const KINDS: usize = 512;

/// Collects the words of a text while it is parsed.
#[derive(Debug)]
pub struct VocabularyBuilder {
    /// Words by their numbers, with whether they were in prose.
    seen: HashMap<u64, bool, ByWordHash>,
    /// The most recent word of each kind: most words repeat a recent one.
    lately: Box<[u64; KINDS]>,
    words: String,
    terms: Vec<u32>,
    voice: Voice,
    prose: Vec<Word>,
}

/// The vocabulary of a text.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Searchable words, each once and on a line, in lower case and with `'` for `’`.
    pub words: Box<str>,
    /// The terms of the prose, sorted, each once.
    pub terms: Box<[u32]>,
    /// A sample of the runs of five words of the prose.
    pub sketch: Box<[u32]>,
    /// The persons that the prose speaks of.
    pub voice: Voice,
}

impl Default for VocabularyBuilder {
    fn default() -> Self {
        // An entry of a thousand words has some three hundred different ones.
        Self::with_room(1024, 448)
    }
}

impl VocabularyBuilder {
    /// Creates an empty collection with capacity for so many words and distinct words.
    fn with_room(words: usize, different: usize) -> Self {
        Self {
            seen: HashMap::with_capacity_and_hasher(different, ByWordHash::default()),
            lately: Box::new([0; KINDS]),
            words: String::new(),
            terms: Vec::new(),
            voice: Voice::default(),
            prose: Vec::with_capacity(words),
        }
    }

    /// Adds prose, by which a text is judged, and returns the number of its words as people count.
    pub fn prose(&mut self, shown: &str) -> usize {
        let mut counted = 0;
        let mut end = 0;
        for word in words(shown) {
            counted += usize::from(word.is_counted);
            self.add_compound(shown, end, &word);
            end = word.range().end;
            let hints = Hints::of(word.number);
            if hints != Hints::default() {
                self.voice.add(hints);
            }
            self.prose.push(Word::new(&word, hints));
            // Never 0, which marks an empty slot.
            let odd = word.number.get() | 1;
            let lately = &mut self.lately[word.number.kind() % KINDS];
            if std::mem::replace(lately, odd) != odd {
                self.add_distinct(&word, true);
            }
        }
        counted
    }

    /// Adds words that are searchable and not part of the prose: headings, code, picture descriptions.
    pub fn other(&mut self, shown: &str) {
        let mut end = 0;
        for word in words(shown) {
            self.add_compound(shown, end, &word);
            end = word.range().end;
            self.add_distinct(&word, false);
        }
    }

    /// Adds `wellbeing` for `well-being`, so that both spellings are found, if a hyphen alone is
    /// between `word` and the one that ends at `end`.
    #[inline]
    fn add_compound(&mut self, shown: &str, end: usize, word: &PlacedWord<'_>) {
        if !word.is_counted && &shown[end..word.range().start] == "-" {
            let from = shown[..end].rfind(|letter: char| !letter.is_alphanumeric());
            let first = from.map_or(0, |at| shown.ceil_char_boundary(at + 1));
            let joined = [&shown[first..end], word.text].concat();
            let number = WordHash::of(&joined).get();
            if self.seen.insert(number, false).is_none() {
                self.add_findable(&joined);
            }
        }
    }

    /// Adds a word if it is new.
    fn add_distinct(&mut self, word: &PlacedWord<'_>, prose: bool) {
        let (new, new_in_prose) = match self.seen.entry(word.number.get()) {
            Entry::Vacant(place) => (true, *place.insert(prose)),
            Entry::Occupied(mut known) => {
                (false, prose && !std::mem::replace(known.get_mut(), true))
            }
        };
        if !(new || new_in_prose) {
            return;
        }
        let is_stop_word = Hints::of(word.number).is_stop_word();
        let (word, term) = (word.text, term(word.text, word.number));
        if new_in_prose {
            self.terms.extend(term);
        }
        // Stop words are not searchable; codes are, and so are abbreviations such as BP.
        let is_short = word.len() == 2 && !is_stop_word;
        if new && (term.is_some() || is_short || word.bytes().any(|byte| byte.is_ascii_digit())) {
            self.add_findable(word);
        }
    }

    fn add_findable(&mut self, word: &str) {
        if word.is_ascii() {
            let from = self.words.len();
            self.words.push_str(word);
            self.words[from..].make_ascii_lowercase();
        } else {
            self.words.push_str(&word.to_lowercase().replace('’', "'"));
        }
        self.words.push('\n');
    }

    /// The number of words of prose so far.
    #[must_use]
    pub fn prose_words(&self) -> usize {
        self.prose.len()
    }

    /// Returns the vocabulary, and the words of the prose in order.
    #[must_use]
    pub fn finish(mut self) -> (Vocabulary, Vec<Word>) {
        self.terms.sort_unstable();
        self.terms.dedup();
        let vocabulary = Vocabulary {
            words: self.words.into_boxed_str(),
            terms: self.terms.into_boxed_slice(),
            sketch: sketch(&self.prose).into_boxed_slice(),
            voice: self.voice,
        };
        (vocabulary, self.prose)
    }
}

/// The searchable words of a text, each once and on a line, in lower case and with `'` for `’`.
#[must_use]
pub fn findable(text: &str) -> String {
    let mut gathered = VocabularyBuilder::with_room(0, 0);
    gathered.other(ShownText::of(text).text());
    gathered.words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_once_and_terms_are_those_of_prose() {
        let mut gathered = VocabularyBuilder::default();
        gathered.other("Description K7");
        gathered.prose("The Ward’s scale: ward, ÉCLAIR");
        gathered.prose("scale");
        let (known, prose) = gathered.finish();
        assert_eq!(prose.len(), 6);
        assert_eq!(
            &*known.words,
            "description\nk7\nward's\nscale\nward\néclair\n"
        );
        assert_eq!(known.terms.len(), 4);
        assert!(
            !known
                .terms
                .contains(&term("description", WordHash::of("description")).unwrap_or_default())
        );
    }
}
