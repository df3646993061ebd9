// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

/// @title What a contract queries of a registry
/// @notice Whoever relies on a facility pins the hash of its terms, `keccak256(abi.encode(terms))`: what
/// is covered under other terms may be nothing that it knows.
interface ICovenantRegistry {
    /// @notice Whether the facility has these terms, and its present debt is covered now: proved, not
    /// expired, not ended early, the registry not paused, the circuit not frozen, and every debt
    /// source says how much. Reverts only where too little gas is given for a source to be read.
    function isCovered(uint128 facility, bytes32 termsHash) external view returns (bool);

    /// @notice The debt that is proved to be covered, whatever is owed now; 0 where nothing is.
    /// @return debt Micro-units.
    /// @return asOfFrom Unix seconds of the oldest snapshot.
    /// @return until Unix seconds at which it ends, unless it is ended before.
    function provedDebt(uint128 facility, bytes32 termsHash)
        external
        view
        returns (uint256 debt, uint64 asOfFrom, uint64 until);
}
