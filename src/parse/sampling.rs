//! Reads a sampling plan.

use super::decode::{Decoder, Table};
use super::guarded::read_guarded;
use super::keys;
use super::parsed::Parsed;
use crate::model::{AssessorShares, SamplingPlan, Shares};
use crate::text::Source;

/// Reads a plan, as far as it can be read.
#[must_use]
pub fn sampling(source: &Source) -> Parsed<SamplingPlan> {
    let (mut parsed, identifiers) =
        read_guarded(source, |decoder| read_plan(decoder).unwrap_or_default());
    parsed.value.identifiers = identifiers;
    parsed
}

fn read_plan(decoder: &mut Decoder<'_>) -> Option<SamplingPlan> {
    let (node, _) = decoder.read_file(keys::SAMPLING)?;
    let table = decoder.read_table(&node, "the plan", keys::SAMPLING)?;
    decoder.check_version(&table);
    let mut plan = SamplingPlan {
        seed: decoder
            .read_as_written(&table, "seed")
            .filter(|seed| !seed.is_empty()),
        from: decoder.read_date(&table, "from"),
        until: decoder.read_date(&table, "until"),
        due: decoder.read_date(&table, "by"),
        shares: read_shares(decoder, &table),
        methods: decoder.read_word_list(&table, "methods"),
        ..SamplingPlan::default()
    };
    for item in decoder.read_tables(&table, "assessors", keys::ASSESSOR_SHARES) {
        if let Some(id) = decoder.require_text(&item, "id") {
            let (shares, reason) = (
                read_shares(decoder, &item),
                decoder.read_words(&item, "reason"),
            );
            plan.assessors.push(AssessorShares {
                id: id.value,
                shares,
                reason,
            });
        }
    }
    if let Some(sites) = table
        .get("sites")
        .and_then(|node| decoder.read_open_table(node, "sites"))
    {
        for (candidate, node) in sites.pairs() {
            let site = decoder.read_scalar(node, "sites").map(|site| site.value);
            // A site `unknown` is the same as an absent one.
            plan.sites.extend(
                site.filter(|site| site != "unknown")
                    .map(|site| (candidate.value.clone(), site)),
            );
        }
    }
    Some(plan)
}

fn read_shares(decoder: &mut Decoder<'_>, table: &Table<'_>) -> Shares {
    let Some(table) = table
        .get("percent")
        .and_then(|node| decoder.read_table(node, "percent", keys::SHARES))
    else {
        return Shares::default();
    };
    Shares {
        all: decoder.read_number(&table, "all"),
        interim: decoder.read_number(&table, "interim"),
        summative: decoder.read_number(&table, "summative"),
    }
}
