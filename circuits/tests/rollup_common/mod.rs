//! Roll-ups over field elements, as an adversary has them: what a statement says of any openings
//! (an independent reading of docs/spec.md, 8a.1), and the circuit's verdict.

use covenant_circuits::account::{Commitment, Kind, Opening, Position, commit};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::rollup::{MergedWitness, RollupWitness};
use covenant_circuits::circuit::witness::PositionWitness;
use covenant_circuits::circuit::{CovenantCircuit, Params};
use covenant_circuits::field::Fr;
use covenant_circuits::ident::{AssetId, TAG_ROLLUP, ascii_tag};
use covenant_circuits::numbers::Amount;
use covenant_circuits::poseidon;
use covenant_circuits::rollup::{self, RollupShape, SatisfiedRollup};
use covenant_circuits::statement::Window;
use ff::{Field, PrimeField};
use halo2_proofs::dev::MockProver;
use num_bigint::BigUint;
use std::collections::BTreeMap;

pub(crate) const FROM: u64 = 1_789_990_000;
pub(crate) const TO: u64 = 1_790_000_000;
pub(crate) const SUBJECT: &str = "lei:TEST";

pub(crate) fn window() -> Window {
    Window::new(FROM, TO).unwrap()
}

pub(crate) fn position(asset: &str, amount: u128) -> Position {
    Position::new(asset, Amount::new(amount).unwrap()).unwrap()
}

/// As many accounts as leave a slot free where there are several, with assets that differ, an
/// amount of 0, and the most that there are of one.
pub(crate) fn some(shape: RollupShape, kind: Kind) -> SatisfiedRollup {
    let count = shape.accounts() - usize::from(shape.accounts() > 1);
    let openings = (0..count).map(|m| {
        let positions = (0..shape.positions().min(m + 1)).map(|p| {
            let asset = format!("isin:ASSET{}", (m + p) % shape.merged());
            let amount = if p == 1 { 0 } else { 1_000 + m as u128 };
            position(&asset, amount)
        });
        let as_of = if m == 0 { FROM } else { TO };
        let rng = rand_core::OsRng;
        Opening::new(kind, SUBJECT, as_of, positions.collect(), rng).unwrap()
    });
    let salt = Fr::random(rand_core::OsRng);
    SatisfiedRollup::merging(openings.collect(), shape, window(), salt).unwrap()
}

/// Whether the circuit accepts a witness, in the layout of its shape.
pub(crate) fn accepts(witness: &RollupWitness) -> bool {
    mock(witness).verify().is_ok()
}

/// Panics with what fails.
pub(crate) fn assert_satisfied(witness: &RollupWitness) {
    mock(witness).assert_satisfied();
}

fn mock(witness: &RollupWitness) -> MockProver<Fr> {
    let Params(layout) = Params(fit::smallest(witness.shape));
    let circuit = CovenantCircuit::laid_out(layout, witness);
    assert!(circuit.trace().written_twice().is_empty());
    MockProver::run(layout.k, &circuit, vec![witness.public.clone()]).unwrap()
}

/// An account that may have been made of anything.
#[derive(Clone, Debug)]
pub(crate) struct RawAccount {
    pub(crate) header: [Fr; 4],
    pub(crate) entries: Vec<Fr>,
    /// How the prover reads each entry: the amount that it is told to have.
    pub(crate) amounts: Vec<Fr>,
}

impl RawAccount {
    pub(crate) fn commitment(&self) -> Fr {
        commit(self.header, &self.entries)
    }
}

/// A roll-up with everything that its prover may choose.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub(crate) shape: RollupShape,
    /// Subject, from, to, kind.
    pub(crate) public: [Fr; 4],
    /// A slot each.
    pub(crate) accounts: Vec<Option<RawAccount>>,
    /// What the list root is made of.
    pub(crate) list: Vec<Fr>,
    /// Ids and totals of the merged account.
    pub(crate) merged: Vec<(Fr, Fr)>,
    /// Tag, subject and time of the merged account.
    pub(crate) header: [Fr; 3],
    /// What its blinding is made of.
    pub(crate) binding: [Fr; 4],
    /// Zero entries after its last.
    pub(crate) zeros: usize,
}

