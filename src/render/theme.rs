//! Templates. The only file that names the template library.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use tera::{Context, Tera};

/// Files of a theme by their path in the theme's folder.
pub type ThemeFiles = BTreeMap<String, Vec<u8>>;

/// A theme, parsed and ready.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    assets: ThemeFiles,
}

/// What is wrong with a theme: file, line, column and what was missing, as the template library says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeError(pub String);

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the theme cannot be used: {}", self.0)
    }
}

impl std::error::Error for ThemeError {}

impl Theme {
    /// Parses a theme: every `.html` file is a template, and what lies under `assets/` goes onto the site.
    ///
    /// # Errors
    /// The first template that cannot be parsed.
    pub fn new(files: &ThemeFiles) -> Result<Self, ThemeError> {
        let mut tera = Tera::default();
        let mut templates = Vec::new();
        let mut assets = ThemeFiles::new();
        for (name, bytes) in files {
            if name.starts_with("assets/") {
                assets.insert(name.clone(), bytes.clone());
            } else if name.rsplit_once('.').is_some_and(|(_, ending)| ending == "html") {
                let text =
                    std::str::from_utf8(bytes).map_err(|_| ThemeError(format!("{name} is not UTF-8")))?;
                templates.push((name.as_str(), text));
            }
        }
        tera.add_raw_templates(templates).map_err(|error| ThemeError(error.to_string()))?;
        Ok(Self { tera, assets })
    }

    /// Files that go onto the site as they are.
    #[must_use]
    pub fn assets(&self) -> &ThemeFiles {
        &self.assets
    }

    /// Renders the template `name`.html, which sees `chrome` and `page`. Both are used up, so that a long list is not held
    /// twice while it is written out.
    ///
    /// # Errors
    /// What the template asked for in vain, and where.
    pub fn render(
        &self,
        name: &str,
        chrome: impl Serialize,
        page: impl Serialize,
    ) -> Result<String, ThemeError> {
        let mut context = Context::new();
        context.insert("chrome", &chrome);
        context.insert("page", &page);
        drop((chrome, page));
        let html = self.tera.render(&format!("{name}.html"), &context);
        html.map_err(|error| ThemeError(error.to_string()))
    }
}
