//! Reads a file of decisions.

use jiff::civil::Date;

use super::decode::{Decoder, Table};
use super::keys;
use super::parsed::Parsed;
use super::yaml::Node;
use crate::model::{Role, RulesOfEvidence, Verdict};
use crate::text::{Source, Span, Spanned};

/// One file of decisions, not yet bound to entries.
#[derive(Debug)]
pub struct DraftDecisions {
    /// The file.
    pub source: Source,
    /// Who decided.
    pub assessor: String,
    /// In which role.
    pub role: Role,
    /// The day.
    pub date: Date,
    /// Its place in the file.
    pub day: Span,
    /// The digests of the files that it follows: several if it joins branches.
    pub previous: Vec<Spanned<String>>,
    /// The digests of the standards that they were made under, by id.
    pub standards: Vec<(String, String)>,
    /// The decisions.
    pub decisions: Vec<DraftDecision>,
    /// Codes that the author verifies, as typed.
    pub verified: Vec<Spanned<String>>,
}

/// One decision, not yet bound to its entry.
#[derive(Debug)]
pub struct DraftDecision {
    /// The entry's id.
    pub entry: Spanned<String>,
    /// The attempt.
    pub attempt: u32,
    /// The digest of the entry that was judged.
    pub digest: Option<String>,
    /// Verdicts by code as typed.
    pub claims: Vec<(Spanned<String>, Verdict)>,
    /// The rules of evidence.
    pub evidence: RulesOfEvidence,
    /// Feedback.
    pub feedback: Option<Spanned<String>>,
}

/// Reads a decision file. The value is `None` without a readable author and date.
pub fn decisions(source: &Source) -> Parsed<Option<DraftDecisions>> {
    let mut decoder = Decoder::new(source);
    let value = read_decisions(&mut decoder, source);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read_decisions(decoder: &mut Decoder<'_>, source: &Source) -> Option<DraftDecisions> {
    let (node, _) = decoder.read_file(keys::DECISIONS)?;
    let table = decoder.read_table(&node, "decisions", keys::DECISIONS)?;
    decoder.check_version(&table);
    let (assessor, role) = read_assessor(decoder, &table).unzip();
    let day = decoder.require_text(&table, "date").map(|day| day.span);
    let date = day.and_then(|_| decoder.read_date(&table, "date"));
    let mut decisions = Vec::new();
    for item in decoder.read_tables(&table, "decisions", keys::DECISION) {
        let Some(entry) = decoder.require_text(&item, "entry") else {
            continue;
        };
        decisions.push(DraftDecision {
            entry,
            attempt: decoder.read_number(&item, "attempt").unwrap_or(1),
            digest: decoder.read_words(&item, "digest"),
            claims: read_claims(decoder, &item),
            evidence: read_evidence_rules(decoder, &item),
            feedback: decoder.read_text(&item, "feedback"),
        });
    }
    Some(DraftDecisions {
        source: source.clone(),
        assessor: assessor?,
        role: role?,
        date: date?,
        day: day?,
        previous: read_previous(decoder, &table),
        standards: read_standards(decoder, &table),
        decisions,
        verified: read_verified(decoder, &table),
    })
}

fn read_assessor(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<(String, Role)> {
    let Some(node) = table.get("assessor") else {
        decoder.require_text(table, "assessor");
        return None;
    };
    let assessor = decoder.read_table(node, "assessor", keys::ASSESSOR)?;
    let id = decoder.require_text(&assessor, "id");
    let role = decoder.require_text(&assessor, "role");
    let role = role.and_then(|role| decoder.parse_word(&role, "role"));
    Some((id?.value, role?))
}

fn read_previous(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Spanned<String>> {
    let mut digests: Vec<Spanned<String>> = Vec::new();
    for node in decoder.read_list(table, "previous") {
        let Some(digest) = decoder.read_scalar(node, "previous") else {
            continue;
        };
        if !digests.iter().any(|known| known.value == digest.value) {
            digests.push(digest);
        }
    }
    digests
}

/// Reads `verified`: nothing if any of it is in doubt.
fn read_verified(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<Spanned<String>> {
    let before = decoder.faults.len();
    let mut codes = decoder.read_texts(table, "verified");
    if table.doubts("verified") || !decoder.all_read_since(before) {
        codes.clear();
    }
    codes
}

fn read_standards(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Vec<(String, String)> {
    let Some(table) = table
        .get("standards")
        .and_then(|node| decoder.read_open_table(node, "standards"))
    else {
        return Vec::new();
    };
    let digest = |(id, node): (&Spanned<String>, &Node)| {
        let digest = decoder.read_scalar(node, "standards")?;
        Some((id.value.clone(), digest.value))
    };
    table.pairs().filter_map(digest).collect()
}

fn read_claims(decoder: &mut Decoder<'_>, item: &Table<'_>) -> Vec<(Spanned<String>, Verdict)> {
    let Some(table) = item
        .get("claims")
        .and_then(|node| decoder.read_open_table(node, "claims"))
    else {
        return Vec::new();
    };
    let mut claims = Vec::new();
    for (code, node) in table.pairs() {
        let verdict = decoder.read_scalar(node, "claims");
        let verdict = verdict.and_then(|word| decoder.parse_word(&word, "claims"));
        // An unreadable word, or a repeated code, may be a referral.
        let verdict = verdict.filter(|_| !table.doubts(&code.value));
        claims.push((code.clone(), verdict.unwrap_or(Verdict::Referred)));
    }
    claims
}

fn read_evidence_rules(decoder: &mut Decoder<'_>, item: &Table<'_>) -> RulesOfEvidence {
    let Some(table) = item
        .get("vacsr")
        .and_then(|node| decoder.read_table(node, "vacsr", keys::EVIDENCE_RULES))
    else {
        return RulesOfEvidence::default();
    };
    RulesOfEvidence {
        valid: decoder.read_boolean(&table, "valid"),
        authentic: decoder.read_boolean(&table, "authentic"),
        current: decoder.read_boolean(&table, "current"),
        sufficient: decoder.read_boolean(&table, "sufficient"),
        reliable: decoder.read_boolean(&table, "reliable"),
    }
}
