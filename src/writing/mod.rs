//! The engine of the write page: one JSON request in, one JSON answer out.
//!
//! A [`WritingSession`] keeps a portfolio open for one person who writes in it. It has two hosts:
//! `ksbfolio serve`, and the tab of `ksbfolio.html`; both show the same page. The page never sends a
//! document, only splices: which words take the place of which, in the file with which hash.
//! Everything else in the file stays as it is, byte for byte. If the file is another by now, nothing
//! is written and the page gets both versions.
//!
//! `requests` and `answers` are the protocol, `page_text` the map between places in the page and
//! bytes of the file, `boxes` which part of a text is which box. `versions` keeps what can be taken
//! back, in memory alone.

mod answers;
mod assess;
mod assess_answer;
mod begin;
mod boxes;
mod change;
mod code_names;
mod current_file;
mod delete;
mod deleted;
mod dropped;
mod entry;
mod entry_answer;
mod escapes;
mod feedback;
mod field_refusal;
mod fields;
mod find_code;
mod followed;
mod form;
mod hand_over;
mod home;
mod import;
mod moving_answer;
mod near;
mod notes;
mod page;
mod page_text;
mod page_words;
mod picture;
mod place;
mod reading;
mod rename;
mod requests;
mod rewrite;
mod session;
mod settings;
mod settings_answer;
mod settings_fields;
mod settings_findings;
mod settings_lists;
mod sitting;
mod sitting_draft;
mod splice;
mod state;
mod status;
mod submit;
mod versions;
mod waiting;

pub use dropped::MOST_DROPPED;
pub use page::page_file;
pub use session::{WritingSession, refusal};
