//! Keeps typed words text. In Markdown a line of dashes below words is a heading, and `<!--` hides
//! all that follows it: a page saved in the middle of typing would lose its boxes. The parser
//! decides: where an edit within the boxes changes which boxes there are, `\` goes before the signs
//! that do it. The page leaves these out of its boxes (`findEscapes` in write-text.js), and they go
//! once nothing needs them.

use super::boxes::{Boxes, OtherPart, StagePart};
use crate::model::ReflectionModel;
use crate::parse;
use crate::text::Span;

/// A replacement that was made.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordsReplaced {
    /// The place of the words before.
    pub before: Span,
    /// The place of those that took theirs, in the text after all replacements.
    pub after: Span,
}

/// Escapes are tried without each other up to this many: each try reads the entry.
const MOST_TRIES: usize = 12;

/// The text after replacements in it, with what keeps its boxes the ones that they were. `made` is
/// the text without that. Replacements outside of boxes may change them.
pub(super) fn keep_boxes(
    text: &str,
    boxes: &Boxes,
    model: Option<&ReflectionModel>,
    replaced: &[WordsReplaced],
    made: String,
) -> String {
    let Some(wanted) = WantedBoxes::after(text, boxes, model, replaced) else {
        return made;
    };
    let touched: Vec<Span> = replaced.iter().map(|one| one.after).collect();
    let touched = find_lines(&made, &touched);
    let loose = find_loose(text, boxes, model, replaced, &made, &touched);
    if !loose.is_empty()
        && let Some(kept) = wanted.keep(&made, &EscapeSigns::dropping(&loose))
    {
        return kept;
    }
    if let Some(kept) = wanted.keep(&made, &EscapeSigns::default()) {
        return kept;
    }
    let edited = find_lines(&made, &wanted.edited);
    let tries = [
        list_places(&made, &touched, is_heading_like),
        list_places(&made, &touched, |_| true),
        list_places(&made, &edited, |_| true),
    ];
    for places in tries {
        let signs = EscapeSigns {
            added: places,
            dropped: Vec::new(),
        };
        if let Some(kept) = wanted.keep(&made, &signs) {
            return wanted.keep_fewest(&made, signs, kept);
        }
    }
    made
}

/// `\` that are put into a text and taken from it, in order.
#[derive(Clone, Debug, Default)]
struct EscapeSigns {
    added: Vec<usize>,
    dropped: Vec<usize>,
}

impl EscapeSigns {
    fn dropping(places: &[usize]) -> Self {
        Self {
            added: Vec::new(),
            dropped: places.to_vec(),
        }
    }

    /// A place of the text as one of the text with these.
    fn moved(&self, place: usize) -> usize {
        let before = |places: &[usize]| places.partition_point(|&at| at < place);
        place + before(&self.added) - before(&self.dropped)
    }

    fn apply(&self, text: &str) -> String {
        let mut made = String::with_capacity(text.len() + self.added.len());
        let mut places: Vec<usize> = [&self.added[..], &self.dropped].concat();
        places.sort_unstable();
        let mut at = 0;
        for place in places {
            made.push_str(&text[at..place]);
            at = place;
            if self.dropped.binary_search(&place).is_ok() {
                at += 1;
            } else {
                made.push('\\');
            }
        }
        made + &text[at..]
    }
}

