//! The numbers modulo the order of P-256, which are private keys, nonces and signatures.

use super::digits::{
    BITS, COUNT, Digits, Modulus, canonical, from_bytes, if_negative, plus, select, tight, to_bytes,
};
use super::field::Element;
use super::inverse::{Fraction, divide};
use zeroize::{Zeroize, Zeroizing};

/// The order of the curve's group.
const ORDER: Modulus = Modulus {
    digits: [
        0x1c63_2551,
        0x1dce_5617,
        0x5e7_a13c,
        0xdf5_5b4e,
        0x1fff_fbce,
        0x1fff_ffff,
        0x3_ffff,
        0x1fe0_0000,
        0xff_ffff,
    ],
    negated_inverse: 0xe00_bc4f,
};
/// 2^522 modulo the order.
const SQUARE: Digits = [
    0x148d_9ef5,
    0xf4e_7f75,
    0x14c6_a651,
    0x3f8_b765,
    0x1658_61f1,
    0x1256_d7d8,
    0x1c18_5b23,
    0xd4c_ab0f,
    0x84_b655,
];

/// A number from 0 to the order less one. It is never copied, because it may be a secret.
#[derive(Default)]
pub(super) struct Scalar(Digits);

impl Scalar {
    pub(super) const ONE: Self = Self([1, 0, 0, 0, 0, 0, 0, 0, 0]);

    /// The number, if it is below the order.
    pub(super) fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let number = Self(from_bytes(bytes));
        let [.., last] = plus(&number.0, &ORDER.digits, -1, -1);
        (last < 0).then_some(number)
    }

    /// The number modulo the order.
    pub(super) fn reduce(bytes: &[u8; 32]) -> Self {
        Self(canonical(&from_bytes(bytes), &ORDER.digits))
    }

    /// Wiped when it is dropped, because it may be a secret.
    pub(super) fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(to_bytes(&self.0))
    }

    /// Whether it is 0, which is not a secret.
    pub(super) fn is_zero(&self) -> bool {
        self.0.iter().fold(0, |all, digit| all | digit) == 0
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        Self(canonical(&plus(&self.0, &other.0, 1, -1), &ORDER.digits))
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        let reduced = multiply(&self.0, &other.0);
        Self(canonical(&multiply(&reduced, &SQUARE), &ORDER.digits))
    }

    /// Its inverse and that of an element; 0 for 0.
    pub(super) fn inverses(&self, element: &Element) -> (Self, Element) {
        let number = element.to_divide();
        let own = Fraction { scale: &Self::ONE.0, number: &self.0, modulus: &ORDER };
        let [inverse, other] = divide([own, Element::fraction(&number)]);
        (Self(inverse).times(&Self::ONE), Element::from_quotient(other))
    }

    /// The number or its negative, whichever is lower.
    pub(super) fn lower(&self) -> Self {
        let negative = plus(&ORDER.digits, &self.0, -1, -1);
        let [.., last] = plus(&negative, &self.0, -1, -1);
        Self(select(if_negative(last), &negative, &self.0))
    }
}

/// Montgomery's product, divided by 2^261: from -n to 2 n if one of them is a number below n and the other from -12 n
/// to 12 n, where n is the order. Columns are as those of the field's products, and as much again.
#[cfg_attr(target_arch = "wasm32", inline(never))]
fn multiply(a: &Digits, b: &Digits) -> Digits {
    let mut columns = [0; 2 * COUNT];
    for (start, a) in a.iter().enumerate() {
        for (column, b) in columns.iter_mut().skip(start).zip(b) {
            *column += i64::from(*a) * i64::from(*b);
        }
    }
    for start in 0..COUNT {
        let Some([low, rest @ ..]) = columns.get_mut(start..) else { break };
        let mut digits = ORDER.digits.iter().map(|digit| i64::from(*digit));
        let multiple = ORDER.factor(*low);
        *low += multiple * digits.next().unwrap_or_default();
        let mut carry = *low >> BITS;
        for (column, digit) in rest.iter_mut().zip(digits) {
            *column += multiple * digit + carry;
            carry = 0;
        }
    }
    tight(columns.last_chunk().copied().unwrap_or_default())
}

impl Zeroize for Scalar {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}
