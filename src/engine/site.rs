//! Builds the site into an output folder.

use std::collections::BTreeMap;
use std::path::Path;

use super::attached::{attached, not_published};
use super::progress::Progress;
use super::theme::open_theme;
use super::withheld::identifies;
use super::{EngineError, Snapshot};
use crate::diagnostic::Summary;
use crate::files::{SiteFile, SitePath};
use crate::model::{Audience, Entry};
use crate::par;
use crate::render::{self, Theme};
use crate::report::{DataScope, coverage_data};
use crate::store::{Output, Placed, Written};
use crate::view::{self, Job, RenderContext, SearchFile, SearchIndex, SiteScope};

/// Which site to build.
#[derive(Clone, Copy, Debug)]
pub struct SiteRequest<'a> {
    /// Who the site is for.
    pub audience: Audience,
    /// The theme; by default the portfolio's own.
    pub theme: Option<&'a str>,
    /// The output folder.
    pub folder: &'a Path,
}

/// What a build wrote, and what it left out.
#[derive(Debug)]
pub struct SiteReport<'a> {
    /// Files written, removed and found.
    pub written: Written,
    /// Whether a public site has no entry to show.
    pub is_empty: bool,
    /// Sentences about attachments of published entries that are not published.
    pub not_published: Vec<String>,
    /// Entries meant for the audience that are withheld because they identify a person.
    pub withheld: Vec<&'a Entry>,
    /// How many findings of each level the portfolio has.
    pub findings: Summary,
}

/// Builds a site. A page is written by the thread that rendered it, so memory holds one page for
/// each core.
///
/// # Errors
/// The folder cannot be written to, the theme does not render, or an entry changed meanwhile.
pub fn build_site<'a>(
    project: &'a Snapshot,
    request: SiteRequest<'_>,
    progress: &dyn Progress,
) -> Result<SiteReport<'a>, EngineError> {
    let audience = request.audience;
    let theme = open_theme(project, request.theme)?;
    let (pictures, mut files) = attached(project, audience)?;
    let not_published = not_published(project, audience, &pictures);
    let backdrop = SiteScope::new(&project.portfolio, audience, pictures, None);
    let scene = project.scene(&backdrop);
    let is_empty = audience == Audience::Public && scene.visible.is_empty();
    files.extend(assets(&theme, &scene, &view::jobs(&scene)));
    let (index, documents) = par::both(|| SearchIndex::new(&scene), || documents(project, &scene));
    files.extend(documents);
    let output = Output::open(request.folder, &project.root)?;
    let builder = SiteBuilder {
        project,
        theme: &theme,
        scene,
        output: &output,
    };
    let placed = builder.site(files, index, progress)?;
    let check = || project.check(None, None).findings.summary();
    let (written, findings) = par::both(|| output.close(&placed), check);
    Ok(SiteReport {
        written: written?,
        is_empty,
        not_published,
        withheld: withheld(project, audience),
        findings,
    })
}

fn withheld(project: &Snapshot, audience: Audience) -> Vec<&Entry> {
    let entries = project.portfolio.entries.iter().map(|filed| &*filed.entry);
    entries
        .filter(|entry| identifies(entry, audience))
        .collect()
}

/// Renders the pages of a site into an output folder.
struct SiteBuilder<'a> {
    project: &'a Snapshot,
    theme: &'a Theme,
    scene: RenderContext<'a>,
    output: &'a Output,
}

