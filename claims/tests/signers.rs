//! Names of signers, and the forms of their signatures (docs/spec.md, sections 7.2 and 10.1).

#![allow(clippy::unwrap_used, clippy::panic)]

use covenant_claims::signed::address::AddressError;
use covenant_claims::signed::signer::MAX_CHAIN;
use covenant_claims::signed::{
    AnySignature, ContractSignature, PriceSignature, Question, SignatureError, Signer, SignerError,
};

const ADDRESS: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

fn read(text: &str) -> Result<Signer, SignerError> {
    text.parse()
}

#[test]
fn a_contract_is_named_with_its_chain() {
    let key = read(ADDRESS).unwrap();
    for chain in [1, 10, 31_337, MAX_CHAIN] {
        let text = format!("eip155:{chain}:{ADDRESS}");
        let signer = read(&text).unwrap();
        assert_eq!(signer.to_string(), text);
        assert_eq!(signer.contract().unwrap().chain(), chain);
        assert_eq!(signer.address(), key.address());
        assert_ne!(signer, key);
        assert_eq!(read(&text.to_lowercase()), Ok(signer));
    }
    assert_ne!(
        read(&format!("eip155:1:{ADDRESS}")),
        read(&format!("eip155:2:{ADDRESS}"))
    );
}

#[test]
fn other_names_are_refused() {
    for chain in [
        "",
        "0",
        "01",
        "+1",
        "-1",
        " 1",
        "1 ",
        "0x1",
        "9223372036854775808",
        "99999999999999999999",
    ] {
        let error = read(&format!("eip155:{chain}:{ADDRESS}")).unwrap_err();
        assert!(
            matches!(error, SignerError::Chain { .. }),
            "{chain}: {error}"
        );
    }
    for text in [
        "eip155:1",
        "eip156:1:0x",
        "EIP155:1:0x",
        ":",
        &format!("1:{ADDRESS}"),
    ] {
        let error = read(text).unwrap_err();
        assert!(
            matches!(error, SignerError::Format { .. }),
            "{text}: {error}"
        );
    }
    let wrong = ADDRESS.replace("5aA", "5AA");
    let of = |address: &str| match read(&format!("eip155:1:{address}")) {
        Err(SignerError::Address(error)) => error,
        other => panic!("{address}: {other:?}"),
    };
    assert!(matches!(of(&wrong), AddressError::Checksum { .. }));
    assert_eq!(of(&format!("0x{}", "0".repeat(40))), AddressError::Zero);
    for bad in [
        &ADDRESS.replace("0x", "0X"),
        "",
        &format!("{ADDRESS}:"),
        &format!(" {ADDRESS}"),
    ] {
        assert!(matches!(of(bad), AddressError::Format { .. }), "{bad}");
    }
}

#[test]
fn a_signature_is_read_by_the_rules_of_its_signer() {
    let (key, contract) = (
        read(ADDRESS).unwrap(),
        read(&format!("eip155:1:{ADDRESS}")).unwrap(),
    );
    let text = |bytes: usize| format!("0x{}", "Ab".repeat(bytes));
    for bytes in [1, 64, 65, 4_096] {
        let signature = AnySignature::read(&text(bytes), contract).unwrap();
        assert_eq!(signature.as_bytes(), vec![0xab; bytes]);
        assert_eq!(signature.to_string(), text(bytes).to_lowercase());
    }
    let digits = "ab".repeat(65);
    for bad in [
        text(0),
        text(4_097),
        digits.clone(),
        format!("0X{digits}"),
        "0xa".into(),
        "0xag".into(),
        "".into(),
    ] {
        let error = AnySignature::read(&bad, contract).unwrap_err();
        assert_eq!(error, SignatureError::ContractFormat { got: bad.len() });
    }
    assert!(ContractSignature::new(vec![1; 4_096]).is_ok());
    for bytes in [0, 4_097] {
        assert!(ContractSignature::new(vec![1; bytes]).is_err());
    }
    // What a contract may say, a key may not; and in a file too.
    let entry = |signer: Signer| serde_json::json!({ "signature": text(65), "signer": signer });
    let read = |signer| serde_json::from_value::<PriceSignature>(entry(signer));
    assert!(read(contract).is_ok());
    let error = read(key).unwrap_err().to_string();
    let same = AnySignature::read(&text(65), key).unwrap_err();
    assert_eq!(error, same.to_string());
    assert_eq!(same, SignatureError::RecoveryByte { got: 0xab });
}

#[test]
fn only_the_magic_word_is_a_yes() {
    let mut word = [0; 32];
    assert!(!Question::is_yes(&word));
    for (to, from) in word.iter_mut().zip([0x16, 0x26, 0xba, 0x7e]) {
        *to = from;
    }
    assert!(Question::is_yes(&word));
    let (short, long) = ([0x16, 0x26, 0xba, 0x7e], [&word[..], &[0]].concat());
    let mut dirty = word;
    dirty[31] = 1;
    for no in [&short[..], &long, &dirty, &[], &[0xff; 32]] {
        assert!(!Question::is_yes(no));
    }
}
