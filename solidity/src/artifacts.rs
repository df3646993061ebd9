//! Everything that a dApp needs of a circuit, as files: sources, ABIs, and for the standard
//! shapes the creation code of all contracts, so that nobody needs a compiler.

use crate::export::{self, File, published_code_hash};
use crate::{ProofVerifier, Result, SOLC_VERSION};
use covenant_circuits::shape::Shape;
use covenant_verifier::key::CircuitKey;

/// The gas that the front should give the generated verifier: an accepted proof of a
/// standard shape costs less than 560,000 of execution, and the rest bounds what a false one
/// may burn.
pub const GAS_CAP: u64 = 1_000_000;

/// Compiled contracts of the standard shapes; a test compiles them again and compares (K3).
const VERIFIERS: [(Shape, &str); 3] = [
    (
        Shape::SMALL,
        include_str!("../data/CovenantProofSmall.json"),
    ),
    (
        Shape::MEDIUM,
        include_str!("../data/CovenantProofMedium.json"),
    ),
    (
        Shape::LARGE,
        include_str!("../data/CovenantProofLarge.json"),
    ),
];

/// The hand-written contracts that are deployed, compiled; compared like the verifiers.
const CONTRACTS: [(&str, &str); 9] = [
    (
        "CovenantVerifier",
        include_str!("../data/CovenantVerifier.json"),
    ),
    (
        "CovenantManyVerifier",
        include_str!("../data/CovenantManyVerifier.json"),
    ),
    ("CovenantBatch", include_str!("../data/CovenantBatch.json")),
    (
        "CovenantRegistry",
        include_str!("../data/CovenantRegistry.json"),
    ),
    (
        "CovenantRouter",
        include_str!("../data/CovenantRouter.json"),
    ),
    ("CovenantRules", include_str!("../data/CovenantRules.json")),
    (
        "CovenantIdentities",
        include_str!("../data/CovenantIdentities.json"),
    ),
    ("BackedToken", include_str!("../data/BackedToken.json")),
    ("TokenDebt", include_str!("../data/TokenDebt.json")),
];

/// The files of [`export::files`], artifacts of the contracts around the verifier, the
/// verifier's own where it is published, and a README.md that says how to deploy them.
pub fn files(key: &CircuitKey) -> Result<Vec<File>> {
    let verifier = ProofVerifier::of(key)?;
    let mut files = export::files(key)?;
    let published = published_code_hash(key.id());
    let compiled = VERIFIERS.iter().find(|(shape, _)| *shape == key.shape());
    // Of another key, the committed code would verify other proofs.
    if let (Some((_, artifact)), Some(_)) = (compiled, &published) {
        let name = format!("artifacts/{}.json", verifier.name());
        files.push((name, (*artifact).to_owned()));
    }
    for (name, artifact) in CONTRACTS {
        files.push((format!("artifacts/{name}.json"), artifact.to_owned()));
    }
    let readme = readme(key, &verifier, published.as_deref());
    files.push(("README.md".into(), readme));
    Ok(files)
}

