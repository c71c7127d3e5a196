//! Reads `portfolio.yaml`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::decode::{Decoder, Table};
use super::guarded::read_guarded;
use super::parsed::Parsed;
use super::standard::read_evidence_types;
use super::timezone::{default_timezone, read_timezone};
use super::yaml::{Node, Value};
use super::{gateway, keys, plan};
use crate::diagnostic::{FaultKind, Level};
use crate::document::DocumentType;
use crate::model::{
    EntryType, Fraction, IdentifierMatch, Known, Limits, Pace, Profile, PublicSite, RuleChanges,
    Settings, Sharing,
};
use crate::text::{Source, Span, Spanned, nearest};

/// The settings, with codes and ids as typed.
#[derive(Debug)]
pub struct DraftSettings {
    /// Identifiers in the file. They are covered in all values.
    pub identifiers: Vec<IdentifierMatch>,
    /// The settings that need no resolving.
    pub settings: Settings,
    /// Changes to the rules of all standards.
    pub rules: RuleChanges,
    /// Changes to one standard's rules, by its id.
    pub standard_rules: Vec<(Spanned<String>, RuleChanges)>,
    /// Ids of standards with an unreadable rule change; `None` for one that may be for any.
    pub unread_rules: Vec<Option<String>>,
    /// Waivers.
    pub waivers: Vec<DraftWaiver>,
    /// Criteria that do not apply.
    pub left_out: Vec<DraftLeftOut>,
    /// Paces, by a standard's id or `all`.
    pub paces: Vec<(Spanned<String>, Pace)>,
    /// Fractions to reach, by a standard's id or `all`.
    pub thresholds: Vec<(Spanned<String>, Fraction)>,
}

/// A waiver with its code as typed.
#[derive(Debug)]
pub struct DraftWaiver {
    /// The waived criterion.
    pub code: Spanned<String>,
    /// The reason as a word.
    pub kind: String,
    /// Why.
    pub reason: Option<String>,
    /// Who agreed.
    pub by: String,
    /// When.
    pub date: Option<Date>,
    /// Until when.
    pub expires: Option<Date>,
}

/// A criterion that does not apply, with its code as typed.
#[derive(Debug)]
pub struct DraftLeftOut {
    /// The standard.
    pub standard: Spanned<String>,
    /// The code.
    pub code: Spanned<String>,
    /// Why.
    pub reason: String,
}

/// Reads the settings. Always returns some: unreadable values have their defaults.
pub fn settings(source: &Source) -> Parsed<DraftSettings> {
    let (mut parsed, identifiers) = read_guarded(source, |decoder| {
        read_settings(decoder).unwrap_or_else(unreadable)
    });
    parsed.value.identifiers = identifiers;
    parsed
}

/// The settings of a file that cannot be read.
fn unreadable() -> DraftSettings {
    DraftSettings {
        settings: Settings {
            is_unreadable: true,
            ..defaults()
        },
        identifiers: Vec::new(),
        rules: RuleChanges::default(),
        standard_rules: Vec::new(),
        unread_rules: Vec::new(),
        waivers: Vec::new(),
        left_out: Vec::new(),
        paces: Vec::new(),
        thresholds: Vec::new(),
    }
}

fn defaults() -> Settings {
    Settings {
        title: "Evidence portfolio".to_owned(),
        learner_id: "unknown".to_owned(),
        learner_name: None,
        employer: None,
        cohort: None,
        start: None,
        planned_end: None,
        as_of: None,
        timezone: default_timezone(),
        // Without the learner's id, any decision may be the learner's own.
        unread: vec!["learner"],
        is_unreadable: false,
        profile: Profile::Default,
        start_place: Span::default(),
        limits: Limits::default(),
        required_hours: Known::Unknown,
        weekly_hours: Known::Unknown,
        hours_pace: Pace::Even,
        hours_place: Span::default(),
        paces: Vec::new(),
        breaks: Vec::new(),
        learning_every_months: Known::Unknown,
        reviews: Vec::new(),
        declarations: Vec::new(),
        records: Vec::new(),
        thresholds: Vec::new(),
        levels: BTreeMap::new(),
        documents: Vec::new(),
        theme: "default".to_owned(),
        language: "en-GB".to_owned(),
        site: PublicSite {
            states: Sharing::Private,
            feedback: Sharing::Private,
        },
        standards: Vec::new(),
    }
}

