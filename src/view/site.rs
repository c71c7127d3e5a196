//! The list of pages, and the frame that each stands in.

use serde::Serialize;

use super::link::Link;
use super::scene::Scene;
use super::{
    CriterionPage, EntriesPage, EntryPage, GapsPage, GroupPage, HomePage, MatrixPage, Routes, SitePath,
    StandardPage, in_words,
};
use crate::model::{CriterionId, GroupId};

/// One page to make. Small, so that a site of any size can be listed before any page exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Where the learner stands.
    Home,
    /// What is missing.
    Gaps,
    /// All entries.
    Entries,
    /// One standard.
    Standard(usize),
    /// One standard's entries by criteria.
    Matrix(usize),
    /// One group.
    Group(GroupId),
    /// One criterion.
    Criterion(CriterionId),
    /// One entry.
    Entry(usize),
}

/// The pages of a site, in a fixed order.
#[must_use]
pub fn jobs(scene: &Scene<'_>) -> Vec<Job> {
    let catalogue = &scene.portfolio.catalogue;
    let standards = 0..catalogue.standards.len();
    let mut jobs = vec![Job::Home, Job::Gaps, Job::Entries];
    jobs.extend(standards.clone().map(Job::Standard));
    jobs.extend(standards.map(Job::Matrix));
    jobs.extend(catalogue.groups().map(Job::Group));
    let applies = catalogue.criteria().filter(|&id| scene.coverage.line(id).is_some());
    jobs.extend(applies.map(Job::Criterion));
    jobs.extend(scene.visible.iter().copied().map(Job::Entry));
    jobs
}

impl Job {
    /// Where the page goes.
    #[must_use]
    pub fn path(self, routes: &Routes) -> SitePath {
        SitePath::new(match self {
            Self::Home => "index.html".to_owned(),
            Self::Gaps => "gaps.html".to_owned(),
            Self::Entries => "entries.html".to_owned(),
            Self::Standard(at) => routes.standard(at),
            Self::Matrix(at) => routes.matrix(at),
            Self::Group(id) => routes.group(id).to_owned(),
            Self::Criterion(id) => routes.criterion(id).to_owned(),
            Self::Entry(at) => routes.entry(at).to_owned(),
        })
    }

    /// The name of its template, and its type for `data-page-type`.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Gaps => "gaps",
            Self::Entries => "entries",
            Self::Standard(_) => "standard",
            Self::Matrix(_) => "matrix",
            Self::Group(_) => "group",
            Self::Criterion(_) => "criterion",
            Self::Entry(_) => "entry",
        }
    }
}

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
    /// The way through the site.
    pub nav: Vec<NavLink>,
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
    let from = job.path(&scene.routes);
    let (title, page) = match job {
        Job::Home => (String::new(), Page::Home(HomePage::new(scene, &from))),
        Job::Gaps => ("What is missing".to_owned(), Page::Gaps(GapsPage::new(scene, &from))),
        Job::Entries => ("All entries".to_owned(), Page::Entries(EntriesPage::new(scene, &from))),
        Job::Standard(at) => {
            let page = StandardPage::new(scene, &from, at);
            (page.title.clone(), Page::Standard(page))
        }
        Job::Matrix(at) => {
            let page = MatrixPage::new(scene, &from, at);
            (page.title.clone(), Page::Matrix(page))
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

fn chrome(scene: &Scene<'_>, job: Job, from: &SitePath, title: String) -> Chrome {
    let settings = &scene.portfolio.settings;
    let mut nav =
        vec![nav_link(from, "index.html", "Overview"), nav_link(from, "gaps.html", "What is missing")];
    nav.push(nav_link(from, "entries.html", "Entries"));
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
    Chrome {
        page_type: job.template(),
        lang: settings.language.clone(),
        title,
        site_title: settings.title.clone(),
        learner: scene.learner(),
        as_of: in_words(scene.coverage.as_of),
        css: from.link_to("assets/site.css"),
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
