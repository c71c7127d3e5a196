//! Plain YAML as a tree, straight from the parser below the YAML library: tables and lists of words, dates and numbers.
//! That is all that most files hold, and the library takes three times as long to say where each of them stands.
//!
//! Whatever YAML could read in more than one way, refers to something else, is deep, long or broken is left to the
//! library, and so is every fault. The only file that names the parser.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StrInput};

use super::{Node, Value};
use crate::text::{Span, printable};

/// Levels, and values, beyond which a text is not plain.
const DEEPEST: usize = 8;
const MOST: usize = 4096;

/// The table that `text` is, where it is plain. Places are counted from `by`.
pub fn read(text: &str, by: usize) -> Option<Node> {
    let options = granit_parser::options! { emit_comments: false };
    let mut reading = Reading { parser: Parser::new_from_str_with_options(text, options), by, values: 0 };
    matches!(reading.next()?.0, Event::StreamStart).then_some(())?;
    matches!(reading.next()?.0, Event::DocumentStart(false, None)).then_some(())?;
    let (start, span) = reading.next()?;
    let table = matches!(start, Event::MappingStart(..)).then(|| reading.node(start, span, 0))??;
    matches!(reading.next()?.0, Event::DocumentEnd).then_some(())?;
    matches!(reading.next()?.0, Event::StreamEnd).then_some(table)
}

/// A name after `*` that no `&` gives.
pub const UNKNOWN_NAME: &str =
    "a value that begins with * stands for another one, and there is none: put quotes round it";

/// The first mistake in the signs of a text, in words that follow "this cannot be read:".
pub fn mistake(text: &str) -> Option<&'static str> {
    let options = granit_parser::options! { emit_comments: false };
    let mut parser = Parser::new_from_str_with_options(text, options);
    loop {
        match parser.next_event()? {
            Ok(_) => {}
            Err(error) => return Some(in_words(error.kind())),
        }
    }
}

/// Mistakes have many names in the parser, and few that help to mend them.
fn in_words(kind: &ErrorKind) -> &'static str {
    use ErrorKind as E;
    match kind {
        E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::UnclosedFlowCollection { .. }
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator => "a bracket is never closed, or a comma is missing",
        E::MisplacedFlowCollectionEnd | E::MismatchedFlowCollectionEnd { .. } => {
            "a bracket is closed that is not open"
        }
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => "a quote is never closed",
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            "words follow the closing quote: put the quotes round all of them"
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => "a backslash in double quotes begins a code: use single quotes",
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => "there is a tab: use spaces",
        E::InvalidIndentation
        | E::InvalidQuotedScalarIndent
        | E::InvalidFlowScalarIndent
        | E::InvalidBlockScalarIndent
        | E::ZeroBlockScalarIndent
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::UnexpectedEofBlockSequence
        | E::UnexpectedEofBlockMapping => "this line does not begin in the same column as its neighbours",
        E::RecursionLimitExceeded => super::TOO_DEEP,
        E::BomInsideDocument => "a byte-order mark stands in the text: take it out",
        E::InvalidDocumentEnd | E::MultipleDocumentsUnsupported | E::ExpectedDocumentStart => {
            "the keys end here, and more follows: write --- only round the keys"
        }
        _ => of_a_value(kind),
    }
}

/// Mistakes that mostly go away with quotes round a value.
fn of_a_value(kind: &ErrorKind) -> &'static str {
    use ErrorKind as E;
    match kind {
        E::SimpleKeyExpected | E::InvalidSimpleKey => "a key is missing its colon",
        E::MappingKeyNotAllowed
        | E::MappingValueNotAllowed
        | E::InvalidColonPlacement
        | E::InvalidMappingValueWhitespace
        | E::FlowMappingValueAdjacentCollection => "there is a colon in the value: put quotes round it",
        E::BlockEntryInFlowCollection
        | E::BlockSequenceEntryNotAllowed
        | E::InvalidBlockEntryWhitespace
        | E::PlainScalarStartsWithDashFlowIndicator => {
            "a dash begins a line of a list: give it a line of its own, or put quotes round the value"
        }
        E::UnknownAnchor => UNKNOWN_NAME,
        E::MissingAnchorOrAliasName => "a value begins with & or *: put quotes round it",
        E::UndeclaredTagHandle
        | E::ExpectedTagBang
        | E::ExpectedTagDirectiveBang
        | E::InvalidGlobalTagCharacter
        | E::InvalidTagDirectiveTerminator
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::InvalidTagEscape
        | E::InvalidTagUtf8LeadingByte
        | E::InvalidTagUtf8TrailingByte
        | E::InvalidTagUtf8 => "a value begins with !: put quotes round it",
        E::UnexpectedCharacter { .. } => "the value begins with a sign of YAML's own: put quotes round it",
        E::CommentNotSeparated | E::CommentInterceptedScalar => {
            "a # begins a remark: put quotes round the value"
        }
        E::InvalidBlockScalarHeader => "nothing but a remark may follow | or > on its line",
        E::DuplicateVersionDirective
        | E::UnsupportedYamlMajorVersion
        | E::DuplicateTagDirective
        | E::MissingDocumentEndBeforeDirective
        | E::DirectiveDisallowed
        | E::InvalidDirectiveTerminator
        | E::MissingYamlVersionSeparator
        | E::MissingDirectiveName
        | E::InvalidDirectiveName
        | E::DirectiveByteLimitExceeded { .. }
        | E::TooManyReservedDirectiveParams { .. }
        | E::YamlVersionTooLong
        | E::MissingYamlVersion => "a line begins with %: put quotes round the value",
        _ => "it is not written as keys and values",
    }
}

