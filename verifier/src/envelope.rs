//! What a verified proof says of later prices (docs/spec.md, section 6a), from public data alone: at
//! which prices the collateral is known to cover the debt still, and at what ratio. Exact: prices are
//! inside or outside, never neither.

mod game;

use covenant_claims::account::Kind;
use covenant_claims::numbers::{ONE_IN_BPS, Price};
use covenant_claims::policy::{Asset, Policy};
use covenant_claims::statement::Statement;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// Prices at which a verified statement holds.
#[derive(Clone, Debug)]
pub struct Envelope {
    assets: Vec<Member>,
    /// Of the base, then of each scenario, in basis points.
    ratios: Vec<u32>,
    owes: bool,
}

/// What the envelope needs to know of an asset.
#[derive(Clone, Debug)]
struct Member {
    name: String,
    symbol: String,
    price: Price,
    /// Of the base, then of each scenario, in basis points.
    multipliers: Vec<u32>,
    /// Counts for nothing at any price.
    weightless: bool,
    /// The basket may owe it.
    owed: bool,
}

/// Where prices are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// The collateral covers the debt at this ratio: what was proved implies it.
    Inside {
        /// The largest that is implied, in basis points, rounded down.
        ratio_bps: u32,
        /// Weights of the base and the scenarios that imply it; they sum to 1.
        weights: Vec<BigRational>,
    },
    /// Nothing is known any more, which is no breach.
    Outside {
        /// One number for each asset, in digest order: the sum of y x q x 10^4 is below the sum of
        /// y x p x m for the base and every scenario whose ratio is not 0.
        vector: Vec<BigRational>,
    },
}

/// How far a price may move alone and stay inside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Margin {
    /// The asset's name.
    pub asset: String,
    /// Its short name.
    pub symbol: String,
    /// By how much it may fall, in basis points of where it is, rounded down; `None` where it may fall
    /// to nothing.
    pub fall_bps: Option<u32>,
    /// By how much it may rise; `None` where there is no bound.
    pub rise_bps: Option<u64>,
}

/// Prices are not those of the policy's assets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PricesError {
    /// More or fewer.
    #[error("prices: expected one for each of the {expected} assets of the policy, got {got}")]
    Count {
        /// How many assets there are.
        expected: usize,
        /// How many prices were given.
        got: usize,
    },
    /// Below 0.
    #[error("prices[{index}]: expected a price from 0 on, got one below")]
    Negative {
        /// Which, 0-based.
        index: usize,
    },
}

impl Envelope {
    /// Of a statement under its policy. It says something only where the statement was verified:
    /// see [`Verified::envelope`](crate::Verified::envelope).
    pub fn of(statement: &Statement, policy: &Policy) -> Self {
        let owes = statement.kinds().contains(&Kind::Liability);
        Self::new(policy, statement.ratio().bps(), owes, statement.prices())
    }

    /// Of what a registry says that it has verified under the policy, whose statement is not at hand:
    /// the base ratio, whether an account of the basket is a liability, and the prices.
    ///
    /// # Errors
    /// There are more or fewer prices than assets.
    pub fn of_covered(
        policy: &Policy,
        ratio_bps: u32,
        owes: bool,
        prices: &[Price],
    ) -> Result<Self, PricesError> {
        let (expected, got) = (policy.assets().len(), prices.len());
        match expected == got {
            true => Ok(Self::new(policy, ratio_bps, owes, prices)),
            false => Err(PricesError::Count { expected, got }),
        }
    }

    fn new(policy: &Policy, ratio_bps: u32, owes: bool, prices: &[Price]) -> Self {
        let assets: Vec<Member> = policy
            .assets()
            .iter()
            .zip(prices)
            .map(|(asset, price)| Member::of(asset, *price, owes))
            .collect();
        let scenarios = policy.scenario_ratios().iter().map(|r| u32::from(*r));
        let ratios = std::iter::once(ratio_bps).chain(scenarios);
        Self {
            owes: assets.iter().any(|asset| asset.owed),
            assets,
            ratios: ratios.collect(),
        }
    }

