//! Places on a page.

/// A transformation: `[a b c d e f]` of the format.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// The transformation of six numbers.
    pub(super) fn from_numbers(numbers: &[f64]) -> Option<Self> {
        numbers.try_into().ok().map(Self)
    }

    /// This transformation, and then the other.
    pub(super) fn then(self, other: Self) -> Self {
        let (one, two) = (self.0, other.0);
        Self([
            one[0] * two[0] + one[1] * two[2],
            one[0] * two[1] + one[1] * two[3],
            one[2] * two[0] + one[3] * two[2],
            one[2] * two[1] + one[3] * two[3],
            one[4] * two[0] + one[5] * two[2] + two[4],
            one[4] * two[1] + one[5] * two[3] + two[5],
        ])
    }

    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let all = self.0;
        (
            all[0] * x + all[2] * y + all[4],
            all[1] * x + all[3] * y + all[5],
        )
    }

    /// The length of the upright unit.
    pub(super) fn height(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    /// The rectangle around a transformed one.
    pub(super) fn apply_to(self, place: Rectangle) -> Rectangle {
        let corners = [
            self.apply(place.left, place.bottom),
            self.apply(place.right, place.bottom),
            self.apply(place.left, place.top),
            self.apply(place.right, place.top),
        ];
        Rectangle::around(corners)
    }
}

/// A rectangle with its sides in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rectangle {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

impl Rectangle {
    pub(super) const EVERYTHING: Self = Self {
        left: -1e9,
        bottom: -1e9,
        right: 1e9,
        top: 1e9,
    };

    pub(super) const UNIT: Self = Self {
        left: 0.0,
        bottom: 0.0,
        right: 1.0,
        top: 1.0,
    };

    /// The rectangle with two opposite corners.
    pub(super) fn from_numbers(numbers: &[f64]) -> Option<Self> {
        let &[left, bottom, right, top] = numbers else {
            return None;
        };
        Some(Self::around([(left, bottom), (right, top)]))
    }

    pub(super) fn around(points: impl IntoIterator<Item = (f64, f64)>) -> Self {
        let start = Self {
            left: f64::INFINITY,
            bottom: f64::INFINITY,
            right: f64::NEG_INFINITY,
            top: f64::NEG_INFINITY,
        };
        points.into_iter().fold(start, |all, (x, y)| Self {
            left: all.left.min(x),
            bottom: all.bottom.min(y),
            right: all.right.max(x),
            top: all.top.max(y),
        })
    }

    pub(super) fn area(self) -> f64 {
        (self.right - self.left).max(0.0) * (self.top - self.bottom).max(0.0)
    }

    pub(super) fn intersection(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }

    /// Whether at least nine tenths of the other are in this one.
    pub(super) fn covers(self, other: Self) -> bool {
        other.area() > 0.0 && self.intersection(other).area() >= 0.9 * other.area()
    }

    pub(super) fn has(self, (x, y): (f64, f64)) -> bool {
        x >= self.left && x <= self.right && y >= self.bottom && y <= self.top
    }

    pub(super) fn centre(self) -> (f64, f64) {
        (
            f64::midpoint(self.left, self.right),
            f64::midpoint(self.bottom, self.top),
        )
    }
}
