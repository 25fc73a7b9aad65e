//! Roots of Gram matrices.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::cholesky::llt_pivoting::factor::{cholesky_in_place, cholesky_in_place_scratch, PivLltParams};
use faer::linalg::triangular_inverse::invert_lower_triangular;
use faer::reborrow::{Reborrow, ReborrowMut};
use faer::{Auto, Mat, MatMut, Par, Spec};
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{finite_view, view_mut, written};
use crate::scratch;

/// So many columns are taken away from the rest at once. By faer's own measure a matrix below 128 is not blocked at all.
const BLOCK: usize = 24;

/// A positive semidefinite gram (size × size) of rank r as root · rootᵀ, by the Cholesky factorisation with pivots,
/// and weights with weightsᵀ · root = I; both size × r, row-major, at the start of what is given for them.
/// Where nothing is given for weights there are none: they take two fifths of the time.
/// Pivots up to side · ε times the first are cut. Returns [r, last pivot / first].
#[napi(catch_unwind)]
pub fn root(gram: &[f64], size: u32, side: u32, mut root: Float64Array, mut weights: Float64Array) -> Result<Vec<f64>> {
    let n = size as usize;
    finite_view(gram, size, size)?;
    let (root, weights) = (written(&mut root), written(&mut weights));
    scratch::numbers(n * n, |columns| {
        // Symmetric, it is the same by columns as by rows.
        columns.copy_from_slice(gram);
        factor(MatMut::from_column_major_slice_mut(columns, n, n), side, root, weights)
    })
}

/// The same of a Gram matrix that may be written over.
fn factor(mut factored: MatMut<'_, f64>, side: u32, root: &mut [f64], weights: &mut [f64]) -> Result<Vec<f64>> {
    let n = factored.nrows();
    if (0..n).all(|at| factored[(at, at)] == 0.0) {
        return Ok(vec![0.0, 0.0]);
    }
    let (mut order, mut places) = (vec![0usize; n], vec![0usize; n]);
    let params = Spec::new(PivLltParams { block_size: BLOCK, ..<PivLltParams as Auto<f64>>::auto() });
    let mut memory = MemBuffer::new(cholesky_in_place_scratch::<usize, f64>(n, Par::Seq, params));
    let stack = MemStack::new(&mut memory);
    let (found, _) = cholesky_in_place(factored.rb_mut(), &mut order, &mut places, Par::Seq, stack, params)
        .map_err(|_| Error::from_reason("the matrix is not a Gram matrix"))?;
    let pivot = |at: usize| factored[(at, at)] * factored[(at, at)];
    let cut = f64::from(side) * f64::EPSILON * pivot(0);
    let rank = (0..found.rank).take_while(|at| pivot(*at) > cut).count();
    let mut out = view_mut(root.get_mut(..n * rank).unwrap_or_default(), n, rank)?;
    out.fill(0.0);
    for (at, row) in order.iter().enumerate() {
        for column in 0..rank.min(at + 1) {
            out[(*row, column)] = factored[(at, column)];
        }
    }
    let sharpness = pivot(rank - 1) / pivot(0);
    if weights.is_empty() {
        return Ok(vec![rank as f64, sharpness]);
    }
    let mut inverse = Mat::<f64>::zeros(rank, rank);
    invert_lower_triangular(inverse.as_mut(), factored.rb().get(..rank, ..rank), Par::Seq);
    let mut out = view_mut(weights.get_mut(..n * rank).unwrap_or_default(), n, rank)?;
    out.fill(0.0);
    for (at, row) in order.iter().take(rank).enumerate() {
        for column in at..rank {
            out[(*row, column)] = inverse[(column, at)];
        }
    }
    Ok(vec![rank as f64, sharpness])
}
