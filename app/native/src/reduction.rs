//! Symmetric matrices made tridiagonal by Householder reflections.

use faer::linalg::householder::{make_householder_in_place, upgrade_householder_factor};
use faer::{ColMut, MatMut, MatRef, Par};
use pulp::{Arch, Simd, WithSimd};

/// The widest vector of any processor, in numbers: so much is kept free below each column.
const SPARE: usize = 8;

/// Columns that are gone through together: what is read of the vectors serves all of them.
const TOGETHER: usize = 4;

/// How far columns of n numbers lie apart, so that vectors may run over their ends.
pub fn stride_of(n: usize) -> usize {
    n.next_multiple_of(SPARE) + SPARE
}

/// How many numbers `reduce` takes a matrix in: a few columns more than n.
pub fn room_for(n: usize) -> usize {
    (n + TOGETHER) * stride_of(n)
}

/// A = Q·T·Qᵀ for the symmetric A (n × n) whose lower triangle `a` holds, column by column, `stride_of(n)` apart and zero
/// elsewhere: diagonal (n) and beside (n − 1) of T, and below the diagonal of `a` the reflections that make up Q, with
/// `factors` (block size × n − 1) for faer's `apply_block_householder_sequence_on_the_left_in_place_with_conj`.
///
/// LAPACK's dsytd2, but that a step's update of the matrix and its product with the next reflection are one pass.
pub fn reduce(a: &mut [f64], diagonal: &mut [f64], beside: &mut [f64], factors: MatMut<'_, f64>) {
    let n = diagonal.len();
    let length = stride_of(n);
    let mut room = vec![0.0; 4 * length];
    let mut factors = factors;
    Arch::new().dispatch(Reduce { a, n, diagonal, beside, scales: factors.as_mut(), room: &mut room });
    let reflections = MatRef::from_column_major_slice_with_stride(&a[1..], n - 1, n - 1, length);
    let size = factors.nrows();
    for first in (0..n - 1).step_by(size) {
        let count = size.min(n - 1 - first);
        let mut block = factors.as_mut().submatrix_mut(0, first, count, count);
        for at in 0..count {
            block[(at, at)] = block[(0, at)];
        }
        let reflections = reflections.submatrix(first, first, n - 1 - first, count);
        upgrade_householder_factor(block, reflections, count, 1, Par::Seq);
    }
}

struct Reduce<'a> {
    a: &'a mut [f64],
    n: usize,
    diagonal: &'a mut [f64],
    beside: &'a mut [f64],
    scales: MatMut<'a, f64>,
    room: &'a mut [f64],
}

/// A step's vectors, each as long as a column with what is spare: A −= u·wᵀ + w·uᵀ is pending, product = A·v is wanted.
struct Pass<'a> {
    u: &'a [f64],
    w: &'a [f64],
    v: &'a [f64],
    product: &'a mut [f64],
}

impl WithSimd for Reduce<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { a, n, diagonal, beside, mut scales, room } = self;
        let length = stride_of(n);
        let (mut u, rest) = room.split_at_mut(length);
        let (mut v, rest) = rest.split_at_mut(length);
        let (w, product) = rest.split_at_mut(length);
        for k in 0..n {
            let column = &mut a[k * length..][..n];
            let (uk, wk) = (u[k], w[k]);
            for ((to, u), w) in column[k..].iter_mut().zip(&u[k..n]).zip(&w[k..n]) {
                *to -= u * wk + w * uk;
            }
            diagonal[k] = column[k];
            if k + 1 == n {
                break;
            }
            let (head, tail) = column[k + 1..].split_at_mut(1);
            let scale = make_householder_in_place(&mut head[0], ColMut::from_slice_mut(tail)).tau;
            scales[(0, k)] = scale;
            beside[k] = head[0];
            v[k + 1] = 1.0;
            v[k + 2..n].copy_from_slice(tail);
            product[k + 1..n].fill(0.0);
            let mut pass = Pass { u, w, v, product };
            for first in (k + 1..n).step_by(TOGETHER) {
                pass.columns(simd, a, n, first);
            }
            let v_part = &v[k + 1..n];
            let along: f64 = product[k + 1..n].iter().zip(v_part).map(|(p, v)| p * v).sum();
            let over = 1.0 / scale;
            let half = 0.5 * along * over;
            for ((w, p), v) in w[k + 1..n].iter_mut().zip(&product[k + 1..n]).zip(v_part) {
                *w = (p - half * v) * over;
            }
            std::mem::swap(&mut u, &mut v);
        }
    }
}

