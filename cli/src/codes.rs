//! Every error code of `--json`: its exit code, when it is given, and what to do. The table in
//! docs/errors.md is made of this list. Which code an error of a library has, the modules here
//! say by its type; no code is read out of a message.

#[cfg(test)]
mod every_variant;
mod of_claims;
mod of_disclosure;
mod of_provers;
mod of_verifier;

use crate::outcome::{Exit, FailureOutput};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;
use std::fmt::Display;

/// An error that has a code, and may say where it lies and what belonged there.
pub(crate) trait Coded: Display {
    /// Its code.
    fn code(&self) -> Code;
    /// Fills in the place, and what was expected and found, as far as they are known.
    fn details(&self, _: &mut FailureOutput) {}
}

impl<E: Coded + ?Sized> Coded for &E {
    fn code(&self) -> Code {
        (**self).code()
    }
    fn details(&self, out: &mut FailureOutput) {
        (**self).details(out);
    }
}

macro_rules! codes {
    ($($name:ident = $text:literal, $exit:ident, $when:literal, $advice:literal;)*) => {
        /// What went wrong, for programs.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
        pub(crate) enum Code {
            $(#[doc = $when] #[serde(rename = $text)] $name,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];

            /// As JSON has it.
            pub(crate) fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The exit code of a run that ends with it.
            pub(crate) fn exit(self) -> Exit {
                match self { $(Self::$name => Exit::$exit,)* }
            }

            /// When it is given.
            #[cfg(test)]
            pub(crate) fn when(self) -> &'static str {
                match self { $(Self::$name => $when,)* }
            }

            /// What to do.
            #[cfg(test)]
            pub(crate) fn advice(self) -> &'static str {
                match self { $(Self::$name => $advice,)* }
            }
        }
    };
}

impl JsonSchema for Code {
    fn schema_name() -> Cow<'static, str> {
        "Code".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let all: Vec<&str> = Self::ALL.iter().map(|code| code.text()).collect();
        json_schema!({
            "description": "What went wrong: see docs/errors.md.",
            "type": "string",
            "enum": all,
        })
    }
}

