//! Lines of broken YAML as they were most likely meant. Each suggestion is parsed before it is made.

use crate::diagnostic::{OddSign, Slip};

/// Longer texts get no suggestion: each attempt parses all of it.
const LONGEST: usize = 64 * 1024;

/// How many lines before the error are tried: the parser often fails only behind the mistake.
const LINES_BACK: usize = 4;

/// Finds the line that has to change so that the text can be read further: the slip with the line as
/// it should be, and its place. `error_offset` parses a text, and returns where it cannot be read.
pub(super) fn find_repair(
    text: &str,
    offset: usize,
    error_offset: impl Fn(&str) -> Option<usize>,
) -> Option<(Slip, usize)> {
    if text.len() > LONGEST {
        return None;
    }
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push((start, line.trim_end_matches(['\n', '\r'])));
        start += line.len();
    }
    let at = lines
        .partition_point(|(start, _)| *start <= offset)
        .saturating_sub(1);
    // A quote that is never closed is found at the end of the text.
    let is_open =
        |line: &str| line.matches('"').count() % 2 == 1 || line.matches('\'').count() % 2 == 1;
    let before = (at.saturating_sub(LINES_BACK)..=at).rev();
    let open = (0..at).filter(|at| is_open(lines[*at].1)).take(LINES_BACK);
    for at in before.chain(open) {
        let (start, line) = *lines.get(at)?;
        let end = start + line.len();
        for (slip, place, fixed) in variants(line) {
            let changed = [&text[..start], &fixed, &text[end..]].concat();
            let reaches = error_offset(&changed).unwrap_or(usize::MAX);
            // The next mistake must lie behind this line, and behind the one that was reported.
            let same = offset.max(end) + fixed.len() - line.len().min(fixed.len());
            if reaches > same {
                return Some((slip(fixed), start + place));
            }
        }
    }
    None
}

/// Finds signs that YAML does not take and with which people write keys and lists: the slip with the
/// first such line as it should be, and its place. All of the text can be read with the right signs.
pub(super) fn find_odd_sign(
    text: &str,
    error_offset: impl Fn(&str) -> Option<usize>,
) -> Option<(Slip, usize)> {
    type LineRepair = fn(&str) -> Option<String>;
    const REPAIRS: [(OddSign, LineRepair); 3] = [
        (OddSign::Colon, with_colon),
        (OddSign::Bullet, with_hyphen),
        (OddSign::Comma, without_empty_item),
    ];
    if text.len() > LONGEST {
        return None;
    }
    REPAIRS.iter().find_map(|(sign, repaired)| {
        let mut first: Option<(usize, String)> = None;
        let mut changed = String::with_capacity(text.len());
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let body = line.trim_end_matches(['\n', '\r']);
            match repaired(body) {
                Some(fixed) => {
                    changed.push_str(&fixed);
                    changed.push_str(&line[body.len()..]);
                    first.get_or_insert((start, fixed));
                }
                None => changed.push_str(line),
            }
            start += line.len();
        }
        let (start, fixed) = first?;
        let is_whole = error_offset(&changed).is_none();
        is_whole.then_some((Slip::Sign(*sign, Some(fixed)), start))
    })
}

/// `title: A` for `title:A`, `title = A`, `title; A`, a wide colon, and a bold key.
fn with_colon(line: &str) -> Option<String> {
    const SIGNS: [char; 6] = [':', '\u{ff1a}', '\u{fe55}', '\u{2236}', '=', ';'];
    let bold = line
        .strip_prefix("**")
        .and_then(|rest| rest.split_once(":**"));
    if let Some((key, value)) = bold.filter(|(key, _)| is_key(key)) {
        return Some(format!("{key}: {}", value.trim()));
    }
    let at = line.find(SIGNS)?;
    let key = line[..at].trim_end();
    let sign = line[at..].chars().next()?;
    let value = &line[at + sign.len_utf8()..];
    let is_right = sign == ':' && (value.is_empty() || value.starts_with([' ', '\t']));
    let is_address = value.starts_with("//");
    let is_named = is_key(key.trim_start()) && key.trim_start().starts_with(char::is_alphabetic);
    let is_odd = is_named && !is_right && !is_address;
    is_odd.then(|| {
        format!("{key}: {}", value.trim_start())
            .trim_end()
            .to_owned()
    })
}

/// `- K7` for `* K7` and other bullets.
fn with_hyphen(line: &str) -> Option<String> {
    const SIGNS: [char; 6] = ['*', '+', '\u{2013}', '\u{2014}', '\u{2022}', '\u{b7}'];
    let item = line.trim_start();
    let words = item.strip_prefix(SIGNS)?;
    let indent = &line[..line.len() - item.len()];
    let is_item = words.starts_with([' ', '\t']) && !words.trim().is_empty();
    is_item.then(|| format!("{indent}- {}", words.trim_start()))
}

