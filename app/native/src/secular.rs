//! Eigenvalues and eigenvectors of a diagonal matrix to which one of rank one was added: diag(poles) + z·zᵀ / inverse.
//!
//! The eigenvalues are the roots of the secular equation inverse + Σ z²ⱼ / (poleⱼ − λ) = 0, one right of each pole (Cuppen
//! 1981). Each is found as its distance from the nearer pole, by steps of Gragg's third order within a bracket (Borges and
//! Gragg 1993); eight neighbours are sought at once, one in each lane. The vectors are those of the z for which the roots
//! found are exact (Gu and Eisenstat 1994): orthogonal to rounding however close the roots.

use pulp::{Arch, Simd, WithSimd};

pub const LANES: usize = 8;

type Lanes = [f64; LANES];

/// More steps than any root takes: of a bracket halved so often nothing is left.
const MOST_STEPS: usize = 80;

/// Beside the distance to the nearer pole, a step of Newton's whose square is below rounding: it is the last. Of the other
/// steps, which are differences of large numbers between poles that are close, a small one says nothing.
const LAST_STEP: f64 = 1e-8;

/// Σ z² / (pole − λ) and the same with the second and third power, and the sum of the sizes of the first.
struct Sums {
    first: Lanes,
    second: Lanes,
    third: Lanes,
    size: Lanes,
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, lane: usize, square: f64, over: f64) {
        let term = square * over;
        self.first[lane] += term;
        self.size[lane] += term.abs();
        self.second[lane] += term * over;
        self.third[lane] += term * over * over;
    }
}

/// 1 / each, by one division, which takes as long as ten products. Distances between poles and roots are far from vanishing
/// when four are multiplied: terms that would make them so were deflated.
#[inline(always)]
fn inverses([a, b, c, d]: [f64; 4]) -> [f64; 4] {
    let (ab, cd) = (a * b, c * d);
    let over = 1.0 / (ab * cd);
    let (over_ab, over_cd) = (over * cd, over * ab);
    [over_ab * b, over_ab * a, over_cd * d, over_cd * c]
}

/// What is solved: poles ascending and apart, as many squares of z, none of them 0; inverse > 0.
#[derive(Clone, Copy)]
pub struct Secular<'a> {
    pub poles: &'a [f64],
    pub squares: &'a [f64],
    pub inverse: f64,
}

/// How wide the rows of `gaps` are: as many lanes as there are poles, filled up.
pub fn padded(count: usize) -> usize {
    count.next_multiple_of(LANES)
}

