//! Hashes of lines, by which code scanning recognises a result after lines have moved.
//!
//! The hosted page tracks results by `primaryLocationLineHash` alone ("SARIF support for code
//! scanning", section "Providing data to track code scanning alerts across runs", in GitHub's
//! documentation). It documents no algorithm; this is the one of its upload action
//! (`github/codeql-action`, `src/fingerprints.ts`), which warns about any other value.

use std::collections::BTreeMap;

/// How much of a text is hashed from the beginning of a line, in UTF-16 units without blanks.
const WINDOW: usize = 100;

/// The factor of the polynomial, modulo 2^64.
const FACTOR: u64 = 37;

/// Ends the text, so that the same last line hashes differently inside a text.
const END: u16 = u16::MAX;

/// The hash of each line, which covers the line and what follows it: `HASH:NUMBER`, where the
/// number distinguishes lines of equal hash. `\r\n`, `\r` and `\n` end a line.
pub(super) fn line_hashes(text: &str) -> Vec<String> {
    let (mut units, mut starts) = (Vec::with_capacity(text.len() + 1), vec![0]);
    let mut before = 0;
    for unit in text.encode_utf16() {
        let is_ended = before == u16::from(b'\r') && unit == u16::from(b'\n');
        before = unit;
        if is_ended || unit == u16::from(b' ') || unit == u16::from(b'\t') {
            continue;
        }
        if unit == u16::from(b'\n') || unit == u16::from(b'\r') {
            units.push(u16::from(b'\n'));
            starts.push(units.len());
        } else {
            units.push(unit);
        }
    }
    units.push(END);
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    let number = |start: usize| {
        let rest = units[start..].iter().copied().map(u64::from);
        let padded = rest.chain(std::iter::repeat(0)).take(WINDOW);
        let hash = padded.fold(0_u64, |hash, unit| {
            hash.wrapping_mul(FACTOR).wrapping_add(unit)
        });
        let number = seen.entry(hash).or_insert(0);
        *number += 1;
        format!("{hash:x}:{number}")
    };
    starts.into_iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::line_hashes;

    /// Values that the upload action's own tests expect.
    #[test]
    fn lines_hash_as_the_upload_action_does() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
        let four = [
            "271789c17abda88f:1",
            "54703d4cd895b18:1",
            "180aee12dab6264:1",
            "a23a3dc5e078b07b:1",
        ];
        for text in [" a\nb\n  \t\tc\n d", "a\r\nb\rc\nd"] {
            assert_eq!(line_hashes(text), four, "{text:?}");
        }
        let repeated = line_hashes(&"Lorem ipsum dolor sit amet.\n".repeat(10));
        assert_eq!(repeated[5], "a7f2ff13bc495cf2:6");
        assert_eq!(repeated[6], "a7f2ff1481e87703:1");
        assert_eq!(repeated[9], "cc97dc7b1d7d8f7b:1");
        assert_eq!(repeated.len(), 11);
    }
}
