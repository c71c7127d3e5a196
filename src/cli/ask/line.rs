//! A line of text while it is edited, and the keys that edit it. Knows no terminal.

/// What a key does to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKey {
    /// Writes a character.
    Write(char),
    /// Moves the cursor.
    Move(Reach),
    /// Deletes from the cursor.
    Delete(Reach),
}

/// How far a key reaches from the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// One character to the left.
    Left,
    /// One character to the right.
    Right,
    /// The word to the left.
    WordLeft,
    /// The word to the right.
    WordRight,
    /// To the start of the line.
    Start,
    /// To the end of the line.
    End,
}

impl LineKey {
    /// The key of a control character, as shells have them; `None` for one that does nothing.
    pub(super) fn of_control(letter: char) -> Option<Self> {
        Some(match letter {
            '\u{1}' => Self::Move(Reach::Start),
            '\u{2}' => Self::Move(Reach::Left),
            '\u{4}' => Self::Delete(Reach::Right),
            '\u{5}' => Self::Move(Reach::End),
            '\u{6}' => Self::Move(Reach::Right),
            '\u{8}' | '\u{7f}' => Self::Delete(Reach::Left),
            '\u{b}' => Self::Delete(Reach::End),
            '\u{15}' => Self::Delete(Reach::Start),
            '\u{17}' => Self::Delete(Reach::WordLeft),
            letter if letter.is_control() => return None,
            letter => Self::Write(letter),
        })
    }
}

/// A line with a cursor.
#[derive(Clone, Debug, Default)]
pub(super) struct EditedLine {
    letters: Vec<char>,
    at: usize,
}

impl EditedLine {
    /// A line with its cursor at the end.
    pub(super) fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let at = letters.len();
        Self { letters, at }
    }

    /// Its text.
    pub(super) fn text(&self) -> String {
        self.letters.iter().collect()
    }

    /// Its text before the cursor.
    pub(super) fn before(&self) -> String {
        self.letters[..self.at].iter().collect()
    }

    /// Does what a key does.
    pub(super) fn press(&mut self, key: LineKey) {
        match key {
            LineKey::Write(letter) => {
                self.letters.insert(self.at, letter);
                self.at += 1;
            }
            LineKey::Move(reach) => self.at = self.reach(reach),
            LineKey::Delete(reach) => {
                let to = self.reach(reach);
                let (from, to) = (self.at.min(to), self.at.max(to));
                self.letters.drain(from..to);
                self.at = from;
            }
        }
    }

    fn reach(&self, reach: Reach) -> usize {
        let is_space = |at: usize| self.letters[at].is_whitespace();
        let mut at = self.at;
        match reach {
            Reach::Left => at.saturating_sub(1),
            Reach::Right => (at + 1).min(self.letters.len()),
            Reach::Start => 0,
            Reach::End => self.letters.len(),
            Reach::WordLeft => {
                while at > 0 && is_space(at - 1) {
                    at -= 1;
                }
                while at > 0 && !is_space(at - 1) {
                    at -= 1;
                }
                at
            }
            Reach::WordRight => {
                while at < self.letters.len() && is_space(at) {
                    at += 1;
                }
                while at < self.letters.len() && !is_space(at) {
                    at += 1;
                }
                at
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types control characters into a line; `|` is the cursor.
    fn typed(text: &str, keys: &str) -> String {
        let mut line = EditedLine::new(text);
        for key in keys.chars().filter_map(LineKey::of_control) {
            line.press(key);
        }
        let (all, before) = (line.text(), line.before());
        format!("{before}|{}", &all[before.len()..])
    }

    #[test]
    fn keys_of_a_shell_edit_the_line() {
        for (text, keys, expected) in [
            ("pain", "s", "pains|"),
            ("a café", "\u{15}tea", "tea|"),
            ("one two  ", "\u{17}", "one |"),
            ("one two", "\u{17}\u{17}\u{17}", "|"),
            ("wo", "\u{1}t\u{6}", "tw|o"),
            ("one", "\u{2}\u{2}\u{b}", "o|"),
            ("one", "\u{1}\u{4}\u{5}!", "ne!|"),
            ("é", "\u{7f}\u{8}", "|"),
            ("x", "\u{0}\u{7}", "x|"),
        ] {
            assert_eq!(typed(text, keys), expected, "{text} {keys:?}");
        }
        let mut line = EditedLine::new("one two");
        for (reach, before) in [
            (Reach::WordLeft, "one "),
            (Reach::WordLeft, ""),
            (Reach::WordRight, "one"),
            (Reach::WordRight, "one two"),
        ] {
            line.press(LineKey::Move(reach));
            assert_eq!(line.before(), before);
        }
    }
}
