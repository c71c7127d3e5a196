//! Reads a file of decisions.

use jiff::civil::Date;

use super::decode::{Decoder, Table};
use super::keys;
use super::parsed::Parsed;
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
    /// The digest of the file before this one.
    pub previous: Option<Spanned<String>>,
    /// The decisions.
    pub decisions: Vec<DraftDecision>,
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
    let value = read(&mut decoder, source);
    Parsed {
        value,
        faults: decoder.faults,
    }
}

fn read(decoder: &mut Decoder<'_>, source: &Source) -> Option<DraftDecisions> {
    let (node, _) = decoder.file(keys::DECISIONS)?;
    let table = decoder.table(&node, "decisions", keys::DECISIONS)?;
    decoder.version(&table);
    let (assessor, role) = assessor(decoder, &table).unzip();
    let day = decoder.required(&table, "date").map(|day| day.span);
    let date = day.and_then(|_| decoder.date(&table, "date"));
    let mut decisions = Vec::new();
    for item in decoder.tables(&table, "decisions", keys::DECISION) {
        let Some(entry) = decoder.required(&item, "entry") else {
            continue;
        };
        decisions.push(DraftDecision {
            entry,
            attempt: decoder.number(&item, "attempt").unwrap_or(1),
            digest: decoder.words(&item, "digest"),
            claims: claims(decoder, &item),
            evidence: evidence(decoder, &item),
            feedback: decoder.text(&item, "feedback"),
        });
    }
    Some(DraftDecisions {
        source: source.clone(),
        assessor: assessor?,
        role: role?,
        date: date?,
        day: day?,
        previous: decoder.text(&table, "previous"),
        decisions,
    })
}

fn assessor(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Option<(String, Role)> {
    let Some(node) = table.get("assessor") else {
        decoder.required(table, "assessor");
        return None;
    };
    let assessor = decoder.table(node, "assessor", keys::ASSESSOR)?;
    let id = decoder.required(&assessor, "id");
    let role = decoder.required(&assessor, "role");
    let role = role.and_then(|role| decoder.as_word(&role, "role"));
    Some((id?.value, role?))
}

fn claims(decoder: &mut Decoder<'_>, item: &Table<'_>) -> Vec<(Spanned<String>, Verdict)> {
    let Some(table) = item
        .get("claims")
        .and_then(|node| decoder.open_table(node, "claims"))
    else {
        return Vec::new();
    };
    let mut claims = Vec::new();
    for (code, node) in table.pairs() {
        let verdict = decoder.scalar(node, "claims");
        let verdict = verdict.and_then(|word| decoder.as_word(&word, "claims"));
        // An unreadable word, or a repeated code, may be a referral.
        let verdict = verdict.filter(|_| !table.doubts(&code.value));
        claims.push((code.clone(), verdict.unwrap_or(Verdict::Referred)));
    }
    claims
}

fn evidence(decoder: &mut Decoder<'_>, item: &Table<'_>) -> RulesOfEvidence {
    let Some(table) = item
        .get("vacsr")
        .and_then(|node| decoder.table(node, "vacsr", keys::EVIDENCE_RULES))
    else {
        return RulesOfEvidence::default();
    };
    RulesOfEvidence {
        valid: decoder.boolean(&table, "valid"),
        authentic: decoder.boolean(&table, "authentic"),
        current: decoder.boolean(&table, "current"),
        sufficient: decoder.boolean(&table, "sufficient"),
        reliable: decoder.boolean(&table, "reliable"),
    }
}
