//! Fields of Skills England's JSON, in each spelling: `referenceNumber`, `ReferenceNumber`, and values
//! that are wrapped, as in `{ "value": … }`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde_json::{Map, Value};

/// The fields of an object, and which of them were used.
pub(super) struct FeedFields<'a> {
    all: Vec<(String, &'a str, &'a Value)>,
    used: BTreeSet<String>,
}

impl<'a> FeedFields<'a> {
    /// The fields of an object; `None` if it is none.
    pub(super) fn of(value: &'a Value) -> Option<Self> {
        let object = unwrap(value).as_object()?;
        let fields = object.iter();
        let all = fields
            .map(|(key, value)| (fold_key(key), key.as_str(), unwrap(value)))
            .collect();
        Some(Self {
            all,
            used: BTreeSet::new(),
        })
    }

    /// The first of these fields that holds something. All of them count as used.
    pub(super) fn take(&mut self, names: &[&str]) -> Option<&'a Value> {
        let mut found = None;
        for name in names {
            self.used.insert((*name).to_owned());
            found = found.or_else(|| self.peek(name));
        }
        found
    }

    /// A field that holds something.
    pub(super) fn peek(&self, name: &str) -> Option<&'a Value> {
        let mut all = self.all.iter();
        all.find(|(folded, _, value)| folded == name && holds_something(value))
            .map(|(_, _, value)| *value)
    }

    /// The text of the first of these fields that has one.
    pub(super) fn take_text(&mut self, names: &[&str]) -> Option<String> {
        let mut found = None;
        for name in names {
            let text = self.take(&[name]).and_then(text_of);
            found = found.or(text);
        }
        found
    }

    /// The items of the first of these fields that holds something.
    pub(super) fn take_list(&mut self, names: &[&str]) -> Vec<&'a Value> {
        self.take(names).map(items).unwrap_or_default()
    }

    /// The fields that hold something and were not used, as the file spells them.
    pub(super) fn rest(&self) -> impl Iterator<Item = &'a str> {
        let all = self.all.iter();
        let is_left = |one: &&(String, &'a str, &'a Value)| {
            !self.used.contains(&one.0) && holds_something(one.2)
        };
        all.filter(is_left).map(|(_, key, _)| *key)
    }
}

/// A key in small letters and digits.
pub(super) fn fold_key(key: &str) -> String {
    let letters = key.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|one| one.to_ascii_lowercase()).collect()
}

/// A value without wrappers.
pub(super) fn unwrap(value: &Value) -> &Value {
    let mut value = value;
    while let Some(inner) = value.as_object().and_then(wrapped) {
        value = inner;
    }
    value
}

/// The value in a wrapper: an object with `value`, and at most the signs of whether it is set.
fn wrapped(object: &Map<String, Value>) -> Option<&Value> {
    let mut inner = None;
    for (key, value) in object {
        match fold_key(key).as_str() {
            "value" => inner = Some(value),
            "isset" | "hasvalue" | "hasinvalidvalue" | "invalidvalue" => {}
            _ => return None,
        }
    }
    inner
}

fn holds_something(value: &Value) -> bool {
    match unwrap(value) {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// The items of a list; a single value is a list of one.
pub(super) fn items(value: &Value) -> Vec<&Value> {
    match unwrap(value) {
        Value::Array(items) => items.iter().collect(),
        value if holds_something(value) => vec![value],
        _ => Vec::new(),
    }
}

/// A text or a number as plain words.
pub(super) fn text_of(value: &Value) -> Option<String> {
    let text = match unwrap(value) {
        Value::String(text) => plain_text(text),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The day at the start of a date and time. The feed writes the year 1 for days that it does not know.
pub(super) fn day_of_text(text: &str) -> Option<Date> {
    let day: Date = text.get(..10)?.parse().ok()?;
    (day.year() >= 1900).then_some(day)
}

/// A text of the feed without markup, entities and runs of white space. Entities may be escaped twice.
pub(super) fn plain_text(text: &str) -> String {
    let text = without_tags(&decode_entities(&decode_entities(text)));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts a space in the place of each tag.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let name = tag[1..].trim_start_matches('/');
        let end = tag
            .find('>')
            .filter(|_| name.starts_with(|one: char| one.is_ascii_alphabetic()));
        if let Some(end) = end {
            out.push(' ');
            rest = &tag[end + 1..];
        } else {
            out.push('<');
            rest = &tag[1..];
        }
    }
    out + rest
}

fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let end = entity.bytes().take(12).position(|byte| byte == b';');
        let letter = end.and_then(|end| letter_of(&entity[1..end]));
        if let (Some(end), Some(letter)) = (end, letter) {
            out.push(letter);
            rest = &entity[end + 1..];
        } else {
            out.push('&');
            rest = &entity[1..];
        }
    }
    out + rest
}

/// The character of an entity that editors write.
fn letter_of(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(number).filter(|letter| !letter.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "bull" => '•',
        "middot" => '·',
        "pound" => '£',
        "eacute" => 'é',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn wrappers_and_spellings_of_keys_are_read() {
        let record = json!({
            "ReferenceNumber": { "value": " ST9998 ", "isSet": true },
            "level": { "Value": { "value": 4 } },
            "keywords": [],
            "route": "Care",
        });
        let fields = FeedFields::of(&record);
        assert!(fields.is_some());
        let Some(mut fields) = fields else { return };
        let reference = fields.take_text(&["reference", "referencenumber"]);
        assert_eq!(reference.as_deref(), Some("ST9998"));
        assert_eq!(fields.take_text(&["level"]).as_deref(), Some("4"));
        assert_eq!(fields.rest().collect::<Vec<_>>(), ["route"]);
    }

    #[test]
    fn markup_entities_and_white_space_are_not_words() {
        let text = "<p>The person&#39;s &amp;amp; carer&amp;rsquo;s\u{a0} words,<br/>less than <5%&nbsp;</p>";
        assert_eq!(
            plain_text(text),
            "The person's & carer’s words, less than <5%"
        );
        assert_eq!(plain_text("A & B &unknown; C"), "A & B &unknown; C");
        assert_eq!(
            day_of_text("2025-09-19T00:00:00"),
            Some(jiff::civil::date(2025, 9, 19))
        );
        assert_eq!(day_of_text("0001-01-01T00:00:00"), None);
    }
}
