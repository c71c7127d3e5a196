//! The only module that reads and writes files, and that starts other programs.
//!
//! It knows nothing of portfolios but where their files are ([`crate::layout`]).
//!
//! Sources are written by [`commit`]: all files of a change set or none.
//!
//! A build compares before it writes. `output/.ksbfolio.json` lists the files of a site with
//! checksums; it is stored with everything that is about to come before the first file is touched,
//! so an interrupted build still knows what it wrote. A first site is built in a staging directory;
//! later, each changed file is replaced atomically. Files that the site no longer has are removed
//! last; an edited one is removed too, and reported. Temporary files are locked while their process
//! lives, so that leftovers are recognised.
//!
//! XXH3 checksums recognise the program's own files. Everything people rely on is SHA-256:
//! decisions, evidence, packs.

#![expect(
    clippy::disallowed_methods,
    reason = "reading and writing files is what this module is for"
)]

mod cached;
mod commit;
mod data_folder;
mod disk;
mod draft;
mod error;
mod files;
mod folder;
mod git;
mod history;
mod inputs;
#[cfg(not(target_family = "wasm"))]
mod interrupt;
mod lock;
mod manifest;
mod memory;
mod misnamed;
mod overlay;
mod packed;
mod part;
mod program;
mod read;
mod rename;
mod report_file;
mod signing;
mod stage;
mod stray;
mod sync_copies;
mod touched;
#[cfg(feature = "serve")]
mod watch;
mod write;

pub use cached::CachedFiles;
pub use commit::{CommitError, commit, is_taken};
pub use data_folder::DataFolder;
pub use disk::DiskFiles;
pub use draft::Draft;
pub use error::{StoreError, shown};
pub use files::{
    Child, FileKind, FileListing, FileTexts, Files, Opened, Text, is_within, join, masked_path,
    read_files, within_limit,
};
pub use git::{InHistory, in_history, prefix, revision};
pub use history::{Committed, Version, committed, file_at, is_decision_file, versions};
pub use inputs::{InputFile, list_inputs, read_beside, read_input};
pub use lock::Lock;
pub use memory::MemoryFiles;
pub use misnamed::misnamed;
pub use overlay::{OverlaidFiles, Overlay};
pub use packed::{PackPart, folder_parts, read_archive};
pub use part::{handle_signals, remove_abandoned};
pub use program::{command, opener};
pub use read::{
    MAX_EVIDENCE, file_kind, is_link, load_key, load_list, load_text, name_of, read_small,
    real_path, source_name, source_path,
};
pub use report_file::{Inputs, ReportFile, ReportKind, refuse_overlap};
pub use signing::sign;
pub use stray::{stray_elsewhere, stray_in_entries};
pub use sync_copies::{CopyLikeness, SyncCopy, find_copies_of, find_sync_copies};
pub use touched::Touched;
#[cfg(feature = "serve")]
pub use watch::{Changed, Next, Watched};
pub use write::{Output, Placed, Written, foreign_files};
