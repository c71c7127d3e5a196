//! Reads `portfolio.yaml`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::decode::{Decoder, Table};
use super::guarded::guarded;
use super::standard::evidence_types;
use super::yaml::Value;
use super::{Parsed, keys, plan};
use crate::diagnostic::{FaultKind, Level};
use crate::model::{
    Declaration, Fraction, Known, Limits, Pace, Profile, PublicSite, Record, Revealed, RuleChanges, Settings,
};
use crate::text::{Source, Span, Spanned, nearest};

/// The settings, with codes and ids as typed.
#[derive(Clone, Debug)]
pub struct DraftSettings {
    /// What in the file identifies somebody. No value holds any of it.
    pub identifiers: Vec<Revealed>,
    /// What needs no resolving.
    pub settings: Settings,
    /// Changes to the rules of all standards.
    pub rules: RuleChanges,
    /// Changes to one standard's rules, by its id.
    pub standard_rules: Vec<(Spanned<String>, RuleChanges)>,
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
#[derive(Clone, Debug)]
pub struct DraftWaiver {
    /// What is waived.
    pub code: Spanned<String>,
    /// Why in a word.
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
#[derive(Clone, Debug)]
pub struct DraftLeftOut {
    /// The standard.
    pub standard: Spanned<String>,
    /// The code.
    pub code: Spanned<String>,
    /// Why.
    pub reason: String,
}

/// Reads the settings. They always come back; what could not be read has its default.
pub fn settings(source: &Source) -> Parsed<DraftSettings> {
    let (mut parsed, identifiers) = guarded(source, |decoder| read(decoder).unwrap_or_else(unread));
    parsed.value.identifiers = identifiers;
    parsed
}

/// What holds where nothing could be read.
fn unread() -> DraftSettings {
    DraftSettings {
        settings: defaults(),
        identifiers: Vec::new(),
        rules: RuleChanges::default(),
        standard_rules: Vec::new(),
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
        profile: Profile::Default,
        start_place: Span::default(),
        limits: Limits::default(),
        required_hours: Known::Unknown,
        weekly_hours: Known::Unknown,
        hours_pace: Pace::Even,
        hours_place: Span::default(),
        paces: Vec::new(),
        reviews: Vec::new(),
        declarations: Vec::new(),
        records: Vec::new(),
        thresholds: Vec::new(),
        levels: BTreeMap::new(),
        documents: Vec::new(),
        theme: "default".to_owned(),
        language: "en-GB".to_owned(),
        base_url: String::new(),
        site: PublicSite::default(),
        standards: Vec::new(),
    }
}

fn read(decoder: &mut Decoder<'_>) -> Option<DraftSettings> {
    let (node, _) = decoder.file(keys::PORTFOLIO)?;
    let table = decoder.table(&node, "portfolio", keys::PORTFOLIO)?;
    decoder.version(&table);
    let mut settings = defaults();
    settings.title = decoder.words(&table, "title").unwrap_or(settings.title);
    learner(decoder, &table, &mut settings);
    settings.standards = decoder.texts(&table, "standards");
    if settings.standards.is_empty() {
        decoder.fault(table.key_span("standards"), FaultKind::MissingKey { key: "standards" });
    }
    settings.start = decoder.date(&table, "start");
    settings.start_place = table.get("start").map(|node| node.span).unwrap_or_default();
    settings.planned_end = decoder.date(&table, "planned_end");
    settings.profile = decoder.word(&table, "profile").unwrap_or(settings.profile);
    let documents = decoder.texts(&table, "documents");
    settings.documents = documents.iter().filter_map(|word| decoder.as_word(word, "documents")).collect();
    settings.theme = decoder.words(&table, "theme").unwrap_or(settings.theme);
    site(decoder, &table, &mut settings);
    plan::hours(decoder, &table, &mut settings);
    settings.reviews = plan::reviews(decoder, &table);
    settings.levels = levels(decoder, &table);
    settings.declarations = declarations(decoder, &table);
    settings.records = records(decoder, &table);
    let mut draft = DraftSettings {
        settings,
        identifiers: Vec::new(),
        rules: RuleChanges::default(),
        standard_rules: Vec::new(),
        waivers: waivers(decoder, &table),
        left_out: left_out(decoder, &table),
        paces: Vec::new(),
        thresholds: thresholds(decoder, &table),
    };
    draft.paces = plan::paces(decoder, &table, &draft.settings);
    rules(decoder, &table, &mut draft);
    Some(draft)
}

fn learner(decoder: &mut Decoder<'_>, table: &Table<'_>, settings: &mut Settings) {
    let Some(node) = table.get("learner") else {
        decoder.required(table, "learner");
        return;
    };
    // It asks for the learner's own name and employer.
    decoder.neutral.push(node.extent());
    let Some(learner) = decoder.table(node, "learner", keys::LEARNER) else {
        return;
    };
    if let Some(id) = decoder.required(&learner, "id") {
        settings.learner_id = id.value;
    }
    settings.learner_name = decoder.words(&learner, "name");
    settings.employer = decoder.words(&learner, "employer");
    settings.cohort = decoder.words(&learner, "cohort");
}

fn site(decoder: &mut Decoder<'_>, table: &Table<'_>, settings: &mut Settings) {
    let Some(site) = table.get("site").and_then(|node| decoder.table(node, "site", keys::SITE)) else {
        return;
    };
    settings.base_url = base_url(decoder, &site);
    if let Some(language) = decoder.words(&site, "language") {
        settings.language = language;
    }
    settings.site = PublicSite {
        states: decoder.word(&site, "states").unwrap_or_default(),
        feedback: decoder.word(&site, "feedback").unwrap_or_default(),
    };
}

fn levels(decoder: &mut Decoder<'_>, table: &Table<'_>) -> BTreeMap<String, Spanned<Level>> {
    let mut levels = BTreeMap::new();
    let Some(table) = table.get("levels").and_then(|node| decoder.open_table(node, "levels")) else {
        return levels;
    };
    for (rule, node) in table.pairs() {
        let Some(word) = decoder.scalar(node, &rule.value) else {
            continue;
        };
        // YAML reads a bare `off` as false.
        let word = word.map(|word| if word == "false" { "off".to_owned() } else { word });
        if let Some(level) = Level::ALL.into_iter().find(|level| level.word() == word.value) {
            levels.insert(rule.value.clone(), Spanned::new(level, rule.span));
        } else {
            let allowed: Vec<&'static str> = Level::ALL.map(Level::word).to_vec();
            let kind = FaultKind::UnknownWord {
                key: rule.value.clone(),
                nearest: nearest(&word.value, allowed.iter().copied()),
                word: word.value,
                allowed,
            };
            decoder.fault(word.span, kind);
        }
    }
    levels
}

fn rules(decoder: &mut Decoder<'_>, table: &Table<'_>, draft: &mut DraftSettings) {
    let Some(table) = table.get("rules").and_then(|node| decoder.open_table(node, "rules")) else {
        return;
    };
    let limits = &mut draft.settings.limits;
    limits.max_codes_per_entry = decoder.number(&table, "max_codes_per_entry");
    limits.max_file_mb = decoder.number(&table, "max_file_mb").unwrap_or(limits.max_file_mb);
    limits.max_entries_per_day =
        decoder.number(&table, "max_entries_per_day").unwrap_or(limits.max_entries_per_day);
    limits.max_silence_days = decoder.number(&table, "max_silence_days").unwrap_or(limits.max_silence_days);
    limits.min_learning_words =
        decoder.number(&table, "min_learning_words").unwrap_or(limits.min_learning_words);
    draft.rules = changes(decoder, &table);
    let known = [keys::LIMITS, keys::RULES].concat();
    for (key, node) in table.pairs() {
        if known.iter().any(|one| one.name == key.value) {
            continue;
        }
        if matches!(node.value, Value::Table(_)) {
            if let Some(own) = decoder.table(node, &key.value, keys::RULES) {
                let own = changes(decoder, &own);
                draft.standard_rules.push((key.clone(), own));
            }
        } else {
            decoder.unknown_key(key, &known);
        }
    }
}

fn changes(decoder: &mut Decoder<'_>, table: &Table<'_>) -> RuleChanges {
    let mut change =
        |key: &str| -> Option<Known<u32>> { table.get(key).map(|_| decoder.known_number(table, key)) };
    RuleChanges {
        min_pieces: change("min_pieces"),
        min_types: change("min_types"),
        min_events: change("min_events"),
        currency_months: change("currency_months"),
        pass_mark_percent: change("pass_mark_percent"),
        max_attempts: change("max_attempts"),
        evidence_types: table.get("evidence_types").map(|_| evidence_types(decoder, table)),
    }
}

fn waivers(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<DraftWaiver> {
    let mut waivers = Vec::new();
    for item in decoder.tables(table, "waivers", keys::WAIVER) {
        let Some(code) = decoder.required(&item, "code") else { continue };
        let reason = decoder.words(&item, "reason");
        if reason.is_none() {
            decoder.fault(code.span, FaultKind::WaiverWithoutReason { code: code.value.clone() });
        }
        waivers.push(DraftWaiver {
            code,
            kind: decoder.words(&item, "kind").unwrap_or_else(|| "unknown".to_owned()),
            reason,
            by: decoder.words(&item, "by").unwrap_or_else(|| "unknown".to_owned()),
            date: decoder.date(&item, "date"),
            expires: decoder.date(&item, "expires"),
        });
    }
    waivers
}

/// `69/72` under `all`, or under a standard's id.
fn thresholds(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<(Spanned<String>, Fraction)> {
    let mut thresholds = Vec::new();
    let Some(table) = table.get("thresholds").and_then(|node| decoder.open_table(node, "thresholds")) else {
        return thresholds;
    };
    for (name, node) in table.pairs() {
        let typed = decoder.scalar(node, &name.value);
        match typed.as_ref().and_then(|typed| Fraction::read(&typed.value)) {
            Some(fraction) => thresholds.push((name.clone(), fraction)),
            None => decoder.wrong_type(node, &name.value, "a fraction such as 69/72"),
        }
    }
    thresholds
}

fn left_out(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<DraftLeftOut> {
    let mut left_out = Vec::new();
    let Some(scope) = table.get("scope").and_then(|node| decoder.open_table(node, "scope")) else {
        return left_out;
    };
    for (standard, node) in scope.pairs() {
        let Some(lines) = decoder.table(node, &standard.value, keys::SCOPE) else {
            continue;
        };
        for item in decoder.tables(&lines, "leave_out", keys::LEFT_OUT) {
            let code = decoder.required(&item, "code");
            let reason = decoder.required(&item, "reason");
            if let (Some(code), Some(reason)) = (code, reason) {
                left_out.push(DraftLeftOut { standard: standard.clone(), code, reason: reason.value });
            }
        }
    }
    left_out
}

/// What the learner has declared.
fn declarations(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Declaration> {
    let mut declarations = Vec::new();
    for item in decoder.tables(table, "declarations", keys::DECLARATION) {
        let kind = decoder.required(&item, "kind");
        let (by, date) = (decoder.as_written(&item, "by"), decoder.date(&item, "date"));
        declarations.extend(kind.map(|kind| Declaration { kind: kind.value, by, date }));
    }
    declarations
}

/// What is recorded for the gateway. Which keys there are is up to the standards.
fn records(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Record> {
    let Some(table) = table.get("gateway").and_then(|node| decoder.open_table(node, "gateway")) else {
        return Vec::new();
    };
    let mut records = Vec::new();
    for (name, _) in table.pairs() {
        records.push(Record { name: name.clone(), value: decoder.known_text(&table, &name.value) });
    }
    records
}

/// An address of the web: whatever else is written there is no address, and goes into no feed.
fn base_url(decoder: &mut Decoder<'_>, site: &Table<'_>) -> String {
    let Some(node) = site.get("base_url") else { return String::new() };
    let url = decoder.words(site, "base_url").unwrap_or_default();
    if url.is_empty() {
        return url;
    }
    let web = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-._~:/?@%+=,;&".contains(sign);
    if web.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain)) {
        return url;
    }
    decoder.wrong_type(node, "base_url", "an address that begins with https://");
    String::new()
}
