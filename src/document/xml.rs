//! XML as a sequence of steps. The only file that names the library for it.
//!
//! Nothing is fetched or expanded: documents with entity declarations are refused.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::refusal::Refusal;

/// The deepest nesting of elements that is read.
const DEEPEST: usize = 256;

/// An element, with names without namespace prefixes.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// Its name.
    pub(super) name: String,
    /// Names and values of its attributes.
    pub(super) attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether an attribute is present and true.
    pub(super) fn is(&self, name: &str) -> bool {
        self.get(name)
            .is_some_and(|value| matches!(value, "1" | "true" | "on"))
    }
}

/// One step through a document.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    /// An element begins.
    Open(&'a Element),
    /// Text in the element that was opened last.
    Text(&'a str),
    /// A comment or a processing instruction.
    Aside(&'a str),
    /// The element that was opened last ends.
    Close(&'a Element),
}

/// Calls `visit` for each step with the elements around it, outermost first.
pub(super) fn walk(
    bytes: &[u8],
    visit: &mut dyn FnMut(Step<'_>, &[Element]),
) -> Result<(), Refusal> {
    let text = decode(bytes)?;
    let mut reader = Reader::from_str(&text);
    let mut open: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().map_err(|_| Refusal::Broken)? {
            Event::Start(tag) => {
                let element = parse_element(&tag)?;
                visit(Step::Open(&element), &open);
                open.push(element);
            }
            Event::Empty(tag) => {
                let element = parse_element(&tag)?;
                visit(Step::Open(&element), &open);
                visit(Step::Close(&element), &open);
            }
            Event::End(_) => {
                let element = open.pop().ok_or(Refusal::Broken)?;
                visit(Step::Close(&element), &open);
            }
            Event::Text(text) => visit(Step::Text(&text.xml10_content()), &open),
            Event::CData(text) => visit(Step::Text(&text.xml10_content()), &open),
            Event::GeneralRef(reference) => {
                let letter = resolve_reference(&reference.into_inner()).ok_or(Refusal::Broken)?;
                visit(Step::Text(&letter), &open);
            }
            Event::Comment(text) => visit(Step::Aside(&text.xml10_content()), &open),
            Event::PI(instruction) => visit(Step::Aside(instruction.content()), &open),
            Event::Decl(_) => {}
            Event::Eof if open.is_empty() => return Ok(()),
            Event::DocType(_) | Event::Eof => return Err(Refusal::Broken),
        }
        if open.len() > DEEPEST {
            return Err(Refusal::Bomb);
        }
    }
}

/// The text of a reference: a character by its number, or one of the five predefined entities.
fn resolve_reference(reference: &str) -> Option<String> {
    let number = match reference.strip_prefix("#x") {
        Some(hex) => Some(u32::from_str_radix(hex, 16).ok()?),
        None => reference
            .strip_prefix('#')
            .map(|digits| digits.parse().ok())
            .unwrap_or_default(),
    };
    if let Some(number) = number {
        return char::from_u32(number).map(String::from);
    }
    quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned)
}

/// The name of the outermost element; empty if there is none.
pub(super) fn root_name(bytes: &[u8]) -> String {
    let Ok(text) = decode(bytes) else {
        return String::new();
    };
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return tag.local_name().as_ref().to_owned();
            }
            Ok(Event::Eof) | Err(_) => return String::new(),
            Ok(_) => {}
        }
    }
}

fn parse_element(tag: &BytesStart<'_>) -> Result<Element, Refusal> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|_| Refusal::Broken)?;
        let value = attribute
            .normalized_value(XmlVersion::Explicit1_0)
            .map_err(|_| Refusal::Broken)?;
        attributes.push((
            attribute.key.local_name().as_ref().to_owned(),
            value.into_owned(),
        ));
    }
    Ok(Element {
        name: tag.local_name().as_ref().to_owned(),
        attributes,
    })
}

/// Decodes a part, which is UTF-8 or, with a byte-order mark, UTF-16.
fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let decode_utf16 = |unit: fn([u8; 2]) -> u16| {
        let units = bytes[2..]
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units)
            .collect::<Result<String, _>>()
            .map_err(|_| Refusal::Broken)
    };
    match bytes {
        [0xff, 0xfe, ..] => decode_utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => decode_utf16(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => {
            String::from_utf8(rest.to_vec()).map_err(|_| Refusal::Broken)
        }
        _ => String::from_utf8(bytes.to_vec()).map_err(|_| Refusal::Broken),
    }
}
