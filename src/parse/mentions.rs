//! Words that look like codes, in the text of a block.

use crate::text::{ShownText, Span, Spanned, words};

/// Finds the words of a block that look like codes, outside the `quoted` parts of the source, which
/// are in order. Words joined by a dash are one code: `ST0215-K7`.
pub(super) fn find_mentions(block: &ShownText, quoted: &[Span]) -> Vec<Spanned<String>> {
    let text = block.text();
    let mut found = Vec::new();
    // Most texts have no digit, and so no code. Without an early exit the loop is vectorised.
    let digit = |found, byte: u8| found | u8::from(byte.is_ascii_digit());
    if text.bytes().fold(0, digit) == 0 {
        return found;
    }
    let mut words = words(text).map(|word| word.range()).peekable();
    while let Some(mut word) = words.next() {
        while let Some(next) =
            words.next_if(|next| ["-", "_"].contains(&&text[word.end..next.start]))
        {
            word.end = next.end;
        }
        // `K7's` names K7.
        let code = text[word.clone()]
            .split(['\'', '’'])
            .next()
            .unwrap_or_default();
        if !looks_like_a_code(code) {
            continue;
        }
        let places = block.source_of(word.start..word.start + code.len());
        let is_quoted = |place: &Span| {
            let next = quoted.partition_point(|quoted| quoted.end <= place.start);
            quoted.get(next).is_some_and(|next| next.overlaps(*place))
        };
        if let ([first, ..], [.., last]) = (&*places, &*places)
            && !places.iter().any(is_quoted)
        {
            let place = Span::new(first.start, last.end);
            found.push(Spanned::new(code.to_owned(), place));
        }
    }
    found
}

/// Begins with a capital, ends with a digit, and has no lower case.
fn looks_like_a_code(word: &str) -> bool {
    let bytes = word.as_bytes();
    let ends = bytes.first().is_some_and(u8::is_ascii_uppercase)
        && bytes.last().is_some_and(u8::is_ascii_digit);
    ends && bytes
        .iter()
        .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_shown_and_found_in_the_source() {
        let text = "K**7**, B1's and ST0215-S2; NOT_K3, X4";
        let mut block = ShownText::default();
        for (from, to) in [(0, 1), (3, 4), (6, 38)] {
            block.push(&text[from..to], Span::new(from, to), text);
        }
        let found = find_mentions(&block, &[Span::new(36, 38)]);
        let found: Vec<_> = found
            .iter()
            .map(|one| (&*one.value, one.span.of(text)))
            .collect();
        let expected = [("K7", "K**7"), ("B1", "B1"), ("ST0215-S2", "ST0215-S2")];
        assert_eq!(found, expected);
    }
}
