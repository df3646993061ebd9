//! The examples hold what their READMEs say. Each folder is read as the command line
//! reads it; the allocation is found, the circuit run on it, and every figure and every
//! binding rule of the README's table computed again. Identifiers must carry valid
//! check digits and checksums. Where a policy is complete, so are the shares of what is held and
//! the report, and 338 billion dollars of bitcoin beside the rest have no proof at any ratio.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs
)]

mod examples_common;

use covenant_allocation::{Binding, Problem, largest_counted, largest_ratio};
use covenant_circuits::account::{Kind, Opening, Position};
use covenant_circuits::ident::{Context, SubjectId};
use covenant_circuits::numbers::{Amount, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::prices::{Prices, scaled_price};
use covenant_circuits::relation::{self, Unsatisfied};
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use covenant_prover::allocate::{self, Refused};
use examples_common::files::{
    amount, decimal, decimals, number, percent, rows, scaled, text, thousands, unix,
};
use examples_common::{is_address, is_lei, is_us_isin};
use num_bigint::BigUint;
use num_integer::Integer;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[test]
fn demo() {
    holds("demo");
}
#[test]
fn stablecoin() {
    holds("stablecoin");
}
#[test]
fn lender() {
    holds("lender");
}
#[test]
fn treasury_fund() {
    holds("treasury-fund");
}
#[test]
fn reserve() {
    holds("reserve");
}

/// A cap on what *counts* leaves 338 billion dollars of bitcoin uncounted, and the claim is as
/// true as without them. A cap on what is *held* makes it false, at every ratio and whatever the
/// prover counts.
#[test]
fn a_hoard_of_bitcoin() {
    let hoard = Example::read("reserve").read_text("hoard.csv");
    let with_hoard = |name: &str| {
        let mut example = Example::read(name);
        let positions = rows(&hoard);
        let positions = positions
            .iter()
            .map(|row| (row["asset"].clone(), amount(&example.policy, row)));
        let positions: Vec<_> = positions.collect();
        example.accounts[0].1.extend(positions);
        example
    };
    let capped = |example: &Example| {
        let mut assets = example.policy.assets().iter();
        let bitcoin = assets.find(|a| a.symbol == "BTC").unwrap().clone();
        (bitcoin.max_share, bitcoin.max_held_share, bitcoin.name)
    };
    let ratio_of = |example: &Example| Ratio::new(number(&example.fact("ratio_bps"))).unwrap();

    let example = with_hoard("stablecoin");
    let (counted, held, _) = capped(&example);
    assert_eq!(
        (counted, held, example.policy.complete()),
        (300, 10_000, false)
    );
    allocate::satisfy(example.claim(ratio_of(&example))).unwrap();

    let example = with_hoard("reserve");
    let (counted, held, bitcoin) = capped(&example);
    assert_eq!(
        (counted, held, example.policy.complete()),
        (10_000, 300, true)
    );
    for ratio in [ratio_of(&example), Ratio::new(1).unwrap()] {
        let claim = example.claim(ratio);
        let refused = allocate::satisfy(claim.clone()).unwrap_err();
        let Refused::Unsatisfied(Unsatisfied::AssetHeld { asset, share }) = refused else {
            panic!("{refused}");
        };
        assert_eq!((asset, share.most), (bitcoin.clone(), 300));
        // Coverage is not what is missing, and the circuit refuses what the relation does.
        let allocation = allocate::find_allocation(&claim).unwrap();
        let shape = text(&example.fact("shape")).parse().unwrap();
        assert!(
            covenant_fixtures::mock(&claim, &allocation, shape)
                .verify()
                .is_err()
        );
    }
}

fn holds(name: &str) {
    let example = Example::read(name);
    let largest: Vec<u64> = serde_json::from_value(example.fact("largest_ratio_bps")).unwrap();
    let ratio = Ratio::new(number(&example.fact("ratio_bps"))).unwrap();
    assert!(example.policy.on_grid(ratio), "{name}: ratio_bps");
    let claim = example.claim(ratio);
    // What a relying party refuses, no example has.
    assert!(covenant_circuits::policy::check::check(&example.policy).is_ok());

    let shape: Shape = text(&example.fact("shape")).parse().unwrap();
    let (accounts, _, assets, scenarios) = claim.size();
    let smallest = Shape::smallest_standard(accounts, assets, scenarios);
    assert_eq!(smallest, Some(shape), "{name}: shape");
    let allocation = allocate::find_allocation(&claim).unwrap();
    covenant_fixtures::mock(&claim, &allocation, shape).assert_satisfied();

    let problem = allocate::problem(
        &claim,
        &relation::totals(&claim.policy, &claim.openings).unwrap(),
    );
    let found: Vec<u64> = (0..scenarios)
        .map(|j| largest_ratio(&problem, j).unwrap().unwrap())
        .collect();
    assert_eq!(found, largest, "{name}: largest_ratio_bps");
    for (j, largest) in found.iter().enumerate() {
        assert!(u64::from(relation::required_ratio(&claim, j)) <= *largest);
    }
    let base = u32::try_from(largest[0]).unwrap();
    let at_largest = allocate::find_allocation(&example.claim(Ratio::new(base).unwrap())).unwrap();
    assert!(allocate::find_allocation(&example.claim(Ratio::new(base + 1).unwrap())).is_err());

    let table = example.table(&claim, &problem, &at_largest.netted, &largest);
    println!("{name}\n{table}");
    let readme = example.read_text("README.md");
    assert!(readme.contains(&table), "{name}/README.md needs\n{table}");
    if example.policy.complete() {
        allocate::satisfy(claim.clone()).unwrap();
        let held = example.held(&claim);
        println!("{held}");
        assert!(readme.contains(&held), "{name}/README.md needs\n{held}");
    }
    for command in [
        format!("--subject {}", text(&example.fact("subject"))),
        format!("--as-of {}", text(&example.fact("as_of"))),
        format!("--as-of {}", text(&example.fact("prices_as_of"))),
        format!("--debt {}", text(&example.fact("public_debt"))),
        format!("--ratio {}", percent(ratio.bps().into())),
        format!("--context \"{name} 2026-11-20\""),
    ] {
        assert!(readme.contains(&command), "{name}/README.md: {command}");
    }
    let expected = example.read_text("expect.toml");
    for line in [
        format!("subject = {}", example.fact("subject")),
        format!("context = \"{name} 2026-11-20\""),
        format!("min_public_debt = {}", example.fact("public_debt")),
        format!(
            "min_ratio = {:?}",
            percent(example.policy.min_ratio().bps().into())
        ),
    ] {
        assert!(expected.contains(&line), "{name}/expect.toml: {line}");
    }
    example.check_identifiers();
}

/// One folder of `examples/`.
struct Example {
    folder: PathBuf,
    policy: Policy,
    facts: BTreeMap<String, serde_json::Value>,
    accounts: Vec<(Kind, Vec<(String, Amount)>)>,
    prices: Prices,
}

impl Example {
    fn read(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../examples")
            .join(name);
        let read = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
        let policy = Policy::from_json(&read("policy.json")).unwrap();
        // Flat TOML of text, integers and lists: each value is JSON as well.
        let facts: BTreeMap<_, _> = read("facts.toml")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| {
                let (key, value) = line.split_once(" = ").unwrap();
                (key.to_owned(), serde_json::from_str(value).unwrap())
            })
            .collect();
        let prices = Prices {
            quote: policy.document().quote.clone(),
            as_of: unix(text(&facts["prices_as_of"])),
            prices: rows(&read("prices.csv"))
                .iter()
                .map(|row| {
                    let decimals = decimals(&policy, row).unwrap();
                    let (mantissa, price_decimals) = decimal(&row["price"]);
                    let asset = &row["asset"];
                    let price = scaled_price(asset, mantissa, price_decimals, decimals);
                    (asset.clone(), price.unwrap())
                })
                .collect(),
        };
        let listed: BTreeSet<&String> = policy.assets().iter().map(|a| &a.name).collect();
        assert_eq!(prices.prices.keys().collect::<BTreeSet<_>>(), listed);
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("accounts"))
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        let accounts = files
            .iter()
            .map(|file| {
                let stem = file.file_stem().unwrap().to_str().unwrap();
                let kind = match stem.split_once('-').unwrap().0 {
                    "collateral" => Kind::Collateral,
                    "liability" => Kind::Liability,
                    other => panic!("{stem}: {other}"),
                };
                let positions = rows(&std::fs::read_to_string(file).unwrap())
                    .iter()
                    .map(|row| (row["asset"].clone(), amount(&policy, row)))
                    .collect();
                (kind, positions)
            })
            .collect();
        Self {
            folder,
            policy,
            facts,
            accounts,
            prices,
        }
    }

    fn read_text(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.join(file)).unwrap()
    }

    fn fact(&self, key: &str) -> serde_json::Value {
        self.facts[key].clone()
    }

    /// The claim with fresh blindings.
    fn claim(&self, ratio: Ratio) -> Claim {
        let subject = text(&self.facts["subject"]);
        let as_of = unix(text(&self.facts["as_of"]));
        let openings = self.accounts.iter().map(|(kind, positions)| {
            let positions = positions
                .iter()
                .map(|(asset, amount)| Position::new(asset, *amount).unwrap())
                .collect();
            Opening::new(*kind, subject, as_of, positions, rand_core::OsRng).unwrap()
        });
        let openings = openings.collect();
        let debt = scaled(text(&self.facts["public_debt"]), 6);
        let parts = ClaimParts {
            subject: SubjectId::of(subject).unwrap(),
            window: Window::new(as_of, as_of).unwrap(),
            public_debt: Value::new(debt).unwrap(),
            ratio,
            context: Context::of("an example"),
            prices: self.prices.in_order(&self.policy).unwrap(),
        };
        Claim::new(self.policy.clone(), openings, parts).unwrap()
    }

    /// The README's table: what counts, what is owed, the largest ratio and what binds.
    fn table(&self, claim: &Claim, problem: &Problem, netted: &[u128], largest: &[u64]) -> String {
        let totals = relation::totals(&claim.policy, &claim.openings).unwrap();
        let prices = claim.statement.prices();
        let values = relation::values(&claim.policy, prices, &totals, netted).unwrap();
        let mut table = String::from(
            "| scenario | counted | owed | largest ratio | policy requires | what binds |\n",
        );
        table.push_str("|---|---:|---:|---:|---:|---|\n");
        for (j, largest) in largest.iter().enumerate() {
            let most = largest_counted(problem, netted, j).unwrap();
            let owed = relation::obligations(claim, &values, j);
            // One netting serves every row, so the row's own figures give its ratio.
            assert_eq!(BigUint::from(most.total) / &owed, (*largest).into());
            let rules: Vec<String> = most.binding.iter().filter_map(|b| self.rule(b)).collect();
            // A complete policy need not limit what counts.
            assert!(!rules.is_empty() || self.policy.complete(), "{j}");
            let rules = match rules.is_empty() {
                true => "nothing".to_owned(),
                false => rules.join(", "),
            };
            let required = match j {
                0 => self.policy.min_ratio().bps(),
                _ => relation::required_ratio(claim, j),
            };
            writeln!(
                table,
                "| {} | {} | {} | {} | {} | {} |",
                self.policy.scenario_name(j),
                thousands(&(BigUint::from(most.total) / 10u128.pow(14))),
                thousands(&owed.div_ceil(&BigUint::from(10u128.pow(10)))),
                format_args!("{}.{:02}%", largest / 100, largest % 100),
                percent(required.into()),
                rules,
            )
            .unwrap();
        }
        table
    }

    /// The README's table of what is held, where the policy is complete: its rules on that, and
    /// what the statement shows.
    fn held(&self, claim: &Claim) -> String {
        let (policy, prices) = (&self.policy, claim.statement.prices());
        let totals = relation::totals(policy, &claim.openings).unwrap();
        let values = relation::values(policy, prices, &totals, &vec![0; totals.len()]).unwrap();
        let all: u128 = values.iter().map(|v| v.collateral).sum();
        let shown: Vec<u128> = serde_json::from_value(self.fact("report")).unwrap();
        let mut lines = shown.iter();
        let mut table = String::from("| what | held | share | rule | shown |\n");
        table.push_str("|---|---:|---:|---|---:|\n");
        let mut row = |what: &str, value: u128, least: u16, most: u16, line: String| {
            let rule = match (least, most) {
                (0, 10_000) => String::new(),
                (0, most) => format!("at most {}", percent(most.into())),
                (least, _) => format!("at least {}", percent(least.into())),
            };
            let held = thousands(&(BigUint::from(value) / 10u32.pow(6)));
            let share = percent((value * 10_000 / all) as u64);
            writeln!(table, "| {what} | {held} | {share} | {rule} | {line} |").unwrap();
        };
        for (asset, value) in policy.assets().iter().zip(&values) {
            let most = asset.max_held_share;
            row(&asset.symbol, value.collateral, 0, most, String::new());
        }
        for (g, rule) in policy.document().groups().iter().enumerate() {
            let members = policy.assets().iter().zip(&values);
            let members = members.filter(|(asset, _)| asset.groups >> g & 1 == 1);
            let group = policy.groups()[g];
            let line = claim.statement.report()[g].get();
            // In the order of the document, of those that have one.
            let line = if rule.report() {
                assert_eq!(Some(&line), lines.next(), "{}: report", rule.name);
                line.to_string()
            } else {
                assert_eq!(line, 0);
                String::new()
            };
            let value = members.map(|(_, value)| value.collateral).sum();
            row(
                &rule.name,
                value,
                group.min_held_share,
                group.max_held_share,
                line,
            );
        }
        assert_eq!(lines.next(), None, "report");
        table
    }

    /// A rule in words; nothing for an asset that counts in full in its first tier.
    fn rule(&self, binding: &Binding) -> Option<String> {
        let symbol = |asset: usize| &self.policy.assets()[asset].symbol;
        let groups = self.policy.document().groups.as_deref().unwrap_or_default();
        let group = |group: usize| &groups[group].name;
        match *binding {
            Binding::AssetShare { asset } => Some(format!("cap of {}", symbol(asset))),
            Binding::GroupCap { group: g } => Some(format!("cap of {}", group(g))),
            Binding::GroupFloor { group: g } => Some(format!("floor of {}", group(g))),
            Binding::Tier { asset, tier } => {
                let tiers = &self.policy.assets()[asset].tiers;
                let below = tiers.iter().take(tier).filter(|t| t.width > 0).count();
                (below > 0).then(|| format!("tier {} of {}", below + 1, symbol(asset)))
            }
            ref other => panic!("{other:?}"),
        }
    }

    fn check_identifiers(&self) {
        let subject = text(&self.facts["subject"]);
        // No issuer of LEIs has this prefix, so none of them is a real firm's.
        let ours = |code: &str| is_lei(code) && code.starts_with("EXMP");
        assert!(ours(subject.strip_prefix("lei:").unwrap()), "{subject}");
        let held = self.accounts.iter().flat_map(|(_, positions)| positions);
        let listed = self.policy.assets().iter().map(|a| &a.name);
        for asset in held.map(|(asset, _)| asset).chain(listed) {
            let (namespace, rest) = asset.split_once(':').unwrap();
            match (namespace, rest.split_once('/')) {
                ("isin", None) => assert!(is_us_isin(rest), "{asset}"),
                ("iso4217", None) => assert_eq!(rest, "USD"),
                // A claim in dollars on a counterparty.
                ("deposit" | "repo", Some(("USD", counterparty))) => {
                    assert!(ours(counterparty.strip_prefix("lei:").unwrap()), "{asset}");
                }
                ("eip155", Some(("1", token))) => match token.strip_prefix("erc20:0x") {
                    Some(address) => assert!(is_address(address), "{asset}"),
                    None => assert_eq!(token, "slip44:60"),
                },
                ("bip122", Some(("000000000019d6689c085ae165831e93", "slip44:0"))) => {}
                ("solana", Some(("5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp", "slip44:501"))) => {}
                other => panic!("{asset}: {other:?}"),
            }
        }
    }
}
