//! YAML as a tree in which every value knows its place. The only file that names the YAML library.

mod mistake;
mod repair;

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::{Fault, FaultKind, Place, Slip};
use crate::text::{LineColumn, LineIndex, Source, Span, Spanned, printable};

/// A value and its place in the source.
#[derive(Debug, PartialEq)]
pub struct Node {
    /// Its place; only the first byte for lists and tables.
    pub span: Span,
    /// Its value.
    pub value: Value,
}

/// A YAML value.
#[derive(Debug, PartialEq)]
pub enum Value {
    /// An empty value.
    Null,
    /// True or false, in one of YAML's many spellings.
    Bool(bool),
    /// A number. Its text is in the source, at its span.
    Number(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A table. A repeated key is repeated.
    Table(Vec<(Node, Node)>),
}

impl Node {
    /// Its type, in words that follow "found".
    pub fn described(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Table(_) => "a table of keys",
        }
    }

    /// The place with everything in it, up to the end of the last value.
    pub fn extent(&self) -> Span {
        let end = match &self.value {
            Value::List(items) => items.last().map(|item| item.extent().end),
            Value::Table(pairs) => pairs.last().map(|(_, value)| value.extent().end),
            _ => None,
        };
        Span::new(
            self.span.start,
            end.unwrap_or(self.span.end).max(self.span.end),
        )
    }
}

/// Reads the YAML in `range` of `source`.
///
/// # Errors
/// The one fault that ended the reading, with its place.
pub fn read(source: &Source, range: Span) -> Result<Node, Box<Fault>> {
    let text = range.of(&source.text);
    match parse(text) {
        Ok(tree) => {
            let node = to_node(tree, &source.text, range.start);
            let is_text = matches!(node.value, Value::Text(_));
            let odd = is_text.then(|| repair::find_odd_sign(text, error_offset));
            match odd.flatten() {
                // Without a colon and a space, keys and values are one text.
                Some((slip, at)) => Err(Box::new(slip_fault(source, range.start + at, slip))),
                None => Ok(node),
            }
        }
        Err(error) => Err(Box::new(to_fault(source, range, &error))),
    }
}

fn parse(text: &str) -> Result<serde_yaml::Spanned<Tree>, serde_yaml::Error> {
    // No format nests deeper than eight, and each level takes its part of the stack.
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! { max_depth: 16, max_nodes: MOST_VALUES },
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::LastWins,
        non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
    };
    serde_yaml::from_str_with_options::<serde_yaml::Spanned<Tree>>(text, options)
}

/// Where a text cannot be read any further; `None` if it can be read to its end.
fn error_offset(text: &str) -> Option<usize> {
    parse(text).err().map(|error| locate_error(&error, text))
}

fn locate_error(error: &serde_yaml::Error, text: &str) -> usize {
    error.location().map_or(0, |location| {
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let place = LineColumn {
            line: count(location.line()).max(1),
            column: count(location.column()).max(1),
        };
        LineIndex::new(text).offset(text, place)
    })
}

fn to_fault(source: &Source, range: Span, error: &serde_yaml::Error) -> Fault {
    let text = range.of(&source.text);
    let reported = locate_error(error, text);
    let offset = reported;
    let (reason, offset) = match mistake::locate(text, offset) {
        Some((reason, place)) => (reason.to_owned(), place),
        None => (describe_error(error, text).to_owned(), offset),
    };
    let (slip, start) = match recognise_slip(text, offset, reported) {
        Some((slip, place)) => (Some(slip), place),
        None => (None, offset),
    };
    let start = text.floor_char_boundary(start);
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    let span = Span::new(start, start + length);
    let kind = FaultKind::BrokenYaml { reason, slip };
    Fault {
        place: Place::new(&source.path, span.shifted(range.start)),
        kind,
    }
}

/// The fault of a slip in a text that is YAML, and no table of keys.
fn slip_fault(source: &Source, at: usize, slip: Slip) -> Fault {
    let length = source.text[at..].chars().next().map_or(0, char::len_utf8);
    let kind = FaultKind::BrokenYaml {
        reason: "a key is missing its colon".to_owned(),
        slip: Some(slip),
    };
    Fault {
        place: Place::new(&source.path, Span::new(at, at + length)),
        kind,
    }
}

