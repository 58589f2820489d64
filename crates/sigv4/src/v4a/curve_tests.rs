//! Compares the arithmetic of the curve with `p256`, at its edges and at random.

use super::digits::{COUNT, Digits, from_bytes};
use super::field::{Element, PRIME};
use super::point::{Affine, times_generator};
use super::scalar::Scalar;
use p256::elliptic_curve::bigint::modular::ConstMontyForm;
use p256::elliptic_curve::bigint::{self, U256};
use p256::elliptic_curve::ops::Reduce;
use p256::elliptic_curve::point::AffineCoordinates;
use p256::elliptic_curve::scalar::IsHigh;
use p256::elliptic_curve::{Field, PrimeField};
use p256::{FieldBytes, ProjectivePoint};
use proptest::prelude::*;
use std::prelude::rust_2024::*;
use std::sync::OnceLock;

bigint::const_monty_params!(Prime, U256, "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
type Number = ConstMontyForm<Prime, { U256::LIMBS }>;

fn of_field(bytes: [u8; 32]) -> Number {
    Number::new(&U256::from_be_slice(&bytes))
}

fn small(number: u64) -> Number {
    Number::new(&U256::from_u64(number))
}

fn bytes_of(number: Number) -> [u8; 32] {
    number.retrieve().to_be_bytes().into()
}

fn inverse_or_zero(number: Number) -> Number {
    number.invert().into_option().unwrap_or(Number::ZERO)
}

fn element(bytes: &[u8; 32]) -> Element {
    Element(from_bytes(bytes)).times(&Element::SQUARE)
}

/// The inverse of 2^261.
static SCALE: OnceLock<Number> = OnceLock::new();

/// The number of an element, in any representation.
fn number(element: &Element) -> Number {
    let value = element.0.iter().rev().fold(Number::ZERO, |sum, digit| {
        let size = small(u64::from(digit.unsigned_abs()));
        sum * small(1 << 29) + if *digit < 0 { -size } else { size }
    });
    value * *SCALE.get_or_init(|| inverse_or_zero(small(2).pow(&U256::from_u64(261))))
}

fn of_order(bytes: [u8; 32]) -> p256::Scalar {
    p256::Scalar::reduce(&FieldBytes::from(bytes))
}

/// Bytes of numbers with the digits, bits and borrows that are likely to be wrong.
fn edges() -> Vec<[u8; 32]> {
    let mut edges = Vec::new();
    for base in [Number::ZERO, -Number::ONE, of_field((-p256::Scalar::ONE).to_repr().into())] {
        for bit in (0..256).filter(|bit| [0, 1, 28].contains(&(bit % 29)) || bit % 32 == 0) {
            let power = small(2).pow(&U256::from_u64(bit));
            for number in [base + power, base - power, base + power - Number::ONE, base - power + Number::ONE]
            {
                edges.push(bytes_of(number));
            }
        }
    }
    edges.push([0xff; 32]);
    edges
}

const FULL: i32 = (1 << 29) - 1;

/// Differences with all digits at their bounds: all patterns of signs.
fn bounds() -> Vec<Digits> {
    let mut all = Vec::new();
    for signs in 0..1 << (COUNT - 1) {
        for last in [-10 << 24, -1, 0, 1, (10 << 24) - 1] {
            let mut digits = [last; COUNT];
            for (bit, digit) in digits.iter_mut().take(COUNT - 1).enumerate() {
                *digit = if signs >> bit & 1 == 1 { FULL } else { -FULL };
            }
            all.push(digits);
        }
    }
    all
}

/// Whether an element is tight, and its size in multiples of the prime.
fn size(element: &Element) -> f64 {
    let [low @ .., last] = element.0;
    assert!(low.iter().all(|digit| (0..1 << 29).contains(digit)), "{:x?}", element.0);
    f64::from(last) / f64::from(1 << 24)
}

#[test]
fn products_at_the_bounds() {
    let differences = bounds();
    for (i, a) in differences.iter().enumerate() {
        let a = Element(*a);
        assert_eq!(number(&a.squared()), number(&a).square());
        // Each with some of the others, with all signs.
        for b in [Element(differences[i * 7 % differences.len()]), Element(a.0.map(|digit| -digit))] {
            let product = a.times(&b);
            assert_eq!(number(&product), number(&a) * number(&b));
            assert!((-3.2..4.2).contains(&size(&product)));
        }
    }
}

#[test]
fn elements_at_the_edges() {
    for bytes in edges() {
        let (ours, theirs) = (element(&bytes), of_field(bytes));
        assert_eq!(number(&ours), theirs);
        assert_eq!(ours.to_bytes(), bytes_of(theirs));
        assert_eq!(number(&ours.inverse()), inverse_or_zero(theirs));
    }
}

/// The same number in all representations that an element may have.
#[test]
fn bytes_of_all_forms() {
    for bytes in edges().into_iter().step_by(17) {
        let (ours, prime) = (element(&bytes), Element(PRIME.digits));
        for times in -4..=4 {
            let form = Element::sum_of([(1, &ours), (times, &prime), (0, &ours)]);
            assert_eq!(form.to_bytes(), bytes_of(of_field(bytes)));
            assert_eq!(number(&form.inverse().times(&ours)), number(&ours.inverse().times(&ours)));
        }
    }
}

#[test]
fn scalars_at_the_edges() {
    let all = edges();
    for (i, bytes) in all.iter().enumerate() {
        let (ours, theirs) = (Scalar::reduce(bytes), of_order(*bytes));
        let same =
            |ours: &Scalar, theirs: p256::Scalar| *ours.to_bytes() == <[u8; 32]>::from(theirs.to_repr());
        let (other, others) = (Scalar::reduce(&all[i * 7 % all.len()]), of_order(all[i * 7 % all.len()]));
        assert!(same(&ours, theirs));
        assert!(same(&ours.plus(&other), theirs + others));
        assert!(same(&ours.times(&other), theirs * others));
        let element = element(bytes);
        let (inverse, of_element) = ours.inverses(&element);
        assert!(same(&inverse, theirs.invert().unwrap_or(p256::Scalar::ZERO)));
        assert_eq!(of_element.to_bytes(), bytes_of(inverse_or_zero(of_field(*bytes))));
        assert!(same(&ours.lower(), if bool::from(theirs.is_high()) { -theirs } else { theirs }));
        assert_eq!(ours.is_zero(), bool::from(theirs.is_zero()));
        let repr = p256::Scalar::from_repr(FieldBytes::from(*bytes)).into_option();
        assert_eq!(Scalar::from_bytes(bytes).map(|it| *it.to_bytes()), repr.map(|it| it.to_repr().into()));
    }
}

fn check_multiple(number: p256::Scalar) {
    let sum = times_generator(&Scalar::reduce(&number.to_repr().into()));
    let Affine { x, y } = sum.affine(&sum.z.inverse());
    let point = (ProjectivePoint::GENERATOR * number).to_affine();
    assert_eq!((x.to_bytes(), y.to_bytes()), (point.x().into(), point.y().into()), "{number:?}");
}

/// Numbers whose digits carry, or are 0.
#[test]
fn multiplies_at_the_edges() {
    let mut power = p256::Scalar::ONE;
    for bit in 0..256 {
        let near = [power, power - p256::Scalar::ONE, -power, p256::Scalar::ONE - power];
        // All edges of digits, and one value between them.
        for number in near.into_iter().filter(|_| bit % 5 < 2) {
            check_multiple(number);
        }
        power = power.double();
    }
}

/// All values of the last digit, with the least, the largest and no sum of the others; and the cases in which
/// the last addition would be of a point to itself, modulo the order, if the other digits differed.
#[test]
fn multiplies_with_all_last_digits() {
    let power = p256::Scalar::from(2_u64).pow_vartime(&U256::from_u64(255));
    // All other digits are 16, their maximum.
    let most = (0..51)
        .fold(p256::Scalar::ZERO, |sum, _| sum * p256::Scalar::from(32_u64) + p256::Scalar::from(16_u64));
    let others = [p256::Scalar::ZERO, p256::Scalar::ONE, most, most + p256::Scalar::ONE];
    for last in [p256::Scalar::ZERO, power, power.double(), power.double() + power, power.double().double()] {
        for other in others {
            check_multiple(last + other);
            check_multiple(last - other);
            check_multiple(-last - other);
        }
    }
}

proptest! {
    #[test]
    fn elements_as_the_library(a: [u8; 32], b: [u8; 32]) {
        let (x, y) = (of_field(a), of_field(b));
        let (a, b) = (element(&a), element(&b));
        prop_assert_eq!(number(&a.times(&b)), x * y);
        prop_assert_eq!(number(&a.squared()), x.square());
        prop_assert_eq!(number(&a.minus(&b).squared()), (x - y).square());
        prop_assert_eq!(number(&Element::sum_of([(1, &a), (-2, &b), (0, &a)])), x - y.double());
        prop_assert_eq!(number(&a.inverse()), inverse_or_zero(x));
        prop_assert_eq!(a.to_bytes(), bytes_of(x));
    }

    #[test]
    fn scalars_as_the_library(a: [u8; 32], b: [u8; 32]) {
        let (x, y) = (of_order(a), of_order(b));
        let (a, b) = (Scalar::reduce(&a), Scalar::reduce(&b));
        prop_assert_eq!(*a.times(&b).to_bytes(), <[u8; 32]>::from((x * y).to_repr()));
        prop_assert_eq!(*a.plus(&b).to_bytes(), <[u8; 32]>::from((x + y).to_repr()));
        let (inverse, other) = a.inverses(&element(&b.to_bytes()));
        prop_assert_eq!(*inverse.to_bytes(), <[u8; 32]>::from(x.invert().unwrap_or(p256::Scalar::ZERO).to_repr()));
        prop_assert_eq!(other.to_bytes(), bytes_of(inverse_or_zero(of_field(*b.to_bytes()))));
    }

    #[test]
    fn multiples_as_the_library(bytes: [u8; 32]) {
        check_multiple(of_order(bytes));
    }
}
