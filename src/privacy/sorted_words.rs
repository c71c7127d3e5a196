//! Long lists of words that are looked up as they are written, without a table built first.

use std::cmp::Ordering;

/// The words of a file: in order, with a space or a line end between them, after a heading of lines that
/// begin with `#`.
pub(super) fn words_of(file: &'static str) -> &'static str {
    let heading = file.lines().take_while(|line| line.starts_with('#'));
    let length: usize = heading.map(|line| line.len() + 1).sum();
    file[length..].trim_end()
}

/// Searches sorted words by halves.
pub(super) fn has_word(words: &str, word: &str) -> bool {
    let words = words.as_bytes();
    let (mut low, mut high) = (0, words.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let is_end = |byte: &u8| byte.is_ascii_whitespace();
        let start = words[low..middle].iter().rposition(is_end);
        let start = start.map_or(low, |at| low + at + 1);
        let end = words[middle..high].iter().position(is_end);
        let end = end.map_or(high, |at| middle + at);
        match words[start..end].cmp(word.as_bytes()) {
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
            Ordering::Equal => return true,
        }
    }
    false
}
