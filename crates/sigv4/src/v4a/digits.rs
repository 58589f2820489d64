//! Numbers of 256 bits as nine digits of 29 bits, and the common part of the curve's two moduli.
//!
//! A product of two digits has 58 bits, so a column of nine of them fits into 64 with room for a sign:
//! WebAssembly has no larger product. Digits have a sign, so that a difference consists of the differences of
//! the digits, without borrows. A number is *tight* if all digits but the last are from 0 to 2^29 - 1, and
//! the last, which has the sign of the whole, is small.
//!
//! Nothing here or in the other files of the curve branches on a number, or reads from an address that
//! depends on one: masks make all choices. Loops end after a fixed count.

/// Bits of a digit.
pub(super) const BITS: u32 = 29;
pub(super) const COUNT: usize = 9;
/// The bits of a tight digit.
pub(super) const MASK: i64 = (1 << BITS) - 1;

pub(super) type Digits = [i32; COUNT];
/// The sums of products of digits, one for each power of 2^29.
pub(super) type Columns = [i64; 2 * COUNT];

/// A prime modulus from 2^255 to 2^256.
pub(super) struct Modulus {
    pub(super) digits: Digits,
    /// The number whose product with the modulus is -1 modulo 2^29.
    pub(super) negated_inverse: i64,
}

impl Modulus {
    /// The factor by which the modulus is added to `low` to make it a multiple of 2^29.
    pub(super) fn factor(&self, low: i64) -> i64 {
        ((low & MASK) * self.negated_inverse) & MASK
    }
}

/// An array with an expression for each digit, whose index is a constant. The compiler, which optimizes for
/// size, would not unroll a loop, which takes twice as long.
macro_rules! each {
    ($place:ident => $of_place:expr) => {
        each!($place => $of_place; 0 1 2 3 4 5 6 7 8)
    };
    ($place:ident => $of_place:expr; $($number:literal)*) => {
        [$({
            const $place: usize = $number;
            $of_place
        }),*]
    };
}
pub(super) use each;

/// Makes digits tight. The sum of each digit and the carry into it has to fit into 64 bits.
#[expect(clippy::inline_always, reason = "digits and columns are locals then")]
#[inline(always)]
pub(super) fn tight(wide: [i64; COUNT]) -> Digits {
    let [w0, mut w1, mut w2, mut w3, mut w4, mut w5, mut w6, mut w7, mut w8] = wide;
    w1 += w0 >> BITS;
    w2 += w1 >> BITS;
    w3 += w2 >> BITS;
    w4 += w3 >> BITS;
    w5 += w4 >> BITS;
    w6 += w5 >> BITS;
    w7 += w6 >> BITS;
    w8 += w7 >> BITS;
    let low = low_digit;
    [low(w0), low(w1), low(w2), low(w3), low(w4), low(w5), low(w6), low(w7), last_digit(w8)]
}

/// The bits of a digit.
pub(super) fn low_digit(wide: i64) -> i32 {
    (wide & MASK) as i32
}

/// The last digit, with the sign.
#[expect(clippy::cast_possible_truncation, reason = "numbers are from -2^260 to 2^260")]
pub(super) fn last_digit(wide: i64) -> i32 {
    wide as i32
}

/// All columns of a product. Written out, because the compiler, which optimizes for size, does not unroll
/// loops.
#[expect(clippy::inline_always, reason = "digits and columns are locals then")]
#[inline(always)]
pub(super) fn product(a: &Digits, b: &Digits) -> Columns {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = each!(I => i64::from(a[I]));
    let [b0, b1, b2, b3, b4, b5, b6, b7, b8] = each!(I => i64::from(b[I]));
    [
        a0 * b0,
        a0 * b1 + a1 * b0,
        a0 * b2 + a1 * b1 + a2 * b0,
        a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0,
        a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0,
        a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0,
        a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0,
        a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0,
        a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0,
        a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1,
        a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2,
        a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3,
        a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4,
        a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5,
        a6 * b8 + a7 * b7 + a8 * b6,
        a7 * b8 + a8 * b7,
        a8 * b8,
        0,
    ]
}

