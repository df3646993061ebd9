//! Keys and keystores: the published vectors, round trips, and hostile files.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_claims::account::{Commitment, Kind};
use covenant_claims::field::from_hex;
use covenant_claims::ident::SubjectId;
use covenant_claims::signed::{AccountAttestation, AccountRef};
use covenant_keys::{KeyError, KeystoreError, SigningKey, keystore, store};
use serde_json::{Value, json};

/// The two vectors of the Web3 Secret Storage Definition, both of one key; the second one
/// has parameters that RFC 7914 forbids.
const PBKDF2: &str = include_str!("data/wiki-pbkdf2.json");
const SCRYPT: &str = include_str!("data/wiki-scrypt.json");
const ETHERS: &str = include_str!("../../examples/custodian/testdata/ethers-keystore.json");
const PASSWORD: &str = "testpassword";
const SECRET: &str = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";

fn vectors() -> Value {
    let text = include_str!("../../fixtures/data/conformance.json");
    serde_json::from_str::<Value>(text).unwrap()["eip712"].take()
}

#[test]
fn the_published_keystores_are_opened() {
    let expected = SigningKey::from_hex(SECRET).unwrap().address();
    let key = keystore::decrypt(PBKDF2, PASSWORD).unwrap();
    assert_eq!(key.address(), expected);
    let error = keystore::decrypt(SCRYPT, PASSWORD).unwrap_err();
    assert!(error.to_string().contains("RFC 7914"), "{error}");
    // Written by ethers, with the key of the conformance vectors.
    let key = keystore::decrypt(ETHERS, PASSWORD).unwrap();
    assert_eq!(key.address().to_string(), vectors()["address"]);
    for text in [PBKDF2, ETHERS] {
        assert_eq!(
            keystore::decrypt(text, "testpasswore").unwrap_err(),
            KeystoreError::Password
        );
    }
    // Older programs wrote the field with a capital.
    let capital = PBKDF2.replace("\"crypto\"", "\"Crypto\"");
    assert_eq!(
        keystore::decrypt(&capital, PASSWORD).unwrap().address(),
        expected
    );
}

/// Signatures are deterministic, so equal to those of another implementation.
#[test]
fn signatures_are_those_of_the_vectors() {
    let v = vectors();
    let key = SigningKey::from_hex(v["private_key"].as_str().unwrap()).unwrap();
    assert_eq!(key.address().to_string(), v["address"].as_str().unwrap());
    let m = &v["attestation"]["message"];
    let field = |name: &str| from_hex(m[name].as_str().unwrap()).unwrap();
    let document = AccountAttestation {
        commitment: Commitment(field("commitment")),
        subject: SubjectId::from_field(field("subject")).unwrap(),
        as_of: m["asOf"].as_u64().unwrap(),
        valid_until: m["validUntil"].as_u64().unwrap(),
        kind: Kind::Liability,
        account: AccountRef::from_field(field("account")).unwrap(),
        counterpart: Some(Commitment(field("counterpart"))),
    };
    let signature = key.sign(&document.digest()).unwrap();
    assert_eq!(
        signature.to_string(),
        v["attestation"]["signature"].as_str().unwrap()
    );
    // Both values of v occur, and every signature is of the accepted form.
    let mut seen = [false; 2];
    for valid_until in 0..32 {
        let digest = AccountAttestation {
            valid_until,
            ..document.clone()
        }
        .digest();
        let signature = key.sign(&digest).unwrap();
        assert_eq!(signature.recover(&digest), Ok(key.address()));
        seen[usize::from(signature.as_bytes()[64] - 27)] = true;
    }
    assert_eq!(seen, [true, true]);
}

#[test]
fn v6_a_wrong_password_is_its_own_error_and_files_are_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attester.json");
    let key = SigningKey::generate().unwrap();
    assert_ne!(key.address(), SigningKey::generate().unwrap().address());
    store::write(&path, &key, "pass word é").unwrap();
    let read = store::read(&path, "pass word é").unwrap();
    assert_eq!(read.address(), key.address());
    assert_eq!(
        store::read(&path, "pass word e").unwrap_err(),
        KeystoreError::Password
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // Never replaced, not even where a link leads nowhere; nothing left behind.
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(
        store::write(&path, &key, "x").unwrap_err(),
        KeystoreError::Exists { .. }
    ));
    #[cfg(unix)]
    {
        let link = folder.path().join("link.json");
        std::os::unix::fs::symlink(folder.path().join("nowhere"), &link).unwrap();
        assert!(matches!(
            store::write(&link, &key, "x").unwrap_err(),
            KeystoreError::Exists { .. }
        ));
        std::fs::remove_file(link).unwrap();
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let missing = folder.path().join("no folder").join("attester.json");
    assert!(matches!(
        store::read(&missing, "x").unwrap_err(),
        KeystoreError::Io { .. }
    ));
    assert!(matches!(
        store::write(&missing, &key, "x").unwrap_err(),
        KeystoreError::Io { .. }
    ));
}

