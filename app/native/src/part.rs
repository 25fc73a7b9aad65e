//! Columns taken out of a matrix, and a part of a matrix added to it.

use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{view, view_mut, written};

/// The chosen columns, in the order given.
#[napi(catch_unwind)]
pub fn take_columns(a: &[f64], rows: u32, columns: u32, chosen: &[i32], mut out: Float64Array) -> Result<()> {
    view(a, rows, columns)?;
    refuse_outside(chosen, columns as usize)?;
    let out = written(&mut out);
    view_mut(out, rows as usize, chosen.len())?;
    if chosen.is_empty() {
        return Ok(());
    }
    for (to, from) in out.chunks_exact_mut(chosen.len()).zip(a.chunks_exact(columns as usize)) {
        for (to, column) in to.iter_mut().zip(chosen) {
            *to = from[*column as usize];
        }
    }
    Ok(())
}

/// The chosen rows as columns, in the order given. Eight rows are read along and written side by side.
#[napi(catch_unwind)]
pub fn turn_rows(a: &[f64], rows: u32, columns: u32, chosen: &[i32], mut out: Float64Array) -> Result<()> {
    view(a, rows, columns)?;
    refuse_outside(chosen, rows as usize)?;
    let out = written(&mut out);
    let (length, width) = (columns as usize, chosen.len());
    view_mut(out, length, width)?;
    let row_of = |row: &i32| &a[*row as usize * length..][..length];
    let (eights, rest) = chosen.as_chunks::<8>();
    for (at, eight) in eights.iter().enumerate() {
        let from: [&[f64]; 8] = std::array::from_fn(|k| row_of(&eight[k]));
        for (column, to) in out.chunks_exact_mut(width).enumerate() {
            let to: &mut [f64] = &mut to[8 * at..8 * at + 8];
            for (to, from) in to.iter_mut().zip(from) {
                *to = from[column];
            }
        }
    }
    for (at, row) in rest.iter().enumerate() {
        let at = 8 * eights.len() + at;
        for (to, value) in out.chunks_exact_mut(width).zip(row_of(row)) {
            to[at] = *value;
        }
    }
    Ok(())
}

/// to[rows[i], columns[j]] += factors[j] · part[i, j].
#[napi(catch_unwind)]
pub fn add_part(
    mut to: Float64Array,
    to_columns: u32,
    part: &[f64],
    rows: &[i32],
    columns: &[i32],
    factors: &[f64],
) -> Result<()> {
    let width = to_columns as usize;
    let to = written(&mut to);
    view(part, rows.len() as u32, columns.len() as u32)?;
    if factors.len() != columns.len() {
        return Err(Error::from_reason("there is not one factor for each column"));
    }
    if columns.is_empty() {
        return Ok(());
    }
    refuse_outside(rows, to.len() / width.max(1))?;
    refuse_outside(columns, width)?;
    for (row, part) in rows.iter().zip(part.chunks_exact(columns.len())) {
        let to = &mut to[*row as usize * width..][..width];
        for ((column, factor), value) in columns.iter().zip(factors).zip(part) {
            to[*column as usize] += factor * value;
        }
    }
    Ok(())
}

fn refuse_outside(places: &[i32], count: usize) -> Result<()> {
    if places.iter().all(|place| usize::try_from(*place).is_ok_and(|place| place < count)) {
        return Ok(());
    }
    Err(Error::from_reason("a row or column is not in the matrix"))
}
