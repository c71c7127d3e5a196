//! Words that an author wrote inside a comment, where no page shows them.

use crate::model::{ReflectionModel, Section};
use crate::text::{Span, words};

/// Fewer words are a remark.
const FEWEST: usize = 3;

/// Marks the empty sections whose words are inside a comment, beside the questions of the model.
pub(super) fn mark_commented(
    sections: &mut [Section],
    body: Span,
    text: &str,
    model: &ReflectionModel,
) {
    let starts: Vec<usize> = sections.iter().map(|section| section.span.start).collect();
    for (at, section) in sections.iter_mut().enumerate() {
        if section.words == 0 {
            let end = starts.get(at + 1).copied().unwrap_or(body.end);
            let under = Span::new(section.span.end, end);
            section.commented = count_words(under.of(text), model) >= FEWEST;
        }
    }
}

/// The number of words in comments, without the questions of the model.
fn count_words(text: &str, model: &ReflectionModel) -> usize {
    let mut count = 0;
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        let comment = &rest[start + 4..];
        // A comment that is never closed hides all that follows.
        let end = comment.find("-->").unwrap_or(comment.len());
        let own = comment[..end]
            .lines()
            .filter(|line| !is_question(line, model));
        count += own.map(|line| words(line).count()).sum::<usize>();
        rest = comment.get(end + 3..).unwrap_or_default();
    }
    count
}

fn is_question(line: &str, model: &ReflectionModel) -> bool {
    let line = line.trim();
    let mut prompts = model.stages.iter().flat_map(|stage| &stage.prompts);
    line.is_empty() || prompts.any(|prompt| prompt.replace("--", "–") == line)
}
