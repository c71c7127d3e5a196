//! Exactly what templates may see: finished words, finished links, nothing to look up.

mod criterion;
mod dates;
mod entry;
mod gaps;
mod group;
mod home;
mod link;
mod matrix;
mod publish;
mod routes;
mod rows;
mod scene;
mod site;
mod standard;

pub use criterion::CriterionPage;
pub use dates::in_words;
pub use entry::EntryPage;
pub use gaps::{EntriesPage, GapsPage};
pub use group::GroupPage;
pub use home::HomePage;
pub use link::Link;
pub use matrix::MatrixPage;
pub use publish::{PictureFile, Published, Withholding, pictures};
pub use routes::{Routes, SitePath};
pub use rows::{Bar, CriterionRow, EntryRow, Segment};
pub use scene::Scene;
pub use site::{Chrome, Job, Page, jobs, page};
pub use standard::StandardPage;
