//! The criteria of a standard as one filterable table.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::rows::{CriterionRow, build_criterion_row};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::model::{EntryType, Line, Word};
use crate::text::{capitalised, month_in_words, slug};

/// A row with its filter values; several values are separated by spaces.
#[derive(Clone, Debug, Serialize)]
pub struct FilterRow {
    pub row: CriterionRow,
    pub kind: String,
    pub groups: String,
    /// Types of the counting entries.
    pub types: String,
    /// Months of the counting entries, as `2026-03`.
    pub months: String,
}

/// A filter.
#[derive(Clone, Debug, Serialize)]
pub struct Filter {
    /// The name of the value in a row and of the parameter in the address.
    pub name: &'static str,
    pub label: String,
    /// Values with their labels.
    pub options: Vec<(String, String)>,
}

/// Values and labels of each filter, in the order in which they are offered.
#[derive(Default)]
struct FilterOptions {
    states: BTreeMap<usize, (String, String)>,
    kinds: BTreeMap<usize, (String, String)>,
    groups: BTreeMap<usize, (String, String)>,
    types: BTreeMap<String, (String, String)>,
    months: BTreeMap<String, (String, String)>,
}

impl FilterOptions {
    /// Adds the types and months of the counting pieces of a line, and returns their values.
    fn add_pieces(&mut self, scene: &RenderContext<'_>, line: &Line) -> (Vec<String>, Vec<String>) {
        let (mut kinds, mut written): (BTreeSet<EntryType>, BTreeSet<(i16, i8)>) =
            Default::default();
        for piece in line
            .counting()
            .filter(|piece| scene.is_visible(piece.entry))
        {
            let entry = &scene.portfolio.entries[piece.entry];
            kinds.insert(entry.front_matter.kind);
            written.extend(
                entry
                    .front_matter
                    .date
                    .map(|date| (date.year(), date.month())),
            );
        }
        let (mut types, mut months) = (Vec::new(), Vec::new());
        for kind in kinds {
            let word = kind.word().to_owned();
            self.types
                .insert(word.clone(), (word.clone(), kind.title().to_owned()));
            types.push(word);
        }
        for (year, month) in written {
            let (name, words) = (format!("{year}-{month:02}"), month_in_words(year, month));
            self.months.insert(name.clone(), (name.clone(), words));
            months.push(name);
        }
        (types, months)
    }
}

/// The rows of a standard, worst state first, and its filters.
pub(super) fn filter_criteria(
    scene: &RenderContext<'_>,
    from: &SitePath,
    standard: usize,
) -> (Vec<FilterRow>, Vec<Filter>) {
    let mut lines: Vec<&Line> = scene.coverage.standards[standard].lines.iter().collect();
    lines.sort_by_key(|line| (line.is_waived(), line.state, line.criterion));
    let mut options = FilterOptions::default();
    let rows = lines
        .into_iter()
        .filter_map(|line| build_row(scene, from, line, &mut options))
        .collect();
    let filters = vec![
        Filter {
            name: "state",
            label: "State".to_owned(),
            options: options.states.into_values().collect(),
        },
        Filter {
            name: "kind",
            label: "Kind".to_owned(),
            options: options.kinds.into_values().collect(),
        },
        Filter {
            name: "group",
            label: name_groups(scene, standard),
            options: options.groups.into_values().collect(),
        },
        Filter {
            name: "type",
            label: "Evidence".to_owned(),
            options: options.types.into_values().collect(),
        },
        Filter {
            name: "month",
            label: "Month".to_owned(),
            options: options.months.into_values().collect(),
        },
    ];
    (
        rows,
        filters
            .into_iter()
            .filter(|filter| filter.options.len() > 1)
            .collect(),
    )
}

/// The name of the groups of a standard: `Duty`.
fn name_groups(scene: &RenderContext<'_>, standard: usize) -> String {
    let groups = &scene.portfolio.catalogue.standard(standard).groups;
    let kind = groups.first().map_or("group", |group| &group.kind);
    capitalised(kind)
}

fn build_row(
    scene: &RenderContext<'_>,
    from: &SitePath,
    line: &Line,
    options: &mut FilterOptions,
) -> Option<FilterRow> {
    let row = build_criterion_row(scene, from, line.criterion)?;
    let catalogue = &scene.portfolio.catalogue;
    let standard = catalogue.standard(line.criterion.standard);
    let criterion = catalogue.criterion(line.criterion);
    let order = if line.is_waived() {
        9
    } else {
        line.state as usize
    };
    let state = (row.state.key.to_owned(), row.state.words.to_owned());
    options.states.insert(order, state);
    let kind = standard.kind_of(criterion);
    options
        .kinds
        .insert(criterion.kind, (slug(&kind.id), kind.title.clone()));
    let mut groups = Vec::new();
    for id in catalogue.groups_of(line.criterion) {
        let code = catalogue.group(id).code.value.to_string();
        options.groups.insert(id.group, (slug(&code), code.clone()));
        groups.push(slug(&code));
    }
    let (types, months) = options.add_pieces(scene, line);
    Some(FilterRow {
        row,
        kind: slug(&kind.id),
        groups: groups.join(" "),
        types: types.join(" "),
        months: months.join(" "),
    })
}
