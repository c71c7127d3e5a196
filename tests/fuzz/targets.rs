//! Fuzz targets, and the properties that must hold for any input.
//!
//! Shared with the test that replays the corpus.

use std::collections::BTreeMap;

use ksbfolio::document::{self, DocumentType};
use ksbfolio::markup::{self, BodyContext, Picture};
use ksbfolio::model::Passage;
use ksbfolio::parse;
use ksbfolio::privacy;
use ksbfolio::resolve::{
    KeyFiles, ParsedDecisionFile, PortfolioBuilder, ResolveContext, WorkspaceParts,
    resolve_standalone,
};
use ksbfolio::text::Source;

#[path = "../it/support/zipped.rs"]
#[allow(
    clippy::duplicate_mod,
    reason = "the fuzz targets are a package of their own, without the other tests"
)]
mod zipped;

/// Accepts any bytes; panics if a property is violated.
pub type Target = fn(&[u8]);

/// The targets, by name.
pub const TARGETS: [(&str, Target); 6] = [
    ("entry", entry),
    ("standard", standard),
    ("decisions", decisions),
    ("consents", consents),
    ("sanitiser", sanitiser),
    ("documents", documents),
];

const STANDARD: &str = "version: 1\nid: tiny\ntitle: T\nofficial: false\nkinds: [{ id: k, title: K, prefix: K }]\ncriteria: [{ code: K1, kind: k, text: One }]\ngroups: []\n";
const SETTINGS: &str = "version: 1\ntitle: T\nlearner: { id: L }\nstandards: [tiny]\n";
const GIBBS: &str = include_str!("../../standards/reflection/gibbs.yaml");

fn source(path: &str, data: &[u8]) -> Option<Source> {
    std::str::from_utf8(data)
        .ok()
        .map(|text| Source::new(path, text))
}

fn ground(decisions: &[Source]) -> PortfolioBuilder {
    let settings_source = Source::new("portfolio/portfolio.yaml", SETTINGS);
    PortfolioBuilder::new(
        WorkspaceParts {
            settings: parse::settings(&settings_source),
            settings_source,
            standards: vec![parse::standard(&Source::new(
                "standards/tiny.yaml",
                STANDARD,
            ))],
            lock: parse::standards_lock(&Source::new(
                "portfolio/standards.lock",
                "version: 1\nstandards: []\n",
            )),
            maps: Vec::new(),
            models: vec![parse::reflection_model(&Source::new(
                "standards/reflection/gibbs.yaml",
                GIBBS,
            ))],
            guidance: Vec::new(),
            programme: Vec::new(),
            decisions: decisions
                .iter()
                .map(|source| ParsedDecisionFile::new(source.clone(), None))
                .collect(),
            signers: KeyFiles::default(),
            consents: parse::consents(&Source::new(
                "portfolio/consents.yaml",
                "version: 1\nconsents: []\n",
            )),
            sampling: parse::sampling(&Source::new("portfolio/sampling.yaml", "version: 1\n")),
            evidence: BTreeMap::new(),
        },
        None,
    )
}

fn resolved(source: &Source, world: &ResolveContext<'_>) -> ksbfolio::resolve::StandaloneEntry {
    resolve_standalone(parse::entry(source), &source.text, world)
}

/// Parses and resolves an entry, and renders its page.
pub fn entry(data: &[u8]) {
    let Some(source) = source("portfolio/entries/a.md", data) else {
        return;
    };
    let ground = ground(&[]);
    let found = resolved(&source, &ground.context());
    for fault in &found.faults {
        assert!(
            fault.place.span.end <= source.text.len() + 1,
            "a fault lies outside its file"
        );
    }
    for one in &found.entry.identifiers.found {
        assert!(
            source.text.get(one.span.range()).is_some(),
            "an identifier is no piece of the text"
        );
    }
    let body = &found.entry.body;
    let anchors: Vec<&str> = body
        .sections
        .iter()
        .map(|section| section.anchor.as_str())
        .collect();
    is_harmless(&markup::to_html(
        body.span.of(&source.text),
        &body.passages,
        &anchors,
        &Nowhere,
    ));
    let path = found.entry.path.clone();
    let whole = ground.join(vec![found.into()], Vec::new());
    assert_eq!(whole.portfolio.entries[0].path, path);
}

/// Parses a standard, a reflection model, guidance or settings.
pub fn standard(data: &[u8]) {
    let Some(source) = source("standards/a.yaml", data) else {
        return;
    };
    parse::standard(&source);
    parse::reflection_model(&source);
    parse::guidance(&source);
    parse::programme(&source);
    parse::settings(&source);
    parse::theme(&source, &Default::default());
}

