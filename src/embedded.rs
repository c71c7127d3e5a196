//! Files compiled into the program: standards, reflection models, guidance, programme rules and the
//! default theme.

/// Prefix of the paths of embedded files, which no path in a workspace can have.
pub const PREFIX: &str = "ksbfolio:";

/// Standards, models, guidance and programme rules: path in the repository, and text.
pub const STANDARDS: &[(&str, &str)] = &[
    (
        "standards/guidance/data-protection.yaml",
        include_str!("../standards/guidance/data-protection.yaml"),
    ),
    (
        "standards/programme/off-the-job.yaml",
        include_str!("../standards/programme/off-the-job.yaml"),
    ),
    (
        "standards/qualifi-l5-ap503.yaml",
        include_str!("../standards/qualifi-l5-ap503.yaml"),
    ),
    (
        "standards/qualifi-l6-mesotherapy.yaml",
        include_str!("../standards/qualifi-l6-mesotherapy.yaml"),
    ),
    (
        "standards/qualifi-l6-micro-needling.yaml",
        include_str!("../standards/qualifi-l6-micro-needling.yaml"),
    ),
    (
        "standards/reflection/driscoll.yaml",
        include_str!("../standards/reflection/driscoll.yaml"),
    ),
    (
        "standards/reflection/era.yaml",
        include_str!("../standards/reflection/era.yaml"),
    ),
    (
        "standards/reflection/gibbs.yaml",
        include_str!("../standards/reflection/gibbs.yaml"),
    ),
    (
        "standards/reflection/kolb.yaml",
        include_str!("../standards/reflection/kolb.yaml"),
    ),
    (
        "standards/st0215.yaml",
        include_str!("../standards/st0215.yaml"),
    ),
];

/// The default theme: path in its folder, and content.
pub const DEFAULT_THEME: &[(&str, &[u8])] = &[
    (
        "assets/decide-form.js",
        include_bytes!("../themes/default/assets/decide-form.js"),
    ),
    (
        "assets/decide.css",
        include_bytes!("../themes/default/assets/decide.css"),
    ),
    (
        "assets/decide.js",
        include_bytes!("../themes/default/assets/decide.js"),
    ),
    (
        "assets/decision-file.js",
        include_bytes!("../themes/default/assets/decision-file.js"),
    ),
    (
        "assets/filter.js",
        include_bytes!("../themes/default/assets/filter.js"),
    ),
    (
        "assets/icon.svg",
        include_bytes!("../themes/default/assets/icon.svg"),
    ),
    (
        "assets/search.js",
        include_bytes!("../themes/default/assets/search.js"),
    ),
    (
        "assets/site.css",
        include_bytes!("../themes/default/assets/site.css"),
    ),
    ("base.html", include_bytes!("../themes/default/base.html")),
    (
        "components.html",
        include_bytes!("../themes/default/components.html"),
    ),
    (
        "criterion.html",
        include_bytes!("../themes/default/criterion.html"),
    ),
    (
        "entries.html",
        include_bytes!("../themes/default/entries.html"),
    ),
    (
        "entry-list.html",
        include_bytes!("../themes/default/entry-list.html"),
    ),
    ("entry.html", include_bytes!("../themes/default/entry.html")),
    ("gaps.html", include_bytes!("../themes/default/gaps.html")),
    ("grid.html", include_bytes!("../themes/default/grid.html")),
    ("group.html", include_bytes!("../themes/default/group.html")),
    ("head.html", include_bytes!("../themes/default/head.html")),
    ("home.html", include_bytes!("../themes/default/home.html")),
    (
        "listing.html",
        include_bytes!("../themes/default/listing.html"),
    ),
    (
        "matrix.html",
        include_bytes!("../themes/default/matrix.html"),
    ),
    ("pack.html", include_bytes!("../themes/default/pack.html")),
    (
        "search.html",
        include_bytes!("../themes/default/search.html"),
    ),
    (
        "standard.html",
        include_bytes!("../themes/default/standard.html"),
    ),
];
