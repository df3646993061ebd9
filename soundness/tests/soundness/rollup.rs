//! The operators on the circuit of a roll-up, and lies that nothing but their clause refuses.

use crate::allowed::unexplained;
use crate::cases;
use covenant_circuits::account::{Commitment, Kind, Opening, Position, commit};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::columns::advice;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, OUTPUT_SLOT};
use covenant_circuits::circuit::rollup::{MergedWitness, RollupWitness};
use covenant_circuits::circuit::trace::Values;
use covenant_circuits::field::{Fr, two_pow};
use covenant_circuits::ident::{AssetId, TAG_ROLLUP, ascii_tag};
use covenant_circuits::lint::{Place, lint_circuit};
use covenant_circuits::numbers::Amount;
use covenant_circuits::poseidon;
use covenant_circuits::rollup::{RollupShape, SatisfiedRollup, list_root};
use covenant_circuits::testing::lying;
use covenant_soundness::anchor::lie_about_each_cell;
use covenant_soundness::checker::Checker;
use covenant_soundness::covenant::Covenant;
use covenant_soundness::mutate::change_each_cell;
use covenant_soundness::rigidity::free_cells;
use covenant_soundness::tables::Table;
use covenant_soundness::target::Target;
use ff::{Field, PrimeField};
use std::collections::BTreeSet;

/// Two slots of two blocks, both used, and a merged account of two blocks with one position
/// unused: every kind of cell is there.
fn shape() -> RollupShape {
    RollupShape::new(2, 13, 14).unwrap()
}

fn satisfied(shape: RollupShape) -> SatisfiedRollup {
    let position = |asset: usize, amount| {
        let amount = Amount::new(amount).unwrap();
        Position::new(&format!("isin:ASSET{asset}"), amount).unwrap()
    };
    let account = |m: usize| {
        let held = shape.positions().min(if m == 0 { 13 } else { 5 });
        let positions = (0..held).map(|p| position(p % 13, (100 * m + p) as u128));
        let (kind, as_of) = (Kind::Collateral, cases::AS_OF - m as u64);
        let (subject, rng) = ("lei:TEST", rand_core::OsRng);
        Opening::new(kind, subject, as_of, positions.collect(), rng).unwrap()
    };
    let openings = (0..shape.accounts()).map(account).collect();
    let salt = cases::random(77);
    SatisfiedRollup::merging(openings, shape, cases::window(), salt).unwrap()
}

fn honest(shape: RollupShape) -> RollupWitness {
    RollupWitness::honest(satisfied(shape).claim(), shape).unwrap()
}

/// For operators that take minutes for a larger circuit.
fn slow_subjects() -> Vec<RollupShape> {
    let smallest = RollupShape::new(1, 1, 1).unwrap();
    match cases::everything() {
        true => vec![smallest, shape()],
        false => vec![smallest],
    }
}

fn target(witness: &RollupWitness) -> Covenant {
    let layout = fit::smallest(witness.shape);
    Covenant::new(layout, witness, cases::challenges(1)).unwrap()
}

