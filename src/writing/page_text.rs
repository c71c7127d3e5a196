//! A file as the page sees it: without byte-order mark, with `\n` at the end of each line.

use crate::text::Span;

/// Bytes after which a place is noted, so that a place in a long line is found fast.
const BLOCK: usize = 256;

/// A file as the page sees it, with a map of places in UTF-16 code units to places in bytes.
#[derive(Debug)]
pub(super) struct PageText {
    text: String,
    /// Places in the page and in the file, ascending in both.
    places: Vec<KnownPlace>,
    page_end: usize,
}

/// A place in the page and in the file.
#[derive(Clone, Copy, Debug)]
struct KnownPlace {
    /// UTF-16 code units of the page.
    unit: usize,
    /// Bytes of the page.
    page: usize,
    /// Bytes of the file.
    file: usize,
}

impl PageText {
    /// The page of a file.
    pub(super) fn new(file: &str) -> Self {
        let start = if file.starts_with('\u{feff}') { 3 } else { 0 };
        let mut text = String::with_capacity(file.len());
        let mut places = Vec::new();
        let (mut unit, mut noted, mut at) = (0, None, start);
        while at < file.len() {
            if noted.is_none_or(|noted| at >= noted + BLOCK) {
                let page = text.len();
                places.push(KnownPlace {
                    unit,
                    page,
                    file: at,
                });
                noted = Some(at);
            }
            let rest = &file[at..];
            let letter = rest.chars().next().unwrap_or_default();
            if letter == '\r' {
                text.push('\n');
                at += if rest.starts_with("\r\n") { 2 } else { 1 };
                // A return takes another place in the file than in the page.
                noted = None;
            } else {
                text.push(letter);
                at += letter.len_utf8();
            }
            unit += letter.len_utf16();
        }
        places.push(KnownPlace {
            unit,
            page: text.len(),
            file: file.len(),
        });
        Self {
            text,
            places,
            page_end: unit,
        }
    }

    /// The text of the page.
    pub(super) fn into_string(self) -> String {
        self.text
    }

    /// The byte of the file at a place in the page; `None` past its end and within a character.
    pub(super) fn to_byte(&self, unit: usize) -> Option<usize> {
        self.locate(unit).map(|place| place.file)
    }

    /// A place in the page; `None` past its end and within a character.
    fn locate(&self, unit: usize) -> Option<KnownPlace> {
        if unit > self.page_end {
            return None;
        }
        let next = self.places.partition_point(|place| place.unit <= unit);
        let known = self.places[next.saturating_sub(1)];
        let mut place = known;
        for letter in self.text[known.page..].chars() {
            if place.unit >= unit {
                break;
            }
            place.unit += letter.len_utf16();
            place.page += letter.len_utf8();
        }
        place.file += place.page - known.page;
        (place.unit == unit).then_some(place)
    }

    /// The place in the page of a byte of the file. One within a character or a line end is that of
    /// its beginning.
    pub(super) fn to_unit(&self, byte: usize) -> usize {
        let next = self.places.partition_point(|place| place.file <= byte);
        let Some(known) = next.checked_sub(1).map(|at| self.places[at]) else {
            return 0;
        };
        let end = known.page + byte - known.file;
        let limit = self.places.get(next).map_or(usize::MAX, |next| next.unit);
        let (mut unit, mut page) = (known.unit, known.page);
        for letter in self.text[known.page..].chars() {
            page += letter.len_utf8();
            // Only the second byte of a line end comes as far as the limit.
            if page > end || unit + letter.len_utf16() >= limit {
                break;
            }
            unit += letter.len_utf16();
        }
        unit
    }

    /// The range in the file of a range in the page.
    pub(super) fn to_span(&self, from: usize, to: usize) -> Option<Span> {
        let (start, end) = (self.to_byte(from)?, self.to_byte(to)?);
        (start <= end).then_some(Span { start, end })
    }

    /// The text of the page in a range of the file.
    pub(super) fn of(&self, span: Span) -> &str {
        let page = |byte| self.locate(self.to_unit(byte)).map(|place| place.page);
        let range = page(span.start).zip(page(span.end));
        let text = range.and_then(|(start, end)| self.text.get(start..end));
        text.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of texts as people and programs write them.
    const ODD: [&str; 14] = [
        "a",
        "words ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "é",
        "e\u{301}",
        "👩‍⚕️",
        "\u{feff}",
        "”",
        "\0",
        "---",
        "## Feelings",
    ];

    fn odd() -> impl Strategy<Value = String> {
        let pieces = prop::collection::vec(prop::sample::select(ODD.to_vec()), 0..60);
        (any::<bool>(), 1..40_usize, pieces).prop_map(|(mark, times, pieces)| {
            let mark = if mark { "\u{feff}" } else { "" };
            mark.to_owned() + &pieces.concat().repeat(times.div_ceil(20))
        })
    }

    fn page_of(file: &str) -> String {
        let file = file.strip_prefix('\u{feff}').unwrap_or(file);
        file.replace("\r\n", "\n").replace('\r', "\n")
    }

    proptest! {
        #[test]
        fn places_of_the_page_and_of_the_file_are_the_same_places(file in odd()) {
            let page = PageText::new(&file);
            prop_assert_eq!(page.text.as_str(), page_of(&file));
            let (mut unit, mut before) = (0, None);
            for letter in page_of(&file).chars() {
                let byte = page.to_byte(unit);
                prop_assert!(byte > before);
                prop_assert_eq!(byte.map(|byte| page.to_unit(byte)), Some(unit));
                let written = byte.and_then(|byte| file[byte..].chars().next());
                prop_assert_eq!(written.map(|one| if one == '\r' { '\n' } else { one }), Some(letter));
                (unit, before) = (unit + letter.len_utf16(), byte);
                if letter.len_utf16() == 2 {
                    prop_assert_eq!(page.to_byte(unit - 1), None);
                }
            }
            prop_assert_eq!(page.to_byte(unit), Some(file.len()));
            prop_assert_eq!(page.to_byte(unit + 1), None);
            let all = page.to_span(0, unit).unwrap_or_default();
            prop_assert_eq!(page.of(all), page.text.as_str());
        }

        #[test]
        fn a_byte_within_something_has_the_place_of_its_beginning(file in odd()) {
            let page = PageText::new(&file);
            for byte in 0..=file.len() {
                let start = page.to_byte(page.to_unit(byte)).unwrap_or(usize::MAX);
                prop_assert!(start <= byte || byte < 3, "{byte} {start}");
                prop_assert!(byte < start + 4, "{byte} {start}");
            }
        }
    }
}
