//! The transcript, and the strict verifier on a proof that was bent: it accepts the stored
//! bytes for the stored statement and nothing else.
//!
//! The proof target's input is a program: each step is an operation, two places (16 bits
//! each) and, for some, an argument of 32 bytes. Places are taken modulo what there is.

use crate::golden;
use crate::{Verdict, refused};
use covenant_circuits::account::Kind;
use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::ident::{Context, SubjectId};
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::statement::{Statement, StatementParts, Window};
use covenant_verifier::transcript::{KeccakRead, KeccakWrite};
use covenant_verifier::verify::verify_statement;
use ff::{Field, PrimeField};
use group::Curve;
use halo2_proofs::transcript::{
    EncodedChallenge, Transcript, TranscriptRead, TranscriptReadBuffer, TranscriptWrite,
    TranscriptWriterBuffer,
};
use halo2curves::CurveAffine;
use halo2curves::bn256::{Fq, G1Affine};
use std::sync::LazyLock;

/// A first byte of reads (a bit each: point, scalar, or challenge), then the bytes read.
pub(crate) fn transcript(data: &[u8]) -> Verdict {
    let Some((plan, bytes)) = data.split_first_chunk::<8>() else {
        return Verdict::Refused;
    };
    let mut read = KeccakRead::init(bytes);
    let mut write = KeccakWrite::init(Vec::new());
    let mut verdict = Verdict::Refused;
    for step in plan
        .iter()
        .flat_map(|b| (0..4).map(move |i| b >> (2 * i) & 3))
    {
        let before = read.left();
        let used = match step {
            0 => read.read_point().map(|point| {
                write.write_point(point).unwrap();
                64
            }),
            1 => read.read_scalar().map(|scalar| {
                write.write_scalar(scalar).unwrap();
                32
            }),
            2 => {
                let (a, b) = (read.squeeze_challenge(), write.squeeze_challenge());
                assert_eq!(a.get_scalar(), b.get_scalar());
                Ok(0)
            }
            _ => break,
        };
        match used {
            Ok(n) => {
                assert_eq!(before - read.left(), n);
                if n > 0 {
                    verdict = Verdict::Read;
                }
            }
            Err(e) => {
                refused(&e);
                break;
            }
        }
    }
    // One encoding each: what was read is written as the bytes that were read.
    let written = write.finalize();
    assert_eq!(bytes[..written.len()], written);
    verdict
}

/// Where the proof's points and scalars are, found by looking: a pair of words is a point
/// if it is on the curve.
struct Places {
    points: Vec<usize>,
    scalars: Vec<usize>,
}

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let proof = golden::bundle().proof();
    let (mut points, mut scalars, mut at) = (Vec::new(), Vec::new(), 0);
    while at < proof.len() {
        if at + 64 <= proof.len() && point(&proof[at..]).is_some() {
            points.push(at);
            at += 64;
        } else {
            scalars.push(at);
            at += 32;
        }
    }
    assert!(points.len() > 10 && scalars.len() > 10);
    Places { points, scalars }
});

fn point(bytes: &[u8]) -> Option<G1Affine> {
    let coordinate = |half: &[u8]| -> Option<Fq> {
        let mut repr: [u8; 32] = half.try_into().ok()?;
        repr.reverse();
        Fq::from_repr(repr).into()
    };
    let (x, y) = (
        coordinate(bytes.get(..32)?)?,
        coordinate(bytes.get(32..64)?)?,
    );
    G1Affine::from_xy(x, y).into()
}

fn encode(point: G1Affine) -> Vec<u8> {
    let mut write = KeccakWrite::<Vec<u8>>::init(Vec::new());
    // The identity has no encoding; zeros are what an attacker would try.
    match write.write_point(point) {
        Ok(()) => write.finalize(),
        Err(_) => vec![0; 64],
    }
}

pub(crate) fn proof(data: &[u8]) -> Verdict {
    let golden = golden::bundle();
    let mut proof = golden.proof().to_vec();
    let mut statement = golden.statement().clone();
    let mut steps = data;
    for _ in 0..8 {
        let Some(rest) = step(&mut proof, &mut statement, steps) else {
            break;
        };
        steps = rest;
    }
    let unchanged = proof == golden.proof() && statement == *golden.statement();
    match verify_statement(&statement, &proof, golden::key()) {
        Ok(()) => {
            assert!(unchanged, "a changed proof or statement was accepted");
            Verdict::Read
        }
        Err(e) => {
            assert!(!unchanged, "the stored proof was refused: {e}");
            refused(&e)
        }
    }
}

