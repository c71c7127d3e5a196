//! Accounts in social networks, addresses of profiles, and co-ordinates.

use super::block::Block;
use super::identifier::{Kind, Matches};
use crate::text::Span;

/// Hosts whose pages are people's.
const NETWORKS: &[&str] = &[
    "facebook.com/",
    "instagram.com/",
    "linkedin.com/in/",
    "twitter.com/",
    "x.com/",
    "tiktok.com/@",
    "threads.net/@",
    "snapchat.com/add/",
    "youtube.com/@",
    "t.me/",
];

/// Beginnings of accounts of organisations.
const OFFICIAL: &[&str] = &[
    "nhs", "nice", "cqc", "rcn", "we", "nmc", "bbc", "hee", "gov", "dhsc", "media", "param", "the",
];

/// Finds all of them in a block.
pub(super) fn read(block: &Block<'_>, matches: &mut Matches) {
    let text = block.text;
    if text.contains('@') {
        find_handles(text, matches);
    }
    for quiet in &block.quiet {
        let address = quiet.of(text);
        let path = NETWORKS.iter().find_map(|network| {
            let (before, path) = address.split_once(network)?;
            before.ends_with(['/', '.']).then_some(path)
        });
        let name = path.map(|path| path.split(['/', ')', '>']).next().unwrap_or_default());
        if name.is_some_and(|name| name.len() > 2 && !is_official(name)) {
            matches.add_likely(Kind::Handle, *quiet);
        }
    }
    if text.contains('/') {
        find_profiles(text, matches);
    }
    if text.contains('.') {
        find_coordinates(block, matches);
    }
}

/// Finds `facebook.com/fern.oakapple` without a scheme.
fn find_profiles(text: &str, matches: &mut Matches) {
    for network in NETWORKS {
        for (at, _) in text.match_indices(network) {
            let is_inner = text[..at].ends_with(|before: char| before.is_alphanumeric());
            let rest = &text[at + network.len()..];
            let length = rest
                .find(|letter: char| !(letter.is_ascii_alphanumeric() || "._-".contains(letter)))
                .unwrap_or(rest.len());
            let name = rest[..length].trim_end_matches(['.', '-', '_']);
            if !is_inner && name.len() > 2 && !is_official(name) {
                let end = at + network.len() + name.len();
                matches.add_likely(Kind::Handle, Span::new(at, end));
            }
        }
    }
}

fn is_official(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    OFFICIAL.iter().any(|start| name.starts_with(start))
}

/// Finds `@fern.oakapple`, which is no e-mail address.
fn find_handles(text: &str, matches: &mut Matches) {
    for (at, _) in text.match_indices('@') {
        let is_word = text[..at]
            .ends_with(|before: char| before.is_alphanumeric() || "._-/".contains(before));
        let rest = &text[at + 1..];
        let length = rest
            .find(|letter: char| !(letter.is_ascii_alphanumeric() || "._-".contains(letter)))
            .unwrap_or(rest.len());
        let name = rest[..length].trim_end_matches(['.', '-', '_']);
        let has_letters = name.bytes().filter(u8::is_ascii_alphabetic).count() >= 3;
        if !is_word && has_letters && !is_official(name) {
            matches.add_likely(Kind::Handle, Span::new(at, at + 1 + name.len()));
        }
    }
}

/// Finds a latitude and a longitude: `51.50740, -0.12780`.
fn find_coordinates(block: &Block<'_>, matches: &mut Matches) {
    let is_degree = |at: usize| {
        let whole = block.get(at).map_or(0, |token| token.text.len());
        let digits = block.get(at + 1).map_or(0, |token| token.text.len());
        block.is_joined_by(at + 1, &["."])
            && (1..=3).contains(&whole)
            && digits >= 4
            && block.tokens[at].digits() == whole
            && block.tokens[at + 1].digits() == digits
    };
    for &at in &block.starts {
        let is_pair = is_degree(at)
            && [", ", " ", ",", ", -", ",-", " -"].contains(&block.gap(at + 2))
            && is_degree(at + 2);
        if is_pair {
            matches.add_certain(Kind::Address, block.span(at, at + 3));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::identifier::Kind;
    use super::super::search::identifiers;

    #[test]
    fn handles_profiles_and_coordinates_are_found() {
        for (text, kind) in [
            ("he asked me to look up @raff_moonbeam", Kind::Handle),
            (
                "see https://www.facebook.com/fern.oakapple now",
                Kind::Handle,
            ),
            ("found at 51.50740, -0.12780", Kind::Address),
        ] {
            let found = identifiers(text, &[]);
            assert_eq!(found.first().map(|one| one.kind), Some(kind), "{text}");
        }
        for text in [
            "react@18.2.0",
            "shot@2x.png",
            "1g@08.00",
            "@NHSEngland",
            "a ratio of 1.5000 to 2",
        ] {
            assert_eq!(identifiers(text, &[]), [], "{text}");
        }
    }
}
