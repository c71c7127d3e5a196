//! Words are read as a page shows them, however they are written.

use std::fmt::Write;

use ksbfolio::parse;
use ksbfolio::privacy::{Kind, search_shown};
use ksbfolio::text::{ShownText, Source, Span, words};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What is read from a body: counted words, passages, mentions, searchable words.
type Facts = (usize, Vec<String>, Vec<String>, Box<str>);

fn read(body: &str) -> Facts {
    let text = format!("---\ntitle: A\n---\n\n{body}\n");
    let source = Source::new("portfolio/entries/a.md", &text);
    let body = parse::entry(&source).value.body;
    let passages = body.passages.iter().map(|passage| passage.text.clone());
    let mentions = body.mentions.iter().map(|mention| mention.value.clone());
    (
        body.words,
        passages.collect(),
        mentions.collect(),
        body.vocabulary.words,
    )
}

#[test]
fn the_point_after_a_link_is_no_word() {
    for (body, counted) in [
        ("One [two](ksb:K7) three [four](ksb:K7).", 4),
        ("A [scale](a.md)'s use, *twice*.", 4),
        ("un**believ**able", 1),
        ("pain – and rest & care", 4),
        ("at 07:30, hand-in", 3),
        ("see ![the chart](a.png) here", 2),
    ] {
        assert_eq!(read(body).0, counted, "{body}");
    }
}

#[test]
fn quoted_and_possessive_words_are_searched_without_their_marks() {
    assert_eq!(
        &*read("the 'gold' standard, clients' needs, ward's **scal**es").3,
        "gold\nstandard\nclients\nneeds\nward's\nscales\n"
    );
}

#[test]
fn codes_are_named_in_any_markup_and_not_in_code_or_passages() {
    let mentions = read("K**7**, &#75;8, `K9`, [K10](ksb:K1) and `x` K11's").2;
    assert_eq!(mentions, ["K7", "K8", "K11"]);
}

/// The identifiers of a body by kind, with their words as shown.
fn identify(body: &str) -> Vec<(Kind, String)> {
    let text = format!("---\ntitle: A\n---\n\n{body}\n");
    let source = Source::new("portfolio/entries/a.md", &text);
    let body = parse::entry(&source).value.body;
    let found = search_shown(
        &text,
        Span::new(0, body.span.start),
        body.blocks.clone(),
        &[],
    )
    .found;
    let found = found.into_iter();
    found
        .map(|one| (one.identifier.kind, one.text.into()))
        .collect()
}

#[test]
fn identifiers_are_found_as_shown_in_text_titles_tables_and_comments() {
    for (body, kind) in [
        ("Mrs\nOakapple sat.", Kind::Name),
        ("Mrs **Oakapple** sat.", Kind::Name),
        ("Mrs [Oakapple](ksb:K10) sat.", Kind::Name),
        ("Mrs&nbsp;Oakapple sat.", Kind::Name),
        ("<p>Mrs<br>Oakapple sat.</p>", Kind::Name),
        ("Words. <!-- Mrs\nOakapple -->", Kind::Name),
        ("![Mrs *Oakapple*](a.png)", Kind::Name),
        ("[a]\n\n[a]: b.md \"Mrs Oakapple\"", Kind::Name),
        ("The band said NHS 943 **476** 5919.", Kind::NhsNumber),
        ("The band said NHS 943 476\n5919.", Kind::NhsNumber),
        (
            "The band said NHS 943\u{2011}476\u{2011}5919.",
            Kind::NhsNumber,
        ),
        (
            "| Who | NHS No |\n|---|---|\n| A | 9434765919 |",
            Kind::NhsNumber,
        ),
        ("| MRN |\n|---|\n| 4471902 |", Kind::HospitalNumber),
        ("## Hospital number\n\n4471902", Kind::HospitalNumber),
        ("| DOB |\n|---|\n| 14/03/2019 |", Kind::BirthDate),
        ("| Ward | Bed |\n|---|---|\n| 7 | 12 |", Kind::WardBed),
        ("I visited 14 Foxglove\nLane, AB1\n4QX.", Kind::Address),
    ] {
        let found = identify(body);
        assert!(
            found.iter().any(|(one, _)| *one == kind),
            "{body}: {found:?}"
        );
    }
    for title in ["Mrs\\x20Oakapple", "Mrs\\u00a0Oakapple"] {
        let text = format!("---\ntitle: \"{title}\"\n---\n\nWords.\n");
        let body = parse::entry(&Source::new("portfolio/entries/a.md", &text))
            .value
            .body;
        let found = search_shown(
            &text,
            Span::new(0, body.span.start),
            body.blocks.clone(),
            &[],
        )
        .found;
        assert_eq!(found[0].identifier.span.of(&text).trim_matches('"'), title);
    }
}

