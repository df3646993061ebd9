// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {Statement} from "../../src/interfaces/ICovenantVerifier.sol";
import {ICovenantHook} from "../../src/interfaces/ICovenantHook.sol";
import {Terms} from "../../src/Terms.sol";
import {MockCovenantRegistry} from "../../src/testing/MockCovenantRegistry.sol";
import {MockCovenantVerifier} from "../../src/testing/MockCovenantVerifier.sol";
import {Fixture, SetDebt} from "./Fixture.sol";
import {Shipped} from "../Shipped.sol";

/// What the mocks answer: no more than a test said, and what the registry itself answers.
contract MocksTest is Fixture {
    function test_a_statement_is_accepted_only_if_the_test_says_so(uint256 subject, uint64 kinds)
        external
    {
        MockCovenantVerifier mock =
            MockCovenantVerifier(Shipped.create("MockCovenantVerifier", abi.encode("one")));
        Statement memory s;
        (s.subject, s.kinds) = (subject, kinds);
        _refused(mock, s);
        mock.accept(s, true);
        mock.verify(s, "any proof");
        s.kinds ^= 1;
        _refused(mock, s);
        mock.acceptAll(true);
        mock.verify(s, "");
        mock.acceptAll(false);
        _refused(mock, s);
        s.kinds ^= 1;
        mock.accept(s, false);
        _refused(mock, s);
        assert(mock.circuit() == keccak256("mock, not for production/one") && mock.IS_MOCK());
    }

    /// Both registries with the same facts, side by side.
    function test_the_mock_answers_as_the_registry(
        uint80 debt,
        uint80 owed,
        bool known,
        bool paused,
        bool otherTerms,
        uint16 later
    ) external {
        _deploy();
        MockCovenantRegistry mock =
            MockCovenantRegistry(Shipped.create("MockCovenantRegistry", ""));
        SetDebt source = new SetDebt();
        Terms memory t = _termsOf(_one(source));
        uint128 id = registry.open(0, t);
        bytes32 hash = keccak256(abi.encode(t));
        _cover(id, t, debt);
        uint256 until = START + COVERAGE;
        mock.cover(id, hash, debt, uint40(START - AGE), uint40(until));
        source.set(known, owed);
        mock.setOwed(id, known, owed);
        // Around the end, and before.
        vm.warp(later % 4 == 0 ? until - 2 + later % 5 : START + later);
        if (paused) router.setPaused(true);
        mock.setStopped(paused);
        if (otherTerms) hash = ~hash;
        _same(mock, id, hash);
        assert(mock.facilityOf(id).coverage.epoch == registry.facilityOf(id).coverage.epoch);
        mock.endEarly(id, ICovenantHook(address(0)), 0);
        assert(!mock.isCovered(id, hash) && mock.facilityOf(id).coverage.epoch == 2);
    }

    function _same(MockCovenantRegistry mock, uint128 id, bytes32 hash) private view {
        assert(mock.isCovered(id, hash) == registry.isCovered(id, hash));
        (uint256 debt, uint64 asOfFrom, uint64 until) = mock.provedDebt(id, hash);
        (uint256 debt2, uint64 asOfFrom2, uint64 until2) = registry.provedDebt(id, hash);
        assert(debt == debt2 && asOfFrom == asOfFrom2 && until == until2);
    }

    function _refused(MockCovenantVerifier mock, Statement memory s) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                MockCovenantVerifier.NotAccepted.selector, keccak256(abi.encode(s))
            )
        );
        mock.verify(s, "any proof");
    }
}
