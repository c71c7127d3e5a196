//! The list of pages, and the frame that each stands in.

use jiff::civil::Date;
use serde::Serialize;
use strum::VariantArray;

use super::deciding::is_decided_here;
use super::link::Link;
use super::pack::has_packs;
use super::scene::Scene;
use super::tally::{TallyBy, tally};
use super::{
    CriterionPage, EntriesPage, EntryPage, GapsPage, GroupPage, HomePage, ListingPage, MappingRow,
    MatrixPage, PackPage, PackScope, SearchPage, SitePath, StandardPage, assessment, cpd, gateway, guide,
    hours, in_words, lists, mapping_page, review, timeline, tracker,
};
use crate::model::{Audience, CriterionId, GroupId};

/// One page to make. Small, so that a site of any size can be listed before any page exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Where the learner stands.
    Home,
    /// What is missing.
    Gaps,
    /// All entries.
    Entries,
    /// Search.
    Search,
    /// Everything in one document.
    Pack,
    /// A page that is a list or a table.
    Listing(Listing),
    /// One standard.
    Standard(usize),
    /// One standard's entries by criteria.
    Matrix(usize),
    /// One standard's criteria by type of evidence or month.
    Tally(usize, TallyBy),
    /// One group.
    Group(GroupId),
    /// One criterion.
    Criterion(CriterionId),
    /// One entry.
    Entry(usize),
}

/// Pages that are lists or tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Listing {
    /// Writing over time.
    Timeline,
    /// Time spent.
    Hours,
    /// What the learner will do.
    Actions,
    /// What was learned, and what it changed.
    Cpd,
    /// What the next progress review needs.
    Review,
    /// What assessors decided.
    Decisions,
    /// Who decided, and what quality assurers look at again.
    Assessment,
    /// What is new.
    Changes,
    /// What needs no evidence here.
    Waivers,
    /// What is still to do before the final assessment.
    Gateway,
    /// For whoever assesses.
    Guide,
    /// How people are protected.
    DataProtection,
    /// Statements and terms.
    Glossary,
    /// For web servers.
    NotFound,
}

impl Listing {
    /// The page's name in its path and for `data-page-type`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Hours => "hours",
            Self::Actions => "actions",
            Self::Cpd => "cpd",
            Self::Review => "review",
            Self::Decisions => "decisions",
            Self::Assessment => "assessment",
            Self::Changes => "changes",
            Self::Waivers => "waivers",
            Self::Gateway => "gateway",
            Self::Guide => "guide",
            Self::DataProtection => "data-protection",
            Self::Glossary => "glossary",
            Self::NotFound => "404",
        }
    }

    /// What the way through the site calls it; nothing where no link leads to it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Timeline => "Timeline",
            Self::Hours => "Hours",
            Self::Actions => "Actions",
            Self::Cpd => "CPD log",
            Self::Review => "Progress review",
            Self::Decisions => "Decisions and feedback",
            Self::Assessment => "Assessors and quality assurance",
            Self::Changes => "Changes",
            Self::Waivers => "Waivers",
            Self::Gateway => "Gateway",
            Self::Guide => "How to read this portfolio",
            Self::DataProtection => "Data protection",
            Self::Glossary => "Glossary",
            Self::NotFound => "",
        }
    }

    /// The pages that an audience gets.
    fn of(audience: Audience) -> impl Iterator<Item = Self> {
        // A review names what is late and what is feared, a checklist what is not there, and how assessors are looked
        // after is theirs to know.
        let inner = [Self::Review, Self::Assessment, Self::Gateway];
        Self::VARIANTS.iter().copied().filter(move |one| audience != Audience::Public || !inner.contains(one))
    }

    fn page(self, scene: &Scene<'_>, from: &SitePath) -> ListingPage {
        match self {
            Self::Timeline => timeline::timeline(scene, from),
            Self::Hours => hours::hours(scene, from),
            Self::Actions => tracker::actions(scene, from),
            Self::Cpd => cpd::cpd(scene, from),
            Self::Review => review::page(scene, from),
            Self::Decisions => lists::decisions(scene, from),
            Self::Assessment => assessment::assessment(scene, from),
            Self::Changes => lists::changes(scene, from),
            Self::Waivers => lists::waivers(scene, from),
            Self::Gateway => gateway::gateway(scene, from),
            Self::Guide => guide::guide(scene, from),
            Self::DataProtection => guide::data_protection(scene),
            Self::Glossary => guide::glossary(scene, from),
            Self::NotFound => guide::not_found(from),
        }
    }
}