impl Raw {
    pub(crate) fn of(satisfied: &SatisfiedRollup) -> Self {
        let claim = satisfied.claim();
        let shape = satisfied.shape();
        let public = claim.statement.public_inputs();
        let mut accounts: Vec<Option<RawAccount>> = claim
            .openings
            .iter()
            .map(|opening| {
                let positions = opening.positions().iter();
                Some(RawAccount {
                    header: opening.header(),
                    entries: opening.entries(),
                    amounts: positions.map(|p| Fr::from_u128(p.amount.get())).collect(),
                })
            })
            .collect();
        accounts.resize(shape.accounts(), None);
        let mut raw = Self {
            shape,
            public: [public[0], public[1], public[2], public[3]],
            accounts,
            list: Vec::new(),
            merged: claim
                .merged
                .positions()
                .iter()
                .map(|p| (Fr::from_u128(p.id.get()), Fr::from_u128(p.amount.get())))
                .collect(),
            header: [
                claim.merged.kind().tag(),
                claim.merged.subject_id().get(),
                Fr::from(claim.merged.as_of()),
            ],
            binding: [
                ascii_tag(TAG_ROLLUP),
                Fr::ZERO,
                Fr::from(shape.accounts() as u64),
                claim.salt,
            ],
            zeros: 0,
        };
        raw.relist();
        raw
    }

    /// The list and the binding that belong to the accounts.
    pub(crate) fn relist(&mut self) {
        let of =
            |account: &Option<RawAccount>| account.as_ref().map_or(Fr::ZERO, |a| a.commitment());
        self.list = self.accounts.iter().map(of).collect();
        self.binding[1] = self.root();
    }

    /// The merged positions that belong to the accounts, read as integers, as far as they can be.
    pub(crate) fn resum(&mut self) {
        let entries = self.accounts.iter().flatten().flat_map(|a| &a.entries);
        let mut sums: BTreeMap<BigUint, BigUint> = BTreeMap::new();
        for entry in entries.filter(|entry| **entry != Fr::ZERO) {
            let (id, amount) = read(entry);
            *sums.entry(id).or_default() += amount;
        }
        self.merged = sums
            .iter()
            .map(|(id, sum)| (element(id), element(sum)))
            .collect();
    }

    pub(crate) fn root(&self) -> Fr {
        let list: Vec<Commitment> = self.list.iter().map(|k| Commitment(*k)).collect();
        rollup::list_root(&list, self.shape.accounts()).unwrap()
    }

    fn merged_commitment(&self) -> Fr {
        let [tag, subject, as_of] = self.header;
        let unit = Fr::from_u128(1 << 127).double();
        let entries = self.merged.iter().map(|(id, total)| *id * unit + total);
        let mut entries: Vec<Fr> = entries.collect();
        entries.extend(std::iter::repeat_n(Fr::ZERO, self.zeros));
        commit(
            [tag, subject, as_of, poseidon::hash(self.binding)],
            &entries,
        )
    }

    /// Whether the openings make the statement true: R1 to R6 over whatever they are.
    pub(crate) fn is_true(&self) -> bool {
        let [subject, from, to, kind] = self.public;
        let tag = match kind {
            kind if kind == Fr::ZERO => Kind::Collateral.tag(),
            kind if kind == Fr::ONE => Kind::Liability.tag(),
            _ => return false,
        };
        let mut sums: BTreeMap<BigUint, BigUint> = BTreeMap::new();
        for account in self.accounts.iter().flatten() {
            let [own_tag, own_subject, as_of, _] = account.header;
            let in_window = integer(&from) <= integer(&as_of) && integer(&as_of) <= integer(&to);
            let fits = account.entries.len() <= self.shape.positions();
            if own_tag != tag || own_subject != subject || !in_window || !fits {
                return false;
            }
            for entry in account.entries.iter().filter(|entry| **entry != Fr::ZERO) {
                let (id, amount) = read(entry);
                let well_formed = id != BigUint::ZERO && id.bits() <= 120 && amount.bits() <= 112;
                if !well_formed {
                    return false;
                }
                *sums.entry(id).or_default() += amount;
            }
        }
        let merged: Vec<(BigUint, BigUint)> = self
            .merged
            .iter()
            .map(|(id, total)| (integer(id), integer(total)))
            .collect();
        let sums: Vec<(BigUint, BigUint)> = sums.into_iter().collect();
        let of =
            |account: &Option<RawAccount>| account.as_ref().map_or(Fr::ZERO, |a| a.commitment());
        let list: Vec<Fr> = self.accounts.iter().map(of).collect();
        let slots = Fr::from(self.shape.accounts() as u64);
        let binding = [ascii_tag(TAG_ROLLUP), self.root(), slots, self.binding[3]];
        merged == sums
            && sums.iter().all(|(_, total)| total.bits() <= 112)
            && sums.len() <= self.shape.merged()
            && self.header == [tag, subject, to]
            && self.zeros == 0
            && list == self.list
            && self.binding == binding
    }