struct Reading<'a> {
    parser: Parser<'a, StrInput<'a>>,
    by: usize,
    values: usize,
}

impl<'a> Reading<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        let (event, place) = self.parser.next_event()?.ok()?;
        let range = place.byte_range()?;
        Some((event, Span::new(range.start, range.end).shifted(self.by)))
    }

    /// The value that begins with an event. Nothing that is plain has an anchor or a tag.
    fn node(&mut self, start: Event<'a>, span: Span, depth: usize) -> Option<Node> {
        self.values += 1;
        if depth > DEEPEST || self.values > MOST {
            return None;
        }
        let value = match start {
            Event::Scalar(text, ScalarStyle::Plain, 0, None) => plain(&text)?,
            Event::Scalar(text, _, 0, None) => words(&text),
            Event::SequenceStart(_, 0, None) => self.list(depth)?,
            Event::MappingStart(_, 0, None) => self.table(depth)?,
            _ => return None,
        };
        Some(Node { span, value })
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Some(Value::List(items)),
                (start, span) => items.push(self.node(start, span, depth + 1)?),
            }
        }
    }

    fn table(&mut self, depth: usize) -> Option<Value> {
        let mut pairs = Vec::new();
        loop {
            match self.next()? {
                (Event::MappingEnd, _) => return Some(Value::Table(pairs)),
                (start, span) => {
                    let key = self.node(start, span, depth + 1)?;
                    matches!(key.value, Value::Text(_)).then_some(())?;
                    let (start, span) = self.next()?;
                    pairs.push((key, self.node(start, span, depth + 1)?));
                }
            }
        }
    }
}

fn words(text: &str) -> Value {
    Value::Text(printable(text).into_owned())
}

/// What a bare word is, where that is beyond doubt.
fn plain(text: &str) -> Option<Value> {
    match text {
        // The parser writes the second for nothing as well.
        "" | "~" => Some(Value::Null),
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        _ if is_number(text) => text.parse().ok().map(Value::Number),
        _ if is_date(text) || is_word(text) => Some(words(text)),
        _ => None,
    }
}

/// A few digits, with or without a fraction, and without a zero in front by which some would read it as octal.
fn is_number(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|sign| sign.is_ascii_digit());
    digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0'))
}

