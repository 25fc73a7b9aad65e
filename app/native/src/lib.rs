//! The dense kernels behind `app/linalg/native.ts`: single-threaded, double precision, row-major, by faer.
//! JavaScript allocates every result and the kernels write into it.

use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, MatMut, MatRef, Par, Side};
use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

/// Rows and columns as they lie in memory.
fn view(data: &[f64], rows: u32, columns: u32) -> Result<MatRef<'_, f64>> {
    if data.len() != rows as usize * columns as usize {
        return Err(Error::from_reason("a matrix does not have the size it was said to have"));
    }
    Ok(MatRef::from_row_major_slice(data, rows as usize, columns as usize))
}

fn view_mut(data: &mut [f64], rows: usize, columns: usize) -> Result<MatMut<'_, f64>> {
    if data.len() != rows * columns {
        return Err(Error::from_reason("a result does not have the size it was said to have"));
    }
    Ok(MatMut::from_row_major_slice_mut(data, rows, columns))
}

/// What JavaScript allocated, to be written into. Sound because a call is synchronous and no two results of one
/// call share memory, which `native.ts` sees to.
fn written(array: &mut Float64Array) -> &mut [f64] {
    unsafe { array.as_mut() }
}

/// The version of these kernels, which must be the one the program was built for.
#[napi]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_string()
}

/// The widest vector instructions that faer finds here: they decide the last bits.
#[napi]
pub fn cpu_features() -> String {
    #[cfg(target_arch = "x86_64")]
    {
        if std::is_x86_feature_detected!("avx512f") {
            return "x86-64-v4".to_string();
        }
        if std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma") {
            return "x86-64-v3".to_string();
        }
    }
    std::env::consts::ARCH.to_string()
}

/// out = op(a) · op(b).
#[napi]
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
    matmul(out, Accum::Replace, a, b, 1.0, Par::Seq);
    Ok(())
}

/// a = u · diag(values) · vᵀ, thin, values descending.
#[napi]
pub fn svd(a: &[f64], rows: u32, columns: u32, mut u: Float64Array, mut values: Float64Array, mut v: Float64Array) -> Result<()> {
    let found = thin_svd(view(a, rows, columns)?)?;
    let values = written(&mut values);
    let k = values.len();
    view_mut(written(&mut u), rows as usize, k)?.copy_from(found.U());
    view_mut(written(&mut v), columns as usize, k)?.copy_from(found.V());
    for (to, from) in values.iter_mut().zip(found.S().column_vector().iter()) {
        *to = *from;
    }
    Ok(())
}

/// A symmetric a = vectors · diag(values) · vectorsᵀ, values descending. The lower triangle is read.
#[napi]
pub fn eigen_symmetric(a: &[f64], size: u32, mut values: Float64Array, mut vectors: Float64Array) -> Result<()> {
    let n = size as usize;
    let (found_values, found_vectors) = eigen(view(a, size, size)?)?;
    let values = written(&mut values);
    let mut out = view_mut(written(&mut vectors), n, n)?;
    for k in 0..n {
        values[k] = found_values[k];
        out.as_mut().col_mut(k).copy_from(found_vectors.col(k));
    }
    Ok(())
}

/// The polar factor over the singular values above max(rows, columns) · ε · s₀; returns [sum of them, number].
#[napi]
pub fn polar(a: &[f64], rows: u32, columns: u32, mut factor: Float64Array) -> Result<Vec<f64>> {
    let a = view(a, rows, columns)?;
    let mut out = view_mut(written(&mut factor), rows as usize, columns as usize)?;
    if rows > columns {
        polar_wide(a.transpose(), out.as_mut().transpose_mut())
    } else {
        polar_wide(a, out)
    }
}

/// Below this ratio of Gram eigenvalues the cheap route has lost too many digits to mend.
const GRAM_LIMIT: f64 = 1e-8;

