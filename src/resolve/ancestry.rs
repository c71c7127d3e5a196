//! Which decision files follow which, directly or through others.

use std::collections::BTreeMap;

use crate::model::Chain;

/// For each file of a chain, in order, the files that it follows.
pub(super) enum Ancestry {
    /// Each file follows all before it.
    Linear,
    /// A set of indexes for each file, one bit each.
    Branched(Vec<Vec<u64>>),
}

impl Ancestry {
    pub(super) fn of(chain: &Chain) -> Self {
        let files = &chain.files;
        let digests = files.iter().enumerate();
        let digests: BTreeMap<&str, usize> = digests
            .rev()
            .map(|(at, file)| (file.digest.as_str(), at))
            .collect();
        let previous = |at: usize| {
            let named = files[at].previous.iter();
            named.filter_map(|digest| digests.get(digest.value.as_str()).copied())
        };
        let is_linear = (1..files.len()).all(|at| previous(at).eq([at - 1]));
        if is_linear {
            return Self::Linear;
        }
        let words = files.len().div_ceil(64);
        let mut sets: Vec<Vec<u64>> = Vec::with_capacity(files.len());
        for at in 0..files.len() {
            let mut set = vec![0; words];
            // A file is always after those it follows.
            for before in previous(at).filter(|&before| before < at) {
                let pairs = set.iter_mut().zip(&sets[before]);
                pairs.for_each(|(word, known)| *word |= known);
                set[before / 64] |= 1 << (before % 64);
            }
            sets.push(set);
        }
        Self::Branched(sets)
    }

    /// Whether the file at `later` is `earlier` itself, or follows it.
    pub(super) fn follows(&self, later: usize, earlier: usize) -> bool {
        match self {
            Self::Linear => earlier <= later,
            Self::Branched(sets) => {
                earlier == later || sets[later][earlier / 64] & (1 << (earlier % 64)) != 0
            }
        }
    }
}
