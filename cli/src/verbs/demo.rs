//! `covenant demo`: the whole story, told by running the same commands a user would.

mod folder;
mod forge;

use super::{Cli, Global, run};
use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::outcome::{Exit, Failure, Report, say};
use crate::text;
use clap::{Args, Parser};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// The files of examples/demo, as copies that the crate carries; a test compares them.
const POLICY: &str = include_str!("../../data/demo/policy.json");
const PRICES: &str = include_str!("../../data/demo/prices.csv");
/// The custodians and the creditor: name, kind, positions.
const ATTESTERS: [(&str, &str, &str); 4] = [
    (
        "alder",
        "collateral",
        include_str!("../../data/demo/accounts/collateral-alder.csv"),
    ),
    (
        "northbank",
        "collateral",
        include_str!("../../data/demo/accounts/collateral-northbank.csv"),
    ),
    (
        "quay",
        "collateral",
        include_str!("../../data/demo/accounts/collateral-quay.csv"),
    ),
    (
        "birch",
        "liability",
        include_str!("../../data/demo/accounts/liability-birch.csv"),
    ),
];
const SUBJECT: &str = "lei:EXMP00COVENANTDEMO73";
/// Who publishes prices.
const SOURCE: &str = "oracle";
/// Whom the lender requires in the basket.
const CREDITOR: &str = "birch";
const DEBT: &str = "4000000.00";
const RATIO: &str = "125%";
/// The demo's keystores are worth nothing.
const PASSWORD: &str = "not a secret";
const CONTEXT: &str = "demo: nonce 1";

/// The whole story on an example: commit, simulate, prove, verify, reject forgeries.
///
/// Three custodians and a creditor commit to their accounts, the borrower proves that the
/// collateral covers its debt, a lender verifies it and rejects four forgeries. Every file
/// is left behind to look at.
#[derive(Args, Debug)]
pub(crate) struct Demo {
    /// Where to leave the files; those of an earlier demo are replaced, and nothing else
    #[arg(long, default_value = "covenant-demo")]
    dir: PathBuf,
}

impl Demo {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let mut story = Story::begin(self.dir, global)?;
        let forgeries = story.told();
        folder::record(&story.dir)?;
        let forgeries = forgeries?;
        let text = format!(
            "\nDone. The files are in {}: each attester's opening.json is secret, the rest is public.",
            story.dir.display()
        );
        Report::done(
            text,
            &DemoOutput {
                proved: true,
                dir: story.dir.display().to_string(),
                steps: story.steps,
                forgeries,
            },
        )
    }
}

/// What the demo did.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DemoOutput {
    /// `true`.
    proved: bool,
    /// Where its files are.
    dir: String,
    /// The commands that it ran.
    steps: Vec<Step>,
    /// The bundles that were forged.
    forgeries: Vec<Forgery>,
}

/// A command that was run.
#[derive(Serialize, JsonSchema)]
struct Step {
    /// As a user would type it.
    command: String,
    /// Its exit code.
    exit: u8,
    /// What it prints for `--json`: of the schema of its verb.
    result: Map<String, Value>,
}

/// A forged bundle.
#[derive(Serialize, JsonSchema)]
struct Forgery {
    /// What was forged.
    name: String,
    /// `true`.
    rejected: bool,
    /// Why it was rejected, for people.
    reason: String,
}

/// Runs commands and shows them.
struct Story<'a> {
    dir: PathBuf,
    now: u64,
    global: &'a Global,
    steps: Vec<Step>,
    /// Name and address of who signs.
    addresses: Vec<(&'static str, String)>,
}

impl<'a> Story<'a> {
    fn begin(dir: PathBuf, global: &'a Global) -> Result<Self, Failure> {
        folder::prepare(&dir)?;
        Ok(Self {
            dir,
            now: text::now(),
            global,
            steps: Vec::new(),
            addresses: Vec::new(),
        })
    }

    fn told(&mut self) -> Result<Vec<Forgery>, Failure> {
        self.custodians_commit()?;
        self.borrower_proves()?;
        self.lender_verifies()?;
        self.forgeries_are_rejected()
    }

    fn tell(&self, text: &str) {
        if self.global.tells() {
            say(text);
        }
    }

    fn path(&self, name: &str) -> String {
        self.dir.join(name).display().to_string()
    }

    /// Runs a command as a user would type it, and returns what it found.
    fn command(&mut self, words: &[&str]) -> Result<Report, Failure> {
        let quote = |w: &&str| {
            if w.contains(' ') {
                format!("'{w}'")
            } else {
                (*w).to_owned()
            }
        };
        let line = words.iter().map(quote).collect::<Vec<_>>().join(" ");
        self.tell(&format!("\n$ covenant {line}"));
        let mut all = vec!["covenant"];
        all.extend(words);
        let mut cli = Cli::try_parse_from(all).map_err(|e| Failure::new(Code::Internal, e))?;
        cli.global.json = self.global.json;
        cli.global.cache_dir.clone_from(&self.global.cache_dir);
        let report = run(cli)?;
        for line in report.text.lines() {
            self.tell(&format!("  {line}"));
        }
        self.steps.push(Step {
            command: format!("covenant {line}"),
            exit: report.exit as u8,
            result: report.json.as_object().cloned().unwrap_or_default(),
        });
        Ok(report)
    }

