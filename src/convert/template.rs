//! Tables that are no tables: forms and templates become headings and text.

use crate::document::{TextBlock, TextCell, TextLook, TextPiece};

/// The most words of a label in a form.
const LONGEST_LABEL: usize = 9;

/// The most words of an answer that stays on the line of its label.
const LONGEST_VALUE: usize = 8;

/// Unfolds templates. `is_stage`: whether words name a stage of a model.
pub(super) fn unfold_templates(
    blocks: Vec<TextBlock>,
    is_stage: &dyn Fn(&str) -> bool,
) -> Vec<TextBlock> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let TextBlock::Table(rows) = block else {
            out.push(block);
            continue;
        };
        let form = as_form(&rows, is_stage);
        if is_form(form.as_ref().unwrap_or(&rows), is_stage) {
            for row in form.unwrap_or(rows) {
                unfold_row(row, is_stage, &mut out);
            }
        } else {
            out.push(TextBlock::Table(rows));
        }
    }
    out
}

/// A table of stages as rows of a label and an answer: without a first column of numbers, or with
/// the stages of a row over the answers of the next. `None` if it is another table.
fn as_form(rows: &[Vec<TextCell>], is_stage: &dyn Fn(&str) -> bool) -> Option<Vec<Vec<TextCell>>> {
    let is_stages =
        |row: &Vec<TextCell>| row.len() > 1 && row.iter().all(|cell| is_stage(&cell_label(cell)));
    let pairs = rows.chunks(2);
    let mut even = pairs.clone();
    if !rows.is_empty()
        && even.all(|pair| matches!(pair, [stages, answers] if is_stages(stages) && stages.len() == answers.len()))
    {
        let columns = pairs.flat_map(|pair| pair[0].iter().zip(&pair[1]));
        let form = columns.map(|(label, answer)| vec![label.clone(), answer.clone()]);
        return Some(form.collect());
    }
    let is_number = |cell: &TextCell| {
        let label = cell_label(cell);
        let label = label.trim().trim_end_matches(['.', ')']);
        label.len() <= 2 && label.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_counted = |row: &Vec<TextCell>| row.len() == 3 && is_number(&row[0]);
    let names_stages = rows
        .iter()
        .filter(|row| row.len() == 3 && names_stage(&row[1], is_stage));
    (rows.iter().all(is_counted) && names_stages.count() > 1)
        .then(|| rows.iter().map(|row| row[1..].to_vec()).collect())
}

fn cell_words(cell: &TextCell) -> usize {
    let words = |block: &TextBlock| block.words().split_whitespace().count();
    cell.blocks.iter().map(words).sum()
}

/// Whether a label names a stage, alone or in a line above a question.
fn names_stage(cell: &TextCell, is_stage: &dyn Fn(&str) -> bool) -> bool {
    let first = cell.blocks.first();
    is_stage(&cell_label(cell)) || first.is_some_and(|first| is_stage(&first.words()))
}

fn cell_label(cell: &TextCell) -> String {
    let words: Vec<String> = cell.blocks.iter().map(TextBlock::words).collect();
    words.join(" ")
}

/// Whether a table is a form: each row is one cell, or a short label with an answer, and an answer is
/// long or a label names a stage.
fn is_form(rows: &[Vec<TextCell>], is_stage: &dyn Fn(&str) -> bool) -> bool {
    let is_label = |cell: &TextCell| {
        let is_line = |block: &TextBlock| {
            matches!(block, TextBlock::Paragraph(_) | TextBlock::Heading { .. })
        };
        cell.blocks.iter().all(is_line)
            && (cell_words(cell) <= LONGEST_LABEL || names_stage(cell, is_stage))
    };
    let is_row = |row: &Vec<TextCell>| match row.as_slice() {
        [_] => true,
        [label, _] => is_label(label),
        _ => false,
    };
    let is_long = |cell: &TextCell| cell_words(cell) > LONGEST_LABEL + 3;
    let is_told = |row: &Vec<TextCell>| match row.as_slice() {
        [only] => rows.len() == 1 || is_long(only) || names_stage(only, is_stage),
        [label, answer] => is_long(answer) || names_stage(label, is_stage),
        _ => false,
    };
    rows.iter().all(is_row) && rows.iter().any(is_told)
}

fn unfold_row(row: Vec<TextCell>, is_stage: &dyn Fn(&str) -> bool, out: &mut Vec<TextBlock>) {
    let mut cells = row.into_iter();
    let (Some(label), answer) = (cells.next(), cells.next()) else {
        return;
    };
    let Some(answer) = answer else {
        let is_heading = is_stage(&cell_label(&label)) && label.blocks.len() == 1;
        if is_heading {
            out.push(heading(&label));
        } else {
            out.extend(unfold_templates(label.blocks, is_stage));
        }
        return;
    };
    let named = cell_label(&label);
    if named.is_empty() {
        out.extend(unfold_templates(answer.blocks, is_stage));
        return;
    }
    let is_short = answer.blocks.len() <= 1 && cell_words(&answer) <= LONGEST_VALUE;
    if is_short && !names_stage(&label, is_stage) {
        out.push(labelled_line(&named, &answer));
        return;
    }
    let mut label = label;
    // The question of a template stays below its stage.
    let names_it_alone = label
        .blocks
        .first()
        .is_some_and(|first| is_stage(&first.words()));
    let questions = if names_it_alone {
        label.blocks.split_off(1)
    } else {
        Vec::new()
    };
    out.push(heading(&label));
    out.extend(questions);
    out.extend(unfold_templates(answer.blocks, is_stage));
}

fn heading(label: &TextCell) -> TextBlock {
    let mut text = Vec::new();
    for block in &label.blocks {
        if !text.is_empty() {
            text.push(TextPiece::LineBreak);
        }
        text.extend_from_slice(block.pieces());
    }
    TextBlock::Heading { level: 2, text }
}

/// A label in bold with its answer: `**Unit:** 3`.
fn labelled_line(label: &str, answer: &TextCell) -> TextBlock {
    let label = label.trim_end_matches(':');
    let bold = TextLook {
        bold: true,
        ..Default::default()
    };
    let words = |text: String, look| TextPiece::Words {
        text,
        look,
        link: None,
    };
    let mut text = vec![
        words(format!("{label}:"), bold),
        words(" ".to_owned(), TextLook::default()),
    ];
    for block in &answer.blocks {
        text.extend_from_slice(block.pieces());
    }
    TextBlock::Paragraph(text)
}
