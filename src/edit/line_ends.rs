//! Lines of a text that may end in `\n`, in `\r\n`, or in both by turns.

/// The offset of the first byte of the line that holds `at`.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The offset of the line end (`\n` or `\r\n`) that closes the line of `at`; the end of the text if
/// there is none.
pub(super) fn line_close(text: &str, at: usize) -> usize {
    let Some(end) = text[at..].find('\n').map(|end| at + end) else {
        return text.len();
    };
    if end > at && text[..end].ends_with('\r') {
        end - 1
    } else {
        end
    }
}

/// The offset of the line after the one that holds `at`; the end of the text if there is none.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// How lines end around `at`: the line end of its own line, or else of the line before it.
pub(super) fn line_end_at(text: &str, at: usize) -> &'static str {
    let ends_with_cr = |end: usize| {
        if text[..end].ends_with('\r') {
            "\r\n"
        } else {
            "\n"
        }
    };
    match (text[at..].find('\n'), text[..at].rfind('\n')) {
        (Some(own), _) => ends_with_cr(at + own),
        (None, Some(before)) => ends_with_cr(before),
        (None, None) => "\n",
    }
}

/// `text` with every line end, in whatever system's spelling, written as `end`.
pub(super) fn with_line_ends(text: &str, end: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\n', end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_the_line_end_of_its_surroundings() {
        let text = "a\r\nb\nc";
        assert_eq!(
            [0, 3, 5].map(|at| line_end_at(text, at)),
            ["\r\n", "\n", "\n"]
        );
        assert_eq!([0, 3, 5].map(|at| line_close(text, at)), [1, 4, 6]);
        assert_eq!([0, 3, 5].map(|at| next_line(text, at)), [3, 5, 6]);
        assert_eq!([1, 4, 6].map(|at| line_start(text, at)), [0, 3, 5]);
        assert_eq!(with_line_ends("a\r\nb\rc\nd", "\r\n"), "a\r\nb\r\nc\r\nd");
    }
}
