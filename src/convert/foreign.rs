//! Markdown of other programs: Obsidian, Notion, Google Docs.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;

use super::dates::{labelled_date, read_date};
use super::marks::{description, picture_mark};
use super::spelling::{
    MarkdownLink, is_local, percent_decoded, strip_block_id, strip_heading_id, strip_marks,
    title_is_empty,
};
use crate::document::{LeftBehind, TextPicture};
use crate::parse::yaml::{self, Value};
use crate::parse::{front_matter, plain_callout};
use crate::text::{Source, SourcePath, shortened};

/// Keys by which an entry of this program is known.
const OWN_KEYS: [&str; 8] = [
    "ksbs",
    "criteria",
    "model",
    "event_date",
    "anonymised",
    "off_the_job",
    "attachments",
    "visibility",
];

/// Keys of an entry that are written anew.
const RENEWED: [&str; 4] = ["status", "imported", "id", "read"];

/// Reads a picture by the path or name that a text gives.
pub type PictureSource<'a> = dyn FnMut(&str) -> Option<Vec<u8>> + 'a;

/// A Markdown text of another program, as an entry has it.
#[derive(Default)]
pub(super) struct ForeignText {
    pub(super) title: Option<String>,
    pub(super) date: Option<Date>,
    /// Lines of front matter, if it is an entry of this program.
    pub(super) own_keys: Option<String>,
    pub(super) body: String,
    pub(super) pictures: Vec<TextPicture>,
    pub(super) left: LeftBehind,
    /// Links to other notes and files, which are plain words now.
    pub(super) links: u32,
    /// Keys of front matter that are not taken over.
    pub(super) dropped_keys: Vec<String>,
}

/// Reads Markdown.
pub(super) fn read(text: &str, find_picture: &mut PictureSource<'_>) -> ForeignText {
    let mut out = ForeignText::default();
    let body = out.read_front_matter(text);
    if out.own_keys.is_some() {
        body.clone_into(&mut out.body);
        return out;
    }
    let mut reader = Rewriter {
        definitions: data_definitions(body),
        find_picture,
        out,
        fence: None,
        in_comment: false,
    };
    let mut is_head = true;
    for line in body.lines() {
        reader.read_line(line, &mut is_head);
    }
    reader.out
}

impl ForeignText {
    /// Reads title and day, and returns the text after the front matter.
    fn read_front_matter<'a>(&mut self, text: &'a str) -> &'a str {
        let Ok(parts) = front_matter::split(text) else {
            return text;
        };
        let body = parts.body.of(text);
        let source = Source {
            path: SourcePath::new("import"),
            text: text.into(),
        };
        let Ok(node) = yaml::read(&source, parts.front_matter) else {
            self.dropped_keys
                .push("all of the front matter, which cannot be read".to_owned());
            return body;
        };
        let Value::Table(pairs) = node.value else {
            return body;
        };
        let mut is_own = false;
        for (key, value) in &pairs {
            let Some(key) = yaml::typed(key, &source).map(|key| key.value.to_lowercase()) else {
                continue;
            };
            let value = yaml::typed(value, &source).map(|value| value.value);
            is_own |= OWN_KEYS.contains(&key.as_str());
            match (key.as_str(), value) {
                ("title", Some(title)) => self.title = Some(title),
                ("date" | "created" | "date created", Some(day)) if self.date.is_none() => {
                    self.date = read_date(&day);
                }
                ("title" | "date" | "created", _) => {}
                _ => self.dropped_keys.push(key),
            }
        }
        if is_own {
            self.dropped_keys.clear();
            self.own_keys = Some(own_lines(parts.front_matter.of(text)));
        }
        body
    }
}

