//! Markdown as events, for facts, pages and edits alike.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::text::{is_plain_markdown, printable};

/// Parses Markdown. The only settings: pages are rendered with the same.
///
/// Raw HTML comes as events of its own and is never trusted. Metadata blocks and heading attributes
/// are off: the first would lose text in the middle of a document, the second would let any
/// attribute through.
pub fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let options = options_of(text);
    let plain = is_plain_markdown(text);
    let cleaned = move |event| {
        if plain {
            event
        } else {
            remove_unprintable(event)
        }
    };
    let events: Box<dyn Iterator<Item = _>> = if is_too_dense(text) {
        Box::new(plain_paragraphs(text))
    } else {
        Box::new(Parser::new_ext(text, options).into_offset_iter())
    };
    let mut is_heading = false;
    events.map(move |(event, range)| {
        match event {
            Event::Start(Tag::Heading { .. }) => is_heading = true,
            Event::End(TagEnd::Heading(_)) => is_heading = false,
            _ => {}
        }
        let event = break_line(cleaned(event));
        (
            if is_heading {
                remove_heading_id(event)
            } else {
                event
            },
            range,
        )
    })
}

fn options_of(text: &str) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    options.set(Options::ENABLE_WIKILINKS, has_wiki_links(text, options));
    options
}

/// Reads `<br>` as the end of a line: the cell of a table has no other.
fn break_line(event: Event<'_>) -> Event<'_> {
    match &event {
        Event::InlineHtml(html) => match html.as_ref() {
            "<br>" | "<br/>" | "<br />" => Event::HardBreak,
            _ => event,
        },
        _ => event,
    }
}

/// The ranges of comments in Markdown. No page shows them.
pub fn find_comments(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (event, range) in events(text) {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        let mut at = range.start;
        while let Some(start) = text[at..range.end].find("<!--").map(|start| at + start) {
            let end = text[start..range.end].find("-->");
            at = end.map_or(range.end, |end| start + end + 3);
            found.push(start..at);
        }
    }
    found
}

/// A definition of a link, as `[label]: target "title"`.
#[derive(Debug, PartialEq, Eq)]
pub struct LinkDefinition {
    /// Its target.
    pub target: String,
    /// Its title; empty if it has none.
    pub title: String,
    /// Its place.
    pub range: Range<usize>,
    /// Whether a link or picture has its target from it. No page shows anything of others.
    pub is_used: bool,
}

/// How often a label may be defined. Each further definition of it costs a reading of the text.
const MOST_REPEATED: usize = 32;

/// All definitions of links in Markdown, by place; `None` if a label has more than `MOST_REPEATED`.
pub fn find_definitions(text: &str) -> Option<Vec<LinkDefinition>> {
    if is_too_dense(text) || !text.contains("]:") {
        return Some(Vec::new());
    }
    let options = options_of(text);
    let mut found = read_definitions(text, options);
    mark_used(text, options, &mut found);
    // Of several definitions of a label, a parser knows the first alone.
    let mut rest = text.to_owned();
    let mut known = 0;
    for _ in 0..MOST_REPEATED {
        for one in &found[known..] {
            let blank: String = text[one.range.clone()]
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
                .collect();
            rest.replace_range(one.range.clone(), &blank);
        }
        known = found.len();
        found.extend(read_definitions(&rest, options));
        if found.len() == known {
            found.sort_by_key(|one| one.range.start);
            return Some(found);
        }
    }
    None
}

/// The first definition of each label. None is marked as used.
fn read_definitions(text: &str, options: Options) -> Vec<LinkDefinition> {
    let parser = Parser::new_ext(text, options);
    let all = parser.reference_definitions().iter();
    let all = all.map(|(_, one)| LinkDefinition {
        target: one.dest.to_string(),
        title: one.title.as_deref().unwrap_or_default().to_owned(),
        range: one.span.clone(),
        is_used: false,
    });
    all.collect()
}

fn mark_used(text: &str, options: Options, definitions: &mut [LinkDefinition]) {
    let labels = Parser::new_ext(text, options);
    let labels = labels.reference_definitions();
    let mut used = BTreeSet::new();
    for (event, _) in Parser::new_ext(text, options).into_offset_iter() {
        if let Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) =
            event
            && is_by_label(link_type)
        {
            used.extend(labels.get(&id).map(|one| one.span.start));
        }
    }
    for one in definitions {
        one.is_used = used.contains(&one.range.start);
    }
}

/// Whether the target of a link is in a definition.
fn is_by_label(kind: LinkType) -> bool {
    matches!(
        kind,
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
    )
}

