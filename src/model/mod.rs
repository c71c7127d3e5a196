//! The domain model: standards, criteria, entries, claims, decisions, coverage.

mod answer;
mod body;
mod chain;
mod code;
mod cohort;
mod coverage;
mod decision;
mod digests;
mod entry;
mod evidence;
mod front_matter;
mod gateway;
mod ids;
mod lock;
mod piece;
mod portfolio;
mod programme;
mod record;
mod sampling;
mod settings;
mod stage_headings;
mod standard;
mod standard_map;
mod stated;
mod vocabulary;

pub use answer::{
    IdentifierMatch, Suppression, WordsGap, find_identifiers_in, find_identifiers_shown,
};
pub use body::{Anchors, Body, Mention, Passage, Section, Stage, StageSummary};
pub use chain::{
    Author, Chain, ChainFlaw, DecisionFile, Keys, Signature, SignatureFlaw, UnboundReferral,
    Verification,
};
pub use code::Code;
pub use cohort::{
    CohortPlan, ColourRule, Measure, PlannedLearner, RiskColour, Seat, fold_reference,
};
pub use coverage::{
    Coverage, Flag, GroupLine, GroupState, Line, StandardCoverage, State, StateCounts,
};
pub use decision::{
    ClaimStanding, ClaimVerdict, Consent, Decision, Defect, Horizon, Objection, Register,
    RulesOfEvidence, StaleBecause, Wording,
};
pub use digests::Digests;
pub use entry::{Claim, Entry, FiledEntry, Identifiers, Reflection, Tag};
pub use evidence::{Evidence, EvidenceFile, FileIdentifier, Inspection, WithholdingReason};
pub use front_matter::{
    Action, Assignment, Attachment, Cpd, FrontMatter, Practice, Reading, Witness,
};
pub use gateway::{
    CheckWord, Checklist, GatewayCheck, GatewayItem, ItemState, JudgedItem, Readiness,
    StandardChecklist,
};
pub use ids::{CriterionId, GroupId};
pub use lock::{LockedStandard, LockedStatement, StandardsLock, digest_of};
pub use piece::{Piece, Reason};
pub use portfolio::{Catalogue, EntryIndex, Portfolio, PortfolioBase};
pub use programme::{
    Basis, HeldReview, LearningBreak, Pace, PaceStep, ProgrammeRules, PublishedHours, Regime,
    StandardPace,
};
pub use record::{Declaration, PROVING, Record, RecordedAs};
pub use sampling::{AssessorShares, SamplingPlan, Shares};
pub use settings::{
    Fraction, LeftOut, Limits, PublicSite, RuleChanges, Settings, Threshold, Waiver,
};
pub use standard::{
    Criterion, Group, Guidance, GuidanceItem, Kind, Method, ReflectionModel, Rules, StageModel,
    Standard, Superseded,
};
pub use standard_map::{MapRow, StandardMap};
pub use stated::{StatedEntry, StatedEvent, StatedFacts};
pub use vocabulary::{
    AssessedWhen, Audience, EntryType, Known, Minutes, Profile, Relation, Role, SharePurpose,
    Sharing, Shows, Status, Verdict, Verifier, Visibility, Word,
};