    /// A command that must end with exit code 0.
    fn done(&mut self, words: &[&str]) -> Result<(), Failure> {
        let report = self.command(words)?;
        if report.exit == Exit::Done {
            Ok(())
        } else {
            Err(Failure::new(
                Code::Internal,
                format!("the demo's {words:?} failed: {}", report.text),
            ))
        }
    }

    fn custodians_commit(&mut self) -> Result<(), Failure> {
        self.tell(
            "A borrower owes 4,000,000 USD to token holders and more to a creditor. Its collateral lies\nwith three custodians. Nobody is to learn what it holds; the lender is to be sure that it\nsuffices.\n\n1. The lender publishes a policy: what each asset counts for, now and under stress.",
        );
        let policy = self.path("policy.json");
        files::write(Path::new(&policy), POLICY, files::Kind::New)?;
        self.done(&["policy", "explain", &policy])?;
        self.tell(
            "\n2. Each attester of an account commits to it and signs. account.json is public and hides\neverything; opening.json goes to the borrower.",
        );
        let password = self.path("password");
        files::write(Path::new(&password), PASSWORD, files::Kind::New)?;
        let (as_of, until) = (self.now.to_string(), (self.now + 86_400).to_string());
        for (name, kind, positions) in ATTESTERS {
            let csv = self.path(&format!("{name}.csv"));
            files::write(Path::new(&csv), positions, files::Kind::New)?;
            let out = self.path(name);
            let commit = [
                "account",
                "commit",
                &csv,
                "--kind",
                kind,
                "--subject",
                SUBJECT,
            ];
            let rest = ["--as-of", &as_of, "--policy", &policy, "--out", &out];
            self.done(&[&commit[..], &rest].concat())?;
            let key = self.new_key(name, &password)?;
            let account = self.path(&format!("{name}/account.json"));
            let opening = self.path(&format!("{name}/opening.json"));
            let salt = self.path(&format!("{name}.salt"));
            self.command(&["keys", "salt", "--out", &salt])?;
            let reference = format!("{name}: account 1");
            let sign = [
                "account",
                "sign",
                &account,
                "--opening",
                &opening,
                "--key",
                &key,
                "--account",
                &reference,
                "--salt",
                &salt,
            ];
            let rest = ["--valid-until", &until, "--password-file", &password];
            self.done(&[&sign[..], &rest].concat())?;
        }
        Ok(())
    }

    /// A keystore, and its address among those that the lender knows.
    fn new_key(&mut self, name: &'static str, password: &str) -> Result<String, Failure> {
        let key = self.path(&format!("{name}.key"));
        let report = self.command(&["keys", "new", "--out", &key, "--password-file", password])?;
        let address = report.json.get("address").and_then(Value::as_str);
        self.addresses
            .push((name, address.unwrap_or_default().to_owned()));
        Ok(key)
    }

    /// Proves for all of the accounts, or for those that are left.
    fn prove(&mut self, without: Option<&str>, bundle: &str) -> Result<(), Failure> {
        let (policy, prices) = (self.path("policy.json"), self.path("prices.json"));
        let mut line = vec!["prove", "--policy", &policy, "--prices", &prices];
        line.extend(["--debt", DEBT, "--ratio", RATIO, "--context", CONTEXT]);
        line.extend(["--out", bundle, "--opening"]);
        let left = ATTESTERS.iter().filter(|(name, ..)| Some(*name) != without);
        let openings: Vec<String> = left
            .map(|(name, ..)| self.path(&format!("{name}/opening.json")))
            .collect();
        line.extend(openings.iter().map(String::as_str));
        self.done(&line)
    }

    fn borrower_proves(&mut self) -> Result<(), Failure> {
        self.tell("\n3. A source publishes prices, signed.");
        let (csv, prices, policy) = (
            self.path("prices.csv"),
            self.path("prices.json"),
            self.path("policy.json"),
        );
        files::write(Path::new(&csv), PRICES, files::Kind::New)?;
        let as_of = self.now.to_string();
        self.done(&[
            "prices", "build", &csv, "--policy", &policy, "--as-of", &as_of, "--out", &prices,
        ])?;
        let password = self.path("password");
        let key = self.new_key(SOURCE, &password)?;
        let sign = ["prices", "sign", &prices, "--policy", &policy];
        let rest = ["--key", &key, "--password-file", &password];
        self.done(&[&sign[..], &rest].concat())?;
        self.tell("\n4. The borrower looks at what it could prove. This stays with it.");
        let openings = ATTESTERS.map(|(name, ..)| self.path(&format!("{name}/opening.json")));
        let mut inputs = vec!["--policy", &policy, "--prices", &prices, "--debt", DEBT];
        inputs.push("--opening");
        inputs.extend(openings.iter().map(String::as_str));
        self.done(&[&["simulate"], inputs.as_slice()].concat())?;
        self.tell("\n5. It proves that it is covered, and no more than that.");
        let bundle = self.path("bundle.json");
        self.prove(None, &bundle)
    }

