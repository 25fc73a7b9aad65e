//! Linear equations with a positive definite matrix.

use faer::dyn_stack::MemStack;
use faer::linalg::cholesky::llt::{factor, solve};
use faer::{Auto, MatMut, Par, Spec};
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{finite_view, view_mut, written};
use crate::scratch;

/// gram · out = right for a positive definite gram (size × size) and right, size × columns, by the Cholesky
/// factorisation. The upper triangle is read.
#[napi(catch_unwind)]
pub fn solve_positive(gram: &[f64], right: &[f64], size: u32, columns: u32, mut out: Float64Array) -> Result<()> {
    let n = size as usize;
    finite_view(gram, size, size)?;
    let right = finite_view(right, size, columns)?;
    let mut out = view_mut(written(&mut out), n, columns as usize)?;
    out.copy_from(right);
    let params = Spec::new(<factor::LltParams as Auto<f64>>::auto());
    let need = factor::cholesky_in_place_scratch::<f64>(n, Par::Seq, params);
    scratch::numbers(n * n, |columns| -> Result<()> {
        // Symmetric, it is the same by columns as by rows.
        columns.copy_from_slice(gram);
        let mut factored = MatMut::from_column_major_slice_mut(columns, n, n);
        scratch::memory(need, |memory| {
            let stack = MemStack::new(memory);
            factor::cholesky_in_place(factored.as_mut(), Default::default(), Par::Seq, stack, params)
                .map_err(|_| Error::from_reason("the matrix is not positive definite"))?;
            solve::solve_in_place(factored.as_ref(), out.as_mut(), Par::Seq, stack);
            Ok(())
        })
    })
}
