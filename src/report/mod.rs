//! Findings and coverage as people and programs read them. Nothing here prints.

mod coverage_json;
mod coverage_text;
mod explain;
mod findings_json;
mod findings_text;
mod sources;

pub use coverage_json::coverage_json;
pub use coverage_text::{By, coverage_text};
pub use explain::{explain_criterion, explain_entry, explain_rule, standard_text, standards_text};
pub use findings_json::findings_json;
pub use findings_text::findings_text;
pub use sources::Sources;
