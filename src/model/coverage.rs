//! Coverage: the state of each criterion and group.

use jiff::civil::Date;

use super::{Claim, CriterionId, GroupId, Piece, StaleBecause};

/// The state of one criterion, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// No entry claims it.
    Gap,
    /// Only drafts claim it.
    Drafted,
    /// Claimed, but the rules ask for more than what counts.
    Thin,
    /// The evidence that counts meets the rules.
    Evidenced,
    /// Accepted pieces, unchanged since, meet the rules.
    Accepted,
}

impl State {
    /// All states, worst first.
    pub const ALL: [Self; 5] = [
        Self::Gap,
        Self::Drafted,
        Self::Thin,
        Self::Evidenced,
        Self::Accepted,
    ];

    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Drafted => "drafted",
            Self::Thin => "thin",
            Self::Evidenced => "evidenced",
            Self::Accepted => "accepted",
        }
    }

    /// The words that people read.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Gap => "no evidence",
            Self::Drafted => "draft only",
            Self::Thin => "needs more",
            Self::Evidenced => "ready to assess",
            Self::Accepted => "accepted",
        }
    }

    /// Whether the criterion is in the numerator of a fraction.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self >= Self::Evidenced
    }
}

/// The state of a group: that of its worst criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupState {
    /// As far as this.
    State(State),
    /// Every criterion is waived or left out.
    Waived,
}

impl GroupState {
    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::State(state) => state.word(),
            Self::Waived => "waived",
        }
    }

    /// The words that people read.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::State(state) => state.title(),
            Self::Waived => "waived",
        }
    }
}

/// A note beside the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// It is waived, and out of the fraction.
    Waived,
    /// A claim on it is referred and not settled.
    Referred,
    /// A claim on it was referred and the entry changed since, so it waits for the assessor.
    Resubmitted,
    /// Assessors who decided at the same time disagree about a claim.
    Contested,
    /// An accepted entry, or the statement, was changed afterwards.
    Stale,
    /// An entry that claims it is withheld, because of an identifier.
    Withheld,
}

impl Flag {
    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Waived => "waived",
            Self::Referred => "referred",
            Self::Resubmitted => "resubmitted",
            Self::Contested => "contested",
            Self::Stale => "stale",
            Self::Withheld => "withheld",
        }
    }

    /// The words that people read.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Resubmitted => "submitted again",
            Self::Stale => "changed since accepted",
            other => other.word(),
        }
    }
}

/// One criterion's line.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// The criterion.
    pub criterion: CriterionId,
    /// How far it is.
    pub state: State,
    /// Anything else worth knowing.
    pub flags: Vec<Flag>,
    /// Every claim on it, in the order of the entries, oldest first.
    pub pieces: Vec<Piece>,
    /// The reason for its state, as a sentence.
    pub why: String,
    /// The next step, as a sentence; `None` if nothing is left to do.
    pub next: Option<String>,
}

impl Line {
    /// Whether it is waived, and out of the fraction.
    #[must_use]
    pub fn is_waived(&self) -> bool {
        self.flags.contains(&Flag::Waived)
    }

    /// The pieces that count.
    pub fn counting(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| piece.counts())
    }

    /// The piece of an entry; `None` if the entry does not claim this criterion.
    #[must_use]
    pub fn piece_of(&self, entry: usize) -> Option<&Piece> {
        let at = self
            .pieces
            .binary_search_by_key(&entry, |piece| piece.entry)
            .ok()?;
        Some(&self.pieces[at])
    }

    /// What makes acceptances on it stale; a changed statement before a changed entry.
    #[must_use]
    pub fn stale_because(&self) -> Option<StaleBecause> {
        self.pieces.iter().filter_map(Piece::stale_because).max()
    }

    /// Whether a piece is the only one that counts.
    #[must_use]
    pub fn depends_on(&self, piece: &Piece) -> bool {
        piece.counts() && self.counting().nth(1).is_none()
    }
}

/// The number of criteria in each state. Waived criteria are in no state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StateCounts {
    /// All criteria that apply.
    pub total: usize,
    /// Of these, waived.
    pub waived: usize,
    /// By state, worst first.
    pub by_state: [usize; 5],
}

impl StateCounts {
    /// Counts `lines`.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let mut counts = Self::default();
        for line in lines {
            counts.total += 1;
            if line.is_waived() {
                counts.waived += 1;
            } else {
                counts.by_state[line.state as usize] += 1;
            }
        }
        counts
    }

    /// The number of criteria in `state`.
    #[must_use]
    pub fn of_state(&self, state: State) -> usize {
        self.by_state[state as usize]
    }

    /// Evidenced or better.
    #[must_use]
    pub fn complete(&self) -> usize {
        self.of_state(State::Evidenced) + self.of_state(State::Accepted)
    }

    /// Total minus waived: the denominator of a fraction.
    #[must_use]
    pub fn out_of(&self) -> usize {
        self.total - self.waived
    }
}

/// One group's line.
#[derive(Debug, PartialEq, Eq)]
pub struct GroupLine {
    /// The group.
    pub group: GroupId,
    /// How far it is.
    pub state: GroupState,
    /// Counts over all its criteria.
    pub counts: StateCounts,
    /// Counts without the criteria that belong to every group of the standard.
    pub own: StateCounts,
}

/// One standard's coverage.
#[derive(Debug, PartialEq, Eq)]
pub struct StandardCoverage {
    /// Index of the standard in the portfolio.
    pub standard: usize,
    /// Counts over all criteria.
    pub counts: StateCounts,
    /// A line for every criterion that applies, also for those without evidence.
    pub lines: Vec<Line>,
    /// A line for every group.
    pub groups: Vec<GroupLine>,
}

