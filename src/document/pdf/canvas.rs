//! The content of a page, drawn without a pen: texts, pictures and filled areas with their places.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::font::{Font, number_of};
use super::geometry::{Matrix, Rectangle};
use super::library::{Content, Dictionary, Document, Object, Operation, Stream, name_of};
use super::resources::{colour_of, find, is_plain_space};
use super::shown::{Area, Fragment, PageColour};
use super::stream::{self, resolve};
use crate::document::carried::Contents;

/// Forms in forms.
const DEEPEST: usize = 12;

/// The most operators of a document, those of forms each time they are shown.
pub(super) const MOST_OPERATORS: usize = 4_000_000;

#[derive(Clone)]
struct DrawingState<'a> {
    matrix: Matrix,
    clip: Rectangle,
    font: Option<Rc<Font<'a>>>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    mode: i64,
    colour: Option<PageColour>,
    /// Whether the colour space of fills counts in grey, RGB or CMYK.
    is_plain_space: bool,
    is_opaque: bool,
}

/// The content of a page as it is drawn.
pub(super) struct Canvas<'a, 'b> {
    document: &'a Document,
    carried: &'b mut Contents,
    left: &'b mut usize,
    state: DrawingState<'a>,
    stack: Vec<DrawingState<'a>>,
    text: Matrix,
    line: Matrix,
    /// The rectangles of the path, and whether it has other lines.
    path: Vec<Rectangle>,
    points: Vec<(f64, f64)>,
    is_curved: bool,
    clips: bool,
    fonts: BTreeMap<Vec<u8>, Rc<Font<'a>>>,
    depth: usize,
    pub(super) fragments: Vec<Fragment>,
    pub(super) areas: Vec<Area>,
    /// Whether some content was not read.
    pub(super) is_partial: bool,
}

impl<'a, 'b> Canvas<'a, 'b> {
    pub(super) fn new(
        document: &'a Document,
        carried: &'b mut Contents,
        left: &'b mut usize,
    ) -> Self {
        Self {
            document,
            carried,
            left,
            state: DrawingState {
                matrix: Matrix::IDENTITY,
                clip: Rectangle::EVERYTHING,
                font: None,
                size: 0.0,
                spacing: 0.0,
                word_spacing: 0.0,
                scale: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
                colour: Some([0.0; 3]),
                is_plain_space: true,
                is_opaque: true,
            },
            stack: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            path: Vec::new(),
            points: Vec::new(),
            is_curved: false,
            clips: false,
            fonts: BTreeMap::new(),
            depth: 0,
            fragments: Vec::new(),
            areas: Vec::new(),
            is_partial: false,
        }
    }

