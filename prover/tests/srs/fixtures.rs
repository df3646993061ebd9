//! Small `.srs` and `.ptau` files, cut from the embedded ceremony or made with a known tau.

use std::path::PathBuf;

use covenant_prover::srs::{ImportOptions, Srs, SrsError, import};
use ff::Field as _;
use group::Curve as _;
use group::prime::PrimeCurveAffine as _;
use halo2_proofs::SerdeFormat;
use halo2_proofs::arithmetic::g_to_lagrange;
use halo2_proofs::poly::commitment::ParamsProver as _;
use halo2curves::bn256::{Fr, G1Affine, G2Affine};
use halo2curves::serde::SerdeObject as _;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

pub(crate) const TRUSTED: ImportOptions = ImportOptions {
    k: None,
    allow_untrusted: false,
};
pub(crate) const UNTRUSTED: ImportOptions = ImportOptions {
    k: None,
    allow_untrusted: true,
};

/// The base field's modulus p, little-endian.
pub(crate) const MODULUS: [u8; 32] = [
    0x47, 0xfd, 0x7c, 0xd8, 0x16, 0x8c, 0x20, 0x3c, 0x8d, 0xca, 0x71, 0x68, 0x91, 0x6a, 0x81, 0x97,
    0x5d, 0x58, 0x81, 0x81, 0xb6, 0x45, 0x50, 0xb8, 0x29, 0xa0, 0x31, 0xe1, 0x72, 0x4e, 0x64, 0x30,
];

/// Cut down to k.
pub(crate) fn to_k(k: u32) -> ImportOptions {
    ImportOptions {
        k: Some(k),
        ..TRUSTED
    }
}

/// Cut down to k, of any ceremony.
pub(crate) fn untrusted_to_k(k: u32) -> ImportOptions {
    ImportOptions {
        k: Some(k),
        ..UNTRUSTED
    }
}

/// A directory and one file in it.
pub(crate) struct Fixture {
    _dir: TempDir,
    pub(crate) path: PathBuf,
}

pub(crate) fn file(bytes: &[u8]) -> Fixture {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("fixture");
    std::fs::write(&path, bytes).unwrap();
    Fixture { _dir: dir, path }
}

/// Imports these bytes.
pub(crate) fn try_import(bytes: &[u8], options: ImportOptions) -> Result<Srs, SrsError> {
    import(&file(bytes).path, options)
}

/// halo2's raw bytes of an SRS.
pub(crate) fn raw_of(srs: &Srs) -> Vec<u8> {
    let mut bytes = Vec::new();
    let format = SerdeFormat::RawBytes;
    srs.params().write_custom(&mut bytes, format).unwrap();
    bytes
}

/// The parts of a raw SRS, to be bent.
#[derive(Clone)]
pub(crate) struct Parts {
    pub(crate) k: u32,
    pub(crate) powers: Vec<G1Affine>,
    pub(crate) lagrange: Vec<G1Affine>,
    pub(crate) g2: G2Affine,
    pub(crate) tau_g2: G2Affine,
}

impl Parts {
    /// Aztec Ignition, cut.
    pub(crate) fn aztec(k: u32) -> Self {
        let srs = Srs::embedded(k).unwrap();
        let powers = srs.params().get_g().to_vec();
        let raw = raw_of(&srs);
        let start = 4 + (64 << k);
        let lagrange = raw[start..start + (64 << k)]
            .chunks(64)
            .map(|p| G1Affine::from_raw_bytes(p).unwrap())
            .collect();
        Self {
            k,
            powers,
            lagrange,
            g2: G2Affine::generator(),
            tau_g2: srs.params().s_g2(),
        }
    }

    /// A sound SRS of a tau that is known.
    pub(crate) fn of_tau(k: u32, tau: Fr) -> Self {
        let powers: Vec<G1Affine> = (0..1u64 << k)
            .map(|i| (G1Affine::generator() * tau.pow_vartime([i])).to_affine())
            .collect();
        let lagrange = g_to_lagrange(powers.iter().map(|p| p.to_curve()).collect(), k);
        Self {
            k,
            powers,
            lagrange,
            g2: G2Affine::generator(),
            tau_g2: (G2Affine::generator() * tau).to_affine(),
        }
    }

    /// A halo2 raw `.srs`.
    pub(crate) fn srs(&self) -> Vec<u8> {
        let mut bytes = self.k.to_le_bytes().to_vec();
        for point in self.powers.iter().chain(&self.lagrange) {
            bytes.extend(point.to_raw_bytes());
        }
        bytes.extend(self.g2.to_raw_bytes());
        bytes.extend(self.tau_g2.to_raw_bytes());
        bytes
    }

    /// A file of the cache under a ceremony's name: the one format with a Lagrange basis that is
    /// used, and with the power after the last.
    pub(crate) fn cached(&self, ceremony: &str, next: G1Affine) -> Vec<u8> {
        let payload = [&self.srs()[..], &next.to_raw_bytes()].concat();
        let mut bytes = b"covenant".to_vec();
        bytes.extend(2u32.to_le_bytes());
        bytes.extend(self.k.to_le_bytes());
        bytes.extend(ceremony.as_bytes());
        bytes.resize(80, 0);
        bytes.extend(Sha256::digest(&payload));
        bytes.extend(payload);
        bytes
    }

    /// A `.ptau` of power k - 1, as 2^k - 1 powers allow.
    pub(crate) fn ptau(&self) -> Ptau {
        let power = self.k - 1;
        let mut header = 32u32.to_le_bytes().to_vec();
        header.extend(MODULUS);
        header.extend(power.to_le_bytes());
        header.extend(28u32.to_le_bytes());
        let g1 = &self.powers[..(1 << self.k) - 1];
        let mut g2 = [self.g2.to_raw_bytes(), self.tau_g2.to_raw_bytes()].concat();
        // Higher powers in G2 are not read.
        g2.resize(128 << power, 0);
        Ptau {
            magic: *b"ptau",
            version: 1,
            // The order and the sections beyond 3 are free.
            sections: vec![
                (1, header),
                (7, vec![0xee; 10]),
                (3, g2),
                (2, g1.iter().flat_map(|p| p.to_raw_bytes()).collect()),
                (4, Vec::new()),
            ],
        }
    }
}

/// A `.ptau` file, to be bent.
#[derive(Clone)]
pub(crate) struct Ptau {
    pub(crate) magic: [u8; 4],
    pub(crate) version: u32,
    pub(crate) sections: Vec<(u32, Vec<u8>)>,
}

impl Ptau {
    pub(crate) fn section(&mut self, kind: u32) -> &mut Vec<u8> {
        let found = self.sections.iter_mut().find(|(k, _)| *k == kind);
        &mut found.unwrap().1
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.magic.to_vec();
        bytes.extend(self.version.to_le_bytes());
        bytes.extend((self.sections.len() as u32).to_le_bytes());
        for (kind, data) in &self.sections {
            bytes.extend(kind.to_le_bytes());
            bytes.extend((data.len() as u64).to_le_bytes());
            bytes.extend(data);
        }
        bytes
    }
}
