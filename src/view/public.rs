//! Pages of a public site: public entries and their passages. States, verdicts and plans are about
//! people at work, and shown only if the settings share them.

use super::home::describe_progress;
use super::link::Link;
use super::listing::{Item, ListingPage, Part};
use super::rows::{disclose_state, format_date, format_statement};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::{CriterionId, Entry, Line};

/// The entries on the home page; the page of entries has all.
const LATEST: usize = 20;

/// The home page.
pub(super) fn build_home(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let title = scene.portfolio.settings.title.clone();
    if scene.is_empty() {
        let lead = "Nothing in this portfolio is public.".to_owned();
        return ListingPage {
            title,
            lead,
            ..ListingPage::default()
        };
    }
    let lead = if scene.visible.is_empty() {
        "No entry of this portfolio is public."
    } else {
        "The public entries of this portfolio, and the passages that show each code."
    };
    let entries = scene
        .visible
        .iter()
        .rev()
        .take(LATEST)
        .map(|&at| build_entry_item(scene, from, at))
        .collect();
    let standards = scene.shown_standards().into_iter().map(|at| {
        let counts = &scene.coverage.standards[at].counts;
        let text = if scene.disclosure.states {
            describe_progress(counts)
        } else {
            String::new()
        };
        let link = scene.standard_link(from, at);
        Item {
            link: Some(link),
            text,
            ..Item::default()
        }
    });
    let sections = [
        Part::list("Entries", entries),
        Part::list("Standards", standards.collect()),
    ];
    let sections = sections
        .into_iter()
        .filter(|part| !part.items.is_empty())
        .collect();
    ListingPage::new(title, lead.to_owned(), sections)
}

fn build_entry_item(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> Item {
    let entry = &scene.portfolio.entries[at];
    Item {
        link: Some(scene.entry_link(from, at)),
        meta: describe_entry(entry),
        ..Item::default()
    }
}

fn describe_entry(entry: &Entry) -> String {
    let date = format_date(entry.front_matter.date);
    format!("{}, {date}", entry.front_matter.kind.title())
}

/// The page of a standard, with the criteria that may be shown.
pub(super) fn build_standard(scene: &RenderContext<'_>, from: &SitePath, at: usize) -> ListingPage {
    let known = scene.portfolio.catalogue.standard(at);
    let item = |line: &&Line| {
        let criterion = scene.portfolio.catalogue.criterion(line.criterion);
        let label = criterion.code.value.to_string();
        Item {
            link: Some(Link {
                href: from.link_to(scene.routes.criterion(line.criterion)),
                label,
            }),
            state: disclose_state(scene, line),
            text: format_statement(&criterion.text),
            ..Item::default()
        }
    };
    let lines = scene.shown_lines();
    let items = lines
        .iter()
        .filter(|line| line.criterion.standard == at)
        .map(item)
        .collect();
    let lead = if scene.disclosure.states {
        "Its codes, and the state of each."
    } else {
        "The codes that public entries show."
    };
    ListingPage::new(
        known.full_title(),
        lead.to_owned(),
        vec![Part::list("Criteria", items)],
    )
}

/// The page of a criterion: its statement, and passages of public entries.
pub(super) fn build_criterion(
    scene: &RenderContext<'_>,
    from: &SitePath,
    id: CriterionId,
) -> ListingPage {
    let catalogue = &scene.portfolio.catalogue;
    let known = catalogue.criterion(id);
    let claiming = scene
        .visible
        .iter()
        .filter_map(|&at| build_claim_item(scene, from, at, id));
    let standard = scene.standard_link(from, id.standard);
    let state = scene
        .coverage
        .line(id)
        .and_then(|line| disclose_state(scene, line));
    let standard = Item {
        link: Some(standard),
        state,
        ..Item::default()
    };
    let evidence = Part::list("Evidence", claiming.collect());
    let sections = [evidence, Part::list("Standard", vec![standard])];
    ListingPage::new(
        known.code.value.to_string(),
        format_statement(&known.text),
        sections
            .into_iter()
            .filter(|part| !part.items.is_empty())
            .collect(),
    )
}

fn build_claim_item(
    scene: &RenderContext<'_>,
    from: &SitePath,
    at: usize,
    id: CriterionId,
) -> Option<Item> {
    let entry = &scene.portfolio.entries[at];
    let claim = entry.claim(id)?;
    let page = from.link_to(scene.routes.entry(at));
    let passages = || claim.passages.iter().map(|&at| &entry.body.passages[at]);
    let links = passages().map(|passage| Link {
        href: [&page, "#", &passage.anchor].concat(),
        label: format!("¶{}", passage.paragraph),
    });
    let mut words: Vec<String> = passages()
        .map(|passage| format!("“{}”", passage.text))
        .collect();
    words.extend(claim.justification().map(str::to_owned));
    Some(Item {
        text: words.join(" "),
        links: links.collect(),
        ..build_entry_item(scene, from, at)
    })
}
