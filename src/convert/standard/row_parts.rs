//! The parts of one row: codes, statements, duties.

use super::codes::{
    NamedDuties, SheetSection, looks_like_code, read_code, read_codes, read_duties, read_duty,
    read_number, read_section, split_code, split_number,
};
use super::columns::TableColumns;
use super::{StatementCode, StatementKind};

/// A statement in a row. Its words may be in another row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowStatement {
    pub(super) code: StatementCode,
    pub(super) text: Option<String>,
}

/// The parts of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct RowParts {
    pub(super) statements: Vec<RowStatement>,
    /// A duty in front of everything else, with its words.
    pub(super) leading_duty: Option<(u32, String)>,
    /// Duties that the row names in a column of theirs or marks in a matrix.
    pub(super) duties: Vec<u32>,
    pub(super) in_all_duties: bool,
    /// Codes in a list.
    pub(super) codes: Vec<StatementCode>,
    pub(super) guid: Option<String>,
    /// Texts that are no statement, with their columns.
    pub(super) texts: Vec<(usize, String)>,
    /// The cell that cannot be read, in words, and the advice.
    pub(super) odd: Option<(String, &'static str)>,
    kind: Option<StatementKind>,
}

const HELP_CODE: &str = "codes are K, S or B and a number, as in K1";

impl RowParts {
    /// Reads the cells of a row that are not blank.
    pub(super) fn read(
        cells: &[(usize, &str)],
        columns: &TableColumns,
        section: Option<SheetSection>,
    ) -> Self {
        let mut parts = Self::default();
        if let Some((_, text)) = cells.iter().find(|(at, _)| columns.kind == Some(*at)) {
            parts.read_kind(text);
        }
        for &(at, text) in cells {
            parts.read_cell(at, text, columns, section);
        }
        parts.complete(columns);
        parts
    }

    /// Whether the row has nothing but texts.
    pub(super) fn is_text(&self) -> bool {
        self.statements.is_empty()
            && self.leading_duty.is_none()
            && self.codes.is_empty()
            && self.odd.is_none()
    }

    fn read_kind(&mut self, text: &str) {
        match read_section(text) {
            Some(SheetSection::Statements(kind)) => self.kind = Some(kind),
            _ => self.refuse(
                format!("“{text}” is no kind of statement"),
                "write Knowledge, Skill or Behaviour",
            ),
        }
    }

    fn refuse(&mut self, message: String, help: &'static str) {
        self.odd.get_or_insert((message, help));
    }

    fn read_cell(
        &mut self,
        at: usize,
        text: &str,
        columns: &TableColumns,
        section: Option<SheetSection>,
    ) {
        let here = Some(at);
        if here == columns.kind {
            return;
        }
        if here == columns.guid {
            self.guid = Some(text.to_owned());
        } else if let Some((_, duty)) = columns.marks.iter().find(|(mark, _)| *mark == at) {
            self.read_mark(text, *duty);
        } else if here == columns.duty {
            self.read_duty_cell(text, columns);
        } else if here == columns.code {
            self.read_code_cell(text, section);
        } else if columns.is_complete() {
            self.read_other_cell(at, text, columns);
        } else {
            self.read_free_cell(at, text, section);
        }
    }

    /// A cell of a matrix.
    fn read_mark(&mut self, text: &str, duty: u32) {
        match text.to_lowercase().as_str() {
            "x" | "✓" | "✔" | "yes" | "y" | "1" | "•" | "●" | "√" | "true" => {
                self.duties.push(duty);
            }
            "no" | "n" | "0" | "-" | "–" | "false" | "n/a" => {}
            _ => self.refuse(
                format!("“{text}” under duty {duty} is neither a mark nor blank"),
                "write x, or leave the cell blank",
            ),
        }
    }

    /// A cell of the column of duties.
    fn read_duty_cell(&mut self, text: &str, columns: &TableColumns) {
        // A duty to the left of the codes is a heading, and may hold for the rows below.
        let is_left = columns.duty < columns.code.or(columns.text);
        match read_duties(text, true) {
            Some(NamedDuties::All) => self.in_all_duties = true,
            Some(NamedDuties::These(numbers)) => match &numbers[..] {
                [one] if is_left => self.leading_duty = Some((*one, String::new())),
                _ => self.duties.extend(numbers),
            },
            None => match read_duty(text) {
                Some((number, words)) if is_left => {
                    self.leading_duty = Some((number, words.to_owned()));
                }
                Some((number, _)) => self.duties.push(number),
                None => self.refuse(
                    format!("“{text}” names no duty"),
                    "write the number of the duty, as in Duty 1",
                ),
            },
        }
    }

    fn read_code_cell(&mut self, text: &str, section: Option<SheetSection>) {
        let kind = self.kind.or(kind_of(section));
        if let Some(code) = read_code(text).or_else(|| numbered(kind, read_number(text))) {
            self.statements.push(RowStatement { code, text: None });
        } else if let Some(codes) = read_codes(text) {
            self.codes.extend(codes);
        } else if let Some((code, text)) = split_code(text) {
            self.statements.push(with_text(code, text));
        } else if let Some((number, words)) = read_duty(text) {
            self.leading_duty = Some((number, words.to_owned()));
        } else if let (Some(SheetSection::Duties), Some(number)) = (section, read_number(text)) {
            self.leading_duty = Some((number, String::new()));
        } else {
            self.refuse(format!("“{text}” is no code"), HELP_CODE);
        }
    }

