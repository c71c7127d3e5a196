//! Edits of bodies.

use super::check;
use crate::edit::{Edit, Edited, Editor};
use crate::text::Span;

/// Applies an edit to a body.
fn edited_body(body: &str, edit: impl Fn(&str, usize) -> Edit) -> String {
    let head = "---\ntitle: A\n---\n";
    let text = head.to_owned() + &body.replace('⏎', "\n");
    match Editor::entry(&text).apply(&edit(&text, head.len())) {
        Ok(Edited { text, .. }) => text[head.len()..].replace('\n', "⏎"),
        Err(refused) => format!("refused: {refused}"),
    }
}

fn mark(words: &'static str, code: &'static str) -> impl Fn(&str, usize) -> Edit {
    move |text, from| {
        let start = from + text[from..].find(words).unwrap_or_default();
        let range = Span::new(start, start + words.len());
        Edit::Mark {
            range,
            code: code.to_owned(),
        }
    }
}

#[test]
fn words_become_a_link_unless_they_cross_something() {
    let crosses =
        |what: &str| format!("refused: these words cross or lie in {what}: select fewer words");
    let row = |body: &str, words, after: &str| {
        (
            body.to_owned(),
            edited_body(body, mark(words, "K7")),
            after.to_owned(),
        )
    };
    check([
        row("One two three.⏎", "two", "One [two](ksb:K7) three.⏎"),
        row(
            "One two⏎three.⏎",
            " two⏎three".replace('⏎', "\n").leak(),
            "One [two⏎three](ksb:K7).⏎",
        ),
        row(
            "A **bold** word.⏎",
            "A **bold**",
            "[A **bold**](ksb:K7) word.⏎",
        ),
        row(
            "A **bold** word.⏎",
            "bold** w",
            &crosses("words that are bold, italic or struck out"),
        ),
        row("A **bold one**.⏎", "bold", "A **[bold](ksb:K7) one**.⏎"),
        row("A [b](ksb:S7) c.⏎", "b", "A [b](ksb:S7,K7) c.⏎"),
        row("A [b](ksb:k07) c.⏎", "b", "A [b](ksb:k07) c.⏎"),
        row("A [b](ksb:S7) c.⏎", ") c", &crosses("another link")),
        row("A [b](x.md) c.⏎", "b", &crosses("another link")),
        row(
            "A [b][r] c.⏎⏎[r]: ksb:S7⏎",
            "b",
            "refused: the target of this link is defined elsewhere in the file",
        ),
    ]);
}

#[test]
fn words_stay_words_in_what_is_no_prose() {
    let crosses =
        |what: &str| format!("refused: these words cross or lie in {what}: select fewer words");
    let row = |body: &str, words, after: &str| {
        (
            body.to_owned(),
            edited_body(body, mark(words, "K7")),
            after.to_owned(),
        )
    };
    check([
        row("## Head⏎", "Head", &crosses("a heading")),
        row("```⏎code⏎```⏎", "code", &crosses("a block of code")),
        row("a `code` b⏎", "code", &crosses("a piece of code")),
        row("a `code` b⏎", "a `code`", "[a `code`](ksb:K7) b⏎"),
        row("a <b>c</b> d⏎", "c</b>", &crosses("HTML")),
        row("<div>⏎c⏎</div>⏎", "c", &crosses("HTML")),
        row(
            "One.⏎⏎Two.⏎",
            "One.\n\nTwo.",
            &crosses("more than one paragraph"),
        ),
        row("- one⏎- two⏎", "two", "- one⏎- [two](ksb:K7)⏎"),
        row(
            "- one⏎- two⏎",
            "one\n- two",
            &crosses("more than one paragraph"),
        ),
        row("> a b⏎> c⏎", "b\n> c", "> a [b⏎> c](ksb:K7)⏎"),
        row("|a|b|⏎|-|-|⏎|c|d|⏎", "c", "|a|b|⏎|-|-|⏎|[c](ksb:K7)|d|⏎"),
        row(
            "|a|b|⏎|-|-|⏎|c|d|⏎",
            "c|d",
            &crosses("more than one paragraph"),
        ),
        row(
            "Stop!now⏎",
            "now",
            "refused: this cannot be written here without changing something else",
        ),
        row(
            "a ] b⏎",
            "] b",
            "refused: this cannot be written here without changing something else",
        ),
        row(
            "a b⏎",
            " ",
            "refused: the selection is empty or outside the text",
        ),
    ]);
}

#[test]
fn a_link_loses_a_code_and_then_its_brackets() {
    let unmark = |words: &'static str, code: &'static str| {
        move |text: &str, from: usize| {
            let start = from + text[from..].find(words).unwrap_or_default();
            let range = Span::new(start, start + words.len());
            Edit::Unmark {
                range,
                code: code.to_owned(),
            }
        }
    };
    let row = |body: &str, words, code, after: &str| {
        let found = edited_body(body, unmark(words, code));
        (body.to_owned(), found, after.to_owned())
    };
    check([
        row("A [b c](ksb:K7) d.⏎", "b c", "K7", "A b c d.⏎"),
        row("A [b **c**](<ksb:K7>) d.⏎", "b", "k7", "A b **c** d.⏎"),
        row(
            "A [b](ksb:K7,S7) c.⏎",
            "[b](ksb:K7,S7)",
            "K7",
            "A [b](ksb:S7) c.⏎",
        ),
        row(
            "A [b](ksb:K7) c.⏎",
            "b",
            "S7",
            "refused: these words are not linked to that code",
        ),
        row(
            "A b c.⏎",
            "b",
            "K7",
            "refused: these words are not linked to that code",
        ),
    ]);
}

#[test]
fn a_lone_return_stays_a_line_end_of_its_own() {
    let insert = |at: usize, to: usize, words: &'static str| {
        move |_: &str, from: usize| Edit::ReplaceWords {
            range: Span::new(from + at, from + to),
            text: words.to_owned(),
        }
    };
    assert_eq!(edited_body("a\rx⏎b", insert(2, 3, "")), "a\r⏎⏎b");
    assert_eq!(edited_body("a\rx⏎b", insert(2, 2, "\n")), "a\r⏎⏎x⏎b");
}
