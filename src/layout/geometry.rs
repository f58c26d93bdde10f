//! Points, rectangles and curves.

/// A point; x grows to the right, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A rectangle along the axes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// Its left upper corner.
    pub corner: Point,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// A curve of cubic pieces, drawn from where one reads to where the arrow points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Curve {
    /// Where it begins.
    pub start: Point,
    /// Each piece: two control points and its end.
    pub pieces: Vec<[Point; 3]>,
}

impl Area {
    /// Its middle.
    #[must_use]
    pub fn middle(&self) -> Point {
        Point { x: self.corner.x + self.width / 2.0, y: self.corner.y + self.height / 2.0 }
    }

    /// The rectangle of a size around a point.
    #[must_use]
    pub fn around(middle: Point, width: f64, height: f64) -> Self {
        let corner = Point { x: middle.x - width / 2.0, y: middle.y - height / 2.0 };
        Self { corner, width, height }
    }

    /// Mirrored at the diagonal.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { corner: self.corner.turned(), width: self.height, height: self.width }
    }

    /// Moved by a vector.
    #[must_use]
    pub fn moved(self, by: Point) -> Self {
        Self { corner: self.corner.moved(by), ..self }
    }
}

impl Point {
    /// Mirrored at the diagonal.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { x: self.y, y: self.x }
    }

    /// Moved by a vector.
    #[must_use]
    pub fn moved(self, by: Self) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y }
    }
}

impl Curve {
    /// The same curve with every point changed.
    #[must_use]
    pub fn map(mut self, change: impl Fn(Point) -> Point) -> Self {
        self.start = change(self.start);
        for point in self.pieces.iter_mut().flatten() {
            *point = change(*point);
        }
        self
    }

    /// The same curve from its end to its start.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let mut ends: Vec<Point> = vec![self.start];
        ends.extend(self.pieces.iter().map(|piece| piece[2]));
        let pieces = self.pieces.iter().enumerate().rev();
        let pieces = pieces.map(|(at, [first, second, _])| [*second, *first, ends[at]]);
        Self { start: self.end(), pieces: pieces.collect() }
    }

    /// Where it ends.
    #[must_use]
    pub fn end(&self) -> Point {
        self.pieces.last().map_or(self.start, |piece| piece[2])
    }
}
