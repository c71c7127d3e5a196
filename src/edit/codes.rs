//! Codes in front matter: `ksbs: [K7, {S7: "reason"}]` and all the other ways in which people write
//! that.

use super::keys::{PlannedEdits, Planner, Slot, find};
use super::passages::check_code;
use super::syntax::{Form, Member, Syntax};
use super::{Content, PathStep, RefusalReason, Refused};
use crate::model::Code;
use crate::text::{Span, TextEdit};

/// The keys that take codes, in the order in which the program reads them.
const KEYS: [&str; 2] = ["ksbs", "criteria"];

/// A code as typed, with the learner's reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CodeClaim {
    pub code: String,
    pub because: Option<String>,
}

/// The codes of front matter, as `parse::entry` reads them.
pub(super) fn claims(front_matter: &Content) -> Vec<CodeClaim> {
    let mut claims = Vec::new();
    for key in KEYS {
        match front_matter.at(&[PathStep::Key(key.to_owned())]) {
            Some(Content::List(items)) => items.iter().for_each(|item| of_item(item, &mut claims)),
            Some(value) => of_item(value, &mut claims),
            None => {}
        }
    }
    claims
}

fn of_item(item: &Content, claims: &mut Vec<CodeClaim>) {
    match item {
        Content::Table(pairs) => claims.extend(pairs.iter().map(|(code, reason)| CodeClaim {
            code: code.clone(),
            because: match reason {
                Content::Text(words) if !words.trim().is_empty() => Some(words.trim().to_owned()),
                _ => None,
            },
        })),
        Content::Text(typed) | Content::Number(typed) => {
            let codes = typed.split(',').map(|code| code.trim().to_owned());
            claims.extend(codes.map(|code| CodeClaim {
                code,
                because: None,
            }));
        }
        _ => {}
    }
}

fn is_same_code(left: &str, right: &str) -> bool {
    Code::fold(left) == Code::fold(right)
}

/// The claims after a code is added.
pub(super) fn with(
    mut claims: Vec<CodeClaim>,
    front_matter: &Content,
    code: &str,
    because: Option<&str>,
) -> Vec<CodeClaim> {
    let because = because.map(|words| words.trim().to_owned());
    if let Some(claim) = claims
        .iter_mut()
        .find(|claim| is_same_code(&claim.code, code))
    {
        claim.because = because.or(claim.because.take());
        return claims;
    }
    // A new code goes behind the last one of the first key, before those of the second.
    let only = |key: &str| front_matter.at(&[PathStep::Key(key.to_owned())]).cloned();
    let first = only(KEYS[0])
        .map(|value| self::claims(&Content::Table(vec![(KEYS[0].to_owned(), value)])).len());
    let at = first.unwrap_or(claims.len());
    claims.insert(
        at,
        CodeClaim {
            code: code.to_owned(),
            because,
        },
    );
    claims
}

/// The claims after a code is removed.
pub(super) fn without(mut claims: Vec<CodeClaim>, code: &str) -> Vec<CodeClaim> {
    claims.retain(|claim| !is_same_code(&claim.code, code));
    claims
}

/// Whether two front matters differ in nothing but their codes.
pub(super) fn is_same_but_codes(left: &Content, right: &Content) -> bool {
    let others = |content: &Content| {
        let mut content = match content {
            Content::Null => Content::Table(Vec::new()),
            content => content.clone(),
        };
        for key in KEYS {
            content.remove(&[PathStep::Key(key.to_owned())]);
        }
        content
    };
    others(left).is_same(&others(right))
}

/// Plans one more code, or a reason for one that is there.
pub(super) fn add(
    planner: &Planner<'_>,
    front_matter: &Content,
    code: &str,
    because: Option<&str>,
) -> PlannedEdits {
    let root = planner.root();
    check_code(root.value.span, code)?;
    let known = claims(front_matter);
    if let Some(claim) = known.iter().find(|claim| is_same_code(&claim.code, code)) {
        return match because.map(str::trim) {
            Some(words) if claim.because.as_deref() != Some(words) => justify(planner, code, words),
            _ => Ok(Vec::new()),
        };
    }
    let item = item(code, because);
    let Some(member) = code_members(&root)?.into_iter().next() else {
        let key = (KEYS[0].to_owned(), Content::List(vec![item]));
        return match root.value.form {
            Form::Empty | Form::Table { .. } => planner.add_pairs(root, &[key]),
            _ => Err(Refused::new(
                root.value.span,
                RefusalReason::NotA("a table of keys"),
            )),
        };
    };
    let slot = Slot::of(member, root.is_flow());
    match &slot.value.form {
        Form::Empty | Form::List { .. } => planner.add_items(slot, &[item]),
        Form::Table { .. } => {
            let reason = because.map_or(Content::Null, Content::text);
            planner.add_pairs(slot, &[(code.to_owned(), reason)])
        }
        Form::Scalar => Ok(into_list(slot.value, &planner.item(&item))),
        Form::Alias => Err(Refused::new(slot.value.span, RefusalReason::Alias)),
        Form::BlockScalar => Err(Refused::new(slot.value.span, RefusalReason::NotA("a list"))),
    }
}

fn item(code: &str, because: Option<&str>) -> Content {
    match because {
        Some(words) => Content::Table(vec![(code.to_owned(), Content::text(words.trim()))]),
        None => Content::text(code),
    }
}

