//! Rigidity: with the inputs held, no cell may be free to move.
//!
//! First by propagation: an equation with one unknown cell that is not constant in it
//! leaves finitely many values; limbs that the range check looks up are the digits of
//! their number, so that they, and the partial numbers between rows, are known once the
//! number is. What remains unknown goes through the Jacobian of all constraints that read
//! it, over the scalar field, with the second phase repeated under enough challenges that
//! an identity in the challenges counts as such. A cell in the kernel can move.
//!
//! This is local (another solution elsewhere is not found) and takes digits to be unique.

use super::checker::Checker;
use super::report::Findings;
use super::target::Columns;
use covenant_circuits::lint::Place;
use covenant_claims::field::Fr;
use ff::Field;
use halo2_proofs::plonk::Expression;
use std::collections::{BTreeMap, BTreeSet};

/// Draws of the challenges at most.
const MOST_DRAWS: usize = 48;

/// An unknown: a class of cells (by its first), in a draw of the challenges (0 for the
/// first phase).
type Unknown = (usize, Place);

/// Runs over the whole trace.
pub fn free_cells(checker: &Checker<'_>) -> Findings {
    let mut findings = Findings::default();
    let known = propagate(checker);
    let residual = Residual::new(checker, &known);
    let free = residual.kernel();
    for place in checker.cells_and_dangling() {
        let section = checker.target.section(place);
        findings.of(section).cells += 1;
        let first = first_of(checker, place);
        // The kernel shows digits by their number.
        let settled = checker.target.is_input(place)
            || known.contains(&first)
            || residual.left_out.contains(&first);
        if settled {
            findings.of(section).tried += 1;
        } else if checker.is_range_checks_own(place) {
            findings.of(section).structural += 1;
        } else if free.contains(&first)
            || residual.dangling.contains(&first)
            || checker.touching(place).is_empty()
        {
            let words = format!("{}, free to move", checker.describe(place));
            findings.survivor(section, words);
        } else {
            findings.of(section).tried += 1;
        }
    }
    findings
}

impl Checker<'_> {
    /// The derivative of an active constraint by a cell that no copy joins to others, or by all
    /// that are joined to the first of them.
    pub fn derivative(
        &self,
        challenges: &[Fr],
        advice: &Columns,
        active: usize,
        place: Place,
    ) -> Fr {
        let active = &self.active[active];
        let at = Point {
            checker: self,
            challenges,
            advice,
            row: active.row,
        };
        let poly = &self.constraints[active.constraint].poly;
        at.derivative(poly, first_of(self, place)).1
    }
}

fn first_of(checker: &Checker<'_>, place: Place) -> Place {
    match checker.class_of(place) {
        Some(class) => checker.classes[class][0],
        None => place,
    }
}

/// The classes with finitely many values, by their first cell.
fn propagate(checker: &Checker<'_>) -> BTreeSet<Place> {
    let mut known: BTreeSet<Place> = BTreeSet::new();
    for class in &checker.classes {
        if class
            .iter()
            .any(|p| !matches!(p, Place::Advice(..)) || checker.target.is_input(*p))
        {
            known.insert(class[0]);
        }
    }
    let inputs = checker.cells().into_iter();
    known.extend(inputs.filter(|p| checker.target.is_input(*p)));
    let mut advice = checker.trace.advice.clone();
    let follows = checker.target.follows();
    loop {
        let before = known.len();
        for (from, to) in &follows {
            let unknown = |p: &Place| {
                matches!(p, Place::Advice(..)) && !known.contains(&first_of(checker, *p))
            };
            if !from.iter().any(unknown) {
                known.extend(to.iter().map(|p| first_of(checker, *p)));
            }
        }
        for i in 0..checker.active.len() {
            if checker.is_range_gate(i) {
                continue;
            }
            let unknown = unknowns(checker, i, &known);
            if let [place] = unknown.as_slice()
                && depends(checker, &mut advice, i, *place)
            {
                known.insert(*place);
            }
        }
        for component in digits(checker, &known) {
            if component.numbers.is_empty() && component.dangling.is_empty() {
                known.extend(component.inner);
            }
        }
        if known.len() == before {
            return known;
        }
    }
}

