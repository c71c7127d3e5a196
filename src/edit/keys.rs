//! Setting and removing values by their path.
//!
//! Edits are planned on the syntax tree and are as small as they can be: a list that gets one more
//! item keeps the spelling of the others, and a table its order.

use super::line_ends::{line_end_at, line_start};
use super::members::Members;
use super::syntax::{Form, Member, Syntax, SyntaxTree};
use super::write::{Quoting, Spot, pair, value};
use super::{Content, PathStep, RefusalReason, Refused};
use crate::text::{Span, TextEdit};

pub(super) type PlannedEdits = Result<Vec<TextEdit>, Refused>;

/// Plans edits of one YAML text.
#[derive(Debug)]
pub(super) struct Planner<'a> {
    /// The whole file.
    pub text: &'a str,
    /// The part of it that is YAML.
    pub range: Span,
    /// How that part is written.
    pub syntax: &'a SyntaxTree,
    /// How texts are written.
    pub quoting: Quoting,
}

/// A value, and where it would be written if nothing is there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'a> {
    pub value: &'a Syntax,
    /// The key or item that has the value; `None` for the whole text.
    pub member: Option<&'a Member>,
    /// Whether it is inside brackets.
    pub flow: bool,
}

impl<'a> Slot<'a> {
    pub(super) fn of(member: &'a Member, flow: bool) -> Self {
        Self {
            value: &member.value,
            member: Some(member),
            flow,
        }
    }

    /// Whether members of this value are in brackets.
    pub(super) fn is_flow(&self) -> bool {
        matches!(
            self.value.form,
            Form::List { flow: true, .. } | Form::Table { flow: true, .. }
        )
    }
}

