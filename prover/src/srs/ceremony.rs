//! Which ceremony made an SRS: the known ones, and how one is recognised.

use std::fmt;

use ff::PrimeField as _;
use halo2curves::bn256::{Fq, G1Affine, G2Affine};
use halo2curves::serde::SerdeObject as _;
use sha2::{Digest as _, Sha256};

/// A ceremony, recognised by tau G1 and tau G2 and by nothing else a file says.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ceremony {
    /// Aztec Ignition, the embedded one.
    AztecIgnition,
    /// Hermez: contribution 54 of Perpetual Powers of Tau and a beacon.
    Hermez,
    /// Perpetual Powers of Tau, contribution 80 and a beacon.
    Ppot0080,
    /// Perpetual Powers of Tau, challenge 85.
    Ppot0085,
    /// Not on the list: nobody here vouches that its tau is gone.
    Untrusted {
        /// sha256 of tau G2, raw as halo2curves writes it (128 bytes).
        digest: [u8; 32],
    },
    /// Made by this process, which knew tau.
    #[cfg(feature = "insecure-dev-srs")]
    InsecureDevelopment,
}

/// Coordinates, big-endian, in hex.
struct Pins {
    tau_g1_x: &'static str,
    tau_g2_x_c0: &'static str,
}

const AZTEC_IGNITION: Pins = Pins {
    tau_g1_x: "2d360628289ff943ff6bd1a87bbe4e62abe7fb61ba83effd266f22bdcf31e6f9",
    tau_g2_x_c0: "0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0",
};
const HERMEZ: Pins = Pins {
    tau_g1_x: "2dd3fd59098a5b4b4a616568bb6ba1a1e4c40e4b0df9ae94e37944d55ab651cf",
    tau_g2_x_c0: "30441fd1b5d3370482c42152a8899027716989a6996c2535bc9f7fee8aaef79e",
};
const PPOT_0080: Pins = Pins {
    tau_g1_x: "163aecdcf5be147d51e37468e14ee9e017226cb5a4ad2a1e084e30dcbe31bb9b",
    tau_g2_x_c0: "285b1f14edd7e6632340a37dfae9005ff762edcfecfe1c732a7474c0708bef80",
};
const PPOT_0085: Pins = Pins {
    tau_g1_x: "0bfc87ecbdcdc23ef5481bb179aaada7f42c22d2dfd52b4655a18c2879c54eea",
    tau_g2_x_c0: "2ae0c8c3a090f7200ff398ee9845bbae8f8c1445ae7b632212775f60a0e21600",
};

impl Ceremony {
    /// The ceremonies that need no flag, the preferred first.
    pub const KNOWN: [Self; 4] = [
        Self::AztecIgnition,
        Self::Hermez,
        Self::Ppot0080,
        Self::Ppot0085,
    ];

    /// Whether it is one of [`Ceremony::KNOWN`].
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.pins().is_some()
    }

    /// The published x coordinate of tau G1 (big-endian hex), of a known ceremony.
    #[must_use]
    pub fn tau_g1_x(&self) -> Option<&'static str> {
        self.pins().map(|p| p.tau_g1_x)
    }

    /// The published c0 half of the x coordinate of tau G2 (big-endian hex), of a known ceremony.
    #[must_use]
    pub fn tau_g2_x_c0(&self) -> Option<&'static str> {
        self.pins().map(|p| p.tau_g2_x_c0)
    }

    /// The known ceremony with these points, else the untrusted one named by tau G2.
    ///
    /// x fixes tau G1 but for its sign, and whoever knows -tau knows tau; so the pins name the
    /// ceremony once a pairing has shown that both points have the same tau.
    pub(super) fn recognise(tau_g1: &G1Affine, tau_g2: &G2Affine) -> Self {
        let (g1, g2) = (hex_be(&tau_g1.x), hex_be(&tau_g2.x.c0));
        Self::KNOWN
            .into_iter()
            .find(|c| c.tau_g1_x() == Some(&g1) && c.tau_g2_x_c0() == Some(&g2))
            .unwrap_or_else(|| Self::Untrusted {
                digest: Sha256::digest(tau_g2.to_raw_bytes()).into(),
            })
    }

    fn pins(&self) -> Option<&'static Pins> {
        match self {
            Self::AztecIgnition => Some(&AZTEC_IGNITION),
            Self::Hermez => Some(&HERMEZ),
            Self::Ppot0080 => Some(&PPOT_0080),
            Self::Ppot0085 => Some(&PPOT_0085),
            Self::Untrusted { .. } => None,
            #[cfg(feature = "insecure-dev-srs")]
            Self::InsecureDevelopment => None,
        }
    }
}

/// The name that a proof, a file or a message gives it; an untrusted one carries 128 bits of its
/// digest.
impl fmt::Display for Ceremony {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AztecIgnition => f.write_str("aztec-ignition"),
            Self::Hermez => f.write_str("hermez"),
            Self::Ppot0080 => f.write_str("ppot-0080"),
            Self::Ppot0085 => f.write_str("ppot-0085"),
            Self::Untrusted { digest } => {
                f.write_str("untrusted-")?;
                digest
                    .iter()
                    .take(16)
                    .try_for_each(|b| write!(f, "{b:02x}"))
            }
            #[cfg(feature = "insecure-dev-srs")]
            Self::InsecureDevelopment => f.write_str("INSECURE-development"),
        }
    }
}

fn hex_be(x: &Fq) -> String {
    hex(x.to_repr().iter().rev())
}

/// Bytes in hex.
pub(super) fn hex<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> String {
    bytes.into_iter().map(|b| format!("{b:02x}")).collect()
}