/// A link or picture with its target.
#[derive(Debug, PartialEq, Eq)]
pub struct WrittenLink {
    /// The target, as [`target`] gives it.
    pub target: String,
    /// The title; empty if it has none.
    pub title: String,
    /// The place of its target and title: from `](` on, or the name in `[[name|words]]`, or all of
    /// `<address>`.
    pub range: Range<usize>,
    /// Whether the place begins with `](`.
    pub is_inline: bool,
}

/// The links and pictures in Markdown that have their targets themselves, by place.
pub fn find_written_links(text: &str) -> Vec<WrittenLink> {
    let mut found = Vec::new();
    // For each link that is open, the end of what is in it so far.
    let mut open: Vec<usize> = Vec::new();
    let mut starts = Vec::new();
    for (event, range) in events(text) {
        match event {
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    title,
                    ..
                },
            ) => {
                open.push(range.start + 1);
                starts.push((link_type, dest_url, title));
                continue;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let (Some(inner), Some((kind, written, title))) = (open.pop(), starts.pop()) else {
                    continue;
                };
                let place = find_target(text, kind, inner, &range);
                found.extend(place.map(|(range, is_inline)| WrittenLink {
                    target: target(kind, &written).into_owned(),
                    title: title.to_string(),
                    range,
                    is_inline,
                }));
            }
            _ => {}
        }
        if let Some(inner) = open.last_mut() {
            *inner = range.end.max(*inner);
        }
    }
    found.sort_by_key(|one| one.range.start);
    found
}

/// The place of the target of a link in `range` whose words end at `inner`, and whether it begins
/// with `](`.
fn find_target(
    text: &str,
    kind: LinkType,
    inner: usize,
    range: &Range<usize>,
) -> Option<(Range<usize>, bool)> {
    match kind {
        LinkType::Inline => {
            let at = text[inner..range.end].find("](")?;
            Some((inner + at..range.end, true))
        }
        LinkType::WikiLink { .. } => {
            let start = range.start + text[range.clone()].find("[[")? + 2;
            let length = text[start..range.end].find(['|', ']'])?;
            Some((start..start + length, false))
        }
        LinkType::Autolink | LinkType::Email => Some((range.clone(), false)),
        _ => None,
    }
}

/// Removes the `{#id}` behind a heading, by which other tools name its anchor.
fn remove_heading_id(event: Event<'_>) -> Event<'_> {
    match &event {
        Event::Text(text) => match heading_id(text) {
            Some((words, _)) => Event::Text(words.to_owned().into()),
            None => event,
        },
        _ => event,
    }
}

/// The words and the id of `Words {#id}`.
pub(super) fn heading_id(text: &str) -> Option<(&str, &str)> {
    let (words, id) = text.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
    let is_id = !id.is_empty() && id.chars().all(is_sign);
    is_id.then_some((words.trim_end(), id))
}

/// The most characters with a meaning in Markdown. The parser allocates about 50 bytes for each.
pub(super) const MOST_MARKS: usize = 250_000;

/// The least bytes of a paragraph of a text with too much Markdown, but for the last.
const PLAIN_PARAGRAPH: usize = 64 * 1024;

/// A text as it is written, in paragraphs of whole lines.
fn plain_paragraphs(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let mut at = 0;
    let next = move || {
        let start = at;
        let least = text.floor_char_boundary(start + PLAIN_PARAGRAPH);
        at = text[least..]
            .find('\n')
            .map_or(text.len(), |end| least + end + 1);
        (start < text.len()).then_some(start..at)
    };
    std::iter::from_fn(next).flat_map(move |range| {
        let all = [
            Event::Start(Tag::Paragraph),
            Event::Text(text[range.clone()].into()),
            Event::End(TagEnd::Paragraph),
        ];
        all.map(|event| (event, range.clone()))
    })
}

/// Whether a text has more than `MOST_MARKS`, so that it is shown as paragraphs of plain text.
pub(super) fn is_too_dense(text: &str) -> bool {
    let is_mark = |byte: &u8| b"|*_`~[]<>!#\n".contains(byte);
    // A shorter text cannot have as many.
    text.len() > MOST_MARKS && text.bytes().filter(|byte| is_mark(byte)).count() > MOST_MARKS
}

/// The most bytes between the brackets of a link that is written as `[[name]]`.
const LONGEST_NAME: usize = 1000;

/// Whether double brackets are links to notes. They are not where one has the label of a link
/// definition: that is Markdown for a link in brackets.
fn has_wiki_links(text: &str, options: Options) -> bool {
    if !text.contains("[[") || is_too_dense(text) {
        return false;
    }
    let parser = Parser::new_ext(text, options);
    let definitions = parser.reference_definitions();
    let is_defined = |at: usize| {
        let rest = &text[at + 2..];
        let near = &rest[..rest.floor_char_boundary(LONGEST_NAME)];
        let name = near.find("]]").map(|end| &near[..end]);
        name.is_some_and(|name| definitions.get(name).is_some())
    };
    definitions.iter().next().is_none() || !text.match_indices("[[").any(|(at, _)| is_defined(at))
}

/// Removes characters that no page may have, which Markdown admits as `&#1;`.
fn remove_unprintable(event: Event<'_>) -> Event<'_> {
    let plain = |text: &CowStr<'_>| match printable(text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(plain) => Some(CowStr::from(plain)),
    };
    match event {
        Event::Text(text) => Event::Text(plain(&text).unwrap_or(text)),
        Event::Code(text) => Event::Code(plain(&text).unwrap_or(text)),
        Event::Html(text) => Event::Html(plain(&text).unwrap_or(text)),
        Event::InlineHtml(text) => Event::InlineHtml(plain(&text).unwrap_or(text)),
        event => event,
    }
}

/// Begins the target of a link that is written as `[[name]]`.
pub const WIKI: &str = "wiki:";

/// The target of a link or picture. Adds `mailto:` to `<fern@example.org>`, and [`WIKI`] to `[[name]]`.
#[must_use]
pub fn target(kind: LinkType, written: &str) -> Cow<'_, str> {
    match kind {
        LinkType::Email => format!("mailto:{written}").into(),
        LinkType::WikiLink { .. } => format!("{WIKI}{written}").into(),
        _ => written.into(),
    }
}

