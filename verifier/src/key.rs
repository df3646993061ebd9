//! A circuit as a verifier knows it: id, shape, ceremony and verifying key.
//!
//! This crate makes no keys, neither to prove nor to verify with: those of the standard shapes
//! are compiled in, that of another shape comes from a caller that rebuilt it from the shape
//! and an SRS, as `covenant_prover::keys::Keys` does. Nor is there a reader for a key or an SRS
//! that somebody sent (V4).

use covenant_circuits::circuit::program::{Capacity, Program};
use covenant_circuits::circuit::{CovenantCircuit, Params};
use covenant_claims::field::{self, Fr};
use covenant_claims::many::ManyShape;
use covenant_claims::rollup::RollupShape;
use covenant_claims::shape::Shape;
use ff::PrimeField;
use group::prime::PrimeCurveAffine;
use halo2_proofs::SerdeFormat;
use halo2_proofs::plonk::{ConstraintSystem, VerifyingKey};
use halo2_proofs::poly::kzg::commitment::ParamsKZG;
use halo2curves::CurveAffine;
use halo2curves::bn256::{Bn256, Fq, Fq2, G1Affine, G2Affine};
use halo2curves::serde::SerdeObject;

/// tau G2 of Aztec Ignition: x.c0, x.c1, y.c0, y.c1, big-endian.
const AZTEC_TAU_G2: [&str; 4] = [
    "0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0",
    "260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1",
    "22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55",
    "04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4",
];

/// The name of the embedded ceremony in bundles.
pub const AZTEC_IGNITION: &str = "aztec-ignition";

/// A verifying key does not serve.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A ceremony whose tau G2 is not compiled in.
    #[error(
        "ceremony: expected {AZTEC_IGNITION}, the one whose tau G2 is compiled in, got {got:?}"
    )]
    Ceremony {
        /// What was found.
        got: String,
    },
    /// tau G2 is the identity, the generator, or not in the group.
    #[error("tau G2 is not a point that a ceremony can have made")]
    TauG2,
    /// A shape whose key is not compiled in.
    #[error("shape: expected small, medium or large, whose keys are compiled in, got {got}")]
    NotStandard {
        /// The shape.
        got: Shape,
    },
    /// A roll-up shape whose key is not compiled in.
    #[error(
        "roll-up shape: expected 16x12->12, 256x12->12 or 64x57->57, whose keys are compiled in, got {got}"
    )]
    NotStandardRollup {
        /// The shape.
        got: RollupShape,
    },
    /// A shape of many claims whose key is not compiled in.
    #[error("many claims: expected 10of4x27x8x4, whose key is compiled in, got {got}")]
    NotStandardMany {
        /// The shape.
        got: ManyShape,
    },
    /// The verification parameters could not be built.
    #[error("the verification parameters could not be built")]
    Parameters,
}

/// A circuit under a ceremony, ready to verify: that of a claim, with a [`ManyShape`] that of many
/// claims, or with a [`RollupShape`] that of a roll-up.
pub struct CircuitKey<S = Shape> {
    id: String,
    shape: S,
    ceremony: String,
    key: VerifyingKey<G1Affine>,
    params: ParamsKZG<Bn256>,
    proof_length: usize,
}

impl<S> std::fmt::Debug for CircuitKey<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CircuitKey")
            .field("id", &self.id)
            .field("ceremony", &self.ceremony)
            .finish_non_exhaustive()
    }
}

/// The explicit name of a circuit: version, dimensions, and the digest of its verifying
/// key, which the ceremony is part of.
pub fn circuit_id(program: Program, key: &VerifyingKey<G1Affine>) -> String {
    let digest = field::to_hex(&key.transcript_repr());
    let digest = digest.trim_start_matches("0x");
    format!("{}/{}/{digest}", program.version(), program.dimensions())
}

/// A circuit version whose proofs are not taken any more. None of its ids is accepted by any
/// program from here on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Retired {
    /// The version: what its ids begin with.
    pub version: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// Every retired version.
pub const RETIRED: [Retired; 2] = [
    Retired {
        version: "covenant-1",
        reason: "it proves false claims, see docs/security/2026-11-kinds.md",
    },
    Retired {
        version: "covenant-1.1",
        reason: "its statement is that of the first edition, see docs/spec.md, section 13",
    },
];

/// Why a circuit with that id is retired, where it is.
pub fn retired(id: &str) -> Option<&'static Retired> {
    let version = id.split('/').next().unwrap_or_default();
    RETIRED.iter().find(|retired| retired.version == version)
}

/// The verifying keys of the standard shapes under Aztec Ignition, as halo2 writes them
/// with compressed points. A test of the prover generates them again and compares (C1).
const STANDARD: [(Shape, &[u8]); 3] = [
    (Shape::SMALL, include_bytes!("../data/small.vk")),
    (Shape::MEDIUM, include_bytes!("../data/medium.vk")),
    (Shape::LARGE, include_bytes!("../data/large.vk")),
];

