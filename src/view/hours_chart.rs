//! The chart of hours: a bar for each month and one for all, to scale, each with its target.

use super::listing::{Chart, ChartBar};
use super::rows::format_percent;
use crate::cover::{HoursOfMonth, Required};
use crate::model::{Known, Minutes};
use crate::text::month_in_words;

/// The chart of `months`; `None` if no hours are recorded or planned. `required` is left out where
/// the audience may not compare with it.
pub(super) fn chart(months: &[HoursOfMonth], required: Option<&Required>) -> Option<Chart> {
    let longest = months
        .iter()
        .map(|month| month.recorded.max(month.planned.unwrap_or_default()))
        .max()
        .filter(|most| most.0 > 0)?;
    let total = months
        .last()
        .map(|month| build_total(month.recorded_so_far, required));
    let each = months.iter().map(|month| {
        let name = month_in_words(month.end.year(), month.end.month());
        let short = name.get(..3).unwrap_or_default();
        let name = format!("{short} {}", month.end.year());
        build_bar(name, month.recorded, month.planned, longest)
    });
    Some(Chart {
        bars: total.into_iter().chain(each).collect(),
        plot: None,
    })
}

/// The bar of all hours, whose target is the required number or, if that is unknown, the minimum.
fn build_total(recorded: Minutes, required: Option<&Required>) -> ChartBar {
    let target = required.and_then(|required| match required.hours {
        Known::Known(hours) => Some(hours),
        Known::Unknown => Some(required.at_least).filter(|hours| *hours > 0),
    });
    let minimum = required.is_some_and(|required| required.hours == Known::Unknown);
    let target = target.map(|hours| Minutes(hours.saturating_mul(60)));
    let longest = recorded.max(target.unwrap_or_default());
    let mut bar = build_bar("All".to_owned(), recorded, target, longest);
    if let Some(target) = target.filter(|_| minimum) {
        bar.figures = format!("{recorded} of at least {target}");
    }
    ChartBar {
        is_total: true,
        ..bar
    }
}

fn build_bar(
    name: String,
    recorded: Minutes,
    target: Option<Minutes>,
    longest: Minutes,
) -> ChartBar {
    let place = |minutes: Minutes| format_percent(minutes.0 as usize, longest.0 as usize);
    let (whole, name_of_whole) = match target.filter(|target| target.0 > 0) {
        Some(target) => (target, "the target"),
        None => (longest, "the longest bar"),
    };
    let percent = u64::from(recorded.0) * 100 / u64::from(whole.0.max(1));
    ChartBar {
        name,
        width: place(recorded),
        target: target.map_or_else(String::new, place),
        figures: match target {
            Some(target) => format!("{recorded} of {target}"),
            None => recorded.to_string(),
        },
        share: format!("{percent}% of {name_of_whole}"),
        is_total: false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn month(recorded: u32, planned: Option<u32>) -> HoursOfMonth {
        HoursOfMonth {
            end: date(2026, 3, 31),
            recorded: Minutes(recorded),
            planned: planned.map(Minutes),
            recorded_so_far: Minutes(recorded),
            planned_so_far: planned.map(Minutes),
        }
    }

    #[test]
    fn bars_are_to_scale_and_say_their_figures() {
        let months = [month(330, Some(1200)), month(90, None)];
        let chart = chart(&months, None).unwrap_or_default();
        let bars: Vec<_> = chart.bars.iter().skip(1).collect();
        assert_eq!(
            (bars[0].width.as_str(), bars[0].target.as_str()),
            ("27.50", "100.00")
        );
        assert_eq!(
            (bars[1].width.as_str(), bars[1].target.as_str()),
            ("7.50", "")
        );
        let words = bars
            .iter()
            .map(|bar| (bar.figures.as_str(), bar.share.as_str()));
        assert_eq!(
            words.collect::<Vec<_>>(),
            [
                ("5.5 of 20", "27% of the target"),
                ("1.5", "7% of the longest bar")
            ]
        );
        assert!(super::chart(&[month(0, None)], None).is_none());
    }

    #[test]
    fn the_total_has_the_required_hours_as_target() {
        let required = |hours, at_least| Required {
            hours,
            at_least,
            too_low: None,
            why: String::new(),
            how: "",
        };
        let total = |required: &Required| {
            let chart = chart(&[month(600, None)], Some(required)).unwrap_or_default();
            chart.bars.into_iter().next()
        };
        let known = total(&required(Known::Known(40), 0)).map(|bar| (bar.width, bar.figures));
        assert_eq!(known, Some(("25.00".to_owned(), "10 of 40".to_owned())));
        let minimum = total(&required(Known::Unknown, 20)).map(|bar| bar.figures);
        assert_eq!(minimum.as_deref(), Some("10 of at least 20"));
        let unknown = total(&required(Known::Unknown, 0)).map(|bar| (bar.target, bar.figures));
        assert_eq!(unknown, Some((String::new(), "10".to_owned())));
    }
}
