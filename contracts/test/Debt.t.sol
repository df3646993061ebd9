// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {TermsLib} from "../src/Terms.sol";
import {FreeToken} from "./Helpers.sol";

/// Public debt is never understated, and by less than a micro-unit overstated.
contract DebtTest {
    function test_debt_is_the_supply_rounded_up(uint256 supply, uint8 decimals, uint64 fixedDebt)
        external
    {
        decimals = decimals % 31;
        supply = supply % (2 ** 80 * 10 ** decimals);
        FreeToken token = new FreeToken(decimals);
        token.mint(address(1), supply);
        uint256 debt = TermsLib.debtOf(IERC20Metadata(address(token)), fixedDebt) - fixedDebt;
        // debt / 10^6 against supply / 10^decimals, both sides below 2^207.
        assert(debt * 10 ** decimals >= supply * 1e6);
        assert(debt == 0 || (debt - 1) * 10 ** decimals < supply * 1e6);
    }

    function test_no_token_is_no_debt(uint64 fixedDebt) external view {
        assert(TermsLib.debtOf(IERC20Metadata(address(0)), fixedDebt) == fixedDebt);
    }
}
