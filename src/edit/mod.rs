//! Lossless edits of portfolio files.
mod body;
mod change_set;
mod codes;
mod content;
mod editor;
mod keys;
mod line_ends;
mod members;
mod outline;
mod passages;
mod path;
mod refused;
mod syntax;
mod text_edit;
mod write;
mod yaml_part;

pub use body::Heading;
pub use change_set::{Change, ChangeSet, Conflict, Expected};
pub use content::Content;
pub use editor::{Edit, Edited, Editor};
pub use path::{KeyPath, Step};
pub use refused::{Reason, Refused};
pub use text_edit::{TextEdit, apply};

#[cfg(test)]
mod tests;
