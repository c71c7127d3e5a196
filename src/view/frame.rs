//! What is around the content of a page.

use serde::Serialize;

/// What is the same around every page of a kind in a folder.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The page's type.
    pub page_type: &'static str,
    /// Language, as in `en-GB`.
    pub lang: String,
    /// The portfolio's title.
    pub site_title: String,
    /// What the learner is called; empty on a public site.
    pub learner: String,
    /// The day for which all this holds, in words.
    pub as_of: String,
    /// The style sheet.
    pub css: String,
    /// The picture beside the title.
    pub icon: String,
    /// The style sheet itself, in a document that stands alone.
    pub style: String,
    /// The SHA-256 of that style sheet in base 64, for the document's policy.
    pub style_hash: String,
    /// Whether the page asks the program that serves it what is new.
    pub live: bool,
    /// The way through the site.
    pub nav: Vec<NavLink>,
    /// The rest of the site, for the foot of the page.
    pub more: Vec<NavLink>,
    /// Sentences that licences ask for, and which standards are unofficial.
    pub notices: Vec<String>,
}

/// One link of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavLink {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// Whether this is the page.
    pub current: bool,
}
