//! The pages of a site as small values: path, template, scripts.

use strum::VariantArray;

use super::deciding::{TO_DECIDE, has_forms, has_list, is_decided_here};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::{Audience, CriterionId, GroupId};

/// A page to render. Small, so that a large site can be listed before its first page is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Progress at a glance.
    Home,
    /// Missing criteria.
    Gaps,
    /// What waits for an assessor.
    ToDecide,
    /// All entries, or the newest month of many.
    Entries,
    /// The entries of a month, by index, on a large site.
    Month(usize),
    /// Search.
    Search,
    /// The portfolio in one document.
    Pack,
    /// A page of lists and tables.
    Listing(Listing),
    /// A further page of a long one, from 1.
    ListingPart(Listing, usize),
    /// A standard.
    Standard(usize),
    /// Entries by criteria of a standard; on a large site those of the newest month.
    Matrix(usize),
    /// Entries of a month, by index, by criteria of a standard, on a large site.
    MatrixMonth(usize, usize),
    /// A group.
    Group(GroupId),
    /// A criterion.
    Criterion(CriterionId),
    /// An entry.
    Entry(usize),
    /// The home page of a public site.
    PublicHome,
    /// A standard on a public site.
    PublicStandard(usize),
    /// A criterion on a public site.
    PublicCriterion(CriterionId),
}

/// A part of the site: a group of the main navigation, or the footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SiteSection {
    Overview,
    ToAssess,
    Codes,
    Entries,
    Progress,
    Search,
    About,
}

/// Pages of lists and tables, in the order of the menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Listing {
    /// Material for the next progress review.
    Review,
    /// The gateway checklist.
    Gateway,
    /// Writing over time.
    Timeline,
    /// Time spent.
    Hours,
    /// Actions.
    Actions,
    /// Continuing professional development.
    Cpd,
    /// Decisions with their feedback.
    Decisions,
    /// Changes by month.
    Changes,
    /// Assessors, and the sample for internal quality assurance.
    Assessment,
    /// Waivers, and criteria that do not apply.
    Waivers,
    /// The guide for assessors.
    Guide,
    /// Data protection.
    DataProtection,
    /// Page not found.
    NotFound,
}

impl Listing {
    /// The stem of its path, also the value of `data-page-type`.
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
            Self::NotFound => "404",
        }
    }

    /// Its label in the navigation; empty if it is not linked.
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
            Self::NotFound => "",
        }
    }

    /// The part of the site that it belongs to.
    pub(super) fn section(self) -> SiteSection {
        match self {
            Self::Waivers => SiteSection::Codes,
            Self::Guide | Self::DataProtection | Self::NotFound => SiteSection::About,
            Self::Timeline
            | Self::Hours
            | Self::Actions
            | Self::Cpd
            | Self::Review
            | Self::Decisions
            | Self::Assessment
            | Self::Changes
            | Self::Gateway => SiteSection::Progress,
        }
    }

    /// The listings of a site.
    pub fn of(scene: &RenderContext<'_>) -> impl Iterator<Item = Self> {
        // These are about people at work: overdue actions and concerns, missing records, checks on
        // assessors.
        let inner = [Self::Review, Self::Assessment, Self::Gateway];
        let (disclosure, public) = (scene.disclosure, scene.audience == Audience::Public);
        let is_shown = move |one: &Self| match one {
            _ if disclosure.is_full() => !public || !inner.contains(one),
            Self::Decisions => disclosure.feedback,
            _ => *one == Self::NotFound,
        };
        Self::VARIANTS.iter().copied().filter(is_shown)
    }
}

/// The pages of a site, in a fixed order.
pub(super) fn jobs(scene: &RenderContext<'_>) -> Vec<Job> {
    if !scene.disclosure.is_full() {
        return list_public_jobs(scene);
    }
    let catalogue = &scene.portfolio.catalogue;
    let standards = 0..catalogue.standards.len();
    let mut jobs = vec![Job::Home];
    jobs.extend(scene.has_gaps().then_some(Job::Gaps));
    jobs.extend([Job::Entries, Job::Search]);
    jobs.extend(has_list(scene).then_some(Job::ToDecide));
    jobs.extend(list_months(scene).map(Job::Month));
    jobs.extend(Listing::of(scene).map(Job::Listing));
    jobs.extend(standards.clone().map(Job::Standard));
    for standard in standards {
        jobs.push(Job::Matrix(standard));
        jobs.extend(list_months(scene).map(|month| Job::MatrixMonth(standard, month)));
    }
    jobs.extend(catalogue.groups().map(Job::Group));
    jobs.extend(scene.has_pack().then_some(Job::Pack));
    let applies = catalogue
        .criteria()
        .filter(|&id| scene.coverage.line(id).is_some());
    jobs.extend(applies.map(Job::Criterion));
    jobs.extend(scene.visible.iter().copied().map(Job::Entry));
    jobs
}

/// The months that have pages of their own, on a large site.
fn list_months(scene: &RenderContext<'_>) -> impl Iterator<Item = usize> {
    let months = if scene.is_large() {
        scene.months.len()
    } else {
        0
    };
    0..months
}

