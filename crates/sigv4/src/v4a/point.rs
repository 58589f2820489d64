//! The curve P-256: the generator times a number.
//!
//! <https://csrc.nist.gov/pubs/sp/800/186/final>, section 3.2.1.3

use super::digits::{COUNT, each};
use super::field::Element;
use super::scalar::Scalar;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::hint::black_box;
use once_cell::race::OnceBox;
use zeroize::{Zeroize, Zeroizing};

/// How many bits of a number are looked up at once.
const WINDOW: usize = 5;
/// The number of digits. The last one has fewer bits of the number, so that it has no carry.
const WINDOWS: usize = 256 / WINDOW + 1;
/// Digits are from -15 to 16, so that half of the points are enough.
const MULTIPLES: usize = 1 << (WINDOW - 1);

/// x and y of the generator.
const GENERATOR: Affine = Affine {
    x: Element([
        0x1522_8783,
        0x730_d418,
        0xdb0_0bcf,
        0x57f_11fb,
        0xa20_eb75,
        0x12b7_7622,
        0x330_fdb9,
        0x1af4_dd57,
        0x12_0bee,
    ]),
    y: Element([
        0x12aa_c150,
        0x1253_57ce,
        0xf22_e6ef,
        0xe39_0e86,
        0x64b_1695,
        0x88d_d21f,
        0x2a9_7443,
        0x296_2176,
        0xae_3fe3,
    ]),
};

/// A point with its coordinates.
#[derive(Clone, Copy)]
pub(super) struct Affine {
    pub(super) x: Element,
    pub(super) y: Element,
}

/// The point x / z^2, y / z^3; the neutral point if z is 0.
#[derive(Clone, Copy)]
pub(super) struct Jacobian {
    x: Element,
    y: Element,
    pub(super) z: Element,
}

impl From<Affine> for Jacobian {
    fn from(Affine { x, y }: Affine) -> Self {
        Self { x, y, z: Element::ONE }
    }
}

impl Jacobian {
    /// The sum with another point. It is wrong if either is the neutral one, and if they are the same or each other's
    /// negative. <https://hyperelliptic.org/EFD/g1p/auto-shortw-jacobian.html#addition-madd>
    ///
    /// By the bounds of products ([`Element`]), where the coordinates of `self` are between -5 p and 5 p, those of
    /// `other` too: the products that are subtracted from are between -0.8 p and 1.8 p, h and r between -5.8 p and
    /// 6.8 p, hh between 0 and 2.5 p, hhh and v between -0.6 p and 1.6 p. So x is between -4.8 p and 4.3 p, y between
    /// -1.7 p and 2.7 p, z between -1.1 p and 2.1 p.
    #[expect(clippy::many_single_char_names, reason = "as in the database of formulas")]
    fn plus(&self, other: &Affine) -> Self {
        let zz = self.z.squared();
        let h = other.x.times(&zz).minus(&self.x);
        let r = other.y.times(&self.z.times(&zz)).minus(&self.y);
        let hh = h.squared();
        let hhh = h.times(&hh);
        let v = self.x.times(&hh);
        let x = Element::sum_of([(1, &r.squared()), (-1, &hhh), (-2, &v)]);
        let y = Element::sum_of([(1, &r.times(&v.minus(&x))), (-1, &self.y.times(&hhh)), (0, &v)]);
        Self { x, y, z: self.z.times(&h) }
    }

    /// The double.
    fn doubled(&self) -> Self {
        let zz = self.z.squared();
        let yy = self.y.squared();
        let slope = reduced(1, &self.x, -1, &zz).times(&reduced(1, &self.x, 1, &zz));
        let slope = reduced(3, &slope, 0, &zz);
        let s = self.x.times(&yy);
        let x = reduced(1, &slope.squared(), -8, &s);
        let y = slope.times(&reduced(4, &s, -1, &x));
        Self { x, y: reduced(1, &y, -8, &yy.squared()), z: reduced(2, &self.y.times(&self.z), 0, &zz) }
    }

    /// The coordinates, with the inverse of z.
    pub(super) fn affine(&self, inverse: &Element) -> Affine {
        let square = inverse.squared();
        Affine { x: self.x.times(&square), y: self.y.times(&square.times(inverse)) }
    }
}

impl Zeroize for Jacobian {
    fn zeroize(&mut self) {
        for coordinate in [&mut self.x, &mut self.y, &mut self.z] {
            coordinate.zeroize();
        }
    }
}

/// A sum of two elements, each times a number, that is from -40 p to 40 p: as one between -1.3 p and 2.3 p.
#[cfg_attr(target_arch = "wasm32", inline(never))]
fn reduced(i: i64, a: &Element, j: i64, b: &Element) -> Element {
    Element::sum_of([(i, a), (j, b), (0, a)]).times(&Element::ONE)
}

/// A point of the table, as it is read: x's digit in the lower half of each word, y's in the upper.
type Entry = [u64; COUNT];

