//! The way in: a file, an edit, and a result that has been verified.

use super::write::Quoting;
use super::yaml_part::{YamlPart, read_content};
use super::{Content, KeyPath, RefusalReason, Refused, body, codes, passages};
use crate::text::{Source, Span, TextEdit, apply_edits};

/// A change of meaning. Ranges are bytes of the whole file.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Sets a key of front matter or of a YAML file. Tables and lists on the way are created; an
    /// index one past the end of a list appends to it.
    Set {
        /// The way to the value.
        path: KeyPath,
        /// The value.
        value: Content,
    },
    /// Removes a key or an item, with the comments inside and behind it.
    Remove {
        /// The way to the value.
        path: KeyPath,
    },
    /// Adds a code to an entry's `ksbs`, or to its `criteria` if it has only those. A code that is
    /// there gets the reason.
    AddCode {
        /// The code.
        code: String,
        /// The learner's reason.
        because: Option<String>,
    },
    /// Links words of the body to a code, or adds the code to the link that they are in. Blanks at
    /// both ends are left out.
    Mark {
        /// The words.
        range: Span,
        /// The code.
        code: String,
    },
    /// Removes a code from an entry's `ksbs` and `criteria`, with its reason. Passages stay.
    RemoveCode {
        /// The code.
        code: String,
    },
    /// Removes a code from the link that words of the body are in. The words stay.
    Unmark {
        /// The words, or the whole link.
        range: Span,
        /// The code.
        code: String,
    },
    /// Replaces a range of the body. An empty range inserts.
    ReplaceWords {
        /// The bytes that go.
        range: Span,
        /// The text that takes their place, with any line ends.
        text: String,
    },
}

/// An edit that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The changes, sorted by place, none overlapping. Empty if the file was already as wanted.
    pub edits: Vec<TextEdit>,
    /// The whole file afterwards.
    pub text: String,
}

/// A file to edit.
#[derive(Clone, Debug)]
pub struct Editor {
    source: Source,
    is_entry: bool,
}

impl Editor {
    /// An entry: front matter, and a body in Markdown.
    #[must_use]
    pub fn entry(text: &str) -> Self {
        let source = Source::new("", text);
        Self {
            source,
            is_entry: true,
        }
    }

    /// A YAML file: settings, a decision file, a standard.
    #[must_use]
    pub fn yaml(text: &str) -> Self {
        let source = Source::new("", text);
        Self {
            source,
            is_entry: false,
        }
    }

    /// Makes an edit. The result has been parsed again: it means what was asked for, and nothing
    /// else changed.
    ///
    /// # Errors
    /// The edit cannot be made, or not without changing something else. The reason says why.
    pub fn apply(&self, edit: &Edit) -> Result<Edited, Refused> {
        let text = &*self.source.text;
        let is_of_entry = !matches!(edit, Edit::Set { .. } | Edit::Remove { .. });
        if is_of_entry && !self.is_entry {
            return Err(Refused::new(Span::at(0), RefusalReason::NotAnEntry));
        }
        match edit {
            Edit::Mark { range, code } => self.finish(passages::mark(text, *range, code)?),
            Edit::Unmark { range, code } => self.finish(passages::unmark(text, *range, code)?),
            Edit::ReplaceWords { range, text: new } => {
                self.finish(body::replace_words(text, *range, new)?)
            }
            Edit::Set { .. }
            | Edit::Remove { .. }
            | Edit::AddCode { .. }
            | Edit::RemoveCode { .. } => self.edit_yaml(edit),
        }
    }

    /// The number of items in the list of a key; 0 if there is no such list.
    #[must_use]
    pub fn count_items(&self, key: &str) -> usize {
        let content = read_content(&self.source, self.is_entry);
        let path = KeyPath::new(key);
        match content
            .as_ref()
            .ok()
            .and_then(|content| content.at(path.steps()))
        {
            Some(Content::List(items)) => items.len(),
            _ => 0,
        }
    }

