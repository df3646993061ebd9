//! The examples hold what their READMEs say. Each folder is read as the command line
//! reads it; the allocation is found, the circuit run on it, and every figure and every
//! binding rule of the README's table computed again. Identifiers must carry valid
//! check digits and checksums.
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
use covenant_circuits::relation;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use covenant_prover::allocate;
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

fn holds(name: &str) {
    let example = Example::read(name);
    let largest: Vec<u64> = serde_json::from_value(example.fact("largest_ratio_bps")).unwrap();
    let ratio = Ratio::new(number(&example.fact("ratio_bps"))).unwrap();
    assert!(example.policy.on_grid(ratio), "{name}: ratio_bps");
    let claim = example.claim(ratio);

    let shape: Shape = text(&example.fact("shape")).parse().unwrap();
    let (accounts, _, assets, scenarios) = claim.size();
    let smallest = Shape::smallest_standard(accounts, assets, scenarios);
    assert_eq!(smallest, Some(shape), "{name}: shape");
    let allocation = allocate::find_allocation(&claim).unwrap();
    covenant_fixtures::mock(&claim, &allocation, shape).assert_satisfied();

    let problem = allocate::problem(&claim, &relation::totals(&claim.policy, &claim.openings).unwrap());
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
            assert!(!rules.is_empty(), "scenario {j}: no rule binds");
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
                rules.join(", "),
            )
            .unwrap();
        }
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
                ("iso4217", Some(("USD", claim))) => {
                    let (claim, counterparty) = claim.split_once(':').unwrap();
                    assert!(["deposit", "repo"].contains(&claim), "{asset}");
                    assert!(ours(counterparty), "{asset}");
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

/// Rows of a CSV file by column name.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned));
    let header: Vec<String> = lines.next().unwrap().collect();
    let rows: Vec<BTreeMap<_, _>> = lines
        .map(|fields| {
            let fields: Vec<String> = fields.collect();
            assert_eq!(fields.len(), header.len(), "{fields:?}");
            header.iter().cloned().zip(fields).collect()
        })
        .collect();
    assert!(!rows.is_empty());
    rows
}

/// The policy's decimals of a row's asset, with which the row's own must agree.
fn decimals(policy: &Policy, row: &BTreeMap<String, String>) -> Option<u32> {
    let stated = row.get("decimals").map(|d| d.parse().unwrap());
    let listed = policy.assets().iter().find(|a| a.name == row["asset"]);
    if let (Some(stated), Some(listed)) = (stated, listed) {
        assert_eq!(stated, listed.decimals, "{row:?}");
    }
    stated.or(listed.map(|a| a.decimals))
}

fn amount(policy: &Policy, row: &BTreeMap<String, String>) -> Amount {
    let base_units = match (row.get("amount"), row.get("quantity")) {
        (Some(amount), None) => amount.parse().unwrap(),
        (None, Some(quantity)) => scaled(quantity, decimals(policy, row).unwrap()),
        _ => panic!("expected an amount or a quantity: {row:?}"),
    };
    Amount::new(base_units).unwrap()
}

/// Mantissa and number of decimals.
fn decimal(text: &str) -> (u128, u32) {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction}");
    assert!(digits.bytes().all(|c| c.is_ascii_digit()), "{text}");
    (digits.parse().unwrap(), fraction.len() as u32)
}

/// `text` in units of `10^-decimals`; it must be a whole number of them.
fn scaled(text: &str, decimals: u32) -> u128 {
    let (mantissa, used) = decimal(text);
    let missing = decimals.checked_sub(used).unwrap();
    mantissa.checked_mul(10u128.pow(missing)).unwrap()
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap()
}

fn number(value: &serde_json::Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

fn percent(bps: u64) -> String {
    let (whole, rest) = (bps / 100, bps % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{whole}%"),
        (_, 0) => format!("{whole}.{}%", rest / 10),
        _ => format!("{whole}.{rest:02}%"),
    }
}

fn thousands(x: &BigUint) -> String {
    let digits = x.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Unix seconds of `YYYY-MM-DDThh:mm:ssZ`.
fn unix(text: &str) -> u64 {
    let fields: Vec<u64> = text
        .strip_suffix('Z')
        .unwrap()
        .split(['-', 'T', ':'])
        .map(|field| field.parse().unwrap())
        .collect();
    let [year, month, day, hour, minute, second] = fields[..] else {
        panic!("{text}");
    };
    // Years that begin in March put the leap day last.
    let (y, m) = match month {
        1 | 2 => (year - 1, month + 9),
        _ => (year, month - 3),
    };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719_469;
    ((days * 24 + hour) * 60 + minute) * 60 + second
}

#[test]
fn times() {
    assert_eq!(unix("1970-01-01T00:00:00Z"), 0);
    assert_eq!(unix("2024-03-01T00:00:01Z"), 1_709_251_201);
    assert_eq!(unix("2026-11-20T21:00:00Z"), 1_795_208_400);
}
