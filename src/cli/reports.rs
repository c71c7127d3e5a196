//! Several reports from one run, each to its file or to standard output.

use std::path::PathBuf;

use super::args::Global;
use super::console::Console;
use super::formats::Format;
use super::{CliError, open};
use crate::store::{Inputs, ReportFile, ReportKind};

/// The reports of a run, and where each goes.
#[derive(Debug)]
pub(super) struct Reports<F> {
    pairs: Vec<(F, Option<ReportFile>)>,
}

/// The kind of file that a format is written to.
pub(super) fn kind<F: Format>(format: F) -> ReportKind {
    ReportKind {
        name: format.word(),
        extensions: format.extensions(),
    }
}

impl<F: Format> Reports<F> {
    /// The reports of a command about the portfolio that the options name.
    ///
    /// # Errors
    /// There is no portfolio, and those of [`Reports::new`].
    pub(super) fn of_portfolio(
        global: &Global,
        formats: &[F],
        files: &[PathBuf],
    ) -> Result<Self, CliError> {
        let inputs = Inputs {
            roots: &[open::root(global)?],
            files: &global.files(),
        };
        Self::new(inputs, formats, files)
    }

    /// Pairs formats with files, in order; one format without a file goes to standard output.
    /// Without a format, the first of `F` is written.
    ///
    /// # Errors
    /// Formats and files do not pair, or a file is one of the `inputs` or another report's.
    pub(super) fn new(
        inputs: Inputs<'_>,
        formats: &[F],
        files: &[PathBuf],
    ) -> Result<Self, CliError> {
        let formats = if formats.is_empty() {
            &F::ALL[..1]
        } else {
            formats
        };
        if files.len() > formats.len() || formats.len() > files.len() + 1 {
            let help =
                "give one --output for each --format; the last report may go to standard output";
            return Err(CliError::new("formats and output files do not pair", help));
        }
        let mut pairs: Vec<(F, Option<ReportFile>)> = Vec::new();
        for (at, &format) in formats.iter().enumerate() {
            let file = files.get(at);
            let file = file
                .map(|file| ReportFile::new(inputs, kind(format), file))
                .transpose()?;
            let mut earlier = pairs.iter().filter_map(|(_, earlier)| earlier.as_ref());
            let clashes = |file: &ReportFile| earlier.any(|earlier| file.is_same_as(earlier));
            if file.as_ref().is_some_and(clashes) {
                let help = "name a file for each --output";
                return Err(CliError::new("two reports would go to one file", help));
            }
            pairs.push((format, file));
        }
        Ok(Self { pairs })
    }

    /// Writes every report. `make` receives the format, and whether to colour.
    ///
    /// # Errors
    /// Those of `make`, and a file that cannot be written.
    pub(super) fn write(
        &self,
        console: &mut Console,
        mut make: impl FnMut(F, bool) -> Result<Vec<u8>, CliError>,
    ) -> Result<(), CliError> {
        for (format, file) in &self.pairs {
            let bytes = make(*format, console.colour() && file.is_none())?;
            match file {
                Some(file) => file.write(&bytes)?,
                // Formats for programs escape control characters by their own rules.
                None if format.word() == "text" => {
                    console.report(&String::from_utf8_lossy(&bytes));
                }
                None => console.report_bytes(&bytes),
            }
        }
        Ok(())
    }
}
