//! What changed in a text, word by word, for people who know no diff.

use std::fmt::Write;

use similar::{ChangeTag, DiffTag, TextDiff};

/// So many unchanged words stand round a change.
const AROUND: usize = 6;

/// The changed parts of a text: `[-gone-]` and `{+new+}`, each under the number of its line in the new text. Empty where
/// nothing changed. What must not be shown is masked by whoever calls.
#[must_use]
pub fn word_difference(old: &str, new: &str) -> String {
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
        let changed = marked(&part(ChangeTag::Delete), &part(ChangeTag::Insert));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "line {}", operation.new_range().start + 1);
        let _ = writeln!(out, "  {}", changed.trim_end().replace('\n', "\n  "));
    }
    out
}

/// One changed stretch: its words, with those that went and came between signs.
fn marked(old: &str, new: &str) -> String {
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
            ChangeTag::Equal => out.push_str(&shortened(&text, at == 0, at + 1 == runs.len())),
            ChangeTag::Delete => between("[-", &text, "-]", &mut out),
            ChangeTag::Insert => between("{+", &text, "+}", &mut out),
        }
    }
    out
}

/// Signs round words, and not round the space behind them.
fn between(open: &str, text: &str, close: &str, out: &mut String) {
    let words = text.trim_end();
    let _ = write!(out, "{open}{words}{close}{}", &text[words.len()..]);
}

/// Unchanged words, of which only those next to a change are shown.
fn shortened(text: &str, first: bool, last: bool) -> String {
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    let (head, tail) = (
        if first { 0 } else { AROUND },
        if last { 0 } else { AROUND },
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
    fn words_that_went_and_came_are_marked_and_far_ones_left_out() {
        let old = "One.\nI read the gaurding and the rising pulse as pain, and acted at once on it, as the policy says.\n";
        let new = old.replace("gaurding", "guarding");
        let told = "line 2\n  I read the [-gaurding-]{+guarding+} and the rising pulse as …\n";
        assert_eq!(word_difference(old, &new), told);
        assert_eq!(word_difference(old, old), "");
    }

    #[test]
    fn lines_that_only_came_or_only_went_are_told() {
        assert_eq!(word_difference("a\n", "a\nb\n"), "line 2\n  {+b+}\n");
        assert_eq!(word_difference("a\nb\n", "b\n"), "line 1\n  [-a-]\n");
    }
}
