//! Hashes of what an assessor judges.

/// SHA-256 of the content that an assessor judges, as `sha256:` and hexadecimal digits. It has two
/// forms: new decisions name the current one, older decisions may name the first.
#[derive(Debug, PartialEq, Eq)]
pub struct Digests {
    current: String,
    /// The first form, if it differs.
    first: Option<String>,
    /// Those of the same text with the codes of earlier versions of its standards.
    earlier: Vec<Self>,
}

impl Digests {
    /// Combines the two forms; the first is `None` if it is the same.
    #[must_use]
    pub fn new(current: String, first: Option<String>) -> Self {
        Self {
            current,
            first,
            earlier: Vec::new(),
        }
    }

    /// Adds the digests of the same text with the codes of earlier versions of its standards.
    #[must_use]
    pub fn with_earlier(self, earlier: Vec<Self>) -> Self {
        Self { earlier, ..self }
    }

    /// The one that new decisions name.
    #[must_use]
    pub fn current(&self) -> &str {
        &self.current
    }

    /// Whether a digest is one of them.
    #[must_use]
    pub fn matches(&self, digest: &str) -> bool {
        self.current == digest
            || self.first.as_deref() == Some(digest)
            || self.earlier.iter().any(|earlier| earlier.matches(digest))
    }
}
