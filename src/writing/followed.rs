//! Links to an entry, and texts in which they follow its new name.

use std::collections::BTreeMap;

use crate::engine::{EngineError, Snapshot};
use crate::model::EntryIndex;
use crate::parse::{self, DraftEntry, DraftLink, WIKI};
use crate::text::{Source, SourcePath, Span, TextEdit, apply_edits, split_fragment};

/// An entry by what links name it with, before and after.
pub(super) struct NewNames<'a> {
    /// Its index.
    pub at: usize,
    /// The entries as they are before.
    pub index: &'a EntryIndex,
    /// The id by which others name it.
    pub id: &'a str,
    /// Its present title.
    pub title: &'a str,
    /// The stem of its file afterwards.
    pub stem: &'a str,
    /// Its title afterwards.
    pub new_title: &'a str,
    /// Its id afterwards.
    pub new_id: &'a str,
}

/// A text with links that follow.
#[derive(Debug)]
pub(super) struct FollowedText {
    /// The text afterwards.
    pub text: String,
    /// The number of links of the body that changed.
    pub links: usize,
    /// The number of actions that name the entry by another id now.
    pub actions: usize,
}

/// The number of places in the text of an entry that name another: links, and actions that it closes.
pub(super) fn count_links(project: &Snapshot, path: &SourcePath, text: &str, at: usize) -> usize {
    let index = &project.portfolio.index;
    let draft = read(path, text);
    let links = draft.body.links.iter();
    let links = links.filter(|link| index.linked(path, &link.target) == Some(at));
    let actions = draft.front_matter.actions.iter();
    let closing = actions.filter_map(|action| action.closed_by.as_ref());
    let closing = closing.filter(|id| index.by_id(&id.value) == Some(at));
    links.count() + closing.count()
}

fn read(path: &SourcePath, text: &str) -> DraftEntry {
    parse::entry(&Source::new(path.as_str(), text)).value
}

/// Makes the links in the text of an entry follow new names.
///
/// # Errors
/// A link is written in a way that cannot be followed.
pub(super) fn follow(
    path: &SourcePath,
    text: &str,
    names: &NewNames<'_>,
) -> Result<FollowedText, EngineError> {
    let draft = read(path, text);
    let mut edits = BTreeMap::new();
    let mut wanted = Vec::new();
    let mut links = 0;
    for link in &draft.body.links {
        let new = names.replace_target(path, &link.target);
        let new = new.filter(|new| *new != link.target);
        if let Some(new) = &new {
            links += 1;
            for edit in edit_link(text, link, new) {
                edits.insert(edit.range.start, edit);
            }
        }
        wanted.push(new.unwrap_or_else(|| link.target.clone()));
    }
    let mut actions = 0;
    for action in &draft.front_matter.actions {
        let Some(id) = action
            .closed_by
            .as_ref()
            .filter(|_| names.id != names.new_id)
        else {
            continue;
        };
        if names.index.by_id(&id.value) == Some(names.at) && id.span.of(text) == id.value {
            actions += 1;
            edits.insert(id.span.start, TextEdit::replace(id.span, names.new_id));
        }
    }
    if edits.is_empty() {
        // A link that should follow, and of which the target was not found, has no edit.
        return if links == 0 {
            Ok(FollowedText {
                text: text.to_owned(),
                links,
                actions,
            })
        } else {
            Err(refuse_link(path))
        };
    }
    let edits: Vec<TextEdit> = edits.into_values().collect();
    let new = apply_edits(text, &edits);
    let is_followed = |new: &String| {
        let links = read(path, new).body.links;
        links.iter().map(|link| &link.target).eq(&wanted)
    };
    let text = new.filter(is_followed).ok_or_else(|| refuse_link(path))?;
    Ok(FollowedText {
        text,
        links,
        actions,
    })
}

fn refuse_link(path: &SourcePath) -> EngineError {
    let message = format!("a link in {path} is written in a way that cannot be followed");
    let help = "change that link by hand first; nothing was written";
    EngineError::refused(message, help)
}

/// The edits that give a link another target: at the link, or where its target is defined.
fn edit_link(text: &str, link: &DraftLink, new: &str) -> Vec<TextEdit> {
    let typed = link.target.trim_start_matches(WIKI);
    let new = new.trim_start_matches(WIKI);
    if link.span.of(text) == typed {
        return vec![TextEdit::replace(link.span, new)];
    }
    let places = text.match_indices(typed);
    let places = places.filter(|(at, _)| text[..*at].trim_end_matches(['<', ' ']).ends_with("]:"));
    let edits = places.map(|(at, found)| TextEdit::replace(Span::new(at, at + found.len()), new));
    edits.collect()
}

impl NewNames<'_> {
    /// The target by which a link in the file `from` names the entry afterwards; `None` if it names
    /// another.
    fn replace_target(&self, from: &SourcePath, target: &str) -> Option<String> {
        if self.index.linked(from, target) != Some(self.at) {
            return None;
        }
        let (named, fragment) = split_fragment(target);
        let fragment = fragment.map_or(String::new(), |fragment| format!("#{fragment}"));
        if named.starts_with("entry:") {
            return Some(format!("entry:{}{fragment}", self.new_id));
        }
        let folder = named.rfind('/').map_or(0, |at| at + 1);
        if let Some(name) = named.strip_prefix(WIKI) {
            let folder = folder.max(WIKI.len());
            let name = name.rsplit('/').next().unwrap_or_default();
            let stem = name.strip_suffix(".md");
            let ending = stem.map_or("", |_| ".md");
            let new = self.replace_name(stem.unwrap_or(name));
            return Some(format!("{}{new}{ending}{fragment}", &named[..folder]));
        }
        let ending = named.rfind('.').filter(|at| *at > folder);
        let ending = ending.map_or("", |at| &named[at..]);
        Some(format!(
            "{}{}{ending}{fragment}",
            &named[..folder],
            self.stem
        ))
    }

    /// The name afterwards of a link by name: by id, by title, or by the stem of the file.
    fn replace_name<'n>(&'n self, name: &'n str) -> &'n str {
        let is = |other: &str| name.to_lowercase() == other.to_lowercase();
        if name == self.id {
            self.new_id
        } else if is(self.title) {
            if is(self.new_title) {
                name
            } else {
                self.new_title
            }
        } else {
            self.stem
        }
    }
}