/// The coverage of a portfolio.
#[derive(Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The as-of date.
    pub as_of: Date,
    /// The coverage of each standard, in the portfolio's order.
    pub standards: Vec<StandardCoverage>,
    /// The positions of all pieces, by entry, then by criterion.
    pieces: Vec<PieceAt>,
    /// Offsets into `pieces`: entry `n` has `begin[n]..begin[n + 1]`.
    begin: Vec<usize>,
}

/// Indexes of a piece: its standard, its line, and its place in the line.
type PieceAt = (usize, usize, usize);

/// All pieces in the order of criteria, each with its entry.
fn enumerate_pieces(standards: &[StandardCoverage]) -> impl Iterator<Item = (usize, PieceAt)> {
    standards.iter().enumerate().flat_map(|(at, standard)| {
        standard
            .lines
            .iter()
            .enumerate()
            .flat_map(move |(line, known)| {
                let pieces = known.pieces.iter().enumerate();
                pieces.map(move |(piece, known)| (known.entry, (at, line, piece)))
            })
    })
}

impl Coverage {
    /// Indexes the coverage of a portfolio with this many entries.
    #[must_use]
    pub fn new(as_of: Date, standards: Vec<StandardCoverage>, entries: usize) -> Self {
        let mut begin = vec![0; entries + 1];
        enumerate_pieces(&standards).for_each(|(entry, _)| begin[entry + 1] += 1);
        (1..begin.len()).for_each(|at| begin[at] += begin[at - 1]);
        let (mut next, mut pieces) = (begin.clone(), vec![PieceAt::default(); begin[entries]]);
        for (entry, piece) in enumerate_pieces(&standards) {
            pieces[next[entry]] = piece;
            next[entry] += 1;
        }
        Self {
            as_of,
            standards,
            pieces,
            begin,
        }
    }

    /// Pairs each of an entry's claims, which are sorted by criterion, with its line and piece;
    /// `None` if the criterion does not apply. Takes one pass, where a lookup for each claim would
    /// take a search.
    pub fn of_claims<'a>(
        &'a self,
        entry: usize,
        claims: &'a [Claim],
    ) -> impl Iterator<Item = (&'a Claim, Option<(&'a Line, &'a Piece)>)> {
        let pieces = self
            .begin
            .get(entry..entry + 2)
            .map_or(&[][..], |ends| &self.pieces[ends[0]..ends[1]]);
        let known = pieces.iter().map(|&(standard, line, piece)| {
            let line = &self.standards[standard].lines[line];
            (line, &line.pieces[piece])
        });
        let mut known = known.peekable();
        claims.iter().map(move |claim| {
            (
                claim,
                known.next_if(|(line, _)| line.criterion == claim.criterion),
            )
        })
    }

    /// The line of a criterion, if the criterion applies.
    #[must_use]
    pub fn line(&self, id: CriterionId) -> Option<&Line> {
        let lines = &self.standards.get(id.standard)?.lines;
        let at = lines
            .binary_search_by_key(&id, |line| line.criterion)
            .ok()?;
        Some(&lines[at])
    }

    /// The lines of all criteria that apply, standard by standard.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.standards.iter().flat_map(|standard| &standard.lines)
    }

    /// The line of a group.
    #[must_use]
    pub fn group(&self, id: GroupId) -> &GroupLine {
        &self.standards[id.standard].groups[id.group]
    }

    /// Counts over all standards.
    #[must_use]
    pub fn counts(&self) -> StateCounts {
        StateCounts::of(self.lines())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(criterion: CriterionId, entries: &[usize]) -> Line {
        let piece = |&entry: &usize| Piece {
            entry,
            standing: None,
            against: Vec::new(),
        };
        let pieces = entries.iter().map(piece).collect();
        Line {
            criterion,
            state: State::Gap,
            flags: Vec::new(),
            pieces,
            why: String::new(),
            next: None,
        }
    }

    #[test]
    fn of_claims_agrees_with_lookups() {
        let id = |standard, criterion| CriterionId {
            standard,
            criterion,
        };
        let standard = |at: usize, lines: Vec<Line>| StandardCoverage {
            standard: at,
            counts: StateCounts::of(&lines),
            lines,
            groups: Vec::new(),
        };
        let first = standard(0, vec![line(id(0, 0), &[1, 3]), line(id(0, 2), &[0, 3])]);
        let second = standard(1, vec![line(id(1, 1), &[3])]);
        let coverage = Coverage::new(Date::constant(2026, 11, 21), vec![first, second], 5);
        // The second criterion of the first standard does not apply.
        let claims = [id(0, 0), id(0, 1), id(0, 2), id(1, 1)];
        let claims = claims.map(|criterion| Claim {
            criterion,
            tags: Vec::new(),
            passages: Vec::new(),
        });
        let mut found = 0;
        for entry in 0..6 {
            let claimed = |claim: &&Claim| {
                coverage
                    .line(claim.criterion)
                    .is_none_or(|line| line.piece_of(entry).is_some())
            };
            let claims: Vec<Claim> = claims.iter().filter(claimed).cloned().collect();
            for (claim, known) in coverage.of_claims(entry, &claims) {
                let line = coverage.line(claim.criterion);
                assert_eq!(
                    known,
                    line.and_then(|line| Some((line, line.piece_of(entry)?)))
                );
                found += usize::from(known.is_some());
            }
        }
        assert_eq!(found, 5);
    }
}
