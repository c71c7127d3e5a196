//! Lists of the settings: progress reviews, and breaks in learning.

use jiff::civil::Date;

use super::field_refusal::FieldRefusal;
use super::form::{find_value, list_items};
use super::settings_answer::{BreakLine, ReviewLine};
use crate::edit::{Content, Edit, Editor, KeyPath};
use crate::parse::dates::typed_near;
use crate::parse::yaml::{Node, typed};
use crate::text::Source;

/// The progress reviews in the file, latest first.
pub(super) fn list_reviews(settings: Option<&Node>, source: &Source) -> Vec<ReviewLine> {
    let reviews = settings.map_or(&[][..], |node| list_items(node, "reviews"));
    let line = |(at, node): (usize, &Node)| ReviewLine {
        at,
        date: read_text(node, "date", source).unwrap_or_default(),
        with: list_items(node, "with")
            .iter()
            .filter_map(|one| typed(one, source))
            .map(|one| one.value)
            .collect(),
    };
    let mut lines: Vec<ReviewLine> = reviews.iter().enumerate().map(line).collect();
    lines.sort_by(|one, other| other.date.cmp(&one.date));
    lines
}

/// The breaks in the file, latest first.
pub(super) fn list_breaks(settings: Option<&Node>, source: &Source) -> Vec<BreakLine> {
    let breaks = settings.map_or(&[][..], |node| list_items(node, "breaks"));
    let line = |(at, node): (usize, &Node)| BreakLine {
        at,
        from: read_text(node, "from", source).unwrap_or_default(),
        to: read_text(node, "to", source).filter(|to| !to.eq_ignore_ascii_case("unknown")),
        reason: read_text(node, "reason", source).unwrap_or_default(),
    };
    let mut lines: Vec<BreakLine> = breaks.iter().enumerate().map(line).collect();
    lines.sort_by(|one, other| other.from.cmp(&one.from));
    lines
}

fn read_text(node: &Node, name: &str, source: &Source) -> Option<String> {
    let text = typed(find_value(node, name)?, source)?.value;
    Some(text.trim().to_owned())
}

/// Adds a progress review that was held.
pub(super) fn add_review(
    text: &str,
    date: &str,
    with: &[String],
    today: Date,
) -> Result<Edit, FieldRefusal> {
    let day = FieldRefusal::read_day("date", date, today)?;
    if typed_near(date.trim(), Some(today)).is_ok_and(|day| day > today) {
        let message = "a review is recorded once it has taken place";
        return Err(FieldRefusal::because("date", message));
    }
    let mut pairs = vec![("date", day)];
    let with: Vec<&str> = with
        .iter()
        .map(|one| one.trim())
        .filter(|one| !one.is_empty())
        .collect();
    for one in &with {
        FieldRefusal::check_words("with", one)?;
    }
    if !with.is_empty() {
        let with = with.into_iter().map(Content::text).collect();
        pairs.push(("with", Content::List(with)));
    }
    Ok(append(text, "reviews", pairs))
}

/// Adds a break in learning. Without a last day, the return is not agreed yet.
pub(super) fn add_break(
    text: &str,
    from: &str,
    to: Option<&str>,
    reason: &str,
    today: Date,
) -> Result<Edit, FieldRefusal> {
    let from = FieldRefusal::read_day("from", from, today)?;
    let to = to.map(str::trim).filter(|to| !to.is_empty());
    let to = to.map_or(Ok(Content::text("unknown")), |to| {
        FieldRefusal::read_day("to", to, today)
    })?;
    let reason = reason.trim();
    if reason.is_empty() {
        let message = "a break needs a reason: a word such as sick leave is enough";
        return Err(FieldRefusal::because("reason", message));
    }
    FieldRefusal::check_words("reason", reason)?;
    let pairs = vec![
        ("from", from),
        ("to", to),
        ("reason", Content::text(reason)),
    ];
    Ok(append(text, "breaks", pairs))
}

/// Sets the last day of a break.
pub(super) fn end_break(at: usize, to: &str, today: Date) -> Result<Edit, FieldRefusal> {
    Ok(Edit::Set {
        path: KeyPath::new("breaks").item(at).key("to"),
        value: FieldRefusal::read_day("to", to, today)?,
    })
}

/// Appends an item to a list.
pub(super) fn append(text: &str, key: &str, pairs: Vec<(&str, Content)>) -> Edit {
    let item = Editor::yaml(text).count_items(key);
    let pairs = pairs
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value));
    Edit::Set {
        path: KeyPath::new(key).item(item),
        value: Content::Table(pairs.collect()),
    }
}
