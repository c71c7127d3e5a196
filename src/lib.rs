//! Evidence portfolios for apprentices, as files.
//!
//! ```text
//! load -> parse -> resolve -> cover -> check -> report
//!                                  \-> view -> render -> write
//! ```
//!
//! Every stage between load and write is a function from values to values: it returns what it could
//! make, and all faults. Each module uses only modules above it in this list; ARCHITECTURE.md says
//! what each contains.

pub mod embedded;
pub mod layout;
pub mod par;
pub mod text;

pub mod diagnostic;
pub mod document;
pub mod files;
pub mod privacy;

pub mod model;
pub mod store;

pub mod parse;

pub mod edit;
pub mod resolve;
pub mod revision;

pub mod convert;
pub mod cover;
pub mod sampling;

pub mod check;
pub mod cohort;
pub mod markup;

pub mod view;

pub mod render;
pub mod report;

pub mod engine;

pub mod writing;

#[cfg(feature = "serve")]
pub mod server;
pub mod tab;

pub mod cli;
