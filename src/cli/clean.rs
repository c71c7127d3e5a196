//! `clean`: nothing of what the program made stays behind.

use super::CLEAN;
use super::args::{Clean, Global};
use super::console::{Console, Trouble};
use super::project;
use crate::io::{self, Output};

/// Removes the site and what is remembered of it. Nothing that anybody wrote is touched.
pub fn run(global: &Global, command: &Clean, console: &mut Console) -> Result<u8, Trouble> {
    let root = project::root(global)?;
    let folder = command.output.clone().unwrap_or_else(|| root.join("output"));
    let removed = Output::clean(&folder, &root)?;
    let forgotten = io::forget(&root)?;
    console.say(&format!("Removed {removed} files of the site and {forgotten} files of what is remembered."));
    if folder.exists() {
        console
            .say(&format!("{} stays: it holds something that is not the program's own.", folder.display()));
    }
    Ok(CLEAN)
}
