//! `init`: a portfolio to begin with, and a pipeline that watches over it.

use std::path::PathBuf;

use super::CLEAN;
use super::args::{CiService, Init};
use super::console::{Console, Trouble};
use crate::io;

const SETTINGS: (&str, &str) = ("portfolio/portfolio.yaml", include_str!("starter/portfolio.yaml"));
const EXAMPLE: (&str, &str) =
    ("portfolio/entries/example-reflection.md", include_str!("starter/example-reflection.md"));
const GITHUB: (&str, &str) = (".github/workflows/portfolio.yml", include_str!("starter/github.yml"));
const GITLAB: (&str, &str) = (".gitlab-ci.yml", include_str!("starter/gitlab.yml"));

/// Writes what is not there yet. In a folder that has a portfolio, that is the pipeline alone.
pub fn run(command: &Init, console: &mut Console) -> Result<u8, Trouble> {
    let root = command.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    let begun = root.join(SETTINGS.0).exists();
    if begun && command.ci.is_none() {
        let help = "write the next entry in portfolio/entries/, or add a pipeline with --ci github";
        return Err(Trouble::new(format!("there is a portfolio in {} already", root.display()), help));
    }
    let mut files = if begun { Vec::new() } else { vec![SETTINGS, EXAMPLE] };
    files.extend(command.ci.map(|service| match service {
        CiService::Github => GITHUB,
        CiService::Gitlab => GITLAB,
    }));
    for (path, text) in files {
        let text = text.replace("VERSION", env!("CARGO_PKG_VERSION"));
        io::create(&root.join(path), text.as_bytes())?;
        console.say(&format!("Wrote {path}"));
    }
    if !begun {
        console.say("Next: `ksbfolio check` says what is missing, `ksbfolio build` makes the site.");
    }
    Ok(CLEAN)
}
