//! Hours by month as a drawing: a row for each month, filled squares for what is recorded, pale ones for what is planned
//! beyond.

use super::listing::{Chart, ChartWord};
use super::month_in_words;
use crate::cover::HoursOfMonth;

/// Pixels from one square to the next, and for the names of months.
const STEP: usize = 14;
const MARGIN: usize = 84;

/// Squares in a row, at most.
const MOST: usize = 24;

/// Hours that a square can stand for.
const UNITS: [u32; 9] = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/// How heavy recorded hours are drawn, and those that are planned and not reached.
const RECORDED: usize = 1;
const PLANNED: usize = 0;

/// The drawing; nothing where there is nothing to draw.
pub fn chart(months: &[HoursOfMonth]) -> Option<Chart> {
    let planned = |month: &HoursOfMonth| month.planned.unwrap_or_default().0;
    let longest = months
        .iter()
        .map(|month| month.recorded.0.max(planned(month)))
        .max()
        .filter(|most| *most > 0)?;
    let squares =
        |minutes: u32, unit: u32| usize::try_from(minutes.div_ceil(unit * 60)).unwrap_or(0);
    let unit = UNITS
        .into_iter()
        .find(|unit| squares(longest, *unit) <= MOST)?;
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
    let widest = squares(longest, unit);
    let mut chart = Chart {
        name: "Chart of the hours",
        label: format!(
            "A row for each month and a square for every {hours} off the job{beside}. The table below says the same."
        ),
        width: MARGIN + widest * STEP + 150,
        height: months.len() * STEP,
        ..Chart::default()
    };
    for (row, month) in months.iter().enumerate() {
        let y = row * STEP;
        let name = month_in_words(month.end.year(), month.end.month());
        let short = format!("{} {}", name.get(..3).unwrap_or_default(), month.end.year());
        chart.words.push(ChartWord {
            x: 0,
            y: y + 10,
            text: short,
        });
        let (filled, whole) = (
            squares(month.recorded.0, unit),
            squares(planned(month), unit),
        );
        for at in 0..filled.max(whole) {
            chart.square(
                if at < filled { RECORDED } else { PLANNED },
                MARGIN + at * STEP,
                y,
            );
        }
        let words = match month.planned {
            Some(planned) => format!("{}, planned {planned}", month.recorded),
            None => month.recorded.to_string(),
        };
        chart.words.push(ChartWord {
            x: MARGIN + widest * STEP + 4,
            y: y + 10,
            text: words,
        });
    }
    Some(chart)
}
