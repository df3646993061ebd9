//! `covenant prove`: from openings to a bundle that anyone can verify.

use super::Global;
use crate::Outcome;
use crate::claim::{self, Inputs, WindowArgs};
use crate::codes::Code;
use crate::explain::failed::failed;
use crate::explain::refusal;
use crate::files;
use crate::keys;
use crate::outcome::{Failure, Report, note};
use crate::progress::Progress;
use crate::slips::{self, Meant};
use crate::text::{self, debt, percent, ratio};
use clap::Args;
use covenant_circuits::account::Kind;
use covenant_circuits::field::{from_hex, to_hex};
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Ratio, Value};
use covenant_circuits::relation::SatisfiedClaim;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, Statement};
use covenant_prover::allocate;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{self, ProveError};
use covenant_verifier::bundle::{self, Bundle};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What `--help` ends with.
const PROVE_HELP: &str = r#"Units: --debt is in whole units of the policy's quote currency, with up to six decimals; a ratio
is in percent (125%) or basis points (12500bps).

Examples:
  covenant prove --policy policy.json --prices prices.json --opening account/opening.json \
    --debt 4000000 --ratio 125% --context "nonce 17" --out bundle.json
  covenant prove --from bundle.json --prices tomorrow.json --opening account/opening.json \
    --out next.json"#;

/// Prove that the accounts cover the debt.
///
/// A claim that is false is refused before anything is proved, with the clause and what is
/// missing. The proof is verified before it is written.
#[derive(Args, Debug)]
#[command(after_help = PROVE_HELP)]
pub(crate) struct Prove {
    /// An earlier bundle: policy, ratio, debt, context and shape are taken from it unless
    /// given
    #[arg(long, value_name = "BUNDLE")]
    from: Option<PathBuf>,
    /// The policy
    #[arg(long, value_name = "FILE", required_unless_present = "from")]
    policy: Option<PathBuf>,
    /// The prices
    #[arg(long, value_name = "FILE")]
    prices: PathBuf,
    /// The openings of every account in the basket
    #[arg(long = "opening", value_name = "FILE", required = true, num_args = 1..)]
    openings: Vec<PathBuf>,
    /// Signed accounts; the account.json next to an opening is found without this
    #[arg(long = "account", value_name = "FILE", num_args = 1..)]
    accounts: Vec<PathBuf>,
    /// The base ratio to prove: the policy's smallest or whole steps above it
    #[arg(long, value_parser = ratio, required_unless_present = "from")]
    ratio: Option<Ratio>,
    /// Debt beside the creditors' accounts, in quote units such as 1000000.50 [default: 0]
    #[arg(long, value_name = "N", value_parser = debt, allow_negative_numbers = true)]
    debt: Option<Value>,
    #[command(flatten)]
    window: WindowArgs,
    /// What the proof is bound to, such as a verifier's nonce [default: the empty text]
    #[arg(long, value_name = "TEXT")]
    context: Option<String>,
    /// The same as a number below 2^248, 0x and 64 hex digits, such as covenant export context
    /// prints
    #[arg(long, value_name = "HASH", value_parser = context_hash, conflicts_with = "context")]
    context_hash: Option<Context>,
    /// The circuit: auto (by the numbers of accounts, assets and scenarios, never by the secret
    /// number of positions), small, medium, large, xlarge, or
    /// ACCOUNTSxPOSITIONSxASSETSxSCENARIOS [default: auto]
    #[arg(long, value_name = "SHAPE")]
    shape: Option<ShapeChoice>,
    #[command(flatten)]
    meant: Meant,
    /// The bundle to write
    #[arg(long, value_name = "BUNDLE")]
    out: PathBuf,
}

/// A shape, or the smallest standard one with room for the sizes that the statement shows:
/// accounts, assets and scenarios. The positions of an account are secret, so that a shape is
/// never chosen by how many there are (P4).
#[derive(Clone, Copy, Debug)]
pub(crate) enum ShapeChoice {
    Auto,
    Given(Shape),
}

impl FromStr for ShapeChoice {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == "auto" {
            return Ok(Self::Auto);
        }
        text.parse()
            .map(Self::Given)
            .map_err(|e| format!("auto, or {e}"))
    }
}

