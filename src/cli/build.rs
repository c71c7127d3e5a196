//! `build`: the site.

use std::collections::BTreeSet;
use std::path::Path;

use super::args::{Build, Global};
use super::attached::{attached, left_out};
use super::console::{Console, Trouble};
use super::project::{self, Project};
use super::{CLEAN, FINDINGS};
use crate::io::{self, Output, Pages, Placed, Seen, Written};
use crate::model::{Audience, Word};
use crate::par;
use crate::privacy::Kind;
use crate::render::{self, SiteFile, Theme, ThemeFiles};
use crate::report::coverage_data;
use crate::text::Facts;
use crate::view::{self, Backdrop, Job, PageKey, PageKeys, Scene, SearchFile, SearchIndex, SitePath};

/// Builds the site, unless a glance says that nothing has changed.
pub fn run(global: &Global, command: &Build, console: &mut Console) -> Result<u8, Trouble> {
    let root = project::root(global)?;
    let folder = command.output.clone().unwrap_or_else(|| root.join("output"));
    if command.output.is_none() && io::is_link(&folder) {
        let help = "remove it, or name the folder with --output";
        return Err(Trouble::new(format!("{} is a link, and may lead anywhere", folder.display()), help));
    }
    let signers = global.allowed_signers.as_deref().map(io::load_text).transpose()?.map(|source| source.text);
    let asked =
        format!("{} {:?} {:?} {signers:?}", command.audience, command.theme, project::horizon(global));
    let seen = Seen::new(&root, &folder, &asked);
    let said = match seen.as_ref().and_then(Seen::unchanged) {
        Some(said) => said,
        None => build(Project::open_and_keep(global)?, command, &folder, &asked, seen.as_ref(), console)?,
    };
    for line in &said {
        console.say(line);
    }
    console.say(&format!("Open {} in a browser.", folder.join("index.html").display()));
    Ok(if said.iter().any(|line| line.starts_with(WITHHELD)) { FINDINGS } else { CLEAN })
}

/// How a line begins that tells of a page which is not published.
const WITHHELD: &str = "Withheld: ";

/// The entries that are meant for an audience and not published, with the reason.
fn withheld(project: &Project, audience: Audience) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in &project.portfolio.entries {
        let kinds: BTreeSet<&str> = entry.withheld_from(audience).map(Kind::rule).collect();
        if view::is_meant_for(entry, audience) && !kinds.is_empty() {
            let kinds: Vec<&str> = kinds.into_iter().collect();
            lines.push(format!(
                "{WITHHELD}{} ({}). `ksbfolio check` shows where.",
                entry.path,
                kinds.join(", ")
            ));
        }
    }
    lines
}

/// Builds, and gives back what there is to say about it.
fn build(
    mut project: Project,
    command: &Build,
    folder: &Path,
    asked: &str,
    seen: Option<&Seen>,
    console: &Console,
) -> Result<Vec<String>, Trouble> {
    project.forget_terms();
    let audience = Audience::from_word(&command.audience).unwrap_or(Audience::Assessor);
    let theme = command.theme.as_ref().unwrap_or(&project.portfolio.settings.theme);
    let theme_files = io::theme_files(&project.root, theme)?;
    let theme = Theme::new(&theme_files)?;
    let (pictures, mut files) = attached(&project, audience)?;
    let left_out = left_out(&project, audience, &pictures);
    let backdrop = Backdrop::new(&project.portfolio, audience, pictures, None);
    let scene = project.scene(&backdrop);
    files.extend(assets(&theme));
    let ground = ground(&project, &theme_files, asked);
    let known = || (Output::open(folder, &project.root), Pages::open(&project.root, folder));
    let kept = || par::both(|| PageKeys::new(&scene, ground), known);
    let made = || par::both(|| SearchIndex::new(&scene), || documents(&project, &scene));
    let ((index, documents), (keys, (output, known))) = par::both(made, kept);
    let output = output?.knowing(known);
    files.extend(documents);
    project.forget_words();
    let scene = project.scene(&backdrop);
    let placed = Desk { project: &project, theme: &theme, scene, keys, output: &output }
        .site(files, index, console)?;
    // Files have to be at rest before they can be remembered: what is left to judge is judged meanwhile.
    let (closed, state) = par::both(|| output.close(&placed), || state(&project));
    let (written, pages) = closed?;
    let outputs = seen.and_then(|seen| seen.settled(&placed));
    if let Some(pages) = pages {
        pages.keep(placed);
    }
    let state = [left_out, withheld(&project, audience), state].concat();
    let said = |written| [vec![done(command, written)], state.clone()].concat();
    if let (Some(seen), Some(outputs)) = (seen, outputs) {
        seen.remember(outputs, said(Written { written: 0, removed: 0, ..written }));
    }
    let said = said(written);
    // The machine takes memory back faster than we can give it back piece by piece.
    std::mem::forget(project);
    Ok(said)
}

/// What a site is made on.
struct Desk<'a> {
    project: &'a Project,
    theme: &'a Theme,
    scene: Scene<'a>,
    keys: PageKeys,
    output: &'a Output,
}

