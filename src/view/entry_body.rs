//! The text of an entry as HTML, for its page or for a pack.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::scene::RenderContext;
use crate::files::SitePath;
use crate::markup::{self, BodyContext, Picture};
use crate::model::{Anchors, CriterionId, Entry, Passage};
use crate::text::{LineIndex, blank_out, slug, split_fragment};

/// The entries of a pack with their numbers, from 1.
#[derive(Clone, Debug)]
pub(super) struct Numbers(BTreeMap<usize, usize>);

impl Numbers {
    /// Numbers `entries`, which are in ascending order.
    pub(super) fn new(entries: impl Iterator<Item = usize>) -> Self {
        Self(entries.zip(1..).collect())
    }

    /// The number of an entry; `None` if it is not in the pack.
    pub(super) fn of(&self, entry: usize) -> Option<usize> {
        self.0.get(&entry).copied()
    }

    /// Entries with their numbers, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        self.0.iter().map(|(&at, &number)| (at, number))
    }
}

/// The id of a criterion's row in the annex of a pack.
pub(super) fn annex_anchor(scene: &RenderContext<'_>, id: CriterionId) -> String {
    let standard = &scene.portfolio.catalogue.standard(id.standard).id.value;
    format!(
        "c-{}-{}",
        slug(standard),
        slug(scene.portfolio.catalogue.code(id).as_str())
    )
}

/// The text of the entry at `at` as HTML, for its own page, or for a pack with these numbers.
pub(super) fn render_body(
    scene: &RenderContext<'_>,
    from: &SitePath,
    at: usize,
    pack: Option<&Numbers>,
) -> String {
    let entry = &scene.portfolio.entries[at];
    let anchors: Vec<&str> = entry
        .body
        .sections
        .iter()
        .filter(|section| !section.is_bold)
        .map(|section| section.anchor.as_str())
        .collect();
    let number = pack.and_then(|numbers| numbers.of(at));
    // A text that changed since it was judged is not shown; the build reports it.
    let text = scene.texts.text(&entry.path).unwrap_or_default();
    // Without a readable front matter, the date of the event may be part of the text.
    let text = if entry.front_matter.unread {
        blank_out(&text, &entry.identifiers.masked).into()
    } else {
        text
    };
    let lines = scene.live.map(|_| LineIndex::new(&text));
    let known = OnceCell::new();
    let around = EntrySurroundings {
        scene,
        from,
        entry,
        pack,
        number,
        lines,
        text: &text,
        anchors: known,
    };
    markup::to_html(
        entry.body.span.of(&text),
        &entry.body.passages,
        &anchors,
        &around,
    )
}

struct EntrySurroundings<'a> {
    scene: &'a RenderContext<'a>,
    from: &'a SitePath,
    entry: &'a Entry,
    pack: Option<&'a Numbers>,
    number: Option<usize>,
    lines: Option<LineIndex>,
    text: &'a str,
    /// Valid targets of fragment links, collected on first use.
    anchors: OnceCell<Anchors<'a>>,
}

impl BodyContext for EntrySurroundings<'_> {
    fn link(&self, target: &str) -> Option<String> {
        if ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| target.to_lowercase().starts_with(scheme))
        {
            // Browsers drop control characters, so the link would lead elsewhere.
            return (!target.contains(char::is_control)).then(|| target.to_owned());
        }
        let (path, fragment) = split_fragment(target);
        if path.starts_with("//") {
            return None;
        }
        if path.is_empty() {
            let fragment = fragment?;
            let anchors = self.anchors.get_or_init(|| self.entry.body.anchors());
            let known = anchors.find(fragment)?;
            return Some(format!("#{}", self.anchor(known)));
        }
        if let Some(file) = self.entry.linked_files.get(target) {
            let published = self.scene.pictures.get(file)?;
            let href = published.link_from(self.from);
            return (!href.is_empty()).then_some(href);
        }
        let portfolio = self.scene.portfolio;
        let at = portfolio.index.linked(&self.entry.path, target);
        let at = at.filter(|&at| self.scene.is_visible(at))?;
        if let Some(numbers) = self.pack {
            return numbers.of(at).map(|number| format!("#e{number}"));
        }
        Some(self.from.link_to(self.scene.routes.entry(at)))
    }

    fn picture(&self, target: &str) -> Option<Picture> {
        let file = self.entry.linked_files.get(target)?;
        let published = self.scene.pictures.get(file)?;
        if published.document.is_some() {
            return None;
        }
        Some(Picture {
            src: published.link_from(self.from),
            width: published.width,
            height: published.height,
        })
    }

    fn anchor(&self, anchor: &str) -> String {
        self.number
            .map_or_else(|| anchor.to_owned(), |number| format!("e{number}-{anchor}"))
    }

    fn paragraph_anchor(&self, at: usize) -> Option<&str> {
        let body = &self.entry.body;
        let line = body.bold_line_at(body.span.start + at)?;
        Some(&line.anchor)
    }

    fn line(&self, at: usize) -> Option<usize> {
        let body = &self.entry.body;
        self.lines
            .as_ref()
            .map(|lines| lines.place(self.text, body.span.start + at).line)
    }

    fn heading_shift(&self) -> u8 {
        u8::from(self.number.is_some())
    }

    fn codes(&self, passage: &Passage) -> Vec<(String, String)> {
        let applies = passage
            .criteria
            .iter()
            .filter(|&&id| self.scene.coverage.line(id).is_some());
        let label = |&id: &CriterionId| {
            let code = self.scene.portfolio.catalogue.code(id).to_string();
            let href = match self.pack {
                Some(_) => format!("#{}", annex_anchor(self.scene, id)),
                None => self.from.link_to(self.scene.routes.criterion(id)),
            };
            (code, href)
        };
        applies.map(label).collect()
    }
}
