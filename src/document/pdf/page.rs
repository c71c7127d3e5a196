//! The text of the pages, in lines and words, and what on them does not show.

use super::canvas::{Canvas, MOST_OPERATORS};
use super::font::number_of;
use super::geometry::Rectangle;
use super::library::{Dictionary, Document, Object, ObjectId, name_of};
use super::shown::{Area, Fragment};
use super::stream::{self, MOST_UNPACKED, resolve};
use crate::document::carried::{ContentKind, Contents, Part};
use crate::document::refusal::Refusal;

/// Letters below this height in points cannot be read.
const SMALLEST: f64 = 1.0;

/// The most comparisons of texts with areas on one page.
const MOST_COMPARED: usize = 40_000_000;

const NO_MEANING: &str = "the letters of some of its pages have no meaning on record";
const PARTIAL: &str = "some of its pages have more on them than is read";
const NO_TEXT: &str = "some of its pages are pictures, or drawings of letters";
const ONE_BY_ONE: &str = "the letters of some of its pages are placed one by one";

/// Reads the text of all pages, and records what does not show or cannot be read.
pub(super) fn read_all(document: &Document, carried: &mut Contents) -> Result<(), Refusal> {
    let (mut left, mut bytes) = (MOST_OPERATORS, 4 * MOST_UNPACKED);
    for (_, id) in document.get_pages() {
        let content = content_of(document, id)?;
        bytes = bytes.checked_sub(content.len()).ok_or(Refusal::Bomb)?;
        read_page(document, id, &content, &mut left, carried);
    }
    if document.objects.values().any(is_text_pattern) {
        carried.leave_unread("some of its text is in patterns");
    }
    Ok(())
}

/// The content of a page: one stream, or several that are read as one.
fn content_of(document: &Document, id: ObjectId) -> Result<Vec<u8>, Refusal> {
    let mut whole = Vec::new();
    for part in document.get_page_contents(id) {
        let Some(stream) = document.get_object(part).and_then(Object::as_stream).ok() else {
            continue;
        };
        whole.extend(stream::unpack(stream, document)?);
        whole.push(b'\n');
        if whole.len() > MOST_UNPACKED {
            return Err(Refusal::Bomb);
        }
    }
    Ok(whole)
}

fn read_page(
    document: &Document,
    id: ObjectId,
    content: &[u8],
    left: &mut usize,
    carried: &mut Contents,
) {
    let resources = resources_of(document, id);
    let mut canvas = Canvas::new(document, carried, left);
    canvas.draw(content, &resources);
    let (fragments, areas) = (
        std::mem::take(&mut canvas.fragments),
        std::mem::take(&mut canvas.areas),
    );
    for form in appearances(document, id) {
        canvas.draw_form(form, &resources);
    }
    let is_partial = canvas.is_partial;
    let notes = std::mem::take(&mut canvas.fragments);
    if is_partial {
        carried.leave_unread(PARTIAL);
    }
    if fragments.iter().chain(&notes).any(|one| one.text.is_none()) {
        carried.leave_unread(NO_MEANING);
    }
    let has_content = !content.trim_ascii().is_empty();
    let bounds = visible_bounds(document, id);
    let (shown, hidden) = divide(&fragments, &areas, bounds, carried);
    note_pictures(&areas, bounds, carried);
    let shown = write_page(&shown, carried);
    if shown.trim().is_empty() && has_content {
        carried.leave_unread(NO_TEXT);
    }
    carried.line(Part::Text, &shown);
    if !notes.is_empty() {
        let notes: Vec<&Fragment> = notes.iter().collect();
        carried.line(Part::Text, &write_lines(&notes));
    }
    if !hidden.is_empty() {
        carried.line(Part::Hidden, &write_lines(&hidden));
    }
}

/// The resources of a page and of the nodes above it, the nearest first.
fn resources_of(document: &Document, id: ObjectId) -> Vec<&Dictionary> {
    let Ok((own, others)) = document.get_page_resources(id) else {
        return Vec::new();
    };
    let others = others
        .into_iter()
        .filter_map(|id| document.get_dictionary(id).ok());
    own.into_iter().chain(others).collect()
}

