//! All rules, one file each, sorted by name.

use super::Rule;

mod accepted_though_insufficient;
mod action_never_closed;
mod ambiguous_code;
mod ambiguous_date;
mod bad_date;
mod batch_of_entries;
mod behind_on_hours;
mod behind_plan;
mod broken_decision_chain;
mod broken_front_matter;
mod broken_link;
mod changed_after_acceptance;
mod chi_number;
mod closed_before_agreed;
mod code_in_text_not_claimed;
mod confidentiality_not_declared;
mod consent_expiring;
mod coverage_regressed;
mod date_in_future;
mod date_of_birth;
mod date_of_death;
mod date_outside_programme;
mod description_dominates;
mod document_comments;
mod document_properties;
mod drafted_only;
mod duplicate_code;
mod duplicate_entry_id;
mod duplicate_key;
mod email_address;
mod embedded_content;
mod empty_stage;
mod entry_without_codes;
mod event_date;
mod evidence_out_of_date;
mod group_incomplete;
mod hidden_content;
mod home_address;
mod hospital_number;
mod hours_without_learning;
mod implicit_type;
mod initials;
mod invalid_standard;
mod long_silence;
mod missing_alt_text;
mod missing_file;
mod missing_justification;
mod missing_key;
mod missing_practice_detail;
mod missing_stage;
mod missing_witness_role;
mod near_duplicate_entries;
mod nhs_number;
mod ni_number;
mod no_dated_action;
mod no_theory_in_analysis;
mod no_valid_consent;
mod non_canonical_code;
mod not_accepted;
mod open_referral;
mod over_linked;
mod oversize;
mod personal_name;
mod phone_number;
mod picture_metadata;
mod postcode;
mod review_overdue;
mod stage_order;
mod stages_repeat_each_other;
mod stale_baseline;
mod stale_claim;
mod still_in_history;
mod superseded_code;
mod telling_combination;
mod thin_criterion;
mod threshold_not_met;
mod too_many_attempts;
mod too_many_hours;
mod tracked_changes;
mod twin_code;
mod type_not_allowed;
mod unbound_decision;
mod uncovered_criterion;
mod unknown_code;
mod unknown_consent;
mod unknown_heading;
mod unknown_key;
mod unknown_model;
mod unknown_setting;
mod unknown_standard;
mod unknown_status;
mod unknown_type;
mod unknown_word;
mod unpublishable_file;
mod unread_text;
mod unreadable_document;
mod unreadable_file;
mod unreadable_picture;
mod unsafe_link;
mod unusable_signer;
mod unused_file;
mod unused_suppression;
mod unverified_decision;
mod waiver_expired;
mod waiver_for_covered;
mod waiver_without_reason;
mod ward_and_bed;
mod we_instead_of_i;
mod written_before_event;
mod wrong_case;
mod wrong_type;

