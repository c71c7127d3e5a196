//! Themes: templates and assets. The only file that names the template library.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use tera::{Context, Map, Tera, Value};

use super::brand::ThemeBrand;
use super::error::ThemeError;
use crate::files::ThemeFiles;
use crate::parse::ThemeRecord;
use crate::privacy::{has_identifier, mask_path};
use crate::view::{Chrome, Frame};

/// A theme with parsed templates.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    assets: ThemeFiles,
    brand: ThemeBrand,
    /// The last shared frame, and its value for templates.
    shared_frame: Mutex<Option<(Arc<Frame>, Map)>>,
}

impl Theme {
    /// Parses a theme: every `.html` file is a template, and files in `assets/` are copied to the
    /// site. `records` are its own and those of its bases, nearest first.
    ///
    /// # Errors
    /// A template cannot be parsed, the logo cannot be shown, or a file name contains an
    /// identifier: assets are published.
    pub fn new(files: &ThemeFiles, records: &[ThemeRecord]) -> Result<Self, ThemeError> {
        let mut tera = Tera::default();
        let mut templates = Vec::new();
        let mut assets = ThemeFiles::new();
        for (name, bytes) in files {
            if has_identifier(name) {
                let shown = mask_path(name).0;
                return Err(ThemeError(format!(
                    "rename {shown}: the name of this file may identify a person"
                )));
            }
            if name.starts_with("assets/") {
                assets.insert(name.clone(), bytes.clone());
            } else if name
                .rsplit_once('.')
                .is_some_and(|(_, ending)| ending == "html")
            {
                let text = std::str::from_utf8(bytes)
                    .map_err(|_| ThemeError(format!("{name} is not UTF-8")))?;
                templates.push((name.as_str(), text));
            }
        }
        tera.add_raw_templates(templates)
            .map_err(|error| ThemeError(error.to_string()))?;
        let brand = ThemeBrand::new(files, records, &mut assets)?;
        Ok(Self {
            tera,
            assets,
            brand,
            shared_frame: Mutex::default(),
        })
    }

    /// Files that are copied to the site.
    #[must_use]
    pub fn assets(&self) -> &ThemeFiles {
        &self.assets
    }

    /// Renders the template `name`.html, which sees `chrome` and `page`.
    ///
    /// # Errors
    /// The template uses a field that does not exist.
    pub fn render(
        &self,
        name: &str,
        chrome: Chrome,
        page: impl Serialize,
    ) -> Result<String, ThemeError> {
        let mut html = Vec::new();
        self.render_to(name, chrome, page, &mut html)?;
        String::from_utf8(html).map_err(|error| ThemeError(error.to_string()))
    }

    /// Renders like [`Theme::render`] and writes while it renders. The page is dropped once it is
    /// converted to template values, so that long lists are not in memory twice.
    ///
    /// # Errors
    /// The template uses a field that does not exist, or writing to `into` fails.
    pub fn render_to(
        &self,
        name: &str,
        chrome: Chrome,
        page: impl Serialize,
        into: impl Write,
    ) -> Result<(), ThemeError> {
        let mut context = Context::new();
        context.insert_value("chrome", self.convert_chrome(chrome));
        context.insert("page", &page);
        drop(page);
        let rendered = self.tera.render_to(&format!("{name}.html"), &context, into);
        rendered.map_err(|error| ThemeError(error.to_string()))
    }

    /// Converts the chrome to a template value. A shared frame, which is the largest part, is
    /// converted once.
    fn convert_chrome(
        &self,
        Chrome {
            title,
            scripts,
            frame,
        }: Chrome,
    ) -> Value {
        let mut shared = self
            .shared_frame
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let known = shared
            .as_ref()
            .filter(|(known, _)| Arc::ptr_eq(known, &frame))
            .map(|(_, fields)| fields);
        let mut fields = known.cloned().unwrap_or_else(|| {
            let mut fields = Value::from_serializable(&frame)
                .into_map()
                .unwrap_or_default();
            let brand = Value::from_serializable(&self.brand.on_page(&frame.css));
            fields.extend(brand.into_map().unwrap_or_default());
            // A frame without other owners is not used again.
            if Arc::strong_count(&frame) > 1 {
                *shared = Some((frame, fields.clone()));
            }
            fields
        });
        drop(shared);
        fields.insert("title".into(), Value::from(title));
        fields.insert("scripts".into(), Value::from(scripts));
        Value::from(fields)
    }
}
