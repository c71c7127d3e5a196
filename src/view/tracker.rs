//! The page of actions by state, with the entries that closed them.

use super::link::Link;
use super::listing::{Cell, Grid, ListingPage, Part};
use super::scene::RenderContext;
use crate::cover::{ActionState, PlannedAction};
use crate::files::SitePath;
use crate::text::in_words;

/// Columns of a table of actions.
pub(super) const COLUMNS: [&str; 6] = ["Action", "Agreed in", "By", "Status", "Done", "Closed by"];

/// The page of actions, most urgent first.
pub(super) fn build(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let mut planned: Vec<PlannedAction> = Vec::new();
    for &at in &scene.visible {
        let entry = &scene.portfolio.entries[at];
        for (number, action) in entry.front_matter.actions.iter().enumerate() {
            let state = ActionState::of(scene.portfolio, entry, action, scene.coverage.as_of);
            planned.push(PlannedAction {
                entry: at,
                action: number,
                state,
            });
        }
    }
    // Actions without a due date come last.
    let by = |one: &PlannedAction| {
        scene.portfolio.entries[one.entry].front_matter.actions[one.action].by
    };
    planned.sort_by_key(|one| (one.state, by(one).is_none(), by(one)));
    let count = |state| planned.iter().filter(|one| one.state == state).count();
    let [overdue, due, open, done] = ActionState::ALL.map(count);
    let counts = [
        (overdue, "overdue"),
        (due, "due within four weeks"),
        (open, "open"),
        (done, "done"),
    ];
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    let counts: Vec<String> = counts
        .map(|(number, word)| format!("{number} {word}"))
        .collect();
    let lead = if counts.is_empty() {
        "No actions yet.".to_owned()
    } else {
        format!("{}.", counts.join(", "))
    };
    let titles = ["Overdue", "Due within four weeks", "Open", "Done"];
    let sections = ActionState::ALL
        .into_iter()
        .zip(titles)
        .filter(|(state, _)| count(*state) > 0);
    let part = |(state, title): (ActionState, &str)| {
        let rows = planned
            .iter()
            .filter(|one| one.state == state)
            .map(|one| build_row(scene, Some(from), one));
        Part::table(
            title,
            Grid::new(
                &format!("Actions: {}", title.to_lowercase()),
                &COLUMNS,
                rows.collect(),
            ),
        )
    };
    ListingPage::new("Actions", lead, sections.map(part).collect())
}

/// The row of an action. Without `from`, it has no links.
pub(super) fn build_row(
    scene: &RenderContext<'_>,
    from: Option<&SitePath>,
    planned: &PlannedAction,
) -> Vec<Cell> {
    let entry = &scene.portfolio.entries[planned.entry];
    let action = &entry.front_matter.actions[planned.action];
    let closing = action
        .closed_by
        .as_ref()
        .and_then(|id| scene.portfolio.index.by_id(&id.value));
    let closing = closing.filter(|&at| scene.is_visible(at));
    vec![
        Cell::text(entry.covered(&action.what.value)),
        build_entry_cell(scene, from, planned.entry),
        Cell::text(action.by.map_or_else(|| "no date".to_owned(), in_words)),
        Cell::text(planned.state.word()),
        Cell::text(action.done.map_or_else(String::new, in_words)),
        closing.map_or_else(Cell::default, |at| build_entry_cell(scene, from, at)),
    ]
}

/// A cell with the title of an entry. Without `from`, it is no link.
pub(super) fn build_entry_cell(
    scene: &RenderContext<'_>,
    from: Option<&SitePath>,
    at: usize,
) -> Cell {
    let label = mask_title(scene, at);
    match from {
        Some(from) => Cell::link(Link {
            href: from.link_to(scene.routes.entry(at)),
            label,
        }),
        None => Cell::text(label),
    }
}

/// The title of an entry with identifiers masked.
pub(super) fn mask_title(scene: &RenderContext<'_>, at: usize) -> String {
    let entry = &scene.portfolio.entries[at];
    entry.covered(&entry.front_matter.title)
}
