//! Sampling for internal quality assurance: which decisions get a second look, why, and the result.
//!
//! A **piece** is all that one assessor decided about one entry. Six dimensions describe it, the
//! CAMERA of quality assurers: candidate, assessor, method, evidence, record, assessment site. A
//! value that no source gives is `unknown`.
//!
//! # The algorithm
//!
//! A draw can be repeated with any SHA-256 program:
//!
//! 1. Every piece gets a rank: the SHA-256 of the line `ksbfolio sample 1`, then of seed,
//!    candidate, entry and assessor, each as its length in bytes, a colon, its text in UTF-8 and a
//!    comma. The lowest rank comes first. For the seed `7` and the piece AP-1, pain, AS-1:
//!    `printf 'ksbfolio sample 1\n1:7,4:AP-1,4:pain,4:AS-1,' | sha256sum`.
//! 2. While a value of a dimension is in no drawn piece, the piece with most missing values is
//!    drawn; of several, the one with the lowest rank.
//! 3. For each assessor in natural order, and for each share (all, interim, summative): pieces are
//!    drawn by rank until the share of the assessor's pieces, rounded up, is reached.
//! 4. If a size is asked for, pieces are drawn by rank until it is reached.
//!
//! Without a given seed, it is the first 16 digits of the SHA-256 of the pieces: the line
//! `ksbfolio seed 1`, then for each piece, ordered by candidate, entry and assessor, these three,
//! and for each of its decisions day, attempt, digest and each full code with its verdict, all
//! written as above. So an assessor cannot choose the seed without deciding otherwise.

mod draw;
mod outcome;
mod population;
mod quota;
mod rank;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{Portfolio, SamplingPlan};
use crate::text::{natural, plural};

pub use draw::Drawn;
pub use outcome::{Overturning, SampleOutcome, overturnings};
pub use population::{Assessed, AssessmentStage, Dimension, Population};
pub use quota::Quota;

/// Options that override the plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct SampleOptions<'a> {
    /// Replaces the plan's seed.
    pub seed: Option<&'a str>,
    /// Replaces the plan's share of every assessor's pieces, in per cent.
    pub percent: Option<u32>,
    /// The least number of drawn pieces.
    pub size: Option<usize>,
}

/// A sample and its progress.
#[derive(Clone, Debug)]
pub struct Sample {
    /// All pieces of the period, by candidate, entry and assessor.
    pub pieces: Vec<Assessed>,
    /// The drawn pieces, in the same order.
    pub drawn: Vec<Drawn>,
    /// The seed.
    pub seed: String,
    /// The source of the seed.
    pub seed_from: SeedFrom,
    /// The first day of the period; `None` if it is open.
    pub from: Option<Date>,
    /// The last day of the period.
    pub until: Date,
    /// The day by which all drawn pieces are to be looked at.
    pub due: Option<Date>,
    /// The shares that the plan asks for.
    pub quotas: Vec<Quota>,
    /// Methods that the plan asks for and no piece has.
    pub methods_without_pieces: Vec<String>,
}

/// The source of a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedFrom {
    /// The hash of the pieces.
    Decisions,
    /// The plan.
    Plan,
    /// The command line.
    Option,
}

impl SeedFrom {
    /// The source in words that follow the seed.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Decisions => "made from the decisions themselves",
            Self::Plan => "chosen in the plan",
            Self::Option => "chosen with --seed",
        }
    }

    /// The source as one word, for JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Decisions => "decisions",
            Self::Plan => "plan",
            Self::Option => "option",
        }
    }
}

/// A value of a dimension, and how far the sample covers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stratum {
    /// The dimension.
    pub dimension: Dimension,
    /// The value.
    pub value: String,
    /// Pieces with the value.
    pub pieces: usize,
    /// Drawn pieces among them.
    pub drawn: usize,
    /// Drawn pieces among them that were looked at.
    pub looked_at: usize,
}

impl Sample {
    /// Draws a sample of the decisions in one portfolio, up to the day `as_of`.
    #[must_use]
    pub fn new(
        portfolio: &Portfolio,
        plan: &SamplingPlan,
        options: SampleOptions<'_>,
        as_of: Date,
    ) -> Self {
        let mut population = Population::default();
        population.add(portfolio, plan, as_of);
        Self::draw(population, plan, options, as_of)
    }

    /// Draws a sample of a population that was collected by the same plan. `as_of` is the latest
    /// day of its portfolios.
    #[must_use]
    pub fn draw(
        population: Population,
        plan: &SamplingPlan,
        options: SampleOptions<'_>,
        as_of: Date,
    ) -> Self {
        let mut plan = plan.clone();
        plan.shares.all = options.percent.or(plan.shares.all);
        let until = plan.until.map_or(as_of, |until| until.min(as_of));
        let pieces = population.into_pieces();
        let (seed, seed_from) = match (options.seed, &plan.seed) {
            (Some(seed), _) => (seed.to_owned(), SeedFrom::Option),
            (None, Some(seed)) => (seed.clone(), SeedFrom::Plan),
            (None, None) => (population::seed(&pieces), SeedFrom::Decisions),
        };
        let mut quotas = quota::quotas(&pieces, &plan);
        let drawn = draw::draw(&pieces, &quotas, options.size.unwrap_or(0), &seed);
        for quota in &mut quotas {
            for piece in drawn.iter().map(|one| &pieces[one.piece]) {
                if quota.includes(piece) {
                    quota.drawn += 1;
                    quota.looked_at += usize::from(piece.outcome.is_done());
                }
            }
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

    /// The number of drawn pieces that were looked at.
    #[must_use]
    pub fn looked_at(&self) -> usize {
        self.drawn
            .iter()
            .filter(|one| self.pieces[one.piece].outcome.is_done())
            .count()
    }

    /// The number of pieces that were looked at and are not drawn.
    #[must_use]
    pub fn looked_at_besides(&self) -> usize {
        let looked_at = self.pieces.iter().filter(|piece| piece.outcome.is_done());
        looked_at.count() - self.looked_at()
    }

    /// Every value of every dimension, by dimension, then in natural order.
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
        let counts = counts.into_iter();
        let strata = counts.map(|((dimension, value), [pieces, drawn, looked_at])| Stratum {
            dimension,
            value: value.to_owned(),
            pieces,
            drawn,
            looked_at,
        });
        let mut strata: Vec<Stratum> = strata.collect();
        strata.sort_by(|a, b| {
            a.dimension
                .cmp(&b.dimension)
                .then_with(|| natural(&a.value, &b.value))
        });
        strata
    }

    /// What is still missing, in sentences; empty if the plan is met.
    #[must_use]
    pub fn unmet(&self, as_of: Date) -> Vec<String> {
        let mut unmet = Vec::new();
        let open = self.drawn.len() - self.looked_at();
        if open > 0 {
            let pieces = match self.drawn.len() {
                1 => "The only entry of the sample".to_owned(),
                drawn => format!("{open} of {drawn} entries of the sample"),
            };
            let is = plural(open, "is", "are");
            let late = self.due.filter(|due| *due < as_of);
            let late = late.map_or_else(String::new, |due| {
                format!(", and {} due by {due}", plural(open, "was", "were"))
            });
            unmet.push(format!("{pieces} {is} still to be reviewed{late}."));
        }
        let without = self.methods_without_pieces.iter();
        unmet.extend(without.map(|method| {
            format!(
                "The plan asks for the method “{method}”, and nothing was decided by it in \
                 this period."
            )
        }));
        unmet
    }
}
