//! Parses files, each by itself, so that files can be parsed in parallel.

mod consents;
pub mod dates;
mod decisions;
mod decode;
mod draft_entry;
mod embeds;
mod entry;
mod front_matter;
mod gateway;
mod guarded;
mod guidance;
mod key_value;
pub mod keys;
mod markdown;
mod mentions;
mod other_tools;
mod parsed;
mod plan;
mod programme;
mod reflection;
mod sampling;
mod settings;
mod standard;
mod statements;
mod table;
mod theme;
mod timezone;
mod values;
mod yaml;

pub use consents::consents;
pub use decisions::{DraftDecision, DraftDecisions, decisions};
pub use draft_entry::{DraftEntry, DraftTag};
pub use entry::entry;
pub use guidance::guidance;
pub use markdown::{
    DraftBody, DraftLink, DraftPassage, code_language, events, is_numbered_block, target,
};
pub use parsed::Parsed;
pub use programme::programme;
pub use reflection::reflection_model;
pub use sampling::sampling;
pub use settings::{DraftLeftOut, DraftSettings, DraftWaiver, settings};
pub use standard::standard;
pub use theme::{ThemeRecord, theme};
