//! Verifies signatures of `ssh-keygen -Y sign`. The only file that names the library for ssh keys.
//!
//! Keys of type ed25519 and ECDSA on P-256 are verified, plain or on a security key. RSA is not:
//! the only suitable library has an open advisory, and other key types are available to everybody.

use ssh_key::{Algorithm, HashAlg, SshSig};

use crate::model::SignatureFlaw;

/// The namespace of signatures over decision files (`ssh-keygen -n`).
pub const NAMESPACE: &str = "ksbfolio-decision";

/// The namespace of signatures over the checksums of a hand-in.
pub const PACK_NAMESPACE: &str = "ksbfolio-pack";

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PublicKey(ssh_key::public::KeyData);

/// Why a public key cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyProblem {
    /// The text is no public key.
    NoKey,
    /// Keys of this type are not verified.
    Kind(String),
}

impl PublicKey {
    /// Reads `keytype base64 [comment]`.
    ///
    /// # Errors
    /// If the text is no key, or the key is of another type.
    pub(super) fn read(line: &str) -> Result<Self, KeyProblem> {
        let key = ssh_key::PublicKey::from_openssh(line).map_err(|_| KeyProblem::NoKey)?;
        match unsupported_type(&key.algorithm()) {
            Some(kind) => Err(KeyProblem::Kind(kind)),
            None => Ok(Self(key.key_data().clone())),
        }
    }

    /// The SHA-256 fingerprint, as ssh prints it.
    #[must_use]
    pub(super) fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }
}

/// The name of a key type that is not verified; `None` if it is.
fn unsupported_type(algorithm: &Algorithm) -> Option<String> {
    let known = matches!(
        algorithm,
        Algorithm::Ed25519
            | Algorithm::SkEd25519
            | Algorithm::Ecdsa {
                curve: ssh_key::EcdsaCurve::NistP256
            }
            | Algorithm::SkEcdsaSha2NistP256
    );
    (!known).then(|| algorithm.as_str().to_owned())
}

/// Verifies the signature of a text for a namespace, and returns the key that made it.
///
/// # Errors
/// If it cannot be read, has another namespace or key type, or was made over another text.
pub(super) fn verify(
    text: &str,
    signature: &str,
    namespace: &str,
) -> Result<PublicKey, SignatureFlaw> {
    let unix = signature.trim().replace("\r\n", "\n") + "\n";
    let signature = SshSig::from_pem(&unix).map_err(|_| SignatureFlaw::Unreadable)?;
    if signature.namespace() != namespace {
        return Err(SignatureFlaw::Namespace(signature.namespace().to_owned()));
    }
    if let Some(kind) = unsupported_type(&signature.public_key().algorithm()) {
        return Err(SignatureFlaw::KeyType(kind));
    }
    let key = ssh_key::PublicKey::from(signature.public_key().clone());
    key.verify(namespace, text.as_bytes(), &signature)
        .map_err(|_| SignatureFlaw::Mismatch)?;
    Ok(PublicKey(signature.public_key().clone()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn random_signatures_and_keys_are_refused(rest in "[A-Za-z0-9+/]{0,200}={0,2}") {
            // Both begin as the real ones do.
            let pem = format!(
                "-----BEGIN SSH SIGNATURE-----\n\
                 U1NIU0lHAAAAAQ{rest}\n-----END SSH SIGNATURE-----\n"
            );
            prop_assert!(verify("words", &pem, NAMESPACE).is_err());
            let _ = PublicKey::read(&format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{rest}"));
        }
    }
}
