//! Exactly what templates may see: finished words, finished links, nothing to look up.

mod assessment;
mod chrome;
mod cpd;
mod criterion;
mod deciding;
mod decisions;
mod entry;
mod filter;
mod gaps;
mod gateway;
mod group;
mod guide;
mod home;
mod hours;
mod hours_chart;
mod link;
mod listing;
mod lists;
mod mapping;
mod matrix;
mod pack;
mod plan;
mod public;
mod publish;
mod review;
mod routes;
mod rows;
mod scene;
mod search;
mod site;
mod standard;
mod timeline;
mod tracker;

pub use crate::files::SitePath;
pub use crate::text::{in_words, month_in_words};
pub use chrome::{Chrome, Frame, LIVE_SCRIPT, NavLink};
pub use criterion::CriterionPage;
pub use entry::{EntryPage, why_not_shown};
pub use filter::{Filter, FilterRow};
pub use gaps::{EntriesPage, GapsPage};
pub use group::GroupPage;
pub use home::HomePage;
pub use link::Link;
pub use listing::{Cell, Chart, ChartWord, Grid, Item, ListingPage, Part, Shade};
pub use mapping::{MappedPiece, MappingRow, mapping, mapping_page};
pub use matrix::MatrixPage;
pub use pack::{PackPage, PackScope};
pub use publish::{
    AttachedFile, OfferedDocument, Published, Withholding, attached_files, is_meant_for,
    never_published,
};
pub use review::of_period as review_of;
pub use routes::{Routes, published_name};
pub use rows::{Bar, CriterionRow, EntryList, EntryRow, Segment};
pub use scene::{Backdrop, Scene};
pub use search::{CodeList, SearchFile, SearchIndex, SearchPage, search_files};
pub use site::{
    Job, Listing, Page, annex, jobs, needs_asset, page, standalone_pack, standalone_review,
};
pub use standard::StandardPage;
