//! Where a workspace keeps its files, relative to its root.

/// The folder of a portfolio.
pub const PORTFOLIO: &str = "portfolio";

/// The settings of a portfolio. A folder that holds this file is a workspace.
pub const SETTINGS: &str = "portfolio/portfolio.yaml";

/// The folder of entries.
pub const ENTRIES: &str = "portfolio/entries";

/// The folder of files that entries attach and show.
pub const EVIDENCE: &str = "portfolio/evidence";

/// The folder of documents that were imported and kept. They belong to no entry.
pub const ORIGINALS: &str = "portfolio/evidence/originals/";

/// The register of consents.
pub const CONSENTS: &str = "portfolio/consents.yaml";

/// The plan for sampling.
pub const SAMPLING: &str = "portfolio/sampling.yaml";

/// The wording of standards that decisions were made under.
pub const LOCK: &str = "portfolio/standards.lock";

/// The record of a copy for an assessor. A portfolio of one's own has none.
pub const HANDED_OVER: &str = "portfolio/handed-over.json";

/// The folder of standards, reflection models, guidance and programme rules.
pub const STANDARDS: &str = "standards";

/// The folder of themes.
pub const THEMES: &str = "themes";

/// Folders that hold what people wrote. No report and no site is ever written into them.
pub const SOURCE_FOLDERS: [&str; 3] = [PORTFOLIO, STANDARDS, THEMES];

/// The folder of decision files.
pub const DECISIONS: &str = "portfolio/decisions";

/// Extensions of decision files.
pub const DECISION_EXTENSIONS: [&str; 2] = ["yaml", "yml"];

/// The allowed signers file, as ssh and git define it: who may sign decisions.
pub const ALLOWED_SIGNERS: &str = "portfolio/decisions/allowed_signers";

/// Revoked public keys, one a line.
pub const REVOKED_KEYS: &str = "portfolio/decisions/revoked_keys";