/// The most values that a file may have.
const MOST_VALUES: usize = 250_000;

/// The reason in words that follow "this cannot be read:", without a word of the library's own.
fn describe_error(error: &serde_yaml::Error, text: &str) -> &'static str {
    use serde_yaml::Error;
    use serde_yaml::budget::BudgetBreach;
    match error {
        Error::Budget {
            breach: BudgetBreach::Depth { .. },
            ..
        } => mistake::TOO_DEEP,
        Error::Budget {
            breach: BudgetBreach::Nodes { .. } | BudgetBreach::Events { .. },
            ..
        } => "it has more than 250,000 values",
        Error::Budget { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => REPEATED,
        Error::UnknownAnchor { .. } => mistake::UNKNOWN_NAME,
        Error::RecursiveReferencesRequireWeakTypes { .. } => "a name after * refers to itself",
        Error::MultipleDocuments { .. } => {
            "a second document begins here: write --- only round the keys"
        }
        Error::MergeValueNotMapOrSeqOfMaps { .. } | Error::MergeKeyNotAllowed { .. } => {
            "<< takes a table of keys"
        }
        Error::InvalidBinaryBase64 { .. }
        | Error::BinaryNotUtf8 { .. }
        | Error::TaggedScalarCannotDeserializeIntoString { .. }
        | Error::InvalidScalar { .. }
        | Error::InvalidBooleanStrict { .. } => {
            "a word that begins with ! says of which type the value is, and it is not: take it out, or put \
             quotes round the value"
        }
        _ => mistake::find_mistake(text).unwrap_or_else(|| {
            // Without a syntax error, only anchors and aliases are left.
            let has_names = text.contains('&') && text.contains('*');
            if has_names {
                REPEATED
            } else {
                "it is not written as keys and values"
            }
        }),
    }
}

const REPEATED: &str = "names with & and * repeat more than is read";

/// Recognises a common slip: an unclosed list, a value that needs quotes, or a tab.
fn recognise_slip(text: &str, offset: usize, reported: usize) -> Option<(Slip, usize)> {
    let odd = repair::find_odd_sign(text, error_offset);
    if odd.is_some() {
        return odd;
    }
    // A budget that is used up is no slip, and a large text takes long to parse.
    if let Some((line, at)) = find_unclosed_list(text, offset) {
        return Some((Slip::Unclosed(Some(line)), at));
    }
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let repair = repair::find_repair(text, offset.max(reported), error_offset);
    let repair = repair.or_else(|| repair::find_repair(text, offset, error_offset));
    repair.or_else(|| line.find('\t').map(|tab| (Slip::Tab, start + tab)))
}

/// Finds the last line up to `offset` that opens a list or table after a key and does not close it,
/// although the next line begins with a key. The parser fails only on that next line, or at the
/// end.
fn find_unclosed_list(text: &str, offset: usize) -> Option<(String, usize)> {
    let mut found = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let rest = &text[start + line.len()..];
        let next = rest.lines().find(|next| !next.trim().is_empty());
        let value = line.split_once(':').map_or("", |(_, value)| value).trim();
        let opens = |pair: [char; 2]| {
            value.starts_with(pair[0])
                && value.matches(pair[0]).count() > value.matches(pair[1]).count()
        };
        let close = [['[', ']'], ['{', '}']]
            .into_iter()
            .find(|pair| opens(*pair))
            .map(|pair| pair[1]);
        if let (Some(close), true) = (close, next.is_none_or(is_key_line)) {
            found = Some((
                format!("{}{close}", line.trim_end()),
                start + line.trim_end().len().saturating_sub(1),
            ));
        }
        start += line.len();
        if start > offset {
            break;
        }
    }
    found
}

/// Whether a line begins at the margin with a plain word and a colon.
fn is_key_line(line: &str) -> bool {
    let plain = |character: char| character.is_ascii_alphanumeric() || "_-".contains(character);
    line.split_once(':')
        .is_some_and(|(key, _)| !key.is_empty() && key.chars().all(plain))
}

/// A tree as the library returns it.
struct Tree(TreeValue);

