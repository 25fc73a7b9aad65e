//! Eigenvalues and vectors of symmetric matrices.

use faer::diag::DiagMut;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{self, ComputeEigenvectors, SelfAdjointEvdParams};
use faer::{Auto, MatMut, Par, Spec};
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{finite_view, view_mut, written, BLOCK};
use crate::scratch;

/// A symmetric a = vectors · diag(values) · vectorsᵀ, values descending. The lower triangle is read.
#[napi(catch_unwind)]
pub fn eigen_symmetric(a: &[f64], size: u32, mut values: Float64Array, mut vectors: Float64Array) -> Result<()> {
    let n = size as usize;
    let a = finite_view(a, size, size)?;
    let values = written(&mut values);
    view_mut(values, n, 1)?;
    let out = written(&mut vectors);
    view_mut(out, n, n)?;
    let params = Spec::new(<SelfAdjointEvdParams as Auto<f64>>::auto());
    let need = evd::self_adjoint_evd_scratch::<f64>(n, ComputeEigenvectors::Yes, Par::Seq, params);
    scratch::numbers(n * n, |columns| -> Result<()> {
        let mut found = MatMut::from_column_major_slice_mut(columns, n, n);
        let diagonal = DiagMut::from_slice_mut(values);
        scratch::memory(need, |memory: &mut MemBuffer| {
            evd::self_adjoint_evd(a, diagonal, Some(found.as_mut()), Par::Seq, MemStack::new(memory), params)
        })
        .map_err(|_| Error::from_reason("the eigenvalues did not converge"))?;
        reversed_columns(columns, out, n);
        Ok(())
    })?;
    values.reverse();
    Ok(())
}

/// The columns of an n × n column-major matrix in reverse order, row-major.
fn reversed_columns(columns: &[f64], out: &mut [f64], n: usize) {
    for top in (0..n).step_by(BLOCK) {
        for left in (0..n).step_by(BLOCK) {
            for row in top..(top + BLOCK).min(n) {
                for column in left..(left + BLOCK).min(n) {
                    out[row * n + column] = columns[(n - 1 - column) * n + row];
                }
            }
        }
    }
}