    fn edit_yaml(&self, edit: &Edit) -> Result<Edited, Refused> {
        let part = YamlPart::read(&self.source, self.is_entry)?;
        let mut refused = Refused::new(part.range, RefusalReason::NotExact);
        for quoting in [Quoting::Natural, Quoting::Always] {
            let edits = self.plan(&part, edit, quoting)?;
            match self.verify(&part, edit, edits) {
                Ok(edited) => return Ok(edited),
                Err(reason) => refused = reason,
            }
        }
        Err(refused)
    }

    fn plan(
        &self,
        part: &YamlPart,
        edit: &Edit,
        quoting: Quoting,
    ) -> Result<Vec<TextEdit>, Refused> {
        let planner = part.planner(&self.source.text, quoting);
        match edit {
            Edit::Set { path, value } => {
                planner.set(planner.root(), &part.content, path.steps(), value)
            }
            Edit::Remove { path } => planner.remove(planner.root(), path.steps()),
            Edit::AddCode { code, because } => {
                codes::add(&planner, &part.content, code, because.as_deref())
            }
            Edit::RemoveCode { code } => codes::remove(&planner, code),
            // Edits of the body are planned elsewhere.
            Edit::Mark { .. } | Edit::Unmark { .. } | Edit::ReplaceWords { .. } => Ok(Vec::new()),
        }
    }

    /// Parses the result again and compares it with what was wanted.
    fn verify(
        &self,
        part: &YamlPart,
        edit: &Edit,
        edits: Vec<TextEdit>,
    ) -> Result<Edited, Refused> {
        let place = edits.first().map_or(part.range, |edit| edit.range);
        let edited = self.finish(edits)?;
        let not_exact = || Refused::new(place, RefusalReason::NotExact);
        let source = Source::new("", &edited.text);
        let read = read_content(&source, self.is_entry).map_err(|_| not_exact())?;
        let is_exact = match edit {
            Edit::AddCode { code, because } => {
                let claims = codes::claims(&part.content);
                let wanted = codes::with(claims, &part.content, code, because.as_deref());
                codes::claims(&read) == wanted && codes::is_same_but_codes(&read, &part.content)
            }
            Edit::RemoveCode { code } => {
                let wanted = codes::without(codes::claims(&part.content), code);
                codes::claims(&read) == wanted && codes::is_same_but_codes(&read, &part.content)
            }
            _ => is_wanted(&read, &part.content, edit)?,
        };
        let bodies = [&self.source.text, &source.text].map(|text| body_text(text, self.is_entry));
        if is_exact && bodies[0] == bodies[1] {
            return Ok(edited);
        }
        Err(not_exact())
    }

    /// The edited text. If the edits do not fit together, nothing is written.
    fn finish(&self, mut edits: Vec<TextEdit>) -> Result<Edited, Refused> {
        edits.retain(|edit| edit.range.start < edit.range.end || !edit.text.is_empty());
        // Insertions at one place keep their order.
        edits.sort_by_key(|edit| edit.range);
        let place = edits.first().map_or(Span::default(), |edit| edit.range);
        let text = apply_edits(&self.source.text, &edits);
        let text = text.ok_or_else(|| Refused::new(place, RefusalReason::NotExact))?;
        Ok(Edited { edits, text })
    }
}

fn body_text(text: &str, is_entry: bool) -> &str {
    if is_entry {
        super::yaml_part::body(text).of(text)
    } else {
        ""
    }
}

/// Whether `read` is `old` with the edit made. A file without keys and an empty table are the same.
fn is_wanted(read: &Content, old: &Content, edit: &Edit) -> Result<bool, Refused> {
    let mut wanted = old.clone();
    match edit {
        Edit::Set { path, value } => wanted
            .set(path.steps(), value.clone())
            .map_err(|reason| Refused::new(Span::default(), reason))?,
        Edit::Remove { path } => wanted.remove(path.steps()),
        _ => return Ok(false),
    }
    let is_empty = |content: &Content| *content == Content::Table(Vec::new());
    Ok(read.is_same(&wanted) || (*read == Content::Null && is_empty(&wanted)))
}
