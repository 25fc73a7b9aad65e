//! Eigenvalues and vectors of symmetric matrices: reduced to a tridiagonal matrix, which is decomposed by dividing it,
//! and turned back.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::householder::{
    apply_block_householder_sequence_on_the_left_in_place_scratch,
    apply_block_householder_sequence_on_the_left_in_place_with_conj,
};
use faer::{Conj, MatMut, MatRef, Par};
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{finite_view, view_mut, written, BLOCK};
use crate::reduction::{self, reduce, stride_of};
use crate::scratch;
use crate::tridiagonal::{self, decompose};

/// A symmetric a = vectors · diag(values) · vectorsᵀ, values descending. The lower triangle is read.
#[napi(catch_unwind)]
pub fn eigen_symmetric(a: &[f64], size: u32, mut values: Float64Array, mut vectors: Float64Array) -> Result<()> {
    let n = size as usize;
    finite_view(a, size, size)?;
    let values = written(&mut values);
    view_mut(values, n, 1)?;
    let out = written(&mut vectors);
    view_mut(out, n, n)?;
    if n == 0 {
        return Ok(());
    }
    let block = block_size(n);
    let parts = [reduction::room_for(n), block * (n - 1), n, n, n * n, tridiagonal::room_for(n)];
    scratch::numbers(parts.iter().sum(), |numbers| {
        let [lower, factors, diagonal, beside, q, room] = split(numbers, parts);
        let beside = &mut beside[..n - 1];
        lower_triangle(a, n, lower);
        reduce(lower, diagonal, beside, MatMut::from_column_major_slice_mut(factors, block, n - 1));
        let order = decompose(diagonal, beside, q, room)
            .ok_or_else(|| Error::from_reason("the eigenvalues did not converge"))?;
        turn_back(lower, MatRef::from_column_major_slice(factors, block, n - 1), q, n);
        for (value, place) in values.iter_mut().zip(order.iter().rev()) {
            *value = diagonal[*place];
        }
        descending_columns(q, &order, out);
        Ok(())
    })
}

/// How many reflections are applied at once.
fn block_size(n: usize) -> usize {
    let size = match n {
        0..=128 => 16,
        129..=512 => 32,
        _ => 48,
    };
    size.min(n - 1).max(1)
}

fn split<const N: usize>(numbers: &mut [f64], lengths: [usize; N]) -> [&mut [f64]; N] {
    let mut rest = numbers;
    lengths.map(|length| rest.split_off_mut(..length).expect("there is room for all parts"))
}

/// The lower triangle of a row-major n × n as `reduce` takes it: column by column, zeros everywhere else.
fn lower_triangle(a: &[f64], n: usize, out: &mut [f64]) {
    let stride = stride_of(n);
    out.fill(0.0);
    for left in (0..n).step_by(BLOCK) {
        for top in (left..n).step_by(BLOCK) {
            for column in left..(left + BLOCK).min(n) {
                for row in top.max(column)..(top + BLOCK).min(n) {
                    out[column * stride + row] = a[row * n + column];
                }
            }
        }
    }
}

/// Applies the reflections that `reduce` left to the columns of q.
fn turn_back(reflections: &[f64], factors: MatRef<'_, f64>, q: &mut [f64], n: usize) {
    if n == 1 {
        return;
    }
    let reflections = MatRef::from_column_major_slice_with_stride(&reflections[1..], n - 1, n - 1, stride_of(n));
    let need = apply_block_householder_sequence_on_the_left_in_place_scratch::<f64>(n - 1, factors.nrows(), n);
    scratch::memory(need, |memory: &mut MemBuffer| {
        apply_block_householder_sequence_on_the_left_in_place_with_conj(
            reflections,
            factors,
            Conj::No,
            MatMut::from_column_major_slice_mut(q, n, n).subrows_mut(1, n - 1),
            Par::Seq,
            MemStack::new(memory),
        );
    });
}

/// The columns of a column-major q from the last in order to the first, row-major.
fn descending_columns(q: &[f64], order: &[usize], out: &mut [f64]) {
    let n = order.len();
    for top in (0..n).step_by(BLOCK) {
        for left in (0..n).step_by(BLOCK) {
            for row in top..(top + BLOCK).min(n) {
                for column in left..(left + BLOCK).min(n) {
                    out[row * n + column] = q[order[n - 1 - column] * n + row];
                }
            }
        }
    }
}
