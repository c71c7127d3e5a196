//! Web addresses and DOIs.

use crate::text::Span;

/// Finds web addresses and DOIs: up to white space or a query, which may hold what a person typed.
pub(super) fn find_addresses(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    // A DOI has a stroke, too.
    if !text.contains('/') && !text.contains("www.") {
        return found;
    }
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_start_matches(['(', '[', '<', '"', '“', '\'']);
        let start = at + word.len() - bare.len();
        let is_doi = |text: &str| {
            let digits = text
                .strip_prefix("10.")
                .and_then(|rest| rest.split_once('/'));
            digits.is_some_and(|(digits, _)| {
                digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_digit())
            })
        };
        let after_label = bare.to_ascii_lowercase();
        let after_label = after_label
            .trim_start_matches("doi:")
            .trim_start_matches("doi");
        if let Some(from) = bare.find("://") {
            // `see:https://…` and `](https://…`: the scheme begins at the last other character.
            let scheme = bare[..from]
                .bytes()
                .rev()
                .take_while(u8::is_ascii_alphabetic)
                .count();
            let length = bare.find(['?', '#', ' ']).unwrap_or(bare.len());
            found.push(Span::new(start + from - scheme, start + length.max(from)));
        } else if let Some(from) = bare.find("www.") {
            let length = bare.find(['?', '#', ' ']).unwrap_or(bare.len());
            found.push(Span::new(start + from, start + length.max(from)));
        } else if is_doi(bare) || is_doi(after_label) {
            found.push(Span::new(start, start + bare.trim_end().len()));
        }
        at += word.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_and_dois_are_quiet() {
        for (text, quiet) in [
            ("see https://a.example/x-1 now", "https://a.example/x-1"),
            ("](https://a.example/x?q=1)", "https://a.example/x"),
            ("(www.nhs.uk)", "www.nhs.uk)"),
            (
                "at 10.7748/ns2013.09.28.1.44 it",
                "10.7748/ns2013.09.28.1.44",
            ),
            ("doi:10.1177/0018 x", "doi:10.1177/0018"),
        ] {
            let found = find_addresses(text);
            let spans: Vec<&str> = found.iter().map(|span| span.of(text)).collect();
            assert_eq!(spans, [quiet]);
        }
        assert!(find_addresses("a pain of 10. I doze").is_empty());
    }
}
