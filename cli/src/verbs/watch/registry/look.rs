//! One look at facilities: what the contracts say at one block, and what their events add to it.

use super::chain::{Chain, Head, State};
use super::events::Logged;
use super::output::{
    Announced, Consent, Ended, FacilityLook, Happened, LookStanding, Pause, Proved, told,
};
use super::words;
use crate::Outcome;
use crate::codes::Code;
use crate::outcome::{Exit, Failure, Report};
use crate::rpc::hex;
use crate::text::plain;
use covenant_solidity::registry::{
    EndReason, Event, FacilityState, ProvedStatement, Terms, address_text,
};
use covenant_verifier::signed::Block;

/// A facility that is watched, and what its events have told so far.
#[derive(Clone)]
pub(super) struct Followed {
    id: u128,
    /// Those that it must have.
    agreed: Option<Terms>,
    /// The block that events are read from at first: without one, that after the first look's.
    from_block: Option<u64>,
    /// The block that they are read from next.
    next: Option<u64>,
    /// The last proof that was accepted, with its epoch.
    proof: Option<(u64, Box<ProvedStatement>)>,
    /// The last end before its time, with its epoch.
    ended: Option<EarlyEnd>,
}

#[derive(Clone, Copy)]
struct EarlyEnd {
    epoch: u64,
    reason: EndReason,
    cure_by: u64,
    by: [u8; 20],
}

/// What was found of a facility.
pub(super) struct Seen(FacilityLook);

/// Looks at all facilities at one block, which is still the chain's afterwards. What could not be
/// looked at leaves them as they were, so that the next look tells what happened meanwhile.
pub(super) fn all(
    chain: &Chain,
    followed: &mut Vec<Followed>,
    number: Option<u64>,
    last: &mut Option<Block>,
) -> Result<Vec<Seen>, Failure> {
    let head = chain.head(number)?;
    if let Some(before) = *last {
        if head.block.number < before.number {
            let (expected, got) = (before.number, head.block.number);
            return Err(chain.node.failed(format!(
                "expected the block {expected}, which was read before, or a later one, got {got}"
            )));
        }
        if let Some(now) = chain.other_than(&before)? {
            // Whatever was read may be of blocks that are none any more: all is read again.
            *last = None;
            followed.iter_mut().for_each(Followed::forget);
            return Err(chain.reorganized(&before, &now));
        }
    }
    let mut after = followed.clone();
    let seen: Result<Vec<_>, _> = (after.iter_mut())
        .map(|one| one.look(chain, &head))
        .collect();
    let seen = seen?;
    if let Some(now) = chain.other_than(&head.block)? {
        return Err(chain.reorganized(&head.block, &now));
    }
    (*followed, *last) = (after, Some(head.block));
    Ok(seen)
}

impl Followed {
    pub(super) fn new(id: u128, agreed: Option<Terms>, from_block: Option<u64>) -> Self {
        Self {
            id,
            agreed,
            from_block,
            next: from_block,
            proof: None,
            ended: None,
        }
    }

    fn forget(&mut self) {
        (self.next, self.proof, self.ended) = (self.from_block, None, None);
    }

