//! Numbers for runs of words.

/// Tells the number of every run of `N` words, each made of the one before by the word that comes and the word that goes.
#[derive(Clone, Debug)]
pub struct Runs<const N: usize> {
    /// The words of the run, each in its place in turn.
    last: [u64; N],
    seen: usize,
    number: u64,
}

impl<const N: usize> Default for Runs<N> {
    fn default() -> Self {
        Self { last: [0; N], seen: 0, number: 0 }
    }
}

impl<const N: usize> Runs<N> {
    /// Each word counts so many times more than the next: odd, so that nothing of it is lost.
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    /// How much a word has come to count when it goes.
    const GONE: u64 = {
        let (mut power, mut at) = (1_u64, 0);
        while at < N {
            power = power.wrapping_mul(Self::STEP);
            at += 1;
        }
        power
    };

    /// Goes on with the next word, by its number; gives the number of the run that ends with it, of which the highest
    /// bits depend on all bits of all words.
    #[inline]
    pub fn add(&mut self, word: u64) -> Option<u64> {
        let gone = std::mem::replace(&mut self.last[self.seen % N], word);
        self.seen += 1;
        let rest = word.wrapping_sub(gone.wrapping_mul(Self::GONE));
        self.number = self.number.wrapping_mul(Self::STEP).wrapping_add(rest);
        (self.seen >= N).then_some(self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs<const N: usize>(words: &[u64]) -> Vec<u64> {
        let mut runs = Runs::<N>::default();
        words.iter().filter_map(|&word| runs.add(word)).collect()
    }

    #[test]
    fn a_run_has_one_number_wherever_it_stands_and_another_in_another_order() {
        let [one, two, three] = [u64::MAX / 3, u64::MAX / 5, 7];
        let found = runs::<2>(&[one, two, one, two, three, two]);
        assert_eq!(found.len(), 5);
        assert_eq!(found[0], found[2]);
        assert_ne!(found[0], found[1]);
        assert_ne!(found[3], found[4]);
        assert!(runs::<3>(&[one, two]).is_empty());
    }
}