impl Pass<'_> {
    /// Four columns from `first` on, from the first one's diagonal down. What they hold above their own diagonals is
    /// updated too and counts for nothing.
    #[inline(always)]
    fn columns<S: Simd>(&mut self, simd: S, a: &mut [f64], n: usize, first: usize) {
        let length = stride_of(n);
        let end = first + (n - first).next_multiple_of(SPARE);
        let (a0, rest) = a[first * length..].split_at_mut(length);
        let (a1, rest) = rest.split_at_mut(length);
        let (a2, a3) = rest.split_at_mut(length);
        let [a0, a1, a2, a3] = [a0, a1, a2, a3].map(|column| S::as_mut_simd_f64s(&mut column[first..end]).0);
        let [u, w, v] = [self.u, self.w, self.v].map(|vector| S::as_simd_f64s(&vector[first..end]).0);
        let splats = |vector: &[f64], sign: f64| {
            let four: [f64; TOGETHER] = vector[first..first + TOGETHER].try_into().expect("there are four");
            four.map(|value| simd.splat_f64s(sign * value))
        };
        let (us, ws, vs) = (splats(self.u, -1.0), splats(self.w, -1.0), splats(self.v, 1.0));
        let product = S::as_mut_simd_f64s(&mut self.product[first..end]).0;
        let mut sums = [simd.splat_f64s(0.0); TOGETHER];
        let head = SPARE / S::F64_LANES;
        for row in 0..head {
            for (at, column) in [&mut *a0, &mut *a1, &mut *a2, &mut *a3].into_iter().enumerate() {
                let from_diagonal = S::as_simd_f64s(&FROM_DIAGONAL[at]).0[row];
                let below = S::as_simd_f64s(&BELOW_DIAGONAL[at]).0[row];
                let new = simd.mul_add_f64s(w[row], us[at], simd.mul_add_f64s(u[row], ws[at], column[row]));
                column[row] = new;
                product[row] = simd.mul_add_f64s(simd.mul_f64s(new, from_diagonal), vs[at], product[row]);
                sums[at] = simd.mul_add_f64s(new, simd.mul_f64s(v[row], below), sums[at]);
            }
        }
        for (((((((a0, a1), a2), a3), u), w), v), product) in a0[head..]
            .iter_mut()
            .zip(&mut a1[head..])
            .zip(&mut a2[head..])
            .zip(&mut a3[head..])
            .zip(&u[head..])
            .zip(&w[head..])
            .zip(&v[head..])
            .zip(&mut product[head..])
        {
            let mut total = *product;
            for (at, entry) in [a0, a1, a2, a3].into_iter().enumerate() {
                let new = simd.mul_add_f64s(*w, us[at], simd.mul_add_f64s(*u, ws[at], *entry));
                *entry = new;
                total = simd.mul_add_f64s(new, vs[at], total);
                sums[at] = simd.mul_add_f64s(new, *v, sums[at]);
            }
            *product = total;
        }
        for (at, sum) in sums.into_iter().enumerate() {
            self.product[first + at] += simd.reduce_sum_f64s(sum);
        }
    }
}

/// Which of the first rows of four columns are not above the diagonal, and which are below it.
const FROM_DIAGONAL: [[f64; SPARE]; TOGETHER] = rows_from(0);
const BELOW_DIAGONAL: [[f64; SPARE]; TOGETHER] = rows_from(1);

const fn rows_from(offset: usize) -> [[f64; SPARE]; TOGETHER] {
    let mut out = [[0.0; SPARE]; TOGETHER];
    let mut column = 0;
    while column < TOGETHER {
        let mut row = column + offset;
        while row < SPARE {
            out[column][row] = 1.0;
            row += 1;
        }
        column += 1;
    }
    out
}