/// The streams that draw the annotations and form fields of a page.
fn appearances(document: &Document, id: ObjectId) -> Vec<&super::library::Stream> {
    let page = document.get_dictionary(id);
    let all = page.and_then(|page| page.get_deref(b"Annots", document));
    let all = all.and_then(Object::as_array).map(Vec::as_slice);
    let looks = all.unwrap_or_default().iter().filter_map(|one| {
        let annotation = resolve(one, document).as_dict().ok()?;
        let looks = annotation.get_deref(b"AP", document).ok()?.as_dict().ok()?;
        looks.get_deref(b"N", document).ok()
    });
    looks
        .flat_map(|look| match look {
            Object::Stream(stream) => vec![stream],
            Object::Dictionary(states) => states
                .iter()
                .filter_map(|(_, state)| resolve(state, document).as_stream().ok())
                .collect(),
            _ => Vec::new(),
        })
        .collect()
}

/// The part of a page that readers show: its crop box, or else its whole sheet.
fn visible_bounds(document: &Document, id: ObjectId) -> Rectangle {
    let inherited = |key: &[u8]| {
        let mut node = document.get_dictionary(id).ok();
        for _ in 0..64 {
            let here = node?;
            if let Ok(found) = here.get_deref(key, document).and_then(Object::as_array) {
                let numbers: Vec<f64> = found
                    .iter()
                    .filter_map(|one| number_of(resolve(one, document)))
                    .collect();
                if let Some(place) = Rectangle::from_numbers(&numbers) {
                    return Some(place);
                }
            }
            node = here
                .get_deref(b"Parent", document)
                .and_then(Object::as_dict)
                .ok();
        }
        None
    };
    let sheet = inherited(b"MediaBox").unwrap_or(Rectangle::EVERYTHING);
    let bounds = inherited(b"CropBox").map_or(sheet, |crop| crop.intersection(sheet));
    if bounds.area() > 0.0 { bounds } else { sheet }
}

/// Divides texts into those that show and those that do not, and counts the latter: texts one after
/// the other that are hidden in one way count once.
fn divide<'a>(
    fragments: &'a [Fragment],
    areas: &[Area],
    bounds: Rectangle,
    carried: &mut Contents,
) -> (Vec<&'a Fragment>, Vec<&'a Fragment>) {
    let is_compared = fragments.len().saturating_mul(areas.len()) <= MOST_COMPARED;
    if !is_compared {
        carried.leave_unread(PARTIAL);
    }
    let areas = if is_compared { areas } else { &[] };
    let (mut shown, mut hidden, mut last) = (Vec::new(), Vec::new(), None);
    for fragment in fragments {
        let is_empty = fragment
            .text
            .as_ref()
            .is_some_and(|text| text.trim().is_empty());
        let way = if is_empty {
            last
        } else {
            hidden_by(fragment, areas, bounds)
        };
        match way {
            Some(kind) => {
                if last != way {
                    carried.note(kind);
                }
                hidden.push(fragment);
            }
            None => shown.push(fragment),
        }
        last = way;
    }
    (shown, hidden)
}

/// The way in which a text does not show; `None` if it does.
fn hidden_by(fragment: &Fragment, areas: &[Area], bounds: Rectangle) -> Option<ContentKind> {
    if fragment.is_inkless || fragment.size < SMALLEST {
        return Some(ContentKind::Invisible);
    }
    let centre = fragment.place.centre();
    if !bounds.has(centre) || !fragment.clip.has(centre) {
        return Some(ContentKind::OffPage);
    }
    let later = areas.iter().filter(|area| area.order > fragment.order);
    let mut over = later.filter(|area| area.is_opaque);
    if over.any(|area| area.place.intersection(area.clip).covers(fragment.place)) {
        return Some(ContentKind::Covered);
    }
    let earlier = areas
        .iter()
        .rev()
        .filter(|area| area.order < fragment.order);
    let mut under = earlier.filter(|area| area.place.intersection(area.clip).has(centre));
    let ground = under.next().map_or(Some([1.0; 3]), |area| area.colour);
    let is_alike = |one: &[f64; 3], other: &[f64; 3]| {
        one.iter()
            .zip(other)
            .all(|(one, other)| (one - other).abs() < 0.02)
    };
    fragment
        .colour
        .zip(ground)
        .filter(|(colour, ground)| is_alike(colour, ground))
        .map(|_| ContentKind::Invisible)
}