impl Secular<'_> {
    /// The roots, ascending. `gaps` (poles × padded roots, row by row) takes poleⱼ − rootᵢ, each to its last digits.
    pub fn solve(self, roots: &mut [f64], gaps: &mut [f64]) {
        Arch::new().dispatch(Solve { equation: self, roots, gaps });
    }

    #[inline(always)]
    fn solve_all(self, roots: &mut [f64], gaps: &mut [f64]) {
        let width = padded(self.poles.len());
        for first in (0..self.poles.len()).step_by(LANES) {
            let (origin, from_origin) = self.roots_from(first);
            for (lane, root) in roots[first..].iter_mut().take(LANES).enumerate() {
                *root = origin[lane] + from_origin[lane];
            }
            for (pole, row) in self.poles.iter().zip(gaps.chunks_exact_mut(width)) {
                let row: &mut Lanes = (&mut row[first..first + LANES]).try_into().expect("the width is padded");
                for lane in 0..LANES {
                    row[lane] = (pole - origin[lane]) - from_origin[lane];
                }
            }
        }
    }

    /// Of eight roots from `first` on (the last one again where they run out): the pole each is measured from, and how far.
    #[inline(always)]
    fn roots_from(&self, first: usize) -> (Lanes, Lanes) {
        let mut search = self.search_from(first);
        let mut done = [false; LANES];
        for _ in 0..MOST_STEPS {
            let at = self.sums(&search.origin, &search.distance);
            search.step(self.inverse, &at, &mut done);
            if done.iter().all(|lane| *lane) {
                break;
            }
        }
        (search.origin, search.distance)
    }

    /// Where these are looked for, and a first guess: in the half between two poles in which the sum changes its sign, by
    /// the two terms beside it and the others as they are in the middle.
    #[inline(always)]
    fn search_from(&self, first: usize) -> Search {
        let last = self.poles.len() - 1;
        let reach = self.squares.iter().sum::<f64>() / self.inverse;
        let mut search = Search::default();
        let (mut squares, mut halves) = ([(0.0, 0.0); LANES], [0.0; LANES]);
        for lane in 0..LANES {
            let at = (first + lane).min(last);
            search.is_last[lane] = at == last;
            search.left[lane] = self.poles[at];
            search.right[lane] = if at == last { self.poles[at] + reach } else { self.poles[at + 1] };
            squares[lane] = (self.squares[at], if at == last { 0.0 } else { self.squares[at + 1] });
            halves[lane] = 0.5 * if at == last { reach } else { search.right[lane] - search.left[lane] };
        }
        search.origin = search.left;
        let middle = self.sums(&search.origin, &halves);
        for lane in 0..LANES {
            let (half, (s, t)) = (halves[lane], squares[lane]);
            let width = 2.0 * half;
            let value = self.inverse + middle.first[lane];
            let rest = value + s / half - t / half;
            let (low, high, guess) = if search.is_last[lane] {
                let (low, high) = if value >= 0.0 { (0.0, half) } else { (half, width) };
                (low, high, s / rest)
            } else if value >= 0.0 {
                let (a, b) = (rest * width + s + t, s * width);
                (0.0, half, smaller_root(rest, a, b))
            } else {
                search.origin[lane] = search.right[lane];
                let (a, b) = (rest * width - s - t, t * width);
                (-half, 0.0, smaller_root(rest, -a, -b))
            };
            (search.low[lane], search.high[lane]) = (low, high);
            search.distance[lane] = within(guess, low, high);
        }
        search
    }

    /// The sums at origin + distance.
    #[inline(always)]
    fn sums(&self, origin: &Lanes, distance: &Lanes) -> Sums {
        let zeros = [0.0; LANES];
        let mut at = Sums { first: zeros, second: zeros, third: zeros, size: zeros };
        let (fours, rest) = self.poles.as_chunks::<4>();
        let (squares, last) = self.squares.as_chunks::<4>();
        for (poles, squares) in fours.iter().zip(squares) {
            for lane in 0..LANES {
                let over = inverses(poles.map(|pole| (pole - origin[lane]) - distance[lane]));
                for (square, over) in squares.iter().zip(over) {
                    at.add(lane, *square, over);
                }
            }
        }
        for (pole, square) in rest.iter().zip(last) {
            for lane in 0..LANES {
                at.add(lane, *square, 1.0 / ((pole - origin[lane]) - distance[lane]));
            }
        }
        at
    }
}

/// Eight roots that are looked for: each between two poles, measured from one of them, within a bracket.
#[derive(Default)]
struct Search {
    left: Lanes,
    right: Lanes,
    is_last: [bool; LANES],
    origin: Lanes,
    low: Lanes,
    high: Lanes,
    distance: Lanes,
}

impl Search {
    /// A step of each that is not done, from the sums where they are.
    #[inline(always)]
    fn step(&mut self, inverse: f64, at: &Sums, done: &mut [bool; LANES]) {
        for lane in 0..LANES {
            let from = self.distance[lane];
            let value = inverse + at.first[lane];
            let slope = at.second[lane];
            let error = f64::EPSILON * (8.0 * (at.size[lane] + inverse) + from.abs() * slope);
            if value < 0.0 { self.low[lane] = from } else { self.high[lane] = from }
            let to_left = (self.left[lane] - self.origin[lane]) - from;
            let to_right = (self.right[lane] - self.origin[lane]) - from;
            // A constant and both nearest poles, weighed to have the same value, slope and curvature here.
            let weight = to_left * (at.third[lane] * to_right - slope) / (to_right - to_left);
            let rest = value - weight * to_left - (slope - weight) * to_right;
            let sum = (to_left + to_right) * value - to_left * to_right * slope;
            let between = smaller_root(rest, sum, to_left * to_right * value);
            // Above the last root there is no pole: a constant and the one below it.
            let alone = to_left * value / (value - to_left * slope);
            let interpolated = if self.is_last[lane] { alone } else { between };
            let newton = -value / slope;
            let is_near = newton.abs() <= LAST_STEP * to_left.abs().min(to_right.abs());
            let goes_wrong = value * interpolated >= 0.0;
            let (low, high) = (self.low[lane], self.high[lane]);
            let next = if is_near {
                (from + newton).max(low).min(high)
            } else {
                within(from + if goes_wrong { newton } else { interpolated }, low, high)
            };
            let settled = done[lane] || value.abs() <= error;
            self.distance[lane] = if settled { from } else { next };
            done[lane] = settled || is_near;
        }
    }
}