/// `[K7, K8]` for `[K7,, K8]`.
fn without_empty_item(line: &str) -> Option<String> {
    let mut fixed = line.to_owned();
    for empty in [",,", ", ,", "[,", "[ ,"] {
        let by = if empty.starts_with('[') { "[" } else { "," };
        while fixed.contains(empty) {
            fixed = fixed.replace(empty, by);
        }
    }
    (fixed != line).then_some(fixed)
}

/// Makes a slip from the corrected line.
type SlipOf = fn(String) -> Slip;

/// The ways in which a line may have been meant, likeliest first, with the place of the mistake.
fn variants(line: &str) -> Vec<(SlipOf, usize, String)> {
    let indent = line.len() - line.trim_start().len();
    let mut found: Vec<(SlipOf, usize, String)> = Vec::new();
    if line[..indent].contains('\t') {
        let fixed = format!("{}{}", line[..indent].replace('\t', "  "), &line[indent..]);
        found.push((|_| Slip::Tab, line.find('\t').unwrap_or(0), fixed));
    }
    let dash = line[indent..]
        .strip_prefix("- ")
        .map_or(indent, |rest| line.len() - rest.trim_start().len());
    let (head, value) = match line[dash..].split_once(": ") {
        Some((key, value)) if is_key(key) => line.split_at(line.len() - value.len()),
        _ if dash > indent => line.split_at(dash),
        _ => return found,
    };
    let value = value.trim_end();
    let place = head.len() + value.find(": ").unwrap_or(0);
    if value.starts_with('{') || value.starts_with('[') {
        found.extend(quote_items(value).map(|fixed| {
            let slip: SlipOf = |line| Slip::Quote(Some(line));
            (slip, place, format!("{head}{fixed}"))
        }));
    }
    if !value.is_empty() {
        let fixed = format!("{head}{}", quoted(value));
        found.push((|line| Slip::Quote(Some(line)), place, fixed));
    }
    found
}

fn is_key(key: &str) -> bool {
    let is_sign = |sign: char| sign.is_alphanumeric() || "_- ".contains(sign);
    !key.is_empty() && key.len() <= 40 && key.chars().all(is_sign)
}

/// A list or table in brackets with quotes round each value that needs them.
fn quote_items(value: &str) -> Option<String> {
    let (open, close) = if value.starts_with('{') {
        ('{', '}')
    } else {
        ('[', ']')
    };
    let inner = value.strip_prefix(open)?.strip_suffix(close)?;
    if inner.contains(['{', '[']) {
        return None;
    }
    let items = split_items(inner).into_iter().map(|item| {
        let item = item.trim();
        match item.split_once(": ") {
            Some((key, value)) if open == '{' && is_key(key) => {
                format!("{key}: {}", quoted_if_needed(value.trim()))
            }
            _ => quoted_if_needed(item),
        }
    });
    let items: Vec<String> = items.collect();
    Some(if open == '{' {
        format!("{{ {} }}", items.join(", "))
    } else {
        format!("[{}]", items.join(", "))
    })
}

/// Splits at commas outside quotes.
fn split_items(inner: &str) -> Vec<&str> {
    let mut quote = None;
    let mut items = Vec::new();
    let mut start = 0;
    for (at, sign) in inner.char_indices() {
        match (sign, quote) {
            (',', None) => {
                items.push(&inner[start..at]);
                start = at + 1;
            }
            ('"' | '\'', None)
                if inner[start..at].trim_end().ends_with([':', ' '])
                    || inner[start..at].trim().is_empty() =>
            {
                quote = Some(sign);
            }
            (sign, Some(open)) if sign == open => quote = None,
            _ => {}
        }
    }
    items.push(&inner[start..]);
    items
}

fn quoted_if_needed(value: &str) -> String {
    let is_quoted = value.len() > 1
        && ['"', '\'']
            .iter()
            .any(|quote| value.starts_with(*quote) && value.ends_with(*quote));
    let is_plain = !value.contains(": ")
        && !value.contains(" #")
        && value.starts_with(|first: char| first.is_alphanumeric());
    if is_quoted || is_plain {
        value.to_owned()
    } else {
        quoted(value)
    }
}

/// A value in quotes, without the quotes that its author typed.
fn quoted(value: &str) -> String {
    const QUOTES: [char; 6] = ['"', '\'', '“', '”', '‘', '’'];
    let opened = value.strip_prefix(QUOTES).unwrap_or(value);
    let is_whole = opened.len() < value.len();
    let inner = if is_whole {
        opened.strip_suffix(QUOTES).unwrap_or(opened)
    } else {
        value
    };
    if inner.contains('"') && !inner.contains('\'') {
        format!("'{inner}'")
    } else {
        format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
