//! Words that take the place of others, and changes of an entry that the page names by places.

use super::boxes::Boxes;
use super::escapes::{WordsReplaced, keep_boxes};
use super::notes::keep_notes_hidden;
use super::page_text::PageText;
use super::requests::Splice;
use super::versions::TypingRun;
use crate::edit::{Edit, Editor, Refused};
use crate::engine::{EngineError, Snapshot};
use crate::model::ReflectionModel;
use crate::text::{Span, printable};

/// The most splices of one request. Each is verified by reading the file.
const MOST_SPLICES: usize = 100;

/// Applies splices to the text of an entry; `at` is its index. The first words of an empty box get the blank lines that set them off, and no words make
/// another box.
///
/// # Errors
/// A place is not in the body, or splices overlap or are not in order.
pub(super) fn apply_splices(
    project: &Snapshot,
    text: &str,
    at: usize,
    splices: &[Splice],
) -> Result<String, EngineError> {
    let boxes = find_boxes(project, text, at);
    splice_text(text, &boxes, find_model(project, at), splices)
}

fn splice_text(
    text: &str,
    boxes: &Boxes,
    model: Option<&ReflectionModel>,
    splices: &[Splice],
) -> Result<String, EngineError> {
    if splices.len() > MOST_SPLICES {
        let message = "these are too many changes at once";
        return Err(EngineError::refused(message, "load the entry again"));
    }
    let page = PageText::new(text);
    let mut edits: Vec<(Span, String)> = Vec::new();
    let mut last = 0;
    for splice in splices {
        let span = page.to_span(splice.from, splice.to);
        let span = span.filter(|_| splice.from >= last).ok_or_else(|| {
            let message = "these words are no longer in the entry";
            EngineError::refused(message, "load the entry again")
        })?;
        last = splice.to;
        let mut words = clean(&splice.insert);
        let gaps = boxes.gaps_at(text, span);
        if let Some((above, below)) = gaps.filter(|_| !words.is_empty()) {
            words = "\n".repeat(above) + &words + &"\n".repeat(below);
        }
        edits.push((span, words));
    }
    let comments = boxes.other.iter().filter_map(|part| part.comment);
    keep_notes_hidden(text, comments, &mut edits)?;
    replace_in_boxes(text, boxes, model, edits)
}

/// Replaces words within boxes. They stay words, and the boxes the ones that they are.
///
/// # Errors
/// A place is not in the body, or the words would be part of the front matter.
pub(super) fn replace_in_boxes(
    text: &str,
    boxes: &Boxes,
    model: Option<&ReflectionModel>,
    edits: Vec<(Span, String)>,
) -> Result<String, EngineError> {
    let made = replace_all(text, edits.clone());
    let (made, replaced) = made.or_else(|_| {
        // A line of dashes may begin the front matter, or end it.
        let edits = edits
            .into_iter()
            .map(|(span, words)| (span, escape_dashes(&words)));
        replace_all(text, edits.collect())
    })?;
    Ok(keep_boxes(text, boxes, model, &replaced, made))
}

fn replace_all(
    text: &str,
    edits: Vec<(Span, String)>,
) -> Result<(String, Vec<WordsReplaced>), EngineError> {
    let (mut made, mut replaced) = (text.to_owned(), Vec::new());
    for (range, words) in edits.into_iter().rev() {
        let before = made.len();
        let edit = Edit::ReplaceWords { range, text: words };
        made = apply_edit(&made, &edit)?;
        let end = range.end + made.len() - before;
        replaced.push((range, end - range.start));
    }
    replaced.reverse();
    let (mut at, mut last) = (0, 0);
    let replaced = replaced.into_iter().map(|(before, length)| {
        let start = at + before.start - last;
        (at, last) = (start + length, before.end);
        let after = Span::new(start, at);
        WordsReplaced { before, after }
    });
    Ok((made, replaced.collect()))
}

fn escape_dashes(words: &str) -> String {
    let escape = |line: &str| match line.trim_end() {
        "---" => format!("\\{line}"),
        _ => line.to_owned(),
    };
    words.split_inclusive('\n').map(escape).collect()
}

/// The boxes of an entry with this text.
pub(super) fn find_boxes(project: &Snapshot, text: &str, at: usize) -> Boxes {
    let entry = &project.portfolio.entries[at];
    Boxes::of(entry, find_model(project, at), text)
}

/// The reflection model of an entry.
pub(super) fn find_model(project: &Snapshot, at: usize) -> Option<&ReflectionModel> {
    let model = project.portfolio.entries[at].reflection.model;
    model.map(|model| &project.portfolio.models[model])
}

/// Makes an edit of an entry.
///
/// # Errors
/// Why it cannot be made.
pub(super) fn apply_edit(text: &str, edit: &Edit) -> Result<String, EngineError> {
    let edited = Editor::entry(text).apply(edit);
    edited
        .map(|edited| edited.text)
        .map_err(|refused| refuse(&refused))
}

