//! Lossless edits of portfolio files.
//!
//! An [`Edit`] says what should change: a key, a code, a passage, words. An [`Editor`] holds a file
//! and turns the edit into changes of byte ranges, [`TextEdit`](crate::text::TextEdit)s. Every byte
//! outside them stays as it is: comments, quotes, indentation, line ends, a byte-order mark, a
//! missing last line end, keys that the program does not know.
//!
//! ```
//! use ksbfolio::edit::{Content, Edit, Editor, KeyPath};
//!
//! let entry = "---\r\n\
//!              title: A visit   # for now\r\n\
//!              ksbs: [ K7, {S7: \"I chose the scale\"} ]\r\n\
//!              ---\r\n\
//!              She was in pain.\r\n";
//!
//! // A code is added in the spelling of its list.
//! let add = Edit::AddCode { code: "B1".to_owned(), because: None };
//! let edited = Editor::entry(entry).apply(&add)?;
//! assert_eq!(edited.edits.len(), 1);
//! assert_eq!(edited.edits[0].text, ", B1");
//! assert!(edited.text.contains("[ K7, {S7: \"I chose the scale\"}, B1 ]\r\n"));
//!
//! // A value is quoted if it has to be; the comment behind it stays.
//! let path = KeyPath::new("title");
//! let set = Edit::Set { path, value: Content::text("Pain: a visit") };
//! let edited = Editor::entry(&edited.text).apply(&set)?;
//! assert!(edited.text.contains("title: \"Pain: a visit\"   # for now\r\n"));
//!
//! // Words of the body become a passage.
//! let start = edited.text.find("in pain").unwrap_or_default();
//! let range = ksbfolio::text::Span::new(start, start + "in pain".len());
//! let mark = Edit::Mark { range, code: "K7".to_owned() };
//! let edited = Editor::entry(&edited.text).apply(&mark)?;
//! assert!(edited.text.ends_with("She was [in pain](ksb:K7).\r\n"));
//!
//! // An edit that cannot be made says why, and nothing changes.
//! let refused = Editor::entry("---\nksbs: [K7\n---\n").apply(&add).unwrap_err();
//! assert_eq!(
//!     refused.to_string(),
//!     "this cannot be read: a bracket is never closed, or a comma is missing",
//! );
//! # Ok::<(), ksbfolio::edit::Refused>(())
//! ```
//!
//! # Promises
//!
//! - **Verified.** The result is parsed again before it is returned. If it does not mean exactly
//!   what was asked for, or if anything else in the file means something else than before, the edit
//!   is refused.
//! - **Small.** A list that gets one more item keeps the spelling and the comments of the others. A
//!   comment that would be lost is a reason to refuse; only what is removed takes the comment
//!   behind it along.
//! - **At home.** New lines end as the lines around them do. Texts are written plain, in the quotes
//!   of the value they replace, or after `|` if they have several lines; in double quotes if
//!   nothing else says them exactly.
//! - **Pure.** Nothing is read from disk or written to it. A
//!   [`ChangeSet`](crate::files::ChangeSet) collects edited files, each with the hash of what is
//!   expected there, and `store::commit` writes all of them or none.
//!
//! # Inside
//!
//! `parse::yaml` says what YAML means, `syntax` how it is spelt; `keys`, `overwrite`, `members` and
//! `codes` plan edits on the spelling, `write` spells new values. `outline` is the Markdown of a
//! body; `passages` and `body` plan edits of it. `Editor` joins them and compares the meanings
//! before and after.

mod body;
mod codes;
mod content;
mod editor;
mod keys;
mod line_ends;
mod members;
mod outline;
mod overwrite;
mod passages;
mod path;
mod refused;
mod syntax;
mod write;
mod yaml_part;

pub use content::Content;
pub use editor::{Edit, Edited, Editor};
pub use path::{KeyPath, PathStep};
pub use refused::{RefusalReason, Refused};

#[cfg(test)]
mod tests;