/// The unknown classes that a constraint reads.
fn unknowns(checker: &Checker<'_>, active: usize, known: &BTreeSet<Place>) -> Vec<Place> {
    let mut found: Vec<Place> = checker.active[active]
        .cells
        .iter()
        .filter(|p| matches!(p, Place::Advice(..)))
        .map(|p| first_of(checker, *p))
        .filter(|p| !known.contains(p))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a constraint is not constant in a class, the other cells as they are.
fn depends(checker: &Checker<'_>, advice: &mut Columns, active: usize, place: Place) -> bool {
    let cells = checker.joined(place);
    let mut set = |value: Fr| {
        for p in &cells {
            if let Place::Advice(c, r) = p {
                advice[*c][*r] = value;
            }
        }
        checker.residue(advice, active)
    };
    let honest = checker.value(&checker.trace.advice, place);
    // Any polynomial of the circuit's degree that vanishes here vanishes everywhere, but
    // for a chance of about 2^-250.
    let moved = set(honest + Fr::from(0x1234_5678_9abc_def1).square().square());
    let here = set(honest);
    moved != here
}

/// Limbs, the equations that read them, and the numbers that they write.
struct Digits {
    /// Limbs and partial numbers that nothing else reads.
    inner: Vec<Place>,
    /// Numbers that other equations read and that are not known.
    numbers: Vec<Place>,
    /// Numbers that no other equation reads: whatever they are, their limbs follow.
    dangling: Vec<Place>,
    /// The equations.
    equations: Vec<usize>,
}

/// Groups unknown limbs by the first-phase equations that read them.
fn digits(checker: &Checker<'_>, known: &BTreeSet<Place>) -> Vec<Digits> {
    let is_limb = |p: &Place| checker.target.is_looked_up(*p);
    let mut equations: Vec<(usize, Vec<Place>)> = Vec::new();
    for i in 0..checker.active.len() {
        if checker.is_range_gate(i) || !checker.first_phase[i] {
            continue;
        }
        let unknown = unknowns(checker, i, known);
        if unknown.iter().any(is_limb) {
            equations.push((i, unknown));
        }
    }
    let mut by_place: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for (n, (_, places)) in equations.iter().enumerate() {
        for place in places {
            by_place.entry(*place).or_default().push(n);
        }
    }
    let mut seen = vec![false; equations.len()];
    let mut found = Vec::new();
    for start in 0..equations.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let (mut members, mut next) = (Vec::new(), vec![start]);
        let mut places: BTreeSet<Place> = BTreeSet::new();
        while let Some(n) = next.pop() {
            members.push(equations[n].0);
            for place in &equations[n].1 {
                places.insert(*place);
                for m in &by_place[place] {
                    if !std::mem::replace(&mut seen[*m], true) {
                        next.push(*m);
                    }
                }
            }
        }
        let read_elsewhere = |p: &Place| {
            checker.joined(*p).iter().any(|p| {
                checker
                    .touching(*p)
                    .iter()
                    .any(|i| !checker.is_range_gate(*i) && !members.contains(i))
            })
        };
        let (numbers, own): (_, Vec<Place>) = places.into_iter().partition(|p| read_elsewhere(p));
        // A partial number is in the equation of its own limbs and in that of the next row's.
        let last = |p: &Place| !is_limb(p) && by_place[p].len() == 1;
        let (dangling, inner) = own.into_iter().partition(last);
        found.push(Digits {
            inner,
            numbers,
            dangling,
            equations: members,
        });
    }
    found
}

/// What propagation leaves.
struct Residual<'a, 'b> {
    checker: &'a Checker<'b>,
    known: &'a BTreeSet<Place>,
    /// Limbs and partial numbers, which follow from their numbers.
    left_out: BTreeSet<Place>,
    /// Equations that only say so.
    dropped: BTreeSet<usize>,
    /// Numbers that nothing but the range check reads.
    dangling: BTreeSet<Place>,
}

impl<'a, 'b> Residual<'a, 'b> {
    fn new(checker: &'a Checker<'b>, known: &'a BTreeSet<Place>) -> Self {
        let (mut left_out, mut dropped) = (BTreeSet::new(), BTreeSet::new());
        let mut dangling = BTreeSet::new();
        for group in digits(checker, known) {
            left_out.extend(group.inner);
            dropped.extend(group.equations);
            dangling.extend(group.dangling);
        }
        Self {
            checker,
            known,
            left_out,
            dropped,
            dangling,
        }
    }

    /// Classes that can move, by their first cell.
    fn kernel(&self) -> BTreeSet<Place> {
        let checker = self.checker;
        let equations: Vec<(usize, Vec<Place>)> = (0..checker.active.len())
            .filter(|i| !checker.is_range_gate(*i) && !self.dropped.contains(i))
            .map(|i| (i, unknowns(checker, i, self.known)))
            .filter(|(_, places)| !places.is_empty())
            .collect();
        let first_phase: BTreeSet<Place> = equations
            .iter()
            .flat_map(|(_, places)| places.iter().copied())
            .filter(|p| !self.checker.in_second_phase(*p))
            .collect();
        let draws = checker
            .target
            .redrawn((first_phase.len() + 1).min(MOST_DRAWS));
        let mut matrix = Matrix::default();
        for (i, places) in &equations {
            if checker.first_phase[*i] {
                matrix.add(self.row(*i, places, 0, None));
            }
        }
        let here = (
            checker.trace.challenges.clone(),
            checker.trace.advice.clone(),
        );
        for (n, draw) in std::iter::once(&here).chain(&draws).enumerate() {
            for (i, places) in equations.iter().filter(|(i, _)| !checker.first_phase[*i]) {
                matrix.add(self.row(*i, places, n, Some(draw)));
            }
        }
        // Unknowns that no equation of the matrix names are free too.
        let all = equations.iter().flat_map(|(_, places)| places);
        let mut unknown: BTreeSet<Unknown> = BTreeSet::new();
        for place in all {
            unknown.insert((0, *place));
        }
        matrix
            .free(unknown)
            .into_iter()
            .map(|(_, place)| place)
            .collect()
    }

