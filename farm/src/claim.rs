//! The kind `claim`: a claim of collateral, as `covenant prove` proves it.

use crate::failure::Failure;
use crate::files;
use crate::job::Spec;
use crate::manifest::Fields;
use crate::proving::{Compiled, Kept, clause_of, watched};
use crate::work::{Cancel, Draft, Drafts, Opened, Proof, Refusal, Work};
use covenant_claims::field::to_be_bytes;
use covenant_claims::ident::keccak256;
use covenant_claims::signed::{AccountFile, SignedPrices};
use covenant_claims::{Claim, ClaimParts, Context, Opening, Policy, Ratio, Shape, Value, Window};
use covenant_prover::allocate::Refused;
use covenant_prover::{Keys, allocate, prove};
use covenant_verifier::bundle::{Bundle, BundleParts};
use covenant_verifier::{CircuitKey, verify_statement};
use group::GroupEncoding;
use serde::{Deserialize, Serialize};
use std::path::Path;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The standard shapes, and what a worker needs for one: keys, and a claim in flight.
const SHAPES: [(Shape, u32); 3] = [
    (Shape::SMALL, 384),
    (Shape::MEDIUM, 512),
    (Shape::LARGE, 1024),
];

/// Claims of collateral in the standard shapes.
pub struct Claims(Kept<Shape, Keys>);

/// What is sealed: the documents as they were written.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct Payload {
    policy: String,
    prices: String,
    openings: Vec<String>,
    accounts: Vec<String>,
    ratio_bps: u32,
    debt_micro: String,
    context: String,
    shape: String,
}

/// A payload, read.
struct Read {
    claim: Claim,
    shape: Shape,
    prices: SignedPrices,
    accounts: Vec<AccountFile>,
}

impl Claims {
    /// Keys are kept in a folder, where one is named.
    pub fn new(cache: Option<&Path>) -> Self {
        Self(Kept::new(cache))
    }
}

/// What the key of a claim is made of.
fn spec(claim: &Claim, key: &CircuitKey) -> Result<Spec, Failure> {
    let public = claim.statement.public_inputs(&key.shape());
    let public = public.map_err(|e| Failure::at("claim", "one that fits its shape", e))?;
    Ok(Spec {
        kind: "claim".into(),
        circuit: key.id().into(),
        ceremony: keccak256(key.tau_g2().to_bytes().as_ref()),
        public: public.iter().flat_map(to_be_bytes).collect(),
    })
}

/// `4000000.50` in micro-units.
fn micro_units(text: &str) -> Option<u128> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 6 {
        return None;
    }
    if text.ends_with('.') || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    let whole: u128 = whole.parse().ok()?;
    let fraction: u128 = format!("{fraction:0<6}").parse().ok()?;
    whole.checked_mul(1_000_000)?.checked_add(fraction)
}

impl Payload {
    /// The documents, whose errors name the document and quote nothing of an opening.
    fn read(&self) -> Result<Read, Failure> {
        let at =
            |field: &str, error: &dyn std::fmt::Display| Failure::at(field, "a document", error);
        let policy = Policy::from_json(&self.policy).map_err(|e| at("policy", &e))?;
        let prices = SignedPrices::from_json(&self.prices).map_err(|e| at("prices", &e))?;
        let mut openings = Vec::new();
        for (i, text) in self.openings.iter().enumerate() {
            let opening = Opening::from_json(text);
            let field = format!("openings[{i}]");
            // What is wrong may quote what is there.
            let secret = "something else, which may be secret and is not told";
            openings.push(opening.map_err(|_| Failure::at(field, "an opening", secret))?);
        }
        let accounts = self.accounts.iter().enumerate().map(|(i, text)| {
            AccountFile::from_json(text).map_err(|e| at(&format!("accounts[{i}]"), &e))
        });
        let accounts = accounts.collect::<Result<Vec<_>, _>>()?;
        let shape: Shape = self.shape.parse().map_err(|e| at("shape", &e))?;
        let debt = self
            .debt_micro
            .parse()
            .ok()
            .and_then(|d| Value::new(d).ok());
        let times = openings.iter().map(Opening::as_of);
        let (Some(first), Some(from), Some(to)) =
            (openings.first(), times.clone().min(), times.max())
        else {
            return Err(Failure::at("openings", "at least one opening", "none"));
        };
        let parts = ClaimParts {
            subject: first.subject_id(),
            window: Window::new(from, to).map_err(|e| at("openings", &e))?,
            public_debt: debt
                .ok_or_else(|| Failure::at("debt", "a debt below 2^80 micro-units", "more"))?,
            ratio: Ratio::new(self.ratio_bps).map_err(|e| at("ratio_bps", &e))?,
            context: Context::of(&self.context),
            prices: prices
                .prices()
                .in_order(&policy)
                .map_err(|e| at("prices", &e))?,
        };
        let claim = Claim::new(policy, openings, parts).map_err(|e| at("claim", &e))?;
        claim.check_fits(&shape).map_err(|e| at("shape", &e))?;
        Ok(Read {
            claim,
            shape,
            prices,
            accounts,
        })
    }

    fn parse(text: &str) -> Result<Self, Failure> {
        serde_json::from_str(text)
            .map_err(|_| Failure::at("payload", "that of a claim", "something else"))
    }
}

fn standard(shape: Shape) -> Result<&'static CircuitKey, Failure> {
    static KEYS: Compiled<CircuitKey> = Compiled::new();
    let place = SHAPES.iter().position(|(known, _)| *known == shape);
    KEYS.of(place, || CircuitKey::standard(shape))
}

