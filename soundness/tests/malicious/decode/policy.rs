//! The words of a policy (section 5.4).

use super::{Inputs, Word};
use covenant_circuits::field::Fr;
use ff::Field;

/// Why a digest is that of no policy.
pub enum NoPolicy {
    /// No policy's hashes are known to end with it.
    Unopened,
    /// They are, and a field is not of its type: the circuit must not accept it.
    Malformed(&'static str),
}

/// Least and most, in basis points.
pub type Shares = (u128, u128);

#[derive(Debug)]
pub struct Policy {
    /// Of the scenarios 1 to 15.
    pub ratios: Vec<u128>,
    pub complete: bool,
    pub grain: u128,
    /// Of the groups 0 to 14.
    pub reported: Vec<bool>,
    pub counted: Vec<Shares>,
    pub held: Vec<Shares>,
    pub assets: Vec<Asset>,
}

#[derive(Debug, Default)]
pub struct Asset {
    pub id: u128,
    pub share: u128,
    pub held_share: u128,
    pub groups: u32,
    pub netting: bool,
    pub may_owe: bool,
    pub multipliers: Vec<u128>,
    /// The fourth is 0.
    pub widths: [u128; 4],
    pub weights: [u128; 4],
}

/// Bits of widths and of the grain that the circuit lets pass; a document's have 53.
const WIDTH_BITS: u32 = 60;

/// Fifteen numbers of 16 bits.
fn fifteen(word: &Fr) -> Result<Vec<u128>, NoPolicy> {
    let mut word = Word::new(word);
    let numbers = (0..15).map(|_| word.take(16)).collect();
    ended(&word)?;
    Ok(numbers)
}

fn ended(word: &Word) -> Result<(), NoPolicy> {
    match word.is_empty() {
        true => Ok(()),
        false => Err(NoPolicy::Malformed("a word with more than its fields")),
    }
}

fn shares(least: &Fr, most: &Fr) -> Result<Vec<Shares>, NoPolicy> {
    let shares: Vec<Shares> = fifteen(least)?.into_iter().zip(fifteen(most)?).collect();
    match shares
        .iter()
        .all(|(least, most)| *least.max(most) <= 10_000)
    {
        true => Ok(shares),
        false => Err(NoPolicy::Malformed("a share above 10^4")),
    }
}

impl Policy {
    pub fn of(header: &Inputs, blocks: &[Inputs]) -> Result<Self, NoPolicy> {
        let [_, _, ratios, head, min, max, min_held, max_held, zeros @ ..] = header;
        if zeros.iter().any(|x| *x != Fr::ZERO) {
            return Err(NoPolicy::Malformed("more in its header than it has"));
        }
        let mut head = Word::new(head);
        let count = head.take(8) as usize;
        let complete = head.take(1) == 1;
        let mut gaps = head.take(7);
        let reported = (0..15).map(|_| head.take(1) == 1).collect();
        gaps += head.take(1);
        let grain = head.take(WIDTH_BITS);
        ended(&head)?;
        if gaps != 0 {
            return Err(NoPolicy::Malformed("a header with other bits"));
        }
        let words: Vec<&[Fr]> = blocks
            .iter()
            .flat_map(|block| block[1..].chunks(3))
            .collect();
        let (words, padding) = words.split_at_checked(count).unwrap_or((&[], &words));
        if words.len() != count || blocks.len() != count.div_ceil(5) {
            return Err(NoPolicy::Malformed("another number of assets"));
        }
        if padding
            .iter()
            .any(|words| words.iter().any(|w| *w != Fr::ZERO))
        {
            return Err(NoPolicy::Malformed("more assets than it counts"));
        }
        let assets: Result<Vec<Asset>, NoPolicy> =
            words.iter().map(|words| Asset::of(words)).collect();
        let assets = assets?;
        if !assets.is_sorted_by(|a, b| a.id < b.id) {
            return Err(NoPolicy::Malformed("ids that do not ascend"));
        }
        Ok(Self {
            ratios: fifteen(ratios)?,
            complete,
            grain,
            reported,
            counted: shares(min, max)?,
            held: shares(min_held, max_held)?,
            assets,
        })
    }

    /// Which rule of a policy document is broken, of those that can be told from the words and
    /// that the circuit leaves to whoever holds the document.
    pub fn undocumented(&self) -> Option<&'static str> {
        let assets = || self.assets.iter();
        if !assets().all(|a| a.weights.is_sorted_by(|x, y| x >= y)) {
            return Some("weights that increase");
        }
        if self
            .counted
            .iter()
            .chain(&self.held)
            .any(|(least, most)| least > most)
        {
            return Some("a smallest share above the largest");
        }
        if self.grain >> 53 != 0 || assets().any(|a| a.widths.iter().any(|w| w >> 53 != 0)) {
            return Some("a width or grain of more than 53 bits");
        }
        if self.grain == 0 && self.reported.contains(&true) {
            return Some("a report without a grain");
        }
        if self.complete {
            return assets()
                .any(|a| a.netting)
                .then_some("a complete policy that nets");
        }
        // A group that the policy lacks has a largest share of 0.
        let bound = |(least, most): &Shares| *least != 0 || !(*most == 0 || *most == 10_000);
        let held = assets().any(|a| a.held_share != 10_000) || self.held.iter().any(bound);
        (held || self.grain != 0).then_some("rules on what is held, and it is not complete")
    }
}

impl Asset {
    fn of(words: &[Fr]) -> Result<Self, NoPolicy> {
        let [mut w1, mut w2, mut w3] = [0, 1, 2].map(|i: usize| Word::new(&words[i]));
        let mut asset = Self {
            id: w1.take(120),
            share: w1.take(16),
            groups: w1.take(15) as u32,
            ..Self::default()
        };
        let mut gaps = w1.take(1);
        asset.netting = w1.take(1) == 1;
        asset.may_owe = w1.take(1) == 1;
        gaps += w1.take(6);
        asset.multipliers.extend((0..5).map(|_| w1.take(16)));
        for tier in 0..2 {
            asset.widths[tier] = w2.take(64);
            asset.weights[tier] = w2.take(16);
        }
        asset.multipliers.extend((0..5).map(|_| w2.take(16)));
        asset.widths[2] = w3.take(64);
        asset.weights[2] = w3.take(16);
        asset.weights[3] = w3.take(16);
        asset.multipliers.extend((0..5).map(|_| w3.take(16)));
        asset.held_share = w3.take(16);
        [w1, w2, w3].iter().try_for_each(ended)?;
        asset.check(gaps).map_err(NoPolicy::Malformed)?;
        Ok(asset)
    }

    /// Every field in its range (S8). That weights never increase is the document's rule.
    fn check(&self, gaps: u128) -> Result<(), &'static str> {
        if self.id == 0 {
            return Err("an id of 0");
        }
        let shares = [self.share, self.held_share];
        if shares.iter().chain(&self.weights).any(|w| *w > 10_000) {
            return Err("a share or weight above 10^4");
        }
        if gaps != 0 {
            return Err("a word with other bits than its fields'");
        }
        if self.widths.iter().any(|w| w >> WIDTH_BITS != 0) {
            return Err("a width of more than 60 bits");
        }
        Ok(())
    }
}
