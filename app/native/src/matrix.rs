//! JavaScript's arrays as matrices.

use faer::{MatMut, MatRef};
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};

/// Rows and columns as they lie in memory.
pub fn view(data: &[f64], rows: u32, columns: u32) -> Result<MatRef<'_, f64>> {
    if data.len() != rows as usize * columns as usize {
        return Err(Error::from_reason("a matrix does not have the size it was said to have"));
    }
    Ok(MatRef::from_row_major_slice(data, rows as usize, columns as usize))
}

/// The same for a decomposition: one value that is not a number would spoil, or never end, all of it.
pub fn finite_view(data: &[f64], rows: u32, columns: u32) -> Result<MatRef<'_, f64>> {
    if !data.iter().all(|value| value.is_finite()) {
        return Err(Error::from_reason("the matrix holds a value that is not a finite number"));
    }
    view(data, rows, columns)
}

pub fn view_mut(data: &mut [f64], rows: usize, columns: usize) -> Result<MatMut<'_, f64>> {
    if data.len() != rows * columns {
        return Err(Error::from_reason("a result does not have the size it was said to have"));
    }
    Ok(MatMut::from_row_major_slice_mut(data, rows, columns))
}

/// What JavaScript allocated, to be written into. Sound because a call is synchronous and no two results of one
/// call share memory, which `native.ts` sees to.
pub fn written(array: &mut Float64Array) -> &mut [f64] {
    unsafe { array.as_mut() }
}

/// Side of the square blocks in which a matrix is turned over, so that both places stay in the cache.
pub const BLOCK: usize = 32;