    /// Draws content with its resources, the nearest first.
    pub(super) fn draw(&mut self, content: &[u8], resources: &[&'a Dictionary]) {
        let Ok(content) = Content::decode(content) else {
            self.is_partial = true;
            return;
        };
        for operation in &content.operations {
            if *self.left == 0 {
                self.is_partial = true;
                return;
            }
            *self.left -= 1;
            self.perform(operation, resources);
        }
    }

    fn perform(&mut self, operation: &Operation, resources: &[&'a Dictionary]) {
        let operands = operation.operands.as_slice();
        let numbers: Vec<f64> = operands.iter().filter_map(number_of).collect();
        match (operation.operator.as_str(), numbers.as_slice()) {
            ("q", _) if self.stack.len() < 512 => self.stack.push(self.state.clone()),
            ("Q", _) => {
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            ("cm", six) => {
                if let Some(matrix) = Matrix::from_numbers(six) {
                    self.state.matrix = matrix.then(self.state.matrix);
                }
            }
            ("Do", _) => self.show_object(operands, resources),
            ("BI", _) => {
                for stream in operands.iter().filter_map(|one| one.as_stream().ok()) {
                    self.show_picture(stream);
                }
            }
            ("gs", _) => self.set_state(operands, resources),
            ("sh", _) => {
                let place = self.state.clip;
                self.add_area(place, None, false);
            }
            ("BT", _) => {
                self.text = Matrix::IDENTITY;
                self.line = Matrix::IDENTITY;
            }
            (operator, numbers) => {
                if !self.perform_text(operator, operands, numbers, resources)
                    && !self.perform_path(operator, numbers)
                {
                    self.perform_colour(operator, operands, numbers, resources);
                }
            }
        }
    }

    /// Performs an operator of text; false if it is none.
    fn perform_text(
        &mut self,
        operator: &str,
        operands: &[Object],
        numbers: &[f64],
        resources: &[&'a Dictionary],
    ) -> bool {
        match (operator, numbers) {
            ("Tf", &[.., size]) => {
                self.state.size = size;
                self.state.font = self.find_font(operands, resources);
            }
            ("Tc", &[spacing]) => self.state.spacing = spacing,
            ("Tw", &[spacing]) => self.state.word_spacing = spacing,
            ("Tz", &[percent]) => self.state.scale = percent / 100.0,
            ("TL", &[leading]) => self.state.leading = leading,
            ("Ts", &[rise]) => self.state.rise = rise,
            ("Tr", _) => {
                let mode = operands.first().and_then(|mode| mode.as_i64().ok());
                self.state.mode = mode.unwrap_or(0);
            }
            ("Td", &[x, y]) => self.move_line(x, y),
            ("TD", &[x, y]) => {
                self.state.leading = -y;
                self.move_line(x, y);
            }
            ("Tm", six) => {
                self.line = Matrix::from_numbers(six).unwrap_or(self.line);
                self.text = self.line;
            }
            ("T*", _) => self.move_line(0.0, -self.state.leading),
            ("Tj", _) => self.show_strings(operands),
            ("'", _) => {
                self.move_line(0.0, -self.state.leading);
                self.show_strings(operands);
            }
            ("\"", _) => {
                if let &[word, letter, ..] = numbers {
                    self.state.word_spacing = word;
                    self.state.spacing = letter;
                }
                self.move_line(0.0, -self.state.leading);
                self.show_strings(operands);
            }
            ("TJ", _) => {
                if let Some(Object::Array(parts)) = operands.first() {
                    self.show_strings(parts);
                }
            }
            _ => return false,
        }
        true
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.line);
        self.text = self.line;
    }

    /// Shows strings; numbers between them move the place.
    fn show_strings(&mut self, parts: &[Object]) {
        for part in parts {
            match part {
                Object::String(codes, _) => self.show_string(codes),
                other => {
                    if let Some(number) = number_of(other) {
                        let shift = -number / 1000.0 * self.state.size * self.state.scale;
                        self.text = Matrix([1.0, 0.0, 0.0, 1.0, shift, 0.0]).then(self.text);
                    }
                }
            }
        }
    }

    fn show_string(&mut self, codes: &[u8]) {
        let state = &self.state;
        let (text, (width, count, spaces)) = match &state.font {
            Some(font) => (font.decode(codes), font.measure(codes)),
            // Half the size for each letter.
            None => (None, (0.5, 1.0, 0.0)),
        };
        let advance = (width * state.size + count * state.spacing + spaces * state.word_spacing)
            * state.scale;
        let whole = self.text.then(state.matrix);
        let raised = Rectangle {
            left: 0.0,
            right: advance,
            bottom: state.rise,
            top: state.rise + state.size * 0.7,
        };
        self.fragments.push(Fragment {
            text,
            place: whole.apply_to(raised),
            start: whole.apply(0.0, 0.0),
            end: whole.apply(advance, 0.0),
            size: whole.height() * state.size.abs(),
            colour: state.colour.filter(|_| matches!(state.mode, 0 | 4)),
            is_inkless: matches!(state.mode, 3 | 7),
            clip: state.clip,
            order: self.fragments.len() + self.areas.len(),
        });
        self.text = Matrix([1.0, 0.0, 0.0, 1.0, advance, 0.0]).then(self.text);
    }

    fn find_font(
        &mut self,
        operands: &[Object],
        resources: &[&'a Dictionary],
    ) -> Option<Rc<Font<'a>>> {
        let name = operands.first()?.as_name().ok()?;
        // A form may use a name of its own for another font.
        let mut key = self.depth.to_be_bytes().to_vec();
        key.extend(name);
        if self.depth == 0
            && let Some(known) = self.fonts.get(&key)
        {
            return Some(Rc::clone(known));
        }
        let font = find(b"Font", name, resources, self.document)?
            .as_dict()
            .ok()?;
        let font = Rc::new(Font::new(font, self.document));
        self.fonts.insert(key, Rc::clone(&font));
        Some(font)
    }

    /// Performs an operator of a path; false if it is none.
    fn perform_path(&mut self, operator: &str, numbers: &[f64]) -> bool {
        match (operator, numbers) {
            ("re", &[x, y, width, height]) => {
                let corners = [(x, y), (x + width, y + height)];
                let place = self.state.matrix.apply_to(Rectangle::around(corners));
                self.path.push(place);
            }
            ("m" | "l", &[x, y]) => self.points.push(self.state.matrix.apply(x, y)),
            ("c" | "v" | "y", points) => {
                self.is_curved = true;
                for pair in points.chunks_exact(2) {
                    self.points.push(self.state.matrix.apply(pair[0], pair[1]));
                }
            }
            ("W" | "W*", _) => self.clips = true,
            ("f" | "F" | "f*" | "B" | "B*" | "b" | "b*", _) => {
                self.fill();
                self.end_path();
            }
            ("n" | "S" | "s", _) => self.end_path(),
            ("h", _) => {}
            _ => return false,
        }
        true
    }

    fn fill(&mut self) {
        let colour = self.state.colour;
        let whole = Rectangle::around(self.points.iter().copied());
        // Four corners of a rectangle that is not turned.
        let is_box = !self.is_curved
            && (4..=5).contains(&self.points.len())
            && self.points.iter().all(|&(x, y)| {
                let at = |one: f64, other: f64| (one - other).abs() < 0.01;
                (at(x, whole.left) || at(x, whole.right))
                    && (at(y, whole.bottom) || at(y, whole.top))
            });
        let is_opaque = self.state.is_opaque;
        for place in std::mem::take(&mut self.path) {
            self.add_area(place, colour, is_opaque);
        }
        if !self.points.is_empty() {
            self.add_area(whole, colour.filter(|_| is_box), is_opaque && is_box);
        }
    }

    fn add_area(&mut self, place: Rectangle, colour: Option<PageColour>, is_opaque: bool) {
        self.areas.push(Area {
            place: place.intersection(self.state.clip),
            colour: colour.filter(|_| self.state.is_opaque),
            is_opaque,
            is_picture: false,
            clip: self.state.clip,
            order: self.fragments.len() + self.areas.len(),
        });
    }

    fn end_path(&mut self) {
        if std::mem::take(&mut self.clips) {
            let corners = self
                .path
                .iter()
                .flat_map(|place| [(place.left, place.bottom), (place.right, place.top)]);
            let whole = Rectangle::around(corners.chain(self.points.iter().copied()));
            if whole.left <= whole.right {
                self.state.clip = self.state.clip.intersection(whole);
            }
        }
        self.path.clear();
        self.points.clear();
        self.is_curved = false;
    }

    fn perform_colour(
        &mut self,
        operator: &str,
        operands: &[Object],
        numbers: &[f64],
        resources: &[&'a Dictionary],
    ) {
        match operator {
            "g" | "rg" | "k" => {
                self.state.is_plain_space = true;
                self.state.colour = colour_of(numbers);
            }
            "cs" => {
                self.state.is_plain_space = is_plain_space(operands, resources, self.document);
                self.state.colour = Some([0.0; 3]).filter(|_| self.state.is_plain_space);
            }
            "sc" | "scn" => {
                let is_known = self.state.is_plain_space && numbers.len() == operands.len();
                self.state.colour = if is_known { colour_of(numbers) } else { None };
            }
            _ => {}
        }
    }

    fn set_state(&mut self, operands: &[Object], resources: &[&'a Dictionary]) {
        let name = operands.first().and_then(|name| name.as_name().ok());
        let found = name.and_then(|name| find(b"ExtGState", name, resources, self.document));
        let Some(settings) = found.and_then(|found| found.as_dict().ok()) else {
            return;
        };
        let get = |key: &[u8]| settings.get_deref(key, self.document).ok();
        if let Some(alpha) = get(b"ca").and_then(number_of) {
            self.state.is_opaque = alpha >= 0.99;
        }
        let blends = |mode: &Object| {
            mode.as_name()
                .is_ok_and(|name| name != b"Normal" && name != b"Compatible")
        };
        let masks = |mask: &Object| mask.as_dict().is_ok();
        if get(b"BM").is_some_and(blends) || get(b"SMask").is_some_and(masks) {
            self.state.is_opaque = false;
        }
        if let Some([font, size]) = get(b"Font")
            .and_then(|font| font.as_array().ok())
            .map(Vec::as_slice)
        {
            self.state.size = number_of(size).unwrap_or(self.state.size);
            let font = resolve(font, self.document).as_dict().ok();
            self.state.font = font.map(|font| Rc::new(Font::new(font, self.document)));
        }
    }

    /// Shows a picture, or draws a form.
    fn show_object(&mut self, operands: &[Object], resources: &[&'a Dictionary]) {
        let name = operands.first().and_then(|name| name.as_name().ok());
        let found = name.and_then(|name| find(b"XObject", name, resources, self.document));
        let Some(stream) = found.and_then(|found| found.as_stream().ok()) else {
            return;
        };
        if name_of(&stream.dict, b"Subtype") == b"Form" {
            self.draw_form(stream, resources);
        } else {
            self.show_picture(stream);
        }
    }

    fn show_picture(&mut self, stream: &Stream) {
        let has = |long: &[u8], short: &[u8]| stream.dict.has(long) || stream.dict.has(short);
        let is_masked =
            has(b"SMask", b"SMask") || has(b"Mask", b"Mask") || has(b"ImageMask", b"IM");
        // Inline pictures are in no list of objects.
        if stream.dict.has(b"F") || !stream.dict.has(b"Subtype") {
            stream::read_picture(stream, self.document, self.carried);
        }
        let place = self.state.matrix.apply_to(Rectangle::UNIT);
        self.areas.push(Area {
            place,
            colour: None,
            is_opaque: self.state.is_opaque && !is_masked,
            is_picture: true,
            clip: self.state.clip,
            order: self.fragments.len() + self.areas.len(),
        });
    }

    /// Draws a form at the place where it is shown.
    pub(super) fn draw_form(&mut self, form: &'a Stream, resources: &[&'a Dictionary]) {
        if self.depth >= DEEPEST {
            self.is_partial = true;
            return;
        }
        let Ok(content) = stream::unpack(form, self.document) else {
            self.is_partial = true;
            return;
        };
        let numbers = |key: &[u8]| -> Vec<f64> {
            let list = form
                .dict
                .get_deref(key, self.document)
                .and_then(Object::as_array);
            let list = list.map(Vec::as_slice).unwrap_or_default();
            list.iter()
                .filter_map(|one| number_of(resolve(one, self.document)))
                .collect()
        };
        let (matrix, bounds) = (numbers(b"Matrix"), numbers(b"BBox"));
        let saved = (self.state.clone(), self.text, self.line);
        let stack = std::mem::take(&mut self.stack);
        if let Some(matrix) = Matrix::from_numbers(&matrix) {
            self.state.matrix = matrix.then(self.state.matrix);
        }
        if let Some(inside) = Rectangle::from_numbers(&bounds) {
            let inside = self.state.matrix.apply_to(inside);
            self.state.clip = self.state.clip.intersection(inside);
        }
        let own = form
            .dict
            .get_deref(b"Resources", self.document)
            .and_then(Object::as_dict);
        let all: Vec<&Dictionary> = own
            .ok()
            .into_iter()
            .chain(resources.iter().copied())
            .collect();
        self.depth += 1;
        self.draw(&content, &all);
        self.depth -= 1;
        (self.state, self.text, self.line) = saved;
        self.stack = stack;
    }
}
