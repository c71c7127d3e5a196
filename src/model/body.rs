//! The body of an entry.

use std::collections::{HashMap, HashSet};

use super::CriterionId;
use crate::text::{Span, Vocabulary, percent_decode};

/// The Markdown after the front matter, and the facts read from it.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its range in the source.
    pub span: Span,
    /// The number of words of its prose, as people count.
    pub words: usize,
    /// Passages that claim criteria.
    pub passages: Vec<Passage>,
    /// Its sections, one for each heading.
    pub sections: Vec<Section>,
    /// Codes in prose outside links.
    pub mentions: Vec<Mention>,
    /// Images without alternative text.
    pub images_without_alt: Vec<Span>,
    /// Statistics of its words.
    pub vocabulary: Vocabulary,
}

impl Body {
    /// Anchors on the entry's page that a link can name: headings and passages.
    #[must_use]
    pub fn anchors(&self) -> Anchors<'_> {
        let mut by_heading: HashMap<String, Vec<&str>> = HashMap::new();
        for section in &self.sections {
            let same = by_heading.entry(fold_anchor(&section.heading)).or_default();
            same.push(&section.anchor);
        }
        let sections = self.sections.iter().map(|section| section.anchor.as_str());
        let passages = self.passages.iter().map(|passage| passage.anchor.as_str());
        Anchors {
            exact: sections.chain(passages).collect(),
            by_heading,
        }
    }

    /// The section that is a bold line at this place.
    #[must_use]
    pub fn bold_line_at(&self, start: usize) -> Option<&Section> {
        let first = self
            .sections
            .partition_point(|section| section.span.start < start);
        let section = self.sections.get(first)?;
        (section.is_bold && section.span.start == start).then_some(section)
    }
}

/// The anchors of an entry's page.
#[derive(Debug)]
pub struct Anchors<'a> {
    exact: HashSet<&'a str>,
    /// Anchors of headings, by their letters and digits.
    by_heading: HashMap<String, Vec<&'a str>>,
}

impl<'a> Anchors<'a> {
    /// The anchor that a fragment names, also as other editors write it.
    #[must_use]
    pub fn find(&self, fragment: &str) -> Option<&'a str> {
        if let Some(exact) = self.exact.get(fragment) {
            return Some(exact);
        }
        let wanted = fold_anchor(fragment);
        let same = self.by_heading.get(&wanted).filter(|_| !wanted.is_empty());
        if let Some(first) = same.and_then(|same| same.first()) {
            return Some(first);
        }
        // The second heading of a name has `-1`.
        let (name, number) = fragment.rsplit_once('-')?;
        let same = self.by_heading.get(&fold_anchor(name))?;
        same.get(number.parse::<usize>().ok()?).copied()
    }
}

/// The letters and digits of a heading or fragment, by which other editors' anchors are recognised:
/// `#signs--symptoms` and `#Signs%20&%20symptoms` both mean "Signs & symptoms".
fn fold_anchor(text: &str) -> String {
    let decoded = percent_decode(text).to_lowercase();
    let letters = decoded.chars().filter(|letter| letter.is_alphanumeric());
    letters.collect()
}

/// A code in the text that is not claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The criterion.
    pub criterion: CriterionId,
    /// Its place in the source.
    pub span: Span,
}

/// A passage: the exact words that evidence a criterion.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Its anchor on the entry's page. Made from its words, so that it survives other edits.
    pub anchor: String,
    /// The words, without markup.
    pub text: String,
    /// Its paragraph, counted from 1 through the entry.
    pub paragraph: usize,
    /// The place of the link in the source.
    pub span: Span,
    /// Index of its section in the body's list, if it is under a heading.
    pub section: Option<usize>,
    /// The criteria it evidences.
    pub criteria: Vec<CriterionId>,
}

/// A heading and the text under it, up to the next heading of the same or a higher rank.
#[derive(Clone, Debug)]
pub struct Section {
    /// The heading's words.
    pub heading: String,
    /// Its rank, from 1.
    pub rank: u8,
    /// The place of the heading in the source.
    pub span: Span,
    /// Its anchor on the entry's page.
    pub anchor: String,
    /// Words under it.
    pub words: usize,
    /// Whether it is empty but for words in a comment, which no page shows.
    pub commented: bool,
    /// Whether it is a bold line that names a stage of the reflection model.
    pub is_bold: bool,
}

/// A stage of the reflection model, and where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Index of the stage in the model.
    pub stage: usize,
    /// Index of its section in the body.
    pub section: usize,
}

/// A summary of the text of one stage, taken over all headings of that stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageSummary {
    /// Index of the stage in the model.
    pub stage: usize,
    /// Whether it names a month, a year or a period.
    pub a_time: bool,
    /// Whether it names a source: a policy, a guideline, a theory, research.
    pub a_source: bool,
    /// Earlier stages whose words it largely repeats.
    pub repeats: Vec<usize>,
}
