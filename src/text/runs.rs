//! Numbers for runs of words.

use super::hints::Word;

/// Each word of a run counts so many times more than the next: odd, so that nothing of it is lost.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// How much a word counts that is so many words away from the last one of its run.
const fn weight(away: usize) -> u64 {
    let (mut weight, mut at) = (1_u64, 0);
    while at < away {
        weight = weight.wrapping_mul(STEP);
        at += 1;
    }
    weight
}

/// Tells the numbers of all runs of `LENGTH` words, in order, each made of the one before by the word that comes and the
/// word that goes. The highest bits of a number depend on all bits of all words.
#[inline]
pub fn each_run<const LENGTH: usize>(words: &[Word], mut tell: impl FnMut(u64)) {
    let Some((first, later)) = words.split_at_checked(LENGTH) else {
        return;
    };
    let with = |run: u64, word: &Word| run.wrapping_mul(STEP).wrapping_add(word.number());
    let mut run = first.iter().fold(0, with);
    tell(run);
    let gone = const { weight(LENGTH) };
    for (comes, goes) in later.iter().zip(words) {
        run = with(run, comes).wrapping_sub(goes.number().wrapping_mul(gone));
        tell(run);
    }
}

#[cfg(test)]
mod tests {
    use super::super::hints::words_of;
    use super::*;

    fn runs<const LENGTH: usize>(words: &[Word]) -> Vec<u64> {
        let mut runs = Vec::new();
        each_run::<LENGTH>(words, |run| runs.push(run));
        runs
    }

    #[test]
    fn a_run_has_one_number_wherever_it_stands_and_another_in_another_order() {
        let words = words_of("one two one two three two");
        let found = runs::<2>(&words);
        assert_eq!(found.len(), 5);
        assert_eq!(found[0], found[2]);
        assert_ne!(found[0], found[1]);
        assert_ne!(found[3], found[4]);
        assert!(runs::<7>(&words).is_empty());
        for (at, alone) in words.windows(2).enumerate() {
            assert_eq!(runs::<2>(alone), [found[at]]);
        }
    }
}
