//! Marking words of a body as evidence for a code.

use super::body::{check_range, verified_text};
use super::outline::{CodeLink, Outline};
use super::yaml_part::body;
use super::{RefusalReason, Refused};
use crate::model::Code;
use crate::text::{Span, TextEdit};

/// Plans a link from the words of `range` to `code`. Words in a link to codes get one more code.
pub(super) fn mark(text: &str, range: Span, code: &str) -> Result<Vec<TextEdit>, Refused> {
    check_range(text, range)?;
    check_code(range, code)?;
    let words = range.of(text);
    let start = range.start + words.len() - words.trim_start().len();
    let range = Span::new(start, (range.start + words.trim_end().len()).max(start));
    if range.start == range.end {
        return Err(Refused::new(range, RefusalReason::BadRange));
    }
    let outline = Outline::read(text, body(text));
    let links = outline.code_links();
    let around = links
        .iter()
        .position(|link| link.span.start <= range.start && range.end <= link.span.end);
    if let Some(at) = around {
        return add_to_link(text, &outline, (&links, at), range, code);
    }
    if let Some(what) = outline.obstacle(range) {
        return Err(Refused::new(range, RefusalReason::Crosses(what)));
    }
    let edits = vec![
        TextEdit::insert(range.start, "["),
        TextEdit::insert(range.end, format!("](ksb:{code})")),
    ];
    let changed = verified_text(text, &edits)?;
    let after = Outline::read(&changed, body(&changed));
    let link = Span::new(range.start, range.end + edits[1].text.len() + 1);
    let is_made = after
        .code_links()
        .iter()
        .any(|made| made.span == link && made.codes == code);
    if is_made && outline.shown(None) == after.shown(Some(link)) {
        Ok(edits)
    } else {
        Err(Refused::new(range, RefusalReason::NotExact))
    }
}

/// Adds a code to the link at `at`, in the text of which `range` is.
fn add_to_link(
    text: &str,
    outline: &Outline<'_>,
    (links, at): (&[CodeLink], usize),
    range: Span,
    code: &str,
) -> Result<Vec<TextEdit>, Refused> {
    let link = &links[at];
    let target = format!("ksb:{}", link.codes);
    let written = link.span.of(text);
    let is_target = |found: &usize| written[..*found].ends_with(['(', '<']);
    let Some(found) = written.rfind(&target).filter(is_target) else {
        return Err(Refused::new(link.span, RefusalReason::ReferenceLink));
    };
    if range.end > link.span.start + found && range != link.span {
        return Err(Refused::new(
            range,
            RefusalReason::Crosses("the target of a link"),
        ));
    }
    if link
        .codes
        .split(',')
        .any(|one| Code::fold(one) == Code::fold(code))
    {
        return Ok(Vec::new());
    }
    let comma = if link.codes.trim().is_empty() {
        ""
    } else {
        ","
    };
    let end = link.span.start + found + target.len();
    let edits = vec![TextEdit::insert(end, format!("{comma}{code}"))];
    let changed = verified_text(text, &edits)?;
    let after = Outline::read(&changed, body(&changed));
    let mut expected: Vec<String> = links.iter().map(|link| link.codes.clone()).collect();
    expected[at] = format!("{}{comma}{code}", link.codes);
    let codes: Vec<String> = after
        .code_links()
        .into_iter()
        .map(|link| link.codes)
        .collect();
    if codes == expected && outline.shown(None) == after.shown(None) {
        Ok(edits)
    } else {
        Err(Refused::new(link.span, RefusalReason::NotExact))
    }
}

/// Plans that the link to codes that `range` is in has this code no longer. A link without another
/// code becomes its words.
pub(super) fn unmark(text: &str, range: Span, code: &str) -> Result<Vec<TextEdit>, Refused> {
    check_range(text, range)?;
    let outline = Outline::read(text, body(text));
    let links = outline.code_links();
    let holds = |link: &CodeLink| link.span.start <= range.start && range.end <= link.span.end;
    let Some(at) = links.iter().position(holds) else {
        return Err(Refused::new(range, RefusalReason::NoSuchPassage));
    };
    let link = &links[at];
    let all: Vec<&str> = link.codes.split(',').collect();
    let is_other = |one: &&&str| Code::fold(one) != Code::fold(code);
    let others: Vec<&str> = all.iter().filter(is_other).copied().collect();
    if others.len() == all.len() {
        return Err(Refused::new(range, RefusalReason::NoSuchPassage));
    }
    let written = link.span.of(text);
    let target = format!("ksb:{}", link.codes);
    let found = written.rfind(&target);
    let opened = found.and_then(|found| {
        let before = written[..found]
            .strip_suffix('<')
            .unwrap_or(&written[..found]);
        before.trim_end().strip_suffix("](").map(str::len)
    });
    let Some((found, words_end)) = found.zip(opened) else {
        return Err(Refused::new(link.span, RefusalReason::ReferenceLink));
    };
    let start = link.span.start;
    let mut expected: Vec<String> = links.iter().map(|link| link.codes.clone()).collect();
    let edits = if others.is_empty() {
        expected.remove(at);
        vec![
            TextEdit::delete(Span::new(start, start + 1)),
            TextEdit::delete(Span::new(start + words_end, link.span.end)),
        ]
    } else {
        expected[at] = others.join(",");
        let codes = Span::new(start + found, start + found + target.len());
        vec![TextEdit::replace(codes, format!("ksb:{}", expected[at]))]
    };
    let changed = verified_text(text, &edits)?;
    let after = Outline::read(&changed, body(&changed));
    let codes = after.code_links().into_iter().map(|link| link.codes);
    let skipped = others.is_empty().then_some(link.span);
    if codes.collect::<Vec<_>>() == expected && outline.shown(skipped) == after.shown(None) {
        Ok(edits)
    } else {
        Err(Refused::new(link.span, RefusalReason::NotExact))
    }
}

/// Refuses a code that would end a link or a list item.
pub(super) fn check_code(place: Span, code: &str) -> Result<(), Refused> {
    let is_fine = |sign: char| sign.is_alphanumeric() || "-_.:".contains(sign);
    if code.chars().all(is_fine) && code.contains(char::is_alphanumeric) {
        return Ok(());
    }
    Err(Refused::new(place, RefusalReason::BadCode(code.to_owned())))
}
