//! The roll-up circuit (docs/spec.md, 8a.1): honest claims satisfy it, the shared vectors among
//! them; and at least one lie for each clause, told in the witness past the native relation, which
//! the circuit itself must reject, beside the honest case.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod rollup_common;

use covenant_circuits::account::{Kind, Opening};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::rollup::RollupWitness;
use covenant_circuits::field::{Fr, two_pow};
use covenant_circuits::rollup::{RollupClaim, RollupFalse, RollupShape, SatisfiedRollup, relation};
use covenant_circuits::statement::Window;
use covenant_fixtures::Vectors;
use ff::Field;
use rollup_common::*;

#[test]
fn honest_rollups_satisfy_the_circuit() {
    for shape in ["16x12->12", "3x14->2", "20x1->1", "17x28->16", "1x1->1"] {
        let shape: RollupShape = shape.parse().unwrap();
        for kind in [Kind::Collateral, Kind::Liability] {
            let satisfied = some(shape, kind);
            let witness = RollupWitness::honest(satisfied.claim(), shape).unwrap();
            assert_satisfied(&witness);
        }
    }
}

#[test]
fn layouts_of_the_standard_shapes() {
    for shape in RollupShape::STANDARD {
        let layout = fit::smallest(shape);
        println!("{shape}: {layout:?}");
        assert!(layout.k <= 14, "{shape} does not fit the embedded ceremony");
    }
}

/// The vectors' roll-ups, by an independent implementation.
#[test]
fn the_shared_vectors_satisfy_the_circuit() {
    let vectors = Vectors::load();
    let cases = covenant_fixtures::rollups(&vectors);
    assert_eq!(cases.len(), 2);
    for (openings, slots, salt, commitment) in cases {
        let shape = RollupShape::new(slots, 12, 12).unwrap();
        let window = Window::new(1_789_990_000, 1_790_000_000).unwrap();
        let satisfied = SatisfiedRollup::merging(openings, shape, window, salt).unwrap();
        assert_eq!(satisfied.claim().statement.merged.0, commitment);
        assert_satisfied(&RollupWitness::honest(satisfied.claim(), shape).unwrap());
    }
}

/// Three slots of two blocks, one of them free; a merged account of up to four.
fn shape() -> RollupShape {
    RollupShape::new(3, 14, 4).unwrap()
}

/// Two accounts with an asset in common, one of them with two blocks and a second position in it.
fn honest() -> Raw {
    let mut first = vec![position("isin:A", 700), position("isin:B", 0)];
    first.extend((0..11).map(|_| position("isin:A", 1)));
    let second = vec![position("isin:C", (1 << 112) - 1), position("isin:A", 300)];
    let accounts = [(first, FROM), (second, TO)].map(|(positions, as_of)| {
        Opening::new(
            Kind::Collateral,
            SUBJECT,
            as_of,
            positions,
            rand_core::OsRng,
        )
        .unwrap()
    });
    let salt = Fr::random(rand_core::OsRng);
    let satisfied = SatisfiedRollup::merging(accounts.into(), shape(), window(), salt);
    Raw::of(&satisfied.unwrap())
}

fn account(raw: &mut Raw, index: usize) -> &mut RawAccount {
    raw.accounts[index].as_mut().unwrap()
}

type Lie = fn(&mut Raw);

