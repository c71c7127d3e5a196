//! The state of a preview between two edits: a judged portfolio, and its pages on request.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::reply::Reply;
use crate::engine::attached::attached;
use crate::engine::site::others;
use crate::engine::theme::open_theme;
use crate::engine::{EngineError, Project};
use crate::model::Audience;
use crate::render::{self, Theme};
use crate::text::{Source, sha256_hex};
use crate::view::{self, Job, RenderContext, SiteScope};

/// The state of a preview between two edits.
pub struct Shown {
    /// The portfolio.
    pub project: Project,
    /// The number of this state, from 1.
    pub number: u64,
    /// A hash of the theme's assets, by which pages know that the style changed.
    pub style: String,
    theme: Theme,
    backdrop: SiteScope,
    jobs: HashMap<String, Job>,
    pictures: BTreeMap<String, Vec<u8>>,
    /// Files that are no pages, made on the first request for one.
    others: OnceLock<BTreeMap<String, Vec<u8>>>,
}

impl Shown {
    /// Prepares to show `project` to an audience.
    pub fn new(
        project: Project,
        audience: Audience,
        theme: Option<&str>,
        number: u64,
    ) -> Result<Self, EngineError> {
        let theme = open_theme(&project, theme)?;
        let (published, files) = attached(&project, audience)?;
        let style: Vec<u8> = theme.assets().values().flatten().copied().collect();
        let mut shown = Self {
            backdrop: SiteScope::new(&project.portfolio, audience, published, Some(number)),
            project,
            number,
            style: sha256_hex(&style),
            theme,
            jobs: HashMap::new(),
            pictures: files
                .into_iter()
                .map(|file| (file.path.as_str().to_owned(), file.bytes))
                .collect(),
            others: OnceLock::new(),
        };
        shown.list();
        Ok(shown)
    }

    /// Replaces an edited entry; false if everything has to be read again. See [`Project::revise`].
    pub fn revise(&mut self, source: &Source, number: u64) -> bool {
        if !self.project.revise(source) {
            return false;
        }
        let before = self.backdrop.visible.len();
        self.backdrop
            .refresh_visibility(&self.project.portfolio, number);
        self.number = number;
        self.others = OnceLock::new();
        if before != self.backdrop.visible.len() {
            self.list();
        }
        true
    }

    fn list(&mut self) {
        let scene = self.project.scene(&self.backdrop);
        let jobs = view::jobs(&scene);
        self.jobs = jobs
            .into_iter()
            .map(|job| (job.path(&scene).as_str().to_owned(), job))
            .collect();
    }

    /// The entry that a page shows.
    pub fn entry_of(&self, page: &str) -> Option<usize> {
        match self.jobs.get(page) {
            Some(Job::Entry(at)) => Some(*at),
            _ => None,
        }
    }

    /// The file at a path of the site. Only paths in the site's list exist.
    pub fn reply(&self, path: &str) -> Reply {
        let scene = self.project.scene(&self.backdrop);
        let path = if path.is_empty() { "index.html" } else { path };
        if let Some(&job) = self.jobs.get(path) {
            return match render::page(&self.theme, &scene, job) {
                Ok(page) => Reply {
                    found: true,
                    kind: kind(path),
                    bytes: page.bytes,
                },
                Err(error) => words(&error.to_string()),
            };
        }
        let file = self
            .theme
            .assets()
            .get(path)
            .or_else(|| self.pictures.get(path))
            .or_else(|| {
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
        match render::page(&self.theme, scene, job) {
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
