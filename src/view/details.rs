//! Values that belong to the type of an entry.

use serde::Serialize;

use super::scene::RenderContext;
use crate::model::{Assignment, Entry};

/// A named value.
#[derive(Clone, Debug, Serialize)]
pub struct Detail {
    pub name: &'static str,
    pub value: String,
}

/// The details of an entry that have a value.
pub(super) fn list_details(scene: &RenderContext<'_>, entry: &Entry) -> Vec<Detail> {
    let mut details = Vec::new();
    let mut add = |name: &'static str, value: Option<String>| {
        details.extend(
            value
                .filter(|value| !value.is_empty())
                .map(|value| Detail { name, value }),
        );
    };
    if let Some(witness) = &entry.front_matter.witness {
        add("Witness", witness.role.clone());
        add("Organisation", witness.organisation.clone());
        add("Relationship", witness.relationship.clone());
    }
    if let Some(practice) = &entry.front_matter.practice {
        add("Treatment", practice.treatment.clone());
        add("Area", practice.area.clone());
        add("Device", practice.device.clone());
        add(
            "Depth",
            practice
                .depth_mm
                .as_ref()
                .map(|depth| format!("{depth} mm")),
        );
        add("Batch numbers", Some(practice.batch_numbers.join(", ")));
        add("Adverse reactions", practice.adverse_reactions.clone());
        add(
            "Outcome measures",
            Some(practice.outcome_measures.join("; ")),
        );
    }
    if let Some(cpd) = &entry.front_matter.cpd {
        add("Activity", cpd.activity.clone());
        add("Provider", cpd.provider.clone());
        add("Influence on practice", cpd.influence_on_practice.clone());
    }
    if let Some(work) = &entry.front_matter.assignment {
        add("Unit", work.unit.clone());
        let work = if scene.disclosure.feedback {
            work.as_ref()
        } else {
            &Assignment::default()
        };
        add("Mark", work.mark_percent.map(|mark| format!("{mark} %")));
        add("Attempt", work.attempt.map(|attempt| attempt.to_string()));
    }
    let off = if entry.front_matter.off_the_job {
        " (off the job)"
    } else {
        ""
    };
    let hours = entry.front_matter.hours.filter(|_| scene.disclosure.states);
    add("Hours", hours.map(|hours| format!("{hours}{off}")));
    details
}
