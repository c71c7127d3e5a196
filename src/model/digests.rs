//! Hashes of what an assessor judges.

/// SHA-256 of the content that an assessor judges, as `sha256:` and hexadecimal digits. It has
/// several forms: new decisions name the current one, older decisions may name another.
#[derive(Debug, PartialEq, Eq)]
pub struct Digests {
    current: String,
    /// Earlier forms that differ.
    forms: Vec<String>,
    /// Those of the same text with the codes of earlier versions of its standards.
    earlier: Vec<Self>,
}

impl Digests {
    /// Combines the forms.
    #[must_use]
    pub fn new(current: String, mut forms: Vec<String>) -> Self {
        forms.dedup();
        forms.retain(|form| *form != current);
        Self {
            current,
            forms,
            earlier: Vec::new(),
        }
    }

    /// Adds the digests of the same text with the codes of earlier versions of its standards.
    #[must_use]
    pub fn with_earlier(self, earlier: Vec<Self>) -> Self {
        Self { earlier, ..self }
    }

    /// All of them, the current one first.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        let own = std::iter::once(&self.current).chain(&self.forms).cloned();
        own.chain(self.earlier.iter().flat_map(Self::all)).collect()
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
            || self.forms.iter().any(|form| form == digest)
            || self.earlier.iter().any(|earlier| earlier.matches(digest))
    }
}
