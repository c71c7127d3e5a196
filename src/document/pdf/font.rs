//! Fonts: what their codes mean, and how wide they are.

use super::library::{Dictionary, Document, Encoding, Object, name_of};
use super::stream::{MOST_UNPACKED, resolve};

/// A font of a page.
pub(super) struct Font<'a> {
    /// `None` if its codes have no meaning on record.
    encoding: Option<Encoding<'a>>,
    /// Whether codes have two bytes.
    is_wide: bool,
    /// The first code of `widths`.
    first: usize,
    /// Widths in thousandths of the size.
    widths: Vec<f64>,
    default_width: Option<f64>,
    is_fixed: bool,
    /// The length of a thousandth of the size; 0.001 but for fonts of drawn letters.
    unit: f64,
}

impl<'a> Font<'a> {
    pub(super) fn new(font: &'a Dictionary, document: &'a Document) -> Self {
        let kind = name_of(font, b"Subtype");
        let is_wide = kind == b"Type0";
        // Letters that are drawn, or numbered, say what they are in this table alone.
        let needs_table = is_wide || kind == b"Type3";
        let encoding = if needs_table && !font.has(b"ToUnicode") {
            None
        } else {
            font.get_font_encoding_with_limit(document, MOST_UNPACKED)
                .ok()
        };
        let number = |value: &Object| number_of(resolve(value, document));
        let mut this = Self {
            encoding,
            is_wide,
            first: 0,
            widths: Vec::new(),
            default_width: None,
            is_fixed: name_of(font, b"BaseFont")
                .windows(7)
                .any(|word| word.eq_ignore_ascii_case(b"courier")),
            unit: 0.001,
        };
        if is_wide {
            this.read_wide(font, document);
        } else if let Ok(widths) = font
            .get_deref(b"Widths", document)
            .and_then(Object::as_array)
        {
            this.widths = widths
                .iter()
                .take(256)
                .map(|one| number(one).unwrap_or(0.0))
                .collect();
            let first = font.get(b"FirstChar").ok().and_then(number);
            this.first = to_code(first.unwrap_or(0.0));
        }
        if kind == b"Type3"
            && let Ok(matrix) = font
                .get_deref(b"FontMatrix", document)
                .and_then(Object::as_array)
            && let Some(unit) = matrix.first().and_then(number)
        {
            this.unit = unit.abs();
        }
        this
    }

    /// Reads the widths of numbered letters: `first [w w w]` or `first last w`.
    fn read_wide(&mut self, font: &Dictionary, document: &Document) {
        let inner = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array);
        let inner = inner.ok().and_then(|all| all.first());
        let Some(inner) = inner.and_then(|one| resolve(one, document).as_dict().ok()) else {
            return;
        };
        let number = |value: &Object| number_of(resolve(value, document));
        self.default_width = Some(inner.get(b"DW").ok().and_then(number).unwrap_or(1000.0));
        let Ok(list) = inner.get_deref(b"W", document).and_then(Object::as_array) else {
            return;
        };
        let default = self.default_width.unwrap_or(1000.0);
        let mut put = |code: usize, width: f64| {
            if code <= 0xffff {
                if self.widths.len() <= code {
                    self.widths.resize(code + 1, default);
                }
                self.widths[code] = width;
            }
        };
        let mut rest = list.as_slice();
        while let [first, second, tail @ ..] = rest {
            let first = to_code(number(first).unwrap_or(0.0));
            if let Object::Array(widths) = resolve(second, document) {
                for (code, width) in (first..).zip(widths) {
                    put(code, number(width).unwrap_or(default));
                }
                rest = tail;
            } else {
                let end = to_code(number(second).unwrap_or(0.0)).min(0xffff);
                let width = tail.first().and_then(number).unwrap_or(default);
                (first..=end).for_each(|code| put(code, width));
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }

    /// The text of a string; `None` if its codes have no meaning on record.
    pub(super) fn decode(&self, codes: &[u8]) -> Option<String> {
        let encoding = self.encoding.as_ref()?;
        let text = Document::decode_text(encoding, codes).ok()?;
        (!text.contains('\u{fffd}')).then_some(text)
    }

    /// The width of a string and its number of codes and of spaces. The width is a share of the size.
    pub(super) fn measure(&self, codes: &[u8]) -> (f64, f64, f64) {
        let step = if self.is_wide { 2 } else { 1 };
        let (mut width, mut count, mut spaces) = (0.0, 0.0, 0.0);
        for code in codes.chunks(step) {
            let code = code
                .iter()
                .fold(0, |all, &byte| all << 8 | usize::from(byte));
            width += self.width_of(code);
            count += 1.0;
            if !self.is_wide && code == 0x20 {
                spaces += 1.0;
            }
        }
        (width * self.unit, count, spaces)
    }

    fn width_of(&self, code: usize) -> f64 {
        let known = code
            .checked_sub(self.first)
            .and_then(|at| self.widths.get(at).copied());
        known
            .or(self.default_width)
            .unwrap_or_else(|| self.guess_width(code))
    }

    /// The width of a letter in a common font that states none.
    fn guess_width(&self, code: usize) -> f64 {
        if self.is_fixed {
            return 600.0;
        }
        match u8::try_from(code).map(char::from) {
            Ok('i' | 'j' | 'l' | '\'') => 222.0,
            Ok(' ' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '!' | '/' | '|') => 278.0,
            Ok('r' | '-' | '(' | ')') => 333.0,
            Ok('c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J') => 500.0,
            Ok('m' | 'M') => 833.0,
            Ok('w') => 722.0,
            Ok('W') => 944.0,
            Ok('A'..='Z') => 690.0,
            _ => 556.0,
        }
    }
}

/// A number, whole or not.
pub(super) fn number_of(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of codes"
)]
fn to_code(number: f64) -> usize {
    number.clamp(0.0, 65_536.0) as usize
}