/// The pages of a site, in a fixed order.
#[must_use]
pub fn jobs(scene: &Scene<'_>) -> Vec<Job> {
    let catalogue = &scene.portfolio.catalogue;
    let standards = 0..catalogue.standards.len();
    let mut jobs = vec![Job::Home, Job::Gaps, Job::Entries, Job::Search];
    jobs.extend(Listing::of(scene.audience).map(Job::Listing));
    jobs.extend(standards.clone().map(Job::Standard));
    jobs.extend(standards.clone().map(Job::Matrix));
    for by in [TallyBy::Type, TallyBy::Month] {
        jobs.extend(standards.clone().map(|at| Job::Tally(at, by)));
    }
    jobs.extend(catalogue.groups().map(Job::Group));
    jobs.extend(has_packs(scene).then_some(Job::Pack));
    let applies = catalogue.criteria().filter(|&id| scene.coverage.line(id).is_some());
    jobs.extend(applies.map(Job::Criterion));
    jobs.extend(scene.visible.iter().copied().map(Job::Entry));
    jobs
}

impl Job {
    /// Where the page goes.
    #[must_use]
    pub fn path(self, scene: &Scene<'_>) -> SitePath {
        let routes = &scene.routes;
        SitePath::new(match self {
            Self::Home => "index.html".to_owned(),
            Self::Gaps => "gaps.html".to_owned(),
            Self::Entries => "entries.html".to_owned(),
            Self::Search => "search.html".to_owned(),
            Self::Pack => "pack.html".to_owned(),
            Self::Listing(listing) => format!("{}.html", listing.name()),
            Self::Standard(at) => routes.standard(at),
            Self::Matrix(at) => routes.matrix(at),
            Self::Tally(at, by) => routes.tally(at, by),
            Self::Group(id) => routes.group(id).to_owned(),
            Self::Criterion(id) => routes.criterion(id).to_owned(),
            Self::Entry(at) => routes.entry(at).to_owned(),
        })
    }

    /// The page's type for `data-page-type`.
    #[must_use]
    pub fn page_type(self) -> &'static str {
        match self {
            Self::Listing(listing) => listing.name(),
            Self::Tally(..) => "tally",
            other => other.template(),
        }
    }

    /// The scripts that it runs, in order.
    fn scripts(self) -> &'static [&'static str] {
        match self {
            Self::Search => &["assets/search.js", "assets/search/manifest.js"],
            Self::Standard(_) => &["assets/filter.js"],
            _ => &[],
        }
    }

    /// The name of its template.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Gaps => "gaps",
            Self::Entries => "entries",
            Self::Search => "search",
            Self::Pack => "pack",
            Self::Listing(_) | Self::Tally(..) => "listing",
            Self::Standard(_) => "standard",
            Self::Matrix(_) => "matrix",
            Self::Group(_) => "group",
            Self::Criterion(_) => "criterion",
            Self::Entry(_) => "entry",
        }
    }
}

/// The script of a live preview, which no built site has.
pub const LIVE_SCRIPT: &str = "_ksbfolio/live.js";

