//! All rules, one file each, sorted by name.

use super::names::Names;
use super::rule::{Rule, Run};

mod accepted_though_insufficient;
mod action_never_closed;
mod bad_date;
mod batch_of_entries;
mod behind_on_hours;
mod behind_plan;
mod broken_decision_chain;
mod broken_front_matter;
mod broken_link;
mod code_in_text_not_claimed;
mod confidentiality_not_declared;
mod consent_expiring;
mod contested_claim;
mod coverage_regressed;
mod date_outside_programme;
mod drafted_only;
mod duplicate_entry_id;
mod duplicate_key;
mod entry_without_codes;
mod file_content;
mod group_incomplete;
mod hours_without_learning;
mod identifier;
mod implicit_type;
mod impossible_date;
mod invalid_standard;
mod long_silence;
mod missing_alt_text;
mod missing_detail;
mod missing_file;
mod missing_justification;
mod missing_key;
mod missing_stage;
mod near_duplicate_entries;
mod no_dated_action;
mod no_valid_consent;
mod not_accepted;
mod open_referral;
mod over_linked;
mod oversize;
mod reflection_style;
mod review_overdue;
mod revised_code;
mod several_chain_ends;
mod stale_baseline;
mod stale_claim;
mod statement_changed;
mod still_in_history;
mod thin_criterion;
mod threshold_not_met;
mod too_many_hours;
mod twin_code;
mod type_not_allowed;
mod unbound_decision;
mod uncovered_criterion;
mod unknown_code;
mod unknown_heading;
mod unknown_key;
mod unknown_reference;
mod unknown_word;
mod unpublishable_file;
mod unread_text;
mod unreadable_document;
mod unreadable_file;
mod unreadable_picture;
mod unsafe_link;
mod untidy_code;
mod untidy_text;
mod unusable_signer;
mod unused_file;
mod unused_suppression;
mod unverified_decision;
mod waiver_expired;
mod waiver_for_covered;
mod waiver_without_reason;
mod wrong_type;

/// Every rule.
pub const ALL: &[&Rule] = &[
    &accepted_though_insufficient::ACCEPTED_THOUGH_INSUFFICIENT,
    &action_never_closed::ACTION_NEVER_CLOSED,
    &bad_date::BAD_DATE,
    &batch_of_entries::BATCH_OF_ENTRIES,
    &behind_on_hours::BEHIND_ON_HOURS,
    &behind_plan::BEHIND_PLAN,
    &broken_decision_chain::BROKEN_DECISION_CHAIN,
    &broken_front_matter::BROKEN_FRONT_MATTER,
    &broken_link::BROKEN_LINK,
    &code_in_text_not_claimed::CODE_IN_TEXT_NOT_CLAIMED,
    &confidentiality_not_declared::CONFIDENTIALITY_NOT_DECLARED,
    &consent_expiring::CONSENT_EXPIRING,
    &contested_claim::CONTESTED_CLAIM,
    &coverage_regressed::COVERAGE_REGRESSED,
    &date_outside_programme::DATE_OUTSIDE_PROGRAMME,
    &drafted_only::DRAFTED_ONLY,
    &duplicate_entry_id::DUPLICATE_ENTRY_ID,
    &duplicate_key::DUPLICATE_KEY,
    &entry_without_codes::ENTRY_WITHOUT_CODES,
    &file_content::FILE_CONTENT,
    &group_incomplete::GROUP_INCOMPLETE,
    &hours_without_learning::HOURS_WITHOUT_LEARNING,
    &identifier::IDENTIFIER,
    &implicit_type::IMPLICIT_TYPE,
    &impossible_date::IMPOSSIBLE_DATE,
    &invalid_standard::INVALID_STANDARD,
    &long_silence::LONG_SILENCE,
    &missing_alt_text::MISSING_ALT_TEXT,
    &missing_detail::MISSING_DETAIL,
    &missing_file::MISSING_FILE,
    &missing_justification::MISSING_JUSTIFICATION,
    &missing_key::MISSING_KEY,
    &missing_stage::MISSING_STAGE,
    &near_duplicate_entries::NEAR_DUPLICATE_ENTRIES,
    &no_dated_action::NO_DATED_ACTION,
    &no_valid_consent::NO_VALID_CONSENT,
    &not_accepted::NOT_ACCEPTED,
    &open_referral::OPEN_REFERRAL,
    &over_linked::OVER_LINKED,
    &oversize::OVERSIZE,
    &reflection_style::REFLECTION_STYLE,
    &review_overdue::REVIEW_OVERDUE,
    &revised_code::REVISED_CODE,
    &several_chain_ends::SEVERAL_CHAIN_ENDS,
    &stale_baseline::STALE_BASELINE,
    &stale_claim::STALE_CLAIM,
    &statement_changed::STATEMENT_CHANGED,
    &still_in_history::STILL_IN_HISTORY,
    &thin_criterion::THIN_CRITERION,
    &threshold_not_met::THRESHOLD_NOT_MET,
    &too_many_hours::TOO_MANY_HOURS,
    &twin_code::TWIN_CODE,
    &type_not_allowed::TYPE_NOT_ALLOWED,
    &unbound_decision::UNBOUND_DECISION,
    &uncovered_criterion::UNCOVERED_CRITERION,
    &unknown_code::UNKNOWN_CODE,
    &unknown_heading::UNKNOWN_HEADING,
    &unknown_key::UNKNOWN_KEY,
    &unknown_reference::UNKNOWN_REFERENCE,
    &unknown_word::UNKNOWN_WORD,
    &unpublishable_file::UNPUBLISHABLE_FILE,
    &unread_text::UNREAD_TEXT,
    &unreadable_document::UNREADABLE_DOCUMENT,
    &unreadable_file::UNREADABLE_FILE,
    &unreadable_picture::UNREADABLE_PICTURE,
    &unsafe_link::UNSAFE_LINK,
    &untidy_code::UNTIDY_CODE,
    &untidy_text::UNTIDY_TEXT,
    &unusable_signer::UNUSABLE_SIGNER,
    &unused_file::UNUSED_FILE,
    &unused_suppression::UNUSED_SUPPRESSION,
    &unverified_decision::UNVERIFIED_DECISION,
    &waiver_expired::WAIVER_EXPIRED,
    &waiver_for_covered::WAIVER_FOR_COVERED,
    &waiver_without_reason::WAIVER_WITHOUT_REASON,
    &wrong_type::WRONG_TYPE,
];

