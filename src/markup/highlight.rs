//! Highlights code with class names. The only file that names the highlighting library.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use syntect::html::{ClassStyle, line_tokens_to_classed_spans};
use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::escape::escaped;

/// The prefix keeps class names apart from those of a theme.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "s-" };

/// Loaded with the first block that names a language.
static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();

/// Cache of highlighted lines, by language and text. Portfolios quote the same lines repeatedly,
/// and parsing one costs a hundred times as much as the lookup.
static LINES: Mutex<Option<HashMap<String, Vec<Highlighted>>>> = Mutex::new(None);

/// The most lines in the cache.
const CAPACITY: usize = 4096;

/// Blocks with more bytes are not highlighted: no page gains by it.
const MAX_BYTES: usize = 64 * 1024;

/// The parser state between two lines of a block.
#[derive(Clone, PartialEq, Eq)]
struct HighlightState {
    parse: ParseState,
    stack: ScopeStack,
}

/// A highlighted line.
#[derive(Clone)]
struct Highlighted {
    before: HighlightState,
    after: HighlightState,
    html: String,
    /// Spans that it opens, less those that it closes.
    open: isize,
}

/// The HTML of a block of code, without highlighting if the language is empty or unknown.
pub(super) fn code(language: &str, code: &str) -> String {
    if language.is_empty() || code.len() > MAX_BYTES {
        return escaped(code);
    }
    highlight(language, code).unwrap_or_else(|| escaped(code))
}

fn highlight(language: &str, code: &str) -> Option<String> {
    let grammars = GRAMMARS.get_or_init(SyntaxSet::load_defaults_newlines);
    let syntax = grammars.find_syntax_by_token(language)?;
    let mut state = HighlightState {
        parse: ParseState::new(syntax),
        stack: ScopeStack::new(),
    };
    let (mut html, mut open) = (String::with_capacity(code.len() * 4), 0);
    for line in LinesWithEndings::from(code) {
        let line = highlight_line(grammars, syntax, line, state)?;
        html.push_str(&line.html);
        open += line.open;
        state = line.after;
    }
    (0..open).for_each(|_| html.push_str("</span>"));
    Some(html)
}

fn highlight_line(
    grammars: &SyntaxSet,
    syntax: &SyntaxReference,
    line: &str,
    before: HighlightState,
) -> Option<Highlighted> {
    let key = format!("{}\n{line}", syntax.name);
    // Poisoning is harmless: only complete lines are inserted.
    let cache = || LINES.lock().unwrap_or_else(PoisonError::into_inner);
    let found = cache().as_ref().and_then(|lines| {
        let same = lines
            .get(&key)?
            .iter()
            .find(|highlighted| highlighted.before == before)?;
        Some(same.clone())
    });
    if found.is_some() {
        return found;
    }
    let mut after = before.clone();
    let tokens = after.parse.parse_line(line, grammars).ok()?;
    let (html, open) =
        line_tokens_to_classed_spans(line, tokens.as_slice(), STYLE, &mut after.stack).ok()?;
    let highlighted = Highlighted {
        before,
        after,
        html,
        open,
    };
    let mut lines = cache();
    let lines = lines.get_or_insert_default();
    if lines.len() < CAPACITY {
        lines.entry(key).or_default().push(highlighted.clone());
    }
    Some(highlighted)
}

#[cfg(test)]
mod tests {
    use syntect::html::ClassedHTMLGenerator;

    use super::*;

    #[test]
    fn cached_lines_are_highlighted_like_new_ones() {
        let grammars = SyntaxSet::load_defaults_newlines();
        let blocks = [
            "total = 1\nprint(total)\n",
            "\"\"\"\nprint(total)\n\"\"\"\nprint(total)\n",
            "print(total)\n",
            "def f(x):\n    return \"<&>\" # a\n",
            "x = [\n  1,\nprint(total)\n",
        ];
        for (language, block) in ["python", "js", "rust"]
            .into_iter()
            .flat_map(|language| blocks.map(|block| (language, block)))
        {
            let syntax = grammars
                .find_syntax_by_token(language)
                .unwrap_or_else(|| grammars.find_syntax_plain_text());
            let mut generator =
                ClassedHTMLGenerator::new_with_class_style(syntax, &grammars, STYLE);
            for line in LinesWithEndings::from(block) {
                assert!(
                    generator
                        .parse_html_for_line_which_includes_newline(line)
                        .is_ok()
                );
            }
            assert_eq!(Some(generator.finalize()), highlight(language, block));
        }
    }
}
