//! Evidence portfolios for apprentices, as files.
//!
//! ```text
//! load -> parse -> resolve -> cover -> check -> report
//!                                  \-> view -> render -> plan -> write
//! ```
//!
//! Everything between loading and writing takes values and gives values back, together with all that is
//! wrong in them. ARCHITECTURE.md tells what lives where; the modules below stand in floors, and each uses only
//! floors above it in this list.

pub mod par;
pub mod text;

pub mod diagnostic;
pub mod document;
pub mod privacy;

pub mod model;

pub mod parse;

pub mod edit;
pub mod resolve;

pub mod cover;
pub mod sampling;

pub mod check;
pub mod markup;

pub mod view;

pub mod embedded;
pub mod plan;
pub mod render;
pub mod report;

pub mod io;

pub mod cli;