/// All columns of a number's square.
#[expect(clippy::inline_always, reason = "digits and columns are locals then")]
#[inline(always)]
pub(super) fn square(a: &Digits) -> Columns {
    let [a0, a1, a2, a3, a4, a5, a6, a7, a8] = each!(I => i64::from(a[I]));
    let [d1, d2, d3, d4, d5, d6, d7, d8] = [2 * a1, 2 * a2, 2 * a3, 2 * a4, 2 * a5, 2 * a6, 2 * a7, 2 * a8];
    [
        a0 * a0,
        a0 * d1,
        a0 * d2 + a1 * a1,
        a0 * d3 + a1 * d2,
        a0 * d4 + a1 * d3 + a2 * a2,
        a0 * d5 + a1 * d4 + a2 * d3,
        a0 * d6 + a1 * d5 + a2 * d4 + a3 * a3,
        a0 * d7 + a1 * d6 + a2 * d5 + a3 * d4,
        a0 * d8 + a1 * d7 + a2 * d6 + a3 * d5 + a4 * a4,
        a1 * d8 + a2 * d7 + a3 * d6 + a4 * d5,
        a2 * d8 + a3 * d7 + a4 * d6 + a5 * a5,
        a3 * d8 + a4 * d7 + a5 * d6,
        a4 * d8 + a5 * d7 + a6 * a6,
        a5 * d8 + a6 * d7,
        a6 * d8 + a7 * a7,
        a7 * d8,
        a8 * a8,
        0,
    ]
}

/// A mask of ones if a number is negative, or of zeros.
pub(super) fn if_negative(number: i32) -> i32 {
    number >> 31
}

/// The first if the mask is ones, or the second if it is zeros.
pub(super) fn select(mask: i32, first: &Digits, second: &Digits) -> Digits {
    each!(I => second[I] ^ (second[I] ^ first[I]) & mask)
}

/// The number from 0 to the modulus less one of a tight number above minus the modulus and below twice the modulus.
pub(super) fn canonical(digits: &Digits, modulus: &Digits) -> Digits {
    let [.., last] = digits;
    let positive = plus(digits, modulus, 1, if_negative(*last));
    let less = plus(&positive, modulus, -1, -1);
    let [.., last] = less;
    select(if_negative(last), &positive, &less)
}

/// A tight number plus, if the mask is ones, a factor times the other.
pub(super) fn plus(digits: &Digits, other: &Digits, factor: i64, mask: i32) -> Digits {
    tight(each!(I => i64::from(digits[I]) + factor * i64::from(other[I] & mask)))
}

/// A number from 32 bytes, highest first.
pub(super) fn from_bytes(bytes: &[u8; 32]) -> Digits {
    let mut digits = [0; COUNT];
    let mut bytes = bytes.iter().rev();
    let (mut bits, mut length) = (0, 0);
    for digit in &mut digits {
        while length < BITS {
            bits |= i64::from(bytes.next().copied().unwrap_or_default()) << length;
            length += 8;
        }
        *digit = low_digit(bits);
        bits >>= BITS;
        length -= BITS;
    }
    digits
}

/// The bytes of a number that is tight and not negative.
pub(super) fn to_bytes(digits: &Digits) -> [u8; 32] {
    let mut digits = digits.iter();
    let mut bytes = [0; 32];
    let (mut bits, mut length) = (0_u64, 0);
    for byte in bytes.iter_mut().rev() {
        if length < 8 {
            bits |= u64::from(digits.next().copied().unwrap_or_default().unsigned_abs()) << length;
            length += BITS;
        }
        [*byte, ..] = bits.to_le_bytes();
        bits >>= 8;
        length -= 8;
    }
    bytes
}
