//! Title, scripts, navigation and notices around the content of a page.

use std::sync::Arc;

use serde::Serialize;

use super::deciding::{TO_DECIDE, has_forms, has_list, is_decided_here, name_list};
use super::frame::{Brand, Frame, NavGroup, NavLink};
use super::job::{Job, Listing, SiteSection};
use super::link::Link;
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::Audience;

/// The script of the live preview; a built site does not have it.
pub(super) const LIVE_SCRIPT: &str = "_ksbfolio/live.js";

/// Everything around the content of one page.
#[derive(Clone, Debug, Serialize)]
pub struct Chrome {
    /// The title of the page, with the reference of the portfolio.
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
            Job::ToDecide => has_forms(scene),
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
            title: name_page(scene, title),
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
                home: String::new(),
                nav: Vec::new(),
                search: String::new(),
                trail: Vec::new(),
                more: Vec::new(),
                ..frame
            }),
            ..self
        }
    }
}

/// The title of a page with the reference of the portfolio, so that forty portfolios are forty
/// different tabs. A public site never names the learner.
fn name_page(scene: &RenderContext<'_>, title: String) -> String {
    let settings = &scene.portfolio.settings;
    let named = scene.audience != Audience::Public && !settings.learner_id.is_empty();
    let reference = if named {
        &settings.learner_id
    } else {
        &settings.title
    };
    match title {
        title if title.is_empty() && named => format!("{} – {reference}", settings.title),
        title if title.is_empty() => settings.title.clone(),
        title => format!("{title} – {reference}"),
    }
}

fn build_frame(scene: &RenderContext<'_>, job: Job, from: &SitePath) -> Frame {
    let settings = &scene.portfolio.settings;
    let more = list_more(scene, from);
    let guide = Listing::Guide;
    let has_guide = Listing::of(scene).any(|one| one == guide) && !scene.is_empty();
    let is_document = matches!(job, Job::Pack);
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
        script_hash: String::new(),
        live: scene.live.is_some(),
        css: from.link_to("assets/site.css"),
        icon: from.link_to("assets/icon.svg"),
        home: from.link_to("index.html"),
        nav: list_groups(scene, job, from),
        // The search page has a box of its own.
        search: if scene.is_empty() || matches!(job, Job::Search) {
            String::new()
        } else {
            from.link_to("search.html")
        },
        trail: list_trail(scene, job, from),
        notices: if has_guide && !is_document {
            Vec::new()
        } else {
            list_notices(scene)
        },
    }
}

/// Attributions that licences require, and notices of unofficial standards.
pub(super) fn list_notices(scene: &RenderContext<'_>) -> Vec<String> {
    let standards = scene.shown_standards().into_iter();
    let notice = |at: usize| {
        let standard = scene.portfolio.catalogue.standard(at);
        let unofficial = || {
            format!(
                "{}: unofficial. We made these codes up; they are not the awarding body's.",
                standard.title
            )
        };
        standard.attribution.clone().unwrap_or_else(unofficial)
    };
    standards.map(notice).collect()
}

/// The short name of a standard: its reference if it is official.
pub(super) fn name_standard(scene: &RenderContext<'_>, at: usize) -> String {
    let standard = scene.portfolio.catalogue.standard(at);
    let reference = standard.reference.known().filter(|_| standard.official);
    reference
        .cloned()
        .unwrap_or_else(|| shorten_title(&standard.title))
}

