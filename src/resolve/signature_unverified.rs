//! Stands in for `signature.rs` in a build without the feature `signatures`: keys are read, and no signature is valid.

use crate::model::SignatureFlaw;

/// The namespace of signatures over decision files (`ssh-keygen -n`).
pub const NAMESPACE: &str = "ksbfolio-decision";

/// The namespace of signatures over the checksums of a hand-in.
pub const PACK_NAMESPACE: &str = "ksbfolio-pack";

/// A public key as it is written, without its comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PublicKey(String);

/// Why a text is no key that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyProblem {
    /// It is no public key.
    NoKey,
    /// It is a key of a type that is not verified by any build.
    Kind(String),
}

/// The types of keys that a build with `signatures` verifies.
const KINDS: [&str; 4] = [
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

impl PublicKey {
    /// Reads `keytype base64 [comment]`.
    ///
    /// # Errors
    /// If there is no key, or one of a type that no build verifies.
    pub(super) fn read(line: &str) -> Result<Self, KeyProblem> {
        let mut words = line.split_whitespace();
        let (Some(kind), Some(key)) = (words.next(), words.next()) else {
            return Err(KeyProblem::NoKey);
        };
        if !KINDS.contains(&kind) {
            return Err(KeyProblem::Kind(kind.to_owned()));
        }
        Ok(Self(format!("{kind} {key}")))
    }

    /// The key itself: fingerprints are printed for valid signatures only.
    #[must_use]
    pub(super) fn fingerprint(&self) -> String {
        self.0.clone()
    }
}

/// Never a key.
///
/// # Errors
/// Always [`SignatureFlaw::NotVerified`].
pub(super) fn verify(_: &str, _: &str, _: &str) -> Result<PublicKey, SignatureFlaw> {
    Err(SignatureFlaw::NotVerified)
}
