//! Texts of authors as they may be shown: nothing in them moves a cursor, ends a line or speaks to a machine.

use std::borrow::Cow;

use super::Span;

/// What stands for a sign that cannot be shown.
const INSTEAD: char = '\u{fffd}';

/// A text without signs that no page and no feed may hold: controls but for line ends and tabs, and signs that are none.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    let bad = |sign: char| {
        !matches!(sign, '\n' | '\r' | '\t') && (sign.is_control() || is_no_character(sign))
    };
    if !any_byte(text, may_be_bad) || !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|sign| if bad(sign) { INSTEAD } else { sign })
        .collect::<String>()
        .into()
}

/// Whether Markdown surely holds no sign that no page may hold, and no `&` by which one could come in.
#[must_use]
pub fn is_plain_markdown(text: &str) -> bool {
    !any_byte(text, |byte| may_be_bad(byte) || byte == b'&')
}

/// Controls are below the space, or behind one of these bytes, as are signs that are none; nearly no text has either.
fn may_be_bad(byte: u8) -> bool {
    let plain = byte.wrapping_sub(b' ') < 0xef - b' ' && byte != 0x7f && byte != 0xc2;
    !(plain || byte == b'\n' || byte == b'\r' || byte == b'\t')
}

/// No early end: so many bytes are looked at in one step.
fn any_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes()
        .fold(0, |found, byte| found | u8::from(is(byte)))
        != 0
}

fn is_no_character(sign: char) -> bool {
    let number = u32::from(sign);
    (0xfdd0..=0xfdef).contains(&number) || number & 0xfffe == 0xfffe
}

/// Signs that change the order in which others are shown, or end a line where nobody sees it.
fn turns(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What services that run pipelines take for an order, wherever it stands in a line.
const ORDERS: [(&str, &str); 4] = [
    ("##[", "# #["),
    ("##vso[", "# #vso["),
    ("##teamcity[", "# #teamcity["),
    ("::", ": :"),
];

/// A text as one line for a terminal or a log. Two colons are parted only where they could begin an order: at its
/// beginning.
#[must_use]
pub fn one_line(text: &str) -> String {
    let plain = |sign: char| match sign {
        '\n' | '\r' | '\t' => ' ',
        sign if sign.is_control() || turns(sign) || is_no_character(sign) => INSTEAD,
        sign => sign,
    };
    without_orders(text.chars().map(plain).collect())
}

/// A line of a source with everything covered that a terminal would obey; every sign keeps its bytes, so that places
/// in it still fit.
#[must_use]
pub fn in_place(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for sign in line.chars() {
        let obeyed = (sign.is_control() && sign != '\t') || turns(sign) || is_no_character(sign);
        match (obeyed, sign.len_utf8()) {
            (false, _) => out.push(sign),
            (true, 3) => out.push(INSTEAD),
            (true, bytes) => out.extend(std::iter::repeat_n('?', bytes)),
        }
    }
    for order in ["##[", "##vso[", "##teamcity["] {
        if out.contains(order) {
            out = out.replace(order, &order.replacen("##", "#?", 1));
        }
    }
    out
}

/// What a terminal gets: the program's own colours and lines, and nothing else that it, or whoever reads along, would
/// obey.
#[must_use]
pub fn for_terminal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) =
        rest.find(|sign: char| (sign.is_control() && !matches!(sign, '\n' | '\t')) || turns(sign))
    {
        out.push_str(&rest[..at]);
        let sign = rest[at..].chars().next().unwrap_or_default();
        rest = &rest[at + sign.len_utf8()..];
        let colour = colour(sign, rest);
        if colour == 0 {
            out.push(INSTEAD);
        } else {
            out.push(sign);
            out.push_str(&rest[..colour]);
            rest = &rest[colour..];
        }
    }
    out.push_str(rest);
    without_orders(out)
}

/// Lines none of which gives an order to a service that runs pipelines.
fn without_orders(mut text: String) -> String {
    for (order, parted) in &ORDERS[..3] {
        if text.contains(order) {
            text = text.replace(order, parted);
        }
    }
    let (order, parted) = ORDERS[3];
    let orders = |line: &str| line.trim_start().starts_with(order);
    if text.lines().any(orders) {
        let part = |line: &str| {
            if orders(line) {
                line.replacen(order, parted, 1)
            } else {
                line.to_owned()
            }
        };
        text = text.split_inclusive('\n').map(part).collect();
    }
    text
}

/// The length of what makes an escape a colour: `[`, numbers, `m`. Of others it is 0.
fn colour(sign: char, rest: &str) -> usize {
    let Some(numbers) = rest.strip_prefix('[').filter(|_| sign == '\u{1b}') else {
        return 0;
    };
    let length = numbers
        .bytes()
        .take_while(|byte| byte.is_ascii_digit() || *byte == b';')
        .count();
    if numbers[length..].starts_with('m') {
        length + 2
    } else {
        0
    }
}

/// A text with an `x` for every byte of these parts, so that every other place stays where it is.
#[must_use]
pub fn blanked(text: &str, parts: &[Span]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for part in parts.iter().filter(|part| text.get(part.range()).is_some()) {
        bytes[part.range()].fill(b'x');
    }
    // Whole signs are replaced by whole signs: it is a text still.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_machine_obeys_is_left() {
        assert_eq!(
            printable("a\u{0}b\u{85}c\u{ffff}\n"),
            "a\u{fffd}b\u{fffd}c\u{fffd}\n"
        );
        assert!(matches!(printable("Écart – fine\n"), Cow::Borrowed(_)));
        assert!(
            is_plain_markdown("Écart – fine\n")
                && !is_plain_markdown("a&#0;")
                && !is_plain_markdown("a\u{7f}")
        );
        assert_eq!(
            one_line("a\r\n::error::b ##[x] ##vso[y]\u{202e}"),
            "a  ::error::b # #[x] # #vso[y]\u{fffd}"
        );
        assert_eq!(one_line("::error::"), ": :error::");
        let line = "a\u{1b}[2J\u{80}\u{202e}##[";
        assert_eq!(in_place(line).len(), line.len());
        assert_eq!(in_place(line), "a?[2J??\u{fffd}#?[");
        assert_eq!(
            for_terminal("\u{1b}[1;31mred\u{1b}[0m \u{1b}[2J\u{7}\u{1b}]8;;x"),
            "\u{1b}[1;31mred\u{1b}[0m \u{fffd}[2J\u{fffd}\u{fffd}]8;;x"
        );
        assert_eq!(
            for_terminal("a::b\n  ::error::c\n##[d]"),
            "a::b\n  : :error::c\n# #[d]"
        );
    }
}
