//! The Markdown of a body: what an edit may not cut through, and whether two texts read alike.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::parse::events;
use crate::text::Span;

/// The events of a body, with their places in the file.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    events: Vec<(Event<'a>, Span)>,
}

/// A link to codes.
#[derive(Clone, Debug)]
pub(super) struct CodeLink {
    /// The whole link.
    pub span: Span,
    /// Its codes as typed, with commas.
    pub codes: String,
}

impl<'a> Outline<'a> {
    /// Reads `body` of `text`.
    pub(super) fn read(text: &'a str, body: Span) -> Self {
        let placed = |range: std::ops::Range<usize>| Span::new(range.start, range.end);
        let events = events(body.of(text));
        Self {
            events: events
                .map(|(event, range)| (event, placed(range).shifted(body.start)))
                .collect(),
        }
    }

    /// Links to codes, in order.
    pub(super) fn code_links(&self) -> Vec<CodeLink> {
        let found = self.events.iter().filter_map(|(event, span)| match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let codes = dest_url.strip_prefix("ksb:")?.to_owned();
                Some(CodeLink { span: *span, codes })
            }
            _ => None,
        });
        found.collect()
    }

    /// What keeps the words of `range` from becoming a link, in words that follow "cross or lie
    /// in".
    pub(super) fn obstacle(&self, range: Span) -> Option<&'static str> {
        let mut touching = self.events.iter().filter(|(_, span)| span.overlaps(range));
        let is_words =
            |(event, _): &(Event<'_>, Span)| matches!(event, Event::Text(_) | Event::Code(_));
        let unseen = (!touching.clone().any(is_words)).then_some("what a page does not show");
        let found = touching.find_map(|(event, span)| {
            let holds = span.start <= range.start && range.end <= span.end;
            let is_inside = range.start <= span.start && span.end <= range.end;
            match event {
                Event::Start(Tag::Link { .. }) => Some("another link"),
                Event::Start(Tag::Image { .. }) => Some("a picture"),
                Event::Start(Tag::Heading { .. }) => Some("a heading"),
                Event::Start(Tag::CodeBlock(_)) => Some("a block of code"),
                Event::Start(Tag::HtmlBlock) | Event::Html(_) | Event::InlineHtml(_) => {
                    Some("HTML")
                }
                Event::TaskListMarker(_) => Some("a tick box"),
                Event::Code(_) if !is_inside => Some("a piece of code"),
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                    (!holds && !is_inside).then_some("words that are bold, italic or struck out")
                }
                Event::Start(_) | Event::Rule if !holds => Some("more than one paragraph"),
                _ => None,
            }
        });
        found.or(unseen)
    }

    /// What a reader sees, without the codes of links and without the link at `skipped`.
    pub(super) fn shown(&self, skipped: Option<Span>) -> Vec<Event<'a>> {
        let mut shown: Vec<Event<'a>> = Vec::new();
        for (event, span) in &self.events {
            let is_link = matches!(
                event,
                Event::Start(Tag::Link { .. }) | Event::End(TagEnd::Link)
            );
            if is_link && Some(*span) == skipped {
                continue;
            }
            match (shown.last_mut(), event) {
                (Some(Event::Text(before)), Event::Text(text)) => {
                    *before = format!("{before}{text}").into();
                }
                (_, event) => shown.push(without_codes(event)),
            }
        }
        shown
    }
}

fn without_codes<'a>(event: &Event<'a>) -> Event<'a> {
    match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) if dest_url.starts_with("ksb:") => Event::Start(Tag::Link {
            link_type: *link_type,
            dest_url: "ksb:".into(),
            title: title.clone(),
            id: id.clone(),
        }),
        event => event.clone(),
    }
}
