//! The only integration test binary: linking each further one would take as long again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::iter_over_hash_type,
    clippy::too_many_lines,
    clippy::needless_pass_by_value,
    missing_docs,
    unreachable_pub,
    reason = "a test that meets the unexpected should stop there, and tests read and write files"
)]

mod attached;
mod attached_hidden;
mod attached_hostile;
mod attached_pdf;
mod bad_input;
mod branches;
mod breaks;
mod build;
mod canaries;
mod closed;
mod closed_more;
mod closed_privacy;
mod cohort;
mod cohort_dataset;
mod cohort_learners;
mod cohort_oracle;
mod cohort_rows;
mod cohort_workbook;
mod copies;
mod coverage;
mod deciding;
mod dependencies;
mod disk;
mod disk_more;
mod documented_commands;
mod documents;
mod edits;
mod everyday;
mod exit_codes;
mod findings;
mod fixing;
mod fuzzed;
mod gateway;
mod gateway_closed;
mod git;
mod growth;
mod help;
mod importing;
mod importing_hidden;
mod importing_shapes;
mod importing_standards;
mod importing_text;
mod in_process;
mod judged_day;
mod live;
mod minimum;
mod next_steps;
mod official;
mod pages;
mod palette;
mod paths_masked;
mod preview;
mod privacy;
mod program_file;
mod programme;
mod properties;
mod ratchet;
mod reading;
mod record;
mod record_closed;
mod reformed;
mod reports;
mod review;
mod revision;
mod rules;
mod safety;
mod said_twice;
mod sample;
mod sampling;
mod search;
mod seeded;
mod shown_text;
mod standard_sheets;
mod support;
mod tab;
mod themes;
mod tidy;
mod wording;
mod write_assess;
mod write_forms;
mod write_page;
mod writing;