/// The pages of a public site that withholds states or feedback.
fn list_public_jobs(scene: &RenderContext<'_>) -> Vec<Job> {
    let mut jobs = vec![Job::PublicHome];
    if scene.is_empty() {
        return jobs;
    }
    jobs.extend([Job::Entries, Job::Search]);
    jobs.extend(list_months(scene).map(Job::Month));
    jobs.extend(Listing::of(scene).map(Job::Listing));
    jobs.extend(scene.shown_standards().into_iter().map(Job::PublicStandard));
    jobs.extend(
        scene
            .shown_lines()
            .into_iter()
            .map(|line| Job::PublicCriterion(line.criterion)),
    );
    jobs.extend(scene.visible.iter().copied().map(Job::Entry));
    jobs
}

impl Job {
    /// The path of the page.
    pub fn path(self, scene: &RenderContext<'_>) -> SitePath {
        let routes = &scene.routes;
        SitePath::new(match self {
            Self::Home | Self::PublicHome => "index.html".to_owned(),
            Self::Gaps => "gaps.html".to_owned(),
            Self::ToDecide => TO_DECIDE.to_owned(),
            Self::Entries => "entries.html".to_owned(),
            Self::Search => "search.html".to_owned(),
            Self::Pack => "pack.html".to_owned(),
            Self::Month(at) => format!("months/{}.html", scene.months[at].name),
            Self::Listing(listing) => format!("{}.html", listing.name()),
            Self::ListingPart(listing, part) => format!("{}-{}.html", listing.name(), part + 1),
            Self::MatrixMonth(at, month) => routes.matrix_month(at, &scene.months[month].name),
            Self::Standard(at) | Self::PublicStandard(at) => routes.standard(at),
            Self::Matrix(at) => routes.matrix(at),
            Self::Group(id) => routes.group(id).to_owned(),
            Self::Criterion(id) | Self::PublicCriterion(id) => routes.criterion(id).to_owned(),
            Self::Entry(at) => routes.entry(at).to_owned(),
        })
    }

    /// The value of `data-page-type`.
    pub fn page_type(self) -> &'static str {
        match self {
            Self::Listing(listing) | Self::ListingPart(listing, _) => listing.name(),
            Self::PublicHome => "home",
            Self::PublicStandard(_) => "standard",
            Self::PublicCriterion(_) => "criterion",
            other => other.template(),
        }
    }

    /// The part of the site that it belongs to.
    pub(super) fn section(self) -> SiteSection {
        match self {
            Self::Home | Self::PublicHome => SiteSection::Overview,
            Self::Gaps
            | Self::Standard(_)
            | Self::Matrix(_)
            | Self::MatrixMonth(..)
            | Self::Group(_)
            | Self::Criterion(_)
            | Self::PublicStandard(_)
            | Self::PublicCriterion(_) => SiteSection::Codes,
            Self::Entries | Self::Month(_) | Self::Entry(_) => SiteSection::Entries,
            Self::Listing(listing) | Self::ListingPart(listing, _) => listing.section(),
            Self::ToDecide => SiteSection::ToAssess,
            Self::Search => SiteSection::Search,
            Self::Pack => SiteSection::About,
        }
    }

    /// Its scripts, in order.
    pub fn scripts(self) -> &'static [&'static str] {
        match self {
            Self::Search => SEARCHING,
            Self::Standard(_) => &["assets/filter.js"],
            _ => &[],
        }
    }

    /// Theme files that only pages of this type need.
    fn own_assets(self, scene: &RenderContext<'_>) -> &'static [&'static str] {
        match self {
            Self::ToDecide if has_forms(scene) => DECIDING,
            Self::Entry(at) if is_decided_here(scene, at) => DECIDING,
            other => other.scripts(),
        }
    }

    /// The name of its template, without `.html`.
    pub fn template(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Gaps => "gaps",
            Self::ToDecide => "to-decide",
            Self::Entries | Self::Month(_) => "entries",
            Self::Search => "search",
            Self::Pack => "pack",
            Self::Listing(_)
            | Self::ListingPart(..)
            | Self::PublicHome
            | Self::PublicStandard(_)
            | Self::PublicCriterion(_) => "listing",
            Self::Standard(_) => "standard",
            Self::Matrix(_) | Self::MatrixMonth(..) => "matrix",
            Self::Group(_) => "group",
            Self::Criterion(_) => "criterion",
            Self::Entry(_) => "entry",
        }
    }
}

/// Scripts of the search page.
const SEARCHING: &[&str] = &[
    "assets/search-index.js",
    "assets/search.js",
    "assets/search/manifest.js",
];

/// Theme files of the form for decisions.
const DECIDING: &[&str] = &[
    "assets/decide.js",
    "assets/decide-form.js",
    "assets/decision-file.js",
    "assets/decide.css",
];

/// Whether a site of these pages needs a theme file. Files are left out only if they belong to
/// pages of a type that is missing.
pub fn needs_asset(scene: &RenderContext<'_>, jobs: &[Job], path: &str) -> bool {
    let of_some_pages = [DECIDING, Job::Search.scripts(), &["assets/filter.js"]];
    !of_some_pages.iter().any(|assets| assets.contains(&path))
        || jobs.iter().any(|job| job.own_assets(scene).contains(&path))
}