/// Does one step and gives what is left of the program.
fn step<'a>(proof: &mut Vec<u8>, statement: &mut Statement, program: &'a [u8]) -> Option<&'a [u8]> {
    let ([operation, a, b, c, d], rest) = program.split_first_chunk::<5>()?;
    let (i, j) = (u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d]));
    let (i, j) = (usize::from(i), usize::from(j));
    let (argument, after) = match rest.split_first_chunk::<32>() {
        Some((argument, after)) => (*argument, after),
        None => ([0; 32], &[][..]),
    };
    let words = proof.len() / 32;
    // After a cut nothing is where it was.
    let whole = proof.len() == golden::bundle().proof().len();
    let pick = |list: &[usize], n: usize| list[n % list.len()];
    let (points, scalars) = (&PLACES.points, &PLACES.scalars);
    match operation % 16 {
        0 if !proof.is_empty() => {
            let n = proof.len();
            proof[i % n] ^= 1 << (j % 8);
        }
        1 if words > 0 => {
            proof[i % words * 32..][..32].copy_from_slice(&argument);
            return Some(after);
        }
        2 if words > 0 => {
            // The same number modulo r or p, where it fits 256 bits.
            let modulus = match j % 2 {
                0 => plus_one((-Fr::ONE).to_repr()),
                _ => plus_one((-Fq::ONE).to_repr()),
            };
            let word = &mut proof[i % words * 32..][..32];
            if let Some(sum) = add(word, &modulus) {
                word.copy_from_slice(&sum);
            }
        }
        3 if whole => {
            // A scalar plus a small or any number.
            let at = pick(scalars, i);
            let old = scalar(&proof[at..]);
            let by = if j % 2 == 0 {
                Fr::from(j as u64)
            } else {
                scalar(&argument)
            };
            proof[at..at + 32].copy_from_slice(&to_be_bytes(&(old + by)));
            return Some(after);
        }
        4 if words > 0 => {
            for n in 0..32 {
                proof.swap(i % words * 32 + n, j % words * 32 + n);
            }
        }
        5 if words > 0 => {
            let from = i % words * 32;
            proof.copy_within(from..from + 32, j % words * 32);
        }
        6 if whole => replace(proof, pick(points, i), |p| -p),
        7 if whole => replace(proof, pick(points, i), |_| G1Affine::generator()),
        8 if whole => replace(proof, pick(points, i), |p| (p + p).to_affine()),
        9 if whole => {
            let from = pick(points, i);
            proof.copy_within(from..from + 64, pick(points, j));
        }
        10 if whole => {
            let other = point(&proof[pick(points, j)..]).unwrap_or_else(G1Affine::generator);
            replace(proof, pick(points, i), |p| (p + other).to_affine());
        }
        11 if whole => {
            let at = pick(points, i);
            proof[at..at + 64].fill(0);
        }
        12 => {
            let n = proof.len();
            proof.truncate(n - n.min(i % 128));
        }
        13 => proof.extend(&argument[..i % 33]),
        14 | 15 => {
            if let Some(changed) = bend(statement, i, j) {
                *statement = changed;
            }
        }
        _ => (),
    }
    Some(rest)
}

fn replace(proof: &mut [u8], at: usize, change: impl FnOnce(G1Affine) -> G1Affine) {
    if let Some(old) = point(&proof[at..]) {
        proof[at..at + 64].copy_from_slice(&encode(change(old)));
    }
}

fn scalar(bytes: &[u8]) -> Fr {
    let radix = Fr::from(256);
    bytes
        .iter()
        .take(32)
        .fold(Fr::ZERO, |x, b| x * radix + Fr::from(u64::from(*b)))
}

fn plus_one(mut repr: [u8; 32]) -> [u8; 32] {
    // r and p are odd, so that no digit is carried.
    repr[0] += 1;
    repr.reverse();
    repr
}

fn add(word: &[u8], modulus: &[u8; 32]) -> Option<[u8; 32]> {
    let (mut out, mut carry) = ([0; 32], 0u16);
    for n in (0..32).rev() {
        let sum = u16::from(word[n]) + u16::from(modulus[n]) + carry;
        out[n] = sum as u8;
        carry = sum >> 8;
    }
    (carry == 0).then_some(out)
}

/// A statement with one value changed, if it is still one.
fn bend(statement: &Statement, field: usize, by: usize) -> Option<Statement> {
    let by = by as u64;
    let mut parts = StatementParts {
        subject: statement.subject(),
        window: statement.window(),
        public_debt: statement.public_debt(),
        ratio: statement.ratio(),
        context: statement.context(),
        commitments: statement.commitments().to_vec(),
        kinds: statement.kinds().to_vec(),
        report: *statement.report(),
        prices: statement.prices().to_vec(),
    };
    match field % 10 {
        0 => parts.subject = SubjectId::from_field(parts.subject.get() + Fr::from(by))?,
        1 => parts.window = Window::new(parts.window.from(), parts.window.to() ^ by).ok()?,
        9 => parts.window = Window::new(parts.window.from() ^ by, parts.window.to()).ok()?,
        2 => parts.public_debt = Value::new(parts.public_debt.get() ^ u128::from(by)).ok()?,
        3 => parts.ratio = Ratio::new(parts.ratio.bps() ^ by as u32).ok()?,
        4 => parts.context = Context::from_field(parts.context.get() + Fr::from(by))?,
        5 => parts.commitments.first_mut()?.0 += Fr::from(by),
        6 => {
            parts.commitments.pop();
            parts.kinds.pop();
        }
        7 => {
            let n = parts.kinds.len();
            let kind = &mut parts.kinds[by as usize % n];
            *kind = match kind {
                Kind::Collateral => Kind::Liability,
                Kind::Liability => Kind::Collateral,
            };
        }
        _ => {
            let n = parts.prices.len();
            let price = &mut parts.prices[field / 10 % n];
            *price = Price::new(price.get() ^ u128::from(by)).ok()?;
        }
    }
    Statement::new(golden::bundle().policy(), parts).ok()
}
