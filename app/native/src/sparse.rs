//! A matrix times a sparse one.

use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;
use pulp::Arch;

use crate::matrix::{turn, view, view_mut, written};
use crate::scratch::numbers;

/// So many rows are summed together: they fit into the registers.
const LANES: usize = 32;

/// out = a · S for a sparse S by columns, of `width` rows: column j holds values[k] in row indices[k] for k from starts[j] up
/// to starts[j + 1].
///
/// A few rows of a at a time, turned over, so that what a column needs of one of S's rows lies side by side. The sums are
/// taken in the order of k, whatever the processor.
#[napi(catch_unwind)]
pub fn times_sparse(
    a: &[f64],
    rows: u32,
    width: u32,
    starts: &[i32],
    indices: &[i32],
    values: &[f64],
    mut out: Float64Array,
) -> Result<()> {
    view(a, rows, width)?;
    let (rows, width) = (rows as usize, width as usize);
    refuse_unfit(width, starts, indices, values)?;
    let columns = starts.len() - 1;
    let out = written(&mut out);
    view_mut(out, rows, columns)?;
    numbers(width * LANES, |turned| {
        for first in (0..rows).step_by(LANES) {
            let lanes = LANES.min(rows - first);
            // Of rows that are not there the last stands for all.
            turn(|at| &a[(first + at.min(lanes - 1)) * width..][..width], LANES, turned);
            let turned = turned.as_chunks::<LANES>().0;
            Arch::new().dispatch(|| {
                for (column, ends) in starts.windows(2).enumerate() {
                    let own = ends[0] as usize..ends[1] as usize;
                    let mut sums = [0.0; LANES];
                    for (index, value) in indices[own.clone()].iter().zip(&values[own]) {
                        for (sum, from) in sums.iter_mut().zip(&turned[*index as usize]) {
                            *sum += value * from;
                        }
                    }
                    for (lane, sum) in sums[..lanes].iter().enumerate() {
                        out[(first + lane) * columns + column] = *sum;
                    }
                }
            });
        }
    });
    Ok(())
}

fn refuse_unfit(width: usize, starts: &[i32], indices: &[i32], values: &[f64]) -> Result<()> {
    let ordered = starts.windows(2).all(|ends| ends[0] <= ends[1]);
    let whole = starts.first() == Some(&0) && starts.last().is_some_and(|end| *end as usize == indices.len());
    let inside = indices.iter().all(|index| usize::try_from(*index).is_ok_and(|index| index < width));
    if ordered && whole && inside && indices.len() == values.len() {
        return Ok(());
    }
    Err(Error::from_reason("a sparse matrix does not hold what it was said to hold"))
}
