//! What was verified, in sentences: what was proved, by whose word, and what was not proved
//! (docs/spec.md, section 8). Nothing here claims more than the checks found.

use crate::expect::{AccountSource, ContractWord, PriceSource};
use crate::time::date;
use crate::verify::Verified;
use covenant_claims::account;
use covenant_claims::field::to_hex;
use std::collections::{BTreeMap, BTreeSet};

impl Verified {
    /// What was proved, a sentence a line.
    pub fn proved(&self) -> Vec<String> {
        let ratio = |bps: u32| format!("{}.{:02} %", bps / 100, bps % 100);
        let quote = self.policy().document().quote.as_str();
        let quote = quote.strip_prefix("iso4217:").unwrap_or(quote);
        let debt = self.statement().public_debt().get();
        let (whole, cents) = (debt / 1_000_000, format!("{:06}", debt % 1_000_000));
        let cents = cents.trim_end_matches('0');
        let owed = self.statement().kinds().iter();
        let owed = owed.filter(|kind| **kind == account::Kind::Liability);
        let owed = owed.count();
        let mut lines = vec![format!(
            "What counts of {} committed accounts of collateral of the subject {}, valued at the prices in the bundle under the policy {:?}, covers a debt of {whole}.{cents:0<2} {quote} and what {owed} committed accounts of liabilities are owed at {}.",
            self.accounts().len() - owed,
            to_hex(&self.statement().subject().get()),
            self.policy().document().name,
            ratio(self.statement().ratio().bps()),
        )];
        for (j, required) in (1..).zip(self.policy().scenario_ratios()) {
            lines.push(format!(
                "In the scenario {:?} it covers them at {}.",
                self.policy().scenario_name(j),
                ratio((*required).into())
            ));
        }
        if self.policy().complete() {
            lines.push(
                "The collateral accounts hold nothing that the policy does not list, and what they hold meets its rules on held shares.".into(),
            );
        }
        let grain = self.policy().report_grain();
        for (g, line) in self.statement().report().iter().enumerate() {
            let reported = self
                .policy()
                .groups()
                .get(g)
                .is_some_and(|group| group.report);
            if let Some(name) = self.policy().group_name(g).filter(|_| reported) {
                lines.push(format!(
                    "Of the group {name:?} they hold {} times {grain} {quote}, rounded down, at these prices.",
                    line.get()
                ));
            }
        }
        let window = self.statement().window();
        let accounts = match window.to() - window.from() {
            0 => format!("Accounts are as of {}", date(window.from())),
            _ => format!(
                "Accounts are as of {} to {}",
                date(window.from()),
                date(window.to())
            ),
        };
        lines.push(format!(
            "{accounts}, prices as of {}.",
            date(self.prices_as_of())
        ));
        let (last, why) = self.lapses().reason();
        lines.push(format!("It ends after {}, when {why}.", date(last)));
        lines
    }

    /// Whose word it rests on, a sentence a line.
    pub fn trusting(&self) -> Vec<String> {
        let mut attesters: BTreeMap<(String, account::Kind), usize> = BTreeMap::new();
        let mut own: BTreeMap<account::Kind, usize> = BTreeMap::new();
        let mut total: BTreeMap<account::Kind, usize> = BTreeMap::new();
        let words = self.accounts().iter().zip(self.statement().kinds());
        let words = words.flat_map(|(word, kind)| word.words().iter().map(move |w| (w, kind)));
        for (word, kind) in words {
            *total.entry(*kind).or_default() += 1;
            match word {
                AccountSource::Attesters(signers) => {
                    for signer in signers {
                        *attesters.entry((signer.to_string(), *kind)).or_default() += 1;
                    }
                }
                AccountSource::SelfDeclared => *own.entry(*kind).or_default() += 1,
                // No tree is below a tree's word.
                AccountSource::Tree(_) => {}
            }
        }
        let of = |kind| total.get(kind).copied().unwrap_or_default();
        let mut lines: Vec<String> = attesters
            .iter()
            .map(|((attester, kind), n)| {
                format!("{attester} signed for {n} of {} {kind} accounts.", of(kind))
            })
            .collect();
        lines.extend(own.iter().map(|(kind, n)| {
            format!(
                "{n} of {} {kind} accounts are self-declared: the subject alone says what is in them.",
                of(kind)
            )
        }));
        lines.push(match self.prices() {
            PriceSource::Signers(signers) => {
                let names: Vec<String> = signers.iter().map(ToString::to_string).collect();
                format!("The prices are signed by {}.", names.join(", "))
            }
            PriceSource::RelyingParty => "The prices are the relying party's own.".into(),
            PriceSource::Nobody => {
                "The prices are the bundle's; no accepted signer is required.".into()
            }
        });
        let contracts = self.contracts().iter().map(|word| {
            let ContractWord { contract, block, .. } = word;
            format!("{contract} takes its signature as its own at its block {block}, by the word of the node that was queried.")
        });
        lines.extend(contracts.collect::<BTreeSet<String>>());
        lines.extend(self.merged().iter().map(|merged| {
            format!(
                "accounts[{}] is the sum of {} accounts, by {} further proofs; the word is theirs.",
                merged.account, merged.leaves, merged.proofs
            )
        }));
        let held = self.held().iter().map(|held| {
            format!(
                "{} undertakes to hold {} for the secured party from {} to {}.",
                held.attester,
                held.place,
                date(held.from),
                date(held.until)
            )
        });
        lines.extend(held);
        lines.extend(self.representation().map(|signer| {
            format!("The subject represents that there is no other debt, signed by {signer}.")
        }));
        lines.push(format!(
            "The proof rests on BN254, KZG with the ceremony {} (one honest participant), Poseidon and keccak256.",
            self.ceremony()
        ));
        lines
    }

    /// What it does not say, a sentence a line.
    pub fn not_proved(&self) -> Vec<String> {
        let mut words = self.accounts().iter().flat_map(AccountSource::words);
        let self_declared = words.any(|word| *word == AccountSource::SelfDeclared);
        let window = self.statement().window();
        let mut lines = vec![match self.representation() {
            Some(_) => "That there is no other debt, beyond the subject's own word for it.",
            None => {
                "That there is no other debt than the public figure and the creditors' accounts in the basket."
            }
        }];
        if self.must_include().is_empty() {
            lines.push("That any creditor is in the basket: nobody was required to be in it.");
        }
        lines.extend([
            "That there are no other accounts: all of it, held shares and reports too, is of the basket only.",
            match self.held().is_empty() {
                true => "That the collateral was not lent to the subject for the snapshot, and is still there: nobody was required to hold it.",
                false => "That the collateral was not lent to the subject for the snapshot.",
            },
            "That the accounts are not pledged elsewhere, beyond the commitments the relying party knows of.",
            "That attesters of accounts and sources of prices tell the truth.",
        ]);
        if !self.policy().complete() {
            lines.push(
                "How much the accounts hold beyond what counts: counted is at most what is held.",
            );
        }
        // What is undertaken from each snapshot to the end of the window did not move in it.
        let stayed = !self.held().is_empty() && self.held().iter().all(|h| h.until >= window.to());
        if window.from() < window.to() && !stayed {
            lines.push("That nothing moved between accounts within the window, so that it is in two of them.");
            lines.push("That no debt was made after a creditor's snapshot whose proceeds are in a later one.");
        }
        if self_declared {
            lines.push("That the self-declared accounts exist.");
        }
        if *self.prices() == PriceSource::Nobody {
            lines.push("That the prices are anybody's but the subject's.");
        }
        lines.into_iter().map(String::from).collect()
    }
}
