//! Inverses modulo a prime in constant time: the division steps of Bernstein and Yang, "Fast constant-time gcd
//! computation and modular inversion" (<https://gcd.cr.yp.to/papers.html#safegcd>), in the variant that starts with
//! half a step, for which 590 are enough for numbers of 256 bits (<https://github.com/sipa/safegcd-bounds>).

use super::digits::{BITS, COUNT, Digits, Modulus, if_negative, last_digit, low_digit, plus};
use zeroize::Zeroize;

/// So many times the steps of one digit: 609.
const ROUNDS: usize = 21;

/// `scale` divided by a number from 0 to the modulus less one, or 0 if that is 0: tight, and between -11 and 11 times
/// the modulus.
pub(super) fn divide(scale: &Digits, number: &Digits, modulus: &Modulus) -> Digits {
    // Two pairs with the same ratio modulo the modulus: `a` and `b` times the inverse of `number` are `scale * f` and
    // `scale * g`. The steps make the greatest common divisor of `f`, and 0 of `g`.
    let (mut f, mut g) = (modulus.digits, *number);
    let (mut a, mut b) = ([0; COUNT], *scale);
    let mut delta = -1;
    for _ in 0..ROUNDS {
        let [low_f, ..] = f;
        let [low_g, ..] = g;
        let matrix = steps(&mut delta, low_f.into(), low_g.into());
        apply(&matrix, &mut f, &mut g, modulus);
        apply(&matrix, &mut a, &mut b, modulus);
    }
    // `f` is 1 or -1 now, or the modulus if the number was 0 and `a` is.
    let [.., last] = f;
    let quotient = plus(&a, &a, -2, if_negative(last));
    for digits in [&mut f, &mut g, &mut a, &mut b] {
        digits.zeroize();
    }
    quotient
}

/// As many steps as a digit has bits, for which its bits of both numbers are all that counts. A step makes
/// `(g, (g - f) / 2)` of `(f, g)` if `g` is odd and delta above 0, else `(f, g / 2)` or `(f, (g + f) / 2)`, whichever
/// is whole. Returns the matrix that does the same 29 times over, times 2^29: the sum of the sizes in a row is 2^29 at
/// most. `delta` is -2 times that of the paper, as that starts with a half.
#[expect(clippy::many_single_char_names, reason = "as in the paper")]
fn steps(delta: &mut i64, mut f: i64, mut g: i64) -> [i64; 4] {
    // A row of the matrix is one number: its first entry, and 2^32 times the second.
    let (mut row_f, mut row_g) = (1_i64, 1_i64 << 32);
    for _ in 0..BITS {
        let odd = -(g & 1);
        let swap = (odd & *delta) >> 63;
        g += ((f ^ swap) - swap) & odd;
        row_g += ((row_f ^ swap) - swap) & odd;
        // What was taken from `g` is added back to it.
        f += g & swap;
        row_f += row_g & swap;
        *delta = (*delta ^ swap) - swap - 2;
        g >>= 1;
        row_f <<= 1;
    }
    let [(u, v), (q, r)] = [row_f, row_g].map(|row| {
        let first = row << 32 >> 32;
        (first, (row - first) >> 32)
    });
    [u, v, q, r]
}

/// Multiplies a pair by the matrix and divides by 2^29, modulo the modulus. If both sums can be divided, none is added:
/// so it is for `f` and `g`, which stay within the modulus. Else half a modulus is added at most, in each round.
#[expect(clippy::many_single_char_names, reason = "as in the paper")]
fn apply([u, v, q, r]: &[i64; 4], first: &mut Digits, second: &mut Digits, modulus: &Modulus) {
    let factor = |a: i64, b: i64, x: i32, y: i32| {
        let low = a * i64::from(x) + b * i64::from(y);
        modulus.factor(low) << 35 >> 35
    };
    let ([x, ..], [y, ..]) = (*first, *second);
    let (m, n) = (factor(*u, *v, x, y), factor(*q, *r, x, y));
    let (mut above, mut below) = (0, 0);
    for ((x, y), of_modulus) in first.iter_mut().zip(second.iter_mut()).zip(modulus.digits) {
        let (a, b, of_modulus) = (i64::from(*x), i64::from(*y), i64::from(of_modulus));
        above += u * a + v * b + m * of_modulus;
        below += q * a + r * b + n * of_modulus;
        (*x, *y) = (low_digit(above), low_digit(below));
        (above, below) = (above >> BITS, below >> BITS);
    }
    for (digits, last) in [(first, above), (second, below)] {
        // The lowest is 0.
        digits.rotate_left(1);
        let [.., end] = digits;
        *end = last_digit(last);
    }
}