/// Lies by clause. Each leaves everything else as an honest prover would have it.
const LIES: [(&str, Lie); 33] = [
    ("R1 another kind's tag", |raw| {
        account(raw, 1).header[0] = Kind::Liability.tag();
        raw.relist();
    }),
    ("R1 a public kind that is no bit", |raw| {
        raw.public[3] = Fr::from(2)
    }),
    ("R1 the public kind alone", |raw| raw.public[3] = Fr::ONE),
    ("R1 another subject", |raw| {
        account(raw, 0).header[1] += Fr::ONE;
        raw.relist();
    }),
    ("R1 a second before the window", |raw| {
        account(raw, 0).header[2] = Fr::from(FROM - 1);
        raw.relist();
    }),
    ("R1 a second after the window", |raw| {
        account(raw, 1).header[2] = Fr::from(TO + 1);
        raw.relist();
    }),
    ("R2 a base unit too much", |raw| raw.merged[0].1 += Fr::ONE),
    ("R2 a base unit too little", |raw| {
        raw.merged[0].1 -= Fr::ONE
    }),
    ("R2 an asset left out", |raw| {
        raw.merged.remove(1);
    }),
    ("R2 the asset with a total of 0 left out", |raw| {
        let zero = raw.merged.iter().position(|(_, total)| *total == Fr::ZERO);
        raw.merged.remove(zero.unwrap());
    }),
    ("R2 an asset that occurs nowhere", |raw| {
        raw.merged.push((two_pow(120) - Fr::ONE, Fr::ZERO));
    }),
    ("R2 totals of two assets exchanged", |raw| {
        let (first, last) = (raw.merged[0].1, raw.merged[2].1);
        (raw.merged[0].1, raw.merged[2].1) = (last, first);
    }),
    ("R2 an asset twice", |raw| {
        let (id, total) = raw.merged[0];
        raw.merged[0].1 = total - Fr::ONE;
        raw.merged.insert(1, (id, Fr::ONE));
    }),
    ("R2 ids that descend", |raw| raw.merged.reverse()),
    ("R2 an id of 0", |raw| {
        raw.merged.insert(0, (Fr::ZERO, Fr::ZERO))
    }),
    ("R3 a total of 2^112", |raw| {
        let (of, amount) = (id("isin:C"), Fr::ONE);
        push(raw, 1, of * two_pow(128) + amount, amount);
    }),
    ("R3 an amount of 2^112", |raw| {
        let (of, amount) = (id("isin:D"), two_pow(112));
        push(raw, 1, of * two_pow(128) + amount, amount);
    }),
    ("R3 an amount that reaches into the id", |raw| {
        let (of, amount) = (id("isin:B"), two_pow(127));
        push(raw, 1, of * two_pow(128) + amount, amount);
    }),
    ("R3 an id of 2^120", |raw| {
        push(raw, 1, two_pow(248) + Fr::ONE, Fr::ONE)
    }),
    ("R3 an id of 2^120, read as an amount of 0", |raw| {
        push(raw, 1, two_pow(248), Fr::ZERO);
    }),
    ("R3 an amount without an id", |raw| {
        push(raw, 1, Fr::ONE, Fr::ONE)
    }),
    ("R3 an amount without an id, read as an id", |raw| {
        push(raw, 1, Fr::ONE, Fr::ZERO)
    }),
    (
        "R3 a position read as one of another id and no amount",
        |raw| {
            // (id, x) as (id + x / 2^128, 0): without the count it would add nothing.
            let unit = two_pow(128).invert().unwrap();
            let second = account(raw, 1);
            let read = (second.entries[1] - second.amounts[1]) * unit;
            let read = read + second.amounts[1] * unit;
            second.amounts[1] = Fr::ZERO;
            let of = raw.merged.iter().position(|(id_, _)| *id_ == id("isin:A"));
            raw.merged[of.unwrap()].1 -= Fr::from(300);
            raw.merged.push((read, Fr::ZERO));
        },
    ),
    ("R3 a position read as another amount", |raw| {
        account(raw, 0).amounts[0] -= Fr::ONE;
        let of = raw.merged.iter().position(|(id_, _)| *id_ == id("isin:A"));
        raw.merged[of.unwrap()].1 -= Fr::ONE;
    }),
    ("R4 another kind", |raw| {
        raw.header[0] = Kind::Liability.tag()
    }),
    ("R4 another subject", |raw| raw.header[1] += Fr::ONE),
    ("R4 the beginning of the window", |raw| {
        raw.header[2] = Fr::from(FROM)
    }),
    ("R4 a block of zeros", |raw| raw.zeros = 12),
    ("R5 another tag", |raw| raw.binding[0] += Fr::ONE),
    ("R5 another list", |raw| raw.binding[1] += Fr::ONE),
    ("R5 another number of slots", |raw| {
        raw.binding[2] += Fr::ONE
    }),
    ("R6 an account left out of the list", |raw| {
        raw.list[1] = Fr::ZERO;
        raw.binding[1] = raw.root();
    }),
    ("R6 an account in an empty slot", |raw| {
        raw.list[2] = raw.list[1];
        raw.binding[1] = raw.root();
    }),
];

/// Adds a position, its reading, and what follows from it as integers.
fn push(raw: &mut Raw, index: usize, entry: Fr, amount: Fr) {
    let own = account(raw, index);
    own.entries.push(entry);
    own.amounts.push(amount);
    raw.resum();
    raw.relist();
}

#[test]
fn c5_a_lie_for_each_clause_is_refused() {
    let base = honest();
    assert!(base.is_true());
    assert!(accepts(&base.witness().unwrap()));
    for (name, lie) in LIES {
        let mut raw = honest();
        lie(&mut raw);
        assert!(!raw.is_true(), "{name}");
        assert!(!accepts(&raw.witness().unwrap()), "{name}");
    }
}

/// True, though no honest account has them.
#[test]
fn odd_but_true_rollups_satisfy_the_circuit() {
    let cases: [(&str, Lie); 4] = [
        ("an empty position between two", |raw| {
            account(raw, 0).entries[1] = Fr::ZERO;
            account(raw, 0).amounts[1] = Fr::ZERO;
            raw.resum();
            raw.relist();
        }),
        ("a block of zeros at an account's end", |raw| {
            account(raw, 1).entries.resize(13, Fr::ZERO);
            account(raw, 1).amounts.resize(13, Fr::ZERO);
            raw.relist();
        }),
        ("an account without positions", |raw| {
            account(raw, 1).entries.clear();
            account(raw, 1).amounts.clear();
            raw.resum();
            raw.relist();
        }),
        ("a slot left free before another", |raw| {
            raw.accounts.swap(0, 2);
            raw.relist();
        }),
    ];
    for (name, change) in cases {
        let mut raw = honest();
        change(&mut raw);
        assert!(raw.is_true(), "{name}");
        assert!(accepts(&raw.witness().unwrap()), "{name}");
    }
}