/// The frame of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Chrome {
    /// The page's type.
    pub page_type: &'static str,
    /// Language, as in `en-GB`.
    pub lang: String,
    /// The page's title.
    pub title: String,
    /// The portfolio's title.
    pub site_title: String,
    /// What the learner is called; empty on a public site.
    pub learner: String,
    /// The day for which all this holds, in words.
    pub as_of: String,
    /// The style sheet.
    pub css: String,
    /// The picture beside the title.
    pub icon: String,
    /// The style sheet itself, in a document that stands alone.
    pub style: String,
    /// The SHA-256 of that style sheet in base 64, for the document's policy.
    pub style_hash: String,
    /// The site's own scripts that the page runs, in order.
    pub scripts: Vec<String>,
    /// Whether the page asks the program that serves it what is new.
    pub live: bool,
    /// The way through the site.
    pub nav: Vec<NavLink>,
    /// The rest of the site, for the foot of the page.
    pub more: Vec<NavLink>,
    /// Sentences that licences ask for, and which standards are unofficial.
    pub notices: Vec<String>,
}

/// One link of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavLink {
    /// Where it leads and its words.
    #[serde(flatten)]
    pub link: Link,
    /// Whether this is the page.
    pub current: bool,
}

/// A page, ready for its template.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Page {
    /// Where the learner stands.
    Home(HomePage),
    /// What is missing.
    Gaps(GapsPage),
    /// All entries.
    Entries(EntriesPage),
    /// Search.
    Search(SearchPage),
    /// Everything in one document.
    Pack(PackPage),
    /// A list or a table.
    Listing(ListingPage),
    /// One standard.
    Standard(StandardPage),
    /// Entries by criteria.
    Matrix(MatrixPage),
    /// One group.
    Group(GroupPage),
    /// One criterion.
    Criterion(CriterionPage),
    /// One entry.
    Entry(Box<EntryPage>),
}

/// Makes one page.
#[must_use]
pub fn page(scene: &Scene<'_>, job: Job) -> (Chrome, Page) {
    let from = job.path(scene);
    let (title, page) = match job {
        Job::Home => (String::new(), Page::Home(HomePage::new(scene, &from))),
        Job::Gaps => ("What is missing".to_owned(), Page::Gaps(GapsPage::new(scene, &from))),
        Job::Entries => ("All entries".to_owned(), Page::Entries(EntriesPage::new(scene, &from))),
        Job::Pack => {
            let page = PackPage::new(scene, &from, PackScope::All);
            (page.title.clone(), Page::Pack(page))
        }
        Job::Search => ("Search".to_owned(), Page::Search(SearchPage::new(scene, &from))),
        Job::Listing(listing) => {
            let page = listing.page(scene, &from);
            (page.title.clone(), Page::Listing(page))
        }
        Job::Standard(at) => {
            let page = StandardPage::new(scene, &from, at);
            (page.title.clone(), Page::Standard(page))
        }
        Job::Matrix(at) => {
            let page = MatrixPage::new(scene, &from, at);
            (page.title.clone(), Page::Matrix(page))
        }
        Job::Tally(at, by) => {
            let page = tally(scene, &from, at, by);
            (page.title.clone(), Page::Listing(page))
        }
        Job::Group(id) => {
            let page = GroupPage::new(scene, &from, id);
            (page.code.clone(), Page::Group(page))
        }
        Job::Criterion(id) => {
            let page = CriterionPage::new(scene, &from, id);
            (page.row.code.clone(), Page::Criterion(page))
        }
        Job::Entry(at) => {
            let page = EntryPage::new(scene, &from, at);
            (page.title.clone(), Page::Entry(Box::new(page)))
        }
    };
    (chrome(scene, job, &from, title), page)
}

/// A pack as a document that stands alone: without the way through a site, its style inside.
#[must_use]
pub fn standalone_pack(
    scene: &Scene<'_>,
    scope: PackScope,
    style: String,
    style_hash: String,
) -> (Chrome, Page) {
    let from = SitePath::new("pack.html");
    let page = PackPage::new(scene, &from, scope);
    let chrome = chrome(scene, Job::Pack, &from, page.title.clone());
    (alone(chrome, style, style_hash), Page::Pack(page))
}

