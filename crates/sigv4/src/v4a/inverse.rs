//! Inverses modulo a prime in constant time: the division steps of Bernstein and Yang, "Fast constant-time gcd
//! computation and modular inversion" (<https://gcd.cr.yp.to/papers.html#safegcd>), in the variant that starts with
//! half a step, for which 590 are enough for numbers of 256 bits (<https://github.com/sipa/safegcd-bounds>).

use super::digits::{BITS, COUNT, Digits, Modulus, if_negative, last_digit, low_digit, plus};
use zeroize::Zeroize;

/// How often the steps of one digit are repeated: 609 steps.
const ROUNDS: usize = 21;

/// A divisor from 0 to the modulus less one.
pub(super) struct Fraction<'a> {
    pub(super) scale: &'a Digits,
    pub(super) number: &'a Digits,
    pub(super) modulus: &'a Modulus,
}

/// Two quotients, or 0 where the number is 0: tight, and between -12 and 12 times the modulus. Two at once
/// take little longer than one, because each step has to wait for the previous one.
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub(super) fn divide(fractions: [Fraction<'_>; 2]) -> [Digits; 2] {
    let mut states = fractions.map(|Fraction { scale, number, modulus }| State {
        modulus,
        f: modulus.digits,
        g: *number,
        a: [0; COUNT],
        b: *scale,
        delta: -1,
    });
    for _ in 0..ROUNDS {
        let [first, second] = &mut states;
        let mut steps = (Steps::of(first), Steps::of(second));
        for _ in 0..BITS {
            steps.0.step();
            steps.1.step();
        }
        first.apply(&steps.0);
        second.apply(&steps.1);
    }
    states.map(|mut state| state.quotient())
}

/// Two pairs with the same ratio modulo the modulus: `a` and `b` times the number are `f` and `g` times the scale.
struct State<'a> {
    modulus: &'a Modulus,
    f: Digits,
    g: Digits,
    a: Digits,
    b: Digits,
    delta: i64,
}

/// As many steps as a digit has bits, for which its bits of both numbers are all that counts. A step makes
/// `(g, (g - f) / 2)` of `(f, g)` if `g` is odd and delta above 0, else `(f, g / 2)` or `(f, (g + f) / 2)`, whichever
/// is whole.
struct Steps {
    f: i64,
    g: i64,
    /// The matrix that does the same at once, times a power of 2. A row is one number: its first entry, and 2^32 times
    /// the second. The sum of their sizes is 2^29 at most.
    row_f: i64,
    row_g: i64,
    /// -2 times the delta of the paper, which starts with a half.
    delta: i64,
}

impl Steps {
    fn of(State { f: [f, ..], g: [g, ..], delta, .. }: &State<'_>) -> Self {
        Self { f: (*f).into(), g: (*g).into(), row_f: 1, row_g: 1 << 32, delta: *delta }
    }

    #[expect(clippy::inline_always, reason = "both numbers' steps wait for each other else")]
    #[inline(always)]
    fn step(&mut self) {
        let odd = -(self.g & 1);
        let swap = (odd & self.delta) >> 63;
        self.g += ((self.f ^ swap) - swap) & odd;
        self.row_g += ((self.row_f ^ swap) - swap) & odd;
        // The part that was subtracted from `g` is added back.
        self.f += self.g & swap;
        self.row_f += self.row_g & swap;
        self.delta = (self.delta ^ swap) - swap - 2;
        self.g >>= 1;
        self.row_f <<= 1;
    }
}

impl State<'_> {
    /// Applies the same steps to all digits.
    fn apply(&mut self, steps: &Steps) {
        let matrix = [steps.row_f, steps.row_g].map(|row| {
            let first = row << 32 >> 32;
            [first, (row - first) >> 32]
        });
        self.delta = steps.delta;
        apply(&matrix, &mut self.f, &mut self.g, self.modulus);
        apply(&matrix, &mut self.a, &mut self.b, self.modulus);
    }

    /// After all steps `g` is 0, and `f` is 1 or -1, or the modulus if the number was 0: `a` is 0 then.
    fn quotient(&mut self) -> Digits {
        let [.., last] = self.f;
        let quotient = plus(&self.a, &self.a, -2, if_negative(last));
        for digits in [&mut self.f, &mut self.g, &mut self.a, &mut self.b] {
            digits.zeroize();
        }
        quotient
    }
}

/// Multiplies a pair by the matrix and divides by 2^29, modulo the modulus. If both sums are divisible, no
/// multiple is added: this is so for `f` and `g`, which stay within the modulus. Otherwise half a modulus is
/// added at most, in each round.
#[expect(clippy::many_single_char_names, reason = "as in the paper")]
#[cfg_attr(target_arch = "wasm32", inline(never))]
fn apply([[u, v], [q, r]]: &[[i64; 2]; 2], first: &mut Digits, second: &mut Digits, modulus: &Modulus) {
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
        // The lowest digit is 0.
        digits.rotate_left(1);
        let [.., end] = digits;
        *end = last_digit(last);
    }
}
