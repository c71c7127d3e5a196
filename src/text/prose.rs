//! Words as they count when texts are compared: without case, endings and the little words.

/// Words so frequent that they say nothing about what a text is about.
const LITTLE: &[&str] = &[
    "about", "after", "also", "and", "any", "are", "been", "being", "both", "but", "can", "could", "did",
    "does", "each", "for", "from", "had", "has", "have", "her", "him", "his", "how", "into", "its", "may",
    "more", "most", "must", "not", "one", "only", "other", "our", "out", "own", "she", "should", "some",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "through", "use", "used", "using", "was", "were", "what", "when", "where", "which", "who", "why", "will",
    "with", "within", "would", "you", "your",
];

/// The bytes of the longest little word.
const LONGEST_LITTLE: usize = 7;

/// The little words as numbers: every word of every entry is looked up, and numbers compare faster than words.
const LITTLE_NUMBERS: [u32; LITTLE.len()] = {
    let mut numbers = [0; LITTLE.len()];
    let mut at = 0;
    while at < LITTLE.len() {
        numbers[at] = fnv(LITTLE[at].as_bytes());
        at += 1;
    }
    numbers
};

/// A number for what a word is about, the same for `assess`, `Assessed` and `assessing`; none for little words and
/// for those of less than three letters.
#[must_use]
pub fn term(word: &str) -> Option<u32> {
    let mut letters = [0_u8; 32];
    let bytes = word.as_bytes();
    let length = bytes.len().min(letters.len());
    letters[..length].copy_from_slice(&bytes[..length]);
    let lower = &mut letters[..length];
    lower.make_ascii_lowercase();
    if length < 3 || (length <= LONGEST_LITTLE && LITTLE_NUMBERS.contains(&fnv(lower))) {
        return None;
    }
    Some(fnv(stem(lower)))
}

/// The terms of a text, sorted, each once.
#[must_use]
pub fn terms(text: &str) -> Vec<u32> {
    let mut terms: Vec<u32> = words(text).filter_map(term).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The words of a plain text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    Words { text, at: 0 }
}

/// Every word of every entry passes here, and nearly all of them are ASCII: bytes are looked at before characters.
struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Words<'_> {
    /// The bytes of the sign at a place, and whether it belongs to a word.
    fn sign(&self, at: usize) -> (usize, bool) {
        let byte = self.text.as_bytes()[at];
        if byte.is_ascii() {
            return (1, byte.is_ascii_alphanumeric() || byte == b'\'');
        }
        let sign = self.text[at..].chars().next().unwrap_or_default();
        (sign.len_utf8(), sign.is_alphanumeric() || sign == '’')
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let mut start = self.at;
        let mut at = self.at;
        while at < self.text.len() {
            let (bytes, belongs) = self.sign(at);
            match (belongs, at == start) {
                (true, _) => at += bytes,
                (false, true) => {
                    at += bytes;
                    start = at;
                }
                (false, false) => break,
            }
        }
        self.at = at;
        (at > start).then(|| &self.text[start..at])
    }
}

/// Tells each word of a plain text with a number that is the same whatever its case.
pub fn each_word<'a>(text: &'a str, mut tell: impl FnMut(&'a str, u64)) {
    let bytes = text.as_bytes();
    let (mut start, mut at, mut number) = (0, 0, FNV);
    while at < bytes.len() {
        let low = FOLDED[usize::from(bytes[at])];
        let length = if low != 0 { 1 } else { long_letter(text, at) };
        if length > 0 {
            for &byte in &bytes[at..at + length] {
                number = folded_byte(number, byte);
            }
            at += length;
            continue;
        }
        if at > start {
            tell(&text[start..at], number);
        }
        at += if bytes[at].is_ascii() { 1 } else { text[at..].chars().next().map_or(1, char::len_utf8) };
        (start, number) = (at, FNV);
    }
    if at > start {
        tell(&text[start..at], number);
    }
}

/// The bytes of a letter that is not ASCII; 0 where no such letter begins.
fn long_letter(text: &str, at: usize) -> usize {
    if text.as_bytes()[at].is_ascii() {
        return 0;
    }
    let sign = text[at..].chars().next().unwrap_or_default();
    if sign.is_alphanumeric() || sign == '’' { sign.len_utf8() } else { 0 }
}

