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
    if !data.iter().all(|value| value.is_finite()) {
        return Err(Error::from_reason("the matrix holds a value that is not a finite number"));
    }
    view(data, rows, columns)
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
