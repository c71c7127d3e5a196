//! Letters of the symbol fonts of Word.

/// Whether a font has pictures in place of letters.
pub(super) fn is_symbol_font(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    font == "symbol" || font.starts_with("wingdings") || font == "webdings"
}

/// The character that a letter of a symbol font shows; `None` if it is unknown.
pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    // Fonts of this kind are encoded at U+F000.
    let code = code & 0xff;
    let letter = char::from_u32(code)?;
    match font.to_ascii_lowercase().as_str() {
        "symbol" => greek(letter),
        "wingdings" => Some(match code {
            0x20 => ' ',
            0x4a => '☺',
            0x4b => '😐',
            0x4c => '☹',
            0x6c | 0x9f | 0xb7 => '•',
            0x6e | 0xa7 => '▪',
            0x6f | 0xa8 | 0x71 | 0x72 => '☐',
            0x76 | 0x77 => '❖',
            0xd8 => '➢',
            0xe0 | 0xe8 => '→',
            0xdf => '←',
            0xe1 => '↑',
            0xe2 => '↓',
            0xfb => '✗',
            0xfc => '✓',
            0xfd => '☒',
            0xfe => '☑',
            _ => return None,
        }),
        "wingdings 2" => Some(match code {
            0x20 => ' ',
            0x4f => '✗',
            0x50 => '✓',
            0x51 | 0x53 => '☒',
            0x52 => '☑',
            0x97 => '•',
            0xa3 => '☐',
            _ => return None,
        }),
        "wingdings 3" => Some(match code {
            0x20 => ' ',
            0x66 => '←',
            0x67 => '→',
            0x68 => '↑',
            0x69 => '↓',
            0x7d => '►',
            _ => return None,
        }),
        "webdings" => match code {
            0x20 => Some(' '),
            0x61 => Some('✓'),
            0x72 => Some('✗'),
            _ => None,
        },
        // Another font, in which the letter is itself.
        _ => Some(letter),
    }
}

fn greek(letter: char) -> Option<char> {
    const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    const LARGE: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    let nth = |letters: &str, from: char| {
        let at = u32::from(letter) - u32::from(from);
        letters.chars().nth(at as usize)
    };
    match letter {
        'a'..='z' => nth(SMALL, 'a'),
        'A'..='Z' => nth(LARGE, 'A'),
        ' '..='~' => Some(letter),
        '\u{a3}' => Some('≤'),
        '\u{ab}' => Some('↔'),
        '\u{ac}' => Some('←'),
        '\u{ad}' => Some('↑'),
        '\u{ae}' => Some('→'),
        '\u{af}' => Some('↓'),
        '\u{b0}' => Some('°'),
        '\u{b1}' => Some('±'),
        '\u{b3}' => Some('≥'),
        '\u{b4}' => Some('×'),
        '\u{b7}' => Some('•'),
        '\u{b8}' => Some('÷'),
        '\u{b9}' => Some('≠'),
        '\u{bb}' => Some('≈'),
        '\u{bc}' => Some('…'),
        '\u{d6}' => Some('√'),
        '\u{e5}' => Some('∑'),
        _ => None,
    }
}

/// A figure above or below the line; any other letter as it is.
pub(super) fn raise(letter: char, is_above: bool) -> char {
    const FIGURES: [[char; 10]; 2] = [
        ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'],
        ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'],
    ];
    let figures = &FIGURES[usize::from(is_above)];
    letter
        .to_digit(10)
        .map_or(letter, |figure| figures[figure as usize])
}
