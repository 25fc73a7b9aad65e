//! Entropic optimal transport: what its iterations do to the whole matrix.

use napi::bindgen_prelude::Float64Array;
use napi::{Error, Result};
use napi_derive::napi;
use pulp::{Arch, Simd, WithSimd};

use crate::matrix::{view, view_mut, written};

/// Rows taken together: what is added up over them is loaded and stored once for all four.
const ROWS: usize = 4;

/// Smaller exponents give zero, so that no product meets a number too small to be normal, which is slow.
const LEAST: f64 = -700.0;

/// out = exp((rowPotential + columnPotential − cost) / epsilon), rows × columns. Exponents must be below 700.
#[napi(catch_unwind)]
pub fn gibbs(
    cost: &[f64],
    rows: u32,
    columns: u32,
    row_potential: &[f64],
    column_potential: &[f64],
    epsilon: f64,
    mut out: Float64Array,
) -> Result<()> {
    view(cost, rows, columns)?;
    let (n, width) = (rows as usize, columns as usize);
    let out = written(&mut out);
    view_mut(out, n, width)?;
    fits(row_potential, n)?;
    fits(column_potential, width)?;
    Arch::new().dispatch(Gibbs { cost, width, row_potential, column_potential, epsilon, out });
    Ok(())
}

/// rowValues = weights ∘ (a·x)^power and columnValues = aᵀ·rowValues for an a of rows × columns, which is read once.
#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments)]
pub fn sweep(
    a: &[f64],
    rows: u32,
    columns: u32,
    x: &[f64],
    weights: &[f64],
    power: f64,
    mut row_values: Float64Array,
    mut column_values: Float64Array,
) -> Result<()> {
    view(a, rows, columns)?;
    let (n, width) = (rows as usize, columns as usize);
    let (row_values, column_values) = (written(&mut row_values), written(&mut column_values));
    fits(x, width)?;
    fits(weights, n)?;
    fits(row_values, n)?;
    fits(column_values, width)?;
    Arch::new().dispatch(Sweep { a, width, x, weights, power, row_values, column_values });
    Ok(())
}

fn fits(values: &[f64], length: usize) -> Result<()> {
    if values.len() == length {
        return Ok(());
    }
    Err(Error::from_reason("the vectors do not fit the matrix"))
}

struct Gibbs<'a> {
    cost: &'a [f64],
    width: usize,
    row_potential: &'a [f64],
    column_potential: &'a [f64],
    epsilon: f64,
    out: &'a mut [f64],
}

impl WithSimd for Gibbs<'_> {
    type Output = ();

    /// The compiler makes vectors of this loop by itself.
    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let width = self.width.max(1);
        let rows = self.out.chunks_exact_mut(width).zip(self.cost.chunks_exact(width));
        for ((to, from), row) in rows.zip(self.row_potential) {
            for ((to, cost), column) in to.iter_mut().zip(from).zip(self.column_potential) {
                *to = exp((row + column - cost) / self.epsilon);
            }
        }
    }
}

struct Sweep<'a> {
    a: &'a [f64],
    width: usize,
    x: &'a [f64],
    weights: &'a [f64],
    power: f64,
    row_values: &'a mut [f64],
    column_values: &'a mut [f64],
}

impl WithSimd for Sweep<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Sweep { a, width, x, weights, power, row_values, column_values } = self;
        column_values.fill(0.0);
        if width == 0 {
            row_values.fill(0.0);
            return;
        }
        let mut row = 0;
        while row + ROWS <= row_values.len() {
            let from: [&[f64]; ROWS] = std::array::from_fn(|k| &a[(row + k) * width..(row + k + 1) * width]);
            let along = products(simd, from, x);
            let values: [f64; ROWS] = std::array::from_fn(|k| weights[row + k] * raised(along[k], power));
            row_values[row..row + ROWS].copy_from_slice(&values);
            add(simd, from, values, column_values);
            row += ROWS;
        }
        for row in row..row_values.len() {
            let from = [&a[row * width..(row + 1) * width]];
            let values = [weights[row] * raised(products(simd, from, x)[0], power)];
            row_values[row] = values[0];
            add(simd, from, values, column_values);
        }
    }
}

/// The inner products of some rows with x.
#[inline(always)]
fn products<S: Simd, const N: usize>(simd: S, rows: [&[f64]; N], x: &[f64]) -> [f64; N] {
    let (heads, rest) = S::as_simd_f64s(x);
    let split = rows.map(|row| S::as_simd_f64s(row));
    let mut sums = [simd.splat_f64s(0.0); N];
    for (at, x) in heads.iter().enumerate() {
        for k in 0..N {
            sums[k] = simd.mul_add_e_f64s(split[k].0[at], *x, sums[k]);
        }
    }
    std::array::from_fn(|k| {
        let ends = split[k].1.iter().zip(rest).map(|(a, x)| a * x).sum::<f64>();
        simd.reduce_sum_f64s(sums[k]) + ends
    })
}

/// to += Σ value · row.
#[inline(always)]
fn add<S: Simd, const N: usize>(simd: S, rows: [&[f64]; N], values: [f64; N], to: &mut [f64]) {
    let split = rows.map(|row| S::as_simd_f64s(row));
    let factors = values.map(|value| simd.splat_f64s(value));
    let (heads, rest) = S::as_mut_simd_f64s(to);
    for (at, to) in heads.iter_mut().enumerate() {
        let mut sum = *to;
        for k in 0..N {
            sum = simd.mul_add_e_f64s(split[k].0[at], factors[k], sum);
        }
        *to = sum;
    }
    for (at, to) in rest.iter_mut().enumerate() {
        for k in 0..N {
            *to += split[k].1[at] * values[k];
        }
    }
}

#[inline(always)]
fn raised(value: f64, power: f64) -> f64 {
    if power == 1.0 {
        value
    } else if power == -1.0 {
        1.0 / value
    } else {
        value.powf(power)
    }
}

/// eˣ to an ulp or two, without branches so that it is done for several numbers at once: 2ᵏ times a Taylor sum on
/// |x − k·ln 2| ≤ ½·ln 2. Adding 1½ · 2⁵² leaves k in the lowest bits, from where it moves into the exponent.
#[inline(always)]
fn exp(x: f64) -> f64 {
    const ROUND: f64 = 6755399441055744.0;
    const LN2_HIGH: f64 = 0.693_147_180_369_123_8;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    const FACTORIALS: [f64; 13] = [
        1.0 / 479001600.0,
        1.0 / 39916800.0,
        1.0 / 3628800.0,
        1.0 / 362880.0,
        1.0 / 40320.0,
        1.0 / 5040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ];
    let shifted = x * std::f64::consts::LOG2_E + ROUND;
    let k = shifted - ROUND;
    let rest = (x - k * LN2_HIGH) - k * LN2_LOW;
    let mut sum = 1.0 / 6227020800.0;
    for factor in FACTORIALS {
        sum = sum * rest + factor;
    }
    let scale = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    if x < LEAST {
        0.0
    } else {
        sum * scale
    }
}