fn read_settings(decoder: &mut Decoder<'_>) -> Option<DraftSettings> {
    let (node, _) = decoder.read_file(keys::PORTFOLIO)?;
    let table = decoder.read_table(&node, "portfolio", keys::PORTFOLIO)?;
    decoder.check_version(&table);
    let mut settings = defaults();
    settings.title = decoder
        .read_words(&table, "title")
        .unwrap_or(settings.title);
    read_learner(decoder, &table, &mut settings);
    let before = decoder.faults.len();
    settings.standards = decoder.read_texts(&table, "standards");
    if !decoder.all_read_since(before) || table.doubts("standards") {
        settings.unread.push("standards");
    }
    if settings.standards.is_empty() {
        decoder.report(
            table.key_span("standards"),
            FaultKind::MissingKey { key: "standards" },
        );
    }
    settings.start = read_day(decoder, &table, "start", &mut settings.unread);
    settings.start_place = table.get("start").map(|node| node.span).unwrap_or_default();
    settings.planned_end = read_day(decoder, &table, "planned_end", &mut settings.unread);
    settings.as_of = decoder
        .read_closed(&table, "as_of", Decoder::read_date)
        .read();
    settings.timezone = read_timezone(decoder, &table).unwrap_or(settings.timezone);
    settings.profile = decoder
        .read_closed(&table, "profile", Decoder::read_word)
        .or(settings.profile, Profile::Gateway);
    settings.documents = read_documents(decoder, &table);
    settings.theme = decoder
        .read_words(&table, "theme")
        .unwrap_or(settings.theme);
    read_site(decoder, &table, &mut settings);
    plan::read_hours(decoder, &table, &mut settings);
    settings.breaks = plan::read_breaks(decoder, &table, &settings);
    settings.reviews = plan::read_reviews(decoder, &table);
    settings.levels = read_levels(decoder, &table);
    settings.declarations = gateway::read_declarations(decoder, &table);
    settings.records = gateway::read_records(decoder, &table);
    let mut draft = DraftSettings {
        settings,
        identifiers: Vec::new(),
        rules: RuleChanges::default(),
        standard_rules: Vec::new(),
        unread_rules: Vec::new(),
        waivers: read_waivers(decoder, &table),
        left_out: read_left_out(decoder, &table),
        paces: Vec::new(),
        thresholds: read_thresholds(decoder, &table),
    };
    draft.paces = plan::read_paces(decoder, &table, &draft.settings);
    read_rules(decoder, &table, &mut draft);
    Some(draft)
}

/// Reads a day of the programme.
fn read_day(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    key: &'static str,
    unread: &mut Vec<&'static str>,
) -> Option<Date> {
    let day = decoder.read_closed(table, key, Decoder::read_date);
    unread.extend(day.is_unreadable().then_some(key));
    day.read()
}