impl<'a> Planner<'a> {
    /// The whole text as a slot.
    pub(super) fn root(&self) -> Slot<'a> {
        Slot {
            value: &self.syntax.root,
            member: None,
            flow: false,
        }
    }

    /// Sets the value at `path` below `slot`, of which `old` is the present content.
    pub(super) fn set(
        &self,
        slot: Slot<'_>,
        old: &Content,
        path: &[PathStep],
        new: &Content,
    ) -> PlannedEdits {
        let Some((step, rest)) = path.split_first() else {
            return self.replace(slot, old, new);
        };
        match (&slot.value.form, step) {
            (Form::Table { flow, pairs }, PathStep::Key(key)) => match find(pairs, key)? {
                Some(at) => {
                    let old = old.at(std::slice::from_ref(step)).unwrap_or(&Content::Null);
                    self.set(Slot::of(&pairs[at], *flow), old, rest, new)
                }
                None => self.add_pairs(slot, &[(key.clone(), nest(rest, new)?)]),
            },
            (Form::List { flow, items }, PathStep::Index(index)) => match items.get(*index) {
                Some(item) => {
                    let old = old.at(std::slice::from_ref(step)).unwrap_or(&Content::Null);
                    self.set(Slot::of(item, *flow), old, rest, new)
                }
                None if *index == items.len() => self.add_items(slot, &[nest(rest, new)?]),
                None => Err(Refused::new(
                    slot.value.span,
                    RefusalReason::NoSuchItem(*index),
                )),
            },
            (Form::Empty, _) => self.overwrite(slot, &nest(path, new)?),
            (Form::Alias, _) => Err(Refused::new(slot.value.span, RefusalReason::Alias)),
            (_, PathStep::Key(_)) => Err(Refused::new(
                slot.value.span,
                RefusalReason::NotA("a table of keys"),
            )),
            (_, PathStep::Index(_)) => {
                Err(Refused::new(slot.value.span, RefusalReason::NotA("a list")))
            }
        }
    }

    /// Removes the key or item at `path` below `slot`; plans nothing if it is not there.
    pub(super) fn remove(&self, slot: Slot<'_>, path: &[PathStep]) -> PlannedEdits {
        let Some((step, rest)) = path.split_first() else {
            return Ok(Vec::new());
        };
        let (flow, members, at) = match (&slot.value.form, step) {
            (Form::Table { flow, pairs }, PathStep::Key(key)) => (*flow, pairs, find(pairs, key)?),
            (Form::List { flow, items }, PathStep::Index(index)) => (*flow, items, Some(*index)),
            _ => return Ok(Vec::new()),
        };
        match at.and_then(|at| Some((at, members.get(at)?))) {
            None => Ok(Vec::new()),
            Some((at, _)) if rest.is_empty() => self.remove_members(slot, &[at]),
            Some((_, member)) => self.remove(Slot::of(member, flow), rest),
        }
    }

    /// Removes members of the list or table in `slot`; brackets stay if none is left.
    pub(super) fn remove_members(&self, slot: Slot<'_>, indices: &[usize]) -> PlannedEdits {
        let (Form::List { items: members, .. } | Form::Table { pairs: members, .. }) =
            &slot.value.form
        else {
            return Ok(Vec::new());
        };
        if indices.len() < members.len() {
            return self
                .members(slot.value)
                .map_or(Ok(Vec::new()), |all| all.remove(indices));
        }
        let nothing = match slot.value.form {
            Form::List { .. } => Content::List(Vec::new()),
            _ => Content::Table(Vec::new()),
        };
        self.overwrite(slot, &nothing)
    }

    /// Adds items to the list in `slot`.
    pub(super) fn add_items(&self, slot: Slot<'_>, items: &[Content]) -> PlannedEdits {
        let Some(members) = self.members(slot.value) else {
            return self.overwrite(slot, &Content::List(items.to_vec()));
        };
        Ok(members.insert_after(members.all.len() - 1, &self.items(&members, items)))
    }

    /// Adds keys to the table in `slot`.
    pub(super) fn add_pairs(&self, slot: Slot<'_>, pairs: &[(String, Content)]) -> PlannedEdits {
        let Some(members) = self.members(slot.value) else {
            return self.overwrite(slot, &Content::Table(pairs.to_vec()));
        };
        Ok(members.insert_after(members.all.len() - 1, &self.pairs(&members, pairs)))
    }

    /// An item as it is written in brackets.
    pub(super) fn item(&self, item: &Content) -> String {
        value(item, &self.spot(true, "", self.range.start), self.quoting)
    }

    fn items(&self, list: &Members<'_>, items: &[Content]) -> Vec<String> {
        let spot = self.spot(list.flow, "", list.span.start);
        let dash = if list.flow { "" } else { "- " };
        let written = |item: &Content| match item {
            // `- K7: reason`
            Content::Table(pairs) if !list.flow && pairs.len() == 1 => pair(
                &pairs[0].0,
                &value(&pairs[0].1, &spot, Quoting::Always),
                false,
            ),
            Content::Null => "null".to_owned(),
            item => value(item, &spot, self.quoting),
        };
        items
            .iter()
            .map(|item| format!("{dash}{}", written(item)))
            .collect()
    }

    fn pairs(&self, table: &Members<'_>, pairs: &[(String, Content)]) -> Vec<String> {
        let spot = self.spot(table.flow, "", table.span.start);
        let written = |content| value(content, &spot, self.quoting);
        pairs
            .iter()
            .map(|(name, content)| pair(name, &written(content), table.flow))
            .collect()
    }

    /// The members of a list or table that has some.
    fn members<'m>(&'m self, node: &'m Syntax) -> Option<Members<'m>> {
        let (Form::List {
            flow,
            items: members,
        }
        | Form::Table {
            flow,
            pairs: members,
        }) = &node.form
        else {
            return None;
        };
        (!members.is_empty()).then_some(Members {
            text: self.text,
            syntax: self.syntax,
            span: node.span,
            flow: *flow,
            all: members,
        })
    }

    /// A place for a value; lines of a block scalar go two columns deeper than the line of `at`.
    pub(super) fn spot<'s>(&self, flow: bool, old: &'s str, at: usize) -> Spot<'s> {
        let line = self.text[line_start(self.text, at)..at].trim_start_matches('\u{feff}');
        let dashes = line
            .chars()
            .take_while(|sign| matches!(sign, ' ' | '-'))
            .count();
        let block = (!flow).then_some(dashes + 2);
        Spot {
            flow,
            old,
            block,
            line_end: line_end_at(self.text, at),
        }
    }

    fn replace(&self, slot: Slot<'_>, old: &Content, new: &Content) -> PlannedEdits {
        if old.is_same(new) && !matches!(slot.value.form, Form::Empty) {
            return Ok(Vec::new());
        }
        match (&slot.value.form, old, new) {
            (Form::List { flow, items }, Content::List(old), Content::List(new))
                if items.len() == old.len() =>
            {
                self.replace_items(slot, (*flow, items), old, new)
            }
            (Form::Table { flow, pairs }, Content::Table(old), Content::Table(new))
                if pairs.len() == old.len() =>
            {
                self.replace_pairs(slot, (*flow, pairs), old, new)
            }
            _ => self.overwrite(slot, new),
        }
    }

    /// Keeps equal items at both ends; changes, adds or removes those between.
    fn replace_items(
        &self,
        slot: Slot<'_>,
        (flow, items): (bool, &[Member]),
        old: &[Content],
        new: &[Content],
    ) -> PlannedEdits {
        let same = |(left, right): &(&Content, &Content)| left.is_same(right);
        let before = old.iter().zip(new).take_while(same).count();
        let (old_rest, new_rest) = (&old[before..], &new[before..]);
        let after = old_rest
            .iter()
            .rev()
            .zip(new_rest.iter().rev())
            .take_while(same)
            .count();
        let (old_mid, new_mid) = (
            &old_rest[..old_rest.len() - after],
            &new_rest[..new_rest.len() - after],
        );
        let Some(members) = self.members(slot.value).filter(|_| !new.is_empty()) else {
            return self.overwrite(slot, &Content::List(new.to_vec()));
        };
        let mut edits = Vec::new();
        let both = old_mid.len().min(new_mid.len());
        for at in 0..both {
            let slot = Slot::of(&items[before + at], flow);
            edits.extend(self.replace(slot, &old_mid[at], &new_mid[at])?);
        }
        let gone: Vec<usize> = (before + both..before + old_mid.len()).collect();
        edits.extend(members.remove(&gone)?);
        let more = self.items(&members, &new_mid[both..]);
        match (more.is_empty(), before + both) {
            (true, _) => {}
            (false, 0) => edits.extend(members.insert_first(&more)),
            (false, last) => edits.extend(members.insert_after(last - 1, &more)),
        }
        Ok(edits)
    }

    fn replace_pairs(
        &self,
        slot: Slot<'_>,
        (flow, pairs): (bool, &[Member]),
        old: &[(String, Content)],
        new: &[(String, Content)],
    ) -> PlannedEdits {
        let kept = |(name, _): &&(String, Content)| new.iter().any(|(other, _)| other == name);
        let Some(members) = self
            .members(slot.value)
            .filter(|_| old.iter().any(|pair| kept(&pair)))
        else {
            return self.overwrite(slot, &Content::Table(new.to_vec()));
        };
        let mut edits = Vec::new();
        let mut gone = Vec::new();
        for (at, (name, old)) in old.iter().enumerate() {
            match new.iter().find(|(other, _)| other == name) {
                Some((_, new)) => {
                    edits.extend(self.replace(Slot::of(&pairs[at], flow), old, new)?);
                }
                None => gone.push(at),
            }
        }
        edits.extend(members.remove(&gone)?);
        let is_new = |(name, _): &&(String, Content)| old.iter().all(|(other, _)| other != name);
        let more: Vec<_> = new.iter().filter(is_new).cloned().collect();
        if !more.is_empty() {
            edits.extend(members.insert_after(pairs.len() - 1, &self.pairs(&members, &more)));
        }
        Ok(edits)
    }
}

