//! The embedded bytes: everything the tool checks, checked again without it.

use covenant_prover::srs::{Ceremony, MAX_EMBEDDED_K, Srs, SrsError};
use ff::{Field as _, PrimeField as _};
use group::cofactor::CofactorGroup as _;
use group::prime::PrimeCurveAffine as _;
use group::{Curve as _, Group as _};
use halo2_proofs::arithmetic::best_multiexp;
use halo2_proofs::poly::EvaluationDomain;
use halo2_proofs::poly::commitment::{Blind, Params as _, ParamsProver as _};
use halo2curves::CurveAffine as _;
use halo2curves::bn256::{Fr, G1Affine, G2Affine, pairing};
use rand_core::OsRng;
use sha2::{Digest as _, Sha256};

use crate::fixtures::Parts;

fn hex_be(bytes: [u8; 32]) -> String {
    bytes.iter().rev().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn k_out_of_range_is_refused() {
    for got in [0, MAX_EMBEDDED_K + 1, 34, u32::MAX] {
        let error = Srs::embedded(got).unwrap_err();
        assert!(matches!(error, SrsError::K { got: g, max: 14, .. } if g == got));
    }
}

#[test]
fn points_are_sound_and_pinned() {
    for k in 1..=MAX_EMBEDDED_K {
        let srs = Srs::embedded(k).unwrap();
        assert_eq!(srs.k(), k);
        assert_eq!(srs.params().n(), 1 << k);
        assert_eq!(srs.ceremony(), Ceremony::AztecIgnition);
        assert_eq!(srs.params().g2(), G2Affine::generator());

        let parts = Parts::aztec(k);
        assert_eq!(parts.powers.len(), 1 << k);
        assert_eq!(parts.lagrange.len(), 1 << k);
        assert_eq!(parts.powers[0], G1Affine::generator());
        if k < MAX_EMBEDDED_K {
            assert_eq!(srs.next_power(), Parts::aztec(k + 1).powers[1 << k]);
        }
        let (tau_g1, tau_g2) = (parts.powers[1], parts.tau_g2);
        let pins = Ceremony::AztecIgnition;
        assert_eq!(Some(hex_be(tau_g1.x.to_repr()).as_str()), pins.tau_g1_x());
        assert_eq!(
            Some(hex_be(tau_g2.x.c0.to_repr()).as_str()),
            pins.tau_g2_x_c0()
        );
        assert!(bool::from(tau_g2.is_on_curve() & !tau_g2.is_identity()));
        assert!(bool::from(tau_g2.to_curve().is_torsion_free()));
        for p in parts.powers.iter().chain(&parts.lagrange) {
            assert!(bool::from(p.is_on_curve() & !p.is_identity()));
        }
    }
}

#[test]
fn powers_are_of_one_tau() {
    let parts = Parts::aztec(MAX_EMBEDDED_K);
    let mut powers = parts.powers;
    powers.push(Srs::embedded(MAX_EMBEDDED_K).unwrap().next_power());
    let c: Vec<Fr> = (1..powers.len()).map(|_| Fr::random(OsRng)).collect();
    let shifted = best_multiexp(&c, &powers[1..]).to_affine();
    let head = best_multiexp(&c, &powers[..c.len()]).to_affine();
    let (left, right) = (
        pairing(&shifted, &G2Affine::generator()),
        pairing(&head, &parts.tau_g2),
    );
    assert_eq!(left, right);
    assert!(!bool::from(left.is_identity()));
}

/// halo2's own commitments in both bases.
#[test]
fn both_bases_commit_alike() {
    for k in 1..=MAX_EMBEDDED_K {
        let srs = Srs::embedded(k).unwrap();
        let domain = EvaluationDomain::<Fr>::new(1, k);
        let mut evaluations = domain.empty_lagrange();
        for e in evaluations.iter_mut() {
            *e = Fr::random(OsRng);
        }
        let coefficients = domain.lagrange_to_coeff(evaluations.clone());
        let blind = Blind(Fr::ZERO);
        assert_eq!(
            srs.params().commit(&coefficients, blind),
            srs.params().commit_lagrange(&evaluations, blind),
            "k = {k}"
        );
        evaluations[0] += Fr::ONE;
        assert_ne!(
            srs.params().commit(&coefficients, blind),
            srs.params().commit_lagrange(&evaluations, blind),
            "k = {k}"
        );
    }
}

/// The digests in data/README.md are those of the files beside it.
#[test]
fn recorded_digests_hold() {
    let readme = include_str!("../../data/README.md");
    let files: [&[u8]; 3] = [
        include_bytes!("../../data/aztec-ignition-g1.bin"),
        include_bytes!("../../data/aztec-ignition-g2.bin"),
        include_bytes!("../../data/aztec-ignition-lagrange.bin"),
    ];
    for bytes in files {
        let digest: String = Sha256::digest(bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert!(readme.contains(&digest), "{digest}");
    }
}

#[test]
fn ceremonies_are_named() {
    let names = Ceremony::KNOWN.map(|c| c.to_string());
    assert_eq!(
        names,
        ["aztec-ignition", "hermez", "ppot-0080", "ppot-0085"]
    );
    let untrusted = Ceremony::Untrusted { digest: [0xab; 32] };
    assert_eq!(
        untrusted.to_string(),
        format!("untrusted-{}", "ab".repeat(16))
    );
    assert!(!untrusted.is_known());
    assert!(Ceremony::KNOWN.iter().all(Ceremony::is_known));
}

#[test]
fn debug_prints_no_points() {
    let printed = format!("{:?}", Srs::embedded(3).unwrap());
    assert_eq!(printed, "Srs { ceremony: AztecIgnition, k: 3, .. }");
}

/// How long a first proof waits: `cargo test --release -- --ignored --nocapture load_times`.
#[test]
#[ignore = "prints a measurement"]
fn load_times() {
    for k in 9..=MAX_EMBEDDED_K {
        let start = std::time::Instant::now();
        let srs = Srs::embedded(k).unwrap();
        println!("k = {}: {:?}", srs.k(), start.elapsed());
    }
}

#[cfg(feature = "insecure-dev-srs")]
#[test]
fn a_development_srs_says_so() {
    use crate::fixtures::{TRUSTED, UNTRUSTED};
    use covenant_prover::srs::import;

    let srs = Srs::insecure_development(4).unwrap();
    assert_eq!(srs.ceremony().to_string(), "INSECURE-development");
    assert!(!srs.ceremony().is_known());
    assert!(matches!(
        Srs::insecure_development(25).unwrap_err(),
        SrsError::K { .. }
    ));
    let dir = tempfile::tempdir().unwrap();
    let path = srs.save(dir.path()).unwrap();
    assert!(matches!(
        import(&path, TRUSTED).unwrap_err(),
        SrsError::Untrusted { .. }
    ));
    // Which finds its powers those of one tau, and its Lagrange basis theirs.
    let again = import(&path, UNTRUSTED).unwrap();
    assert_eq!(again.ceremony(), Ceremony::InsecureDevelopment);
    assert_eq!(again.next_power(), srs.next_power());
}
