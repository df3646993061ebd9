// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {DebtSources, TokenDebt} from "../src/DebtSources.sol";
import {IDebtSource} from "../src/interfaces/IDebtSource.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {FreeToken, SaysDebt} from "./Helpers.sol";
import {Shipped} from "./Shipped.sol";

/// Public debt is never understated, and by less than a micro-unit overstated; where a source does not
/// say it, it is not known.
contract DebtTest {
    function test_debt_is_the_supply_rounded_up(uint256 supply, uint8 decimals) external {
        decimals = decimals % 31;
        supply = supply % (2 ** 80 * 10 ** decimals);
        FreeToken token = new FreeToken(decimals);
        token.mint(address(1), supply);
        uint256 debt =
            TokenDebt(Shipped.create("DebtSources", "TokenDebt", abi.encode(token))).debt();
        // debt / 10^6 against supply / 10^decimals, both sides below 2^207.
        assert(debt * 10 ** decimals >= supply * 1e6);
        assert(debt == 0 || (debt - 1) * 10 ** decimals < supply * 1e6);
    }

    function test_no_source_is_no_debt(uint64 fixedDebt) external view {
        (bool known, uint256 debt) = DebtSources.total(new IDebtSource[](0), fixedDebt);
        assert(known && debt == fixedDebt);
    }

    function test_debts_are_added_where_all_are_known(uint256[3] memory debts, uint80 fixedDebt)
        external
    {
        IDebtSource[] memory sources = new IDebtSource[](3);
        uint256 sum = fixedDebt;
        bool all = true;
        for (uint256 i; i < 3; ++i) {
            // Half of them are what a statement can hold.
            if (i != debts[0] % 4) debts[i] >>= 177;
            SaysDebt source = new SaysDebt();
            source.say(abi.encode(debts[i]), false);
            sources[i] = source;
            all = all && debts[i] < 1 << 80;
            if (all) sum += debts[i];
        }
        (bool known, uint256 debt) = DebtSources.total(sources, fixedDebt);
        assert(known == all && debt == (all ? sum : 0));
    }

    /// No code, a revert, too few bytes, too many, all gas burnt.
    function test_a_source_that_says_nothing_is_not_known() external {
        IDebtSource[] memory sources = new IDebtSource[](1);
        sources[0] = IDebtSource(address(0xdead));
        _unknown(sources);
        SaysDebt source = new SaysDebt();
        sources[0] = source;
        source.say(abi.encode(5), true);
        _unknown(sources);
        source.say(new bytes(31), false);
        _unknown(sources);
        source.say(new bytes(64), false);
        _unknown(sources);
        source.burn();
        _unknown(sources);
        source.say(abi.encode(5), false);
        (bool known, uint256 debt) = DebtSources.total(sources, 0);
        assert(known && debt == 5);
    }

    function read(IDebtSource[] calldata sources) external view returns (bool known) {
        (known,) = DebtSources.total(sources, 0);
    }

    /// A source that is starved of gas is not called silent: the call as a whole fails.
    function test_starved_gas_is_not_silence(uint24 gas_) external {
        SaysDebt source = new SaysDebt();
        source.say(abi.encode(5), false);
        source.need(150_000);
        IDebtSource[] memory sources = new IDebtSource[](1);
        sources[0] = source;
        try this.read{gas: 20_000 + gas_ % 400_000}(sources) returns (bool known) {
            assert(known);
        } catch (bytes memory reason) {
            assert(reason.length == 0 || bytes4(reason) == DebtSources.NotEnoughGas.selector);
        }
    }

    function _unknown(IDebtSource[] memory sources) private view {
        (bool known, uint256 debt) = DebtSources.total(sources, 7);
        assert(!known && debt == 0);
    }
}