/// The boxes that a text has to have after an edit.
struct WantedBoxes<'a> {
    model: Option<&'a ReflectionModel>,
    stages: Vec<(&'a StagePart, Span)>,
    other: Vec<(&'a OtherPart, Span)>,
    /// The boxes that the edit is in.
    edited: Vec<Span>,
    /// No more comments: their words would go from the box.
    comments: usize,
}

impl<'a> WantedBoxes<'a> {
    /// The boxes of a text after replacements within them; `None` if one is elsewhere.
    fn after(
        text: &str,
        boxes: &'a Boxes,
        model: Option<&'a ReflectionModel>,
        replaced: &[WordsReplaced],
    ) -> Option<Self> {
        let mut wanted = Self {
            model,
            stages: Vec::new(),
            other: Vec::new(),
            edited: Vec::new(),
            comments: count_comments(text),
        };
        let holds = |span: Span, one: &WordsReplaced| {
            span.start <= one.before.start && one.before.end <= span.end
        };
        let own_stage = |part: &StagePart| !part.is_missing && part.shares.is_none();
        let stages = boxes.stages.iter().filter(|part| own_stage(part));
        let spans: Vec<Span> = stages
            .map(|part| part.text)
            .chain(boxes.other.iter().map(|part| part.text))
            .collect();
        let is_within = |one: &WordsReplaced| spans.iter().any(|&span| holds(span, one));
        if !replaced.iter().all(is_within) {
            return None;
        }
        let moved = |span: Span, is_box: bool| {
            let (mut start, mut end) = (span.start, span.end);
            for one in replaced {
                let (grown, shrunk) = (
                    one.after.end - one.after.start,
                    one.before.end - one.before.start,
                );
                if is_box && holds(span, one) {
                    end = end + grown - shrunk;
                } else if one.before.end <= span.start {
                    start = start + grown - shrunk;
                    end = end + grown - shrunk;
                }
            }
            Span::new(start, end)
        };
        for part in &boxes.stages {
            wanted
                .stages
                .push((part, moved(part.text, own_stage(part))));
        }
        for part in &boxes.other {
            wanted.other.push((part, moved(part.text, true)));
        }
        let edited = spans
            .iter()
            .filter(|&&span| replaced.iter().any(|one| holds(span, one)));
        wanted.edited = edited.map(|&span| moved(span, true)).collect();
        Some(wanted)
    }

    /// The text with these signs, if it has the boxes.
    fn keep(&self, made: &str, signs: &EscapeSigns) -> Option<String> {
        let text = signs.apply(made);
        let boxes = Boxes::read(&text, self.model);
        let words = |span: Span| {
            let span = Span::new(signs.moved(span.start), signs.moved(span.end));
            span.of(&text).trim()
        };
        let is_stage = |(&(wanted, span), part): (&(&StagePart, Span), &StagePart)| {
            wanted.id == part.id
                && wanted.is_missing == part.is_missing
                && wanted.shares == part.shares
                && (part.is_missing || words(span) == part.text.of(&text).trim())
        };
        // A part that belongs to no stage goes with its last word.
        let other = self
            .other
            .iter()
            .map(|&(part, span)| (part.comment.is_some(), words(span)));
        let found = boxes
            .other
            .iter()
            .map(|part| (part.comment.is_some(), part.text.of(&text).trim()));
        let is_there = |(is_comment, words): &(bool, &str)| *is_comment || !words.is_empty();
        let is_kept = self.stages.len() == boxes.stages.len()
            && self.stages.iter().zip(&boxes.stages).all(is_stage)
            && other.filter(is_there).eq(found.filter(is_there))
            && count_comments(&text) <= self.comments;
        is_kept.then_some(text)
    }

    /// The text without those of the signs that it does not need.
    fn keep_fewest(&self, made: &str, mut signs: EscapeSigns, mut kept: String) -> String {
        if signs.added.len() > MOST_TRIES {
            return kept;
        }
        for at in (0..signs.added.len()).rev() {
            let mut fewer = signs.clone();
            fewer.added.remove(at);
            if let Some(text) = self.keep(made, &fewer) {
                (signs, kept) = (fewer, text);
            }
        }
        kept
    }
}

fn count_comments(text: &str) -> usize {
    if text.contains("<!--") {
        parse::find_comments(text).len()
    } else {
        0
    }
}

/// The escapes in these lines that the text before needed. One that it did not need is not ours.
fn find_loose(
    text: &str,
    boxes: &Boxes,
    model: Option<&ReflectionModel>,
    replaced: &[WordsReplaced],
    made: &str,
    lines: &[Span],
) -> Vec<usize> {
    let mut places = Vec::new();
    for line in lines {
        places.extend(find_escapes(line.of(made)).map(|at| line.start + at));
    }
    if places.is_empty() || places.len() > MOST_TRIES {
        return Vec::new();
    }
    let Some(before) = WantedBoxes::after(text, boxes, model, &[]) else {
        return Vec::new();
    };
    let is_needed = |&place: &usize| {
        let mut earlier = place;
        for one in replaced {
            if one.after.start <= place && place < one.after.end {
                return false;
            }
            if one.after.end <= place {
                earlier = place - one.after.end + one.before.end;
            }
        }
        before
            .keep(text, &EscapeSigns::dropping(&[earlier]))
            .is_none()
    };
    places.into_iter().filter(is_needed).collect()
}

/// The lines that ranges of a text are in, with the lines before and behind, in order.
fn find_lines(text: &str, ranges: &[Span]) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    for range in ranges {
        let before = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
        let first = before(range.start);
        let first = before(first.saturating_sub(1)).min(first);
        let mut at = first.max(lines.last().map_or(0, |line| line.end));
        let mut is_last = false;
        while at < text.len() {
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
            lines.push(Span::new(at, end));
            if is_last {
                break;
            }
            is_last = end > range.end;
            at = end;
        }
    }
    lines
}

