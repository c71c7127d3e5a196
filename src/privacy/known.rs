//! Words that decide whether a word beside them is a name.

/// Words in front of names.
pub const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "mx", "dr", "sister", "nurse", "professor", "prof", "rev", "reverend", "lady",
    "lord", "sir", "matron", "doctor", "father", "canon", "captain", "cllr", "councillor", "auntie", "aunty",
    "uncle",
];

/// Titles that stand in front of a name also in small letters.
pub const PLAIN_TITLES: &[&str] = &["mr", "mrs"];

/// Who a person is to the writer or to the patient. A name often stands beside these.
pub const ROLES: &[&str] = &[
    "patient", "pt", "client", "resident", "user", "husband", "wife", "son", "daughter", "mother", "mum",
    "dad", "father", "brother", "niece", "nephew", "aunt", "uncle", "granddaughter", "grandson", "partner",
    "carer", "colleague", "mentor", "hca", "neighbour", "friend", "cousin", "nan", "grandma", "grandmother",
    "grandfather", "granddad", "grandad", "supervisor", "twin", "baby", "sister-in-law", "lady", "gentleman",
    "lad", "porter", "housekeeper", "physio", "student", "assessor", "gp", "interpreter", "cleaner",
    "carer's", "model", "volunteer", "chap", "girl", "boy", "fiance", "fiancé", "fiancée", "boyfriend",
    "girlfriend", "manager", "receptionist", "buddy", "preceptor", "tutor", "trainer", "man", "woman",
    "sister", "stepson", "stepdaughter", "widow", "bloke",
];

/// Words between a role and its name.
pub const LINKS: &[&str] = &["called", "named", "is", "was"];

/// Words after which a name is given.
pub const NAMED: &[&str] =
    &["called", "named", "name", "nickname", "aka", "surname", "forename", "christened", "nok"];

/// What people do and things do not, in front of a name or behind it.
pub const SAID: &[&str] = &[
    "said", "told", "asked", "says", "smiled", "smiling", "laughed", "cried", "whispered", "shouted",
    "replied", "thanked", "grinned", "nodded", "sighed", "apologised", "joked", "sobbed", "winked",
    "giggled", "muttered", "swore", "wept", "loves", "hates", "likes", "reckons", "texted", "insisted",
    "wanted", "refused",
];

/// What people do, and things do too.
pub const ACTS: &[&str] = &[
    "explained", "admitted", "agreed", "stays", "sat", "mentioned", "squeezed", "held", "lives", "kept",
    "let", "showed", "helped", "would", "didn't", "wasn't", "couldn't", "wouldn't", "doesn't", "saw", "rang",
    "has", "had",
];

/// What one does to people, and not to things, in front of a name.
pub const TO: &[&str] = &[
    "asked", "told", "thank", "reassured", "bathed", "hugged", "comforted", "fed", "thanked", "helped",
    "washed", "nursed", "visited", "met", "dressed", "shadowed", "rang", "said", "with", "for", "by", "to",
    "from", "when", "of", "about", "whether", "because", "while", "that", "and", "treated", "turned",
    "walked", "took", "lifted",
];