/// The root (b − √(b² − 4·a·c)) / 2a of a·x² − b·x + c, without cancellation.
#[inline(always)]
fn smaller_root(a: f64, b: f64, c: f64) -> f64 {
    let root = (b * b - 4.0 * a * c).abs().sqrt();
    if b > 0.0 {
        2.0 * c / (b + root)
    } else {
        (b - root) / (2.0 * a)
    }
}

/// A step's end, or the middle of the bracket where it leaves it.
#[inline(always)]
fn within(to: f64, low: f64, high: f64) -> f64 {
    if to > low && to < high {
        to
    } else {
        0.5 * (low + high)
    }
}

struct Solve<'a> {
    equation: Secular<'a>,
    roots: &'a mut [f64],
    gaps: &'a mut [f64],
}

impl WithSimd for Solve<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        self.equation.solve_all(self.roots, self.gaps);
    }
}

struct Turn<'a> {
    poles: &'a [f64],
    z: &'a [f64],
    gaps: &'a [f64],
    rows: &'a [usize],
    vectors: &'a mut [f64],
}

/// The eigenvectors, in columns of `vectors` (poles × padded roots, row by row; pole j in row `rows[j]`), of norm 1.
/// `z` gives the signs; `gaps` is what `solve` found.
pub fn turned(poles: &[f64], z: &[f64], gaps: &[f64], rows: &[usize], vectors: &mut [f64]) {
    Arch::new().dispatch(Turn { poles, z, gaps, rows, vectors });
}

impl WithSimd for Turn<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { poles, z, gaps, rows, vectors } = self;
        let count = poles.len();
        let width = padded(count);
        let values: Vec<f64> = (0..count)
            .map(|j| square_of(poles, &gaps[j * width..][..width], j).abs().sqrt().copysign(z[j]))
            .collect();
        let mut norms = vec![0.0; width];
        let mut out = |j: usize, at: usize, value: f64| {
            vectors[rows[j] * width + at] = value;
            norms[at] += value * value;
        };
        let whole = count - count % 4;
        for j in (0..whole).step_by(4) {
            let [a, b, c, d]: [&[f64]; 4] = std::array::from_fn(|k| &gaps[(j + k) * width..][..width]);
            for at in 0..width {
                let over = inverses([a[at], b[at], c[at], d[at]]);
                for k in 0..4 {
                    out(j + k, at, values[j + k] * over[k]);
                }
            }
        }
        for j in whole..count {
            for at in 0..width {
                out(j, at, values[j] / gaps[j * width + at]);
            }
        }
        norms.iter_mut().for_each(|norm| *norm = 1.0 / norm.sqrt());
        for row in vectors.chunks_exact_mut(width).take(count) {
            for (value, factor) in row.iter_mut().zip(&norms) {
                *value *= factor;
            }
        }
    }
}

/// The square of the z of pole j for which the roots found are exact. Four factors are multiplied before a quotient is taken.
#[inline(always)]
fn square_of(poles: &[f64], gaps: &[f64], j: usize) -> f64 {
    let (count, pole) = (poles.len(), poles[j]);
    let mut products = [1.0; LANES];
    let own = j - j % LANES;
    let (mut above, mut below, mut taken) = ([1.0; LANES], [1.0; LANES], 0);
    for first in (0..count).step_by(LANES) {
        if first != own && first + LANES <= count {
            let gaps: &Lanes = gaps[first..first + LANES].try_into().expect("eight");
            let others: &Lanes = poles[first..first + LANES].try_into().expect("eight");
            for lane in 0..LANES {
                above[lane] *= gaps[lane];
                below[lane] *= pole - others[lane];
            }
            taken += 1;
            if taken == 4 {
                for lane in 0..LANES {
                    products[lane] *= above[lane] / below[lane];
                }
                (above, below, taken) = ([1.0; LANES], [1.0; LANES], 0);
            }
        } else {
            for at in first..count.min(first + LANES) {
                products[at - first] *= if at == j { -gaps[at] } else { gaps[at] / (pole - poles[at]) };
            }
        }
    }
    for lane in 0..LANES {
        products[lane] *= above[lane] / below[lane];
    }
    products.iter().product()
}