/// Every rule.
pub const ALL: &[&Rule] = &[
    &accepted_though_insufficient::ACCEPTED_THOUGH_INSUFFICIENT,
    &action_never_closed::ACTION_NEVER_CLOSED,
    &ambiguous_code::AMBIGUOUS_CODE,
    &ambiguous_date::AMBIGUOUS_DATE,
    &bad_date::BAD_DATE,
    &batch_of_entries::BATCH_OF_ENTRIES,
    &behind_on_hours::BEHIND_ON_HOURS,
    &behind_plan::BEHIND_PLAN,
    &broken_decision_chain::BROKEN_DECISION_CHAIN,
    &broken_front_matter::BROKEN_FRONT_MATTER,
    &broken_link::BROKEN_LINK,
    &changed_after_acceptance::CHANGED_AFTER_ACCEPTANCE,
    &chi_number::CHI_NUMBER,
    &closed_before_agreed::CLOSED_BEFORE_AGREED,
    &code_in_text_not_claimed::CODE_IN_TEXT_NOT_CLAIMED,
    &confidentiality_not_declared::CONFIDENTIALITY_NOT_DECLARED,
    &consent_expiring::CONSENT_EXPIRING,
    &coverage_regressed::COVERAGE_REGRESSED,
    &date_in_future::DATE_IN_FUTURE,
    &date_of_birth::DATE_OF_BIRTH,
    &date_of_death::DATE_OF_DEATH,
    &date_outside_programme::DATE_OUTSIDE_PROGRAMME,
    &description_dominates::DESCRIPTION_DOMINATES,
    &document_comments::DOCUMENT_COMMENTS,
    &document_properties::DOCUMENT_PROPERTIES,
    &drafted_only::DRAFTED_ONLY,
    &duplicate_code::DUPLICATE_CODE,
    &duplicate_entry_id::DUPLICATE_ENTRY_ID,
    &duplicate_key::DUPLICATE_KEY,
    &email_address::EMAIL_ADDRESS,
    &embedded_content::EMBEDDED_CONTENT,
    &empty_stage::EMPTY_STAGE,
    &entry_without_codes::ENTRY_WITHOUT_CODES,
    &event_date::EVENT_DATE,
    &evidence_out_of_date::EVIDENCE_OUT_OF_DATE,
    &group_incomplete::GROUP_INCOMPLETE,
    &hidden_content::HIDDEN_CONTENT,
    &home_address::HOME_ADDRESS,
    &hospital_number::HOSPITAL_NUMBER,
    &hours_without_learning::HOURS_WITHOUT_LEARNING,
    &implicit_type::IMPLICIT_TYPE,
    &initials::INITIALS,
    &invalid_standard::INVALID_STANDARD,
    &long_silence::LONG_SILENCE,
    &missing_alt_text::MISSING_ALT_TEXT,
    &missing_file::MISSING_FILE,
    &missing_justification::MISSING_JUSTIFICATION,
    &missing_key::MISSING_KEY,
    &missing_practice_detail::MISSING_PRACTICE_DETAIL,
    &missing_stage::MISSING_STAGE,
    &missing_witness_role::MISSING_WITNESS_ROLE,
    &near_duplicate_entries::NEAR_DUPLICATE_ENTRIES,
    &nhs_number::NHS_NUMBER,
    &ni_number::NI_NUMBER,
    &no_dated_action::NO_DATED_ACTION,
    &no_theory_in_analysis::NO_THEORY_IN_ANALYSIS,
    &no_valid_consent::NO_VALID_CONSENT,
    &non_canonical_code::NON_CANONICAL_CODE,
    &not_accepted::NOT_ACCEPTED,
    &open_referral::OPEN_REFERRAL,
    &over_linked::OVER_LINKED,
    &oversize::OVERSIZE,
    &personal_name::PERSONAL_NAME,
    &phone_number::PHONE_NUMBER,
    &picture_metadata::PICTURE_METADATA,
    &postcode::POSTCODE,
    &review_overdue::REVIEW_OVERDUE,
    &stage_order::STAGE_ORDER,
    &stages_repeat_each_other::STAGES_REPEAT_EACH_OTHER,
    &stale_baseline::STALE_BASELINE,
    &stale_claim::STALE_CLAIM,
    &still_in_history::STILL_IN_HISTORY,
    &superseded_code::SUPERSEDED_CODE,
    &telling_combination::TELLING_COMBINATION,
    &thin_criterion::THIN_CRITERION,
    &threshold_not_met::THRESHOLD_NOT_MET,
    &too_many_attempts::TOO_MANY_ATTEMPTS,
    &too_many_hours::TOO_MANY_HOURS,
    &tracked_changes::TRACKED_CHANGES,
    &twin_code::TWIN_CODE,
    &type_not_allowed::TYPE_NOT_ALLOWED,
    &unbound_decision::UNBOUND_DECISION,
    &uncovered_criterion::UNCOVERED_CRITERION,
    &unknown_code::UNKNOWN_CODE,
    &unknown_consent::UNKNOWN_CONSENT,
    &unknown_heading::UNKNOWN_HEADING,
    &unknown_key::UNKNOWN_KEY,
    &unknown_model::UNKNOWN_MODEL,
    &unknown_setting::UNKNOWN_SETTING,
    &unknown_standard::UNKNOWN_STANDARD,
    &unknown_status::UNKNOWN_STATUS,
    &unknown_type::UNKNOWN_TYPE,
    &unknown_word::UNKNOWN_WORD,
    &unpublishable_file::UNPUBLISHABLE_FILE,
    &unread_text::UNREAD_TEXT,
    &unreadable_document::UNREADABLE_DOCUMENT,
    &unreadable_file::UNREADABLE_FILE,
    &unreadable_picture::UNREADABLE_PICTURE,
    &unsafe_link::UNSAFE_LINK,
    &unusable_signer::UNUSABLE_SIGNER,
    &unused_file::UNUSED_FILE,
    &unused_suppression::UNUSED_SUPPRESSION,
    &unverified_decision::UNVERIFIED_DECISION,
    &waiver_expired::WAIVER_EXPIRED,
    &waiver_for_covered::WAIVER_FOR_COVERED,
    &waiver_without_reason::WAIVER_WITHOUT_REASON,
    &ward_and_bed::WARD_AND_BED,
    &we_instead_of_i::WE_INSTEAD_OF_I,
    &written_before_event::WRITTEN_BEFORE_EVENT,
    &wrong_case::WRONG_CASE,
    &wrong_type::WRONG_TYPE,
];

/// The rule without which no decision is filed.
pub const ACCEPTED_THOUGH_INSUFFICIENT: &str =
    accepted_though_insufficient::ACCEPTED_THOUGH_INSUFFICIENT.name;

/// The rule about files that are not read, or not in full.
pub const UNREADABLE_FILE: &str = unreadable_file::UNREADABLE_FILE.name;

/// The rule that a baseline's filter asks for.
pub const COVERAGE_REGRESSED: &str = coverage_regressed::COVERAGE_REGRESSED.name;

/// The rule of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// Whether the rule of a name guards, and cannot be switched off.
#[must_use]
pub fn guards(name: &str) -> bool {
    find(name).is_some_and(|rule| rule.levels.guards)
}

/// Whether an answer in an entry silences the rule of a name without naming words.
#[must_use]
pub fn is_answerable(name: &str) -> bool {
    find(name).is_none_or(|rule| rule.levels.answerable)
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use crate::diagnostic::Level;
    use crate::model::{Profile, Word};

    #[test]
    fn no_profile_switches_off_a_rule_that_guards() {
        let guarding: Vec<_> = ALL.iter().filter(|rule| rule.levels.guards).collect();
        assert!(guarding.len() > 20);
        for rule in guarding {
            assert!(
                Profile::ALL
                    .iter()
                    .all(|&profile| rule.levels.of(profile) != Level::Off),
                "{}",
                rule.name
            );
        }
    }
}