/// The places in lines where `\` keeps what follows text.
fn list_places(text: &str, lines: &[Span], is_wanted: impl Fn(&str) -> bool) -> Vec<usize> {
    let mut places = Vec::new();
    for line in lines {
        let words = line.of(text);
        let first = skip_marks(words);
        let rest = &words[first..];
        if is_sign(rest) && !rest.starts_with("<!--") && is_wanted(rest) {
            places.push(line.start + first);
        }
        for (at, _) in words.match_indices("<!--") {
            if is_wanted(&words[at..]) {
                places.push(line.start + at + 1);
            }
        }
    }
    places
}

/// The places of `\` in a line that the page leaves out.
fn find_escapes(line: &str) -> impl Iterator<Item = usize> + '_ {
    let first = skip_marks(line);
    // A passage may begin with it.
    let first = first + usize::from(line[first..].starts_with("[\\"));
    let is_escaped = |at: usize, signs: fn(&str) -> bool| {
        let behind = line[at..].trim_start_matches('\\');
        line[at..].starts_with('\\') && signs(behind)
    };
    let is_first = is_escaped(first, is_sign);
    let comments = line.match_indices("<\\").map(|(at, _)| at + 1);
    let comments = comments.filter(move |&at| is_escaped(at, |rest| rest.starts_with("!--")));
    is_first.then_some(first).into_iter().chain(comments)
}

/// Whether Markdown may read the beginning of a line as more than words.
fn is_sign(rest: &str) -> bool {
    rest.starts_with(['#', '-', '=', '`', '~', '<', '*', '_'])
}

fn is_heading_like(rest: &str) -> bool {
    rest.starts_with('#') || is_underline(rest)
}

/// Whether this makes a heading of the line above.
fn is_underline(rest: &str) -> bool {
    let rest = rest.trim_end();
    !rest.is_empty()
        && ['-', '=']
            .iter()
            .any(|&sign| rest.chars().all(|one| one == sign))
}

/// Where the words of a line begin, behind the marks of lists, quotes and footnotes.
fn skip_marks(line: &str) -> usize {
    let is_blank = |rest: &str| rest.starts_with([' ', '\t']);
    let mut at = 0;
    loop {
        let rest = line[at..].trim_start_matches([' ', '\t']);
        at = line.len() - rest.len();
        let digits = rest.len()
            - rest
                .trim_start_matches(|one: char| one.is_ascii_digit())
                .len();
        at += if is_underline(rest) {
            return at;
        } else if rest.starts_with('>')
            || (rest.starts_with(['-', '+', '*']) && is_blank(&rest[1..]))
        {
            1
        } else if (1..10).contains(&digits)
            && rest[digits..].starts_with(['.', ')'])
            && is_blank(&rest[digits + 1..])
        {
            digits + 1
        } else if let (Some(label), Some(end)) = (rest.strip_prefix("[^"), rest.find("]:"))
            && !label[..end.saturating_sub(2)].contains(']')
            && end > 2
        {
            end + 2
        } else {
            return at;
        };
    }
}

#[cfg(test)]
mod tests;
