//! The style sheet of a site: that of its theme, with the running footer of printed pages.

use super::brand::STYLE_SHEET;
use super::theme::Theme;
use crate::view::RenderContext;

/// A file in `assets/` as the site has it; `None` if the theme does not have it.
#[must_use]
pub fn asset(theme: &Theme, scene: &RenderContext<'_>, path: &str) -> Option<Vec<u8>> {
    let bytes = theme.assets().get(path)?;
    if path != STYLE_SHEET {
        return Some(bytes.clone());
    }
    let css = String::from_utf8_lossy(bytes);
    Some([&*css, &write_footer(scene)].concat().into_bytes())
}

/// The rule that prints portfolio, learner and date at the foot of each page. The text of a margin
/// box can be given in a style sheet only.
fn write_footer(scene: &RenderContext<'_>) -> String {
    let settings = &scene.portfolio.settings;
    let learner = scene.learner();
    let as_of = crate::text::in_words(scene.coverage.as_of);
    let parts = [settings.title.as_str(), &learner, &as_of];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let text = escape(&parts.join(" \u{b7} "));
    format!(
        "\n@media print {{ @page {{ @bottom-left {{ content: \"{text}\"; font: 8pt system-ui, sans-serif; }} }} }}\n"
    )
}

/// The comments around rules that only pages of a site need.
const PAGES_ONLY: &str = "/* Pages only: documents in one file leave this out. */";
const ALL_AGAIN: &str = "/* Pages and documents. */";

/// A style sheet for documents that carry it: without rules that only pages need, comments, and
/// spaces around braces and semicolons. Strings of a theme may contain neither.
pub(super) fn compact(css: &str) -> String {
    let parts = css.split(PAGES_ONLY).enumerate();
    let parts = parts.map(|(at, part)| match (at, part.split_once(ALL_AGAIN)) {
        (0, _) => part,
        (_, after) => after.map_or("", |(_, after)| after),
    });
    squeeze(&parts.collect::<String>())
}

/// A style sheet without comments and needless spaces.
pub(super) fn squeeze(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    let mut compact = String::with_capacity(bare.len());
    let is_bracket = |letter: char| "{};".contains(letter);
    let mut letters = bare.chars().peekable();
    while let Some(letter) = letters.next() {
        let spaced = letter.is_whitespace();
        if !spaced {
            compact.push(letter);
            continue;
        }
        while letters.next_if(|next| next.is_whitespace()).is_some() {}
        let after_bracket = compact.chars().next_back().is_none_or(is_bracket);
        let before_bracket = letters.peek().copied().is_none_or(is_bracket);
        if !after_bracket && !before_bracket {
            compact.push(' ');
        }
    }
    compact
}

/// A text as the inside of a string in CSS.
fn escape(text: &str) -> String {
    let escape = |letter: char| {
        if letter.is_alphanumeric() || letter == ' ' {
            letter.to_string()
        } else {
            format!("\\{:x} ", u32::from(letter))
        }
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_needless_spaces_are_dropped() {
        let css = "/* a */\n:root { --a: b  c; }\n@media print { p :hover { x: y } } /* no end";
        assert_eq!(compact(css), ":root{--a: b c;}@media print{p :hover{x: y}}");
    }

    #[test]
    fn documents_carry_no_rules_of_pages_alone() {
        let css =
            format!("a {{ }}\n{PAGES_ONLY}\nnav {{ }}\n{ALL_AGAIN}\nb {{ }} {PAGES_ONLY} i {{ }}");
        assert_eq!(compact(&css), "a{}b{}");
    }

    #[test]
    fn nothing_ends_a_string_or_the_style_element() {
        assert_eq!(escape("Év 1"), "Év 1");
        assert_eq!(escape("a\"}</"), "a\\22 \\7d \\3c \\2f ");
        assert_eq!(escape("a\nb\\"), "a\\a b\\5c ");
    }
}
