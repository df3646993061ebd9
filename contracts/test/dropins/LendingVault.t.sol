// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {CovenantRegistry} from "../../src/CovenantRegistry.sol";
import {Facilities} from "../../src/Facilities.sol";
import {LendingVault} from "../../src/examples/LendingVault.sol";
import {ICovenantFacilities} from "../../src/dropins/ICovenantFacilities.sol";
import {Terms} from "../../src/Terms.sol";
import {MockCovenantRegistry} from "../../src/testing/MockCovenantRegistry.sol";
import {FreeToken} from "../Helpers.sol";
import {Fixture, SetDebt} from "./Fixture.sol";
import {Shipped} from "../Shipped.sol";

/// The vault with the registry itself: the test contract owns the facility and borrows.
contract LendingVaultTest is Fixture {
    address private constant LENDER = address(0x1E2DE2);
    address private constant SAVER = address(0x5A7E2);
    uint64 private constant LAPSE = 5 days;
    uint32 private constant RATE = 1_000;
    uint128 private constant PROVED = 700e6;

    FreeToken private asset;
    LendingVault private vault;
    SetDebt private loan;
    uint128 private facility;
    /// The terms, as no compiler but the IR's stores their lists.
    bytes private _encoded;

    function setUp() external {
        _deploy();
        asset = new FreeToken(8);
        facility = registry.facilityId(address(this), 0);
        vault = _newVault(asset, facilities, LAPSE);
        loan = new SetDebt();
        _encoded = abi.encode(_vaultTerms());
        registry.open(0, _terms());
        vm.prank(LENDER);
        vault.pin(_terms());
        asset.mint(SAVER, 1_000e8);
        vm.prank(SAVER);
        asset.approve(address(vault), type(uint256).max);
        vm.prank(SAVER);
        vault.deposit(1_000e8, SAVER);
        asset.approve(address(vault), type(uint256).max);
    }

    function test_a_loan_from_the_first_proof_to_the_cure() external {
        _notCovered(1);
        _cover(facility, _terms(), PROVED);
        vault.draw(500e8, address(this));
        assert(vault.debt() == 500e6 && asset.balanceOf(address(this)) == 500e8);
        // The second asset falls by more than a fifth.
        _setPrices(100e8, 1_599e8);
        _challenge(facility, _terms());
        assert(vault.cureBy() == START + CURE && vault.uncoveredSince() == START);
        _stopped();
        // Draws wait until somebody shows that there is a new proof.
        vault.noteCoverage();
        _stopped();
        vm.warp(START + CURE / 2);
        _setPrices(100e8, 1_599e8);
        _cover(facility, _terms(), PROVED);
        _stopped();
        vault.noteCoverage();
        assert(vault.cureBy() == 0 && vault.uncoveredSince() == 0);
        vault.draw(100e8, address(this));
        assert(vault.principal() == 600e8 && !vault.inDefault());
        // Cured: nobody can say that it was not.
        vm.expectPartialRevert(CovenantRegistry.NothingToCure.selector);
        registry.declareUncured(facility, _terms());
    }

    function test_an_end_that_is_not_cured_is_a_default() external {
        _cover(facility, _terms(), PROVED);
        vault.draw(500e8, address(this));
        _setPrices(100e8, 1_599e8);
        _challenge(facility, _terms());
        vm.warp(START + CURE - 1);
        vm.expectPartialRevert(Facilities.TooEarly.selector);
        registry.declareUncured(facility, _terms());
        vm.warp(START + CURE);
        registry.declareUncured(facility, _terms());
        assert(vault.inDefault() && vault.totalAssets() == 500e8);
        // A proof that comes too late brings no draws, until the lender says so.
        _setPrices(100e8, 1_599e8);
        _cover(facility, _terms(), PROVED);
        vault.noteCoverage();
        vm.expectRevert(abi.encodeWithSelector(LendingVault.InDefault.selector));
        vault.draw(1, address(this));
        vm.expectPartialRevert(ERC4626.ERC4626ExceededMaxDeposit.selector);
        vault.deposit(1, address(this));
        vm.expectPartialRevert(LendingVault.NotLender.selector);
        vault.waiveDefault();
        vm.prank(LENDER);
        vault.waiveDefault();
        vault.draw(1, address(this));
    }

    function test_a_default_can_be_repaid_to_whoever_stayed() external {
        _cover(facility, _terms(), PROVED);
        vault.draw(500e8, address(this));
        _setPrices(100e8, 1_599e8);
        _challenge(facility, _terms());
        vm.warp(START + CURE);
        registry.declareUncured(facility, _terms());
        asset.mint(address(this), 100e8);
        uint256 owed = vault.owed();
        vault.repay(type(uint256).max);
        assert(vault.owed() == 0 && vault.principal() == 0);
        assert(vault.totalAssets() == 500e8 + owed);
        uint256 all = vault.maxRedeem(SAVER);
        vm.prank(SAVER);
        vault.redeem(all, SAVER, SAVER);
        assert(asset.balanceOf(SAVER) >= 1_000e8);
    }

    function test_draws_end_where_the_proof_ends() external {
        _cover(facility, _terms(), PROVED);
        _notCovered(700e8 + 1);
        vault.draw(400e8, address(this));
        // Another debt of the facility is covered by the same proof.
        loan.set(true, 200e6);
        _notCovered(100e8 + 1);
        vault.draw(100e8, address(this));
        loan.set(true, 0);
        vm.expectRevert(
            abi.encodeWithSelector(LendingVault.NotEnoughCash.selector, 500e8, 500e8 + 1)
        );
        vault.draw(500e8 + 1, address(this));
        vm.expectPartialRevert(LendingVault.NotBorrower.selector);
        vm.prank(LENDER);
        vault.draw(1, LENDER);
        vm.warp(START + COVERAGE);
        _notCovered(1);
    }

    function test_draws_need_the_pinned_terms() external {
        _cover(facility, _terms(), PROVED);
        Terms memory next = _terms();
        next.minRatioBps += 1;
        registry.changeTerms(facility, _terms(), next);
        _cover(facility, next, PROVED);
        _notCovered(1);
    }

    /// Without one of the two checks, the other one must hold.
    function test_each_check_of_a_draw_counts() external {
        MockCovenantRegistry mock =
            MockCovenantRegistry(Shipped.create("MockCovenantRegistry", ""));
        LendingVault v = _vaultOn(mock);
        bytes32 hash = v.terms();
        // Covered, as the debt is said to be 0, but only 10 are proved.
        mock.cover(facility, hash, 10e6, uint40(START), uint40(START + 1));
        vm.expectPartialRevert(LendingVault.NotCovered.selector);
        v.draw(10e8 + 1, address(this));
        v.draw(9e8, address(this));
        // Enough is proved, but other debt leaves nothing of it.
        mock.setOwed(facility, true, 10e6 + 1);
        vm.expectPartialRevert(LendingVault.NotCovered.selector);
        v.draw(1, address(this));
        mock.setOwed(facility, true, 10e6);
        v.draw(1, address(this));
        // Covered again, says the registry; the hook's word holds until that was noted.
        mock.endEarly(facility, v, uint64(START));
        mock.cover(facility, hash, 10e6, uint40(START), uint40(START + 1));
        vm.expectPartialRevert(LendingVault.DrawsStopped.selector);
        v.draw(1, address(this));
        v.noteCoverage();
        v.draw(1, address(this));
    }

    function test_a_lapse_is_a_default_once_it_was_noted_for_long() external {
        _cover(facility, _terms(), PROVED);
        vault.draw(500e8, address(this));
        vm.warp(START + COVERAGE);
        // No hook hears of it before the time to cure is over.
        vm.expectPartialRevert(Facilities.TooEarly.selector);
        registry.declareUncured(facility, _terms());
        _notLapsed();
        vault.noteCoverage();
        vm.warp(START + COVERAGE + LAPSE - 1);
        _notLapsed();
        // A second note does not begin anew.
        vault.noteCoverage();
        vm.warp(START + COVERAGE + LAPSE);
        vault.declareDefault();
        assert(vault.inDefault());
    }

    function test_a_lapse_that_is_over_is_no_default() external {
        _cover(facility, _terms(), PROVED);
        vault.draw(500e8, address(this));
        vm.warp(START + COVERAGE);
        vault.noteCoverage();
        vm.warp(START + COVERAGE + LAPSE);
        _setPrices(100e8, 2_000e8);
        _cover(facility, _terms(), PROVED);
        vm.expectRevert(abi.encodeWithSelector(LendingVault.StillCovered.selector));
        vault.declareDefault();
        // A draw notes it too.
        vault.draw(1, address(this));
        assert(vault.uncoveredSince() == 0);
        asset.mint(address(this), 100e8);
        vault.repay(type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(LendingVault.NothingOwed.selector));
        vault.declareDefault();
    }

    function test_who_owes_nothing_is_not_in_default() external {
        _cover(facility, _terms(), PROVED);
        _setPrices(100e8, 1_599e8);
        _challenge(facility, _terms());
        vm.warp(START + CURE);
        registry.declareUncured(facility, _terms());
        assert(registry.facilityOf(facility).uncured && !vault.inDefault());
    }

    function test_only_the_registry_tells_and_only_of_this_facility() external {
        bytes memory notRegistry = abi.encodeWithSelector(
            LendingVault.NotRegistry.selector, address(registry), address(this)
        );
        vm.expectRevert(notRegistry);
        vault.onCoverageEnded(facility, 1);
        vm.expectRevert(notRegistry);
        vault.onUncured(facility);
        vm.prank(address(registry));
        vm.expectPartialRevert(LendingVault.WrongFacility.selector);
        vault.onUncured(facility + 1);
        // Somebody's facility names this vault as its hook and is challenged.
        _cover(facility, _terms(), PROVED);
        vault.draw(500e8, address(this));
        Terms memory t = _terms();
        t.cureSeconds = 0;
        uint128 stranger = registry.open("stranger", t);
        _cover(stranger, t, PROVED);
        _setPrices(100e8, 1_599e8);
        _challenge(stranger, t);
        registry.declareUncured(stranger, t);
        assert(vault.cureBy() == 0 && vault.uncoveredSince() == 0 && !vault.inDefault());
    }

    function test_debt_holds_the_accounts_and_the_lender_lets_them_go_once_repaid() external {
        _cover(facility, _terms(), PROVED);
        vault.draw(500e8, address(this));
        loan.set(true, 1e6);
        vm.expectPartialRevert(Facilities.DebtOutstanding.selector);
        registry.release(facility);
        vm.expectPartialRevert(LendingVault.NotLender.selector);
        vault.consentToRelease(_terms());
        vm.prank(LENDER);
        vm.expectPartialRevert(LendingVault.DebtOutstanding.selector);
        vault.consentToRelease(_terms());
        vault.repay(500e8);
        vm.expectPartialRevert(Facilities.DebtOutstanding.selector);
        registry.release(facility);
        vm.prank(LENDER);
        vault.consentToRelease(_terms());
        // The consent has ended the coverage; a draw now would owe what nothing holds.
        assert(!registry.isCovered(facility, vault.terms()));
        vm.expectRevert(abi.encodeWithSelector(LendingVault.LoanClosed.selector));
        vault.draw(1, address(this));
        registry.release(facility);
    }

    function test_interest_is_simple_and_rounded_against_the_borrower(
        uint32 drawn,
        uint32 first,
        uint32 second,
        uint32 paid
    ) external {
        MockCovenantRegistry mock =
            MockCovenantRegistry(Shipped.create("MockCovenantRegistry", ""));
        LendingVault v = _vaultOn(mock);
        uint256 amount = uint256(drawn) + 1;
        (first, second) = (first % 365 days, second % 365 days);
        mock.cover(facility, v.terms(), 1e15, uint40(START), type(uint40).max);
        v.draw(amount, address(this));
        vm.warp(START + first);
        uint256 owed = amount + _up(amount * RATE * first, 10_000 * 365 days);
        assert(v.owed() == owed && v.debt() == _up(owed, 100));
        uint256 booked = amount * RATE * first / (10_000 * 365 days);
        assert(v.totalAssets() == 1_000e8 + booked);
        // A draw of 0 books the interest and changes nothing.
        v.draw(0, address(this));
        assert(v.owed() == owed);
        asset.mint(address(this), owed);
        v.repay(paid);
        if (paid >= owed) {
            assert(v.owed() == 0 && v.debt() == 0);
            return;
        }
        assert(v.owed() == owed - paid);
        vm.warp(START + first + second);
        // Interest on the principal alone, which is paid last.
        uint256 rest = v.principal();
        assert(rest == (paid > owed - amount ? owed - paid : amount));
        assert(v.owed() >= owed - paid + rest * RATE * second / (10_000 * 365 days));
        assert(v.owed() <= owed - paid + _up(rest * RATE * second, 10_000 * 365 days) + 1);
    }

    function test_interest_is_debt_that_must_be_covered() external {
        _cover(facility, _terms(), 500e6);
        vault.draw(500e8, address(this));
        assert(registry.isCovered(facility, vault.terms()));
        vm.warp(START + 1);
        assert(!registry.isCovered(facility, vault.terms()));
        vault.repay(10e8);
        assert(registry.isCovered(facility, vault.terms()));
    }

    function test_savers_take_no_more_than_the_cash() external {
        _cover(facility, _terms(), PROVED);
        vault.draw(700e8, address(this));
        assert(vault.totalAssets() == 1_000e8);
        assert(vault.maxWithdraw(SAVER) <= 300e8 && vault.maxWithdraw(SAVER) >= 300e8 - 1);
        vm.expectPartialRevert(ERC4626.ERC4626ExceededMaxWithdraw.selector);
        vm.prank(SAVER);
        vault.withdraw(300e8 + 1, SAVER, SAVER);
        uint256 most = vault.maxRedeem(SAVER);
        vm.prank(SAVER);
        vault.redeem(most, SAVER, SAVER);
    }

    function test_terms_that_do_not_name_the_vault_are_not_pinned() external {
        LendingVault v = _newVault(asset, facilities, LAPSE);
        vm.expectPartialRevert(LendingVault.NotLender.selector);
        v.pin(_terms());
        _notPinned(v, _terms(), LendingVault.NotADebtSource.selector);
        Terms memory t = _terms();
        t.debtSources[1] = v;
        _notPinned(v, t, LendingVault.NotBeneficiary.selector);
        t.beneficiary = address(v);
        _notPinned(v, t, LendingVault.NotHook.selector);
        t.hook = v;
        vm.expectRevert(abi.encodeWithSelector(LendingVault.NotPinned.selector));
        v.draw(0, address(this));
        vm.prank(LENDER);
        v.pin(t);
        assert(v.terms() == keccak256(abi.encode(t)));
        _notPinned(v, t, LendingVault.AlreadyPinned.selector);
    }

    function test_a_lapse_outlasts_a_pause() external {
        uint64 least = vault.LEAST_LAPSE();
        assert(least > router.PAUSE());
        vm.expectRevert(
            abi.encodeWithSelector(LendingVault.LapseTooShort.selector, least, least - 1)
        );
        _newVault(asset, facilities, least - 1);
        FreeToken fine = new FreeToken(31);
        vm.expectRevert(abi.encodeWithSelector(LendingVault.TooManyDecimals.selector, 30, 31));
        _newVault(fine, facilities, least);
    }

    /// The hooks and the debt need less gas than the registry gives.
    function test_the_registry_gives_enough_gas() external {
        _cover(facility, _terms(), PROVED);
        vault.draw(500e8, address(this));
        vm.warp(START + 1);
        uint256 before = gasleft();
        vault.debt();
        assert(before - gasleft() < 200_000);
        vm.prank(address(registry));
        before = gasleft();
        vault.onCoverageEnded(facility, 1);
        assert(before - gasleft() < registry.HOOK_GAS());
        vm.prank(address(registry));
        before = gasleft();
        vault.onUncured(facility);
        assert(before - gasleft() < registry.HOOK_GAS() && vault.inDefault());
    }

    function _vaultTerms() private view returns (Terms memory t) {
        t = _termsOf(_two(loan, vault));
        t.beneficiary = address(vault);
        t.hook = vault;
    }

    function _newVault(FreeToken asset_, ICovenantFacilities registry_, uint64 lapse)
        private
        returns (LendingVault)
    {
        return LendingVault(
            Shipped.create(
                "LendingVault",
                abi.encode(
                    asset_,
                    "Loan",
                    "LOAN",
                    registry_,
                    facility,
                    LENDER,
                    address(this),
                    RATE,
                    lapse
                )
            )
        );
    }

    /// Another vault with pinned terms and 1,000 of cash.
    function _vaultOn(MockCovenantRegistry mock) private returns (LendingVault v) {
        v = _newVault(asset, mock, LAPSE);
        Terms memory t = _termsOf(_one(v));
        t.beneficiary = address(v);
        t.hook = v;
        vm.prank(LENDER);
        v.pin(t);
        asset.mint(address(v), 1_000e8);
        asset.approve(address(v), type(uint256).max);
    }

    function _notPinned(LendingVault v, Terms memory t, bytes4 reason) private {
        vm.prank(LENDER);
        vm.expectPartialRevert(reason);
        v.pin(t);
    }

    function _notCovered(uint256 amount) private {
        vm.expectRevert(
            abi.encodeWithSelector(LendingVault.NotCovered.selector, facility, vault.terms())
        );
        vault.draw(amount, address(this));
    }

    function _stopped() private {
        vm.expectPartialRevert(LendingVault.DrawsStopped.selector);
        vault.draw(1, address(this));
    }

    function _notLapsed() private {
        vm.expectPartialRevert(LendingVault.NotLapsed.selector);
        vault.declareDefault();
    }

    function _up(uint256 a, uint256 b) private pure returns (uint256) {
        return (a + b - 1) / b;
    }

    function _terms() private view returns (Terms memory) {
        return abi.decode(_encoded, (Terms));
    }
}