/// The groups of the main navigation. A menu of one page is a link to it.
fn list_groups(scene: &RenderContext<'_>, job: Job, from: &SitePath) -> Vec<NavGroup> {
    // On the learner's own site, what waits is a part of their progress.
    let is_own = scene.audience == Audience::Private;
    let here = match job.section() {
        SiteSection::ToAssess if is_own => SiteSection::Progress,
        section => section,
    };
    let link = |section: SiteSection, target: &str, label: &str| NavGroup {
        label: label.to_owned(),
        href: from.link_to(target),
        current: from.as_str() == target,
        here: here == section,
        links: Vec::new(),
    };
    let menu = |section: SiteSection, label: &str, links: Vec<NavLink>| match &links[..] {
        [] => None,
        [only] => Some(NavGroup {
            label: only.label.clone(),
            href: only.href.clone(),
            current: only.current,
            here: here == section,
            links: Vec::new(),
        }),
        _ => Some(NavGroup {
            label: label.to_owned(),
            href: String::new(),
            current: false,
            here: here == section,
            links,
        }),
    };
    let mut groups = vec![link(SiteSection::Overview, "index.html", "Overview")];
    if scene.is_empty() {
        return groups;
    }
    if has_list(scene) && !is_own {
        groups.push(link(SiteSection::ToAssess, TO_DECIDE, name_list(scene)));
    }
    groups.extend(menu(SiteSection::Codes, "Codes", list_codes(scene, from)));
    groups.push(link(SiteSection::Entries, "entries.html", "Entries"));
    let waiting = is_own.then(|| build_link(from, TO_DECIDE, name_list(scene)));
    let progress = list_listings(scene, from, SiteSection::Progress).into_iter();
    let progress = waiting.into_iter().chain(progress).collect();
    groups.extend(menu(SiteSection::Progress, "Progress", progress));
    // Other pages have the box of the search there.
    if here == SiteSection::Search {
        groups.push(link(SiteSection::Search, "search.html", "Search"));
    }
    groups
}

/// The links of the menu of codes.
fn list_codes(scene: &RenderContext<'_>, from: &SitePath) -> Vec<NavLink> {
    let standard =
        |at: usize| build_link(from, &scene.routes.standard(at), &name_standard(scene, at));
    let mut links: Vec<NavLink> = scene.shown_standards().into_iter().map(standard).collect();
    if scene.has_gaps() {
        links.push(build_link(from, "gaps.html", "What needs work"));
    }
    links.extend(list_listings(scene, from, SiteSection::Codes));
    links
}

fn list_listings(scene: &RenderContext<'_>, from: &SitePath, section: SiteSection) -> Vec<NavLink> {
    let listed = Listing::of(scene).filter(|one| one.section() == section);
    listed
        .filter(|one| !one.label().is_empty())
        .map(|one| build_link(from, &format!("{}.html", one.name()), one.label()))
        .collect()
}

/// The links of the footer.
fn list_more(scene: &RenderContext<'_>, from: &SitePath) -> Vec<NavLink> {
    if scene.is_empty() {
        return Vec::new();
    }
    let mut more = list_listings(scene, from, SiteSection::About);
    if scene.has_pack() && scene.disclosure.is_full() {
        more.push(build_link(from, "pack.html", "All in one document"));
    }
    more
}

/// The pages above a page. The page itself is not among them: its heading names it.
fn list_trail(scene: &RenderContext<'_>, job: Job, from: &SitePath) -> Vec<Link> {
    let to = |target: &str, label: &str| Link {
        href: from.link_to(target),
        label: label.to_owned(),
    };
    let standard = |at: usize| to(&scene.routes.standard(at), &name_standard(scene, at));
    let above = match job {
        Job::Home | Job::PublicHome => return Vec::new(),
        Job::Entry(_) | Job::Month(_) => Some(to("entries.html", "Entries")),
        Job::Matrix(at) => Some(standard(at)),
        Job::MatrixMonth(at, _) => Some(to(&scene.routes.matrix(at), "Matrix")),
        Job::Group(id) => Some(standard(id.standard)),
        Job::Criterion(id) | Job::PublicCriterion(id) => Some(standard(id.standard)),
        Job::ListingPart(listing, _) => {
            Some(to(&format!("{}.html", listing.name()), listing.label()))
        }
        _ => None,
    };
    std::iter::once(to("index.html", "Overview"))
        .chain(above)
        .collect()
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
