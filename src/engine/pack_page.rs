//! The structure of `ksbfolio.html`: the program, and two slots that hold files.

use crate::text::{Span, sha256_hex};

/// The slot of a portfolio: empty in a page that is only the program.
const PORTFOLIO: &str = "<script type=\"text/plain\" id=\"portfolio-zip\">";
/// The slot of the sample.
const SAMPLE: &str = "<script type=\"text/plain\" id=\"sample-zip\">";
const VERSION: &str = "<meta name=\"ksbfolio-version\" content=\"";

/// A page that has the program.
pub(super) struct ProgramPage<'a> {
    text: &'a str,
    sample: Span,
    portfolio: Span,
    /// The version of the program.
    pub version: &'a str,
}

impl<'a> ProgramPage<'a> {
    /// Finds the parts of a page; `None` if it is no such page.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let sample = find_between(text, SAMPLE, "</script>")?;
        let portfolio = find_between(text, PORTFOLIO, "</script>")?;
        let version = find_between(text, VERSION, "\"")?.of(text);
        (sample.end <= portfolio.start).then_some(Self {
            text,
            sample,
            portfolio,
            version,
        })
    }

    /// Whether the slot of the sample is empty, as in every page with a portfolio.
    pub(super) fn has_no_sample(&self) -> bool {
        self.sample.start == self.sample.end
    }

    /// What the slot of a portfolio holds, in base64.
    pub(super) fn portfolio(&self) -> &'a str {
        self.portfolio.of(self.text)
    }

    /// The SHA-256 of the page without the portfolio and its sample. A page with a portfolio has no
    /// sample, so whatever is in that slot belongs to the sum.
    pub(super) fn program_sha256(&self) -> String {
        if self.portfolio().is_empty() {
            return sha256_hex(self.filled("").as_bytes());
        }
        let (before, after) = (self.portfolio.start, self.portfolio.end);
        sha256_hex(
            [&self.text[..before], &self.text[after..]]
                .concat()
                .as_bytes(),
        )
    }

    /// The program with a portfolio, and without the sample.
    pub(super) fn filled(&self, portfolio: &str) -> String {
        [
            &self.text[..self.sample.start],
            &self.text[self.sample.end..self.portfolio.start],
            portfolio,
            &self.text[self.portfolio.end..],
        ]
        .concat()
    }
}

/// The range behind the only place of `start`, up to the next `end`.
fn find_between(text: &str, start: &str, end: &str) -> Option<Span> {
    let mut places = text.match_indices(start);
    let (at, _) = places.next()?;
    let from = at + start.len();
    let length = text[from..].find(end)?;
    places
        .next()
        .is_none()
        .then(|| Span::new(from, from + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(sample: &str, portfolio: &str) -> String {
        format!("{VERSION}1.2.3\">{SAMPLE}{sample}</script>{PORTFOLIO}{portfolio}</script>end")
    }

    #[test]
    fn the_program_is_the_same_whatever_is_in_its_slots() {
        let (empty, full) = (page("AAAA", ""), page("", "QUJD"));
        let parsed = ProgramPage::parse(&empty).map(|page| (page.version, page.filled("QUJD")));
        assert_eq!(parsed, Some(("1.2.3", page("", "QUJD"))));
        let parsed = ProgramPage::parse(&full).map(|page| page.portfolio());
        assert_eq!(parsed, Some("QUJD"));
        let sum = |text| ProgramPage::parse(text).map(|page| page.program_sha256());
        assert_eq!(sum(&empty), sum(&full));
        let no_sample = |text| ProgramPage::parse(text).map(|page| page.has_no_sample());
        assert_eq!(
            (no_sample(&empty), no_sample(&full)),
            (Some(false), Some(true))
        );
    }

    #[test]
    fn every_byte_of_a_page_with_a_portfolio_but_the_portfolio_is_in_the_sum() {
        let sum = |text: &str| ProgramPage::parse(text).map(|page| page.program_sha256());
        let whole = page("", "QUJD");
        for (at, _) in whole.char_indices() {
            let added = format!("{}x{}", &whole[..at], &whole[at..]);
            let is_portfolio =
                ProgramPage::parse(&added).is_some_and(|page| page.portfolio() != "QUJD");
            assert!(is_portfolio || sum(&added) != sum(&whole), "{added}");
        }
    }

    #[test]
    fn a_page_without_a_slot_or_with_two_of_a_kind_is_no_program() {
        let twice = page("", "") + PORTFOLIO + "</script>";
        for text in ["", "<!DOCTYPE html>", &page("", "")[10..], &twice] {
            assert!(ProgramPage::parse(text).is_none(), "{text}");
        }
    }
}
