//! The page of the gateway: a checklist for each standard.

use super::chrome::name_standard;
use super::home::describe_chain;
use super::link::Link;
use super::listing::{Cell, Grid, Item, ListingPage, Part};
use super::rows::StateLabel;
use super::scene::RenderContext;
use crate::cover::checklist;
use crate::files::SitePath;
use crate::model::{Checklist, GatewayCheck, ItemState, JudgedItem, Readiness, StandardChecklist};
use crate::text::counted;

/// The most entries that are listed for an item.
const NAMED: usize = 12;

/// What the gateway comes before, in today's words and in those of older documents.
const BEFORE: &str = "The gateway (gateway to completion) comes before the apprenticeship \
                      assessment, which was called end-point assessment until 2025.";

/// The page: what is not met, what has to be confirmed, and what is met. The standards are beside
/// the items, because what is missing comes before whose gateway it is missing for.
pub(super) fn build(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let checklist = checklist(scene.portfolio, scene.coverage, None);
    let problem = checklist
        .problem
        .as_ref()
        .map(|problem| format!("{problem}."));
    let lead = [
        Some(describe_readiness(&checklist)),
        problem,
        Some(describe_chain(scene)),
        Some(BEFORE.to_owned()),
    ];
    let catalogue = &scene.portfolio.catalogue;
    let standards = checklist.standards.iter();
    let standards = standards.map(|one| catalogue.standard(one.standard));
    let replaced = standards.filter(|standard| standard.replaces);
    let replaced = replaced.map(|standard| format!("{}.", standard.full_title()));
    let lead: Vec<String> = lead.into_iter().flatten().chain(replaced).collect();
    let mut sections: Vec<Part> = [
        ("Not met", &[ItemState::NotMet][..]),
        ("To confirm", &[ItemState::ToConfirm, ItemState::Unknown]),
        ("Met", &[ItemState::Met]),
    ]
    .into_iter()
    .filter_map(|(title, states)| build_section(scene, from, &checklist, title, states))
    .collect();
    if checklist.standards.len() > 1 {
        sections.push(Part::table(
            "By standard",
            tabulate(scene, from, &checklist),
        ));
    }
    ListingPage {
        state: Some(label_readiness(checklist.readiness())),
        ..ListingPage::new("Gateway", lead.join(" "), sections)
    }
}

/// The number of items by standard.
fn tabulate(scene: &RenderContext<'_>, from: &SitePath, checklist: &Checklist) -> Grid {
    let row = |one: &StandardChecklist| {
        let to_confirm = one.count(ItemState::Unknown) + one.count(ItemState::ToConfirm);
        vec![
            Cell::link(scene.standard_link(from, one.standard)),
            Cell::text(one.count(ItemState::NotMet).to_string()),
            Cell::text(to_confirm.to_string()),
            Cell::text(one.count(ItemState::Met).to_string()),
        ]
    };
    let rows = checklist.standards.iter().map(row).collect();
    let columns = ["Standard", "Not met", "To confirm", "Met"];
    Grid::new("Items by standard", &columns, rows)
}

/// The state of the whole checklist, with the number of things to do and to confirm.
fn describe_readiness(checklist: &Checklist) -> String {
    let count = |state| {
        let standards = checklist.standards.iter();
        standards.map(|one| one.count(state)).sum::<usize>()
    };
    let to_do = count(ItemState::NotMet);
    let to_confirm = count(ItemState::Unknown) + count(ItemState::ToConfirm);
    match checklist.readiness() {
        Readiness::NotReady => format!(
            "Not ready for gateway yet: {} to do, {to_confirm} to confirm.",
            counted(to_do, "thing")
        ),
        Readiness::ToConfirm => format!(
            "Nothing is known to be missing. {} to confirm.",
            counted(to_confirm, "thing")
        ),
        Readiness::Ready => "Ready for gateway: everything that is needed is there.".to_owned(),
    }
}

fn label_readiness(readiness: Readiness) -> StateLabel {
    let key = match readiness {
        Readiness::NotReady => "unmet",
        Readiness::ToConfirm => "confirm",
        Readiness::Ready => "met",
    };
    StateLabel {
        shape: "check",
        key,
        words: readiness.title(),
    }
}

fn label_item(state: ItemState) -> StateLabel {
    let key = match state {
        ItemState::NotMet => "unmet",
        ItemState::Unknown => "unknown",
        ItemState::ToConfirm => "confirm",
        ItemState::Met => "met",
    };
    StateLabel {
        shape: "check",
        key,
        words: state.title(),
    }
}

/// The items in some of the states, by state and then by standard; `None` if there are none.
fn build_section(
    scene: &RenderContext<'_>,
    from: &SitePath,
    checklist: &Checklist,
    title: &str,
    states: &[ItemState],
) -> Option<Part> {
    let mut items = Vec::new();
    for state in states {
        for standard in &checklist.standards {
            let judged = standard.items.iter();
            let judged = judged.filter(|judged| judged.state == *state);
            items.extend(judged.map(|judged| Item {
                meta: match checklist.standards.len() {
                    1 => String::new(),
                    _ => name_standard(scene, standard.standard),
                },
                ..build_item(scene, from, standard, judged)
            }));
        }
    }
    let title = format!("{title} ({})", items.len());
    (!items.is_empty()).then(|| Part::list(&title, items))
}

fn build_item(
    scene: &RenderContext<'_>,
    from: &SitePath,
    standard: &StandardChecklist,
    judged: &JudgedItem,
) -> Item {
    let item = &scene
        .portfolio
        .catalogue
        .standard(standard.standard)
        .gateway[judged.item];
    let seen = judged.entries.iter().copied();
    let seen: Vec<usize> = seen.filter(|&at| scene.is_visible(at)).collect();
    let more = seen.len().saturating_sub(NAMED);
    let mut words = vec![judged.why.clone()];
    words.extend(item.note.clone().filter(|_| judged.state != ItemState::Met));
    words.extend(judged.next.clone());
    words.extend((more > 0).then(|| format!("{NAMED} of {} entries are listed.", seen.len())));
    let page = find_page(scene, standard.standard, &item.check);
    Item {
        title: match page {
            Some(_) => String::new(),
            None => item.asks.clone(),
        },
        link: page.map(|path| Link {
            href: from.link_to(&path),
            label: item.asks.clone(),
        }),
        state: Some(label_item(judged.state)),
        note: format!("Source: {}", item.source),
        text: words.join(" "),
        links: seen
            .into_iter()
            .take(NAMED)
            .map(|at| scene.entry_link(from, at))
            .collect(),
        ..Item::default()
    }
}

/// The page with the details of a check; `None` if there is none.
fn find_page(scene: &RenderContext<'_>, standard: usize, check: &GatewayCheck) -> Option<String> {
    Some(match check {
        GatewayCheck::Criteria => scene.routes.standard(standard),
        GatewayCheck::OffTheJobHours => "hours.html".to_owned(),
        GatewayCheck::Referrals => "decisions.html".to_owned(),
        GatewayCheck::Confidentiality | GatewayCheck::Privacy => "data-protection.html".to_owned(),
        GatewayCheck::EvidenceTypes
        | GatewayCheck::Declaration(_)
        | GatewayCheck::PieceType(_)
        | GatewayCheck::Unlisted
        | GatewayCheck::Record { .. } => return None,
    })
}
