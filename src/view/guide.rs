//! The pages about the site: guide with its terms, data protection, and page not found.

use super::chrome::list_notices;
use super::link::Link;
use super::listing::{Cell, Grid, Item, ListingPage, Part};
use super::publish;
use super::rows::StateLabel;
use super::scene::RenderContext;
use crate::cover::people;
use crate::files::SitePath;
use crate::model::{Audience, Consent, GuidanceItem, State};
use crate::text::{counted, in_words, plural};

/// The guide for assessors.
pub(super) fn build_guide(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let counting = vec![
        "An entry counts for a code when it is submitted, visible to the assessor, current and not referred. Drafts never count.".to_owned(),
        "A duty, outcome or unit is only as complete as its weakest code.".to_owned(),
        "If an entry changes after it was accepted, it has to be read again.".to_owned(),
    ];
    let marks = vec![
        "Marked words are the passage that the apprentice offers for the codes beside it. Each paragraph has a number, such as ¶7, which you can quote.".to_owned(),
        format!("Correct on {}.", scene.portfolio.settings.describe_as_of(scene.coverage.as_of)),
    ];
    ListingPage::new(
        "How to read this portfolio",
        "For assessors and quality assurers.",
        vec![
            Part::list("Where to begin", list_routes(scene, from)),
            Part::table("What the states mean", tabulate_states()),
            Part::prose("What counts", counting),
            Part::prose("Passages", marks),
            Part::table(TERMS_TITLE, tabulate_terms()),
            Part::prose("Sources and rights", list_notices(scene)),
        ],
    )
}

/// Pages to begin with.
fn list_routes(scene: &RenderContext<'_>, from: &SitePath) -> Vec<Item> {
    let to = |target: &str, label: &str| Item {
        link: Some(Link {
            href: from.link_to(target),
            label: label.to_owned(),
        }),
        ..Item::default()
    };
    let mut routes = vec![
        Item {
            text: "How far the apprentice is, and what comes next.".to_owned(),
            ..to("index.html", "Overview")
        },
        Item {
            text: "From a code to the words that show it.".to_owned(),
            ..to("search.html", "Search")
        },
        Item {
            text: "What is new since your last visit.".to_owned(),
            ..to("changes.html", "Changes")
        },
        Item {
            text: "What assessors decided, with feedback.".to_owned(),
            ..to("decisions.html", "Decisions and feedback")
        },
    ];
    if scene.audience != Audience::Public {
        let text = "What is needed before the apprenticeship assessment, which was called end-point \
                    assessment until 2025.";
        routes.push(Item {
            text: text.to_owned(),
            ..to("gateway.html", "Gateway")
        });
    }
    if scene.has_pack() {
        let text = "Everything in one document, to print or take away.".to_owned();
        routes.push(Item {
            text,
            ..to("pack.html", "Pack")
        });
    }
    routes
}

/// The states and the words beside them, with their meanings.
fn tabulate_states() -> Grid {
    let states = State::ALL.iter().rev().map(|state| {
        let label = StateLabel::of_state(*state);
        vec![Cell::state(label), Cell::text(explain_state(*state))]
    });
    let flags = FLAGS.map(|(words, means)| vec![Cell::text(words), Cell::text(means)]);
    Grid::new(
        "States",
        &["State", "It means"],
        states.chain(flags).collect(),
    )
}

fn explain_state(state: State) -> &'static str {
    match state {
        State::Gap => "No entry shows it yet.",
        State::Drafted => "Only drafts show it. Example: a reflection that is not finished.",
        State::Thin => {
            "Entries show it, but not enough of them count. Example: 1 of 2 entries, or the only one was referred."
        }
        State::Evidenced => "Enough entries count. An assessor has not decided yet.",
        State::Accepted => {
            "An assessor accepted enough entries, and none has changed since. Where a standard says that the employer verifies it, the employer has."
        }
    }
}

/// Words beside a state, and what they mean.
const FLAGS: [(&str, &str); 6] = [
    (
        "referred",
        "An assessor asked for more. The feedback says what. Example: “Who commissions the team?”",
    ),
    (
        "partly accepted",
        "An assessor accepted a part of the claim. The feedback says what is missing.",
    ),
    (
        "submitted again",
        "It was referred and has changed since. The assessor decides next.",
    ),
    (
        "changed since accepted",
        "It was accepted and has changed since. The assessor reads it again.",
    ),
    (
        "withheld",
        "Something in it may identify a person, so it is not shown.",
    ),
    (
        "waived",
        "It needs no evidence here, by agreement. Example: learning from before the programme.",
    ),
];

