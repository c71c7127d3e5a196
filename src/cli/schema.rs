//! `schema`: JSON Schemas for editors.

use super::args::{Global, Schema};
use super::console::Console;
use super::{CLEAN, CliError, open};
use crate::engine::{self, Snapshot};
use crate::model::Word;
use crate::report::{self, Offered, SchemaOf};

/// Prints a schema, or the kinds of files.
pub(super) fn run(
    global: &Global,
    command: &Schema,
    console: &mut Console,
) -> Result<u8, CliError> {
    let Some(of) = command.of else {
        console.report(&(SchemaOf::words().join("\n") + "\n"));
        return Ok(CLEAN);
    };
    let offered = match open::root(global) {
        Ok(_) => offered(&open::project(global)?)?,
        // Outside of a portfolio there are only keys to complete.
        Err(_) => Offered::default(),
    };
    console.report_bytes(report::schema(of, &offered).as_bytes());
    Ok(CLEAN)
}

/// The codes and standards that files of a portfolio can name.
pub(super) fn offered(project: &Snapshot) -> Result<Offered, CliError> {
    Ok(Offered::new(
        &project.portfolio.catalogue,
        engine::standard_titles(Some(&project.root))?,
    ))
}
