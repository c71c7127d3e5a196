//! Draws the sample: every value first, then shares, then the size. The parent module documents the
//! steps.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::population::{Assessed, Dimension};
use super::quota::Quota;
use super::rank::rank;

/// A drawn piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Index in the list of pieces.
    pub piece: usize,
    /// Why it was drawn, in words.
    pub why: String,
}

/// Draws pieces; they are returned in the order of `pieces`.
pub(super) fn draw(pieces: &[Assessed], quotas: &[Quota], size: usize, seed: &str) -> Vec<Drawn> {
    let rank = |piece: &Assessed| rank(seed, &piece.candidate, &piece.entry, &piece.assessor);
    let ranked = pieces.iter().enumerate();
    let mut ranked: Vec<(String, usize)> = ranked.map(|(at, piece)| (rank(piece), at)).collect();
    ranked.sort_unstable();
    let mut draw = Draw {
        pieces,
        order: ranked.into_iter().map(|(_, at)| at).collect(),
        is_drawn: vec![false; pieces.len()],
        drawn: Vec::new(),
    };
    draw.draw_every_value();
    for quota in quotas {
        let share = match quota.stage {
            Some(stage) => format!("{} % of the {} entries", quota.percent, <&str>::from(stage)),
            None => format!("{} % of the entries", quota.percent),
        };
        let why = format!("for {share} that {} assessed", quota.assessor);
        draw.draw_by_rank(quota.asked, &why, |piece| quota.includes(piece));
    }
    draw.draw_by_rank(size, &format!("for a sample of {size}"), |_| true);
    draw.drawn.sort_by_key(|one| one.piece);
    draw.drawn
}

struct Draw<'a> {
    pieces: &'a [Assessed],
    /// Indexes of pieces by rank.
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

    /// Draws the piece that adds most missing values until none is missing.
    ///
    /// The number of new values of a piece only falls, so the count from its last turn is an upper
    /// bound: a piece at the top of the heap whose count still holds is the best one.
    fn draw_every_value(&mut self) {
        let pieces = self.pieces;
        let mut missing: BTreeSet<(Dimension, &str)> = pieces.iter().flat_map(values).collect();
        let bound = |(place, &piece): (usize, &usize)| (pieces[piece].values.len(), Reverse(place));
        let mut heap: BinaryHeap<_> = self.order.iter().enumerate().map(bound).collect();
        while !missing.is_empty() {
            let Some((bound, Reverse(place))) = heap.pop() else {
                return;
            };
            let piece = self.order[place];
            let new: Vec<(Dimension, &str)> = values(&pieces[piece])
                .filter(|value| missing.contains(value))
                .collect();
            if new.len() < bound {
                heap.push((new.len(), Reverse(place)));
                continue;
            }
            let words = new
                .iter()
                .map(|(dimension, value)| format!("{} {value}", <&str>::from(*dimension)));
            let why = format!("covers {}", words.collect::<Vec<_>>().join(", "));
            missing.retain(|value| !new.contains(value));
            self.take(piece, why);
        }
    }

    /// Draws by rank until `wanted` of the pieces that satisfy `fits` are drawn.
    fn draw_by_rank(&mut self, wanted: usize, why: &str, fits: impl Fn(&Assessed) -> bool) {
        let fitting = |one: &&Drawn| fits(&self.pieces[one.piece]);
        let mut have = self.drawn.iter().filter(fitting).count();
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

fn values(piece: &Assessed) -> impl Iterator<Item = (Dimension, &str)> {
    let values = piece.values.iter();
    values.map(|(dimension, value)| (*dimension, value.as_str()))
}
