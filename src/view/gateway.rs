//! The page of the gateway: a checklist for each standard.

use super::link::Link;
use super::listing::{Item, ListingPage, Part};
use super::scene::RenderContext;
use crate::cover::checklist;
use crate::files::SitePath;
use crate::model::{GatewayCheck, ItemState, JudgedItem, Readiness, StandardChecklist};

/// The page, with open items first.
pub(super) fn build(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let checklist = checklist(scene.portfolio, scene.coverage, None);
    let problem = checklist
        .problem
        .as_ref()
        .map(|problem| format!("{problem}."));
    let sections = checklist
        .standards
        .iter()
        .map(|standard| build_section(scene, from, standard));
    ListingPage::new(
        "Gateway",
        [
            Some(describe_readiness(checklist.readiness()).to_owned()),
            problem,
            Some(checklist.decisions.clone()),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" "),
        sections.collect(),
    )
}

fn describe_readiness(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::NotReady => {
            "Not ready: something that is asked for before the final assessment is not there."
        }
        Readiness::ToConfirm => {
            "To be confirmed: nothing is known to be missing; what is unknown is confirmed with the provider, and what was only searched by a person."
        }
        Readiness::Ready => {
            "Ready: everything that is asked for before the final assessment is there."
        }
    }
}

fn build_section(scene: &RenderContext<'_>, from: &SitePath, standard: &StandardChecklist) -> Part {
    let items = standard.worst_first();
    let title = scene
        .portfolio
        .catalogue
        .standard(standard.standard)
        .full_title();
    let mut part = Part::list(
        &title,
        items
            .into_iter()
            .map(|judged| build_item(scene, from, standard, judged))
            .collect(),
    );
    part.text = vec![format!(
        "{}: {}.",
        standard.counts_in_words(),
        standard.readiness().title()
    )];
    part
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
    let seen = judged
        .entries
        .iter()
        .filter(|&&at| scene.is_visible(at))
        .map(|&at| scene.entry_link(from, at));
    let mut words = vec![judged.why.clone()];
    words.extend(item.note.clone().filter(|_| judged.state != ItemState::Met));
    words.extend(judged.next.as_ref().map(|next| format!("Next: {next}")));
    let page = find_page(scene, standard.standard, &item.check);
    Item {
        title: item.asks.clone(),
        link: page.map(|path| Link {
            href: from.link_to(&path),
            label: item.asks.clone(),
        }),
        flag: judged.state.title(),
        pill: name_pill(judged.state),
        meta: format!("Source: {}", item.source),
        text: words.join(" "),
        links: seen.collect(),
        ..Item::default()
    }
}

/// The class of the pill that shows a state.
fn name_pill(state: ItemState) -> &'static str {
    match state {
        ItemState::Met => "check check-met",
        ItemState::NotMet => "check check-unmet",
        ItemState::ToConfirm => "check check-confirm",
        ItemState::Unknown => "check check-unknown",
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