    /// What the lender expects: whom it trusts for what.
    fn expectations(&self) -> String {
        let mut text = format!(
            "version = 2\n# The policy that was agreed on: a file of the lender's own, or its digest.\npolicy = \"policy.json\"\nsubject = \"{SUBJECT}\"\nmin_ratio = \"{RATIO}\"\nmin_public_debt = \"{DEBT}\"\nmax_account_age = \"24h\"\nmax_price_age = \"1h\"\nmax_clock_skew = \"2m\"\nmax_window = \"0s\"\ncontext = \"{CONTEXT}\"\n"
        );
        for (name, address) in &self.addresses {
            if *name == SOURCE {
                text.push_str(&format!(
                    "\n[prices]\nquorum = 1\nsigners = [{{ name = \"{name}\", keys = [\"{address}\"] }}]\n"
                ));
            } else if let Some((_, kind, _)) = ATTESTERS.iter().find(|(n, ..)| n == name) {
                text.push_str(&format!(
                    "\n[[attesters]]\nname = \"{name}\"\nkeys = [\"{address}\"]\nroles = [\"{kind}\"]\n"
                ));
                // A creditor that is left out makes every ratio true.
                if *kind == "liability" {
                    text.push_str(&format!(
                        "\n[[must_include]]\nattester = \"{name}\"\nkind = \"{kind}\"\n"
                    ));
                }
            }
        }
        text
    }

    fn lender_verifies(&mut self) -> Result<(), Failure> {
        self.tell(
            "\n6. The lender verifies the bundle against its own expectations: the policy, the borrower,\nand the custodians, creditors and price source it trusts.",
        );
        let expect = self.path("expect.toml");
        files::write(Path::new(&expect), &self.expectations(), files::Kind::New)?;
        let bundle = self.path("bundle.json");
        self.done(&["verify", &bundle, "--expect", &expect])?;
        self.tell("\n7. The creditor sees that its own account is counted.");
        let opening = self.path("birch/opening.json");
        self.done(&["account", "included", &opening, &bundle])
    }

    fn forgeries_are_rejected(&mut self) -> Result<Vec<Forgery>, Failure> {
        self.tell("\n8. Forgeries are rejected.");
        let bundle = files::read(&self.dir.join("bundle.json"), files::MAX_PUBLIC)?;
        let expect = self.path("expect.toml");
        let mut rejected = Vec::new();
        for (name, what, forged) in forge::all(&bundle, self.now)? {
            self.tell(&format!("\n{what}"));
            let path = self.path(&format!("forged-{name}.json"));
            files::write(Path::new(&path), &forged, files::Kind::New)?;
            rejected.push(self.rejected(name, &path, &expect)?);
        }
        let [.., name] = forge::NAMES;
        self.tell(
            "\nThe creditor is left out. What is proved is true, and not what the lender requires.",
        );
        let path = self.path(&format!("forged-{name}.json"));
        self.prove(Some(CREDITOR), &path)?;
        rejected.push(self.rejected(name, &path, &expect)?);
        Ok(rejected)
    }

    /// That the lender does not accept a bundle.
    fn rejected(&mut self, name: &str, path: &str, expect: &str) -> Result<Forgery, Failure> {
        let report = self.command(&["verify", path, "--expect", expect])?;
        if report.exit != Exit::False {
            return Err(Failure::new(
                Code::Internal,
                format!("the forgery {name} was not rejected; please report this"),
            ));
        }
        let reason = report.json.get("reason").and_then(Value::as_str);
        Ok(Forgery {
            name: name.into(),
            rejected: true,
            reason: reason.unwrap_or_default().into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// The crate's copies are the files that README and the other tests read.
    #[test]
    fn the_data_is_that_of_the_example() {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/demo");
        let mut files = vec![
            ("policy.json".to_owned(), POLICY),
            ("prices.csv".to_owned(), PRICES),
        ];
        files.extend(
            ATTESTERS
                .map(|(name, kind, positions)| (format!("accounts/{kind}-{name}.csv"), positions)),
        );
        for (name, copy) in files {
            let source = fs::read_to_string(example.join(&name)).unwrap();
            assert!(source == copy, "copy examples/demo/{name} to cli/data/demo");
        }
    }
}
