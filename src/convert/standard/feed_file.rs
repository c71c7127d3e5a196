//! The records of a file of Skills England: one standard, or a list of every version of each. The
//! whole list is large, so only the records that are wanted are held.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::feed_values::{FeedFields, fold_key, unwrap};

/// A standard that was asked for: its reference, and its version if there are several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WantedStandard {
    reference: String,
    version: Option<String>,
}

impl WantedStandard {
    /// Reads `ST0215`, `ST0215 1.1` or `st0215_v1.1`.
    pub(super) fn new(typed: &str) -> Self {
        let mut parts = typed.trim().splitn(2, [' ', '_', '@', ':']);
        let reference = parts.next().unwrap_or_default().to_uppercase();
        let version = parts.next().map(plain_version);
        Self { reference, version }
    }

    /// Its reference.
    pub(super) fn reference(&self) -> &str {
        &self.reference
    }

    /// Whether a record is a version of it.
    pub(super) fn is_of(&self, name: &RecordName) -> bool {
        name.reference.eq_ignore_ascii_case(&self.reference)
    }

    fn fits(&self, name: &RecordName) -> bool {
        let version = plain_version(&name.version);
        self.is_of(name)
            && self
                .version
                .as_ref()
                .is_none_or(|wanted| *wanted == version)
    }
}

fn plain_version(version: &str) -> String {
    version.trim().trim_start_matches(['v', 'V']).to_owned()
}

/// The name of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RecordName {
    pub(super) reference: String,
    pub(super) version: String,
    pub(super) title: String,
    pub(super) status: String,
}

impl RecordName {
    fn of(record: &Value) -> Self {
        let Some(mut fields) = FeedFields::of(record) else {
            return Self::default();
        };
        let mut text = |names: &[&str]| fields.take_text(names).unwrap_or_default();
        let mut name = Self {
            reference: text(&["referencenumber", "ifatereferencenumber", "reference"]),
            version: text(&["version", "versionnumber", "versionno"]),
            title: text(&["title", "name"]),
            status: text(&["status", "statusname"]),
        };
        if name.reference.is_empty() {
            let occupation = || text(&["stdcode", "occupationcode"]);
            name.reference = product_reference(record).unwrap_or_else(occupation);
        }
        name
    }
}

/// The reference of the one apprenticeship among the products of an occupation.
pub(super) fn product_reference(record: &Value) -> Option<String> {
    let mut fields = FeedFields::of(record)?;
    let mut found: Option<String> = None;
    for product in fields.take_list(&["products"]) {
        let code =
            FeedFields::of(product).and_then(|mut one| one.take_text(&["productcode", "code"]));
        let Some(code) = code.filter(|code| is_reference(code)) else {
            continue;
        };
        if found.as_ref().is_some_and(|known| *known != code) {
            return None;
        }
        found = Some(code);
    }
    found
}

/// Whether a text is a reference of a standard: `ST0215`.
pub(super) fn is_reference(text: &str) -> bool {
    let digits = text.strip_prefix("ST").or_else(|| text.strip_prefix("st"));
    digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|one| one.is_ascii_digit()))
}

/// The records of a file.
#[derive(Debug, Default)]
pub(super) struct FeedFile {
    /// The records that are wanted; the first if none is named.
    pub(super) records: Vec<Value>,
    /// The names of all records.
    pub(super) names: Vec<RecordName>,
}

/// Reads the records of a file.
///
/// # Errors
/// It is not JSON.
pub(super) fn read_records(
    text: &str,
    wanted: Option<&WantedStandard>,
) -> Result<FeedFile, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let file = RecordSeed { wanted }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(file)
}

struct RecordSeed<'a> {
    wanted: Option<&'a WantedStandard>,
}

impl RecordSeed<'_> {
    fn add(&self, file: &mut FeedFile, record: Value) {
        let name = RecordName::of(&record);
        let is_wanted = match self.wanted {
            Some(wanted) => wanted.fits(&name),
            None => file.records.is_empty(),
        };
        if is_wanted {
            file.records.push(record);
        }
        file.names.push(name);
    }
}

impl<'de> DeserializeSeed<'de> for RecordSeed<'_> {
    type Value = FeedFile;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<FeedFile, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed<'_> {
    type Value = FeedFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a standard or a list of standards")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<FeedFile, A::Error> {
        let mut file = FeedFile::default();
        while let Some(record) = list.next_element::<Value>()? {
            if is_record(&record) {
                self.add(&mut file, record);
            }
        }
        Ok(file)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FeedFile, A::Error> {
        let mut object = Map::new();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            object.insert(key, value);
        }
        let mut file = FeedFile::default();
        let object = Value::Object(object);
        if is_record(&object) {
            self.add(&mut file, object);
            return Ok(file);
        }
        let Value::Object(object) = object else {
            return Err(A::Error::custom("no object"));
        };
        // Lists of records within an object: results, standards, apprenticeships.
        for value in object.into_values() {
            match value {
                Value::Array(list) => {
                    for record in list.into_iter().filter(is_record) {
                        self.add(&mut file, record);
                    }
                }
                value if is_record(&value) => self.add(&mut file, value),
                _ => {}
            }
        }
        Ok(file)
    }
}

/// Whether a value is a standard or an occupation: it has statements, or a reference.
fn is_record(value: &Value) -> bool {
    const MARKS: [&str; 9] = [
        "referencenumber",
        "ifatereferencenumber",
        "stdcode",
        "knowledges",
        "skills",
        "behaviours",
        "technicalknowledges",
        "technicalskills",
        "ksbs",
    ];
    let object = unwrap(value).as_object();
    object.is_some_and(|object| {
        let mut keys = object.keys().map(|key| fold_key(key));
        keys.any(|key| MARKS.contains(&key.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wanted_standard_is_named_in_several_ways() {
        let name = |reference: &str, version: &str| RecordName {
            reference: reference.to_owned(),
            version: version.to_owned(),
            ..RecordName::default()
        };
        let wanted = WantedStandard::new("st0215_v1.1");
        assert!(wanted.fits(&name("ST0215", "1.1")) && !wanted.fits(&name("ST0215", "1.0")));
        assert!(WantedStandard::new("ST0215").fits(&name("ST0215", "1.0")));
        assert!(!WantedStandard::new("ST0215").fits(&name("ST0216", "1.0")));
    }

    #[test]
    fn lists_and_objects_with_lists_hold_records() {
        for text in [
            r#"[{"referenceNumber":"ST9998"},{"referenceNumber":"ST9997"}]"#,
            r#"{"standards":[{"referenceNumber":"ST9998"},{"referenceNumber":"ST9997"}],"total":2}"#,
        ] {
            let file = read_records(text, None).unwrap_or_default();
            assert_eq!((file.records.len(), file.names.len()), (1, 2), "{text}");
            let wanted = WantedStandard::new("ST9997");
            let file = read_records(text, Some(&wanted)).unwrap_or_default();
            assert_eq!(file.records[0]["referenceNumber"], "ST9997");
        }
        assert!(read_records("[{\"a\": ", None).is_err());
        assert!(read_records("\"words\"", None).is_err());
    }
}
