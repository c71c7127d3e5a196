//! Colours code by class names. The only file that names the highlighting library.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use syntect::html::{ClassStyle, line_tokens_to_classed_spans};
use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// Class names begin with this, so that they never meet those of a theme.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "s-" };

/// Grammars are loaded when the first block of a known language is met, and never before.
static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();

/// Lines that were coloured before: people quote the same lines again and again, and reading one costs a hundred
/// times as much as finding it here.
static LINES: Mutex<Option<HashMap<String, Vec<Coloured>>>> = Mutex::new(None);

/// Different lines that are kept.
const KEPT: usize = 4096;

/// Longer blocks are shown without colours: no page gains by them.
const LIMIT: usize = 64 * 1024;

/// Where the reading of a block stands between two lines.
#[derive(Clone, PartialEq, Eq)]
struct Between {
    parse: ParseState,
    stack: ScopeStack,
}

/// One line, coloured.
#[derive(Clone)]
struct Coloured {
    before: Between,
    after: Between,
    html: String,
    /// Spans that it opens less those that it closes.
    open: isize,
}

/// The HTML of a block of code; plain where the language is unknown or no language is named.
pub fn code(language: &str, code: &str) -> String {
    if language.is_empty() || code.len() > LIMIT {
        return super::escaped(code);
    }
    coloured(language, code).unwrap_or_else(|| super::escaped(code))
}

fn coloured(language: &str, code: &str) -> Option<String> {
    let grammars = GRAMMARS.get_or_init(SyntaxSet::load_defaults_newlines);
    let syntax = grammars.find_syntax_by_token(language)?;
    let mut between = Between {
        parse: ParseState::new(syntax),
        stack: ScopeStack::new(),
    };
    let (mut html, mut open) = (String::with_capacity(code.len() * 4), 0);
    for line in LinesWithEndings::from(code) {
        let line = one_line(grammars, syntax, line, between)?;
        html.push_str(&line.html);
        open += line.open;
        between = line.after;
    }
    (0..open).for_each(|_| html.push_str("</span>"));
    Some(html)
}

fn one_line(
    grammars: &SyntaxSet,
    syntax: &SyntaxReference,
    line: &str,
    before: Between,
) -> Option<Coloured> {
    let key = format!("{}\n{line}", syntax.name);
    // Whoever fell while holding it left whole lines behind.
    let known = || LINES.lock().unwrap_or_else(PoisonError::into_inner);
    let found = known().as_ref().and_then(|lines| {
        let same = lines
            .get(&key)?
            .iter()
            .find(|coloured| coloured.before == before)?;
        Some(same.clone())
    });
    if found.is_some() {
        return found;
    }
    let mut after = before.clone();
    let tokens = after.parse.parse_line(line, grammars).ok()?;
    let (html, open) =
        line_tokens_to_classed_spans(line, tokens.as_slice(), STYLE, &mut after.stack).ok()?;
    let coloured = Coloured {
        before,
        after,
        html,
        open,
    };
    let mut lines = known();
    let lines = lines.get_or_insert_default();
    if lines.len() < KEPT {
        lines.entry(key).or_default().push(coloured.clone());
    }
    Some(coloured)
}

#[cfg(test)]
mod tests {
    use syntect::html::ClassedHTMLGenerator;

    use super::*;

    #[test]
    fn lines_that_were_seen_before_are_coloured_as_if_they_were_not() {
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
            assert_eq!(Some(generator.finalize()), coloured(language, block));
        }
    }
}
