//! Reads what a theme says about itself.

use super::decode::Decoder;
use super::keys;
use super::parsed::Parsed;
use crate::text::Source;

/// What a theme says about itself.
#[derive(Debug, PartialEq, Eq)]
pub struct ThemeRecord {
    /// What people call it.
    pub title: String,
    /// The theme whose files stand where it has none of its own; none where it stands alone.
    pub base: Option<String>,
}

/// Reads a `theme.yaml`.
pub fn theme(source: &Source) -> Parsed<Option<ThemeRecord>> {
    let mut decoder = Decoder::new(source);
    let mut read = || {
        let (node, _) = decoder.file(keys::THEME)?;
        let table = decoder.table(&node, "theme", keys::THEME)?;
        decoder.version(&table);
        let title = decoder.required(&table, "title")?.value;
        let base = decoder
            .words(&table, "base")
            .unwrap_or_else(|| "default".to_owned());
        Some(ThemeRecord {
            title,
            base: (base != "none").then_some(base),
        })
    };
    let value = read();
    Parsed {
        value,
        faults: decoder.faults,
    }
}