/// Counts pictures outside the page, cut by a clip or its edge, or under others.
fn note_pictures(areas: &[Area], bounds: Rectangle, carried: &mut Contents) {
    let pictures = areas.iter().filter(|area| area.is_picture);
    if pictures.clone().count().saturating_mul(areas.len()) > MOST_COMPARED {
        carried.leave_unread(PARTIAL);
        return;
    }
    for picture in pictures {
        let whole = picture.place.area();
        let seen = picture
            .place
            .intersection(bounds)
            .intersection(picture.clip);
        let mut later = areas.iter().filter(|area| area.order > picture.order);
        if whole > 0.0 && seen.area() <= 0.0 {
            carried.note(ContentKind::OffPage);
        } else if whole > 0.0 && seen.area() < 0.95 * whole {
            carried.note(ContentKind::Cropped);
        } else if later
            .any(|area| area.is_opaque && area.place.intersection(area.clip).covers(seen))
        {
            carried.note(ContentKind::Covered);
        }
    }
}

/// The text of a page. Letters that are placed one by one in any order are put into lines.
fn write_page(fragments: &[&Fragment], carried: &mut Contents) -> String {
    let mut text = write_lines(fragments);
    let is_single = |one: &&&Fragment| {
        one.text
            .as_ref()
            .is_some_and(|text| text.chars().count() == 1)
    };
    if fragments.len() > 10 && fragments.iter().filter(is_single).count() * 2 > fragments.len() {
        // One height of lines for the whole page, so that the order is total.
        let mut sizes: Vec<f64> = fragments.iter().map(|one| one.size.max(1.0)).collect();
        sizes.sort_by(f64::total_cmp);
        let height = sizes[sizes.len() / 2];
        let line = |one: &Fragment| (one.start.1 / (0.5 * height)).round();
        let mut sorted = fragments.to_vec();
        sorted.sort_by(|one, other| {
            let by_line = line(other).total_cmp(&line(one));
            by_line.then(one.start.0.total_cmp(&other.start.0))
        });
        let in_lines = write_lines(&sorted);
        let words = in_lines.split_whitespace();
        let letters = words.clone().filter(|word| word.chars().count() == 1);
        if letters.count() * 2 > words.count() {
            carried.leave_unread(ONE_BY_ONE);
        }
        text = in_lines + "\n" + &text;
    }
    text
}

/// Joins texts into words and lines by their places. The lines of a paragraph are one line, so that
/// names and numbers are read across its line ends.
fn write_lines(fragments: &[&Fragment]) -> String {
    let mut text = String::new();
    let mut before: Option<&Fragment> = None;
    for fragment in fragments {
        let Some(words) = &fragment.text else {
            continue;
        };
        if let Some(before) = before {
            join(&mut text, before, fragment, words);
        }
        text.push_str(words);
        before = Some(fragment);
    }
    text
}

/// Adds what is between two texts: nothing, a space, or a line end.
fn join(text: &mut String, before: &Fragment, next: &Fragment, words: &str) {
    let size = before.size.max(next.size).max(0.1);
    let (across, down) = (next.start.0 - before.end.0, before.start.1 - next.start.1);
    let is_same_line = down.abs() < 0.5 * size;
    if is_same_line && (-0.5 * size..=0.2 * size).contains(&across) {
        return;
    }
    let is_next_line = down > 0.0 && down < 2.2 * size && next.start.0 <= before.end.0;
    let is_same_size = (before.size - next.size).abs() < 0.15 * size;
    if is_same_line && across > 0.0 {
        if !text.ends_with(' ') && !words.starts_with(' ') {
            text.push(if across > 3.0 * size { '\t' } else { ' ' });
        }
    } else if is_next_line && is_same_size {
        let is_divided = text.ends_with('-')
            && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
            && words.starts_with(char::is_lowercase);
        if is_divided {
            text.pop();
        } else {
            text.push(' ');
        }
    } else {
        text.push('\n');
    }
}

/// Whether an object is a pattern with text.
fn is_text_pattern(object: &Object) -> bool {
    let Object::Stream(stream) = object else {
        return false;
    };
    let resources = stream.dict.get(b"Resources").and_then(Object::as_dict);
    name_of(&stream.dict, b"Type") == b"Pattern"
        && resources.is_ok_and(|resources| resources.has(b"Font"))
}
