// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// What the registry promises between proofs that no other test looks at: prices inside of what was
// proved, bonds, undertakings, attesters under new keys, versions beside a frozen one.

import {Bonds} from "../../src/Bonds.sol";
import {CovenantIdentities} from "../../src/CovenantIdentities.sol";
import {CovenantRegistry, Submission} from "../../src/CovenantRegistry.sol";
import {CovenantRouter} from "../../src/CovenantRouter.sol";
import {ICovenantVerifier, Statement} from "../../src/interfaces/ICovenantVerifier.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";
import {Prices} from "../../src/PriceSources.sol";
import {Attester, Terms} from "../../src/Terms.sol";
import {Digests} from "../Fixture.sol";
import {Listener, SaysDebt} from "../Helpers.sol";
import {LabFixture} from "./Fixture.sol";

/// Another circuit, whose proof of a statement is the statement too.
contract NextCircuit is ICovenantVerifier {
    bytes32 public constant circuit = keccak256("next");

    function verify(Statement calldata statement, bytes calldata proof) external pure {
        require(keccak256(proof) == keccak256(abi.encode(statement)));
    }
}

contract FaultsTest is LabFixture {
    // ---- 5: prices after the submission

    /// The view says what is proved at prices of now, and nothing where they left it.
    function test_the_present_ratio_is_that_of_what_is_proved() external {
        Submission memory s = _submission();
        _submit(_terms(), s);
        uint32[] memory weights = new uint32[](2);
        // At the prices that were proved with, the base.
        weights[0] = 1;
        assert(_ratioAt(s, 500, 600, weights) == 12_500);
        // Between the base and the scenario, with a debt that may be owed: the lesser of both.
        weights[1] = 1;
        assert(_ratioAt(s, 400, 630, weights) == 10_500);
        assert(_ratioAt(s, 399, 630, weights) == 0);
        assert(_ratioAt(s, 400, 631, weights) == 0);
        // Below every scenario there are no weights.
        (weights[0], weights[1]) = (0, 1);
        assert(_ratioAt(s, 300, 660, weights) == 10_500);
        assert(_ratioAt(s, 299, 660, weights) == 0);
        vm.warp(VALID);
        assert(_ratioAt(s, 300, 660, weights) == 0);
    }

    function _ratioAt(Submission memory s, uint128 first, uint128 second, uint32[] memory weights)
        private
        view
        returns (uint32)
    {
        return registry.presentRatio(
            facility,
            _terms(),
            _basis(s),
            s.prices.prices,
            _envelope(),
            _later(first, second),
            weights
        );
    }

    /// Each proof needs the terms' bond, which stays while something is covered. Whoever ends the
    /// coverage by a challenge earns it. The lender's hook is told, and again when nothing cured.
    function test_a_challenge_earns_the_bond_and_the_lender_is_told() external {
        Listener hook = new Listener();
        Terms memory terms = _terms();
        (terms.bond, terms.hook) = (1 ether, hook);
        uint128 id = registry.open("bond", terms);
        Submission memory s = _submission(id, terms);
        vm.deal(address(this), 3 ether);
        bytes memory small =
            abi.encodeWithSelector(Bonds.BondTooSmall.selector, 1 ether, 1 ether - 1);
        registry.deposit{value: 1 ether - 1}(id);
        _submitRefused(terms, s, small);
        registry.deposit{value: 1}(id);
        _submit(terms, s);
        uint64 until = registry.facilityOf(id).coverage.until;
        _refused(
            address(registry),
            abi.encodeCall(registry.withdraw, (id, 1)),
            abi.encodeWithSelector(Bonds.StillCovered.selector, until)
        );
        int256[] memory vector = new int256[](2);
        vector[0] = 1;
        Prices memory fallen = _later(299, 600);
        vm.prank(LENDER);
        registry.challenge(
            id, terms, _basis(s), s.prices.prices, _envelope(), fallen, vector
        );
        assert(!_isCovered(id, terms) && hook.ended() == id && hook.cureBy() == NOW + 600);
        assert(registry.bondOf(id) == 0 && registry.bountyOf(LENDER) == 1 ether);
        vm.prank(LENDER);
        registry.collect();
        assert(LENDER.balance == 1 ether && registry.bountyOf(LENDER) == 0);
        vm.warp(NOW + 600);
        registry.declareUncured(id, terms);
        assert(hook.uncured() == id);
    }

    // ---- 6: attesters revoke, undertake, and change keys

    /// Undertakings hold from the snapshot on until now, by who attested the account. The coverage ends
    /// with the first of them.
    function test_accounts_are_held_as_long_as_they_cover() external {
        Terms memory terms = _terms();
        (terms.securedParty, terms.wording) = (SECURED_PARTY, WORDING);
        uint128 id = registry.open("held", terms);
        bytes memory notHeld = abi.encodeWithSelector(CovenantRegistry.NotHeld.selector, 2);
        Submission memory s = _submission(id, terms);
        _undertake(s, address(registry), id);
        s.undertakings[1].heldFrom = s.attestations[2].asOf + 1;
        _undertakeAgain(s, id, keys[s.undertakings[1].signed.attesters[0]]);
        _submitRefused(terms, s, notHeld);
        (s.undertakings[1].heldFrom, s.undertakings[1].heldUntil) = (FROM, uint64(NOW));
        _undertakeAgain(s, id, keys[s.undertakings[1].signed.attesters[0]]);
        _submitRefused(terms, s, notHeld);
        // The other custodian has not attested it.
        s.undertakings[1].heldUntil = uint64(NOW) + 3_000;
        uint8 other = s.undertakings[1].signed.attesters[0] + 1;
        while (roles[other] & COLLATERAL == 0) ++other;
        s.undertakings[1].signed.attesters[0] = other;
        _undertakeAgain(s, id, keys[other]);
        _submitRefused(terms, s, notHeld);
        _undertake(s, address(registry), id);
        s.undertakings[1].heldUntil = uint64(NOW) + 3_000;
        _undertakeAgain(s, id, keys[s.undertakings[1].signed.attesters[0]]);
        _submit(terms, s);
        assert(registry.facilityOf(id).coverage.until == NOW + 3_000);
    }

    function _undertakeAgain(Submission memory s, uint128 id, uint256 key) private view {
        bytes32 digest = Digests.undertaking(
            s.attestations[2].account,
            SECURED_PARTY,
            address(registry),
            id,
            WORDING,
            s.undertakings[1]
        );
        s.undertakings[1].signed.signatures[0] = _signature(key, digest);
    }

    /// A custodian's accounts stay pledged when it goes on under a new key.
    function test_a_new_key_is_no_new_custodian() external {
        _submit(_terms(), _submission());
        (uint8 place, address custodian) = _of(COLLATERAL);
        uint256 key = keys[place];
        CovenantIdentities identities = registry.identities();
        bytes32 digest = Digests.rotation(custodian, vm.addr(77));
        identities.rotateKey(
            custodian, vm.addr(77), _signature(key, digest), _signature(77, digest)
        );
        Terms memory terms = _terms();
        bytes memory succeeded = abi.encodeWithSelector(
            CovenantIdentities.KeySucceeded.selector, custodian, vm.addr(77)
        );
        _openRefused(terms, succeeded);
        // As another custodian it is not named.
        terms.attesters[place] = Attester(vm.addr(77), vm.addr(77), COLLATERAL);
        _sort(terms.attesters);
        bytes memory wrong = abi.encodeWithSelector(
            CovenantIdentities.WrongIdentity.selector, vm.addr(77), custodian, vm.addr(77)
        );
        _openRefused(terms, wrong);
        terms = _terms();
        terms.attesters[place].signer = vm.addr(77);
        uint128 other = registry.open("rotated", terms);
        keys[place] = 77;
        bytes memory pledged =
            abi.encodeWithSelector(CovenantRegistry.Pledged.selector, 0, facility);
        _submitRefused(terms, _submission(other, terms), pledged);
        // The facility itself goes on: another key is no weaker terms.
        keys[place] = key;
        Terms memory old = _terms();
        terms = _terms();
        terms.attesters[place].signer = vm.addr(77);
        keys[place] = 77;
        registry.changeTerms(facility, old, terms);
        vm.warp(NOW + 1);
        _submit(terms, _fresh(facility, terms));
        assert(_isCovered(facility, terms));
    }

    function _openRefused(Terms memory terms, bytes memory expected) private {
        _refused(
            address(registry), abi.encodeCall(registry.open, ("rotated", terms)), expected
        );
    }

    function _sort(Attester[] memory attesters) private pure {
        for (uint256 i = 1; i < attesters.length; ++i) {
            for (uint256 j = i; j > 0; --j) {
                if (attesters[j].identity > attesters[j - 1].identity) break;
                (attesters[j], attesters[j - 1]) = (attesters[j - 1], attesters[j]);
            }
        }
    }

    // ---- 9: a frozen version

    /// The facility goes on at once under another version, as its terms take any: nothing is
    /// weakened, and nobody waits.
    function test_a_frozen_version_leaves_no_facility_behind() external {
        Terms memory terms = _terms();
        terms.circuits = new bytes32[](0);
        uint128 id = registry.open("any", terms);
        router.announceVersion(new NextCircuit());
        vm.warp(NOW + DELAY);
        _submit(terms, _fresh(id, terms));
        assert(_isCovered(id, terms));
        router.freezeVersion(1);
        assert(!_isCovered(id, terms));
        Submission memory s = _fresh(id, terms);
        bytes memory frozen = abi.encodeWithSelector(CovenantRouter.FrozenVersion.selector, 1);
        _submitRefused(terms, s, frozen);
        s.version = 2;
        _submit(terms, s);
        assert(_isCovered(id, terms));
    }

    // ---- 10: debt sources

    /// A source that reverts, or burns all gas, is not covered, and no call fails by it.
    function test_a_source_that_fails_is_not_covered() external {
        SaysDebt lender = new SaysDebt();
        SaysDebt second = new SaysDebt();
        (Terms memory terms, bytes memory nothing) = (_terms(), abi.encode(0));
        lender.say(nothing, false);
        second.say(nothing, false);
        terms.debtSources = new IDebtSource[](2);
        (terms.debtSources[0], terms.debtSources[1]) = (lender, second);
        (terms.minPublicDebt, terms.beneficiary) = (0, address(0));
        uint128 id = registry.open("sources", terms);
        _submit(terms, _submission(id, terms));
        assert(_isCovered(id, terms));
        // Both together are what is owed.
        lender.say(abi.encode(600), false);
        second.say(abi.encode(400), false);
        assert(_isCovered(id, terms));
        second.say(abi.encode(401), false);
        assert(!_isCovered(id, terms));
        second.say(nothing, true);
        assert(!_isCovered(id, terms));
        bytes memory unknown = abi.encodeWithSelector(CovenantRegistry.DebtUnknown.selector);
        _submitRefused(terms, _submission(id, terms), unknown);
        second.burn();
        assert(!_isCovered(id, terms));
        second.say(nothing, false);
        assert(_isCovered(id, terms));
    }
}
