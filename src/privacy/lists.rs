//! The lists of words that the readers compare tokens with.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::{ByWordHash, WordHash};

/// Defines the lists with their words, which are in lower case and separated by white space.
macro_rules! lists {
    ($($(#[$doc:meta])+ $list:ident: $words:expr;)+) => {
        /// A list of words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum List {
            $($(#[$doc])+ $list,)+
        }

        const LISTS: &[(List, &str)] = &[$((List::$list, $words)),+];
    };
}

lists! {
    /// Titles in front of names.
    Title: "
        mr mrs ms miss mx dr sister nurse professor prof rev reverend lady lord sir matron doctor
        father canon captain cllr councillor auntie aunty uncle baroness dame officer sergeant
        constable pastor bishop imam rabbi pani haji sheikh doc colonel corporal granny nana grandad
        grandma mama papa kuya
    ";
    /// Who a person is to the writer or the patient.
    Role: "
        patient pt client resident user husband wife son daughter mother mum dad father brother
        niece nephew aunt uncle granddaughter grandson partner carer colleague mentor hca neighbour
        friend cousin nan grandma grandmother grandfather granddad grandad supervisor twin baby
        sister-in-law lady gentleman lad porter housekeeper physio student assessor gp interpreter
        cleaner carer's model volunteer chap girl boy fiance fiancé fiancée boyfriend girlfriend
        manager receptionist buddy preceptor tutor trainer man woman sister stepson stepdaughter
        widow widower bloke nurse doctor midwife paramedic pharmacist dietitian surgeon registrar
        consultant worker clerk chaplain priest cook chef driver dtr dau lad mam nanna auntie auntie's
        uncle learner apprentice teenager toddler ex hubby matron anaesthetist radiographer podiatrist
        charge assistant technician healthcare optician dentist vicar imam landlady warden lodger
        teacher visitor odp hcsw cpn msw sho keyworker mate pal flatmate housemate cellmate workmate roommate
    ";
    /// Plurals of roles.
    RolePlural: "
        patients pts clients residents users husbands wifes sons daughters mothers mums dads fathers
        brothers nieces nephews aunts uncles granddaughters grandsons partners carers colleagues
        mentors hcas neighbours friends cousins nans grandmas grandmothers grandfathers granddads
        grandads supervisors twins babys sister-in-laws ladys gentlemans lads porters housekeepers
        physios students assessors gps interpreters cleaners models volunteers chaps girls
        boys fiances fiancés fiancées boyfriends girlfriends managers receptionists buddys
        nurses doctors learners apprentices twins lads
        preceptors tutors trainers mans womans sisters stepsons stepdaughters widows blokes
    ";
    /// Words after which a name is given.
    Label: "called named name nickname nicknamed aka surname forename christened nok known";
    /// Words that join a name to an act done with a person, and thanks.
    With: "by for of to with was thank thanked";
    /// Verbs with `to` or `with`, and acts done with people, in front of a name.
    WithPeople: "
        signed witnessed caring cared looked looking grateful thankful sat sit sitting spoke spoken
        talked listened sample bloods photo photograph picture details consent answered explained
        apologised said gave offered showed handed waved belonging thanks chatted shift lunch stayed
        walked helping feeding washing bathing reflection goals
    ";
    /// What people do and things do not, before or after a name.
    Speaking: "
        said told asked says smiled smiling laughed cried whispered shouted replied thanked grinned
        nodded sighed apologised joked sobbed winked giggled muttered swore wept loves hates likes
        reckons texted insisted wanted refused thinks believed suggested joked answered shrugged
        frowned complained promised reminded begged hummed sang snored winced grimaced
    ";
    /// What both people and things do.
    Act: "
        explained admitted agreed stays sat mentioned squeezed held lives kept let showed helped
        would didn't wasn't couldn't wouldn't doesn't saw rang has had
    ";
    /// Verbs whose object is a person and not a thing, and conjunctions before a name.
    ToPerson: "
        asked told thank reassured bathed hugged comforted fed thanked helped washed nursed visited
        met dressed shadowed rang said with for by to from when of about whether because while that
        and treated turned walked took lifted
    ";
    /// The verbs after which a single capitalised word is a name.
    ToPersonOnly: "
        asked told thank reassured bathed hugged comforted fed thanked helped washed nursed visited
        met dressed shadowed rang said
    ";
    /// What a person with a name does, and a ward or a town rarely.
    Does: "
        was is had has went came wanted wants needed needs liked likes hated felt looked seemed became
        started began stopped tried tries walks walked sits stood stands lay would could can did does
        might rang called phoned texted watched taught showed gave took made got put held helped checked
        signed observed wrote explained supervised works worked kept left returned agreed declined
        remembered forgot knew knows thought thinks died slept ate drank fell lived lives stayed
        complained moved asks asked said says told wasn't isn't didn't doesn't couldn't wouldn't hadn't
        hasn't won't who telephoned played noticed informed reported reassured handed explains
    ";
    /// What belongs to a person, after a possessive.
    Owned: "
        room bed notes chart arm leg legs wound wife husband family house home skin hand hands blood
        pressure breathing dressing story wishes face voice eyes medication tablets catheter daughter
        son mother father mum dad sister brother partner carer carers gp surgery glasses teeth hearing
        hair feet foot heel pain sats temperature bloods records consent permission name birthday
        funeral death care bag cup drink food meal tea question answer reply advice feedback help
        patience work words nurse curtain observations obs sacrum pulse back side shoulder chair frame
        slippers phone bell age diagnosis condition discharge plan own
    ";
    /// Capitalised words that are not names: first words of sentences, roles, organisations,
    /// scales, diseases, places.
    NotAName: include_str!("not_names.txt");
    /// Words that are not a surname, even after a title.
    NotASurname: "
        and or the a i is was in on men women he she they we it you google nobody right wrong but so
        then her his my who what
    ";
    /// What bears the name of its inventor or maker, and is no person.
    NamedThing: "
        forceps bandage bandages cannula catheter catheters pump tube needle clamp retractor airway chair
        drain fracture stage stages classification criteria formula equation bodies chorea contracture
        thyroiditis ulcer procedure manoeuvre stitch angle plane nurses grade hierarchy taxonomy
        pyramid cycles levels phases scales scores curve law laws effect tests models frameworks box
        monitor machine mattress hoist sling pen device ventilator frames splint collar boot boots
        dressings cream gel spray inhaler lecture prize medal award trust diet technique ratio
        rule rules breathing respiration reflective reflection case ruling judgment judgement inquiry enquiry report act oxford dementia
    ";
    /// Dishes that bear a name, before or after it.
    Dish: "
        sponge pudding tart soup salad cake pie biscuits potatoes russe sauce grey beef eggs apple peach
        ale stew cheese lettuce tea
    ";
    /// Words in small letters that follow a title or `miss` without being a name.
    UsualWord: "
        the her him his them you your any out anything something one two this that these those work
        doses dose meals breakfast lunch being having and my our their home things signs calls
        appointments patient patients diagnosis again when some more not because seeing going what
        how was had has nurse steps details most each every breaks training college shifts
        medication
    ";
    /// Words after the name of an author or inventor: scales, models, diseases.
    AuthorsThing: "
        scale score test syndrome disease model cycle palsy sign frame et position rule chart trial
        report grading type reflex index tool guidelines method theory reading mask dressing
        principle principles competence review recipe inquiry foundation university
    ";
    /// Things that are capitalised after `patient`.
    PatientThing: "
        safety experience passport advice liaison charter record records portal satisfaction group
        information leaflet led centred dignity flow transport line handling watch agreement journey
        contract pathway
    ";
    /// Words that say of the names in their sentence that they are invented.
    Invented: "
        pseudonym pseudonyms fictional fictitious simman manikin mannequin manikins mannequins alias
        imaginary simulated
    ";
    /// Words of a bibliographic reference.
    Printed: "
        pp edn ed vol journal press doi isbn oxford publishing london references publishers eds
        available accessed
    ";
    /// Words of names of organisations, places and things.
    Organisation: "
        group ltd limited society association academy institute centre center award scheme programme
        project system scale score standard standards ward unit suite hall lodge court clinic
        certificate record chart model cycle theory tool framework policy assessment form passport
        week hospital street road house college school university surgery hospice foundation fund
        trust law executive line therapy team council service services care support guidelines
        safeguards network forum practitioners practitioner universal slices wipes technique gel oil
        rooms groups protection multi fibre view infirmary committee review ulcers club charity company river bridge bay hill valley moor mandatory
        training protocol sepsis diabetes healthcare pharma scientific medical limited plc inc press
        books publishing times journal airport station square market stadium palace castle abbey cathedral
        church island county borough campus department directorate board nhs uk day week month year disease
        syndrome virus bacteria acid infection programme pathway strategy bill regulations
    ";
    /// Words before what a person is, not who.
    Determiner: "the a an our my her his their this that at of";
    /// Words after a name in names of files.
    FileNameTail: "
        wound consent chart photo notes scan before after bodymap obs leg foot letter review form
        dressing sacrum heel face lips
    ";
    /// Abbreviations that stand next to patients and are not initials.
    Abbreviation: "
        hca gp rn iv bp hr rr obs ecg icu itu hdu nhs dnr dnacpr cpr copd mi cva tia uti aki ot pt
        slt mdt ppe sbar abc aed gcs avpu id ok ng peg nbm prn po im sc tds bd od qds stat mrsa
        cdiff pe dvt vte tv uk usa rcn nmc cqc nice hse gdpr ksb epa cpd itp ap ed ae mau sau amu
        ccu dna dols imca lpa mca pals ni nok dob ct mri us bmi must ews news pews cap hap af ccf ld
        asd adhd ptsd ra ms hiv tb nkda cc ml mg kg cm am pm poc edd tto ttos cd cds hb wcc crp inr
        abg vbg msu csu led ac lo mn ss ta hd bm bms cbg bsl spo nvq rqf st td ha prp spf uv
    ";
    /// Words in front of initials.
    InitialsOwner: "
        patient pt client resident user initials lady gentleman patients clients son daughter
        colleague nok
    ";
    /// Months.
    Month: "
        january february march april may june july august september october november december jan
        feb mar apr jun jul aug sep sept oct nov dec
    ";
    /// Ordinal numbers of days.
    Ordinal: "
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
        fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth twenty
        thirty
    ";
    /// Days of the week.
    Weekday: "
        monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri
        sat sun
    ";
    /// Words at which an age of 90 or over can begin.
    Ninety: "ninety hundred centenarian";
    /// First words of the names of feasts.
    FeastBegin: "
        boxing christmas xmas good easter maundy shrove whit year's years valentine's valentines patrick's patricks
        george's andrew's bonfire burns twelfth pancake mother's mothers father's fathers mothering remembrance palm ascension
        armistice halloween hogmanay
    ";
    /// Words near a date of birth.
    Born: "born birth dob birthday birthdays";
    /// Words directly before a date of birth.
    Birth: "born birth dob birthday birthdate b birthdays borne";
    /// Words near a date of death.
    Died: "died death dead rip dod deceased passed breath";
    /// Words directly before a date of death.
    Death: "
        died death dead rip dod deceased passed breath lost d dies dying passing deathdate rosc
        verified pronounced expired
    ";
    /// What happens to people.
    Event: "
        fell fall falls admitted admission adm dc discharged discharge incident stroke diagnosed
        diagnosis operation surgery op attended collapsed arrest arrested deteriorated complaint
        complained reacted seizure overdose miscarried delivered procedure injected treated
        treatment appointment amputation amputated transferred presented attacked assaulted
        sectioned bled reaction accident crash injury injured transplant biopsy scan scanned relapse
        relapsed choked arrived moved seen visited readmitted session burned burnt scalded absconded
        missing found review reviewed slipped tripped heart had pulled burn alert safeguarding itu
        swelled swollen choking lost hurt tx'd started came went lasered peel consultation happened
    ";
    /// What happens to people only.
    Harm: "
        fell slipped choking choked collapsed seizure stroke overdose injury amputated diagnosed
        readmitted admitted miscarried arrest hives reaction verification
    ";
    /// Words for people in a sentence with a date.
    Person: "
        patient patients pt px he she his her him client client's patient's resident lady gentleman man
        woman daughter son wife husband mother father mum dad baby child user mr mrs ms miss wound
        relative girl boy teenager they nan gran grandad twins couple service admission hers niece
        nephew falls burn itu incident arrest
    ";
    /// Words that tell of a person: what texts about theories, laws and products have few of.
    Telling: "
        she he her him his hers patient pt px resident client su lady gentleman shift ward bed bay
        said told asked
    ";
    /// Things that have a date.
    DatedThing: "
        policy dated course training study certificate written guideline guidance published accessed
        retrieved expiry exp expires act standard version supervision college completed lecture
        workshop module assignment deadline submitted audit meeting webinar inspection induction
        tripartite targets began diwali christmas rules funding educator leaflet booked issued guidance report reports published assent inquiry statement code
        alert alerts regulation bulletin article journal magazine version software app update launch
        conference webinar quiz seminar e-learning module accreditation revalidation strike
        scheme campaign programme rollout audit audits leaflet booked issued reference updated conference competency competence batch lot opened
        calibrated serviced handed entry portfolio apprenticeship enrolled contract due rota holiday
        leave exam test mandatory tutor assessor observation launched regulations law edition
        legislation
    ";
    /// Words in front of numbers that identify things.
    NumberedThing: "
        isbn order lot batch cartridge ref invoice barcode serial model version sku timestamp mtime
        ctime suture catalogue asset ticket tracking parcel delivery job build doi export exported
        acct account receipt epoch unix started requisition docket po membership pin gtin part product item code
    ";
    /// Words around numbers of patients.
    OfPatient: "
        nhs patient patients pt wristband band obs chart record records hers his her label lady
        sample spine pds client resident notes she he swab bloods handover sheet bottle form ecg
        fluid specimen draft
    ";
    /// Services whose telephone numbers are public.
    PublicService: "
        helpline childline samaritans switchboard hotline public line advice charity service poster
        cqc council police nhs trust
    ";
    /// Names of hospital numbers in one word.
    HospitalLabel: "mrn mrns crn hospno casenote";
    /// First words of names of hospital numbers in two words.
    HospitalOwner: "
        hospital hosp pas unit note notes casenote case patient patient's client client's record
        emis systmone pt chart episode visit resident clinic lab specimen accession rio carenotes
        registration file account reg district
    ";
    /// Second words of names of hospital numbers.
    Number: "number no num id nr numbers nos ref reference";
    /// Words in a sentence with a hospital number.
    HospitalNear: "hospital pas mrn notes district reg episodes records tube wristband ids";
    /// Words in front of codes that look like postcodes.
    CodedThing: "
        lot batch ref code model serial part product exp cartridge catalogue version asset sku size
        needle criteria mapping linked criterion
    ";
    /// Last words of names of streets.
    Street: "
        lane road street close avenue drive way court crescent terrace rise row gardens grove hill
        place square mews wharf walk park view rd ave ln parade green croft fold ginnel wynd brow
        bank end yard quay passage meadow meadows crest vale dene cottages villas buildings mount
    ";
    /// Verbs in front of an address.
    Lives: "lives lived living";
    /// Words for a flat.
    Flat: "flat apartment apt";
    /// Labels of an address.
    Address: "address addr";
    /// Words for a ward.
    Ward: "ward w wd wing unit suite";
    /// Words for a bay.
    Bay: "bay";
    /// Words for a bed or a room.
    Bed: "bed room rm cubicle chair trolley b bedspace sideroom station cot pod";
    /// Words that say what kind of ward or home a place is, not which.
    GenericPlace: "
        medical surgical stroke elderly acute assessment admissions admission maternity children's
        rehabilitation rehab intensive high emergency day short stay observation critical coronary
        respiratory cardiac renal dementia orthopaedic trauma oncology paediatric neonatal labour isolation
        covid escalation virtual discharge female male general community intermediate palliative burns
        dialysis endoscopy frailty hyper vascular neurology gynaecology urology haematology cardiology
        gastroenterology geriatric mental psychiatric secure forensic eating nursing residential care
        rest sheltered supported extra best good advanced clinical nurse safe private reflective evidence
        current common professional teaching district local county royal cottage primary secondary
        business medical grammar infant junior special nursery sunday law full half old new same own
        another main upper lower top ground first second whole busy inpatient outpatient dependency
        minor injuries injury treatment ante postnatal antenatal delivery surge pathology x-ray imaging
        sleep pain memory falls diabetes foot wound leg chest heart lung breast eye ear skin dermatology
        rheumatology transplant spinal head neck
        our their each every any fracture genito urinary gynae sexual dental vaccination flu phlebotomy
        dressing leg ear hearing warfarin anticoagulation asthma smear travel antenatal drop walk
    ";
    /// Wards known by their abbreviation.
    WardAbbreviation: "ccu itu icu hdu mau amu sau majors resus nicu picu";
    /// Parts of a hospital or a home, which are not names of homes.
    PlaceWord: "ward bay bed room cubicle bedspace unit house flat sideroom";
    /// Numbers of wards and beds in words.
    SmallNumber: "one two three four five six seven eight nine ten eleven twelve
        thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty";
    /// What is counted after a number: `bed 12 hours`.
    Counted: "ft m cm mm feet metres hours hour days minutes week weeks month months year years times degrees mins hrs nights am pm patients beds";
    /// Words that make a person the only one.
    Only: "only first oldest youngest last tallest sole";
    /// Who can be the only one.
    KindOfPerson: "
        patient man woman person lady resident twin one people gentleman girl boy mother father
        family farmer teacher priest vicar player champion survivor couple year yr client nun doctor
        driver mayor councillor kid lad lass bloke child
    ";
    /// Where a person can be the only one.
    Region: "
        village town county country island street coast dale valley city home area region world
        parish school hospital trust borough league
    ";
}

/// The lists that a word is on, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lists(u128);

impl Lists {
    /// Lists of words at which a hospital number can begin.
    pub(super) const HOSPITAL: Self = Self::all(&[List::HospitalLabel, List::HospitalOwner]);
    /// Lists of words at which an address can begin.
    pub(super) const ADDRESS: Self = Self::all(&[List::Flat, List::Lives, List::Address]);
    /// Lists of words at which a date can begin.
    pub(super) const DATE: Self = Self::all(&[List::Month, List::Ordinal, List::FeastBegin]);
    /// Lists of words at which a place can begin.
    pub(super) const PLACE: Self = Self::all(&[
        List::Ward,
        List::Bay,
        List::Bed,
        List::WardAbbreviation,
        List::Only,
        List::Ninety,
    ]);
    /// Lists of words that can be next to a name.
    pub(super) const NAME: Self = Self::all(&[
        List::Title,
        List::Role,
        List::RolePlural,
        List::Label,
        List::Speaking,
        List::Does,
    ]);
    /// Lists of words that can be in front of a name.
    pub(super) const BEFORE_NAME: Self = Self::all(&[List::With, List::ToPerson]);
    /// Lists of words at which a match can begin whatever follows.
    pub(super) const STARTS: Self =
        Self(Self::HOSPITAL.0 | Self::ADDRESS.0 | Self::DATE.0 | Self::PLACE.0 | Self::NAME.0);

    const fn all(lists: &[List]) -> Self {
        let (mut bits, mut at) = (0_u128, 0);
        while at < lists.len() {
            bits |= 1 << lists[at] as u64;
            at += 1;
        }
        Self(bits)
    }

    /// Returns the lists that contain `word`, ignoring the case of ASCII letters.
    pub(super) fn of(word: &str) -> Self {
        Self::of_number(WordHash::of(word))
    }

    /// Returns the lists that contain the word with this number.
    pub(super) fn of_number(word: WordHash) -> Self {
        if !TABLE.may_have[word.kind()] {
            return Self::default();
        }
        TABLE.lists.get(&word).copied().unwrap_or_default()
    }

    /// Whether `list` is among them.
    pub(super) const fn has(self, list: List) -> bool {
        self.0 & (1 << list as u64) != 0
    }

    /// Whether one of `lists` is among them.
    pub(super) const fn has_any(self, lists: Self) -> bool {
        self.0 & lists.0 != 0
    }
}

/// The lists by word.
struct Table {
    lists: HashMap<WordHash, Lists, ByWordHash>,
    /// Whether a word of each kind is on a list. Most words are not, and need no look-up.
    may_have: Vec<bool>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        lists: HashMap::default(),
        may_have: vec![false; WordHash::KINDS],
    };
    for &(list, words) in LISTS {
        for word in words.split_whitespace() {
            let number = WordHash::of(word);
            table.may_have[number.kind()] = true;
            table.lists.entry(number).or_default().0 |= 1 << list as u64;
        }
    }
    table
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_on_the_lists_that_contain_them() {
        assert!(LISTS.len() <= 128, "one bit for each list");
        for &(list, words) in LISTS {
            assert_eq!(words, words.to_ascii_lowercase());
            for word in words.split_whitespace() {
                assert!(Lists::of(&word.to_ascii_uppercase()).has(list), "{word}");
                assert_eq!(Lists::of(&format!("{word}zzz")), Lists::default());
            }
        }
    }
}
