//! Where a workspace keeps its files, relative to its root.

/// The settings of a portfolio. A folder that holds this file is a workspace.
pub const SETTINGS: &str = "portfolio/portfolio.yaml";

/// Folders that hold what people wrote. No report and no site is ever written into them.
pub const SOURCE_FOLDERS: [&str; 3] = ["portfolio", "standards", "themes"];

/// The folder of decision files.
pub const DECISIONS: &str = "portfolio/decisions";

/// Extensions of decision files.
pub const DECISION_EXTENSIONS: [&str; 2] = ["yaml", "yml"];

/// The allowed signers file, as ssh and git define it: who may sign decisions.
pub const ALLOWED_SIGNERS: &str = "portfolio/decisions/allowed_signers";

/// Revoked public keys, one a line.
pub const REVOKED_KEYS: &str = "portfolio/decisions/revoked_keys";
