//! What a dishonest prover makes: a witness that lies about accounts, commitments made anew
//! from the lies, and proofs of it by both provers, past every check of ours.
#![allow(unreachable_pub, missing_docs)]

use super::world::{circuit, claim};
use covenant_circuits::account::{Commitment, Kind, commit};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::witness::{AccountWitness, ValueWitness, Witness};
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::Value;
use covenant_circuits::policy::Policy;
use covenant_circuits::shape::{REPORT_WORDS, Shape};
use covenant_circuits::statement::{Claim, ClaimParts, Statement, StatementParts};
use covenant_verifier::transcript::KeccakWrite;
use ff::Field;
use halo2_proofs::plonk::create_proof;
use halo2_proofs::poly::kzg::commitment::KZGCommitmentScheme;
use halo2_proofs::poly::kzg::multiopen::ProverSHPLONK;
use halo2_proofs::transcript::TranscriptWriterBuffer;
use halo2curves::bn256::Bn256;
use rand_core::OsRng;

/// Row of the kinds among the public inputs.
pub const KINDS: usize = 7;

pub fn two_pow(n: u64) -> Fr {
    Fr::from(2).pow_vartime([n])
}

/// A statement and the witness for it: honest at first, then lied in.
pub struct Forgery {
    pub policy: Policy,
    pub statement: Statement,
    pub witness: Witness,
}

impl Forgery {
    /// The claim of the vectors for a context and a debt.
    pub fn honest(shape: Shape, context: Context, debt: u128) -> Self {
        let claim = claim();
        let s = &claim.statement;
        let parts = ClaimParts {
            subject: s.subject(),
            window: s.window(),
            public_debt: Value::new(debt).unwrap(),
            ratio: s.ratio(),
            context,
            prices: s.prices().to_vec(),
        };
        let claim = Claim::new(claim.policy, claim.openings, parts).unwrap();
        let allocation = covenant_fixtures::fullest(&claim);
        let witness = Witness::honest(&claim, &allocation, shape).unwrap();
        Self {
            policy: claim.policy,
            statement: claim.statement,
            witness,
        }
    }

    /// Forgery 1 and its mirror: the accounts of one kind are committed to under the other
    /// kind's tag, with ids that are off by 2^120, so that their positions have the same sum
    /// of id and kind. The commitments have no opening as accounts. `says` is the kind that
    /// the statement gives them.
    pub fn disguise(&mut self, counted: Kind, says: Kind) {
        let liability = u64::from(counted == Kind::Liability);
        let off = match counted {
            Kind::Collateral => -two_pow(120),
            Kind::Liability => two_pow(120),
        };
        let tag = match counted {
            Kind::Collateral => Kind::Liability.tag(),
            Kind::Liability => Kind::Collateral.tag(),
        };
        let subject = self.statement.subject().get();
        let mut kinds = self.statement.kinds().to_vec();
        let mut commitments = self.statement.commitments().to_vec();
        let mut found = 0;
        for (m, commitment) in commitments.iter_mut().enumerate() {
            let account = &mut self.witness.accounts[m];
            if account.liability != liability {
                continue;
            }
            found += 1;
            kinds[m] = says;
            account.liability = 1 - liability;
            // Every position of a liability must count; what did not is left out.
            account.every = account.liability.max(self.witness.complete);
            let mut entries = Vec::new();
            for block in &mut account.blocks {
                for p in &mut block.positions {
                    match (p.counts, p.entry == Fr::ZERO) {
                        (1, false) => p.entry += off * two_pow(128),
                        (_, true) => p.counts = account.every,
                        (_, false) if account.every == 1 => {
                            (p.entry, p.amount, p.counts) = (Fr::ZERO, Fr::ZERO, 1);
                        }
                        _ => {}
                    }
                    entries.extend((block.active == 1).then_some(p.entry));
                }
            }
            let header = [tag, subject, Fr::from(account.as_of), account.blinding];
            *commitment = Commitment(commit(header, &entries));
        }
        self.count_empty();
        assert!(found > 0);
        self.order(commitments, kinds);
    }

