//! The decompositions of two halves of a tridiagonal matrix brought together (LAPACK's dlaed1 to dlaed3).

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};

use crate::secular::{padded, turned, Secular};
use crate::tridiagonal::{Block, Room};

/// On which side of the cut a column has entries other than 0.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Top,
    Both,
    Bottom,
}

/// diag(d) + rho · z · zᵀ in the eigenvectors of both halves, z of norm 1, and what is settled of it already.
struct Joined {
    rho: f64,
    z: Vec<f64>,
    sides: Vec<Side>,
    /// Columns that take part, by pole ascending.
    kept: Vec<usize>,
    /// Columns whose eigenvalue and vector stay as they are.
    settled: Vec<usize>,
}

/// Two halves of eigenvalues d with eigenvectors in the diagonal blocks of `q` become those of the matrix that also has
/// `between` beside the diagonal at the cut; |between| is off the diagonal on both sides of it already. `order` says how
/// the eigenvalues of each half ascend, and afterwards how all do.
pub fn merge(d: &mut [f64], half: usize, between: f64, q: &mut Block, order: &mut [usize], room: &mut Room) {
    let sorted = ascending(d, half, order);
    match deflated(d, half, between, q, &sorted) {
        None => order.copy_from_slice(&sorted),
        Some(joined) => {
            let kept = put_together(d, half, &joined, q, room);
            for (at, place) in order.iter_mut().enumerate() {
                *place = if at < kept { at } else { at - kept };
            }
            order[kept..].sort_unstable_by(|a, b| d[kept + *a].total_cmp(&d[kept + *b]));
            let sorted = ascending(d, kept, order);
            order.copy_from_slice(&sorted);
        }
    }
}

/// Tells the columns apart that the cut concerns: not those with next to nothing in z, nor one of two that are so close
/// that a rotation takes z away from it. None where there is nothing to do.
fn deflated(d: &mut [f64], half: usize, between: f64, q: &mut Block, sorted: &[usize]) -> Option<Joined> {
    let n = d.len();
    let rho = 2.0 * between.abs();
    let sign = if between < 0.0 { -1.0 } else { 1.0 };
    let mut z: Vec<f64> = (0..n)
        .map(|column| {
            let (row, sign) = if column < half { (half - 1, 1.0) } else { (half, sign) };
            sign * std::f64::consts::FRAC_1_SQRT_2 * q.data[column * q.stride + row]
        })
        .collect();
    let largest = |values: &[f64]| values.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    let tolerance = 4.0 * f64::EPSILON * largest(d).max(largest(&z));
    if rho * largest(&z) <= tolerance {
        return None;
    }
    let mut sides: Vec<Side> = (0..n).map(|column| if column < half { Side::Top } else { Side::Bottom }).collect();
    let (mut kept, mut settled) = (Vec::with_capacity(n), Vec::new());
    let mut before: Option<usize> = None;
    for &column in sorted {
        if rho * z[column].abs() <= tolerance {
            settled.push(column);
            continue;
        }
        let Some(last) = before.replace(column) else { continue };
        let length = z[last].hypot(z[column]);
        let (cos, sin) = (z[column] / length, -z[last] / length);
        if ((d[column] - d[last]) * cos * sin).abs() > tolerance {
            kept.push(last);
            continue;
        }
        z[column] = length;
        if sides[last] != sides[column] {
            (sides[last], sides[column]) = (Side::Both, Side::Both);
        }
        rotate(q, last, column, n, cos, sin);
        let (low, high) = (d[last], d[column]);
        d[last] = low * cos * cos + high * sin * sin;
        d[column] = low * sin * sin + high * cos * cos;
        settled.push(last);
    }
    kept.extend(before);
    Some(Joined { rho, z, sides, kept, settled })
}

