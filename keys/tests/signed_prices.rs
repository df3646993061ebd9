//! V6 for prices: a quorum of accepted sources, or the relying party's own.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod signed;

use covenant_claims::numbers::Price;
use covenant_claims::signed::{DocumentError, SignedPrices};
use covenant_keys::SigningKey;
use covenant_verifier::bundle::BundleError;
use covenant_verifier::expect::{Mismatch, PriceQuorum, PriceSource, PriceTrust};
use signed::{MADE, NOW, check, mismatch, signers, with, with_prices};

#[test]
fn v6_a_quorum_of_distinct_accepted_sources_must_sign_the_prices() {
    let good = MADE.signed.price_signatures();
    let error = mismatch(&with_prices(good[..1].to_vec()), &MADE.expected, NOW);
    assert!(
        matches!(
            error,
            Mismatch::Quorum {
                expected: 2,
                got: 1,
                ..
            }
        ),
        "{error}"
    );
    assert!(error.to_string().contains("source 2"), "{error}");
    // A stranger's signature is no one's vote, and no reason to refuse either.
    let stranger = SigningKey::generate().unwrap();
    let prices = SignedPrices::new(MADE.signed.prices().clone(), good.to_vec()).unwrap();
    let three = stranger.sign_prices(prices, MADE.signed.policy()).unwrap();
    let three = three.signatures().to_vec();
    assert!(check(&with_prices(three.clone()), &MADE.expected, NOW).is_ok());
    let error = mismatch(&with_prices(three[1..].to_vec()), &MADE.expected, NOW);
    assert!(
        matches!(
            error,
            Mismatch::Quorum {
                expected: 2,
                got: 1,
                ..
            }
        ),
        "{error}"
    );
    // The same source twice.
    let signed = MADE.signed.clone();
    let twice = vec![good[0].clone(), good[0].clone()];
    assert!(matches!(
        signed.with_price_signatures(twice).unwrap_err(),
        BundleError::Document(DocumentError::SameSigner { index: 1, .. })
    ));
    let many = vec![good[0].clone(); 33];
    assert!(matches!(
        MADE.signed.clone().with_price_signatures(many).unwrap_err(),
        BundleError::Document(DocumentError::TooManySignatures { got: 33 })
    ));
    assert!(PriceQuorum::new(signers(&MADE.sources), 0).is_err());
    assert!(PriceQuorum::new(signers(&MADE.sources), 4).is_err());
    assert!(PriceQuorum::new(Vec::new(), 0).is_err());
    let same = [&MADE.sources[0], &MADE.sources[0]].map(Clone::clone);
    assert!(PriceQuorum::new(signers(&same), 1).is_err());
}

#[test]
fn v6_own_prices_must_be_repeated_exactly() {
    let own = with(|e| e.prices = PriceTrust::Own(MADE.bare.prices().clone()));
    let unsigned = with_prices(Vec::new());
    assert_eq!(
        *check(&unsigned, &own, NOW).unwrap().prices(),
        PriceSource::RelyingParty
    );
    let change = |change: &dyn Fn(&mut covenant_claims::prices::Prices)| {
        let mut prices = MADE.bare.prices().clone();
        change(&mut prices);
        let expected = with(|e| e.prices = PriceTrust::Own(prices.clone()));
        match mismatch(&unsigned, &expected, NOW) {
            Mismatch::OwnPrices { what, .. } => what,
            other => panic!("{other}"),
        }
    };
    assert_eq!(change(&|p| p.quote = "iso4217:EUR".into()), "currency");
    assert_eq!(change(&|p| p.as_of += 1), "time");
    let asset = MADE.bare.policy().assets()[1].name.clone();
    let named = format!("price of {asset}");
    assert_eq!(
        change(&|p| assert!(p.prices.remove(&asset).is_some())),
        named
    );
    assert_eq!(
        change(&|p| assert!(
            p.prices
                .insert(asset.clone(), Price::new(1).unwrap())
                .is_some()
        )),
        named
    );
}
