//! Asks for a line on the terminal, below its question and with choices to pick from. The only file
//! that names the library for terminals.

use std::io;

use console::{Key, Style, Term, measure_text_width, truncate_str};

use super::line::{EditedLine, LineKey, Reach};

/// The most choices that are shown at once.
const SHOWN: usize = 7;

/// Columns that are left for typing beside a question; a longer question is a line of its own.
const ROOM: usize = 24;

/// What is asked.
pub(super) struct Question<'a> {
    pub(super) text: &'a str,
    pub(super) help: &'a str,
    /// The answer if nothing is typed.
    pub(super) default: Option<&'a str>,
    /// What is typed already.
    pub(super) typed: &'a str,
    /// Why an answer is refused; `None` if it is accepted.
    pub(super) refuse: &'a dyn Fn(&str) -> Option<String>,
    /// The answer as it stays on the screen.
    pub(super) shown: &'a dyn Fn(&str) -> String,
    /// Choices for what is typed.
    pub(super) choices: Option<&'a dyn Choices>,
}

/// Choices that follow what is typed.
pub(super) trait Choices {
    /// A line for each choice that fits.
    fn lines(&self, typed: &str) -> Vec<String>;
    /// The text after the choice at an index of `lines` is taken, or given back; without an index,
    /// the first that matches what is typed.
    fn toggle(&self, typed: &str, marked: Option<usize>) -> Option<String>;
    /// The text after the choice at an index is taken.
    fn take(&self, typed: &str, at: usize) -> Option<String>;
}

/// How asking ended without an answer.
#[derive(Debug)]
pub(super) enum Ending {
    /// Esc.
    Escaped,
    /// The terminal failed, or was interrupted.
    Failed(io::Error),
}

impl From<io::Error> for Ending {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// Asks until an answer is accepted.
pub(super) fn ask(question: &Question<'_>) -> Result<String, Ending> {
    let mut open = OpenQuestion {
        question,
        term: Term::buffered_stderr(),
        line: EditedLine::new(question.typed),
        marked: None,
        refusal: None,
        above: 0,
    };
    loop {
        open.draw()?;
        let key = open.term.read_key()?;
        match open.press(key)? {
            Pressed::Edited => {}
            Pressed::Escaped => {
                open.close("")?;
                return Err(Ending::Escaped);
            }
            Pressed::Answered(answer) => {
                open.close(&(question.shown)(&answer))?;
                return Ok(answer);
            }
        }
    }
}

enum Pressed {
    Edited,
    Escaped,
    Answered(String),
}

struct OpenQuestion<'a> {
    question: &'a Question<'a>,
    term: Term,
    line: EditedLine,
    /// The index of the choice that is marked.
    marked: Option<usize>,
    refusal: Option<String>,
    /// Rows above the cursor that are drawn.
    above: usize,
}

