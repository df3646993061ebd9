// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {TokenDebt} from "../../src/DebtSources.sol";
import {Backings} from "../../src/dropins/Backings.sol";
import {CovenantCompliance} from "../../src/dropins/CovenantCompliance.sol";
import {IComplianceModule} from "../../src/dropins/IComplianceModule.sol";
import {IDebtSource} from "../../src/interfaces/IDebtSource.sol";
import {Terms} from "../../src/Terms.sol";
import {FreeToken} from "../Helpers.sol";
import {Fixture, SetDebt} from "./Fixture.sol";
import {Shipped} from "../Shipped.sol";

/// What a modular compliance does with one module: it binds it if that suits, passes on what its owner
/// says, asks before transfers and mints and tells of all three.
contract OneModuleCompliance {
    error NotSuitable();

    address public getTokenBound;
    IComplianceModule public module;

    function bindToken(address token) external {
        getTokenBound = token;
    }

    function addModule(IComplianceModule module_) external {
        require(module_.isPlugAndPlay() || module_.canComplianceBind(address(this)), NotSuitable());
        module_.bindCompliance(address(this));
        module = module_;
    }

    function removeModule() external {
        module.unbindCompliance(address(this));
    }

    function callModuleFunction(bytes calldata data) external {
        (bool success, bytes memory result) = address(module).call(data);
        if (!success) {
            assembly {
                revert(add(result, 32), mload(result))
            }
        }
    }

    function canTransfer(address from, address to, uint256 value) external view returns (bool) {
        return module.moduleCheck(from, to, value, address(this));
    }

    function transferred(address from, address to, uint256 value) external {
        module.moduleTransferAction(from, to, value);
    }

    function created(address to, uint256 value) external {
        module.moduleMintAction(to, value);
    }

    function destroyed(address from, uint256 value) external {
        module.moduleBurnAction(from, value);
    }
}