    /// A row of the Jacobian.
    fn row(
        &self,
        active: usize,
        places: &[Place],
        draw: usize,
        columns: Option<&(Vec<Fr>, Columns)>,
    ) -> BTreeMap<Unknown, Fr> {
        let checker = self.checker;
        let a = &checker.active[active];
        let e = &checker.constraints[a.constraint].poly;
        let (challenges, advice) = match columns {
            Some((challenges, advice)) => (challenges, advice),
            None => (&checker.trace.challenges, &checker.trace.advice),
        };
        let at = Point {
            checker,
            challenges,
            advice,
            row: a.row,
        };
        places
            .iter()
            .filter(|p| !self.left_out.contains(p))
            .map(|place| {
                let draw = if self.checker.in_second_phase(*place) {
                    draw
                } else {
                    0
                };
                ((draw, *place), at.derivative(e, *place).1)
            })
            .filter(|(_, x)| *x != Fr::ZERO)
            .collect()
    }
}

/// Where an expression is derived.
struct Point<'a, 'b> {
    checker: &'a Checker<'b>,
    challenges: &'a [Fr],
    advice: &'a Columns,
    row: usize,
}

impl Point<'_, '_> {
    /// Value and derivative by a class of cells.
    fn derivative(&self, e: &Expression<Fr>, by: Place) -> (Fr, Fr) {
        let trace = self.checker.trace;
        let rows = trace.rows as i64;
        let at = |rotation: i32| (self.row as i64 + i64::from(rotation)).rem_euclid(rows) as usize;
        match e {
            Expression::Constant(x) => (*x, Fr::ZERO),
            Expression::Selector(s) => {
                let on = trace.selectors[s.index()][self.row];
                (Fr::from(u64::from(on)), Fr::ZERO)
            }
            Expression::Fixed(q) => (trace.fixed[q.column_index()][at(q.rotation().0)], Fr::ZERO),
            Expression::Instance(q) => (
                trace.instance[q.column_index()][at(q.rotation().0)],
                Fr::ZERO,
            ),
            Expression::Challenge(c) => (self.challenges[c.index()], Fr::ZERO),
            Expression::Advice(q) => {
                let row = at(q.rotation().0);
                let place = Place::Advice(q.column_index(), row);
                let own = first_of(self.checker, place) == by;
                (self.advice[q.column_index()][row], Fr::from(u64::from(own)))
            }
            Expression::Negated(e) => {
                let (x, d) = self.derivative(e, by);
                (-x, -d)
            }
            Expression::Sum(a, b) => {
                let ((x, dx), (y, dy)) = (self.derivative(a, by), self.derivative(b, by));
                (x + y, dx + dy)
            }
            Expression::Product(a, b) => {
                let (x, dx) = self.derivative(a, by);
                if x == Fr::ZERO && dx == Fr::ZERO {
                    return (x, dx);
                }
                let (y, dy) = self.derivative(b, by);
                (x * y, x * dy + dx * y)
            }
            Expression::Scaled(e, factor) => {
                let (x, d) = self.derivative(e, by);
                (x * factor, d * factor)
            }
        }
    }
}

/// A sparse matrix in echelon form, row by row: each pivot with the rest of its row.
#[derive(Default)]
struct Matrix {
    pivots: BTreeMap<Unknown, BTreeMap<Unknown, Fr>>,
    named: BTreeSet<Unknown>,
}

impl Matrix {
    /// Adds a row, reduced by those before. The greatest unknown is the pivot: later draws
    /// of the second phase are eliminated first.
    fn add(&mut self, mut row: BTreeMap<Unknown, Fr>) {
        self.named.extend(row.keys().copied());
        let mut from = row.keys().next_back().copied();
        while let Some(at) = from {
            let Some(pivot) = self.pivots.get(&at) else {
                let inverse = Option::<Fr>::from(row[&at].invert()).unwrap_or(Fr::ZERO);
                row.values_mut().for_each(|x| *x *= inverse);
                self.pivots.insert(at, row);
                return;
            };
            let factor = row[&at];
            for (unknown, x) in pivot {
                let cell = row.entry(*unknown).or_insert(Fr::ZERO);
                *cell -= factor * x;
                if *cell == Fr::ZERO {
                    row.remove(unknown);
                }
            }
            from = row.keys().next_back().copied();
        }
    }

    /// Unknowns that some direction of the kernel moves.
    fn free(&self, also: BTreeSet<Unknown>) -> BTreeSet<Unknown> {
        let mut free: BTreeSet<Unknown> = BTreeSet::new();
        for unknown in self.named.union(&also) {
            // Rows run from small to great, so that what a pivot depends on is decided.
            let moves = match self.pivots.get(unknown) {
                None => true,
                Some(row) => row
                    .keys()
                    .any(|other| other != unknown && free.contains(other)),
            };
            if moves {
                free.insert(*unknown);
            }
        }
        free
    }
}
