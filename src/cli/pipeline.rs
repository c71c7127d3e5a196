//! The pipeline that `init --ci` writes.

use std::path::{Component, Path};

use super::CliError;
use super::args::{CiService, InPipeline};
use super::console::Console;
use crate::report::quoted;
use crate::store;

const GITHUB: (&str, &str) = (
    ".github/workflows/portfolio.yml",
    include_str!("starter/github.yml"),
);
const GITLAB: (&str, &str) = (".gitlab-ci.yml", include_str!("starter/gitlab.yml"));

/// The source of the program in a pipeline, and its checksum; both empty if the user has to fill
/// them in.
pub struct Program {
    place: String,
    sha256: String,
}

impl Program {
    /// Checks the arguments.
    ///
    /// # Errors
    /// An address that is not https, a path that leaves the repository, or a malformed checksum.
    pub fn read(given: &InPipeline) -> Result<Self, CliError> {
        let place = given.program.clone().unwrap_or_default();
        let sha256 = given.sha256.clone().unwrap_or_default().to_lowercase();
        if given.program.is_none() && given.sha256.is_none() {
            return Ok(Self { place, sha256 });
        }
        if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let help = "it has 64 digits, as `sha256sum FILE` prints them";
            return Err(CliError::new(format!("`{sha256}` is no SHA-256"), help));
        }
        if !is_address(&place) && !is_inside(&place) {
            let help = "give an address (https://…) or the path of a file in the repository, in plain letters";
            return Err(CliError::new(
                format!("a pipeline cannot take the program from `{place}`"),
                help,
            ));
        }
        Ok(Self { place, sha256 })
    }
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

/// Whether a text has the same meaning in YAML, a shell, GitHub and GitLab.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-~:?&=%+,@".contains(&byte);
    !text.is_empty() && !text.starts_with('-') && text.bytes().all(is_plain)
}

/// Writes the pipeline.
///
/// # Errors
/// There is one already, or the file cannot be written.
pub fn write(
    root: &Path,
    service: CiService,
    program: &Program,
    console: &mut Console,
) -> Result<(), CliError> {
    let (path, text) = match service {
        CiService::Github => GITHUB,
        CiService::Gitlab => GITLAB,
    };
    let text = text.replace("PROGRAM", &quoted(&program.place));
    let text = text.replace("CHECKSUM", &quoted(&program.sha256));
    // An existing pipeline is an error, because this one was asked for.
    store::create(root, path, text.as_bytes())?;
    console.say(&format!("Wrote {path}"));
    if program.place.is_empty() {
        console.say(
            "Fill in at its top where the program is and its SHA-256: until then the job fails.",
        );
    }
    Ok(())
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
}
