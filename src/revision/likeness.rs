//! How much of their words statements share.

use std::collections::BTreeMap;

use crate::model::LockedStatement;

/// Words in more statements than this suggest no pair, so that the number of pairs stays small.
const MOST_COMMON: usize = 48;

/// The words of one statement, with their weights: rarer ones weigh more.
#[derive(Debug, Default)]
struct Bag {
    words: BTreeMap<usize, u32>,
    weight: f64,
}

/// Statements of two versions that share words.
#[derive(Debug)]
pub(super) struct Likeness {
    weights: Vec<f64>,
    old: BTreeMap<usize, Bag>,
    new: BTreeMap<usize, Bag>,
    /// The weight of the shared words, by statement of the old and of the new version.
    shared: BTreeMap<(usize, usize), f64>,
}

impl Likeness {
    pub(super) fn new(
        old: &[LockedStatement],
        left: &[usize],
        new: &[LockedStatement],
        right: &[usize],
    ) -> Self {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut bags = |all: &[LockedStatement], which: &[usize]| -> BTreeMap<usize, Bag> {
            let bag = |&at: &usize| (at, count_words(&all[at], &mut numbers));
            which.iter().map(bag).collect()
        };
        let (mut old, mut new) = (bags(old, left), bags(new, right));
        let mut holders: Vec<(Vec<usize>, Vec<usize>)> = vec![Default::default(); numbers.len()];
        for (&at, bag) in &old {
            bag.words.keys().for_each(|&word| holders[word].0.push(at));
        }
        for (&at, bag) in &new {
            bag.words.keys().for_each(|&word| holders[word].1.push(at));
        }
        let weigh = |(old, new): &(Vec<usize>, Vec<usize>)| weight_of(old.len() + new.len());
        let weights: Vec<f64> = holders.iter().map(weigh).collect();
        for bag in old.values_mut().chain(new.values_mut()) {
            let words = bag.words.iter();
            bag.weight = words
                .map(|(&word, &times)| weights[word] * f64::from(times))
                .sum();
        }
        let mut likeness = Self {
            weights,
            old,
            new,
            shared: BTreeMap::new(),
        };
        for (left, right) in holders {
            if left.len() + right.len() > MOST_COMMON {
                continue;
            }
            for &old in &left {
                for &new in &right {
                    let shared = likeness.shared_words(old, new);
                    likeness.shared.entry((old, new)).or_insert(shared);
                }
            }
        }
        likeness
    }

    fn shared_words(&self, old: usize, new: usize) -> f64 {
        let (old, new) = (&self.old[&old].words, &self.new[&new].words);
        let both = old.iter().filter_map(|(word, &times)| {
            let times = times.min(*new.get(word)?);
            Some(self.weights[*word] * f64::from(times))
        });
        both.sum()
    }

    /// Every pair that shares words, with its likeness from 0 to 1.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (f64, usize, usize)> {
        self.shared.iter().map(|(&(old, new), &shared)| {
            let both = self.old[&old].weight + self.new[&new].weight;
            (2.0 * shared / both.max(f64::MIN_POSITIVE), old, new)
        })
    }

    /// How much of the words of statements of one version a statement of the other has.
    pub(super) fn share(&self, pair: (usize, usize), of_new: bool) -> f64 {
        let whole = if of_new {
            self.new[&pair.1].weight
        } else {
            self.old[&pair.0].weight
        };
        let shared = self.shared.get(&pair).copied().unwrap_or(0.0);
        shared / whole.max(f64::MIN_POSITIVE)
    }

    /// How much of the words of `whole` its parts have together.
    pub(super) fn cover(&self, whole: usize, parts: &[usize], is_split: bool) -> f64 {
        let (wholes, others) = if is_split {
            (&self.old, &self.new)
        } else {
            (&self.new, &self.old)
        };
        let bag = &wholes[&whole];
        let covered = bag.words.iter().map(|(word, &times)| {
            let there = parts.iter().filter_map(|part| others[part].words.get(word));
            self.weights[*word] * f64::from(times.min(there.sum()))
        });
        covered.sum::<f64>() / bag.weight.max(f64::MIN_POSITIVE)
    }

    /// The pairs, as old and new.
    pub(super) fn keys(&self) -> impl Iterator<Item = (usize, usize)> {
        self.shared.keys().copied()
    }
}

fn count_words(statement: &LockedStatement, numbers: &mut BTreeMap<String, usize>) -> Bag {
    let mut bag = Bag::default();
    for word in split_words(statement.words.known().map_or("", String::as_str)) {
        let next = numbers.len();
        let number = *numbers.entry(word).or_insert(next);
        *bag.words.entry(number).or_default() += 1;
    }
    bag
}

fn split_words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '\''));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn weight_of(holders: usize) -> f64 {
    // The number of statements is far below the 52 bits of an `f64`.
    #[expect(clippy::cast_precision_loss, reason = "see above")]
    let holders = holders as f64;
    1.0 / (1.0 + holders.max(1.0).ln())
}

/// The likeness of two texts from 0 to 1, by the words that they share.
#[must_use]
pub fn likeness(old: &str, new: &str) -> f64 {
    let count = |text: &str| {
        let mut words: BTreeMap<String, u32> = BTreeMap::new();
        for word in split_words(text) {
            *words.entry(word).or_default() += 1;
        }
        words
    };
    let (old, new) = (count(old), count(new));
    let all: u32 = old.values().chain(new.values()).sum();
    let shared: u32 = old
        .iter()
        .map(|(word, times)| new.get(word).map_or(0, |other| *times.min(other)))
        .sum();
    2.0 * f64::from(shared) / f64::from(all.max(1))
}
