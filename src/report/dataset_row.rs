//! A row of a dataset, and how much of it a profile shows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use strum::{IntoStaticStr, VariantArray};

use super::dataset_schema::{DataTable, FieldKind};

/// How much of a dataset can be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum DataProfile {
    /// Days and exact counts.
    #[default]
    Internal,
    /// Months, counts rounded to 5, and no group of fewer than 5 learners.
    Shared,
}

/// The number to which the shared profile rounds counts, and the fewest learners of a group.
const FEW: usize = 5;

/// The word for a group of fewer learners.
const FEWER: &str = "fewer than 5";

/// A group: table, field and name.
type Group = (&'static str, &'static str, String);

/// How many learners are in each group that rows name.
#[derive(Default)]
pub struct DataGroups {
    sizes: BTreeMap<Group, usize>,
    last: String,
}

impl DataGroups {
    /// Counts a learner in the groups that the learner's rows name. Rows of one learner come one
    /// after the other, and two portfolios are still one learner.
    pub fn count(&mut self, learner: &str, rows: &[DataRow]) {
        if learner == self.last && !learner.is_empty() {
            return;
        }
        learner.clone_into(&mut self.last);
        let named: BTreeSet<Group> = rows.iter().flat_map(DataRow::groups).collect();
        for group in named {
            *self.sizes.entry(group).or_insert(0) += 1;
        }
    }

    fn is_small(&self, group: &Group) -> bool {
        self.sizes.get(group).copied().unwrap_or(0) < FEW
    }
}

/// One row: its table, and the exact value of each field.
pub struct DataRow {
    table: &'static DataTable,
    values: Vec<Value>,
}

impl DataRow {
    /// A row of a table, with its values in the order of the fields.
    pub(super) fn new(table: &'static DataTable, values: Vec<Value>) -> Self {
        Self { table, values }
    }

    /// The name of the table.
    #[must_use]
    pub fn table(&self) -> &'static str {
        self.table.0
    }

    /// The row as a line of its table.
    #[must_use]
    pub fn line(&self) -> String {
        write_line(self.fields())
    }

    /// The row as a line of a stream, with the name of its table.
    #[must_use]
    pub fn tagged_line(&self) -> String {
        let mut fields = self.fields();
        fields.insert("table".to_owned(), json!(self.table()));
        write_line(fields)
    }

    /// The row as the shared profile shows it.
    #[must_use]
    pub fn into_shared(mut self, groups: &DataGroups) -> Self {
        let small: BTreeSet<&'static str> = self
            .groups()
            .filter(|group| groups.is_small(group))
            .map(|(_, field, _)| field)
            .collect();
        let fields = self.table.2.iter();
        // The cohort is often the month of the start, and the end follows from it.
        let hides_intake = fields.clone().any(|(name, kind, ..)| {
            matches!(kind, FieldKind::Intake | FieldKind::IntakeDay) && small.contains(name)
        });
        for ((name, kind, ..), value) in fields.zip(&mut self.values) {
            let is_small = match kind {
                FieldKind::Intake | FieldKind::IntakeDay => hides_intake && !value.is_null(),
                _ => small.contains(name),
            };
            if is_small {
                *value = json!(FEWER);
            } else {
                limit(*kind, value);
            }
        }
        self
    }

    /// The groups that the row names.
    fn groups(&self) -> impl Iterator<Item = Group> {
        let fields = self.table.2.iter().zip(&self.values);
        fields.filter_map(|((field, kind, ..), value)| {
            let text = value.as_str()?;
            let name = match kind {
                FieldKind::Group | FieldKind::Intake => text,
                FieldKind::IntakeDay => to_month(text),
                _ => return None,
            };
            Some((self.table.0, *field, name.to_owned()))
        })
    }

    fn fields(&self) -> Map<String, Value> {
        let fields = self.table.2.iter().zip(&self.values);
        fields
            .map(|((name, ..), value)| ((*name).to_owned(), value.clone()))
            .collect()
    }
}

fn write_line(fields: Map<String, Value>) -> String {
    // Strings, numbers and booleans always serialise.
    serde_json::to_string(&Value::Object(fields)).unwrap_or_default() + "\n"
}

/// The month of a day.
fn to_month(day: &str) -> &str {
    day.get(..7).unwrap_or(day)
}

/// Replaces a day by its month, and rounds a count.
fn limit(kind: FieldKind, value: &mut Value) {
    match (kind, &*value) {
        (FieldKind::Day | FieldKind::IntakeDay, Value::String(day)) => {
            *value = json!(to_month(day));
        }
        (FieldKind::Count, Value::Number(number)) => {
            *value = json!(number.as_f64().map(|number| (number / 5.0).round() * 5.0));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::dataset_schema::{DECISIONS, LEARNERS};
    use super::*;

    /// A learner's row with some fields, and a decision by an assessor.
    fn rows(cohort: &str, start: &str, tutor: &str, assessor: &str) -> [DataRow; 2] {
        let fill = |table: &'static DataTable, known: &[(&str, &str)]| {
            let value = |(name, ..): &(&str, FieldKind, bool, &str)| {
                let found = known.iter().find(|(field, _)| field == name);
                found.map_or(Value::Null, |(_, value)| json!(value))
            };
            DataRow::new(table, table.2.iter().map(value).collect())
        };
        let learner = [("cohort", cohort), ("start", start), ("tutor", tutor)];
        [
            fill(&LEARNERS, &learner),
            fill(&DECISIONS, &[("assessor", assessor)]),
        ]
    }

    fn shared(groups: &DataGroups, rows: [DataRow; 2]) -> [Value; 4] {
        let [learner, decision] = rows.map(|row| row.into_shared(groups).fields());
        [
            learner["cohort"].clone(),
            learner["start"].clone(),
            learner["tutor"].clone(),
            decision["assessor"].clone(),
        ]
    }

    #[test]
    fn groups_are_counted_by_field_and_learner() {
        let mut groups = DataGroups::default();
        for number in 0..5 {
            let learner = rows("2026-05", "2026-05-21", "one", "deciding");
            groups.count(&number.to_string(), &learner);
        }
        // A tutor of two learners who also decides for two is no group of four.
        for number in 5..7 {
            groups.count(&number.to_string(), &rows("", "2026-05-30", "both", "both"));
        }
        // Two portfolios of one learner, in a cohort whose name is the month of the start.
        for _ in 0..5 {
            groups.count("7", &rows("2025-11", "2025-11-03", "two", "twice"));
        }
        let all = shared(&groups, rows("2026-05", "2026-05-21", "one", "deciding"));
        assert_eq!(all, ["2026-05", "2026-05", "one", "deciding"]);
        let few = shared(&groups, rows("2025-11", "2025-11-03", "both", "both"));
        assert_eq!(few, [FEWER, FEWER, FEWER, FEWER]);
        // A small cohort in a month with many starts: the month would name it.
        let sibling = shared(&groups, rows("2025-11", "2026-05-21", "one", "twice"));
        assert_eq!(sibling, [FEWER, FEWER, "one", FEWER]);
    }
}
