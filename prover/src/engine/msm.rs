//! Multi-scalar multiplication over the points of the SRS.
//!
//! Pippenger's buckets with signed digits. The points are fixed, so that their multiples by
//! powers of two can be had beforehand (Brickell, Gordon, McCurley, Wilson 1992): then all
//! digits of a scalar share one set of buckets. Buckets are summed in affine coordinates, many
//! additions with one inversion. Variable time, as halo2curves' general routine is.

use crate::cache;
use ff::{Field, PrimeField};
use group::{Curve, Group};
use halo2curves::bn256::{Fq, Fr, G1, G1Affine};
use halo2curves::serde::SerdeObject;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// First bytes of a file of multiples.
const MAGIC: &cache::Magic = b"covenant-msm-v1\n";
/// Bytes of a point in it.
const RAW: usize = 64;

/// Bits of a scalar, and one for the last carry.
const BITS: usize = Fr::NUM_BITS as usize + 1;
/// Fewer digits than this many are summed without buckets.
const SPARSE: usize = 48;
/// So many points are sorted into buckets at a time; they should fit a core's cache.
const CHUNK: usize = 1 << 14;

/// Points to multiply by scalars, with some of their multiples.
#[derive(Clone)]
pub struct Bases {
    /// Bits of a digit.
    window: usize,
    /// How many digits share a set of buckets.
    levels: usize,
    /// How many sets of buckets there are.
    groups: usize,
    points: usize,
    /// `2^(window groups t)` times each point, for each level t.
    table: Vec<G1Affine>,
}

impl std::fmt::Debug for Bases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bases")
            .field("points", &self.points)
            .field("levels", &self.levels)
            .finish_non_exhaustive()
    }
}

impl Bases {
    /// The points as they are.
    pub fn plain(points: Vec<G1Affine>) -> Self {
        let window = log2(points.len()).saturating_sub(3).clamp(3, 14);
        Self {
            window,
            levels: 1,
            groups: BITS.div_ceil(window),
            points: points.len(),
            table: points,
        }
    }

    /// With all the multiples that pay: about twenty times the memory, and as many doublings
    /// as some fifteen multiplications take.
    pub fn with_multiples(points: Vec<G1Affine>) -> Self {
        let mut bases = Self::first_level(points);
        let mut doubled = Doubled::of(&bases.table);
        for _ in 1..bases.levels {
            doubled.double(bases.window);
            bases.table.extend(doubled.points());
        }
        bases
    }

    /// The same, from a file that is made if it is not there, or not whole, or of other points.
    pub fn cached(points: Vec<G1Affine>, path: &Path) -> Self {
        let mut hash = Sha256::new();
        points.iter().for_each(|p| hash.update(p.to_raw_bytes()));
        let identity: [u8; 32] = hash.finalize().into();
        if let Some(payload) = cache::read(path, MAGIC, &identity) {
            let mut bases = Self::first_level(points);
            let (multiples, rest) = payload.as_chunks::<RAW>();
            let read = multiples.iter().map(|raw| G1Affine::from_raw_bytes(raw));
            if let Some(multiples) = read.collect::<Option<Vec<_>>>()
                && rest.is_empty()
                && multiples.len() == bases.points * (bases.levels - 1)
            {
                bases.table.extend(multiples);
                return bases;
            }
            return Self::with_multiples(bases.table);
        }
        let bases = Self::with_multiples(points);
        let multiples = bases.table.iter().skip(bases.points);
        let payload: Vec<u8> = multiples.flat_map(SerdeObject::to_raw_bytes).collect();
        // A cache that cannot be written costs time, not correctness.
        let _ = cache::write(path, MAGIC, &identity, &payload);
        bases
    }

    /// What [`Self::with_multiples`] begins with.
    fn first_level(points: Vec<G1Affine>) -> Self {
        let window = log2(points.len()).clamp(4, 14);
        Self {
            window,
            levels: BITS.div_ceil(window),
            groups: 1,
            points: points.len(),
            table: points,
        }
    }

    /// `sum scalars[i] * points[i]`, in the calling thread. There are no more scalars than
    /// points; none of those is the identity.
    pub fn msm(&self, scalars: &[Fr]) -> G1 {
        let digits = Digits::of(scalars, self);
        let mut buckets = Buckets::default();
        let sums = (0..self.groups).map(|g| buckets.sum(self, &digits, g, 0..self.levels));
        self.join(&sums.collect::<Vec<_>>())
    }

    /// The same on all threads of the pool.
    pub fn msm_parallel(&self, scalars: &[Fr]) -> G1 {
        let digits = Digits::of(scalars, self);
        let parts = rayon::current_num_threads().div_ceil(self.groups);
        let step = self.levels.div_ceil(parts);
        let sums: Vec<G1> = (0..self.groups)
            .into_par_iter()
            .map(|g| {
                let levels = (0..self.levels).into_par_iter().step_by(step);
                levels
                    .map_init(Buckets::default, |buckets, from| {
                        let to = (from + step).min(self.levels);
                        buckets.sum(self, &digits, g, from..to)
                    })
                    .sum()
            })
            .collect();
        self.join(&sums)
    }

