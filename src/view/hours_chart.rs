//! The chart of hours: a row for each month, filled squares for recorded hours, pale ones for hours planned beyond.

use super::listing::{Chart, ChartWord};
use crate::cover::HoursOfMonth;
use crate::text::month_in_words;

/// Pixels from one square to the next.
const STEP: usize = 14;

/// Pixels for the names of months.
const MARGIN: usize = 84;

/// The most squares in a row.
const MOST: usize = 24;

/// Hours that a square can represent.
const UNITS: [u32; 9] = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/// Shades of recorded hours and of planned hours beyond them.
const RECORDED: usize = 1;
const PLANNED: usize = 0;

/// The chart of `months`; `None` if no hours are recorded or planned.
pub(super) fn chart(months: &[HoursOfMonth]) -> Option<Chart> {
    let longest = months
        .iter()
        .map(|month| month.recorded.0.max(planned_minutes(month)))
        .max()
        .filter(|most| *most > 0)?;
    let unit = UNITS
        .into_iter()
        .find(|unit| count_squares(longest, *unit) <= MOST)?;
    let with_plan = months.iter().any(|month| month.planned.is_some());
    let beside = if with_plan {
        ", a pale one for hours that are planned beyond"
    } else {
        ""
    };
    let hours = if unit == 1 {
        "one hour".to_owned()
    } else {
        format!("{unit} hours")
    };
    let words_at = MARGIN + count_squares(longest, unit) * STEP;
    let mut chart = Chart {
        name: "Chart of the hours",
        label: format!(
            "A row for each month and a square for every {hours} off the job{beside}. The table below says the same."
        ),
        width: words_at + 150,
        height: months.len() * STEP,
        ..Chart::default()
    };
    for (row, month) in months.iter().enumerate() {
        add_month(&mut chart, month, unit, words_at, row * STEP);
    }
    Some(chart)
}

/// Planned minutes; 0 without a plan.
fn planned_minutes(month: &HoursOfMonth) -> u32 {
    month.planned.unwrap_or_default().0
}

fn count_squares(minutes: u32, unit: u32) -> usize {
    usize::try_from(minutes.div_ceil(unit * 60)).unwrap_or(0)
}

/// Adds the row of a month at `y`, with its figures at `words_at`.
fn add_month(chart: &mut Chart, month: &HoursOfMonth, unit: u32, words_at: usize, y: usize) {
    let name = month_in_words(month.end.year(), month.end.month());
    chart.words.push(ChartWord {
        x: 0,
        y: y + 10,
        text: format!("{} {}", name.get(..3).unwrap_or_default(), month.end.year()),
    });
    let recorded = count_squares(month.recorded.0, unit);
    for at in 0..recorded.max(count_squares(planned_minutes(month), unit)) {
        let shade = if at < recorded { RECORDED } else { PLANNED };
        chart.square(shade, MARGIN + at * STEP, y);
    }
    let text = match month.planned {
        Some(planned) => format!("{}, planned {planned}", month.recorded),
        None => month.recorded.to_string(),
    };
    chart.words.push(ChartWord {
        x: words_at + 4,
        y: y + 10,
        text,
    });
}
