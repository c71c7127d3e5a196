//! The page structs that templates see, with finished words and links: a template looks nothing up.
//!
//! From the bottom: `link`, `routes`, `disclosure`, `publish`, `naming` and `frame` are plain data;
//! `scene` joins them with a portfolio; `rows`, `listing`, `decisions` and `entry_body` are shared by
//! pages; one file for each page; `job` lists the pages, `chrome` is around them, `site` builds
//! them.

mod assessment;
mod attachment;
mod chrome;
mod cohort;
mod cohort_learners;
mod cohort_order;
mod cohort_reasons;
mod cohort_tables;
mod cpd;
mod criterion;
mod deciding;
mod decisions;
mod details;
mod disclosure;
mod entries;
mod entry;
mod entry_body;
mod feedback;
mod filter;
mod frame;
mod gaps;
mod gateway;
mod group;
mod guide;
mod home;
mod hours;
mod hours_chart;
mod job;
mod link;
mod listing;
mod lists;
mod mapping;
mod matrix;
mod months;
mod naming;
mod pace_chart;
mod pack;
mod paging;
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
mod steps;
mod timeline;
mod to_decide;
mod tracker;

pub use attachment::why_not_shown;
pub use chrome::Chrome;
pub use cohort::{CohortPage, StandaloneAssets, cohort_page};
pub use deciding::count_waiting;
pub use feedback::feedback_on;
pub use frame::{Brand, Frame, Logo};
pub use job::{Job, Listing, needs_asset};
pub use link::Link;
pub use listing::{Cell, Chart, Grid, Item, ListingPage, Part};
pub use mapping::{MappedPiece, MappingRow, mapping};
pub use pack::PackScope;
pub use publish::{AttachedFile, Published, attached_files, is_meant_for, never_published};
pub use review::build_period as review_of;
pub use routes::published_name;
pub use rows::StateLabel;
pub use scene::{RenderContext, SiteScope};
pub use search::{SearchFile, SearchIndex, excerpt_path, search_files, stem};
pub use site::{Page, annex, excerpt, jobs, page, standalone_pack, standalone_review};
pub use to_decide::describe_wait;