/// Cells at which what the prover chooses enters: openings, the merged account's flags, ids and
/// totals, counts and the salt.
fn inputs(target: &Covenant, witness: &RollupWitness) -> BTreeSet<Place> {
    type Change = Box<dyn Fn(&mut RollupWitness)>;
    let mut all: Vec<Change> = Vec::new();
    for (m, account) in witness.accounts.iter().enumerate() {
        all.push(Box::new(move |w| w.accounts[m].as_of += 1));
        all.push(Box::new(move |w| w.accounts[m].blinding += Fr::ONE));
        for (b, block) in account.blocks.iter().enumerate() {
            all.push(Box::new(move |w| w.accounts[m].blocks[b].active ^= 1));
            for p in 0..block.positions.len() {
                all.push(Box::new(move |w| {
                    w.accounts[m].blocks[b].positions[p].entry += Fr::ONE
                }));
                all.push(Box::new(move |w| {
                    w.accounts[m].blocks[b].positions[p].amount += Fr::ONE
                }));
            }
        }
    }
    for q in 0..witness.merged.len() {
        all.push(Box::new(move |w| w.merged[q].used ^= 1));
        all.push(Box::new(move |w| w.merged[q].id += Fr::ONE));
        all.push(Box::new(move |w| w.merged[q].total += Fr::ONE));
        all.push(Box::new(move |w| w.merged[q].count += Fr::ONE));
    }
    all.push(Box::new(|w| w.empty += Fr::ONE));
    all.push(Box::new(|w| w.salt += Fr::ONE));
    let mut places: BTreeSet<Place> = all
        .into_iter()
        .filter_map(|change| target.enters(witness, "", None, change))
        .collect();
    // Permutations that no block takes may hash anything.
    let layout = target.layout();
    let b = target.config().advice[advice::B].index();
    for permutation in layout.permutations()..layout.room() {
        let slots = (0..OUTPUT_SLOT).map(|slot| layout.slot(permutation, slot));
        places.extend(slots.map(|row| Place::Advice(b, row)));
    }
    places
}

/// How many positions an unused slot of the merged account has: no key takes it.
fn unused(target: &Covenant, witness: &RollupWitness) -> BTreeSet<Place> {
    let slots = witness.merged.iter().enumerate();
    let slots = slots.filter(|(_, slot)| slot.used == 0);
    slots
        .filter_map(|(q, _)| {
            target.enters(witness, "", None, move |w: &mut RollupWitness| {
                w.merged[q].count += Fr::ONE
            })
        })
        .collect()
}

#[test]
fn c2_every_public_input_of_a_rollup_is_read() {
    for shape in [shape(), RollupShape::SHORT] {
        let witness = honest(shape);
        let target = target(&witness);
        let checker = Checker::new(&target);
        assert!(checker.violations(&target.trace().advice).is_empty());
        assert!(checker.unread(witness.public.len()).is_empty(), "{shape}");
        assert!(checker.unbound(witness.public.len()).is_empty(), "{shape}");
    }
}

#[test]
fn c3_the_lint_finds_nothing_in_a_rollup() {
    for shape in [shape(), "17x28->16".parse().unwrap(), RollupShape::SHORT] {
        let witness = honest(shape);
        let circuit = CovenantCircuit::laid_out(fit::smallest(shape), &witness);
        assert_eq!(lint_circuit(&circuit).unwrap(), [], "{shape}");
        assert_eq!(target(&witness).clashes(), 0, "{shape}");
    }
}

#[test]
fn c4_mutate_every_change_of_a_rollup_is_noticed() {
    for shape in slow_subjects() {
        let witness = honest(shape);
        let target = target(&witness);
        let unused = unused(&target, &witness);
        let target = target.with_unused(unused);
        let checker = Checker::new(&target);
        let findings = change_each_cell(&checker, |n| cases::random(n as u64));
        let words = format!("mutate: one cell of the roll-up {shape} changed");
        println!("{}", findings.table(&words));
        assert!(unexplained("mutate", &findings.survivors).is_empty());
    }
}

#[test]
fn c4_anchor_every_cell_of_a_rollup_is_anchored() {
    for shape in slow_subjects() {
        let witness = honest(shape);
        let target = target(&witness);
        let unused = unused(&target, &witness);
        let target = target.with_unused(unused);
        let checker = Checker::new(&target);
        assert!(!target.reads_lanes(&witness));
        let mut written = target.written();
        written.retain(|(_, column, _)| !target.is_of_lane(*column));
        let mut at = written.iter();
        let findings = lie_about_each_cell(&checker, written.iter().map(|w| w.0), |_| {
            let (_, column, row) = at.next()?;
            Some(target.lie(&witness, *column, *row, Fr::ONE))
        });
        let words = format!("anchor: a lie about one cell of the roll-up {shape}");
        println!("{}", findings.table(&words));
        assert!(unexplained("anchor", &findings.survivors).is_empty());
    }
}

