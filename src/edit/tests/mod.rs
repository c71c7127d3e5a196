//! Edits before and after, as tables. `⏎` is a line end, so that a case fits on a line.

mod body;

use super::*;

const FRAME: [&str; 2] = ["---\n", "---\nBody.\n"];

/// Applies an edit to front matter.
fn edited(front_matter: &str, edit: &Edit) -> String {
    let text = FRAME[0].to_owned() + &front_matter.replace('⏎', "\n") + FRAME[1];
    match Editor::entry(&text).apply(edit) {
        Ok(Edited { text, .. }) => {
            let inner = text.strip_prefix(FRAME[0]);
            let inner = inner.and_then(|text| text.strip_suffix(FRAME[1]));
            inner.unwrap_or(&text).replace('\n', "⏎")
        }
        Err(refused) => format!("refused: {refused}"),
    }
}

/// Compares all rows before it reports those that differ.
fn check(rows: impl IntoIterator<Item = (String, String, String)>) {
    let differ = rows
        .into_iter()
        .filter(|(_, found, wanted)| found != wanted);
    let differ: Vec<String> = differ
        .map(|(before, found, wanted)| format!("{before}\n  {found}\n  {wanted}\n"))
        .collect();
    assert!(differ.is_empty(), "{}", differ.concat());
}

fn check_front_matter(rows: &[(&str, Edit, &str)]) {
    let row = |(before, edit, after): &(&str, Edit, &str)| {
        (
            format!("{before} {edit:?}"),
            edited(before, edit),
            (*after).to_owned(),
        )
    };
    check(rows.iter().map(row));
}

fn set(path: KeyPath, value: Content) -> Edit {
    Edit::Set { path, value }
}

fn remove(path: KeyPath) -> Edit {
    Edit::Remove { path }
}

fn texts(texts: &[&str]) -> Content {
    Content::List(texts.iter().map(|text| Content::text(text)).collect())
}

#[test]
fn setting_a_key_changes_its_value_alone() {
    let title = |text: &str| set(KeyPath::new("title"), Content::text(text));
    check_front_matter(&[
        ("title: A # c⏎date: x⏎", title("B"), "title: B # c⏎date: x⏎"),
        ("title:   'A'⏎", title("it's"), "title:   'it''s'⏎"),
        ("title: \"A\"⏎", title("B"), "title: \"B\"⏎"),
        ("title: A⏎", title("a: b"), "title: \"a: b\"⏎"),
        ("title:⏎date: x⏎", title("B"), "title: B⏎date: x⏎"),
        ("title: # c⏎", title("B"), "title: B # c⏎"),
        (
            "date: x # c⏎# end⏎",
            title("B"),
            "date: x # c⏎title: B⏎# end⏎",
        ),
        ("", title("B"), "title: B⏎"),
        ("# c⏎", title("B"), "# c⏎title: B⏎"),
        ("Title: A⏎", title("B"), "Title: B⏎"),
        (
            "title: >- # c⏎  A⏎  B⏎⏎date: x⏎",
            title("C"),
            "title: C # c⏎⏎date: x⏎",
        ),
        ("title: &t A⏎x: y⏎", title("C"), "title: &t C⏎x: y⏎"),
        ("title: !!str 12⏎", title("C"), "title: C⏎"),
        ("{title: A, date: x}⏎", title("B"), "{title: B, date: x}⏎"),
        ("a: 1⏎", title("B\nC\n"), "a: 1⏎title: |⏎  B⏎  C⏎"),
        ("title: A # c⏎", title("B\nC"), "title: \"B\\nC\" # c⏎"),
        (
            "title: *b⏎",
            title("C"),
            "refused: this cannot be read: a value that begins with * refers to another one, and there is none: put quotes round it",
        ),
        (
            "title: A⏎title: B⏎",
            title("C"),
            "refused: `title` is there twice: delete one of them",
        ),
    ]);
}

#[test]
fn tables_on_the_way_are_extended_or_created() {
    let device = || set(KeyPath::new("practice").key("device"), Content::text("pen"));
    check_front_matter(&[
        (
            "practice:⏎  area: x # c⏎",
            device(),
            "practice:⏎  area: x # c⏎  device: pen⏎",
        ),
        (
            "practice: {area: x }⏎",
            device(),
            "practice: {area: x, device: pen }⏎",
        ),
        ("practice: {}⏎", device(), "practice: {device: pen}⏎"),
        (
            "practice:⏎date: x⏎",
            device(),
            "practice: {device: pen}⏎date: x⏎",
        ),
        ("date: x⏎", device(), "date: x⏎practice: {device: pen}⏎"),
        (
            "practice: {device: , area}⏎",
            device(),
            "practice: {device: pen , area}⏎",
        ),
        (
            "practice: pen⏎",
            device(),
            "refused: there is another value where a table of keys is needed",
        ),
    ]);
}

