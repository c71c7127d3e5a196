//! Reads a reflection model.

use std::collections::BTreeMap;

use super::decode::{Decoder, Table};
use super::keys;
use super::parsed::Parsed;
use crate::model::{ReflectionModel, StageModel};
use crate::text::{Source, slug};

/// Reads a reflection model. The value is `None` without an id or without stages.
pub fn reflection_model(source: &Source) -> Parsed<Option<ReflectionModel>> {
    let mut decoder = Decoder::new(source);
    let value = read(&mut decoder, source);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read(decoder: &mut Decoder<'_>, source: &Source) -> Option<ReflectionModel> {
    let (node, _) = decoder.file(keys::REFLECTION_MODEL)?;
    let table = decoder.table(&node, "reflection model", keys::REFLECTION_MODEL)?;
    decoder.version(&table);
    let id = decoder.required(&table, "id");
    let title = decoder.required(&table, "title");
    let origin = decoder.words(&table, "source");
    let stages = stages(decoder, &table);
    (!stages.is_empty()).then_some(ReflectionModel {
        id: id?,
        title: title?.value,
        source: origin.unwrap_or_else(|| "unknown".to_owned()),
        stages,
        path: source.path.clone(),
    })
}

fn stages(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<StageModel> {
    let mut stages = Vec::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    if table.get("stages").is_none() {
        decoder.required(table, "stages");
    }
    for item in decoder.tables(table, "stages", keys::STAGE) {
        let Some(name) = decoder.required(&item, "name") else {
            continue;
        };
        let synonyms = decoder.texts(&item, "synonyms");
        let mut slugs = Vec::new();
        for heading in std::iter::once(&name).chain(&synonyms) {
            slugs.push(slug(&heading.value));
            let other = names.insert(slug(&heading.value), name.value.clone());
            if let Some(other) = other.filter(|other| *other != name.value) {
                let problem = format!(
                    "the heading `{}` already means the stage {other}",
                    heading.value
                );
                decoder.invalid(heading.span, problem, "let every heading mean one stage");
            }
        }
        let id = decoder
            .words(&item, "id")
            .unwrap_or_else(|| slug(&name.value));
        stages.push(StageModel {
            id,
            name,
            synonyms,
            slugs,
            prompts: decoder.word_list(&item, "prompts"),
            checks: decoder.word_list(&item, "checks"),
        });
    }
    stages
}
