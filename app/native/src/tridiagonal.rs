//! Eigenvalues and vectors of symmetric tridiagonal matrices, by divide and conquer (Cuppen 1981).

use crate::implicit_ql::implicit_ql;
use crate::merge::merge;
use crate::secular::padded;

/// A matrix up to this size is not divided.
const LEAF: usize = 16;

/// Room that all merges of one decomposition use.
pub struct Room<'a> {
    /// n × n: columns of both halves.
    pub columns: &'a mut [f64],
    /// n × n padded each: see `secular`.
    pub gaps: &'a mut [f64],
    pub vectors: &'a mut [f64],
}

/// How many numbers `decompose` needs room for.
pub fn room_for(n: usize) -> usize {
    n * n + 2 * n * padded(n)
}

/// The decomposition of the tridiagonal matrix with `diagonal` (n; the eigenvalues afterwards, in no order) and `beside`
/// (n − 1, overwritten): eigenvectors go into the columns of `q` (n × n, column by column). Returns the order in which
/// the eigenvalues ascend; None where one does not converge.
pub fn decompose(diagonal: &mut [f64], beside: &mut [f64], q: &mut [f64], room: &mut [f64]) -> Option<Vec<usize>> {
    let n = diagonal.len();
    let largest = diagonal.iter().chain(beside.iter()).fold(0.0f64, |most, value| most.max(value.abs()));
    // Squares of entries must neither overflow nor vanish.
    let scale = if largest > 0.0 { largest } else { 1.0 };
    diagonal.iter_mut().chain(beside.iter_mut()).for_each(|value| *value /= scale);
    q.fill(0.0);
    let (columns, rest) = room.split_at_mut(n * n);
    let (gaps, vectors) = rest.split_at_mut(n * padded(n));
    let mut order = vec![0; n];
    divide(diagonal, beside, Block { data: q, stride: n }, &mut order, &mut Room { columns, gaps, vectors })?;
    diagonal.iter_mut().for_each(|value| *value *= scale);
    Some(order)
}

/// A square block on the diagonal of a larger matrix, from its first entry on, column by column.
pub struct Block<'a> {
    pub data: &'a mut [f64],
    pub stride: usize,
}

impl Block<'_> {
    fn from(&mut self, corner: usize) -> Block<'_> {
        Block { data: &mut self.data[corner * (self.stride + 1)..], stride: self.stride }
    }

    pub fn column(&mut self, column: usize, rows: usize) -> &mut [f64] {
        &mut self.data[column * self.stride..][..rows]
    }
}

fn divide(d: &mut [f64], e: &mut [f64], mut q: Block, order: &mut [usize], room: &mut Room) -> Option<()> {
    let n = d.len();
    if n <= LEAF {
        implicit_ql(d, e, q.data, q.stride)?;
        order.iter_mut().enumerate().for_each(|(at, place)| *place = at);
        order.sort_unstable_by(|a, b| d[*a].total_cmp(&d[*b]));
        return Some(());
    }
    let half = n / 2;
    let between = e[half - 1];
    d[half - 1] -= between.abs();
    d[half] -= between.abs();
    divide(&mut d[..half], &mut e[..half - 1], q.from(0), &mut order[..half], room)?;
    divide(&mut d[half..], &mut e[half..], q.from(half), &mut order[half..], room)?;
    merge(d, half, between, &mut q, order, room);
    Some(())
}