#[test]
fn c4_rigidity_no_cell_of_a_rollup_is_free() {
    for shape in [RollupShape::new(1, 1, 1).unwrap(), shape()] {
        let witness = honest(shape);
        let layout = fit::smallest(shape);
        let target = Covenant::new(layout, &witness, cases::challenges(3)).unwrap();
        let held = inputs(&target, &witness);
        let target = target.with_inputs(held);
        let findings = free_cells(&Checker::new(&target));
        let words = format!("rigidity: the free cells of the roll-up {shape}");
        println!("{}", findings.table(&words));
        assert!(unexplained("rigidity", &findings.survivors).is_empty());
    }
}

/// A false roll-up, and the sections without which nothing refuses it.
struct Lie {
    what: &'static str,
    sections: &'static [&'static str],
    tell: fn(&mut Told),
}

/// A witness, cells that the code is lied to about, and what K' is made of.
struct Told {
    layout: Layout,
    witness: RollupWitness,
    lies: Vec<((usize, usize), Fr)>,
    /// What the merged account's blinding is made of.
    binding: [Fr; 4],
    /// Tag, subject, time.
    header: [Fr; 3],
}

impl Told {
    fn honest() -> Self {
        let satisfied = satisfied(shape());
        let (claim, shape) = (satisfied.claim(), shape());
        let statement = &claim.statement;
        let slots = Fr::from(shape.accounts() as u64);
        Self {
            layout: fit::smallest(shape),
            witness: RollupWitness::honest(claim, shape).unwrap(),
            lies: Vec::new(),
            binding: [
                ascii_tag(TAG_ROLLUP),
                statement.list_root,
                slots,
                claim.salt,
            ],
            header: [
                statement.kind.tag(),
                statement.subject.get(),
                Fr::from(statement.window.to()),
            ],
        }
    }

    /// A slot of the permutation that so many are before the last ones' first.
    fn slot(&self, before_merged: usize, slot: usize) -> (usize, usize) {
        let merged = self.layout.permutations() - self.layout.merged_blocks();
        let row = self.layout.slot(merged - before_merged, slot);
        (advice::B, row)
    }

    /// The list root and K' of what is told.
    fn republish(&mut self) {
        let entries = self.witness.merged.iter().filter(|slot| slot.used == 1);
        let entries: Vec<Fr> = entries.map(|s| s.id * two_pow(128) + s.total).collect();
        let [tag, subject, as_of] = self.header;
        let blinding = poseidon::hash(self.binding);
        self.witness.public[5] = commit([tag, subject, as_of, blinding], &entries);
    }

    fn is_accepted(&self, without: &[&str]) -> bool {
        let build = || self.witness.trace(&self.layout);
        let trace = match self.lies.as_slice() {
            [] => build(),
            [(cell, delta)] => lying(*cell, *delta, build),
            _ => unreachable!("one cell at a time"),
        };
        let circuit = CovenantCircuit::of_trace(self.layout, trace);
        let target = Covenant::of(circuit, &self.witness, cases::challenges(5)).unwrap();
        let off = |section: &str| without.contains(&section);
        let checker = Checker::without(&target, off);
        crate::clauses::holds_without(&target, &checker)
    }
}

fn id(asset: usize) -> Fr {
    let id = AssetId::of(&format!("isin:ASSET{asset}")).unwrap();
    Fr::from_u128(id.get())
}

