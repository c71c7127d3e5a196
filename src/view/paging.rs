//! Splits a long page of lists and tables into pages of a size that browsers take.

use super::listing::{Grid, ListingPage, Part};

/// The most that a page may weigh: about its number of elements.
const HEAVIEST: usize = 4500;

/// The elements of a list item, at most.
const ITEM: usize = 6;

/// Splits a page where its sections, items or rows become too many. Charts and tables that are
/// short stay on the first page.
pub(super) fn split(page: ListingPage) -> Vec<ListingPage> {
    let ListingPage {
        title,
        lead,
        state,
        chart,
        sections,
        ..
    } = page;
    let mut pages: Vec<Vec<Part>> = vec![Vec::new()];
    let mut room = HEAVIEST;
    for part in sections.into_iter().flat_map(split_part) {
        let weight = weigh(&part);
        if weight > room {
            pages.push(Vec::new());
            room = HEAVIEST;
        }
        room = room.saturating_sub(weight);
        if let Some(last) = pages.last_mut() {
            last.push(part);
        }
    }
    let mut chart = chart;
    let page = |(at, sections): (usize, Vec<Part>)| ListingPage {
        title: if at == 0 {
            title.clone()
        } else {
            format!("{title}, page {}", at + 1)
        },
        lead: lead.clone(),
        state,
        chart: chart.take(),
        sections,
        pages: Vec::new(),
    };
    pages.into_iter().enumerate().map(page).collect()
}

fn weigh(part: &Part) -> usize {
    let table = part.table.as_ref();
    let cells = table.map_or(0, |table| table.rows.len() * weigh_row(table));
    part.text.len() + part.items.len() * ITEM + cells
}

/// The elements of a row: its cells with one link each in half of them.
fn weigh_row(grid: &Grid) -> usize {
    1 + grid.columns.len() * 3 / 2
}

/// The parts of a section, each light enough for a page.
fn split_part(part: Part) -> Vec<Part> {
    if weigh(&part) <= HEAVIEST {
        return vec![part];
    }
    let Part {
        title,
        anchor,
        text,
        items,
        table,
        table_folded,
        folded,
    } = part;
    let mut parts = Vec::new();
    let mut items = items.into_iter().peekable();
    while items.peek().is_some() {
        parts.push(Part {
            items: items.by_ref().take(HEAVIEST / ITEM).collect(),
            ..Part::default()
        });
    }
    if let Some(grid) = table {
        let most = HEAVIEST / weigh_row(&grid);
        let (rows, without_rows) = grid.take_rows();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            parts.push(Part {
                table: Some(Grid {
                    rows: rows.by_ref().take(most).collect(),
                    ..without_rows.clone()
                }),
                ..Part::default()
            });
        }
    }
    for (at, part) in parts.iter_mut().enumerate() {
        part.table_folded = table_folded;
        part.folded = folded;
        if at == 0 {
            part.title.clone_from(&title);
            part.anchor.clone_from(&anchor);
            part.text.clone_from(&text);
        } else {
            part.title = format!("{title}, part {}", at + 1);
            part.anchor = format!("{anchor}-{}", at + 1);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::listing::{Cell, Item};
    use super::*;

    #[test]
    fn a_long_page_is_split_and_keeps_every_item_and_row() {
        let items = (0..2000).map(|number| Item {
            text: number.to_string(),
            ..Item::default()
        });
        let rows = (0..2000).map(|number: usize| vec![Cell::text(number.to_string())]);
        let sections = vec![
            Part::list("One", items.collect()),
            Part::table("Two", Grid::new("Two", &["Number"], rows.collect())),
        ];
        let pages = split(ListingPage::new("Changes", "", sections));
        assert!(pages.len() > 3, "{}", pages.len());
        let parts = || pages.iter().flat_map(|page| &page.sections);
        assert_eq!(parts().map(|part| part.items.len()).sum::<usize>(), 2000);
        let rows = parts().filter_map(|part| part.table.as_ref());
        assert_eq!(rows.map(|table| table.rows.len()).sum::<usize>(), 2000);
        assert!(parts().all(|part| weigh(part) <= HEAVIEST));
        assert_eq!(pages[1].title, "Changes, page 2");
        assert_eq!(pages[1].sections[0].title, "One, part 2");
        let short = split(ListingPage::new(
            "Short",
            "",
            vec![Part::prose("A", Vec::new())],
        ));
        assert_eq!(short.len(), 1);
    }
}
