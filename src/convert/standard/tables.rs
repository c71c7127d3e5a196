//! A standard from the rows of spreadsheets.
//!
//! A row is read by its cells, not by their places: headings may be anywhere, and need not be there.
//! A row without a code that may be a part of a statement is refused; any other is left out by name.

use std::collections::BTreeSet;

use super::about::{AboutRows, find_reference};
use super::assembly::Assembly;
use super::codes::{SheetSection, read_duty, read_section};
use super::columns::TableColumns;
use super::feed_file::WantedStandard;
use super::row_parts::RowParts;
use super::{StandardReading, StatementCode};
use crate::document::Worksheet;
use crate::text::shortened;

/// Letters of a text that are shown in messages.
const SHOWN: usize = 50;

/// Reads the sheets of a workbook, or a text of rows. `name` is that of the file, which may have the
/// reference of the standard; `wanted` names it.
#[must_use]
pub fn read_tables(sheets: &[Worksheet], name: &str, wanted: Option<&str>) -> StandardReading {
    let mut assembly = Assembly::default();
    let mut about = AboutRows::default();
    let mut left = Vec::new();
    for sheet in sheets {
        let mut reader = TableReader::new(sheet, &mut assembly, &mut about);
        for at in 0..sheet.rows.len() {
            reader.read_row(at);
        }
        left.extend(reader.finish());
    }
    let mut notes = Vec::new();
    if let Some((other, place)) = about.other_reference.take() {
        let known = about.draft.reference.as_deref().unwrap_or_default();
        let message = format!("{other} is another standard than {known}");
        assembly.refuse(&place, message, "keep one standard in a file");
    }
    find_elsewhere(sheets, name, wanted, &mut about, &mut assembly, &mut notes);
    let mut reading = assembly.finish();
    let statements = std::mem::take(&mut reading.draft.statements);
    let duties = std::mem::take(&mut reading.draft.duties);
    reading.draft = about.draft;
    reading.draft.statements = statements;
    reading.draft.duties = duties;
    notes.append(&mut reading.notes);
    reading.notes = notes;
    left.extend(about.left);
    reading.left_out = left;
    reading
}

/// Takes the reference from what was asked for, or the name of a sheet or of the file.
fn find_elsewhere(
    sheets: &[Worksheet],
    name: &str,
    wanted: Option<&str>,
    about: &mut AboutRows,
    assembly: &mut Assembly,
    notes: &mut Vec<String>,
) {
    let wanted = wanted.map(WantedStandard::new);
    match (&wanted, &about.draft.reference) {
        (Some(wanted), Some(known)) if known != wanted.reference() => {
            let message = format!("it is about {known}, not about {}", wanted.reference());
            assembly.refuse("", message, "leave out --standard, or name the other file");
        }
        (Some(wanted), None) => about.draft.reference = Some(wanted.reference().to_owned()),
        (None, None) => {
            let of_sheet = sheets.iter().find_map(|sheet| find_reference(&sheet.name));
            let of_file = || find_reference(name);
            if let Some(reference) = of_sheet.or_else(of_file) {
                notes.push(format!(
                    "The reference {reference} is from the name of the file or sheet"
                ));
                about.draft.reference = Some(reference);
            }
        }
        _ => {}
    }
}

/// A row that was read, for duties that hold for the rows below them.
enum RowEvent {
    Duty {
        number: u32,
        has_codes: bool,
    },
    Statement {
        place: String,
        code: StatementCode,
        is_placed: bool,
    },
}

/// A row of text without a code.
struct LooseRow {
    place: String,
    text: String,
    /// Whether it is in the column of statements.
    in_text: bool,
    is_heading: bool,
    /// The number of events before it.
    after: usize,
}

struct TableReader<'a> {
    sheet: &'a Worksheet,
    assembly: &'a mut Assembly,
    about: &'a mut AboutRows,
    columns: TableColumns,
    section: Option<SheetSection>,
    /// The column in which the last statement was.
    text_column: Option<usize>,
    events: Vec<RowEvent>,
    loose: Vec<LooseRow>,
    left_columns: BTreeSet<usize>,
    left: Vec<String>,
}

impl<'a> TableReader<'a> {
    fn new(sheet: &'a Worksheet, assembly: &'a mut Assembly, about: &'a mut AboutRows) -> Self {
        let mut reader = Self {
            sheet,
            assembly,
            about,
            columns: TableColumns::default(),
            section: read_section(&sheet.name),
            text_column: None,
            events: Vec::new(),
            loose: Vec::new(),
            left_columns: BTreeSet::new(),
            left: Vec::new(),
        };
        // A sheet may be one duty.
        if let Some((number, words)) = read_duty(&sheet.name) {
            let words = (!words.is_empty()).then_some(words);
            reader
                .assembly
                .add_duty(&format!("sheet {}", sheet.name), number, words);
            let has_codes = false;
            reader.events.push(RowEvent::Duty { number, has_codes });
        }
        reader
    }

    /// The name of a row in messages.
    fn place(&self, number: usize) -> String {
        match self.sheet.name.as_str() {
            "" => format!("line {number}"),
            name => format!("{name}, row {number}"),
        }
    }

    fn read_row(&mut self, at: usize) {
        let sheet = self.sheet;
        let row = &sheet.rows[at];
        let place = self.place(row.number);
        let words: Vec<(usize, String)> = row
            .cells
            .iter()
            .enumerate()
            .map(|(at, cell)| (at, cell.split_whitespace().collect::<Vec<_>>().join(" ")))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        let cells: Vec<(usize, &str)> = words
            .iter()
            .map(|(at, cell)| (*at, cell.as_str()))
            .collect();
        if cells.is_empty() || self.about.take(&cells, &place) {
            return;
        }
        if let Some(columns) = TableColumns::of(&cells) {
            self.end_columns();
            self.columns = columns;
            return;
        }
        if let [(_, only)] = &cells[..]
            && let Some(section) = read_section(only)
        {
            self.section = Some(section);
            return;
        }
        let parts = RowParts::read(&cells, &self.columns, self.section);
        if parts.is_text() {
            self.add_loose(&cells, place);
        } else {
            self.add_parts(parts, &cells, &place);
        }
    }

