//! The digests of entries and decision files.
//!
//! The digest of an entry is the SHA-256 of these bytes, written as `sha256:` and 64 digits:
//!
//! 1. the line `ksbfolio entry 1` and a line end;
//! 2. the length of the entry's text in bytes, in decimal digits, and a line end;
//! 3. the entry's text in UTF-8: the whole file without byte-order mark, every line end as `\n`,
//!    each code of a criterion in its standard's spelling, and without `done` and `closed_by` of
//!    actions, `shows` of attachments, `words` of answers, `read` and `imported` (a pair in braces
//!    goes with the comma and space before it, or after it if it comes first; a pair on a line of its own
//!    goes with its line);
//! 4. for each attachment in order, then for each file of evidence that the text shows or links to
//!    and no attachment lists: a line end, its SHA-256 in 64 digits or `missing`, a space and its
//!    path.
//!
//! In the first form, which older decisions name, the text was hashed with all its blank lines at the
//! end. Now a text ends with one line end, whatever blank lines follow: the two differ only for a
//! text that does not end so. The first form also left out files that only the text names. A decision is
//! about the text if any form matches.
//!
//! So tidying a code or closing an action does not undo an acceptance; every other change does. The
//! digest of a decision file is the SHA-256 of its text without byte-order mark, line ends as `\n`.

use std::borrow::Cow;

use crate::model::{Attachment, Digests};
use crate::text::{Sha256Writer, Span, hex, sha256_hex};

/// A replacement in the text before it is hashed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Replaced {
    /// The replaced span.
    pub span: Span,
    /// The new text.
    pub by: String,
}

/// Hashes an entry's text, after replacements and without the spans `without`, and its attachments.
pub(super) fn entry_digests(
    text: &str,
    mut replaced: Vec<Replaced>,
    without: &[Span],
    attachments: &[Attachment],
) -> Digests {
    replaced.extend(without.iter().map(|&span| Replaced {
        span,
        by: String::new(),
    }));
    replaced.sort();
    let mut kept = Vec::with_capacity(2 * replaced.len() + 1);
    let mut at = 0;
    for part in &replaced {
        if part.span.start >= at {
            kept.extend([&text[at..part.span.start], &part.by]);
            at = part.span.end;
        }
    }
    kept.push(&text[at..]);
    let plainer;
    if text.starts_with('\u{feff}') || text.contains('\r') {
        plainer = plain(&kept.concat()).into_owned();
        kept = vec![&plainer];
    }
    // The first form knew only attachments that the front matter lists.
    let listed: Vec<&Attachment> = attachments.iter().filter(|one| !one.in_text).collect();
    let all: Vec<&Attachment> = attachments.iter().collect();
    let mut earlier = vec![hash_parts(&kept, &listed)];
    trim_end(&mut kept);
    earlier.push(hash_parts(&kept, &listed));
    let current = hash_parts(&kept, &all);
    Digests::new(current, earlier)
}

/// Replaces blank lines at the end by one line end.
fn trim_end(parts: &mut Vec<&str>) {
    let ends_well = parts.last().is_some_and(|last| {
        let body = last.trim_end();
        !body.is_empty() && &last[body.len()..] == "\n"
    });
    if ends_well {
        return;
    }
    while let Some(last) = parts.pop() {
        let body = last.trim_end();
        if !body.is_empty() {
            parts.push(body);
            break;
        }
    }
    parts.push("\n");
}

fn hash_parts(parts: &[&str], attachments: &[&Attachment]) -> String {
    let mut digest = Sha256Writer::default();
    let bytes: usize = parts.iter().map(|part| part.len()).sum();
    digest.add(format!("ksbfolio entry 1\n{bytes}\n").as_bytes());
    for part in parts {
        digest.add(part.as_bytes());
    }
    for attachment in attachments {
        let sha256 = attachment.sha256.as_deref().unwrap_or("missing");
        digest.add(format!("\n{sha256} {}", attachment.file.value).as_bytes());
    }
    format!("sha256:{}", hex(&digest.digest()))
}

/// The digest by which the next decision file names this one.
#[must_use]
pub fn decision_file_digest(text: &str) -> String {
    format!("sha256:{}", sha256_hex(plain(text).as_bytes()))
}

/// The text without byte-order mark, with `\n` as line ends.
pub fn plain(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digest_agrees_with_the_documented_vector_for_any_line_ends() {
        let text = "---\ntitle: A\nksbs: [k7]\n---\nWords.\n";
        let start = text.find("k7").unwrap_or_default();
        let replaced = || {
            let span = Span::new(start, start + 2);
            vec![Replaced {
                span,
                by: "K7".to_owned(),
            }]
        };
        let digests = entry_digests(text, replaced(), &[], &[]);
        let canonical = text.replace("k7", "K7");
        let windows = format!("\u{feff}{}", canonical.replace('\n', "\r\n"));
        for other in [&canonical, &windows] {
            assert_eq!(entry_digests(other, Vec::new(), &[], &[]), digests);
        }
        // printf 'ksbfolio entry 1\n35\n---\ntitle: A\nksbs: [K7]\n---\nWords.\n' | sha256sum
        assert_eq!(
            digests.current(),
            "sha256:9239f58abb3f059296e941efa1d11bdcf7aabc46f49de0f61f1245c477155374"
        );
    }

    #[test]
    fn blank_lines_at_the_end_change_no_digest_and_older_decisions_still_match() {
        let digests = |text: &str| entry_digests(text, Vec::new(), &[], &[]);
        let plain = digests("Words.\n");
        for ending in ["", "\n\n", "\n \n\t\n", "\r\n\r\n", " \n"] {
            let other = digests(&format!("Words.{ending}"));
            assert!(other.matches(plain.current()), "{ending:?}");
        }
        // printf 'ksbfolio entry 1\n8\nWords.\n\n' | sha256sum: as decisions of the first form named it.
        let first = "sha256:bacfbf30fe31b3ab7a4f548f3b7eec1a1764c89703c229a774e9df5f9fb6bfd6";
        assert!(digests("Words.\n\n").matches(first));
        assert!(!plain.matches(first));
        assert!(!digests("Other.\n").matches(plain.current()));
    }
}