impl Desk<'_> {
    /// Sees to it that all of a site is where it should be: other files, the search index, and the pages.
    fn site(
        &self,
        files: Vec<SiteFile>,
        index: SearchIndex,
        console: &Console,
    ) -> Result<Vec<Placed>, Trouble> {
        let (jobs, search) = (self.jobs(), index.files());
        let paths = jobs.iter().map(|job| job.path(&self.scene)).chain(search.iter().map(|file| file.path()));
        let coming: Vec<SitePath> = paths.chain(files.iter().map(|file| file.path.clone())).collect();
        let coming: Vec<&str> = coming.iter().map(SitePath::as_str).collect();
        self.output.expect(&coming)?;
        // The style sheet before the pages that need it.
        let mut placed = all(par::map(&files, |file| Ok(self.output.place(file, None)?)))?;
        drop(files);
        placed.extend(all(par::map(&search, |&file| self.search(&index, file)))?);
        drop(index);
        let progress = console.progress(jobs.len());
        // A page is written by whoever made it, so that no more pages are held in memory than there are cores.
        let place = |&job: &Job| {
            let placed = self.page(job)?;
            progress.step();
            Ok(placed)
        };
        placed.extend(all(par::map_uneven(&jobs, place))?);
        progress.end();
        Ok(placed)
    }

    /// The pages. Those that show code come last: until then somebody has got ready to colour it. The longest of them is
    /// the pack.
    fn jobs(&self) -> Vec<Job> {
        let entries = &self.project.portfolio.entries;
        let mut jobs = view::jobs(&self.scene);
        jobs.sort_by_key(|job| match job {
            Job::Pack => 1,
            Job::Entry(at) if entries[*at].body.has_code => 2,
            _ => 0,
        });
        jobs
    }

    /// Sees to it that a file of the search index is where it should be.
    fn search(&self, index: &SearchIndex, file: SearchFile) -> Result<Placed, Trouble> {
        let key = self.keys.of_search(&self.scene, index, file);
        if let Some(placed) = self.standing(&file.path(), key.as_ref()) {
            return Ok(placed);
        }
        let file = SiteFile { path: file.path(), bytes: index.text(&self.scene, file).into_bytes() };
        Ok(self.output.place(&file, key)?)
    }

    /// Sees to it that a page is where it should be.
    fn page(&self, job: Job) -> Result<Placed, Trouble> {
        let path = job.path(&self.scene);
        let key = self.keys.of(&self.scene, job);
        if let Some(placed) = self.standing(&path, key.as_ref()) {
            return Ok(placed);
        }
        self.output.place_written(&path, key, |into| {
            render::write(self.theme, &self.scene, job, into)?;
            still(self.project)
        })
    }

    /// What stands there, made of the same, and is not made again.
    fn standing(&self, path: &SitePath, key: Option<&PageKey>) -> Option<Placed> {
        self.output.standing(path, key?)
    }
}

/// A digest of everything that decides what pages say, but the entries.
fn ground(project: &Project, theme: &ThemeFiles, asked: &str) -> PageKey {
    let mut facts = Facts::default();
    facts.add(project.ground).add(asked);
    for (path, bytes) in theme {
        facts.add(path).add(bytes);
    }
    facts.digest()
}

/// Sees to it that no page is made of two versions of an entry.
fn still(project: &Project) -> Result<(), Trouble> {
    match project.sources.moved() {
        Some(path) => {
            Err(Trouble::new(format!("{path} was changed while the site was built"), "build again"))
        }
        None => Ok(()),
    }
}

fn all(placed: Vec<Result<Placed, Trouble>>) -> Result<Vec<Placed>, Trouble> {
    placed.into_iter().collect()
}

/// The files that go onto the site as the theme has them.
pub fn assets(theme: &Theme) -> impl Iterator<Item = SiteFile> {
    let files = theme.assets().iter();
    files.map(|(path, bytes)| SiteFile { path: SitePath::new(path.clone()), bytes: bytes.clone() })
}

/// Files that are no pages: the search index, and documents that programs read.
pub fn others(project: &Project, scene: &Scene<'_>) -> Vec<SiteFile> {
    let search = view::search_files(scene).into_iter();
    let search = search.map(|(path, text)| SiteFile { path: SitePath::new(path), bytes: text.into_bytes() });
    search.chain(documents(project, scene)).collect()
}

/// The feed, the map of the site, the coverage document.
fn documents(project: &Project, scene: &Scene<'_>) -> Vec<SiteFile> {
    let file = |path: &str, text: String| SiteFile { path: SitePath::new(path), bytes: text.into_bytes() };
    let json = coverage_data(&project.portfolio, &project.coverage, &|entry| scene.may_see(entry));
    let mut files = vec![file("feed.xml", view::feed(scene)), file("data/coverage.json", json)];
    files.extend(view::sitemap(scene).map(|text| file("sitemap.xml", text)));
    files
}

fn done(command: &Build, written: Written) -> String {
    format!(
        "Built {} files for the audience {}: {} written, {} removed, the rest unchanged.",
        written.files, command.audience, written.written, written.removed
    )
}

/// How the portfolio stands, in a line or two.
fn state(project: &Project) -> Vec<String> {
    let counts = project.coverage.counts();
    let mut said = vec![format!("{}/{} criteria evidenced.", counts.complete(), counts.out_of())];
    let wrong = project.check(None, None).findings.summary().in_words();
    said.extend(wrong.map(|wrong| format!("{wrong}: `ksbfolio check` shows them.")));
    said
}
