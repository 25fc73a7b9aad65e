//! Small symmetric tridiagonal matrices, by the implicit QL algorithm (Dubrulle 1970; EISPACK's imtql2).

/// More sweeps than any eigenvalue takes.
const MOST_SWEEPS: usize = 60;

/// Beside entries of which the largest is 1, one that is nothing though its neighbours on the diagonal are 0.
const NOTHING: f64 = 1e-150;

/// A sum of squares from here on has all its digits.
const WHOLE: f64 = 1e-280;

/// Diagonal d (n) and e beside it (n − 1): d becomes the eigenvalues, in no order, and the columns of `q` (n × n, each
/// `stride` after the last) the eigenvectors. None where one does not converge.
pub fn implicit_ql(d: &mut [f64], e: &mut [f64], q: &mut [f64], stride: usize) -> Option<()> {
    let n = d.len();
    for column in 0..n {
        q[column * stride..][..n].fill(0.0);
        q[column * (stride + 1)] = 1.0;
    }
    for l in 0..n {
        let mut sweeps = 0;
        loop {
            let is_nothing = |at: usize| e[at].abs() <= NOTHING + 0.5 * f64::EPSILON * (d[at].abs() + d[at + 1].abs());
            let m = (l..n - 1).find(|at| is_nothing(*at)).unwrap_or(n - 1);
            if m == l {
                break;
            }
            sweeps += 1;
            if sweeps > MOST_SWEEPS {
                return None;
            }
            let shift = (d[l + 1] - d[l]) / (2.0 * e[l]);
            let length = shift.hypot(1.0);
            let mut g = d[m] - d[l] + e[l] / (shift + length.copysign(shift));
            let (mut sin, mut cos, mut moved) = (1.0f64, 1.0f64, 0.0f64);
            let mut whole = true;
            for at in (l..m).rev() {
                let (f, b) = (sin * e[at], cos * e[at]);
                let square = f * f + g * g;
                let length = if square > WHOLE { square.sqrt() } else { f.hypot(g) };
                if at + 1 < m { e[at + 1] = length; }
                if length == 0.0 {
                    d[at + 1] -= moved;
                    whole = false;
                    break;
                }
                (sin, cos) = (f / length, g / length);
                g = d[at + 1] - moved;
                let turn = (d[at] - g) * sin + 2.0 * cos * b;
                moved = sin * turn;
                d[at + 1] = g + moved;
                g = cos * turn - b;
                rotate(q, stride, n, at, cos, sin);
            }
            if m < n - 1 { e[m] = 0.0; }
            if whole {
                d[l] -= moved;
                e[l] = g;
            }
        }
    }
    Some(())
}

/// Turns columns `at` and `at + 1`.
fn rotate(q: &mut [f64], stride: usize, rows: usize, at: usize, cos: f64, sin: f64) {
    let (left, right) = q[at * stride..].split_at_mut(stride);
    for (left, right) in left[..rows].iter_mut().zip(&mut right[..rows]) {
        let (a, b) = (*left, *right);
        *right = sin * a + cos * b;
        *left = cos * a - sin * b;
    }
}