/// Parses decisions and attaches them to entries.
pub fn decisions(data: &[u8]) {
    let Some(source) = source("portfolio/decisions/a.yaml", data) else {
        return;
    };
    let first = Source::new(
        "portfolio/decisions/b.yaml",
        "version: 1\nassessor: { id: A, role: assessor }\ndate: 2026-01-02\ndecisions: []\n",
    );
    let ground = ground(&[source, first]);
    let text = Source::new(
        "portfolio/entries/a.md",
        "---\ntitle: A\ndate: 2026-01-01\nksbs: [K1]\n---\nWords.\n",
    );
    let entry = resolved(&text, &ground.context());
    assert_eq!(
        ground
            .join(vec![entry.into()], Vec::new())
            .portfolio
            .entries
            .len(),
        1
    );
}

/// Parses the consent register.
pub fn consents(data: &[u8]) {
    let Some(source) = source("portfolio/consents.yaml", data) else {
        return;
    };
    parse::consents(&source);
}

/// Renders Markdown as harmless HTML and searches it for identifiers.
pub fn sanitiser(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    is_harmless(&markup::to_html(text, &[], &[], &Nowhere));
    let found = privacy::identifiers(text, &[]);
    for pair in found.windows(2) {
        assert!(
            pair[0].span.end <= pair[1].span.start,
            "two identifiers overlap"
        );
    }
}

/// Inspects a document or a picture. Random bytes rarely pass a zip's checksums, so a zip is given
/// by its parts: its type on the first line, then each part after a line `=== NAME`.
pub fn documents(data: &[u8]) {
    if data.starts_with(b"%PDF") {
        let _ = document::read(DocumentType::Pdf, data.to_vec());
        return;
    }
    let mut parts = data.split(|byte| *byte == b'\n');
    let kind = parts.next().and_then(|line| std::str::from_utf8(line).ok());
    let Some(kind) = kind.and_then(|kind| DocumentType::of_file(&format!("x.{kind}"))) else {
        let _ = document::picture(data);
        return;
    };
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for line in parts {
        match (line.strip_prefix(b"=== "), files.last_mut()) {
            (Some(name), _) => files.push((String::from_utf8_lossy(name).into_owned(), Vec::new())),
            (None, Some((_, bytes))) => bytes.extend([line, b"\n"].concat()),
            (None, None) => {}
        }
    }
    // Some parts must match exactly, so the final line end of each is removed.
    for (_, bytes) in &mut files {
        bytes.pop();
    }
    let mut names = std::collections::BTreeSet::new();
    files.retain(|(name, _)| names.insert(name.clone()));
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), &bytes[..]))
        .collect();
    let _ = document::read(kind, zipped::zipped(&files));
}

struct Nowhere;

impl BodyContext for Nowhere {
    fn link(&self, target: &str) -> Option<String> {
        Some(target.to_owned()).filter(|target| target.starts_with("https://"))
    }

    fn picture(&self, _: &str) -> Option<Picture> {
        None
    }

    fn codes(&self, passage: &Passage) -> Vec<(String, String)> {
        passage
            .criteria
            .iter()
            .map(|_| ("K1".to_owned(), "k1.html".to_owned()))
            .collect()
    }
}

/// Elements allowed in rendered entries.
const ELEMENTS: [&str; 34] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "em",
    "strong",
    "del",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "mark",
    "span",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "hr",
    "input",
    "div",
    "img",
    "sup",
    "figure",
    "small",
    "b",
];

/// Attributes allowed on them.
const ATTRIBUTES: [&str; 21] = [
    "class",
    "href",
    "id",
    "data-line",
    "start",
    "type",
    "checked",
    "disabled",
    "src",
    "alt",
    "width",
    "height",
    "title",
    "rel",
    "scope",
    "tabindex",
    "role",
    "style",
    "lang",
    "loading",
    "aria-label",
];

/// Asserts that the HTML contains only allowed tags.
fn is_harmless(html: &str) {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let end = rest.find('>').expect("a tag ends");
        let tag = rest[..end].trim_start_matches('/');
        rest = &rest[end + 1..];
        let name: String = tag
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        assert!(
            ELEMENTS.contains(&name.as_str()),
            "the element {name:?} of {tag:?}"
        );
        let mut attributes = &tag[name.len()..];
        while let Some((before, after)) = attributes.split_once('=') {
            let attribute = before.split_whitespace().last().unwrap_or_default();
            assert!(
                ATTRIBUTES.contains(&attribute),
                "the attribute {attribute:?} of {tag:?}"
            );
            let value = after.strip_prefix('"').expect("a value is quoted");
            let (value, further) = value.split_once('"').expect("a value ends");
            if ["href", "src"].contains(&attribute) {
                let scheme = value.split([':', '/', '?', '#']).next().unwrap_or_default();
                assert!(
                    value.starts_with("https://") || !value.starts_with(&format!("{scheme}:")),
                    "{tag:?}"
                );
            }
            attributes = further;
        }
    }
}
