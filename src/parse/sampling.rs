//! Reads a sampling plan.

use super::decode::{Decoder, Table};
use super::guarded::guarded;
use super::keys;
use super::parsed::Parsed;
use crate::model::{AssessorShares, SamplingPlan, Shares};
use crate::text::Source;

/// Reads a plan, as far as it can be read.
#[must_use]
pub fn sampling(source: &Source) -> Parsed<SamplingPlan> {
    let (mut parsed, identifiers) = guarded(source, |decoder| read(decoder).unwrap_or_default());
    parsed.value.identifiers = identifiers;
    parsed
}

fn read(decoder: &mut Decoder<'_>) -> Option<SamplingPlan> {
    let (node, _) = decoder.file(keys::SAMPLING)?;
    let table = decoder.table(&node, "the plan", keys::SAMPLING)?;
    decoder.version(&table);
    let mut plan = SamplingPlan {
        seed: decoder
            .as_written(&table, "seed")
            .filter(|seed| !seed.is_empty()),
        from: decoder.date(&table, "from"),
        until: decoder.date(&table, "until"),
        due: decoder.date(&table, "by"),
        shares: shares(decoder, &table),
        methods: decoder.word_list(&table, "methods"),
        ..SamplingPlan::default()
    };
    for item in decoder.tables(&table, "assessors", keys::ASSESSOR_SHARES) {
        if let Some(id) = decoder.required(&item, "id") {
            let (shares, reason) = (shares(decoder, &item), decoder.words(&item, "reason"));
            plan.assessors.push(AssessorShares {
                id: id.value,
                shares,
                reason,
            });
        }
    }
    if let Some(sites) = table
        .get("sites")
        .and_then(|node| decoder.open_table(node, "sites"))
    {
        for (candidate, node) in sites.pairs() {
            let site = decoder.scalar(node, "sites").map(|site| site.value);
            // A site `unknown` is the same as an absent one.
            plan.sites.extend(
                site.filter(|site| site != "unknown")
                    .map(|site| (candidate.value.clone(), site)),
            );
        }
    }
    Some(plan)
}

fn shares(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Shares {
    let Some(table) = table
        .get("percent")
        .and_then(|node| decoder.table(node, "percent", keys::SHARES))
    else {
        return Shares::default();
    };
    Shares {
        all: decoder.number(&table, "all"),
        interim: decoder.number(&table, "interim"),
        summative: decoder.number(&table, "summative"),
    }
}
