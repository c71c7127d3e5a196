//! The log of continuing professional development, with its influence on practice.

use super::link::Link;
use super::listing::{Item, ListingPage, Part};
use super::scene::RenderContext;
use super::tracker::mask_title;
use crate::files::SitePath;
use crate::model::{Entry, EntryType};
use crate::text::{counted, in_words, plural};

/// The page of the log, newest first.
pub(super) fn build(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let log = scene
        .visible
        .iter()
        .rev()
        .copied()
        .filter(|&at| is_development(&scene.portfolio.entries[at]));
    let log: Vec<usize> = log.collect();
    let stated = log
        .iter()
        .filter(|&&at| mask_influence(&scene.portfolio.entries[at]).is_some())
        .count();
    let lead = match log.len() {
        0 => "No activity is recorded yet.".to_owned(),
        number => {
            let say = plural(stated, "says", "say");
            let activities = counted(number, "activity");
            format!("{activities}. {stated} {say} how practice changed.")
        }
    };
    let items: Vec<Item> = log
        .iter()
        .map(|&at| build_item(scene, Some(from), at))
        .collect();
    let sections = if items.is_empty() {
        Vec::new()
    } else {
        vec![Part::list("Log", items)]
    };
    ListingPage::new("CPD log", lead, sections)
}

pub(super) fn is_development(entry: &Entry) -> bool {
    entry.front_matter.kind == EntryType::Cpd || entry.front_matter.cpd.is_some()
}

fn mask_influence(entry: &Entry) -> Option<String> {
    let influence = entry
        .front_matter
        .cpd
        .as_ref()
        .and_then(|cpd| cpd.influence_on_practice.as_ref());
    influence.map(|influence| entry.covered(influence))
}

/// One activity with provider, date, hours and influence. Without `from` it has no link.
pub(super) fn build_item(scene: &RenderContext<'_>, from: Option<&SitePath>, at: usize) -> Item {
    let entry = &scene.portfolio.entries[at];
    let cpd = entry.front_matter.cpd.as_ref();
    let masked = |text: Option<&String>| text.map(|text| entry.covered(text));
    let hours = entry.front_matter.hours.map(|hours| {
        format!(
            "{}{}",
            counted(hours, "hour"),
            if entry.front_matter.off_the_job {
                " off the job"
            } else {
                ""
            }
        )
    });
    let mut meta = vec![
        masked(cpd.and_then(|cpd| cpd.activity.as_ref())),
        masked(cpd.and_then(|cpd| cpd.provider.as_ref())),
        entry.front_matter.date.map(in_words),
        hours,
    ];
    let link = from.map(|from| Link {
        href: from.link_to(scene.routes.entry(at)),
        label: mask_title(scene, at),
    });
    if link.is_none() {
        meta.insert(0, Some(mask_title(scene, at)));
    }
    let influence = mask_influence(entry);
    Item {
        link,
        flag: if influence.is_some() {
            ""
        } else {
            "no influence on practice stated"
        },
        meta: meta.into_iter().flatten().collect::<Vec<_>>().join("; "),
        text: influence.map_or_else(String::new, |influence| {
            format!("Influence on practice: {influence}")
        }),
        ..Item::default()
    }
}
