//! Files compiled into the program: standards, reflection models, guidance, programme rules and the
//! default theme.

/// Prefix of the paths of embedded files, which no path in a workspace can have.
pub const PREFIX: &str = "ksbfolio:";

/// Pairs of a path below a folder and the content of the file.
macro_rules! embed {
    ($include:ident, $folder:literal, [$($path:literal),+ $(,)?]) => {
        &[$(($path, $include!(concat!($folder, $path)))),+]
    };
}

/// Standards, models, guidance and programme rules: path in the repository, and text.
pub const STANDARDS: &[(&str, &str)] = embed!(
    include_str,
    "../",
    [
        "standards/guidance/data-protection.yaml",
        "standards/programme/off-the-job.yaml",
        "standards/qualifi-l5-ap503.yaml",
        "standards/qualifi-l6-mesotherapy.yaml",
        "standards/qualifi-l6-micro-needling.yaml",
        "standards/reflection/driscoll.yaml",
        "standards/reflection/era.yaml",
        "standards/reflection/gibbs.yaml",
        "standards/reflection/kolb.yaml",
        "standards/st0215.yaml",
    ]
);

/// The default theme: path in its folder, and content.
pub const DEFAULT_THEME: &[(&str, &[u8])] = embed!(
    include_bytes,
    "../themes/default/",
    [
        "assets/decide-form.js",
        "assets/decide.css",
        "assets/decide.js",
        "assets/decision-file.js",
        "assets/filter.js",
        "assets/icon.svg",
        "assets/search-index.js",
        "assets/search.js",
        "assets/site.css",
        "base.html",
        "cohort.html",
        "components.html",
        "criterion.html",
        "entries.html",
        "entry-list.html",
        "entry.html",
        "gaps.html",
        "grid.html",
        "group.html",
        "head.html",
        "home.html",
        "listing.html",
        "matrix.html",
        "pack.html",
        "search.html",
        "standard.html",
        "to-decide.html",
    ]
);

/// The rules of the page of a cohort, behind those of the theme.
pub const COHORT_STYLE: &str = include_str!("render/cohort.css");

/// The script of the page of a cohort.
pub const COHORT_SCRIPT: &str = include_str!("render/cohort.js");

/// The rules that colours of a cohort come from by default.
pub const COHORT_RULES: &str = include_str!("cohort/defaults.yaml");
