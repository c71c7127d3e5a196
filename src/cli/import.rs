//! `import`: documents into entries.

use std::fmt::Write;

use super::args::{Global, Import};
use super::console::Console;
use super::{CLEAN, CliError, FAILED, ask, open};
use crate::document::LeftBehind;
use crate::engine::{
    self, Becomes, ImportOptions, ImportPlan, ImportSources, PlannedEntry, PlannedFile,
};
use crate::model::{EntryType, Word};
use crate::text::{counted, in_words, listed, plural, shortened};

/// Imports all files that can be read; one that cannot keeps none of the others back.
pub(super) fn run(
    global: &Global,
    command: &Import,
    console: &mut Console,
) -> Result<u8, CliError> {
    let project = open::project(global)?;
    let options = options(command, &project)?;
    let mut sources = ImportSources::default();
    for file in &command.files {
        sources.add(file)?;
    }
    let mut documents = engine::read_documents(&project, sources, &options);
    if ask::can_ask() && !command.dry_run {
        for document in documents.iter_mut().filter(|one| one.needs_date()) {
            let question = format!("Which day was {} written?", document.name);
            let help = "As 2026-03-14. Published. Enter alone leaves the file out.";
            if let Some(day) = ask::day(&question, help, None, None)? {
                document.set_date(day);
            }
        }
    }
    let plan = engine::plan_import(&project, documents, &options)?;
    if !command.dry_run {
        engine::write_import(&project, &plan)?;
    }
    console.report(&table(&plan));
    console.report(&remarks(&plan));
    conclude(command, &plan, console);
    let is_refused = |file: &PlannedFile| matches!(file.becomes, Becomes::Refused(_));
    Ok(if plan.files.iter().any(is_refused) {
        FAILED
    } else {
        CLEAN
    })
}

fn options(command: &Import, project: &engine::Snapshot) -> Result<ImportOptions, CliError> {
    let models = &project.portfolio.models;
    let model = match &command.model {
        None => None,
        Some(_)
            if command
                .kind
                .is_some_and(|kind| kind != EntryType::Reflection) =>
        {
            let help = "leave out --model, or --type";
            return Err(CliError::new("only a reflection has a model", help));
        }
        Some(id) => {
            let model = engine::find_model(&project.portfolio, id)?;
            models.iter().position(|one| one.id.value == model.id.value)
        }
    };
    Ok(ImportOptions {
        date: command.date,
        kind: command.kind,
        model,
        as_new: command.as_new,
        keep: command.keep,
    })
}

/// A row for each file: what becomes of it.
fn table(plan: &ImportPlan) -> String {
    let mut rows = vec![
        [
            "FILE",
            "DATE",
            "STAGES",
            "PICTURES",
            "IDENTIFIERS",
            "BECOMES",
        ]
        .map(str::to_owned),
    ];
    for file in &plan.files {
        let name = shortened(&file.name.to_string(), 40);
        let (becomes, entry) = match &file.becomes {
            Becomes::Entry(entry) => (entry.path.to_string(), Some(entry)),
            Becomes::Known(entry) => (format!("nothing: imported before, {entry}"), None),
            Becomes::PassedOver => ("nothing: no document".to_owned(), None),
            Becomes::Refused(_) => ("nothing: not read, see below".to_owned(), None),
        };
        let cells = entry.map(|entry| {
            let all = entry.stages.len() + entry.missing_stages.len();
            [
                entry.date.day.to_string(),
                if all == 0 {
                    "-".to_owned()
                } else {
                    format!(
                        "{}/{all} {}",
                        entry.stages.len(),
                        entry.model.as_deref().unwrap_or_default()
                    )
                },
                entry.evidence.len().to_string(),
                entry.identifiers.len().to_string(),
            ]
        });
        let [date, stages, pictures, identifiers] = cells.unwrap_or_default();
        rows.push([name, date, stages, pictures, identifiers, becomes]);
    }
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..6).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths);
        let line: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(out, "{}", line.join("  ").trim_end());
    }
    out
}

/// What there is to know about each file.
fn remarks(plan: &ImportPlan) -> String {
    let mut out = String::new();
    for file in &plan.files {
        let lines = match &file.becomes {
            Becomes::Entry(entry) => entry_lines(entry),
            Becomes::Refused(why) => vec![format!("Not imported: {why}.")],
            Becomes::Known(_) | Becomes::PassedOver => Vec::new(),
        };
        if !lines.is_empty() {
            let _ = write!(out, "\n{}\n  {}\n", file.name, lines.join("\n  "));
        }
    }
    out
}