codes! {
    // The command line.
    Usage = "usage", Unknown,
        "The command line is not understood: an unknown verb or option, a value that an option does not take, or options that do not go together.",
        "Correct the command; `covenant VERB --help` lists what it takes.";

    // Files.
    FileNotRead = "file_not_read", Unknown,
        "A file is missing, may not be read, or is not a regular file.",
        "Correct the path or the permissions.";
    FileTooLarge = "file_too_large", Unknown,
        "A file is larger than any of its kind.",
        "Check that it is the right file.";
    FileNotWritten = "file_not_written", Unknown,
        "A file or folder could not be written: no such folder, no permission, no space, a symbolic link, or something that is not a file.",
        "Name another path with `--out`, or correct the permissions.";
    FileExists = "file_exists", Unknown,
        "A file is there already that is never replaced: a secret, a key, or expectations; or a folder has files of somebody else.",
        "Move it away, or name another path.";
    Malformed = "malformed", Unknown,
        "A file is not of its format. `file`, `line`, `column`, `field`, `expected` and `got` say where and why, as far as they are known.",
        "Correct the file.";
    VersionUnknown = "version_unknown", Unknown,
        "A file is of a version of its format that this program does not know.",
        "Use a newer program, or write the file again.";
    DatabaseFailed = "database_failed", Unknown,
        "A ledger could not be opened, read or written: it was busy for 30 seconds, damaged, or SQLite failed.",
        "Try again; check the disk and the permissions.";
    NotALedger = "not_a_ledger", Unknown,
        "The file named with `--ledger` is a database, but not a ledger of this version.",
        "Name a ledger that `covenant ledger add` made.";

    // Policies of others.
    LossNotAccepted = "loss_not_accepted", Unknown,
        "A policy cannot say all of the rules that were to be imported, so that more may count under it than in the source; nothing was written.",
        "Read what is left out; accept it with `--accept-loss`, or write the policy by hand.";

    // Prices.
    PricesMissing = "prices_missing", Unknown,
        "An asset of the policy has no price, or prices from fewer sources than are required.",
        "Add the price or a source, or lower `--min-sources`.";
    PricesApart = "prices_apart", Unknown,
        "The sources of an asset's price lie further apart than `--max-deviation`.",
        "Find out which source is wrong.";
    PriceRoundUnusable = "price_round_unusable", Unknown,
        "A Chainlink round is too old, not finished, answered in an earlier round, or after `--as-of`.",
        "Read the feed again, or correct `--as-of` or `--max-age`.";
    PriceStale = "price_stale", Unknown,
        "A source's price is older than `--max-age`, or of a time after `--as-of`; or prices that are watched are older than the expectations or the facility's file allow, or of a later time.",
        "Get the prices again, or correct `--as-of` or `--max-age`.";
    PriceUncertain = "price_uncertain", Unknown,
        "The confidence interval that a source gives with a price is wider than `--max-confidence-bps`.",
        "Get the price again, or use another source for the asset.";
    PriceUnusable = "price_unusable", Unknown,
        "A price is 0, too large, or has more decimals than prices can have.",
        "Correct the price or its decimals.";
    CommandFailed = "command_failed", Unknown,
        "The command of `--prices-command` could not be run, did not end with 0, took too long, or printed no text of a size that prices have.",
        "Run it alone and correct it.";
    CurrencyMismatch = "currency_mismatch", Unknown,
        "The prices are in another currency than the policy's.",
        "Use prices in the policy's currency.";

    // Claims.
    BasketMixed = "basket_mixed", Unknown,
        "S1: the accounts of a basket are not of one subject, or not of the window that was named.",
        "Use accounts of the same subject; name a wider window, or none.";
    OpeningRepeated = "opening_repeated", Unknown,
        "One account is in the basket twice.",
        "Name each opening once.";
    AccountNotInBasket = "account_not_in_basket", Unknown,
        "An account named with `--account` belongs to none of the openings.",
        "Name its opening too, or leave it out.";
    RatioOffGrid = "ratio_off_grid", Unknown,
        "`--ratio` is not the policy's smallest ratio plus a whole number of its steps.",
        "Use a ratio on the policy's grid: proofs at fine thresholds would reveal the true one.";
    DoesNotFit = "does_not_fit", Unknown,
        "The claim has more accounts, positions, assets or scenarios than the circuit holds.",
        "Name a larger shape with `--shape`; `covenant shapes` lists the standard ones.";
    StatementInvalid = "statement_invalid", Unknown,
        "The parts of a claim make no statement: commitments out of order, or not one price for each asset.",
        "Check the files of the claim.";
    AmountOutOfRange = "amount_out_of_range", Unknown,
        "A number of the claim is outside the range that the statement can express; nothing was decided.",
        "Check amounts, prices and the policy.";
    Undecided = "undecided", Unknown,
        "Whether the claim is true was not decided: what is required lies too close to what can count.",
        "Lower the ratio or the debt slightly.";

    // The claim is false.
    OpeningWrong = "opening_wrong", False,
        "S1: an opening does not open its commitment, is of another kind, subject or time than the statement, or one is missing.",
        "Use the openings that belong to the accounts.";
    RollupFalse = "rollup_false", False,
        "R1 to R5: accounts do not make one of a roll-up: another subject, kind or time, too many positions, or a total of 2^112 base units or more.",
        "Merge accounts of one subject, kind and window; name a larger shape.";
    LiabilityUnlisted = "liability_unlisted", False,
        "S2: a liability is in an asset that the policy does not list.",
        "Use a policy that lists the asset.";
    CollateralUnlisted = "collateral_unlisted", False,
        "S2: an account holds an asset that the policy does not list, and the policy is complete.",
        "Use a policy that lists the asset.";
    MayNotOwe = "may_not_owe", False,
        "S2: a liability is in an asset that may not be owed under the policy.",
        "Use a policy that has `may_owe` for the asset.";
    TotalOverflow = "total_overflow", False,
        "S2: the total of an asset is 2^128 base units or more.",
        "Check the amounts and decimals of the asset.";
    NettingForbidden = "netting_forbidden", False,
        "S3: more of an asset is netted than the policy and the totals allow.",
        "Report this: the program chose the netting.";
    ValueOverflow = "value_overflow", False,
        "S4: an asset is worth 2^80 micro-units or more.",
        "Check amounts and prices, or use a policy with a larger quote unit.";
    TiersOverfull = "tiers_overfull", False,
        "S5: an asset counts for more than its tiers allow.",
        "Report this: the program chose the allocation.";
    ShareExceeded = "share_exceeded", False,
        "S6: an asset or a group is outside of its share of what counts.",
        "Report this: the program chose the allocation.";
    HeldShare = "held_share", False,
        "S6: an asset or a group is outside of its share of what is held. What is held cannot be left uncounted.",
        "Change what the accounts hold; no ratio mends it.";
    ReportWrong = "report_wrong", False,
        "S10: a line of the report is not what the accounts hold.",
        "Report this: the program makes the report.";
    SharesBind = "shares_bind", False,
        "S6: all of the collateral would cover the debt, but the share rules keep some of it from counting. `binding` names the rules.",
        "Lower the ratio, or add collateral of another kind; `covenant simulate` shows how much.";
    NotCovered = "not_covered", False,
        "S7: not even all of the collateral covers the debt at the required ratio in some scenario. For `covenant simulate`: some scenario is not covered.",
        "Lower the ratio or the debt, or add collateral; `covenant simulate` shows how much.";

    // A bundle that is judged.
    BundleMalformed = "bundle_malformed", False,
        "The bundle to be verified, inspected or searched is not one: not of its format, or its parts disagree.",
        "Ask its maker for another.";
    CircuitMismatch = "circuit_mismatch", False,
        "The bundle names another circuit than the one of its shape.",
        "Ask for a proof by a program of this version.";
    CircuitUnknown = "circuit_unknown", Unknown,
        "For `covenant account included`: the bundle names a circuit that this program has no key of.",
        "Use the version of the program that its circuit is of.";
    CircuitRetired = "circuit_retired", False,
        "The bundle's circuit is retired: a false statement has a proof under it, or its statement is that of an earlier edition.",
        "Ask for a proof under the present circuit.";
    CircuitDisabled = "circuit_disabled", False,
        "The bundle's circuit is one that the expectations disable.",
        "Ask for a proof under another circuit.";
    ShapeMismatch = "shape_mismatch", False,
        "The bundle is of another shape than the expected one, or than the verifying key.",
        "Ask for a proof in the shape that you expect.";
    CeremonyMismatch = "ceremony_mismatch", False,
        "The bundle names another ceremony than the verifying key's.",
        "Ask for a proof under the ceremony that you trust.";
    PolicyMismatch = "policy_mismatch", False,
        "The bundle is under another policy than the agreed one; or, S8, a statement names another policy than its claim.",
        "Ask for a proof under the agreed policy; `covenant policy diff` compares two.";
    SubjectMismatch = "subject_mismatch", False,
        "The bundle is about another subject.",
        "Ask for a proof about the right subject.";
    PolicyRefused = "policy_refused", False,
        "The policy is one that nobody should agree to: `covenant policy check` refuses it.",
        "Agree on a policy that passes `covenant policy check`.";
    RatioTooLow = "ratio_too_low", False,
        "The bundle proves a lower ratio than the expected one.",
        "Ask for a proof at the expected ratio.";
    GridMissed = "grid_missed", False,
        "The bundle's ratio is not the policy's smallest plus a whole number of its steps.",
        "Ask for a proof at a ratio on the policy's grid.";
    DebtTooLow = "debt_too_low", False,
        "The bundle has less public debt than the expected one.",
        "Ask for a proof with the debt that you know of.";
    ContextMismatch = "context_mismatch", False,
        "The bundle is bound to another context.",
        "Ask for a proof with your context.";
    Stale = "stale", False,
        "The accounts or the prices are older than the expectations allow.",
        "Ask for a proof of fresh accounts and prices.";
    FromTheFuture = "from_the_future", False,
        "The accounts or the prices are further in the future than the expectations allow.",
        "Check both clocks.";
    WindowTooWide = "window_too_wide", False,
        "The accounts of the bundle may lie further apart than the expectations allow.",
        "Ask for a proof of accounts that were taken closer together.";
    SignatureRefused = "signature_refused", False,
        "A signature in the bundle is not one of its signer over this document.",
        "Ask for documents that their signers signed.";
    ContractNotQueried = "contract_not_queried", Unknown,
        "A contract is said to have signed (ERC-1271), and it was not queried: whether the signature is its own cannot be told.",
        "Name a node of its chain with `--rpc`.";
    SelfDeclared = "self_declared", False,
        "More accounts of a kind are without a signature than the expectations allow.",
        "Ask for accounts that their attesters signed.";
    AttesterNotAccepted = "attester_not_accepted", False,
        "An account is signed by somebody whom the expectations do not name.",
        "Name the attester in your expectations, if you trust it.";
    AttesterRole = "attester_role", False,
        "An attester signed an account of a kind for which the expectations do not accept it.",
        "Give the attester the role in your expectations, if you trust it for that.";
    AttesterQuorumMissed = "attester_quorum_missed", False,
        "Fewer different attesters signed an account than the expectations require.",
        "Ask for an account that enough of them signed.";
    AttestationExpired = "attestation_expired", False,
        "An attestation was valid until an earlier time.",
        "Ask for accounts that were signed anew.";
    Revoked = "revoked", False,
        "A signed document of the bundle was withdrawn by its signer.",
        "Ask for a proof whose documents stand.";
    AccountRepeated = "account_repeated", False,
        "Two commitments of the bundle are to one account.",
        "Ask for a proof that has each account once.";
    Pledged = "pledged", False,
        "An account of the bundle is pledged to something else.",
        "Ask for a proof without it, or release it with `covenant ledger release`.";
    CounterpartMissing = "counterpart_missing", False,
        "An attester names another account as the other side of the same one, such as what is owed on it, and the bundle has none of that kind and time.",
        "Ask for a proof that has both.";
    RequiredMissing = "required_missing", False,
        "An account, or somebody's account, that the expectations require in the basket is not in it.",
        "Ask for a proof that has it.";
    UndertakingMissing = "undertaking_missing", False,
        "A collateral account has no control undertaking as the expectations require it.",
        "Ask for one by the account's attester: `covenant account undertake`.";
    RepresentationMissing = "representation_missing", False,
        "The subject has not represented, as the expectations require, that there is no other debt.",
        "Ask the subject for it: `covenant represent`.";
    OutsideEnvelope = "outside_envelope", False,
        "Later prices are outside what was proved, so that nothing is known any more. That is no breach.",
        "Require a new proof at these prices.";
    FacilityNotCovered = "facility_not_covered", False,
        "A facility of a registry is not covered: nothing is proved, the coverage lapsed, was ended or is of a version that was frozen, submissions are paused, more is owed than was proved, or its terms are not those that were named.",
        "`state` and `reason` say which; require a new proof, or find out why it was ended.";
    OtherBasket = "other_basket", Unknown,
        "The openings are not those of the bundle's accounts, all of them and no others.",
        "Name the openings of the basket that was proved.";
    QuorumMissed = "quorum_missed", False,
        "Fewer of the accepted price signers signed than the expectations require.",
        "Ask for prices that enough of them signed.";
    PricesMismatch = "prices_mismatch", False,
        "The bundle's prices are not the relying party's own.",
        "Ask for a proof with your prices.";
    ProofLength = "proof_length", False,
        "The proof does not have the length of its circuit's proofs.",
        "Ask its maker for another.";
    ProofFalse = "proof_false", False,
        "The proof does not prove the statement.",
        "Do not rely on it.";
    NotAccepted = "not_accepted", False,
        "The bundle was not accepted for a reason that has no code of its own yet.",
        "Read `reason`.";
    TreeRefused = "tree_refused", False,
        "A tree of roll-ups or a branch of one is not as section 8a of docs/spec.md demands (R6 to R9), or not of the bundle.",
        "Do not rely on it; ask its maker for the tree of the statement.";
    NotIncluded = "not_included", False,
        "The bundle does not count the account.",
        "Ask the subject for a proof that counts it.";
    HolderMismatch = "holder_mismatch", False,
        "The account's blinding is not made of the holder's reference and the salt.",
        "Ask the debtor for an account of your own: this one may be shown to somebody else too.";
    KindMismatch = "kind_mismatch", False,
        "The bundle counts the account as the other kind than its opening says.",
        "Do not rely on it.";

    // Auditors.
    StatementMismatch = "statement_mismatch", False,
        "A disclosure or an opinion is of another statement than the bundle's.",
        "Use the bundle that it is of, or ask for one of this bundle.";
    PeriodMismatch = "period_mismatch", False,
        "A disclosure or an opening of it is of another time than the bundle's snapshots, or an opinion is of a period that does not contain them.",
        "Use the bundle of that period, or ask for a disclosure or an opinion of this one.";
    AuditorNotAccepted = "auditor_not_accepted", False,
        "The opinion in an evidence pack is signed by somebody else than the auditor named with `--auditor`.",
        "Name the auditor's key, if you trust it; else ask for an opinion by your auditor.";
    PackMalformed = "pack_malformed", False,
        "An evidence pack is not one: not a whole archive of plain files with the names of a pack, or its manifest or opinion is not of its format.",
        "Ask its maker for another.";
    PackAltered = "pack_altered", False,
        "A member of an evidence pack is missing, extra, or not the one that its manifest names; or the archive is not written as packs are.",
        "Do not rely on it; use a backup.";
    IdentityWrong = "identity_wrong", Unknown,
        "A sealed file is sealed to other recipients than the identity's.",
        "Use the identity whose recipient it was sealed to.";
    SealedDamaged = "sealed_damaged", Unknown,
        "A sealed file was altered or is not whole; nothing of it is used.",
        "Ask for it again.";

    // Ledgers.
    AlreadyPledged = "already_pledged", False,
        "A commitment, or another one to the same account, is pledged already; nothing was added.",
        "Do not lend against it, or release it first.";
    NotPledged = "not_pledged", False,
        "A commitment is not pledged to the facility; nothing was released.",
        "Check the facility's name with `covenant ledger list`.";

    // Keys and signatures.
    KeyNotRead = "key_not_read", Unknown,
        "A key is not one, or the environment variable that was to hold it is not set.",
        "Name a keystore, or set the variable to 64 hex digits.";
    PasswordWrong = "password_wrong", Unknown,
        "The password does not open the keystore, or the file was altered.",
        "Use the right password or a backup.";
    PasswordMissing = "password_missing", Unknown,
        "There is no terminal to prompt for the password on, it is empty, or it was repeated differently.",
        "Name a file with `--password-file`, whose first line is the password.";
    SignatureInvalid = "signature_invalid", Unknown,
        "A signature to be attached, or in a file to be used, is not one of its signer over this document.",
        "Sign this very document again.";
    AccountDiffers = "account_differs", Unknown,
        "The account to be signed is not the public side of the opening; nothing was signed.",
        "Do not sign it: commit to the account again from your own books.";
    SigningFailed = "signing_failed", Unknown,
        "The document could not be signed, or the operating system gave no randomness.",
        "Try again.";

    // Structured reference strings and keys of circuits.
    SrsMissing = "srs_missing", Unknown,
        "The shape needs a structured reference string beyond the embedded one, and none is imported.",
        "Get a `.ptau` of Hermez or of Perpetual Powers of Tau and run `covenant srs import`.";
    SrsMalformed = "srs_malformed", Unknown,
        "A structured reference string is damaged, not of a known format, or not the powers of one tau.",
        "Download it again.";
    SrsTooSmall = "srs_too_small", Unknown,
        "A structured reference string has too few powers for the `k` that was named.",
        "Use a smaller `--k` or a larger file.";
    SrsUntrusted = "srs_untrusted", Unknown,
        "A structured reference string is of no known ceremony.",
        "Use a known one; `--allow-untrusted` accepts it where forged proofs do no harm.";
    CacheMissing = "cache_missing", Unknown,
        "There is no user cache directory.",
        "Name one with `--cache-dir`.";
    OutOfMemory = "out_of_memory", Unknown,
        "There is not enough memory, for a structured reference string or for a proof.",
        "Use a smaller one, or a larger machine.";

    // On chain.
    NotForChain = "not_for_chain", Unknown,
        "The bundle is not one that the contract would accept: another context, subject or policy, a retired circuit, or not the signatures that the terms require.",
        "`field`, `expected` and `got` say what differs; prove or sign again accordingly.";
    NodeFailed = "node_failed", Unknown,
        "The node gave no answer, or another one than the call has; or it is of another chain or stays behind, its chain was reorganized meanwhile, or there is no code at the address of a contract that is said to have signed, or of a registry.",
        "Check the address and that the node is up, of that chain, and has the block; `--block` names another.";
    NothingDeployed = "code_missing", False,
        "There is no code at the address.",
        "Check the address and the chain.";
    OtherDeployed = "code_differs", False,
        "The code at the address is not the published verifier.",
        "Do not rely on it.";

    Internal = "internal", Unknown,
        "This program failed where it should not.",
        "Report it, with the command and without secrets.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// docs/errors.md has this table between its first and its last paragraph.
    fn table() -> String {
        let row = |code: &Code| {
            format!(
                "| `{}` | {} | {} | {} |\n",
                code.text(),
                code.exit() as u8,
                code.when(),
                code.advice()
            )
        };
        let rows: String = Code::ALL.iter().map(row).collect();
        format!("| code | exit code | when | what to do |\n|---|---|---|---|\n{rows}")
    }

    /// After a change that is meant: make outputs.
    #[test]
    fn docs_errors_md_has_every_code_and_no_other() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/errors.md");
        let text = std::fs::read_to_string(path).unwrap();
        let (before, rest) = text.split_once("| code |").unwrap();
        let (_, after) = rest.split_once("\n\n").unwrap();
        let expected = format!("{before}{}\n{after}", table());
        if std::env::var_os("COVENANT_WRITE_DOCS").is_some() {
            std::fs::write(path, &expected).unwrap();
        }
        let found = std::fs::read_to_string(path).unwrap();
        assert_eq!(found, expected, "docs/errors.md is stale");
    }

    #[test]
    fn codes_are_snake_case_and_each_is_there_once() {
        let mut met = BTreeSet::new();
        for code in Code::ALL {
            let text = code.text();
            assert!(met.insert(text), "{text}");
            assert!(text.bytes().all(|c| c.is_ascii_lowercase() || c == b'_'));
            assert_ne!(code.exit(), Exit::Done, "{text}");
        }
    }
}
