//! Reports in all formats, as text. Nothing here prints.

mod cell;
mod chain;
mod changes;
mod cohort_json;
mod cohort_table;
mod cohort_text;
mod concise;
mod coverage_json;
mod coverage_table;
mod coverage_text;
mod csv;
mod dataset;
mod dataset_row;
mod dataset_schema;
mod decision_file;
mod explain;
mod explain_decisions;
mod findings_json;
mod findings_text;
mod gateway;
mod github;
mod gitlab;
mod hand_in;
mod history;
mod hours;
mod identity;
mod json;
mod junit;
mod line_hash;
mod listing_markdown;
mod lock_file;
mod mapping;
mod markdown;
mod next_steps;
mod review_json;
mod revision;
mod run;
mod sample_data;
mod sample_text;
mod sarif;
mod scaffold;
mod schema;
mod sources;
mod standard_file;
mod verified_file;
mod verified_pack;
mod withheld;
#[cfg(feature = "spreadsheet")]
mod workbook;

pub use chain::{KeptDigests, VerifiedChain, chain_list};
pub use changes::difference;
pub use cohort_json::cohort_json;
pub use cohort_table::cohort_csv;
#[cfg(feature = "spreadsheet")]
pub use cohort_table::cohort_workbook;
pub use cohort_text::cohort_text;
pub use concise::concise;
pub use coverage_json::{DataScope, coverage_data, coverage_json};
pub use coverage_table::coverage_csv;
#[cfg(feature = "spreadsheet")]
pub use coverage_table::coverage_workbook;
pub use coverage_text::{By, coverage_text};
pub use dataset::DatasetRows;
pub use dataset_row::{DataGroups, DataProfile, DataRow};
pub use dataset_schema::{
    DATASET_VERSION, data_package, dataset_readme, dataset_schema, dataset_tables,
};
pub use decision_file::{NewDecision, NewDecisions, decision_file, previous_line, tidy_feedback};
pub use explain::{
    explain_criterion, explain_entry, explain_rule, rule_reference, standard_text, standards_text,
};
pub use explain_decisions::explain_decisions;
pub use findings_json::findings_json;
pub use findings_text::{findings_text, snippets};
pub use gateway::{gateway_json, gateway_markdown, gateway_text};
pub use github::github;
pub use gitlab::gitlab;
pub use hand_in::{HandIn, HandedDecisions, HandedFile, checksums, cover_page, manifest};
pub use history::{HistoryCheck, HistoryReach, LateFile, LostFile};
pub use hours::HoursReport;
pub use identity::Identity;
pub use junit::junit;
pub use listing_markdown::listing_markdown;
pub use lock_file::lock_file;
pub use mapping::mapping_csv;
pub use markdown::{coverage_markdown, findings_markdown};
pub use review_json::review_json;
pub use revision::Revision;
pub use run::Report;
pub use sample_data::{sample_csv, sample_json};
pub use sample_text::{SampleReport, SampledPortfolio, sample_markdown, sample_text};
pub use sarif::sarif;
pub use scaffold::{Scaffold, quoted, scaffold};
pub use schema::{Offered, SchemaOf, schema};
pub use sources::Sources;
pub use standard_file::{KeptKeys, standard_file};
pub use verified_file::VerifiedFile;
pub use verified_pack::{PackProblem, PackSignature, VerifiedPack};
