//! The places of shapes on a slide: outside it, or under another shape.

use super::facts::OfficeFacts;
use crate::document::carried::{ContentKind, Contents};
use crate::document::xml::{Element, Step};

/// A rectangle: left, top, right, bottom.
type Sides = [f64; 4];

/// A shape, from the back to the front.
#[derive(Clone, Debug, Default)]
struct SlideShape {
    place: Option<Sides>,
    /// Whether it is turned, so that its place is not known.
    is_turned: bool,
    has_content: bool,
    /// Whether its own fill hides what is behind it; `None` if it says nothing.
    fill: Option<bool>,
    /// Whether its style fills it.
    has_style_fill: bool,
}

impl SlideShape {
    fn is_opaque(&self) -> bool {
        !self.is_turned && self.fill.unwrap_or(self.has_style_fill)
    }
}

/// The measures of an element `xfrm`.
#[derive(Clone, Copy, Debug, Default)]
struct ShapeFrame {
    offset: (f64, f64),
    extent: (f64, f64),
    inner_offset: (f64, f64),
    inner_extent: (f64, f64),
}

/// The shapes of one slide.
pub(super) struct Slide {
    size: (f64, f64),
    frame: ShapeFrame,
    /// The shapes that are open, the outermost first.
    open: Vec<SlideShape>,
    groups: Vec<ShapeFrame>,
    shapes: Vec<SlideShape>,
}

impl Slide {
    /// `None` if the part is no slide, or the size of slides is unknown.
    #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^52")]
    pub(super) fn new(root: &str, facts: &OfficeFacts) -> Option<Self> {
        let (width, height) = facts.page.filter(|_| root == "sld")?;
        Some(Self {
            size: (width as f64, height as f64),
            frame: ShapeFrame::default(),
            open: Vec::new(),
            groups: Vec::new(),
            shapes: Vec::new(),
        })
    }

    pub(super) fn step(&mut self, step: Step<'_>, around: &[Element]) {
        match step {
            Step::Open(element) => self.open(element, around),
            Step::Text(text) => {
                let is_word = around.last().is_some_and(|one| one.name == "t");
                if let Some(shape) = self.open.last_mut().filter(|_| is_word) {
                    shape.has_content |= !text.trim().is_empty();
                }
            }
            Step::Close(element) => self.close(element, around),
            Step::Aside(_) => {}
        }
    }

    fn open(&mut self, element: &Element, around: &[Element]) {
        let parent = around.last().map_or("", |one| one.name.as_str());
        let pair = |one: &str, other: &str| {
            let number = |key: &str| element.get(key).and_then(|value| value.parse::<f64>().ok());
            number(one).zip(number(other)).unwrap_or_default()
        };
        match element.name.as_str() {
            "sp" | "pic" | "graphicFrame" | "cxnSp" => {
                let is_picture = element.name == "pic";
                self.open.push(SlideShape {
                    has_content: is_picture || element.name == "graphicFrame",
                    fill: is_picture.then_some(true),
                    ..SlideShape::default()
                });
            }
            "grpSp" => self.groups.push(ShapeFrame::default()),
            "xfrm" => {
                self.frame = ShapeFrame::default();
                if let Some(shape) = self.open.last_mut() {
                    shape.is_turned = element.get("rot").is_some_and(|turn| turn != "0");
                }
            }
            "off" if parent == "xfrm" => self.frame.offset = pair("x", "y"),
            "ext" if parent == "xfrm" => self.frame.extent = pair("cx", "cy"),
            "chOff" => self.frame.inner_offset = pair("x", "y"),
            "chExt" => self.frame.inner_extent = pair("cx", "cy"),
            _ => self.read_fill(element, around, parent),
        }
    }

    fn read_fill(&mut self, element: &Element, around: &[Element], parent: &str) {
        let Some(shape) = self.open.last_mut() else {
            return;
        };
        match element.name.as_str() {
            "solidFill" | "gradFill" | "pattFill" | "blipFill" if parent == "spPr" => {
                shape.fill = Some(true);
            }
            "noFill" if parent == "spPr" => shape.fill = Some(false),
            "fillRef" => shape.has_style_fill = element.get("idx").is_some_and(|idx| idx != "0"),
            "alpha" | "alphaModFix" => {
                let key = if element.name == "alpha" {
                    "val"
                } else {
                    "amt"
                };
                let is_whole = element.get(key).is_none_or(|share| share == "100000");
                let is_fill = around
                    .iter()
                    .any(|one| matches!(one.name.as_str(), "spPr" | "blipFill"))
                    && !around.iter().any(|one| one.name == "ln");
                if !is_whole && is_fill {
                    shape.fill = Some(false);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, element: &Element, around: &[Element]) {
        match element.name.as_str() {
            "xfrm" => {
                let parent = around.last().map_or("", |one| one.name.as_str());
                if parent == "grpSpPr" {
                    if let Some(group) = self.groups.last_mut() {
                        *group = self.frame;
                    }
                } else if let Some(shape) = self.open.last_mut() {
                    shape.place = Some(place_in(&self.groups, &self.frame));
                }
            }
            "grpSp" => drop(self.groups.pop()),
            "sp" | "pic" | "graphicFrame" | "cxnSp" => self.shapes.extend(self.open.pop()),
            _ => {}
        }
    }

    /// Records shapes that do not show.
    pub(super) fn finish(self, carried: &mut Contents) {
        for (number, shape) in self.shapes.iter().enumerate() {
            let Some(place) = shape
                .place
                .filter(|_| shape.has_content && !shape.is_turned)
            else {
                continue;
            };
            let [left, top, right, bottom] = place;
            let is_outside =
                right <= 0.0 || bottom <= 0.0 || left >= self.size.0 || top >= self.size.1;
            let mut above = self.shapes[number + 1..].iter();
            if is_outside {
                carried.note(ContentKind::OffPage);
            } else if above
                .any(|one| one.is_opaque() && one.place.is_some_and(|over| covers(over, place)))
            {
                carried.note(ContentKind::Covered);
            }
        }
    }
}

/// The place of a shape on the slide. Groups scale what is in them.
fn place_in(groups: &[ShapeFrame], frame: &ShapeFrame) -> Sides {
    let (mut left, mut top) = frame.offset;
    let (mut right, mut bottom) = (left + frame.extent.0, top + frame.extent.1);
    for group in groups.iter().rev() {
        let scale = |inner: f64, outer: f64| if inner > 0.0 { outer / inner } else { 1.0 };
        let across = scale(group.inner_extent.0, group.extent.0);
        let down = scale(group.inner_extent.1, group.extent.1);
        let x = |at: f64| group.offset.0 + (at - group.inner_offset.0) * across;
        let y = |at: f64| group.offset.1 + (at - group.inner_offset.1) * down;
        (left, right, top, bottom) = (x(left), x(right), y(top), y(bottom));
    }
    [left, top, right, bottom]
}

/// Whether a rectangle hides at least nine tenths of another.
fn covers(over: Sides, under: Sides) -> bool {
    let across = over[2].min(under[2]) - over[0].max(under[0]);
    let down = over[3].min(under[3]) - over[1].max(under[1]);
    let area = (under[2] - under[0]) * (under[3] - under[1]);
    across > 0.0 && down > 0.0 && area > 0.0 && across * down >= 0.9 * area
}