    /// The prover's values: as many of its choices as the circuit leaves.
    pub(crate) fn witness(&self) -> Option<RollupWitness> {
        let mut witness = RollupWitness::blank(self.shape);
        let [subject, from, to, kind] = self.public;
        witness.public = vec![
            subject,
            from,
            to,
            kind,
            self.root(),
            self.merged_commitment(),
        ];
        witness.salt = self.binding[3];
        let mut empty = 0u64;
        let mut counts: BTreeMap<Fr, u64> = BTreeMap::new();
        let unit = Fr::from_u128(1 << 127).double().invert().unwrap();
        for (slot, account) in witness.accounts.iter_mut().zip(&self.accounts) {
            slot.every = 1;
            slot.as_of = FROM;
            let (entries, amounts) = match account {
                Some(account) => {
                    slot.as_of = integer(&account.header[2]).try_into().ok()?;
                    slot.blinding = account.header[3];
                    (&account.entries[..], &account.amounts[..])
                }
                None => (&[][..], &[][..]),
            };
            let blocks = account
                .as_ref()
                .map_or(0, |a| covenant_circuits::shape::blocks_of(a.entries.len()));
            if blocks > slot.blocks.len() || entries.len() > self.shape.positions() {
                return None;
            }
            let mut positions = entries.iter().zip(amounts);
            for (i, block) in slot.blocks.iter_mut().enumerate() {
                block.active = u64::from(i < blocks);
                for to in &mut block.positions {
                    *to = PositionWitness {
                        counts: 1,
                        ..Default::default()
                    };
                    match positions.next() {
                        Some((entry, amount)) => {
                            (to.entry, to.amount) = (*entry, *amount);
                            let id = (*entry - amount) * unit;
                            *counts.entry(id).or_default() += 1;
                        }
                        None => empty += block.active,
                    }
                }
            }
        }
        empty += counts.get(&Fr::ZERO).copied().unwrap_or_default();
        witness.empty = Fr::from(empty);
        if self.merged.len() > witness.merged.len() {
            return None;
        }
        for (slot, (id, total)) in witness.merged.iter_mut().zip(&self.merged) {
            *slot = MergedWitness {
                used: 1,
                id: *id,
                total: *total,
                count: Fr::from(counts.get(id).copied().unwrap_or_default()),
            };
        }
        Some(witness)
    }
}

pub(crate) fn integer(x: &Fr) -> BigUint {
    BigUint::from_bytes_le(&covenant_circuits::field::repr(x))
}

pub(crate) fn element(x: &BigUint) -> Fr {
    x.iter_u64_digits().rev().fold(Fr::ZERO, |sum, digit| {
        sum * Fr::from_u128(1 << 64) + Fr::from(digit)
    })
}

/// An entry's id and amount, as integers.
pub(crate) fn read(entry: &Fr) -> (BigUint, BigUint) {
    let entry = integer(entry);
    let unit = BigUint::from(1u8) << 128;
    (&entry / &unit, entry % unit)
}

pub(crate) fn id(asset: &str) -> Fr {
    Fr::from_u128(AssetId::of(asset).unwrap().get())
}

/// A generator that a seed repeats: SplitMix64.
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

impl rand_core::RngCore for Rng {
    fn next_u32(&mut self) -> u32 {
        self.next() as u32
    }
    fn next_u64(&mut self) -> u64 {
        self.next()
    }
    fn fill_bytes(&mut self, dest: &mut [u8]) {
        rand_core::impls::fill_bytes_via_next(self, dest);
    }
    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(dest);
        Ok(())
    }
}
