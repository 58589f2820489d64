//! The numbers modulo the prime of P-256, in Montgomery's form: a number is kept as its product with 2^261.
//!
//! The prime is 2^256 - 2^224 + 2^192 + 2^96 - 1. As it is -1 modulo 2^96, the multiple of it that makes the lowest
//! digit of a number 0 is that digit itself, and is added by four shifts.
//!
//! An element is only reduced as far as needed. Below, p is the prime, and a product is (a b + m p) / 2^261
//! with m from 0 to 2^261 - 1: so it is above a b / 2^261, and below that plus p. 2^261 is a little more than
//! 32 p.

use super::digits::{
    BITS, COUNT, Columns, Digits, MASK, Modulus, canonical, each, product, square, tight, to_bytes,
};
use super::inverse::{Fraction, divide};
use zeroize::Zeroize;

/// The prime.
pub(super) const PRIME: Modulus = Modulus {
    digits: [0x1fff_ffff, 0x1fff_ffff, 0x1fff_ffff, 0x1ff, 0, 0, 0x4_0000, 0x1fe0_0000, 0xff_ffff],
    negated_inverse: 1,
};

/// A number modulo the prime, from -5 p to 5 p. Tight, except for what [`Element::minus`] returns.
#[derive(Clone, Copy)]
pub(super) struct Element(pub(super) Digits);

impl Element {
    pub(super) const ZERO: Self = Self([0; COUNT]);
    /// 2^261 modulo the prime.
    pub(super) const ONE: Self =
        Self([0x20, 0, 0, 0x1fff_c000, 0x1fff_ffff, 0x1fff_ffff, 0x1f7f_ffff, 0x3ff_ffff, 0]);
    /// 2^522 modulo the prime.
    pub(super) const SQUARE: Self =
        Self([0xc00, 0, 0x1fff_0000, 0x1fdf_ffff, 0x1fbf_ffff, 0x1fff_ffff, 0x1fff_ffff, 0x1fff_fffe, 0x13]);

    /// The bytes of the number itself, from 0 to the prime less one.
    pub(super) fn to_bytes(self) -> [u8; 32] {
        let number = self.times(&Self([1, 0, 0, 0, 0, 0, 0, 0, 0]));
        to_bytes(&canonical(&number.0, &PRIME.digits))
    }

    /// The product. Either may be a difference of two tight elements, which is between -10 p and 10 p: so the product
    /// is between -3.2 p and 4.2 p. Of tight elements it is between -0.8 p and 1.8 p, and never negative if they are
    /// the same.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(super) fn times(&self, other: &Self) -> Self {
        debug_assert!(fit(&self.0, &other.0));
        Self(reduce(product(&self.0, &other.0)))
    }

    /// The square.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(super) fn squared(&self) -> Self {
        debug_assert!(fit(&self.0, &self.0));
        Self(reduce(square(&self.0)))
    }

    /// The difference, not tight.
    pub(super) fn minus(&self, other: &Self) -> Self {
        Self(each!(I => self.0[I] - other.0[I]))
    }

    /// A sum of elements, each times a small number. The caller makes sure that it is between -5 p and 5 p.
    #[expect(clippy::inline_always, reason = "the factors are constants then")]
    #[inline(always)]
    pub(super) fn sum_of([(i, one), (j, two), (k, three)]: [(i64, &Self); 3]) -> Self {
        Self(tight(each!(I => i * i64::from(one.0[I]) + j * i64::from(two.0[I]) + k * i64::from(three.0[I]))))
    }

    /// The negative if the mask is ones, or the same if it is zeros.
    pub(super) fn negated_if(&self, mask: i32) -> Self {
        Self(tight(each!(I => i64::from((self.0[I] ^ mask) - mask))))
    }

    /// The inverse, or 0 of 0.
    pub(super) fn inverse(&self) -> Self {
        let number = self.to_divide();
        let [inverse, _] = divide([Self::fraction(&number), Self::fraction(&number)]);
        Self::from_quotient(inverse)
    }

    /// From 0 to the prime less one.
    pub(super) fn to_divide(self) -> Digits {
        canonical(&self.times(&Self::ONE).0, &PRIME.digits)
    }

    /// The inverse, in Montgomery's form.
    pub(super) fn fraction(number: &Digits) -> Fraction<'_> {
        Fraction { scale: &Self::SQUARE.0, number, modulus: &PRIME }
    }

    pub(super) fn from_quotient(quotient: Digits) -> Self {
        Self(quotient).times(&Self::ONE)
    }

    /// The one of three whose mask is ones.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(super) fn choose([(i, one), (j, two), (k, three)]: [(i32, &Self); 3]) -> Self {
        Self(each!(I => one.0[I] & i | two.0[I] & j | three.0[I] & k))
    }
}

impl Zeroize for Element {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

/// Whether two factors are within the bounds: differences of tight digits, with a product below 100 p^2.
fn fit(a: &Digits, b: &Digits) -> bool {
    let [[low_a @ .., last_a], [low_b @ .., last_b]] = [a, b];
    let all_fit = |low: &[i32]| low.iter().all(|digit| i64::from(digit.unsigned_abs()) <= MASK);
    all_fit(low_a) && all_fit(low_b) && (i64::from(*last_a) * i64::from(*last_b)).unsigned_abs() <= 100 << 48
}

/// Adds the multiple of the prime that makes the lower nine columns 0, and returns the others as tight digits.
///
/// The columns of a product of two differences of tight elements, digits from -2^29 to 2^29, are at most 9 * 2^58, which
/// is 2^61.2. What is carried into one is below 2^34, and what the multiples add to one below 2^54: nothing exceeds 2^63.
#[expect(clippy::inline_always, reason = "the columns are locals then")]
#[inline(always)]
fn reduce(columns: Columns) -> Digits {
    let [
        c0,
        mut c1,
        mut c2,
        mut c3,
        mut c4,
        mut c5,
        mut c6,
        mut c7,
        mut c8,
        mut c9,
        mut c10,
        mut c11,
        mut c12,
        mut c13,
        mut c14,
        mut c15,
        mut c16,
        c17,
    ] = columns;
    // 2^96 is 2^9 in the third of the digits that follow, and so on.
    macro_rules! clear {
        ($c0:ident, $c1:ident, $c3:ident, $c6:ident, $c7:ident, $c8:ident) => {
            let multiple = $c0 & MASK;
            $c1 += $c0 >> BITS;
            $c3 += multiple << 9;
            $c6 += multiple << 18;
            $c7 -= multiple << 21;
            $c8 += multiple << 24;
        };
    }
    clear!(c0, c1, c3, c6, c7, c8);
    clear!(c1, c2, c4, c7, c8, c9);
    clear!(c2, c3, c5, c8, c9, c10);
    clear!(c3, c4, c6, c9, c10, c11);
    clear!(c4, c5, c7, c10, c11, c12);
    clear!(c5, c6, c8, c11, c12, c13);
    clear!(c6, c7, c9, c12, c13, c14);
    clear!(c7, c8, c10, c13, c14, c15);
    clear!(c8, c9, c11, c14, c15, c16);
    tight([c9, c10, c11, c12, c13, c14, c15, c16, c17])
}
