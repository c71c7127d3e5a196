//! The pipeline of a portfolio.

use std::path::{Component, Path};

use super::EngineError;
use crate::files::ChangeSet;
use crate::report::quoted;
use crate::store::{self, StoreError};
use crate::text::SourcePath;

/// A file of a new portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StarterFile {
    /// Its path.
    pub path: SourcePath,
    /// Whether it was there before and stays as it was.
    pub is_kept: bool,
}

/// Services that run pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PipelineService {
    /// `.github/workflows/portfolio.yml`
    Github,
    /// `.gitlab-ci.yml`
    Gitlab,
    /// `.forgejo/workflows/portfolio.yml`
    Forgejo,
}

/// A pipeline that checks, reports and keeps the site.
#[derive(Clone, Debug)]
pub struct Pipeline {
    service: PipelineService,
    program: String,
    sha256: String,
}

impl Pipeline {
    /// A pipeline that takes the program from `program`, which has this SHA-256: an archive or a
    /// wheel of a release, or the program itself. If neither is known, the user has to fill them in.
    ///
    /// # Errors
    /// An address that is not https, a path that leaves the repository, a file for another system,
    /// or a malformed checksum.
    pub fn new(
        service: PipelineService,
        program: Option<&str>,
        sha256: Option<&str>,
    ) -> Result<Self, EngineError> {
        let pipeline = Self {
            service,
            program: program.unwrap_or_default().to_owned(),
            sha256: sha256.unwrap_or_default().to_lowercase(),
        };
        if program.is_some() || sha256.is_some() {
            pipeline.check()?;
        }
        Ok(pipeline)
    }

    fn check(&self) -> Result<(), EngineError> {
        let (program, sha256) = (&self.program, &self.sha256);
        if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let help = "it has 64 digits, as `sha256sum FILE` prints them";
            let message = format!("`{sha256}` is not a SHA-256");
            return Err(EngineError::refused(message, help));
        }
        if !is_address(program) && !is_inside(program) {
            let help = "give an address (https://…) or the path of a file in the repository, in plain letters";
            let message = format!("a pipeline cannot take the program from `{program}`");
            return Err(EngineError::refused(message, help));
        }
        if is_for_another_system(program) {
            let help = "name an archive (.tar.gz), a wheel (.whl) or a program for Linux";
            let message = format!("a pipeline runs on Linux, and `{program}` does not");
            return Err(EngineError::refused(message, help));
        }
        Ok(())
    }

    /// Whether the user has to fill in where the program is.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.program.is_empty()
    }

    /// Adds the file of the pipeline to `changes`. One that is there is an error, because this one
    /// was asked for.
    pub(super) fn add_to(
        &self,
        root: &Path,
        changes: &mut ChangeSet,
    ) -> Result<StarterFile, EngineError> {
        let (path, text) = match self.service {
            PipelineService::Github => (
                ".github/workflows/portfolio.yml",
                include_str!("starter/github.yml"),
            ),
            PipelineService::Gitlab => (".gitlab-ci.yml", include_str!("starter/gitlab.yml")),
            PipelineService::Forgejo => (
                ".forgejo/workflows/portfolio.yml",
                include_str!("starter/forgejo.yml"),
            ),
        };
        if store::is_taken(&root.join(path))? {
            let cause = "there is a file already, and it stays as it is";
            return Err(StoreError::new("create", &root.join(path), cause).into());
        }
        let text = text.replace("PROGRAM", &quoted(&self.program));
        let text = text.replace("CHECKSUM", &quoted(&self.sha256));
        let path = SourcePath::new(path);
        changes.create(&path, text);
        Ok(StarterFile {
            path,
            is_kept: false,
        })
    }
}

/// Adds a pipeline to a portfolio.
///
/// # Errors
/// There is one already, or the file cannot be written.
pub fn create_pipeline(root: &Path, pipeline: &Pipeline) -> Result<StarterFile, EngineError> {
    let mut changes = ChangeSet::default();
    let file = pipeline.add_to(root, &mut changes)?;
    store::commit(root, &changes)?;
    Ok(file)
}

fn is_address(place: &str) -> bool {
    place
        .strip_prefix("https://")
        .is_some_and(|rest| !rest.is_empty())
        && is_plain(place)
}

fn is_inside(place: &str) -> bool {
    let is_below = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    is_plain(place) && !place.contains(':') && Path::new(place).components().all(is_below)
}

/// Whether a file of a release is for Windows or for a browser.
fn is_for_another_system(place: &str) -> bool {
    let name = place.split('?').next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let ending = Path::new(&name).extension().unwrap_or_default();
    ["exe", "zip", "html"].iter().any(|other| ending == *other) || name.contains("-win_")
}

/// Whether a text has the same meaning in YAML, a shell, GitHub and GitLab.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-~:?&=%+,@".contains(&byte);
    !text.is_empty() && !text.starts_with('-') && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_paths_inside_the_repository_are_taken() {
        for good in [
            "https://example.org/ksbfolio?v=1",
            "tools/ksbfolio",
            "./ksbfolio",
        ] {
            assert!(is_address(good) || is_inside(good), "{good}");
        }
        let bad = [
            "",
            "http://example.org/x",
            "/usr/bin/x",
            "../x",
            "a b",
            "$HOME/x",
            "${{ x }}",
            "a\nb",
            "-x",
        ];
        for bad in bad
            .into_iter()
            .chain(["https://", "ftp://x", "x`y`", "https://a/$(x)"])
        {
            assert!(!is_address(bad) && !is_inside(bad), "{bad}");
        }
    }

    #[test]
    fn files_for_other_systems_are_refused() {
        let refused = |place: &str| {
            let sha256 = "0".repeat(64);
            Pipeline::new(PipelineService::Gitlab, Some(place), Some(&sha256)).is_err()
        };
        for linux in [
            "tools/ksbfolio-0.1.0-linux-x86_64.tar.gz",
            "https://example.org/ksbfolio-0.1.0-py3-none-musllinux_1_1_x86_64.whl?download=1",
            "tools/ksbfolio",
        ] {
            assert!(!refused(linux), "{linux}");
        }
        for other in [
            "https://example.org/ksbfolio-0.1.0-windows-x86_64.zip?download=1",
            "tools/ksbfolio-0.1.0-py3-none-win_amd64.whl",
            "ksbfolio.html",
            "ksbfolio.EXE",
        ] {
            assert!(refused(other), "{other}");
        }
    }
}