/// Words with a capital that are no names: the first words of sentences, roles, organisations, scales, diseases, places.
pub const NO_NAMES: &[&str] = &[
    "i", "i'm", "i've", "i'd", "i'll", "the", "a", "an", "he", "she", "it", "we", "you", "they", "this",
    "that", "these", "those", "there", "here", "my", "his", "her", "our", "your", "their", "its", "who",
    "what", "when", "where", "why", "how", "which", "if", "but", "and", "or", "so", "then", "as", "at", "on",
    "in", "of", "to", "for", "by", "with", "from", "after", "before", "during", "while", "because",
    "although", "however", "not", "no", "yes", "all", "some", "any", "each", "every", "both", "none", "one",
    "two", "three", "four", "many", "most", "nobody", "somebody", "everybody", "everyone", "someone",
    "anyone", "nothing", "something", "staff", "doctor", "doctors", "nurse", "nurses", "sister", "matron",
    "consultant", "physio", "patient", "patients", "client", "clients", "resident", "carer", "family", "mum",
    "dad", "mother", "father", "ward", "bay", "bed", "room", "hospital", "clinic", "gp", "hca", "management",
    "manager", "practitioner", "assistant", "associate", "specialist", "educator", "led", "charge",
    "practice", "health", "care", "community", "district", "mental", "capacity", "act", "code", "data",
    "protection", "duty", "level", "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "christmas", "easter", "gibbs", "kolb", "driscoll", "johns", "schön", "schon",
    "rolfe", "borton", "atkins", "murphy", "boud", "maslow", "benner", "waterlow", "braden", "glasgow",
    "abbey", "bristol", "parkinson's", "parkinson", "alzheimer's", "alzheimer", "crohn's", "bell's",
    "addison's", "cushing's", "hodgkin's", "tourette's", "down's", "down", "huntington's", "korsakoff",
    "korsakoff's", "raynaud's", "fitzpatrick", "allen's", "allen", "hoffman", "doppler", "zimmer", "barthel",
    "rockwood", "norton", "heimlich", "trendelenburg", "fowler's", "fowler", "venturi", "yankauer", "guedel",
    "swiss", "montgomery", "gillick", "fraser", "caldicott", "francis", "martha's", "oliver", "clive",
    "bolam", "england", "wales", "scotland", "ireland", "britain", "london", "english", "welsh", "scottish",
    "irish", "british", "french", "polish", "european", "union", "kingdom", "national", "royal", "college",
    "nursing", "council", "trust", "university", "red", "cross", "british", "google", "teams", "word",
    "excel", "datix", "emis", "systmone", "aquacel", "allevyn", "mepilex", "inadine", "cavilon", "clexane",
    "heparin", "fortisip", "ensure", "calpol", "paracetamol", "ibuprofen", "morphine", "oramorph", "botox",
    "dermapen", "sharpie", "velcro", "vaseline", "covid", "god", "bible", "mass", "mcdonald's", "tesco",
    "radio", "please", "thank", "thanks", "sorry", "hello", "hi", "ok", "okay", "note", "see", "table",
    "fig", "figure", "part", "unit", "section", "page", "chapter", "reflection", "description", "feelings",
    "evaluation", "analysis", "conclusion", "action", "plan", "outcome", "k", "s", "b", "ap", "dear", "well",
    "next", "last", "first", "today", "yesterday", "tomorrow", "tonight", "will", "can", "could", "should",
    "must", "do", "did", "does", "is", "was", "are", "were", "has", "have", "had", "being", "having",
    "looking", "reading", "writing", "good", "bad", "old", "new", "older", "other", "another", "more",
    "less", "only", "even", "still", "also", "once", "later", "now", "never", "always", "sometimes",
    "nobody's", "everybody's", "it's", "that's", "there's", "he's", "she's", "what's", "don't", "let's",
    "senior", "junior", "band", "bank", "agency", "night", "day", "team", "group", "service", "tutor",
    "trainer", "assessor", "supervisor", "mentor", "colleague", "student", "apprentice", "healthcare",
    "support", "worker", "friends", "relatives", "visitors", "people", "men", "women", "children", "mr",
    "mrs", "ms", "miss", "dr", "freedom", "house", "home", "street", "road", "lane", "park", "school",
    "church", "north", "south", "east", "west", "hello", "good", "morning", "afternoon", "evening",
    "beeton's", "nightingale", "seacole", "arden", "kay", "kipling's", "martens", "granger", "somerville",
    "tilbury", "jart", "earle", "pharmacy", "library", "mine", "switchboard", "portering", "theatre",
    "recovery", "outpatients", "reception", "security", "catering", "estates", "payroll", "occupational",
    "speech", "language", "therapist", "therapy", "radiology", "pathology", "phlebotomy", "admissions",
    "discharge", "example", "bloggs", "jasmine's", "choice", "campaign", "martha", "safeguarding",
    "infection", "prevention", "control", "chaplaincy", "dietetics", "microbiology", "haematology",
    "maternity", "paediatrics", "oncology", "cardiology", "hand", "hands", "mobile", "model",
];

