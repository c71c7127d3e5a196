//! Generated files and their paths.

/// A path from the site's root, with `/`, in ASCII, safe on every system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SitePath(String);

impl SitePath {
    /// Wraps a path that is safe already.
    #[must_use]
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The relative link from this page to `target`, which may carry a fragment.
    #[must_use]
    pub fn link_to(&self, target: &str) -> String {
        let alike = self
            .0
            .bytes()
            .zip(target.bytes())
            .take_while(|(mine, theirs)| mine == theirs)
            .count();
        let shared = self.0[..alike].rfind('/').map_or(0, |at| at + 1);
        let up = self.0[shared..]
            .bytes()
            .filter(|byte| *byte == b'/')
            .count();
        let mut link = String::with_capacity(up * 3 + target.len() - shared);
        (0..up).for_each(|_| link.push_str("../"));
        link.push_str(&target[shared..]);
        link
    }
}

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// Its path on the site.
    pub path: SitePath,
    /// Its content.
    pub bytes: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_name_their_file() {
        let page = SitePath::new("criteria/st0215/K7.html");
        assert_eq!(
            page.link_to("entries/pain.html#p-1"),
            "../../entries/pain.html#p-1"
        );
        assert_eq!(page.link_to("criteria/st0215/K8.html"), "K8.html");
        assert_eq!(
            SitePath::new("index.html").link_to("gaps.html"),
            "gaps.html"
        );
    }
}