fn polar_wide(a: MatRef<'_, f64>, mut out: MatMut<'_, f64>) -> Result<Vec<f64>> {
    let n = a.nrows();
    let mut gram = Mat::<f64>::zeros(n, n);
    matmul(gram.as_mut(), Accum::Replace, a, a.transpose(), 1.0, Par::Seq);
    let (values, q) = eigen(gram.as_ref())?;
    if n == 0 || values[n - 1] < GRAM_LIMIT * values[0] || values[0] <= 0.0 {
        return polar_by_svd(a, out);
    }
    let sigma: Vec<f64> = values.iter().map(|value| value.sqrt()).collect();
    // out = Q · diag(1/σ) · Qᵀ · A.
    let scaled = Mat::from_fn(n, n, |i, j| q[(i, j)] / sigma[j]);
    let mut inverse = Mat::<f64>::zeros(n, n);
    matmul(inverse.as_mut(), Accum::Replace, scaled.as_ref(), q.as_ref().transpose(), 1.0, Par::Seq);
    let mut first = Mat::<f64>::zeros(n, a.ncols());
    matmul(first.as_mut(), Accum::Replace, inverse.as_ref(), a, 1.0, Par::Seq);
    // The Gram matrix squared the condition: H = Z·Aᵀ should be symmetric, and its skew part, divided by σᵢ + σⱼ
    // in the eigenbasis, is the rotation still missing; what is left of orthogonality is mended after it.
    let mut h = Mat::<f64>::zeros(n, n);
    matmul(h.as_mut(), Accum::Replace, first.as_ref(), a.transpose(), 1.0, Par::Seq);
    let turned = product(&product(&q.as_ref().transpose().to_owned(), &h), &q);
    let skew = Mat::from_fn(n, n, |i, j| -(turned[(i, j)] - turned[(j, i)]) / (sigma[i] + sigma[j]));
    let correction = product(&product(&q, &skew), &q.as_ref().transpose().to_owned());
    let mut second = first.clone();
    matmul(second.as_mut(), Accum::Add, correction.as_ref(), first.as_ref(), 1.0, Par::Seq);
    let mut square = Mat::<f64>::zeros(n, n);
    matmul(square.as_mut(), Accum::Replace, second.as_ref(), second.as_ref().transpose(), 1.0, Par::Seq);
    let newton = Mat::from_fn(n, n, |i, j| if i == j { 1.5 } else { 0.0 } - 0.5 * square[(i, j)]);
    matmul(out.as_mut(), Accum::Replace, newton.as_ref(), second.as_ref(), 1.0, Par::Seq);
    Ok(vec![sigma.iter().sum(), n as f64])
}

fn polar_by_svd(a: MatRef<'_, f64>, mut out: MatMut<'_, f64>) -> Result<Vec<f64>> {
    let found = thin_svd(a)?;
    let values: Vec<f64> = found.S().column_vector().iter().copied().collect();
    let largest = values.first().copied().unwrap_or(0.0);
    let cut = a.nrows().max(a.ncols()) as f64 * f64::EPSILON * largest;
    let rank = values.iter().filter(|value| **value > cut).count();
    let u = found.U().subcols(0, rank);
    let v = found.V().subcols(0, rank);
    matmul(out.as_mut(), Accum::Replace, u, v.transpose(), 1.0, Par::Seq);
    Ok(vec![values[..rank].iter().sum(), rank as f64])
}

fn product(a: &Mat<f64>, b: &Mat<f64>) -> Mat<f64> {
    let mut out = Mat::<f64>::zeros(a.nrows(), b.ncols());
    matmul(out.as_mut(), Accum::Replace, a.as_ref(), b.as_ref(), 1.0, Par::Seq);
    out
}

fn thin_svd(a: MatRef<'_, f64>) -> Result<faer::linalg::solvers::Svd<f64>> {
    a.thin_svd().map_err(|_| Error::from_reason("the singular values did not converge"))
}

/// Eigenvalues, descending, and their vectors in columns.
fn eigen(a: MatRef<'_, f64>) -> Result<(Vec<f64>, Mat<f64>)> {
    let n = a.nrows();
    let found =
        a.self_adjoint_eigen(Side::Lower).map_err(|_| Error::from_reason("the eigenvalues did not converge"))?;
    let values: Vec<f64> = found.S().column_vector().iter().rev().copied().collect();
    let u = found.U();
    Ok((values, Mat::from_fn(n, n, |i, j| u[(i, n - 1 - j)])))
}

/// Columns to mean 0 and standard deviation 1 (ddof 0) in place; constant columns are only centred.
#[napi]
pub fn zscore(mut data: Float64Array, rows: u32, columns: u32) -> Result<()> {
    let (rows, columns) = (rows as usize, columns as usize);
    let data = written(&mut data);
    view_mut(data, rows, columns)?;
    let mut means = vec![0.0; columns];
    for row in data.chunks_exact(columns.max(1)) {
        for (mean, value) in means.iter_mut().zip(row) {
            *mean += value;
        }
    }
    means.iter_mut().for_each(|mean| *mean /= rows as f64);
    let mut factors = vec![0.0; columns];
    for row in data.chunks_exact_mut(columns.max(1)) {
        for ((value, mean), square) in row.iter_mut().zip(&means).zip(factors.iter_mut()) {
            *value -= mean;
            *square += *value * *value;
        }
    }
    factors.iter_mut().for_each(|square| *square = if *square > 0.0 { (rows as f64 / *square).sqrt() } else { 1.0 });
    for row in data.chunks_exact_mut(columns.max(1)) {
        for (value, factor) in row.iter_mut().zip(&factors) {
            *value *= factor;
        }
    }
    Ok(())
}
