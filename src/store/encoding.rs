//! Texts in other encodings than UTF-8, as Notepad and Word save them.

/// Decodes a text that is not UTF-8: UTF-16 with or without a byte-order mark, or Windows-1252. `None`
/// if it is UTF-8, or ambiguous.
#[must_use]
pub fn decode_other(bytes: &[u8]) -> Option<(String, &'static str)> {
    let little = |bytes: &[u8]| decode_utf16(bytes, u16::from_le_bytes);
    let big = |bytes: &[u8]| decode_utf16(bytes, u16::from_be_bytes);
    let (text, name) = match bytes {
        [0xff, 0xfe, rest @ ..] => (little(rest), "UTF-16"),
        [0xfe, 0xff, rest @ ..] => (big(rest), "UTF-16"),
        // The first character of an entry is a dash, so every other byte is zero.
        [b'-' | b'#' | b'a'..=b'z' | b'A'..=b'Z', 0, ..] => (little(bytes), "UTF-16"),
        [0, b'-' | b'#' | b'a'..=b'z' | b'A'..=b'Z', ..] => (big(bytes), "UTF-16"),
        _ if std::str::from_utf8(bytes).is_ok() => return None,
        _ => (decode_windows(bytes), "Windows-1252"),
    };
    Some((text?, name))
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return None;
    };
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|text| is_text(text))
}

/// Decodes Windows-1252, the encoding of older English programs. `None` if a byte has no meaning in
/// it, or if most characters would be no ASCII: the file is no text then.
fn decode_windows(bytes: &[u8]) -> Option<String> {
    let text: Option<String> = bytes.iter().map(|byte| windows_letter(*byte)).collect();
    let others = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    text.filter(|text| others * 4 < bytes.len() && is_text(text))
}

/// Whether it has no control characters but line ends and tabs.
fn is_text(text: &str) -> bool {
    text.chars()
        .all(|letter| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t'))
}

fn windows_letter(byte: u8) -> Option<char> {
    const HIGH: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0',
        '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => Some(HIGH[usize::from(byte - 0x80)]).filter(|letter| *letter != '\0'),
        _ => Some(char::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_encodings_are_read_where_only_one_is_possible() {
        let text = "---\ntitle: Café – 5 £\n---\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mark = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            mark(&[0xff, 0xfe], &little),
            mark(&[0xfe, 0xff], &big),
            little.clone(),
            big.clone(),
        ] {
            assert_eq!(decode_other(&bytes), Some((text.to_owned(), "UTF-16")));
        }
        let windows = b"---\ntitle: Caf\xe9 \x96 5 \xa3\n---\n";
        assert_eq!(
            decode_other(windows),
            Some((text.to_owned(), "Windows-1252"))
        );
        assert_eq!(decode_other(text.as_bytes()), None);
        assert_eq!(decode_other(b"PK\x03\x04\xff\xfe\x00\x01"), None);
        assert_eq!(decode_other(b"words \x81 words"), None);
        assert_eq!(decode_other(&[0xff, 0xfe, 0x41]), None);
    }
}
