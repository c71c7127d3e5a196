//! Parses files, each by itself, so that files can be parsed in parallel.

mod blocks;
mod cohort;
mod conflict;
mod consents;
pub mod dates;
mod decisions;
mod decode;
mod details;
mod draft_body;
mod draft_entry;
mod embeds;
mod entry;
mod events;
mod everyday;
pub mod front_matter;
mod gateway;
mod guarded;
mod guidance;
mod key_value;
pub mod keys;
mod lock;
mod markdown;
mod mentions;
mod other_tools;
mod palette;
mod parsed;
mod plan;
mod programme;
mod reflection;
mod sampling;
mod settings;
mod shown_blocks;
mod standard;
mod standard_map;
mod statements;
mod table;
mod tags;
mod theme;
mod timezone;
mod untidy;
mod values;
pub mod yaml;

pub use cohort::cohort;
pub use consents::consents;
pub use decisions::{DraftDecision, DraftDecisions, decisions};
pub use draft_body::{DraftBody, DraftBoldLine, DraftLink, DraftPassage};
pub use draft_entry::{DraftEntry, DraftTag};
pub use entry::entry;
pub use events::{
    WIKI, code_language, events, find_comments, find_definitions, find_written_links,
    is_numbered_block, target,
};
pub use guidance::guidance;
pub use lock::standards_lock;
pub use palette::{Palette, Rgb};
pub use parsed::Parsed;
pub use programme::programme;
pub use reflection::reflection_model;
pub use sampling::sampling;
pub use settings::{DraftLeftOut, DraftSettings, DraftWaiver, settings};
pub use shown_blocks::shown_blocks;
pub use standard::standard;
pub use standard_map::standard_map;
pub use theme::{ThemeColour, ThemeRecord, theme};
pub use untidy::{BULLETS, plain_callout};
