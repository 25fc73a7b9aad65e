//! Eigenvalues and vectors of symmetric matrices.

use faer::diag::DiagMut;
use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::{self, ComputeEigenvectors, SelfAdjointEvdParams};
use faer::{Auto, MatMut, Par, Spec};
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{finite_view, view_mut, written};
use crate::scratch;

/// A symmetric a = vectors · diag(values) · vectorsᵀ, values descending. The lower triangle is read.
#[napi(catch_unwind)]
pub fn eigen_symmetric(a: &[f64], size: u32, mut values: Float64Array, mut vectors: Float64Array) -> Result<()> {
    let n = size as usize;
    let a = finite_view(a, size, size)?;
    let values = written(&mut values);
    view_mut(values, n, 1)?;
    let out = view_mut(written(&mut vectors), n, n)?;
    let params = Spec::new(<SelfAdjointEvdParams as Auto<f64>>::auto());
    let need = evd::self_adjoint_evd_scratch::<f64>(n, ComputeEigenvectors::Yes, Par::Seq, params);
    scratch::numbers(n * n, |columns| -> Result<()> {
        let mut found = MatMut::from_column_major_slice_mut(columns, n, n);
        let diagonal = DiagMut::from_slice_mut(values);
        scratch::memory(need, |memory: &mut MemBuffer| {
            evd::self_adjoint_evd(a, diagonal, Some(found.as_mut()), Par::Seq, MemStack::new(memory), params)
        })
        .map_err(|_| Error::from_reason("the eigenvalues did not converge"))?;
        let mut out = out;
        out.copy_from(found.as_ref().reverse_cols());
        Ok(())
    })?;
    values.reverse();
    Ok(())
}
