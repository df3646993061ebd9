//! Files from elsewhere: the sound ones come through unchanged, each hostile one has its error.

use covenant_prover::srs::{Ceremony, Srs, SrsError, import};
use ff::Field as _;
use group::GroupEncoding as _;
use group::cofactor::CofactorGroup as _;
use group::prime::PrimeCurveAffine as _;
use halo2curves::bn256::{Fr, G1Affine, G2Affine};

use crate::fixtures::{
    MODULUS, Parts, TRUSTED, UNTRUSTED, file, raw_of, to_k, try_import, untrusted_to_k,
};

/// Asserts the variant, and that the message names the file.
macro_rules! assert_refused {
    ($bytes:expr, $options:expr, $pattern:pat) => {{
        let error = try_import(&$bytes, $options).unwrap_err();
        assert!(matches!(error, $pattern), "{error:?}");
        assert!(error.to_string().contains("fixture"), "{error}");
    }};
}

/// Aztec Ignition as the cache keeps it, with the Lagrange basis bent.
fn with_lagrange(k: u32, bend: impl FnOnce(&mut Vec<G1Affine>)) -> Vec<u8> {
    let mut parts = Parts::aztec(k);
    bend(&mut parts.lagrange);
    let next = Srs::embedded(k).unwrap().next_power();
    parts.cached("aztec-ignition", next)
}

#[test]
fn a_srs_comes_through() {
    let srs = try_import(&Parts::aztec(5).srs(), to_k(4)).unwrap();
    let expected = Srs::embedded(4).unwrap();
    assert_eq!(srs.ceremony(), Ceremony::AztecIgnition);
    assert_eq!(raw_of(&srs), raw_of(&expected));
    assert_eq!(srs.next_power(), expected.next_power());
}

#[test]
fn a_ptau_comes_through() {
    let srs = try_import(&Parts::aztec(5).ptau().bytes(), TRUSTED).unwrap();
    let expected = Srs::embedded(4).unwrap();
    assert_eq!(srs.ceremony(), Ceremony::AztecIgnition);
    assert_eq!(raw_of(&srs), raw_of(&expected));
    assert_eq!(srs.next_power(), expected.next_power());
}

/// A proof needs one power more than there are rows: without it the pieces of its quotient would
/// go out without masks. The error names both counts and says what to do.
#[test]
fn a_file_without_the_power_for_the_masks_is_refused() {
    for k in [1, 4] {
        let bytes = Parts::aztec(k).srs();
        let got = 1u64 << k;
        for options in [TRUSTED, UNTRUSTED, to_k(k)] {
            let error = try_import(&bytes, options).unwrap_err();
            assert!(
                matches!(error, SrsError::NextPower { k: of, expected, got: found, .. }
                    if (of, expected, found) == (k, got + 1, got)),
                "{error:?}"
            );
            let text = error.to_string();
            assert!(text.contains("a smaller k, or import a .ptau"), "{text}");
        }
    }
}

#[test]
fn downsizing_cuts_and_recomputes() {
    let (srs, ptau) = (Parts::aztec(5).srs(), Parts::aztec(6).ptau().bytes());
    for k in 1..=5 {
        let expected = Srs::embedded(k).unwrap();
        for bytes in [&srs, &ptau] {
            if k == 5 && bytes == &srs {
                assert_refused!(bytes, to_k(5), SrsError::NextPower { .. });
                continue;
            }
            let cut = try_import(bytes, to_k(k)).unwrap();
            assert_eq!(raw_of(&cut), raw_of(&expected));
            assert_eq!(cut.next_power(), expected.next_power());
        }
    }
    for k in [0, 6, 34, u32::MAX] {
        assert_refused!(srs, to_k(k), SrsError::K { max: 5, .. });
        assert_refused!(ptau, to_k(k), SrsError::K { max: 5, .. });
    }
}

