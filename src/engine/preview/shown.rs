//! The state of a preview between two edits: a judged portfolio, and its pages on request.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::reply::Reply;
use crate::engine::attached::attached;
use crate::engine::site::others;
use crate::engine::theme::{has_own_code, open_theme};
use crate::engine::{EngineError, Snapshot};
use crate::layout;
use crate::model::Audience;
use crate::render::{self, Theme};
use crate::store::Touched;
use crate::text::{SourcePath, sha256_hex};
use crate::view::{self, AttachedFile, Job, Published, RenderContext, SiteScope};

/// The state of a preview between two edits.
pub(super) struct Shown {
    /// The portfolio.
    pub project: Snapshot,
    /// The number of this state, from 1.
    pub number: u64,
    /// A hash of the theme's assets, by which pages know that the style changed.
    pub style: String,
    theme: ShownTheme,
    attached: Arc<Attached>,
    backdrop: SiteScope,
    jobs: HashMap<String, Job>,
    /// Files that are no pages, made on the first request for one.
    others: OnceLock<BTreeMap<String, Vec<u8>>>,
}

/// The theme that pages are made with.
#[derive(Clone)]
struct ShownTheme {
    templates: Arc<Theme>,
    has_own_code: bool,
}

impl ShownTheme {
    fn open(project: &Snapshot, name: Option<&str>) -> Result<Self, EngineError> {
        Ok(Self {
            templates: Arc::new(open_theme(project, name)?),
            has_own_code: has_own_code(project, name)?,
        })
    }
}

/// Attached files as they are published.
struct Attached {
    /// What was asked for.
    wanted: Vec<AttachedFile>,
    published: BTreeMap<SourcePath, Published>,
    files: BTreeMap<String, Vec<u8>>,
}

impl Attached {
    fn new(project: &Snapshot, audience: Audience) -> Result<Self, EngineError> {
        let (published, files) = attached(project, audience)?;
        let files = files.into_iter();
        Ok(Self {
            wanted: wanted(project, audience),
            published,
            files: files
                .map(|file| (file.path.as_str().to_owned(), file.bytes))
                .collect(),
        })
    }
}

fn wanted(project: &Snapshot, audience: Audience) -> Vec<AttachedFile> {
    view::attached_files(&project.portfolio, audience, project.coverage.as_of)
}

impl Shown {
    /// Prepares to show `project` to an audience.
    pub(super) fn new(
        project: Snapshot,
        audience: Audience,
        theme: Option<&str>,
    ) -> Result<Self, EngineError> {
        let theme = ShownTheme::open(&project, theme)?;
        let attached = Arc::new(Attached::new(&project, audience)?);
        Ok(Self::of(project, audience, 1, theme, attached))
    }

    /// The next state. Attached files are made anew only if they differ, and the theme is read
    /// again only if its files, or the settings that name it, may have changed.
    pub(super) fn next(
        &self,
        project: Snapshot,
        theme: Option<&str>,
        touched: &Touched,
    ) -> Result<Self, EngineError> {
        let audience = self.backdrop.audience;
        let same_theme = !touched.reaches(layout::THEMES) && !touched.reaches(layout::SETTINGS);
        let theme = if same_theme {
            self.theme.clone()
        } else {
            ShownTheme::open(&project, theme)?
        };
        let attached = if self.attached.wanted == wanted(&project, audience) {
            self.attached.clone()
        } else {
            Arc::new(Attached::new(&project, audience)?)
        };
        let number = self.number + 1;
        Ok(Self::of(project, audience, number, theme, attached))
    }

    fn of(
        project: Snapshot,
        audience: Audience,
        number: u64,
        theme: ShownTheme,
        attached: Arc<Attached>,
    ) -> Self {
        let style: Vec<u8> = theme
            .templates
            .assets()
            .values()
            .flatten()
            .copied()
            .collect();
        let published = attached.published.clone();
        let backdrop = SiteScope::new(&project.portfolio, audience, published, Some(number));
        let scene = project.scene(&backdrop);
        let jobs = view::jobs(&scene).into_iter();
        let jobs = jobs.map(|job| (job.path(&scene).as_str().to_owned(), job));
        let jobs = jobs.collect();
        Self {
            project,
            number,
            style: sha256_hex(&style),
            theme,
            attached,
            backdrop,
            jobs,
            others: OnceLock::new(),
        }
    }

    /// Whether the portfolio may be written from a page of this site: its reader may see everything,
    /// and no script on it is anybody else's.
    pub(super) fn is_writable(&self) -> bool {
        self.backdrop.audience == Audience::Private && !self.theme.has_own_code
    }

    /// The entry that a page shows.
    pub(super) fn entry_of(&self, page: &str) -> Option<usize> {
        match self.jobs.get(page) {
            Some(Job::Entry(at)) => Some(*at),
            _ => None,
        }
    }

    /// The file at a path of the site. Only paths in the site's list exist.
    pub(super) fn reply(&self, path: &str) -> Reply {
        let scene = self.project.scene(&self.backdrop);
        let path = if path.is_empty() { "index.html" } else { path };
        if let Some(&job) = self.jobs.get(path) {
            return match render::page(&self.theme.templates, &scene, job) {
                Ok(page) => Reply {
                    found: true,
                    kind: kind(path),
                    bytes: page.bytes,
                },
                Err(error) => words(&error.to_string()),
            };
        }
        if let Some(bytes) = render::asset(&self.theme.templates, &scene, path) {
            return Reply {
                found: true,
                kind: kind(path),
                bytes,
            };
        }
        let file = self.attached.files.get(path).or_else(|| {
            let made = self.others.get_or_init(|| {
                let made = others(&self.project, &scene).into_iter();
                made.map(|file| (file.path.as_str().to_owned(), file.bytes))
                    .collect()
            });
            made.get(path)
        });
        match file {
            Some(bytes) => Reply {
                found: true,
                kind: kind(path),
                bytes: bytes.clone(),
            },
            None => self.missing(&scene),
        }
    }

    fn missing(&self, scene: &RenderContext<'_>) -> Reply {
        let job = Job::Listing(view::Listing::NotFound);
        match render::page(&self.theme.templates, scene, job) {
            Ok(page) => Reply {
                found: false,
                kind: kind("404.html"),
                bytes: page.bytes,
            },
            Err(error) => words(&error.to_string()),
        }
    }
}

fn words(text: &str) -> Reply {
    Reply {
        found: false,
        kind: "text/plain; charset=utf-8",
        bytes: text.as_bytes().to_vec(),
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        _ => "application/octet-stream",
    }
}