/// Brackets around a value that is a list of codes without them.
fn into_list(value: &Syntax, item: &str) -> Vec<TextEdit> {
    vec![
        TextEdit::insert(value.tag.unwrap_or(value.span.start), "["),
        TextEdit::insert(value.span.end, format!(", {item}]")),
    ]
}

/// The keys of front matter that take codes.
fn code_members<'a>(root: &Slot<'a>) -> Result<Vec<&'a Member>, Refused> {
    let Form::Table { pairs, .. } = &root.value.form else {
        return Ok(Vec::new());
    };
    let mut members = Vec::new();
    for key in KEYS {
        members.extend(find(pairs, key)?.map(|at| &pairs[at]));
    }
    Ok(members)
}

/// Plans a reason for a code that is there.
fn justify(planner: &Planner<'_>, code: &str, words: &str) -> PlannedEdits {
    let root = planner.root();
    let reason = Content::text(words);
    for member in code_members(&root)? {
        let slot = Slot::of(member, root.is_flow());
        let items: Vec<Slot<'_>> = match &slot.value.form {
            Form::List { flow, items } => items.iter().map(|item| Slot::of(item, *flow)).collect(),
            _ => vec![slot],
        };
        for item in items {
            match &item.value.form {
                Form::Table { flow, pairs } => {
                    if let Some(pair) = pairs.iter().find(|pair| is_key(pair, code)) {
                        return planner.set(Slot::of(pair, *flow), &Content::Null, &[], &reason);
                    }
                }
                Form::Scalar => {
                    let typed = unquoted(item.value.span.of(planner.text));
                    if typed.split(',').any(|one| is_same_code(one, code)) {
                        let is_item = !matches!(slot.value.form, Form::Scalar);
                        return Ok(justify_typed(
                            planner,
                            item.value.span,
                            is_item,
                            (code, words),
                        ));
                    }
                }
                _ => {}
            }
        }
    }
    Err(Refused::new(root.value.span, RefusalReason::NotExact))
}

/// A reason for one of the codes of `K7, S7`, which become a list unless they are in one.
fn justify_typed(
    planner: &Planner<'_>,
    span: Span,
    is_item: bool,
    (code, words): (&str, &str),
) -> Vec<TextEdit> {
    let each = unquoted(span.of(planner.text)).split(',').map(str::trim);
    let with_reason = |one: &str| item(one, Some(words).filter(|_| is_same_code(one, code)));
    let items: Vec<String> = each.map(|one| planner.item(&with_reason(one))).collect();
    let items = items.join(", ");
    let is_list = !is_item && items.contains(", ");
    let text = if is_list { format!("[{items}]") } else { items };
    vec![TextEdit::replace(span, text)]
}

/// Plans that a code is no longer there.
pub(super) fn remove(planner: &Planner<'_>, code: &str) -> PlannedEdits {
    let root = planner.root();
    let mut edits = Vec::new();
    for member in code_members(&root)? {
        let slot = Slot::of(member, root.is_flow());
        let Form::List { flow, items } = &slot.value.form else {
            match remove_from(planner, slot, code)? {
                Remains::Some(changed) => edits.extend(changed),
                Remains::Nothing => {
                    edits.extend(planner.overwrite(slot, &Content::List(Vec::new()))?);
                }
            }
            continue;
        };
        let mut gone = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match remove_from(planner, Slot::of(item, *flow), code)? {
                Remains::Some(changed) => edits.extend(changed),
                Remains::Nothing => gone.push(at),
            }
        }
        if !gone.is_empty() {
            edits.extend(planner.remove_members(slot, &gone)?);
        }
    }
    Ok(edits)
}

/// An item after a code is removed from it.
enum Remains {
    /// It has other codes; the edits that remove this one, if it is there.
    Some(Vec<TextEdit>),
    /// It has no other code.
    Nothing,
}

/// Plans that a code is no longer in a value that is no list.
fn remove_from(planner: &Planner<'_>, slot: Slot<'_>, code: &str) -> Result<Remains, Refused> {
    match &slot.value.form {
        Form::Table { pairs, .. } => {
            let is_gone = |at: &usize| is_key(&pairs[*at], code);
            let gone: Vec<usize> = (0..pairs.len()).filter(is_gone).collect();
            if gone.is_empty() {
                Ok(Remains::Some(Vec::new()))
            } else if gone.len() == pairs.len() {
                Ok(Remains::Nothing)
            } else {
                planner.remove_members(slot, &gone).map(Remains::Some)
            }
        }
        Form::Scalar => {
            let span = slot.value.span;
            let typed = unquoted(span.of(planner.text));
            let all: Vec<&str> = typed.split(',').map(str::trim).collect();
            let is_other = |one: &&&str| !is_same_code(one, code);
            let others: Vec<&str> = all.iter().filter(is_other).copied().collect();
            Ok(if others.len() == all.len() {
                Remains::Some(Vec::new())
            } else if others.is_empty() {
                Remains::Nothing
            } else {
                let text = planner.item(&Content::text(&others.join(", ")));
                Remains::Some(vec![TextEdit::replace(span, text)])
            })
        }
        Form::Alias => Err(Refused::new(slot.value.span, RefusalReason::Alias)),
        _ => Ok(Remains::Some(Vec::new())),
    }
}

fn is_key(pair: &Member, code: &str) -> bool {
    pair.key
        .as_ref()
        .is_some_and(|(_, name)| is_same_code(name, code))
}

fn unquoted(typed: &str) -> &str {
    typed.trim_matches(['"', '\''])
}
