//! Zero-sum matrix games in exact rationals. One side mixes the rows, the other the columns; the
//! value is what each can hold the other to. Prices are inside the envelope if and only if the game
//! of their conditions has a value of 0 or more, and the two mixtures are what shows it.

use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// A game that is solved.
#[derive(Debug)]
pub(super) struct Solved {
    /// With `rows`, no column gives less; with `columns`, no row gives more.
    pub(super) value: BigRational,
    /// Weights of the rows, which sum to 1.
    pub(super) rows: Vec<BigRational>,
    /// Weights of the columns, which sum to 1.
    pub(super) columns: Vec<BigRational>,
}

/// Solves a game of at least one row and one column; rows of equal length.
///
/// All entries are raised by one number until they are 1 and more. Then the column side's weights are
/// those of the largest sum of u_k >= 0 with no row above 1, divided by that sum (von Neumann), and
/// the row side's are its dual. The simplex method starts at u = 0 and ends by Bland's rule.
pub(super) fn solve(game: &[Vec<BigRational>]) -> Solved {
    let (n, m) = (game.len(), game.first().map_or(0, Vec::len));
    let least = game.iter().flatten().min().cloned().unwrap_or_default();
    let one = BigRational::one();
    let shift = &one - &least;
    // A row for each of the game's: its entries, the slacks, the bound 1. Then the objective.
    let mut tableau: Vec<Vec<BigRational>> = game
        .iter()
        .enumerate()
        .map(|(j, entries)| {
            let entries = entries.iter().map(|entry| entry + &shift);
            let slacks = (0..n).map(|i| match i == j {
                true => one.clone(),
                false => BigRational::zero(),
            });
            entries.chain(slacks).chain([one.clone()]).collect()
        })
        .collect();
    let costs = std::iter::repeat_n(-&one, m);
    let mut objective: Vec<BigRational> = costs
        .chain(std::iter::repeat_n(BigRational::zero(), n + 1))
        .collect();
    let mut basis: Vec<usize> = (m..m + n).collect();
    while let Some(enters) = objective.iter().take(m + n).position(Signed::is_negative) {
        let Some(leaves) = leaving(&tableau, &basis, enters, m + n) else {
            // Entries of 1 and more bound every column.
            break;
        };
        pivot(&mut tableau, &mut objective, leaves, enters);
        if let Some(place) = basis.get_mut(leaves) {
            *place = enters;
        }
    }
    let mut columns = vec![BigRational::zero(); m];
    for (row, place) in tableau.iter().zip(&basis) {
        if let (Some(to), Some(bound)) = (columns.get_mut(*place), row.last()) {
            to.clone_from(bound);
        }
    }
    let duals: Vec<BigRational> = objective.iter().skip(m).take(n).cloned().collect();
    let sum: BigRational = columns.iter().sum();
    let value = match sum.is_zero() {
        true => BigRational::zero(),
        false => sum.recip(),
    };
    let scaled = |weights: Vec<BigRational>| weights.into_iter().map(|w| w * &value).collect();
    Solved {
        rows: scaled(duals),
        columns: scaled(columns),
        value: value - shift,
    }
}

/// The row whose bound is met first as a column enters, of several the one with the first variable.
fn leaving(
    tableau: &[Vec<BigRational>],
    basis: &[usize],
    enters: usize,
    bound: usize,
) -> Option<usize> {
    let rows = tableau.iter().zip(basis).enumerate();
    let ratios = rows.filter_map(|(i, (row, variable))| {
        let entry = row.get(enters).filter(|entry| entry.is_positive())?;
        Some((row.get(bound)? / entry, *variable, i))
    });
    ratios.min().map(|(_, _, i)| i)
}

fn pivot(
    tableau: &mut [Vec<BigRational>],
    objective: &mut [BigRational],
    leaves: usize,
    enters: usize,
) {
    let Some(row) = tableau.get_mut(leaves) else {
        return;
    };
    let Some(by) = row.get(enters).cloned() else {
        return;
    };
    for entry in row.iter_mut() {
        *entry /= &by;
    }
    let row = row.clone();
    let others = tableau.iter_mut().enumerate();
    let others = others.filter(|(i, _)| *i != leaves);
    let others = others.map(|(_, other)| other.as_mut_slice());
    for other in others.chain([objective]) {
        let Some(factor) = other.get(enters).filter(|f| !f.is_zero()).cloned() else {
            continue;
        };
        for (entry, own) in other.iter_mut().zip(&row) {
            *entry -= &factor * own;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;
    use proptest::prelude::*;

    fn rational(n: i64) -> BigRational {
        BigRational::from(BigInt::from(n))
    }

    fn game(entries: &[&[i64]]) -> Vec<Vec<BigRational>> {
        let row = |row: &&[i64]| row.iter().map(|n| rational(*n)).collect();
        entries.iter().map(row).collect()
    }

    /// Both mixtures are mixtures and hold the other side to the value: nothing more is needed for
    /// it to be the game's.
    fn check(game: &[Vec<BigRational>]) -> BigRational {
        let solved = solve(game);
        for weights in [&solved.rows, &solved.columns] {
            assert!(weights.iter().all(|w| !w.is_negative()), "{solved:?}");
            assert!(weights.iter().sum::<BigRational>().is_one(), "{solved:?}");
        }
        for k in 0..game[0].len() {
            let sum: BigRational = game
                .iter()
                .zip(&solved.rows)
                .map(|(row, w)| &row[k] * w)
                .sum();
            assert!(sum >= solved.value, "column {k} of {game:?}: {solved:?}");
        }
        for row in game {
            let sum: BigRational = row.iter().zip(&solved.columns).map(|(e, w)| e * w).sum();
            assert!(sum <= solved.value, "{game:?}: {solved:?}");
        }
        solved.value
    }

    #[test]
    fn games_worked_by_hand() {
        assert_eq!(check(&game(&[&[3]])), rational(3));
        assert_eq!(check(&game(&[&[1, -1], &[-1, 1]])), rational(0));
        // Rock, paper, scissors.
        assert_eq!(
            check(&game(&[&[0, -1, 1], &[1, 0, -1], &[-1, 1, 0]])),
            rational(0)
        );
        let half = BigRational::new(BigInt::from(5), BigInt::from(2));
        assert_eq!(check(&game(&[&[4, 1], &[2, 3]])), half);
        assert_eq!(check(&game(&[&[-5, -7, -9]])), rational(-9));
        assert_eq!(check(&game(&[&[-5], &[-7], &[-9]])), rational(-5));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn every_game_is_solved(
            entries in prop::collection::vec(prop::collection::vec(-4i64..5, 12), 1..7),
            m in 1usize..13,
        ) {
            let game: Vec<Vec<BigRational>> = entries
                .iter()
                .map(|row| row.iter().take(m).map(|n| rational(*n)).collect())
                .collect();
            check(&game);
        }
    }
}
