//! Notices of facilities, against a digest that ethers computes; and how facilities are named.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use covenant_claims::field::Fr;
use covenant_claims::ident::{FacilityId, Hash, SubjectId};
use covenant_claims::numbers::Price;
use covenant_claims::signed::{FacilityState, MarginNotice, prices_hash};

fn notice() -> MarginNotice {
    let hash = |byte: u8| {
        let mut bytes = [0; 32];
        bytes[31] = byte;
        Hash(bytes)
    };
    let prices = [1, (1 << 120) - 1, 10u128.pow(34)].map(|p| Price::new(p).unwrap());
    MarginNotice {
        facility: FacilityId::from_field(Fr::from(0x11)).unwrap(),
        subject: SubjectId::from_field(Fr::from(0x22)).unwrap(),
        statement: hash(0x33),
        prices: prices_hash(&prices),
        prices_as_of: 1_790_000_000,
        at: 1_790_000_060,
        state: FacilityState::Call,
        ratio_bps: 12_900,
        cure_until: 1_790_172_860,
        previous: hash(0x44),
    }
}

/// `TypedDataEncoder.hash` and `AbiCoder.encode` of ethers 6.
#[test]
fn the_digest_is_that_of_another_implementation() {
    assert_eq!(
        MarginNotice::type_text(),
        "MarginNotice(bytes32 facility,bytes32 subject,bytes32 statement,bytes32 prices,uint64 pricesAsOf,uint64 at,uint8 state,uint32 ratio,uint64 cureUntil,bytes32 previous)"
    );
    assert_eq!(
        notice().prices.to_string(),
        "0x2ff5eef664da18a0419feb07fbe7b30b3845d037b4609bc002c7b452123f36b0"
    );
    assert_eq!(
        notice().digest().to_string(),
        "0x681fc5c1d96e592ddd5e30cf469547f2a1aadb731edd84654d7c8b8cb9991082"
    );
}

#[test]
fn every_field_is_signed() {
    let changes: [fn(&mut MarginNotice); 10] = [
        |n| n.facility = FacilityId::of("another"),
        |n| n.subject = SubjectId::of("a:b").unwrap(),
        |n| n.statement.0[0] ^= 1,
        |n| n.prices.0[0] ^= 1,
        |n| n.prices_as_of += 1,
        |n| n.at += 1,
        |n| n.state = FacilityState::Critical,
        |n| n.ratio_bps += 1,
        |n| n.cure_until += 1,
        |n| n.previous.0[0] ^= 1,
    ];
    for (i, change) in changes.into_iter().enumerate() {
        let mut changed = notice();
        change(&mut changed);
        assert_ne!(changed.digest(), notice().digest(), "field {i}");
    }
    let numbers = FacilityState::ALL.map(FacilityState::number);
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn facilities_are_named_or_have_ids() {
    assert_eq!(FacilityId::read("loan 17"), Ok(FacilityId::of("loan 17")));
    let id = FacilityId::from_field(Fr::from(0x11)).unwrap();
    assert_eq!(FacilityId::read("0x11"), Ok(id));
    for (text, got) in [
        ("", "an empty text"),
        ("0x", "0x and no number"),
        ("0xloan", "0x and no number"),
        (
            "0x0100000000000000000000000000000000000000000000000000000000000000",
            "a larger number",
        ),
    ] {
        assert_eq!(FacilityId::read(text).unwrap_err().got, got, "{text}");
    }
}