/// Solves for the columns kept, which come first in d and q, in ascending order, the settled ones after them. Returns
/// how many are kept.
fn put_together(d: &mut [f64], half: usize, joined: &Joined, q: &mut Block, room: &mut Room) -> usize {
    let Joined { rho, z, sides, kept, settled } = joined;
    let (n, k) = (d.len(), kept.len());
    let count = |side: Side| kept.iter().filter(|column| sides[**column] == side).count();
    let (top, both) = (count(Side::Top), count(Side::Both));
    let (upper, lower) = (top + both, k - top);
    // Columns with entries on one side only are multiplied on that side alone.
    let (above, rest) = room.columns[..n * n].split_at_mut(half * upper);
    let (below, as_they_are) = rest.split_at_mut((n - half) * lower);
    let mut next = [0, top, upper];
    let rows: Vec<usize> = kept
        .iter()
        .map(|&column| {
            let side = sides[column];
            let row = next[side as usize];
            next[side as usize] += 1;
            let entries = q.column(column, n);
            if side != Side::Bottom {
                above[row * half..][..half].copy_from_slice(&entries[..half]);
            }
            if side != Side::Top {
                below[(row - top) * (n - half)..][..n - half].copy_from_slice(&entries[half..]);
            }
            row
        })
        .collect();
    for (&column, to) in settled.iter().zip(as_they_are.chunks_exact_mut(n)) {
        to.copy_from_slice(q.column(column, n));
    }
    let taken = |from: &[f64], columns: &[usize]| -> Vec<f64> { columns.iter().map(|&column| from[column]).collect() };
    let (poles, values, z) = (taken(d, kept), taken(d, settled), taken(z, kept));
    let squares: Vec<f64> = z.iter().map(|value| value * value).collect();
    let width = padded(k);
    let (gaps, vectors) = (&mut room.gaps[..k * width], &mut room.vectors[..k * width]);
    Secular { poles: &poles, squares: &squares, inverse: 1.0 / rho }.solve(&mut d[..k], gaps);
    turned(&poles, &z, gaps, &rows, vectors);
    d[k..].copy_from_slice(&values);
    let vectors = MatRef::from_row_major_slice_with_stride(vectors, k, k, width);
    let stride = q.stride;
    let mut multiply = |first: usize, rows: usize, columns: &[f64], vectors: MatRef<'_, f64>| {
        let out = MatMut::from_column_major_slice_with_stride_mut(&mut q.data[first..], rows, k, stride);
        let columns = MatRef::from_column_major_slice(columns, rows, vectors.nrows());
        matmul(out, Accum::Replace, columns, vectors, 1.0, Par::Seq);
    };
    multiply(0, half, above, vectors.subrows(0, upper));
    multiply(half, n - half, below, vectors.subrows(top, lower));
    for (at, from) in as_they_are.chunks_exact(n).take(settled.len()).enumerate() {
        q.column(k + at, n).copy_from_slice(from);
    }
    k
}

/// The columns of two parts by value ascending, from the order within each.
fn ascending(d: &[f64], first: usize, order: &[usize]) -> Vec<usize> {
    let mut left = order[..first].iter().copied().peekable();
    let mut right = order[first..].iter().map(|at| at + first).peekable();
    let mut out = Vec::with_capacity(order.len());
    loop {
        match (left.peek(), right.peek()) {
            (Some(a), Some(b)) if d[*a] <= d[*b] => out.extend(left.next()),
            (Some(_), None) => out.extend(left.next()),
            (_, Some(_)) => out.extend(right.next()),
            (None, None) => return out,
        }
    }
}

/// Turns two columns in their plane.
fn rotate(q: &mut Block, first: usize, second: usize, rows: usize, cos: f64, sin: f64) {
    let stride = q.stride;
    for row in 0..rows {
        let (a, b) = (q.data[first * stride + row], q.data[second * stride + row]);
        q.data[first * stride + row] = cos * a + sin * b;
        q.data[second * stride + row] = cos * b - sin * a;
    }
}