#[test]
fn hostile_k_is_refused_before_allocating() {
    let mut bytes = Parts::aztec(2).srs();
    for k in [0u32, 25, 34, 63, 255] {
        bytes[..4].copy_from_slice(&k.to_le_bytes());
        assert_refused!(bytes, TRUSTED, SrsError::K { .. });
    }
    for k in [1u32, 3, 24] {
        bytes[..4].copy_from_slice(&k.to_le_bytes());
        assert_refused!(bytes, TRUSTED, SrsError::Length { .. });
    }
    bytes[..4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_refused!(bytes, TRUSTED, SrsError::UnknownFormat { .. });
}

#[test]
fn no_known_format_is_refused() {
    for bytes in [
        &b""[..],
        b"pta",
        b"zkey and more",
        b"{\"k\": 4}",
        b"Ptau\x01\0\0\0",
    ] {
        assert_refused!(bytes, TRUSTED, SrsError::UnknownFormat { .. });
    }
}

#[test]
fn every_truncation_and_a_trailing_byte_are_refused() {
    for bytes in [Parts::aztec(2).srs(), Parts::aztec(2).ptau().bytes()] {
        assert!(try_import(&bytes, to_k(1)).is_ok());
        for len in 0..bytes.len() {
            assert!(try_import(&bytes[..len], to_k(1)).is_err(), "{len}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert_refused!(longer, to_k(1), SrsError::Length { .. });
    }
}

/// A raw SRS has no byte that does not matter.
#[test]
fn every_changed_byte_is_refused() {
    let bytes = Parts::aztec(2).srs();
    assert!(try_import(&bytes, untrusted_to_k(1)).is_ok());
    for i in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[i] ^= 1 << (i % 8);
        assert!(try_import(&changed, untrusted_to_k(1)).is_err(), "byte {i}");
    }
}

#[test]
fn bad_points_are_refused_by_place() {
    let sound = Parts::aztec(3).srs();
    for place in 0..16 {
        let start = 4 + 64 * place;
        let list = if place < 8 {
            "powers of tau in G1"
        } else {
            "lagrange basis"
        };
        let mut identity = sound.clone();
        identity[start..start + 64].fill(0);
        let mut off_curve = sound.clone();
        off_curve[start] ^= 1;
        let mut not_canonical = sound.clone();
        add_modulus(&mut not_canonical[start + 32..start + 64]);
        let mut too_large = sound.clone();
        too_large[start..start + 32].fill(0xff);
        for bytes in [identity, off_curve, not_canonical, too_large] {
            match try_import(&bytes, TRUSTED).unwrap_err() {
                SrsError::Point { what, index, .. } => {
                    assert_eq!((what, index), (list, place % 8));
                }
                error => panic!("{error:?}"),
            }
        }
    }
}

/// The same residue, a second encoding.
fn add_modulus(coordinate: &mut [u8]) {
    let mut carry = 0u16;
    for (byte, m) in coordinate.iter_mut().zip(MODULUS) {
        let sum = u16::from(*byte) + u16::from(m) + carry;
        *byte = sum as u8;
        carry = sum >> 8;
    }
    assert_eq!(carry, 0);
}

#[test]
fn a_second_encoding_of_g2_is_refused() {
    let sound = Parts::aztec(3).srs();
    for coordinate in 0..8 {
        let mut bytes = sound.clone();
        let start = bytes.len() - 256 + 32 * coordinate;
        add_modulus(&mut bytes[start..start + 32]);
        assert_refused!(bytes, TRUSTED, SrsError::Point { .. });
    }
}

#[test]
fn unfit_tau_g2_is_refused() {
    let sound = Parts::aztec(3);
    let with = |tau_g2| {
        let mut parts = sound.clone();
        parts.tau_g2 = tau_g2;
        parts
    };
    let identity = with(G2Affine::identity());
    assert_refused!(identity.srs(), UNTRUSTED, SrsError::Point { .. });
    assert_refused!(identity.ptau().bytes(), UNTRUSTED, SrsError::Point { .. });
    for tau_g2 in [G2Affine::generator(), outside_the_subgroup()] {
        let parts = with(tau_g2);
        assert_refused!(parts.srs(), UNTRUSTED, SrsError::Tau { .. });
        assert_refused!(parts.ptau().bytes(), UNTRUSTED, SrsError::Tau { .. });
    }
    let negated = with(-sound.tau_g2);
    assert_refused!(negated.srs(), untrusted_to_k(2), SrsError::Powers { .. });
}

/// A point of the twist whose order is not r.
fn outside_the_subgroup() -> G2Affine {
    (1u8..)
        .find_map(|x| {
            let mut bytes = <G2Affine as group::GroupEncoding>::Repr::default();
            bytes.as_mut()[0] = x;
            let point: Option<G2Affine> = G2Affine::from_bytes(&bytes).into();
            point.filter(|p| !bool::from(p.to_curve().is_torsion_free()))
        })
        .unwrap()
}

#[test]
fn other_generators_are_refused() {
    let mut parts = Parts::aztec(3);
    parts.powers[0] = parts.powers[2];
    assert_refused!(
        parts.srs(),
        UNTRUSTED,
        SrsError::Generator { group: "G1", .. }
    );
    let mut parts = Parts::aztec(3);
    parts.g2 = -parts.g2;
    assert_refused!(
        parts.ptau().bytes(),
        UNTRUSTED,
        SrsError::Generator { group: "G2", .. }
    );
}

#[test]
fn any_wrong_power_is_refused() {
    for place in 2..8 {
        let mut parts = Parts::aztec(3);
        parts.powers[place] = -parts.powers[place];
        assert_refused!(parts.srs(), to_k(2), SrsError::Powers { .. });
    }
    // The last power of the rows that the file's k needs, of a .ptau, and the one after it.
    for place in [7, 8] {
        let mut parts = Parts::aztec(4);
        parts.powers[place] = parts.powers[6];
        assert_refused!(parts.ptau().bytes(), TRUSTED, SrsError::Powers { .. });
    }
    let next = -Srs::embedded(3).unwrap().next_power();
    let bytes = Parts::aztec(3).cached("aztec-ignition", next);
    assert_refused!(bytes, TRUSTED, SrsError::Powers { .. });
    // Known tau G1, tau G2 of another tau: not that ceremony, and no ceremony at all.
    let mut parts = Parts::aztec(3);
    parts.tau_g2 = Parts::of_tau(3, Fr::from(5)).tau_g2;
    assert_refused!(parts.srs(), to_k(2), SrsError::Untrusted { .. });
    assert_refused!(parts.srs(), untrusted_to_k(2), SrsError::Powers { .. });
}

/// Repeated points are the edge cases of a multi-scalar multiplication: no panic.
#[test]
fn equal_points_are_refused() {
    for k in [2, 6, 11] {
        let mut parts = Parts::aztec(k);
        parts.powers.fill(G1Affine::generator());
        let (bytes, cut) = (parts.srs(), untrusted_to_k(k - 1));
        assert_refused!(bytes, cut, SrsError::Powers { .. });
        let bytes = with_lagrange(k, |basis| basis.fill(G1Affine::generator()));
        assert_refused!(bytes, TRUSTED, SrsError::Lagrange { .. });
    }
}

#[test]
fn another_lagrange_basis_is_refused() {
    assert!(try_import(&with_lagrange(3, |_| ()), TRUSTED).is_ok());
    for (i, j) in [(0, 1), (1, 2), (3, 7)] {
        let bytes = with_lagrange(3, |basis| basis.swap(i, j));
        assert_refused!(bytes, TRUSTED, SrsError::Lagrange { .. });
    }
    // Of the right points in the order of another root of unity.
    let bytes = with_lagrange(3, |basis| {
        *basis = (0..8).map(|j| basis[3 * j % 8]).collect();
    });
    assert_refused!(bytes, TRUSTED, SrsError::Lagrange { .. });
    // Cut down, the file's basis does not matter.
    assert!(try_import(&bytes, to_k(2)).is_ok());
}

#[test]
fn an_unknown_ceremony_needs_the_flag() {
    let parts = Parts::of_tau(4, Fr::from(0x5eed));
    for bytes in [parts.srs(), parts.ptau().bytes()] {
        assert_refused!(bytes, to_k(3), SrsError::Untrusted { .. });
        let srs = try_import(&bytes, untrusted_to_k(3)).unwrap();
        assert!(!srs.ceremony().is_known());
        assert!(srs.ceremony().to_string().starts_with("untrusted-"));
    }
    let name = |tau| {
        let bytes = Parts::of_tau(2, Fr::from(tau)).srs();
        let srs = try_import(&bytes, untrusted_to_k(1)).unwrap();
        srs.ceremony().to_string()
    };
    assert_ne!(name(3), name(4));
    // The flag does not make a known one unknown.
    let srs = try_import(&Parts::aztec(3).srs(), untrusted_to_k(2)).unwrap();
    assert_eq!(srs.ceremony(), Ceremony::AztecIgnition);
}

/// Such a tau puts the identity into the Lagrange basis, which halo2 does not expect.
#[test]
fn tau_a_root_of_unity_is_refused() {
    let parts = Parts::of_tau(3, -Fr::ONE);
    assert_refused!(parts.ptau().bytes(), UNTRUSTED, SrsError::Tau { .. });
    assert_refused!(
        parts.srs(),
        UNTRUSTED,
        SrsError::Point {
            what: "lagrange basis",
            ..
        }
    );
}

#[test]
fn hostile_ptau_headers_are_refused() {
    let sound = Parts::aztec(4).ptau();
    let bent = |bend: &dyn Fn(&mut crate::fixtures::Ptau)| {
        let mut ptau = sound.clone();
        bend(&mut ptau);
        ptau.bytes()
    };
    let set = |at: usize, value: u32| {
        bent(&|p| p.section(1)[at..at + 4].copy_from_slice(&value.to_le_bytes()))
    };
    assert_refused!(
        bent(&|p| p.version = 2),
        TRUSTED,
        SrsError::Header {
            field: "version",
            ..
        }
    );
    assert_refused!(set(0, 48), TRUSTED, SrsError::Header { .. });
    assert_refused!(
        set(4, 1),
        TRUSTED,
        SrsError::Header {
            field: "section 1: curve (its modulus, little-endian)",
            ..
        }
    );
    for power in [0, 29, 34, 64, u32::MAX] {
        assert_refused!(set(36, power), TRUSTED, SrsError::K { .. });
    }
    for power in [1, 2, 4] {
        assert_refused!(set(36, power), TRUSTED, SrsError::Length { .. });
    }
    // A power above the largest k, cut down to a small one: the sections are short all the same.
    assert_refused!(set(36, 28), TRUSTED, SrsError::K { max: 24, .. });
    assert_refused!(set(36, 28), to_k(2), SrsError::Length { .. });
    for kind in 1..=3 {
        let missing = bent(&|p| p.sections.retain(|(k, _)| *k != kind));
        assert_refused!(
            missing,
            TRUSTED,
            SrsError::Header {
                field: "sections",
                ..
            }
        );
        let twice = bent(&|p| {
            let section = p.section(kind).clone();
            p.sections.push((kind, section));
        });
        assert_refused!(
            twice,
            TRUSTED,
            SrsError::Header {
                field: "sections",
                ..
            }
        );
        let short = bent(&|p| {
            p.section(kind).pop();
        });
        assert_refused!(short, TRUSTED, SrsError::Length { .. });
        let long = bent(&|p| p.section(kind).push(0));
        assert_refused!(long, TRUSTED, SrsError::Length { .. });
    }
}

#[test]
fn claimed_sizes_are_not_believed() {
    let sound = Parts::aztec(4).ptau().bytes();
    for size in [u64::MAX, u64::MAX - 24, 1 << 63, 1 << 40, 1 << 30] {
        // The first section's size follows the file's header and the section's type.
        let mut bytes = sound.clone();
        bytes[16..24].copy_from_slice(&size.to_le_bytes());
        assert_refused!(bytes, TRUSTED, SrsError::Length { .. });
    }
    for count in [0u32, 2, 65, u32::MAX] {
        let mut bytes = sound.clone();
        bytes[8..12].copy_from_slice(&count.to_le_bytes());
        assert_refused!(
            bytes,
            TRUSTED,
            SrsError::Header {
                field: "number of sections",
                ..
            }
        );
    }
}

/// A changed byte of a `.ptau` is refused, or lies where nothing is read.
#[test]
fn a_changed_ptau_is_refused_or_the_same() {
    let bytes = Parts::aztec(3).ptau().bytes();
    let expected = raw_of(&Srs::embedded(2).unwrap());
    let mut refused = 0;
    for i in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[i] ^= 1 << (i % 8);
        match try_import(&changed, UNTRUSTED) {
            Ok(srs) => assert_eq!(raw_of(&srs), expected, "byte {i}"),
            Err(_) => refused += 1,
        }
    }
    // At least the five points read of G1, the two of G2 and the modulus.
    assert!(refused >= 5 * 64 + 2 * 128 + 32, "{refused}");
}

#[test]
fn only_regular_files_are_opened() {
    let dir = tempfile::tempdir().unwrap();
    let error = import(dir.path(), TRUSTED).unwrap_err();
    assert!(matches!(error, SrsError::NotAFile { .. }), "{error:?}");
    let error = import(dir.path().join("missing"), TRUSTED).unwrap_err();
    assert!(matches!(error, SrsError::Io { .. }), "{error:?}");
    #[cfg(unix)]
    {
        let error = import("/dev/zero", TRUSTED).unwrap_err();
        assert!(matches!(error, SrsError::NotAFile { .. }), "{error:?}");
    }
}

#[cfg(unix)]
#[test]
fn paths_need_not_be_utf_8() {
    use std::os::unix::ffi::OsStrExt as _;

    let fixture = file(&Parts::aztec(2).srs());
    let name = std::ffi::OsStr::from_bytes(b"\xff\xfe.srs");
    let path = fixture.path.with_file_name(name);
    std::fs::copy(&fixture.path, &path).unwrap();
    assert!(import(&path, to_k(1)).is_ok());
    let error = import(&path, to_k(9)).unwrap_err();
    assert!(matches!(error, SrsError::K { .. }), "{error:?}");
}
