// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

// Faults that the invariants found, each alone.

import {Attestation, Document, Signatures} from "../../src/Attestations.sol";
import {BackedToken} from "../../src/BackedToken.sol";
import {Basis, Binding, CovenantRegistry, Submission} from "../../src/CovenantRegistry.sol";
import {CovenantRouter} from "../../src/CovenantRouter.sol";
import {Facilities} from "../../src/Facilities.sol";
import {CovenantRules} from "../../src/CovenantRules.sol";
import {Envelope} from "../../src/Envelopes.sol";
import {ICovenantVerifier} from "../../src/interfaces/ICovenantVerifier.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";
import {Prices} from "../../src/PriceSources.sol";
import {Attester, Feed, Terms} from "../../src/Terms.sol";
import {SetFeed} from "../Helpers.sol";
import {Digests, Hook, Signer, vm, Yes} from "./Parts.sol";
import {Shipped} from "../Shipped.sol";

contract FoundTest {
    CovenantRegistry private registry;
    address private attester;
    SetFeed private feed;
    Hook private hook;
    BackedToken[2] private tokens;

    function setUp() external {
        vm.warp(1_790_000_000);
        ICovenantVerifier[] memory fronts = new ICovenantVerifier[](1);
        fronts[0] = new Yes("circuit");
        registry = Shipped.registry(Shipped.router(address(this), 1 days, fronts), 1 days);
        attester = address(new Signer());
        hook = new Hook();
        feed = new SetFeed(18);
        feed.set(1_000, block.timestamp, block.timestamp, true);
        for (uint256 w; w < 2; ++w) {
            uint128 id = registry.facilityId(address(this), bytes32(w));
            tokens[w] = Shipped.token(registry, id, address(this));
            registry.open(bytes32(w), _terms(w));
            tokens[w].pin(_terms(w));
        }
    }

    /// Terms without a beneficiary keep accounts pledged until the debt is gone. Naming one is held to
    /// be no weakening, so the owner names itself, consents, and pledges the account again.
    function test_nobody_who_could_not_release_may_be_named_at_once() external {
        _submit(0, _terms(0), 0);
        tokens[0].mint(address(this), 100);
        Terms memory next = _terms(0);
        next.beneficiary = address(this);
        uint128 facility = tokens[0].facility();
        try registry.changeTerms(facility, _terms(0), next) {
            registry.consentToRelease(facility, next);
            registry.release(facility);
            _submit(1, _terms(1), 0);
            tokens[1].mint(address(this), 100);
            // Both are out on one account.
            assert(tokens[0].totalSupply() == 0 || tokens[1].totalSupply() == 0);
        } catch {}
    }

    /// An end that was cured is over; the change of terms is another end, with a time of its own to cure.
    function test_an_end_that_was_cured_is_never_uncured() external {
        _submit(0, _terms(0), 0);
        _crash(10);
        _submit(0, _terms(0), 0);
        registry.changeTerms(tokens[0].facility(), _terms(0), _terms(0));
        try registry.declareUncured(tokens[0].facility(), _terms(0)) {
            assert(false);
        } catch (bytes memory reason) {
            assert(bytes4(reason) == Facilities.TooEarly.selector);
        }
        _submit(0, _terms(0), 0);
        try registry.declareUncured(tokens[0].facility(), _terms(0)) {
            assert(false);
        } catch (bytes memory reason) {
            assert(bytes4(reason) == CovenantRegistry.NothingToCure.selector);
        }
    }

    /// Told of an end whose accounts were then released, the hook is told of the next one too, though that
    /// was a change of terms.
    function test_an_end_after_a_release_is_told_too() external {
        uint128 facility = tokens[0].facility();
        _submit(0, _terms(0), 0);
        _crash(10);
        vm.warp(block.timestamp + 1 hours);
        registry.declareUncured(facility, _terms(0));
        registry.release(facility);
        _submit(0, _terms(0), 0);
        registry.changeTerms(facility, _terms(0), _terms(0));
        vm.warp(block.timestamp + 1 hours);
        registry.declareUncured(facility, _terms(0));
        assert(hook.uncured() == 2);
    }

    /// Whoever challenges does so in the block of the feed's round: the round before does not cure.
    function test_the_round_before_the_challenge_does_not_cure() external {
        _submit(0, _terms(0), 0);
        _crash(10);
        vm.warp(block.timestamp + 60);
        bool cured = _tries(0, _terms(0), 1);
        assert(!cured);
    }

    /// A challenge needs the sequencer's grace and the quorum and age of prices as well: more of them
    /// ends less, though `strengthens` says that nothing would.
    function test_stronger_terms_end_no_less_by_grace() external view {
        Terms memory next = _terms(0);
        next.sequencerGrace = 3_650 days;
        (bool stronger,) = registry.rules().compare(_terms(0), next);
        assert(!stronger);
    }

    function test_stronger_terms_end_no_less_by_age_of_prices() external view {
        Terms memory next = _terms(0);
        next.maxPriceAge = 1;
        (bool stronger,) = registry.rules().compare(_terms(0), next);
        assert(!stronger);
    }

    function _crash(int256 price) private {
        vm.warp(block.timestamp + 10);
        feed.set(price, block.timestamp, block.timestamp, true);
        uint128[] memory proved = new uint128[](1);
        proved[0] = 1_000;
        int256[] memory y = new int256[](1);
        y[0] = 1;
        Prices memory none;
        registry.challenge(tokens[0].facility(), _terms(0), _basis, proved, _envelope(), none, y);
    }

    Basis private _basis;

    function _tries(uint256 w, Terms memory t, uint80 round) private returns (bool) {
        (bool success,) =
            address(this).call(abi.encodeCall(this.submit, (w, t, round)));
        return success;
    }

    function submit(uint256 w, Terms memory t, uint80 round) external {
        require(msg.sender == address(this));
        _submit(w, t, round);
    }

    function _submit(uint256 w, Terms memory t, uint80 round) private {
        uint128 facility = tokens[w].facility();
        Submission memory s;
        uint64 now_ = uint64(block.timestamp);
        s.binding = Binding(
            block.chainid, address(registry), facility, registry.facilityOf(facility).coverage.epoch
        );
        (s.version, s.policy, s.asOfFrom, s.asOfTo) = (1, 8, now_, now_);
        (s.publicDebt, s.ratioBps) = (1_000, 12_000);
        s.commitments = new uint256[](1);
        s.commitments[0] = 1 + now_ + w;
        s.attestations = new Attestation[](1);
        Attestation memory a = s.attestations[0];
        (a.asOf, a.validUntil, a.account) = (now_, now_ + 1 days, "account");
        a.signed.attesters = new uint8[](1);
        a.signed.signatures = new bytes[](1);
        s.prices.rounds = new uint80[](1);
        s.prices.rounds[0] = round;
        registry.submit(facility, t, s);
        Document[] memory documents = new Document[](1);
        documents[0] = Document(attester, Digests.account(s.commitments[0], 7, a));
        (, int256 answer,,,) = feed.latestRoundData();
        uint128[] memory prices = new uint128[](1);
        prices[0] = uint128(uint256(answer));
        _basis = Basis(
            12_000, 0, 0, keccak256(abi.encode(prices)), keccak256(abi.encode(documents))
        );
    }

    function _terms(uint256 w) private view returns (Terms memory t) {
        (t.subject, t.policy, t.minRatioBps) = (7, 8, 11_000);
        t.debtSources = new IDebtSource[](1);
        t.debtSources[0] = tokens[w];
        (t.maxAccountAge, t.maxPriceAge, t.maxLag) = (1 hours, 1 hours, 10 minutes);
        (t.coverageSeconds, t.attesterQuorum, t.cureSeconds) = (6 hours, 1, 1 hours);
        t.attesters = new Attester[](1);
        t.attesters[0] = Attester(attester, attester, 1);
        t.feeds = new Feed[](1);
        t.feeds[0] = Feed(feed, 18, 1 days);
        Envelope memory e = _envelope();
        t.envelope = keccak256(abi.encode(e.ratios, e.multipliers, e.owed, e.weightless));
        t.hook = hook;
    }

    function _envelope() private pure returns (Envelope memory e) {
        e.ratios = new uint32[](1);
        e.multipliers = new uint32[](1);
        (e.ratios[0], e.multipliers[0]) = (10_500, 7_000);
    }
}