fn readme(key: &CircuitKey, verifier: &ProofVerifier, code_hash: Option<&str>) -> String {
    let (shape, name) = (key.shape(), verifier.name());
    let (accounts, assets) = (shape.accounts(), shape.assets());
    let (circuit, ceremony) = (key.id(), key.ceremony());
    let (proof, inputs) = (verifier.proof_length(), verifier.instances());
    let bytecode = match code_hash {
        Some(_) => format!("`artifacts/{name}.json` has its ABI and creation code."),
        None => format!(
            "Its bytecode is not published: compile `{name}.input.json` with solc {SOLC_VERSION} (`solc --standard-json`)."
        ),
    };
    let hash = code_hash.unwrap_or("keccak256 of the runtime code that solc gave you");
    format!(
        r#"# Verifying proofs of the circuit {shape} on chain

| | |
|---|---|
| circuit | `{circuit}` |
| ceremony | {ceremony} |
| generated verifier | `{name}`, {inputs} public inputs, proofs of {proof} bytes |
| pinned code hash | {hash} |
| compiler | solc {SOLC_VERSION}, the settings in `{name}.input.json` and no others |

The optimizer cannot compile the generated contract, and any other setting, via-IR too, gives
another code hash, which the front refuses.

## Deploy, in this order

1. `{name}`, without arguments. {bytecode}
   Then `covenant export check --rpc URL --address A --shape {shape}` compares its code hash.
2. `CovenantVerifier(verifier, codeHash, circuitId, accounts, assets, gasCap)` with the address
   of 1, the pinned code hash, the text `{circuit}`,
   {accounts}, {assets}, {GAS_CAP}.
   The cap is the most gas that a false proof can burn; it must stay above what a true one
   costs.
3. `CovenantRouter(admin, delay, [front])`: who announces and freezes versions of the circuit and
   pauses, how many seconds a new version waits, and the address of 2, which becomes version 1. One
   router is enough for all circuits: list their fronts.
4. `CovenantRegistry(router, delay)`: the router for good, and how many seconds weaker terms wait.
   It deploys `CovenantRules` and `CovenantIdentities` for itself; nobody administrates it.
5. Where the debt is a token: `BackedToken(name, symbol, registry, facility, issuer)` with
   `facilityId(owner, salt)` of the registry; for a token that is no debt source itself,
   `TokenDebt(token)`. Either must be deployed before the facility is opened whose terms name it.
6. The owner calls `open(salt, terms)`; the issuer of a `BackedToken` calls `pin(terms)` once.

## Use

```
covenant export terms    terms.json --policy policy.json
covenant export context  --chain-id N --registry A --facility F --epoch E
covenant prove           --context-hash 0x... --out bundle.json ...
covenant export calldata bundle.json --for submit --terms terms.json --version V \
                         --chain-id N --registry A --facility F --epoch E
```

Send the calldata to the registry; `isCovered(facility, hash)` then holds, where `hash` is that of
the terms, as `covenant export terms` prints it. Whether an account is collateral or a liability,
the proof shows: its attester must have the role, and must have signed, for that kind, and
collateral is pledged because the proof says that it is. `epoch` is that of `facilityOf(facility)`;
each submission, change of terms, early end and release adds one. `V` is `versionOf(keccak256(id))`
of the router.

`terms.json` has the fields of `Terms` in Terms.sol under the same names, so that the same
object goes to `open` in ethers or viem. Numbers may be text, decimal or 0x-hex; the zero
address means none.

```
{{
  "subject": "0x...", "policy": "0x...", "minRatioBps": 12500,
  "circuits": [], "debtSources": ["0x..."], "minPublicDebt": "0",
  "beneficiary": "0x0000000000000000000000000000000000000000",
  "maxAccountAge": 86400, "maxWindow": 7200, "maxPriceAge": 3600, "maxLag": 0,
  "coverageSeconds": 86400, "attesterQuorum": 1, "priceQuorum": 1,
  "attesters": [{{ "signer": "0x...", "identity": "0x...", "roles": 1 }}],
  "feeds": [{{ "feed": "0x...", "assetDecimals": 8, "maxAge": 3600 }}],
  "envelope": "0x0000000000000000000000000000000000000000000000000000000000000000",
  "sequencer": "0x0000000000000000000000000000000000000000", "sequencerGrace": 0,
  "securedParty": "0x0", "wording": "0x0000000000000000000000000000000000000000000000000000000000000000",
  "bond": "0", "cureSeconds": 86400, "hook": "0x0000000000000000000000000000000000000000"
}}
```

`roles` adds up 1 for collateral, 2 for liabilities, 4 for prices, 8 for a creditor who must be in
every basket, 16 for a signer whose own key alone counts. `identity` is the first key that the
attester used: the signer itself unless it was rotated. Attesters ascend by identity. Feeds are one
per asset, in the order that `covenant export terms` prints. Without feeds the prices must be
signed. `maxWindow` is how many seconds the snapshots of accounts may lie apart. With a
`securedParty`, every collateral account needs a control undertaking for it.

The files of `artifacts/` have `abi` and `bytecode` (creation code), as ethers and viem take
them.

`src/` and `lib/` have the sources of all contracts around the verifier and of OpenZeppelin's that they
import; Foundry finds them by `remappings.txt`. `contracts.input.json` is the same for
`solc --standard-json`, with the settings that give the code in `artifacts/`.
"#
    )
}
