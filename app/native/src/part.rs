//! A matrix turned over, columns taken out of one, and a part of a matrix added to it.

use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;

use crate::matrix::{turn, view, view_mut, written};

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

/// out = aᵀ.
#[napi(catch_unwind)]
pub fn transpose(a: &[f64], rows: u32, columns: u32, mut out: Float64Array) -> Result<()> {
    view(a, rows, columns)?;
    let out = written(&mut out);
    let length = columns as usize;
    view_mut(out, length, rows as usize)?;
    turn(|row| &a[row * length..][..length], rows as usize, out);
    Ok(())
}

/// The chosen rows as columns, in the order given.
#[napi(catch_unwind)]
pub fn turn_rows(a: &[f64], rows: u32, columns: u32, chosen: &[i32], mut out: Float64Array) -> Result<()> {
    view(a, rows, columns)?;
    refuse_outside(chosen, rows as usize)?;
    let out = written(&mut out);
    let length = columns as usize;
    view_mut(out, length, chosen.len())?;
    turn(|at| &a[chosen[at] as usize * length..][..length], chosen.len(), out);
    Ok(())
}

/// to[rows[i], columns[j]] += factors[i] · part[i, j].
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
    if factors.len() != rows.len() {
        return Err(Error::from_reason("there is not one factor for each row"));
    }
    if columns.is_empty() {
        return Ok(());
    }
    refuse_outside(rows, to.len() / width.max(1))?;
    refuse_outside(columns, width)?;
    let runs = runs_of(columns);
    for ((row, factor), part) in rows.iter().zip(factors).zip(part.chunks_exact(columns.len())) {
        let to = &mut to[*row as usize * width..][..width];
        for run in &runs {
            let to = &mut to[run.first..run.first + run.length];
            for (to, value) in to.iter_mut().zip(&part[run.at..run.at + run.length]) {
                *to += factor * value;
            }
        }
    }
    Ok(())
}

/// Columns side by side in both matrices, of which a searchlight has a few in each line of voxels.
struct Run {
    first: usize,
    at: usize,
    length: usize,
}

fn runs_of(columns: &[i32]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        match runs.last_mut() {
            Some(last) if last.first + last.length == *column as usize => last.length += 1,
            _ => runs.push(Run { first: *column as usize, at, length: 1 }),
        }
    }
    runs
}

fn refuse_outside(places: &[i32], count: usize) -> Result<()> {
    if places.iter().all(|place| usize::try_from(*place).is_ok_and(|place| place < count)) {
        return Ok(());
    }
    Err(Error::from_reason("a row or column is not in the matrix"))
}