/// Abbreviations that stand beside patients without being theirs.
pub const ABBREVIATIONS: &[&str] = &[
    "hca", "gp", "rn", "iv", "bp", "hr", "rr", "obs", "ecg", "icu", "itu", "hdu", "nhs", "dnr", "dnacpr",
    "cpr", "copd", "mi", "cva", "tia", "uti", "aki", "ot", "pt", "slt", "mdt", "ppe", "sbar", "abc", "aed",
    "gcs", "avpu", "id", "ok", "ng", "peg", "nbm", "prn", "po", "im", "sc", "tds", "bd", "od", "qds", "stat",
    "mrsa", "cdiff", "pe", "dvt", "vte", "tv", "uk", "usa", "rcn", "nmc", "cqc", "nice", "hse", "gdpr",
    "ksb", "epa", "cpd", "itp", "ap", "ed", "ae", "mau", "sau", "amu", "ccu", "dna", "dols", "imca", "lpa",
    "mca", "pals", "ni", "nok", "dob", "ct", "mri", "us", "bmi", "must", "ews", "news", "pews", "cap", "hap",
    "af", "ccf", "ld", "asd", "adhd", "ptsd", "ra", "ms", "hiv", "tb", "nkda", "cc", "ml", "mg", "kg", "cm",
    "am", "pm", "poc", "edd", "tto", "ttos", "cd", "cds", "hb", "wcc", "crp", "inr", "abg", "vbg", "msu",
    "csu", "led", "ac", "lo", "mn", "ss", "ta", "hd", "bm", "bms", "cbg", "bsl", "spo", "ews", "nvq", "rqf",
    "st", "td", "ha", "prp", "spf", "uv",
];

/// Words in front of initials.
pub const OWNERS: &[&str] = &[
    "patient", "pt", "client", "resident", "user", "initials", "lady", "gentleman", "patients", "clients",
    "son", "daughter", "colleague", "nok",
];

/// Of these, the ones after which a single capitalised word is a name.
pub const SURELY_TO: usize = 18;