/// Malicious commitments: accounts drawn with entries of every form, lies of one or two kinds and
/// readings of each kind. The circuit accepts a statement only if it is true, and accepts every true
/// one whose entries are read as they are.
#[test]
fn c4_malicious_commitments() {
    let draws: u64 = std::env::var("COVENANT_DRAWS").map_or(150, |n| n.parse().unwrap());
    let (mut accepted, mut refused) = (0, 0);
    for seed in 0..draws {
        let mut rng = Rng(seed + 1);
        let mut raw = honest();
        let mut misread = false;
        for _ in 0..rng.below(3) {
            match rng.below(3) {
                0 => LIES[rng.below(LIES.len())].1(&mut raw),
                1 => misread |= odd_entry(&mut raw, &mut rng),
                _ => {
                    raw.accounts.swap(0, 1 + rng.below(2));
                    raw.relist();
                }
            }
        }
        let Some(witness) = raw.witness() else {
            refused += 1;
            continue;
        };
        let accepts = accepts(&witness);
        assert!(!accepts || raw.is_true(), "seed {seed}");
        // A lie may have been told of a slot that was free, and a lie of a lie may be none.
        assert!(accepts || !raw.is_true() || misread, "seed {seed}");
        if accepts {
            accepted += 1;
        } else {
            refused += 1;
        }
    }
    println!("{accepted} accepted, {refused} refused");
    assert!(accepted * 10 > draws && refused * 10 > draws);
}

/// An entry of any form in the place of another, read in one of several ways; whether not as it is.
fn odd_entry(raw: &mut Raw, rng: &mut Rng) -> bool {
    let Some(of) = raw
        .accounts
        .iter()
        .position(|a| a.as_ref().is_some_and(|a| !a.entries.is_empty()))
    else {
        return false;
    };
    let known = raw.merged.first().map_or(Fr::ONE, |(id, _)| *id);
    let entry = match rng.below(7) {
        0 => known * two_pow(128) + Fr::from(rng.next()),
        1 => known * two_pow(128) + two_pow(112),
        2 => Fr::from(rng.next()),
        3 => -Fr::from(1 + rng.next() % 1000),
        4 => Fr::random(&mut *rng),
        5 => two_pow(248) - Fr::ONE,
        _ => Fr::ZERO,
    };
    let (_, amount) = read(&entry);
    let (amount, misread) = match rng.below(4) {
        0 => (entry - known * two_pow(128), true),
        1 => (Fr::ZERO, true),
        _ => (element(&amount), false),
    };
    let own = account(raw, of);
    let at = rng.below(own.entries.len());
    own.entries[at] = entry;
    own.amounts[at] = amount;
    raw.resum();
    raw.relist();
    misread
}

/// The native relation names the clause that fails.
#[test]
fn the_relation_names_the_clause() {
    let satisfied = some(shape(), Kind::Liability);
    let told = |change: &dyn Fn(&mut RollupClaim)| {
        let mut claim = satisfied.claim().clone();
        change(&mut claim);
        relation_clause(relation::check(&claim, shape()))
    };
    assert_eq!(told(&|_| {}), "");
    let other = |kind, subject: &str, as_of| {
        Opening::new(kind, subject, as_of, Vec::new(), rand_core::OsRng).unwrap()
    };
    let kind = Kind::Liability;
    assert_eq!(told(&|c| c.openings[0] = other(kind, "lei:B", TO)), "R1");
    assert_eq!(
        told(&|c| c.openings[0] = other(Kind::Collateral, SUBJECT, TO)),
        "R1"
    );
    assert_eq!(
        told(&|c| c.openings[0] = other(kind, SUBJECT, TO + 1)),
        "R1"
    );
    assert_eq!(told(&|c| c.openings.extend_from_within(..)), "R1");
    assert_eq!(told(&|c| c.merged = other(kind, SUBJECT, TO)), "R2");
    assert_eq!(told(&|c| c.statement.merged.0 += Fr::ONE), "R4");
    assert_eq!(
        told(&|c| c.statement.window = Window::new(FROM, TO + 1).unwrap()),
        "R4"
    );
    assert_eq!(told(&|c| c.salt += Fr::ONE), "R5");
    assert_eq!(told(&|c| c.openings.swap(0, 1)), "R6");
    assert_eq!(told(&|c| c.statement.list_root += Fr::ONE), "R5");
}

fn relation_clause(verdict: Result<(), RollupFalse>) -> String {
    verdict
        .err()
        .map_or(String::new(), |e| e.to_string()[..2].to_owned())
}
