//! The type of evidence that a document calls itself.

use crate::model::EntryType;

/// Words by which people name documents that are no reflections.
const NAMES: [(&str, EntryType); 15] = [
    ("witness testimony", EntryType::WitnessTestimony),
    ("witness statement", EntryType::WitnessTestimony),
    ("professional discussion", EntryType::ProfessionalDiscussion),
    ("case study", EntryType::CaseStudy),
    ("observation record", EntryType::Observation),
    ("observation report", EntryType::Observation),
    ("direct observation", EntryType::Observation),
    ("cpd", EntryType::Cpd),
    ("continuing professional development", EntryType::Cpd),
    ("off the job", EntryType::Cpd),
    ("otj", EntryType::Cpd),
    ("otjt", EntryType::Cpd),
    ("training log", EntryType::Cpd),
    ("study day", EntryType::Cpd),
    ("assignment", EntryType::Assignment),
];

/// The type that a title or the name of a file names; `None` if it names none.
#[must_use]
pub fn find_named_type(title: &str) -> Option<EntryType> {
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let title = format!(" {} ", words.join(" "));
    let named = NAMES
        .iter()
        .find(|(name, _)| title.contains(&format!(" {name} ")));
    named.map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_a_type_by_whole_words() {
        for (title, kind) in [
            ("WITNESS TESTIMONY", Some(EntryType::WitnessTestimony)),
            ("in/OTJ_log-March.docx", Some(EntryType::Cpd)),
            ("Off-the-job training", Some(EntryType::Cpd)),
            ("Unit 3 assignment", Some(EntryType::Assignment)),
            ("My cpds", None),
            ("Observations practice", None),
            ("Pain without words", None),
        ] {
            assert_eq!(find_named_type(title), kind, "{title}");
        }
    }
}
