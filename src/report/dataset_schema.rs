//! The tables of a dataset, as a Frictionless data package and as a JSON Schema.

use serde_json::{Map, Value, json};

use super::json::to_pretty_json;

/// The version of the tables: additions keep the first number, any other change raises it.
pub const DATASET_VERSION: &str = "1.1";

/// The values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    /// A pseudonym of a learner.
    Learner,
    /// A pseudonym of a group of learners.
    Group,
    /// The name of a cohort: a group of learners.
    Intake,
    /// A day of the programme, which shows the cohort; a month, and a group, in the shared profile.
    IntakeDay,
    /// A word of a closed set, a code, or the id of a standard.
    Word,
    /// A day; a month in the shared profile.
    Day,
    /// A month.
    Month,
    /// A number within its learner, which is no count.
    Number,
    /// A count, or a number of days or hours; rounded in the shared profile.
    Count,
    /// Whether something holds.
    Switch,
}

impl FieldKind {
    fn type_name(self) -> &'static str {
        match self {
            Self::Learner
            | Self::Group
            | Self::Intake
            | Self::IntakeDay
            | Self::Word
            | Self::Day
            | Self::Month => "string",
            Self::Number => "integer",
            Self::Count => "number",
            Self::Switch => "boolean",
        }
    }
}

/// A field: name, values, whether it can be `null`, and its meaning.
pub(super) type DataField = (&'static str, FieldKind, bool, &'static str);

