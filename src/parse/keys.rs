//! Every key of every file. The parser accepts no others, and the schemas for editors are generated
//! from the same table.

mod cohort;
mod consents;
mod decisions;
mod entry;
mod key;
mod lock;
mod portfolio;
mod sampling;
mod standard;
mod standard_map;

pub use cohort::{COHORT, COHORT_LEARNER, COLOUR_RULE};
pub use consents::{CONSENT, CONSENTS};
pub use decisions::{ASSESSOR, DECISION, DECISIONS, EVIDENCE_RULES};
pub use entry::{
    ACTION, ASSIGNMENT, ATTACHMENT, CPD, ENTRY, PRACTICE, READING, SUPPRESSION, WITNESS,
};
pub use key::{Closed, Key, Shape};
pub use lock::{LOCK, LOCKED_STANDARD, LOCKED_STATEMENT};
pub use portfolio::{
    BREAK, DECLARATION, GATEWAY, LEARNER, LEFT_OUT, LIMITS, OFF_THE_JOB, PACE_STEP, PORTFOLIO,
    REVIEW, SCOPE, SITE, WAIVER, rules_and_limits,
};
pub use sampling::{ASSESSOR_SHARES, SAMPLING, SHARES};
pub use standard::{
    ADVICE, CRITERION, GATEWAY_ITEM, GROUP, GUIDANCE, KIND, METHOD, PROGRAMME, PUBLISHED,
    REFLECTION_MODEL, REGIME, RULES, SEARCH_WORDS, STAGE, STANDARD, SUPERSEDED, THEME,
    THEME_COLOURS, THEME_LOGO, THEME_PALETTE,
};
pub use standard_map::{MAP, MAP_ROW};
