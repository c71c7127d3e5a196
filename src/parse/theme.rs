//! Reads the record of a theme.

use super::decode::Decoder;
use super::keys;
use super::parsed::Parsed;
use crate::text::Source;

/// The record of a theme.
#[derive(Debug, PartialEq, Eq)]
pub struct ThemeRecord {
    /// Its title.
    pub title: String,
    /// The theme whose files it falls back on, if any.
    pub base: Option<String>,
}

/// Reads a `theme.yaml`.
pub fn theme(source: &Source) -> Parsed<Option<ThemeRecord>> {
    let mut decoder = Decoder::new(source);
    let mut read = || {
        let (node, _) = decoder.read_file(keys::THEME)?;
        let table = decoder.read_table(&node, "theme", keys::THEME)?;
        decoder.check_version(&table);
        let title = decoder.require_text(&table, "title")?.value;
        let base = decoder
            .read_words(&table, "base")
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
