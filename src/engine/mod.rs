//! The engine: opens a portfolio and does everything that needs its files, without a terminal.
//!
//! Doors (`cli`, `server`) translate between people and this module: arguments to options, progress
//! and reports to text. The engine never prints, never asks and never exits.

mod assessor_copy;
mod attached;
mod base_files;
mod chain_history;
mod clock;
mod cohort;
mod decide;
mod embedded_pictures;
mod entries;
mod error;
mod evidence;
mod filing;
mod filtered_copy;
mod fix;
mod hand_in;
mod history;
mod import;
mod import_files;
mod import_plan;
mod import_sources;
mod import_text;
mod join;
mod load;
mod lock_standards;
mod lookback;
mod names;
mod new_entry;
mod new_portfolio;
mod pack;
mod pack_filter;
mod pack_links;
mod pack_manifest;
mod pack_page;
mod pack_program;
mod pack_shared;
mod pack_yaml;
mod parsed_standards;
mod parts;
mod pipeline;
#[cfg(feature = "serve")]
mod preview;
mod progress;
mod read;
mod read_names;
mod read_words;
mod reuse;
mod revision;
mod site;
mod snapshot;
mod standard_import;
mod standard_renewal;
mod standards;
mod theme;
mod theme_files;
mod verify_pack;
mod verify_program;
mod verify_stated;
mod withheld;
mod workspace;

pub use assessor_copy::{AssessorCopy, AssessorZip, zip_for_assessor};
pub use attached::{attached, embedded_in, not_published};
pub use chain_history::look_back;
pub use clock::{common_day, day_of, today};
pub use cohort::{CohortRequest, JudgedLearner, judge_cohort};
pub use decide::{
    DecisionHead, Judgement, code_in_files, day_to_decide, decision_text, describe_attempt,
    find_entry, reopen,
};
pub use error::EngineError;
pub use filing::{
    Candidate, Judged, changes, file, free_name, heads, judge, refuse_identifier, refused,
    take_turn,
};
pub use fix::{Fixed, apply_fixes, fixes};
pub use hand_in::{HandInReport, file_stem, write_hand_in};
pub use history::describe_changes;
pub use import::{FiledDecision, FiledLink, Imported, import_decision, import_decision_text};
pub use import_files::{ImportOptions, ReadDocument, read_documents};
pub use import_plan::{Becomes, ImportPlan, PlannedEntry, PlannedFile, plan_import, write_import};
pub use import_sources::ImportSources;
pub use join::{Joined, join_heads};
pub use load::{embedded_standards, find_root, load_settings};
pub use lock_standards::lock_standards;
pub use lookback::search_history;
pub use new_entry::{NewEntry, check_title, create_entry, entry_file_name, find_model};
pub use new_portfolio::{NewPortfolio, create_portfolio, has_portfolio, refuse_second};
pub use pack::{PackRequest, standalone_pack};
pub use pack_manifest::StateDifference;
pub use pack_program::{ProgramFile, pack_with_program};
pub use pipeline::{Pipeline, PipelineService, StarterFile, create_pipeline};
#[cfg(feature = "serve")]
pub use preview::{Notice, Preview, Reply};
pub use progress::Progress;
pub use read::{
    AskedFile, FindingAnswer, FoundWords, ReadingQuestions, ReadingRecord, RecordedReading,
    place_in_entry, reading_questions, record_reading, refuse_reader,
};
pub use read_names::{NameMatch, NamePlace};
pub use read_words::AskedWords;
pub use revision::{describe_statement, standard_version, write_map};
pub use site::{SiteReport, SiteRequest, build_site};
pub use snapshot::{OpenOptions, Snapshot};
pub use standard_import::{
    BecomesStandard, ImportedStandard, KnownStandard, MadeStandard, StandardImport, read_standard,
    write_imported,
};
pub use standards::{check_plan, check_standard, known_standards, standard_titles};
pub use theme::{open_default_theme, open_theme};
pub use verify_pack::verify_pack;
pub use verify_program::verify_program_file;
pub use withheld::{WithheldEntry, list_withheld};
pub use workspace::{Change, Workspace};
