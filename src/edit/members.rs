//! Adding members to a list or a table, and removing them, in block and in flow style.

use super::Refused;
use super::line_ends::{line_close, line_end_at, line_start, next_line};
use super::syntax::{Member, SyntaxTree};
use crate::text::{Span, TextEdit};

/// The members of one list or table.
#[derive(Debug)]
pub(super) struct Members<'a> {
    /// The whole file.
    pub text: &'a str,
    /// The syntax of the file.
    pub syntax: &'a SyntaxTree,
    /// The list or table with its brackets.
    pub span: Span,
    /// Whether it is in brackets.
    pub flow: bool,
    /// Its members, at least one.
    pub all: &'a [Member],
}

impl Members<'_> {
    /// Inserts new members after the member at `index`. In a block list each begins with `- `.
    pub(super) fn insert_after(&self, index: usize, new: &[String]) -> Vec<TextEdit> {
        let end = self.all[index].span.end;
        if self.flow {
            return self.insert_in_flow(index, new);
        }
        let line_end = line_end_at(self.text, end);
        let indent = self.indent(self.all[0].span.start);
        let at = self.line_after(end);
        let is_open = at == self.text.len() && !self.text.ends_with('\n');
        let separator = format!("{line_end}{indent}");
        let lines = new.join(&separator);
        let text = if is_open {
            format!("{separator}{lines}")
        } else {
            format!("{indent}{lines}{line_end}")
        };
        vec![TextEdit::insert(at, text)]
    }

    /// Inserts new members before the first.
    pub(super) fn insert_first(&self, new: &[String]) -> Vec<TextEdit> {
        let start = self.all[0].span.start;
        let separator = if self.flow {
            ", ".to_owned()
        } else {
            line_end_at(self.text, start).to_owned() + &self.indent(start)
        };
        let text = new.join(&separator) + &separator;
        vec![TextEdit::insert(start, text)]
    }

    fn insert_in_flow(&self, index: usize, new: &[String]) -> Vec<TextEdit> {
        let member = self.all[index].span;
        let comma = self.comma_after(member.end);
        let past = comma.map_or(member.end, |comma| comma + 1);
        let is_own_line = self.is_first_on_line(member.start) && self.is_last_on_line(past);
        if !is_own_line {
            let text = ", ".to_owned() + &new.join(", ");
            return vec![TextEdit::insert(member.end, text)];
        }
        // One member a line: the comment behind a member stays behind it.
        let line_end = line_end_at(self.text, past);
        let indent = self.indent(member.start);
        let mut lines = new.join(&format!(",{line_end}{indent}"));
        let mut edits = Vec::new();
        match comma {
            Some(_) => lines.push(','),
            None => edits.push(TextEdit::insert(member.end, ",")),
        }
        let text = format!("{line_end}{indent}{lines}");
        edits.push(TextEdit::insert(line_close(self.text, past), text));
        edits
    }

    /// Removes the members at `indices` (ascending, and never all of them) with the comments behind
    /// them.
    pub(super) fn remove(&self, indices: &[usize]) -> Result<Vec<TextEdit>, Refused> {
        let mut edits = Vec::new();
        for run in indices.chunk_by(|left, right| left + 1 == *right) {
            let (Some(&first), Some(&last)) = (run.first(), run.last()) else {
                continue;
            };
            if self.flow {
                edits.extend(self.remove_from_flow(first, last)?);
            } else {
                for index in first..=last {
                    edits.push(TextEdit::delete(self.block_range(index)?));
                }
            }
        }
        Ok(edits)
    }

    /// The lines of a member; only the member itself if it shares its line with a dash before it.
    fn block_range(&self, index: usize) -> Result<Span, Refused> {
        let member = self.all[index].span;
        let after = self.line_after(member.end);
        if self.is_first_on_line(member.start) {
            return Ok(Span::new(line_start(self.text, member.start), after));
        }
        let next = self.all.get(index + 1).map(|next| next.span.start);
        let range = Span::new(member.start, next.unwrap_or(member.end));
        let between = Span::new(after.min(range.end), range.end);
        self.syntax.refuse_comment(between)?;
        Ok(range)
    }

    fn remove_from_flow(&self, first: usize, last: usize) -> Result<Vec<TextEdit>, Refused> {
        let (start, end) = (self.all[first].span.start, self.all[last].span.end);
        let range = match (first.checked_sub(1), self.all.get(last + 1)) {
            (_, Some(next)) => Span::new(start, next.span.start),
            (Some(before), None) => Span::new(self.all[before].span.end, end),
            (None, None) => Span::new(start, end),
        };
        if self.syntax.refuse_comment(range).is_ok() && !range.of(self.text).contains('\n') {
            return Ok(vec![TextEdit::delete(range)]);
        }
        let mut edits = Vec::new();
        for member in &self.all[first..=last] {
            let span = member.span;
            let past = self
                .comma_after(span.end)
                .map_or(span.end, |comma| comma + 1);
            if self.is_first_on_line(span.start) && self.is_last_on_line(past) {
                let lines = Span::new(
                    line_start(self.text, span.start),
                    next_line(self.text, past),
                );
                edits.push(TextEdit::delete(lines));
            } else {
                self.syntax.refuse_comment(range)?;
                return Ok(vec![TextEdit::delete(range)]);
            }
        }
        Ok(edits)
    }

    /// The next comma after a member, past blanks and comments, inside the brackets.
    fn comma_after(&self, end: usize) -> Option<usize> {
        let mut at = end;
        while at < self.span.end {
            if let Some(comment) = self
                .syntax
                .comments
                .iter()
                .find(|comment| comment.start == at)
            {
                at = comment.end;
            }
            match self.text.as_bytes().get(at)? {
                b',' => return Some(at),
                byte if byte.is_ascii_whitespace() => at += 1,
                _ => return None,
            }
        }
        None
    }

    /// The offset of the line after a member that ends at `end`.
    fn line_after(&self, end: usize) -> usize {
        // A block scalar ends with its last line end.
        if self.text[..end].ends_with('\n') {
            end
        } else {
            next_line(self.text, end)
        }
    }

    fn is_first_on_line(&self, start: usize) -> bool {
        self.text[line_start(self.text, start)..start]
            .trim()
            .is_empty()
    }

    /// Whether only blanks and a comment follow on the line.
    fn is_last_on_line(&self, end: usize) -> bool {
        let rest = &self.text[end..line_close(self.text, end)];
        let blank = rest.len() - rest.trim_start().len();
        let mut comments = self.syntax.comments.iter();
        let is_comment = comments.any(|comment| comment.start == end + blank);
        blank == rest.len() || is_comment
    }

    /// Blanks up to the column of `start`, tabs as they are.
    fn indent(&self, start: usize) -> String {
        let before = &self.text[line_start(self.text, start)..start];
        let before = before.trim_start_matches('\u{feff}');
        before
            .chars()
            .map(|sign| if sign == '\t' { '\t' } else { ' ' })
            .collect()
    }
}