fn entry(point: &Affine) -> Entry {
    each!(I => u64::from(point.x.0[I].cast_unsigned()) | u64::from(point.y.0[I].cast_unsigned()) << 32)
}

/// The generator times 1 to 16, times each power of 32, made for the first signature.
fn table() -> &'static [Entry] {
    static TABLE: OnceBox<Vec<Entry>> = OnceBox::new();
    TABLE.get_or_init(|| {
        let mut points = Vec::with_capacity(WINDOWS * MULTIPLES);
        let mut base = GENERATOR;
        for _ in 0..WINDOWS {
            let mut point = Jacobian::from(base);
            points.push(point);
            let mut next = point.doubled();
            for _ in 1..MULTIPLES {
                point = next;
                points.push(point);
                next = point.plus(&base);
            }
            let next = point.doubled();
            base = next.affine(&next.z.inverse());
        }
        Box::new(affine(&points).iter().map(entry).collect())
    })
}

/// The coordinates of points with one inverse: that of the product of all z. `products` has, for each point, the
/// product of those before it.
fn affine(points: &[Jacobian]) -> Vec<Affine> {
    let mut product = Element::ONE;
    let mut products = Vec::with_capacity(points.len());
    for point in points {
        products.push(product);
        product = product.times(&point.z);
    }
    let mut inverse = product.inverse();
    let mut affine: Vec<_> = points
        .iter()
        .zip(products)
        .rev()
        .map(|(point, before)| {
            let its = inverse.times(&before);
            inverse = inverse.times(&point.z);
            point.affine(&its)
        })
        .collect();
    affine.reverse();
    affine
}

/// The generator times a secret number from 1 to the order less one: the sum of one point for each digit,
/// from the lowest on. For each digit all points of its power are read, so that neither time nor addresses
/// depend on the number.
///
/// [`Jacobian::plus`] is never wrong for what is taken of it. Let s be the sum of the digits below a digit d that is
/// not 0, and w the power of 32 of it: s is from -0.5 w to 0.52 w, as the digits are from -15 to 16. So s is neither
/// d w nor -d w, and the sizes of all of them together are below 17 w: below the order, n, so that they are not the same
/// modulo n either, unless d is the last digit. It is 1 or 2 then, w is 2^255, and s + d w is the number, so not 0 modulo
/// n; and s is not d w, nor d w - n, which for 1 is a little above -w, nor for 2 a little above 0: for s is negative
/// then, or the number would be above n. It is not d w - 2 n, which is below -w.
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub(super) fn times_generator(number: &Scalar) -> Jacobian {
    let mut sum = Jacobian { x: Element::ZERO, y: Element::ZERO, z: Element::ZERO };
    // Ones as long as the sum is the neutral point.
    let mut is_neutral = -1;
    let bytes = Zeroizing::new(number.to_bytes());
    let mut bytes = bytes.iter().rev();
    // The bits of the number that were read but are in no digit yet, and how many they are, which is not a
    // secret.
    let (mut bits, mut length, mut carry) = (0, 0, 0);
    for multiples in table().chunks_exact(MULTIPLES) {
        if length < WINDOW {
            bits |= i32::from(bytes.next().copied().unwrap_or_default()) << length;
            length += 8;
        }
        let digit = (bits & ((1 << WINDOW) - 1)) + carry;
        bits >>= WINDOW;
        length -= WINDOW;
        // 17 to 32 become -15 to 0, and one more of the next power.
        carry = (digit + (1 << (WINDOW - 1)) - 1) >> WINDOW;
        let size = (digit ^ -carry) + carry + (carry << WINDOW);
        let Affine { x, y } = look_up(multiples, size);
        let point = Affine { x, y: y.negated_if(-carry) };
        let added = sum.plus(&point);
        // The digit 0 has no point.
        let is_zero = (size - 1) >> 31;
        let choose = |added: &Element, old: &Element, new: &Element| {
            Element::choose([(!is_zero & !is_neutral, added), (is_zero, old), (!is_zero & is_neutral, new)])
        };
        sum = Jacobian {
            x: choose(&added.x, &sum.x, &point.x),
            y: choose(&added.y, &sum.y, &point.y),
            z: choose(&added.z, &sum.z, &Element::ONE),
        };
        is_neutral &= is_zero;
    }
    sum
}

/// The point times `size`, which is 0 or the place of a multiple, counted from 1; zeros for 0.
#[expect(clippy::cast_possible_truncation, reason = "halves")]
fn look_up(multiples: &[Entry], size: i32) -> Affine {
    let mut words = [0; COUNT];
    for (multiple, place) in multiples.iter().zip(1..) {
        // Hides the value from the compiler, which could otherwise make a branch of it.
        let mask = black_box(i64::from(((size ^ place) - 1) >> 31).cast_unsigned());
        words = each!(I => words[I] | multiple[I] & mask);
    }
    let [low, high] = [each!(I => words[I] as u32), each!(I => (words[I] >> 32) as u32)];
    Affine { x: Element(low.map(u32::cast_signed)), y: Element(high.map(u32::cast_signed)) }
}
