//! Describes syntax errors of YAML in plain words.
//!
//! The YAML library reports syntax errors as text; the parser below it has a kind for each. Only a
//! text that the library refused is parsed here. The only file that names the parser.

use granit_parser::{ErrorKind, Parser};

/// A name after `*` that no `&` gives.
pub(super) const UNKNOWN_NAME: &str =
    "a value that begins with * refers to another one, and there is none: put quotes round it";

/// The first syntax error of a text, in words that follow "this cannot be read:".
pub(super) fn find_mistake(text: &str) -> Option<&'static str> {
    let options = granit_parser::options! { emit_comments: false };
    let mut parser = Parser::new_from_str_with_options(text, options);
    loop {
        match parser.next_event()? {
            Ok(_) => {}
            Err(error) => return Some(describe(error.kind())),
        }
    }
}

/// Finds errors that the parser reports at another place than their cause: the reason, and the
/// offset.
pub(super) fn locate(text: &str, offset: usize) -> Option<(&'static str, usize)> {
    let is_control = |character: char| {
        character.is_control() && !['\n', '\r', '\t', '\u{85}'].contains(&character)
    };
    if let Some(at) = text.find(is_control) {
        return Some(("there is a control character here: delete it", at));
    }
    let found = find_mistake(text)?;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let value = line.split_once(": ").map_or("", |(_, value)| value).trim();
        let at = start + line.find(": ").map_or(0, |at| at + 2);
        let open = ['"', '\'']
            .into_iter()
            .find(|quote| value.starts_with(*quote));
        let next = &text[start + line.len()..];
        let is_suspect =
            found == UNCLOSED_QUOTE || (found == COLUMN && !next.starts_with([' ', '\n', '\r']));
        if open.is_some_and(|quote| !value[1..].contains(quote)) && is_suspect {
            return Some((UNCLOSED_QUOTE, at));
        }
        let after = value
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
            .map_or("", |(_, after)| after);
        let is_prose = after.trim_start().starts_with(char::is_alphanumeric);
        if is_prose && (start..=start + line.len()).contains(&offset) {
            return Some((
                "a value begins with a bracket: put quotes round all of it",
                at,
            ));
        }
        start += line.len();
    }
    None
}

/// The reason for more levels than a file may have.
pub(super) const TOO_DEEP: &str = "brackets or lists lie in each other more than 16 deep";

const COLUMN: &str = "this line does not begin in the same column as its neighbours";

const UNCLOSED_QUOTE: &str = "a quote is never closed";

/// Mistakes have many names in the parser, and few that help to mend them.
fn describe(kind: &ErrorKind) -> &'static str {
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
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => UNCLOSED_QUOTE,
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            "words follow the closing quote: put the quotes round all of them"
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => {
            "a backslash in double quotes begins a code: use single quotes"
        }
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
        | E::UnexpectedEofBlockMapping => COLUMN,
        E::RecursionLimitExceeded => TOO_DEEP,
        E::BomInsideDocument => "there is a byte-order mark in the text: take it out",
        E::InvalidDocumentEnd | E::MultipleDocumentsUnsupported | E::ExpectedDocumentStart => {
            "the keys end here, and more follows: write --- only round the keys"
        }
        _ => describe_value_error(kind),
    }
}

/// Mistakes that mostly go away with quotes round a value.
fn describe_value_error(kind: &ErrorKind) -> &'static str {
    use ErrorKind as E;
    match kind {
        E::SimpleKeyExpected | E::InvalidSimpleKey => "a key is missing its colon",
        E::MappingKeyNotAllowed
        | E::MappingValueNotAllowed
        | E::InvalidColonPlacement
        | E::InvalidMappingValueWhitespace
        | E::FlowMappingValueAdjacentCollection => {
            "there is a colon in the value: put quotes round it"
        }
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
        E::UnexpectedCharacter { .. } => {
            "the value begins with a sign of YAML's own: put quotes round it"
        }
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

#[cfg(test)]
mod tests {
    use crate::text::{Source, Span};

    #[test]
    fn describes_each_mistake_in_plain_words() {
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
            ("a: &b [*b]", "refers to"),
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
            assert!(
                reason.as_ref().is_some_and(|reason| reason.contains(words)),
                "{shown}: {reason:?}"
            );
            let own = [
                "scalar", "mapping", "sequence", "flow", "anchor", "alias", "token", "parsing", "_",
            ];
            assert!(
                reason.is_some_and(|reason| own.iter().all(|word| !reason.contains(word))),
                "{shown}"
            );
        }
    }
}
