//! The parameter files of turboplonk 0.1.0, read strictly.
//!
//! Each file: the number of G1 points and the number of G2 points (little-endian u32), then the
//! points, arkworks-uncompressed: little-endian canonical coordinates, x before y, c0 before c1,
//! two flag bits (sign of y, infinity) on top of the last byte.

use ff::PrimeField as _;
use halo2curves::CurveAffine as _;
use halo2curves::bn256::{Fq, Fq2, G1Affine, G2Affine};

use crate::{Error, sha256};

/// What the four files hold.
pub(crate) struct Source {
    /// Lagrange bases over the arkworks roots of unity, for k = 12, 13, 14.
    pub(crate) lagrange: Vec<(u32, Vec<G1Affine>)>,
    /// Some powers of tau in G1, each with its exponent.
    pub(crate) powers: Vec<(usize, G1Affine)>,
    /// The generator of G2.
    pub(crate) g2: G2Affine,
    /// tau G2.
    pub(crate) tau_g2: G2Affine,
}

const LAGRANGE: [(u32, &str, &str); 3] = [
    (
        12,
        "parameters/lagrange-srs-4096.bin",
        "68b13e6c9e524fa52043377f2c65aca60ee7cf25954acd32c36e8b107fcdf9d1",
    ),
    (
        13,
        "parameters/lagrange-srs-8192.bin",
        "a494a533266fdb786bc9a68724bebcd11fc7c27ee1460566f779927322c0efc5",
    ),
    (
        14,
        "parameters/lagrange-srs-16384.bin",
        "72c1ea3c2ca521d3fd91510290a478d4e47884d77bdb8f1c31cf3dba8e493193",
    ),
];
const PADDING: (&str, &str) = (
    "parameters/srs-padding.bin",
    "dbe358b8989dafc3535add03e906f63cb874ce024bd48311d349d650f921ac98",
);
/// `srs-padding.bin` holds the powers 0..2051, then three from each of these exponents on.
const PADDING_DENSE: usize = 2051;
const PADDING_SPARSE: [usize; 3] = [4096, 8192, 16384];

/// Reads and parses all files, each only if its sha256 is the recorded one.
pub(crate) fn read() -> Result<Source, Error> {
    let mut lagrange = Vec::new();
    for (k, file, digest) in LAGRANGE {
        let bytes = turboplonk::gen_params::LAGRANGE_BASES
            .get(&(1usize << k))
            .copied();
        let (g1, g2) = parse(file, digest, bytes)?;
        if g1.len() != 1 << k || !g2.is_empty() {
            return Err(counts(file, &g1, &g2));
        }
        lagrange.push((k, g1));
    }
    let (file, digest) = PADDING;
    let (g1, g2) = parse(file, digest, turboplonk::gen_params::SRS)?;
    let exponents: Vec<usize> = (0..PADDING_DENSE)
        .chain(PADDING_SPARSE.into_iter().flat_map(|e| e..e + 3))
        .collect();
    let [g2_one, tau_g2] = g2.as_slice() else {
        return Err(counts(file, &g1, &g2));
    };
    if g1.len() != exponents.len() {
        return Err(counts(file, &g1, &g2));
    }
    Ok(Source {
        lagrange,
        powers: exponents.into_iter().zip(g1).collect(),
        g2: *g2_one,
        tau_g2: *tau_g2,
    })
}

fn counts(file: &'static str, g1: &[G1Affine], g2: &[G2Affine]) -> Error {
    Error::Format {
        file,
        what: format!("unexpected counts: {} G1, {} G2", g1.len(), g2.len()),
    }
}

fn parse(
    file: &'static str,
    expected: &'static str,
    bytes: Option<&[u8]>,
) -> Result<(Vec<G1Affine>, Vec<G2Affine>), Error> {
    let bytes = bytes.ok_or_else(|| bad(file, "is missing"))?;
    let got = sha256(bytes);
    if got != expected {
        return Err(Error::Source {
            file,
            expected,
            got,
        });
    }
    let (header, points) = bytes
        .split_at_checked(8)
        .ok_or_else(|| bad(file, "is too short"))?;
    let (n1, n2) = header.split_at(4);
    let count = |b: &[u8]| {
        b.iter()
            .rev()
            .fold(0usize, |acc, b| acc << 8 | usize::from(*b))
    };
    let (n1, n2) = (count(n1), count(n2));
    if points.len() != n1 * 64 + n2 * 128 {
        return Err(bad(file, "has a length other than its counts say"));
    }
    let (g1, g2) = points.split_at(n1 * 64);
    let g1 = g1.chunks_exact(64).map(g1_point).collect::<Option<_>>();
    let g2 = g2.chunks_exact(128).map(g2_point).collect::<Option<_>>();
    g1.zip(g2).ok_or_else(|| {
        bad(
            file,
            "has a point that is the identity, not canonical or off the curve",
        )
    })
}

fn bad(file: &'static str, what: &str) -> Error {
    Error::Format {
        file,
        what: what.to_owned(),
    }
}

fn g1_point(bytes: &[u8]) -> Option<G1Affine> {
    let (x, y) = bytes.split_at_checked(32)?;
    G1Affine::from_xy(fq(x)?, fq(&without_flags(y)?)?).into()
}

fn g2_point(bytes: &[u8]) -> Option<G2Affine> {
    let (x, y) = bytes.split_at_checked(64)?;
    G2Affine::from_xy(fq2(x)?, fq2(&without_flags(y)?)?).into()
}

/// The bytes without the sign of y; `None` for the identity.
fn without_flags(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = bytes.to_vec();
    let last = bytes.last_mut()?;
    if *last & 0x40 != 0 {
        return None;
    }
    *last &= 0x3f;
    Some(bytes)
}

fn fq(bytes: &[u8]) -> Option<Fq> {
    Fq::from_repr(bytes.try_into().ok()?).into()
}

fn fq2(bytes: &[u8]) -> Option<Fq2> {
    let (c0, c1) = bytes.split_at_checked(32)?;
    Some(Fq2::new(fq(c0)?, fq(c1)?))
}
