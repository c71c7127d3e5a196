//! `themes`: which there are, and what their templates may use.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

use super::CLEAN;
use super::args::{Global, Themes, ThemesCommand};
use super::attached::attached;
use super::console::{Console, Trouble};
use super::project::{self, Project};
use crate::io;
use crate::model::Audience;
use crate::view::{self, Backdrop};

/// Shows.
pub fn run(global: &Global, command: &Themes, console: &mut Console) -> Result<u8, Trouble> {
    let text = match command.command {
        None | Some(ThemesCommand::List) => io::theme_names(&project::root(global)?)?.join("\n") + "\n",
        Some(ThemesCommand::Fields) => fields(&Project::open(global)?)?,
    };
    console.report(&text);
    Ok(CLEAN)
}

/// Every field that the pages of a portfolio give to templates, by page type, as Markdown.
fn fields(project: &Project) -> Result<String, Trouble> {
    let (pictures, _) = attached(project, Audience::Private)?;
    let backdrop = Backdrop::new(&project.portfolio, Audience::Private, pictures, None);
    let scene = project.scene(&backdrop);
    let mut by_template: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for job in view::jobs(&scene) {
        let (chrome, page) = view::page(&scene, job);
        let parts = [("chrome", serde_json::to_value(&chrome)), ("page", serde_json::to_value(&page))];
        for (name, value) in parts {
            let found = by_template.entry(if name == "page" { job.template() } else { "base" }).or_default();
            collect(name, &value.unwrap_or_default(), found);
        }
    }
    let mut out = String::from(
        "# Fields that templates may use\n\nWritten by `ksbfolio themes fields` from the sample portfolio. `[]` stands for the members of a list. \
         `chrome` is the same for every template. In items, rows and records of lists and tables, what a thing does not have is \
         missing: ask with `if` before you show it.\n",
    );
    for (template, found) in by_template {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "\n## {template}.html\n");
        for field in found {
            let _ = writeln!(out, "- `{field}`");
        }
    }
    Ok(out)
}

fn collect(path: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                collect(&format!("{path}.{name}"), value, found);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                collect(&format!("{path}[]"), item, found);
            }
        }
        Value::Array(_) | Value::Null => {}
        _ => {
            found.insert(path.to_owned());
        }
    }
}
