//! Makes texts of authors safe to show: no terminal escapes, line ends or commands to CI services.

use std::borrow::Cow;

use super::Span;

/// Replaces a character that must not be shown.
const REPLACEMENT: char = '\u{fffd}';

/// Replaces characters that no page may contain: noncharacters, and controls other than line ends
/// and tabs.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    let bad = |letter: char| {
        !matches!(letter, '\n' | '\r' | '\t') && (letter.is_control() || is_noncharacter(letter))
    };
    if !any_byte(text, may_be_bad) || !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|letter| if bad(letter) { REPLACEMENT } else { letter })
        .collect::<String>()
        .into()
}

/// Whether Markdown has no character that no page may contain, and no `&` that could produce one.
#[must_use]
pub fn is_plain_markdown(text: &str) -> bool {
    !any_byte(text, |byte| may_be_bad(byte) || byte == b'&')
}

/// Whether a byte is, or may begin, a control or a noncharacter. Almost no text has any.
fn may_be_bad(byte: u8) -> bool {
    let plain = byte.wrapping_sub(b' ') < 0xef - b' ' && byte != 0x7f && byte != 0xc2;
    !(plain || byte == b'\n' || byte == b'\r' || byte == b'\t')
}

/// Without an early return, so that the loop is vectorized.
fn any_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    text.bytes()
        .fold(0, |found, byte| found | u8::from(is(byte)))
        != 0
}

fn is_noncharacter(letter: char) -> bool {
    let number = u32::from(letter);
    (0xfdd0..=0xfdef).contains(&number) || number & 0xfffe == 0xfffe
}

/// Whether a character changes the direction of text, or is an invisible line end.
pub(super) fn is_invisible_format(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Commands of CI services in logs, and their harmless form.
const COMMANDS: [(&str, &str); 4] = [
    ("##[", "# #["),
    ("##vso[", "# #vso["),
    ("##teamcity[", "# #teamcity["),
    ("::", ": :"),
];

/// A text as one line for a terminal or a log. Two colons are separated at the beginning only, where
/// they can begin a command.
#[must_use]
pub fn one_line(text: &str) -> String {
    let plain = |letter: char| match letter {
        '\n' | '\r' | '\t' => ' ',
        letter if letter.is_control() || is_invisible_format(letter) || is_noncharacter(letter) => {
            REPLACEMENT
        }
        letter => letter,
    };
    let is_unchanged = !any_byte(text, |byte| !matches!(byte, b' '..=b'~'));
    if is_unchanged {
        return mask_commands(text.to_owned());
    }
    mask_commands(text.chars().map(plain).collect())
}

/// Masks everything in a line of a source that a terminal would obey. Every character keeps its length
/// in bytes, so that offsets stay valid.
#[must_use]
pub fn in_place(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for letter in line.chars() {
        let obeyed = (letter.is_control() && letter != '\t')
            || is_invisible_format(letter)
            || is_noncharacter(letter);
        match (obeyed, letter.len_utf8()) {
            (false, _) => out.push(letter),
            (true, 3) => out.push(REPLACEMENT),
            (true, bytes) => out.extend(std::iter::repeat_n('?', bytes)),
        }
    }
    for command in ["##[", "##vso[", "##teamcity["] {
        if out.contains(command) {
            out = out.replace(command, &command.replacen("##", "#?", 1));
        }
    }
    out
}

/// Output for a terminal: colours and line ends stay, all other escapes and commands are masked.
#[must_use]
pub fn for_terminal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|letter: char| {
        (letter.is_control() && !matches!(letter, '\n' | '\t')) || is_invisible_format(letter)
    }) {
        out.push_str(&rest[..at]);
        let letter = rest[at..].chars().next().unwrap_or_default();
        rest = &rest[at + letter.len_utf8()..];
        let colour = colour_length(letter, rest);
        if colour == 0 {
            out.push(REPLACEMENT);
        } else {
            out.push(letter);
            out.push_str(&rest[..colour]);
            rest = &rest[colour..];
        }
    }
    out.push_str(rest);
    mask_commands(out)
}

/// Masks the commands of CI services.
fn mask_commands(mut text: String) -> String {
    if text.contains("##") {
        for (command, masked) in &COMMANDS[..3] {
            if text.contains(command) {
                text = text.replace(command, masked);
            }
        }
    }
    let (command, masked) = COMMANDS[3];
    let is_command = |line: &str| line.trim_start().starts_with(command);
    if text.lines().any(is_command) {
        let part = |line: &str| {
            if is_command(line) {
                line.replacen(command, masked, 1)
            } else {
                line.to_owned()
            }
        };
        text = text.split_inclusive('\n').map(part).collect();
    }
    text
}

/// The length of the rest of a colour escape: `[`, numbers, `m`; 0 for other escapes.
fn colour_length(letter: char, rest: &str) -> usize {
    let Some(numbers) = rest.strip_prefix('[').filter(|_| letter == '\u{1b}') else {
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

/// Replaces every byte of these ranges by `x`, so that all offsets stay valid.
#[must_use]
pub fn blank_out(text: &str, parts: &[Span]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for part in parts.iter().filter(|part| text.get(part.range()).is_some()) {
        bytes[part.range()].fill(b'x');
    }
    // Spans are on character boundaries, so the result is UTF-8.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_commands_are_masked() {
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