#[test]
fn blocks_do_not_run_into_each_other() {
    for body in [
        "Mrs\n\nOakapple",
        "- Mrs\n- Oakapple",
        "# Mrs\n\nOakapple tree",
        "The number is 943 476\n\n5919 is another",
    ] {
        let found = identify(body);
        assert!(
            !found.iter().any(|(kind, _)| *kind == Kind::NhsNumber),
            "{body}: {found:?}"
        );
    }
    assert_eq!(
        identify("She sat with Mrs\n\nWords of another paragraph."),
        []
    );
}

#[test]
fn a_match_covers_the_markup_between_its_words() {
    let text = "---\ntitle: A\n---\n\nI saw Mrs **[Oak](b.md)apple** there.\n";
    let body = parse::entry(&Source::new("portfolio/entries/a.md", text))
        .value
        .body;
    let found = search_shown(
        text,
        Span::new(0, body.span.start),
        body.blocks.clone(),
        &[],
    )
    .found;
    assert_eq!(found[0].identifier.span.of(text), "Mrs **[Oak](b.md)apple");
    assert_eq!(&*found[0].text, "Mrs Oakapple");
}

fn entity(text: &str) -> String {
    let mut entities = String::new();
    for letter in text.chars() {
        let _ = write!(entities, "&#{};", u32::from(letter));
    }
    entities
}

proptest! {
    #[test]
    fn rewriting_what_is_shown_changes_nothing(
        parts in vec((select(&[
            "Mrs", "Oakapple", "sat", "943", "476", "5919", "NHS", "B1", "écart’s", "bed", "7", "Priya",
        ][..]), 0..7_usize, 0..7_usize), 1..12),
    ) {
        let (mut plain, mut written) = (String::new(), String::new());
        for (word, form, gap) in parts {
            plain.push(' ');
            plain.push_str(word);
            written += [" ", "\n", "&nbsp;", "\u{2009}", "  \n", " <!-- note --> ", "&#32; "][gap];
            let marked = match form {
                0 => format!("**{word}**"),
                1 => format!("*{word}*"),
                2 => format!("[{word}](https://example.org)"),
                3 => entity(word),
                4 => format!("\u{200b}{word}&shy;"),
                5 => format!("[**{word}**](a.md)"),
                _ => word.to_owned(),
            };
            written.push_str(&marked);
        }
        let passage = |text: &str| format!("Saw [it all: x{text}.](ksb:K1) B2");
        prop_assert_eq!(read(&format!("x{written}")), read(&format!("x{plain}")));
        prop_assert_eq!(identify(&format!("x{written}")), identify(&format!("x{plain}")));
        prop_assert_eq!(read(&passage(&plain)).1, [format!("it all: x{plain}.")]);
    }

    #[test]
    fn maps_there_and_back(parts in vec("[ab ’\u{a0}\u{ad}\u{2011}\n]{0,6}", 1..6)) {
        let source = parts.join("**");
        let (mut shown, mut at) = (ShownText::default(), 0);
        for part in &parts {
            shown.push(part, Span::new(at, at + part.len()), &source);
            at += part.len() + 2;
        }
        for (at, letter) in shown.text().char_indices() {
            let here = at..at + letter.len_utf8();
            for span in shown.source_of(here.clone()) {
                prop_assert_eq!(shown.shown_of(span), here.clone());
                let folded = ShownText::of(span.of(&source));
                prop_assert!(letter == ' ' || folded.text() == letter.to_string());
            }
        }
        for word in words(shown.text()) {
            let spans = shown.source_of(word.range());
            let whole = Span::new(spans[0].start, spans[spans.len() - 1].end);
            prop_assert_eq!(shown.shown_of(whole), word.range());
        }
    }
}
