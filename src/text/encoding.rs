//! Texts in other encodings than UTF-8, as Notepad and Word save them.

/// Decodes a text in UTF-8, with or without a byte-order mark, or as [`decode_other`] does. `None`
/// if it is no text.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((text, _)) = decode_other(bytes) {
        return Some(text);
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    is_text(text).then(|| text.to_owned())
}

/// Decodes a text that is not UTF-8: UTF-16 with or without a byte-order mark, or Windows-1252. `None`
/// if it is UTF-8, or ambiguous.
#[must_use]
pub fn decode_other(bytes: &[u8]) -> Option<(String, &'static str)> {
    let little = |bytes: &[u8]| decode_utf16(bytes, u16::from_le_bytes);
    let big = |bytes: &[u8]| decode_utf16(bytes, u16::from_be_bytes);
    let (text, name) = match bytes {
        [0xff, 0xfe, rest @ ..] => (little(rest), "UTF-16"),
        [0xfe, 0xff, rest @ ..] => (big(rest), "UTF-16"),
        _ if has_zeros(bytes, 1) => (little(bytes), "UTF-16"),
        _ if has_zeros(bytes, 0) => (big(bytes), "UTF-16"),
        _ if std::str::from_utf8(bytes).is_ok() => return None,
        _ => (decode_windows(bytes), "Windows-1252"),
    };
    Some((text?, name))
}

/// Whether most bytes at even or odd places are zero, as in UTF-16 of English.
fn has_zeros(bytes: &[u8], at: usize) -> bool {
    let head = &bytes[..bytes.len().min(512) & !1];
    let places = head.iter().skip(at).step_by(2);
    let zeros = places.filter(|byte| **byte == 0).count();
    head.len() >= 4 && bytes.len().is_multiple_of(2) && zeros * 4 > head.len()
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return None;
    };
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok().filter(|text| is_text(text))
}

/// Decodes Windows-1252, the encoding of older English programs. `None` if a byte has no meaning in
/// it, or if half of the characters would not be ASCII: the file is no text then.
fn decode_windows(bytes: &[u8]) -> Option<String> {
    let text: Option<String> = bytes.iter().map(|byte| windows_letter(*byte)).collect();
    let others = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    text.filter(|text| others * 2 < bytes.len() && is_text(text))
}

/// Whether it has no control characters but tabs and ends of lines and pages.
fn is_text(text: &str) -> bool {
    text.chars().all(|letter| {
        !letter.is_control() || matches!(letter, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}')
    })
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
    fn every_encoding_is_read_as_text() {
        let words = "Café – “tea”";
        let with_mark = format!("\u{feff}{words}");
        let little =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        for bytes in [
            words.as_bytes().to_vec(),
            with_mark.clone().into_bytes(),
            little(words),
            little(&with_mark),
            with_mark
                .encode_utf16()
                .flat_map(u16::to_be_bytes)
                .collect(),
            b"Caf\xe9 \x96 \x93tea\x94".to_vec(),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Some(words), "{bytes:?}");
        }
        for other in [
            &b"a\0b\x01"[..],
            b"a\0b",
            b"\x81\x8d\xff",
            &[0, 1, 2, 3, 4, 5],
            "Записки о смене".replace(' ', "").as_bytes()[1..].as_ref(),
        ] {
            assert_eq!(decode(other), None, "{other:?}");
        }
    }

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
