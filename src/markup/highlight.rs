//! Colours code by class names. The only file that names the highlighting library.

use std::sync::OnceLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// Class names begin with this, so that they never meet those of a theme.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "s-" };

/// Grammars are loaded when the first block of a known language is met, and never before.
static GRAMMARS: OnceLock<SyntaxSet> = OnceLock::new();

/// Longer blocks are shown without colours: no page gains by them.
const LIMIT: usize = 64 * 1024;

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
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, grammars, STYLE);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}