    /// `sum 2^(window g) sums[g]`.
    fn join(&self, sums: &[G1]) -> G1 {
        sums.iter().rev().fold(G1::identity(), |total, sum| {
            (0..self.window).fold(total, |total, _| total.double()) + sum
        })
    }

    fn level(&self, t: usize) -> &[G1Affine] {
        let start = t * self.points;
        self.table
            .get(start..start + self.points)
            .unwrap_or_default()
    }
}

fn log2(n: usize) -> usize {
    n.checked_ilog2().unwrap_or(0) as usize
}

/// Scalars as signed digits, least significant first.
struct Digits {
    scalars: usize,
    digits: Vec<i16>,
}

impl Digits {
    fn of(scalars: &[Fr], bases: &Bases) -> Self {
        let window = bases.window;
        let count = scalars.len();
        let mut digits = vec![0i16; count * bases.levels * bases.groups];
        let half = 1i32 << (window - 1);
        for (i, scalar) in scalars.iter().enumerate() {
            let bytes = scalar.to_repr();
            let words = words(bytes.as_ref());
            let mut carry = 0;
            for (w, out) in digits.iter_mut().skip(i).step_by(count).enumerate() {
                let digit = bits(&words, w * window, window) + carry;
                carry = i32::from(digit > half);
                *out = i16::try_from(digit - (carry << window)).unwrap_or_default();
            }
        }
        Self {
            scalars: count,
            digits,
        }
    }

    fn of_window(&self, w: usize) -> &[i16] {
        let start = w * self.scalars;
        self.digits
            .get(start..start + self.scalars)
            .unwrap_or_default()
    }
}

fn words(bytes: &[u8]) -> [u64; 5] {
    let mut words = [0u64; 5];
    for (word, bytes) in words.iter_mut().zip(bytes.chunks(8)) {
        *word = bytes
            .iter()
            .rev()
            .fold(0, |word, byte| (word << 8) | u64::from(*byte));
    }
    words
}

/// `count` bits from bit `at`; fewer than 16.
fn bits(words: &[u64; 5], at: usize, count: usize) -> i32 {
    let word = |i: usize| words.get(i).copied().unwrap_or(0);
    let pair = u128::from(word(at / 64)) | (u128::from(word(at / 64 + 1)) << 64);
    let mask = (1u128 << count) - 1;
    i32::try_from((pair >> (at % 64)) & mask).unwrap_or_default()
}

/// An affine point that is not the identity.
#[derive(Clone, Copy, Default)]
struct Point {
    x: Fq,
    y: Fq,
}

/// Scratch space for the buckets of a window.
#[derive(Default)]
struct Buckets {
    /// Where each bucket's points begin.
    starts: Vec<usize>,
    /// The points, bucket by bucket.
    points: Vec<Point>,
    /// Where points were; kept for its memory.
    spare: Vec<Point>,
    /// How many points each bucket has.
    counts: Vec<usize>,
    /// Products of the denominators before each pair's.
    products: Vec<Fq>,
}

impl Buckets {
    /// The sum of `digit * multiple` over some levels of a group.
    fn sum(
        &mut self,
        bases: &Bases,
        digits: &Digits,
        group: usize,
        levels: std::ops::Range<usize>,
    ) -> G1 {
        let window = |t: usize| {
            let digits = digits.of_window(t * bases.groups + group);
            (digits, bases.level(t))
        };
        let used = levels.clone().flat_map(|t| window(t).0);
        if used.filter(|d| **d != 0).take(SPARSE).count() < SPARSE {
            return sparse(|| levels.clone().flat_map(|t| zip(window(t))));
        }
        self.points.clear();
        self.counts.clear();
        self.counts.resize(1 << (bases.window - 1), 0);
        for t in levels {
            let (digits, points) = window(t);
            for (digits, points) in digits.chunks(CHUNK).zip(points.chunks(CHUNK)) {
                self.sort(digits, points);
                while self.halve() {}
            }
        }
        self.weighted()
    }

    /// Puts more points into their digits' buckets, negated where the digit is negative.
    fn sort(&mut self, digits: &[i16], points: &[G1Affine]) {
        let bucket = |digit: i16| usize::from(digit.unsigned_abs()).checked_sub(1);
        let old = std::mem::take(&mut self.points);
        let counts = self.counts.clone();
        for digit in digits {
            if let Some(count) = bucket(*digit).and_then(|b| self.counts.get_mut(b)) {
                *count += 1;
            }
        }
        self.starts.clear();
        let mut total = 0;
        for count in &self.counts {
            self.starts.push(total);
            total += count;
        }
        self.points = std::mem::take(&mut self.spare);
        self.points.clear();
        self.points.resize(total, Point::default());
        let mut rest = old.as_slice();
        for (count, start) in counts.iter().zip(&mut self.starts) {
            let (own, after) = rest.split_at((*count).min(rest.len()));
            rest = after;
            if let Some(slots) = self.points.get_mut(*start..*start + own.len()) {
                slots.copy_from_slice(own);
            }
            *start += own.len();
        }
        for (digit, point) in digits.iter().zip(points) {
            let Some(start) = bucket(*digit).and_then(|b| self.starts.get_mut(b)) else {
                continue;
            };
            if let Some(slot) = self.points.get_mut(*start) {
                *slot = Point {
                    x: point.x,
                    y: if *digit < 0 { -point.y } else { point.y },
                };
            }
            *start += 1;
        }
        self.spare = old;
    }

