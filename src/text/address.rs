//! Addresses in links, as editors write them.

use super::SourcePath;
use super::latin::push_ascii;

/// Decodes `%20` and the like. A sequence that is no UTF-8 stays as it is.
#[must_use]
pub fn percent_decode(address: &str) -> String {
    let bytes = address.as_bytes();
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| Some(digit(at + 1)? * 16 + digit(at + 2)?));
        match code.flatten().and_then(|code| u8::try_from(code).ok()) {
            // A control character is part of no name.
            Some(byte) if byte >= b' ' => {
                decoded.push(byte);
                at += 3;
            }
            _ => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| address.to_owned())
}

/// The path of an address without its `#fragment` and `?query`, and the fragment.
#[must_use]
pub fn split_fragment(address: &str) -> (&str, Option<&str>) {
    address
        .split_once('#')
        .map_or((address, None), |(path, fragment)| (path, Some(fragment)))
}

/// A name as it is compared where spellings may differ: lower case, without accents, and with a
/// space for `%20`.
#[must_use]
pub fn folded_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let decoded = percent_decode(name);
    decoded
        .chars()
        .for_each(|letter| push_ascii(letter, &mut folded));
    folded
}

impl SourcePath {
    /// The files that a link in this one may mean, likeliest first: decoded and as typed, relative
    /// to this file, then to the folder of the portfolio.
    pub fn linked<'a>(&'a self, target: &'a str) -> impl Iterator<Item = Self> + 'a {
        let (path, _) = split_fragment(target);
        let top = target.split('/').find(|part| !matches!(*part, "" | "."));
        let is_from_top = matches!(top, Some("evidence" | "entries"));
        let settings = Self::new("portfolio/portfolio.yaml");
        let root = Self::new("portfolio.yaml");
        let forms = [
            percent_decode(path),
            path.to_owned(),
            percent_decode(target),
        ];
        let relative = forms.map(|form| self.join(&form));
        let from_top = is_from_top.then(|| settings.join(&percent_decode(path)));
        let from_root = (top == Some("portfolio")).then(|| root.join(&percent_decode(path)));
        let all = relative.into_iter().chain(from_top).chain(from_root);
        all.flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_addresses_name_files() {
        assert_eq!(percent_decode("caf%C3%A9%20%281%29"), "café (1)");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%E9%00"), "%zz%E9%00");
        assert_eq!(
            folded_name("Cafe\u{301}%20A.PNG"),
            folded_name("café a.png")
        );
        let entry = SourcePath::new("portfolio/entries/2026/one.md");
        let first = |target: &str| {
            entry
                .linked(target)
                .map(|path| path.as_str().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            first("../../evidence/a%23b.png")[0],
            "portfolio/evidence/a#b.png"
        );
        assert!(first("evidence/a.png").contains(&"portfolio/evidence/a.png".to_owned()));
        assert!(
            first("/portfolio/evidence/a.png").contains(&"portfolio/evidence/a.png".to_owned())
        );
    }
}
