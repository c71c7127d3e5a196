//! JSON Schemas for editors, generated from the key table of the parser.

use serde_json::{Map, Value, json};

use super::json::to_pretty_json;
use crate::check::rules;
use crate::model::{Catalogue, Known};
use crate::parse::keys::{self, Closed, Key, Shape};

/// A kind of file with a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum SchemaOf {
    /// The front matter of an entry.
    Entry,
    /// `portfolio.yaml`.
    Portfolio,
    /// A standard.
    Standard,
    /// A decision file.
    Decisions,
    /// `consents.yaml`.
    Consents,
    /// `sampling.yaml`.
    Sampling,
    /// `cohort.yaml`.
    Cohort,
    /// A reflection model.
    ReflectionModel,
    /// `theme.yaml`.
    Theme,
}

/// Values for completion. Other values are valid too, because codes may be typed in several ways.
#[derive(Clone, Debug, Default)]
pub struct Offered {
    /// Codes, with their statements.
    pub codes: Vec<(String, String)>,
    /// Ids of standards, with their titles.
    pub standards: Vec<(String, String)>,
}

impl Offered {
    /// Offers the codes of a catalogue, and `standards`.
    #[must_use]
    pub fn new(catalogue: &Catalogue, standards: Vec<(String, String)>) -> Self {
        let code = |id| {
            let criterion = catalogue.criterion(id);
            let text = match &criterion.text {
                Known::Known(text) => text.clone(),
                Known::Unknown => "The statement is unknown.".to_owned(),
            };
            (criterion.code.value.to_string(), text)
        };
        Self {
            codes: catalogue.criteria().map(code).collect(),
            standards,
        }
    }
}

/// The JSON Schema of a kind of file. Draft 7 has the widest support in editors.
#[must_use]
pub fn schema(of: SchemaOf, offered: &Offered) -> String {
    let (title, known) = match of {
        SchemaOf::Entry => ("Front matter of an entry", keys::ENTRY),
        SchemaOf::Portfolio => ("portfolio.yaml", keys::PORTFOLIO),
        SchemaOf::Standard => ("A standard", keys::STANDARD),
        SchemaOf::Decisions => ("A decision file", keys::DECISIONS),
        SchemaOf::Consents => ("consents.yaml", keys::CONSENTS),
        SchemaOf::Sampling => ("A plan for sampling", keys::SAMPLING),
        SchemaOf::Cohort => ("A cohort's plan", keys::COHORT),
        SchemaOf::ReflectionModel => ("A reflection model", keys::REFLECTION_MODEL),
        SchemaOf::Theme => ("theme.yaml", keys::THEME),
    };
    let mut document = Map::new();
    document.insert(
        "$schema".to_owned(),
        json!("http://json-schema.org/draft-07/schema#"),
    );
    document.insert("title".to_owned(), json!(title));
    if let Value::Object(table) = table(known, offered) {
        document.extend(table);
    }
    to_pretty_json(&document)
}

fn table(known: &[Key], offered: &Offered) -> Value {
    let needed: Vec<&str> = known
        .iter()
        .filter(|key| key.needed)
        .map(|key| key.name)
        .collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": needed,
        "properties": properties(known, offered),
    })
}

fn properties(known: &[Key], offered: &Offered) -> Map<String, Value> {
    let property = |key: &Key| {
        let mut shape = value(&key.takes, offered);
        if let Some(shape) = shape.as_object_mut() {
            shape.insert("description".to_owned(), json!(description(key)));
        }
        (key.name.to_owned(), shape)
    };
    known.iter().map(property).collect()
}

/// The purpose of a key, and its closed value.
fn description(key: &Key) -> String {
    match key.closed {
        Closed::Harmless => key.says.to_owned(),
        Closed::As(value) => format!("{} If it cannot be read: {value}.", key.says),
    }
}

fn value(shape: &Shape, offered: &Offered) -> Value {
    match shape {
        Shape::Text => json!({"type": "string"}),
        Shape::Written => json!({"type": ["string", "number"]}),
        Shape::Date => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        Shape::Switch => json!({"type": "boolean"}),
        Shape::Whole(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Shape::Hours(most) => json!({"type": "number", "minimum": 0, "maximum": most}),
        Shape::Version(version) => json!({"const": version}),
        Shape::Word(words) => json!({"enum": words()}),
        Shape::OrUnknown(inner) => json!({"anyOf": [value(inner, offered), {"const": "unknown"}]}),
        Shape::Standard => any_of(&offered.standards, &[json!({"type": "string"})]),
        Shape::Code => any_of(&offered.codes, &[json!({"type": "string"})]),
        Shape::Claim => any_of(
            &offered.codes,
            &[json!({"type": "string"}), codes_with_reasons(offered)],
        ),
        Shape::Rule => {
            let names =
                rules::named().map(|rule| (rule.name.to_owned(), rule.text.finds.to_owned()));
            any_of(&names.collect::<Vec<_>>(), &[json!({"type": "string"})])
        }
        Shape::Fraction => json!({"type": "string", "pattern": "^[0-9]+/[0-9]+$"}),
        Shape::Digest => json!({"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}),
        Shape::OneOf(shapes) => {
            let shapes: Vec<Value> = shapes.iter().map(|shape| value(shape, offered)).collect();
            json!({"anyOf": shapes})
        }
        Shape::List(item) => {
            let item = value(item, offered);
            json!({"anyOf": [{"type": "array", "items": item}, item]})
        }
        Shape::Table(known) => table(known, offered),
        Shape::Map(inner) => {
            json!({"type": "object", "additionalProperties": value(inner, offered)})
        }
        Shape::TableAndMap(known, others) => json!({
            "type": "object",
            "properties": properties(&known.concat(), offered),
            "additionalProperties": value(others, offered),
        }),
    }
}

/// A table of codes with the learner's reasons.
fn codes_with_reasons(offered: &Offered) -> Value {
    let reason = || json!({"type": ["string", "null"]});
    let codes: Map<String, Value> = offered
        .codes
        .iter()
        .map(|(code, _)| (code.clone(), reason()))
        .collect();
    json!({"type": "object", "properties": codes, "additionalProperties": reason()})
}

/// Any of several words with descriptions, or of other shapes.
fn any_of(words: &[(String, String)], others: &[Value]) -> Value {
    let word = |(word, means): &(String, String)| json!({"const": word, "description": means});
    let all: Vec<Value> = words
        .iter()
        .map(word)
        .chain(others.iter().cloned())
        .collect();
    json!({"anyOf": all})
}