/// A table: name, meaning and fields.
pub(super) struct DataTable(pub &'static str, pub &'static str, pub &'static [DataField]);

use FieldKind::{Count, Day, Group, Intake, IntakeDay, Learner, Month, Number, Switch, Word};

#[rustfmt::skip]
pub(super) const LEARNERS: DataTable = DataTable("learners", "A row for each learner, also for one without a portfolio that can be judged.", &[
    ("learner", Learner, true, "HMAC-SHA-256 of the learner's id; null if the folder names none."),
    ("judged", Switch, false, "Whether there is a portfolio that can be judged. If not, what follows is null, but for the colour and what the plan says."),
    ("cohort", Intake, true, "The cohort, if it is a plain name."),
    ("tutor", Group, true, "HMAC-SHA-256 of the tutor's reference in the plan."),
    ("assessor", Group, true, "HMAC-SHA-256 of the assessor's reference in the plan."),
    ("site", Group, true, "HMAC-SHA-256 of the site in the plan."),
    ("delivery", Group, true, "HMAC-SHA-256 of the pattern of delivery in the plan."),
    ("as_of", Day, true, "The day by which the portfolio is judged."),
    ("start", IntakeDay, true, "The first day of the programme."),
    ("planned_end", IntakeDay, true, "Its planned last day."),
    ("stage", Word, true, "Where in the programme the learner is."),
    ("colour", Word, false, "red, amber, unknown or green, by the rules of the plan."),
    ("criteria", Count, true, "Criteria less those waived."),
    ("evidenced", Count, true, "Criteria that are evidenced or accepted."),
    ("accepted", Count, true, "Criteria that are accepted."),
    ("expected", Count, true, "Criteria that the plan expects by now."),
    ("hours", Count, true, "Counting hours off the job."),
    ("hours_planned", Count, true, "Hours planned by now."),
    ("silent_days", Count, true, "Days since the last submitted entry, or since the start, without breaks."),
    ("review_days", Count, true, "Days since the last progress review, without breaks."),
    ("waiting_entries", Count, true, "Entries that wait for an assessor."),
    ("waiting_since", Day, true, "The day since which the oldest waits."),
    ("waiting_days", Count, true, "Days since then."),
    ("referrals", Count, true, "Claims sent back that need the learner's work."),
    ("contested", Count, true, "Claims on which assessors disagree."),
    ("privacy_findings", Count, true, "Findings of privacy rules."),
    ("readiness", Word, true, "Readiness for the gateway."),
    ("chain", Word, true, "The state of the chain of decisions."),
]);

#[rustfmt::skip]
pub(super) const ENTRIES: DataTable = DataTable("entries", "A row for each entry.", &[
    ("learner", Learner, false, "The learner."),
    ("entry", Number, false, "The number of the entry within the learner, oldest first."),
    ("date", Day, true, "The day it was written."),
    ("submitted", Day, true, "The day it was submitted, if it says so."),
    ("type", Word, true, "The type of evidence; null if it cannot be read."),
    ("status", Word, false, "draft or submitted."),
    ("visibility", Word, false, "public, assessor or private."),
    ("withheld", Switch, false, "Whether something in it identifies a person, so that assessors do not see it."),
    ("hours", Count, true, "Time spent, in hours."),
    ("off_the_job", Switch, false, "Whether that time was off the job."),
    ("claims", Count, false, "How many criteria it claims."),
]);

#[rustfmt::skip]
pub(super) const CLAIMS: DataTable = DataTable("claims", "A row for each claim of an entry on a criterion that applies.", &[
    ("learner", Learner, false, "The learner."),
    ("entry", Number, false, "The entry."),
    ("standard", Word, false, "The id of the standard."),
    ("code", Word, false, "The code of the criterion."),
    ("counts", Switch, false, "Whether the entry counts for the criterion."),
    ("verdict", Word, true, "The verdict in force: accepted, partly or referred."),
    ("unchanged", Switch, true, "Whether the entry is unchanged since that verdict."),
]);

#[rustfmt::skip]
pub(super) const STANDARDS: DataTable = DataTable("standards", "A row for each standard of a learner, with the version that the learner has.", &[
    ("learner", Learner, false, "The learner."),
    ("standard", Word, false, "The id of the standard."),
    ("version", Word, true, "The awarding body's version."),
    ("updated", Word, true, "The day of the awarding body's last change."),
    ("criteria", Count, false, "Criteria less those waived."),
    ("evidenced", Count, false, "Criteria that are evidenced or accepted."),
    ("accepted", Count, false, "Criteria that are accepted."),
]);

#[rustfmt::skip]
pub(super) const STATES: DataTable = DataTable("states", "A row for each criterion that applies to a learner.", &[
    ("learner", Learner, false, "The learner."),
    ("standard", Word, false, "The id of the standard."),
    ("code", Word, false, "The code of the criterion."),
    ("state", Word, false, "gap, drafted, thin, evidenced or accepted."),
    ("waived", Switch, false, "Whether it is waived."),
    ("referred", Switch, false, "Whether a claim on it is referred and not settled."),
    ("contested", Switch, false, "Whether assessors disagree on it."),
    ("stale", Switch, false, "Whether an accepted entry was changed afterwards."),
]);

#[rustfmt::skip]
pub(super) const DECISIONS: DataTable = DataTable("decisions", "A row for each verdict in a decision that counts.", &[
    ("learner", Learner, false, "The learner."),
    ("entry", Number, false, "The entry."),
    ("decision", Number, false, "The number of the decision within the entry, in the order of the chain."),
    ("assessor", Group, false, "HMAC-SHA-256 of the assessor's reference."),
    ("role", Word, false, "assessor, iqa, tutor or employer."),
    ("date", Day, false, "The day."),
    ("attempt", Number, false, "The attempt that was judged."),
    ("standard", Word, false, "The id of the standard."),
    ("code", Word, false, "The code of the criterion."),
    ("verdict", Word, false, "accepted, partly or referred."),
    ("days", Count, true, "Days since the entry was submitted; null if that is not known."),
]);

#[rustfmt::skip]
pub(super) const FINDINGS: DataTable = DataTable("findings", "A row for each rule of `check` with findings.", &[
    ("learner", Learner, false, "The learner."),
    ("rule", Word, false, "The rule."),
    ("level", Word, false, "error, warning or note."),
    ("findings", Count, false, "How many findings it has."),
]);

#[rustfmt::skip]
pub(super) const HOURS: DataTable = DataTable("hours", "A row for each month of the programme.", &[
    ("learner", Learner, false, "The learner."),
    ("month", Month, false, "The month."),
    ("recorded", Count, false, "Counting hours off the job."),
    ("planned", Count, true, "Planned hours."),
]);

#[rustfmt::skip]
pub(super) const REVIEWS: DataTable = DataTable("reviews", "A row for each progress review that was held.", &[
    ("learner", Learner, false, "The learner."),
    ("date", Day, false, "The day."),
    ("parties", Number, true, "How many parties took part, the learner included; null if the record does not say."),
    ("signed", Number, false, "How many signed the record."),
    ("last_signed", Day, true, "The day of the last signature."),
]);

#[rustfmt::skip]
pub(super) const CRITERIA: DataTable = DataTable("criteria", "A row for each criterion of a standard, once.", &[
    ("standard", Word, false, "The id of the standard."),
    ("version", Word, true, "The awarding body's version, if it is a plain name."),
    ("updated", Word, true, "The day of the awarding body's last change."),
    ("code", Word, false, "The code."),
    ("kind", Word, false, "The kind, as in knowledge."),
]);

/// Rows that no table has: a job that runs the program writes them (`judge_on_spark.py`).
#[rustfmt::skip]
const FAILED: DataTable = DataTable("failed", "A row for each folder on which the program failed. A job that runs the program writes it; the program itself does not.", &[
    ("root", Learner, false, "HMAC-SHA-256 of the folder as the job names it."),
    ("code", Number, false, "The exit code; 127 if the program could not be started."),
]);

/// All tables.
pub(super) const TABLES: [&DataTable; 10] = [
    &LEARNERS, &ENTRIES, &CLAIMS, &STANDARDS, &STATES, &DECISIONS, &FINDINGS, &HOURS, &REVIEWS,
    &CRITERIA,
];

/// The names of all tables.
#[must_use]
pub fn dataset_tables() -> Vec<&'static str> {
    TABLES.iter().map(|table| table.0).collect()
}

