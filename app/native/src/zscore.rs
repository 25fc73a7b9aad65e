//! Standard scores.

use napi::bindgen_prelude::Float64Array;
use napi::Result;
use napi_derive::napi;

use crate::matrix::{view_mut, written};

/// Columns to mean 0 and standard deviation 1 (ddof 0) in place; constant columns are only centred.
#[napi(catch_unwind)]
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
