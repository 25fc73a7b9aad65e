//! Singular values and vectors, and determinants.

use faer::linalg::solvers::Svd;
use faer::MatRef;
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{finite_view, view_mut, written};

/// a = u · diag(values) · vᵀ, thin, values descending.
#[napi(catch_unwind)]
pub fn svd(a: &[f64], rows: u32, columns: u32, mut u: Float64Array, mut values: Float64Array, mut v: Float64Array) -> Result<()> {
    let found = thin_svd(finite_view(a, rows, columns)?)?;
    let values = written(&mut values);
    let k = values.len();
    view_mut(written(&mut u), rows as usize, k)?.copy_from(found.U());
    view_mut(written(&mut v), columns as usize, k)?.copy_from(found.V());
    for (to, from) in values.iter_mut().zip(found.S().column_vector().iter()) {
        *to = *from;
    }
    Ok(())
}

/// The determinant of a square matrix.
#[napi(catch_unwind)]
pub fn determinant(a: &[f64], size: u32) -> Result<f64> {
    Ok(finite_view(a, size, size)?.determinant())
}

pub fn thin_svd(a: MatRef<'_, f64>) -> Result<Svd<f64>> {
    a.thin_svd().map_err(|_| Error::from_reason("the singular values did not converge"))
}