    /// Names of the assets, in the order of prices.
    pub fn assets(&self) -> impl Iterator<Item = &str> {
        self.assets.iter().map(|asset| asset.name.as_str())
    }

    /// Where these prices are, one for each asset in digest order, in the unit of the statement's.
    ///
    /// # Errors
    /// There are more or fewer prices than assets.
    pub fn at(&self, prices: &[Price]) -> Result<Standing, PricesError> {
        Ok(self.standing(&self.rationals(prices)?))
    }

    /// The same of prices that are any numbers from 0 on.
    ///
    /// # Errors
    /// There are more or fewer prices than assets, or one is below 0.
    pub fn at_exactly(&self, prices: &[BigRational]) -> Result<Standing, PricesError> {
        if prices.len() != self.assets.len() {
            return Err(self.wrong(prices.len()));
        }
        match prices.iter().position(Signed::is_negative) {
            Some(index) => Err(PricesError::Negative { index }),
            None => Ok(self.standing(prices)),
        }
    }

    /// How far each price may move from these while the others stay, where they are inside; of prices
    /// outside nothing.
    ///
    /// # Errors
    /// There are more or fewer prices than assets.
    pub fn margins(&self, prices: &[Price]) -> Result<Vec<Margin>, PricesError> {
        let prices = self.rationals(prices)?;
        if self.solve(&prices, 0).value.is_negative() {
            return Ok(Vec::new());
        }
        let margin = |(a, member): (usize, &Member)| Margin {
            asset: member.name.clone(),
            symbol: member.symbol.clone(),
            fall_bps: self.fall(&prices, a),
            rise_bps: match member.owed {
                true => Some(self.rise(&prices, a)),
                false => None,
            },
        };
        Ok(self.assets.iter().enumerate().map(margin).collect())
    }

    fn wrong(&self, got: usize) -> PricesError {
        let expected = self.assets.len();
        PricesError::Count { expected, got }
    }

    fn rationals(&self, prices: &[Price]) -> Result<Vec<BigRational>, PricesError> {
        if prices.len() != self.assets.len() {
            return Err(self.wrong(prices.len()));
        }
        Ok(prices.iter().map(|price| integer(price.get())).collect())
    }

    fn standing(&self, prices: &[BigRational]) -> Standing {
        let all = self.solve(prices, 0);
        if all.value.is_negative() {
            let vector = self.vector(&all.columns);
            return Standing::Outside { vector };
        }
        // The largest ratio that still has weights. What may be owed leaves those of the scenarios
        // alone that have it; else their mixture may.
        let (mut ratio, mut weights) = (0, all.rows);
        let (mut below, mut above) = (0, self.ratios.iter().max().copied().unwrap_or_default() + 1);
        while above - below > 1 {
            let middle = below + (above - below) / 2;
            let solved = self.solve(prices, middle);
            match solved.value.is_negative() {
                true => above = middle,
                false => (below, ratio, weights) = (middle, middle, solved.rows),
            }
        }
        Standing::Inside {
            ratio_bps: ratio,
            weights,
        }
    }

    /// The game of the conditions of these prices and a ratio in basis points: weights exist if and
    /// only if its value is not negative. Its rows are the base and the scenarios whose ratio is not
    /// 0, which have nothing to say (section 6a); where something may be owed, those of that ratio.
    fn solve(&self, prices: &[BigRational], ratio: u32) -> game::Solved {
        let least = match self.owes {
            true => ratio.max(1),
            false => 1,
        };
        let allowed = |own: &u32| *own >= least;
        let scenarios = self.ratios.iter().enumerate();
        let rows: Vec<Vec<BigRational>> = scenarios
            .filter(|(_, own)| allowed(own))
            .map(|(j, own)| {
                let assets = self.assets.iter().zip(prices);
                let conditions = assets.flat_map(|(asset, price)| asset.conditions(j, price));
                let enough = match self.owes {
                    true => BigRational::zero(),
                    false => integer(*own) - integer(ratio),
                };
                conditions.chain([enough]).collect()
            })
            .collect();
        if rows.is_empty() {
            return game::Solved {
                value: integer(-1),
                rows: Vec::new(),
                columns: Vec::new(),
            };
        }
        let mut solved = game::solve(&rows);
        let mut weights = std::mem::take(&mut solved.rows).into_iter();
        let all = self.ratios.iter().map(|own| match allowed(own) {
            true => weights.next().unwrap_or_default(),
            false => BigRational::zero(),
        });
        solved.rows = all.collect();
        solved
    }

