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

/// Beside the distance to the nearer pole, a step whose third power is below rounding, and one whose square is.
const SMALL_CUBIC_STEP: f64 = 1e-6;
const SMALL_STEP: f64 = 1e-9;

/// Σ z² / (pole − λ) and the same with the second and third power, and the sum of the sizes of the first.
struct Sums {
    first: Lanes,
    second: Lanes,
    third: Lanes,
    size: Lanes,
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
        let last = self.poles.len() - 1;
        let mut left = [0.0; LANES];
        let mut right = [0.0; LANES];
        let mut left_square = [0.0; LANES];
        let mut right_square = [0.0; LANES];
        let mut is_last = [false; LANES];
        let reach = self.squares.iter().sum::<f64>() / self.inverse;
        for lane in 0..LANES {
            let at = (first + lane).min(last);
            left[lane] = self.poles[at];
            left_square[lane] = self.squares[at];
            is_last[lane] = at == last;
            right[lane] = if at == last { left[lane] + reach } else { self.poles[at + 1] };
            right_square[lane] = if at == last { 0.0 } else { self.squares[at + 1] };
        }
        let mut gap = [0.0; LANES];
        let mut distance = [0.0; LANES];
        for lane in 0..LANES {
            gap[lane] = if is_last[lane] { reach } else { right[lane] - left[lane] };
            distance[lane] = 0.5 * gap[lane];
        }
        let middle = self.sums(&left, &distance);
        let mut origin = left;
        let mut low = [0.0; LANES];
        let mut high = [0.0; LANES];
        for lane in 0..LANES {
            let (half, width) = (distance[lane], gap[lane]);
            let value = self.inverse + middle.first[lane];
            let in_left_half = value >= 0.0;
            let (s, t) = (left_square[lane], right_square[lane]);
            let rest = value + s / half - t / half;
            let start = if is_last[lane] {
                (low[lane], high[lane]) = if in_left_half { (0.0, half) } else { (half, width) };
                s / rest
            } else if in_left_half {
                (low[lane], high[lane]) = (0.0, half);
                let (a, b) = (rest * width + s + t, s * width);
                let root = (a * a - 4.0 * b * rest).abs().sqrt();
                if a > 0.0 { 2.0 * b / (a + root) } else { (a - root) / (2.0 * rest) }
            } else {
                origin[lane] = right[lane];
                (low[lane], high[lane]) = (-half, 0.0);
                let (a, b) = (rest * width - s - t, t * width);
                let root = (a * a + 4.0 * b * rest).abs().sqrt();
                if a < 0.0 { 2.0 * b / (a - root) } else { -(a + root) / (2.0 * rest) }
            };
            distance[lane] = within(start, low[lane], high[lane]);
        }
        let mut done = [false; LANES];
        for _ in 0..MOST_STEPS {
            let at = self.sums(&origin, &distance);
            for lane in 0..LANES {
                let from = distance[lane];
                let value = self.inverse + at.first[lane];
                let slope = at.second[lane];
                let error = f64::EPSILON * (8.0 * (at.size[lane] + self.inverse) + from.abs() * slope);
                if value < 0.0 { low[lane] = from } else { high[lane] = from }
                let to_left = (left[lane] - origin[lane]) - from;
                let to_right = (right[lane] - origin[lane]) - from;
                // A constant and both nearest poles, weighed to have the same value, slope and curvature here.
                let weight = to_left * (at.third[lane] * to_right - slope) / (to_right - to_left);
                let rest = value - weight * to_left - (slope - weight) * to_right;
                let a = (to_left + to_right) * value - to_left * to_right * slope;
                let b = to_left * to_right * value;
                let root = (a * a - 4.0 * b * rest).abs().sqrt();
                let between = if a > 0.0 { 2.0 * b / (a + root) } else { (a - root) / (2.0 * rest) };
                // Above the last root there is no pole: a constant and the one below it.
                let alone = to_left * value / (value - to_left * slope);
                let interpolated = if is_last[lane] { alone } else { between };
                let right_way = value * interpolated < 0.0;
                let step = if right_way { interpolated } else { -value / slope };
                let next = within(from + step, low[lane], high[lane]);
                let settled = done[lane] || value.abs() <= error;
                distance[lane] = if settled { from } else { next };
                let small = if right_way && !is_last[lane] { SMALL_CUBIC_STEP } else { SMALL_STEP };
                done[lane] = settled || (next - from).abs() <= small * to_left.abs().min(to_right.abs());
            }
            if done.iter().all(|lane| *lane) {
                break;
            }
        }
        (origin, distance)
    }

    /// The sums at origin + distance.
    #[inline(always)]
    fn sums(&self, origin: &Lanes, distance: &Lanes) -> Sums {
        let zeros = [0.0; LANES];
        let mut at = Sums { first: zeros, second: zeros, third: zeros, size: zeros };
        for (pole, square) in self.poles.iter().zip(self.squares) {
            for lane in 0..LANES {
                let over = 1.0 / ((pole - origin[lane]) - distance[lane]);
                let term = square * over;
                at.first[lane] += term;
                at.size[lane] += term.abs();
                at.second[lane] += term * over;
                at.third[lane] += term * over * over;
            }
        }
        at
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
/// `z` gives the signs; `gaps` is what `solve` found; `ratios` is room for as many numbers as there are padded roots.
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
        let mut norms = vec![0.0; width];
        for ((j, pole), gaps) in poles.iter().enumerate().zip(gaps.chunks_exact(width)) {
            let mut products = [1.0; LANES];
            let own = j - j % LANES;
            for first in (0..count).step_by(LANES) {
                if first != own && first + LANES <= count {
                    let gaps: &Lanes = gaps[first..first + LANES].try_into().expect("eight");
                    let others: &Lanes = poles[first..first + LANES].try_into().expect("eight");
                    for lane in 0..LANES {
                        products[lane] *= gaps[lane] / (pole - others[lane]);
                    }
                } else {
                    for at in first..count.min(first + LANES) {
                        products[at - first] *= if at == j { -gaps[at] } else { gaps[at] / (pole - poles[at]) };
                    }
                }
            }
            let square: f64 = products.iter().product();
            let value = square.abs().sqrt().copysign(z[j]);
            let out = &mut vectors[rows[j] * width..(rows[j] + 1) * width];
            for ((out, gap), norm) in out.iter_mut().zip(gaps).zip(norms.iter_mut()) {
                *out = value / gap;
                *norm += *out * *out;
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
