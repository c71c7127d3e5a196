//! Builds the content of each page.

use jiff::civil::Date;
use serde::Serialize;

use super::chrome::Chrome;
use super::criterion::CriterionPage;
use super::entry::EntryPage;
use super::gaps::{EntriesPage, GapsPage};
use super::group::GroupPage;
use super::home::HomePage;
use super::job::{Job, Listing};
use super::listing::ListingPage;
use super::mapping::{MappingRow, mapping_page};
use super::matrix::MatrixPage;
use super::pack::{PackPage, PackScope};
use super::scene::RenderContext;
use super::search::{SearchPage, excerpt_file};
use super::standard::StandardPage;
use super::to_decide::ToDecidePage;
use super::{assessment, cpd, gateway, guide, hours, lists, public, review, timeline, tracker};
use crate::files::{SiteFile, SitePath};

/// The content of a page for its template.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Page<'a> {
    /// Progress at a glance.
    Home(HomePage),
    /// Missing criteria.
    Gaps(GapsPage),
    /// What waits for an assessor.
    ToDecide(ToDecidePage),
    /// All entries.
    Entries(EntriesPage),
    /// Search.
    Search(SearchPage),
    /// The portfolio in one document.
    Pack(PackPage),
    /// Lists and tables.
    Listing(ListingPage),
    /// A standard.
    Standard(StandardPage),
    /// Entries by criteria.
    Matrix(MatrixPage<'a>),
    /// A group.
    Group(GroupPage),
    /// A criterion.
    Criterion(CriterionPage),
    /// An entry.
    Entry(Box<EntryPage>),
}

/// Builds a page with its chrome.
pub fn page<'a>(scene: &RenderContext<'a>, job: Job) -> (Chrome, Page<'a>) {
    let from = job.path(scene);
    let (title, page) = match job {
        Job::Home => (String::new(), Page::Home(HomePage::new(scene, &from))),
        Job::Gaps => (
            "What is missing".to_owned(),
            Page::Gaps(GapsPage::new(scene, &from)),
        ),
        Job::ToDecide => {
            let page = ToDecidePage::new(scene, &from);
            (page.title.to_owned(), Page::ToDecide(page))
        }
        Job::Entries => (
            "All entries".to_owned(),
            Page::Entries(EntriesPage::new(scene, &from)),
        ),
        Job::Pack => {
            let page = PackPage::new(scene, &from, PackScope::All);
            (page.title.clone(), Page::Pack(page))
        }
        Job::Search => (
            "Search".to_owned(),
            Page::Search(SearchPage::new(scene, &from)),
        ),
        Job::PublicHome => (
            String::new(),
            Page::Listing(public::build_home(scene, &from)),
        ),
        Job::PublicStandard(at) => with_title(public::build_standard(scene, &from, at)),
        Job::PublicCriterion(id) => with_title(public::build_criterion(scene, &from, id)),
        Job::Listing(listing) => with_title(build_listing(listing, scene, &from)),
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
    (Chrome::new(scene, job, &from, title), page)
}

/// The file of the search index that is made from a page: the text of an entry.
pub fn excerpt(scene: &RenderContext<'_>, job: Job, page: &Page<'_>) -> Option<SiteFile> {
    match (job, page) {
        (Job::Entry(at), Page::Entry(page)) => Some(excerpt_file(scene, at, page)),
        _ => None,
    }
}

fn with_title<'a>(page: ListingPage) -> (String, Page<'a>) {
    (page.title.clone(), Page::Listing(page))
}

fn build_listing(listing: Listing, scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    match listing {
        Listing::Timeline => timeline::build(scene, from),
        Listing::Hours => hours::build(scene, from),
        Listing::Actions => tracker::build(scene, from),
        Listing::Cpd => cpd::build(scene, from),
        Listing::Review => review::build(scene, from),
        Listing::Decisions => lists::build_decisions(scene, from),
        Listing::Assessment => assessment::build(scene, from),
        Listing::Changes => lists::build_changes(scene, from),
        Listing::Waivers => lists::build_waivers(scene, from),
        Listing::Gateway => gateway::build(scene, from),
        Listing::Guide => guide::build_guide(scene, from),
        Listing::DataProtection => guide::build_data_protection(scene),
        Listing::Glossary => guide::build_glossary(scene, from),
        Listing::NotFound => guide::build_not_found(from),
    }
}

/// Builds a pack as a standalone document: no navigation, inline style.
pub fn standalone_pack(
    scene: &RenderContext<'_>,
    scope: PackScope,
    style: String,
    style_hash: String,
) -> (Chrome, Page<'static>) {
    let from = SitePath::new("pack.html");
    let page = PackPage::new(scene, &from, scope);
    let chrome = Chrome::new(scene, Job::Pack, &from, page.title.clone());
    (chrome.alone(style, style_hash), Page::Pack(page))
}

/// Builds a progress review as a standalone document.
pub fn standalone_review(
    scene: &RenderContext<'_>,
    period: (Date, Date),
    style: String,
    style_hash: String,
) -> (Chrome, Page<'static>) {
    let page = review::build_period(scene, None, period);
    let job = Job::Listing(Listing::Review);
    let chrome = Chrome::new(scene, job, &job.path(scene), page.title.clone());
    (chrome.alone(style, style_hash), Page::Listing(page))
}

/// Builds the mapping annex as a page next to the folder `site`, which ends in `/`.
pub fn annex(
    scene: &RenderContext<'_>,
    site: &str,
    rows: &[MappingRow],
    left_out: &[(String, String)],
) -> (Chrome, Page<'static>) {
    let page = mapping_page(scene, site, rows, left_out);
    let chrome = Chrome::new(
        scene,
        Job::Pack,
        &SitePath::new("mapping.html"),
        page.title.clone(),
    );
    (chrome.beside(site, "mapping"), Page::Listing(page))
}