const LIES: [Lie; 9] = [
    Lie {
        what: "an account of last year",
        sections: &["S1 window"],
        tell: |t| {
            t.witness.accounts[1].as_of -= 31_536_000;
            t.relist();
        },
    },
    Lie {
        what: "a total that is too small",
        sections: &["R2 totals"],
        tell: |t| t.witness.merged[0].total -= Fr::ONE,
    },
    Lie {
        what: "an asset that occurs nowhere",
        sections: &["R2 counts"],
        tell: |t| {
            t.witness.merged[13] = MergedWitness {
                used: 1,
                id: two_pow(120) - Fr::ONE,
                ..Default::default()
            }
        },
    },
    Lie {
        what: "an asset twice",
        sections: &["R2 ids ascend"],
        tell: |t| {
            let twice = t
                .witness
                .merged
                .iter()
                .find(|slot| slot.count == Fr::from(2));
            let of = twice.unwrap().id;
            let slot = t
                .witness
                .merged
                .iter_mut()
                .find(|slot| slot.id == of)
                .unwrap();
            slot.total -= Fr::from(3);
            slot.count = Fr::ONE;
            t.witness.merged[13] = MergedWitness {
                used: 1,
                id: of,
                total: Fr::from(3),
                count: Fr::ONE,
            };
        },
    },
    Lie {
        what: "a total of 2^112",
        sections: &["R3 ranges"],
        tell: |t| {
            // Every amount is in its range.
            for account in 0..2 {
                let position = &mut t.witness.accounts[account].blocks[0].positions[1];
                assert_eq!(position.entry - position.amount, id(1) * two_pow(128));
                position.amount = two_pow(112) - Fr::ONE;
                position.entry = id(1) * two_pow(128) + position.amount;
            }
            let slot = t.witness.merged.iter_mut().find(|slot| slot.id == id(1));
            slot.unwrap().total = two_pow(113) - Fr::from(2);
            t.relist();
        },
    },
    Lie {
        what: "a merged account of the window's beginning",
        sections: &["R4 merged account"],
        tell: |t| {
            let from = Fr::from(cases::window().from());
            t.lies.push((t.slot(0, 2), from - t.header[2]));
            t.header[2] = from;
        },
    },
    Lie {
        what: "a blinding of another list: two lists with equal totals share a K'",
        sections: &["R5 binding"],
        tell: |t| {
            t.lies.push((t.slot(1, 1), Fr::ONE));
            t.binding[1] += Fr::ONE;
        },
    },
    Lie {
        what: "a blinding of another number of slots",
        sections: &["R5 binding"],
        tell: |t| {
            t.lies.push((t.slot(1, 2), Fr::ONE));
            t.binding[2] += Fr::ONE;
        },
    },
    Lie {
        what: "a list with an account left out",
        sections: &["R6 list"],
        tell: |t| {
            let list: Vec<Commitment> = t.list()[..1].to_vec();
            let root = list_root(&list, 2).unwrap();
            t.witness.public[4] = root;
        },
    },
];

impl Told {
    fn list(&self) -> Vec<Commitment> {
        let subject = self.witness.public[0];
        let accounts = self.witness.accounts.iter().map(|account| {
            let active = account.blocks.iter().filter(|block| block.active == 1);
            let entries = active.flat_map(|block| block.positions.iter().map(|p| p.entry));
            let header = [Kind::Collateral.tag(), subject, Fr::from(account.as_of)];
            let [tag, subject, as_of] = header;
            let entries: Vec<Fr> = entries.collect();
            Commitment(commit([tag, subject, as_of, account.blinding], &entries))
        });
        accounts.collect()
    }

    /// The list root that belongs to the accounts, and the blinding.
    fn relist(&mut self) {
        let root = list_root(&self.list(), 2).unwrap();
        self.witness.public[4] = root;
        self.binding[1] = root;
    }
}

/// Each lie is refused, and by nothing but its clause's sections.
#[test]
fn a_rollup_clause_switched_off_is_noticed() {
    let mut table = Table::new(
        "roll-up: lies that one clause alone refuses",
        "sections | lie | accepted | accepted without them",
    );
    let told = Told::honest();
    assert!(told.is_accepted(&[]));
    for lie in LIES {
        let mut told = Told::honest();
        (lie.tell)(&mut told);
        told.republish();
        let (with, without) = (told.is_accepted(&[]), told.is_accepted(lie.sections));
        let sections = lie.sections.join(", ");
        table.row(format!("{sections} | {} | {with} | {without}", lie.what));
        assert!(!with && without, "{}", lie.what);
    }
    table.print();
}
