//! Tables, with alignment as a class: an inline style would need a looser content policy.

/// The tables of a text, and the position in the open one.
#[derive(Default)]
pub(super) struct Tables {
    count: usize,
    /// A class attribute, or an empty text, for each column.
    classes: Vec<&'static str>,
    column: usize,
    in_head: bool,
}

impl Tables {
    pub(super) fn open(&mut self, classes: Vec<&'static str>) -> String {
        self.count += 1;
        self.classes = classes;
        let number = self.count;
        format!(
            "<div class=\"scroll\" role=\"group\" aria-label=\"Table {number}\" tabindex=\"0\"><table>"
        )
    }

    pub(super) fn open_head(&mut self) -> &'static str {
        (self.in_head, self.column) = (true, 0);
        "<thead><tr>"
    }

    pub(super) fn close_head(&mut self) -> &'static str {
        self.in_head = false;
        "</tr></thead><tbody>"
    }

    pub(super) fn open_row(&mut self) -> &'static str {
        self.column = 0;
        "<tr>"
    }

    pub(super) fn open_cell(&mut self) -> String {
        let class = self.classes.get(self.column).copied().unwrap_or_default();
        self.column += 1;
        if self.in_head {
            format!("<th scope=\"col\"{class}>")
        } else {
            format!("<td{class}>")
        }
    }

    pub(super) fn close_cell(&self) -> &'static str {
        if self.in_head { "</th>" } else { "</td>" }
    }
}
