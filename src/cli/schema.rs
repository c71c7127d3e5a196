//! `schema`: what editors complete by.

use super::CLEAN;
use super::args::{Global, Schema};
use super::console::{Console, Trouble};
use super::project::{self, Project};
use super::standards;
use crate::model::Word;
use crate::report::{self, Offered, SchemaOf};

/// Prints a schema, or the names of all.
pub fn run(global: &Global, command: &Schema, console: &mut Console) -> Result<u8, Trouble> {
    let Some(of) = command.of.as_deref().and_then(SchemaOf::from_word) else {
        console.report(&(SchemaOf::words().join("\n") + "\n"));
        return Ok(CLEAN);
    };
    let offered = match project::root(global) {
        Ok(_) => offered(&Project::open(global)?)?,
        // Outside of a portfolio there are keys alone to complete.
        Err(_) => Offered::default(),
    };
    console.report_bytes(report::schema(of, &offered).as_bytes());
    Ok(CLEAN)
}

/// What can be named in a portfolio's files.
pub fn offered(project: &Project) -> Result<Offered, Trouble> {
    Ok(Offered::new(
        &project.portfolio.catalogue,
        standards::titles(Some(&project.root))?,
    ))
}
