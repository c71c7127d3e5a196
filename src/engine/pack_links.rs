//! Edits the links of an entry for readers who may not see everything that they lead to.

use crate::parse;
use crate::text::{Span, TextEdit};

/// The target of a link to a file that is left out.
pub(super) const LEFT_OUT: &str = "left-out";

/// Edits the links in the Markdown `body` of `text`. `replace` gives the new target of a link, and
/// `None` for one that stays. The title of a link goes with its target. Definitions that no link
/// uses are left out like comments, because no page shows them. `None` if there are too many
/// definitions of a label.
pub(super) fn edit_links(
    text: &str,
    body: Span,
    replace: impl Fn(&str) -> Option<String>,
) -> Option<Vec<TextEdit>> {
    let mut edits = Vec::new();
    let mut edit = |range: std::ops::Range<usize>, new: String| {
        let (start, end) = (body.start + range.start, body.start + range.end);
        edits.push(TextEdit::replace(Span::new(start, end), new));
    };
    let markdown = body.of(text);
    for one in parse::find_written_links(markdown) {
        let Some(new) = replace(&one.target) else {
            continue;
        };
        let new = if one.is_inline {
            format!("]({})", written(&new, &one.title))
        } else {
            new
        };
        edit(one.range, new);
    }
    for one in parse::find_definitions(markdown)? {
        if !one.is_used {
            edit(one.range, String::new());
            continue;
        }
        if let Some(new) = replace(&one.target) {
            let label = find_label(&markdown[one.range.clone()]);
            let new = format!("{label}: {}", written(&new, &one.title));
            edit(one.range, new);
        }
    }
    Some(edits)
}

/// A target with its title, as Markdown has it. What is left out has no title.
fn written(target: &str, title: &str) -> String {
    let is_plain = !target.is_empty() && !target.contains([' ', '(', ')', '<', '>']);
    let target = if is_plain {
        target.to_owned()
    } else {
        format!("<{target}>")
    };
    if title.is_empty() || target == LEFT_OUT {
        return target;
    }
    let mut quoted = String::new();
    for sign in title.chars() {
        if "\\\"&|".contains(sign) {
            quoted.push('\\');
        }
        quoted.push(if sign == '\n' { ' ' } else { sign });
    }
    format!("{target} \"{quoted}\"")
}

/// The label of a definition, with its brackets.
fn find_label(definition: &str) -> &str {
    let mut is_escaped = false;
    let end = definition.find(|sign: char| {
        let is_end = sign == ']' && !is_escaped;
        is_escaped = sign == '\\' && !is_escaped;
        is_end
    });
    end.map_or(definition, |end| &definition[..=end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::apply_edits;

    fn edited(text: &str) -> String {
        let replace = |target: &str| match target {
            "kept.md" | "https://example.org" => None,
            "a.png" => Some("../evidence/1 (2).png".to_owned()),
            _ => Some(LEFT_OUT.to_owned()),
        };
        let mut edits = edit_links(text, Span::new(0, text.len()), replace).unwrap_or_default();
        edits.sort_by_key(|edit| edit.range.start);
        apply_edits(text, &edits).unwrap_or_default()
    }

    #[test]
    fn a_title_goes_with_its_target_and_words_stay() {
        for (text, expected) in [
            (
                "[secret.md](secret.md \"secret.md\")",
                "[secret.md](left-out)",
            ),
            ("[a](se\\_cret.md 'b')", "[a](left-out)"),
            ("[a](<my secret.md>)", "[a](left-out)"),
            ("[a](kept.md \"b\")", "[a](kept.md \"b\")"),
            (
                "![a](a.png \"b \\\"c\\\"\")",
                "![a](<../evidence/1 (2).png> \"b \\\"c\\\"\")",
            ),
            (
                "[![i](secret.png)](secret.md)",
                "[![i](left-out)](left-out)",
            ),
            ("See [[secret|this]].", "See [[left-out|this]]."),
        ] {
            assert_eq!(edited(text), expected, "{text}");
        }
    }

    #[test]
    fn definitions_without_a_link_go_and_others_lose_what_is_left_out() {
        let text = "[a], [b] and [c \\] d][].\n\n[a]: secret.md \"t\"\n[b]: https://example.org 'u'\n\
                    [c \\] d]: x.md\n[e]: draft.md \"v\"\n[a]: again.md\n> [//]: # (private)\n";
        let expected = "[a], [b] and [c \\] d][].\n\n[a]: left-out\n[b]: https://example.org 'u'\n\
                        [c \\] d]: left-out\n\n\n> \n";
        let done = edited(text);
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(plain(&done), plain(expected), "{done}");
    }
}