/// Reads the types of documents to publish. None if the key is in doubt.
fn read_documents(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<DocumentType> {
    let words = decoder.read_texts(table, "documents");
    let types = words
        .iter()
        .filter_map(|word| decoder.parse_word(word, "documents"))
        .collect();
    if table.doubts("documents") {
        Vec::new()
    } else {
        types
    }
}

fn read_learner(decoder: &mut Decoder<'_>, table: &Table<'_>, settings: &mut Settings) {
    let Some(node) = table.get("learner") else {
        decoder.require_text(table, "learner");
        return;
    };
    let Some(learner) = decoder.read_table(node, "learner", keys::LEARNER) else {
        return;
    };
    // The file asks for the learner's own name and employer, and the id may be a pseudonym.
    let own = ["id", "name", "employer"].into_iter();
    let own = own.filter_map(|key| learner.get(key));
    decoder.neutral.extend(own.map(Node::extent));
    if let Some(id) = decoder.require_text(&learner, "id") {
        settings.learner_id = id.value;
        if !table.doubts("learner") && !learner.doubts("id") {
            settings.unread.retain(|key| *key != "learner");
        }
    }
    settings.learner_name = decoder.read_words(&learner, "name");
    settings.employer = decoder.read_words(&learner, "employer");
    settings.cohort = decoder.read_words(&learner, "cohort");
}

fn read_site(decoder: &mut Decoder<'_>, table: &Table<'_>, settings: &mut Settings) {
    let Some(site) = table
        .get("site")
        .and_then(|node| decoder.read_table(node, "site", keys::SITE))
    else {
        return;
    };
    if let Some(language) = decoder.read_words(&site, "language") {
        settings.language = language;
    }
    settings.site = PublicSite {
        states: read_sharing(decoder, &site, "states"),
        feedback: read_sharing(decoder, &site, "feedback"),
    };
}

/// Reads what a public site shares: nothing if the key is absent, unreadable or in doubt.
fn read_sharing(decoder: &mut Decoder<'_>, site: &Table<'_>, key: &str) -> Sharing {
    let sharing = decoder.read_closed(site, key, Decoder::read_word);
    sharing.or(Sharing::Private, Sharing::Private)
}

fn read_levels(decoder: &mut Decoder<'_>, table: &Table<'_>) -> BTreeMap<String, Spanned<Level>> {
    let mut levels = BTreeMap::new();
    let Some(table) = table
        .get("levels")
        .and_then(|node| decoder.read_open_table(node, "levels"))
    else {
        return levels;
    };
    for (rule, node) in table.pairs().filter(|(rule, _)| !table.doubts(&rule.value)) {
        let Some(word) = decoder.read_scalar(node, &rule.value) else {
            continue;
        };
        // Only the word itself switches a rule off, because `false` could mean anything.
        let word = word.map(|word| word.to_lowercase());
        if let Some(level) = Level::ALL
            .into_iter()
            .find(|level| level.word() == word.value)
        {
            levels.insert(rule.value.to_lowercase(), Spanned::new(level, rule.span));
        } else {
            decoder.report_unknown_word(&word, &rule.value, Level::ALL.map(Level::word).to_vec());
        }
    }
    levels
}

fn read_rules(decoder: &mut Decoder<'_>, table: &Table<'_>, draft: &mut DraftSettings) {
    let known = keys::rules_and_limits();
    let before = decoder.faults.len();
    let in_doubt = table.doubts("rules");
    let Some(table) = table
        .get("rules")
        .and_then(|node| decoder.read_known_table(node, "rules", known))
    else {
        draft
            .unread_rules
            .extend((in_doubt || !decoder.all_read_since(before)).then_some(None));
        return;
    };
    let limits = &mut draft.settings.limits;
    limits.max_codes_per_entry = decoder.read_number(&table, "max_codes_per_entry");
    limits.max_file_mb = decoder
        .read_number(&table, "max_file_mb")
        .unwrap_or(limits.max_file_mb);
    limits.max_entries_per_day = decoder
        .read_number(&table, "max_entries_per_day")
        .unwrap_or(limits.max_entries_per_day);
    limits.max_silence_days = decoder
        .read_number(&table, "max_silence_days")
        .unwrap_or(limits.max_silence_days);
    limits.min_learning_words = decoder
        .read_number(&table, "min_learning_words")
        .unwrap_or(limits.min_learning_words);
    let before = decoder.faults.len();
    draft.rules = read_changes(decoder, &table);
    let doubts = in_doubt || keys::RULES.iter().any(|key| table.doubts(key.name));
    let mut any_is_unread = doubts || !decoder.all_read_since(before);
    for (key, node) in table.pairs() {
        if known.iter().any(|one| one.name == key.value) {
            continue;
        }
        let before = decoder.faults.len();
        if matches!(node.value, Value::Table(_)) {
            if let Some(own) = decoder.read_table(node, &key.value, keys::RULES) {
                let own = read_changes(decoder, &own);
                draft.standard_rules.push((key.clone(), own));
            }
            let is_unread = table.doubts(&key.value) || !decoder.all_read_since(before);
            draft
                .unread_rules
                .extend(is_unread.then(|| Some(key.value.clone())));
        } else {
            decoder.report_unknown_key(key, known);
            // A misspelt limit changes only reports, never requirements.
            let meant = nearest(&key.value, known.iter().map(|one| one.name));
            any_is_unread |=
                meant.is_none_or(|meant| keys::RULES.iter().any(|one| one.name == meant));
        }
    }
    draft.unread_rules.extend(any_is_unread.then_some(None));
}

fn read_changes(decoder: &mut Decoder<'_>, table: &Table<'_>) -> RuleChanges {
    // An unreadable change leaves the standard's own rule: `unknown` would ask for nothing.
    let mut change = |key: &str| -> Option<Known<u32>> {
        let before = decoder.faults.len();
        let changed = table
            .get(key)
            .map(|_| decoder.read_known_number(table, key));
        changed.filter(|_| !table.doubts(key) && decoder.all_read_since(before))
    };
    RuleChanges {
        min_pieces: change("min_pieces"),
        min_types: change("min_types"),
        min_events: change("min_events"),
        currency_months: change("currency_months"),
        pass_mark_percent: change("pass_mark_percent"),
        max_attempts: change("max_attempts"),
        evidence_types: read_changed_types(decoder, table),
    }
}

fn read_changed_types(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
) -> Option<Known<Vec<EntryType>>> {
    let before = decoder.faults.len();
    let types = table
        .get("evidence_types")
        .map(|_| read_evidence_types(decoder, table));
    types.filter(|_| !table.doubts("evidence_types") && decoder.all_read_since(before))
}

/// Reads waivers. A waiver reduces what is required, so one with an unreadable part is dropped.
fn read_waivers(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<DraftWaiver> {
    let mut waivers = Vec::new();
    for node in decoder.read_list(table, "waivers") {
        let before = decoder.faults.len();
        let Some(item) = decoder.read_table(node, "waivers", keys::WAIVER) else {
            continue;
        };
        let Some(code) = decoder.require_text(&item, "code") else {
            continue;
        };
        let reason = decoder.read_words(&item, "reason");
        if reason.is_none() && decoder.all_read_since(before) {
            decoder.report(
                code.span,
                FaultKind::WaiverWithoutReason {
                    code: code.value.clone(),
                },
            );
        }
        let waiver = DraftWaiver {
            code,
            kind: decoder
                .read_words(&item, "kind")
                .unwrap_or_else(|| "unknown".to_owned()),
            reason,
            by: decoder
                .read_words(&item, "by")
                .unwrap_or_else(|| "unknown".to_owned()),
            date: decoder.read_date(&item, "date"),
            expires: decoder.read_date(&item, "expires"),
        };
        if decoder.all_read_since(before) {
            waivers.push(waiver);
        }
    }
    waivers
}

/// Reads fractions such as `69/72`, under `all` or a standard's id.
fn read_thresholds(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
) -> Vec<(Spanned<String>, Fraction)> {
    let mut thresholds = Vec::new();
    let Some(table) = table
        .get("thresholds")
        .and_then(|node| decoder.read_open_table(node, "thresholds"))
    else {
        return thresholds;
    };
    for (name, node) in table.pairs() {
        let typed = decoder.read_scalar(node, &name.value);
        match typed
            .as_ref()
            .and_then(|typed| Fraction::read(&typed.value))
        {
            Some(fraction) => thresholds.push((name.clone(), fraction)),
            None => decoder.report_wrong_type(node, &name.value, "a fraction such as 69/72"),
        }
    }
    thresholds
}

fn read_left_out(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<DraftLeftOut> {
    let mut left_out = Vec::new();
    let Some(scope) = table
        .get("scope")
        .and_then(|node| decoder.read_open_table(node, "scope"))
    else {
        return left_out;
    };
    for (standard, node) in scope.pairs() {
        let Some(lines) = decoder.read_table(node, &standard.value, keys::SCOPE) else {
            continue;
        };
        for node in decoder.read_list(&lines, "leave_out") {
            let before = decoder.faults.len();
            let Some(item) = decoder.read_table(node, "leave_out", keys::LEFT_OUT) else {
                continue;
            };
            let code = decoder.require_text(&item, "code");
            let reason = decoder.require_text(&item, "reason");
            let all_read = decoder.all_read_since(before) && !lines.doubts("leave_out");
            if let (Some(code), Some(reason), true) = (code, reason, all_read) {
                left_out.push(DraftLeftOut {
                    standard: standard.clone(),
                    code,
                    reason: reason.value,
                });
            }
        }
    }
    left_out
}
