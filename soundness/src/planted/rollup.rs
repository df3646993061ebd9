//! Bugs planted into the emitted constraints of a roll-up: those of the gates that it shares with a
//! claim, and those of its own wiring, which is where it differs.

use super::{Bug, Edit};
use covenant_circuits::circuit::columns::{RowRule, advice, fixed, second};
use covenant_circuits::circuit::layout::{Layout, OUTPUT_SLOT};
use covenant_circuits::lint::emitted::Emitted;
use covenant_circuits::lint::{Captured, LintError, Place};
use covenant_claims::field::Fr;
use ff::Field;

/// Bugs of a claim's gates that a roll-up has too.
pub const SHARED: [Bug; 19] = [
    Bug::AmountRange,
    Bug::PolicyIdRange,
    Bug::PublicKind,
    Bug::WindowFrom,
    Bug::WindowTo,
    Bug::BlockActive,
    Bug::ChainSelected,
    Bug::RegisterSelected,
    Bug::EveryPosition,
    Bug::EmptyAmount,
    Bug::Count,
    Bug::UnusedWord,
    Bug::UsedAgain,
    Bug::OutputSlot,
    Bug::AbsorbSlot,
    Bug::WeightCopy,
    Bug::HashEnd,
    Bug::HashEnds,
    Bug::Sigma,
];

