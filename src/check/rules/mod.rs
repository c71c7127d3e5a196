//! All rules, one file each, sorted by name.

use super::Rule;

mod ambiguous_code;
mod bad_date;
mod broken_decision_chain;
mod broken_front_matter;
mod broken_link;
mod drafted_only;
mod duplicate_code;
mod duplicate_entry_id;
mod duplicate_key;
mod empty_stage;
mod entry_without_codes;
mod invalid_standard;
mod missing_file;
mod missing_key;
mod missing_stage;
mod non_canonical_code;
mod thin_criterion;
mod unbound_decision;
mod uncovered_criterion;
mod unknown_code;
mod unknown_consent;
mod unknown_key;
mod unknown_model;
mod unknown_setting;
mod unknown_standard;
mod unknown_status;
mod unknown_type;
mod unknown_word;
mod unreadable_file;
mod unsafe_link;
mod wrong_type;

/// Every rule.
pub const ALL: &[&Rule] = &[
    &ambiguous_code::AMBIGUOUS_CODE,
    &bad_date::BAD_DATE,
    &broken_decision_chain::BROKEN_DECISION_CHAIN,
    &broken_front_matter::BROKEN_FRONT_MATTER,
    &broken_link::BROKEN_LINK,
    &drafted_only::DRAFTED_ONLY,
    &duplicate_code::DUPLICATE_CODE,
    &duplicate_entry_id::DUPLICATE_ENTRY_ID,
    &duplicate_key::DUPLICATE_KEY,
    &empty_stage::EMPTY_STAGE,
    &entry_without_codes::ENTRY_WITHOUT_CODES,
    &invalid_standard::INVALID_STANDARD,
    &missing_file::MISSING_FILE,
    &missing_key::MISSING_KEY,
    &missing_stage::MISSING_STAGE,
    &non_canonical_code::NON_CANONICAL_CODE,
    &thin_criterion::THIN_CRITERION,
    &unbound_decision::UNBOUND_DECISION,
    &uncovered_criterion::UNCOVERED_CRITERION,
    &unknown_code::UNKNOWN_CODE,
    &unknown_consent::UNKNOWN_CONSENT,
    &unknown_key::UNKNOWN_KEY,
    &unknown_model::UNKNOWN_MODEL,
    &unknown_setting::UNKNOWN_SETTING,
    &unknown_standard::UNKNOWN_STANDARD,
    &unknown_status::UNKNOWN_STATUS,
    &unknown_type::UNKNOWN_TYPE,
    &unknown_word::UNKNOWN_WORD,
    &unreadable_file::UNREADABLE_FILE,
    &unsafe_link::UNSAFE_LINK,
    &wrong_type::WRONG_TYPE,
];

/// The rule of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}
