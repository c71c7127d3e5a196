//! Checks reports and printed output for syntax and for harmful content.

use serde_json::Value;

use super::Problems;
use super::inputs::Allowed;
use super::place::Done;
use super::site;

/// Problems of the reports.
pub fn problems(reports: &[(String, Vec<u8>)], allowed: &Allowed) -> Problems {
    let mut problems = Problems::new();
    for (name, bytes) in reports {
        let text = String::from_utf8_lossy(bytes);
        let wrong: Problems = match name.as_str() {
            "check-json" | "check-gitlab" | "coverage-json" => {
                json(&text).err().into_iter().collect()
            }
            "check-sarif" => sarif(&text),
            "check-junit" => site::xml(&text, "junit", allowed),
            "check-github" => github(&text),
            "check-concise" => [concise(&text), loud(name, bytes)].concat(),
            "coverage-csv" => table(bytes),
            "check-markdown" | "coverage-markdown" => loud(name, bytes),
            _ => vec!["stays: no report that was asked for".to_owned()],
        };
        problems.extend(
            wrong
                .into_iter()
                .map(|problem| format!("{name}: {problem}")),
        );
    }
    problems
}

/// Reports a missing finding: none of `wanted` is in the output.
pub fn missing(reports: &[(String, Vec<u8>)], check: &Done, wanted: &[String]) -> Option<String> {
    let report = reports.iter().find(|(name, _)| name == "check-json");
    let document = report.and_then(|(_, bytes)| serde_json::from_slice::<Value>(bytes).ok())?;
    let found = document["findings"].as_array()?;
    let there = found
        .iter()
        .filter_map(|one| one["rule"].as_str())
        .any(|rule| wanted.iter().any(|one| one == rule));
    let asked = !wanted.is_empty() && matches!(check.code, Some(0 | 1));
    (asked && !there).then(|| format!("finding: there is none of {wanted:?}"))
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("well: {error}"))
}

fn sarif(text: &str) -> Problems {
    let document = match json(text) {
        Ok(document) => document,
        Err(problem) => return vec![problem],
    };
    let plain = |sign: char| sign.is_ascii_alphanumeric() || "-._~/%".contains(sign);
    let results = document["runs"][0]["results"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let paths = results.iter().map(|one| {
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            .as_str()
            .unwrap_or("?")
            .to_owned()
    });
    paths
        .filter(|path| !path.chars().all(plain))
        .map(|path| format!("well: the path {path:?}"))
        .collect()
}

/// Each line is one known workflow command.
fn github(text: &str) -> Problems {
    let known = ["::error title=", "::warning title=", "::notice title="];
    let lines = text.split(['\n', '\r']).filter(|line| !line.is_empty());
    let wrong = lines.filter(|line| !known.iter().any(|command| line.starts_with(command)));
    let mut problems: Problems = wrong
        .map(|line| format!("well: the line {line:?}"))
        .collect();
    problems.extend(
        text.chars()
            .find(|sign| is_loud(*sign))
            .map(|sign| format!("quiet: the sign {sign:?}")),
    );
    problems
}

/// `path:line:column: level[rule] ` at the beginning of each line.
fn concise(text: &str) -> Problems {
    let levels = [": error[", ": warning[", ": note["];
    let wrong = text
        .lines()
        .filter(|line| !levels.iter().any(|level| line.contains(level)));
    wrong
        .map(|line| format!("well: the line {line:?}"))
        .collect()
}

fn table(bytes: &[u8]) -> Problems {
    let mut problems = Problems::new();
    // It counts the cells of every line against those of the first.
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    for row in reader.records() {
        match row {
            Ok(row) => {
                let runs = |cell: &&str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                problems.extend(
                    row.iter()
                        .find(runs)
                        .map(|cell| format!("well: the cell {cell:?}")),
                );
            }
            Err(error) => problems.push(format!("well: {error}")),
        }
    }
    problems
}

/// Reports characters that must not reach a terminal or a log unescaped.
pub fn loud(name: &str, bytes: &[u8]) -> Problems {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return vec![format!("quiet: {name} is no text")];
    };
    let mut problems = Problems::new();
    problems.extend(
        text.chars()
            .find(|sign| is_loud(*sign))
            .map(|sign| format!("quiet: {name} holds {sign:?}")),
    );
    problems.extend(
        text.lines()
            .find(|line| is_command(line))
            .map(|line| format!("quiet: {name} commands {line:?}")),
    );
    problems
}

/// Control characters, bidirectional controls and Unicode line separators.
fn is_loud(sign: char) -> bool {
    let turns = matches!(
        sign,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    turns || (sign.is_control() && !matches!(sign, '\n' | '\t'))
}

/// GitHub's runner obeys `::name` at the start of a line, also after spaces, and `##[name]`
/// anywhere.
fn is_command(line: &str) -> bool {
    let begins = line.trim_start().strip_prefix("::").is_some_and(|rest| {
        let after = rest.trim_start_matches(|sign: char| sign.is_ascii_lowercase() || sign == '-');
        after.len() < rest.len() && after.starts_with([' ', ':'])
    });
    begins
        || ["##[", "##vso[", "##teamcity["]
            .iter()
            .any(|mark| line.contains(mark))
}
