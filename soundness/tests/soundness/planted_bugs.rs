//! Bugs planted in a small circuit, which MockProver does not see: the harness must flag
//! each, and must not flag the circuit without them.

use crate::cases::random;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::{Captured, Place, capture, lint};
use covenant_soundness::anchor::{lie_about_each_cell, lied_to};
use covenant_soundness::checker::Checker;
use covenant_soundness::mutate::change_each_cell;
use covenant_soundness::repair::mend;
use covenant_soundness::rigidity::free_cells;
use covenant_soundness::tables::Table;
use covenant_soundness::target::Target;
use ff::Field;
use halo2_proofs::circuit::{AssignedCell, Layouter, Region, SimpleFloorPlanner, Value};
use halo2_proofs::dev::MockProver;
use halo2_proofs::plonk::{
    Advice, Assigned, Circuit, Column, ConstraintSystem, Error, Expression, Instance, Selector,
};
use halo2_proofs::poly::Rotation;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Bug {
    #[default]
    None,
    /// A cell that no gate reads.
    Dangling,
    /// A value assigned where it had to be copied.
    Assigned,
    /// A cell that switches a check off, and that nothing pins.
    FreeCheck,
    /// A second region at row 0 overwrites the check.
    Overlap,
    /// A gate reads a cell that nobody assigns.
    Unassigned,
    /// A cell is assigned where blinding replaces it.
    Blinding,
    /// A gate reads a row that blinding replaces.
    ReadsBlinding,
}

impl Bug {
    /// Whether the check is pinned to 1.
    fn pins_check(self) -> bool {
        !matches!(self, Self::FreeCheck | Self::Overlap | Self::Unassigned)
    }
}

#[derive(Clone, Debug)]
struct Config {
    a: Column<Advice>,
    b: Column<Advice>,
    c: Column<Advice>,
    check: Column<Advice>,
    public: Column<Instance>,
    multiply: Selector,
    add: Selector,
    /// Reads the row below, at the last row before the blinding.
    last: Option<(Selector, usize)>,
}

/// Public x, y and out; `x y + w = out` for a w of the prover's.
#[derive(Clone, Debug, Default)]
struct Toy {
    bug: Bug,
    /// Added to the product: what the trace says is false.
    lie: u64,
}

const K: u32 = 4;
const PUBLIC: [u64; 3] = [3, 5, 100];

type Cell = AssignedCell<&'static Assigned<Fr>, Fr>;

fn value(cell: &Cell) -> Value<Fr> {
    cell.value().map(|v| v.evaluate())
}

impl Toy {
    fn regions(&self, config: &Config, region: &mut Region<'_, Fr>) -> [Cell; 3] {
        let put = |region: &mut Region<'_, Fr>, column, row, value: Value<Fr>| {
            region.assign_advice(column, row, value)
        };
        let known = |x: u64| Value::known(Fr::from(x));
        config.multiply.enable(region, 0).unwrap();
        let x: Cell = put(region, config.a, 0, known(PUBLIC[0]));
        let y: Cell = put(region, config.b, 0, known(PUBLIC[1]));
        let lie = Value::known(Fr::from(self.lie));
        let xy = value(&x)
            .zip(value(&y))
            .zip(lie)
            .map(|((x, y), l)| x * y + l);
        let product: Cell = put(region, config.c, 0, xy);
        if self.bug != Bug::Unassigned {
            put(region, config.check, 0, known(1));
        }
        config.add.enable(region, 1).unwrap();
        let again: Cell = put(region, config.a, 1, value(&product));
        if self.bug != Bug::Assigned {
            region.constrain_equal(again.cell(), product.cell());
        }
        let w = value(&again).map(|z| Fr::from(PUBLIC[2]) - z);
        let w: Cell = put(region, config.b, 1, w);
        let sum = value(&again).zip(value(&w)).map(|(z, w)| z + w);
        let out = put(region, config.c, 1, sum);
        if let Some((last, row)) = config.last {
            last.enable(region, row).unwrap();
        }
        match self.bug {
            Bug::Dangling => {
                put(region, config.check, 1, known(5));
            }
            Bug::Blinding => {
                put(region, config.check, (1 << K) - 1, known(5));
            }
            _ => {}
        }
        [x, y, out]
    }
}

impl Circuit<Fr> for Toy {
    type Config = Config;
    type FloorPlanner = SimpleFloorPlanner;
    type Params = Bug;

    fn params(&self) -> Bug {
        self.bug
    }

    fn without_witnesses(&self) -> Self {
        self.clone()
    }

    fn configure(meta: &mut ConstraintSystem<Fr>) -> Config {
        Self::configure_with_params(meta, Bug::None)
    }