/// First names that are common in the United Kingdom and are no words of English besides. Most are not in it, and need not
/// be: what stands beside a name tells more than the name.
pub const FIRST_NAMES: &[&str] = &[
    "aaliyah", "aaron", "abdul", "abigail", "adam", "adele", "adrian", "agnes", "ahmed", "aidan", "aisha",
    "alan", "alastair", "albert", "alex", "alexander", "alexandra", "alfie", "alfred", "ali", "alice",
    "alison", "alistair", "amanda", "amelia", "amina", "amir", "amy", "andrea", "andrew", "angela", "anika",
    "anita", "anna", "anne", "annie", "anthony", "antonio", "anwar", "archie", "arthur", "asha", "ashok",
    "audrey", "ava", "ayesha", "barbara", "barry", "beatrice", "ben", "benjamin", "bernard", "beryl", "beth",
    "bethany", "betty", "bev", "beverley", "brenda", "brian", "bridget", "bronwen", "callum", "cameron",
    "carl", "carla", "carmen", "caroline", "catherine", "cathy", "cecil", "chantelle", "chidi", "chloe",
    "chris", "christina", "christine", "christopher", "ciara", "claire", "clare", "clara", "clifford",
    "colin", "connor", "craig", "cyril", "daniel", "danielle", "daphne", "darren", "dave", "david",
    "deborah", "debbie", "deepak", "deirdre", "denise", "dennis", "derek", "diana", "diane", "donna",
    "doreen", "doris", "dorothy", "doug", "douglas", "dylan", "edith", "edna", "edward", "eileen", "elaine",
    "eleanor", "elena", "elias", "elizabeth", "ella", "ellen", "elliot", "elsie", "emily", "emma", "eric",
    "erin", "ernest", "ethan", "ethel", "eunice", "evelyn", "fatima", "fatou", "femi", "fiona", "florence",
    "freddie", "frederick", "freya", "gareth", "gary", "gavin", "gemma", "geoff", "geoffrey", "george",
    "georgia", "georgina", "gerald", "gerard", "gillian", "gladys", "glenn", "glenys", "gloria", "gordon",
    "graham", "grzegorz", "gwen", "hannah", "harold", "harriet", "harry", "hassan", "helen", "henry",
    "hilda", "howard", "hugh", "ian", "ibrahim", "imran", "ines", "irene", "isaac", "isabella", "isla",
    "ivan", "jackie", "jacob", "jacqueline", "jake", "jamal", "james", "jamie", "jan", "jane", "janet",
    "janice", "jason", "jayden", "jean", "jeff", "jennifer", "jenny", "jeremy", "jessica", "jill", "jim",
    "joan", "joanne", "joe", "joel", "john", "jonathan", "jordan", "jose", "joseph", "josephine", "joshua",
    "joyce", "judith", "judy", "julia", "julian", "julie", "kamal", "karen", "kasia", "kate", "katherine",
    "kathleen", "kathy", "katie", "kayleigh", "keith", "kelly", "kenneth", "kerry", "kevin", "khadija",
    "kieran", "kim", "kirsty", "kofi", "kwame", "kyle", "lakshmi", "laura", "lauren", "leanne", "leila",
    "leo", "leon", "lesley", "leslie", "lewis", "liam", "linda", "lisa", "logan", "lorna", "lorraine",
    "louise", "lucy", "luke", "lynn", "lynne", "maisie", "malcolm", "marcus", "margaret", "maria", "marian",
    "marie", "marion", "marjorie", "martin", "mary", "matthew", "maureen", "mavis", "megan", "mehmet", "mia",
    "michael", "michelle", "mildred", "mohamed", "mohammed", "moira", "mona", "monica", "morag", "muhammad",
    "muriel", "nadia", "nancy", "naomi", "natalie", "natasha", "neil", "ngozi", "niamh", "nicola", "nicole",
    "nigel", "noah", "noreen", "norma", "norman", "oliver", "olivia", "omar", "oscar", "owen", "paddy",
    "pamela", "patricia", "patrick", "paul", "paula", "pauline", "pawel", "peggy", "peter", "philip",
    "phillip", "phoebe", "phyllis", "piotr", "pooja", "priya", "rachel", "rahul", "raj", "ralph", "rashid",
    "raymond", "rebecca", "reggie", "reginald", "rhys", "richard", "rita", "robert", "roger", "ronald",
    "rosemary", "rowena", "roy", "rupert", "russell", "ruth", "ryan", "sabrina", "saira", "sally", "sam",
    "samantha", "samuel", "sandeep", "sandra", "sanjay", "sara", "sarah", "sean", "sebastian", "shannon",
    "shanice", "sharon", "sheila", "shirley", "sian", "simon", "siobhan", "sofia", "sophia", "sophie",
    "stacey", "stanley", "stella", "stephanie", "stephen", "steve", "steven", "stuart", "sunita", "susan",
    "suzanne", "sylvia", "tamara", "tanya", "tariq", "tracey", "tracy", "terence", "teresa", "theresa",
    "theo", "thelma", "thomas", "tim", "timothy", "tina", "toby", "tom", "tony", "tyler", "valerie", "vera",
    "vernon", "veronica", "vikram", "vincent", "vivian", "walter", "wendy", "wilfred", "william", "winifred",
    "yasmin", "yusuf", "yvonne", "zainab", "zara", "zofia", "zoe",
];

/// Verbs with "to", and what people do together, in front of a name.
pub const WITH_PEOPLE: &[&str] = &[
    "signed", "witnessed", "caring", "cared", "looked", "looking", "grateful", "thankful", "sat", "sit",
    "sitting", "spoke", "spoken", "talked", "listened", "sample", "bloods", "photo", "photograph", "picture",
    "details", "consent", "answered", "explained", "apologised", "said", "gave", "offered", "showed",
    "handed", "waved", "belonging", "thanks", "chatted", "shift", "lunch", "stayed", "walked", "helping",
    "feeding", "washing", "bathing", "reflection", "goals",
];
