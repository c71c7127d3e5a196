//! From text to parts, file by file. Nothing here knows a second file, so every file can be read by itself,
//! at the same time as others, and kept as long as its text is the same.

mod consents;
pub mod dates;
mod decisions;
mod decode;
mod embeds;
mod entry;
pub mod front_matter;
mod gateway;
mod guarded;
mod guidance;
pub mod keys;
mod markdown;
mod other_tools;
mod plan;
mod programme;
mod reading;
mod reflection;
mod sampling;
mod settings;
mod standard;
mod statements;
mod table;
mod theme;
mod timezone;
pub mod yaml;

use crate::diagnostic::Fault;

pub use consents::consents;
pub use decisions::{DraftDecision, DraftDecisions, decisions};
pub use entry::{DraftEntry, DraftTag, entry};
pub use guidance::guidance;
pub use markdown::{
    DraftBody, DraftLink, DraftPassage, code_language, events, is_numbered_block, target,
};
pub use programme::programme;
pub use reflection::reflection_model;
pub use sampling::sampling;
pub use settings::{DraftLeftOut, DraftSettings, DraftWaiver, settings};
pub use standard::standard;
pub use theme::{ThemeRecord, theme};

/// What a file holds, as far as it could be read, with everything that did not fit.
#[derive(Clone, Debug)]
pub struct Parsed<T> {
    /// What it holds.
    pub value: T,
    /// What did not fit.
    pub faults: Vec<Fault>,
}