    /// Adds the points of each bucket in pairs, all with one inversion; whether there was a
    /// pair. Forwards the denominators are multiplied up, backwards each is divided out where
    /// it is used, and sums are written from the end, behind what is still to be read.
    fn halve(&mut self) -> bool {
        self.products.clear();
        let mut product = Fq::ONE;
        let mut rest = self.points.as_slice();
        for count in &self.counts {
            let (bucket, after) = rest.split_at((*count).min(rest.len()));
            rest = after;
            for pair in bucket.chunks_exact(2) {
                if let [p, q] = pair {
                    self.products.push(product);
                    let step = denominator(p, q);
                    if step != Fq::ZERO {
                        product *= step;
                    }
                }
            }
        }
        if self.products.is_empty() {
            return false;
        }
        let Some(mut inverse) = Option::<Fq>::from(product.invert()) else {
            return false;
        };
        let (mut read, mut write) = (self.points.len(), self.points.len());
        for count in self.counts.iter_mut().rev() {
            let pairs = *count / 2;
            let mut kept = 0;
            let mut keep = |points: &mut [Point], p: Point| {
                write -= 1;
                kept += 1;
                if let Some(slot) = points.get_mut(write) {
                    *slot = p;
                }
            };
            if *count % 2 == 1 {
                read -= 1;
                if let Some(p) = self.points.get(read).copied() {
                    keep(&mut self.points, p);
                }
            }
            for _ in 0..pairs {
                read -= 2;
                let (Some(&[p, q]), Some(before)) = (
                    self.points.get(read..).and_then(<[Point]>::first_chunk),
                    self.products.pop(),
                ) else {
                    break;
                };
                let step = denominator(&p, &q);
                if step == Fq::ZERO {
                    continue;
                }
                let sum = add(&p, &q, inverse * before);
                inverse *= step;
                keep(&mut self.points, sum);
            }
            *count = kept;
        }
        self.points.drain(..write);
        true
    }

    /// `sum (i + 1) bucket_i`, when each bucket has at most one point.
    fn weighted(&self) -> G1 {
        let (mut running, mut total) = (G1::identity(), G1::identity());
        let mut points = self.points.iter().rev();
        for count in self.counts.iter().rev() {
            if *count > 0
                && let Some(p) = points.next()
            {
                running += G1Affine { x: p.x, y: p.y };
            }
            total += running;
        }
        total
    }
}

/// What the slope of the line through two points is divided by; 0 if they cancel out.
fn denominator(p: &Point, q: &Point) -> Fq {
    if p.x != q.x {
        q.x - p.x
    } else if p.y == q.y {
        p.y.double()
    } else {
        Fq::ZERO
    }
}

/// The sum of two points that do not cancel out, given the inverse of [`denominator`].
fn add(p: &Point, q: &Point, inverse: Fq) -> Point {
    let rise = if p.x != q.x {
        q.y - p.y
    } else {
        let square = p.x.square();
        square.double() + square
    };
    let slope = rise * inverse;
    let x = slope.square() - p.x - q.x;
    Point {
        x,
        y: slope * (p.x - x) - p.y,
    }
}

fn zip<'a>(
    (digits, points): (&'a [i16], &'a [G1Affine]),
) -> impl Iterator<Item = (i16, &'a G1Affine)> {
    let digits = digits.iter().copied();
    digits.zip(points).filter(|(digit, _)| *digit != 0)
}

/// `sum digit * point` for a few digits, by doubling and adding.
fn sparse<'a, I: Iterator<Item = (i16, &'a G1Affine)>>(used: impl Fn() -> I) -> G1 {
    let top = used().map(|(d, _)| d.unsigned_abs()).max().unwrap_or(0);
    let bits = 16 - top.leading_zeros();
    (0..bits).rev().fold(G1::identity(), |total, bit| {
        used()
            .filter(|(digit, _)| (digit.unsigned_abs() >> bit) & 1 == 1)
            .fold(total.double(), |total, (digit, point)| {
                if digit < 0 {
                    total - point
                } else {
                    total + point
                }
            })
    })
}

/// Points that are doubled over and over.
struct Doubled(Vec<G1>);

impl Doubled {
    fn of(points: &[G1Affine]) -> Self {
        Self(points.par_iter().map(G1::from).collect())
    }
    fn double(&mut self, times: usize) {
        self.0.par_iter_mut().for_each(|p| {
            for _ in 0..times {
                *p = p.double();
            }
        });
    }
    fn points(&self) -> Vec<G1Affine> {
        let mut affine = vec![G1Affine::default(); self.0.len()];
        affine
            .par_chunks_mut(1 << 10)
            .zip(self.0.par_chunks(1 << 10))
            .for_each(|(affine, points)| G1::batch_normalize(points, affine));
        affine
    }
}
