//! The search index: whose words are in it, and how large it is.

use std::collections::BTreeMap;
use std::fmt::Write;

use ksbfolio::model::Audience;
use ksbfolio::view::{SearchIndex, SiteScope};

use super::support::Workspace;

/// Everything that a search may load, as one text.
fn index(workspace: &Workspace, audience: &str) -> String {
    let site = workspace.site(audience).into_iter();
    let files = site.filter(|(path, _)| path.starts_with("assets/search/"));
    files
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect()
}

fn entry(title: &str, front: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: 2026-03-14\ntype: reflection\nmodel: gibbs\n{front}---\n\n## Description\n\n{body}\n"
    )
}

#[test]
fn a_public_index_has_public_words_only() {
    let workspace = Workspace::tiny()
        .file(
            "portfolio/entries/shown.md",
            entry(
                "Shown",
                "ksbs: [{K1: reasonword}]\nvisibility: public\n",
                "Then [a passageword](ksb:K1) came. <!-- commentword -->",
            ),
        )
        .file(
            "portfolio/entries/inner.md",
            entry(
                "Innertitle",
                "ksbs: [{K1: innerreason}]\n",
                "An innerword came.",
            ),
        );
    let public = index(&workspace, "public");
    for word in ["Shown", "reasonword", "passageword"] {
        assert!(public.contains(word), "{word} is missing");
    }
    for word in ["commentword", "inner", "Innertitle", "Duty"] {
        assert!(!public.contains(word), "{word} is public");
    }
    let assessor = index(&workspace, "assessor");
    assert!(assessor.contains("Innertitle") && assessor.contains("innerreason"));
    assert!(!assessor.contains("commentword"));
}

#[test]
fn no_identifier_is_in_any_index() {
    let workspace = Workspace::tiny().file(
        "portfolio/entries/named.md",
        entry(
            "About Mrs Oakapple",
            "ksbs: [{K1: I asked Mrs Oakapple}]\nactions: [{ what: Ring Mrs Oakapple }]\n",
            "I spoke with Mrs Oakapple, [NHS number 943 476 5919](ksb:K1).",
        ),
    );
    for audience in ["public", "assessor", "private"] {
        let index = index(&workspace, audience).to_lowercase();
        for word in ["oakapple", "943", "5919"] {
            assert!(!index.contains(word), "{word} in the index for {audience}");
        }
    }
}

#[test]
fn the_index_of_many_entries_is_a_quarter_of_their_text() {
    let mut workspace = Workspace::tiny();
    let (mut seed, mut source) = (1_u64, 0);
    // A few words are frequent and most are rare, as in any text.
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let at = (seed >> 33) % 4096;
        format!("w{}ord", at * at * at / (4096 * 4096))
    };
    for number in 0..1000 {
        let mut body = String::new();
        for _ in 0..500 {
            write!(body, "{} ", word()).unwrap();
        }
        let text = entry(&format!("Shift {number}"), "ksbs: [K1, S1, B1]\n", &body);
        source += text.len();
        workspace = workspace.file(&format!("portfolio/entries/e{number}.md"), text);
    }
    let project = workspace.load();
    let scope = SiteScope::new(
        &project.portfolio,
        Audience::Assessor,
        BTreeMap::new(),
        None,
    );
    let index = SearchIndex::new(&project.scene(&scope));
    let bytes: usize = index
        .files()
        .iter()
        .map(|&file| index.text(file).len())
        .sum();
    assert!(bytes * 4 <= source, "{bytes} bytes for {source}");
    assert!(bytes * 50 > source, "{bytes} bytes: nothing is in it");
}
