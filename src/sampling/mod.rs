//! Sampling for internal quality assurance: which decisions are looked at again, why these, and what came of it.
//!
//! A **piece** is what one assessor decided about one entry. Six dimensions describe it, the CAMERA of quality
//! assurers: candidate, assessor, method, evidence, record, assessment site. What no source says is `unknown`.
//!
//! # The algorithm
//!
//! Anybody can repeat a draw with a program for SHA-256:
//!
//! 1. Every piece gets a rank: the SHA-256 of the line `ksbfolio sample 1`, then of seed, candidate, entry and assessor,
//!    each as its length in bytes, a colon, its text in UTF-8 and a comma. The lowest rank comes first.
//!    For the seed `7` and the piece AP-1, pain, AS-1:
//!    `printf 'ksbfolio sample 1\n1:7,4:AP-1,4:pain,4:AS-1,' | sha256sum`.
//! 2. While a value of a dimension is in no drawn piece, the piece is drawn that brings in most of the missing values; of
//!    equals the one of lowest rank.
//! 3. For each assessor, in the order in which people count, and for each share (of all pieces, of interim ones, of
//!    summative ones): pieces are drawn by rank until as many of the assessor's are drawn as the share says, rounded up.
//! 4. Where a size is asked for, pieces are drawn by rank until it is reached.
//!
//! Where nobody gives a seed, it is the first 16 digits of the SHA-256 of the pieces: the line `ksbfolio seed 1`, then
//! for each piece in the order of candidate, entry and assessor these three, and for each of its decisions day, attempt,
//! digest and each full code with its verdict, all written as above. Who decides cannot choose it without deciding
//! otherwise.

mod draw;
mod outcome;
mod population;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::{Portfolio, SamplingPlan};
use crate::text::natural;

pub use draw::Drawn;
pub use outcome::{Outcome, Overturning, overturnings};
pub use population::{Assessed, Dimension, Stage};

/// What a sample is drawn from, beside the plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish<'a> {
    /// A seed in the place of the plan's.
    pub seed: Option<&'a str>,
    /// A share of every assessor's pieces, in the place of the plan's.
    pub percent: Option<u32>,
    /// How many pieces are drawn at least.
    pub size: Option<usize>,
}

/// A sample, with how far it is worked through.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What assessors decided in the period, by candidate, entry and assessor.
    pub pieces: Vec<Assessed>,
    /// What of it is drawn, in that order too.
    pub drawn: Vec<Drawn>,
    /// The seed.
    pub seed: String,
    /// Where the seed comes from.
    pub seed_from: SeedFrom,
    /// The first day of the period, where there is one.
    pub from: Option<Date>,
    /// Its last day.
    pub until: Date,
    /// The day by which everything is to be looked at.
    pub due: Option<Date>,
    /// Shares that are asked for.
    pub quotas: Vec<Quota>,
    /// Methods that the plan names and no piece has.
    pub methods_without_pieces: Vec<String>,
}

/// Where a seed comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedFrom {
    /// From the pieces themselves.
    Decisions,
    /// From the plan.
    Plan,
    /// From whoever draws.
    Option,
}

impl SeedFrom {
    /// The words behind "seed".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Decisions => "made from the decisions themselves",
            Self::Plan => "chosen in the plan",
            Self::Option => "chosen with --seed",
        }
    }

    /// The word for programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Decisions => "decisions",
            Self::Plan => "plan",
            Self::Option => "option",
        }
    }
}

/// A share of one assessor's pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The assessor.
    pub assessor: String,
    /// Of which pieces: all, where none is named.
    pub stage: Option<Stage>,
    /// How many of a hundred.
    pub percent: u32,
    /// Of how many.
    pub of: usize,
    /// How many are drawn of these.
    pub drawn: usize,
    /// How many of the drawn ones are looked at.
    pub looked_at: usize,
}

impl Quota {
    /// How many have to be drawn: the share, rounded up.
    #[must_use]
    pub fn asked(&self) -> usize {
        (self.of * self.percent as usize).div_ceil(100)
    }
}

/// One value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// The dimension.
    pub dimension: Dimension,
    /// The value.
    pub value: String,
    /// How many pieces have it.
    pub pieces: usize,
    /// How many of them are drawn.
    pub drawn: usize,
    /// How many of these are looked at.
    pub looked_at: usize,
}

