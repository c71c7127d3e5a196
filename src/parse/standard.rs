//! Reads a standard, and reports contradictions in it.

use std::collections::BTreeMap;

use super::decode::{Decoder, Table};
use super::parsed::Parsed;
use super::{gateway, keys};
use crate::model::{
    Code, Criterion, EntryType, Group, Kind, Known, Method, Rules, Standard, Superseded,
};
use crate::text::{Source, Span, Spanned, nearest, sha256, sha256_hex};

/// Indexes of criteria by normalised code.
type FoldedCodes = BTreeMap<String, usize>;

/// Reads a standard. The value is `None` if it has no id, or if a part of its requirements cannot
/// be read.
pub fn standard(source: &Source) -> Parsed<Option<Standard>> {
    let mut decoder = Decoder::new(source);
    let value = read_standard(&mut decoder, source);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read_standard(decoder: &mut Decoder<'_>, source: &Source) -> Option<Standard> {
    let (node, _) = decoder.read_file(keys::STANDARD)?;
    let table = decoder.read_table(&node, "standard", keys::STANDARD)?;
    decoder.check_version(&table);
    let id = decoder.require_text(&table, "id");
    let title = decoder.require_text(&table, "title");
    let kinds = read_kinds(decoder, &table);
    let mut criteria = read_criteria(decoder, &table, &kinds);
    read_search_words(decoder, &table, &mut criteria);
    let folded = index_codes(&criteria);
    let groups = read_groups(decoder, &table, &criteria, &folded);
    let superseded = read_superseded(decoder, &table, &criteria, &folded);
    let before = decoder.faults.len();
    let rules = read_rules(decoder, &table);
    let methods = read_methods(decoder, &table, &criteria, &folded);
    let gateway = gateway::read_items(decoder, &table);
    let asks_in_doubt = ["rules", "methods", "gateway"]
        .iter()
        .any(|key| table.doubts(key));
    // A standard with only some of its requirements would ask for too little.
    let readable = decoder.all_read_since(before) && !asks_in_doubt;
    Some(Standard {
        id: id.filter(|_| readable)?,
        reference: decoder.read_known_text(&table, "reference"),
        has_reference: table.has("reference"),
        title: title?.value,
        level: decoder.read_known_number(&table, "level"),
        standard_version: decoder.read_known_text(&table, "standard_version"),
        updated: decoder.read_known_date(&table, "updated"),
        official: decoder
            .read_closed(&table, "official", Decoder::read_boolean)
            .or(false, false),
        replaces: false,
        text_hash: sha256(source.text.as_bytes()),
        file_digest: file_digest(&source.text),
        licence: decoder
            .read_words(&table, "licence")
            .unwrap_or_else(|| "unknown".to_owned()),
        attribution: decoder.read_words(&table, "attribution"),
        source: decoder
            .read_words(&table, "source")
            .unwrap_or_else(|| "unknown".to_owned()),
        kinds,
        criteria,
        groups,
        rules,
        superseded,
        methods,
        gateway,
        path: source.path.clone(),
    })
}

/// The SHA-256 of a text, whatever its line ends.
fn file_digest(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    format!("sha256:{}", sha256_hex(text.as_bytes()))
}

/// Gives the criteria their everyday words.
fn read_search_words(decoder: &mut Decoder<'_>, table: &Table<'_>, criteria: &mut [Criterion]) {
    for item in decoder.read_tables(table, "search_words", keys::SEARCH_WORDS) {
        let Some(code) = decoder.require_text(&item, "code") else {
            continue;
        };
        let words = decoder.read_word_list(&item, "words");
        let folded = Code::fold(&code.value);
        let mut known = criteria.iter_mut();
        if let Some(criterion) = known.find(|known| Code::fold(known.code.value.as_str()) == folded)
        {
            criterion.search_words = words;
        } else {
            let problem = format!("there is no criterion {}", code.value);
            decoder.report_contradiction(code.span, problem, "name a code of this standard");
        }
    }
}

fn read_kinds(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for item in decoder.read_tables(table, "kinds", keys::KIND) {
        let id = decoder.require_text(&item, "id");
        let title = decoder.require_text(&item, "title");
        let prefix = decoder.read_words(&item, "prefix").unwrap_or_default();
        if let (Some(id), Some(title)) = (id, title) {
            kinds.push(Kind {
                id: id.value,
                title: title.value,
                prefix,
                verified_by: decoder
                    .read_closed(&item, "verified_by", Decoder::read_word)
                    .read(),
            });
        }
    }
    kinds
}

fn read_criteria(decoder: &mut Decoder<'_>, table: &Table<'_>, kinds: &[Kind]) -> Vec<Criterion> {
    let mut criteria: Vec<Criterion> = Vec::new();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    if table.get("criteria").is_none() {
        decoder.require_text(table, "criteria");
    }
    for item in decoder.read_tables(table, "criteria", keys::CRITERION) {
        let code = decoder.require_text(&item, "code");
        let kind = decoder.require_text(&item, "kind");
        let text = decoder.read_known_text(&item, "text");
        let guid = decoder.read_known_text(&item, "guid");
        let prompts = decoder.read_word_list(&item, "prompts");
        let changed = decoder.read_known_date(&item, "changed");
        let assessed = decoder.read_known(&item, "assessed", |decoder, node| {
            let word = decoder.read_scalar(node, "assessed")?;
            decoder.parse_word(&word, "assessed")
        });
        let (Some(code), Some(kind)) = (code, kind) else {
            continue;
        };
        if seen.insert(Code::fold(&code.value), code.span).is_some() {
            let problem = format!("the code {} is there twice", code.value);
            decoder.report_contradiction(
                code.span,
                problem,
                "give every criterion a code of its own",
            );
            continue;
        }
        let Some(at) = kinds.iter().position(|known| known.id == kind.value) else {
            let problem = format!("`{}` is none of the kinds of this standard", kind.value);
            decoder.report_contradiction(kind.span, problem, "name one of the ids under `kinds`");
            continue;
        };
        criteria.push(Criterion {
            code: code.map(|code| Code::new(&code)),
            kind: at,
            text,
            has_text: item.has("text"),
            guid,
            prompts,
            assessed,
            search_words: Vec::new(),
            changed,
        });
    }
    criteria.sort_by(|a, b| (a.kind, &a.code.value).cmp(&(b.kind, &b.code.value)));
    criteria
}

fn index_codes(criteria: &[Criterion]) -> FoldedCodes {
    let codes = criteria.iter().enumerate();
    codes
        .map(|(at, criterion)| (Code::fold(criterion.code.value.as_str()), at))
        .collect()
}

fn find_criteria(
    decoder: &mut Decoder<'_>,
    typed: &[Spanned<String>],
    all: &[Criterion],
    folded: &FoldedCodes,
    of: &str,
) -> Vec<usize> {
    let mut found = Vec::new();
    for code in typed {
        let Some(&at) = folded.get(&Code::fold(&code.value)) else {
            let meant = nearest(
                &code.value,
                all.iter().map(|criterion| criterion.code.value.as_str()),
            );
            let fix = meant.map_or_else(
                || "name a code under `criteria`".to_owned(),
                |meant| format!("did you mean {meant}?"),
            );
            decoder.report_contradiction(
                code.span,
                format!("{of} names {}, which is not a criterion here", code.value),
                &fix,
            );
            continue;
        };
        if found.contains(&at) {
            let problem = format!("{of} names {} twice", code.value);
            decoder.report_contradiction(code.span, problem, "leave one of them out");
        } else {
            found.push(at);
        }
    }
    found.sort_unstable();
    found
}

fn read_groups(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    all: &[Criterion],
    folded: &FoldedCodes,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in decoder.read_tables(table, "groups", keys::GROUP) {
        let code = decoder.require_text(&item, "code");
        let kind = decoder
            .read_words(&item, "kind")
            .unwrap_or_else(|| "group".to_owned());
        let text = decoder.read_known_text(&item, "text");
        let typed = decoder.read_texts(&item, "criteria");
        let Some(code) = code.map(|code| code.map(|code| Code::new(&code))) else {
            continue;
        };
        let criteria = find_criteria(decoder, &typed, all, folded, code.value.as_str());
        if groups.iter().any(|group| group.code.value == code.value) {
            decoder.report_contradiction(
                code.span,
                format!("{} is there twice", code.value),
                "give every group a code of its own",
            );
            continue;
        }
        groups.push(Group {
            code,
            kind,
            text,
            criteria,
        });
    }
    groups.sort_by(|a, b| a.code.value.cmp(&b.code.value));
    groups
}

fn read_superseded(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    all: &[Criterion],
    folded: &FoldedCodes,
) -> Vec<Superseded> {
    let mut superseded = Vec::new();
    for item in decoder.read_tables(table, "superseded", keys::SUPERSEDED) {
        let Some(code) = decoder.require_text(&item, "code") else {
            continue;
        };
        let typed = decoder.read_texts(&item, "by");
        let by = find_criteria(decoder, &typed, all, folded, &code.value);
        if folded.contains_key(&Code::fold(&code.value)) {
            let problem = format!("{} is superseded and a criterion at once", code.value);
            decoder.report_contradiction(
                code.span,
                problem,
                "leave it out of one of the two lists",
            );
            continue;
        }
        superseded.push(Superseded {
            code: code.map(|code| Code::new(&code)),
            by,
        });
    }
    superseded
}

fn read_rules(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Rules {
    let Some(node) = table.get("rules") else {
        return Rules::default();
    };
    let Some(rules) = decoder.read_table(node, "rules", keys::RULES) else {
        return Rules::default();
    };
    Rules {
        min_pieces: decoder.read_known_number(&rules, "min_pieces"),
        min_types: decoder.read_known_number(&rules, "min_types"),
        min_events: decoder.read_known_number(&rules, "min_events"),
        currency_months: decoder.read_known_number(&rules, "currency_months"),
        pass_mark_percent: decoder.read_known_number(&rules, "pass_mark_percent"),
        max_attempts: decoder.read_known_number(&rules, "max_attempts"),
        evidence_types: read_evidence_types(decoder, &rules),
    }
}

/// Reads the types of evidence in `rules`.
pub(super) fn read_evidence_types(
    decoder: &mut Decoder<'_>,
    rules: &Table<'_>,
) -> Known<Vec<EntryType>> {
    decoder.read_known(rules, "evidence_types", |decoder, _| {
        let words = decoder.read_texts(rules, "evidence_types");
        Some(
            words
                .iter()
                .filter_map(|word| decoder.parse_word(word, "evidence_types"))
                .collect(),
        )
    })
}

fn read_methods(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    all: &[Criterion],
    folded: &FoldedCodes,
) -> Known<Vec<Method>> {
    decoder.read_known(table, "methods", |decoder, _| {
        let mut methods = Vec::new();
        for item in decoder.read_tables(table, "methods", keys::METHOD) {
            let id = decoder.require_text(&item, "id");
            let title = decoder.read_words(&item, "title");
            let marks = decoder
                .read_closed(&item, "marks", Decoder::read_boolean)
                .or(false, true);
            let typed = decoder.read_texts(&item, "criteria");
            let Some(id) = id else { continue };
            let criteria = find_criteria(decoder, &typed, all, folded, &id.value);
            methods.push(Method {
                title: title.unwrap_or_else(|| id.value.clone()),
                id: id.value,
                marks,
                criteria,
            });
        }
        Some(methods)
    })
}
