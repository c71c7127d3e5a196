//! Documents of the index that are no entries: pages, terms, guidance, groups and criteria.

use serde::Serialize;

use super::index::Field;
use crate::files::SitePath;
use crate::model::CriterionId;
use crate::text::{capitalised, slug};
use crate::view::guide::{TERMS_TITLE, build_guide, tabulate_terms};
use crate::view::job::{Job, Listing};
use crate::view::listing::{Cell, ListingPage, Part};
use crate::view::rows::format_statement;
use crate::view::scene::RenderContext;

/// A search result: title, type and address; its text, and further words that are shown only if
/// they were found.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Document(
    pub String,
    pub String,
    pub String,
    pub String,
    #[serde(skip_serializing_if = "String::is_empty")] pub String,
);

impl Document {
    /// The fields of its title and its text.
    pub(super) fn fields(&self) -> (Field, Field) {
        match self.1.as_str() {
            "Page" | "Guide" | "Term" => (Field::Title, Field::Body),
            _ => (Field::Code, Field::Passage),
        }
    }
}

/// Everything that is no entry, in the order of document numbers.
pub(super) fn list_documents(scene: &RenderContext<'_>) -> Vec<Document> {
    let mut documents = list_criteria(scene);
    if scene.disclosure.is_full() {
        documents.extend(list_groups(scene));
    }
    documents.extend(list_pages(scene));
    documents
}

fn list_criteria(scene: &RenderContext<'_>) -> Vec<Document> {
    let catalogue = &scene.portfolio.catalogue;
    let document = |id: CriterionId| {
        let criterion = catalogue.criterion(id);
        // The questions are the words in which people ask for a code.
        let prompts = criterion.prompts.join("\n");
        Document(
            criterion.code.value.to_string(),
            "Criterion".to_owned(),
            scene.routes.criterion(id).to_owned(),
            format_statement(&criterion.text),
            if scene.disclosure.is_full() {
                prompts
            } else {
                String::new()
            },
        )
    };
    let lines = scene.shown_lines().into_iter();
    lines.map(|line| document(line.criterion)).collect()
}

fn list_groups(scene: &RenderContext<'_>) -> Vec<Document> {
    let catalogue = &scene.portfolio.catalogue;
    let document = |id| {
        let group = catalogue.group(id);
        Document(
            group.code.value.to_string(),
            capitalised(&group.kind),
            scene.routes.group(id).to_owned(),
            format_statement(&group.text),
            String::new(),
        )
    };
    catalogue.groups().map(document).collect()
}

/// Pages by their titles, and the guide by its parts and terms.
fn list_pages(scene: &RenderContext<'_>) -> Vec<Document> {
    let mut documents = Vec::new();
    for listing in Listing::of(scene).filter(|listing| !listing.label().is_empty()) {
        let path = Job::Listing(listing).path(scene);
        documents.push(Document(
            listing.label().to_owned(),
            "Page".to_owned(),
            path.as_str().to_owned(),
            describe_page(listing).to_owned(),
            String::new(),
        ));
        if listing == Listing::Guide {
            documents.extend(list_guide(&build_guide(scene, &path), &path));
            documents.extend(list_terms(&path));
        }
    }
    documents
}

/// The subject of a page, in the words in which people ask for it.
fn describe_page(listing: Listing) -> &'static str {
    match listing {
        Listing::Timeline => "When entries were written, and how far the plan is met.",
        Listing::Hours => "Off-the-job training hours.",
        Listing::Actions => "Actions and their due dates.",
        Listing::Cpd => "Continuing professional development.",
        Listing::Review => "For the next progress review with employer and tutor.",
        Listing::Decisions => "What assessors accepted or referred, with their feedback.",
        Listing::Assessment => "Assessors, and the sample for internal quality assurance (IQA).",
        Listing::Changes => "What is new, by month.",
        Listing::Waivers => "Codes that need no evidence, such as recognised prior learning.",
        Listing::Gateway => {
            "The checklist before the apprenticeship assessment, once end-point assessment (EPA): gateway to completion."
        }
        Listing::Guide => "For assessors: where things are, and what the words mean.",
        Listing::DataProtection => "Consent, confidentiality and anonymised pictures.",
        Listing::NotFound => "",
    }
}

fn list_guide(page: &ListingPage, path: &SitePath) -> Vec<Document> {
    let section = |part: &Part| {
        let rows = part.table.iter().flat_map(|table| &table.rows).flatten();
        let cells = rows.map(|cell| match cell.state {
            Some(state) => state.words.to_owned(),
            None => cell.text.clone(),
        });
        let items = part.items.iter().map(|item| item.text.clone());
        let text = part.text.iter().skip(1).cloned();
        let text: Vec<String> = text.chain(items).chain(cells).collect();
        Document(
            part.title.clone(),
            "Guide".to_owned(),
            format!("{}#{}", path.as_str(), part.anchor),
            part.text.first().cloned().unwrap_or_default(),
            text.join("\n"),
        )
    };
    let sections = page.sections.iter();
    let sections = sections.filter(|part| part.title != TERMS_TITLE);
    sections.map(section).collect()
}

/// The terms of the guide, each by itself.
fn list_terms(path: &SitePath) -> Vec<Document> {
    let anchor = slug(TERMS_TITLE);
    let term = |row: &Vec<Cell>| {
        let mut cells = row.iter().map(|cell| cell.text.clone());
        Document(
            cells.next().unwrap_or_default(),
            "Term".to_owned(),
            format!("{}#{anchor}", path.as_str()),
            cells.next().unwrap_or_default(),
            String::new(),
        )
    };
    tabulate_terms().rows.iter().map(term).collect()
}
