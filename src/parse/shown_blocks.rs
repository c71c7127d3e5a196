//! An entry as its reader sees it, block by block: what a person checks for identifiers.

use super::keys::{self, Key, Shape};
use super::yaml::{self, Node, Value};
use super::{front_matter, markdown};
use crate::text::{ShownText, Source, Span};

/// Keys whose texts are references and names of files, which are no words of the entry.
const REFERENCES: [&str; 6] = ["model", "file", "consent", "closed_by", "read", "check"];

/// The texts of an entry that can be shown: those of its front matter by the key table, then the
/// blocks of its body. Raw HTML is a block as it is written, comments included.
#[must_use]
pub fn shown_blocks(source: &Source) -> Vec<ShownText> {
    let text = &*source.text;
    let Ok(parts) = front_matter::split(text) else {
        return markdown::shown_blocks(text, Span::new(0, text.len()));
    };
    let mut shown = Vec::new();
    if let Ok(node) = yaml::read(source, parts.front_matter) {
        read_table(&node, keys::ENTRY, text, &mut shown);
    }
    shown.extend(markdown::shown_blocks(text, parts.body));
    shown
}

fn read_table(node: &Node, known: &[Key], text: &str, shown: &mut Vec<ShownText>) {
    let Value::Table(pairs) = &node.value else {
        return;
    };
    for (name, value) in pairs {
        let name = name.span.of(text).trim_matches(['"', '\'']);
        let key = known.iter().find(|key| key.name.eq_ignore_ascii_case(name));
        match key {
            Some(key) if REFERENCES.contains(&key.name) => {}
            Some(key) => read_value(value, key.takes, text, shown),
            // Nothing shows a key that is unknown; its author may have meant one that is shown.
            None => read_value(value, Shape::Text, text, shown),
        }
    }
}

fn read_value(node: &Node, shape: Shape, text: &str, shown: &mut Vec<ShownText>) {
    match (&node.value, shape) {
        (_, Shape::Table(known)) => {
            each_item(node, |item| read_table(item, known, text, shown));
        }
        (_, Shape::List(inner)) => {
            each_item(node, |item| read_value(item, *inner, text, shown));
        }
        (Value::Table(pairs), Shape::Claim) => {
            for (_, reason) in pairs {
                read_value(reason, Shape::Text, text, shown);
            }
        }
        (Value::Text(words), Shape::Text | Shape::Written) => {
            shown.push(ShownText::written(words, node.span, text));
        }
        (Value::Number(_), Shape::Text | Shape::Written) => {
            shown.push(ShownText::written(node.span.of(text), node.span, text));
        }
        _ => {}
    }
}

/// Calls `visit` for each item of a list. A single value is a list of one.
fn each_item(node: &Node, mut visit: impl FnMut(&Node)) {
    match &node.value {
        Value::List(items) => items.iter().for_each(visit),
        _ => visit(node),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_and_body_are_read_as_they_are_shown() {
        let text = "---\ntitle: \"A\\x20visit\"\ndate: 2026-03-14\nksbs: [K7, {S7: I chose}]\n\
                    model: gibbs\nattachments: [{ file: evidence/a.png, alt: A chart }]\n\
                    actions: { what: Ask }\nid: visit-1\ntitel: Lost\n---\n\n# Then\n\n\
                    Mrs&nbsp;**Oak**apple\nsat ![a face](a.png) up\n\n| Bed | <b>Ten</b> |\n|---|---|\n";
        let blocks = shown_blocks(&Source::new("one.md", text));
        let shown: Vec<&str> = blocks.iter().map(ShownText::text).collect();
        let expected = [
            "A visit",
            "I chose",
            "A chart",
            "Ask",
            "visit-1",
            "Lost",
            "Then",
            "a face",
            "Mrs Oakapple sat up",
            "Bed",
            "<b>",
            "</b>",
            "Ten",
        ];
        assert_eq!(shown, expected);
        let name = blocks[8].source_of(4..12);
        let parts: Vec<&str> = name.iter().map(|span| span.of(text)).collect();
        assert_eq!(parts, ["Oak", "apple"]);
    }
}
