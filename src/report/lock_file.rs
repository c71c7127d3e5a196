//! Writes `standards.lock`.

use std::fmt::Write;

use super::scaffold::quoted;
use crate::model::{Known, LockedStandard, LockedStatement};

const HEAD: &str = "\
# The wording of the standards that decisions were made under. Written by ksbfolio: do not edit.
version: 1
standards:
";

/// The text of a lock with these versions.
#[must_use]
pub fn lock_file<'a>(records: impl IntoIterator<Item = &'a LockedStandard>) -> String {
    let mut out = HEAD.to_owned();
    for record in records {
        write_record(record, &mut out);
    }
    if out == HEAD {
        out.truncate(out.len() - 1);
        out.push_str(" []\n");
    }
    out
}

fn write_record(record: &LockedStandard, out: &mut String) {
    // Writing to a string cannot fail, here and below.
    let _ = writeln!(out, "  - id: {}", quoted(&record.id));
    let _ = writeln!(out, "    version: {}", known(&record.version));
    if let Some(day) = record.recorded {
        let _ = writeln!(out, "    recorded: {day}");
    }
    let _ = writeln!(out, "    file: {}", record.file);
    let _ = writeln!(out, "    digest: {}", record.digest);
    out.push_str(if record.statements.is_empty() {
        "    criteria: []\n"
    } else {
        "    criteria:\n"
    });
    for statement in &record.statements {
        write_statement(statement, out);
    }
}

fn write_statement(statement: &LockedStatement, out: &mut String) {
    let _ = writeln!(
        out,
        "      - code: {}\n        kind: {}",
        quoted(&statement.code),
        quoted(&statement.kind)
    );
    if let Known::Known(guid) = &statement.guid {
        let _ = writeln!(out, "        guid: {}", quoted(guid));
    }
    let _ = writeln!(out, "        hash: {}", statement.hash());
    let _ = writeln!(out, "        text: {}", known(&statement.words));
}

fn known(text: &Known<String>) -> String {
    match text {
        Known::Known(text) => quoted(text),
        Known::Unknown => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::layout;
    use crate::model::digest_of;
    use crate::parse;
    use crate::text::Source;

    fn record() -> LockedStandard {
        let statement = |code: &str, words: Known<String>| LockedStatement {
            code: code.to_owned(),
            kind: "knowledge".to_owned(),
            guid: Known::Unknown,
            words,
        };
        let statements = vec![
            statement("K1", Known::Known("How: \"a\" # b".to_owned())),
            statement("K2", Known::Unknown),
            statement("K10", Known::Known("unknown words".to_owned())),
        ];
        LockedStandard {
            id: "tiny".to_owned(),
            version: Known::Known("1.0".to_owned()),
            recorded: Some(date(2026, 1, 2)),
            file: format!("sha256:{}", "0".repeat(64)),
            digest: digest_of("tiny", &statements),
            statements,
        }
    }

    #[test]
    fn a_lock_parses_to_itself_and_an_edited_version_is_left_out() {
        let record = record();
        let text = lock_file([&record]);
        let parsed = parse::standards_lock(&Source::new(layout::LOCK, &text));
        assert!(parsed.faults.is_empty(), "{text}\n{:?}", parsed.faults);
        assert_eq!(parsed.value.records, [record]);
        for (old, new) in [
            ("How: ", "What: "),
            ("\"K2\"", "\"K3\""),
            ("kind: \"knowledge\"", "kind: \"skill\""),
        ] {
            let edited = text.replacen(old, new, 1);
            let parsed = parse::standards_lock(&Source::new(layout::LOCK, &edited));
            assert_eq!(parsed.value.records, [], "{old}");
            assert!(parsed.value.is_unreadable && !parsed.faults.is_empty());
        }
        let empty = parse::standards_lock(&Source::new(layout::LOCK, &lock_file([])));
        assert!(empty.faults.is_empty() && empty.value.records.is_empty());
    }
}