impl Work for Claims {
    fn kind(&self) -> &'static str {
        "claim"
    }

    fn circuits(&self) -> Result<Vec<String>, Failure> {
        let ids = SHAPES
            .iter()
            .map(|(shape, _)| Ok(standard(*shape)?.id().to_owned()));
        ids.collect()
    }

    fn draft(&self, entry: &serde_json::Value, folder: &Path) -> Result<Drafts, Failure> {
        let mut fields = Fields::of(entry)?;
        let document = |path: String| files::text(&folder.join(path));
        let debt = fields.text("debt")?;
        let debt = micro_units(&debt).ok_or_else(|| {
            Failure::at(
                "debt",
                "quote units such as \"4000000.50\", with up to six decimals",
                debt,
            )
        })?;
        let mut payload = Payload {
            policy: document(fields.text("policy")?)?.to_string(),
            prices: document(fields.text("prices")?)?.to_string(),
            openings: Vec::new(),
            accounts: Vec::new(),
            ratio_bps: fields.number("ratio_bps")?,
            debt_micro: debt.to_string(),
            context: fields.text_or("context", "")?,
            shape: fields.text_or("shape", "small")?,
        };
        for path in fields.texts("openings")? {
            payload.openings.push(document(path)?.to_string());
        }
        for path in fields.texts("accounts")? {
            payload.accounts.push(document(path)?.to_string());
        }
        fields.nothing_else()?;
        let read = payload.read()?;
        let memory = SHAPES.iter().find(|(shape, _)| *shape == read.shape);
        let text = serde_json::to_string(&payload).map(Zeroizing::new);
        Ok(Drafts::from(Draft {
            spec: spec(&read.claim, standard(read.shape)?)?,
            payload: text
                .map_err(|_| Failure::Machine("the payload could not be written".into()))?,
            memory_mb: memory.map_or(0, |(_, memory)| *memory),
            file: None,
        }))
    }

    fn prove(
        &self,
        job: &Opened<'_>,
        cancel: &Cancel,
        progress: &mut dyn FnMut(&'static str),
    ) -> Result<Proof, Refusal> {
        progress("opening");
        let other = |got: Failure| Refusal::Payload {
            field: "payload",
            expected: "the claim of the job".into(),
            got: got.to_string(),
        };
        let read = Payload::parse(job.payload)
            .and_then(|p| p.read())
            .map_err(other)?;
        let found = standard(read.shape).and_then(|key| spec(&read.claim, key));
        let found = found.map_err(other)?;
        if found != *job.spec {
            return Err(Refusal::Payload {
                field: "public inputs",
                expected: job.spec.key().to_string(),
                got: found.key().to_string(),
            });
        }
        progress("allocating");
        let satisfied = allocate::satisfy(read.claim).map_err(|e| refused(&e))?;
        if cancel.is_set() {
            return Err(Refusal::Cancelled);
        }
        progress("keys");
        let keys = self
            .0
            .of(read.shape, |cache| Keys::embedded(read.shape, cache))?;
        watched(cancel, progress, |watch| prove(&keys, &satisfied, watch))
    }

    fn document(&self, expected: &Spec, payload: &str, proof: &[u8]) -> Result<Vec<u8>, String> {
        let said = |e: &dyn std::fmt::Display| e.to_string();
        let read = Payload::parse(payload)
            .and_then(|p| p.read())
            .map_err(|e| said(&e))?;
        let key = standard(read.shape).map_err(|e| said(&e))?;
        // The spec was made of this payload by this program: nothing of it came from a worker.
        if spec(&read.claim, key).map_err(|e| said(&e))? != *expected {
            return Err("expected the claim of the job, got another".into());
        }
        verify_statement(&read.claim.statement, proof, key).map_err(|e| said(&e))?;
        let bundle = Bundle::new(BundleParts {
            circuit: key.id().into(),
            shape: key.shape(),
            ceremony: key.ceremony().into(),
            accounts: read.claim.openings.iter().map(AccountFile::of).collect(),
            statement: read.claim.statement,
            policy: read.claim.policy,
            prices: read.prices.prices().clone(),
            proof: proof.into(),
        });
        let bundle = bundle.and_then(|b| b.with_accounts(read.accounts));
        let bundle =
            bundle.and_then(|b| b.with_price_signatures(read.prices.signatures().to_vec()));
        Ok(bundle.map_err(|e| said(&e))?.to_json().into_bytes())
    }
}

/// The clause that fails, and nothing more: the texts of the relation have amounts. What could
/// not be decided is not false.
fn refused(error: &Refused) -> Refusal {
    let clause = match error {
        Refused::Shortfall(shortfall) => shortfall.clause().map(|clause| format!("{clause:?}")),
        other => clause_of(&other.to_string()).map(ToOwned::to_owned),
    };
    match (clause, error) {
        (Some(clause), _) => Refusal::False { clause },
        (None, Refused::Shortfall(shortfall)) => Refusal::Failed(shortfall.to_string()),
        (None, _) => Refusal::Failed("no clause could be told".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_debt_is_read_exactly_or_not_at_all() {
        assert_eq!(micro_units("4000000.50"), Some(4_000_000_500_000));
        assert_eq!(micro_units("0"), Some(0));
        assert_eq!(micro_units("0.000001"), Some(1));
        for bad in [
            "",
            ".5",
            "1.",
            "1.0000001",
            "-1",
            "1e3",
            "01",
            "1,0",
            "+1",
            " 1",
        ] {
            assert_eq!(micro_units(bad), None, "{bad}");
        }
    }
}
