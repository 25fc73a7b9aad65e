//! Eigenvalues and vectors of symmetric matrices.

use faer::Side;
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{finite_view, view_mut, written};

/// A symmetric a = vectors · diag(values) · vectorsᵀ, values descending. The lower triangle is read.
#[napi(catch_unwind)]
pub fn eigen_symmetric(a: &[f64], size: u32, mut values: Float64Array, mut vectors: Float64Array) -> Result<()> {
    let n = size as usize;
    let found = finite_view(a, size, size)?
        .self_adjoint_eigen(Side::Lower)
        .map_err(|_| Error::from_reason("the eigenvalues did not converge"))?;
    let values = written(&mut values);
    view_mut(values, n, 1)?;
    for (to, from) in values.iter_mut().zip(found.S().column_vector().iter().rev()) {
        *to = *from;
    }
    view_mut(written(&mut vectors), n, n)?.copy_from(found.U().reverse_cols());
    Ok(())
}