/// Whether this opens a block that is numbered as a paragraph: `¶7`.
#[must_use]
pub fn is_numbered_block(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Item | Tag::TableRow)
}

/// The language of a code block, if it names one.
#[must_use]
pub fn code_language<'a>(kind: &'a CodeBlockKind<'_>) -> Option<&'a str> {
    match kind {
        CodeBlockKind::Fenced(info) => info
            .split([' ', ','])
            .next()
            .filter(|language| !language.is_empty()),
        CodeBlockKind::Indented => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_definition_is_found_with_its_place_and_whether_it_is_used() {
        let text = "See [this][a], ![b] and [C][].\n\n[a]: one.md \"t\"\n[b]: <two.png>\n[c]: three.md\n\
                    [d]: four.md 'private'\n[a]: five.md\n[a]: six.md\n\n> [e]: seven.md\n\n[//]: # (words)\n";
        let found = find_definitions(text).unwrap_or_default();
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.target.as_str(), one.title.as_str(), one.is_used))
            .collect();
        let expected = [
            ("one.md", "t", true),
            ("two.png", "", true),
            ("three.md", "", true),
            ("four.md", "private", false),
            ("five.md", "", false),
            ("six.md", "", false),
            ("seven.md", "", false),
            ("#", "words", false),
        ];
        assert_eq!(found, expected);
        let many = "[a]: x\n".repeat(MOST_REPEATED + 1);
        assert_eq!(find_definitions(&many), None);
    }

    #[test]
    fn the_place_of_a_target_is_not_in_the_words_or_the_title() {
        let text =
            "[a.md](a.md \"a.md\") [![i](i.png)](b.md) [c](c\\_d.md) [](e.md) [[note|words]] <x:y>";
        let found = find_written_links(text);
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.target.as_str(), &text[one.range.clone()]))
            .collect();
        let expected = [
            ("a.md", "](a.md \"a.md\")"),
            ("i.png", "](i.png)"),
            ("b.md", "](b.md)"),
            ("c_d.md", "](c\\_d.md)"),
            ("e.md", "](e.md)"),
            ("wiki:note", "note"),
        ];
        assert_eq!(found[..6], expected);
    }

    #[test]
    fn double_brackets_are_links_to_notes_unless_a_definition_has_their_words() {
        let wiki = |text: &str| {
            let mut all = events(text);
            all.any(|(event, _)| {
                let Event::Start(Tag::Link { link_type, .. }) = event else {
                    return false;
                };
                matches!(link_type, LinkType::WikiLink { .. })
            })
        };
        assert!(wiki("See [[a note]]."));
        assert!(wiki("See [[a note]].\n\n[other]: https://example.org\n"));
        assert!(!wiki("[[*foo* bar]]\n\n[*foo* bar]: https://example.org\n"));
    }
}
