//! Reads a standard, and reports contradictions in it.

use std::collections::BTreeMap;

use super::decode::{Decoder, Table};
use super::parsed::Parsed;
use super::{gateway, keys};
use crate::model::{
    Code, Criterion, EntryType, Group, Kind, Known, Method, Rules, Standard, Superseded,
};
use crate::text::{Source, Span, Spanned, nearest, sha256};

/// Indexes of criteria by normalised code.
type Folded = BTreeMap<String, usize>;

/// Reads a standard. The value is `None` if it has no id, or if a part of its requirements cannot
/// be read.
pub fn standard(source: &Source) -> Parsed<Option<Standard>> {
    let mut decoder = Decoder::new(source);
    let value = read(&mut decoder, source);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read(decoder: &mut Decoder<'_>, source: &Source) -> Option<Standard> {
    let (node, _) = decoder.file(keys::STANDARD)?;
    let table = decoder.table(&node, "standard", keys::STANDARD)?;
    decoder.version(&table);
    let id = decoder.required(&table, "id");
    let title = decoder.required(&table, "title");
    let kinds = kinds(decoder, &table);
    let criteria = criteria(decoder, &table, &kinds);
    let folded = fold(&criteria);
    let groups = groups(decoder, &table, &criteria, &folded);
    let superseded = superseded(decoder, &table, &criteria, &folded);
    let before = decoder.faults.len();
    let rules = rules(decoder, &table);
    let methods = methods(decoder, &table, &criteria, &folded);
    let gateway = gateway::items(decoder, &table);
    let asks_in_doubt = ["rules", "methods", "gateway"]
        .iter()
        .any(|key| table.doubts(key));
    // A standard with only some of its requirements would ask for too little.
    let readable = decoder.all_read_since(before) && !asks_in_doubt;
    Some(Standard {
        id: id.filter(|_| readable)?,
        reference: decoder.known_text(&table, "reference"),
        title: title?.value,
        level: decoder.known_number(&table, "level"),
        standard_version: decoder.known_text(&table, "standard_version"),
        updated: decoder.known_date(&table, "updated"),
        official: decoder
            .reading(&table, "official", Decoder::boolean)
            .or(false, false),
        replaces: false,
        text_hash: sha256(source.text.as_bytes()),
        licence: decoder
            .words(&table, "licence")
            .unwrap_or_else(|| "unknown".to_owned()),
        attribution: decoder.words(&table, "attribution"),
        source: decoder
            .words(&table, "source")
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

fn kinds(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for item in decoder.tables(table, "kinds", keys::KIND) {
        let id = decoder.required(&item, "id");
        let title = decoder.required(&item, "title");
        let prefix = decoder.words(&item, "prefix").unwrap_or_default();
        if let (Some(id), Some(title)) = (id, title) {
            kinds.push(Kind {
                id: id.value,
                title: title.value,
                prefix,
            });
        }
    }
    kinds
}

fn criteria(decoder: &mut Decoder<'_>, table: &Table<'_>, kinds: &[Kind]) -> Vec<Criterion> {
    let mut criteria: Vec<Criterion> = Vec::new();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    if table.get("criteria").is_none() {
        decoder.required(table, "criteria");
    }
    for item in decoder.tables(table, "criteria", keys::CRITERION) {
        let code = decoder.required(&item, "code");
        let kind = decoder.required(&item, "kind");
        let text = decoder.known_text(&item, "text");
        let prompts = decoder.word_list(&item, "prompts");
        let changed = decoder.known_date(&item, "changed");
        let (Some(code), Some(kind)) = (code, kind) else {
            continue;
        };
        if seen.insert(Code::fold(&code.value), code.span).is_some() {
            let problem = format!("the code {} stands twice", code.value);
            decoder.invalid(code.span, problem, "give every criterion a code of its own");
            continue;
        }
        let Some(at) = kinds.iter().position(|known| known.id == kind.value) else {
            let problem = format!("`{}` is none of the kinds of this standard", kind.value);
            decoder.invalid(kind.span, problem, "name one of the ids under `kinds`");
            continue;
        };
        criteria.push(Criterion {
            code: code.map(|code| Code::new(&code)),
            kind: at,
            text,
            prompts,
            changed,
        });
    }
    criteria.sort_by(|a, b| (a.kind, &a.code.value).cmp(&(b.kind, &b.code.value)));
    criteria
}

fn fold(criteria: &[Criterion]) -> Folded {
    let codes = criteria.iter().enumerate();
    codes
        .map(|(at, criterion)| (Code::fold(criterion.code.value.as_str()), at))
        .collect()
}

fn lookup(
    decoder: &mut Decoder<'_>,
    typed: &[Spanned<String>],
    all: &[Criterion],
    folded: &Folded,
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
                || "name a code that stands under `criteria`".to_owned(),
                |meant| format!("did you mean {meant}?"),
            );
            decoder.invalid(
                code.span,
                format!("{of} names {}, which is no criterion here", code.value),
                &fix,
            );
            continue;
        };
        if found.contains(&at) {
            let problem = format!("{of} names {} twice", code.value);
            decoder.invalid(code.span, problem, "leave one of them out");
        } else {
            found.push(at);
        }
    }
    found.sort_unstable();
    found
}

fn groups(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    all: &[Criterion],
    folded: &Folded,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for item in decoder.tables(table, "groups", keys::GROUP) {
        let code = decoder.required(&item, "code");
        let kind = decoder
            .words(&item, "kind")
            .unwrap_or_else(|| "group".to_owned());
        let text = decoder.known_text(&item, "text");
        let typed = decoder.texts(&item, "criteria");
        let Some(code) = code.map(|code| code.map(|code| Code::new(&code))) else {
            continue;
        };
        let criteria = lookup(decoder, &typed, all, folded, code.value.as_str());
        if groups.iter().any(|group| group.code.value == code.value) {
            decoder.invalid(
                code.span,
                format!("{} stands twice", code.value),
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

fn superseded(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    all: &[Criterion],
    folded: &Folded,
) -> Vec<Superseded> {
    let mut superseded = Vec::new();
    for item in decoder.tables(table, "superseded", keys::SUPERSEDED) {
        let Some(code) = decoder.required(&item, "code") else {
            continue;
        };
        let typed = decoder.texts(&item, "by");
        let by = lookup(decoder, &typed, all, folded, &code.value);
        if folded.contains_key(&Code::fold(&code.value)) {
            let problem = format!("{} is superseded and a criterion at once", code.value);
            decoder.invalid(code.span, problem, "leave it out of one of the two lists");
            continue;
        }
        superseded.push(Superseded {
            code: code.map(|code| Code::new(&code)),
            by,
        });
    }
    superseded
}

fn rules(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Rules {
    let Some(node) = table.get("rules") else {
        return Rules::default();
    };
    let Some(rules) = decoder.table(node, "rules", keys::RULES) else {
        return Rules::default();
    };
    Rules {
        min_pieces: decoder.known_number(&rules, "min_pieces"),
        min_types: decoder.known_number(&rules, "min_types"),
        min_events: decoder.known_number(&rules, "min_events"),
        currency_months: decoder.known_number(&rules, "currency_months"),
        pass_mark_percent: decoder.known_number(&rules, "pass_mark_percent"),
        max_attempts: decoder.known_number(&rules, "max_attempts"),
        evidence_types: evidence_types(decoder, &rules),
    }
}

/// Reads the types of evidence in `rules`.
pub fn evidence_types(decoder: &mut Decoder<'_>, rules: &Table<'_>) -> Known<Vec<EntryType>> {
    decoder.known(rules, "evidence_types", |decoder, _| {
        let words = decoder.texts(rules, "evidence_types");
        Some(
            words
                .iter()
                .filter_map(|word| decoder.as_word(word, "evidence_types"))
                .collect(),
        )
    })
}

fn methods(
    decoder: &mut Decoder<'_>,
    table: &Table<'_>,
    all: &[Criterion],
    folded: &Folded,
) -> Known<Vec<Method>> {
    decoder.known(table, "methods", |decoder, _| {
        let mut methods = Vec::new();
        for item in decoder.tables(table, "methods", keys::METHOD) {
            let id = decoder.required(&item, "id");
            let title = decoder.words(&item, "title");
            let marks = decoder
                .reading(&item, "marks", Decoder::boolean)
                .or(false, true);
            let typed = decoder.texts(&item, "criteria");
            let Some(id) = id else { continue };
            let criteria = lookup(decoder, &typed, all, folded, &id.value);
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
