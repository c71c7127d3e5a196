//! The things of the field: standards, criteria, entries, claims, decisions, coverage.

mod chain;
mod code;
mod coverage;
mod decision;
mod entry;
mod evidence;
mod gateway;
mod portfolio;
mod programme;
mod sampling;
mod settings;
mod standard;
mod vocabulary;

pub use chain::{
    Author, Chain, ChainFlaw, DecisionFile, Head, Keys, Signature, SignatureFlaw, UnboundReferral,
};
pub use code::Code;
pub use coverage::{
    Coverage, Flag, GroupLine, GroupState, Line, Piece, Reason, StandardCoverage, State,
    StateCounts,
};
pub use decision::{
    ClaimStanding, ClaimVerdict, Consent, Decision, Defect, Horizon, Objection, Register,
    RulesOfEvidence,
};
pub use entry::{
    Action, Assignment, Attachment, Body, Claim, Cpd, Entry, Mention, Passage, Practice, Reading,
    Revealed, Section, Stage, Suppression, Tag, Told, Witness, revealed,
};
pub use evidence::{Evidence, EvidenceFile, InFile, Inside, Keeping};
pub use gateway::{
    CheckWord, Checklist, Declaration, GatewayCheck, GatewayItem, ItemState, JudgedItem, PROVING,
    Readiness, Record, RecordedAs, StandardChecklist,
};
pub use portfolio::{CONSENTS, Catalogue, CriterionId, EntryIndex, GroupId, Portfolio};
pub use programme::{
    Basis, HeldReview, Pace, PaceStep, ProgrammeRules, PublishedHours, Regime, StandardPace,
};
pub use sampling::{AssessorShares, SamplingPlan, Shares};
pub use settings::{
    Fraction, LeftOut, Limits, PublicSite, RuleChanges, Settings, Threshold, Waiver,
};
pub use standard::{
    Criterion, Group, Guidance, GuidanceItem, Kind, Method, ReflectionModel, Rules, StageModel,
    Standard, Superseded,
};
pub use vocabulary::{
    Audience, EntryType, Known, Minutes, Profile, Role, SharePurpose, Sharing, Shows, Status,
    Verdict, Visibility, Word,
};
