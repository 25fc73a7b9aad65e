//! Products of matrices.

use faer::linalg::matmul::{matmul, triangular, triangular::BlockStructure};
use faer::traits::RealField;
use faer::{Accum, MatMut, MatRef, Par};
use napi::bindgen_prelude::{Float32Array, Float64Array};
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{turn, view, view_mut, written, BLOCK};
use crate::scratch::{self, Lent};

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
    let (a, b) = (view(a, a_rows, a_columns)?, view(b, b_rows, b_columns)?);
    product(a, transpose_a, b, transpose_b, add, written(&mut out))
}

/// The same in single precision: half the memory is gone through, and twice as many numbers are multiplied at once.
#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn multiply_single(
    a: &[f32],
    a_rows: u32,
    a_columns: u32,
    transpose_a: bool,
    b: &[f32],
    b_rows: u32,
    b_columns: u32,
    transpose_b: bool,
    mut out: Float32Array,
) -> Result<()> {
    let (a, b) = (view(a, a_rows, a_columns)?, view(b, b_rows, b_columns)?);
    product(a, transpose_a, b, transpose_b, false, written(&mut out))
}

/// The values of a in single precision.
#[napi(catch_unwind)]
pub fn single(a: &[f64], mut out: Float32Array) -> Result<()> {
    let out = written(&mut out);
    view_mut(out, 1, a.len())?;
    for (to, from) in out.iter_mut().zip(a) {
        *to = *from as f32;
    }
    Ok(())
}

fn product<N: RealField + Lent + Copy>(
    a: MatRef<'_, N>,
    transpose_a: bool,
    b: MatRef<'_, N>,
    transpose_b: bool,
    add: bool,
    out: &mut [N],
) -> Result<()> {
    let b = if transpose_b { b.transpose() } else { b };
    let (rows, inner) = if transpose_a { (a.ncols(), a.nrows()) } else { (a.nrows(), a.ncols()) };
    if inner != b.nrows() {
        return Err(Error::from_reason("inner dimensions differ"));
    }
    let out = view_mut(out, rows, b.ncols())?;
    let accumulate = accumulation(add);
    if transpose_a && !transpose_b {
        if a.ncols() <= NARROW && b.nrows() * b.ncols() > CACHED {
            turned_over(a, |a| by_rows(out, accumulate, a, b));
            return Ok(());
        }
        if b.ncols() <= NARROW && a.nrows() * a.ncols() > CACHED {
            turned_over(b, |b| by_rows(out.transpose_mut(), accumulate, b, a));
            return Ok(());
        }
    }
    if transpose_a {
        turned_over(a, |a| matmul(out, accumulate, a, b, N::one_impl(), Par::Seq));
    } else {
        matmul(out, accumulate, a, b, N::one_impl(), Par::Seq);
    }
    Ok(())
}

fn accumulation(add: bool) -> Accum {
    if add {
        Accum::Add
    } else {
        Accum::Replace
    }
}

/// Of a product with a factor of so few columns, the other factor is read from memory as fast as it is multiplied.
const NARROW: usize = 128;

/// So many numbers stay in a processor's second cache: a smaller factor is there already.
const CACHED: usize = 256 * 1024;

/// So many rows of it are multiplied at once: they stay in the cache while they are gone through for each column.
const TALL: usize = 64;

/// out (k × V) = narrow (k × T) · wide (T × V).
fn by_rows<N: RealField>(
    mut out: MatMut<'_, N>,
    accumulate: Accum,
    narrow: MatRef<'_, N>,
    wide: MatRef<'_, N>,
) {
    for first in (0..wide.nrows()).step_by(TALL) {
        let count = TALL.min(wide.nrows() - first);
        let accumulate = if first == 0 { accumulate } else { Accum::Add };
        let (narrow, wide) = (narrow.subcols(first, count), wide.subrows(first, count));
        matmul(out.as_mut(), accumulate, narrow, wide, N::one_impl(), Par::Seq);
    }
}

/// Calls `work` with aᵀ copied row by row. faer is a fifth slower on a left factor that lies column by column: at
/// 1000 × 1000 the copy takes 3 ms and saves 13.
fn turned_over<N: Lent + Copy, T>(a: MatRef<'_, N>, work: impl FnOnce(MatRef<'_, N>) -> T) -> T {
    let (rows, columns) = (a.nrows(), a.ncols());
    N::lend(rows * columns, |copy| {
        turn(|row| row_of(a, row), rows, copy);
        work(MatRef::from_row_major_slice(copy, columns, rows))
    })
}

fn row_of<N>(a: MatRef<'_, N>, row: usize) -> &[N] {
    a.row(row).try_as_row_major().expect("it lies row by row").as_slice()
}

/// out = a · aᵀ, or out += where it is to be added: the lower triangle is computed, the upper one mirrored.
#[napi(catch_unwind)]
pub fn gram(a: &[f64], rows: u32, columns: u32, add: bool, mut out: Float64Array) -> Result<()> {
    square(view(a, rows, columns)?, add, written(&mut out))
}

/// The same of a's first columns, as many as there are factors and each times its own.
#[napi(catch_unwind)]
pub fn scaled_gram(a: &[f64], rows: u32, columns: u32, factors: &[f64], mut out: Float64Array) -> Result<()> {
    view(a, rows, columns)?;
    let (n, k) = (rows as usize, factors.len());
    if k > columns as usize {
        return Err(Error::from_reason("there are more factors than columns"));
    }
    scratch::numbers(n * k, |scaled| {
        for (to, from) in scaled.chunks_exact_mut(k.max(1)).zip(a.chunks_exact((columns as usize).max(1))) {
            for ((to, from), factor) in to.iter_mut().zip(from).zip(factors) {
                *to = from * factor;
            }
        }
        square(MatRef::from_row_major_slice(scaled, n, k), false, written(&mut out))
    })
}

fn square(a: MatRef<'_, f64>, add: bool, out: &mut [f64]) -> Result<()> {
    let n = a.nrows();
    triangular::matmul(
        view_mut(out, n, n)?,
        BlockStructure::TriangularLower,
        accumulation(add),
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
