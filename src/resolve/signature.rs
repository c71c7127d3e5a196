//! Verifies what `ssh-keygen -Y sign` writes. The only file that names the library for ssh keys.
//!
//! Keys of type ed25519 and ECDSA on P-256 are verified, plain or on a security key. RSA is not: the only library that
//! fits has an open advisory, and nobody has to use it.

use ssh_key::{Algorithm, HashAlg, SshSig};

use crate::model::SignatureFlaw;

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(ssh_key::public::KeyData);

/// Why a text is no key that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// It is no public key.
    NoKey,
    /// It is a key of a type that is not verified here.
    Kind(String),
}

impl PublicKey {
    /// Reads `keytype base64 [comment]`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(line: &str) -> Result<Self, KeyProblem> {
        let key = ssh_key::PublicKey::from_openssh(line).map_err(|_| KeyProblem::NoKey)?;
        match unverifiable(&key.algorithm()) {
            Some(kind) => Err(KeyProblem::Kind(kind)),
            None => Ok(Self(key.key_data().clone())),
        }
    }

    /// The SHA-256 fingerprint, as ssh prints it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }
}

/// The name of a kind of key that is not verified.
fn unverifiable(algorithm: &Algorithm) -> Option<String> {
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

/// The key with which a text was signed for a purpose.
///
/// # Errors
/// Why the signature is none of this text.
pub fn verified(text: &str, signature: &str, namespace: &str) -> Result<PublicKey, SignatureFlaw> {
    let unix = signature.trim().replace("\r\n", "\n") + "\n";
    let signature = SshSig::from_pem(&unix).map_err(|_| SignatureFlaw::Unreadable)?;
    if signature.namespace() != namespace {
        return Err(SignatureFlaw::Namespace(signature.namespace().to_owned()));
    }
    if let Some(kind) = unverifiable(&signature.public_key().algorithm()) {
        return Err(SignatureFlaw::KeyType(kind));
    }
    let key = ssh_key::PublicKey::from(signature.public_key().clone());
    let verified = key.verify(namespace, text.as_bytes(), &signature);
    verified.map_err(|_| SignatureFlaw::Mismatch)?;
    Ok(PublicKey(signature.public_key().clone()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_in_the_place_of_a_signature_or_a_key_is_taken_for_one(rest in "[A-Za-z0-9+/]{0,200}={0,2}") {
            // Both begin as the real ones do.
            let pem = format!("-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQ{rest}\n-----END SSH SIGNATURE-----\n");
            prop_assert!(verified("words", &pem, "ksbfolio-decision").is_err());
            let _ = PublicKey::read(&format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{rest}"));
        }
    }
}
