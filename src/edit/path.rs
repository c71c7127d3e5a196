//! Paths of keys and items.

/// One step down: a key of a table, or an item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathStep {
    /// A key, as it is spelt.
    Key(String),
    /// An item, counted from 0.
    Index(usize),
}

/// The way to a value: `actions`, its second item, `done`.
///
/// ```
/// use ksbfolio::edit::{KeyPath, PathStep};
///
/// let path = KeyPath::new("actions").item(1).key("done");
/// assert_eq!(path.steps()[1], PathStep::Index(1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPath(Vec<PathStep>);

impl KeyPath {
    /// A key of the whole file.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self(vec![PathStep::Key(key.to_owned())])
    }

    /// A key of the table at this path.
    #[must_use]
    pub fn key(mut self, key: &str) -> Self {
        self.0.push(PathStep::Key(key.to_owned()));
        self
    }

    /// An item of the list at this path, counted from 0.
    #[must_use]
    pub fn item(mut self, index: usize) -> Self {
        self.0.push(PathStep::Index(index));
        self
    }

    /// The steps, from the top.
    #[must_use]
    pub fn steps(&self) -> &[PathStep] {
        &self.0
    }
}