/// The same of the standard roll-up shapes.
const ROLLUPS: [(RollupShape, &[u8]); 3] = [
    (
        RollupShape::SHORT,
        include_bytes!("../data/rollup-16x12-12.vk"),
    ),
    (
        RollupShape::CREDITORS,
        include_bytes!("../data/rollup-256x12-12.vk"),
    ),
    (
        RollupShape::PORTFOLIOS,
        include_bytes!("../data/rollup-64x57-57.vk"),
    ),
];

/// The same of the standard shapes of many claims.
const MANY: [(ManyShape, &[u8]); 1] = [(
    ManyShape::SMALL,
    include_bytes!("../data/many-10of4x27x8x4.vk"),
)];

/// The key of a circuit of many claims.
pub type ManyKey = CircuitKey<ManyShape>;

impl ManyKey {
    /// The compiled-in key of a standard shape of many claims.
    ///
    /// # Errors
    /// If the shape is none of them.
    pub fn many(shape: ManyShape) -> Result<Self, KeyError> {
        let (_, bytes) = MANY
            .iter()
            .find(|(s, _)| *s == shape)
            .ok_or(KeyError::NotStandardMany { got: shape })?;
        Self::read(shape, bytes)
    }

    /// The compiled-in key of the circuit of many claims with that id, if there is one.
    pub fn many_by_id(id: &str) -> Option<Self> {
        MANY.iter()
            .filter_map(|(shape, _)| Self::many(*shape).ok())
            .find(|key| key.id == id)
    }
}

/// The key of a roll-up circuit.
pub type RollupKey = CircuitKey<RollupShape>;

impl RollupKey {
    /// The compiled-in key of a standard roll-up shape.
    ///
    /// # Errors
    /// If the shape is none of them.
    pub fn rollup(shape: RollupShape) -> Result<Self, KeyError> {
        let (_, bytes) = ROLLUPS
            .iter()
            .find(|(s, _)| *s == shape)
            .ok_or(KeyError::NotStandardRollup { got: shape })?;
        Self::read(shape, bytes)
    }

    /// The compiled-in key of the roll-up circuit with that id, if there is one.
    pub fn rollup_by_id(id: &str) -> Option<Self> {
        ROLLUPS
            .iter()
            .filter_map(|(shape, _)| Self::rollup(*shape).ok())
            .find(|key| key.id == id)
    }
}

impl CircuitKey {
    /// The compiled-in key of a standard shape.
    pub fn standard(shape: Shape) -> Result<Self, KeyError> {
        let (_, bytes) = STANDARD
            .iter()
            .find(|(s, _)| *s == shape)
            .ok_or(KeyError::NotStandard { got: shape })?;
        Self::read(shape, bytes)
    }

    /// The compiled-in key of the circuit with that id, if there is one.
    pub fn by_id(id: &str) -> Option<Self> {
        STANDARD
            .iter()
            .filter_map(|(shape, _)| Self::standard(*shape).ok())
            .find(|key| key.id == id)
    }
}

impl<S: Capacity> CircuitKey<S> {
    fn read(shape: S, bytes: &[u8]) -> Result<Self, KeyError> {
        let key = VerifyingKey::from_bytes::<CovenantCircuit>(
            bytes,
            SerdeFormat::Processed,
            Params::of(shape),
        )
        .map_err(|_| KeyError::Parameters)?;
        Self::aztec_ignition(shape, key)
    }

    /// A key under the compiled-in ceremony.
    pub fn aztec_ignition(shape: S, key: VerifyingKey<G1Affine>) -> Result<Self, KeyError> {
        Self::with_tau(
            shape,
            AZTEC_IGNITION,
            aztec_tau_g2().ok_or(KeyError::TauG2)?,
            key,
        )
    }

    /// A key under a ceremony that the caller vouches for by its tau G2.
    pub fn with_tau(
        shape: S,
        ceremony: &str,
        tau_g2: G2Affine,
        key: VerifyingKey<G1Affine>,
    ) -> Result<Self, KeyError> {
        Ok(Self {
            id: circuit_id(shape.into(), &key),
            shape,
            ceremony: ceremony.into(),
            params: verification_params(key.get_domain().k(), tau_g2)?,
            proof_length: proof_length(key.cs()),
            key,
        })
    }

    /// The circuit's id.
    pub fn id(&self) -> &str {
        &self.id
    }
    /// The shape.
    pub fn shape(&self) -> S {
        self.shape
    }
    /// What the circuit proves.
    pub fn program(&self) -> Program {
        self.shape.into()
    }
    /// The ceremony's name.
    pub fn ceremony(&self) -> &str {
        &self.ceremony
    }
    /// The exact length of a proof in bytes.
    pub fn proof_length(&self) -> usize {
        self.proof_length
    }
    /// The verifying key.
    pub fn verifying_key(&self) -> &VerifyingKey<G1Affine> {
        &self.key
    }
    /// tau G2 of the ceremony: a point of the group, neither the identity nor the generator.
    pub fn tau_g2(&self) -> G2Affine {
        self.params.s_g2()
    }
    pub(crate) fn params(&self) -> &ParamsKZG<Bn256> {
        &self.params
    }
}

