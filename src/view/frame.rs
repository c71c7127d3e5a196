//! Navigation, notices and settings around the content of a page, as plain data.

use serde::Serialize;

use super::link::Link;

/// The part of the chrome that pages of one type in one folder share.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The value of `data-page-type`.
    pub page_type: &'static str,
    /// The language, as in `en-GB`.
    pub lang: String,
    /// The title of the portfolio.
    pub site_title: String,
    /// The name or id of the learner; empty on a public site.
    pub learner: String,
    /// The as-of date in words.
    pub as_of: String,
    /// Who the pages are from; filled in by the theme.
    #[serde(flatten)]
    pub brand: Brand,
    /// The address of the style sheet; empty in a standalone document.
    pub css: String,
    /// The address of the icon.
    pub icon: String,
    /// The text of the style sheet in a standalone document.
    pub style: String,
    /// SHA-256 of `style` in base64, for the content security policy.
    pub style_hash: String,
    /// SHA-256 of the script in a standalone document, in base64; empty if it has none.
    pub script_hash: String,
    /// Whether the page is part of a live preview.
    pub live: bool,
    /// The address of the home page; empty in a standalone document.
    pub home: String,
    /// The main navigation.
    pub nav: Vec<NavGroup>,
    /// The address of the search page, for the box in the header; empty if there is no box.
    pub search: String,
    /// The pages above this one, from the home page.
    pub trail: Vec<Link>,
    /// Links to the other pages, for the footer.
    pub more: Vec<NavLink>,
    /// Attributions that licences require, and notices of unofficial standards, on pages that
    /// cannot link to them.
    pub notices: Vec<String>,
}

impl Frame {
    /// The frame of a standalone document that is not about one portfolio: no navigation, inline
    /// style.
    pub(super) fn standalone(
        page_type: &'static str,
        site_title: String,
        as_of: String,
        style: String,
        style_hash: String,
    ) -> Self {
        Self {
            page_type,
            lang: "en-GB".to_owned(),
            site_title,
            learner: String::new(),
            as_of,
            brand: Brand::default(),
            css: String::new(),
            icon: String::new(),
            style,
            style_hash,
            script_hash: String::new(),
            live: false,
            home: String::new(),
            nav: Vec::new(),
            search: String::new(),
            trail: Vec::new(),
            more: Vec::new(),
            notices: Vec::new(),
        }
    }
}

/// What a theme says about the provider whose pages these are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Brand {
    /// The name of the provider; empty if the theme names none.
    pub provider: String,
    /// The logo.
    pub logo: Logo,
}

/// A logo; without an address if there is none.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Logo {
    /// The address: in files of a theme from the root of the site, on pages from the page.
    pub src: String,
    /// The text alternative.
    pub alt: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// A group of the main navigation: a link, or a menu of links.
#[derive(Clone, Debug, Serialize)]
pub struct NavGroup {
    pub label: String,
    /// The address; empty for a menu.
    pub href: String,
    /// Whether it links to the page itself.
    pub current: bool,
    /// Whether the page belongs to the group.
    pub here: bool,
    /// The links of a menu.
    pub links: Vec<NavLink>,
}

/// A link of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavLink {
    pub href: String,
    pub label: String,
    /// Whether it links to the page itself.
    pub current: bool,
}