/// The page on data protection: figures rather than claims.
pub(super) fn build_data_protection(scene: &RenderContext<'_>) -> ListingPage {
    let entries = || scene.visible.iter().map(|&at| &scene.portfolio.entries[at]);
    let stated = entries()
        .filter(|entry| entry.front_matter.anonymised)
        .count();
    let attachments = || {
        entries().flat_map(|entry| {
            entry
                .front_matter
                .attachments
                .iter()
                .map(move |one| (entry, one))
        })
    };
    let as_of = scene.coverage.as_of;
    let withheld = attachments()
        .filter(|(entry, one)| {
            publish::withheld(scene.portfolio, entry, one, scene.audience, as_of).is_some()
        })
        .count();
    let valid = |consent: &&Consent| {
        !consent.withdrawn
            && !consent.unreadable
            && consent.expires.is_none_or(|last| last >= as_of)
    };
    let consents = scene
        .portfolio
        .register
        .consents
        .iter()
        .filter(valid)
        .count();
    let facts = vec![
        format!(
            "{stated} of {} {} anonymised, by the apprentice's statement.",
            counted(scene.visible.len(), "entry"),
            plural(stated, "is", "are")
        ),
        people(scene.portfolio, as_of, &scene.visible, &scene.visible).why,
        format!("{withheld} of {} {} left out: there is no valid consent, or we could not make a clean copy.", counted(attachments().count(), "attachment"), plural(withheld, "is", "are")),
        format!("{} valid on {}. Consent to take a picture and consent to share it are separate.", counted(consents, "consent"), in_words(as_of)),
        "Pictures are published without metadata. Documents are the originals: what each carries is listed beside its link. Dates of events are never published.".to_owned(),
    ];
    let mut sections = vec![Part::prose("In this portfolio", facts)];
    if let Some(guidance) = &scene.portfolio.guidance {
        sections.push(Part::list(
            "The principles, as they apply here",
            guidance.principles.iter().map(build_principle).collect(),
        ));
    }
    ListingPage::new(
        "Data protection",
        "How we protect the people in these entries.",
        sections,
    )
}

fn build_principle(item: &GuidanceItem) -> Item {
    Item {
        meta: item.title.clone(),
        text: item.text.clone(),
        ..Item::default()
    }
}

/// The heading of the terms.
pub(super) const TERMS_TITLE: &str = "Terms";

/// Terms of the field with their meanings.
const TERMS: [(&str, &str); 11] = [
    (
        "Apprenticeship assessment",
        "The final assessment; until 2025 end-point assessment (EPA).",
    ),
    (
        "Assessment organisation",
        "The organisation that carries out the apprenticeship assessment; until 2025 end-point assessment organisation (EPAO).",
    ),
    ("Claim", "An entry saying that it shows a criterion."),
    (
        "Criterion",
        "One statement that has to be shown: knowledge, skill, behaviour, objective or marking point.",
    ),
    (
        "Duty",
        "A part of the job, with the criteria that it needs.",
    ),
    (
        "Entry",
        "A reflection, an observation, a testimony or a record that is offered as evidence.",
    ),
    (
        "Gateway",
        "The point before the apprenticeship assessment at which everything has to be in place; since 2025 also gateway to completion.",
    ),
    ("Passage", "The exact words that show a criterion."),
    (
        "Referred",
        "The assessor asked for more, with feedback. It counts once it is accepted.",
    ),
    (
        "Waiver",
        "An agreement that a criterion needs no evidence, for example after prior learning.",
    ),
    (
        "Witness testimony",
        "A statement by a competent person who saw the apprentice work.",
    ),
];

/// The terms with their meanings.
pub(super) fn tabulate_terms() -> Grid {
    let terms = TERMS.map(|(term, text)| vec![Cell::text(term), Cell::text(text)]);
    Grid::new("Terms", &["Term", "Meaning"], terms.to_vec())
}

/// The page that a web server shows with status 404.
pub(super) fn build_not_found(from: &SitePath) -> ListingPage {
    let home = Link {
        href: from.link_to("index.html"),
        label: "Overview".to_owned(),
    };
    let item = Item {
        link: Some(home),
        text: "Start here.".to_owned(),
        ..Item::default()
    };
    ListingPage::new(
        "Page not found",
        "The entry may have been removed.",
        vec![Part::list("Where to go", vec![item])],
    )
}