impl ShapeChoice {
    pub(crate) fn of(self, claim: &Claim) -> Result<Shape, Failure> {
        match self {
            Self::Given(shape) => {
                claim.check_fits(&shape).map_err(Failure::of)?;
                Ok(shape)
            }
            Self::Auto => {
                let (accounts, positions, assets, scenarios) = claim.size();
                let shape = Shape::smallest_standard(accounts, assets, scenarios).ok_or_else(|| {
                    Failure::new(Code::DoesNotFit, format!(
                        "--shape: expected a claim that fits a standard shape (see covenant shapes), got {accounts} accounts, {assets} assets and {scenarios} scenarios; name a larger shape"
                    ))
                })?;
                if positions > shape.positions() {
                    return Err(Failure::new(
                        Code::DoesNotFit,
                        format!(
                            "--shape: auto chooses {shape} by the {accounts} accounts, {assets} assets and {scenarios} scenarios that everybody sees; it holds {} positions in an account, got {positions}; add up positions of one asset, or name a larger shape, which tells that an account has more positions",
                            shape.positions()
                        ),
                    ));
                }
                Ok(shape)
            }
        }
    }
}

/// What was proved.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ProveOutput {
    /// `true`.
    proved: bool,
    /// The file of the bundle.
    bundle: String,
    /// The circuit's id.
    circuit: String,
    /// Its shape.
    shape: String,
    /// Its ceremony.
    ceremony: String,
    /// The policy's digest, 0x-hex.
    policy: String,
    /// No account is older, Unix seconds.
    as_of_from: u64,
    /// No account is younger, Unix seconds.
    as_of_to: u64,
    /// The base ratio.
    ratio_bps: u32,
    /// Quote units, exact.
    public_debt: String,
    /// How many accounts are in the basket.
    accounts: usize,
    /// How many of them their attesters signed.
    signed_accounts: usize,
    /// Who signed which of them.
    signers: Vec<Signers>,
    /// How many signatures the prices have.
    price_signatures: usize,
    /// Bytes of proof.
    proof_bytes: usize,
    /// Things that are allowed and probably not meant.
    warnings: Vec<String>,
}

/// Who signed an account.
#[derive(Serialize, JsonSchema)]
struct Signers {
    /// The account's commitment, 0x-hex.
    commitment: String,
    /// The attesters' addresses.
    attesters: Vec<String>,
}

/// A claim that is true and fits its circuit, with what its bundle needs.
pub(crate) struct Ready {
    inputs: Inputs,
    pub(crate) satisfied: SatisfiedClaim,
    pub(crate) shape: Shape,
    pub(crate) out: PathBuf,
}

impl Prove {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let ready = self.ready()?;
        if global.tells() {
            ready.notes().iter().for_each(|n| note(n));
        }
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        let mut progress = Progress::new(global.tells());
        progress.say("preparing keys");
        let keys = keys::proving(ready.shape, &cache)?;
        let proof = prove::prove(&keys, &ready.satisfied, &mut progress);
        let (text, output) = ready.write(&keys, proof)?;
        Report::done(text, &output)
    }

    /// Reads the files; refuses what is off the grid, false, or too large.
    pub(crate) fn ready(self) -> Result<Ready, Failure> {
        files::check_no_input(&self.out, self.from.as_deref())?;
        files::check_target(&self.out, files::Kind::Bundle, "")?;
        let last = self.from.as_deref().map(read_bundle).transpose()?;
        let last = last.as_ref();
        let policy = match (&self.policy, last) {
            (Some(path), _) => claim::policy(path)?,
            (None, Some(last)) => last.policy().clone(),
            (None, None) => return Err(Failure::new(Code::Usage, "expected --policy or --from")),
        };
        let inputs = Inputs::under(policy, &self.prices, &self.openings, &self.accounts)?;
        let statement = last.map(Bundle::statement);
        let ratio = self
            .ratio
            .or(statement.map(Statement::ratio))
            .ok_or_else(|| Failure::new(Code::Usage, "expected --ratio or --from"))?;
        let debt = self
            .debt
            .or(statement.map(Statement::public_debt))
            .unwrap_or(Value::ZERO);
        let context = match (&self.context, self.context_hash) {
            (Some(text), _) => Context::of(text),
            (None, Some(hash)) => hash,
            (None, None) => statement.map_or_else(|| Context::of(""), Statement::context),
        };
        let shape = self
            .shape
            .or(last.map(|b| ShapeChoice::Given(b.shape())))
            .unwrap_or(ShapeChoice::Auto);
        let claim = inputs.claim(self.window, debt, ratio, context)?;
        claim::check_grid(&claim)?;
        self.meant.check(&inputs, &claim)?;
        let satisfied = match allocate::satisfy(claim.clone()) {
            Ok(satisfied) => satisfied,
            Err(refused) => return Err(failed(&inputs, &claim, &refused)),
        };
        Ok(Ready {
            shape: shape.of(satisfied.claim())?,
            inputs,
            satisfied,
            out: self.out,
        })
    }
}

