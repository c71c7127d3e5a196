//! Reads a reflection model.

use std::collections::BTreeMap;

use super::decode::{Decoder, Table};
use super::keys;
use super::parsed::Parsed;
use crate::model::{ReflectionModel, StageModel};
use crate::text::{Source, heading_words, slug};

/// Reads a reflection model. The value is `None` without an id or without stages.
pub fn reflection_model(source: &Source) -> Parsed<Option<ReflectionModel>> {
    let mut decoder = Decoder::new(source);
    let value = read_model(&mut decoder, source);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read_model(decoder: &mut Decoder<'_>, source: &Source) -> Option<ReflectionModel> {
    let (node, _) = decoder.read_file(keys::REFLECTION_MODEL)?;
    let table = decoder.read_table(&node, "reflection model", keys::REFLECTION_MODEL)?;
    decoder.check_version(&table);
    let id = decoder.require_text(&table, "id");
    let title = decoder.require_text(&table, "title");
    let origin = decoder.read_words(&table, "source");
    let stages = read_stages(decoder, &table);
    (!stages.is_empty()).then_some(ReflectionModel {
        id: id?,
        title: title?.value,
        source: origin.unwrap_or_else(|| "unknown".to_owned()),
        stages,
        path: source.path.clone(),
    })
}

fn read_stages(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<StageModel> {
    let mut stages = Vec::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    if table.get("stages").is_none() {
        decoder.require_text(table, "stages");
    }
    for item in decoder.read_tables(table, "stages", keys::STAGE) {
        let Some(name) = decoder.require_text(&item, "name") else {
            continue;
        };
        let synonyms = decoder.read_texts(&item, "synonyms");
        let mut headings = Vec::new();
        for heading in std::iter::once(&name).chain(&synonyms) {
            let words = heading_words(&heading.value);
            let other = names.insert(words.clone(), name.value.clone());
            headings.push(words);
            if let Some(other) = other.filter(|other| *other != name.value) {
                let problem = format!(
                    "the heading `{}` already means the stage {other}",
                    heading.value
                );
                decoder.report_contradiction(
                    heading.span,
                    problem,
                    "let every heading mean one stage",
                );
            }
        }
        let id = decoder
            .read_words(&item, "id")
            .unwrap_or_else(|| slug(&name.value));
        stages.push(StageModel {
            id,
            name,
            synonyms,
            headings,
            prompts: decoder.read_word_list(&item, "prompts"),
            checks: decoder.read_word_list(&item, "checks"),
        });
    }
    stages
}