/// The rule without which no decision is filed.
pub const ACCEPTED_THOUGH_INSUFFICIENT: &str =
    accepted_though_insufficient::ACCEPTED_THOUGH_INSUFFICIENT.name;

/// The rule about files that are not read, or not in full.
pub const UNREADABLE_FILE: &str = unreadable_file::UNREADABLE_FILE.name;

/// The rule whose fixes are made in all entries at once.
pub const REVISED_CODE: &str = revised_code::REVISED_CODE.name;

/// The rule that a baseline's filter asks for.
pub const COVERAGE_REGRESSED: &str = coverage_regressed::COVERAGE_REGRESSED.name;

/// Every record that findings can name: kinds, and rules without kinds.
pub fn named() -> impl Iterator<Item = &'static Rule> {
    ALL.iter().copied().flat_map(|rule| match rule.run {
        Run::Kinds(kinds) => kinds,
        _ => std::slice::from_ref(rule),
    })
}

/// The rule or kind that findings call `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    named().find(|rule| rule.name == name)
}

/// The rule or kind called `name`, also a rule that has kinds.
#[must_use]
pub fn record(name: &str) -> Option<&'static Rule> {
    find(name).or_else(|| ALL.iter().copied().find(|rule| rule.name == name))
}

/// The names of all rules and kinds, for rules about names.
#[must_use]
pub fn names() -> Names {
    let kinds = ALL.iter().filter_map(|rule| match rule.run {
        Run::Kinds(kinds) => Some((rule.name, kinds.iter().map(|kind| kind.name).collect())),
        _ => None,
    });
    Names::new(
        named().map(|rule| (rule.name, rule.levels)).collect(),
        kinds.collect(),
    )
}

/// Whether an answer in an entry silences the rule without naming words.
#[must_use]
pub fn is_answerable(name: &str) -> bool {
    find(name).is_none_or(|rule| rule.levels.answerable)
}

#[cfg(test)]
mod tests {
    use super::{find, named, record};
    use crate::check::names::RENAMED;
    use crate::diagnostic::Level;
    use crate::model::{Profile, Word};

    #[test]
    fn no_profile_switches_off_a_rule_that_guards() {
        let guarding: Vec<_> = named().filter(|rule| rule.levels.guards).collect();
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

    #[test]
    fn old_names_are_sorted_and_lead_to_rules() {
        assert!(RENAMED.is_sorted());
        for (old, new) in RENAMED {
            assert!(record(old).is_none(), "{old}");
            assert!(new.is_none_or(|new| find(new).is_some()), "{old}");
        }
    }
}
