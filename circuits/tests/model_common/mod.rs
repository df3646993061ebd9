//! Random claims at their boundaries, as documents that another implementation can read.
#![allow(unreachable_pub, missing_docs)]

use covenant_circuits::account::{Kind, Opening, Position};
use covenant_circuits::field::{to_be_bytes, to_hex};
use covenant_circuits::ident::{Context, SubjectId};
use covenant_circuits::numbers::{Amount, Price, Ratio, ReportLine, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::statement::{
    Claim, ClaimParts, NO_REPORT, Report, Statement, StatementParts, Window,
};
use serde_json::{Map, Value as Json, json};
use std::error::Error;

/// The last one is in no policy.
const ASSETS: [&str; 5] = [
    "eip155:1/slip44:60",
    "iso4217:USD",
    "isin:US912797QD26",
    "isin:\u{20ac}-\u{1f600}",
    "isin:UNLISTED",
];
const SUBJECT: &str = "lei:MODEL";
const AS_OF: u64 = 1_790_000_000;

/// A seeded generator (SplitMix64), so that a run can be repeated.
pub struct Draw(pub u64);

impl Draw {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap()
    }
    /// True once in `n`.
    pub fn chance(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.index(from.len())]
    }
    fn bps(&mut self) -> u64 {
        let random = self.below(10_001);
        self.pick(&[0, 1, 5_000, 9_999, 10_000, 10_000, random, random])
    }
}

/// A claim before it is one: documents and numbers.
pub struct Sketch {
    policy: Json,
    prices: Vec<(&'static str, u128)>,
    accounts: Vec<Opening>,
    public_debt: u128,
    ratio: u32,
    window: (u64, u64),
    /// The account, in the statement's order, whose public kind is the other one.
    other_kind: Option<usize>,
    /// Which of the reported groups, counted around, has a line that is one more.
    other_line: Option<usize>,
}

impl Sketch {
    pub fn random(draw: &mut Draw) -> Self {
        let (listed, complete) = (1 + draw.index(4), draw.chance(2));
        let (policy, edges) = policy(draw, listed, complete);
        let prices = (0..listed)
            .map(|i| {
                let one = 10u128.pow(30);
                let random = 1 + u128::from(draw.next()) * 1_000_003 % (one / 1_000)
                    * draw.pick(&[1, 1_000, 1_000_000]);
                let price = draw.pick(&[one, one, one - 1, one + 1, one / 2, 1, random, random]);
                let end = draw.pick(&[0, (1 << 120) - 1]);
                (ASSETS[i], if draw.chance(40) { end } else { price })
            })
            .collect();
        let mut accounts: Vec<_> = (0..draw.below(5))
            .map(|_| account(draw, listed, complete, &edges))
            .collect();
        if draw.chance(60) && !accounts.is_empty() {
            accounts.push(accounts[0].clone());
        }
        let other_kind = draw.chance(30).then(|| draw.index(accounts.len().max(1)));
        let debt = amount(draw, &edges) >> draw.index(3);
        let mut sketch = Self {
            policy,
            prices,
            accounts,
            public_debt: 0,
            ratio: u32::try_from(1 + draw.below(20_000)).unwrap(),
            window: draw.pick(&[
                (AS_OF, AS_OF),
                (AS_OF - 60, AS_OF),
                (AS_OF, AS_OF + 60),
                (0, u64::MAX),
            ]),
            other_kind,
            other_line: draw.chance(2).then(|| draw.index(4)),
        };
        sketch.set_debt(debt);
        sketch
    }

    /// Ratio of scenario `j`, brought into its range.
    pub fn set_ratio(&mut self, j: usize, bps: u64) {
        if j == 0 {
            self.ratio = u32::try_from(bps.clamp(1, (1 << 20) - 1)).unwrap();
        } else {
            self.policy["scenarios"][j - 1]["min_ratio_bps"] = bps.min((1 << 16) - 1).into();
        }
    }

    /// The public debt, brought into its range.
    pub fn set_debt(&mut self, debt: u128) {
        self.public_debt = debt.min((1 << 80) - 1);
    }

    pub fn policy(&self) -> Policy {
        Policy::from_json(&self.policy.to_string()).unwrap()
    }

