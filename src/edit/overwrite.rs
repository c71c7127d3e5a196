//! Writing a value in the place of another one of whatever kind.

use super::keys::{PlannedEdits, Planner, Slot};
use super::line_ends::{line_close, line_end_at, line_start, next_line};
use super::syntax::{Form, Member};
use super::write::{pair, value};
use super::{Content, RefusalReason, Refused};
use crate::text::{Span, TextEdit};

impl Planner<'_> {
    /// Plans `new` in the place of the value in `slot`.
    pub(super) fn overwrite(&self, slot: Slot<'_>, new: &Content) -> PlannedEdits {
        let node = slot.value;
        let Some(member) = slot.member else {
            return self.overwrite_root(new);
        };
        let old = node.span.of(self.text);
        let place = self.spot(slot.flow, old, member.span.start);
        let text = match (new, slot.flow || member.key.is_none()) {
            (Content::Null, true) => "null".to_owned(),
            _ => value(new, &place, self.quoting),
        };
        let start = node.tag.unwrap_or(node.span.start).min(node.span.start);
        let written = Span::new(start, node.span.end);
        match &node.form {
            Form::Empty => Ok(vec![match member.gap {
                Some(gap) if text.is_empty() => TextEdit::insert(gap, ""),
                Some(gap) => TextEdit::insert(gap, format!(" {text}")),
                None => TextEdit::insert(member.span.end, format!(": {text}")),
            }]),
            Form::Scalar | Form::Alias => Ok(vec![TextEdit::replace(written, text)]),
            Form::BlockScalar => Ok(self.overwrite_block_scalar(node.span, start, &text)),
            Form::List { .. } | Form::Table { .. } => {
                self.syntax.refuse_comment(written)?;
                self.overwrite_collection(member, written, text)
            }
        }
    }

    /// Replaces `|` and deletes the lines below; a comment behind the `|` stays.
    fn overwrite_block_scalar(&self, span: Span, start: usize, text: &str) -> Vec<TextEdit> {
        let header = self.text[span.start..span.end].find(char::is_whitespace);
        let header_end = header.map_or(span.end, |length| span.start + length);
        let body = span.of(self.text).trim_end_matches(['\n', '\r']).len();
        let lines = Span::new(line_close(self.text, header_end), span.start + body);
        let mut edits = vec![TextEdit::replace(Span::new(start, header_end), text)];
        if lines.start < lines.end && lines.start >= header_end {
            edits.push(TextEdit::delete(lines));
        }
        edits
    }

    fn overwrite_collection(&self, member: &Member, written: Span, text: String) -> PlannedEdits {
        let opens_line = self.text[line_start(self.text, written.start)..written.start]
            .trim()
            .is_empty();
        let is_block = !written.of(self.text).starts_with(['[', '{']) && opens_line;
        let lines = written.of(self.text).trim_end_matches(['\n', '\r']).len();
        let (Some(gap), true) = (member.gap, is_block) else {
            let written = Span::new(written.start, written.start + lines);
            return Ok(vec![TextEdit::replace(written, text)]);
        };
        let before = line_start(self.text, written.start);
        let above = self.text[..before].trim_end_matches(['\n', '\r']).len();
        let gone = Span::new(above.max(gap), written.start + lines);
        // A comment behind the last value is on a line that goes.
        self.syntax
            .refuse_comment(Span::new(gone.start, line_close(self.text, gone.end)))?;
        Ok(vec![
            TextEdit::insert(gap, format!(" {text}")),
            TextEdit::delete(gone),
        ])
    }

    /// Writes keys into a text that has none, after its comments, or removes all keys of a text.
    fn overwrite_root(&self, new: &Content) -> PlannedEdits {
        let root = &self.syntax.root;
        let Content::Table(pairs) = new else {
            return Err(Refused::new(
                root.span,
                RefusalReason::NotA("a table of keys"),
            ));
        };
        if !matches!(root.form, Form::Empty) {
            let end = line_close(self.text, root.span.end.min(self.range.end));
            self.syntax
                .refuse_comment(Span::new(root.span.start, end))?;
            let is_flow = root.span.of(self.text).starts_with('{');
            let (end, text) = if is_flow {
                (root.span.end, "{}")
            } else {
                (next_line(self.text, end), "")
            };
            let lines = Span::new(root.span.start, end.min(self.range.end));
            return Ok(vec![TextEdit::replace(lines, text)]);
        }
        let line_end = line_end_at(self.text, self.range.start);
        let before = self.range.of(self.text);
        let mut text = String::new();
        if !before.is_empty() && !before.ends_with('\n') {
            text.push_str(line_end);
        }
        let place = self.spot(false, "", self.range.start);
        for (name, content) in pairs {
            text += &pair(name, &value(content, &place, self.quoting), false);
            text += line_end;
        }
        Ok(vec![TextEdit::insert(self.range.end, text)])
    }
}
