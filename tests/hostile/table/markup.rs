//! A strict parser for generated HTML and XML: markup that two parsers could read differently is an
//! error.

use super::Problems;

/// A piece of a document.
pub enum Piece<'a> {
    Text(&'a str),
    Open {
        name: &'a str,
        attributes: Vec<(&'a str, String)>,
        closed: bool,
    },
    Close(&'a str),
}

/// The pieces of a document that begins with `head`, and syntax errors.
pub fn pieces<'a>(document: &'a str, head: &str) -> (Vec<Piece<'a>>, Problems) {
    let (mut pieces, mut problems) = (Vec::new(), Problems::new());
    let mut rest = document.strip_prefix(head).unwrap_or_else(|| {
        problems.push(format!("it does not begin with {head:?}"));
        document
    });
    while let Some(at) = rest.find('<') {
        pieces.push(Piece::Text(&rest[..at]));
        rest = &rest[at + 1..];
        let Some((piece, length)) = tag(rest) else {
            problems.push(format!(
                "no tag: {:?}",
                rest.chars().take(60).collect::<String>()
            ));
            continue;
        };
        rest = &rest[length..];
        if matches!(piece, Piece::Open { name: "style", .. }) {
            rest = &rest[rest.find("</style>").unwrap_or(0)..];
        }
        pieces.push(piece);
    }
    pieces.push(Piece::Text(rest));
    (pieces, problems)
}

/// The tag after `<`, and its length.
fn tag(rest: &str) -> Option<(Piece<'_>, usize)> {
    let end = rest.find('>')?;
    let inside = &rest[..end];
    if inside.contains('<') {
        return None;
    }
    if let Some(name) = inside.strip_prefix('/') {
        return is_name(name).then_some((Piece::Close(name), end + 1));
    }
    let (inside, closed) = match inside.strip_suffix('/') {
        Some(inside) => (inside.trim_end_matches(' '), true),
        None => (inside, false),
    };
    let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
    let attributes = read_attributes(attributes)?;
    is_name(name).then_some((
        Piece::Open {
            name,
            attributes,
            closed,
        },
        end + 1,
    ))
}

fn is_name(name: &str) -> bool {
    name.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && name.chars().all(|sign| sign.is_ascii_alphanumeric())
}

fn read_attributes(mut rest: &str) -> Option<Vec<(&str, String)>> {
    let mut attributes = Vec::new();
    while !rest.is_empty() {
        let plain = |sign: char| sign.is_ascii_alphanumeric() || "-:".contains(sign);
        let (name, after) =
            rest.split_at(rest.find(|sign: char| !plain(sign)).unwrap_or(rest.len()));
        if name.is_empty() || attributes.iter().any(|(other, _)| *other == name) {
            return None;
        }
        let (value, after) = match after.strip_prefix("=\"") {
            Some(after) => after.split_once('"')?,
            None => ("", after),
        };
        attributes.push((name, unescaped(value)));
        rest = match after.strip_prefix(' ') {
            Some(more) => more,
            None if after.is_empty() => after,
            None => return None,
        };
    }
    Some(attributes)
}

/// `text` with entities decoded.
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (sign, length) = entity(&rest[at..]).unwrap_or(('&', 1));
        out.push(sign);
        rest = &rest[at + length..];
    }
    out + rest
}

/// The entity at the start of `text`, and its length.
pub fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.find(';').filter(|end| *end <= 10)?;
    let name = &text[1..end];
    let sign = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)?
        }
    };
    Some((sign, end + 1))
}