impl SiteBuilder<'_> {
    /// Writes all files of a site: assets and documents, the search index, and the pages.
    fn site(
        &self,
        files: Vec<SiteFile>,
        index: SearchIndex,
        progress: &dyn Progress,
    ) -> Result<Vec<Placed>, EngineError> {
        let search = if self.scene.is_empty() {
            Vec::new()
        } else {
            index.files()
        };
        let jobs = self.jobs();
        let paths = jobs
            .iter()
            .map(|job| job.path(&self.scene))
            .chain(search.iter().map(|&file| index.path(file)))
            .chain(self.excerpts());
        let coming: Vec<SitePath> = paths
            .chain(files.iter().map(|file| file.path.clone()))
            .collect();
        let coming: Vec<&str> = coming.iter().map(SitePath::as_str).collect();
        self.output.expect(&coming)?;
        // The style sheet is written before the pages that need it.
        let mut placed = all(par::map(&files, |file| {
            Ok(self.output.place(file.path.as_str(), &file.bytes)?)
        }))?;
        drop(files);
        placed.extend(all(par::map(&search, |&file| self.search(&index, file)))?);
        drop(index);
        progress.begin(jobs.len());
        // Each page is written by the thread that rendered it, so memory holds one page for each core.
        let place = |&job: &Job| {
            let placed = self.page(job)?;
            progress.step();
            Ok(placed)
        };
        placed.extend(all(par::map_uneven(&jobs, place))?.into_iter().flatten());
        progress.end();
        Ok(placed)
    }

    /// The pages. The pack, the longest one, comes last.
    fn jobs(&self) -> Vec<Job> {
        let mut jobs = view::jobs(&self.scene);
        jobs.sort_by_key(|job| matches!(job, Job::Pack));
        jobs
    }

    fn search(&self, index: &SearchIndex, file: SearchFile) -> Result<Placed, EngineError> {
        let text = index.text(file);
        Ok(self
            .output
            .place(index.path(file).as_str(), text.as_bytes())?)
    }

    /// Writes a page, and the file of the search index that is made from it.
    fn page(&self, job: Job) -> Result<Vec<Placed>, EngineError> {
        let path = job.path(&self.scene);
        let mut excerpt = None;
        let page = self.output.place_written(path.as_str(), |into| {
            excerpt = render::write(self.theme, &self.scene, job, into)?;
            refuse_edited(self.project)
        })?;
        let mut placed = vec![page];
        if let Some(file) = excerpt {
            placed.push(self.output.place(file.path.as_str(), &file.bytes)?);
        }
        Ok(placed)
    }

    /// The paths of the texts of entries in the search index.
    fn excerpts(&self) -> impl Iterator<Item = SitePath> {
        let entries = self.scene.visible.iter();
        entries.map(|&at| view::excerpt_path(&self.scene, at))
    }
}

/// Makes sure that no page is rendered from two versions of an entry.
fn refuse_edited(project: &Snapshot) -> Result<(), EngineError> {
    match project.sources.moved() {
        Some(path) => Err(EngineError::refused(
            format!("{path} was changed while the site was built"),
            "build again",
        )),
        None => Ok(()),
    }
}

fn all<T>(placed: Vec<Result<T, EngineError>>) -> Result<Vec<T>, EngineError> {
    placed.into_iter().collect()
}

/// All files of a site, without writing them.
///
/// # Errors
/// The theme does not render, or a file cannot be read.
pub(super) fn site_files(
    project: &Snapshot,
    audience: Audience,
) -> Result<BTreeMap<String, Vec<u8>>, EngineError> {
    let theme = open_theme(project, None)?;
    let (pictures, mut files) = attached(project, audience)?;
    let backdrop = SiteScope::new(&project.portfolio, audience, pictures, None);
    let scene = project.scene(&backdrop);
    let jobs = view::jobs(&scene);
    files.extend(assets(&theme, &scene, &jobs));
    files.extend(others(project, &scene));
    let pages = par::map(&jobs, |&job| render::page(&theme, &scene, job));
    files.extend(pages.into_iter().collect::<Result<Vec<_>, _>>()?);
    let files = files.into_iter();
    Ok(files
        .map(|file| (file.path.as_str().to_owned(), file.bytes))
        .collect())
}

/// The assets of the theme that pages use.
pub(super) fn assets(
    theme: &Theme,
    scene: &RenderContext<'_>,
    jobs: &[Job],
) -> impl Iterator<Item = SiteFile> {
    let paths = theme
        .assets()
        .keys()
        .filter(|path| view::needs_asset(scene, jobs, path));
    paths.filter_map(|path| {
        Some(SiteFile {
            path: SitePath::new(path.clone()),
            bytes: render::asset(theme, scene, path)?,
        })
    })
}

/// Files that are no pages: the search index, and data for programs.
pub(super) fn others(project: &Snapshot, scene: &RenderContext<'_>) -> Vec<SiteFile> {
    let search = if scene.is_empty() {
        Vec::new()
    } else {
        view::search_files(scene)
    };
    let search = search.into_iter();
    let search = search.map(|(path, text)| SiteFile {
        path: SitePath::new(path),
        bytes: text.into_bytes(),
    });
    search.chain(documents(project, scene)).collect()
}

/// Data for programs.
fn documents(project: &Snapshot, scene: &RenderContext<'_>) -> Vec<SiteFile> {
    let file = |path: &str, text: String| SiteFile {
        path: SitePath::new(path),
        bytes: text.into_bytes(),
    };
    if scene.is_empty() || !scene.disclosure.states {
        return Vec::new();
    }
    let shown = DataScope {
        entries: &|entry| scene.is_visible(entry),
        reasons: scene.disclosure.feedback,
    };
    vec![file(
        "data/coverage.json",
        coverage_data(&project.portfolio, &project.coverage, &shown),
    )]
}