    fn add_loose(&mut self, cells: &[(usize, &str)], place: String) {
        let texts: Vec<&str> = cells.iter().map(|(_, text)| *text).collect();
        let in_text = cells
            .iter()
            .any(|(at, _)| Some(*at) == self.columns.text.or(self.text_column));
        self.loose.push(LooseRow {
            place,
            text: texts.join(" "),
            in_text,
            is_heading: cells.len() == 1,
            after: self.events.len(),
        });
    }

    fn add_parts(&mut self, parts: RowParts, cells: &[(usize, &str)], place: &str) {
        if let Some((message, help)) = parts.odd {
            self.assembly.refuse(place, message, help);
            return;
        }
        if let Some((number, words)) = &parts.leading_duty {
            let words = (!words.is_empty()).then_some(words.as_str());
            self.assembly.add_duty(place, *number, words);
            for code in &parts.codes {
                self.assembly.link(place, *number, *code);
            }
            let (number, has_codes) = (*number, !parts.codes.is_empty());
            self.events.push(RowEvent::Duty { number, has_codes });
        } else if parts.statements.is_empty() {
            parts
                .codes
                .iter()
                .for_each(|code| self.assembly.add_bare(place, *code));
        }
        let is_alone = parts.statements.len() == 1;
        for statement in &parts.statements {
            let code = statement.code;
            match &statement.text {
                Some(text) => {
                    let guid = parts.guid.clone().filter(|_| is_alone);
                    self.assembly.add_statement(place, code, text, guid);
                    let at = cells.iter().find(|(_, cell)| cell.ends_with(text.as_str()));
                    self.text_column = at.map(|(at, _)| *at).or(self.text_column);
                }
                None => self.assembly.add_bare(place, code),
            }
            for number in &parts.duties {
                self.assembly.link(place, *number, code);
            }
            if parts.in_all_duties {
                self.assembly.link_to_all(code);
            }
            let is_placed = !parts.duties.is_empty() || parts.in_all_duties;
            let place = place.to_owned();
            self.events.push(RowEvent::Statement {
                place,
                code,
                is_placed,
            });
        }
        self.left_columns
            .extend(parts.texts.iter().map(|(at, _)| *at));
    }

    /// Names the columns of a table that were left out.
    fn end_columns(&mut self) {
        for at in std::mem::take(&mut self.left_columns) {
            let name = self.columns.name(at);
            self.left.push(match self.sheet.name.as_str() {
                "" => name,
                sheet => format!("{sheet}, {name}"),
            });
        }
    }

    /// Places statements in the duty above them, and returns what was left out.
    fn finish(mut self) -> Vec<String> {
        self.end_columns();
        if self.holds_below() {
            self.place_below();
        }
        self.judge_loose();
        self.left
    }

    /// Whether a duty holds for the statements below it. In a list of duties, at most the last is
    /// followed by statements.
    fn holds_below(&self) -> bool {
        let (mut heads, mut followed) = (BTreeSet::new(), BTreeSet::new());
        let mut events = self.events.iter().peekable();
        while let Some(event) = events.next() {
            match event {
                RowEvent::Duty {
                    has_codes: true, ..
                } => return false,
                RowEvent::Duty { number, .. } => {
                    heads.insert(number);
                    if matches!(events.peek(), Some(RowEvent::Statement { .. })) {
                        followed.insert(number);
                    }
                }
                RowEvent::Statement { .. } => {}
            }
        }
        heads.len() == 1 || followed.len() > 1
    }

    fn place_below(&mut self) {
        let mut duty = None;
        for event in &self.events {
            match event {
                RowEvent::Duty { number, .. } => duty = Some(*number),
                RowEvent::Statement {
                    place,
                    code,
                    is_placed,
                } => {
                    if let Some(number) = duty.filter(|_| !is_placed) {
                        self.assembly.link(place, number, *code);
                    }
                }
            }
        }
    }

    /// Refuses rows that may be a part of a statement, and names the others.
    fn judge_loose(&mut self) {
        let first = self
            .events
            .iter()
            .position(|event| matches!(event, RowEvent::Statement { .. }));
        let last = self
            .events
            .iter()
            .rposition(|event| matches!(event, RowEvent::Statement { .. }));
        for row in std::mem::take(&mut self.loose) {
            let text = shortened(&row.text, SHOWN);
            let is_within = first.is_some_and(|first| row.after > first)
                && last.is_some_and(|last| row.after <= last);
            if is_within && row.in_text {
                let message = format!("there is no code in front of “{text}”");
                let help = "write its code beside it, join it with the statement it belongs to, or \
                            take it out";
                self.assembly.refuse(&row.place, message, help);
                continue;
            }
            let is_before = first.is_none_or(|first| row.after <= first);
            // A sheet of instructions has no title.
            let may_be_title = is_before
                && row.is_heading
                && (first.is_some() || find_reference(&row.text).is_some());
            let is_title = may_be_title && self.about.take_heading(&row.text, &row.place);
            if is_title {
                let title = self.about.draft.title.as_deref().unwrap_or_default();
                self.assembly
                    .notes
                    .push(format!("The title “{title}” is from {}", row.place));
            } else {
                self.left.push(format!("{}: “{text}”", row.place));
            }
        }
    }
}
