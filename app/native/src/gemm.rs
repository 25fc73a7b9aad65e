//! Products of matrices.

use faer::linalg::matmul::{matmul, triangular, triangular::BlockStructure};
use faer::{Accum, MatRef, Par};
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{view, view_mut, written, BLOCK};
use crate::scratch;

/// out = op(a) · op(b), or out += where it is to be added.
#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn multiply(
    a: &[f64],
    a_rows: u32,
    a_columns: u32,
    transpose_a: bool,
    b: &[f64],
    b_rows: u32,
    b_columns: u32,
    transpose_b: bool,
    add: bool,
    mut out: Float64Array,
) -> Result<()> {
    let a = view(a, a_rows, a_columns)?;
    let b = view(b, b_rows, b_columns)?;
    let a = if transpose_a { a.transpose() } else { a };
    let b = if transpose_b { b.transpose() } else { b };
    if a.ncols() != b.nrows() {
        return Err(Error::from_reason("inner dimensions differ"));
    }
    let out = view_mut(written(&mut out), a.nrows(), b.ncols())?;
    let accumulate = if add { Accum::Add } else { Accum::Replace };
    matmul(out, accumulate, a, b, 1.0, Par::Seq);
    Ok(())
}

/// out = a · aᵀ: the lower triangle is computed, the upper one mirrored.
#[napi(catch_unwind)]
pub fn gram(a: &[f64], rows: u32, columns: u32, mut out: Float64Array) -> Result<()> {
    let a = view(a, rows, columns)?;
    let n = a.nrows();
    let out = written(&mut out);
    triangular::matmul(
        view_mut(out, n, n)?,
        BlockStructure::TriangularLower,
        Accum::Replace,
        a,
        BlockStructure::Rectangular,
        a.transpose(),
        BlockStructure::Rectangular,
        1.0,
        Par::Seq,
    );
    mirror(out, n);
    Ok(())
}

/// out = rootᵀ · gram · root for a symmetric gram (n × n) and a root of n × r: r × r, symmetric to the bit.
#[napi(catch_unwind)]
pub fn congruence(gram: &[f64], root: &[f64], rows: u32, columns: u32, mut out: Float64Array) -> Result<()> {
    let gram = view(gram, rows, rows)?;
    let root = view(root, rows, columns)?;
    let (n, r) = (root.nrows(), root.ncols());
    let out = written(&mut out);
    view_mut(out, r, r)?;
    scratch::numbers(n * r, |half| -> Result<()> {
        matmul(view_mut(half, n, r)?, Accum::Replace, gram, root, 1.0, Par::Seq);
        triangular::matmul(
            view_mut(out, r, r)?,
            BlockStructure::TriangularLower,
            Accum::Replace,
            root.transpose(),
            BlockStructure::Rectangular,
            MatRef::from_row_major_slice(half, n, r),
            BlockStructure::Rectangular,
            1.0,
            Par::Seq,
        );
        Ok(())
    })?;
    mirror(out, r);
    Ok(())
}

/// Writes the lower triangle of n × n into the upper one.
fn mirror(out: &mut [f64], n: usize) {
    for top in (0..n).step_by(BLOCK) {
        for left in (0..=top).step_by(BLOCK) {
            for row in top..(top + BLOCK).min(n) {
                for column in left..(left + BLOCK).min(row) {
                    out[column * n + row] = out[row * n + column];
                }
            }
        }
    }
}
