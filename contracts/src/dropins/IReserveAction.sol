// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

/// @title What a protocol does with an asset that is not backed
/// @notice Called by the `CovenantReserve` that the protocol trusts. Check `msg.sender`. It may be called
/// again for the same asset: let that change nothing.
interface IReserveAction {
    /// @notice An asset's facility is not covered now.
    function onUnbacked(address asset, uint128 facility) external;
}
