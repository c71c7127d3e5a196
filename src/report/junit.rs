//! `JUnit` XML: a case for every criterion and entry, so that a CI service shows new and closed
//! gaps.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::identity::Identity;
use super::run::Report;
use crate::diagnostic::{Finding, Subject};
use crate::model::{Line, StandardCoverage};

struct Suite {
    name: String,
    cases: Vec<TestCase>,
}

struct TestCase {
    class: String,
    name: String,
    result: CaseResult,
}

enum CaseResult {
    Passed,
    Skipped(String),
    Failed {
        kind: String,
        message: String,
        text: String,
    },
}

/// The document: a suite for each standard, and one for the entries and other files.
#[must_use]
pub fn junit(report: &Report<'_>) -> String {
    let findings = report.limited_findings();
    let mut about: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for (finding, _) in findings
        .iter()
        .filter(|(finding, _)| finding.level >= report.fail_on)
    {
        about
            .entry(finding.subject.to_string())
            .or_default()
            .push(finding);
    }
    let mut suites: Vec<Suite> = report
        .coverage
        .standards
        .iter()
        .map(|standard| criteria_suite(report, standard, &about))
        .collect();
    suites.push(files_suite(report, &about));
    render(
        &suites,
        &Identity::of(report.portfolio, report.coverage.as_of),
    )
}

fn criteria_suite(
    report: &Report<'_>,
    standard: &StandardCoverage,
    about: &BTreeMap<String, Vec<&Finding>>,
) -> Suite {
    let catalogue = &report.portfolio.catalogue;
    let known = catalogue.standard(standard.standard);
    let case = |line: &Line| {
        let criterion = catalogue.criterion(line.criterion);
        let found = about.get(&Subject::Criterion(catalogue.full_code(line.criterion)).to_string());
        let result = match found {
            Some(found) => failed(report, found),
            None if line.is_waived() => CaseResult::Skipped(line.why.clone()),
            None if !line.state.is_complete() => {
                CaseResult::Skipped(format!("{}: {}", line.state.word(), line.why))
            }
            None => CaseResult::Passed,
        };
        TestCase {
            class: format!("{}.{}", known.id.value, known.kind_of(criterion).id),
            name: criterion.code.value.to_string(),
            result,
        }
    };
    Suite {
        name: known.id.value.clone(),
        cases: standard.lines.iter().map(case).collect(),
    }
}

/// Every entry, and other files with findings.
fn files_suite(report: &Report<'_>, about: &BTreeMap<String, Vec<&Finding>>) -> Suite {
    let mut names: Vec<String> = report
        .portfolio
        .entries
        .iter()
        .map(|entry| Subject::Entry(entry.id.clone()).to_string())
        .collect();
    names.extend(
        about
            .keys()
            .filter(|name| !name.starts_with("criterion:"))
            .cloned(),
    );
    names.sort();
    names.dedup();
    let case = |name: String| {
        let result = about
            .get(&name)
            .map_or(CaseResult::Passed, |found| failed(report, found));
        let class = name.split(':').next().unwrap_or_default().to_owned();
        TestCase {
            class,
            name,
            result,
        }
    };
    Suite {
        name: "portfolio".to_owned(),
        cases: names.into_iter().map(case).collect(),
    }
}

fn failed(report: &Report<'_>, found: &[&Finding]) -> CaseResult {
    let mut text = String::new();
    for finding in found {
        let place = report.place(finding).start;
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(
            text,
            "{}:{}:{}: {}[{}] {}",
            finding.place.path,
            place.line,
            place.column,
            finding.level.word(),
            finding.rule,
            Report::sentence(finding)
        );
    }
    CaseResult::Failed {
        kind: found[0].rule.to_owned(),
        message: found[0].message.clone(),
        text,
    }
}

fn render(suites: &[Suite], about: &Identity) -> String {
    let count = |suite: &Suite, wanted: fn(&CaseResult) -> bool| {
        suite
            .cases
            .iter()
            .filter(|case| wanted(&case.result))
            .count()
    };
    let failures =
        |suite: &Suite| count(suite, |result| matches!(result, CaseResult::Failed { .. }));
    let skipped = |suite: &Suite| count(suite, |result| matches!(result, CaseResult::Skipped(_)));
    let tests: usize = suites.iter().map(|suite| suite.cases.len()).sum();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let all: usize = suites.iter().map(failures).sum();
    let _ = writeln!(
        out,
        "<testsuites name=\"ksbfolio\" tests=\"{tests}\" failures=\"{all}\">"
    );
    let properties = write_properties(about);
    for suite in suites {
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">",
            escape_xml(&suite.name),
            suite.cases.len(),
            failures(suite),
            skipped(suite)
        );
        out.push_str(&properties);
        suite
            .cases
            .iter()
            .for_each(|case| write_case(&mut out, case));
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// What the report is about, for each suite: the format has properties of suites only.
fn write_properties(about: &Identity) -> String {
    let names = ["learner", "cohort", "as-of", "standard-versions"].into_iter();
    let property = |(name, value): (&str, String)| {
        format!(
            "      <property name=\"{name}\" value=\"{}\"/>\n",
            escape_xml(&value)
        )
    };
    let properties: String = names.zip(about.cells()).map(property).collect();
    format!("    <properties>\n{properties}    </properties>\n")
}

fn write_case(out: &mut String, case: &TestCase) {
    let _ = write!(
        out,
        "    <testcase classname=\"{}\" name=\"{}\"",
        escape_xml(&case.class),
        escape_xml(&case.name)
    );
    let _ = match &case.result {
        CaseResult::Passed => writeln!(out, "/>"),
        CaseResult::Skipped(message) => {
            writeln!(
                out,
                "><skipped message=\"{}\"/></testcase>",
                escape_xml(message)
            )
        }
        CaseResult::Failed {
            kind,
            message,
            text,
        } => writeln!(
            out,
            "><failure type=\"{}\" message=\"{}\">{}</failure></testcase>",
            escape_xml(kind),
            escape_xml(message),
            escape_xml(text)
        ),
    };
}

/// Escapes text for XML; characters that XML forbids are dropped.
fn escape_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' => out.push(letter),
            '\0'..' ' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(letter),
        }
    }
    out
}