    fn configure_with_params(meta: &mut ConstraintSystem<Fr>, bug: Bug) -> Config {
        let mut config = Config {
            a: meta.advice_column(),
            b: meta.advice_column(),
            c: meta.advice_column(),
            check: meta.advice_column(),
            public: meta.instance_column(),
            multiply: meta.selector(),
            add: meta.selector(),
            last: None,
        };
        for column in [config.a, config.b, config.c] {
            meta.enable_equality(column);
        }
        meta.enable_equality(config.public);
        meta.create_gate("multiply", |meta| {
            let on = meta.query_selector(config.multiply);
            let [a, b, c, check] = [config.a, config.b, config.c, config.check]
                .map(|column| meta.query_advice(column, Rotation::cur()));
            let mut constraints = vec![("a b = c", on.clone() * check.clone() * (a * b - c))];
            if bug.pins_check() {
                let one = Expression::Constant(Fr::ONE);
                constraints.push(("check = 1", on * (check - one)));
            }
            constraints
        });
        meta.create_gate("add", |meta| {
            let on = meta.query_selector(config.add);
            let [a, b, c] = [config.a, config.b, config.c]
                .map(|column| meta.query_advice(column, Rotation::cur()));
            vec![("a + b = c", on * (a + b - c))]
        });
        if bug == Bug::ReadsBlinding {
            let last = meta.selector();
            meta.create_gate("last", |meta| {
                let on = meta.query_selector(last);
                let next = meta.query_advice(config.c, Rotation::next());
                vec![("c_next = 0", on * next)]
            });
            config.last = Some((last, (1 << K) - meta.blinding_factors() - 2));
        }
        config
    }

    fn synthesize(&self, config: Config, mut layouter: impl Layouter<Fr>) -> Result<(), Error> {
        let public = layouter.assign_region(
            || "toy",
            |mut region| Ok(self.regions(&config, &mut region)),
        )?;
        if self.bug == Bug::Overlap {
            layouter.assign_region(
                || "flag",
                |mut region| {
                    region.assign_advice(config.check, 0, Value::known(Fr::ZERO));
                    Ok(())
                },
            )?;
        }
        for (row, cell) in public.iter().enumerate() {
            layouter.constrain_instance(cell.cell(), config.public, row);
        }
        Ok(())
    }
}

struct Trace(Captured);

impl Target for Trace {
    fn trace(&self) -> &Captured {
        &self.0
    }
}

fn public() -> Vec<Fr> {
    PUBLIC.map(Fr::from).to_vec()
}

fn captured(bug: Bug, lie: u64) -> Trace {
    Trace(
        capture(K, &Toy { bug, lie }, &[public()], &[])
            .unwrap()
            .captured,
    )
}

/// The operators that flag the circuit.
fn flagged_by(bug: Bug) -> Vec<&'static str> {
    let target = captured(bug, 0);
    let checker = Checker::new(&target);
    assert!(checker.violations(&target.0.advice).is_empty(), "{bug:?}");
    let mut by = Vec::new();
    let mut flag = |operator: &'static str, survivors: usize| {
        if survivors > 0 {
            by.push(operator);
        }
    };
    let a = change_each_cell(&checker, |n| random(n as u64));
    flag("mutate", a.survivors.len());
    flag("rigidity", free_cells(&checker).survivors.len());
    let false_statement = captured(bug, 1);
    let c = mend(&Checker::new(&false_statement));
    flag("repair", c.map_or(1, |c| c.survivors.len()));
    flag("lint", lint(&target.0, |_| false).len());
    let circuit = Toy { bug, lie: 0 };
    let e = lie_about_each_cell(&checker, checker.cells(), |place: Place| {
        lied_to(K, &circuit, &target.0, place, Fr::ONE).ok()
    });
    flag("anchor", e.survivors.len());
    by
}

#[test]
fn c4_planted_bugs_are_flagged() {
    let mut table = Table::new("Planted bugs", "bug | MockProver | flagged by");
    let expected: [(Bug, &[&str]); 8] = [
        (Bug::None, &[]),
        (Bug::Dangling, &["mutate", "rigidity"]),
        (Bug::Assigned, &["rigidity", "repair", "anchor"]),
        (Bug::FreeCheck, &["mutate", "rigidity", "repair"]),
        (Bug::Overlap, &["lint"]),
        (Bug::Unassigned, &["lint"]),
        (Bug::Blinding, &["lint"]),
        (Bug::ReadsBlinding, &["lint"]),
    ];
    for (bug, least) in expected {
        let by = flagged_by(bug);
        let mock = if matches!(bug, Bug::Blinding | Bug::ReadsBlinding) {
            // MockProver stops with a panic, or calls the cell poisoned.
            "not run"
        } else {
            let toy = Toy { bug, lie: 0 };
            let verdict = MockProver::run(K, &toy, vec![public()]).unwrap().verify();
            assert!(verdict.is_ok(), "{bug:?}: {verdict:?}");
            "satisfied"
        };
        table.row(format!("{bug:?} | {mock} | {}", by.join(", ")));
        assert!(least.iter().all(|o| by.contains(o)), "{bug:?}: {by:?}");
        assert!(bug != Bug::None || by.is_empty(), "{by:?}");
    }
    table.print();
}
