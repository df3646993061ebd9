//! The cache: what is saved is loaded, and damage, lies and leftovers are found.

use std::fs;

use covenant_prover::srs::{Ceremony, Srs, SrsError, import, list};
use halo2curves::bn256::Fr;
use sha2::{Digest as _, Sha256};
use tempfile::tempdir;

use crate::fixtures::{Parts, TRUSTED, UNTRUSTED, raw_of, try_import, untrusted_to_k};

/// Where the payload starts, and the digest and the name before it.
const PAYLOAD: usize = 112;
const DIGEST: std::ops::Range<usize> = 80..112;
const NAME: std::ops::Range<usize> = 16..80;

#[test]
fn saved_is_loaded() {
    let parent = tempdir().unwrap();
    let dir = parent.path().join("made/on/demand");
    assert_eq!(list(&dir).unwrap(), []);
    for k in [1, 4, 9] {
        let srs = Srs::embedded(k).unwrap();
        let path = srs.save(&dir).unwrap();
        // Again: replaced.
        assert_eq!(srs.save(&dir).unwrap(), path);
        let loaded = Srs::load(&dir, k).unwrap();
        assert_eq!(loaded.ceremony(), Ceremony::AztecIgnition);
        let imported = import(&path, TRUSTED).unwrap();
        for again in [loaded, imported] {
            assert_eq!(raw_of(&again), raw_of(&srs));
            assert_eq!(again.next_power(), srs.next_power());
        }
    }
    let entries = list(&dir).unwrap();
    let found: Vec<_> = entries.iter().map(|e| (e.ceremony.as_str(), e.k)).collect();
    assert_eq!(
        found,
        [
            ("aztec-ignition", 1),
            ("aztec-ignition", 4),
            ("aztec-ignition", 9)
        ]
    );
    // Nothing but the three files: no temporary one is left.
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 3);
}

#[test]
fn absent_is_said() {
    let dir = tempdir().unwrap();
    Srs::embedded(3).unwrap().save(dir.path()).unwrap();
    let error = Srs::load(dir.path(), 4).unwrap_err();
    assert!(
        matches!(error, SrsError::NotCached { k: 4, .. }),
        "{error:?}"
    );
    let error = Srs::load(dir.path().join("missing"), 4).unwrap_err();
    assert!(
        matches!(error, SrsError::NotCached { k: 4, .. }),
        "{error:?}"
    );
    for k in [0, 25, u32::MAX] {
        let error = Srs::load(dir.path(), k).unwrap_err();
        assert!(matches!(error, SrsError::K { .. }), "{error:?}");
    }
}

#[test]
fn every_changed_byte_is_found() {
    let dir = tempdir().unwrap();
    let path = Srs::embedded(2).unwrap().save(dir.path()).unwrap();
    let sound = fs::read(&path).unwrap();
    for i in 0..sound.len() {
        let mut changed = sound.clone();
        changed[i] ^= 1 << (i % 8);
        fs::write(&path, &changed).unwrap();
        assert!(Srs::load(dir.path(), 2).is_err(), "byte {i}");
        assert!(import(&path, UNTRUSTED).is_err(), "byte {i}");
    }
    for len in 0..sound.len() {
        fs::write(&path, &sound[..len]).unwrap();
        assert!(Srs::load(dir.path(), 2).is_err(), "length {len}");
    }
    fs::write(&path, [&sound[..], &[0]].concat()).unwrap();
    let error = Srs::load(dir.path(), 2).unwrap_err();
    assert!(matches!(error, SrsError::Length { .. }), "{error:?}");
    fs::write(&path, &sound).unwrap();
    assert!(Srs::load(dir.path(), 2).is_ok());
}

/// Two sound points exchanged: only the digest can tell on loading.
#[test]
fn the_digest_is_checked() {
    let dir = tempdir().unwrap();
    let path = Srs::embedded(3).unwrap().save(dir.path()).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let (a, b) = (PAYLOAD + 4 + 64 * 3, PAYLOAD + 4 + 64 * 5);
    for i in 0..64 {
        bytes.swap(a + i, b + i);
    }
    fs::write(&path, &bytes).unwrap();
    let error = Srs::load(dir.path(), 3).unwrap_err();
    assert!(matches!(error, SrsError::Corrupt { .. }), "{error:?}");
    // Import also finds what has a right digest.
    let digest = Sha256::digest(&bytes[PAYLOAD..]);
    bytes[DIGEST].copy_from_slice(&digest);
    fs::write(&path, &bytes).unwrap();
    let error = import(&path, TRUSTED).unwrap_err();
    assert!(matches!(error, SrsError::Powers { .. }), "{error:?}");
}

