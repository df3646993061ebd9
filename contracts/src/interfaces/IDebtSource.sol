// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

/// @title What a borrower owes somewhere, as the contract that keeps it says
/// @notice A token's supply, a loan, a debt on another chain as its bridge reports it. A facility's
/// terms name a list of them; a proof covers their sum. A source that reverts, or needs more than
/// `DebtSources.SOURCE_GAS`, says nothing: nothing is covered while it does.
interface IDebtSource {
    /// @notice What is owed now, in micro-units of the quote currency, rounded up; below 2^80.
    function debt() external view returns (uint256);
}
