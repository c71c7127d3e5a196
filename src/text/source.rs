//! Sources: texts with their paths.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The path of a source relative to the workspace, with `/` on every system. It displays itself with
/// identifiers masked; [`SourcePath::as_str`] is for opening and comparing, never for showing.
#[derive(Clone, Serialize, Deserialize)]
pub struct SourcePath {
    path: Arc<str>,
    /// The displayed path, if it differs.
    shown: Option<Arc<str>>,
}

impl SourcePath {
    /// Creates a path from a relative one with `/`.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self {
            path: path.into(),
            shown: None,
        }
    }

    /// The same path, displayed as `shown`.
    #[must_use]
    pub fn displayed_as(self, shown: &str) -> Self {
        let shown = (*self.path != *shown).then(|| shown.into());
        Self { shown, ..self }
    }

    /// The path as text, for opening and comparing.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.path
    }

    /// The path as it may be shown.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.shown.as_ref().unwrap_or(&self.path)
    }

    /// The displayed file name without its extension, for names of generated files.
    #[must_use]
    pub fn shown_stem(&self) -> &str {
        stem(self.shown())
    }

    /// The file name without its extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        stem(&self.path)
    }

    /// The folder, without a closing `/`; empty at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Resolves a relative link in this file; `None` if it leads out of the workspace.
    #[must_use]
    pub fn join(&self, link: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self
            .folder()
            .split('/')
            .filter(|part| !part.is_empty())
            .collect();
        for part in link.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self::new(&parts.join("/")))
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

impl PartialEq for SourcePath {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for SourcePath {}

impl PartialOrd for SourcePath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SourcePath {
    fn cmp(&self, other: &Self) -> Ordering {
        self.path.cmp(&other.path)
    }
}

impl Hash for SourcePath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.path.hash(state);
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shown())
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.shown())
    }
}

/// Provides the texts of sources.
pub trait SourceProvider: fmt::Debug + Send + Sync {
    /// The text of a source as it was read; `None` if it is no longer available.
    fn text(&self, path: &SourcePath) -> Option<Arc<str>>;
}

/// A text with its path. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path of the file.
    pub path: SourcePath,
    /// The whole text, byte for byte as read.
    pub text: Arc<str>,
}

impl Source {
    /// Creates a source.
    #[must_use]
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: SourcePath::new(path),
            text: text.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_inside_the_workspace() {
        let entry = SourcePath::new("portfolio/entries/2026/pain.md");
        let join = |link| entry.join(link).map(|path| path.to_string());
        assert_eq!(
            join("visit.md").as_deref(),
            Some("portfolio/entries/2026/visit.md")
        );
        assert_eq!(
            join("../2025/./fluid.md").as_deref(),
            Some("portfolio/entries/2025/fluid.md")
        );
        assert_eq!(join("../../../../etc/passwd"), None);
        assert_eq!(entry.stem(), "pain");
    }
}
