//! Word-by-word differences of texts.

use std::fmt::Write;

use similar::{ChangeTag, DiffTag, TextDiff};

/// The number of unchanged words shown beside a change.
const CONTEXT: usize = 6;

/// The changed parts of a text: `[-old-]` and `{+new+}`, each under its line number in the new
/// text. Empty if nothing changed. The caller masks the texts.
#[must_use]
pub fn word_diff(old: &str, new: &str) -> String {
    let lines = TextDiff::from_lines(old, new);
    let mut out = String::new();
    for operation in lines
        .ops()
        .iter()
        .filter(|operation| operation.tag() != DiffTag::Equal)
    {
        let part = |tag: ChangeTag| -> String {
            lines
                .iter_changes(operation)
                .filter(|one| one.tag() == tag)
                .map(|one| one.value())
                .collect()
        };
        let changed = mark_changes(&part(ChangeTag::Delete), &part(ChangeTag::Insert));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "line {}", operation.new_range().start + 1);
        let _ = writeln!(out, "  {}", changed.trim_end().replace('\n', "\n  "));
    }
    out
}

/// The new text with its changes: old words as `[-old-]`, new ones as `{+new+}`, and unchanged words
/// only near them. The caller masks the texts.
#[must_use]
pub fn mark_changes(old: &str, new: &str) -> String {
    let words = TextDiff::from_words(old, new);
    let changes: Vec<(ChangeTag, &str)> = words
        .iter_all_changes()
        .map(|change| (change.tag(), change.value()))
        .collect();
    let mut out = String::new();
    let runs: Vec<&[(ChangeTag, &str)]> = changes.chunk_by(|a, b| a.0 == b.0).collect();
    for (at, run) in runs.iter().enumerate() {
        let text: String = run.iter().map(|(_, word)| *word).collect();
        match run[0].0 {
            ChangeTag::Equal => {
                out.push_str(&shorten_unchanged(&text, at == 0, at + 1 == runs.len()));
            }
            ChangeTag::Delete => push_between("[-", &text, "-]", &mut out),
            ChangeTag::Insert => push_between("{+", &text, "+}", &mut out),
        }
    }
    out
}

/// Pushes words between delimiters, with the space after them outside.
fn push_between(open: &str, text: &str, close: &str, out: &mut String) {
    let words = text.trim_end();
    let _ = write!(out, "{open}{words}{close}{}", &text[words.len()..]);
}

/// Keeps only the unchanged words next to a change.
fn shorten_unchanged(text: &str, first: bool, last: bool) -> String {
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    let (head, tail) = (
        if first { 0 } else { CONTEXT },
        if last { 0 } else { CONTEXT },
    );
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    format!(
        "{}… {}",
        words[..head].concat(),
        words[words.len() - tail..].concat()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_words_are_marked_and_distant_words_left_out() {
        let old = "One.\nI read the gaurding and the rising pulse as pain, and acted at once on \
                   it, as the policy says.\n";
        let new = old.replace("gaurding", "guarding");
        let marked = "line 2\n  I read the [-gaurding-]{+guarding+} and the rising pulse as …\n";
        assert_eq!(word_diff(old, &new), marked);
        assert_eq!(word_diff(old, old), "");
    }

    #[test]
    fn added_and_removed_lines_are_marked() {
        assert_eq!(word_diff("a\n", "a\nb\n"), "line 2\n  {+b+}\n");
        assert_eq!(word_diff("a\nb\n", "b\n"), "line 1\n  [-a-]\n");
    }
}