    fn look(&mut self, chain: &Chain, head: &Head) -> Result<Seen, Failure> {
        let state = chain.state(head, self.id)?;
        let following = head.block.number.saturating_add(1);
        let events = chain.events(head, self.id, self.next.unwrap_or(following))?;
        self.next = Some(following);
        self.from_block.get_or_insert(following);
        for logged in &events {
            self.note(&logged.event);
        }
        let proof = self.proof_of(chain, &state.facility)?;
        Ok(Seen(self.told(chain, head, &state, proof, &events)))
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Covered { epoch, proved, .. } => self.proof = Some((*epoch, proved.clone())),
            Event::CoverageEnded {
                epoch,
                reason,
                cure_by,
                by,
            } => {
                self.ended = Some(EarlyEnd {
                    epoch: *epoch,
                    reason: *reason,
                    cure_by: *cure_by,
                    by: *by,
                });
            }
            _ => {}
        }
    }

    /// What was proved last, as far as it is known, and it is what the registry keeps.
    fn proof_of(
        &self,
        chain: &Chain,
        facility: &FacilityState,
    ) -> Result<Option<&ProvedStatement>, Failure> {
        let Some((epoch, proved)) = &self.proof else {
            return Ok(None);
        };
        let statement = &proved.statement;
        let kept = facility.basis == proved.basis_hash()
            && facility.debt == statement.publicDebt
            && facility.as_of_from == statement.asOfFrom
            && facility.as_of_to == statement.asOfTo;
        let other = facility.pledges != 0 && facility.pledges != *epoch;
        if !kept || other {
            return Err(chain.contradiction("facilityOf", "what the last event Covered says"));
        }
        Ok(Some(proved))
    }

    fn told(
        &self,
        chain: &Chain,
        head: &Head,
        state: &State,
        proof: Option<&ProvedStatement>,
        events: &[Logged],
    ) -> FacilityLook {
        let facility = &state.facility;
        let standing = standing(head, state);
        let agreed = self.agreed.as_ref().map(Terms::hash);
        let terms_agreed = agreed.map(|agreed| agreed == facility.terms);
        let code = match (terms_agreed, standing) {
            (Some(false), _) => Some(Code::TermsDiffer),
            (_, LookStanding::Covered) => None,
            _ => Some(Code::FacilityNotCovered),
        };
        let some = |time: u64| Some(time).filter(|time| *time != 0);
        let proved = (facility.as_of_from != 0).then(|| Proved {
            until: some(facility.until),
            debt: plain(facility.debt, 6),
            as_of_from: facility.as_of_from,
            as_of_to: facility.as_of_to,
            version: facility.version,
            frozen: state.frozen,
            ratio_bps: proof.map(|proof| proof.statement.ratioBps),
            prices: proof.map(|proof| {
                let prices = proof.statement.prices.iter();
                prices.map(ToString::to_string).collect()
            }),
            prices_as_of: proof.and_then(|proof| some(proof.prices_as_of)),
        });
        let announced = state.announced_until.map(|until| Announced {
            terms: hex(&facility.announced),
            from: facility.announced_from,
            until,
        });
        let paused = (head.time < head.paused_until).then_some(Pause {
            until: head.paused_until,
        });
        let consented = facility.consented != 0 && facility.consented == facility.pledges;
        FacilityLook {
            standing,
            code,
            chain_id: head.chain,
            registry: address_text(&chain.registry),
            facility: format!("{:#034x}", self.id),
            block_number: head.block.number,
            block_hash: head.block.hash.to_string(),
            at: head.time,
            terms: (facility.terms != [0; 32]).then(|| hex(&facility.terms)),
            terms_agreed,
            epoch: facility.epoch,
            proved,
            ended: self.ended(head, facility),
            announced,
            paused,
            consented: consented.then_some(Consent {
                epoch: facility.consented,
            }),
            events: events.iter().map(happened).collect(),
        }
    }

    /// Since when a coverage is over that no proof has followed, and until when one cures.
    fn ended(&self, head: &Head, facility: &FacilityState) -> Option<Ended> {
        let lapsed = facility.until != 0 && facility.until <= head.time;
        let at = match lapsed {
            true => facility.until,
            false => Some(facility.ended_at).filter(|at| *at != 0)?,
        };
        // An end that a proof or a change of terms has followed is not this one.
        let early = self
            .ended
            .filter(|end| !lapsed && end.epoch == facility.epoch);
        let same = |terms: &&Terms| terms.hash() == facility.terms;
        let exact = self.agreed.as_ref().filter(same).map(|terms| {
            // While submissions are stopped nobody can cure.
            at.max(head.paused_until).saturating_add(terms.cure_seconds)
        });
        Some(Ended {
            at,
            reason: early.map(|end| end.reason.into()),
            by: early.map(|end| address_text(&end.by)),
            cure_by: exact.or(early.map(|end| end.cure_by)),
            uncured: facility.uncured && !lapsed,
        })
    }
}

fn standing(head: &Head, state: &State) -> LookStanding {
    let facility = &state.facility;
    let never = facility.as_of_from == 0;
    match facility.until {
        _ if state.covered => LookStanding::Covered,
        _ if facility.owner == [0; 20] => LookStanding::NoFacility,
        0 if never => LookStanding::NothingProved,
        0 if facility.ended_at != 0 => LookStanding::Ended,
        0 => LookStanding::Released,
        until if until <= head.time => LookStanding::Expired,
        _ if head.time < head.paused_until => LookStanding::Paused,
        _ if state.frozen => LookStanding::Frozen,
        _ => LookStanding::DebtAboveProved,
    }
}

fn happened(logged: &Logged) -> Happened {
    Happened {
        block_number: logged.block.number,
        log_index: logged.index,
        transaction: hex(&logged.transaction),
        what: told(&logged.event),
    }
}

impl Seen {
    pub(super) fn exit(&self) -> Exit {
        self.0.code.map_or(Exit::Done, Code::exit)
    }

    /// A line for people.
    pub(super) fn line(&self) -> String {
        words::line(&self.0)
    }

    /// A line for programs.
    pub(super) fn json(&self) -> Result<String, Failure> {
        serde_json::to_string(&self.0).map_err(|e| Failure::new(Code::Internal, e))
    }

    pub(super) fn report(self) -> Outcome {
        Report::new(self.exit(), words::page(&self.0), &self.0)
    }
}