/// The lines of an entry's front matter without those that are written anew.
fn own_lines(front_matter: &str) -> String {
    let mut out = String::new();
    let mut is_dropped = false;
    for line in front_matter.lines() {
        let begins_key = !line.starts_with([' ', '\t', '-', '#']);
        if begins_key {
            let key = line
                .split(':')
                .next()
                .unwrap_or_default()
                .trim()
                .to_lowercase();
            is_dropped = RENEWED.contains(&key.as_str()) || matches!(&*key, "title" | "date");
        }
        if !is_dropped {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Pictures that stand as data at the end of a text of Google Docs, by name.
fn data_definitions(text: &str) -> BTreeMap<String, Vec<u8>> {
    let definition = |line: &str| {
        let (name, target) = line.strip_prefix('[')?.split_once("]:")?;
        let target = target.trim().trim_start_matches('<').trim_end_matches('>');
        Some((name.to_lowercase(), data_of(target)?))
    };
    text.lines().filter_map(definition).collect()
}

/// The bytes of `data:image/png;base64,…`.
fn data_of(address: &str) -> Option<Vec<u8>> {
    let rest = address.strip_prefix("data:image/")?;
    let (_, data) = rest.split_once(";base64,")?;
    STANDARD.decode(data.trim()).ok()
}

struct Rewriter<'a, 'b> {
    definitions: BTreeMap<String, Vec<u8>>,
    find_picture: &'a mut PictureSource<'b>,
    out: ForeignText,
    /// The marks of the open code block.
    fence: Option<String>,
    /// Whether a comment of Obsidian is open.
    in_comment: bool,
}

impl Rewriter<'_, '_> {
    fn read_line(&mut self, line: &str, is_head: &mut bool) {
        let trimmed = line.trim_start();
        if let Some(fence) = &self.fence {
            if trimmed.starts_with(fence.as_str()) {
                self.fence = None;
            }
            self.push(line);
            return;
        }
        let marks = trimmed
            .bytes()
            .take_while(|byte| matches!(byte, b'`' | b'~'))
            .count();
        if marks >= 3 {
            self.fence = Some(trimmed[..marks].to_owned());
            self.push(line);
            return;
        }
        let is_definition = trimmed.starts_with('[') && trimmed.contains("]: <data:image/");
        if is_definition || matches!(trimmed.trim_end(), "<aside>" | "</aside>") {
            return;
        }
        let line = self.without_comments(line);
        if *is_head && !line.trim().is_empty() {
            let heading = strip_heading_id(line.trim());
            let title = heading.strip_prefix("# ");
            // Notion has the properties of a page below its title.
            let is_property = line.split_once(": ").is_some_and(|(key, _)| key.len() < 40);
            *is_head = title.is_some() || is_property;
            if let Some(title) =
                title.filter(|_| self.out.title.is_none() && !title_is_empty(line.trim()))
            {
                self.out.title = Some(strip_marks(title));
                return;
            }
        }
        let labelled = labelled_date(&line);
        let is_first = self.out.date.is_none() && labelled.is_some();
        if is_first {
            self.out.date = labelled;
        }
        // Notion's own line, which is the entry's date now.
        if is_first && *is_head && line.to_lowercase().starts_with("created") {
            return;
        }
        let line = self.rewrite(&line);
        self.push(&strip_heading_id(&line));
    }

    fn push(&mut self, line: &str) {
        self.out.body.push_str(line);
        self.out.body.push('\n');
    }

    /// A line without comments of Obsidian, which its readers never see.
    fn without_comments(&mut self, line: &str) -> String {
        let mut kept = String::new();
        let mut parts = line.split("%%").peekable();
        while let Some(part) = parts.next() {
            if !self.in_comment {
                kept.push_str(part);
            }
            if parts.peek().is_some() {
                self.in_comment = !self.in_comment;
                self.out.left.comments += u32::from(self.in_comment);
            }
        }
        kept
    }

    /// Rewrites pictures, links to notes and highlights of a line.
    fn rewrite(&mut self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        let mut rest = plain_callout(line).unwrap_or_else(|| line.to_owned());
        rest = strip_block_id(&rest).to_owned();
        let mut rest = rest.as_str();
        while let Some(at) = rest.find(['`', '[', '!', '=', '\\']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let taken = self.rewrite_mark(rest, &mut out);
            if taken == 0 {
                // One character, with the one that a backslash escapes.
                let mut letters = rest.chars();
                let first = letters.next().unwrap_or_default();
                let mut length = first.len_utf8();
                if first == '\\' {
                    length += letters.next().map_or(0, char::len_utf8);
                }
                out.push_str(&rest[..length]);
                rest = &rest[length..];
            } else {
                rest = &rest[taken..];
            }
        }
        out.push_str(rest);
        out
    }

    /// Rewrites what begins here. Returns the number of bytes that it took; 0 for anything else.
    fn rewrite_mark(&mut self, rest: &str, out: &mut String) -> usize {
        if rest.starts_with('`') {
            let marks = rest.bytes().take_while(|byte| *byte == b'`').count();
            let end = rest[marks..]
                .find(&rest[..marks])
                .map_or(marks, |end| end + 2 * marks);
            out.push_str(&rest[..end]);
            return end;
        }
        if let Some(inner) = rest.strip_prefix("==")
            && let Some(end) = inner.find("==").filter(|end| *end > 0)
        {
            out.push_str("**");
            out.push_str(&inner[..end]);
            out.push_str("**");
            return end + 4;
        }
        for (open, is_picture) in [("![[", true), ("[[", false)] {
            if let Some(inner) = rest.strip_prefix(open)
                && let Some(end) = inner.find("]]")
            {
                self.rewrite_wiki(&inner[..end], is_picture, out);
                return open.len() + end + 2;
            }
        }
        let is_picture = rest.starts_with("![");
        let from = usize::from(is_picture);
        let Some(link) = MarkdownLink::read(&rest[from..]) else {
            return 0;
        };
        if is_picture {
            self.rewrite_picture(&link, out);
        } else if is_local(link.target) && !link.is_reference {
            self.out.links += 1;
            out.push_str(link.text);
        } else {
            return 0;
        }
        from + link.length
    }

    fn rewrite_wiki(&mut self, inner: &str, is_picture: bool, out: &mut String) {
        let (target, alias) = inner.split_once('|').unwrap_or((inner, ""));
        if !is_picture {
            self.out.links += 1;
            let name = target.split('#').next().unwrap_or_default();
            let name = name.rsplit('/').next().unwrap_or_default();
            out.push_str(if alias.is_empty() { name } else { alias });
            return;
        }
        // A number there is a width.
        let is_width = alias
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'x');
        let alt = if is_width { "" } else { alias };
        let bytes = (self.find_picture)(target);
        self.add_picture(bytes, alt, out);
    }

    fn rewrite_picture(&mut self, link: &MarkdownLink<'_>, out: &mut String) {
        let bytes = if link.is_reference {
            self.definitions.get(&link.target.to_lowercase()).cloned()
        } else if link.target.starts_with("data:") {
            data_of(link.target)
        } else if is_local(link.target) {
            (self.find_picture)(&percent_decoded(link.target))
        } else {
            None
        };
        self.add_picture(bytes, link.text, out);
    }

    fn add_picture(&mut self, bytes: Option<Vec<u8>>, alt: &str, out: &mut String) {
        if let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) {
            out.push_str(&picture_mark(self.out.pictures.len()));
            let alt = description(alt);
            self.out.pictures.push(TextPicture { bytes, alt });
        } else {
            self.out.left.lost_pictures += 1;
            out.push_str(&shortened(alt, 200));
        }
    }
}

/// The headings of a text, with their levels.
pub(super) fn headings(body: &str) -> Vec<String> {
    let mut in_code = false;
    let mut found = Vec::new();
    for line in body.lines() {
        in_code ^= line.starts_with("```");
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        if !in_code && (1..=6).contains(&level) && line[level..].starts_with(' ') {
            found.push(strip_marks(line[level..].trim()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> ForeignText {
        read(text, &mut |name| {
            (name == "img/a b.png").then(|| b"picture".to_vec())
        })
    }

    #[test]
    fn pictures_links_and_comments_of_other_programs_are_read() {
        for (text, expected) in [
            (
                "See [[Ward visit|the visit]] and [[Notes#Two]].",
                "See the visit and Notes.\n",
            ),
            ("![[img/a b.png|300]]", "\u{e0f0}0\u{e0f1}\n"),
            ("![A chart](img/a%20b.png)", "\u{e0f0}0\u{e0f1}\n"),
            ("![A chart](<img/a b.png>)", "\u{e0f0}0\u{e0f1}\n"),
            ("![gone](other.png)", "gone\n"),
            ("a %%hidden%% b", "a  b\n"),
            ("==marked== `==code==`", "**marked** `==code==`\n"),
            (
                "[a](b.md) [c](https://example.com)",
                "a [c](https://example.com)\n",
            ),
            ("## Feelings {#feelings}", "## Feelings\n"),
            ("# **Pain** {#pain}\nText", "Text\n"),
            (
                "# Pain\nCreated: March 14, 2026 10:31 AM\nTags: a",
                "Tags: a\n",
            ),
            (
                "# Pain\n\n## Two\nCreated: 14 March 2026",
                "\n## Two\nCreated: 14 March 2026\n",
            ),
            ("> [!note] Think\n> twice", "> **Think**\n> twice\n"),
            ("\\[\\[not\\]\\]", "\\[\\[not\\]\\]\n"),
        ] {
            assert_eq!(rewritten(text).body, expected, "{text}");
        }
        let google = "![][image1]\n\n[image1]: <data:image/png;base64,cGljdHVyZQ==>\n";
        let google = rewritten(google);
        assert_eq!(
            rewritten("# **Pain** {#pain}").title.as_deref(),
            Some("Pain")
        );
        assert_eq!(google.pictures[0].bytes, b"picture");
        assert!(!google.body.contains("base64"));
    }

    #[test]
    fn front_matter_of_others_gives_title_and_day() {
        let note = rewritten(
            "---\ntags: [a]\ncreated: 2026-03-14T10:00\naliases: x\n---\n# Pain\n\nText\n",
        );
        assert_eq!(note.title.as_deref(), Some("Pain"));
        assert_eq!(
            note.date.map(|date| date.to_string()).as_deref(),
            Some("2026-03-14")
        );
        assert_eq!(note.dropped_keys, ["tags", "aliases"]);
        let own = rewritten(
            "---\ntitle: A\ndate: 2026-03-14\nstatus: submitted\nksbs: [K1]\n---\nText\n",
        );
        assert_eq!(own.own_keys.as_deref(), Some("ksbs: [K1]\n"));
    }
}