/// A progress review as a document that stands alone, likewise.
#[must_use]
pub fn standalone_review(
    scene: &Scene<'_>,
    period: (Date, Date),
    style: String,
    style_hash: String,
) -> (Chrome, Page) {
    let page = review::of_period(scene, None, period);
    let job = Job::Listing(Listing::Review);
    let chrome = chrome(scene, job, &job.path(scene), page.title.clone());
    (alone(chrome, style, style_hash), Page::Listing(page))
}

fn alone(chrome: Chrome, style: String, style_hash: String) -> Chrome {
    Chrome { nav: Vec::new(), more: Vec::new(), css: String::new(), style, style_hash, ..chrome }
}

/// The mapping annex as a page beside the folder `site`, which ends in `/`: without the way through the site, in its look.
#[must_use]
pub fn annex(
    scene: &Scene<'_>,
    site: &str,
    rows: &[MappingRow],
    left_out: &[(String, String)],
) -> (Chrome, Page) {
    let page = mapping_page(scene, site, rows, left_out);
    let chrome = chrome(scene, Job::Pack, &SitePath::new("mapping.html"), page.title.clone());
    let (css, icon) = (format!("{site}{}", chrome.css), format!("{site}{}", chrome.icon));
    (
        Chrome { page_type: "mapping", nav: Vec::new(), more: Vec::new(), css, icon, ..chrome },
        Page::Listing(page),
    )
}

fn chrome(scene: &Scene<'_>, job: Job, from: &SitePath, title: String) -> Chrome {
    let settings = &scene.portfolio.settings;
    let mut nav =
        vec![nav_link(from, "index.html", "Overview"), nav_link(from, "gaps.html", "What is missing")];
    nav.push(nav_link(from, "entries.html", "Entries"));
    nav.push(nav_link(from, "search.html", "Search"));
    let mut notices = Vec::new();
    for (at, (standard, _)) in scene.portfolio.catalogue.standards.iter().enumerate() {
        let name = standard.reference.known().filter(|_| standard.official);
        let name = name.cloned().unwrap_or_else(|| short_title(&standard.title));
        nav.push(nav_link(from, &scene.routes.standard(at), &name));
        let notice = standard.attribution.clone().unwrap_or_else(|| {
            format!("{}: unofficial; codes and wording are not the awarding body's.", standard.title)
        });
        notices.push(notice);
    }
    let listed = Listing::of(scene.audience).filter(|listing| !listing.label().is_empty());
    let more = listed.map(|listing| nav_link(from, &format!("{}.html", listing.name()), listing.label()));
    let mut more: Vec<NavLink> = more.collect();
    if has_packs(scene) {
        more.push(nav_link(from, "pack.html", "Pack"));
    }
    let decides = matches!(job, Job::Entry(at) if is_decided_here(scene, at));
    let deciding = decides.then_some("assets/decide.js");
    let own = job.scripts().iter().copied().chain(deciding).map(|path| from.link_to(path));
    let live = scene.live.map(|moment| format!("{}?site={moment}", from.link_to(LIVE_SCRIPT)));
    Chrome {
        more,
        page_type: job.page_type(),
        lang: settings.language.clone(),
        title,
        site_title: settings.title.clone(),
        learner: scene.learner(),
        as_of: in_words(scene.coverage.as_of),
        style: String::new(),
        style_hash: String::new(),
        scripts: own.chain(live).collect(),
        live: scene.live.is_some(),
        css: from.link_to("assets/site.css"),
        icon: from.link_to("assets/icon.svg"),
        nav,
        notices,
    }
}

/// A title's own words where they are few, else what stands in brackets: `Micro-needling`, `unit AP503`.
fn short_title(title: &str) -> String {
    let (own, inner) = title.split_once(" (").unwrap_or((title, title));
    let short = if own.chars().count() <= 24 { own } else { inner.trim_end_matches(')') };
    let mut letters = short.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn nav_link(from: &SitePath, target: &str, label: &str) -> NavLink {
    NavLink {
        current: from.as_str() == target,
        link: Link { href: from.link_to(target), label: label.to_owned() },
    }
}
