//! The chart of pace: plan and progress as lines from the start to the planned end.

use jiff::civil::Date;

use super::listing::{Chart, ChartWord, Plot};
use super::rows::format_percent;
use super::scene::RenderContext;
use crate::cover::{days, month_ends, standing};
use crate::text::{in_words, month_in_words};

/// Pixels above and below the lines, and between them; site.css has the same.
const TOP: usize = 24;
const HEIGHT: usize = 220;

/// The criteria that are done and planned on a day.
#[derive(Clone, Copy, Debug)]
struct Point {
    on: Date,
    complete: usize,
    expected: usize,
}

/// The chart; `None` without a start and a planned end, or before the start.
pub(super) fn chart(scene: &RenderContext<'_>) -> Option<Chart> {
    let (portfolio, coverage) = (scene.portfolio, scene.coverage);
    let settings = &portfolio.settings;
    let (start, end) = (settings.start?, settings.planned_end?);
    let mut of = 0;
    let mut point = |on: Date| {
        let progress = standing(portfolio, coverage, None, on)?;
        of = progress.of;
        Some(Point {
            on,
            complete: progress.complete,
            expected: progress.expected,
        })
    };
    let past: Vec<Point> = month_ends(start, coverage.as_of)
        .into_iter()
        .filter_map(&mut point)
        .collect();
    let plan: Vec<Point> = month_ends(start, end)
        .into_iter()
        .filter_map(point)
        .collect();
    draw(start, &past, &plan, of)
}

/// Draws the progress in `past` and the plan, each sorted by day; both begin with nothing at
/// `start`.
fn draw(start: Date, past: &[Point], plan: &[Point], of: usize) -> Option<Chart> {
    let (now, end) = (past.last()?, plan.last()?);
    let last = now.on.max(end.on);
    let length = span(start, last).max(1);
    let x = |on: Date| format_percent(span(start, on), length);
    let line = |points: &[Point], value: &dyn Fn(&Point) -> usize| {
        let step = |point: &Point| {
            let x = span(start, point.on) * 1000 / length;
            let y = 1000 - value(point).min(of) * 1000 / of.max(1);
            format!("L{x} {y}")
        };
        let begin = std::iter::once("M0 1000".to_owned());
        begin.chain(points.iter().map(step)).collect::<String>()
    };
    Some(Chart {
        bars: Vec::new(),
        plot: Some(Plot {
            label: describe(past, now, end, of),
            plan: line(plan, &|point| point.expected),
            actual: line(past, &|point| point.complete),
            today: x(now.on),
            words: label_lines(start, now, end, of),
        }),
    })
}

/// The labels of the axes and of the ends of both lines.
fn label_lines(start: Date, now: &Point, end: &Point, of: usize) -> Vec<ChartWord> {
    let last = now.on.max(end.on);
    let length = span(start, last).max(1);
    let x = |on: Date| format_percent(span(start, on), length);
    let height = |value: usize| TOP + HEIGHT - value.min(of) * HEIGHT / of.max(1);
    let axis = |x: String, y, anchor, text| ChartWord {
        x,
        y,
        anchor,
        is_axis: true,
        text,
    };
    let label = |on, y, text| ChartWord {
        x: x(on),
        y,
        anchor: if span(start, on) * 2 > length {
            "end"
        } else {
            "start"
        },
        is_axis: false,
        text,
    };
    let below = TOP + HEIGHT + 20;
    let mut words = vec![
        axis("0".to_owned(), TOP - 8, "start", format!("{of} codes")),
        axis("0".to_owned(), below, "start", name_month(start)),
        axis("100".to_owned(), below, "end", name_month(last)),
        label(
            end.on,
            height(end.expected).max(TOP) - 8,
            format!("Plan: {}", end.expected),
        ),
        label(
            now.on,
            height(now.complete) + 22,
            format!("Now: {}", now.complete),
        ),
    ];
    if now.on < end.on {
        let planned = format!("Planned: {}", now.expected);
        words.push(label(
            now.on,
            height(now.expected).max(TOP + 16) - 10,
            planned,
        ));
    }
    words
}

/// The most months that the description lists.
const LISTED: usize = 36;

fn describe(past: &[Point], now: &Point, end: &Point, of: usize) -> String {
    let listed = past.iter().skip(past.len().saturating_sub(LISTED));
    let months: Vec<String> = listed
        .map(|point| {
            let month = name_month(point.on);
            format!("{month} {} of {} planned", point.complete, point.expected)
        })
        .collect();
    format!(
        "Criteria ready or accepted, against the plan. On {}: {} of {of}, {} planned. \
         The plan ends in {} with {}. By month: {}.",
        in_words(now.on),
        now.complete,
        now.expected,
        name_month(end.on),
        end.expected,
        months.join("; ")
    )
}

fn name_month(on: Date) -> String {
    month_in_words(on.year(), on.month())
}

/// Days from `start` to `on`; 0 if `on` is earlier.
fn span(start: Date, on: Date) -> usize {
    usize::try_from(days(start, on)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn point(on: Date, complete: usize, expected: usize) -> Point {
        Point {
            on,
            complete,
            expected,
        }
    }

    #[test]
    fn lines_are_to_scale_and_labelled_at_their_ends() {
        let past = [point(date(2026, 1, 11), 2, 5)];
        let plan = [past[0], point(date(2026, 1, 21), 2, 10)];
        let chart = draw(date(2026, 1, 1), &past, &plan, 10).unwrap_or_default();
        let plot = chart.plot.unwrap_or_default();
        assert_eq!(plot.actual, "M0 1000L500 800");
        assert_eq!(plot.plan, "M0 1000L500 500L1000 0");
        assert_eq!(plot.today, "50.00");
        let ends: Vec<_> = plot.words.iter().filter(|word| !word.is_axis).collect();
        assert_eq!(
            (ends[0].text.as_str(), ends[0].x.as_str(), ends[0].anchor),
            ("Plan: 10", "100.00", "end")
        );
        assert_eq!((ends[1].text.as_str(), ends[1].anchor), ("Now: 2", "start"));
        assert!(
            plot.label
                .contains("On 11 January 2026: 2 of 10, 5 planned."),
            "{}",
            plot.label
        );
    }

    #[test]
    fn a_portfolio_without_criteria_or_beyond_its_end_is_drawn() {
        let past = [point(date(2026, 3, 1), 0, 0)];
        let plan = [point(date(2026, 2, 1), 0, 0)];
        let plot = draw(date(2026, 1, 1), &past, &plan, 0).and_then(|chart| chart.plot);
        let actual = plot.map(|plot| plot.actual);
        assert_eq!(actual.as_deref(), Some("M0 1000L1000 1000"));
        assert!(draw(date(2026, 1, 1), &[], &plan, 0).is_none());
    }
}