/// The tables and lists that a path still needs, around a value.
fn nest(path: &[PathStep], inner: &Content) -> Result<Content, Refused> {
    match path.split_first() {
        None => Ok(inner.clone()),
        Some((PathStep::Key(key), rest)) => {
            Ok(Content::Table(vec![(key.clone(), nest(rest, inner)?)]))
        }
        Some((PathStep::Index(0), rest)) => Ok(Content::List(vec![nest(rest, inner)?])),
        Some((PathStep::Index(index), _)) => Err(Refused::new(
            Span::default(),
            RefusalReason::NoSuchItem(*index),
        )),
    }
}

/// Where a key is. The program reads keys in any case, so `Title` and `title` are one key, written
/// twice.
pub(super) fn find(pairs: &[Member], key: &str) -> Result<Option<usize>, Refused> {
    let is_named = |member: &Member| {
        member
            .key
            .as_ref()
            .is_some_and(|(_, name)| name.eq_ignore_ascii_case(key))
    };
    let found: Vec<usize> = (0..pairs.len())
        .filter(|at| is_named(&pairs[*at]))
        .collect();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        [.., last] => {
            let reason = RefusalReason::RepeatedKey(key.to_owned());
            Err(Refused::new(pairs[*last].span, reason))
        }
    }
}
