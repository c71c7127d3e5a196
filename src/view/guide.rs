//! The pages about the site: guide for assessors, data protection, glossary, and page not found.

use super::link::Link;
use super::listing::{Cell, Grid, Item, ListingPage, Part};
use super::publish;
use super::rows::format_statement;
use super::scene::RenderContext;
use crate::cover::people;
use crate::files::SitePath;
use crate::model::{Consent, CriterionId, GuidanceItem, State};
use crate::text::{counted, in_words, plural};

/// The guide for assessors.
pub(super) fn build_guide(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let to = |target: &str, label: &str| Item {
        link: Some(Link {
            href: from.link_to(target),
            label: label.to_owned(),
        }),
        ..Item::default()
    };
    let mut routes = vec![
        Item {
            text: "Where the learner stands, and what is missing by name.".to_owned(),
            ..to("index.html", "Overview")
        },
        Item {
            text: "From a code to the words that prove it.".to_owned(),
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
    if scene.has_pack() {
        let text = "Everything in one document, to print or take away.".to_owned();
        routes.push(Item {
            text,
            ..to("pack.html", "Pack")
        });
    }
    let states = State::ALL
        .iter()
        .rev()
        .map(|state| vec![Cell::state(state.word()), Cell::text(explain_state(*state))]);
    let states = Grid::new("States", &["State", "It means"], states.collect());
    let counting = vec![
        "A piece counts for a criterion when it is handed in, holds words of its own, can be seen by the assessor, is current, and its claim does not stand referred. Drafts never count.".to_owned(),
        "A duty, outcome or unit is as far as the least evidenced of its criteria: it is never enough that some criterion of it is evidenced.".to_owned(),
        "A decision binds to the entry as it was read. If the entry is changed afterwards, the acceptance lapses until it is read again.".to_owned(),
    ];
    let marks = vec![
        "Marked words are the passage that the learner offers for the codes behind them. Each paragraph has a number, ¶7, which you can quote.".to_owned(),
        format!("Everything here holds for {}.", scene.portfolio.settings.describe_as_of(scene.coverage.as_of)),
    ];
    ListingPage::new(
        "How to read this portfolio",
        "For assessors and quality assurers: where things are, and what the words mean.",
        vec![
            Part::list("Where to begin", routes),
            Part::table("What the states mean", states),
            Part::prose("What counts", counting),
            Part::prose("Passages", marks),
        ],
    )
}

fn explain_state(state: State) -> &'static str {
    match state {
        State::Gap => "Nothing claims it.",
        State::Drafted => "Only drafts claim it.",
        State::Thin => "A piece claims it, but the rules ask for more than what counts.",
        State::Evidenced => "What counts meets the rules; an assessor has still to accept it.",
        State::Accepted => "Accepted pieces, unchanged since, meet the rules.",
    }
}

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
            "The author states for {stated} of {} that {} anonymised.",
            counted(scene.visible.len(), "entry"),
            plural(scene.visible.len(), "it is", "they are")
        ),
        people(scene.portfolio, as_of, &scene.visible, &scene.visible).why,
        format!("{withheld} of {} {} left out here: no valid consent, or no copy that is sure to carry nothing else.", counted(attachments().count(), "attachment"), plural(attachments().count(), "is", "are")),
        format!("{consents} consents hold on {}. Consent to take a picture and consent to share it are two things.", in_words(as_of)),
        "Published pictures were made anew without metadata. Documents are the originals, byte for byte; what each carries and its SHA-256 stand beside its link. Dates of events are never published.".to_owned(),
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
        "What was done to protect the people whom these entries are about.",
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

/// Terms of the glossary with their meanings.
const TERMS: [(&str, &str); 9] = [
    ("Claim", "An entry saying that it evidences a criterion."),
    (
        "Criterion",
        "One statement that has to be proved: knowledge, skill, behaviour, learning objective, marking point.",
    ),
    ("Duty", "A part of the job, and the criteria that it takes."),
    (
        "Entry",
        "One piece of evidence: a reflection, an observation, a testimony, a record.",
    ),
    (
        "Gateway",
        "The point at which everything must be in place before the end-point assessment.",
    ),
    ("Passage", "The exact words that prove a criterion."),
    (
        "Referred",
        "Sent back by the assessor with feedback; it counts again once the entry has changed.",
    ),
    (
        "Waiver",
        "An agreed decision that a criterion needs no evidence here, for instance for prior learning.",
    ),
    (
        "Witness testimony",
        "A statement by somebody competent who saw the learner work.",
    ),
];

/// The glossary: terms, and every statement by its code.
pub(super) fn build_glossary(scene: &RenderContext<'_>, from: &SitePath) -> ListingPage {
    let terms = TERMS.map(|(term, text)| vec![Cell::text(term), Cell::text(text)]);
    let terms = Grid::new("Terms", &["Term", "Meaning"], terms.to_vec());
    let mut sections = vec![Part::table("Terms", terms)];
    for (standard, (known, _)) in scene.portfolio.catalogue.standards.iter().enumerate() {
        let row = |(criterion, one): (usize, &crate::model::Criterion)| {
            let id = CriterionId {
                standard,
                criterion,
            };
            let label = one.code.value.to_string();
            let code = match scene.coverage.line(id) {
                Some(_) => Cell::link(Link {
                    href: from.link_to(scene.routes.criterion(id)),
                    label,
                }),
                None => Cell::text(label),
            };
            vec![code, Cell::text(format_statement(&one.text))]
        };
        let rows = known.criteria.iter().enumerate().map(row).collect();
        let title = known.full_title();
        let grid = Grid::new(&title, &["Code", "Statement"], rows);
        sections.push(Part::table(&title, grid));
    }
    ListingPage::new(
        "Glossary",
        "The terms that this site uses, and every statement in full.",
        sections,
    )
}

/// The page that a web server shows with status 404.
pub(super) fn build_not_found(from: &SitePath) -> ListingPage {
    let home = Link {
        href: from.link_to("index.html"),
        label: "Overview".to_owned(),
    };
    let item = Item {
        link: Some(home),
        text: "Begin here.".to_owned(),
        ..Item::default()
    };
    ListingPage::new(
        "This page is not here",
        "The address leads nowhere in this portfolio. A page may have gone with the entry that it was about.",
        vec![Part::list("Where to go", vec![item])],
    )
}
