//! Words that tell of a person whom others know.

use super::block::{Token, Words};

/// Words between white space.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordsIn(&'static str);

impl Words for WordsIn {
    fn contain(self, token: &Token<'_>) -> bool {
        let mut words = self.0.split_ascii_whitespace();
        words.any(|word| word.eq_ignore_ascii_case(token.text))
    }
}

/// Where and how people become known.
pub(super) const KNOWN_FROM: WordsIn = WordsIn(
    "
    news paper papers newspaper newspapers telly tv television radio film films final finals
    cup champion champions championship championships record medal medals trophy mayor
    mayoress famous statue plaque olympic olympics commonwealth paralympics international
    band orchestra choir concert cathedral carnival museum lighthouse mural lifeboat circus
    castle parade festival fair league penalties lottery murder trial parliament council
    county channel everest wembley regiment pantomime shop café cafe pub bakery chippy
    market stall butcher's bookshop windmill ferry tram trams pier racecourse speedway
    brewery colliery pit shipyard headline headlines gazette herald courier argus chronicle
    advertiser internet roof costume facebook youtube tiktok viral quiz bake countdown
    mastermind
    ",
);

/// What somebody did that others know of.
pub(super) const DEEDS: WordsIn = WordsIn(
    "
    won saved invented founded rescued crashed walked swam sailed rowed climbed cycled
    opened built carved painted designed discovered sang played danced boxed wrestled scored
    sentenced taught runs ran drove flew kept rang plays keeps breeds bred grows grew raised
    survived lost conducted captained refereed umpired presented starred appeared chained
    streaked swims drives paints makes made sold sells used lives lived stole robbed shot
    wrote
    ",
);

/// Words with such an ending that are nobody's trade.
pub(super) const NO_TRADE: WordsIn = WordsIn(
    "
    never ever over under after other another number paper water computer folder letter
    matter corner order shower dinner supper drawer catheter trolley door floor for or nor
    her either whether rather together however later better bigger older younger former
    latter poor colour sticker ladder finger shoulder bladder ulcer cancer fever monitor
    mirror factor error list assist wrist twist mist moist human specimen abdomen answer
    offer prefer refer remember consider deliver cover discover recover enter alter filter
    manner centre chapter register barrier carrier earlier easier happier less unless press
    dress mattress process access stress illness wellness madness darkness kindness business
    fitness witness mess guess address distress progress success loss plaster poster buzzer
    hoover counter monday power tower flower jumper slipper blister transfer winter summer
    easter december october september november roller stapler locker cooler heater boiler
    cooker doctor carer nurse manager supervisor assessor tutor trainer mentor porter
    practitioner worker physician paramedic pharmacist physiotherapist therapist dietitian
    dietician radiographer sonographer podiatrist phlebotomist anaesthetist surgeon
    psychologist psychiatrist dentist optician receptionist registrar cleaner helper
    volunteer visitor partner sister brother mother father daughter user member officer
    learner leader starter joiner newcomer prescriber educator coordinator director
    inspector's interpreter speaker reader writer author buyer seller customer prisoner
    neighbour stranger foster adviser advisor technician clinician specialist geriatrician
    paediatrician haematologist microbiologist radiologist cardiologist neurologist
    dermatologist hygienist beautician injector handler caller provider employer
    commissioner
    ",
);

/// Words for a person of whom nothing else is said.
pub(super) const ANYBODY: WordsIn = WordsIn(
    "
    man woman bloke lady lad lass guy fella chap gentleman girl boy men women couple one
    family carer carers kid brothers sisters person geezer feller
    ",
);

/// Of `KNOWN_FROM`, what is also a thing on a ward.
pub(super) const OFTEN: WordsIn = WordsIn(
    "
    paper papers film record council market shop pub channel trial
    ",
);

/// What people do in public.
pub(super) const PERFORMED: WordsIn = WordsIn(
    "
    played swam boxed ran rowed sang danced fought flew wrestled fenced competed skated
    cycled raced bowled batted refereed umpired performed starred appeared captained coached
    conducted marched
    ",
);
