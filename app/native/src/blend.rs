//! Weighted sums of spaces, z-scored in the same pass.

use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{view_mut, written};
use crate::zscore::{standardise, Panel};

/// out = Σ weight · space (rows × columns each), summed in the order given; its columns z-scored if asked.
///
/// A panel of columns at a time, which stays in the cache from the sum to the last division.
#[napi(catch_unwind)]
pub fn blend(
    spaces: Vec<Float64Array>,
    weights: &[f64],
    rows: u32,
    columns: u32,
    zscore: bool,
    mut out: Float64Array,
) -> Result<()> {
    let (rows, columns) = (rows as usize, columns as usize);
    let out = written(&mut out);
    view_mut(out, rows, columns)?;
    if spaces.len() != weights.len() || spaces.iter().any(|space| space.len() != out.len()) {
        return Err(Error::from_reason("the parts of a sum differ in size"));
    }
    for panel in Panel::all(rows, columns) {
        for row in 0..rows {
            let range = panel.row(row);
            let to = &mut out[range.clone()];
            to.fill(0.0);
            for (space, weight) in spaces.iter().zip(weights) {
                for (to, from) in to.iter_mut().zip(&space[range.clone()]) {
                    *to += weight * from;
                }
            }
        }
        if zscore {
            standardise(out, &panel);
        }
    }
    Ok(())
}
