//! An Atom feed of what is new, and a sitemap where the site has an address.

use std::fmt::Write;

use jiff::civil::Date;

use super::scene::Scene;
use super::site::{Job, jobs};
use crate::markup::escaped;

/// Entries in the feed.
const NEWEST: usize = 20;

/// The feed, newest first. Where the site has no address, its links are relative, and its ids are made from the
/// entries' own.
#[must_use]
pub fn feed(scene: &Scene<'_>) -> String {
    let settings = &scene.portfolio.settings;
    let newest = scene.visible.iter().rev().find_map(|&at| scene.portfolio.entries[at].date);
    let updated = at_noon(newest.unwrap_or(scene.coverage.as_of));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>tag:ksbfolio,2026:{}</id>\n<updated>{updated}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"self\" href=\"{}\"/>\n",
        escaped(&settings.language),
        escaped(&settings.title),
        escaped(&identity(scene)),
        escaped(&author(scene)),
        escaped(&address(scene, "feed.xml")),
    );
    let dated = scene.visible.iter().rev().filter_map(|&at| Some((at, scene.portfolio.entries[at].date?)));
    for (at, date) in dated.take(NEWEST) {
        let entry = &scene.portfolio.entries[at];
        let codes: Vec<String> = entry
            .claims
            .iter()
            .map(|claim| scene.portfolio.catalogue.code(claim.criterion).to_string())
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "<entry><title>{}</title><id>tag:ksbfolio,2026:{}/{}</id><updated>{}</updated><link href=\"{}\"/><summary>{}: {}</summary></entry>",
            escaped(&entry.title),
            escaped(&identity(scene)),
            escaped(&entry.id),
            at_noon(date),
            escaped(&address(scene, scene.routes.entry(at))),
            entry.kind.title(),
            escaped(&codes.join(", ")),
        );
    }
    out.push_str("</feed>\n");
    out
}

/// The sitemap; none where the site has no address, since its links must be whole.
#[must_use]
pub fn sitemap(scene: &Scene<'_>) -> Option<String> {
    if scene.portfolio.settings.base_url.is_empty() {
        return None;
    }
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let pages = jobs(scene).into_iter().filter(|job| !matches!(job, Job::Listing(super::Listing::NotFound)));
    for job in pages {
        let _ = writeln!(out, "<url><loc>{}</loc></url>", escaped(&address(scene, job.path(scene).as_str())));
    }
    out.push_str("</urlset>\n");
    Some(out)
}

/// A day as a moment: nobody knows the hour.
fn at_noon(date: Date) -> String {
    format!("{date}T12:00:00Z")
}

/// The learner's pseudonym; on a public site, nobody's.
fn identity(scene: &Scene<'_>) -> String {
    if scene.learner().is_empty() {
        "portfolio".to_owned()
    } else {
        scene.portfolio.settings.learner_id.clone()
    }
}

fn author(scene: &Scene<'_>) -> String {
    let learner = scene.learner();
    if learner.is_empty() { "The learner".to_owned() } else { learner }
}

fn address(scene: &Scene<'_>, path: &str) -> String {
    let base = scene.portfolio.settings.base_url.trim_end_matches('/');
    if base.is_empty() { path.to_owned() } else { format!("{base}/{path}") }
}
