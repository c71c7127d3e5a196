//! Hashes of what an assessor judges.

/// SHA-256 of the content that an assessor judges, as `sha256:` and hexadecimal digits. It has
/// several forms: new decisions name the current one, older decisions may name another.
#[derive(Debug, PartialEq, Eq)]
pub struct Digests {
    current: String,
    /// Earlier forms that differ.
    earlier: Vec<String>,
}

impl Digests {
    /// Combines the forms.
    #[must_use]
    pub fn new(current: String, mut earlier: Vec<String>) -> Self {
        earlier.dedup();
        earlier.retain(|form| *form != current);
        Self { current, earlier }
    }

    /// The one that new decisions name.
    #[must_use]
    pub fn current(&self) -> &str {
        &self.current
    }

    /// Whether a digest is one of them.
    #[must_use]
    pub fn matches(&self, digest: &str) -> bool {
        self.current == digest || self.earlier.iter().any(|form| form == digest)
    }
}
