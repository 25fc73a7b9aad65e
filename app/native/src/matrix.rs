//! JavaScript's arrays as matrices.

use faer::{MatMut, MatRef};
use napi::bindgen_prelude::{Float32Array, Float64Array};
use napi::{Error, Result};

/// Rows and columns as they lie in memory.
pub fn view<N>(data: &[N], rows: u32, columns: u32) -> Result<MatRef<'_, N>> {
    if data.len() != rows as usize * columns as usize {
        return Err(Error::from_reason("a matrix does not have the size it was said to have"));
    }
    Ok(MatRef::from_row_major_slice(data, rows as usize, columns as usize))
}

/// The same for a decomposition: one value that is not a number would spoil, or never end, all of it.
pub fn finite_view(data: &[f64], rows: u32, columns: u32) -> Result<MatRef<'_, f64>> {
    if !all_finite(data) {
        return Err(Error::from_reason("the matrix holds a value that is not a finite number"));
    }
    view(data, rows, columns)
}

/// A value times 0 is 0, and not a number where it is not finite. Eight sums, so that no addition waits for the one before:
/// to stop at the first such value takes four times as long.
fn all_finite(data: &[f64]) -> bool {
    let mut sums = [0.0; 8];
    let (eights, rest) = data.as_chunks::<8>();
    for eight in eights {
        for (sum, value) in sums.iter_mut().zip(eight) {
            *sum += value * 0.0;
        }
    }
    sums.iter().chain(rest).map(|value| value * 0.0).sum::<f64>() == 0.0
}

pub fn view_mut<N>(data: &mut [N], rows: usize, columns: usize) -> Result<MatMut<'_, N>> {
    if data.len() != rows * columns {
        return Err(Error::from_reason("a result does not have the size it was said to have"));
    }
    Ok(MatMut::from_row_major_slice_mut(data, rows, columns))
}

/// What JavaScript allocated, to be written into. Sound because a call is synchronous and no two results of one
/// call share memory, which `native.ts` sees to.
pub fn written<A: Written>(array: &mut A) -> &mut [A::Number] {
    array.numbers()
}

/// JavaScript's arrays of numbers of either precision.
pub trait Written {
    type Number;
    fn numbers(&mut self) -> &mut [Self::Number];
}

impl Written for Float64Array {
    type Number = f64;
    fn numbers(&mut self) -> &mut [f64] {
        unsafe { self.as_mut() }
    }
}

impl Written for Float32Array {
    type Number = f32;
    fn numbers(&mut self) -> &mut [f32] {
        unsafe { self.as_mut() }
    }
}

/// Side of the square blocks in which a matrix is turned over, so that both places stay in the cache.
pub const BLOCK: usize = 32;

/// Rows, by number, as the columns of out, in the order given. Eight rows are read along and written side by side.
pub fn turn<'a, N: Copy + 'a>(row_of: impl Fn(usize) -> &'a [N], count: usize, out: &mut [N]) {
    let whole = count - count % 8;
    for first in (0..whole).step_by(8) {
        let from: [&[N]; 8] = std::array::from_fn(|k| row_of(first + k));
        for (column, to) in out.chunks_exact_mut(count).enumerate() {
            let to: &mut [N] = &mut to[first..first + 8];
            for (to, from) in to.iter_mut().zip(from) {
                *to = from[column];
            }
        }
    }
    for at in whole..count {
        for (to, value) in out.chunks_exact_mut(count).zip(row_of(at)) {
            to[at] = *value;
        }
    }
}
