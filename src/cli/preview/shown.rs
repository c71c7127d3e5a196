//! What a live preview shows at one moment: a judged portfolio, and each page when somebody asks for it.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::super::attached::attached;
use super::super::build::others;
use super::super::console::Trouble;
use super::super::project::Project;
use crate::io::{self, Reply};
use crate::model::Audience;
use crate::render::{self, Theme};
use crate::text::{Source, sha256_hex};
use crate::view::{self, Backdrop, Job, Scene};

/// One moment of a preview.
pub struct Shown {
    /// The portfolio, judged.
    pub project: Project,
    /// The number of this moment, from 1.
    pub number: u64,
    /// What stands for the theme's style: it changes when that does.
    pub style: String,
    theme: Theme,
    backdrop: Backdrop,
    jobs: HashMap<String, Job>,
    pictures: BTreeMap<String, Vec<u8>>,
    /// Files that no page is: made when the first of them is asked for.
    others: OnceLock<BTreeMap<String, Vec<u8>>>,
}

impl Shown {
    /// Makes everything ready to show `project` to an audience.
    pub fn new(
        project: Project,
        audience: Audience,
        theme: Option<&str>,
        number: u64,
    ) -> Result<Self, Trouble> {
        let theme = theme.unwrap_or(&project.portfolio.settings.theme);
        let theme = Theme::new(&io::theme_files(&project.root, theme)?)?;
        let (published, files) = attached(&project, audience)?;
        let style: Vec<u8> = theme.assets().values().flatten().copied().collect();
        let mut shown = Self {
            backdrop: Backdrop::new(&project.portfolio, audience, published, Some(number)),
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

    /// Puts an edited entry in its place, where that is all that has changed; see [`crate::resolve::revise`].
    pub fn revise(&mut self, source: &Source, number: u64) -> bool {
        if !self.project.revise(source) {
            return false;
        }
        let before = self.backdrop.visible.len();
        self.backdrop.look_again(&self.project.portfolio, number);
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

    /// The file at a path of the site. What is not in the site's list does not exist.
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

    fn missing(&self, scene: &Scene<'_>) -> Reply {
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
