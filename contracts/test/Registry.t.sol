// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Attestation, Attestations, Document} from "../src/Attestations.sol";
import {CovenantRegistry, Submission} from "../src/CovenantRegistry.sol";
import {Coverage, Facilities, Facility} from "../src/Facilities.sol";
import {Statement} from "../src/interfaces/ICovenantVerifier.sol";
import {Terms} from "../src/Terms.sol";
import {Digests, Fixture, Vm} from "./Fixture.sol";

/// What the registry accepts around a proof, whatever the proof: a front is in its place whose
/// proofs are the encoded statement, so that a statement is passed on whole or refused.
contract RegistryTest is Fixture {
    function test_what_was_proved_is_told(uint256[5] memory report, uint64 debt, uint32 ratio)
        external
    {
        Submission memory s = _submission();
        s.report = report;
        (s.publicDebt, s.ratioBps) = (uint128(debt) + 1_000, ratio / 2 + 12_000);
        Statement memory statement = _statement(s, _terms());
        s.proof = abi.encode(statement);
        vm.recordLogs();
        registry.submit(facility, _terms(), s);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        assert(logs.length == 1 && logs[0].topics[0] == CovenantRegistry.Covered.selector);
        assert(uint256(logs[0].topics[1]) == facility && uint256(logs[0].topics[2]) == 1);
        assert(uint256(logs[0].topics[3]) == 1);
        Document[] memory documents = _documents(s);
        assert(keccak256(logs[0].data) == keccak256(abi.encode(VALID, statement, TO, documents)));
        Facility memory f = registry.facilityOf(facility);
        Coverage memory c = f.coverage;
        assert(c.until == VALID && c.asOfFrom == FROM && c.window == TO - FROM);
        assert(c.debt == s.publicDebt && c.epoch == 1 && c.pledges == 1 && c.version == 1);
        assert(f.basis == keccak256(abi.encode(_basis(s))));
        (uint256 proved, uint64 from, uint64 until) =
            registry.provedDebt(facility, keccak256(abi.encode(_terms())));
        assert(proved == s.publicDebt && from == FROM && until == VALID);
        assert(_isCovered(facility, _terms()));
    }

    function test_a_window_is_of_the_past_and_neither_old_nor_wide(uint16 age, uint16 width)
        external
    {
        Submission memory s = _submission();
        s.asOfFrom = uint64(NOW) + 200 - age % 10_000;
        s.asOfTo = s.asOfFrom + width % 8_000 - 500;
        for (uint256 i; i < 3; ++i) {
            s.attestations[i].asOf = s.asOfTo;
        }
        _sign(s);
        bytes4 expected;
        if (s.asOfTo > NOW) expected = CovenantRegistry.FutureAccounts.selector;
        else if (s.asOfFrom > s.asOfTo) expected = CovenantRegistry.WrongWindow.selector;
        else if (s.asOfFrom + 7_200 < NOW) expected = CovenantRegistry.StaleAccounts.selector;
        else if (s.asOfTo - s.asOfFrom > 3_600) expected = CovenantRegistry.WrongWindow.selector;
        _judge(s, expected);
    }

    function test_windows_at_their_bounds() external {
        _judgeWindow(7_201, 3_601, CovenantRegistry.StaleAccounts.selector);
        _judgeWindow(7_200, 3_600, 0);
        _judgeWindow(3_601, 0, CovenantRegistry.WrongWindow.selector);
        _judgeWindow(3_600, 0, 0);
        _judgeWindow(0, -1, CovenantRegistry.FutureAccounts.selector);
        _judgeWindow(0, 1, CovenantRegistry.WrongWindow.selector);
        // One that ends before another that was accepted.
        _judgeWindow(1, 1, CovenantRegistry.OlderAccounts.selector);
        _judgeWindow(0, 0, 0);
    }

    /// Of a window between two ages.
    function _judgeWindow(int256 oldest, int256 newest, bytes4 expected) private {
        Submission memory s = _submission();
        s.asOfFrom = uint64(uint256(int256(NOW) - oldest));
        s.asOfTo = uint64(uint256(int256(NOW) - newest));
        for (uint256 i; i < 3; ++i) {
            s.attestations[i].asOf = s.asOfTo;
        }
        _sign(s);
        _judge(s, expected);
    }

    function test_every_snapshot_is_of_the_window(uint8 index, uint64 asOf) external {
        Submission memory s = _submission();
        // Not the account whose counterpart would be of another time.
        index = index % 2 == 0 ? 2 : 0;
        if (index == 0) s.attestations[0].counterpart = 0;
        s.attestations[index].asOf = asOf % 2 == 0 ? asOf : FROM - 10 + asOf % 320;
        _sign(s);
        asOf = s.attestations[index].asOf;
        _judge(s, asOf < FROM || asOf > TO ? CovenantRegistry.OutsideWindow.selector : bytes4(0));
    }

    function test_what_is_owed_on_an_account_is_in_the_basket(uint8 named, bool sameTime) external {
        Submission memory s = _submission();
        // None, each account of the basket, one that is not in it.
        uint256[5] memory names = [0, s.commitments[0], s.commitments[1], s.commitments[2], 99];
        uint256 name = names[named % 5];
        s.attestations[2].counterpart = bytes32(name);
        if (!sameTime) s.attestations[2].asOf -= 1;
        _sign(s);
        bool good = name == 0 || (name == s.commitments[1] && sameTime);
        _judge(s, good ? bytes4(0) : CovenantRegistry.CounterpartMissing.selector);
    }

    /// What a creditor names on its side is for whoever has the collateral in the basket.
    function test_a_creditor_may_name_an_account_elsewhere(bytes32 counterpart) external {
        Submission memory s = _submission();
        s.attestations[1].counterpart = counterpart;
        _sign(s);
        _judge(s, 0);
    }

    function test_an_account_is_in_the_basket_once_with_each_kind(uint8 a, uint8 b) external {
        Submission memory s = _submission();
        (a, b) = (a % 3, b % 3);
        s.attestations[a].account = s.attestations[b].account;
        _sign(s);
        bool twice = a != b && a != 1 && b != 1;
        _judge(s, twice ? CovenantRegistry.AccountTwice.selector : bytes4(0));
    }

    function test_kinds_are_those_that_the_proof_shows(uint8 kinds) external {
        Submission memory s = _submission();
        s.attestations[0].counterpart = 0;
        s.kinds = kinds % 8;
        _sign(s);
        _judge(s, s.kinds == KINDS ? bytes4(0) : CovenantRegistry.WrongKind.selector);
    }

    function test_attesters_sign_every_field(uint8 index, uint8 field, uint256 bit) external {
        Submission memory s = _submission();
        s.attestations[0].counterpart = 0;
        _sign(s);
        Attestation memory a = s.attestations[index % 3];
        field = field % 4;
        if (field == 0) a.validUntil += 1;
        if (field == 1) a.account ^= bytes32(1 << (bit % 256));
        if (field == 2) a.asOf = a.asOf == TO ? TO - 1 : a.asOf + 1;
        if (field == 3) a.counterpart ^= bytes32(1 << (bit % 256));
        _judge(s, Attestations.WrongSignature.selector);
    }

    function test_a_revoked_attestation_counts_until_then(uint8 index, uint64 from, uint64 other)
        external
    {
        Submission memory s = _submission();
        index = index % 3;
        from = from % 4 == 0 ? from : uint64(NOW) - 10_000 + from % 20_000;
        bytes32 document = Digests.account(s, index);
        uint256 key = keys[s.attestations[index].signed.attesters[0]];
        // Somebody else's word on it says nothing.
        _revoke(key + 1, document, 0);
        _revoke(key, document, from);
        // A later one does not push it back.
        if (other > from) _revoke(key, document, other);
        assert(registry.revokedFrom(vm.addr(key), document) == (from == 0 ? 1 : from));
        if (from <= NOW) return _judge(s, Attestations.Revoked.selector);
        _judge(s, 0);
        assert(registry.facilityOf(facility).coverage.until == (from < VALID ? from : VALID));
    }

    function test_revoked_prices_are_refused(uint64 from) external {
        Submission memory s = _submission();
        from = from % 4 == 0 ? from : uint64(NOW) - 1_000 + from % 2_000;
        uint256 key = keys[s.prices.signed.attesters[0]];
        _revoke(key, Digests.prices(s.policy, s.prices), from);
        _judge(s, from <= NOW ? Attestations.Revoked.selector : bytes4(0));
    }

    function test_only_signers_revoke(uint64 from, uint64 said) external {
        bytes32 document = keccak256("document");
        bytes memory signature = _signature(1, Digests.revocation(document, said));
        try registry.revoke(vm.addr(2), document, said, signature) {
            assert(false);
        } catch (bytes memory reason) {
            assert(bytes4(reason) == Attestations.WrongSignature.selector);
        }
        try registry.revoke(vm.addr(1), document, from, signature) {
            assert(from == said);
        } catch (bytes memory reason) {
            assert(from != said && bytes4(reason) == Attestations.WrongSignature.selector);
        }
    }

    function test_a_wider_window_and_another_envelope_wait(uint64 window, bytes32 envelope)
        external
    {
        Terms memory next = _terms();
        next.maxWindow = (window % 2 == 0 ? window : window % 7_200) % (1 << 24);
        if (envelope[0] & 0x01 == 0) next.envelope = envelope;
        bool stronger = next.maxWindow <= 3_600 && next.envelope == _terms().envelope;
        try registry.changeTerms(facility, _terms(), next) {
            assert(stronger);
        } catch (bytes memory reason) {
            assert(!stronger && bytes4(reason) == Facilities.NotAnnounced.selector);
        }
        if (stronger) return;
        registry.announceTerms(facility, keccak256(abi.encode(next)));
        vm.warp(NOW + DELAY);
        registry.changeTerms(facility, _terms(), next);
    }
}