impl OpenQuestion<'_> {
    fn choices(&self) -> Vec<String> {
        let choices = self.question.choices;
        choices.map_or_else(Vec::new, |choices| choices.lines(&self.line.text()))
    }

    fn press(&mut self, key: Key) -> io::Result<Pressed> {
        let edit = match key {
            Key::Enter => return Ok(self.answer()),
            Key::Escape => return Ok(Pressed::Escaped),
            Key::CtrlC => return Err(io::ErrorKind::Interrupted.into()),
            Key::Tab => {
                let (text, marked) = (self.line.text(), self.marked);
                let choices = self.question.choices;
                if let Some(text) = choices.and_then(|choices| choices.toggle(&text, marked)) {
                    self.line = EditedLine::new(&text);
                }
                None
            }
            Key::ArrowDown => return Ok(self.mark(1)),
            Key::ArrowUp => return Ok(self.mark(-1)),
            Key::PageDown => return Ok(self.mark(SHOWN.cast_signed())),
            Key::PageUp => return Ok(self.mark(-SHOWN.cast_signed())),
            Key::ArrowLeft => Some(LineKey::Move(Reach::Left)),
            Key::ArrowRight => Some(LineKey::Move(Reach::Right)),
            Key::Home => Some(LineKey::Move(Reach::Start)),
            Key::End => Some(LineKey::Move(Reach::End)),
            Key::Backspace => Some(LineKey::Delete(Reach::Left)),
            Key::Del => Some(LineKey::Delete(Reach::Right)),
            Key::Char(letter) => LineKey::of_control(letter),
            Key::UnknownEscSeq(letters) => self.read_sequence(&letters)?,
            _ => None,
        };
        self.marked = None;
        self.refusal = None;
        if let Some(edit) = edit {
            self.line.press(edit);
        }
        Ok(Pressed::Edited)
    }

    /// Arrows with Ctrl or Alt, and words with Alt.
    fn read_sequence(&self, letters: &[char]) -> io::Result<Option<LineKey>> {
        Ok(match letters {
            ['b'] => Some(LineKey::Move(Reach::WordLeft)),
            ['f'] => Some(LineKey::Move(Reach::WordRight)),
            // The library reads three characters of five.
            ['[', '1', ';'] => match (self.term.read_key()?, self.term.read_key()?) {
                (_, Key::Char('D')) => Some(LineKey::Move(Reach::WordLeft)),
                (_, Key::Char('C')) => Some(LineKey::Move(Reach::WordRight)),
                _ => None,
            },
            _ => None,
        })
    }

    fn mark(&mut self, by: isize) -> Pressed {
        let number = self.choices().len();
        self.marked = match self.marked {
            _ if number == 0 => None,
            None if by > 0 => Some(0),
            None | Some(0) if by < 0 => None,
            marked => {
                let at = marked.unwrap_or_default().saturating_add_signed(by);
                Some(at.min(number - 1))
            }
        };
        Pressed::Edited
    }

    fn answer(&mut self) -> Pressed {
        let typed = self.line.text();
        let marked = self.marked.zip(self.question.choices);
        let answer = match marked.and_then(|(at, choices)| choices.take(&typed, at)) {
            Some(text) => text,
            None if typed.trim().is_empty() => self.question.default.unwrap_or_default().to_owned(),
            None => typed,
        };
        self.refusal = (self.question.refuse)(&answer);
        match self.refusal {
            None => Pressed::Answered(answer),
            Some(_) => Pressed::Edited,
        }
    }

    fn columns(&self) -> usize {
        // The last column is left free: a cursor behind it would be on the next row.
        usize::from(self.term.size().1).max(ROOM + 4) - 1
    }

    /// The rows of the question, the last of which the answer follows.
    fn head(&self, sign: &str) -> Vec<String> {
        let default = self.question.default;
        let default = default.map_or_else(String::new, |default| format!(" ({default})"));
        let text = format!("{sign} {}{default} ", self.question.text);
        let columns = self.columns();
        if measure_text_width(&text) + ROOM <= columns {
            return vec![text];
        }
        let mut rows = wrap(&text, columns);
        rows.push("  ".to_owned());
        rows
    }

    /// The answer as far as it fits beside the question, and the width of it before the cursor.
    fn window(&self, room: usize) -> (String, usize) {
        let before = self.line.before();
        let width = |letter: char| measure_text_width(letter.encode_utf8(&mut [0; 4]));
        let mut skipped = 0;
        let mut left = measure_text_width(&before);
        let mut letters = before.chars();
        while left >= room {
            let Some(letter) = letters.next() else { break };
            left -= width(letter).min(left);
            skipped += letter.len_utf8();
        }
        let text = self.line.text();
        (truncate_str(&text[skipped..], room, "").into_owned(), left)
    }

    fn draw(&mut self) -> io::Result<()> {
        let dim = Style::new().for_stderr().cyan();
        let columns = self.columns();
        let sign = Style::new().for_stderr().green().apply_to("?").to_string();
        let mut rows = self.head(&sign);
        let head = rows.len() - 1;
        let beside = measure_text_width(&rows[head]);
        let (shown, before) = self.window(columns - beside);
        rows[head].push_str(&shown);
        if let Some(refusal) = &self.refusal {
            let style = Style::new().for_stderr().red();
            let refused = wrap(&format!("# {refusal}"), columns);
            rows.extend(refused.iter().map(|row| style.apply_to(row).to_string()));
        }
        let choices = self.choices();
        let marked = self.marked.unwrap_or_default();
        let first = (marked + 1).saturating_sub(SHOWN);
        for (at, choice) in choices.iter().enumerate().skip(first).take(SHOWN) {
            let sign = if self.marked == Some(at) { ">" } else { " " };
            let row = format!("{sign} {choice}");
            rows.push(truncate_str(&row, columns, "…").into_owned());
        }
        if !self.question.help.is_empty() {
            let help = wrap(&format!("[{}]", self.question.help), columns);
            rows.extend(help.iter().map(|row| dim.apply_to(row).to_string()));
        }
        self.erase()?;
        self.term.write_str(&rows.join("\n"))?;
        self.term.move_cursor_up(rows.len() - 1 - head)?;
        self.term.write_str("\r")?;
        self.term.move_cursor_right(beside + before)?;
        self.above = head;
        self.term.flush()
    }

    /// Clears what was drawn.
    fn erase(&mut self) -> io::Result<()> {
        self.term.move_cursor_up(self.above)?;
        self.term.write_str("\r")?;
        self.term.clear_to_end_of_screen()
    }

    /// Leaves the question with its answer.
    fn close(&mut self, answer: &str) -> io::Result<()> {
        self.erase()?;
        let answer = Style::new().for_stderr().cyan().apply_to(answer);
        let row = format!("> {} {answer}", self.question.text);
        self.term
            .write_str(&wrap(&row, self.columns()).join("\n"))?;
        self.term.write_str("\n")?;
        self.term.flush()
    }
}

/// Breaks a text at spaces into rows of at most `columns`.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let last = rows.len() - 1;
        let width = measure_text_width(&rows[last]) + measure_text_width(word.trim_end());
        if width > columns && !rows[last].is_empty() {
            rows.push(word.to_owned());
        } else {
            rows[last].push_str(word);
        }
    }
    rows
}