    /// The kinds of the accounts by ascending commitment, with the lie about one of them.
    fn kinds(&self) -> Vec<Kind> {
        let mut basket: Vec<&Opening> = self.accounts.iter().collect();
        basket.sort_by_key(|o| to_be_bytes(&o.commitment().0));
        let mut kinds: Vec<Kind> = basket.into_iter().map(Opening::kind).collect();
        if let Some(kind) = self.other_kind.and_then(|m| kinds.get_mut(m)) {
            *kind = match kind {
                Kind::Collateral => Kind::Liability,
                Kind::Liability => Kind::Collateral,
            };
        }
        kinds
    }

    pub fn claim(&self) -> Result<Claim, Box<dyn Error>> {
        let policy = self.policy();
        let price = |name: &str| self.prices.iter().find(|p| p.0 == name).unwrap().1;
        let prices = policy.assets().iter().map(|a| price(&a.name));
        let parts = ClaimParts {
            subject: SubjectId::of(SUBJECT).unwrap(),
            window: Window::new(self.window.0, self.window.1)?,
            public_debt: Value::new(self.public_debt).unwrap(),
            ratio: Ratio::new(self.ratio).unwrap(),
            context: Context::of("model"),
            prices: prices.map(Price::new).collect::<Result<_, _>>()?,
        };
        let mut claim = Claim::new(policy, self.accounts.clone(), parts)?;
        let honest = &claim.statement;
        let parts = StatementParts {
            subject: honest.subject(),
            window: honest.window(),
            public_debt: honest.public_debt(),
            ratio: honest.ratio(),
            context: honest.context(),
            commitments: honest.commitments().to_vec(),
            kinds: self.kinds(),
            report: self.lied(honest.report(), &claim.policy)?,
            prices: honest.prices().to_vec(),
        };
        claim.statement = Statement::new(&claim.policy, parts)?;
        Ok(claim)
    }

    /// The report with the lie about a line of it.
    fn lied(&self, honest: &Report, policy: &Policy) -> Result<Report, Box<dyn Error>> {
        let mut report = *honest;
        let groups = 0..policy.groups().len();
        let reported: Vec<usize> = groups.filter(|g| policy.groups()[*g].report).collect();
        if let Some(nth) = self.other_line.filter(|_| !reported.is_empty()) {
            let group = reported[nth % reported.len()];
            report[group] = ReportLine::new(report[group].get() + 1)?;
        }
        Ok(report)
    }

