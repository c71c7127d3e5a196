//! Small pieces of Markdown as other programs write them.

/// A link or a picture of Markdown.
pub(super) struct MarkdownLink<'a> {
    pub(super) text: &'a str,
    pub(super) target: &'a str,
    pub(super) is_reference: bool,
    /// Its length in bytes.
    pub(super) length: usize,
}

impl<'a> MarkdownLink<'a> {
    /// Reads `[text](target)` or `[text][name]` at the beginning of a line's rest.
    pub(super) fn read(rest: &'a str) -> Option<Self> {
        let mut depth = 0_u32;
        let end = rest.bytes().position(|byte| {
            depth += u32::from(byte == b'[');
            depth = depth.saturating_sub(u32::from(byte == b']'));
            depth == 0
        })?;
        let text = rest.get(1..end)?;
        let after = &rest[end + 1..];
        if let Some(inner) = after.strip_prefix('(') {
            let close = match inner.strip_prefix('<') {
                Some(_) => inner.find('>')? + 1 + inner[inner.find('>')? + 1..].find(')')?,
                None => inner.find(')')?,
            };
            let target = inner[..close].trim();
            let target = match target
                .strip_prefix('<')
                .and_then(|inner| inner.split_once('>'))
            {
                Some((target, _)) => target,
                None => target.split(" \"").next().unwrap_or_default().trim(),
            };
            return Some(Self {
                text,
                target,
                is_reference: false,
                length: end + 1 + 1 + close + 1,
            });
        }
        let inner = after.strip_prefix('[')?;
        let close = inner.find(']')?;
        Some(Self {
            text,
            target: if close == 0 { text } else { &inner[..close] },
            is_reference: true,
            length: end + 1 + 1 + close + 1,
        })
    }
}

/// Whether a target is a file beside the text.
pub(super) fn is_local(target: &str) -> bool {
    let scheme = target
        .split(':')
        .next()
        .filter(|scheme| scheme.len() < target.len());
    let has_scheme =
        scheme.is_some_and(|scheme| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    !has_scheme && !target.starts_with('#') && !target.is_empty()
}

/// A path with `%20` and the like decoded.
pub(super) fn percent_decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = path.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

pub(super) fn title_is_empty(heading: &str) -> bool {
    heading.trim_start_matches('#').trim().is_empty()
}

/// A title without marks of emphasis and without an anchor.
pub(super) fn strip_marks(title: &str) -> String {
    let title = strip_heading_id(title);
    let title = title.replace("**", "").replace(['`', '\\'], "");
    title.trim().trim_matches(['*', '_']).trim().to_owned()
}

/// A heading without the anchor that Google Docs adds: `## Feelings {#feelings}`.
pub(super) fn strip_heading_id(line: &str) -> String {
    let is_heading = line.starts_with('#');
    let cut = line
        .trim_end()
        .strip_suffix('}')
        .and_then(|line| line.rsplit_once(" {#"));
    match cut.filter(|(_, id)| is_heading && !id.contains(' ')) {
        Some((heading, _)) => heading.trim_end().to_owned(),
        None => line.to_owned(),
    }
}

/// A line without the name that Obsidian gives to its block: ` ^a1b2c3`.
pub(super) fn strip_block_id(line: &str) -> &str {
    match line.rsplit_once(" ^") {
        Some((text, id))
            if !id.is_empty()
                && id
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') =>
        {
            text
        }
        _ => line,
    }
}