/// Files of the first version have no power for the masks, and are imported again.
#[test]
fn a_file_without_the_power_for_the_masks_is_refused() {
    let dir = tempdir().unwrap();
    let path = Srs::embedded(3).unwrap().save(dir.path()).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes.truncate(bytes.len() - 64);
    let digest = Sha256::digest(&bytes[PAYLOAD..]);
    bytes[DIGEST].copy_from_slice(&digest);
    for version in [1, 2] {
        bytes[8] = version;
        fs::write(&path, &bytes).unwrap();
        for error in [
            Srs::load(dir.path(), 3).unwrap_err(),
            import(&path, TRUSTED).unwrap_err(),
        ] {
            let expected = match version {
                1 => matches!(
                    error,
                    SrsError::Header {
                        field: "version",
                        ..
                    }
                ),
                _ => matches!(error, SrsError::Length { .. }),
            };
            assert!(expected, "{error:?}");
        }
    }
}

#[test]
fn an_untrusted_one_is_not_loaded_and_cannot_pose() {
    let dir = tempdir().unwrap();
    let bytes = Parts::of_tau(4, Fr::from(77).square()).srs();
    let srs = try_import(&bytes, untrusted_to_k(3)).unwrap();
    let path = srs.save(dir.path()).unwrap();
    assert_eq!(
        list(dir.path()).unwrap()[0].ceremony,
        srs.ceremony().to_string()
    );
    let error = Srs::load(dir.path(), 3).unwrap_err();
    assert!(matches!(error, SrsError::NotCached { .. }), "{error:?}");
    let error = import(&path, TRUSTED).unwrap_err();
    assert!(matches!(error, SrsError::Untrusted { .. }), "{error:?}");
    assert_eq!(import(&path, UNTRUSTED).unwrap().ceremony(), srs.ceremony());

    // Under the name of a known one: by file name, then in the header too.
    let posing = dir.path().join("aztec-ignition-03.srs");
    fs::copy(&path, &posing).unwrap();
    let refused = |dir| {
        let error = Srs::load(dir, 3).unwrap_err();
        assert!(
            matches!(
                error,
                SrsError::Header {
                    field: "ceremony",
                    ..
                }
            ),
            "{error:?}"
        );
    };
    refused(dir.path());
    let mut bytes = fs::read(&path).unwrap();
    bytes[NAME].fill(0);
    bytes[NAME][..14].copy_from_slice(b"aztec-ignition");
    fs::write(&posing, &bytes).unwrap();
    refused(dir.path());
    let error = import(&posing, UNTRUSTED).unwrap_err();
    assert!(
        matches!(
            error,
            SrsError::Header {
                field: "ceremony",
                ..
            }
        ),
        "{error:?}"
    );
}

/// The header of another k, or the file of another k under this name.
#[test]
fn k_is_the_one_that_was_named() {
    let dir = tempdir().unwrap();
    let path = Srs::embedded(3).unwrap().save(dir.path()).unwrap();
    fs::copy(&path, dir.path().join("aztec-ignition-04.srs")).unwrap();
    let error = Srs::load(dir.path(), 4).unwrap_err();
    assert!(
        matches!(error, SrsError::Header { field: "k", .. }),
        "{error:?}"
    );
    let mut bytes = fs::read(&path).unwrap();
    bytes[12] = 34;
    fs::write(&path, &bytes).unwrap();
    let error = Srs::load(dir.path(), 3).unwrap_err();
    assert!(matches!(error, SrsError::K { got: 34, .. }), "{error:?}");
}

#[test]
fn a_directory_that_cannot_be_is_an_error() {
    let dir = tempdir().unwrap();
    let blocked = dir.path().join("file");
    fs::write(&blocked, b"").unwrap();
    let error = Srs::embedded(1).unwrap().save(&blocked).unwrap_err();
    assert!(matches!(error, SrsError::Io { .. }), "{error:?}");
    let error = list(&blocked).unwrap_err();
    assert!(matches!(error, SrsError::Io { .. }), "{error:?}");
}

/// A failed rename leaves nothing half-written behind.
#[test]
fn a_failed_save_cleans_up() {
    let dir = tempdir().unwrap();
    let target = dir.path().join("aztec-ignition-01.srs");
    fs::create_dir(&target).unwrap();
    let error = Srs::embedded(1).unwrap().save(dir.path()).unwrap_err();
    assert!(matches!(error, SrsError::Io { .. }), "{error:?}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn other_files_are_skipped() {
    let dir = tempdir().unwrap();
    fs::write(dir.path().join("notes.txt"), b"covenant").unwrap();
    fs::write(dir.path().join("short.srs"), b"covenant").unwrap();
    fs::create_dir(dir.path().join("folder.srs")).unwrap();
    assert_eq!(list(dir.path()).unwrap(), []);
}
