// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {DebtSources} from "../DebtSources.sol";
import {ICovenantRegistry} from "../interfaces/ICovenantRegistry.sol";
import {IDebtSource} from "../interfaces/IDebtSource.sol";
import {Terms} from "../Terms.sol";

/// @notice One debt of a facility under pinned terms, and what else the same proof covers.
/// @param terms Hash of the terms.
/// @param fixedDebt Micro-units of the terms that are no source's.
/// @param others The other debt sources of the terms, 15 at most.
struct Backing {
    uint128 facility;
    bytes32 terms;
    uint256 fixedDebt;
    IDebtSource[] others;
}

/// @title What is proved for one debt of a facility
/// @notice A proof covers the sum of all that the terms name. Whoever compares one token with the
/// whole sum counts what the other debts use as the token's own. So the others are taken off.
library Backings {
    /// @notice The terms do not name this as a debt source.
    error NotADebtSource(IDebtSource source);
    /// @notice Something is pinned already.
    error AlreadyPinned(bytes32 terms);

    /// @notice Pins terms and the debt in them that is measured.
    /// @param source One of the terms' debt sources; 0 for the whole debt, from which nothing is
    /// taken off.
    function pin(Backing storage b, uint128 facility, Terms memory terms, IDebtSource source)
        internal
    {
        require(b.terms == 0, AlreadyPinned(b.terms));
        b.facility = facility;
        b.terms = keccak256(abi.encode(terms));
        if (address(source) == address(0)) return;
        b.fixedDebt = terms.minPublicDebt;
        bool named = false;
        for (uint256 i; i < terms.debtSources.length; ++i) {
            if (address(terms.debtSources[i]) == address(source)) named = true;
            else b.others.push(terms.debtSources[i]);
        }
        require(named, NotADebtSource(source));
    }

    /// @notice What is proved for the debt that is measured: the proved debt less all others, and 0
    /// where one of these is unknown. Reverts where too little gas is given for one to be read, so
    /// that nobody makes it 0 by giving little.
    /// @return left Micro-units; 0 where nothing is proved now under the pinned terms.
    /// @return asOfFrom Unix seconds of the oldest snapshot; 0 where nothing is proved.
    function proved(Backing storage b, ICovenantRegistry registry)
        internal
        view
        returns (uint256 left, uint64 asOfFrom)
    {
        uint256 debt;
        // slither-disable-next-line unused-return (past its end the registry answers 0)
        (debt, asOfFrom,) = registry.provedDebt(b.facility, b.terms);
        if (debt == 0) return (0, asOfFrom);
        (bool known, uint256 owed) = DebtSources.total(b.others, b.fixedDebt);
        if (known && owed < debt) left = debt - owed;
    }
}