/// Each ASCII sign of a word in lower case, and 0 for every other byte.
const FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() || byte == b'\'' {
            folded[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// What is left of a word without the ending that grammar put there.
fn stem(word: &[u8]) -> &[u8] {
    const ENDINGS: [&[u8]; 9] = [b"ations", b"ation", b"ings", b"ing", b"ies", b"ed", b"es", b"ly", b"s"];
    let found = ENDINGS.iter().find_map(|ending| {
        // The last letter of `assess` is no ending.
        let double = *ending == b"s" && word.ends_with(b"ss");
        word.strip_suffix(*ending).filter(|rest| rest.len() >= 4 && !double)
    });
    let rest = found.unwrap_or(word);
    rest.strip_suffix(b"e").filter(|rest| rest.len() >= 4).unwrap_or(rest)
}

const fn fnv(bytes: &[u8]) -> u32 {
    let mut hash = 0x811c_9dc5;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash
}

/// A sample of a text's runs of five words, by which two long texts can be held against each other.
///
/// Every run has the same chance to be in the sample, and the same run is in the sample of every text or of none:
/// so the share of common members is the share of common runs.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    last: [u32; 5],
    seen: usize,
    kept: Vec<u32>,
}

impl Sketch {
    /// One run in so many is kept.
    const RATE: u32 = 8;

    /// Goes on with the next word, by its number.
    pub fn add(&mut self, word: u64) {
        self.last.rotate_left(1);
        self.last[4] = short(word);
        self.seen += 1;
        if self.seen < self.last.len() {
            return;
        }
        let run = joined(&self.last);
        if (run >> 8).is_multiple_of(Self::RATE) {
            self.kept.push(run);
        }
    }

    /// The members, sorted, each once.
    #[must_use]
    pub fn finish(mut self) -> Vec<u32> {
        self.kept.sort_unstable();
        self.kept.dedup();
        self.kept
    }
}

/// Words that are looked for, whatever their case, by the numbers that [`each_word`] tells.
#[derive(Clone, Copy, Debug)]
pub struct WordSet<const N: usize> {
    numbers: [u64; N],
    /// A bit for each of 256 kinds of numbers that is among them: most words are of another kind.
    kinds: [u64; 4],
}

impl<const N: usize> WordSet<N> {
    /// The set of these words.
    #[must_use]
    pub const fn new(words: &[&str; N]) -> Self {
        let (mut numbers, mut kinds) = ([0; N], [0; 4]);
        let mut at = 0;
        while at < N {
            let number = number_of(words[at].as_bytes());
            numbers[at] = number;
            kinds[(number >> 62) as usize] |= 1 << (number >> 56 & 63);
            at += 1;
        }
        Self { numbers, kinds }
    }

    /// Whether the word of this number is among them.
    #[must_use]
    pub fn has(&self, number: u64) -> bool {
        let kind = self.kinds[(number >> 62) as usize] >> (number >> 56 & 63) & 1;
        kind == 1 && self.numbers.contains(&number)
    }
}

/// A word as a number, which is the same whatever the case of its ASCII letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordNumber(u64);

impl Default for WordNumber {
    fn default() -> Self {
        Self(FNV)
    }
}

impl WordNumber {
    /// The number of a word.
    #[must_use]
    pub const fn of(word: &str) -> Self {
        Self(number_of(word.as_bytes()))
    }

    /// Goes on with the next byte of the word.
    pub fn add(&mut self, byte: u8) {
        self.0 = folded_byte(self.0, byte);
    }

    /// One of 16,384 kinds of words, by which most words are known to be none of a few.
    #[must_use]
    pub const fn kind(self) -> usize {
        (self.0 >> 50) as usize
    }
}

const fn number_of(word: &[u8]) -> u64 {
    let mut number = FNV;
    let mut at = 0;
    while at < word.len() {
        number = folded_byte(number, word[at]);
        at += 1;
    }
    number
}

/// Where a number of FNV's begins.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

const fn folded_byte(number: u64, byte: u8) -> u64 {
    (number ^ byte.to_ascii_lowercase() as u64).wrapping_mul(0x0100_0000_01b3)
}

#[expect(clippy::cast_possible_truncation, reason = "half of the number is enough here")]
fn short(number: u64) -> u32 {
    (number ^ (number >> 32)) as u32
}

/// A number for words in this order.
fn joined(words: &[u32]) -> u32 {
    words.iter().fold(0_u32, |run, word| (run.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b1))
}

/// How many members two sorted lists have in common.
#[must_use]
pub fn common(a: &[u32], b: &[u32]) -> usize {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.iter().filter(|member| long.binary_search(member).is_ok()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_signs_begin_in_any_script() {
        let found: Vec<&str> = words(" The ward’s (écart), it's 10 – ναι!").collect();
        assert_eq!(found, ["The", "ward’s", "écart", "it's", "10", "ναι"]);
        assert_eq!(words("—").count() + words("").count(), 0);
        for text in [" The ward’s (écart), it's 10 – ναι!", "", "—", "a", "—a—", "’"] {
            let mut told = Vec::new();
            each_word(text, |word, _| told.push(word));
            assert_eq!(told, words(text).collect::<Vec<_>>());
        }
        let mut numbers = Vec::new();
        each_word("Écart wARD's Écart Ward's wards", |_, number| numbers.push(number));
        assert!(numbers[0] == numbers[2] && numbers[1] == numbers[3] && numbers[3] != numbers[4]);
    }

    #[test]
    fn endings_case_and_little_words_do_not_matter() {
        assert_eq!(term("Assessing"), term("assess"));
        assert_eq!(term("observations"), term("observation"));
        assert_eq!(term("practice"), term("practices"));
        assert_eq!((term("the"), term("of"), term("Which")), (None, None, None));
        assert!(LITTLE.is_sorted() && LITTLE.iter().all(|word| word.len() <= LONGEST_LITTLE));
        assert!(LITTLE.iter().all(|word| term(word).is_none()));
        assert_eq!(terms("The care of the patient, and caring").len(), 3);
    }

    #[test]
    fn a_sketch_tells_how_much_two_texts_share() {
        let sketch = |text: &str| {
            let mut sketch = Sketch::default();
            each_word(text, |_, number| sketch.add(number));
            sketch.finish()
        };
        let text =
            |from: usize| (from..from + 900).map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
        let (whole, shifted, other) = (sketch(&text(0)), sketch(&text(450)), sketch(&text(5000)));
        let share = common(&whole, &shifted) * 100 / whole.len();
        assert!((30..70).contains(&share), "{share}");
        assert_eq!(common(&whole, &other), 0);
    }
}