/// The refusal of an edit, in a sentence.
pub(super) fn refuse(refused: &Refused) -> EngineError {
    EngineError::refused(refused.to_string(), "")
}

/// The typing that splices are, if they go on at one place of a line; or what the browser took back
/// by itself at one place.
pub(super) fn typing_run(splices: &[Splice], is_undo: bool) -> Option<TypingRun> {
    let [splice] = splices else {
        return None;
    };
    if splice.insert.contains('\n') && !is_undo {
        return None;
    }
    let length = splice.insert.encode_utf16().count();
    if splice.from == splice.to {
        return Some(TypingRun {
            start: splice.from,
            end: splice.from + length,
            length,
            is_undo,
        });
    }
    // Deleting backwards goes on where it ends.
    let deleted = splice.to - splice.from;
    let is_deletion = splice.insert.is_empty() && deleted == 1;
    (is_deletion || is_undo).then_some(TypingRun {
        start: splice.to,
        end: splice.from,
        length: deleted,
        is_undo,
    })
}

/// Words without the characters that no page may hold. A word processor copies a line end within a
/// paragraph as one of them.
pub(super) fn clean(words: &str) -> String {
    let line_end = |letter: char| match letter {
        '\u{b}' | '\u{c}' | '\u{85}' => '\n',
        letter => letter,
    };
    let is_kept = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
    let words: String = words.chars().map(line_end).filter(is_kept).collect();
    printable(&words).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;

    use super::super::notes::is_safe;
    use super::*;

    /// Pieces of files as people and programs write them.
    const PIECES: [&str; 19] = [
        "Words and more. ",
        "x",
        "\n",
        "\n\n",
        "\r\n",
        "\r\n\r\n",
        "\r",
        "\t",
        "é",
        "e\u{301}",
        "👩‍⚕️",
        "”",
        "## Feelings",
        "[a passage](ksb:K1)",
        "- item",
        "> quote",
        "<!-- a note -->",
        "| a | b |",
        "```",
    ];

    const HEADS: [&str; 8] = [
        "---\ntitle: A\n---\n",
        "---\r\ntitle: A # c\r\nksbs: [ K1 ]\r\n---\r\n",
        "---\ntitle: A\r\n\tdate: x\n---\r\n",
        "\u{feff}---\ntitle: A\n---\n\n",
        "---\ntitle: [A\n---\n",
        "---\ntitle: A\n---",
        "",
        "\u{feff}",
    ];

    fn file() -> impl Strategy<Value = String> {
        let pieces = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..25);
        (prop::sample::select(HEADS.to_vec()), pieces).prop_map(|(head, pieces)| {
            let body = pieces.concat();
            let joins = head.ends_with("---") && !body.starts_with(['\n', '\r']);
            if joins {
                head.to_owned()
            } else {
                head.to_owned() + &body
            }
        })
    }

    fn insert() -> impl Strategy<Value = String> {
        let pieces = [
            "",
            "a",
            "word ",
            "\n",
            "\n\n",
            "é",
            "👩‍⚕️",
            "## Analysis\n",
            "-",
        ];
        let pieces = prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..4);
        pieces.prop_map(|pieces| pieces.concat())
    }

    fn page_of(file: &str) -> Vec<u16> {
        let file = file.strip_prefix('\u{feff}').unwrap_or(file);
        let page = file.replace("\r\n", "\n").replace('\r', "\n");
        page.encode_utf16().collect()
    }

    /// Applies a splice at two of a hundred places of the body, and checks every byte and every
    /// letter; `None` if it is refused.
    fn check_splice(
        file: &str,
        places: (usize, usize),
        insert: &str,
    ) -> Result<Option<String>, TestCaseError> {
        let page = page_of(file);
        let map = PageText::new(file);
        let body = crate::parse::front_matter::split(file).map_or(0, |parts| parts.body.start);
        let body = map.to_unit(body);
        let place = |part: usize| body + (page.len() - body) * part / 100;
        let (from, to) = (place(places.0.min(places.1)), place(places.0.max(places.1)));
        let splice = Splice {
            from,
            to,
            insert: insert.to_owned(),
        };
        let Ok(changed) = splice_text(file, &Boxes::default(), None, &[splice]) else {
            return Ok(None);
        };
        let wanted: Vec<u16> = [
            &page[..from],
            &insert.encode_utf16().collect::<Vec<_>>(),
            &page[to..],
        ]
        .concat();
        let is_gap_closed = file.ends_with("---") && changed.len() > file.len() + insert.len();
        if !is_gap_closed {
            prop_assert_eq!(
                page_of(&changed),
                wanted,
                "{:?} {} {} {:?}",
                file,
                from,
                to,
                insert
            );
        }
        let range = map.to_span(from, to).unwrap_or_default();
        prop_assert!(changed.starts_with(&file[..range.start]));
        prop_assert!(changed.ends_with(&file[range.end..]));
        prop_assert!(changed.len() >= range.start + file.len() - range.end);
        Ok(Some(changed))
    }

    #[test]
    fn ten_thousand_splices_of_two_hundred_files_change_no_byte_outside() {
        let splice = ((0..=100_usize, 0..=100_usize), insert());
        let cases = (file(), prop::collection::vec(splice, 50));
        let mut runner = TestRunner::new(ProptestConfig::with_cases(200));
        let applied = std::cell::Cell::new(0);
        let run = runner.run(&cases, |(mut file, splices)| {
            for (places, insert) in splices {
                if let Some(changed) = check_splice(&file, places, &insert)? {
                    applied.set(applied.get() + 1);
                    file = changed;
                }
            }
            Ok(())
        });
        assert!(run.is_ok(), "{run:?}");
        // The others would split a character, or change where the front matter ends.
        assert!(applied.get() > 9_000, "{}", applied.get());
    }

    /// A body with a note before its words, and what of it pages show.
    fn noted(note: &str) -> (String, Boxes) {
        let head = "---\ntitle: A\n---\n";
        let text = format!("{head}<!--{note}-->\n\nSeen words.\n");
        let boxes = Boxes::of_body(&text, Span::new(head.len(), text.len()));
        (text, boxes)
    }

    fn show(text: &str) -> String {
        let mut shown = text.to_owned();
        for range in crate::parse::find_comments(text).into_iter().rev() {
            shown.replace_range(range, "");
        }
        shown
    }

    fn note_words() -> impl Strategy<Value = String> {
        let pieces = [
            "",
            "a",
            "Sister Oakapple ",
            "\n",
            "\n\n",
            "-",
            "--",
            ">",
            "!",
            "<!--",
            "-->",
            "# ",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..6)
            .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn no_edit_of_a_note_makes_a_word_visible(
            before in note_words().prop_filter("a note", |words| is_safe(words)),
            parts in prop::collection::vec((0..=100_usize, note_words()), 1..3),
        ) {
            let (text, boxes) = noted(&before);
            let note = &boxes.other[0];
            prop_assert!(note.comment.is_some());
            let page = PageText::new(&text);
            let (from, to) = (page.to_unit(note.text.start), page.to_unit(note.text.end));
            let places = parts.iter().map(|(part, _)| from + (to - from) * part / 100);
            let mut places: Vec<usize> = places.collect();
            places.sort_unstable();
            let ends = places.iter().skip(1).copied().chain([to]);
            let splices = places.iter().zip(ends).zip(&parts);
            let splices = splices.map(|((&from, to), (_, insert))| Splice {
                from,
                to,
                insert: insert.clone(),
            });
            let splices: Vec<Splice> = splices.collect();
            let made = splice_text(&text, &boxes, None, &splices);
            prop_assert!(made.is_ok());
            let made = made.unwrap_or_default();
            prop_assert_eq!(show(&made), show(&text), "{:?}", made);
            // It is still the same note, and can be changed again.
            let start = note.comment.unwrap_or_default().start;
            let again = Boxes::of_body(&made, Span::new(start, made.len()));
            prop_assert!(again.other[0].comment.is_some());
        }
    }

    #[test]
    fn the_signs_of_a_note_stay() {
        let (text, boxes) = noted(" Ask her. ");
        let note = &boxes.other[0];
        assert_eq!(note.text.of(&text), "Ask her.");
        let comment = note.comment.unwrap_or_default();
        let cut = |from: usize, to: usize, insert: &str| {
            let insert = insert.to_owned();
            splice_text(&text, &boxes, None, &[Splice { from, to, insert }])
        };
        // Over one sign, or over both with other words.
        assert!(cut(comment.start, note.text.end, "").is_err());
        assert!(cut(note.text.start, comment.end, "").is_err());
        assert!(cut(comment.start, comment.end, "Ask her.").is_err());
        let gone = cut(comment.start, comment.end, "").unwrap_or_default();
        assert!(gone.ends_with("---\n\n\nSeen words.\n"), "{gone}");
        let all = cut(note.text.start, note.text.end, "Rang --> her").unwrap_or_default();
        assert!(all.contains("<!-- Rang -- > her -->"), "{all}");
    }

    #[test]
    fn pasted_control_characters_become_line_ends_or_go() {
        assert_eq!(clean("a\u{b}b\u{0}c\td\u{feff}"), "a\nbc\td\u{feff}");
    }

    #[test]
    fn typing_goes_on_where_it_ended() {
        let typed = |from, to, insert: &str| {
            let insert = insert.to_owned();
            typing_run(&[Splice { from, to, insert }], false).map(|run| (run.start, run.end))
        };
        assert_eq!(typed(5, 5, "ab"), Some((5, 7)));
        assert_eq!(typed(5, 6, ""), Some((6, 5)));
        assert_eq!(typed(5, 5, "a\n"), None);
        assert_eq!(typed(5, 9, ""), None);
    }
}