impl Ready {
    /// What is said before it is proved.
    fn notes(&self) -> Vec<String> {
        let claim = self.satisfied.claim();
        let mut notes = slips::notes(&self.inputs, claim);
        notes.insert(0, format!("proving that {}", self.statement()));
        notes
    }

    /// What is proved, in words.
    fn statement(&self) -> String {
        let claim = self.satisfied.claim();
        let debt = text::grouped(claim.statement.public_debt().get(), 6);
        let liabilities = claim
            .openings
            .iter()
            .filter(|o| o.kind() == Kind::Liability);
        let creditors = match liabilities.count() {
            0 => String::new(),
            1 => " and a creditor's account".into(),
            n => format!(" and {n} creditors' accounts"),
        };
        format!(
            "what counts of {} accounts covers a debt of {debt} {}{creditors} at {} under {:?}",
            claim.openings.len(),
            refusal::quote(&claim.policy),
            percent(claim.statement.ratio().bps()),
            claim.policy.document().name,
        )
    }

    /// Who signed how many accounts, in words.
    fn signed(&self) -> String {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        for (_, who) in slips::signers(&self.inputs) {
            who.into_iter()
                .for_each(|w| *count.entry(w).or_default() += 1);
        }
        let own = self.inputs.self_declared().len();
        let signed = count.iter().map(|(who, n)| format!("{n} signed by {who}"));
        let own = (own > 0).then(|| format!("{own} self-declared"));
        signed.chain(own).collect::<Vec<_>>().join(", ")
    }

    /// Writes the bundle of a proof; its text and JSON.
    pub(crate) fn write(
        &self,
        keys: &Keys,
        proof: Result<Vec<u8>, ProveError>,
    ) -> Result<(String, ProveOutput), Failure> {
        let (inputs, claim) = (&self.inputs, self.satisfied.claim());
        let proof = proof.map_err(Failure::of)?;
        let made = prove::bundle(keys, claim, inputs.prices.prices().clone(), proof)
            .and_then(|bundle| bundle.with_accounts(inputs.attested.iter().cloned()))
            .and_then(|bundle| bundle.with_price_signatures(inputs.prices.signatures().to_vec()))
            .map_err(Failure::of)?;
        files::write(&self.out, &made.to_json(), files::Kind::Bundle)?;
        let statement = &claim.statement;
        Ok((
            format!(
                "proved: {}\naccounts: {}\ncircuit {}, shape {}\nwritten to {} ({} bytes of proof); nothing in it is secret",
                self.statement(),
                self.signed(),
                made.circuit(),
                made.shape(),
                self.out.display(),
                made.proof().len(),
            ),
            ProveOutput {
                proved: true,
                bundle: self.out.display().to_string(),
                circuit: made.circuit().into(),
                shape: made.shape().to_string(),
                ceremony: made.ceremony().into(),
                policy: to_hex(&claim.policy.digest()),
                as_of_from: statement.window().from(),
                as_of_to: statement.window().to(),
                ratio_bps: statement.ratio().bps(),
                public_debt: text::plain(statement.public_debt().get(), 6),
                accounts: claim.openings.len(),
                signed_accounts: inputs.attested.len(),
                price_signatures: inputs.prices.signatures().len(),
                proof_bytes: made.proof().len(),
                signers: slips::signers(inputs)
                    .into_iter()
                    .map(|(commitment, attesters)| Signers {
                        commitment,
                        attesters,
                    })
                    .collect(),
                warnings: slips::notes(inputs, claim),
            },
        ))
    }
}

fn context_hash(text: &str) -> Result<Context, String> {
    let number = from_hex(text).map_err(|e| e.to_string())?;
    Context::from_field(number).ok_or_else(|| "expected a number below 2^248".into())
}

fn read_bundle(path: &Path) -> Result<Bundle, Failure> {
    let text = files::read(path, bundle::MAX_BYTES as u64)?;
    Bundle::from_json(&text).map_err(|e| Failure::of_file(path, e))
}
