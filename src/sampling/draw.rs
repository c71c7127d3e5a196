//! Drawing: every value first, then shares, then what a size asks for. See the parent module for the steps.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::fmt::Write;

use super::population::{Assessed, Dimension};
use super::{Quota, quota_holds};
use crate::text::{sha256_hex, short_hash};

/// A piece that is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Its place among the pieces.
    pub piece: usize,
    /// Why, in words.
    pub why: String,
}

/// Adds a text as its length in bytes, a colon, itself and a comma: no two lists of texts give the same.
pub fn field(to: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = write!(to, "{}:{text},", text.len());
}

/// The seed that the pieces themselves give.
pub fn seed(pieces: &[Assessed]) -> String {
    let mut all = "ksbfolio seed 1\n".to_owned();
    all.extend(pieces.iter().map(|piece| piece.fields.as_str()));
    short_hash(&all, 16)
}

/// What decides which of several pieces comes first.
pub fn rank(seed: &str, candidate: &str, entry: &str, assessor: &str) -> String {
    let mut text = "ksbfolio sample 1\n".to_owned();
    for part in [seed, candidate, entry, assessor] {
        field(&mut text, part);
    }
    sha256_hex(text.as_bytes())
}

/// Every value of every dimension.
pub fn strata(pieces: &[Assessed]) -> BTreeSet<(Dimension, &str)> {
    let values = pieces.iter().flat_map(|piece| &piece.values);
    values
        .map(|(dimension, value)| (*dimension, value.as_str()))
        .collect()
}

/// The pieces that are drawn, in their own order.
pub fn draw(pieces: &[Assessed], quotas: &[Quota], size: usize, seed: &str) -> Vec<Drawn> {
    let mut ranked: Vec<(String, usize)> = pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| {
            (
                rank(seed, &piece.candidate, &piece.entry, &piece.assessor),
                at,
            )
        })
        .collect();
    ranked.sort_unstable();
    let order: Vec<usize> = ranked.into_iter().map(|(_, at)| at).collect();
    let mut draw = Draw {
        pieces,
        order,
        is_drawn: vec![false; pieces.len()],
        drawn: Vec::new(),
    };
    draw.cover();
    for quota in quotas {
        let share = match quota.stage {
            Some(stage) => format!("{} % of the {} pieces", quota.percent, <&str>::from(stage)),
            None => format!("{} % of the pieces", quota.percent),
        };
        let why = format!("drawn for {share} that {} decided", quota.assessor);
        draw.fill(quota.asked(), &why, |piece| quota_holds(quota, piece));
    }
    draw.fill(size, &format!("drawn for a sample of {size}"), |_| true);
    draw.drawn.sort_by_key(|one| one.piece);
    draw.drawn
}

struct Draw<'a> {
    pieces: &'a [Assessed],
    /// The pieces by rank.
    order: Vec<usize>,
    /// Whether each piece is drawn.
    is_drawn: Vec<bool>,
    drawn: Vec<Drawn>,
}

impl Draw<'_> {
    fn take(&mut self, piece: usize, why: String) {
        self.is_drawn[piece] = true;
        self.drawn.push(Drawn { piece, why });
    }

    /// What a piece brings in only gets less. So what it brought when it was last looked at is the most that it can
    /// bring, and a piece that still brings that much, when it comes first, brings in most of all.
    fn cover(&mut self) {
        let pieces = self.pieces;
        let mut missing = strata(pieces);
        let most = |(place, &piece): (usize, &usize)| (pieces[piece].values.len(), Reverse(place));
        let mut first: BinaryHeap<(usize, Reverse<usize>)> =
            self.order.iter().enumerate().map(most).collect();
        while !missing.is_empty() {
            let Some((most, Reverse(place))) = first.pop() else {
                return;
            };
            let piece = self.order[place];
            let values = pieces[piece]
                .values
                .iter()
                .map(|(dimension, value)| (*dimension, value.as_str()));
            let new: Vec<(Dimension, &str)> =
                values.filter(|value| missing.contains(value)).collect();
            if new.len() < most {
                first.push((new.len(), Reverse(place)));
                continue;
            }
            let words = new
                .iter()
                .map(|(dimension, value)| format!("{} {value}", <&str>::from(*dimension)));
            let why = format!("brings in {}", words.collect::<Vec<_>>().join(", "));
            missing.retain(|value| !new.contains(value));
            self.take(piece, why);
        }
    }

    /// Draws by rank until as many are drawn as are `wanted` of those that fit.
    fn fill(&mut self, wanted: usize, why: &str, fits: impl Fn(&Assessed) -> bool) {
        let mut have = self
            .drawn
            .iter()
            .filter(|one| fits(&self.pieces[one.piece]))
            .count();
        for place in 0..self.order.len() {
            let piece = self.order[place];
            if have >= wanted {
                return;
            }
            if !self.is_drawn[piece] && fits(&self.pieces[piece]) {
                self.take(piece, why.to_owned());
                have += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn the_documented_rank_is_what_sha256sum_says() {
        // printf 'ksbfolio sample 1\n1:7,4:AP-1,4:pain,4:AS-1,' | sha256sum
        assert_eq!(
            rank("7", "AP-1", "pain", "AS-1"),
            "02e7739242cf9ae6bd126f1acb99f8d8c272e4e9c2c6dcffa242a4f06b241299"
        );
    }
}
