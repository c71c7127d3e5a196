//! Typed words stay words, with any keys and any pauses.

use proptest::prelude::*;

use super::*;
use crate::text::Source;
use crate::writing::splice::replace_in_boxes;

const HEAD: &str =
    "---\ntitle: A\nmodel: gibbs\n---\n\n## Description\n\nWe came.\n\n## Feelings\n\n";
const REST: &str = "\n\n## Evaluation\n\nIt went well.\n";

fn gibbs() -> Option<ReflectionModel> {
    let text = include_str!("../../../standards/reflection/gibbs.yaml");
    parse::reflection_model(&Source::new("gibbs.yaml", text)).value
}

/// What the page shows of the text of a box.
fn show(text: &str) -> String {
    let mut shown = String::new();
    for line in text.split_inclusive('\n') {
        let signs = EscapeSigns::dropping(&find_escapes(line).collect::<Vec<_>>());
        shown.push_str(&signs.apply(line));
    }
    shown
}

/// What the page asks the file to have: the escapes of lines that were changed are gone, and `\`
/// that was typed where one would not show is escaped.
fn ask_for(shown: &str, stored: &str) -> String {
    let known: Vec<&str> = stored.split('\n').collect();
    let escape = |line: &str| {
        let same = known.iter().find(|one| show(one) == line);
        same.map_or_else(
            || {
                let added = find_escapes(line).collect();
                let dropped = Vec::new();
                EscapeSigns { added, dropped }.apply(line)
            },
            |same| (*same).to_owned(),
        )
    };
    let lines: Vec<String> = shown.split('\n').map(escape).collect();
    lines.join("\n").trim_end().to_owned()
}

/// A file of which the box of feelings is written in.
struct TypedFile {
    text: String,
    model: Option<ReflectionModel>,
}

impl TypedFile {
    fn new(words: &str) -> Self {
        Self {
            text: format!("{HEAD}{words}{REST}"),
            model: gibbs(),
        }
    }

    fn read(&self) -> Option<Span> {
        let boxes = Boxes::read(&self.text, self.model.as_ref());
        let mut stages = boxes.stages.iter();
        stages
            .find(|part| part.id == "feelings")
            .map(|part| part.text)
    }

    /// Makes the box show this, and returns what of the file that is.
    fn save(&mut self, shown: &str) -> String {
        let place = self.read().unwrap_or_default();
        let wanted = ask_for(shown, place.of(&self.text));
        let boxes = Boxes::read(&self.text, self.model.as_ref());
        let edits = vec![(place, wanted)];
        let made = replace_in_boxes(&self.text, &boxes, self.model.as_ref(), edits);
        self.text = made.unwrap_or_default();
        self.read().unwrap_or_default().of(&self.text).to_owned()
    }
}

#[test]
fn words_that_would_make_another_box_stay_words() {
    let cases = [
        ("We met her.\n--\nThen", "We met her.\n\\--\nThen"),
        ("We met her.\n-", "We met her.\n\\-"),
        ("We met her.\n- ", "We met her.\n\\-"),
        ("Temp\n=", "Temp\n\\="),
        ("I felt tired.\n# ", "I felt tired.\n\\#"),
        (
            "I felt tired.\n# 2 was dignity",
            "I felt tired.\n\\# 2 was dignity",
        ),
        ("- # one", "- \\# one"),
        ("> a\n> ---", "> a\n> \\---"),
        ("1. # one", "1. \\# one"),
        ("```\nobs", "\\```\nobs"),
        ("a\n~~~\nobs", "a\n\\~~~\nobs"),
        ("<!-- not sure", "<\\!-- not sure"),
        ("sure <!-- not --> sure", "sure <\\!-- not --> sure"),
        ("<script>", "\\<script>"),
        (
            "We went.\n\n**Evaluation**\n\nwell",
            "We went.\n\n\\**Evaluation**\n\nwell",
        ),
        ("### Evaluation", "\\### Evaluation"),
        // These change no box.
        ("### Mine", "### Mine"),
        ("- a\n- b", "- a\n- b"),
        ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ("```\n# a\n```", "```\n# a\n```"),
        ("<div>", "<div>"),
        ("a \\ b", "a \\ b"),
    ];
    for (typed, stored) in cases {
        assert_eq!(TypedFile::new("").save(typed), stored, "{typed:?}");
        assert_eq!(show(stored).trim_end(), typed.trim_end());
    }
}

#[test]
fn an_escape_goes_once_nothing_needs_it() {
    let mut file = TypedFile::new("");
    assert_eq!(file.save("We did:\n-"), "We did:\n\\-");
    assert_eq!(file.save("We did:\n- we washed"), "We did:\n- we washed");
    // It was not needed before.
    let mut file = TypedFile::new("Well:\n\\- no list");
    let place = file.read().map_or(0, |span| span.end);
    let boxes = Boxes::read(&file.text, file.model.as_ref());
    let edits = vec![(Span::at(place), " here".to_owned())];
    let made = replace_in_boxes(&file.text, &boxes, file.model.as_ref(), edits);
    file.text = made.unwrap_or_default();
    assert!(
        file.text.contains("Well:\n\\- no list here\n"),
        "{}",
        file.text
    );
}

#[test]
fn what_is_removed_makes_no_other_box() {
    // The blank line that keeps dashes a rule, and the end of code.
    let mut file = TypedFile::new("a\n\n---\n\nb");
    assert_eq!(file.save("a\n---\n\nb"), "a\n\\---\n\nb");
    let mut file = TypedFile::new("```\nobs\n```\n\nb");
    assert_eq!(file.save("```\nobs\n\nb"), "\\```\nobs\n\nb");
}

#[test]
fn a_long_text_is_escaped_at_once() {
    let typed = "# one\ntwo\n---\n".repeat(5_000);
    let stored = TypedFile::new("").save(&typed);
    assert_eq!(show(&stored), typed.trim_end());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_keys_with_any_pauses_are_in_the_file(
        keys in prop::collection::vec((
            prop::sample::select(vec![
                "a", " ", "\n", "\n", "-", "--", "=", "#", "# ", "*", "**", "`", "```", "~~~", "<",
                "<!--", "-->", ">", "[", "]", "\\", "1. ", "- ", "\t", ":", "_", "Evaluation", "|",
            ]),
            0..=100_usize,
            0..4_u8,
        ), 1..40),
    ) {
        let mut file = TypedFile::new("");
        let (mut shown, mut caret) = (String::new(), 0);
        for (key, place, kind) in keys {
            // Three keys of four go on where the last one was; one removes what is before it.
            if kind == 0 {
                caret = shown.floor_char_boundary(shown.len() * place / 100);
            }
            if kind == 1 && place < 50 && caret > 0 {
                caret -= 1;
                shown.remove(caret);
            } else {
                shown.insert_str(caret, key);
                caret += key.len();
            }
            if place % 3 == 0 {
                let stored = file.save(&shown);
                let found = show(&stored);
                prop_assert_eq!(found.trim(), shown.trim(), "{}", file.text);
                prop_assert!(file.text.starts_with(HEAD));
                prop_assert!(file.text.ends_with(REST));
            }
        }
    }
}