    /// The empty positions that count, as the circuit adds them up.
    fn count_empty(&mut self) {
        let mut empty = [0u64; 2];
        for account in &self.witness.accounts {
            let active = account.blocks.iter().filter(|block| block.active == 1);
            let positions = active.flat_map(|block| &block.positions);
            let counted = positions.filter(|p| p.entry == Fr::ZERO).map(|p| p.counts);
            empty[account.liability as usize] += counted.sum::<u64>();
        }
        self.witness.empty = (Fr::from(empty[0]), Fr::from(empty[1]));
    }

    /// The accounts by ascending commitment, as every verifier wants them.
    fn order(&mut self, commitments: Vec<Commitment>, kinds: Vec<Kind>) {
        let count = commitments.len();
        let accounts: Vec<AccountWitness> = self.witness.accounts.drain(..count).collect();
        let mut slots: Vec<_> = (commitments.into_iter().zip(kinds)).zip(accounts).collect();
        slots.sort_by_key(|((k, _), _)| covenant_circuits::field::to_be_bytes(&k.0));
        let (statements, accounts): (Vec<_>, Vec<_>) = slots.into_iter().unzip();
        self.witness.accounts.splice(0..0, accounts);
        let (commitments, kinds) = statements.into_iter().unzip();
        self.state(|parts| (parts.commitments, parts.kinds) = (commitments, kinds));
    }

    /// Another statement of the same witness.
    pub fn state(&mut self, change: impl FnOnce(&mut StatementParts)) {
        let s = &self.statement;
        let mut parts = StatementParts {
            subject: s.subject(),
            window: s.window(),
            public_debt: s.public_debt(),
            ratio: s.ratio(),
            context: s.context(),
            commitments: s.commitments().to_vec(),
            kinds: s.kinds().to_vec(),
            report: *s.report(),
            prices: s.prices().to_vec(),
        };
        change(&mut parts);
        self.statement = Statement::new(&self.policy, parts).unwrap();
        self.witness.public = self.statement.public_inputs(&self.witness.shape).unwrap();
    }

    /// An asset at a price of 0, which is no statement: nothing of it counts, and debt in it
    /// weighs nothing.
    pub fn make_free(&mut self, asset: usize) {
        let slot = &mut self.witness.assets[asset];
        for side in [&mut slot.collateral, &mut slot.liability] {
            *side = ValueWitness {
                value: Fr::ZERO,
                remainder: Fr::ZERO,
                ..*side
            };
        }
        for scenario in &mut self.witness.scenarios {
            scenario.counted[asset] = Fr::ZERO;
        }
        let at = Shape::NAMED_INPUTS + REPORT_WORDS + self.witness.shape.accounts() + asset;
        self.witness.public[at] = Fr::ZERO;
    }

    /// A proof of the witness by our prover.
    pub fn proof(&self) -> Vec<u8> {
        let keys = &circuit(self.witness.shape).keys;
        let made = CovenantCircuit::new(&self.witness);
        let public = self.witness.public.as_slice();
        let mut transcript = KeccakWrite::init(Vec::new());
        (keys.engine().unwrap())
            .prove(
                keys.proving_key(),
                &made,
                &[public],
                OsRng,
                &mut transcript,
                &mut |_| {},
            )
            .unwrap();
        transcript.finalize()
    }

    /// A proof by halo2-axiom's.
    pub fn proof_by_the_library(&self) -> Vec<u8> {
        let keys = &circuit(self.witness.shape).keys;
        let mut transcript = KeccakWrite::init(Vec::new());
        create_proof::<KZGCommitmentScheme<Bn256>, ProverSHPLONK<'_, Bn256>, _, _, _, _>(
            keys.srs().params(),
            keys.proving_key(),
            &[CovenantCircuit::new(&self.witness)],
            &[&[&self.witness.public]],
            OsRng,
            &mut transcript,
        )
        .unwrap();
        transcript.finalize()
    }
}
