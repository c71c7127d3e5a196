//! The list of all visible entries, by month.

use serde::Serialize;

use super::frame::NavLink;
use super::link::Link;
use super::months::MonthSlice;
use super::rows::{EntryList, EntryRow};
use super::scene::RenderContext;
use crate::files::SitePath;
use crate::text::counted;

/// All visible entries, or those of one month on a large site.
#[derive(Clone, Debug, Serialize)]
pub struct EntriesPage {
    pub title: String,
    /// The number of entries, in words.
    pub lead: String,
    /// Newest first.
    pub months: Vec<MonthList>,
    /// Links to the criteria that the entries claim.
    pub codes: Vec<Link>,
    /// The pages of all months on a large site, else empty.
    pub pages: Vec<NavLink>,
    /// The page of changes; empty if there is none.
    pub changes: String,
}

/// The entries of a month.
#[derive(Clone, Debug, Serialize)]
pub struct MonthList {
    pub title: String,
    /// The fragment.
    pub anchor: String,
    pub rows: Vec<EntryRow>,
    /// For each row, indices into the codes of the page.
    pub claimed: Vec<Vec<usize>>,
}

impl EntriesPage {
    /// All entries, or those of a month, by index.
    pub fn new(scene: &RenderContext<'_>, from: &SitePath, month: Option<usize>) -> Self {
        let all = counted(scene.visible.len(), "entry");
        let is_large = scene.is_large();
        let wanted = match month {
            Some(month) => &scene.months[month..=month],
            None if is_large => &scene.months[..1],
            None => &scene.months[..],
        };
        let newest_first: Vec<usize> = wanted
            .iter()
            .flat_map(|slice| scene.visible[slice.entries.clone()].iter().rev())
            .copied()
            .collect();
        let EntryList {
            rows,
            claimed,
            codes,
        } = EntryList::new(scene, from, &newest_first);
        let mut listed = rows.into_iter().zip(claimed);
        let months = wanted.iter().map(|slice| {
            let (rows, claimed) = listed.by_ref().take(slice.entries.len()).unzip();
            MonthList {
                title: slice.title.clone(),
                anchor: format!("m{}", slice.name),
                rows,
                claimed,
            }
        });
        let months: Vec<MonthList> = months.collect();
        let shown = || wanted.first().map_or("", |slice| &slice.title);
        Self {
            title: match month {
                Some(_) => format!("Entries, {}", shown()),
                None => "All entries".to_owned(),
            },
            lead: if is_large {
                let shown_entries = counted(newest_first.len(), "entry");
                format!("{}: {shown_entries} of {}.", shown(), scene.visible.len())
            } else {
                format!("{all}, newest first.")
            },
            months,
            codes,
            pages: if is_large {
                list_month_pages(scene, from, month.unwrap_or(0))
            } else {
                Vec::new()
            },
            changes: if scene.disclosure.is_full() {
                from.link_to("changes.html")
            } else {
                String::new()
            },
        }
    }
}

fn list_month_pages(scene: &RenderContext<'_>, from: &SitePath, shown: usize) -> Vec<NavLink> {
    let page = |(at, slice): (usize, &MonthSlice)| NavLink {
        href: from.link_to(&format!("months/{}.html", slice.name)),
        label: slice.title.clone(),
        current: at == shown,
    };
    scene.months.iter().enumerate().map(page).collect()
}
