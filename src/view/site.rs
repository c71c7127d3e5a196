//! Builds the content of each page.

use jiff::civil::Date;
use serde::Serialize;

use super::chrome::Chrome;
use super::criterion::CriterionPage;
use super::entries::EntriesPage;
use super::entry::EntryPage;
use super::frame::NavLink;
use super::gaps::GapsPage;
use super::group::GroupPage;
use super::home::HomePage;
use super::job::{self, Job, Listing};
use super::listing::ListingPage;
use super::mapping::{MappingRow, mapping_page};
use super::matrix::MatrixPage;
use super::pack::{PackPage, PackScope};
use super::scene::RenderContext;
use super::search::{SearchPage, excerpt_file};
use super::standard::StandardPage;
use super::to_decide::ToDecidePage;
use super::{
    assessment, cpd, gateway, guide, hours, lists, paging, public, review, timeline, tracker,
};
use crate::files::{SiteFile, SitePath};
use crate::par;
use crate::text::shortened;

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

/// The pages of a site, in a fixed order. On a large site, long lists have several.
pub fn jobs(scene: &RenderContext<'_>) -> Vec<Job> {
    let mut jobs = job::jobs(scene);
    if scene.is_large() {
        let listings: Vec<Listing> = Listing::of(scene).collect();
        let parts = par::map(&listings, |&listing| split_listing(listing, scene).len());
        let parts = listings.into_iter().zip(parts);
        jobs.extend(parts.flat_map(|(listing, parts)| {
            (1..parts).map(move |part| Job::ListingPart(listing, part))
        }));
    }
    jobs
}

/// Builds a page with its chrome.
pub fn page<'a>(scene: &RenderContext<'a>, job: Job) -> (Chrome, Page<'a>) {
    let from = job.path(scene);
    let (title, page) = match job {
        Job::Home => (String::new(), Page::Home(HomePage::new(scene, &from))),
        Job::Gaps => (
            "What needs work".to_owned(),
            Page::Gaps(GapsPage::new(scene, &from)),
        ),
        Job::ToDecide => {
            let page = ToDecidePage::new(scene, &from);
            (page.title.to_owned(), Page::ToDecide(page))
        }
        Job::Entries => build_entries(scene, &from, None),
        Job::Month(month) => build_entries(scene, &from, Some(month)),
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
        Job::PublicStandard(at) => name_listing(public::build_standard(scene, &from, at)),
        Job::PublicCriterion(id) => {
            let page = public::build_criterion(scene, &from, id);
            let title = name_code(&page.title, &page.lead);
            (title, Page::Listing(page))
        }
        Job::Listing(listing) => name_listing(build_listing_part(listing, scene, &from, 0)),
        Job::ListingPart(listing, part) => {
            name_listing(build_listing_part(listing, scene, &from, part))
        }
        Job::Standard(at) => {
            let page = StandardPage::new(scene, &from, at);
            (page.title.clone(), Page::Standard(page))
        }
        Job::Matrix(at) => build_matrix(scene, &from, at, None),
        Job::MatrixMonth(at, month) => build_matrix(scene, &from, at, Some(month)),
        Job::Group(id) => {
            let page = GroupPage::new(scene, &from, id);
            (name_code(&page.code, &page.text), Page::Group(page))
        }
        Job::Criterion(id) => {
            let page = CriterionPage::new(scene, &from, id);
            let title = name_code(&page.row.code, &page.row.text);
            (title, Page::Criterion(page))
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

/// The title of a page about a code: the code and the beginning of its statement.
fn name_code(code: &str, statement: &str) -> String {
    format!("{code} {}", shortened(statement, 40))
}

fn name_listing(page: ListingPage) -> (String, Page<'static>) {
    (page.title.clone(), Page::Listing(page))
}

fn build_entries(
    scene: &RenderContext<'_>,
    from: &SitePath,
    month: Option<usize>,
) -> (String, Page<'static>) {
    let page = EntriesPage::new(scene, from, month);
    (page.title.clone(), Page::Entries(page))
}

fn build_matrix<'a>(
    scene: &RenderContext<'a>,
    from: &SitePath,
    standard: usize,
    month: Option<usize>,
) -> (String, Page<'a>) {
    let page = MatrixPage::new(scene, from, standard, month);
    (page.title.clone(), Page::Matrix(page))
}

/// One of the pages of a listing, with links to the others.
fn build_listing_part(
    listing: Listing,
    scene: &RenderContext<'_>,
    from: &SitePath,
    part: usize,
) -> ListingPage {
    if !scene.is_large() {
        return build_listing(listing, scene, from);
    }
    let mut parts = paging::split(build_listing(listing, scene, from));
    let path = |part: usize| match part {
        0 => Job::Listing(listing).path(scene),
        _ => Job::ListingPart(listing, part).path(scene),
    };
    let label = |(at, page): (usize, &ListingPage)| {
        let first = page.sections.first();
        NavLink {
            href: from.link_to(path(at).as_str()),
            label: first.map_or_else(|| format!("Page {}", at + 1), |first| first.title.clone()),
            current: at == part,
        }
    };
    let pages: Vec<NavLink> = parts.iter().enumerate().map(label).collect();
    let part = part.min(parts.len().saturating_sub(1));
    let mut page = parts.swap_remove(part);
    page.pages = if pages.len() > 1 { pages } else { Vec::new() };
    page
}

fn split_listing(listing: Listing, scene: &RenderContext<'_>) -> Vec<ListingPage> {
    let from = Job::Listing(listing).path(scene);
    paging::split(build_listing(listing, scene, &from))
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