/// Files. Every hostile parameter is refused before any work is done with it.
#[test]
fn files_hostile_keystores_are_refused() {
    let with = |text: &str, path: &str, value: Value| {
        let mut file: Value = serde_json::from_str(text).unwrap();
        *file.pointer_mut(path).unwrap() = value;
        keystore::decrypt(&file.to_string(), PASSWORD).unwrap_err()
    };
    for (text, path, value, expected) in [
        (SCRYPT, "/version", json!(4), "version"),
        (SCRYPT, "/crypto/cipher", json!("aes-128-cbc"), "cipher"),
        (SCRYPT, "/crypto/cipherparams/iv", json!("00"), "iv"),
        (SCRYPT, "/crypto/ciphertext", json!(""), "ciphertext"),
        (SCRYPT, "/crypto/mac", json!("zz"), "mac"),
        (SCRYPT, "/crypto/kdf", json!("none"), "kdf"),
        (SCRYPT, "/crypto/kdfparams/dklen", json!(16), "dklen"),
        (SCRYPT, "/crypto/kdfparams/salt", json!("0"), "salt"),
        (SCRYPT, "/crypto/kdfparams/n", json!(0), "n"),
        (SCRYPT, "/crypto/kdfparams/n", json!(1), "n"),
        (SCRYPT, "/crypto/kdfparams/n", json!(262_143), "n"),
        (SCRYPT, "/crypto/kdfparams/n", json!(1u32 << 31), "n"),
        (SCRYPT, "/crypto/kdfparams/r", json!(0), "n"),
        (SCRYPT, "/crypto/kdfparams/r", json!(u32::MAX), "n"),
        (SCRYPT, "/crypto/kdfparams/p", json!(0), "p"),
        (SCRYPT, "/crypto/kdfparams/p", json!(65), "p"),
        (SCRYPT, "/crypto/kdfparams/n", Value::Null, "n"),
        (PBKDF2, "/crypto/kdfparams/c", json!(0), "c"),
        (PBKDF2, "/crypto/kdfparams/c", json!(u32::MAX), "c"),
        (PBKDF2, "/crypto/kdfparams/prf", json!("hmac-md5"), "prf"),
    ] {
        match with(text, path, value.clone()) {
            KeystoreError::Field { field, .. } => assert_eq!(field, expected, "{path}"),
            other => panic!("{path} = {value}: {other}"),
        }
    }
    // Altered contents look like a wrong password; a wrong address is named.
    let flipped = format!(
        "0{}",
        &"318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46"
    );
    assert_eq!(
        with(PBKDF2, "/crypto/ciphertext", json!(flipped)),
        KeystoreError::Password
    );
    let other = json!("ae3dffee97f92db0201d11cb8877c89738353bce");
    let mut file: Value = serde_json::from_str(PBKDF2).unwrap();
    file["address"] = other;
    assert!(matches!(
        keystore::decrypt(&file.to_string(), PASSWORD).unwrap_err(),
        KeystoreError::Address { .. }
    ));
    for text in ["", "{", "[]", "{}", &"[".repeat(60_000)] {
        assert!(matches!(
            keystore::decrypt(text, PASSWORD).unwrap_err(),
            KeystoreError::Json(_)
        ));
    }
    assert_eq!(
        keystore::decrypt(&" ".repeat(70_000), PASSWORD).unwrap_err(),
        KeystoreError::TooLarge
    );
}

#[test]
fn keys_are_read_strictly_and_never_printed() {
    let key = SigningKey::from_hex(SECRET).unwrap();
    assert_eq!(
        SigningKey::from_hex(&format!("0x{SECRET}"))
            .unwrap()
            .address(),
        key.address()
    );
    let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    for bad in [order, &"0".repeat(64), &"f".repeat(64)] {
        assert_eq!(SigningKey::from_hex(bad).unwrap_err(), KeyError::OutOfRange);
    }
    for bad in [
        "",
        "0x",
        &SECRET[1..],
        &format!("{SECRET}00"),
        &SECRET.replace('7', "g"),
    ] {
        let error = SigningKey::from_hex(bad).unwrap_err();
        assert_eq!(error, KeyError::Format { got: bad.len() });
        assert!(bad.len() < 10 || !format!("{error} {error:?}").contains(bad));
    }
    assert!(matches!(
        SigningKey::from_env("COVENANT_TEST_NO_SUCH_VARIABLE").unwrap_err(),
        KeyError::Environment { .. }
    ));
    // Cargo sets this one, and it is not a key.
    assert!(matches!(
        SigningKey::from_env("CARGO_MANIFEST_DIR").unwrap_err(),
        KeyError::Format { .. }
    ));
    let shown = format!("{key:?}");
    assert!(shown.contains("0x") && !shown.to_lowercase().contains(&SECRET[..8]));
    // The keystore's text holds no part of the key either.
    let text = keystore::encrypt(&key, PASSWORD).unwrap();
    assert!(!text.contains(&SECRET[..16]) && !text.contains(PASSWORD));
}

/// An é is typed as one character on one system and as two on another, and some wallets fold
/// ligatures.
#[test]
fn a_password_opens_in_any_of_its_unicode_forms() {
    let key = SigningKey::from_hex(&"07".repeat(32)).unwrap();
    for (made, typed) in [
        ("Andr\u{e9}", "Andre\u{301}"),
        ("Andre\u{301}", "Andr\u{e9}"),
        ("office", "o\u{fb03}ce"),
        ("", ""),
    ] {
        let file = keystore::encrypt(&key, made).unwrap();
        assert_eq!(
            keystore::decrypt(&file, typed).unwrap().address(),
            key.address()
        );
        assert!(matches!(
            keystore::decrypt(&file, "cafe"),
            Err(KeystoreError::Password)
        ));
    }
}
