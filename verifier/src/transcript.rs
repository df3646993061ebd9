//! The one transcript of every proof: snark-verifier's keccak EVM transcript, so that the
//! same bytes serve the command line, an embedded verifier and a contract.
//!
//! Points are 64 bytes (x, y) and scalars 32, big-endian. A challenge is keccak256 of all
//! that was absorbed since the last one and of that one's hash, modulo r; when nothing was
//! absorbed in between, a byte 1 is appended. Reading is strict: every coordinate below p,
//! every point on the curve and not the identity, every scalar below r.

use covenant_claims::field::{from_be_bytes, to_be_bytes};
use covenant_claims::ident::keccak256;
use ff::{Field, PrimeField};
use group::prime::PrimeCurveAffine;
use halo2_proofs::transcript::{
    EncodedChallenge, Transcript, TranscriptRead, TranscriptReadBuffer, TranscriptWrite,
    TranscriptWriterBuffer,
};
use halo2curves::bn256::{Fq, Fr, G1Affine};
use halo2curves::{Coordinates, CurveAffine};
use std::io::{Error, ErrorKind, Read, Result, Write};

/// A challenge of the keccak transcript.
#[derive(Clone, Copy, Debug)]
pub struct KeccakChallenge(Fr);

impl EncodedChallenge<G1Affine> for KeccakChallenge {
    type Input = [u8; 32];

    fn new(hash: &[u8; 32]) -> Self {
        // Below 2^256, reduced modulo r.
        let radix = Fr::from(256);
        Self(
            hash.iter()
                .fold(Fr::ZERO, |x, byte| x * radix + Fr::from(u64::from(*byte))),
        )
    }

    fn get_scalar(&self) -> Fr {
        self.0
    }
}

/// What was absorbed since the last challenge.
#[derive(Clone, Debug, Default)]
struct Sponge(Vec<u8>);

impl Sponge {
    fn scalar(&mut self, scalar: &Fr) {
        self.0.extend(to_be_bytes(scalar));
    }

    fn point(&mut self, point: &G1Affine) -> Result<()> {
        self.0.extend(encode(point)?);
        Ok(())
    }

    fn challenge(&mut self) -> KeccakChallenge {
        if self.0.len() == 32 {
            self.0.push(1);
        }
        let hash = keccak256(&self.0);
        self.0 = hash.to_vec();
        KeccakChallenge::new(&hash)
    }
}

fn encode(point: &G1Affine) -> Result<[u8; 64]> {
    let coordinates: Option<Coordinates<G1Affine>> = point.coordinates().into();
    let coordinates = coordinates.filter(|_| !bool::from(point.is_identity()));
    let coordinates =
        coordinates.ok_or_else(|| invalid("expected a point of the curve, got the identity"))?;
    let mut bytes = [0u8; 64];
    let (x, y) = bytes.split_at_mut(32);
    for (out, coordinate) in [(x, coordinates.x()), (y, coordinates.y())] {
        out.copy_from_slice(coordinate.to_repr().as_ref());
        out.reverse();
    }
    Ok(bytes)
}

fn decode(bytes: &[u8; 64]) -> Result<G1Affine> {
    let coordinate = |half: &[u8]| -> Result<Fq> {
        let mut le = [0u8; 32];
        le.copy_from_slice(half);
        le.reverse();
        Option::from(Fq::from_repr(le))
            .ok_or_else(|| invalid("expected a coordinate below p, got a larger one"))
    };
    let (x, y) = bytes.split_at(32);
    let (x, y) = (coordinate(x)?, coordinate(y)?);
    let point: Option<G1Affine> = G1Affine::from_xy(x, y).into();
    point
        .filter(|p| !bool::from(p.is_identity()))
        .ok_or_else(|| invalid("expected a point of the curve, got one that is not on it"))
}

fn invalid(message: &'static str) -> Error {
    Error::new(ErrorKind::InvalidData, message)
}

/// Reads a proof.
#[derive(Clone, Debug)]
pub struct KeccakRead<R: Read> {
    sponge: Sponge,
    reader: R,
}

/// Writes a proof.
#[derive(Clone, Debug)]
pub struct KeccakWrite<W: Write> {
    sponge: Sponge,
    writer: W,
}

macro_rules! absorbs {
    ($name:ident, $io:ident) => {
        impl<T: $io> Transcript<G1Affine, KeccakChallenge> for $name<T> {
            fn squeeze_challenge(&mut self) -> KeccakChallenge {
                self.sponge.challenge()
            }
            fn common_point(&mut self, point: G1Affine) -> Result<()> {
                self.sponge.point(&point)
            }
            fn common_scalar(&mut self, scalar: Fr) -> Result<()> {
                self.sponge.scalar(&scalar);
                Ok(())
            }
        }
    };
}
absorbs!(KeccakRead, Read);
absorbs!(KeccakWrite, Write);

impl KeccakRead<&[u8]> {
    /// Bytes that were not read yet.
    pub fn left(&self) -> usize {
        self.reader.len()
    }
}

impl<R: Read> TranscriptRead<G1Affine, KeccakChallenge> for KeccakRead<R> {
    fn read_point(&mut self) -> Result<G1Affine> {
        let mut bytes = [0u8; 64];
        self.reader.read_exact(&mut bytes)?;
        let point = decode(&bytes)?;
        self.sponge.point(&point)?;
        Ok(point)
    }

    fn read_scalar(&mut self) -> Result<Fr> {
        let mut bytes = [0u8; 32];
        self.reader.read_exact(&mut bytes)?;
        let scalar = from_be_bytes(&bytes)
            .ok_or_else(|| invalid("expected a scalar below r, got a larger one"))?;
        self.sponge.scalar(&scalar);
        Ok(scalar)
    }
}

impl<R: Read> TranscriptReadBuffer<R, G1Affine, KeccakChallenge> for KeccakRead<R> {
    fn init(reader: R) -> Self {
        Self {
            sponge: Sponge::default(),
            reader,
        }
    }
}

impl<W: Write> TranscriptWrite<G1Affine, KeccakChallenge> for KeccakWrite<W> {
    fn write_point(&mut self, point: G1Affine) -> Result<()> {
        self.sponge.point(&point)?;
        self.writer.write_all(&encode(&point)?)
    }

    fn write_scalar(&mut self, scalar: Fr) -> Result<()> {
        self.sponge.scalar(&scalar);
        self.writer.write_all(&to_be_bytes(&scalar))
    }
}

impl<W: Write> TranscriptWriterBuffer<W, G1Affine, KeccakChallenge> for KeccakWrite<W> {
    fn init(writer: W) -> Self {
        Self {
            sponge: Sponge::default(),
            writer,
        }
    }

    fn finalize(self) -> W {
        self.writer
    }
}