/// `datapackage.json`: the tables as Frictionless describes data.
#[must_use]
pub fn data_package(profile: &str) -> String {
    let resource = |table: &&DataTable| {
        let field = |(name, kind, nullable, says): &DataField| {
            let mut field = json!({ "name": name, "type": kind.type_name(), "description": says });
            if !nullable {
                field["constraints"] = json!({ "required": true });
            }
            field
        };
        // Rows have their fields in this order.
        let mut fields: Vec<&DataField> = table.2.iter().collect();
        fields.sort_by_key(|(name, ..)| *name);
        json!({
            "name": table.0,
            "description": table.1,
            "path": format!("{}.jsonl", table.0),
            "format": "ndjson",
            "encoding": "utf-8",
            "schema": { "fields": fields.into_iter().map(field).collect::<Vec<_>>() },
        })
    };
    to_pretty_json(&json!({
        "name": "ksbfolio-cohort",
        "version": DATASET_VERSION,
        "title": format!("Portfolios of a cohort, profile {profile}"),
        "description": "Personal data under keyed pseudonyms. README.md says how to treat it.",
        "resources": TABLES.iter().map(resource).collect::<Vec<_>>(),
    }))
}

/// `schema.json`: a JSON Schema of one line, each with the name of its table.
#[must_use]
pub fn dataset_schema() -> String {
    let object = |table: &&DataTable| {
        let mut properties = Map::new();
        properties.insert("table".to_owned(), json!({ "const": table.0 }));
        for (name, kind, nullable, says) in table.2 {
            let types = if *nullable {
                json!([kind.type_name(), "null"])
            } else {
                json!(kind.type_name())
            };
            let field = json!({ "type": types, "description": says });
            properties.insert((*name).to_owned(), field);
        }
        let required: Vec<&str> = table.2.iter().map(|(name, ..)| *name).collect();
        json!({
            "title": table.0,
            "description": table.1,
            "type": "object",
            "properties": Value::Object(properties),
            "required": required,
            // A later minor version may add fields.
            "additionalProperties": true,
        })
    };
    to_pretty_json(&json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Rows of cohort --format jsonl, version {DATASET_VERSION}"),
        "oneOf": TABLES.iter().chain(&[&FAILED]).map(object).collect::<Vec<_>>(),
    }))
}

/// `README.md` of a folder with a dataset.
#[must_use]
pub fn dataset_readme(profile: &str) -> String {
    format!(
        "# Portfolios of a cohort\n\n\
         **This is personal data.** Names and references are replaced by keyed pseudonyms, and there \
         is no text of any portfolio. But anyone who has the key, or knows enough about one learner, can \
         find that learner in it. Keep the key elsewhere, give the folder only to people who may see \
         the learners' records, and delete it when its purpose is met.\n\n\
         Profile: {profile}. Version of the tables: {DATASET_VERSION}. `datapackage.json` describes \
         them for Frictionless, `schema.json` one line of the stream as JSON Schema.\n"
    )
}