enum TreeValue {
    Scalar(Value),
    List(Vec<serde_yaml::Spanned<Tree>>),
    Table(Vec<(serde_yaml::Spanned<Tree>, serde_yaml::Spanned<Tree>)>),
}

fn to_node(tree: serde_yaml::Spanned<Tree>, text: &str, by: usize) -> Node {
    let place = tree.referenced.span();
    let count = |number: Option<u64>| usize::try_from(number.unwrap_or(0)).unwrap_or(0);
    let start = count(place.byte_offset());
    let span = Span::new(start, start + count(place.byte_len())).shifted(by);
    let value = match tree.value.0 {
        TreeValue::Scalar(Value::Number(number)) if !is_number(span.of(text)) => {
            // The library reads more as a number than YAML 1.2 does: 1_000 and 0b101 are text.
            let typed = span.of(text);
            if typed.is_empty() {
                Value::Number(number)
            } else {
                Value::Text(typed.to_owned())
            }
        }
        TreeValue::Scalar(value) => value,
        TreeValue::List(items) => Value::List(
            items
                .into_iter()
                .map(|item| to_node(item, text, by))
                .collect(),
        ),
        TreeValue::Table(pairs) => {
            let pairs = pairs.into_iter();
            Value::Table(
                pairs
                    .map(|(key, value)| (to_node(key, text, by), to_node(value, text, by)))
                    .collect(),
            )
        }
    };
    Node { span, value }
}

/// Whether a bare word is a number in the core schema of YAML 1.2.
fn is_number(typed: &str) -> bool {
    let digits = |part: &str, of: &dyn Fn(u8) -> bool| !part.is_empty() && part.bytes().all(of);
    let decimal = |part: &str| digits(part, &|byte| byte.is_ascii_digit());
    if let Some(octal) = typed.strip_prefix("0o") {
        return digits(octal, &|byte| (b'0'..=b'7').contains(&byte));
    }
    if let Some(hexadecimal) = typed.strip_prefix("0x") {
        return digits(hexadecimal, &|byte| byte.is_ascii_hexdigit());
    }
    let unsigned = typed.strip_prefix(['+', '-']).unwrap_or(typed);
    if [".inf", ".Inf", ".INF"].contains(&unsigned) || [".nan", ".NaN", ".NAN"].contains(&typed) {
        return true;
    }
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    let of_digits = [whole, fraction]
        .iter()
        .all(|part| part.is_empty() || decimal(part));
    has_digits && of_digits && decimal(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("YAML")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Tree, E> {
        Ok(Tree(TreeValue::Scalar(Value::Null)))
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Tree, E> {
        self.visit_unit()
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree(TreeValue::Scalar(Value::Bool(value))))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "what was typed is read from the source, not from here"
    )]
    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Tree, E> {
        self.visit_f64(value as f64)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "what was typed is read from the source, not from here"
    )]
    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Tree, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree(TreeValue::Scalar(Value::Number(value))))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree(TreeValue::Scalar(Value::Text(
            printable(value).into_owned(),
        ))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Tree(TreeValue::List(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Tree, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = table.next_entry()? {
            pairs.push(pair);
        }
        Ok(Tree(TreeValue::Table(pairs)))
    }
}

/// The value that YAML gives to a bare word, if it differs from its text: false for `no`, 1000 for
/// `1e3`, 12 for `012`. Programs that trust YAML would show that value.
pub fn read_as(node: &Node, typed: &str) -> Option<String> {
    match node.value {
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()).filter(|read| read != typed),
        _ => None,
    }
}

/// The text of a scalar as typed, without quotes.
pub fn typed(node: &Node, source: &Source) -> Option<Spanned<String>> {
    let text = match &node.value {
        Value::Text(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => node.span.of(&source.text).to_owned(),
        Value::Null | Value::List(_) | Value::Table(_) => return None,
    };
    // The place within the quotes, if they enclose no escapes.
    let inner = Span::new(node.span.start + 1, node.span.end.saturating_sub(1));
    let quoted =
        node.span.of(&source.text).starts_with(['"', '\'']) && inner.of(&source.text) == text;
    Some(Spanned::new(text, if quoted { inner } else { node.span }))
}
