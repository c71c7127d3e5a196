//! Coverage as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::model::{Coverage, Line, Portfolio, StandardCoverage, State, StateCounts};
use crate::text::{counted, one_line, plural};

/// The rows of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum By {
    /// Criteria.
    Criterion,
    /// Groups.
    Group,
    /// Types of evidence.
    Type,
    /// Months of the entries' dates.
    Month,
}

/// Coverage as a table for each standard, and a line `TOTAL 66/72` at the end.
#[must_use]
pub fn coverage_text(portfolio: &Portfolio, coverage: &Coverage, by: By) -> String {
    let mut out = String::new();
    for standard in &coverage.standards {
        let title = one_line(&portfolio.catalogue.standard(standard.standard).full_title());
        let counts = &standard.counts;
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "{title}: {}", in_words(counts));
        match by {
            By::Criterion => write_criteria(&mut out, portfolio, standard),
            By::Group => write_groups(&mut out, portfolio, standard),
            By::Type => write_by_key(&mut out, standard, |entry| {
                portfolio.entries[entry]
                    .front_matter
                    .kind
                    .title()
                    .to_owned()
            }),
            By::Month => write_by_key(&mut out, standard, |entry| {
                let date = portfolio.entries[entry].front_matter.date;
                date.map_or_else(
                    || "unknown".to_owned(),
                    |date| format!("{}-{:02}", date.year(), date.month()),
                )
            }),
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", total_line(&coverage.counts()));
    out
}

/// `TOTAL 69/72 95%`: the percentage is rounded down.
pub(super) fn total_line(counts: &StateCounts) -> String {
    let (complete, of) = (counts.complete(), counts.out_of());
    if counts.total == 0 {
        return "TOTAL 0/0: there is no criterion to judge".to_owned();
    }
    let percent = (complete * 100).checked_div(of).unwrap_or(100);
    format!("TOTAL {complete}/{of} {percent}%")
}

/// Counts in words: `61/71 evidenced, 44 accepted, 4 thin`.
pub(super) fn in_words(counts: &StateCounts) -> String {
    let mut words = format!("{}/{} evidenced", counts.complete(), counts.out_of());
    for state in [State::Accepted, State::Thin, State::Drafted, State::Gap] {
        let number = counts.of_state(state);
        if number > 0 {
            let _ = write!(
                words,
                ", {number} {}",
                if state == State::Gap {
                    "missing"
                } else {
                    state.word()
                }
            );
        }
    }
    if counts.waived > 0 {
        let _ = write!(words, ", {} waived", counts.waived);
    }
    words
}

/// The state of a criterion, or `waived`.
pub(super) fn state_word(line: &Line) -> &'static str {
    if line.is_waived() {
        "waived"
    } else {
        line.state.word()
    }
}

fn write_criteria(out: &mut String, portfolio: &Portfolio, standard: &StandardCoverage) {
    let codes = standard
        .lines
        .iter()
        .map(|line| one_line(portfolio.catalogue.code(line.criterion).as_str()));
    let codes: Vec<String> = codes.collect();
    let width = codes
        .iter()
        .map(|code| code.chars().count())
        .max()
        .unwrap_or(0);
    for (line, code) in standard.lines.iter().zip(codes) {
        let state = state_word(line);
        let _ = writeln!(out, "  {code:<width$}  {state:<9}  {}", one_line(&line.why));
        if let Some(next) = line
            .next
            .as_ref()
            .filter(|_| !line.state.is_complete() && !line.is_waived())
        {
            let _ = writeln!(out, "  {:<width$}  {:<9}  -> {}", "", "", one_line(next));
        }
    }
}

fn write_groups(out: &mut String, portfolio: &Portfolio, standard: &StandardCoverage) {
    for line in &standard.groups {
        let code = one_line(portfolio.catalogue.group(line.group).code.value.as_str());
        let counts = format!("{}/{}", line.counts.complete(), line.counts.out_of());
        let own = if line.own == line.counts {
            String::new()
        } else {
            format!(
                "  {}/{} without what every group shares",
                line.own.complete(),
                line.own.out_of()
            )
        };
        let _ = writeln!(
            out,
            "  {code:<8}  {:<9}  {counts:>5}{own}",
            line.state.word()
        );
    }
    if standard.groups.is_empty() {
        let _ = writeln!(out, "  this standard has no groups");
    }
}

/// Writes the number of counting claims, and of their criteria, by a key of the entry.
fn write_by_key(out: &mut String, standard: &StandardCoverage, key: impl Fn(usize) -> String) {
    let mut rows: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let tally = |line: &Line, rows: &mut BTreeMap<String, (usize, usize)>| {
        let mut reached: Vec<String> = line.counting().map(|piece| key(piece.entry)).collect();
        for name in &reached {
            rows.entry(name.clone()).or_default().0 += 1;
        }
        reached.sort();
        reached.dedup();
        for name in reached {
            rows.entry(name).or_default().1 += 1;
        }
    };
    for line in &standard.lines {
        tally(line, &mut rows);
    }
    for (name, (pieces, criteria)) in rows {
        let claims = plural(pieces, "claim that counts", "claims that count");
        let _ = writeln!(
            out,
            "  {name:<24}  {pieces:>4} {claims}, on {}",
            counted(criteria, "criterion")
        );
    }
}