/// Digits in the form of `2026-11-21`.
fn is_date(text: &str) -> bool {
    let fits =
        |(at, sign): (usize, u8)| if matches!(at, 4 | 7) { sign == b'-' } else { sign.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(fits)
}

/// Begins with a letter, and is none of the words that YAML, old or new, takes for something else.
fn is_word(text: &str) -> bool {
    const OTHER: [&str; 12] =
        ["null", "true", "false", "yes", "no", "y", "n", "on", "off", "inf", "infinity", "nan"];
    let other = || {
        let bare = text.trim();
        OTHER.iter().any(|other| other.eq_ignore_ascii_case(bare))
    };
    text.starts_with(|sign: char| sign.is_ascii_alphabetic()) && !(text.len() <= 8 && other())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Fault;
    use crate::parse::yaml::by_library;
    use crate::text::Source;
    use proptest::prelude::*;

    /// What both say of a text, where it is plain.
    fn both(text: &str) -> Option<(Node, Result<Node, Box<Fault>>)> {
        let source = Source::new("x.md", &format!("---\n{text}"));
        let range = Span::new(4, source.text.len());
        Some((read(text, range.start)?, by_library(&source, range)))
    }

    /// Words of front matter.
    const WORDS: &[&str] = &[
        "title", "K1", "a b", "écart", "B’s", "2026-11-21", "1", "0.5", "true", "~", "", "a\n  b", "x # y",
        "|\n  z",
    ];

    /// What turns front matter into something else.
    const SIGNS: &[&str] = &[
        ": ", ":", "- ", "-", "\n", "\n  ", "\n    ", "\n- ", "\n\n", "\r\n", "\t", "[", "]", "{", "}", ", ",
        ",", "'", "\"", "''", "\\n", "#", " # x", "|", ">", "|-\n  ", "&a ", "*a", "!!str ", "! ", "<<: ",
        "? ", "---", "...", "%", "@", "`", "null", "Null", "True", "yes", "No", "y", "on", "OFF", "07",
        "0x1", "1.", ".5", ".inf", "inf", "NaN", "1e3", "1_000", "-1", "+1", "12:30", "9999999999",
        "infinity", " ", "=", "\u{85}", "\u{feff}", "\u{1}", "\u{2028}",
    ];

    fn front_matter() -> impl Strategy<Value = String> {
        let part = || prop_oneof![12 => prop::sample::select(WORDS), 1 => prop::sample::select(SIGNS)];
        let parts = |most| prop::collection::vec(part(), 0..most);
        let list = parts(4).prop_map(|parts| format!("[{}]", parts.join(", ")));
        let items = parts(4)
            .prop_map(|parts| parts.iter().fold(String::new(), |items, part| items + "\n  - " + part));
        let quoted = parts(4).prop_map(|parts| format!("\"{}\"", parts.concat()));
        let single = parts(3).prop_map(|parts| format!("'{}'", parts.concat()));
        let value = prop_oneof![3 => parts(3).prop_map(|parts| parts.concat()), 1 => list, 1 => items, 1 => quoted, 1 => single];
        let key = prop_oneof![8 => "[a-d]", 1 => part().prop_map(str::to_owned)];
        let line = (key, value).prop_map(|(key, value)| format!("{key}: {value}\n"));
        prop::collection::vec(line, 0..5).prop_map(|lines| lines.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]
        #[test]
        fn plain_text_is_read_as_the_library_reads_it(text in front_matter()) {
            if let Some((plain, library)) = both(&text) {
                prop_assert_eq!(Ok(plain), library, "{:?}", text);
            }
        }
    }

    #[test]
    fn mistakes_are_told_in_plain_words() {
        use crate::parse::yaml::read as read_all;
        let many = format!("a: [{}]", "x, ".repeat(260_000));
        for (text, words) in [
            ("a: [b", "bracket"),
            ("a: b]\nc: {d]", "bracket"),
            ("a: \"b", "quote is never closed"),
            ("a: \"b\" c", "closing quote"),
            ("a: \"\\q\"", "backslash"),
            ("a:\n\tb: c", "tab"),
            ("a: b: c", "colon"),
            ("a:\n  b: c\n d: e", "column"),
            ("a: b\nc", "colon"),
            ("a: *b", "begins with *"),
            ("a: &", "begins with &"),
            ("a: !x!y b", "begins with !"),
            ("a: @home", "sign of YAML's own"),
            ("a: `b`", "sign of YAML's own"),
            ("a: !!binary \"?\"", "type"),
            ("a: !!int x", "type"),
            ("a: b\n---\nc: d", "document"),
            ("a: |x\n b", "| or >"),
            ("%YAML x\n---\nb: c", "%"),
            ("a: &b [*b]", "stands for"),
            ("<<: x", "<<"),
            (&many, "250,000 values"),
            (&format!("a: {}{}", "[".repeat(40), "]".repeat(40)), "deep"),
        ] {
            let source = Source::new("x.yaml", text);
            let fault = read_all(&source, Span::new(0, text.len())).err();
            let reason = fault.map(|fault| match fault.kind {
                crate::diagnostic::FaultKind::BrokenYaml { reason, .. } => reason,
                other => format!("{other:?}"),
            });
            let shown: String = text.chars().take(40).collect();
            assert!(reason.as_ref().is_some_and(|reason| reason.contains(words)), "{shown}: {reason:?}");
            let own = ["scalar", "mapping", "sequence", "flow", "anchor", "alias", "token", "parsing", "_"];
            assert!(reason.is_some_and(|reason| own.iter().all(|word| !reason.contains(word))), "{shown}");
        }
    }

    #[test]
    fn what_most_entries_say_is_plain_and_nothing_in_doubt_is() {
        let usual = "title: Asked for help, \"early\"\ndate: 2026-11-21\nksbs: [K1, S2]\nhours: 1.5 # or so\n\
            actions:\n  - text: 'Read it'\n    by: 2026-12-01\n    done: false\nnote: >-\n  Two\n  lines\nnone:\n";
        assert!(both(usual).is_some_and(|(plain, library)| Ok(plain) == library));
        for doubtful in [
            "a: yes", "a: 012", "a: 1e3", "a: Null", "a: .inf", "a: &x b", "a: *x", "a: !!str b", "<<: b",
            "- a", "a", "", "a: 1\n---\nb: 2", "--- \na: b", "%YAML 1.2\n---\na: b", "a: [b", "a: b\n c: d",
            "a: \"b", "a: NaN",
        ] {
            assert_eq!(read(doubtful, 0), None, "{doubtful}");
        }
        let deep = |levels: usize| format!("a: {}b{}", "[".repeat(levels), "]".repeat(levels));
        assert!(read(&deep(7), 0).is_some());
        assert_eq!(read(&deep(8), 0), None);
        assert_eq!(read(&format!("a: [{}]", "b, ".repeat(5000)), 0), None);
    }
}
