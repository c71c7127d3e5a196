//! Word documents as text: finds the parts of the package, and reads them in order.

use std::collections::BTreeMap;

use super::body::WordBody;
use super::lists::DocumentLists;
use super::manuscript::{LeftBehind, Manuscript, TextBlock, TextPicture};
use super::picture_name::description;
use super::relations::{NoteId, PartRelation, Relations};
use super::styles::WordStyles;
use crate::document::package::Parts;
use crate::document::refusal::Refusal;
use crate::document::xml::{self, Step};

/// Whether a package is that of a Word document.
pub(super) fn is_word(parts: &Parts) -> bool {
    main_part(parts).is_ok()
}

/// Reads a Word document.
pub(super) fn read(parts: Parts) -> Result<Manuscript, Refusal> {
    let main = main_part(&parts)?;
    let relations = read_relations(&parts, &main)?;
    let related = |kind: &str| {
        let mut found = relations.values();
        let found = found.find(|one| !one.is_outside && one.kind == kind);
        found.and_then(|one| find(&parts, &one.target))
    };
    let styles = match related("styles") {
        Some(bytes) => WordStyles::read(bytes)?,
        None => WordStyles::default(),
    };
    let mut lists = match related("numbering") {
        Some(bytes) => DocumentLists::read(bytes)?,
        None => DocumentLists::default(),
    };
    let mut left = LeftBehind::default();
    let mut notes: BTreeMap<NoteId, Vec<TextBlock>> = BTreeMap::new();
    for kind in ["footnote", "endnote"] {
        let Some(bytes) = related(&format!("{kind}s")) else {
            continue;
        };
        let none = Relations::new();
        let mut reader = WordBody::new(&styles, &mut lists, &none, left);
        reader.read_notes(bytes, kind)?;
        left = reader.counts();
        notes.extend(reader.into_notes());
    }
    left.comments += related("comments").map_or(Ok(0), count_comments)?;
    left.headers += count_headers(&parts)?;
    let body = find(&parts, &main).ok_or(Refusal::Broken)?;
    let mut reader = WordBody::new(&styles, &mut lists, &relations, left);
    reader.read_body(body)?;
    let mut manuscript = reader.finish(notes);
    manuscript.saved = read_saved(&parts)?;
    let wanted = std::mem::take(&mut manuscript.pictures);
    manuscript.pictures = take_pictures(wanted, parts);
    Ok(manuscript)
}

/// The bytes of a part. Office ignores case in names.
fn find<'a>(parts: &'a Parts, name: &str) -> Option<&'a [u8]> {
    let found = parts
        .iter()
        .find(|(path, _)| path.eq_ignore_ascii_case(name));
    found.map(|(_, bytes)| bytes.as_slice())
}

/// The path of the part with the text.
fn main_part(parts: &Parts) -> Result<String, Refusal> {
    let relations = read_relations(parts, "")?;
    let mut main = relations
        .into_values()
        .filter(|one| one.kind == "officeDocument");
    let main = main.next().ok_or(Refusal::AnotherType)?.target;
    let bytes = find(parts, &main).ok_or(Refusal::AnotherType)?;
    // Workbooks and presentations have a main part too.
    if xml::root_name(bytes) == "document" {
        Ok(main)
    } else {
        Err(Refusal::AnotherType)
    }
}

/// The relations of a part; those of the package if `part` is empty.
fn read_relations(parts: &Parts, part: &str) -> Result<Relations, Refusal> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let path = if folder.is_empty() {
        format!("_rels/{name}.rels")
    } else {
        format!("{folder}/_rels/{name}.rels")
    };
    let mut relations = Relations::new();
    let Some(bytes) = find(parts, &path) else {
        return Ok(relations);
    };
    xml::walk(bytes, &mut |step, _| {
        let Step::Open(element) = step else { return };
        if element.name != "Relationship" {
            return;
        }
        let get = |key: &str| element.get(key).unwrap_or_default();
        let is_outside = get("TargetMode").eq_ignore_ascii_case("external");
        let target = get("Target");
        let relation = PartRelation {
            kind: get("Type").rsplit('/').next().unwrap_or_default().into(),
            target: if is_outside {
                target.to_owned()
            } else {
                resolve(folder, target)
            },
            is_outside,
        };
        relations.insert(get("Id").to_owned(), relation);
    })?;
    Ok(relations)
}

/// The path of a target that is relative to a folder.
fn resolve(folder: &str, target: &str) -> String {
    let (base, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target),
    };
    let mut path: Vec<&str> = base.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

fn count_comments(bytes: &[u8]) -> Result<u32, Refusal> {
    let mut count = 0;
    xml::walk(bytes, &mut |step, _| {
        count += u32::from(matches!(step, Step::Open(element) if element.name == "comment"));
    })?;
    Ok(count)
}

/// The number of headers and footers with words.
fn count_headers(parts: &Parts) -> Result<u32, Refusal> {
    let mut count = 0;
    for (_, bytes) in parts.iter().filter(|(name, _)| is_header(name)) {
        let mut has_words = false;
        xml::walk(bytes, &mut |step, around| {
            let in_text = around.last().is_some_and(|one| one.name == "t");
            has_words |= in_text && matches!(step, Step::Text(text) if !text.trim().is_empty());
        })?;
        count += u32::from(has_words);
    }
    Ok(count)
}

fn is_header(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    let file = file.to_ascii_lowercase();
    let is_xml = file
        .rsplit_once('.')
        .is_some_and(|(_, ending)| ending == "xml");
    is_xml && (file.starts_with("header") || file.starts_with("footer"))
}

/// The day on which the document was saved last, or else made.
fn read_saved(parts: &Parts) -> Result<Option<String>, Refusal> {
    let relations = read_relations(parts, "")?;
    let mut relations = relations.values();
    let core = relations.find(|one| one.kind == "core-properties");
    let Some(bytes) = core.and_then(|one| find(parts, &one.target)) else {
        return Ok(None);
    };
    let (mut modified, mut created) = (None, None);
    xml::walk(bytes, &mut |step, around| {
        let Step::Text(text) = step else { return };
        match around.last().map(|one| one.name.as_str()) {
            Some("modified") => modified = Some(text.trim().to_owned()),
            Some("created") => created = Some(text.trim().to_owned()),
            _ => {}
        }
    })?;
    Ok(modified.or(created))
}

/// Takes the wanted pictures, which have the names of parts in place of bytes, out of the package.
fn take_pictures(wanted: Vec<TextPicture>, parts: Parts) -> Vec<TextPicture> {
    let mut parts: BTreeMap<String, Vec<u8>> = parts
        .into_iter()
        .map(|(name, bytes)| (name.to_lowercase(), bytes))
        .collect();
    let mut names: Vec<String> = wanted
        .iter()
        .map(|picture| String::from_utf8_lossy(&picture.bytes).to_lowercase())
        .collect();
    let mut taken = Vec::new();
    while let Some(name) = names.pop() {
        // A part may be shown twice.
        let bytes = if names.contains(&name) {
            parts.get(&name).cloned()
        } else {
            parts.remove(&name)
        };
        taken.push(bytes.unwrap_or_default());
    }
    taken.reverse();
    let pictures = wanted.into_iter().zip(taken);
    let picture = |(picture, bytes): (TextPicture, Vec<u8>)| TextPicture {
        bytes,
        alt: description(&picture.alt),
    };
    pictures.map(picture).collect()
}
