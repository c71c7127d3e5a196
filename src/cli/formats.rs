//! The formats of reports, as `--format` names them.

use strum::{IntoStaticStr, VariantArray};

use crate::model::Word;

const TEXT: &[&str] = &["txt"];
const JSON: &[&str] = &["json"];
const MARKDOWN: &[&str] = &["md", "markdown"];
const CSV: &[&str] = &["csv"];
const HTML: &[&str] = &["html", "htm"];
const XLSX: &[&str] = &["xlsx"];

/// A format that a report can be written in.
pub(super) trait Format: Word {
    /// Extensions of files in this format, the usual one first.
    fn extensions(self) -> &'static [&'static str];
}

/// Formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum CheckFormat {
    /// For people.
    Text,
    /// One line for each finding.
    Concise,
    /// For programs.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// `JUnit` XML.
    Junit,
    /// Annotations of GitHub Actions.
    Github,
    /// A code quality report of `GitLab`.
    Gitlab,
    /// For documents.
    Markdown,
}

impl Format for CheckFormat {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text | Self::Concise | Self::Github => TEXT,
            Self::Json | Self::Gitlab => JSON,
            Self::Sarif => &["sarif", "json"],
            Self::Junit => &["xml"],
            Self::Markdown => MARKDOWN,
        }
    }
}

/// Formats of `coverage`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum CoverageFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// A table.
    Csv,
    /// For documents.
    Markdown,
    /// A workbook.
    Xlsx,
}

impl Format for CoverageFormat {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => TEXT,
            Self::Json => JSON,
            Self::Csv => CSV,
            Self::Markdown => MARKDOWN,
            Self::Xlsx => XLSX,
        }
    }
}

/// Formats of `hours` and `sample`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum TableFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// A table.
    Csv,
    /// For documents.
    Markdown,
}

impl Format for TableFormat {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => TEXT,
            Self::Json => JSON,
            Self::Csv => CSV,
            Self::Markdown => MARKDOWN,
        }
    }
}

/// Formats of `cohort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum CohortFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// A table.
    Csv,
    /// A workbook.
    Xlsx,
    /// A page.
    Html,
    /// Rows under keyed pseudonyms.
    Jsonl,
}

impl Format for CohortFormat {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => TEXT,
            Self::Json => JSON,
            Self::Csv => CSV,
            Self::Xlsx => XLSX,
            Self::Html => HTML,
            Self::Jsonl => &["jsonl"],
        }
    }
}

/// Formats of `gateway` and `standards diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum GatewayFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For documents.
    Markdown,
}

impl Format for GatewayFormat {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => TEXT,
            Self::Json => JSON,
            Self::Markdown => MARKDOWN,
        }
    }
}

/// Formats of `review`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum ReviewFormat {
    /// For documents.
    Markdown,
    /// A page to print.
    Html,
    /// For programs.
    Json,
}

impl Format for ReviewFormat {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Markdown => MARKDOWN,
            Self::Html => HTML,
            Self::Json => JSON,
        }
    }
}

/// Formats of `decisions verify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum DataFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

impl Format for DataFormat {
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => TEXT,
            Self::Json => JSON,
        }
    }
}