    pub fn json(&self) -> Json {
        let claim = self.claim();
        let report = claim.map_or(NO_REPORT, |claim| *claim.statement.report());
        let account = |opening: &Opening| -> Json {
            let mut file: Json = serde_json::from_str(&opening.to_json()).unwrap();
            file["commitment"] = to_hex(&opening.commitment().0).into();
            file
        };
        let prices = self
            .prices
            .iter()
            .map(|(a, p)| ((*a).into(), p.to_string().into()));
        json!({
            "policy": self.policy.to_string(),
            "subject": SUBJECT,
            "as_of_from": self.window.0,
            "as_of_to": self.window.1,
            "public_debt": self.public_debt.to_string(),
            "ratio": self.ratio,
            "kinds": liabilities(&self.kinds()).to_string(),
            "report": report.map(|line| line.get().to_string()),
            "prices": prices.collect::<Map<_, _>>(),
            "accounts": self.accounts.iter().map(account).collect::<Vec<_>>(),
        })
    }
}

/// `sum 2^(m - 1)` over the liabilities.
fn liabilities(kinds: &[Kind]) -> u64 {
    let bits = (0u32..).zip(kinds);
    bits.map(|(m, kind)| u64::from(*kind == Kind::Liability) << m)
        .sum()
}

/// Zero, small, at a tier's edge at a price of one, or the largest there is.
fn amount(draw: &mut Draw, edges: &[u64]) -> u128 {
    if draw.chance(40) {
        return (1 << 112) - 1;
    }
    let edge = u128::from(draw.pick(edges)) * 1_000_000;
    let (small, large) = (draw.below(2_000), draw.below(100_000_000));
    draw.pick(&[
        0,
        1,
        small.into(),
        large.into(),
        large.into(),
        edge,
        edge + 1,
        edge.saturating_sub(1),
    ])
}

fn account(draw: &mut Draw, listed: usize, complete: bool, edges: &[u64]) -> Opening {
    let kind = draw.pick(&[Kind::Collateral, Kind::Collateral, Kind::Liability]);
    let positions = (0..draw.below(8))
        .map(|_| {
            // Where every position must be listed, one that is not makes a claim false: seldom.
            let every = complete || kind == Kind::Liability;
            let unlisted = draw.chance(if every { 60 } else { 5 });
            let asset = if unlisted { 4 } else { draw.index(listed) };
            let mut number = amount(draw, edges);
            if kind == Kind::Liability {
                number >>= draw.pick(&[0, 1, 4]);
            }
            Position::new(ASSETS[asset], Amount::new(number).unwrap()).unwrap()
        })
        .collect();
    let subject = if draw.chance(80) {
        "lei:OTHER"
    } else {
        SUBJECT
    };
    let as_of = if draw.chance(80) { AS_OF + 1 } else { AS_OF };
    Opening::new(kind, subject, as_of, positions, rand_core::OsRng).unwrap()
}

/// A policy over the first assets, and the bounds of its tiers.
fn policy(draw: &mut Draw, listed: usize, complete: bool) -> (Json, Vec<u64>) {
    let mut edges = vec![0];
    let names: Vec<_> = (0..draw.index(4)).map(|g| format!("group {g}")).collect();
    let held = |draw: &mut Draw| match complete {
        true => draw.bps(),
        false => 10_000,
    };
    let mut assets = Vec::new();
    for name in &ASSETS[..listed] {
        let tiers = 1 + draw.index(4);
        let mut weights: Vec<_> = (0..tiers).map(|_| draw.bps()).collect();
        weights.sort_unstable_by(|a, b| b.cmp(a));
        let mut up_to = 0;
        let tiers: Vec<_> = weights
            .iter()
            .enumerate()
            .map(|(i, weight)| {
                if i + 1 == tiers {
                    return json!({ "weight_bps": weight });
                }
                up_to += 1 + draw.below(30);
                edges.push(up_to);
                json!({ "up_to": up_to, "weight_bps": weight })
            })
            .collect();
        let (share, held_share) = (draw.bps(), held(draw));
        assets.push(json!({
            "asset": name, "symbol": "X", "decimals": draw.below(19),
            "netting": !complete && draw.chance(2), "may_owe": !draw.chance(8),
            "max_held_share_bps": draw.pick(&[10_000, 10_000, 10_000, held_share]),
            "max_share_bps": draw.pick(&[10_000, 10_000, share]),
            "groups": names.iter().filter(|_| draw.chance(2)).collect::<Vec<_>>(),
            "tiers": tiers,
        }));
    }
    let grain = match complete {
        true => draw.pick(&[0, 1, 7, 1_000, (1u64 << 53) - 1]),
        false => 0,
    };
    let groups: Vec<_> = names
        .iter()
        .map(|name| {
            let (a, b) = (draw.bps(), draw.bps());
            let (low, high) = (draw.pick(&[0, 0, a.min(b)]), draw.pick(&[10_000, a.max(b)]));
            let (c, d) = (held(draw), held(draw));
            let least = if complete { draw.pick(&[0, 0, 0, c.min(d)]) } else { 0 };
            json!({
                "name": name, "min_share_bps": low, "max_share_bps": high,
                "min_held_share_bps": least, "max_held_share_bps": draw.pick(&[10_000, 10_000, c.max(d)]),
                "report": complete && grain > 0 && draw.chance(2),
            })
        })
        .collect();
    let scenarios: Vec<_> = (0..draw.index(4))
        .map(|j| {
            let mut moves = Map::new();
            for name in &ASSETS[..listed] {
                let random = i64::try_from(draw.below(30_000)).unwrap() - 10_000;
                if draw.chance(2) {
                    moves.insert((*name).into(), draw.pick(&[-10_000, 55_535, random, random]).into());
                }
            }
            let ratio = draw.below(15_000);
            json!({ "name": format!("s{j}"), "min_ratio_bps": draw.pick(&[0, 1, ratio]), "moves_bps": moves })
        })
        .collect();
    let document = json!({
        "version": 2, "name": "random", "complete": complete, "report_grain": grain, "quote": "iso4217:USD", "min_ratio_bps": 1, "ratio_step_bps": 1,
        "assets": assets, "groups": groups, "scenarios": scenarios,
    });
    (document, edges)
}
