//! `identifier`: words that can identify a person.

use crate::check::{Case, Levels, Rule, RuleGroup, RuleText, Run};
use crate::diagnostic::{Finding, Level};
use crate::privacy::Kind;

pub(super) const IDENTIFIER: Rule = Rule {
    name: "identifier",
    group: RuleGroup::Privacy,
    levels: Levels::ERROR.guarding(),
    since: "0.1.0",
    text: RuleText {
        finds: "Words that can identify a person.",
        why: "Only the apprentice has agreed to be recognisable in the portfolio.",
        example: "I helped Mrs Oakapple to wash",
        instead: "Write the role, the kind of place or the season instead.",
    },
    run: Run::Kinds(KINDS),
};

const BY_GATEWAY: Levels = Levels::new(Level::Warning, Level::Warning, Level::Error);
const HINT: Levels = Levels::new(Level::Note, Level::Note, Level::Warning);

/// One row for each reader in `privacy`, sorted by name.
const KINDS: &[Rule] = &[
    kind(
        Kind::Age,
        HINT,
        RuleText {
            finds: "An age of 90 or over.",
            why: "So few people reach this age that, with a ward or a village, it can identify one.",
            example: "She is 93 and lives alone",
            instead: "Give the age in decades: over 90, in her nineties.",
        },
        |case, found| {
            case.each_identifier(Kind::Age, "an age of 90 or over", "write: over 90", found);
        },
    ),
    kind(
        Kind::ChiNumber,
        Levels::ERROR,
        RuleText {
            finds: "A number of Scotland's Community Health Index.",
            why: "It leads to one person, and begins with the day of birth.",
            example: "CHI 130139 4866",
            instead: "Leave it out.",
        },
        |case, found| {
            case.each_identifier(
                Kind::ChiNumber,
                "a CHI number: it begins with a day and its check digit fits",
                "leave it out, and write: I checked the CHI number",
                found,
            );
        },
    ),
    kind(
        Kind::BirthDate,
        Levels::ERROR,
        RuleText {
            finds: "A person's date of birth.",
            why: "With a ward or a village it finds one person.",
            example: "DOB 12/09/1938",
            instead: "Give an age in decades: a man in his eighties.",
        },
        |case, found| {
            case.each_identifier(
                Kind::BirthDate,
                "a date of birth",
                "write the age in decades: in her eighties",
                found,
            );
        },
    ),
    kind(
        Kind::DeathDate,
        Levels::ERROR,
        RuleText {
            finds: "A person's date of death.",
            why: "Deaths are announced with the day, and read by those who knew the person.",
            example: "He died on 2 February 2026",
            instead: "Say: early this year, at the end of my first month.",
        },
        |case, found| {
            case.each_identifier(
                Kind::DeathDate,
                "a date of death",
                "say it by season: early this year",
                found,
            );
        },
    ),
    kind(
        Kind::Email,
        Levels::ERROR,
        RuleText {
            finds: "An e-mail address.",
            why: "It usually contains a name, and reaches one person.",
            example: "sent to fern@example.org",
            instead: "Leave it out: say who wrote to whom, by role.",
        },
        |case, found| {
            case.each_identifier(
                Kind::Email,
                "an e-mail address",
                "leave it out, and say who wrote to whom, by role",
                found,
            );
        },
    ),
    kind(
        Kind::EventDate,
        BY_GATEWAY,
        RuleText {
            finds: "The exact day of an event in a person's care.",
            why: "With the place it is enough to find the person in a diary, a rota or a newspaper.",
            example: "On 14 March the lady was admitted",
            instead: "Keep the day in `event_date`, which is never published, and write: in spring.",
        },
        |case, found| {
            case.each_identifier(
                Kind::EventDate,
                "the exact day of an event",
                "keep the day in event_date, which is never published, and write: that week",
                found,
            );
        },
    ),
    kind(
        Kind::Address,
        Levels::ERROR,
        RuleText {
            finds: "A house, a flat or a street.",
            why: "Neighbours know who lives there.",
            example: "I visited 14 Foxglove Lane",
            instead: "Say what matters for the care: a flat on the second floor, without a lift.",
        },
        |case, found| {
            case.each_identifier(
                Kind::Address,
                "an address",
                "say what matters for the care: a first-floor flat without a lift",
                found,
            );
        },
    ),
    kind(
        Kind::HospitalNumber,
        Levels::ERROR,
        RuleText {
            finds: "A person's number at a hospital or clinic.",
            why: "Staff can find the person by it in seconds.",
            example: "MRN 4471902",
            instead: "Leave it out: say that the number was checked.",
        },
        |case, found| {
            case.each_identifier(
                Kind::HospitalNumber,
                "a hospital number",
                "leave it out, and write: I checked the hospital number",
                found,
            );
        },
    ),
    kind(
        Kind::Initials,
        BY_GATEWAY,
        RuleText {
            finds: "Initials of a patient, a relative or a colleague.",
            why: "On a ward of twenty, initials are a name.",
            example: "Mr T. was in pain",
            instead: "Name the role, or use another letter: Mrs A.",
        },
        |case, found| {
            case.each_identifier(
                Kind::Initials,
                "a person's initials",
                "name the role, or use another letter: Mrs A",
                found,
            );
        },
    ),
    kind(
        Kind::Place,
        HINT,
        RuleText {
            finds: "The name of a ward, a home, a surgery or a village.",
            why: "With a week it is enough to find the person.",
            example: "I visited Brambledown Rest Home",
            instead: "Name the kind of place: a care home, a medical ward, a village.",
        },
        |case, found| {
            case.each_identifier(
                Kind::Place,
                "the name of a place",
                "name the kind of place: a care home, a medical ward, a village",
                found,
            );
        },
    ),
    kind(
        Kind::NhsNumber,
        Levels::ERROR,
        RuleText {
            finds: "An NHS number: ten digits of which the last checks the others, or that are called one.",
            why: "It leads to one person and to all records of that person. Regulators count it first among what must never appear.",
            example: "her NHS number, 999 123 4560, was on the band",
            instead: "Leave it out: no reader of a portfolio needs it.",
        },
        |case, found| {
            case.each_identifier(
                Kind::NhsNumber,
                "an NHS number",
                "leave it out, and write: I checked the NHS number",
                found,
            );
        },
    ),
    kind(
        Kind::NiNumber,
        Levels::ERROR,
        RuleText {
            finds: "A National Insurance number.",
            why: "It identifies a person to every authority, and does not belong in evidence of care.",
            example: "NI number QQ 12 34 56 C",
            instead: "Leave it out.",
        },
        |case, found| {
            case.each_identifier(
                Kind::NiNumber,
                "a National Insurance number",
                "leave it out, and say what it was needed for",
                found,
            );
        },
    ),
    kind(
        Kind::Name,
        BY_GATEWAY,
        RuleText {
            finds: "The name of a patient, a relative or a colleague.",
            why: "A name ends anonymity. Colleagues have not agreed to appear in a portfolio either.",
            example: "I helped Mrs Oakapple to wash",
            instead: "Name the role: the patient, her daughter, the nurse in charge. Or a pseudonym: Mrs A.",
        },
        |case, found| {
            case.each_identifier(
                Kind::Name,
                "the name of a person",
                "name the role: the patient, her daughter, the nurse in charge",
                found,
            );
        },
    ),
    kind(
        Kind::Phone,
        Levels::ERROR,
        RuleText {
            finds: "A telephone number.",
            why: "It reaches one person.",
            example: "I rang her daughter on 07700 900123",
            instead: "Leave it out: I rang her daughter.",
        },
        |case, found| {
            case.each_identifier(
                Kind::Phone,
                "a telephone number",
                "leave it out, and write: I rang the daughter",
                found,
            );
        },
    ),
    kind(
        Kind::Postcode,
        Levels::ERROR,
        RuleText {
            finds: "A full postcode.",
            why: "It covers about fifteen houses; with an age and a condition it covers one person.",
            example: "she lives at ZZ99 3VZ",
            instead: "Leave it out, or name the kind of place: a village, a city.",
        },
        |case, found| {
            case.each_identifier(
                Kind::Postcode,
                "a full postcode",
                "leave it out, or say what kind of place it is",
                found,
            );
        },
    ),
    kind(
        Kind::Handle,
        BY_GATEWAY,
        RuleText {
            finds: "An account in a social network, or the address of a profile.",
            why: "It leads to one person, with photographs and friends.",
            example: "He calls himself @raff_moonbeam",
            instead: "Leave it out.",
        },
        |case, found| {
            case.each_identifier(
                Kind::Handle,
                "an account in a social network",
                "leave it out",
                found,
            );
        },
    ),
    kind(
        Kind::Registration,
        BY_GATEWAY,
        RuleText {
            finds: "A number of a person or a car in a register.",
            why: "Registers of nurses, learners and cars can be searched by it.",
            example: "My NMC PIN is 99Z1234E",
            instead: "Leave it out, and name the role.",
        },
        |case, found| {
            case.each_identifier(
                Kind::Registration,
                "a number in a register of people or cars",
                "leave it out, and name the role",
                found,
            );
        },
    ),
    kind(
        Kind::Combination,
        HINT,
        RuleText {
            finds: "Facts that together hardly fit two people.",
            why: "No name is needed where only one person can be meant.",
            example: "the only twin in the village who used to be the mayor",
            instead: "Change or leave out what does not matter for the reflection.",
        },
        |case, found| {
            case.each_identifier(
                Kind::Combination,
                "facts that together hardly fit two people",
                "change or leave out what does not matter for the reflection",
                found,
            );
        },
    ),
    kind(
        Kind::WardBed,
        BY_GATEWAY,
        RuleText {
            finds: "A ward, a bay, a bed or a room by its number, alone or together.",
            why: "With a week, that is one person.",
            example: "the gentleman in Ward 7, bed 12",
            instead: "Say: on a medical ward, in a side room.",
        },
        |case, found| {
            case.each_identifier(
                Kind::WardBed,
                "a ward, a bed or a room by its number",
                "say what kind of place it was: a side room on a medical ward",
                found,
            );
        },
    ),
];

/// The record of a kind: its documentation, and the function that words its findings.
const fn kind(
    kind: Kind,
    levels: Levels,
    text: RuleText,
    run: fn(&Case<'_>, &mut Vec<Finding>),
) -> Rule {
    Rule {
        name: kind.rule(),
        group: RuleGroup::Privacy,
        levels: levels.guarding(),
        since: "0.1.0",
        text,
        run: Run::Portfolio(run),
    }
}