impl Sample {
    /// Draws a sample of what assessors decided about the learners of `portfolios`, until a day at the latest.
    #[must_use]
    pub fn new(
        portfolios: &[&Portfolio],
        plan: &SamplingPlan,
        wish: Wish<'_>,
        as_of: Date,
    ) -> Self {
        let mut plan = plan.clone();
        plan.shares.all = wish.percent.or(plan.shares.all);
        let until = plan.until.map_or(as_of, |until| until.min(as_of));
        let pieces = population::population(portfolios, &plan, until);
        let (seed, seed_from) = match (wish.seed, &plan.seed) {
            (Some(seed), _) => (seed.to_owned(), SeedFrom::Option),
            (None, Some(seed)) => (seed.clone(), SeedFrom::Plan),
            (None, None) => (draw::seed(&pieces), SeedFrom::Decisions),
        };
        let mut quotas = quotas(&pieces, &plan);
        let drawn = draw::draw(&pieces, &quotas, wish.size.unwrap_or(0), &seed);
        for quota in &mut quotas {
            let own = || {
                drawn
                    .iter()
                    .map(|one| &pieces[one.piece])
                    .filter(|piece| quota_holds(quota, piece))
            };
            let counts = (
                own().count(),
                own().filter(|piece| piece.outcome.is_done()).count(),
            );
            (quota.drawn, quota.looked_at) = counts;
        }
        let has = |method: &String| {
            pieces
                .iter()
                .any(|piece| piece.has(Dimension::Method, method))
        };
        let methods_without_pieces = plan
            .methods
            .iter()
            .filter(|method| !has(method))
            .cloned()
            .collect();
        Self {
            drawn,
            seed,
            seed_from,
            from: plan.from,
            until,
            due: plan.due,
            quotas,
            methods_without_pieces,
            pieces,
        }
    }

    /// How many of the drawn pieces are looked at.
    #[must_use]
    pub fn looked_at(&self) -> usize {
        self.drawn
            .iter()
            .filter(|one| self.pieces[one.piece].outcome.is_done())
            .count()
    }

    /// How many pieces were looked at that are not drawn.
    #[must_use]
    pub fn looked_at_besides(&self) -> usize {
        self.pieces
            .iter()
            .filter(|piece| piece.outcome.is_done())
            .count()
            - self.looked_at()
    }

    /// Every value of every dimension, with how far the sample has it.
    #[must_use]
    pub fn strata(&self) -> Vec<Stratum> {
        let drawn: BTreeSet<usize> = self.drawn.iter().map(|one| one.piece).collect();
        let mut counts: BTreeMap<(Dimension, &str), [usize; 3]> = BTreeMap::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            let is_drawn = drawn.contains(&at);
            for (dimension, value) in &piece.values {
                let [pieces, drawn, looked_at] = counts.entry((*dimension, value)).or_default();
                *pieces += 1;
                *drawn += usize::from(is_drawn);
                *looked_at += usize::from(is_drawn && piece.outcome.is_done());
            }
        }
        let stratum =
            |((dimension, value), [pieces, drawn, looked_at]): ((Dimension, &str), [usize; 3])| {
                Stratum {
                    dimension,
                    value: value.to_owned(),
                    pieces,
                    drawn,
                    looked_at,
                }
            };
        let mut strata: Vec<Stratum> = counts.into_iter().map(stratum).collect();
        strata.sort_by(|a, b| {
            a.dimension
                .cmp(&b.dimension)
                .then_with(|| natural(&a.value, &b.value))
        });
        strata
    }

    /// What is still missing, in sentences; nothing where the plan is met.
    #[must_use]
    pub fn unmet(&self, as_of: Date) -> Vec<String> {
        let mut unmet = Vec::new();
        let open = self.drawn.len() - self.looked_at();
        if open > 0 {
            let late = self
                .due
                .filter(|due| *due < as_of)
                .map(|due| format!(", and was due by {due}"));
            let late = late.unwrap_or_default();
            let drawn = self.drawn.len();
            unmet.push(match (open, drawn) {
                (_, 1) => format!("The one drawn piece is still to be looked at{late}."),
                (1, _) => format!("1 of {drawn} drawn pieces is still to be looked at{late}."),
                _ => format!(
                    "{open} of {drawn} drawn pieces are still to be looked at{}.",
                    late.replace("was", "were")
                ),
            });
        }
        let without = self.methods_without_pieces.iter();
        unmet.extend(without.map(|method| {
            format!("The plan asks for the method “{method}”, and nothing was decided by it in this period.")
        }));
        unmet
    }
}

fn quota_holds(quota: &Quota, piece: &Assessed) -> bool {
    piece.assessor == quota.assessor && quota.stage.is_none_or(|stage| stage == piece.stage)
}

fn quotas(pieces: &[Assessed], plan: &SamplingPlan) -> Vec<Quota> {
    let mut assessors: Vec<&str> = pieces.iter().map(|piece| piece.assessor.as_str()).collect();
    assessors.sort_by(|a, b| natural(a, b));
    assessors.dedup();
    let mut quotas = Vec::new();
    for assessor in assessors {
        let shares = plan.shares_for(assessor);
        let shares = [
            (None, shares.all),
            (Some(Stage::Interim), shares.interim),
            (Some(Stage::Summative), shares.summative),
        ];
        for (stage, percent) in shares {
            let Some(percent) = percent else { continue };
            let mut quota = Quota {
                assessor: assessor.to_owned(),
                stage,
                percent,
                of: 0,
                drawn: 0,
                looked_at: 0,
            };
            quota.of = pieces
                .iter()
                .filter(|piece| quota_holds(&quota, piece))
                .count();
            quotas.push(quota);
        }
    }
    quotas
}
