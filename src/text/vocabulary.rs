//! The words of a text, each once.

use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::hints::{Hints, Voice, Word};
use super::prose::{sketch, term};
use super::words::{ByNumber, Placed, each_word};

/// Kinds of words, of which the last is remembered each.
const KINDS: usize = 512;

/// Gathers the words of a text while it is read.
#[derive(Debug)]
pub struct Gathered {
    /// Words by their numbers; of each whether it stood in prose.
    seen: HashMap<u64, bool, ByNumber>,
    /// The last word of the prose of each of some kinds: people repeat themselves, and most words are found here.
    lately: Box<[u64; KINDS]>,
    words: String,
    terms: Vec<u32>,
    voice: Voice,
    prose: Vec<Word>,
}

/// What is known of the words of a text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Words worth finding, each once, in lower case and with `'` for `’`, each with a line end behind it.
    pub words: Box<str>,
    /// What the prose is about: sorted terms, each once.
    #[serde(with = "numbers")]
    pub terms: Box<[u32]>,
    /// A sample of the prose's runs of five words.
    #[serde(with = "numbers")]
    pub sketch: Box<[u32]>,
    /// Of whom the prose speaks.
    pub voice: Voice,
}

impl Default for Gathered {
    fn default() -> Self {
        // An entry of a thousand words has some three hundred different ones.
        Self::with_room(1024, 448)
    }
}

impl Gathered {
    /// Nothing yet, with room for so many words, and so many different ones.
    fn with_room(words: usize, different: usize) -> Self {
        Self {
            seen: HashMap::with_capacity_and_hasher(different, ByNumber::default()),
            lately: Box::new([0; KINDS]),
            words: String::new(),
            terms: Vec::new(),
            voice: Voice::default(),
            prose: Vec::with_capacity(words),
        }
    }

    /// Goes on with prose: words that a text is judged by.
    pub fn prose(&mut self, text: &str) {
        each_word(text, |word| {
            let hints = Hints::of(word.number);
            if hints != Hints::default() {
                self.voice.hear(hints);
            }
            self.prose.push(Word::new(&word, hints));
            // Never 0, which stands for no word.
            let odd = word.number.get() | 1;
            let lately = &mut self.lately[word.number.kind() % KINDS];
            if std::mem::replace(lately, odd) != odd {
                self.different(&word, true);
            }
        });
    }

    /// Goes on with words that can be found but say nothing of the prose: headings, code, descriptions of pictures.
    pub fn other(&mut self, text: &str) {
        each_word(text, |word| self.different(&word, false));
    }

    /// Takes a word if it is new here.
    fn different(&mut self, word: &Placed<'_>, prose: bool) {
        let (new, new_in_prose) = match self.seen.entry(word.number.get()) {
            Entry::Vacant(place) => (true, *place.insert(prose)),
            Entry::Occupied(mut known) => {
                (false, prose && !std::mem::replace(known.get_mut(), true))
            }
        };
        if !(new || new_in_prose) {
            return;
        }
        let (word, term) = (word.text(), term(word.text(), word.number));
        if new_in_prose {
            self.terms.extend(term);
        }
        // Little words are not worth finding; codes are.
        if new && (term.is_some() || word.bytes().any(|byte| byte.is_ascii_digit())) {
            self.findable(word);
        }
    }

    fn findable(&mut self, word: &str) {
        if word.is_ascii() {
            let from = self.words.len();
            self.words.push_str(word);
            self.words[from..].make_ascii_lowercase();
        } else {
            self.words.push_str(&word.to_lowercase().replace('’', "'"));
        }
        self.words.push('\n');
    }

    /// The words of the prose so far.
    #[must_use]
    pub fn prose_words(&self) -> usize {
        self.prose.len()
    }

    /// What is known in the end, and the words of the prose in their order.
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

/// Numbers that are kept as their bytes: thousands of entries have hundreds each, and one by one they take far longer to
/// write and to read.
mod numbers {
    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        numbers: &[u32],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let bytes: Vec<[u8; 4]> = numbers.iter().map(|number| number.to_le_bytes()).collect();
        serializer.serialize_bytes(bytes.as_flattened())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Box<[u32]>, D::Error> {
        from.deserialize_bytes(Bytes)
    }

    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = Box<[u32]>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("four bytes for each number")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
            let (numbers, rest) = bytes.as_chunks();
            if !rest.is_empty() {
                return Err(E::invalid_length(bytes.len(), &self));
            }
            Ok(numbers.iter().copied().map(u32::from_le_bytes).collect())
        }
    }
}

/// The words of a text worth finding, each once, in lower case and with `'` for `’`, each with a line end behind it.
#[must_use]
pub fn findable(text: &str) -> String {
    // A title has few words, and no prose.
    let mut gathered = Gathered::with_room(0, 0);
    gathered.other(text);
    gathered.words
}

#[cfg(test)]
mod tests {
    use super::super::words::WordNumber;
    use super::*;

    #[test]
    fn words_are_kept_once_and_only_prose_says_what_a_text_is_about() {
        let mut gathered = Gathered::default();
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
                .contains(&term("description", WordNumber::of("description")).unwrap_or_default())
        );
    }
}
