//! Weighted sums.

use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::written;

/// to += factor · from.
#[napi(catch_unwind)]
pub fn add_scaled(mut to: Float64Array, from: &[f64], factor: f64) -> Result<()> {
    let to = written(&mut to);
    if to.len() != from.len() {
        return Err(Error::from_reason("the parts of a sum differ in size"));
    }
    for (to, from) in to.iter_mut().zip(from) {
        *to += factor * from;
    }
    Ok(())
}
