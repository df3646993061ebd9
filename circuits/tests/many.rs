//! Claims that share a proof: each has the clauses of a claim alone, and none leans on another.
//! The lies of the soundness harness, told in one of two claims, and what joins two claims, are in
//! `soundness/tests/soundness`.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::Kind;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::Profile;
use covenant_circuits::circuit::many::ManyWitness;
use covenant_circuits::circuit::trace::{Values, blank};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::many::{self, ManyError, ManyShape, SatisfiedMany};
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use halo2_proofs::dev::MockProver;
use serde_json::json;

const AS_OF: u64 = 1_790_000_000;
const DOLLAR: &str = "iso4217:USD";
const EURO: &str = "iso4217:EUR";

/// The smallest circuit of two claims.
fn shape() -> ManyShape {
    ManyShape::new(Shape::new(1, 3, 1, 1).unwrap(), 2).unwrap()
}

/// 1,250 of a currency, weighed at 80 % and worth a dollar each, cover what is owed at 100 %.
fn claim(asset: &str, debt: u128) -> Claim {
    let policy = json!({
        "version": 2, "name": asset, "quote": DOLLAR, "min_ratio_bps": 10000, "ratio_step_bps": 500,
        "assets": [{"asset": asset, "symbol": "X", "decimals": 2, "tiers": [{"weight_bps": 8000}]}]
    });
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let opening = covenant_fixtures::account(Kind::Collateral, &[(asset, 125_000)]);
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        window: Window::at(AS_OF),
        public_debt: Value::new(debt).unwrap(),
        ratio: Ratio::new(10_000).unwrap(),
        context: Context::of(asset),
        prices: vec![Price::new(10u128.pow(34)).unwrap()],
    };
    Claim::new(policy, vec![opening], parts).unwrap()
}

const MOST: u128 = 1_000_000_000;

/// Two claims that differ in policy, accounts, debt and context.
fn both() -> [Claim; 2] {
    [claim(DOLLAR, MOST), claim(EURO, MOST - 1)]
}

fn witness(claims: [Claim; 2]) -> ManyWitness {
    let shape = shape();
    let claims = claims.map(|claim| {
        let allocation = covenant_fixtures::fullest(&claim);
        Witness::honest(&claim, &allocation, shape.claim()).unwrap()
    });
    ManyWitness::of(shape, claims.into())
}

fn accepts_in(profile: Profile, witness: &ManyWitness, public: &[Fr]) -> bool {
    let layout = fit::smallest_in(witness.shape, profile);
    let circuit = CovenantCircuit::laid_out(layout, witness);
    assert!(circuit.trace().written_twice().is_empty(), "{profile:?}");
    let mock = MockProver::run(layout.k, &circuit, vec![public.to_vec()]).unwrap();
    mock.verify().is_ok()
}

/// Whether the circuit accepts, the same in both profiles.
fn accepts(witness: &ManyWitness, public: &[Fr]) -> bool {
    let [wide, narrow] = Profile::ALL.map(|profile| accepts_in(profile, witness, public));
    assert_eq!(wide, narrow);
    wide
}

#[test]
fn two_true_claims_are_accepted_and_one_false_one_is_not() {
    let honest = witness(both());
    assert!(accepts(&honest, &honest.public));
    for at in 0..2 {
        let mut claims = both();
        // A millionth of a dollar more than is covered.
        claims[at] = claim([DOLLAR, EURO][at], MOST + 1);
        let told = witness(claims.clone());
        assert!(!accepts(&told, &told.public), "claim {at}");
        // Nor is there anything that a prover takes: it says which claim, and which clause.
        let claims = claims.map(|claim| {
            let allocation = covenant_fixtures::fullest(&claim);
            (claim, allocation)
        });
        match SatisfiedMany::check(claims.into(), shape()).unwrap_err() {
            ManyError::False { claim, why } => assert_eq!((claim, why.clause()), (at, "S7")),
            other => panic!("{other}"),
        }
    }
}

/// A proof is of its statements in their order, each with its own values.
#[test]
fn statements_are_not_exchanged() {
    let honest = witness(both());
    let each = shape().claim().public_inputs();
    let (first, second) = honest.public.split_at(each);
    assert!(!accepts(&honest, &[second, first].concat()), "exchanged");
    assert!(
        !accepts(&honest, &[first, first].concat()),
        "the first twice"
    );
    for row in 0..each {
        // A value of the other's.
        let mut public = honest.public.clone();
        public[row] = second[row];
        assert_eq!(public == honest.public, accepts(&honest, &public), "{row}");
    }
    // What is the other's own is refused inside too: its accounts, its policy, its values.
    type Take = fn(&mut Witness, &Witness);
    let takes: [(&str, Take); 4] = [
        ("accounts", |to, from| to.accounts = from.accounts.clone()),
        ("terms", |to, from| to.terms = from.terms),
        ("assets", |to, from| to.assets = from.assets.clone()),
        ("commitment", |to, from| {
            to.public[Shape::NAMED_INPUTS + 5] = from.public[Shape::NAMED_INPUTS + 5]
        }),
    ];
    for (what, take) in takes {
        for (to, from) in [(0, 1), (1, 0)] {
            let mut claims = honest.claims.clone();
            take(&mut claims[to], &honest.claims[from]);
            let told = ManyWitness::of(shape(), claims);
            assert!(!accepts(&told, &told.public), "{what} of {from} in {to}");
        }
    }
}

#[test]
fn fewer_claims_are_filled_up_with_the_last() {
    let satisfied = covenant_fixtures::satisfied(&claim(DOLLAR, MOST));
    let many = SatisfiedMany::new(vec![satisfied], shape()).unwrap();
    let witness = ManyWitness::honest(&many).unwrap();
    let public = many::public_inputs(&many.statements(), shape()).unwrap();
    assert_eq!(witness.public, public);
    assert!(accepts(&witness, &public));
}

/// Ten claims of `small` are proved with the embedded ceremony, whose largest k is 14.
#[test]
fn the_standard_shape_keeps_its_k() {
    let layout = fit::smallest(ManyShape::SMALL);
    println!("{layout:?}");
    assert_eq!((layout.k, layout.profile), (14, Profile::Wide));
    assert_eq!(layout.public_rows(), 10 * Shape::SMALL.public_inputs());
}

/// One claim in a circuit of one is the circuit of the claim, but for its name.
#[test]
fn one_claim_is_the_trace_of_a_claim() {
    let claim = Shape::new(2, 13, 2, 2).unwrap();
    let one = ManyShape::new(claim, 1).unwrap();
    for profile in Profile::ALL {
        let [alone, many] = [
            fit::smallest_in(claim, profile),
            fit::smallest_in(one, profile),
        ];
        assert_eq!((alone.k, alone.lanes), (many.k, many.lanes));
        let [alone, many] = [blank(&alone), blank(&many)];
        assert_eq!(alone.fixed(), many.fixed());
        assert_eq!(alone.advice(), many.advice());
        assert_eq!(alone.copies(), many.copies());
    }
}

/// The public input vector of the trace is that of the statements.
#[test]
fn public_inputs_are_those_of_the_statements() {
    let honest = witness(both());
    let statements = both().map(|claim| claim.statement);
    let statements: Vec<_> = statements.iter().collect();
    let expected = many::public_inputs(&statements, shape()).unwrap();
    // Accounts are blinded anew each time.
    let own = |public: &[Fr]| [&public[..13], &public[14..28], &public[29..]].concat();
    assert_eq!(own(honest.public()), own(&expected));
}
