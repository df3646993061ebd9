// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {CovenantReserve, Reserve} from "../../src/dropins/CovenantReserve.sol";
import {IReserveAction} from "../../src/dropins/IReserveAction.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";
import {Terms} from "../../src/Terms.sol";
import {Fixture, SetDebt} from "./Fixture.sol";
import {Shipped} from "../Shipped.sol";

/// A market that freezes what it is told, and cannot freeze one asset.
contract Market is IReserveAction {
    error NotReserve();
    error CannotFreeze();

    address public reserve;
    address public broken;
    mapping(address asset => uint256) public frozen;

    function use(address reserve_) external {
        reserve = reserve_;
    }

    function breakFor(address asset) external {
        broken = asset;
    }

    function onUnbacked(address asset, uint128) external {
        require(msg.sender == reserve, NotReserve());
        require(asset != broken, CannotFreeze());
        ++frozen[asset];
    }
}

/// A debt source that needs all the gas that it may have, nearly.
contract CostlyDebt is IDebtSource {
    function debt() external view returns (uint256) {
        uint256 until = gasleft() - 150_000;
        while (gasleft() > until) {}
        return 10e6;
    }
}

contract ReserveTest is Fixture {
    address private constant A = address(0xA);
    address private constant B = address(0xB);
    address private constant C = address(0xC);

    Market private market;
    CovenantReserve private reserve;
    SetDebt[2] private debts;
    uint128[2] private ids;
    /// The terms, as no compiler but the IR's stores their lists.
    bytes[2] private _encoded;

    function setUp() external {
        _deploy();
        market = new Market();
        Reserve[] memory reserves = new Reserve[](2);
        for (uint256 i; i < 2; ++i) {
            debts[i] = new SetDebt();
            _encoded[i] = abi.encode(_termsOf(_one(debts[i])));
            ids[i] = registry.open(bytes32(i), _terms(i));
            reserves[i] = Reserve(i == 0 ? A : B, ids[i], keccak256(_encoded[i]));
        }
        reserve = _reserveOf(reserves);
        market.use(address(reserve));
    }

    function test_backed_is_what_is_covered() external {
        _expect(false, false);
        _cover(ids[0], _terms(0), 10e6);
        _expect(true, false);
        _cover(ids[1], _terms(1), 10e6);
        _expect(true, true);
        debts[0].set(true, 10e6);
        _expect(true, true);
        debts[0].set(true, 10e6 + 1);
        _expect(false, true);
        debts[0].set(false, 0);
        _expect(false, true);
        vm.warp(START + COVERAGE);
        _expect(false, false);
    }

    function test_of_an_asset_that_is_not_watched_nothing_is_known() external {
        _coverBoth();
        address[] memory asked = new address[](3);
        (asked[0], asked[1], asked[2]) = (B, C, A);
        (bool all, bool[] memory unbacked) = reserve.areAllReservesBacked(asked);
        assert(!all && !unbacked[0] && unbacked[1] && !unbacked[2]);
        assert(!reserve.isBacked(C));
        vm.expectRevert(abi.encodeWithSelector(CovenantReserve.UnknownAsset.selector, C));
        reserve.execute(C);
    }

    function test_nobody_acts_while_all_is_backed() external {
        _coverBoth();
        vm.expectRevert(abi.encodeWithSelector(CovenantReserve.AllBacked.selector));
        reserve.executeEmergencyAction();
        vm.expectRevert(abi.encodeWithSelector(CovenantReserve.Backed.selector, A));
        reserve.execute(A);
        assert(market.frozen(A) == 0);
    }

    function test_anybody_acts_after_a_challenge(address caller) external {
        _cover(ids[1], _terms(1), 10e6);
        _cover(ids[0], _terms(0), 10e6);
        _setPrices(100e8, 1_599e8);
        _challenge(ids[0], _terms(0));
        vm.prank(caller);
        reserve.executeEmergencyAction();
        assert(market.frozen(A) == 1 && market.frozen(B) == 0);
        vm.prank(caller);
        reserve.execute(A);
        assert(market.frozen(A) == 2);
    }

    function test_every_unbacked_asset_is_acted_on() external {
        reserve.executeEmergencyAction();
        assert(market.frozen(A) == 1 && market.frozen(B) == 1);
    }

    function test_an_action_that_fails_for_one_asset_keeps_no_other() external {
        market.breakFor(A);
        vm.expectRevert(abi.encodeWithSelector(Market.CannotFreeze.selector));
        reserve.executeEmergencyAction();
        reserve.execute(B);
        assert(market.frozen(B) == 1);
    }

    /// Whatever gas is given, a covered facility never looks uncovered.
    function test_little_gas_shows_nothing(uint24 gas_) external {
        CostlyDebt costly = new CostlyDebt();
        Terms memory t = _termsOf(_one(costly));
        uint128 id = registry.open("costly", t);
        _cover(id, t, 10e6);
        Reserve[] memory reserves = new Reserve[](1);
        reserves[0] = Reserve(C, id, keccak256(abi.encode(t)));
        CovenantReserve r = _reserveOf(reserves);
        market.use(address(r));
        assert(r.isBacked(C));
        uint256 given = uint256(gas_) % 400_000 + 21_000;
        try r.executeEmergencyAction{gas: given}() {
            assert(false);
        } catch {}
        try r.isBacked{gas: given}(C) returns (bool backed) {
            assert(backed);
        } catch {}
        assert(market.frozen(C) == 0);
    }

    function test_lists_that_make_no_sense() external {
        Reserve[] memory reserves = new Reserve[](0);
        vm.expectPartialRevert(CovenantReserve.NoReserves.selector);
        _reserveOf(reserves);
        reserves = new Reserve[](33);
        for (uint256 i; i < 33; ++i) {
            reserves[i] = Reserve(address(uint160(i + 1)), uint128(i), bytes32(i + 1));
        }
        vm.expectPartialRevert(CovenantReserve.TooMany.selector);
        _reserveOf(reserves);
        reserves = new Reserve[](2);
        reserves[0] = Reserve(A, 1, bytes32(uint256(1)));
        reserves[1] = Reserve(A, 2, bytes32(uint256(1)));
        vm.expectRevert(abi.encodeWithSelector(CovenantReserve.BadReserve.selector, 1));
        _reserveOf(reserves);
        reserves[1] = Reserve(B, 2, 0);
        vm.expectRevert(abi.encodeWithSelector(CovenantReserve.BadReserve.selector, 1));
        _reserveOf(reserves);
        reserves[1] = Reserve(address(0), 2, bytes32(uint256(1)));
        vm.expectRevert(abi.encodeWithSelector(CovenantReserve.BadReserve.selector, 1));
        _reserveOf(reserves);
        vm.expectPartialRevert(CovenantReserve.NoAction.selector);
        Shipped.create("CovenantReserve", abi.encode(registry, address(1), reserves));
        vm.expectPartialRevert(CovenantReserve.TooMany.selector);
        reserve.areAllReservesBacked(new address[](33));
    }

    function _coverBoth() private {
        _cover(ids[0], _terms(0), 10e6);
        _cover(ids[1], _terms(1), 10e6);
    }

    function _reserveOf(Reserve[] memory reserves) private returns (CovenantReserve) {
        return CovenantReserve(
            Shipped.create("CovenantReserve", abi.encode(registry, market, reserves))
        );
    }

    function _expect(bool a, bool b) private view {
        address[] memory assets = reserve.getAssets();
        assert(assets.length == 2 && assets[0] == A && assets[1] == B);
        (bool all, bool[] memory unbacked) = reserve.areAllReservesBacked(assets);
        assert(all == (a && b) && reserve.areAllReservesBacked() == all);
        assert(reserve.isEmergencyActionPossible() == !all);
        assert(unbacked[0] == !a && unbacked[1] == !b);
        assert(reserve.isBacked(A) == a && reserve.isBacked(B) == b);
    }

    function _terms(uint256 i) private view returns (Terms memory) {
        return abi.decode(_encoded[i], (Terms));
    }
}
