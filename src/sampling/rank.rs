//! Hashing of pieces, as documented in the parent module.

use std::fmt::Write;

use crate::text::sha256_hex;

/// Appends `text` with its length in bytes as a prefix, so that different lists never look alike.
pub(super) fn push_field(to: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = write!(to, "{}:{text},", text.len());
}

/// The SHA-256 by which pieces are ordered, in hexadecimal digits.
pub(super) fn rank(seed: &str, candidate: &str, entry: &str, assessor: &str) -> String {
    let mut text = "ksbfolio sample 1\n".to_owned();
    for part in [seed, candidate, entry, assessor] {
        push_field(&mut text, part);
    }
    sha256_hex(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn documented_rank_agrees_with_sha256sum() {
        // printf 'ksbfolio sample 1\n1:7,4:AP-1,4:pain,4:AS-1,' | sha256sum
        assert_eq!(
            rank("7", "AP-1", "pain", "AS-1"),
            "02e7739242cf9ae6bd126f1acb99f8d8c272e4e9c2c6dcffa242a4f06b241299"
        );
    }
}