/// A security token as far as its compliance sees it; anybody is its agent.
contract SecurityToken is ERC20("Security", "SEC") {
    error NotCompliant();

    OneModuleCompliance private immutable compliance;
    uint8 private immutable _decimals;

    constructor(OneModuleCompliance compliance_, uint8 decimals_) {
        compliance = compliance_;
        _decimals = decimals_;
        compliance_.bindToken(address(this));
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    function mint(address to, uint256 amount) external {
        require(compliance.canTransfer(address(0), to, amount), NotCompliant());
        mintUnasked(to, amount);
    }

    function mintUnasked(address to, uint256 amount) public {
        _mint(to, amount);
        compliance.created(to, amount);
    }

    function burn(address from, uint256 amount) external {
        _burn(from, amount);
        compliance.destroyed(from, amount);
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        require(compliance.canTransfer(msg.sender, to, amount), NotCompliant());
        forcedTransfer(msg.sender, to, amount);
        return true;
    }

    function forcedTransfer(address from, address to, uint256 amount) public {
        _transfer(from, to, amount);
        compliance.transferred(from, to, amount);
    }
}

/// A debt that says which token it measures, and then what it likes.
contract ClaimedDebt is SetDebt {
    address public immutable token;

    constructor(address token_) {
        token = token_;
    }
}

contract ComplianceTest is Fixture {
    address private constant HOLDER = address(0x401DE2);

    CovenantCompliance private module;
    OneModuleCompliance private compliance;
    SecurityToken private token;
    TokenDebt private source;
    SetDebt private loan;
    uint128 private facility;
    /// The terms, as no compiler but the IR's stores their lists.
    bytes private _encoded;

    function setUp() external {
        _deploy();
        module = CovenantCompliance(Shipped.create("CovenantCompliance", abi.encode(registry)));
        compliance = new OneModuleCompliance();
        token = new SecurityToken(compliance, 8);
        source = _measures(address(token));
        loan = new SetDebt();
        Terms memory t = _termsOf(_two(loan, source));
        _encoded = abi.encode(t);
        facility = registry.open(0, t);
        compliance.addModule(module);
    }

    function test_it_mints_to_what_is_proved_and_no_further() external {
        _configure(false);
        _noMint();
        _cover(facility, _terms(), 1_000e6);
        loan.set(true, 400e6);
        vm.expectRevert(abi.encodeWithSelector(SecurityToken.NotCompliant.selector));
        token.mint(HOLDER, 600e8 + 1);
        token.mint(HOLDER, 600e8);
        _noMint();
        token.burn(HOLDER, 1e8);
        token.mint(HOLDER, 1e8);
        // What is minted is what is owed: the registry agrees to the last unit.
        assert(registry.isCovered(facility, keccak256(abi.encode(_terms()))));
    }

    function test_without_coverage_nothing_is_minted_and_all_can_be_burned() external {
        _configure(false);
        _cover(facility, _terms(), 1_000e6);
        token.mint(HOLDER, 10e8);
        _setPrices(100e8, 1_599e8);
        _challenge(facility, _terms());
        _noMint();
        token.burn(HOLDER, 1e8);
        vm.prank(HOLDER);
        token.transfer(address(1), 1e8);
        _cover(facility, _terms(), 1_000e6);
        token.mint(HOLDER, 1);
        vm.warp(START + COVERAGE);
        _noMint();
    }

    function test_without_coverage_nothing_is_minted_in_any_way() external {
        _configure(false);
        _cover(facility, _terms(), 1_000e6);
        token.mint(HOLDER, 10e8);
        loan.set(false, 0);
        _noMint();
        loan.set(true, 0);
        router.setPaused(true);
        _noMint();
        router.setPaused(false);
        token.mint(HOLDER, 1);
        Terms memory next = _terms();
        next.minRatioBps += 1;
        registry.changeTerms(facility, _terms(), next);
        _cover(facility, next, 1_000e6);
        _noMint();
    }

    function test_transfers_wait_for_coverage_where_that_is_configured() external {
        _configure(true);
        _cover(facility, _terms(), 10e6);
        token.mint(HOLDER, 10e8);
        vm.prank(HOLDER);
        token.transfer(address(1), 1e8);
        vm.warp(START + COVERAGE);
        vm.expectRevert(abi.encodeWithSelector(SecurityToken.NotCompliant.selector));
        vm.prank(HOLDER);
        token.transfer(address(1), 1e8);
        // An agent that recovers a wallet is not stopped, nor is a holder who redeems.
        token.forcedTransfer(HOLDER, address(1), 1e8);
        assert(compliance.canTransfer(HOLDER, address(0), 1e8));
        token.burn(HOLDER, 1e8);
    }

    function test_a_token_that_does_not_ask_is_refused_too() external {
        _configure(false);
        _cover(facility, _terms(), 10e6);
        token.mintUnasked(HOLDER, 10e8);
        vm.expectPartialRevert(CovenantCompliance.NotCovered.selector);
        token.mintUnasked(HOLDER, 1);
    }

    function test_nothing_is_minted_before_it_is_configured() external {
        _cover(facility, _terms(), 1_000e6);
        _noMint();
        vm.expectPartialRevert(CovenantCompliance.NotCovered.selector);
        token.mintUnasked(HOLDER, 1);
        assert(!compliance.canTransfer(HOLDER, address(1), 1));
        _configure(false);
        token.mint(HOLDER, 1);
        (uint128 id, bytes32 hash, bool too) = module.configurationOf(address(compliance));
        assert(id == facility && hash == keccak256(abi.encode(_terms())) && !too);
    }

    function test_a_configuration_is_replaced_whole() external {
        _configure(true);
        Terms memory next = _termsOf(_one(source));
        compliance.callModuleFunction(
            abi.encodeCall(CovenantCompliance.configure, (facility + 1, next, source, false))
        );
        (uint128 id, bytes32 hash, bool too) = module.configurationOf(address(compliance));
        assert(id == facility + 1 && hash == keccak256(abi.encode(next)) && !too);
        uint128 second = registry.open("second", next);
        compliance.callModuleFunction(
            abi.encodeCall(CovenantCompliance.configure, (second, next, source, false))
        );
        _cover(second, next, 10e6);
        // The loan of the other terms takes nothing off.
        loan.set(false, 0);
        token.mint(HOLDER, 10e8);
    }

    /// What the registry reads counts too, where it is more than the supply or unknown.
    function test_a_source_that_disagrees_with_the_supply_is_no_coverage() external {
        ClaimedDebt claimed = new ClaimedDebt(address(token));
        Terms memory t = _termsOf(_one(claimed));
        uint128 id = registry.open("claimed", t);
        compliance.callModuleFunction(
            abi.encodeCall(CovenantCompliance.configure, (id, t, claimed, false))
        );
        _cover(id, t, 10e6);
        token.mint(HOLDER, 1);
        claimed.set(true, 10e6 + 1);
        _noMint();
        claimed.set(false, 0);
        _noMint();
    }

    function test_only_what_measures_the_token_can_be_configured() external {
        FreeToken another = new FreeToken(6);
        TokenDebt debt = _measures(address(another));
        Terms memory t = _termsOf(_one(debt));
        vm.expectRevert(
            abi.encodeWithSelector(CovenantCompliance.WrongSource.selector, debt, address(token))
        );
        compliance.callModuleFunction(
            abi.encodeCall(CovenantCompliance.configure, (facility, t, debt, false))
        );
        vm.expectRevert(abi.encodeWithSelector(Backings.NotADebtSource.selector, source));
        compliance.callModuleFunction(
            abi.encodeCall(CovenantCompliance.configure, (facility, t, source, false))
        );
    }

    function test_only_a_bound_compliance_is_heard() external {
        Terms memory t = _terms();
        bytes memory notBound =
            abi.encodeWithSelector(CovenantCompliance.NotBound.selector, address(this));
        vm.expectRevert(notBound);
        module.configure(facility, t, source, false);
        vm.expectRevert(notBound);
        module.moduleMintAction(HOLDER, 1);
        vm.expectRevert(notBound);
        module.moduleTransferAction(HOLDER, HOLDER, 1);
        vm.expectRevert(notBound);
        module.moduleBurnAction(HOLDER, 1);
        vm.expectRevert(notBound);
        module.unbindCompliance(address(compliance));
        vm.expectPartialRevert(CovenantCompliance.NotCompliance.selector);
        module.bindCompliance(address(compliance));
        vm.expectPartialRevert(CovenantCompliance.AlreadyBound.selector);
        compliance.addModule(module);
        // Nor may one that is bound unbind another.
        OneModuleCompliance second = new OneModuleCompliance();
        new SecurityToken(second, 6);
        second.addModule(module);
        vm.expectPartialRevert(CovenantCompliance.NotCompliance.selector);
        second.callModuleFunction(
            abi.encodeCall(IComplianceModule.unbindCompliance, (address(compliance)))
        );
    }

    function test_a_compliance_without_a_token_does_not_suit() external {
        OneModuleCompliance second = new OneModuleCompliance();
        assert(!module.canComplianceBind(address(second)));
        assert(!module.canComplianceBind(address(0x1234)));
        assert(!module.canComplianceBind(address(registry)));
        vm.expectRevert(abi.encodeWithSelector(OneModuleCompliance.NotSuitable.selector));
        second.addModule(module);
        new SecurityToken(second, 6);
        second.addModule(module);
        assert(module.isComplianceBound(address(second)) && !module.isPlugAndPlay());
        assert(keccak256(bytes(module.name())) == keccak256("CovenantCompliance"));
    }

    function test_what_was_configured_ends_with_the_binding() external {
        _configure(false);
        _cover(facility, _terms(), 1_000e6);
        compliance.removeModule();
        assert(!module.isComplianceBound(address(compliance)));
        _noMint();
        compliance.addModule(module);
        _noMint();
    }

    function test_amounts_that_overflow_are_not_covered(uint256 amount) external {
        _configure(false);
        _cover(facility, _terms(), 1_000e6);
        assert(compliance.canTransfer(address(0), HOLDER, amount) == (amount <= 1_000e8));
        assert(!compliance.canTransfer(address(0), HOLDER, type(uint256).max - amount / 2));
    }

    function _configure(bool transfersToo) private {
        compliance.callModuleFunction(
            abi.encodeCall(
                CovenantCompliance.configure, (facility, _terms(), source, transfersToo)
            )
        );
    }

    function _measures(address measured) private returns (TokenDebt) {
        return TokenDebt(Shipped.create("DebtSources", "TokenDebt", abi.encode(measured)));
    }

    function _noMint() private {
        vm.expectRevert(abi.encodeWithSelector(SecurityToken.NotCompliant.selector));
        token.mint(HOLDER, 1);
    }

    function _terms() private view returns (Terms memory) {
        return abi.decode(_encoded, (Terms));
    }
}
