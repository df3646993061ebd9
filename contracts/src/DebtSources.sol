// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IDebtSource} from "./interfaces/IDebtSource.sol";

/// @title The sum of what debt sources say
library DebtSources {
    /// @notice Less gas is left than a source, or a hook, may use: what it says would not be known.
    error NotEnoughGas(uint256 needed);

    /// @notice The most gas that a source is given.
    uint256 internal constant SOURCE_GAS = 200_000;
    /// @dev More than a call to an account that was not yet touched.
    uint256 private constant CALL_GAS = 5_000;

    /// @notice The sum of a fixed debt and of what the sources say, in micro-units. Not `known`
    /// where a source has no code, reverts, or says more than a statement can hold. Reverts where a
    /// source failed that had less gas than it may use.
    function total(IDebtSource[] memory sources, uint256 fixedDebt)
        internal
        view
        returns (bool known, uint256 sum)
    {
        sum = fixedDebt;
        for (uint256 i; i < sources.length; ++i) {
            uint256 debt;
            (known, debt) = _read(address(sources[i]));
            if (!known) return (false, 0);
            sum += debt;
        }
        known = true;
    }

    // slither-disable-next-line assembly
    function _read(address source) private view returns (bool known, uint256 debt) {
        bytes4 selector = IDebtSource.debt.selector;
        uint256 given = gasleft();
        given -= given / 64;
        uint256 size;
        // Whatever the source returns, one word of it is copied.
        assembly ("memory-safe") {
            mstore(0, selector)
            known := staticcall(SOURCE_GAS, source, 0, 4, 0, 32)
            debt := mload(0)
            size := returndatasize()
        }
        // What the call itself costs comes before what it is given.
        if (!known) require(given >= SOURCE_GAS + CALL_GAS, NotEnoughGas(SOURCE_GAS + CALL_GAS));
        known = known && size == 32 && debt < 1 << 80;
    }
}

/// @title The supply of a token as debt, one whole token to one quote unit
/// @notice For tokens that are no debt source themselves.
contract TokenDebt is IDebtSource {
    /// @notice The token has more decimals than any supply could have.
    error TooManyDecimals(uint8 decimals);

    IERC20Metadata public immutable token;
    uint256 private immutable _unit;

    constructor(IERC20Metadata token_) {
        token = token_;
        uint8 decimals = token_.decimals();
        require(decimals <= 30, TooManyDecimals(decimals));
        _unit = 10 ** decimals;
    }

    /// @inheritdoc IDebtSource
    function debt() external view returns (uint256) {
        uint256 supply = token.totalSupply();
        // slither-disable-next-line divide-before-multiply (exact: the remainder follows)
        return supply / _unit * 1e6 + (supply % _unit * 1e6 + _unit - 1) / _unit;
    }
}