fn entry_lines(entry: &PlannedEntry) -> Vec<String> {
    let mut lines = vec![format!("Title: {}", entry.title)];
    if !entry.date.is_given {
        let day = in_words(entry.date.day);
        lines.push(format!(
            "Date: {day}, from the file's properties: check that it is the day you wrote it"
        ));
    }
    let conversion = &entry.conversion;
    if let Some(kind) = conversion.named_type {
        let word = kind.word();
        lines.push(format!(
            "Type: {word}, as it calls itself. --type gives another"
        ));
    }
    if conversion.own_keys.is_some() {
        lines
            .push("This was an entry already: its keys are kept, and it is a draft now".to_owned());
    } else if !entry.missing_stages.is_empty() {
        let missing = listed(&entry.missing_stages);
        lines.push(if entry.stages.is_empty() {
            format!("No heading names a stage, so a comment in the draft lists them: {missing}")
        } else {
            format!("Stages without a heading: {missing}")
        });
    }
    if !conversion.made_headings.is_empty() {
        let made = listed(&conversion.made_headings);
        lines.push(format!("Lines made into headings: {made}"));
    }
    if !entry.codes.is_empty() {
        let codes = listed(&entry.codes);
        lines.push(format!("Codes in the text, not claimed yet: {codes}"));
    }
    lines.extend(left_lines(&conversion.left));
    lines.extend(
        conversion
            .remarks
            .iter()
            .map(|remark| crate::text::capitalised(remark)),
    );
    if !entry.identifiers.is_empty() {
        let found: Vec<String> = entry
            .identifiers
            .iter()
            .take(12)
            .map(|(line, kind, confidence)| {
                format!("line {line} {} ({})", kind.rule(), confidence.word())
            })
            .collect();
        let more = entry.identifiers.len().saturating_sub(found.len());
        let more = if more == 0 {
            String::new()
        } else {
            format!(", and {more} more")
        };
        lines.push(format!("May identify a person: {}{more}", found.join(", ")));
    }
    lines
}

/// What is not in the entry, in words.
fn left_lines(left: &LeftBehind) -> Vec<String> {
    let mut lines = Vec::new();
    if left.changes() > 0 {
        let kinds = [
            (left.insertions, "insertion"),
            (left.deletions, "deletion"),
            (left.moves, "move"),
            (left.formats, "change of format"),
        ];
        let kinds = kinds.into_iter().filter(|(count, _)| *count > 0);
        let kinds: Vec<String> = kinds.map(|(count, kind)| counted(count, kind)).collect();
        let changes = counted(left.changes(), "tracked change");
        lines.push(format!("{changes} accepted: {}", listed(&kinds)));
    }
    let left_out = [
        (left.comments, "comment"),
        (left.hidden, "hidden passage"),
        (left.headers, "header or footer"),
        (left.objects, "chart or embedded file"),
        (left.lost_pictures, "picture that is not in the file"),
        (left.symbols, "symbol without an equal"),
    ];
    let left_out = left_out.into_iter().filter(|(count, _)| *count > 0);
    let left_out: Vec<String> = left_out.map(|(count, what)| many(count, what)).collect();
    if !left_out.is_empty() {
        lines.push(format!("Left out: {}", listed(&left_out)));
    }
    if left.cropped > 0 {
        let pictures = counted(left.cropped, "picture");
        let are = plural(left.cropped, "was", "were");
        lines.push(format!(
            "{pictures} {are} cropped in the document and imported whole: check what the crop hid"
        ));
    }
    lines
}

/// A count with a phrase whose nouns take the plural together.
fn many(count: u32, what: &str) -> String {
    match what {
        "header or footer" if count != 1 => format!("{count} headers or footers"),
        "chart or embedded file" if count != 1 => format!("{count} charts or embedded files"),
        "picture that is not in the file" if count != 1 => {
            format!("{count} pictures that are not in the file")
        }
        "symbol without an equal" if count != 1 => format!("{count} symbols without an equal"),
        what => counted(count, what),
    }
}

/// Whether a file has the name of a picture, which is not imported by itself.
fn is_picture_name(name: &str) -> bool {
    const ENDINGS: [&str; 8] = ["png", "jpg", "jpeg", "heic", "heif", "webp", "gif", "tiff"];
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn conclude(command: &Import, plan: &ImportPlan, console: &mut Console) {
    let is_entry = |file: &&PlannedFile| matches!(file.becomes, Becomes::Entry(_));
    let entries = plan.files.iter().filter(is_entry).count();
    let refused = plan
        .files
        .iter()
        .filter(|file| matches!(file.becomes, Becomes::Refused(_)))
        .count();
    let drafts = counted(entries, "draft");
    console.say(&if command.dry_run {
        format!("{drafts} would be written. Nothing was written.")
    } else {
        format!("{drafts} written.")
    });
    if refused > 0 {
        let files = counted(refused, "file");
        let are = plural(refused, "was", "were");
        console.say(&format!("{files} {are} not imported: see above."));
    }
    let is_picture = |file: &&PlannedFile| {
        matches!(file.becomes, Becomes::PassedOver) && is_picture_name(file.name.as_str())
    };
    let pictures = plan.files.iter().filter(is_picture).count();
    if pictures > 0 {
        let them = plural(pictures, "it", "each that an entry shows");
        let pictures = counted(pictures, "picture");
        console.say(&format!(
            "{pictures} left alone: put {them} into portfolio/evidence, HEIC as JPEG, and name it in its entry."
        ));
    }
    if entries > 0 && !command.dry_run {
        console.say("No code is claimed yet: write those that a draft shows into its `ksbs: []`, or choose them on the write page of `ksbfolio serve --open`.");
        console.say("Read each draft before you submit it: `ksbfolio read ENTRY` asks about names, numbers and pictures.");
    }
}
