//! Several reports from one run, each to its file or to standard output.

use std::path::PathBuf;

use super::console::{Console, Trouble};
use crate::io::{Inputs, ReportFile};

/// What `check --format` takes.
pub const CHECK_FORMATS: [&str; 8] = [
    "text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown",
];

/// What `coverage --format` takes.
pub const COVERAGE_FORMATS: [&str; 5] = ["text", "json", "csv", "markdown", "xlsx"];

/// What `hours --format` takes.
pub const HOURS_FORMATS: [&str; 4] = ["text", "json", "csv", "markdown"];

/// What `sample --format` takes.
pub const SAMPLE_FORMATS: [&str; 4] = ["text", "json", "csv", "markdown"];

/// What `gateway --format` takes.
pub const GATEWAY_FORMATS: [&str; 3] = ["text", "json", "markdown"];

/// Where the reports of a run go.
#[derive(Debug)]
pub struct Wanted<'a> {
    pairs: Vec<(&'a str, Option<ReportFile>)>,
}

impl<'a> Wanted<'a> {
    /// Pairs formats with files: the first with the first, and the last without a file goes to standard output. None of
    /// the files may be one of the `inputs`.
    pub fn new(
        inputs: Inputs<'_>,
        formats: &'a [String],
        files: &[PathBuf],
    ) -> Result<Self, Trouble> {
        let formats: Vec<&str> = if formats.is_empty() {
            vec!["text"]
        } else {
            formats.iter().map(String::as_str).collect()
        };
        if files.len() > formats.len() || formats.len() > files.len() + 1 {
            let help =
                "give one --output for each --format; the last report may go to standard output";
            return Err(Trouble::new("formats and output files do not pair", help));
        }
        let mut pairs: Vec<(&str, Option<ReportFile>)> = Vec::new();
        for (at, format) in formats.into_iter().enumerate() {
            let file = files
                .get(at)
                .map(|file| ReportFile::new(inputs, format, file))
                .transpose()?;
            let mut earlier = pairs.iter().filter_map(|(_, earlier)| earlier.as_ref());
            if file
                .as_ref()
                .is_some_and(|file| earlier.any(|earlier| file.is_same_as(earlier)))
            {
                return Err(Trouble::new(
                    "two reports would go to one file",
                    "name a file for each --output",
                ));
            }
            pairs.push((format, file));
        }
        Ok(Self { pairs })
    }

    /// Makes every report and takes it where it goes. `make` is told the format, and whether colours are welcome.
    pub fn write(
        &self,
        console: &mut Console,
        mut make: impl FnMut(&str, bool) -> Result<Vec<u8>, Trouble>,
    ) -> Result<(), Trouble> {
        for (format, file) in &self.pairs {
            let bytes = make(format, console.colour() && file.is_none())?;
            match file {
                Some(file) => file.write(&bytes)?,
                // What people read goes to their terminal; every other format says for itself what it may hold.
                None if *format == "text" => console.report(&String::from_utf8_lossy(&bytes)),
                None => console.report_bytes(&bytes),
            }
        }
        Ok(())
    }
}
