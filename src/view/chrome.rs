//! Title, scripts, navigation and notices around the content of a page.

use std::sync::Arc;

use serde::Serialize;

use super::deciding::is_decided_here;
use super::frame::{Brand, Frame, NavLink};
use super::job::{Job, Listing};
use super::scene::RenderContext;
use crate::files::SitePath;

/// The script of the live preview; a built site does not have it.
pub(super) const LIVE_SCRIPT: &str = "_ksbfolio/live.js";

/// Everything around the content of one page.
#[derive(Clone, Debug, Serialize)]
pub struct Chrome {
    /// The title of the page.
    pub title: String,
    /// Scripts of the page, in order.
    pub scripts: Vec<String>,
    /// The rest, which pages of entries share.
    #[serde(flatten)]
    pub frame: Arc<Frame>,
}

impl Chrome {
    /// The chrome of a page. Pages of entries are in one folder and share a frame.
    pub fn new(scene: &RenderContext<'_>, job: Job, from: &SitePath, title: String) -> Self {
        let build = || Arc::new(build_frame(scene, job, from));
        let frame = match job {
            Job::Entry(_) => Arc::clone(scene.frame_of_entries.get_or_init(build)),
            _ => build(),
        };
        let decides = match job {
            Job::ToDecide => scene.live.is_none(),
            Job::Entry(at) => is_decided_here(scene, at),
            _ => false,
        };
        let deciding = decides.then_some("assets/decide.js");
        let own = job
            .scripts()
            .iter()
            .copied()
            .chain(deciding)
            .map(|path| from.link_to(path));
        let live = scene
            .live
            .map(|moment| format!("{}?site={moment}", from.link_to(LIVE_SCRIPT)));
        Self {
            title,
            scripts: own.chain(live).collect(),
            frame,
        }
    }

    /// Turns it into the chrome of a standalone document: no navigation, inline style.
    #[must_use]
    pub fn alone(self, style: String, style_hash: String) -> Self {
        self.without_site(|frame| Frame {
            css: String::new(),
            style,
            style_hash,
            ..frame
        })
    }

    /// Turns it into the chrome of a page next to the folder `site`, which ends in `/`: no
    /// navigation, the style sheet of the site.
    #[must_use]
    pub fn beside(self, site: &str, page_type: &'static str) -> Self {
        self.without_site(|frame| Frame {
            page_type,
            css: format!("{site}{}", frame.css),
            icon: format!("{site}{}", frame.icon),
            ..frame
        })
    }

    fn without_site(self, changed: impl FnOnce(Frame) -> Frame) -> Self {
        let frame = changed(Arc::unwrap_or_clone(self.frame));
        Self {
            frame: Arc::new(Frame {
                nav: Vec::new(),
                search: String::new(),
                more: Vec::new(),
                ..frame
            }),
            ..self
        }
    }
}

fn build_frame(scene: &RenderContext<'_>, job: Job, from: &SitePath) -> Frame {
    let settings = &scene.portfolio.settings;
    let mut nav = vec![build_link(from, "index.html", "Overview")];
    nav.extend(
        scene
            .disclosure
            .is_full()
            .then(|| build_link(from, "gaps.html", "What is missing")),
    );
    if !scene.is_empty() {
        nav.push(build_link(from, "entries.html", "Entries"));
        nav.push(build_link(from, "search.html", "Search"));
    }
    let mut notices = Vec::new();
    for at in scene.shown_standards() {
        let standard = scene.portfolio.catalogue.standard(at);
        let name = standard.reference.known().filter(|_| standard.official);
        let name = name
            .cloned()
            .unwrap_or_else(|| shorten_title(&standard.title));
        nav.push(build_link(from, &scene.routes.standard(at), &name));
        let notice = standard.attribution.clone().unwrap_or_else(|| {
            format!(
                "{}: unofficial; codes and wording are not the awarding body's.",
                standard.title
            )
        });
        notices.push(notice);
    }
    let listed =
        Listing::of(scene).filter(|listing| !listing.label().is_empty() && !scene.is_empty());
    let more = listed
        .map(|listing| build_link(from, &format!("{}.html", listing.name()), listing.label()));
    let mut more: Vec<NavLink> = more.collect();
    if scene.has_pack() && scene.disclosure.is_full() {
        more.push(build_link(from, "pack.html", "Pack"));
    }
    Frame {
        more,
        page_type: job.page_type(),
        lang: settings.language.clone(),
        site_title: settings.title.clone(),
        learner: scene.learner(),
        as_of: settings.describe_as_of(scene.coverage.as_of),
        brand: Brand::default(),
        style: String::new(),
        style_hash: String::new(),
        live: scene.live.is_some(),
        css: from.link_to("assets/site.css"),
        icon: from.link_to("assets/icon.svg"),
        nav,
        search: link_search(scene, job, from),
        notices,
    }
}

/// The address of the search page for the box in the header; empty on the page itself, which has a
/// box of its own, and where nothing can be found.
fn link_search(scene: &RenderContext<'_>, job: Job, from: &SitePath) -> String {
    if scene.is_empty() || job == Job::Search {
        return String::new();
    }
    from.link_to("search.html")
}

/// A title without its brackets if that is short, else the text in the brackets: `Micro-needling`,
/// `Unit AP503`.
fn shorten_title(title: &str) -> String {
    let (own, inner) = title.split_once(" (").unwrap_or((title, title));
    let short = if own.chars().count() <= 24 {
        own
    } else {
        inner.trim_end_matches(')')
    };
    let mut letters = short.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn build_link(from: &SitePath, target: &str, label: &str) -> NavLink {
    NavLink {
        href: from.link_to(target),
        label: label.to_owned(),
        current: from.as_str() == target,
    }
}