#[test]
fn lists_keep_the_items_and_comments_that_stay() {
    let all = |items: &[&str]| set(KeyPath::new("a"), texts(items));
    let item = |index| KeyPath::new("a").item(index);
    check_front_matter(&[
        ("a: [x, p] # c⏎", all(&["x", "z", "p"]), "a: [x, z, p] # c⏎"),
        ("a: [x, p]⏎", all(&["w", "x", "p"]), "a: [w, x, p]⏎"),
        ("a: [x, p,]⏎", all(&["x", "p", "z"]), "a: [x, p, z,]⏎"),
        ("a: [x, p]⏎", all(&[]), "a: []⏎"),
        ("a: [x, p]⏎", all(&["p"]), "a: [p]⏎"),
        ("a: [ x, 'p' ]⏎", all(&["x"]), "a: [ x ]⏎"),
        (
            "a:⏎  - x # 1⏎  # 2⏎  - p⏎b: 1⏎",
            all(&["x", "z"]),
            "a:⏎  - x # 1⏎  # 2⏎  - z⏎b: 1⏎",
        ),
        ("a:⏎- x # 1⏎# 2⏎- p⏎b: 1⏎", all(&["p"]), "a:⏎# 2⏎- p⏎b: 1⏎"),
        (
            "a:⏎- p⏎b: 1⏎",
            all(&["x", "p", "z"]),
            "a:⏎- x⏎- p⏎- z⏎b: 1⏎",
        ),
        ("a: # c⏎  - x⏎  - p⏎b: 1⏎", all(&[]), "a: [] # c⏎b: 1⏎"),
        (
            "a:⏎  - x # c⏎b: 1⏎",
            all(&[]),
            "refused: a comment in this place would be lost: move it first",
        ),
        (
            "a: [⏎  x, # 1⏎  p # 2⏎  ]⏎",
            all(&["x", "p", "z"]),
            "a: [⏎  x, # 1⏎  p, # 2⏎  z⏎  ]⏎",
        ),
        ("a: [⏎  x, # 1⏎  p # 2⏎]⏎", all(&["p"]), "a: [⏎  p # 2⏎]⏎"),
        ("a: x⏎", all(&["p"]), "a: [p]⏎"),
        ("a: [x]⏎", set(item(1), Content::text("p")), "a: [x, p]⏎"),
        (
            "a:⏎  - b: 1⏎    c: 2⏎",
            set(item(0).key("d"), Content::Bool(true)),
            "a:⏎  - b: 1⏎    c: 2⏎    d: true⏎",
        ),
        (
            "a:⏎  - b: 1⏎",
            set(
                item(1),
                Content::Table(vec![("b".into(), Content::Number("2".into()))]),
            ),
            "a:⏎  - b: 1⏎  - b: 2⏎",
        ),
        (
            "a: [x]⏎",
            set(item(4), Content::text("p")),
            "refused: the list has no item 5",
        ),
        (
            "a:⏎  - - x⏎    - p⏎",
            set(item(0).item(2), Content::text("z")),
            "a:⏎  - - x⏎    - p⏎    - z⏎",
        ),
    ]);
}

#[test]
fn removing_a_key_takes_its_lines_and_nothing_else() {
    let key = |key: &str| remove(KeyPath::new(key));
    let nested = || remove(KeyPath::new("a").key("b"));
    check_front_matter(&[
        ("a: 1⏎b: 2 # c⏎# d⏎c: 3⏎", key("b"), "a: 1⏎# d⏎c: 3⏎"),
        ("a: 1⏎", key("b"), "a: 1⏎"),
        ("a: 1⏎", key("a"), ""),
        ("a: |⏎  x⏎⏎  y⏎⏎b: 2⏎", key("a"), "⏎b: 2⏎"),
        (
            "a: &x 1⏎b: *x⏎",
            key("a"),
            "refused: this cannot be written here without changing something else",
        ),
        ("{a: 1, b: 2}⏎", key("a"), "{b: 2}⏎"),
        ("a: {b: 1, c: 2}⏎", nested(), "a: {c: 2}⏎"),
        ("a: {b: 1}⏎", nested(), "a: {}⏎"),
        ("a:⏎  b: 1⏎c: 2⏎", nested(), "a: {}⏎c: 2⏎"),
        ("a:⏎  b: 1⏎  # c⏎  c: 2⏎", nested(), "a:⏎  # c⏎  c: 2⏎"),
        (
            "a:⏎  - b: 1⏎    c: 2⏎",
            remove(KeyPath::new("a").item(0).key("b")),
            "a:⏎  - c: 2⏎",
        ),
        (
            "a:⏎  - x⏎  - y⏎",
            remove(KeyPath::new("a").item(1)),
            "a:⏎  - x⏎",
        ),
    ]);
}