    /// A cell of a table in which codes and statements have their columns.
    fn read_other_cell(&mut self, at: usize, text: &str, columns: &TableColumns) {
        let is_before = Some(at) < columns.code;
        if Some(at) == columns.text {
            self.texts.push((at, text.to_owned()));
        } else if let Some((number, words)) = read_duty(text).filter(|_| is_before) {
            self.leading_duty = Some((number, words.to_owned()));
        } else if self.statements.is_empty()
            && let Some(codes) = read_codes(text)
        {
            self.codes.extend(codes);
        } else if !is_before && let Some(duties) = read_duties(text, false) {
            self.add_duties(duties);
        } else {
            self.texts.push((at, text.to_owned()));
        }
    }

    /// A cell of a table without headings: codes and statements from left to right.
    fn read_free_cell(&mut self, at: usize, text: &str, section: Option<SheetSection>) {
        let kind = self.kind.or(kind_of(section));
        let is_first = self.statements.is_empty() && self.texts.is_empty();
        let in_duties = section == Some(SheetSection::Duties) && self.leading_duty.is_none();
        if is_first
            && self.leading_duty.is_none()
            && let Some((number, words)) = read_duty(text)
        {
            self.leading_duty = Some((number, words.to_owned()));
            return;
        }
        if !is_first && let Some(duties) = read_duties(text, false) {
            self.add_duties(duties);
        } else if let Some(code) = read_code(text) {
            self.statements.push(RowStatement { code, text: None });
        } else if is_first && let Some(code) = numbered(kind, read_number(text)) {
            self.statements.push(RowStatement { code, text: None });
        } else if let Some(codes) = read_codes(text) {
            self.codes.extend(codes);
        } else if let Some((code, words)) = split_code(text).filter(|_| self.awaits_no_text()) {
            self.statements.push(with_text(code, words));
        } else if is_first
            && let Some((number, words)) = split_number(text)
            && (kind.is_some() || in_duties)
        {
            match kind {
                Some(kind) => self
                    .statements
                    .push(with_text(StatementCode { kind, number }, words)),
                None => self.leading_duty = Some((number, words.to_owned())),
            }
        } else if is_first
            && in_duties
            && let Some(number) = read_number(text)
        {
            self.leading_duty = Some((number, String::new()));
        } else if self.kind.is_none()
            && is_first
            && let Some(SheetSection::Statements(kind)) = read_section(text)
        {
            self.kind = Some(kind);
        } else if is_first && looks_like_code(text) {
            self.refuse(
                format!("“{text}” is no code of knowledge, skills or behaviours"),
                HELP_CODE,
            );
        } else if let Some(RowStatement {
            text: empty @ None, ..
        }) = self.statements.last_mut()
        {
            *empty = Some(text.to_owned());
        } else {
            self.texts.push((at, text.to_owned()));
        }
    }

    fn add_duties(&mut self, duties: NamedDuties) {
        match duties {
            NamedDuties::All => self.in_all_duties = true,
            NamedDuties::These(numbers) => self.duties.extend(numbers),
        }
    }

    fn awaits_no_text(&self) -> bool {
        self.statements
            .last()
            .is_none_or(|last| last.text.is_some())
    }

    /// Gives a statement or a duty the text that is apart from it.
    fn complete(&mut self, columns: &TableColumns) {
        if let [
            RowStatement {
                text: empty @ None, ..
            },
        ] = &mut self.statements[..]
        {
            let in_column = self
                .texts
                .iter()
                .position(|(at, _)| columns.text == Some(*at));
            let only = (self.texts.len() == 1 && columns.text.is_none()).then_some(0);
            if let Some(at) = in_column.or(only) {
                *empty = Some(self.texts.remove(at).1);
            }
        }
        let has_words = self.statements.iter().any(|one| one.text.is_some());
        // Beside a statement, the words of a duty are in a column without a heading.
        let is_words = |at: usize| {
            !(has_words && columns.is_complete())
                || Some(at) < columns.code && !columns.has_name(at)
        };
        let at = self.texts.iter().position(|(at, _)| is_words(*at));
        if let (Some((_, words)), Some(at)) = (&mut self.leading_duty, at)
            && words.is_empty()
        {
            *words = self.texts.remove(at).1;
        }
        // In a row of a duty, a code without words is one of the duty's.
        if self.leading_duty.is_some() && !has_words {
            self.codes
                .extend(self.statements.drain(..).map(|one| one.code));
        }
        for statement in &mut self.statements {
            let words = statement.text.as_deref().and_then(split_code);
            if let Some((code, words)) = words
                && code == statement.code
            {
                statement.text = Some(words.to_owned());
            }
        }
    }
}

fn kind_of(section: Option<SheetSection>) -> Option<StatementKind> {
    match section {
        Some(SheetSection::Statements(kind)) => Some(kind),
        _ => None,
    }
}

fn numbered(kind: Option<StatementKind>, number: Option<u32>) -> Option<StatementCode> {
    Some(StatementCode {
        kind: kind?,
        number: number?,
    })
}

fn with_text(code: StatementCode, text: &str) -> RowStatement {
    RowStatement {
        code,
        text: Some(text.to_owned()),
    }
}
