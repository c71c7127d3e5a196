//! Reads `standards.lock`.

use super::decode::{Decoder, Table};
use super::keys;
use super::parsed::Parsed;
use crate::model::{LockedStandard, LockedStatement, StandardsLock, digest_of};
use crate::text::Source;

/// Reads the lock. A version whose digests are not those of its statements is left out, so a
/// decision that names it is made under unknown words.
#[must_use]
pub fn standards_lock(source: &Source) -> Parsed<StandardsLock> {
    let mut decoder = Decoder::new(source);
    let mut value = read_lock(&mut decoder).unwrap_or_default();
    value.is_unreadable = !decoder.faults.is_empty();
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read_lock(decoder: &mut Decoder<'_>) -> Option<StandardsLock> {
    let (node, _) = decoder.read_file(keys::LOCK)?;
    let table = decoder.read_table(&node, "the lock", keys::LOCK)?;
    decoder.check_version(&table);
    let mut lock = StandardsLock::default();
    for item in decoder.read_tables(&table, "standards", keys::LOCKED_STANDARD) {
        lock.records.extend(read_standard(decoder, &item));
    }
    Some(lock)
}

fn read_standard(decoder: &mut Decoder<'_>, item: &Table<'_>) -> Option<LockedStandard> {
    let id = decoder.require_text(item, "id")?;
    let file = decoder.require_text(item, "file")?;
    let digest = decoder.require_text(item, "digest")?;
    let mut statements = Vec::new();
    let mut is_whole = true;
    for one in decoder.read_tables(item, "criteria", keys::LOCKED_STATEMENT) {
        let code = decoder.require_text(&one, "code");
        let kind = decoder.require_text(&one, "kind");
        let hash = decoder.require_text(&one, "hash");
        let (Some(code), Some(kind), Some(hash)) = (code, kind, hash) else {
            is_whole = false;
            continue;
        };
        let statement = LockedStatement {
            code: code.value,
            kind: kind.value,
            guid: decoder.read_known_text(&one, "guid"),
            words: decoder.read_known_text(&one, "text"),
        };
        is_whole &= statement.hash() == hash.value;
        statements.push(statement);
    }
    if !is_whole || digest_of(&id.value, &statements) != digest.value {
        decoder.report_contradiction(
            digest.span,
            format!(
                "this version of {} is not the one that was recorded",
                id.value
            ),
            "take the file back from a copy; `ksbfolio standards lock` adds the version of today",
        );
        return None;
    }
    Some(LockedStandard {
        id: id.value,
        version: decoder.read_known_text(item, "version"),
        recorded: decoder.read_date(item, "recorded"),
        file: file.value,
        digest: digest.value,
        statements,
    })
}