    /// What the weights of the conditions are for each asset.
    fn vector(&self, columns: &[BigRational]) -> Vec<BigRational> {
        let mut columns = columns.iter();
        let of = |asset: &Member| {
            let mut y = BigRational::zero();
            if !asset.weightless {
                y += columns.next().cloned().unwrap_or_default();
            }
            if asset.owed {
                y -= columns.next().cloned().unwrap_or_default();
            }
            y / integer(asset.price.get())
        };
        self.assets.iter().map(of).collect()
    }

    fn fall(&self, prices: &[BigRational], a: usize) -> Option<u32> {
        let one = u64::from(ONE_IN_BPS);
        match self.stays(prices, a, |bps| one - bps, one) {
            all if all == one => None,
            bps => u32::try_from(bps).ok(),
        }
    }

    fn rise(&self, prices: &[BigRational], a: usize) -> u64 {
        let one = u64::from(ONE_IN_BPS);
        // No scenario has a price above its largest multiplier.
        let asset = self.assets.get(a).zip(prices.get(a));
        let most = asset.and_then(|(asset, price)| {
            let most = asset.multipliers.iter().max().copied().unwrap_or_default();
            let most = integer(asset.price.get()) * integer(most);
            let times = (most / price).floor().to_integer();
            u64::try_from(times).ok()
        });
        let most = most.unwrap_or(one).saturating_sub(one);
        self.stays(prices, a, |bps| one + bps, most)
    }

    /// The largest number of basis points, at most so many, by which a price may move: those that
    /// stay inside are an interval, as the envelope is convex.
    fn stays(
        &self,
        prices: &[BigRational],
        a: usize,
        factor: impl Fn(u64) -> u64,
        most: u64,
    ) -> u64 {
        let stays = |bps: u64| {
            let mut moved = prices.to_vec();
            if let Some(price) = moved.get_mut(a) {
                *price *= BigRational::new(factor(bps).into(), BigInt::from(ONE_IN_BPS));
            }
            !self.solve(&moved, 0).value.is_negative()
        };
        let (mut inside, mut outside) = (0, most + 1);
        while outside - inside > 1 {
            let middle = inside + (outside - inside) / 2;
            match stays(middle) {
                true => inside = middle,
                false => outside = middle,
            }
        }
        inside
    }
}

impl Member {
    fn of(asset: &Asset, price: Price, owes: bool) -> Self {
        let scenarios = asset.multipliers.iter().map(|m| u32::from(*m));
        Self {
            name: asset.name.clone(),
            symbol: asset.symbol.clone(),
            price,
            multipliers: std::iter::once(ONE_IN_BPS).chain(scenarios).collect(),
            weightless: asset.tiers.iter().all(|tier| tier.weight == 0),
            owed: owes && asset.may_owe,
        }
    }

    /// By how much a price keeps its conditions in the base or a scenario, in basis points of the
    /// statement's price: at least the scenario's, and where it may be owed at most that.
    fn conditions(&self, j: usize, price: &BigRational) -> impl Iterator<Item = BigRational> {
        let own = self.multipliers.get(j).copied().unwrap_or_default();
        let own = integer(own);
        let above = price * integer(ONE_IN_BPS) / integer(self.price.get()) - own;
        let least = (!self.weightless).then(|| above.clone());
        let most = self.owed.then(|| -above);
        least.into_iter().chain(most)
    }
}

fn integer(n: impl Into<BigInt>) -> BigRational {
    BigRational::from(n.into())
}
