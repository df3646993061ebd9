// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

/// @title What a lender's contract is told of a facility
/// @notice Called by the registry that the lender trusts, with a bounded amount of gas; what it
/// reverts with is ignored. Check `msg.sender`, and the facility: anybody may name any contract as a
/// hook in the terms of a facility of their own.
interface ICovenantHook {
    /// @notice A facility's coverage has ended before its time: prices left what was proved, or a
    /// document that it rests on was revoked.
    /// @param cureBy Unix seconds until which a new proof cures.
    function onCoverageEnded(uint128 facility, uint64 cureBy) external;

    /// @notice The time to cure has passed and nothing covers the facility.
    function onUncured(uint128 facility) external;
}