#[test]
fn codes_are_added_in_the_spelling_of_the_list() {
    let add = |code: &str| Edit::AddCode {
        code: code.to_owned(),
        because: None,
    };
    let why = |code: &str| Edit::AddCode {
        code: code.to_owned(),
        because: Some("I chose, and why".to_owned()),
    };
    check_front_matter(&[
        ("ksbs: [K7]⏎", add("S7"), "ksbs: [K7, S7]⏎"),
        (
            "ksbs: [K7, {B1: x}]⏎",
            why("S7"),
            "ksbs: [K7, {B1: x}, {S7: \"I chose, and why\"}]⏎",
        ),
        ("ksbs: [K7: x]⏎", add("S7"), "ksbs: [K7: x, S7]⏎"),
        ("ksbs: []⏎", add("S7"), "ksbs: [S7]⏎"),
        ("ksbs:⏎", add("S7"), "ksbs: [S7]⏎"),
        ("ksbs: K7⏎", add("S7"), "ksbs: [K7, S7]⏎"),
        (
            "ksbs: K7, B1 # c⏎",
            why("S7"),
            "ksbs: [K7, B1, {S7: \"I chose, and why\"}] # c⏎",
        ),
        ("ksbs: \"K7, B1\"⏎", add("S7"), "ksbs: [\"K7, B1\", S7]⏎"),
        (
            "ksbs:⏎  - K7 # pain⏎  # b⏎",
            why("S7"),
            "ksbs:⏎  - K7 # pain⏎  - S7: \"I chose, and why\"⏎  # b⏎",
        ),
        ("ksbs:⏎- K7⏎x: y⏎", add("S7"), "ksbs:⏎- K7⏎- S7⏎x: y⏎"),
        ("ksbs:⏎  K7: x⏎", add("S7"), "ksbs:⏎  K7: x⏎  S7:⏎"),
        (
            "ksbs: {K7: x}⏎",
            why("S7"),
            "ksbs: {K7: x, S7: \"I chose, and why\"}⏎",
        ),
        (
            "criteria: [MN-AC1]⏎",
            add("MN-AC2"),
            "criteria: [MN-AC1, MN-AC2]⏎",
        ),
        ("title: x⏎", add("st0215:K7"), "title: x⏎ksbs: [st0215:K7]⏎"),
    ]);
}

#[test]
fn a_code_that_is_there_gets_the_reason() {
    let add = |code: &str| Edit::AddCode {
        code: code.to_owned(),
        because: None,
    };
    let why = |code: &str| Edit::AddCode {
        code: code.to_owned(),
        because: Some("I chose, and why".to_owned()),
    };
    check_front_matter(&[
        ("ksbs: [k 7]⏎", add("K7"), "ksbs: [k 7]⏎"),
        (
            "ksbs: [K7, B1]⏎",
            why("K7"),
            "ksbs: [{K7: \"I chose, and why\"}, B1]⏎",
        ),
        (
            "ksbs: [{K7: x}]⏎",
            why("K7"),
            "ksbs: [{K7: \"I chose, and why\"}]⏎",
        ),
        (
            "ksbs:⏎  - K7⏎",
            why("K7"),
            "ksbs:⏎  - {K7: \"I chose, and why\"}⏎",
        ),
        (
            "ksbs: [K7]⏎",
            add("K7]"),
            "refused: `K7]` cannot be written as a code",
        ),
        (
            "ksbs: [K7⏎",
            add("S7"),
            "refused: this cannot be read: a bracket is never closed, or a comma is missing",
        ),
    ]);
}

#[test]
fn files_keep_their_line_ends_marks_and_missing_last_line_end() {
    let title = set(KeyPath::new("b"), Content::text("x\ny"));
    for (before, after) in [
        (
            "\u{feff}a: 1\r\n",
            "\u{feff}a: 1\r\nb: |-\r\n  x\r\n  y\r\n",
        ),
        ("a: 1", "a: 1\nb: |-\n  x\n  y"),
        (
            "a: 1\r\nc: 2\nd: 3\r\n",
            "a: 1\r\nc: 2\nd: 3\r\nb: |-\r\n  x\r\n  y\r\n",
        ),
        ("", "b: |-\n  x\n  y\n"),
    ] {
        let edited = Editor::yaml(before).apply(&title);
        assert_eq!(edited.map(|edited| edited.text).as_deref(), Ok(after));
    }
}

#[test]
fn a_code_goes_with_its_reason_and_the_others_stay_as_they_are() {
    let gone = |code: &str| Edit::RemoveCode {
        code: code.to_owned(),
    };
    check_front_matter(&[
        ("ksbs: [ K7, S7 ] # c⏎", gone("K7"), "ksbs: [ S7 ] # c⏎"),
        ("ksbs: [K7]⏎", gone("k 7"), "ksbs: []⏎"),
        ("ksbs: K7⏎", gone("K7"), "ksbs: []⏎"),
        ("ksbs: K7, S7⏎", gone("K7"), "ksbs: S7⏎"),
        ("ksbs: [K7, {S7: why}, B1]⏎", gone("S7"), "ksbs: [K7, B1]⏎"),
        (
            "ksbs:⏎  - K7⏎  - S7: why⏎  - B1⏎",
            gone("S7"),
            "ksbs:⏎  - K7⏎  - B1⏎",
        ),
        ("ksbs: {K7: a, S7: b}⏎", gone("S7"), "ksbs: {K7: a}⏎"),
        (
            "ksbs: [K7]⏎criteria: [K7, S7]⏎",
            gone("K7"),
            "ksbs: []⏎criteria: [S7]⏎",
        ),
        ("ksbs: [S7]⏎", gone("K7"), "ksbs: [S7]⏎"),
    ]);
}