/// Bytes of a proof: 64 for each point, 32 for each evaluation.
///
/// Points: the advice columns, the permutation's products, the vanishing argument's random
/// polynomial and quotient pieces, and SHPLONK's two. Evaluations: every advice and fixed
/// query, the random polynomial, each permuted column, and two or three for each product.
pub fn proof_length(cs: &ConstraintSystem<Fr>) -> usize {
    let degree = cs.degree();
    let permuted = cs.permutation().get_columns().len();
    let products = permuted.div_ceil(degree - 2);
    let points = cs.num_advice_columns() + products + 1 + (degree - 1) + 2;
    let product_evaluations = (3 * products).saturating_sub(1);
    let evaluations =
        cs.advice_queries().len() + cs.fixed_queries().len() + 1 + permuted + product_evaluations;
    64 * points + 32 * evaluations
}

/// tau G2 of Aztec Ignition, from the pinned constants.
pub fn aztec_tau_g2() -> Option<G2Affine> {
    let [x0, x1, y0, y1] = AZTEC_TAU_G2.map(coordinate);
    let (x, y) = (Fq2 { c0: x0?, c1: x1? }, Fq2 { c0: y0?, c1: y1? });
    G2Affine::from_xy(x, y).into()
}

fn coordinate(hex: &str) -> Option<Fq> {
    let mut le = [0u8; 32];
    for (i, byte) in le.iter_mut().rev().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Fq::from_repr(le).into()
}

/// Verification needs k, the generators and tau G2, nothing else of an SRS.
fn verification_params(k: u32, tau_g2: G2Affine) -> Result<ParamsKZG<Bn256>, KeyError> {
    let degenerate = bool::from(tau_g2.is_identity()) || tau_g2 == G2Affine::generator();
    if degenerate || !bool::from(tau_g2.is_on_curve()) || !in_subgroup(&tau_g2) {
        return Err(KeyError::TauG2);
    }
    let mut bytes = 0u32.to_le_bytes().to_vec();
    bytes.extend(G1Affine::generator().to_raw_bytes());
    bytes.extend(G1Affine::generator().to_raw_bytes());
    bytes.extend(G2Affine::generator().to_raw_bytes());
    bytes.extend(tau_g2.to_raw_bytes());
    // Parameters of one power, read from these constants, to make those of the circuit's k.
    let one = ParamsKZG::<Bn256>::read_custom(&mut bytes.as_slice(), SerdeFormat::RawBytes)
        .map_err(|_| KeyError::Parameters)?;
    let generator = vec![G1Affine::generator()];
    Ok(one.from_parts(
        k,
        generator.clone(),
        Some(generator),
        G2Affine::generator(),
        tau_g2,
    ))
}

/// r times the point is the identity: `(r - 1) P = -P`.
fn in_subgroup(point: &G2Affine) -> bool {
    use ff::Field;
    use group::Curve;
    let product = point.to_curve() * -halo2curves::bn256::Fr::ONE;
    product.to_affine() == -*point
}

#[cfg(test)]
mod tests {
    use super::*;

    /// V7. A retired version is not one that is made or accepted, and its name is no prefix of
    /// another's.
    #[test]
    fn v7_wrong_circuits_are_retired_by_name() {
        assert!(retired("covenant-1/4x18x8x4/1a38").is_some());
        assert!(retired("covenant-1").is_some());
        assert!(retired("covenant-1.1/4x18x8x4/1a38").is_some());
        assert_eq!(retired("covenant-1.10/4x18x8x4/1a38"), None);
        assert_eq!(retired(covenant_circuits::circuit::CIRCUIT_VERSION), None);
        for (shape, _) in STANDARD {
            assert_eq!(retired(CircuitKey::standard(shape).unwrap().id()), None);
        }
        for (shape, _) in ROLLUPS {
            let key = RollupKey::rollup(shape).unwrap();
            assert_eq!(retired(key.id()), None);
            assert!(CircuitKey::by_id(key.id()).is_none());
        }
        for (shape, _) in MANY {
            let key = ManyKey::many(shape).unwrap();
            assert_eq!(retired(key.id()), None);
            assert!(CircuitKey::by_id(key.id()).is_none());
        }
        assert_eq!(retired(""), None);
    }

    #[test]
    fn v4_tau_g2_is_the_published_one() {
        let tau = aztec_tau_g2().unwrap();
        assert!(
            AZTEC_TAU_G2[0] == "0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0"
        );
        assert!(verification_params(11, tau).is_ok());
        assert_eq!(
            verification_params(11, G2Affine::generator()).unwrap_err(),
            KeyError::TauG2
        );
        assert_eq!(
            verification_params(11, G2Affine::identity()).unwrap_err(),
            KeyError::TauG2
        );
    }
}
