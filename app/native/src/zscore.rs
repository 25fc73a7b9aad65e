//! Standard scores.

use std::ops::Range;

use napi::bindgen_prelude::Float64Array;
use napi::Result;
use napi_derive::napi;

use crate::matrix::{view_mut, written};

/// Numbers of a panel: 128 KiB, which every processor's second cache holds.
const PANEL: usize = 16 * 1024;

/// Some neighbouring columns of a row-major matrix.
pub struct Panel {
    rows: usize,
    columns: usize,
    first: usize,
    width: usize,
}

impl Panel {
    /// The panels that make up a matrix, from the left.
    pub fn all(rows: usize, columns: usize) -> impl Iterator<Item = Panel> {
        let width = (PANEL / rows.max(1)).max(32);
        (0..columns).step_by(width).map(move |first| Panel {
            rows,
            columns,
            first,
            width: width.min(columns - first),
        })
    }

    /// Where the panel's part of a row lies in the matrix.
    pub fn row(&self, row: usize) -> Range<usize> {
        let start = row * self.columns + self.first;
        start..start + self.width
    }
}

/// Columns to mean 0 and standard deviation 1 (ddof 0) in place; constant columns are only centred.
#[napi(catch_unwind)]
pub fn zscore(mut data: Float64Array, rows: u32, columns: u32) -> Result<()> {
    let (rows, columns) = (rows as usize, columns as usize);
    let data = written(&mut data);
    view_mut(data, rows, columns)?;
    for panel in Panel::all(rows, columns) {
        standardise(data, &panel);
    }
    Ok(())
}

/// The same of one panel.
pub fn standardise(data: &mut [f64], panel: &Panel) {
    let mut means = vec![0.0; panel.width];
    for row in 0..panel.rows {
        for (mean, value) in means.iter_mut().zip(&data[panel.row(row)]) {
            *mean += value;
        }
    }
    means.iter_mut().for_each(|mean| *mean /= panel.rows as f64);
    let mut factors = vec![0.0; panel.width];
    for row in 0..panel.rows {
        for ((value, mean), square) in data[panel.row(row)].iter_mut().zip(&means).zip(factors.iter_mut()) {
            *value -= mean;
            *square += *value * *value;
        }
    }
    let rows = panel.rows as f64;
    factors.iter_mut().for_each(|square| *square = if *square > 0.0 { (rows / *square).sqrt() } else { 1.0 });
    for row in 0..panel.rows {
        for (value, factor) in data[panel.row(row)].iter_mut().zip(&factors) {
            *value *= factor;
        }
    }
}