macro_rules! bugs {
    ($($name:ident: $words:literal,)+) => {
        /// A bug of a roll-up's own.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum RollupBug { $(#[doc = $words] $name,)+ }
        impl RollupBug {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}
bugs!(
    AccountSubject: "an account may be another subject's",
    AccountKind: "an account may be of another kind than the public one",
    AccountChain: "an account's second block need not go on from its first",
    MayCount: "whether every position must count is the prover's choice",
    PositionRange: "an amount of an account is in no range",
    ListedTwice: "the first account is in the list twice, the second only in the sums",
    LeafFree: "a leaf of the list is any number",
    LeafBeyond: "the list may have a commitment after the last slot",
    RootFree: "the public list root is any number",
    BindingTag: "the blinding may have another tag",
    BindingRoot: "the blinding is of any list",
    BindingSlots: "the blinding may be of a list of another shape",
    BindingMore: "the blinding may be a hash of more than tag, list, number and salt",
    BlindingFree: "the merged account's blinding is any number",
    MergedSubject: "the merged account may be another subject's",
    MergedKind: "the merged account may be of another kind than the public one",
    MergedTime: "the merged account's time is any number",
    MergedEntry: "an entry of the merged account need not be the id and the total",
    MergedBlock: "the merged account may end with a whole block of zeros",
    MergedChain: "the merged account's second block need not go on from its first",
    MergedFree: "the public commitment of the merged account is any number",
    SumsEnd: "what the positions added need not be taken away",
    SumsLost: "what the positions added may be lost between two keys",
    KeyId: "a sum may be of another id than the entry's",
    KeyUsed: "a sum may be taken away for an asset that is not listed",
    KeyTotal: "the sum that is taken away need not be the entry's",
    KeyCount: "how many positions make up a sum need not be one or more",
    IdRange: "a merged id is in no range: it may read as another id and amount",
    TotalRange: "a total is in no range",
    CountRange: "an asset that occurs nowhere may be listed",
    Ascending: "merged ids need not ascend: an asset may be listed twice",
);

impl RollupBug {
    /// Edits what was captured of a roll-up. Nothing happens where it has no such part.
    fn plant(self, layout: &Layout, captured: &mut Captured) {
        let mut edit = Edit { captured, layout };
        let list = layout.after_accounts();
        let merged = layout.permutations() - layout.merged_blocks();
        let binding = merged - 1;
        let word = |permutation, slot| Place::Advice(advice::B, layout.slot(permutation, slot));
        let flag = |permutation, slot| Place::Advice(advice::A, layout.slot(permutation, slot));
        let register = |row| Place::Advice(layout.advice_columns() + second::G, row);
        match self {
            Self::AccountSubject => edit.free(word(0, 1)),
            Self::AccountKind => edit.free(flag(0, 1)),
            Self::AccountChain => edit.free(word(layout.account(0, 1), 0)),
            Self::MayCount => edit.free(edit.operand(layout.slot(0, 4))),
            Self::PositionRange => edit.set(fixed::RANGE, layout.slot(0, 4), Fr::ZERO),
            Self::ListedTwice => edit.copy_as(word(list, 1), word(list, 0)),
            Self::LeafFree => edit.free(word(list, 0)),
            Self::LeafBeyond => edit.free(word(list, layout.program.accounts())),
            Self::RootFree => edit.free(Place::Advice(advice::A, 4)),
            Self::BindingTag => edit.no_rule(layout.slot(binding, 0)),
            Self::BindingRoot => edit.free(word(binding, 1)),
            Self::BindingSlots => edit.no_rule(layout.slot(binding, 2)),
            Self::BindingMore => edit.free(word(binding, 4)),
            Self::BlindingFree => edit.free(word(merged, 3)),
            Self::MergedSubject => edit.free(word(merged, 1)),
            Self::MergedKind => edit.free(flag(merged, 1)),
            Self::MergedTime => edit.free(word(merged, 2)),
            Self::MergedEntry => edit.free(word(merged, 4)),
            Self::MergedBlock => edit.free(flag(merged + 1, OUTPUT_SLOT)),
            Self::MergedChain => edit.free(word(merged + 1, 0)),
            Self::MergedFree => edit.free(Place::Advice(advice::A, 5)),
            Self::SumsEnd => edit.free(register(layout.origin())),
            Self::SumsLost => edit.each_key(|edit, row| edit.free(register(row - 1))),
            Self::KeyId => edit.each_key(|edit, row| edit.free(Place::Advice(advice::B, row))),
            Self::KeyUsed => edit.each_key(|edit, row| edit.free(edit.operand(row))),
            Self::KeyTotal => {
                edit.each_key(|edit, row| edit.free(Place::Advice(advice::A, row - 1)));
            }
            Self::KeyCount => edit.each_key(|edit, row| edit.free(Place::Advice(advice::A, row))),
            Self::IdRange => {
                edit.each_key(|edit, row| edit.no_range(Place::Advice(advice::B, row)));
            }
            Self::TotalRange => {
                edit.each_key(|edit, row| edit.no_range(Place::Advice(advice::A, row - 1)));
            }
            Self::CountRange => {
                edit.each_key(|edit, row| edit.no_range(Place::Advice(advice::A, row)));
            }
            Self::Ascending => edit.each_key(Edit::unordered),
        }
    }
}

/// What key generation would see of a roll-up's circuit with a bug.
///
/// # Errors
/// halo2 could not synthesize the circuit.
pub fn emitted(layout: Layout, bug: RollupBug) -> Result<Emitted, LintError> {
    let mut emitted = Emitted::of(layout)?;
    bug.plant(&layout, &mut emitted.captured);
    Ok(emitted)
}

impl Edit<'_> {
    /// A cell is no copy any more.
    fn free(&mut self, cell: Place) {
        self.captured.copies.retain(|(_, to)| *to != cell);
    }

    /// What a cell is a copy of.
    fn source(&self, cell: Place) -> Option<Place> {
        let mut copies = self.captured.copies.iter();
        copies.find(|(_, to)| *to == cell).map(|(from, _)| *from)
    }

    /// A cell is a copy of what another is a copy of.
    fn copy_as(&mut self, cell: Place, other: Place) {
        let Some(source) = self.source(other) else {
            return;
        };
        let copies = self.captured.copies.iter_mut();
        for (from, _) in copies.filter(|(_, to)| *to == cell) {
            *from = source;
        }
    }

    fn no_rule(&mut self, row: usize) {
        for i in 0..3 {
            self.set(fixed::RULE + i, row, Fr::ZERO);
        }
    }

    /// The limbs in the row of what a cell is a copy of say nothing any more.
    fn no_range(&mut self, cell: Place) {
        if let Some(Place::Advice(_, row)) = self.source(cell) {
            self.set(fixed::RANGE, row, Fr::ZERO);
        }
    }

    /// The limbs of how much an id is more than the one before it.
    fn unordered(&mut self, key: usize) {
        let id = self.source(Place::Advice(advice::B, key));
        let rows = self.rows().filter(|row| {
            self.has_rule(*row, RowRule::Adds) && self.source(Place::Advice(advice::B, *row)) == id
        });
        for row in rows.collect::<Vec<_>>() {
            self.set(fixed::RANGE, row, Fr::ZERO);
        }
    }

    /// The rows at which an asset's sum is taken away: all keys but the first, which is that of
    /// empty positions.
    fn each_key(&mut self, change: impl Fn(&mut Self, usize)) {
        let keys = self.rows().filter(|row| self.has_rule(*row, RowRule::Key));
        for row in keys.skip(1).collect::<Vec<_>>() {
            change(self, row);
        }
    }
}
