//! Columns without their means.

use napi::bindgen_prelude::{Float32Array, Float64Array};
use napi::Result;
use napi_derive::napi;

use crate::matrix::{view, view_mut, written};
use crate::scratch;

/// out = a with each column's mean taken away, and the means; returns the sum of squares of out.
#[napi(catch_unwind)]
pub fn centre(a: &[f64], rows: u32, columns: u32, mut out: Float64Array, mut means: Float64Array) -> Result<f64> {
    by_rows(a, rows, columns, written(&mut out), written(&mut means), |to, from, means| {
        for ((to, from), mean) in to.iter_mut().zip(from).zip(means) {
            *to = from - mean;
        }
        sum_of_squares(to)
    })
}

/// The same with out in single precision, squares of what it was before.
#[napi(catch_unwind)]
pub fn centre_single(
    a: &[f64],
    rows: u32,
    columns: u32,
    mut out: Float32Array,
    mut means: Float64Array,
) -> Result<f64> {
    scratch::numbers(columns as usize, |centred| {
        by_rows(a, rows, columns, written(&mut out), written(&mut means), |to, from, means| {
            for (((to, centred), from), mean) in to.iter_mut().zip(centred.iter_mut()).zip(from).zip(means) {
                *centred = from - mean;
                *to = *centred as f32;
            }
            sum_of_squares(centred)
        })
    })
}

/// Takes the means, then each row of out by `centred` of it, a's row and the means; the sum of what that returns.
fn by_rows<N>(
    a: &[f64],
    rows: u32,
    columns: u32,
    out: &mut [N],
    means: &mut [f64],
    mut centred: impl FnMut(&mut [N], &[f64], &[f64]) -> f64,
) -> Result<f64> {
    view(a, rows, columns)?;
    let (rows, columns) = (rows as usize, columns as usize);
    view_mut(out, rows, columns)?;
    view_mut(means, 1, columns)?;
    means.fill(0.0);
    let width = columns.max(1);
    for row in a.chunks_exact(width) {
        for (mean, value) in means.iter_mut().zip(row) {
            *mean += value;
        }
    }
    means.iter_mut().for_each(|mean| *mean /= rows as f64);
    let mut squares = 0.0;
    for (to, from) in out.chunks_exact_mut(width).zip(a.chunks_exact(width)) {
        squares += centred(to, from, means);
    }
    Ok(squares)
}

/// In eight sums side by side, so that no addition waits for the one before.
fn sum_of_squares(values: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let whole = values.chunks_exact(8);
    let rest = whole.remainder();
    for eight in whole {
        for (sum, value) in sums.iter_mut().zip(eight) {
            *sum += value * value;
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|value| value * value).sum::<f64>()
}
